#include "modules/ledger/verify.hpp"

#include <algorithm>
#include <functional>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "modules/ledger/sample_ledger.hpp"

namespace changwat::ledger {
namespace {

using sample::Ledger;

// The letter of the law: a file as its lines, each with its end.
using Lines = std::vector<std::string>;

Lines lines_of(const std::string& text) {
  Lines lines;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size() - 1) + 1;
    lines.push_back(text.substr(start, end - start));
    start = end;
  }
  return lines;
}

std::string text_of(const Lines& lines) {
  std::string text;
  for (const std::string& line : lines) text += line;
  return text;
}

const TrustedKeys& first_key() {
  static const TrustedKeys keys({sample::key(1).public_key()});
  return keys;
}

VerifyReport verify(const std::string& text, const std::optional<SignedHead>& known = std::nullopt,
                    const TrustedKeys& trusted = first_key()) {
  std::istringstream in(text);
  return verify_export(in, trusted, known);
}

std::string code_of(const VerifyReport& report) {
  return report.fault ? report.fault->code : "ok";
}

bool replace_once(std::string& text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  if (at == std::string::npos) return false;
  text.replace(at, from.size(), to);
  return true;
}

TEST(LedgerVerify, AnUntouchedExportIsGood) {
  const Ledger ledger(25, 10, {10});
  const VerifyReport report = verify(ledger.whole());
  EXPECT_TRUE(report.ok) << code_of(report);
  EXPECT_EQ(report.entries, 25);
  EXPECT_EQ(report.heads, 3);
  EXPECT_EQ(report.last_head, ledger.heads().back());
  EXPECT_EQ(report.origin, sample::origin);
  EXPECT_TRUE(report.whole_ledger);
  EXPECT_EQ(report.warning_count, 0);
}

TEST(LedgerVerify, EveryHeadThatWasKnownBeforeIsRecognised) {
  const Ledger ledger(33, 4, {8, 20});
  for (const SignedHead& known : ledger.heads()) EXPECT_TRUE(verify(ledger.whole(), known).ok);
  for (std::size_t base = 0; base + 1 < ledger.heads().size(); ++base) {
    const std::string range = ledger.range(base);
    EXPECT_TRUE(verify(range).ok);
    EXPECT_FALSE(verify(range).whole_ledger);
    for (std::size_t i = 0; i < ledger.heads().size(); ++i) {
      EXPECT_EQ(code_of(verify(range, ledger.heads()[i])),
                i < base ? "ledger_begins_after_known_head" : "ok");
    }
  }
}

TEST(LedgerVerify, TheEmptyLedgerIsGood) {
  std::ostringstream out;
  ExportWriter writer(out);
  ASSERT_TRUE(writer
                  .begin(whole_ledger_header(
                      sample::origin, 0, 1,
                      {state_first_key(sample::key(1), sample::origin, sample::instant(0))}))
                  .ok());
  ASSERT_TRUE(
      writer.write(sign_head(sample::key(1), sample::origin, 0, empty_root(), sample::instant(0)))
          .ok());
  ASSERT_TRUE(writer.end().ok());
  EXPECT_TRUE(verify(out.str()).ok);
}

TEST(LedgerVerify, ALedgerThatWasCutOrRewrittenIsFoundThroughTheKnownHead) {
  const Ledger ledger(30, 10);
  const Ledger rewritten(29, 10);  // its last head has other entries under another size
  EXPECT_EQ(code_of(verify(ledger.whole(2), ledger.heads()[2])), "ledger_below_known_head");
  EXPECT_TRUE(verify(ledger.whole(2), ledger.heads()[1]).ok);
  SignedHead other = ledger.heads()[1];
  other.root = rewritten.heads()[2].root;
  const VerifyReport report = verify(ledger.whole(), other);
  EXPECT_EQ(code_of(report), "ledger_differs_from_known_head");
  EXPECT_EQ(report.fault->line, 1 + 10 + 1 + 10);
}

TEST(LedgerVerify, OnlyTrustedKeysAndTheirSuccessorsCount) {
  const Ledger ledger(30, 10, {10, 20});
  const std::string text = ledger.whole();
  for (const std::uint8_t number : {1, 2, 3}) {
    EXPECT_TRUE(verify(text, {}, TrustedKeys({sample::key(number).public_key()})).ok);
  }
  EXPECT_EQ(code_of(verify(text, {}, TrustedKeys({sample::key(4).public_key()}))),
            "ledger_unknown_key");
  EXPECT_EQ(code_of(verify(text, {}, TrustedKeys())), "ledger_unknown_key");
}

// A fraud that rewrites an entry, its leaf hash and the roots is left with the signature.
TEST(LedgerVerify, ACarefulForgerStillFailsAtTheSignature) {
  const Ledger ledger(30, 10);
  Lines lines = lines_of(ledger.whole());
  Entry forged = sample::entry(4);
  forged.actor_id = "somebody-else";
  std::string line;
  append_json(line, EntryLine{forged, to_hex(leaf_hash(forged))});
  lines[5] = line + "\n";
  const VerifyReport at_head = verify(text_of(lines));
  EXPECT_EQ(code_of(at_head), "ledger_root_mismatch");
  EXPECT_EQ(at_head.fault->line, 12);
  EXPECT_NE(at_head.fault->en.find("0 – 9"), std::string::npos);

  CompactRange tree;
  for (int i = 0; i < 10; ++i) tree.append(leaf_hash(i == 4 ? forged : sample::entry(i)));
  SignedHead head = ledger.heads()[0];
  head.root = to_hex(tree.root());
  line.clear();
  append_json(line, HeadLine{head});
  lines[11] = line + "\n";
  EXPECT_EQ(code_of(verify(text_of(lines))), "ledger_wrong_signature");

  head = sign_head(sample::key(9), sample::origin, 10, tree.root(), head.signed_at);
  line.clear();
  append_json(line, HeadLine{head});
  lines[11] = line + "\n";
  EXPECT_EQ(code_of(verify(text_of(lines))), "ledger_unknown_key");
}

struct Case {
  const char* name;
  std::function<void(Lines&)> damage;
  const char* code;
  std::int64_t line;
};

// Lines: 1 header, 2..11 entries 0..9, 12 head, 13..22 entries 10..19, 23 head, 24..28, 29 head.
TEST(LedgerVerify, ReportsNameTheFirstWrongLineAndWhatIsWrong) {
  const Ledger ledger(25, 10);
  const Lines good = lines_of(ledger.whole());
  ASSERT_EQ(good.size(), 29u);
  const std::vector<Case> cases = {
      {"an edited entry", [](Lines& l) { replace_once(l[4], "person-", "person_"); },
       "ledger_entry_edited", 5},
      {"an edited leaf hash", [](Lines& l) { l[4][l[4].size() - 4] ^= 1; }, "ledger_entry_edited",
       5},
      {"a deleted entry", [](Lines& l) { l.erase(l.begin() + 4); }, "ledger_entries_missing", 5},
      {"a repeated entry", [](Lines& l) { l.insert(l.begin() + 4, l[4]); },
       "ledger_entry_out_of_place", 6},
      {"swapped entries", [](Lines& l) { std::swap(l[4], l[5]); }, "ledger_entries_missing", 5},
      {"a deleted head", [](Lines& l) { l.erase(l.begin() + 11); }, "ledger_truncated", 29},
      {"a repeated head", [](Lines& l) { l.insert(l.begin() + 11, l[11]); },
       "ledger_head_out_of_place", 13},
      {"an early head", [](Lines& l) { std::swap(l[10], l[11]); }, "ledger_head_out_of_place", 11},
      {"a missing last head", [](Lines& l) { l.pop_back(); }, "ledger_truncated", 29},
      {"a missing end", [](Lines& l) { l.resize(20); }, "ledger_truncated", 21},
      {"half a line",
       [](Lines& l) {
         l.resize(20);
         l[19].resize(30);
       },
       "ledger_unfinished_line", 20},
      {"no last end of line", [](Lines& l) { l.back().pop_back(); }, "ledger_unfinished_line", 29},
      {"an empty line", [](Lines& l) { l.insert(l.begin() + 3, "\n"); }, "ledger_malformed_line",
       4},
      {"a second header", [](Lines& l) { l.insert(l.begin() + 3, l[0]); }, "ledger_malformed_line",
       4},
      {"no header", [](Lines& l) { l.erase(l.begin()); }, "ledger_not_an_export", 1},
      {"an empty file", [](Lines& l) { l.clear(); }, "ledger_not_an_export", 1},
      {"a space", [](Lines& l) { l[4].insert(1, " "); }, "ledger_malformed_line", 5},
      {"a space inside", [](Lines& l) { replace_once(l[4], ",\"act\"", ", \"act\""); },
       "ledger_not_canonical", 5},
      {"a carriage return", [](Lines& l) { l[4].insert(l[4].size() - 1, "\r"); },
       "ledger_not_canonical", 5},
      {"another escape", [](Lines& l) { replace_once(l[4], "person", "\\u0070erson"); },
       "ledger_not_canonical", 5},
      {"an escaped slash", [](Lines& l) { replace_once(l[0], "/ledger", "\\/ledger"); },
       "ledger_not_canonical", 1},
      {"a number with an exponent", [](Lines& l) { replace_once(l[3], ":2,", ":2e0,"); },
       "ledger_malformed_line", 4},
      {"minus nought", [](Lines& l) { replace_once(l[1], ":0,", ":-0,"); }, "ledger_not_canonical",
       2},
      {"a member twice", [](Lines& l) { replace_once(l[4], "\"act\":", "\"act\":\"x\",\"act\":"); },
       "ledger_not_canonical", 5},
      {"members in another order",
       [](Lines& l) {
         l[11] = R"({"head":{"root":"","tree_size":1,"signed_at":"","key_id":"","signature":""}})"
                 "\n";
       },
       "ledger_malformed_line", 12},
      {"bytes that are not UTF-8", [](Lines& l) { replace_once(l[4], "person", "\xffperson"); },
       "ledger_malformed_line", 5},
      {"a time that is none", [](Lines& l) { replace_once(l[4], "2021-03-01T", "2021-02-30T"); },
       "ledger_bad_entry", 5},
      {"a line beyond the limit",
       [](Lines& l) { l[4] = std::string(max_line_bytes + 1, 'x') + "\n"; }, "ledger_line_too_long",
       5},
      {"an edited origin",
       [](Lines& l) { replace_once(l[0], "changwat.example", "changwat.exampel"); },
       "ledger_bad_key_chain", 1},
      {"an edited format", [](Lines& l) { replace_once(l[0], "-v1", "-v2"); },
       "ledger_not_an_export", 1},
      {"an edited head count",
       [](Lines& l) { replace_once(l[0], "\"head_count\":3", "\"head_count\":2"); },
       "ledger_head_out_of_place", 29},
      {"an edited last sequence",
       [](Lines& l) { replace_once(l[0], "\"last_sequence\":24", "\"last_sequence\":23"); },
       "ledger_entry_out_of_place", 28},
      {"an edited signature", [](Lines& l) { l[11][l[11].size() - 20] ^= 1; },
       "ledger_wrong_signature", 12},
  };
  for (const Case& c : cases) {
    Lines lines = good;
    c.damage(lines);
    const VerifyReport report = verify(text_of(lines));
    ASSERT_TRUE(report.fault) << c.name;
    EXPECT_EQ(report.fault->code, c.code) << c.name;
    EXPECT_EQ(report.fault->line, c.line) << c.name;
    EXPECT_FALSE(report.fault->th.empty());
    EXPECT_FALSE(report.fault->en.empty());
    EXPECT_FALSE(report.ok);
  }
}

TEST(LedgerVerify, AnUnusedKeyAtTheEndOfTheChainIsRefused) {
  const Ledger ledger(20, 10);
  auto keys = ledger.keys();
  keys.push_back(introduce_key(sample::key(1), sample::origin, sample::key(2).public_key(), 20,
                               sample::instant(9)));
  Lines lines = lines_of(ledger.whole());
  std::string line;
  append_json(line, HeaderLine{whole_ledger_header(sample::origin, 20, 2, keys)});
  lines[0] = line + "\n";
  EXPECT_EQ(code_of(verify(text_of(lines))), "ledger_bad_header");
}

TEST(LedgerVerify, ARangeWithAWrongBaseIsRefused) {
  const Ledger ledger(30, 10);
  const std::string good = ledger.range(0);
  const auto edited = [&](const std::function<void(ExportHeader&)>& edit) {
    Lines lines = lines_of(good);
    HeaderLine header;
    LineParser parser;
    EXPECT_TRUE(
        parser.parse(std::string_view(lines[0]).substr(0, lines[0].size() - 1), header).ok());
    edit(header.header);
    lines[0].clear();
    append_json(lines[0], header);
    lines[0] += "\n";
    return code_of(verify(text_of(lines)));
  };
  EXPECT_EQ(edited([](ExportHeader&) {}), "ok");
  EXPECT_EQ(edited([](ExportHeader& h) { std::swap(h.base->peaks[0], h.base->peaks[1]); }),
            "ledger_bad_base");
  EXPECT_EQ(edited([](ExportHeader& h) { h.base->peaks.pop_back(); }), "ledger_bad_base");
  EXPECT_EQ(edited([](ExportHeader& h) { h.base->peaks[0] = "x"; }), "ledger_bad_base");
  EXPECT_EQ(edited([](ExportHeader& h) { h.base.reset(); }), "ledger_bad_header");
  EXPECT_EQ(edited([](ExportHeader& h) { h.first_sequence = 9; }), "ledger_bad_base");
  EXPECT_EQ(edited([](ExportHeader& h) { h.base->head.root[0] ^= 1; }), "ledger_wrong_signature");
  EXPECT_EQ(edited([&](ExportHeader& h) { h.base->head = ledger.heads()[1]; }), "ledger_bad_base");
}

TEST(LedgerVerify, TimeGoingBackIsAWarningAndNotAFault) {
  std::ostringstream out;
  ExportWriter writer(out);
  const auto keys =
      std::vector{state_first_key(sample::key(1), sample::origin, sample::instant(0))};
  ASSERT_TRUE(writer.begin(whole_ledger_header(sample::origin, 4, 1, keys)).ok());
  CompactRange tree;
  const std::int64_t seconds[] = {100, 96, 94, 101};  // 4 back is tolerated, 6 is not
  for (int i = 0; i < 4; ++i) {
    Entry entry = sample::entry(i);
    entry.recorded_at = sample::instant(seconds[i]);
    tree.append(leaf_hash(entry));
    ASSERT_TRUE(writer.write(entry, leaf_hash(entry)).ok());
  }
  ASSERT_TRUE(
      writer.write(sign_head(sample::key(1), sample::origin, 4, tree.root(), sample::instant(102)))
          .ok());
  const VerifyReport report = verify(out.str());
  EXPECT_TRUE(report.ok);
  ASSERT_EQ(report.warning_count, 1);
  EXPECT_EQ(report.warnings[0].line, 4);
  EXPECT_EQ(report.warnings[0].sequence, 2);
}

// --- Ten thousand single edits ---

class Damage {
 public:
  // `text` is an export of `ledger`.
  Damage(const Ledger& ledger, std::string text, std::uint32_t seed)
      : ledger_(ledger), text_(std::move(text)), lines_(lines_of(text_)), random_(seed) {}

  // A file that differs from the good one, and what was done to it.
  std::pair<std::string, const char*> next() {
    for (;;) {
      auto damaged = draw();
      if (damaged.first != text_) return damaged;  // e.g. a line swapped with itself
    }
  }

 private:
  std::pair<std::string, const char*> draw() {
    Lines lines = lines_;
    switch (below(12)) {
      case 0:
        return {with_byte(text_, below(text_.size())), "a byte changed"};
      case 1:
        return {with_bit(text_, below(text_.size())), "a bit flipped"};
      case 2:
        return {text_.substr(0, below(text_.size())), "cut anywhere"};
      case 3:
        return {text_.substr(below(text_.size())), "beginning cut off"};
      case 4:
        return {without_byte(), "a byte deleted"};
      case 5:
        return {with_more(), "a byte inserted"};
      case 6:
        lines.erase(lines.begin() + any_line());
        return {text_of(lines), "a line deleted"};
      case 7:
        lines.insert(lines.begin() + any_line(), lines[below(lines.size())]);
        return {text_of(lines), "a line repeated"};
      case 8:
        std::swap(lines[below(lines.size())], lines[below(lines.size())]);
        return {text_of(lines), "two lines swapped"};
      case 9:
        return {with_signature_bit(), "a signature bit flipped"};
      case 10:
        return {with_forged_entry(), "an entry forged with its leaf hash"};
      default:
        return {ledger_.whole(1 + below(ledger_.heads().size() - 1)), "the end taken off well"};
    }
  }

  std::size_t below(std::size_t limit) { return random_() % limit; }
  std::ptrdiff_t any_line() { return static_cast<std::ptrdiff_t>(below(lines_.size())); }

  std::string with_byte(std::string text, std::size_t at) {
    text[at] = static_cast<char>(below(256));
    return text;
  }
  std::string with_bit(std::string text, std::size_t at) {
    text[at] = static_cast<char>(text[at] ^ (1 << below(8)));
    return text;
  }
  std::string without_byte() {
    std::string text = text_;
    return text.erase(below(text.size()), 1);
  }
  std::string with_more() {
    static constexpr std::string_view likely = " \t\r\n\",:{}[]0\\ux";
    std::string text = text_;
    return text.insert(below(text.size() + 1), 1, likely[below(likely.size())]);
  }
  std::string with_signature_bit() {
    const SignedHead& head = ledger_.heads()[below(ledger_.heads().size())];
    Signature signature;
    EXPECT_TRUE(from_base64(head.signature, signature));
    signature[below(64)] ^= static_cast<std::uint8_t>(1 << below(8));
    std::string text = text_;
    replace_once(text, head.signature, to_base64(signature));  // a range lacks the first ones
    return text;
  }
  std::string with_forged_entry() {
    Lines lines = lines_;
    const auto at =
        static_cast<std::size_t>(below(static_cast<std::size_t>(ledger_.heads().back().tree_size)));
    Entry entry = sample::entry(static_cast<std::int64_t>(at));
    std::string* const members[] = {
        &entry.entry_id,        &entry.act,       &entry.subject_id, &entry.actor_id,
        &entry.actor_office_id, &entry.authority, &entry.change};
    members[below(std::size(members))]->push_back('x');
    std::string line;
    append_json(line, EntryLine{entry, to_hex(leaf_hash(entry))});
    const std::string start = R"({"entry":{"sequence":)" + std::to_string(at) + ",";
    for (std::string& old : lines) {
      if (old.starts_with(start)) old = line + "\n";
    }
    return text_of(lines);
  }

  const Ledger& ledger_;
  const std::string text_;
  const Lines lines_;
  std::mt19937 random_;
};

#if defined(__SANITIZE_ADDRESS__)
constexpr int edits = 1'500;  // the same test, in the time that sanitizers leave
#else
constexpr int edits = 10'000;
#endif

void expect_every_edit_found(const Ledger& ledger, const std::string& text, int count) {
  Damage damage(ledger, text, 2564);
  const SignedHead known = ledger.heads().back();
  ASSERT_TRUE(verify(text, known).ok);
  for (int i = 0; i < count; ++i) {
    const auto [damaged, what] = damage.next();
    const VerifyReport report = verify(damaged, known);
    ASSERT_FALSE(report.ok) << "edit " << i << ": " << what;
    ASSERT_TRUE(report.fault);
    ASSERT_GE(report.fault->line, 1);
  }
}

TEST(LedgerVerify, NoneOfTenThousandSingleEditsGoesUnnoticed) {
  const Ledger ledger(300, 60, {120});
  expect_every_edit_found(ledger, ledger.whole(), edits);
}

TEST(LedgerVerify, NoSingleEditOfARangeGoesUnnoticed) {
  const Ledger ledger(77, 11, {22, 55});
  expect_every_edit_found(ledger, ledger.range(2), edits / 5);
}

}  // namespace
}  // namespace changwat::ledger
