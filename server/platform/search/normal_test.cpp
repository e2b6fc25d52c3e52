#include "platform/search/normal.hpp"

#include <gtest/gtest.h>

#include "base/utf8.hpp"

namespace changwat::search {
namespace {

struct Case {
  const char* typed;
  const char* normal;
};

TEST(Normal, One_spelling_for_what_is_typed_in_many_ways) {
  const Case cases[] = {
      {"ไฟฟ้าดับ", "ไฟฟ้าดับ"},
      {"  ไฟฟ้า \t\n ดับ  ", "ไฟฟ้า ดับ"},
      // Sara am in its three spellings, with and without a tone.
      {"น\u0E49\u0E33", "น\u0E49\u0E33"},
      {"น\u0E4D\u0E49\u0E32", "น\u0E49\u0E33"},
      {"น\u0E49\u0E4D\u0E32", "น\u0E49\u0E33"},
      {"น\u0E33\u0E49", "น\u0E49\u0E33"},
      {"ท\u0E4D\u0E32", "ท\u0E33"},
      // Marks in the order in which they were typed, and typed twice.
      {"ท\u0E48\u0E35", "ท\u0E35\u0E48"},
      {"ท\u0E35\u0E48\u0E48", "ท\u0E35\u0E48"},
      {"ท\u0E35\u0E35\u0E48", "ท\u0E35\u0E48"},
      {"เเขวง", "แขวง"},
      {"มาๅ", "มาา"},
      {"ฤๅษี", "ฤๅษี"},
      // Zero-width characters, soft hyphens, the byte order mark.
      {"ไฟ\u200Bฟ้า\u200Dดับ\uFEFF", "ไฟฟ้าดับ"},
      {"บ้าน\u00ADหนอง", "บ้านหนอง"},
      {"บ้าน\u00A0หนอง", "บ้าน หนอง"},
      // Digits.
      {"๑๒๓ หมู่ ๔", "123 หมู่ 4"},
      {"1,000,000 บาท", "1000000 บาท"},
      {"๑,๐๐๐", "1000"},
      {"3.5 เมตร", "3.5 เมตร"},
      {"3. 5", "3 5"},
      {"123/45", "123 45"},
      // Abbreviations.
      {"ก.พ.ร.", "กพร"},
      {"กพร.", "กพร"},
      {"สป.มท.", "สปมท"},
      {"พ.ศ. ๒๕๖๗", "พศ 2567"},
      {"กรุงเทพฯ", "กรุงเทพ"},
      {"ฯพณฯ", "พณ"},
      // Mai yamok.
      {"ช้า ๆ", "ช้าๆ"},
      {"ช้าๆๆ", "ช้าๆ"},
      {"ช้า ๆ ๆ มาก", "ช้าๆ มาก"},
      // Other scripts, full width, punctuation.
      {"Wi-Fi ของ ABC", "wi fi ของ abc"},
      {"ＬＩＮＥ", "line"},
      {"ÉCOLE", "école"},
      {"(ถนน)“สาย”-ใหม่!", "ถนน สาย ใหม่"},
      {"฿100", "100"},
      {"", ""},
      {" .,!? ", ""},
      {"ไฟ\xFF\xFEดับ", "ไฟ ดับ"},
      {"\xE0\xB8", ""},
  };
  for (const auto& [typed, normal] : cases) EXPECT_EQ(normal_text(typed), normal) << typed;
}

TEST(Normal, What_is_normal_stays_as_it_is) {
  for (const char* typed :
       {"น\u0E4D\u0E49\u0E32ๆ ๆ ก.พ.ร. ๑,๐๐๐.๕ เเขวง", "ท\u0E48\u0E35\u0E35 a.b.c 3.5.7"}) {
    const auto once = normal_text(typed);
    EXPECT_EQ(normal_text(once), once) << typed;
  }
}

TEST(Normal, Tells_where_each_character_stood) {
  const std::string source = "ก.พ.ร. ๑๒";
  const auto normal = normalise(source, 100);
  ASSERT_EQ(normal.text, U"กพร 12");
  ASSERT_EQ(normal.from.size(), normal.text.size());
  EXPECT_EQ(source.substr(normal.from[1], normal.to[1] - normal.from[1]), "พ");
  EXPECT_EQ(source.substr(normal.from[5], normal.to[5] - normal.from[5]), "๒");
}

TEST(Normal, Takes_no_more_than_it_is_told) {
  EXPECT_EQ(normalise(std::string(100'000, 'a'), 50).text.size(), 50u);
}

}  // namespace
}  // namespace changwat::search
