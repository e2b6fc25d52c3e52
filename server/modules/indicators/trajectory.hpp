#pragma once
// Is a KPI on its way to its target? The path, the forecast, and the traffic light by a published
// rule with its numbers, so that anybody can check the colour.
//
// Called by acts when values arrive and by the pages that show a KPI. Pure; any thread; all integer
// arithmetic, so the same numbers everywhere. Series are sorted by month, one value a month.
//
// Limits of the method, to be said beside every forecast: a straight line is assumed, values are
// taken as independent (monthly series seldom are, so the interval is rather too narrow), and a
// seasonal series has to be brought in as twelve-month sums or means.

#include <optional>
#include <span>
#include <vector>

#include "base/result.hpp"

#include "modules/indicators/model.hpp"

namespace changwat::indicators {

std::vector<Observation> observations_of(std::span<const Measurement> values);

// --- The path
// --------------------------------------------------------------------------------------

// From where, to where, until when. A KPI that should lie within a range is judged by its points
// (points_of), which are higher_is_better.
struct TargetPath {
  Observation baseline;
  Observation target;
  Direction direction = Direction::higher_is_better;
};

// Errors: errors::invalid_input when the target does not lie after the baseline, or for
// within_range.
Result<Done> check_path(const TargetPath& path);

// The straight line from baseline to target; level before the baseline and after the target.
Decimal path_value(const TargetPath& path, int month);

// --- The forecast
// ----------------------------------------------------------------------------------

// The median of the slopes between all pairs of the last points (Theil 1950, "A rank-invariant
// method of linear and polynomial regression analysis"; Sen 1968, "Estimates of the regression
// coefficient based on Kendall's tau", JASA 63, 1379–1389): up to 29 % of the points may be wild
// without carrying it away. The line runs where half of the points lie above it (Conover).
// low..high: the line drawn with the 95 % limits of the slope, which are the slopes of rank
// (N - C) / 2 and (N + C) / 2 + 1 of the N pairs, C = 1.96 · sqrt(n(n-1)(2n+5) / 18) (Sen 1968;
// Gilbert 1987, "Statistical Methods for Environmental Pollution Monitoring", 16.5), fractions
// rounded outward. It is an interval for the trend, not for the single next value.
struct Forecast {
  int month = 0;
  Decimal value, low, high;
  Decimal slope_per_month, slope_low_per_month, slope_high_per_month;
  int points = 0;  // how many values it rests on
};

// From the last `points_max` points; empty with fewer than two.
std::optional<Forecast> forecast(std::span<const Observation> series, int month, int points_max);

// --- The judgement
// ---------------------------------------------------------------------------------

// The published rule, from the rows in force (rule_book.hpp).
struct JudgementRule {
  Decimal green_at_least_percent;
  Decimal amber_at_least_percent;  // at most as green
  int forecast_points_min = 2;
  int forecast_points_max = 2;  // the latest ones; 2..120
  int age_months_max = 0;       // an older value says nothing
};

enum class Light { green, amber, red, grey };

// What the colour rests on: the forecast for the target month; what has been attained of the path
// so far (too few points for a forecast); or the value of the target month itself.
enum class JudgementBasis { none, forecast, attainment, result };

enum class GreyReason { none, no_data, too_old, not_started };

struct Judgement {
  Light light = Light::grey;
  JudgementBasis basis = JudgementBasis::none;
  GreyReason grey_reason = GreyReason::none;
  std::optional<Decimal> attainment_percent;  // what the thresholds were held against
  std::optional<Observation> latest;
  std::optional<Decimal> path_at_latest;
  std::optional<Forecast> forecast;
};

// The state of a KPI at the end of month `as_of`. Values count from the baseline's month (the
// baseline is a point of its own where that month has none) to `as_of` or the target, whichever is
// earlier. attainment = 100 · (reached - baseline) / (wanted - baseline), where `reached` is the
// forecast or latest value and `wanted` the target or the path. Where the target asks for no
// improvement on the baseline (hold, or limit a loss): 100 when held, else 100 less the shortfall
// in per cent of the target. The latest value may be age_months_max old, else the light is grey.
Result<Judgement> judge(const TargetPath& path, std::span<const Observation> series, int as_of,
                        const JudgementRule& rule);

}  // namespace changwat::indicators
