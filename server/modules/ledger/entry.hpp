#pragma once
// One line of the ledger: who did what to which record, holding which office, permitted by what.
//
// An entry is for ever. Whatever a person may one day ask to be erased (Personal Data Protection
// Act B.E. 2562 (2019), s. 33) must therefore not stand in it: `change` carries a salted digest
// made by commit_personal(), the value and its salt stay in the module's own tables, and erasing
// both leaves a digest that says nothing, while the tree of the ledger stays whole.
//
// Pure functions; any thread. Callers: the act mechanism (append) and the export.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <boost/describe.hpp>

#include "base/result.hpp"

#include "modules/ledger/merkle.hpp"

namespace changwat::ledger {

struct Entry {
  std::int64_t sequence = 0;            // index of the leaf in the tree, from 0 without a gap
  std::string entry_id;                 // unique in the ledger
  std::string recorded_at;              // UTC, "2021-03-12T09:59:59.000Z"
  std::string act;                      // "application.submit"
  std::string subject_kind;             // "application"
  std::string subject_id;               //
  std::optional<std::string> province;  // none for what belongs to the whole country
  std::string actor_id;                 // the person's account, or the name of a job
  std::string actor_office_id;          // the office held while acting; empty if none was needed
  std::string authority;                // JSON text: law, power, grant, sub-grant
  std::string change;                   // JSON text: what changed, without personal data

  friend bool operator==(const Entry&, const Entry&) = default;
};
BOOST_DESCRIBE_STRUCT(Entry, (),
                      (sequence, entry_id, recorded_at, act, subject_kind, subject_id, province,
                       actor_id, actor_office_id, authority, change))

// In bytes of UTF-8. Together they keep any entry, however it is escaped, inside one export line.
inline constexpr std::size_t max_entry_word_bytes = 200;  // ids, act, kinds, province
inline constexpr std::size_t max_authority_bytes = 32 * 1024;
inline constexpr std::size_t max_change_bytes = 128 * 1024;
inline constexpr std::int64_t max_sequence =
    (std::int64_t{1} << 53) - 2;  // exact in every JSON reader

// Whether the entry may stand in a ledger: limits, UTF-8, the spelling of the instant, and the
// members that may not be empty. Wrong members are named all at once by their JSON pointers.
// `authority` and `change` are kept as the exact text that was given; that they are JSON is the
// business of who writes them.
Result<Done> check_entry(const Entry& entry);

// The bytes that are hashed. One version byte (1), then the members in the order above: integers as
// 8 bytes big-endian, texts as 4 bytes of length and the UTF-8, an optional text as 0, or 1 and the
// text. docs/ledger-format.md says it to outsiders; a change is a new version byte, never an edit.
inline constexpr std::uint8_t entry_format_version = 1;
void append_canonical_bytes(const Entry& entry, std::string& out);
std::string canonical_bytes(const Entry& entry);

Hash leaf_hash(const Entry& entry);

// Stands for a personal value in `change`: lower-case hexadecimal of SHA-256 over the length of the
// salt (4 bytes), the salt, the length of the value (4 bytes) and the value. Without the salt a
// digest of an ID card number is found by trying all numbers, so each value gets a salt of its own,
// of at least min_salt_bytes bytes, best from new_salt(). CHECKs the length: a short one is a bug.
inline constexpr std::size_t min_salt_bytes = 16;
std::string commit_personal(std::string_view salt, std::string_view value);
std::string new_salt();  // 32 random bytes in hexadecimal, used as that text

}  // namespace changwat::ledger
