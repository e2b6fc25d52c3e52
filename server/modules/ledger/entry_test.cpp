#include "modules/ledger/entry.hpp"

#include <functional>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace changwat::ledger {
namespace {

Entry some_entry() {
  return {7,
          "e7",
          "2021-03-12T09:59:59.000Z",
          "application.submit",
          "application",
          "a1",
          "TH-50",
          "p1",
          "o1",
          R"({"law":"x"})",
          R"({"state":["draft","submitted"]})"};
}

TEST(LedgerEntry, CanonicalBytesAreTheDocumentedOnes) {
  Entry entry{1, "e", "t", "a", "k", "s", std::nullopt, "p", "", "{}", "ก"};
  const std::string bytes = canonical_bytes(entry);
  EXPECT_EQ(to_hex(as_bytes(bytes)),
            "01"                // version
            "0000000000000001"  // sequence
            "0000000165"        // entry_id
            "0000000174"        // recorded_at
            "0000000161"        // act
            "000000016b"        // subject_kind
            "0000000173"        // subject_id
            "00"                // no province
            "0000000170"        // actor_id
            "00000000"          // actor_office_id, empty
            "000000027b7d"      // authority
            "00000003e0b881");  // change
  EXPECT_EQ(leaf_hash(entry), hash_leaf(bytes));
  entry.province = "P";
  EXPECT_NE(to_hex(as_bytes(canonical_bytes(entry)))
                .find("000000017301"
                      "0000000150"),
            std::string::npos);
}

TEST(LedgerEntry, NoTwoDifferentEntriesShareTheirBytes) {
  const std::vector<std::function<void(Entry&)>> changes = {
      [](Entry&) {},
      [](Entry& e) { e.sequence = 8; },
      [](Entry& e) { e.entry_id = "e8"; },
      [](Entry& e) { e.recorded_at = "2021-03-12T10:00:00.000Z"; },
      [](Entry& e) {
        e.act = "application.submi";
        e.subject_kind = "tapplication";
      },
      [](Entry& e) {
        e.subject_kind = "applicationa";
        e.subject_id = "1";
      },
      [](Entry& e) { e.province.reset(); },
      [](Entry& e) { e.province = ""; },
      [](Entry& e) {
        e.province.reset();
        e.subject_id = "a1TH-50";
      },
      [](Entry& e) {
        e.actor_id = "p1o1";
        e.actor_office_id = "";
      },
      [](Entry& e) { std::swap(e.authority, e.change); },
      [](Entry& e) { e.change += " "; }};
  std::set<std::string> seen;
  for (const auto& change : changes) {
    Entry entry = some_entry();
    change(entry);
    EXPECT_TRUE(seen.insert(canonical_bytes(entry)).second);
  }
}

TEST(LedgerEntry, WrongMembersAreNamedAllAtOnce) {
  EXPECT_TRUE(check_entry(some_entry()).ok());
  Entry entry = some_entry();
  entry.sequence = -1;
  entry.entry_id = "";
  entry.recorded_at = "2021-03-12";
  entry.act = "\xff";
  entry.province = "";
  entry.actor_office_id = "";  // allowed
  entry.subject_id = std::string(201, 'x');
  entry.change = std::string(max_change_bytes + 1, 'x');
  const auto result = check_entry(entry);
  ASSERT_FALSE(result.ok());
  std::set<std::string> pointers;
  for (const FieldError& field : result.problem().fields) pointers.insert(field.pointer);
  EXPECT_EQ(pointers, (std::set<std::string>{"/sequence", "/entry_id", "/recorded_at", "/act",
                                             "/province", "/subject_id", "/change"}));
}

TEST(LedgerEntry, InstantsHaveOneSpelling) {
  const std::vector<std::pair<std::string, std::optional<std::int64_t>>> cases = {
      {"1970-01-01T00:00:00.000Z", 0},
      {"2021-03-12T09:59:59.001Z", 1615543199001},
      {"2024-02-29T00:00:00.000Z", 1709164800000},
      {"2023-02-29T00:00:00.000Z", std::nullopt},
      {"2021-03-12T24:00:00.000Z", std::nullopt},
      {"2021-03-12T09:59:60.000Z", std::nullopt},
      {"2021-03-12T09:59:59Z", std::nullopt},
      {"2021-03-12T09:59:59.000z", std::nullopt},
      {"2021-03-12 09:59:59.000Z", std::nullopt},
      {"2021-13-12T09:59:59.000Z", std::nullopt},
      {"2021-00-12T09:59:59.000Z", std::nullopt},
      {"2021-03-12T-9:59:59.000Z", std::nullopt},
      {"1969-03-12T09:59:59.000Z", std::nullopt}};
  for (const auto& [text, expected] : cases) EXPECT_EQ(parse_instant_ms(text), expected) << text;
}

TEST(LedgerEntry, CommitmentsToPersonalDataDependOnSaltAndValueAndTheirBorder) {
  const std::string salt(16, 's');
  const std::string digest = commit_personal(salt, "1101700230708");
  EXPECT_EQ(digest.size(), 64u);
  EXPECT_EQ(digest, to_hex(sha256(std::string("\0\0\0\x10", 4) + salt +
                                  std::string("\0\0\0\x0d", 4) + "1101700230708")));
  EXPECT_NE(digest, commit_personal(salt + "1", "101700230708"));
  EXPECT_NE(digest, commit_personal(std::string(16, 't'), "1101700230708"));
  EXPECT_NE(new_salt(), new_salt());
  EXPECT_GE(new_salt().size(), min_salt_bytes);
  EXPECT_DEATH(commit_personal("short", "value"), "min_salt_bytes");
}

}  // namespace
}  // namespace changwat::ledger
