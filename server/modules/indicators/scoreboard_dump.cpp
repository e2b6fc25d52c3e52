#include "modules/indicators/scoreboard_dump.hpp"

#include <array>
#include <initializer_list>
#include <string_view>
#include <utility>

#include "modules/indicators/rank_interval.hpp"
#include "modules/indicators/scoring.hpp"

namespace changwat::indicators {
namespace {

std::string month_text(int month) {
  const std::string year = std::to_string(month / 12);
  const int number = month % 12 + 1;
  return std::string(year.size() < 4 ? 4 - year.size() : 0, '0') + year +
         (number < 10 ? "-0" : "-") + std::to_string(number);
}

std::string text_of(SourceClass source) {
  switch (source) {
    case SourceClass::official_statistic:
      return "official_statistic";
    case SourceClass::administrative_record:
      return "administrative_record";
    case SourceClass::surveyed:
      return "surveyed";
    case SourceClass::self_reported:
      return "self_reported";
  }
  return {};
}

std::string text_of(Direction direction) {
  switch (direction) {
    case Direction::higher_is_better:
      return "higher_is_better";
    case Direction::lower_is_better:
      return "lower_is_better";
    case Direction::within_range:
      return "within_range";
  }
  return {};
}

std::string text_of(CellState state) {
  switch (state) {
    case CellState::valid:
      return "valid";
    case CellState::no_value:
      return "no_value";
    case CellState::too_old:
      return "too_old";
    case CellState::not_applicable:
      return "not_applicable";
    case CellState::no_criteria:
      return "no_criteria";
  }
  return {};
}

std::string text_of(NotRanked reason) {
  switch (reason) {
    case NotRanked::none:
      return "";
    case NotRanked::coverage_too_low:
      return "coverage_too_low";
    case NotRanked::nothing_applies:
      return "nothing_applies";
  }
  return {};
}

struct MethodText {
  std::string name;
  std::string criteria;
};

std::string listed(std::initializer_list<Decimal> values) {
  std::string text;
  for (const Decimal value : values) {
    if (!text.empty()) text += ' ';
    text += value.text();
  }
  return text;
}

struct TextOfMethod {
  MethodText operator()(const ThreePoint& m) const {
    return {"three_point", listed({m.p50, m.p75, m.p100})};
  }
  MethodText operator()(const FiveLevel& m) const {
    return {"five_level", listed({m.l1, m.l2, m.l3, m.l4, m.l5})};
  }
  MethodText operator()(const WithinRange& m) const {
    return {"within_range", listed({m.rising.p50, m.rising.p75, m.rising.p100, m.falling.p50,
                                    m.falling.p75, m.falling.p100})};
  }
  MethodText operator()(const Milestone&) const { return {"milestone", ""}; }
  MethodText operator()(const Pmqa&) const { return {"pmqa", ""}; }
};

DumpParameters parameters_of(const Scoreboard& board) {
  const RankingRule& rule = board.rule;
  DumpParameters parameters;
  parameters.format = "changwat-scoreboard-1";
  parameters.period = month_text(board.period_month);
  parameters.coverage_min_percent = rule.coverage_min_percent.text();
  parameters.weight_spread_percent = rule.weight_spread_percent.text();
  for (std::size_t i = 0; i < rule.source_spread_percent.size(); ++i) {
    parameters.source_spreads.push_back(
        {text_of(static_cast<SourceClass>(i)), rule.source_spread_percent[i].text()});
  }
  parameters.draws = rule.draws;
  parameters.seed = rule.seed;
  parameters.low_percentile = rule.low_percentile;
  parameters.high_percentile = rule.high_percentile;
  const auto& quantiles = normal_quantiles_millionths();
  parameters.normal_quantiles_millionths.assign(quantiles.begin(), quantiles.end());
  return parameters;
}

DumpRow row_of(const std::string& province, const RankedKpi& kpi, const Cell& cell) {
  DumpRow row;
  row.province = province;
  row.kpi = kpi.code;
  row.scope = kpi.province.empty() ? "common" : "own";
  row.weight = kpi.weight.text();
  if (kpi.method) {
    MethodText method = std::visit(TextOfMethod{}, *kpi.method);
    row.method = std::move(method.name);
    row.criteria = std::move(method.criteria);
    row.direction = text_of(direction_of(*kpi.method));
  }
  row.age_months_max = std::to_string(kpi.age_months_max);
  row.state = text_of(cell.state);
  if (cell.value) {
    row.value = cell.value->value.text();
    row.source_class = text_of(cell.value->source);
    row.period = month_text(cell.value->month);
  }
  if (cell.baseline) {
    row.baseline = cell.baseline->value.text();
    row.baseline_source_class = text_of(cell.baseline->source);
    row.baseline_period = month_text(cell.baseline->month);
  }
  return row;
}

DumpStanding dumped(const Standing& standing) {
  DumpStanding dump;
  if (standing.points) dump.points = standing.points->text();
  dump.coverage_percent = standing.coverage_percent.text();
  dump.not_ranked = text_of(standing.not_ranked);
  for (const MissingKpi& missing : standing.missing) dump.missing.push_back(missing.kpi);
  dump.rank = standing.rank;
  dump.rank_low = standing.rank_low;
  dump.rank_high = standing.rank_high;
  return dump;
}

struct Column {
  std::string_view name;
  std::string DumpRow::*member;
};

constexpr std::array columns{Column{"province", &DumpRow::province},
                             Column{"kpi", &DumpRow::kpi},
                             Column{"scope", &DumpRow::scope},
                             Column{"weight", &DumpRow::weight},
                             Column{"method", &DumpRow::method},
                             Column{"criteria", &DumpRow::criteria},
                             Column{"direction", &DumpRow::direction},
                             Column{"age_months_max", &DumpRow::age_months_max},
                             Column{"state", &DumpRow::state},
                             Column{"value", &DumpRow::value},
                             Column{"source_class", &DumpRow::source_class},
                             Column{"period", &DumpRow::period},
                             Column{"baseline", &DumpRow::baseline},
                             Column{"baseline_source_class", &DumpRow::baseline_source_class},
                             Column{"baseline_period", &DumpRow::baseline_period}};

void append_field(std::string& csv, std::string_view field) {
  if (field.find_first_of(",\"\r\n") == std::string_view::npos) {
    csv += field;
    return;
  }
  csv += '"';
  for (const char c : field) {
    if (c == '"') csv += '"';
    csv += c;
  }
  csv += '"';
}

}  // namespace

Dump dump_of(const Scoreboard& board) {
  Dump dump;
  dump.parameters = parameters_of(board);
  dump.rows.reserve(board.cells.size());
  for (std::size_t p = 0; p < board.provinces.size(); ++p) {
    const ProvinceStanding& province = board.provinces[p];
    for (const Cell& cell : board.row(p)) {
      dump.rows.push_back(row_of(province.province, board.kpis[cell.kpi], cell));
    }
    dump.results.push_back(
        {province.province, dumped(province.level), dumped(province.improvement)});
  }
  return dump;
}

std::string rows_csv(const std::vector<DumpRow>& rows) {
  std::string csv;
  const auto end_field = [&csv](std::size_t column) {
    csv += column + 1 < columns.size() ? "," : "\r\n";
  };
  for (std::size_t c = 0; c < columns.size(); ++c) {
    csv += columns[c].name;
    end_field(c);
  }
  for (const DumpRow& row : rows) {
    for (std::size_t c = 0; c < columns.size(); ++c) {
      append_field(csv, row.*columns[c].member);
      end_field(c);
    }
  }
  return csv;
}

}  // namespace changwat::indicators
