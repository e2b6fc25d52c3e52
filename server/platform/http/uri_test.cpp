#include "platform/http/uri.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace changwat::http::uri {
namespace {

using namespace std::string_literals;

TEST(Uri, DecodesWellFormedPieces) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"", ""},
      {"plain", "plain"},
      {"a%20b", "a b"},
      {"%2F%2f", "//"},
      {"%25", "%"},
      {"%2525", "%25"},  // once, not until nothing is left
      {"a+b", "a+b"},
      {"%E0%B8%99%E0%B8%84%E0%B8%A3", "นคร"},
      {"นคร", "นคร"},
      {"%F0%9F%98%80", "😀"},
      {"%0A", "\n"},
      {"%7F", "\x7f"},
      {"%C2%80", "\xC2\x80"},
      {"%F4%8F%BF%BF", "\xF4\x8F\xBF\xBF"},
  };
  for (const auto& [piece, text] : cases) {
    EXPECT_EQ(decode(piece), text) << piece;
  }
}

TEST(Uri, RefusesWhatTwoReadersCouldReadDifferently) {
  const std::vector<std::string> cases{
      "%",         "%2",        "%zz",          "%2g",          "%%20",
      "% 20",      "a%",        "%u0e01",       "%00",          "a%00b",
      "%C0%AF",    "%C1%81",    "%E0%80%AF",    "%E0%9F%BF",    "%F0%80%80%AF",
      "%ED%A0%80", "%ED%BF%BF", "%F4%90%80%80", "%F5%80%80%80", "%FF",
      "%80",       "%E0%B8",    "%E0%B8%41",    "%C2",          "%F0%9F%98",
      "\xC0\xAF"s, "\xE0\xB8"s, "a\0b"s,
  };
  for (const std::string& piece : cases) {
    EXPECT_EQ(decode(piece), std::nullopt) << piece;
  }
}

TEST(Uri, ReadsAPlusAsASpaceInQueriesOnly) {
  EXPECT_EQ(decode("a+b", Plus::space), "a b");
  EXPECT_EQ(decode("a%2Bb", Plus::space), "a+b");
}

TEST(Uri, SplitsQueriesBeforeDecodingThem) {
  struct Case {
    std::string query;
    Pairs pairs;
  };
  const std::vector<Case> cases{
      {"", {}},
      {"&&", {}},
      {"a=1", {{"a", "1"}}},
      {"a=1&b=2&a=3", {{"a", "1"}, {"b", "2"}, {"a", "3"}}},
      {"a", {{"a", ""}}},
      {"a=", {{"a", ""}}},
      {"=v", {{"", "v"}}},
      {"a=b=c", {{"a", "b=c"}}},
      {"a%3Db=c%26d", {{"a=b", "c&d"}}},
      {"q=%E0%B8%99+x", {{"q", "น x"}}},
      {"a=1&", {{"a", "1"}}},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(parse_query(c.query), c.pairs) << c.query;
  }
}

TEST(Uri, RefusesAQueryIfAnyPieceOfItIsBad) {
  for (const char* query : {"a=%", "a=1&%zz=2", "a=%00", "a=%C0%AF"}) {
    EXPECT_EQ(parse_query(query), std::nullopt) << query;
  }
}

TEST(Uri, RefusesMorePairsThanAnybodyNeeds) {
  std::string query;
  for (std::size_t i = 0; i < query_pairs_max; ++i) query += "a=1&";
  EXPECT_TRUE(parse_query(query).has_value());
  EXPECT_FALSE(parse_query(query + "a=1").has_value());
}

TEST(Uri, EncodesWhatItDecodes) {
  EXPECT_EQ(encode("a b/ก~"), "a%20b%2F%E0%B8%81~");
  std::string all;
  for (int c = 1; c < 0x80; ++c) all += static_cast<char>(c);
  EXPECT_EQ(decode(encode(all)), all);
}

}  // namespace
}  // namespace changwat::http::uri
