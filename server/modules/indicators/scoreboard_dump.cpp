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
  return std::string(enum_name(source));
}

std::string text_of(Direction direction) {
  return std::string(enum_name(direction));
}

std::string text_of(CellState state) {
  return std::string(enum_name(state));
}

std::string text_of(NotRanked reason) {
  return reason == NotRanked::none ? "" : std::string(enum_name(reason));
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

DumpParameters parameters_of(const Scoreboard& board, const Rules& rules, FiscalYear year) {
  const auto& quantiles = normal_quantiles_millionths();
  return {"changwat-scoreboard-2",
          year,
          month_text(board.period_month),
          rules.rows,
          {quantiles.begin(), quantiles.end()}};
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

Dump dump_of(const Scoreboard& board, const Rules& rules, FiscalYear year) {
  Dump dump;
  dump.parameters = parameters_of(board, rules, year);
  dump.rows.reserve(board.cells.size());
  for (std::size_t p = 0; p < board.provinces.size(); ++p) {
    const ProvinceStanding& province = board.provinces[p];
    for (const Cell& cell : board.row(p)) {
      dump.rows.push_back(row_of(province.province, board.kpis[cell.kpi], cell));
    }
    dump.results.push_back(
        {province.province, dumped(province.level), dumped(province.improvement)});
    if (const auto band = band_of(rules.bands, province.level))
      dump.results.back().level.band = band->text();
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
