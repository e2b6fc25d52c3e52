#include "modules/indicators/ranking.hpp"

#include <algorithm>
#include <span>
#include <string_view>
#include <utility>

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

// One KPI of one province and what was reported for it.
struct Place {
  std::size_t kpi = 0;                // in Table::kpis
  const KpiSeries* series = nullptr;  // none: nothing reported
};

// The input in order of codes, with a place for every pair of province and KPI that belong
// together.
struct Table {
  std::vector<std::string> provinces;
  std::vector<RankedKpi> kpis;
  std::vector<Place> places;      // province by province, each in order of the KPIs' codes
  std::vector<std::size_t> rows;  // where each province's places begin, and their end

  std::span<const Place> row(std::size_t province) const {
    return std::span(places).subspan(rows[province], rows[province + 1] - rows[province]);
  }
};

bool within(Decimal value, int low, int high) {
  return value >= decimal_of(low) && value <= decimal_of(high);
}

Result<Done> check_kpi(const RankedKpi& kpi) {
  if (kpi.method) TRY(check_method(*kpi.method));
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
std::size_t place_of(const std::vector<std::string>& sorted, const std::string& wanted) {
  const auto found = std::lower_bound(sorted.begin(), sorted.end(), wanted);
  if (found == sorted.end() || *found != wanted) return sorted.size();
  return static_cast<std::size_t>(found - sorted.begin());
}

std::pair<std::string_view, std::string_view> name_of(const RankedKpi& kpi) {
  return {kpi.province, kpi.code};
}

// Gives every province its row: the common KPIs and its own, by code.
Result<Done> make_rows(Table& table) {
  const auto own = std::find_if(table.kpis.begin(), table.kpis.end(),
                                [](const RankedKpi& kpi) { return !kpi.province.empty(); });
  const auto common = static_cast<std::size_t>(own - table.kpis.begin());
  std::size_t next = common;
  for (const std::string& province : table.provinces) {
    table.rows.push_back(table.places.size());
    const auto add = [&](std::size_t kpi) { table.places.push_back({kpi, nullptr}); };
    for (std::size_t kpi = 0; kpi < common; ++kpi) add(kpi);
    while (next < table.kpis.size() && table.kpis[next].province == province) add(next++);
    const auto row = std::span(table.places).subspan(table.rows.back());
    if (row.size() > ranked_row_max || table.places.size() > ranked_cells_max) {
      return refuse("จำนวนตัวชี้วัดของจังหวัดมากเกินกำหนด: " + province,
                    "A province has more KPIs than allowed: " + province);
    }
    const auto code = [&](const Place& place) -> const std::string& {
      return table.kpis[place.kpi].code;
    };
    std::sort(row.begin(), row.end(),
              [&](const Place& a, const Place& b) { return code(a) < code(b); });
    if (has_double(row, code)) {
      return refuse("รหัสตัวชี้วัดของจังหวัดซ้ำกับตัวชี้วัดร่วม: " + province,
                    "A province's own KPI has the code of a common one: " + province);
    }
  }
  table.rows.push_back(table.places.size());
  if (next == table.kpis.size()) return Done{};
  return refuse("ไม่รู้จักจังหวัดของตัวชี้วัด: " + table.kpis[next].province,
                "A KPI belongs to an unknown province: " + table.kpis[next].province);
}

Result<Done> place_series(Table& table, const KpiSeries& series) {
  const std::size_t province = place_of(table.provinces, series.province);
  const std::string name = series.province + " " + series.kpi;
  Place* place = nullptr;
  if (province < table.provinces.size()) {
    const auto begin = table.places.begin() + static_cast<std::ptrdiff_t>(table.rows[province]);
    const auto end = table.places.begin() + static_cast<std::ptrdiff_t>(table.rows[province + 1]);
    const auto found = std::lower_bound(
        begin, end, series.kpi,
        [&](const Place& p, const auto& code) { return table.kpis[p.kpi].code < code; });
    if (found != end && table.kpis[found->kpi].code == series.kpi) place = &*found;
  }
  if (!place) return refuse("ไม่รู้จักจังหวัดหรือตัวชี้วัด: " + name, "Unknown province or KPI: " + name);
  if (place->series) return refuse("ข้อมูลซ้ำ: " + name, "Given twice: " + name);
  const bool ascends = std::adjacent_find(series.values.begin(), series.values.end(),
                                          [](const Measurement& a, const Measurement& b) {
                                            return a.month >= b.month;
                                          }) == series.values.end();
  if (!ascends) {
    return refuse("ข้อมูลต้องเรียงตามเดือน: " + name, "Values must ascend by month: " + name);
  }
  place->series = &series;
  return Done{};
}

Result<Table> make_table(const ScoreboardInput& input, const RankingRule& rule) {
  TRY(check_rule(rule));
  if (input.kpis.empty() || input.kpis.size() > ranked_kpis_max || input.provinces.empty() ||
      input.provinces.size() > ranked_cells_max) {
    return refuse("จำนวนจังหวัดหรือตัวชี้วัดอยู่นอกช่วงที่กำหนด",
                  "The number of provinces or KPIs is out of range.");
  }
  Table table{input.provinces, input.kpis, {}, {}};
  std::sort(table.provinces.begin(), table.provinces.end());
  std::sort(table.kpis.begin(), table.kpis.end(),
            [](const RankedKpi& a, const RankedKpi& b) { return name_of(a) < name_of(b); });
  if (has_double(table.provinces, [](const std::string& code) { return code; }) ||
      has_double(table.kpis, name_of)) {
    return refuse("รหัสจังหวัดหรือตัวชี้วัดซ้ำ", "A province or KPI is listed twice.");
  }
  for (const RankedKpi& kpi : table.kpis) TRY(check_kpi(kpi));
  TRY(make_rows(table));
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

CellState state_of(const RankedKpi& kpi, const KpiSeries* series,
                   const std::optional<Measurement>& value, int month) {
  if (series && !series->applies) return CellState::not_applicable;
  if (!kpi.method) return CellState::no_criteria;
  if (!value) return CellState::no_value;
  return month - value->month > kpi.age_months_max ? CellState::too_old : CellState::valid;
}

Cell make_cell(const std::vector<RankedKpi>& kpis, const Place& place, int month) {
  const RankedKpi& kpi = kpis[place.kpi];
  Cell cell;
  cell.kpi = place.kpi;
  if (place.series) {
    cell.value = latest_value(*place.series, month);
    cell.baseline = place.series->baseline;
  }
  cell.state = state_of(kpi, place.series, cell.value, month);
  if (cell.state != CellState::valid) return cell;
  cell.points = points_of(*kpi.method, cell.value->value);
  if (cell.baseline && cell.value->month > cell.baseline->month) {
    cell.baseline_points = points_of(*kpi.method, cell.baseline->value);
  }
  return cell;
}

Gap level_gap(const Cell& cell) {
  if (cell.state == CellState::no_criteria) return Gap::no_criteria;
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

// What a cell counts for on one side of the board, in millionths; or, if it does not, why.
struct Side {
  std::optional<std::int64_t> (*points)(const Cell& cell);
  Gap (*gap)(const Cell& cell);
};

constexpr Side level_side{[](const Cell& cell) -> std::optional<std::int64_t> {
                            return cell.points ? std::optional(cell.points->millionths())
                                               : std::nullopt;
                          },
                          level_gap};

constexpr Side improvement_side{[](const Cell& cell) -> std::optional<std::int64_t> {
                                  if (!cell.baseline_points) return std::nullopt;
                                  return cell.points->millionths() -
                                         cell.baseline_points->millionths();
                                },
                                improvement_gap};

Standing standing_of(std::span<const RankedKpi> kpis, std::span<const Cell> cells,
                     Decimal coverage_min_percent, const Side& side) {
  Sum sum;
  std::vector<MissingKpi> missing;
  for (const Cell& cell : cells) {
    if (cell.state == CellState::not_applicable) continue;
    const RankedKpi& kpi = kpis[cell.kpi];
    const Int128 weight = kpi.weight.millionths();
    sum.applicable_weight += weight;
    const auto points = side.points(cell);
    if (!points) {
      missing.push_back({kpi.code, side.gap(cell)});
      continue;
    }
    sum.weight += weight;
    sum.points += weight * *points;
  }
  Standing standing = standing_of(sum, coverage_min_percent);
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
    table[q] = static_cast<std::int32_t>(points_of(*kpi.method, moved).millionths());
  }
  return table;
}

std::vector<UncertainCell> uncertain_cells(const Scoreboard& board) {
  std::vector<UncertainCell> result(board.cells.size());
  for (std::size_t i = 0; i < board.cells.size(); ++i) {
    const Cell& cell = board.cells[i];
    const RankedKpi& kpi = board.kpis[cell.kpi];
    result[i].kpi = cell.kpi;
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
  const RankIntervals intervals = draw_rank_intervals(weights, {uncertain_cells(board), board.rows},
                                                      in_level, in_improvement, draw_rule);
  set_ranks(board, &ProvinceStanding::level, in_level, intervals.level);
  set_ranks(board, &ProvinceStanding::improvement, in_improvement, intervals.improvement);
}

}  // namespace

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

Result<Scoreboard> compute_scoreboard(const ScoreboardInput& input, const RankingRule& rule) {
  const Table table = TRY(make_table(input, rule));
  Scoreboard board{input.period_month, rule, table.kpis, {}, {}, table.rows};
  board.cells.reserve(table.places.size());
  for (std::size_t p = 0; p < table.provinces.size(); ++p) {
    for (const Place& place : table.row(p)) {
      board.cells.push_back(make_cell(table.kpis, place, input.period_month));
    }
    const auto cells = board.row(p);
    board.provinces.push_back(
        {table.provinces[p], standing_of(table.kpis, cells, rule.coverage_min_percent, level_side),
         standing_of(table.kpis, cells, rule.coverage_min_percent, improvement_side)});
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
  std::vector<Cell> cells;
  for (std::size_t p = 0; p < table.provinces.size(); ++p) {
    const auto row = table.row(p);
    for (int month = input.period_month - months + 1; month <= input.period_month; ++month) {
      cells.clear();
      for (const Place& place : row) cells.push_back(make_cell(table.kpis, place, month));
      const Standing level = standing_of(table.kpis, cells, rule.coverage_min_percent, level_side);
      const bool shown = level.not_ranked == NotRanked::none;
      history.levels.push_back(shown ? level.points : std::nullopt);
    }
  }
  return history;
}

}  // namespace changwat::indicators
