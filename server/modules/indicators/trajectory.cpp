#include "modules/indicators/trajectory.hpp"

#include <algorithm>
#include <cmath>

namespace changwat::indicators {
namespace {

// Slopes are kept in millionths of a millionth per month: dividing loses nothing that shows after
// decades of extrapolation.
using Slope = Int128;
constexpr Int128 slope_scale = 1'000'000;

// Never shown larger, so that a tiny denominator does not print an absurd percentage.
constexpr std::int64_t attainment_percent_max = 1'000'000;

// Of a sorted, non-empty list.
Int128 median(const std::vector<Int128>& sorted) {
  const std::size_t middle = sorted.size() / 2;
  if (sorted.size() % 2 == 1) return sorted[middle];
  return round_div(sorted[middle - 1] + sorted[middle], 2);
}

std::vector<Slope> sorted_pair_slopes(std::span<const Observation> points) {
  std::vector<Slope> slopes;
  slopes.reserve(points.size() * (points.size() - 1) / 2);
  for (std::size_t j = 1; j < points.size(); ++j) {
    for (std::size_t i = 0; i < j; ++i) {
      const Int128 rise = Int128{points[j].value.millionths()} - points[i].value.millionths();
      slopes.push_back(round_div(rise * slope_scale, points[j].month - points[i].month));
    }
  }
  std::sort(slopes.begin(), slopes.end());
  return slopes;
}

// How many slopes to leave out at each end for the 95 % limits; at least none.
std::size_t slopes_outside_limits(std::size_t points, std::size_t slopes) {
  constexpr double normal_quantile_975 = 1.959964;
  const double n = static_cast<double>(points);
  const double c = normal_quantile_975 * std::sqrt(n * (n - 1) * (2 * n + 5) / 18);
  const double rank_low = std::floor((static_cast<double>(slopes) - c) / 2);
  return rank_low < 1 ? 0 : static_cast<std::size_t>(rank_low) - 1;
}

// The line of this slope with half of the points above it, at `month`.
Decimal line_at(std::span<const Observation> points, Slope slope, int month) {
  std::vector<Int128> carried;
  carried.reserve(points.size());
  for (const Observation& p : points) {
    carried.push_back(Int128{p.value.millionths()} * slope_scale + slope * (month - p.month));
  }
  std::sort(carried.begin(), carried.end());
  return decimal_of_millionths(round_div(median(carried), slope_scale));
}

Decimal shown(Slope slope) {
  return decimal_of_millionths(round_div(slope, slope_scale));
}

std::vector<Observation> counted_values(const TargetPath& path, std::span<const Observation> series,
                                        int as_of) {
  const int last = std::min(as_of, path.target.month);
  std::vector<Observation> counted;
  for (const Observation& o : series) {
    if (o.month >= path.baseline.month && o.month <= last) counted.push_back(o);
  }
  const bool baseline_reported = !counted.empty() && counted.front().month == path.baseline.month;
  if (!baseline_reported) counted.insert(counted.begin(), path.baseline);
  return counted;
}

Decimal held_percent(Int128 surplus, Decimal wanted) {
  if (surplus >= 0) return decimal_of(100);
  if (wanted.millionths() == 0) return Decimal{};
  const Int128 size =
      wanted.millionths() < 0 ? -Int128{wanted.millionths()} : Int128{wanted.millionths()};
  const Int128 percent =
      Int128{100} * Decimal::scale + round_div(surplus * 100 * Decimal::scale, size);
  return decimal_of_millionths(std::max<Int128>(percent, 0));
}

Decimal attainment_percent(const TargetPath& path, Decimal reached, Decimal wanted) {
  const int sign = path.direction == Direction::lower_is_better ? -1 : 1;
  const Int128 baseline = path.baseline.value.millionths();
  const Int128 gain_wanted = (wanted.millionths() - baseline) * sign;
  const Int128 gain_reached = (reached.millionths() - baseline) * sign;
  if (gain_wanted <= 0) return held_percent(gain_reached - gain_wanted, wanted);
  const Int128 percent = round_div(gain_reached * 100 * Decimal::scale, gain_wanted);
  const Int128 most = Int128{attainment_percent_max} * Decimal::scale;
  return decimal_of_millionths(std::clamp<Int128>(percent, -most, most));
}

Light light_of(Decimal attainment, const JudgementRule& rule) {
  if (attainment >= rule.green_at_least_percent) return Light::green;
  if (attainment >= rule.amber_at_least_percent) return Light::amber;
  return Light::red;
}

Judgement grey(Judgement judgement, GreyReason reason) {
  judgement.light = Light::grey;
  judgement.grey_reason = reason;
  return judgement;
}

// Fills in what the colour rests on and the attainment.
void weigh(Judgement& judgement, const TargetPath& path, const JudgementRule& rule) {
  if (judgement.latest->month == path.target.month) {
    judgement.basis = JudgementBasis::result;
    judgement.attainment_percent =
        attainment_percent(path, judgement.latest->value, path.target.value);
  } else if (judgement.forecast && judgement.forecast->points >= rule.forecast_points_min) {
    judgement.basis = JudgementBasis::forecast;
    judgement.attainment_percent =
        attainment_percent(path, judgement.forecast->value, path.target.value);
  } else {
    judgement.basis = JudgementBasis::attainment;
    judgement.attainment_percent =
        attainment_percent(path, judgement.latest->value, *judgement.path_at_latest);
  }
}

}  // namespace

std::vector<Observation> observations_of(std::span<const Measurement> values) {
  std::vector<Observation> observations;
  observations.reserve(values.size());
  for (const Measurement& m : values) observations.push_back({m.month, m.value});
  return observations;
}

Result<Done> check_path(const TargetPath& path) {
  if (path.target.month <= path.baseline.month) {
    return Problem{errors::invalid_input, "วันที่ของเป้าหมายต้องอยู่หลังข้อมูลฐาน",
                   "The target must lie after the baseline."};
  }
  if (path.direction == Direction::within_range) {
    return Problem{errors::invalid_input, "ตัวชี้วัดแบบช่วงต้องประเมินแนวโน้มจากคะแนน",
                   "A KPI with a range is judged by its points."};
  }
  return Done{};
}

Decimal path_value(const TargetPath& path, int month) {
  if (month <= path.baseline.month) return path.baseline.value;
  if (month >= path.target.month) return path.target.value;
  const Int128 rise = Int128{path.target.value.millionths()} - path.baseline.value.millionths();
  const Int128 risen =
      round_div(rise * (month - path.baseline.month), path.target.month - path.baseline.month);
  return decimal_of_millionths(path.baseline.value.millionths() + risen);
}

std::optional<Forecast> forecast(std::span<const Observation> series, int month, int points_max) {
  const auto window = static_cast<std::size_t>(std::clamp(points_max, 2, 120));
  const auto points = series.last(std::min(series.size(), window));
  if (points.size() < 2) return std::nullopt;

  const std::vector<Slope> slopes = sorted_pair_slopes(points);
  const std::size_t outside = slopes_outside_limits(points.size(), slopes.size());
  const Slope slope = median(slopes);
  const Slope slope_low = slopes[outside];
  const Slope slope_high = slopes[slopes.size() - 1 - outside];
  const Decimal with_low = line_at(points, slope_low, month);
  const Decimal with_high = line_at(points, slope_high, month);

  Forecast result;
  result.month = month;
  result.value = line_at(points, slope, month);
  result.low = std::min({with_low, with_high, result.value});
  result.high = std::max({with_low, with_high, result.value});
  result.slope_per_month = shown(slope);
  result.slope_low_per_month = shown(slope_low);
  result.slope_high_per_month = shown(slope_high);
  result.points = static_cast<int>(points.size());
  return result;
}

Result<Judgement> judge(const TargetPath& path, std::span<const Observation> series, int as_of,
                        const JudgementRule& rule) {
  TRY(check_path(path));
  Judgement judgement;
  if (as_of < path.baseline.month) return grey(judgement, GreyReason::not_started);

  const std::vector<Observation> values = counted_values(path, series, as_of);
  const Observation& latest = values.back();
  if (latest.month == path.baseline.month) {
    const bool is_overdue = as_of - path.baseline.month > rule.age_months_max;
    return grey(judgement, is_overdue ? GreyReason::no_data : GreyReason::not_started);
  }
  judgement.latest = latest;
  judgement.path_at_latest = path_value(path, latest.month);
  judgement.forecast = forecast(values, path.target.month, rule.forecast_points_max);
  if (std::min(as_of, path.target.month) - latest.month > rule.age_months_max) {
    return grey(judgement, GreyReason::too_old);
  }
  weigh(judgement, path, rule);
  judgement.light = light_of(*judgement.attainment_percent, rule);
  return judgement;
}

}  // namespace changwat::indicators
