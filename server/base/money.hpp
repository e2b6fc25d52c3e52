#pragma once
// Satang: money as a 64-bit count of satang (1 baht = 100 satang). Never a floating number.
//
// Range: 0 … 9,007,199,254,740,991 satang (2^53 - 1, ninety trillion baht), so that every JSON
// reader holds it exactly. Sums are checked. Negative amounts do not exist: a transfer names its
// direction.

#include <cstdint>
#include <optional>
#include <string>

#include "base/word.hpp"

namespace changwat {

class Satang {
 public:
  static constexpr std::int64_t count_max = (std::int64_t{1} << 53) - 1;

  Satang() = default;
  static std::optional<Satang> of_count(std::int64_t satang) {
    if (satang < 0 || satang > count_max) return std::nullopt;
    return Satang(satang);
  }
  static std::optional<Satang> of_baht(std::int64_t baht) {
    if (baht < 0 || baht > count_max / 100) return std::nullopt;
    return Satang(baht * 100);
  }
  std::int64_t count() const { return satang_; }
  static Word word() {
    return {.name = "Satang",
            .format = "int64",
            .pattern = "",
            .min = 0,
            .max = count_max,
            .th = "ต้องเป็นจำนวนเงินหน่วยสตางค์ เป็นจำนวนเต็มไม่ติดลบ",
            .en = "must be an amount in satang, a whole number not below 0"};
  }

  // Sum or difference, nullopt when it leaves the range.
  std::optional<Satang> plus(Satang other) const { return of_count(satang_ + other.satang_); }
  std::optional<Satang> minus(Satang other) const { return of_count(satang_ - other.satang_); }
  friend auto operator<=>(Satang, Satang) = default;

 private:
  explicit Satang(std::int64_t satang) : satang_(satang) {}
  std::int64_t satang_ = 0;
};

}  // namespace changwat
