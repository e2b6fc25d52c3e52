#pragma once
// AreaCode: the official code of a place, as the Department of Provincial Administration (DOPA)
// numbers it: 2 digits province (10…96), 4 district, 6 sub-district, 8 village. Standard: TIS-1099.
// A code contains the codes of all areas above it.

#include <optional>
#include <string>
#include <string_view>

#include "base/word.hpp"

namespace changwat {

enum class AreaLevel { province, district, subdistrict, village };
BOOST_DESCRIBE_ENUM(AreaLevel, province, district, subdistrict, village)

class AreaCode {
 public:
  AreaCode() = default;
  static std::optional<AreaCode> parse(std::string_view raw) {
    if (raw.size() != 2 && raw.size() != 4 && raw.size() != 6 && raw.size() != 8)
      return std::nullopt;
    for (const char c : raw)
      if (c < '0' || c > '9') return std::nullopt;
    if (raw[0] == '0') return std::nullopt;
    AreaCode code;
    code.value_ = raw;
    return code;
  }
  static Word word() {
    return {.name = "AreaCode",
            .format = "",
            .pattern = "^[1-9][0-9]([0-9]{2}){0,3}$",
            .min = 2,
            .max = 8,
            .th = "ต้องเป็นรหัสพื้นที่ 2, 4, 6 หรือ 8 หลัก",
            .en = "must be an area code of 2, 4, 6 or 8 digits"};
  }
  const std::string& text() const { return value_; }
  operator std::string_view() const { return value_; }  // NOLINT

  AreaLevel level() const { return static_cast<AreaLevel>(value_.size() / 2 - 1); }
  // The area of a level at or above this one; the code itself when `level` is its own or below.
  AreaCode at(AreaLevel level) const {
    AreaCode up;
    up.value_ = value_.substr(0, 2 * (static_cast<std::size_t>(level) + 1));
    return up;
  }
  AreaCode province() const { return at(AreaLevel::province); }
  std::optional<AreaCode> parent() const {
    if (value_.size() <= 2) return std::nullopt;
    AreaCode up;
    up.value_ = value_.substr(0, value_.size() - 2);
    return up;
  }
  // True for the area itself and for every area inside it.
  bool contains(const AreaCode& other) const { return other.value_.starts_with(value_); }
  friend auto operator<=>(const AreaCode&, const AreaCode&) = default;

 private:
  std::string value_;
};

}  // namespace changwat
