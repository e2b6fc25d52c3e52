#pragma once
// How a measured value becomes points, and points become a total and a band.
//
// Called by acts (score of a KPI, of an agreement, of a PMQA round) and by ranking. Pure; any
// thread. Points run from 0 to 100 in every method, so that different methods add up; PMQA keeps
// its own 0..500 beside them. Every result is rounded once, to a millionth of a point.
//
// Sources. The frame is OPDC's measure for improving performance (มาตรการปรับปรุงประสิทธิภาพใน
// การปฏิบัติราชการ) and its KPI sheet with criteria 50/75/100; levels 1..5 are those of the earlier
// performance agreements; PMQA is OPDC's PMQA 4.0 self-assessment. The yearly manual decides, so
// criteria, weights, bands and scales arrive as data; none of them is a constant of a formula here.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"

#include "modules/indicators/model.hpp"

namespace changwat::indicators {

// --- One value
// -------------------------------------------------------------------------------------

// Are the criteria strictly rising or strictly falling (and for a range: do the two sides meet)?
// Errors: errors::invalid_input. The other functions assume criteria that passed.
Result<Done> check_method(const Method& method);

// What the order of the criteria says.
Direction direction_of(const Method& method);

// Points (0..100) of a value.
//   three points  50, 75, 100 at the criteria, linear between them, 100 beyond the last. Short of
//                 the first criterion: 0. (Some yearly manuals gave proportional points there; they
//                 would be a method of their own, not a switch in this one.)
//   five levels   20 times the level of five_level_score(): 20 at or short of level 1, 100 at level
//                 5. The civil-service appraisal form turns totals of 1..5 into a base of 100 by
//                 the same factor (not verified).
//   range         the smaller of the points from below and from above.
//   milestone     the share of weighted steps done.
//   PMQA          a fifth of the score.
Decimal points_of(const Method& method, Decimal value);

// Level 1..5 of a value: 1 + (x - L1) / interval, held to 1..5. With unequal intervals: linear
// within each interval, which is the same formula when they are equal.
Decimal five_level_score(const FiveLevel& levels, Decimal value);

// --- Milestones
// ------------------------------------------------------------------------------------

struct MilestoneStep {
  Decimal weight;  // > 0; any unit
  int due_month = 0;
  std::optional<int> done_month;  // empty: not done, or not yet accepted
};

struct MilestoneProgress {
  Decimal done_percent;     // 100 * (weight of steps done by the month) / (weight of all steps)
  Decimal planned_percent;  // the same for the steps due by the month: the path to compare with
  int late_steps = 0;       // due by the month and not done, or done after they were due
};

// The state of a plan of steps at the end of `month`. A step done late counts in full: lateness
// shows against planned_percent while it lasts, and is not punished twice.
MilestoneProgress milestone_progress(std::span<const MilestoneStep> steps, int month);

// --- PMQA 4.0
// --------------------------------------------------------------------------------------

struct Checklist {
  int ticked = 0;
  int total = 0;
};

enum class PmqaLevel { not_passed, basic, advance, significance };

struct PmqaItemScore {
  Decimal score;  // 0..500
  PmqaLevel level = PmqaLevel::not_passed;
};

// An item 1.1–6.4: 300 · basic ticked / total; plus 100 · advance ticked / total only when all of
// basic is ticked; plus 100 · significance ticked / total only when all of advance is too. The
// level is the highest one whose list, and every list before it, is complete. Errors:
// errors::invalid_input for a list without lines or with more ticks than lines.
Result<PmqaItemScore> pmqa_item(Checklist basic, Checklist advance, Checklist significance);

// Category 7, generic: achievement below 100 % → 3 points for each per cent; 100..101 → 300; above
// 101 up to 105 → 400; above 105 → 500.
Decimal pmqa_achievement_score(Decimal achievement_percent);

// Actual against target in per cent: actual / target where more is better, target / actual where
// less is better. Empty where the quotient says nothing (a divisor of zero, or negative numbers).
std::optional<Decimal> achievement_percent(Direction direction, Decimal actual, Decimal target);

// Category 7, indicators with a linear scale: 0 short of `at_100`, 100 there, 500 at `at_500` and
// beyond, linear between. Satisfaction is {75, 95}, ITA {20, 100}, disbursement {94, 98}.
struct PmqaScale {
  Decimal at_100, at_500;
};
Decimal pmqa_scale_score(const PmqaScale& scale, Decimal value);

// The score of a category (mean of its items) and of the whole (mean of the seven categories).
std::optional<Decimal> pmqa_mean(std::span<const Decimal> scores);

// "ระบบราชการ x.x": total / 500 × 4, to one place.
Decimal pmqa_government_level(Decimal total_score);

// --- Totals and bands
// ------------------------------------------------------------------------------

struct WeightedPoints {
  Decimal weight;                 // > 0; any unit
  std::optional<Decimal> points;  // empty: no valid value
};

enum class Missing { left_out, counts_as_zero };

struct WeightedTotal {
  std::optional<Decimal> points;  // Σ(weight · points) / Σ weight; empty without a single value
  Decimal coverage_percent;       // weight with a value, of all weight
};

// Ranking leaves out what is missing and asks for a coverage; an agreement counts it as zero.
WeightedTotal weighted_total(std::span<const WeightedPoints> parts, Missing missing);

// A row of the published table of bands. Rows are data, sorted by `at_least_points` downward.
struct Band {
  Decimal at_least_points;
  Key code;
};

// The first row that the points reach; empty when they reach none.
std::optional<Key> band_of(std::span<const Band> bands, Decimal points);

}  // namespace changwat::indicators
