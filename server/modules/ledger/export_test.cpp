#include "modules/ledger/export.hpp"

#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "modules/ledger/sample_ledger.hpp"

namespace changwat::ledger {
namespace {

using Line = ExportReader::Line;

Hash some_leaf() {
  return hash_leaf("x");
}

SignedHead head_of(std::int64_t size) {
  return sign_head(sample::key(1), sample::origin, size, some_leaf(), sample::instant(0));
}

ExportHeader header_of(std::int64_t entries, std::int64_t heads) {
  return whole_ledger_header(sample::origin, entries, heads,
                             {state_first_key(sample::key(1), sample::origin, sample::instant(0))});
}

TEST(LedgerExport, WhatIsWrittenIsReadBack) {
  std::vector<Entry> entries;
  for (std::int64_t i = 0; i < 5; ++i) entries.push_back(sample::entry(i));
  entries[1].change = std::string("\0\x01\x1f\b\f\n\r\t\"\\/\x7f", 12) + "ก😀\u2028";
  entries[2].province = std::nullopt;
  entries[3].authority = "";
  std::ostringstream out;
  ExportWriter writer(out);
  const ExportHeader header = header_of(5, 1);
  ASSERT_TRUE(writer.begin(header).ok());
  for (const Entry& entry : entries) ASSERT_TRUE(writer.write(entry, leaf_hash(entry)).ok());
  ASSERT_TRUE(writer.write(head_of(5)).ok());
  ASSERT_TRUE(writer.end().ok());

  std::istringstream in(out.str());
  ExportReader reader(in);
  ASSERT_EQ(reader.next().value(), Line::header);
  EXPECT_EQ(reader.header(), header);
  for (const Entry& entry : entries) {
    ASSERT_EQ(reader.next().value(), Line::entry);
    EXPECT_EQ(reader.entry().entry, entry);
    EXPECT_EQ(reader.entry().leaf_hash, to_hex(leaf_hash(entry)));
  }
  ASSERT_EQ(reader.next().value(), Line::head);
  EXPECT_EQ(reader.head(), head_of(5));
  EXPECT_EQ(reader.next().value(), Line::end);
}

TEST(LedgerExport, EscapesAreTheShortestOnes) {
  EntryLine line;
  line.entry.change = std::string("\0\x1f\b\f\n\r\t\"\\/\x7f", 11) + "ก";
  std::string text;
  append_json(text, line);
  EXPECT_NE(text.find("\"change\":\"\\u0000\\u001f\\b\\f\\n\\r\\t\\\"\\\\/\x7fก\"}"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("\"province\":null,"), std::string::npos);
}

TEST(LedgerExport, TheLargestEntryThatIsAllowedFitsInALine) {
  Entry entry = sample::entry(0);
  entry.authority = std::string(max_authority_bytes, '\x01');
  entry.change = std::string(max_change_bytes, '\x01');
  for (std::string* word : {&entry.entry_id, &entry.act, &entry.subject_kind, &entry.subject_id,
                            &entry.actor_id, &entry.actor_office_id}) {
    *word = std::string(max_entry_word_bytes, '\x01');
  }
  entry.province = entry.act;
  std::ostringstream out;
  ExportWriter writer(out);
  ASSERT_TRUE(writer.begin(header_of(1, 1)).ok());
  ASSERT_TRUE(writer.write(entry, leaf_hash(entry)).ok());
  ASSERT_TRUE(writer.write(head_of(1)).ok());
  ASSERT_TRUE(writer.end().ok());
  std::istringstream in(out.str());
  ExportReader reader(in);
  ASSERT_TRUE(reader.next().ok());
  ASSERT_TRUE(reader.next().ok());
  EXPECT_EQ(reader.entry().entry, entry);
}

TEST(LedgerExport, TheReaderStopsAtALineThatNeverEnds) {
  std::istringstream in(std::string(max_line_bytes * 3, 'x'));
  ExportReader reader(in);
  EXPECT_TRUE(reader.next().problem().is(errors::line_too_long));
  EXPECT_LE(static_cast<std::size_t>(in.tellg()), max_line_bytes + 128 * 1024)
      << "it read on after the limit";
}

TEST(LedgerExport, TheWriterRefusesEveryOtherOrder) {
  const Entry first = sample::entry(0), second = sample::entry(1);
  const auto refused = [](const Result<Done>& result) {
    return !result.ok() && result.problem().is(errors::export_out_of_order);
  };
  std::ostringstream out;
  ExportWriter writer(out);
  EXPECT_TRUE(refused(writer.write(first, some_leaf()))) << "before the header";
  EXPECT_TRUE(refused(writer.write(head_of(0)))) << "before the header";
  EXPECT_TRUE(refused(writer.end()));
  EXPECT_TRUE(refused(writer.begin(header_of(2, 0)))) << "without a head";
  EXPECT_TRUE(refused(writer.begin(header_of(-1, 1))));
  ASSERT_TRUE(writer.begin(header_of(2, 1)).ok());
  EXPECT_TRUE(refused(writer.begin(header_of(2, 1)))) << "a second header";
  EXPECT_TRUE(refused(writer.write(second, some_leaf()))) << "a gap";
  ASSERT_TRUE(writer.write(first, some_leaf()).ok());
  EXPECT_TRUE(refused(writer.write(first, some_leaf()))) << "twice";
  EXPECT_TRUE(refused(writer.write(head_of(2)))) << "a head over what is not there";
  EXPECT_TRUE(refused(writer.end())) << "an entry is missing";
  ASSERT_TRUE(writer.write(second, some_leaf()).ok());
  EXPECT_TRUE(refused(writer.end())) << "the head is missing";
  EXPECT_TRUE(refused(writer.write(sample::entry(2), some_leaf()))) << "beyond the range";
  ASSERT_TRUE(writer.write(head_of(2)).ok());
  EXPECT_TRUE(refused(writer.write(head_of(2)))) << "one head too many";
  EXPECT_TRUE(writer.end().ok());
}

TEST(LedgerExport, TheWriterRefusesEntriesThatMayNotStandInALedger) {
  std::ostringstream out;
  ExportWriter writer(out);
  ASSERT_TRUE(writer.begin(header_of(1, 1)).ok());
  Entry entry = sample::entry(0);
  entry.change = "\xc3\x28";
  EXPECT_TRUE(writer.write(entry, some_leaf()).problem().is(changwat::errors::invalid_input));
}

TEST(LedgerExport, ARangeBeginsAtTheHeadOfItsCompactRange) {
  const sample::Ledger ledger(20, 10);
  const auto header = [&](const CompactRange& range) {
    return range_header(sample::origin, ledger.heads()[0], range, 19, 1, ledger.keys());
  };
  EXPECT_TRUE(header(ledger.tree(10)).ok());
  EXPECT_EQ(header(ledger.tree(10)).value().first_sequence, 10);
  EXPECT_FALSE(header(ledger.tree(11)).ok());
  EXPECT_FALSE(header(CompactRange()).ok());
}

TEST(LedgerExport, ABrokenStreamIsAnException) {
  std::ostringstream out;
  out.setstate(std::ios::badbit);
  ExportWriter writer(out);
  EXPECT_THROW((void)writer.begin(header_of(1, 1)), std::runtime_error);
  std::istringstream in("x");
  in.setstate(std::ios::badbit);
  ExportReader reader(in);
  EXPECT_THROW((void)reader.next(), std::runtime_error);
}

}  // namespace
}  // namespace changwat::ledger
