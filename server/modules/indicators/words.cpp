#include "modules/indicators/words.hpp"

#include <algorithm>
#include <cstdlib>

#include "modules/indicators/exact.hpp"

namespace changwat::indicators {
namespace {

constexpr std::int64_t hundredth = Decimal::scale / 100;

std::string with_separators(std::string text) {
  const auto point = std::min(text.find('.'), text.size());
  const std::size_t first = text.starts_with('-') ? 1 : 0;
  for (std::size_t at = point; at > first + 3;) text.insert(at -= 3, 1, ',');
  return text;
}

}  // namespace

std::string readable(Decimal value) {
  std::int64_t unit = hundredth;
  for (const auto size = std::abs(value.millionths()); unit > 1 && size < unit * 100;) unit /= 10;
  return with_separators(decimal_of_millionths(round_div(value.millionths(), unit) * unit).text());
}

std::string readable_percent(Decimal value) {
  return with_separators(
      decimal_of_millionths(floor_div(value.millionths(), hundredth) * hundredth).text());
}

}  // namespace changwat::indicators
