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

// --- Corrections
// -----------------------------------------------------------------------------------

// One row as reported. Nothing is overwritten: a correction is a row with a higher revision.
struct Report {
  int month = 0;
  int revision = 1;
  std::optional<Decimal> value;  // empty: the value of this month is withdrawn
  SourceClass source = SourceClass::official_statistic;
};

// What holds now: of each month the row with the highest revision, unless it withdraws the value.
// Sorted by month. Rows may come in any order; of equal revisions the later row holds.
std::vector<Measurement> valid_values(std::span<const Report> reports);

std::vector<Observation> observations_of(std::span<const Measurement> values);

// --- The path
// --------------------------------------------------------------------------------------

// From where, to where, until when. A KPI that should lie within a range is judged by its points
// (points_of), which are higher_is_better.
struct Path {
  Observation baseline;
  Observation target;
  Direction direction = Direction::higher_is_better;
};

// Errors: errors::invalid_input when the target does not lie after the baseline, or for
// within_range.
Result<Done> check_path(const Path& path);

// The straight line from baseline to target; level before the baseline and after the target.
Decimal path_value(const Path& path, int month);

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

// Empty with fewer than two points in the last `window_points_max`.
std::optional<Forecast> forecast(std::span<const Observation> series, int month,
                                 int window_points_max);

// --- The judgement
// ---------------------------------------------------------------------------------

// The published rule. Rows of data with these defaults.
struct JudgementRule {
  Decimal green_at_least_percent = decimal_of(100);
  Decimal amber_at_least_percent = decimal_of(90);
  int forecast_points_min = 4;
  int window_points_max = 24;  // 2..120; two years of monthly values
  int age_months_max = 15;     // a yearly value is late by at most a quarter
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
Result<Judgement> judge(const Path& path, std::span<const Observation> series, int as_of,
                        const JudgementRule& rule);

}  // namespace changwat::indicators
