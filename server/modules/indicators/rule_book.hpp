#pragma once
// The numbers of the published rules, as dated rows: what is in force for a fiscal year.
//
// The rows come from data/indicators/rules.json, read once at start; none of the numbers stands in
// code. Who uses it: the scoreboard and its open dump, judgements, the stretch test. Pure after
// construction; any thread. Decimals are exact.

#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "base/text.hpp"

#include "modules/indicators/ranking.hpp"
#include "modules/indicators/scoring.hpp"
#include "modules/indicators/stretch.hpp"
#include "modules/indicators/trajectory.hpp"

namespace changwat::indicators {

enum class Rule {
  coverage_min_percent,
  official_statistic_spread_percent,
  administrative_record_spread_percent,
  surveyed_spread_percent,
  self_reported_spread_percent,
  weight_spread_percent,
  draws,
  seed,
  low_percentile,
  high_percentile,
  monthly_age_months_max,
  other_age_months_max,
  green_at_least_percent,
  amber_at_least_percent,
  forecast_points_min,
  forecast_points_max,
  stretch_tolerance_percent,
  stretch_peers_min,
  quality_at_least_points,
  standard_high_at_least_points,
  standard_basic_at_least_points,
  needs_improvement_at_least_points
};
BOOST_DESCRIBE_ENUM(Rule, coverage_min_percent, official_statistic_spread_percent,
                    administrative_record_spread_percent, surveyed_spread_percent,
                    self_reported_spread_percent, weight_spread_percent, draws, seed,
                    low_percentile, high_percentile, monthly_age_months_max, other_age_months_max,
                    green_at_least_percent, amber_at_least_percent, forecast_points_min,
                    forecast_points_max, stretch_tolerance_percent, stretch_peers_min,
                    quality_at_least_points, standard_high_at_least_points,
                    standard_basic_at_least_points, needs_improvement_at_least_points)

enum class RuleUnit { percent, points, months, count };
BOOST_DESCRIBE_ENUM(RuleUnit, percent, points, months, count)

// One number with its source, for as long as it is in force.
struct RuleRow {
  Rule rule = Rule::coverage_min_percent;
  Decimal value;
  RuleUnit unit = RuleUnit::count;
  Text<1, 300> name_th;
  Text<1, 300> name_en;
  Text<1, 500> source_th;
  Text<1, 500> source_en;
  bool verified = false;           // an official document that says so was seen
  std::optional<Date> valid_from;  // the first day of a fiscal year; none: always was
  std::optional<Date> valid_to;    // the last day of a fiscal year; none: until further notice
};
BOOST_DESCRIBE_STRUCT(RuleRow, (),
                      (rule, value, unit, name_th, name_en, source_th, source_en, verified,
                       valid_from, valid_to))

// How old, in months, the latest value may be to count.
struct AgeRule {
  int monthly_max = 0;  // of figures reported by the month
  int other_max = 0;
};

// What is in force for one fiscal year: the rows, and the same as the rules take it.
struct Rules {
  std::vector<RuleRow> rows;  // in the order of Rule
  RankingRule ranking;
  JudgementRule judgement;  // age_months_max is set for each KPI
  StretchRule stretch;
  AgeRule age;
  std::vector<Band> bands;  // downward
};

// The band of a level; none for who is not ranked.
std::optional<Key> band_of(const std::vector<Band>& bands, const Standing& level);

class RuleBook {
 public:
  // Errors: what does not follow the form; rows of a rule that overlap, leave a gap or do not cover
  // whole fiscal years; numbers out of the range that the rules take.
  static Result<RuleBook> read(std::string_view rules_json);
  static Result<RuleBook> of_rows(std::vector<RuleRow> rows);

  const Rules& in(FiscalYear year) const;

 private:
  struct Period {
    Date from;
    Rules rules;
  };
  explicit RuleBook(std::vector<Period> periods) : periods_(std::move(periods)) {}

  std::vector<Period> periods_;  // by `from`; the first is without beginning
};

}  // namespace changwat::indicators
