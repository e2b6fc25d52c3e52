// How figures and days are written on Thai official papers.

#include "base/official_text.hpp"

#include <random>

#include <gtest/gtest.h>

namespace changwat {
namespace {

std::string words_of(std::int64_t satang) {
  return thai::baht_words(*Satang::of_count(satang));
}

TEST(BahtWords, amounts_are_said_as_officials_write_them) {
  const struct {
    std::int64_t satang;
    const char* words;
  } cases[] = {
      {0, "ศูนย์บาทถ้วน"},
      {1, "หนึ่งสตางค์"},
      {11, "สิบเอ็ดสตางค์"},
      {50, "ห้าสิบสตางค์"},
      {1'00, "หนึ่งบาทถ้วน"},
      {1'25, "หนึ่งบาทยี่สิบห้าสตางค์"},
      {10'00, "สิบบาทถ้วน"},
      {11'00, "สิบเอ็ดบาทถ้วน"},
      {12'00, "สิบสองบาทถ้วน"},
      {20'00, "ยี่สิบบาทถ้วน"},
      {21'21, "ยี่สิบเอ็ดบาทยี่สิบเอ็ดสตางค์"},
      {100'00, "หนึ่งร้อยบาทถ้วน"},
      {101'00, "หนึ่งร้อยเอ็ดบาทถ้วน"},
      {111'00, "หนึ่งร้อยสิบเอ็ดบาทถ้วน"},
      {1'000'00, "หนึ่งพันบาทถ้วน"},
      {10'501'00, "หนึ่งหมื่นห้าร้อยเอ็ดบาทถ้วน"},
      {100'000'00, "หนึ่งแสนบาทถ้วน"},
      {1'000'000'00, "หนึ่งล้านบาทถ้วน"},
      {1'000'001'00, "หนึ่งล้านเอ็ดบาทถ้วน"},
      {1'200'000'50, "หนึ่งล้านสองแสนบาทห้าสิบสตางค์"},
      {10'000'000'00, "สิบล้านบาทถ้วน"},
      {11'000'000'00, "สิบเอ็ดล้านบาทถ้วน"},
      {101'000'010'00, "หนึ่งร้อยเอ็ดล้านสิบบาทถ้วน"},
      {1'000'000'000'000'00, "หนึ่งล้านล้านบาทถ้วน"},
      {2'000'001'000'000'00, "สองล้านเอ็ดล้านบาทถ้วน"},
      {Satang::count_max,
       "เก้าสิบล้านเจ็ดหมื่นหนึ่งพันเก้าร้อยเก้าสิบสองล้านห้าแสนสี่หมื่นเจ็ดพันสี่ร้อยเก้าบาทเก้าสิบเอ็ดสตางค์"},
  };
  for (const auto& c : cases) EXPECT_EQ(words_of(c.satang), c.words) << c.satang;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != text.npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

// The naive way: every digit with its place, then the exceptions by replacing.
std::string naive_number(const std::string& digits) {
  static const char* names[] = {"ศูนย์", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า"};
  static const char* places[] = {"", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน"};
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const auto from_right = digits.size() - 1 - i;
    if (digits[i] != '0') out += std::string(names[digits[i] - '0']) + places[from_right % 6] + "|";
    if (from_right % 6 == 0 && from_right > 0) out += "ล้าน|";
  }
  replace_all(out, "หนึ่งสิบ|", "สิบ|");
  replace_all(out, "สองสิบ|", "ยี่สิบ|");
  replace_all(out, "|หนึ่ง|ล้าน", "|เอ็ด|ล้าน");
  if (out.ends_with("|หนึ่ง|")) out.replace(out.rfind("หนึ่ง"), std::string_view("หนึ่ง").size(), "เอ็ด");
  replace_all(out, "|", "");
  return out;
}

// The way back: what a reader understands.
std::int64_t understood_number(std::string_view words) {
  static const std::pair<std::string_view, int> names[] = {
      {"หนึ่ง", 1}, {"เอ็ด", 1}, {"สอง", 2}, {"ยี่", 2},   {"สาม", 3}, {"สี่", 4},
      {"ห้า", 5},  {"หก", 6},  {"เจ็ด", 7}, {"แปด", 8}, {"เก้า", 9}};
  static const std::pair<std::string_view, int> places[] = {
      {"สิบ", 10}, {"ร้อย", 100}, {"พัน", 1'000}, {"หมื่น", 10'000}, {"แสน", 100'000}};
  const auto take = [&](const auto& table) {
    for (const auto& [word, value] : table)
      if (words.starts_with(word)) return words.remove_prefix(word.size()), value;
    return 0;
  };
  std::int64_t total = 0, group = 0;
  while (!words.empty()) {
    if (words.starts_with("ล้าน")) {
      words.remove_prefix(std::string_view("ล้าน").size());
      total = (total + group) * 1'000'000;
      group = 0;
      continue;
    }
    const int digit = take(names), place = take(places);
    if (digit == 0 && place == 0) return -1;
    group += std::max(digit, 1) * std::max(place, 1);
  }
  return total + group;
}

std::int64_t understood(std::string_view words) {
  std::int64_t satang = 0;
  if (const auto at = words.find("บาท"); at != words.npos) {
    const auto baht = words.substr(0, at);
    satang = baht == "ศูนย์" ? 0 : understood_number(baht) * 100;
    words.remove_prefix(at + std::string_view("บาท").size());
  }
  if (words == "ถ้วน") return satang;
  if (!words.ends_with("สตางค์")) return -1;
  words.remove_suffix(std::string_view("สตางค์").size());
  return satang + understood_number(words);
}

void expect_right(std::int64_t satang) {
  const auto words = words_of(satang);
  EXPECT_EQ(understood(words), satang) << words;
  if (satang == 0) return;
  const auto baht = satang / 100, rest = satang % 100;
  const auto naive = (baht > 0 ? naive_number(std::to_string(baht)) + "บาท" : "") +
                     (rest > 0 ? naive_number(std::to_string(rest)) + "สตางค์" : "ถ้วน");
  EXPECT_EQ(words, naive) << satang;
}

TEST(BahtWords, agree_with_a_naive_way_and_lead_back_to_the_amount) {
  for (std::int64_t n = 0; n < 2'000; ++n) expect_right(n), expect_right(n * 100);
  for (std::int64_t power = 1; power <= Satang::count_max / 10; power *= 10)
    for (const std::int64_t near : {-1, 0, 1, 11})
      if (power + near >= 0) expect_right(power + near), expect_right(power * 2 + near);
  for (std::int64_t n = Satang::count_max - 50; n <= Satang::count_max; ++n) expect_right(n);

  std::mt19937_64 random(2564);  // NOLINT: the same amounts every time
  for (int bits = 1; bits <= 53; ++bits)
    for (int i = 0; i < 40; ++i) expect_right(std::int64_t(random() >> (64 - bits)));
}

TEST(OfficialDate, is_in_thai_digits_full_month_and_buddhist_era) {
  EXPECT_EQ(thai::official_date(*Date::of(2021, 2, 18)), "๑๘ กุมภาพันธ์ ๒๕๖๔");
  EXPECT_EQ(thai::official_date(*Date::of(1983, 6, 1)), "๑ มิถุนายน ๒๕๒๖");
}

TEST(ThaiDigits, words_with_latin_letters_keep_theirs_in_running_text) {
  const struct {
    const char* text;
    const char* shown;
  } cases[] = {
      {"", ""},
      {"ที่ นร 1201/ว 15", "ที่ นร ๑๒๐๑/ว ๑๕"},
      {"โทร. 0 2356 9999", "โทร. ๐ ๒๓๕๖ ๙๙๙๙"},
      {"office1@a2.go.th โทร. 12", "office1@a2.go.th โทร. ๑๒"},
      {"COVID-19 ปี 2564", "COVID-19 ปี ๒๕๖๔"},
      {"  1\n2\t3  ", "  ๑\n๒\t๓  "},
  };
  for (const auto& c : cases) EXPECT_EQ(thai::digits_in_prose(c.text), c.shown);
}

}  // namespace
}  // namespace changwat
