#pragma once
// Decimal: an exact decimal number with six places, kept as a 64-bit count of millionths.
//
// Values, weights, scores and thresholds of indicators are Decimals, never doubles: whoever reads
// the open dump must arrive at the same last digit in any language, and 0.1 has to be 0.1. All
// arithmetic that decides a score or a rank is integer arithmetic on `micros`, in 128 bits where a
// product needs it, with one rounding rule: to the nearest millionth, halves upward (round_div).
//
// Pure values; any thread. Range: -9,000,000,000,000 .. 9,000,000,000,000 (baht amounts of a
// province fit; national totals are given in million baht).

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace changwat::indicators {

__extension__ typedef __int128 Int128;

inline constexpr std::int64_t micros_per_one = 1'000'000;
inline constexpr std::int64_t decimal_micros_max = 9'000'000'000'000 * micros_per_one;

struct Decimal {
  std::int64_t micros = 0;

  static constexpr Decimal whole(std::int64_t number) { return {number * micros_per_one}; }

  friend constexpr auto operator<=>(const Decimal&, const Decimal&) = default;
};

// "-12.5", "100", "0.000001": an optional minus, 1..13 digits, and up to six places after a point.
// No plus sign, exponent, blank or thousands separator: cleaning what people type is the import's
// business. Errors: errors::invalid_input.
Result<Decimal> parse_decimal(std::string_view text);

// The shortest text that parse_decimal reads back: "12.5", not "12.500000".
std::string to_text(Decimal value);

// The nearest Decimal to a count of millionths; what is out of range becomes the end of the range.
constexpr Decimal decimal_from_micros(Int128 micros) {
  if (micros > decimal_micros_max) return {decimal_micros_max};
  if (micros < -Int128{decimal_micros_max}) return {-decimal_micros_max};
  return {static_cast<std::int64_t>(micros)};
}

// Quotient rounded toward minus infinity. divisor > 0.
constexpr Int128 floor_div(Int128 dividend, Int128 divisor) {
  const Int128 quotient = dividend / divisor;
  return dividend % divisor < 0 ? quotient - 1 : quotient;
}

// Quotient rounded to the nearest integer, halves upward. divisor > 0. In Python:
// (2 * dividend + divisor) // (2 * divisor).
constexpr Int128 round_div(Int128 dividend, Int128 divisor) {
  return floor_div(2 * dividend + divisor, 2 * divisor);
}

}  // namespace changwat::indicators
