#pragma once
// Decimal: an exact number with up to six places, kept as a count of millionths.
//
// Measured values, targets and weights are decimals and travel as text ("12.5"), so that every
// reader in every language recomputes exactly what we computed. Range: ±9,007,199,254 (2^53
// millionths).

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/word.hpp"

namespace changwat {

class Decimal {
 public:
  static constexpr std::int64_t scale = 1'000'000;
  static constexpr std::int64_t millionths_max = (std::int64_t{1} << 53) - 1;

  Decimal() = default;
  static std::optional<Decimal> of_millionths(std::int64_t n) {
    if (n > millionths_max || n < -millionths_max) return std::nullopt;
    Decimal d;
    d.millionths_ = n;
    return d;
  }
  static std::optional<Decimal> parse(std::string_view raw);  // "-12.5", no exponent, no separators
  std::string text() const;                                   // shortest: "12.5", "-0.000001", "7"
  static Word word();
  std::int64_t millionths() const { return millionths_; }
  double approximate() const { return static_cast<double>(millionths_) / scale; }
  friend auto operator<=>(Decimal, Decimal) = default;

 private:
  std::int64_t millionths_ = 0;
};

}  // namespace changwat
