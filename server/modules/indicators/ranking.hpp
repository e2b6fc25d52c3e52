#pragma once
// The scoreboard: provinces ranked by level and by improvement, each rank with an interval, and for
// whoever is not ranked the reason why.
//
// Called when a period is published and by the public scoreboard. Pure; any thread. Everything that
// decides a rank is integer arithmetic on millionths (decimal.hpp), so that
// tools/recompute-scoreboard gets the same numbers from the open dump (scoreboard_dump.hpp).
//
// The rule
//   points       of a KPI: its latest valid value up to the period, by its method (scoring.hpp)
//   weight       within a province: a KPI is common to all provinces or one province's own, and
//   only
//                the proportions among the KPIs of a province matter
//   level        Σ(weight · points) / Σ weight over the KPIs with such a value
//   improvement  Σ(weight · (points - points of the baseline)) / Σ weight over the KPIs that have
//                a baseline and a later value: the same KPIs on both sides, or the difference would
//                show which KPIs were reported and not what became better
//   coverage     weight of the KPIs that count, of the weight of those that apply to the province;
//   a
//                KPI without criteria applies and cannot count
//   rank         by the rounded points that are published; who has the same points has the same
//   rank
//                and the next rank is left out (1, 2, 2, 4). Below the least coverage: not ranked.
//   interval     from the low to the high percentile of the ranks drawn under the uncertainty of
//                values and weights (rank_interval.hpp); widened to the rank itself where the draws
//                lean to one side
// That composite rankings need weights, missing data and uncertainty shown: OECD/JRC 2008,
// "Handbook on Constructing Composite Indicators", steps 3, 6 and 7.
//
// Limits of the method, to be said beside the scoreboard: the spreads by source class are our own
// convention, relative to the size of the value; errors of value and baseline are drawn as
// independent, which makes the intervals of improvement rather too wide.

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"

#include "modules/indicators/model.hpp"

namespace changwat::indicators {

// --- What goes in
// ----------------------------------------------------------------------------------

struct RankedKpi {
  std::string code;
  Decimal weight;                // 0 < weight <= 1000; any unit, only proportions matter
  std::optional<Method> method;  // none: it has no criteria, and its values no points
  int age_months_max = 0;        // an older value does not count; from the KPI's frequency
  std::string province = {};     // whose own it is; empty: common to all provinces
};

// What a province reported for a KPI. None for a pair is the same as one without values.
struct KpiSeries {
  std::string province;
  std::string kpi;
  bool applies = true;              // false: no such thing in this province (a coast, a border)
  std::vector<Measurement> values;  // valid_values(): sorted by month, one a month
  std::optional<Measurement> baseline;
};

struct ScoreboardInput {
  int period_month = 0;
  std::vector<std::string> provinces;  // codes, in any order, each once
  std::vector<RankedKpi> kpis;         // a code once among the common ones and those of a province
  std::vector<KpiSeries> series;
};

// The published rule, from the rows in force (rule_book.hpp).
struct RankingRule {
  Decimal coverage_min_percent;
  // Standard deviation of a value in per cent of its size, by SourceClass; 0..100.
  std::array<Decimal, source_class_count> source_spread_percent;
  Decimal weight_spread_percent;  // each weight evenly within ± this; 0..50
  int draws = 1;                  // 1..10,000
  std::int64_t seed = 0;          // 0..2^53 - 1: exact in every JSON reader
  int low_percentile = 1;         // 1..100
  int high_percentile = 100;      // at least the low one; 1..100
};

// Errors: errors::invalid_input for numbers out of what is said above.
Result<Done> check_rule(const RankingRule& rule);

// --- What comes out
// --------------------------------------------------------------------------------

enum class CellState { valid, no_value, too_old, not_applicable, no_criteria };
BOOST_DESCRIBE_ENUM(CellState, valid, no_value, too_old, not_applicable, no_criteria)

// One KPI of one province at the period.
struct Cell {
  std::size_t kpi = 0;  // its place in Scoreboard::kpis
  CellState state = CellState::no_value;
  std::optional<Measurement> value;  // the latest, also when it is too old
  std::optional<Measurement> baseline;
  std::optional<Decimal> points;           // if valid
  std::optional<Decimal> baseline_points;  // if valid and measured after the baseline
};

enum class Gap { no_value, too_old, no_criteria, no_baseline, no_value_since_baseline };

struct MissingKpi {
  std::string kpi;
  Gap gap = Gap::no_value;

  friend bool operator==(const MissingKpi&, const MissingKpi&) = default;
};

enum class NotRanked { none, coverage_too_low, nothing_applies };
BOOST_DESCRIBE_ENUM(NotRanked, none, coverage_too_low, nothing_applies)

struct Standing {
  std::optional<Decimal> points;  // shown also when not ranked, if there is anything to show
  Decimal coverage_percent;
  NotRanked not_ranked = NotRanked::none;
  std::vector<MissingKpi> missing;  // in order of code
  std::optional<int> rank, rank_low, rank_high;

  friend bool operator==(const Standing&, const Standing&) = default;
};

struct ProvinceStanding {
  std::string province;
  Standing level;
  Standing improvement;

  friend bool operator==(const ProvinceStanding&, const ProvinceStanding&) = default;
};

struct Scoreboard {
  int period_month = 0;
  RankingRule rule;
  std::vector<RankedKpi> kpis;              // the common ones first, then by province; by code
  std::vector<ProvinceStanding> provinces;  // in order of code
  std::vector<Cell> cells;        // province by province, each in order of its KPIs' codes
  std::vector<std::size_t> rows;  // where each province's cells begin, and their end

  std::span<const Cell> row(std::size_t province) const {
    return std::span(cells).subspan(rows[province], rows[province + 1] - rows[province]);
  }
};

inline constexpr std::size_t ranked_kpis_max = 10'000;  // in all
inline constexpr std::size_t ranked_row_max = 500;      // of one province, the common ones included
inline constexpr std::size_t ranked_cells_max = 100'000;

// Errors: errors::invalid_input for codes that are double or unknown, weights, criteria, series or
// numbers of the rule out of what is said above, or more than the largest numbers of KPIs and
// cells.
Result<Scoreboard> compute_scoreboard(const ScoreboardInput& input, const RankingRule& rule);

// The level of every province month by month, for lines and small multiples: `months` numbers for
// each province in order of code, the last for the input's period. Empty where the coverage is too
// low. Errors as above; months 1..600.
struct LevelHistory {
  std::vector<std::string> provinces;
  std::vector<std::optional<Decimal>> levels;
};
Result<LevelHistory> level_history(const ScoreboardInput& input, const RankingRule& rule,
                                   int months);

}  // namespace changwat::indicators
