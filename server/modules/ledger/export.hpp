#pragma once
// A ledger, or a range of one, as a file that can be checked without asking anybody.
//
// JSON Lines, described to outsiders in docs/ledger-format.md. First a header line, then the
// entries in order; each signed head stands directly behind the last entry it covers, so that a
// reader can check it with a few hundred bytes of memory and say between which heads something was
// changed. The last line is always a signed head over all entries: nothing in a file is unsigned.
//
// Writer and reader stream: memory is bounded by one line (max_line_bytes). One thread at a time.
// Expected failures are Problems; a stream that breaks is an exception.

#include <cstdint>
#include <istream>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

#include "modules/ledger/entry.hpp"
#include "modules/ledger/heads.hpp"
#include "modules/ledger/json_lines.hpp"
#include "modules/ledger/merkle.hpp"

namespace changwat::ledger {

namespace errors {
inline constexpr ErrorKind line_too_long{"ledger_line_too_long", 422, "บรรทัดยาวเกินกำหนด",
                                         "The line is longer than allowed."};
inline constexpr ErrorKind unfinished_line{
    "ledger_unfinished_line", 422, "บรรทัดสุดท้ายขาดหาย ไฟล์ถูกตัด", "The last line is cut short."};
inline constexpr ErrorKind export_out_of_order{"ledger_export_out_of_order", 500,
                                               "เขียนไฟล์ส่งออกผิดลำดับ",
                                               "The export was written in the wrong order."};
}  // namespace errors

inline constexpr std::string_view export_format = "changwat-ledger-export-v1";
inline constexpr std::size_t max_line_bytes = 1 << 20;  // without the end-of-line
inline constexpr std::size_t max_origin_bytes = 200;

// Everything of the first line that the caller has to know before it reads its entries.
// `heads_to_come` are the heads that will be written, `base` and its compact range are given for a
// range that begins behind entry 0.
ExportHeader whole_ledger_header(std::string origin, std::int64_t entry_count,
                                 std::int64_t heads_to_come, std::vector<KeyStatement> keys);
// Problem if the range is not that of the head.
Result<ExportHeader> range_header(std::string origin, const SignedHead& base,
                                  const CompactRange& base_range, std::int64_t last_sequence,
                                  std::int64_t heads_to_come, std::vector<KeyStatement> keys);

// Writes in the order of the file and refuses every other order. It judges order and form only, not
// truth: a damaged ledger must still be exportable, so that others can see the damage.
class ExportWriter {
 public:
  explicit ExportWriter(std::ostream& out) : out_(out) {}

  Result<Done> begin(ExportHeader header);
  // `stored_leaf_hash` is the one kept when the entry was appended: if the entry was edited since,
  // the verifier can then name the line.
  Result<Done> write(const Entry& entry, const Hash& stored_leaf_hash);
  Result<Done> write(const SignedHead& head);  // covers all entries written so far
  Result<Done> end();                          // all that the header promised is there

 private:
  void end_line();

  std::ostream& out_;
  ExportHeader header_;
  std::int64_t next_sequence_ = 0;
  std::int64_t heads_ = 0;
  std::optional<std::int64_t> last_head_size_;
  bool begun_ = false;
  std::string line_;
  EntryLine entry_line_;
};

// Reads one line after the other, strictly: form, limits and the one spelling. Whether the lines
// prove anything is the business of verify.hpp.
class ExportReader {
 public:
  enum class Line { header, entry, head, end };

  explicit ExportReader(std::istream& in);

  // The kind of the next line, whose contents the member of that name then holds.
  Result<Line> next();
  const ExportHeader& header() const { return header_.header; }
  const EntryLine& entry() const { return entry_; }
  const SignedHead& head() const { return head_.head; }
  std::int64_t line_number() const { return line_number_; }  // of the last line read, from 1

 private:
  Result<std::optional<std::string_view>> next_text();
  bool read_more();

  std::istream& in_;
  std::string buffer_;
  std::size_t start_ = 0;  // of what was not yet handed out
  std::int64_t line_number_ = 0;
  LineParser parser_;
  HeaderLine header_;
  EntryLine entry_;
  HeadLine head_;
};

}  // namespace changwat::ledger
