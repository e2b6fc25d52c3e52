#pragma once
// Exact arithmetic on Decimals.
//
// Values, weights, scores and thresholds of indicators are Decimals, never doubles: whoever reads
// the open dump must arrive at the same last digit in any language, and 0.1 has to be 0.1. All
// arithmetic that decides a score or a rank is integer arithmetic on millionths, in 128 bits where
// a product needs it, with one rounding rule: to the nearest millionth, halves upward (round_div).
//
// Pure; any thread.

#include <algorithm>
#include <cstdint>

#include "base/decimal.hpp"

namespace changwat::indicators {

__extension__ typedef __int128 Int128;

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

// The Decimal of a count of millionths; what is out of range becomes the end of the range.
inline Decimal decimal_of_millionths(Int128 count) {
  constexpr Int128 most = Decimal::millionths_max;
  return *Decimal::of_millionths(static_cast<std::int64_t>(std::clamp<Int128>(count, -most, most)));
}

inline Decimal decimal_of(int whole) {
  return decimal_of_millionths(Int128{whole} * Decimal::scale);
}

}  // namespace changwat::indicators
