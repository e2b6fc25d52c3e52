#pragma once
// Checks an export with nothing but the file, the keys one trusts, and, if there is one, the last
// head one knew before. Finds every edit, deletion, insertion, change of order and truncation.
//
// What it proves: the entries of the file are exactly those under the signed heads, in their order,
// without a gap, and the last head is signed by a trusted key or a successor of one. With
// `last_known` also that the ledger still contains what was known then. What it cannot prove: that
// nothing was added after the last head, and, for a range, what stood before its base head.
//
// Streaming: memory is one line and at most 64 hashes. One thread. A stream that breaks is an
// exception; everything that is wrong with the file is in the report.
// tools/verify-ledger does the same in Python, written independently from docs/ledger-format.md.

#include <cstdint>
#include <istream>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/result.hpp"

#include "modules/ledger/export.hpp"
#include "modules/ledger/heads.hpp"

namespace changwat::ledger {

namespace errors {
inline constexpr ErrorKind not_an_export{"ledger_not_an_export", 422,
                                         "ไฟล์นี้ไม่ใช่ไฟล์ส่งออกของบัญชีรายการ",
                                         "This is not an export of a ledger."};
inline constexpr ErrorKind bad_header{"ledger_bad_header", 422, "บรรทัดหัวไฟล์ไม่ถูกต้อง",
                                      "The header line is wrong."};
inline constexpr ErrorKind bad_base{"ledger_bad_base", 422, "จุดเริ่มต้นของช่วงไม่ตรงกับหัวบัญชีที่ลงนาม",
                                    "The beginning of the range is not what its head signed."};
inline constexpr ErrorKind bad_entry{"ledger_bad_entry", 422, "รายการมีค่าที่ไม่อนุญาต",
                                     "The entry holds a value that is not allowed."};
inline constexpr ErrorKind entry_edited{
    "ledger_entry_edited", 422, "รายการถูกแก้ไข ค่าแฮชไม่ตรงกับเนื้อหา",
    "The entry was edited: its hash is not that of its contents."};
inline constexpr ErrorKind entries_missing{"ledger_entries_missing", 422, "มีรายการหายไปก่อนบรรทัดนี้",
                                           "Entries are missing before this line."};
inline constexpr ErrorKind entry_out_of_place{"ledger_entry_out_of_place", 422,
                                              "รายการซ้ำ ถูกแทรก หรือสลับลำดับ",
                                              "The entry is repeated, inserted or out of order."};
inline constexpr ErrorKind head_out_of_place{
    "ledger_head_out_of_place", 422, "หัวบัญชีไม่อยู่หลังรายการสุดท้ายที่ครอบคลุม",
    "The signed head does not stand behind the last entry it covers."};
inline constexpr ErrorKind root_mismatch{
    "ledger_root_mismatch", 422, "รายการก่อนหัวบัญชีนี้ไม่ตรงกับที่ลงนามไว้",
    "The entries before this head are not those that were signed."};
inline constexpr ErrorKind truncated{"ledger_truncated", 422, "ไฟล์ถูกตัดท้าย",
                                     "The export is cut short."};
inline constexpr ErrorKind below_known_head{"ledger_below_known_head", 422, "บัญชีสั้นกว่าหัวบัญชีที่เคยทราบ",
                                            "The ledger ends before the head that was known."};
inline constexpr ErrorKind differs_from_known_head{
    "ledger_differs_from_known_head", 422, "บัญชีไม่ตรงกับหัวบัญชีที่เคยทราบ ประวัติถูกเขียนใหม่",
    "The ledger is not the one whose head was known: its history was rewritten."};
inline constexpr ErrorKind begins_after_known_head{
    "ledger_begins_after_known_head", 422, "ช่วงที่ส่งออกเริ่มหลังหัวบัญชีที่เคยทราบ จึงเทียบไม่ได้",
    "The range begins after the known head and cannot be compared with it."};
}  // namespace errors

// The first thing that is wrong. `th` and `en` are whole sentences to show.
struct VerifyFault {
  std::int64_t line = 0;                 // from 1; one past the last line if something is missing
  std::optional<std::int64_t> sequence;  // of the entry, or the next one expected
  std::string code;                      // of the ErrorKind
  std::string th;
  std::string en;

  friend bool operator==(const VerifyFault&, const VerifyFault&) = default;
};
BOOST_DESCRIBE_STRUCT(VerifyFault, (), (line, sequence, code, th, en))

inline constexpr std::size_t max_warnings_kept = 100;

struct VerifyReport {
  bool ok = false;
  std::string origin;
  std::int64_t first_sequence = 0;
  std::int64_t entries = 0;             // checked
  std::int64_t heads = 0;               // checked
  std::optional<SignedHead> last_head;  // keep it: it is the `last_known` of the next time
  bool whole_ledger = false;            // from entry 0, and not a range behind a base head
  std::optional<VerifyFault> fault;     // none exactly if ok
  std::int64_t warning_count = 0;
  std::vector<VerifyFault> warnings;  // the first max_warnings_kept
};
BOOST_DESCRIBE_STRUCT(VerifyReport, (),
                      (ok, origin, first_sequence, entries, heads, last_head, whole_ledger, fault,
                       warning_count, warnings))

struct VerifyOptions {
  // Clocks are set back a little now and then; more than this is worth a warning.
  std::int64_t backward_tolerance_ms = 5'000;
};

// `last_known` is taken as true, as given; where it was got is the caller's matter.
VerifyReport verify_export(std::istream& in, const TrustedKeys& trusted,
                           const std::optional<SignedHead>& last_known = std::nullopt,
                           const VerifyOptions& options = {});

}  // namespace changwat::ledger
