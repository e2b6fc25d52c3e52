#include "modules/indicators/ranking.hpp"

#include <algorithm>
#include <span>

#include "modules/indicators/rank_interval.hpp"
#include "modules/indicators/scoring.hpp"

namespace changwat::indicators {
namespace {

constexpr int draws_max = 10'000;
constexpr int history_months_max = 600;
constexpr std::int64_t seed_max = (std::int64_t{1} << 53) - 1;

Problem refuse(std::string thai, std::string english) {
  return {errors::invalid_input, std::move(thai), std::move(english)};
}

// The input in order of codes, with a place for every pair of province and KPI.
struct Table {
  std::vector<std::string> provinces;
  std::vector<RankedKpi> kpis;
  std::vector<const KpiSeries*> series;  // province by province; null: nothing reported

  std::span<const KpiSeries* const> row(std::size_t province) const {
    return std::span(series).subspan(province * kpis.size(), kpis.size());
  }
};

bool within(Decimal value, int low, int high) {
  return value >= decimal_of(low) && value <= decimal_of(high);
}

Result<Done> check_rule(const RankingRule& rule) {
  const bool spreads_ok =
      std::all_of(rule.source_spread_percent.begin(), rule.source_spread_percent.end(),
                  [](Decimal spread) { return within(spread, 0, 100); }) &&
      within(rule.weight_spread_percent, 0, 50);
  const bool percentiles_ok = rule.low_percentile >= 1 && rule.high_percentile <= 100 &&
                              rule.low_percentile <= rule.high_percentile;
  const bool numbers_ok = within(rule.coverage_min_percent, 0, 100) && rule.draws >= 1 &&
                          rule.draws <= draws_max && rule.seed >= 0 && rule.seed <= seed_max;
  if (spreads_ok && percentiles_ok && numbers_ok) return Done{};
  return refuse("ค่าของหลักเกณฑ์การจัดอันดับอยู่นอกช่วงที่กำหนด",
                "A number of the ranking rule is out of its range.");
}

Result<Done> check_kpi(const RankedKpi& kpi) {
  TRY(check_method(kpi.method));
  if (kpi.weight > Decimal{} && kpi.weight <= decimal_of(1000) && kpi.age_months_max >= 0) {
    return Done{};
  }
  return refuse("น้ำหนักต้องมากกว่า 0 และไม่เกิน 1,000: " + kpi.code,
                "A weight must be above 0 and at most 1,000: " + kpi.code);
}

template <class List, class Code>
bool has_double(const List& sorted, Code code) {
  return std::adjacent_find(sorted.begin(), sorted.end(), [&](const auto& a, const auto& b) {
           return code(a) == code(b);
         }) != sorted.end();
}

// The place of a code in a sorted list, or its size.
template <class List, class Code>
std::size_t place_of(const List& sorted, const std::string& wanted, Code code) {
  const auto found =
      std::lower_bound(sorted.begin(), sorted.end(), wanted,
                       [&](const auto& item, const std::string& w) { return code(item) < w; });
  if (found == sorted.end() || code(*found) != wanted) return sorted.size();
  return static_cast<std::size_t>(found - sorted.begin());
}

const std::string& code_of_kpi(const RankedKpi& kpi) {
  return kpi.code;
}
const std::string& itself(const std::string& code) {
  return code;
}

Result<Done> place_series(Table& table, const KpiSeries& series) {
  const std::size_t province = place_of(table.provinces, series.province, itself);
  const std::size_t kpi = place_of(table.kpis, series.kpi, code_of_kpi);
  const std::string name = series.province + " " + series.kpi;
  if (province == table.provinces.size() || kpi == table.kpis.size()) {
    return refuse("ไม่รู้จักจังหวัดหรือตัวชี้วัด: " + name, "Unknown province or KPI: " + name);
  }
  const KpiSeries*& place = table.series[province * table.kpis.size() + kpi];
  if (place) return refuse("ข้อมูลซ้ำ: " + name, "Given twice: " + name);
  const bool ascends = std::adjacent_find(series.values.begin(), series.values.end(),
                                          [](const Measurement& a, const Measurement& b) {
                                            return a.month >= b.month;
                                          }) == series.values.end();
  if (!ascends) {
    return refuse("ข้อมูลต้องเรียงตามเดือน: " + name, "Values must ascend by month: " + name);
  }
  place = &series;
  return Done{};
}

Result<Table> make_table(const ScoreboardInput& input, const RankingRule& rule) {
  TRY(check_rule(rule));
  if (input.kpis.empty() || input.kpis.size() > ranked_kpis_max || input.provinces.empty() ||
      input.provinces.size() > ranked_cells_max / input.kpis.size()) {
    return refuse("จำนวนจังหวัดหรือตัวชี้วัดอยู่นอกช่วงที่กำหนด",
                  "The number of provinces or KPIs is out of range.");
  }
  Table table{input.provinces, input.kpis, {}};
  std::sort(table.provinces.begin(), table.provinces.end());
  std::sort(table.kpis.begin(), table.kpis.end(),
            [](const RankedKpi& a, const RankedKpi& b) { return a.code < b.code; });
  if (has_double(table.provinces, itself) || has_double(table.kpis, code_of_kpi)) {
    return refuse("รหัสจังหวัดหรือตัวชี้วัดซ้ำ", "A province or KPI is listed twice.");
  }
  for (const RankedKpi& kpi : table.kpis) TRY(check_kpi(kpi));
  table.series.resize(table.provinces.size() * table.kpis.size());
  for (const KpiSeries& series : input.series) TRY(place_series(table, series));
  return table;
}

// The latest value up to the month.
std::optional<Measurement> latest_value(const KpiSeries& series, int month) {
  const auto after =
      std::upper_bound(series.values.begin(), series.values.end(), month,
                       [](int wanted, const Measurement& m) { return wanted < m.month; });
  if (after == series.values.begin()) return std::nullopt;
  return *std::prev(after);
}

CellState state_of(const KpiSeries* series, const std::optional<Measurement>& value, int month,
                   int age_months_max) {
  if (series && !series->applies) return CellState::not_applicable;
  if (!value) return CellState::no_value;
  return month - value->month > age_months_max ? CellState::too_old : CellState::valid;
}

Cell make_cell(const RankedKpi& kpi, const KpiSeries* series, int month) {
  Cell cell;
  if (series) {
    cell.value = latest_value(*series, month);
    cell.baseline = series->baseline;
  }
  cell.state = state_of(series, cell.value, month, kpi.age_months_max);
  if (cell.state != CellState::valid) return cell;
  cell.points = points_of(kpi.method, cell.value->value);
  if (cell.baseline && cell.value->month > cell.baseline->month) {
    cell.baseline_points = points_of(kpi.method, cell.baseline->value);
  }
  return cell;
}

Gap level_gap(const Cell& cell) {
  return cell.state == CellState::too_old ? Gap::too_old : Gap::no_value;
}

Gap improvement_gap(const Cell& cell) {
  if (cell.state != CellState::valid) return level_gap(cell);
  return cell.baseline ? Gap::no_value_since_baseline : Gap::no_baseline;
}

struct Sum {
  Int128 applicable_weight = 0;
  Int128 weight = 0;
  Int128 points = 0;
};

// What a sum says about coverage and points.
Standing standing_of(const Sum& sum, Decimal coverage_min_percent) {
  constexpr Int128 hundred = Int128{100} * Decimal::scale;
  Standing standing;
  if (sum.applicable_weight == 0) {
    standing.not_ranked = NotRanked::nothing_applies;
    return standing;
  }
  standing.coverage_percent =
      decimal_of_millionths(round_div(sum.weight * hundred, sum.applicable_weight));
  const bool covered =
      sum.weight > 0 &&
      sum.weight * hundred >= sum.applicable_weight * coverage_min_percent.millionths();
  if (!covered) standing.not_ranked = NotRanked::coverage_too_low;
  if (sum.weight > 0) standing.points = decimal_of_millionths(round_div(sum.points, sum.weight));
  return standing;
}

Standing level_of(std::span<const RankedKpi> kpis, std::span<const Cell> cells,
                  Decimal coverage_min) {
  Sum sum;
  std::vector<MissingKpi> missing;
  for (std::size_t k = 0; k < kpis.size(); ++k) {
    const Cell& cell = cells[k];
    if (cell.state == CellState::not_applicable) continue;
    const Int128 weight = kpis[k].weight.millionths();
    sum.applicable_weight += weight;
    if (!cell.points) {
      missing.push_back({kpis[k].code, level_gap(cell)});
      continue;
    }
    sum.weight += weight;
    sum.points += weight * cell.points->millionths();
  }
  Standing standing = standing_of(sum, coverage_min);
  standing.missing = std::move(missing);
  return standing;
}

Standing improvement_of(std::span<const RankedKpi> kpis, std::span<const Cell> cells,
                        Decimal coverage_min) {
  Sum sum;
  std::vector<MissingKpi> missing;
  for (std::size_t k = 0; k < kpis.size(); ++k) {
    const Cell& cell = cells[k];
    if (cell.state == CellState::not_applicable) continue;
    const Int128 weight = kpis[k].weight.millionths();
    sum.applicable_weight += weight;
    if (!cell.baseline_points) {
      missing.push_back({kpis[k].code, improvement_gap(cell)});
      continue;
    }
    sum.weight += weight;
    sum.points += weight * (cell.points->millionths() - cell.baseline_points->millionths());
  }
  Standing standing = standing_of(sum, coverage_min);
  standing.missing = std::move(missing);
  return standing;
}

std::vector<bool> ranked(const Scoreboard& board, Standing ProvinceStanding::*side) {
  std::vector<bool> result;
  for (const ProvinceStanding& p : board.provinces) {
    result.push_back((p.*side).not_ranked == NotRanked::none);
  }
  return result;
}

PointsTable points_table(const RankedKpi& kpi, const Measurement& measured,
                         const RankingRule& rule) {
  const Decimal spread = rule.source_spread_percent[static_cast<std::size_t>(measured.source)];
  PointsTable table;
  for (std::size_t q = 0; q < quantile_count; ++q) {
    const Decimal moved = moved_value(measured.value, spread, q);
    table[q] = static_cast<std::int32_t>(points_of(kpi.method, moved).millionths());
  }
  return table;
}

std::vector<UncertainCell> uncertain_cells(const Scoreboard& board) {
  std::vector<UncertainCell> result(board.cells.size());
  for (std::size_t i = 0; i < board.cells.size(); ++i) {
    const Cell& cell = board.cells[i];
    const RankedKpi& kpi = board.kpis[i % board.kpis.size()];
    if (!cell.points) continue;
    result[i].counts_for_level = true;
    result[i].points = points_table(kpi, *cell.value, board.rule);
    if (!cell.baseline_points) continue;
    result[i].counts_for_improvement = true;
    result[i].baseline_points = points_table(kpi, *cell.baseline, board.rule);
  }
  return result;
}

void set_ranks(Scoreboard& board, Standing ProvinceStanding::*side,
               const std::vector<bool>& is_ranked, const std::vector<RankInterval>& intervals) {
  std::vector<std::int64_t> points;
  for (const ProvinceStanding& p : board.provinces) {
    points.push_back((p.*side).points.value_or(Decimal{}).millionths());
  }
  const std::vector<int> ranks = competition_ranks(points, is_ranked);
  for (std::size_t p = 0; p < ranks.size(); ++p) {
    if (!is_ranked[p]) continue;
    Standing& standing = board.provinces[p].*side;
    standing.rank = ranks[p];
    standing.rank_low = std::min(ranks[p], intervals[p].low);
    standing.rank_high = std::max(ranks[p], intervals[p].high);
  }
}

void rank(Scoreboard& board) {
  const RankingRule& rule = board.rule;
  const std::vector<bool> in_level = ranked(board, &ProvinceStanding::level);
  const std::vector<bool> in_improvement = ranked(board, &ProvinceStanding::improvement);
  std::vector<Decimal> weights;
  for (const RankedKpi& kpi : board.kpis) weights.push_back(kpi.weight);
  const DrawRule draw_rule{static_cast<std::uint64_t>(rule.seed), rule.draws, rule.low_percentile,
                           rule.high_percentile, rule.weight_spread_percent};
  const RankIntervals intervals =
      draw_rank_intervals(weights, uncertain_cells(board), in_level, in_improvement, draw_rule);
  set_ranks(board, &ProvinceStanding::level, in_level, intervals.level);
  set_ranks(board, &ProvinceStanding::improvement, in_improvement, intervals.improvement);
}

}  // namespace

Result<Scoreboard> compute_scoreboard(const ScoreboardInput& input, const RankingRule& rule) {
  const Table table = TRY(make_table(input, rule));
  Scoreboard board{input.period_month, rule, table.kpis, {}, {}};
  board.cells.reserve(table.series.size());
  for (std::size_t p = 0; p < table.provinces.size(); ++p) {
    const auto row = table.row(p);
    for (std::size_t k = 0; k < row.size(); ++k) {
      board.cells.push_back(make_cell(table.kpis[k], row[k], input.period_month));
    }
    const auto cells = std::span<const Cell>(board.cells).last(row.size());
    board.provinces.push_back({table.provinces[p],
                               level_of(table.kpis, cells, rule.coverage_min_percent),
                               improvement_of(table.kpis, cells, rule.coverage_min_percent)});
  }
  rank(board);
  return board;
}

Result<LevelHistory> level_history(const ScoreboardInput& input, const RankingRule& rule,
                                   int months) {
  if (months < 1 || months > history_months_max) {
    return refuse("จำนวนเดือนต้องอยู่ระหว่าง 1 ถึง 600", "The number of months must be 1 to 600.");
  }
  const Table table = TRY(make_table(input, rule));
  LevelHistory history{table.provinces, {}};
  history.levels.reserve(table.provinces.size() * static_cast<std::size_t>(months));
  std::vector<Cell> cells(table.kpis.size());
  for (std::size_t p = 0; p < table.provinces.size(); ++p) {
    const auto row = table.row(p);
    for (int month = input.period_month - months + 1; month <= input.period_month; ++month) {
      for (std::size_t k = 0; k < row.size(); ++k)
        cells[k] = make_cell(table.kpis[k], row[k], month);
      const Standing level = level_of(table.kpis, cells, rule.coverage_min_percent);
      const bool shown = level.not_ranked == NotRanked::none;
      history.levels.push_back(shown ? level.points : std::nullopt);
    }
  }
  return history;
}

}  // namespace changwat::indicators
