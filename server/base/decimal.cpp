#include "base/decimal.hpp"

namespace changwat {

std::optional<Decimal> Decimal::parse(std::string_view raw) {
  const bool negative = raw.starts_with('-');
  if (negative) raw.remove_prefix(1);
  const auto point = raw.find('.');
  const auto whole = raw.substr(0, point);
  const auto part = point == raw.npos ? std::string_view{} : raw.substr(point + 1);
  if (whole.empty() || whole.size() > 10 || part.size() > 6) return std::nullopt;
  if (point != raw.npos && part.empty()) return std::nullopt;
  std::int64_t n = 0;
  for (const char c : whole) {
    if (c < '0' || c > '9') return std::nullopt;
    n = n * 10 + (c - '0');
  }
  for (std::size_t i = 0; i < 6; ++i) {
    const char c = i < part.size() ? part[i] : '0';
    if (c < '0' || c > '9') return std::nullopt;
    n = n * 10 + (c - '0');
  }
  return of_millionths(negative ? -n : n);
}

std::string Decimal::text() const {
  const auto magnitude = static_cast<std::uint64_t>(millionths_ < 0 ? -millionths_ : millionths_);
  std::string out = millionths_ < 0 ? "-" : "";
  out += std::to_string(magnitude / scale);
  if (const auto rest = magnitude % scale) {
    auto places = std::to_string(scale + rest).substr(1);
    places.resize(places.find_last_not_of('0') + 1);
    out += '.' + places;
  }
  return out;
}

Word Decimal::word() {
  return {.name = "Decimal",
          .format = "decimal",
          .pattern = "^-?[0-9]{1,10}(\\.[0-9]{1,6})?$",
          .min = 1,
          .max = 18,
          .th = "ต้องเป็นตัวเลข ทศนิยมไม่เกิน 6 ตำแหน่ง เช่น 12.5",
          .en = "must be a number with at most 6 places, like 12.5"};
}

}  // namespace changwat
