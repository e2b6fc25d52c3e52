#include "modules/indicators/decimal.hpp"

namespace changwat::indicators {
namespace {

constexpr std::size_t whole_digits_max = 13;
constexpr std::size_t places_max = 6;

bool all_digits(std::string_view text) {
  for (const char c : text) {
    if (c < '0' || c > '9') return false;
  }
  return !text.empty();
}

Problem not_a_decimal() {
  return {errors::invalid_input, "ต้องเป็นตัวเลขทศนิยมไม่เกิน 6 ตำแหน่ง และไม่เกิน 9 ล้านล้าน",
          "This must be a number with up to six decimal places, not beyond 9,000,000,000,000."};
}

}  // namespace

Result<Decimal> parse_decimal(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  if (!all_digits(whole) || whole.size() > whole_digits_max) return not_a_decimal();

  std::string digits(whole);
  if (point != std::string_view::npos) {
    const std::string_view places = text.substr(point + 1);
    if (!all_digits(places) || places.size() > places_max) return not_a_decimal();
    digits += places;
    digits.append(places_max - places.size(), '0');
  } else {
    digits.append(places_max, '0');
  }

  Int128 micros = 0;
  for (const char c : digits) micros = micros * 10 + (c - '0');
  if (micros > decimal_micros_max) return not_a_decimal();
  return Decimal{static_cast<std::int64_t>(negative ? -micros : micros)};
}

std::string to_text(Decimal value) {
  const bool negative = value.micros < 0;
  const std::uint64_t size = negative ? 0 - static_cast<std::uint64_t>(value.micros)
                                      : static_cast<std::uint64_t>(value.micros);
  std::string text = (negative ? "-" : "") + std::to_string(size / micros_per_one);
  std::string places = std::to_string(size % micros_per_one);
  places.insert(0, places_max - places.size(), '0');
  while (!places.empty() && places.back() == '0') places.pop_back();
  return places.empty() ? text : text + "." + places;
}

}  // namespace changwat::indicators
