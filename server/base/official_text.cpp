#include "base/official_text.hpp"

#include <algorithm>
#include <array>

namespace changwat::thai {
namespace {

constexpr std::array<const char*, 10> digit_names{"ศูนย์", "หนึ่ง", "สอง", "สาม", "สี่",
                                                  "ห้า",  "หก",  "เจ็ด", "แปด", "เก้า"};
constexpr std::array<const char*, 6> place_names{"", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน"};
constexpr std::int64_t million = 1'000'000;

void say_digit(std::string& out, int digit, std::size_t place, bool alone) {
  if (digit == 0) return;
  if (place == 0 && digit == 1 && !alone) {
    out += "เอ็ด";
  } else if (place == 1 && digit <= 2) {
    out += digit == 1 ? "สิบ" : "ยี่สิบ";
  } else {
    out += digit_names[std::size_t(digit)];
    out += place_names[place];
  }
}

// Nothing for 0.
std::string number_words(std::int64_t number) {
  std::string out;
  if (number >= million) out = number_words(number / million) + "ล้าน";
  const auto whole = number;
  number %= million;
  std::int64_t divisor = million / 10;
  for (std::size_t place = place_names.size(); place-- > 0; divisor /= 10)
    say_digit(out, int(number / divisor % 10), place, whole < 10);
  return out;
}

}  // namespace

std::string baht_words(Satang amount) {
  const auto baht = amount.count() / 100, satang = amount.count() % 100;
  if (baht == 0 && satang == 0) return "ศูนย์บาทถ้วน";
  std::string out;
  if (baht > 0) out = number_words(baht) + "บาท";
  return out + (satang > 0 ? number_words(satang) + "สตางค์" : "ถ้วน");
}

std::string official_date(Date day) {
  return digits(date(day));
}

std::string digits_in_prose(std::string_view text) {
  constexpr std::string_view spaces = " \n\t";
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  std::string out;
  out.reserve(text.size() * 2);
  while (!text.empty()) {
    const auto word = text.substr(0, text.find_first_of(spaces));
    const bool latin = std::any_of(word.begin(), word.end(), is_letter);
    out += latin ? std::string(word) : digits(word);
    text.remove_prefix(word.size());
    const auto space = text.substr(0, text.find_first_not_of(spaces));
    out += space;
    text.remove_prefix(space.size());
  }
  return out;
}

}  // namespace changwat::thai
