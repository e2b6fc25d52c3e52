#include "modules/indicators/stretch.hpp"

#include <algorithm>
#include <vector>

namespace changwat::indicators {
namespace {

constexpr std::size_t trend_years_max = 3;

struct Line {
  Decimal slope_per_year;
  Decimal value;  // at the year asked for
};

// Least squares, exact until the one rounding at the end. With n years, x counted from the first:
// slope = (n·Σxy - Σx·Σy) / (n·Σx² - (Σx)²), value at X = (Σy + slope·(n·X - Σx)) / n.
Line least_squares_at(std::span<const YearValue> years, int year) {
  const int first = years.front().fiscal_year;
  const Int128 n = static_cast<Int128>(years.size());
  Int128 sum_x = 0, sum_y = 0, sum_xx = 0, sum_xy = 0;
  for (const YearValue& y : years) {
    const Int128 x = y.fiscal_year - first;
    sum_x += x;
    sum_y += y.value.millionths();
    sum_xx += x * x;
    sum_xy += x * y.value.millionths();
  }
  const Int128 rise = n * sum_xy - sum_x * sum_y;
  const Int128 run = n * sum_xx - sum_x * sum_x;
  const Int128 ahead = n * (year - first) - sum_x;
  return {decimal_of_millionths(round_div(rise, run)),
          decimal_of_millionths(round_div(sum_y * run + rise * ahead, n * run))};
}

Decimal median(std::span<const Decimal> values) {
  std::vector<Decimal> sorted(values.begin(), values.end());
  std::sort(sorted.begin(), sorted.end());
  const std::size_t middle = sorted.size() / 2;
  if (sorted.size() % 2 == 1) return sorted[middle];
  return decimal_of_millionths(
      round_div(Int128{sorted[middle - 1].millionths()} + sorted[middle].millionths(), 2));
}

int sign_of(Direction direction) {
  return direction == Direction::lower_is_better ? -1 : 1;
}

void compare(StretchComparison& comparison, Decimal target, Decimal reference, Direction direction,
             const StretchRule& rule) {
  const Int128 size =
      reference.millionths() < 0 ? -Int128{reference.millionths()} : Int128{reference.millionths()};
  const Int128 tolerance =
      round_div(size * rule.tolerance_percent.millionths(), Int128{100} * Decimal::scale);
  const Int128 ahead = (Int128{target.millionths()} - reference.millionths()) * sign_of(direction);
  comparison.reference = reference;
  comparison.tolerance = decimal_of_millionths(tolerance);
  comparison.ahead_of_reference = decimal_of_millionths(ahead);
  comparison.label = ahead > tolerance    ? StretchLabel::above
                     : ahead < -tolerance ? StretchLabel::below
                                          : StretchLabel::on;
}

StretchComparison against_trend(std::span<const YearValue> baseline, const YearValue& target,
                                Direction direction, const StretchRule& rule) {
  const auto years = baseline.last(std::min(baseline.size(), trend_years_max));
  StretchComparison comparison;
  comparison.count = static_cast<int>(years.size());
  if (years.size() < 2) {
    comparison.gap = StretchGap::too_few_years;
    return comparison;
  }
  const Line line = least_squares_at(years, target.fiscal_year);
  comparison.slope_per_year = line.slope_per_year;
  compare(comparison, target.value, line.value, direction, rule);
  return comparison;
}

StretchComparison against_peers(std::span<const Decimal> peers, Decimal target, Direction direction,
                                const StretchRule& rule) {
  StretchComparison comparison;
  comparison.count = static_cast<int>(peers.size());
  if (peers.empty() || comparison.count < rule.peers_min) {
    comparison.gap = StretchGap::too_few_peers;
    return comparison;
  }
  compare(comparison, target, median(peers), direction, rule);
  return comparison;
}

bool ascends_to(std::span<const YearValue> baseline, int target_year) {
  for (std::size_t i = 0; i < baseline.size(); ++i) {
    const int next = i + 1 < baseline.size() ? baseline[i + 1].fiscal_year : target_year;
    if (baseline[i].fiscal_year >= next) return false;
  }
  return true;
}

}  // namespace

Result<StretchTest> stretch_test(std::span<const YearValue> baseline, const YearValue& target,
                                 Direction direction, std::span<const Decimal> peer_values,
                                 const StretchRule& rule) {
  if (baseline.empty() || !ascends_to(baseline, target.fiscal_year)) {
    return Problem{errors::invalid_input, "ข้อมูลฐานต้องเรียงตามปีและอยู่ก่อนปีของเป้าหมาย",
                   "The baseline years must ascend and lie before the year of the target."};
  }
  if (direction == Direction::within_range) {
    return Problem{errors::invalid_input, "ตัวชี้วัดแบบช่วงต้องเปรียบเทียบด้วยคะแนน",
                   "Targets of a KPI with a range are compared in points."};
  }
  StretchTest test;
  test.trend = against_trend(baseline, target, direction, rule);
  test.peers = against_peers(peer_values, target.value, direction, rule);
  const Int128 gain = Int128{target.value.millionths()} - baseline.back().value.millionths();
  test.improves_on_baseline = gain * sign_of(direction) > 0;
  return test;
}

}  // namespace changwat::indicators
