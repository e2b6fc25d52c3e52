#pragma once
// How sure is a rank? Ranks drawn again and again under the uncertainty of values and weights.
//
// Called by ranking.cpp; tools/recompute-scoreboard does the same in Python and must arrive at the
// same ranks, so everything here is integer arithmetic in a fixed order. Pure; any thread.
//
// One draw, with provinces in ascending order of their codes, KPIs in that of province (the common
// ones first) and code, a province's own row of KPIs in that of code alone, and words from
// SplitMix64 (Steele, Lea, Flood 2014, "Fast splittable pseudorandom number generators") started at
// the seed:
//   1. for each KPI one word; u = (word >> 43) - 2^20, evenly in -2^20 .. 2^20 - 1; its weight in
//      this draw is weight · (100·10^6 + ((spread_percent_millionths · u) >> 20)), for all
//      provinces that have it;
//   2. for each province ceil(row / 8) words for the values, then as many for the baselines. Byte k
//      of a run (least significant first) shifted right by 2 is q, the index of the normal quantile
//      of the row's KPI k. Words are used up for missing values too, so the stream does not depend
//      on them;
//   3. the value in this draw is value + |value| · spread · z[q], with the spread of its source
//      class and z the 64 midpoint quantiles of the normal distribution; it is scored by the KPI's
//      method. As only 64 values are possible, their points are tabulated once;
//   4. totals, rounding and ties as for the published rank.

#include <array>
#include <cstdint>
#include <vector>

#include "modules/indicators/exact.hpp"

namespace changwat::indicators {

class SplitMix64 {
 public:
  explicit SplitMix64(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next();

 private:
  std::uint64_t state_;
};

inline constexpr std::size_t quantile_count = 64;

// z[q] in millionths: the normal quantile of (q + 1/2) / 64.
const std::array<std::int64_t, quantile_count>& normal_quantiles_millionths();

// The value moved by the q-th quantile of its uncertainty.
Decimal moved_value(Decimal value, Decimal spread_percent, std::size_t quantile);

using PointsTable = std::array<std::int32_t, quantile_count>;  // millionths of a point by quantile

struct UncertainCell {
  std::size_t kpi = 0;  // whose weight
  bool counts_for_level = false;
  bool counts_for_improvement = false;
  PointsTable points{};           // if counts_for_level
  PointsTable baseline_points{};  // if counts_for_improvement
};

struct UncertainTable {
  std::vector<UncertainCell> cells;  // province by province
  std::vector<std::size_t> rows;     // where each province's cells begin, and their end
};

struct DrawRule {
  std::uint64_t seed = 0;
  int draws = 0;           // >= 1
  int low_percentile = 0;  // 1..100; nearest rank
  int high_percentile = 0;
  Decimal weight_spread_percent;  // 0..50
};

struct RankInterval {
  int low = 0;
  int high = 0;
};

struct RankIntervals {  // by province; {0, 0} where it takes no part
  std::vector<RankInterval> level;
  std::vector<RankInterval> improvement;
};

// `in_level` and `in_improvement` say which provinces are ranked.
RankIntervals draw_rank_intervals(const std::vector<Decimal>& weights, const UncertainTable& table,
                                  const std::vector<bool>& in_level,
                                  const std::vector<bool>& in_improvement, const DrawRule& rule);

// Competition ranking ("1, 2, 2, 4"): one more than the number of those with more points. Entries
// that take no part get 0.
std::vector<int> competition_ranks(const std::vector<std::int64_t>& points,
                                   const std::vector<bool>& takes_part);

}  // namespace changwat::indicators
