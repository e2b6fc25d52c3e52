#include "modules/indicators/rank_interval.hpp"

#include <algorithm>
#include <span>

namespace changwat::indicators {
namespace {

constexpr std::array<std::int64_t, quantile_count> quantiles{
    -2417559, -1987428, -1761670, -1601009, -1473468, -1366204, -1272699, -1189164,
    -1113194, -1043158, -977898,  -916557,  -858484,  -803173,  -750215,  -699283,
    -650104,  -602449,  -556126,  -510966,  -466825,  -423576,  -381105,  -339312,
    -298102,  -257394,  -217107,  -177170,  -137513,  -98072,   -58783,   -19584,
    19584,    58783,    98072,    137513,   177170,   217107,   257394,   298102,
    339312,   381105,   423576,   466825,   510966,   556126,   602449,   650104,
    699283,   750215,   803173,   858484,   916557,   977898,   1043158,  1113194,
    1189164,  1272699,  1366204,  1473468,  1601009,  1761670,  1987428,  2417559};

constexpr std::size_t bytes_per_word = 8;

// A run of one quantile index for each KPI.
void draw_quantiles(SplitMix64& random, std::vector<std::uint8_t>& run) {
  for (std::size_t k = 0; k < run.size(); k += bytes_per_word) {
    std::uint64_t word = random.next();
    const std::size_t end = std::min(run.size(), k + bytes_per_word);
    for (std::size_t i = k; i < end; ++i, word >>= 8) {
      run[i] = static_cast<std::uint8_t>((word & 0xff) >> 2);
    }
  }
}

void draw_weights(SplitMix64& random, const std::vector<Decimal>& weights, Decimal spread_percent,
                  std::vector<std::int64_t>& drawn) {
  constexpr std::int64_t one = 100 * Decimal::scale;
  constexpr std::int64_t half_range = std::int64_t{1} << 20;
  for (std::size_t k = 0; k < weights.size(); ++k) {
    const std::int64_t u = static_cast<std::int64_t>(random.next() >> 43) - half_range;
    drawn[k] = weights[k].millionths() * (one + ((spread_percent.millionths() * u) >> 20));
  }
}

struct DrawnPoints {
  std::int64_t level = 0;
  std::int64_t improvement = 0;
};

std::int64_t rounded(Int128 sum, Int128 weight) {
  return weight > 0 ? static_cast<std::int64_t>(round_div(sum, weight)) : 0;
}

DrawnPoints draw_points(std::span<const UncertainCell> cells,
                        const std::vector<std::int64_t>& weights,
                        const std::vector<std::uint8_t>& values,
                        const std::vector<std::uint8_t>& baselines) {
  Int128 level_sum = 0, level_weight = 0, gain_sum = 0, gain_weight = 0;
  for (std::size_t k = 0; k < cells.size(); ++k) {
    const UncertainCell& cell = cells[k];
    if (!cell.counts_for_level) continue;
    const std::int64_t weight = weights[cell.kpi];
    const std::int32_t points = cell.points[values[k]];
    level_sum += Int128{weight} * points;
    level_weight += weight;
    if (!cell.counts_for_improvement) continue;
    gain_sum += Int128{weight} * (points - cell.baseline_points[baselines[k]]);
    gain_weight += weight;
  }
  return {rounded(level_sum, level_weight), rounded(gain_sum, gain_weight)};
}

// How often each province got each rank.
class RankCounts {
 public:
  explicit RankCounts(std::size_t provinces)
      : ranks_(provinces + 1), counts_(provinces * (provinces + 1)) {}

  void add(const std::vector<int>& ranks) {
    for (std::size_t p = 0; p < ranks.size(); ++p) {
      ++counts_[p * ranks_ + static_cast<std::size_t>(ranks[p])];
    }
  }

  // The smallest rank that at least `percentile` per cent of the draws do not exceed.
  int percentile(std::size_t province, int percentile, int draws) const {
    const std::int64_t needed = (std::int64_t{percentile} * draws + 99) / 100;
    std::int64_t seen = 0;
    for (std::size_t rank = 0; rank < ranks_; ++rank) {
      seen += counts_[province * ranks_ + rank];
      if (seen >= needed) return static_cast<int>(rank);
    }
    return static_cast<int>(ranks_) - 1;
  }

 private:
  std::size_t ranks_;
  std::vector<int> counts_;
};

std::vector<RankInterval> intervals(const RankCounts& counts, std::size_t provinces,
                                    const DrawRule& rule) {
  std::vector<RankInterval> result(provinces);
  for (std::size_t p = 0; p < provinces; ++p) {
    result[p] = {counts.percentile(p, rule.low_percentile, rule.draws),
                 counts.percentile(p, rule.high_percentile, rule.draws)};
  }
  return result;
}

}  // namespace

std::uint64_t SplitMix64::next() {
  state_ += 0x9e3779b97f4a7c15;
  std::uint64_t z = state_;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

const std::array<std::int64_t, quantile_count>& normal_quantiles_millionths() {
  return quantiles;
}

Decimal moved_value(Decimal value, Decimal spread_percent, std::size_t quantile) {
  const Int128 size =
      value.millionths() < 0 ? -Int128{value.millionths()} : Int128{value.millionths()};
  const Int128 move = round_div(size * spread_percent.millionths() * quantiles[quantile],
                                Int128{100} * Decimal::scale * Decimal::scale);
  return decimal_of_millionths(value.millionths() + move);
}

RankIntervals draw_rank_intervals(const std::vector<Decimal>& weights, const UncertainTable& table,
                                  const std::vector<bool>& in_level,
                                  const std::vector<bool>& in_improvement, const DrawRule& rule) {
  const std::size_t provinces = in_level.size();
  SplitMix64 random(rule.seed);
  std::vector<std::int64_t> drawn_weights(weights.size());
  std::vector<std::uint8_t> values, baselines;
  std::vector<std::int64_t> level(provinces), improvement(provinces);
  RankCounts level_counts(provinces), improvement_counts(provinces);

  for (int draw = 0; draw < rule.draws; ++draw) {
    draw_weights(random, weights, rule.weight_spread_percent, drawn_weights);
    for (std::size_t p = 0; p < provinces; ++p) {
      const auto row =
          std::span(table.cells).subspan(table.rows[p], table.rows[p + 1] - table.rows[p]);
      values.resize(row.size());
      baselines.resize(row.size());
      draw_quantiles(random, values);
      draw_quantiles(random, baselines);
      const DrawnPoints points = draw_points(row, drawn_weights, values, baselines);
      level[p] = points.level;
      improvement[p] = points.improvement;
    }
    level_counts.add(competition_ranks(level, in_level));
    improvement_counts.add(competition_ranks(improvement, in_improvement));
  }
  return {intervals(level_counts, provinces, rule), intervals(improvement_counts, provinces, rule)};
}

std::vector<int> competition_ranks(const std::vector<std::int64_t>& points,
                                   const std::vector<bool>& takes_part) {
  std::vector<std::size_t> order;
  order.reserve(points.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (takes_part[i]) order.push_back(i);
  }
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return points[a] > points[b]; });
  std::vector<int> ranks(points.size(), 0);
  for (std::size_t place = 0; place < order.size(); ++place) {
    const bool ties = place > 0 && points[order[place]] == points[order[place - 1]];
    ranks[order[place]] = ties ? ranks[order[place - 1]] : static_cast<int>(place) + 1;
  }
  return ranks;
}

}  // namespace changwat::indicators
