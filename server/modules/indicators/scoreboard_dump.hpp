#pragma once
// The open dump of a scoreboard: all that is needed to compute every rank again, and the published
// numbers to compare with.
//
// Called where a scoreboard is published; read by tools/recompute-scoreboard and by
// anybody else. Pure; any thread. Decimals are texts as Decimal::text writes them, months
// "2021-03", codes and enums as texts; rows are in order of province and KPI codes.
//
// As JSON: {"parameters": …, "rows": […], "results": […]} with the members' names below.
// As CSV: rows_csv() beside a JSON file with "parameters" and "results" only.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/word.hpp"

#include "modules/indicators/rule_book.hpp"

namespace changwat::indicators {

struct DumpParameters {
  std::string format;  // "changwat-scoreboard-2"
  FiscalYear fiscal_year;
  std::string period;
  std::vector<RuleRow> rules;  // in force for the year, each with its source
  std::vector<std::int64_t> normal_quantiles_millionths;  // of (q + 1/2) / 64
};
BOOST_DESCRIBE_STRUCT(DumpParameters, (),
                      (format, fiscal_year, period, rules, normal_quantiles_millionths))

// One KPI of one province. What is missing is an empty text.
struct DumpRow {
  std::string province;
  std::string kpi;
  std::string scope;  // common: the same KPI in every province; own: the province's own
  std::string weight;
  std::string method;  // three_point, five_level, within_range, milestone, pmqa; none: no criteria
  std::string criteria;   // 3, 5 or 6 values with a blank between; range: rising, then falling
  std::string direction;  // what the order of the criteria says; for the reader
  std::string age_months_max;
  std::string state;  // valid, no_value, too_old, not_applicable, no_criteria
  std::string value;
  std::string source_class;
  std::string period;
  std::string baseline;
  std::string baseline_source_class;
  std::string baseline_period;
};
BOOST_DESCRIBE_STRUCT(DumpRow, (),
                      (province, kpi, scope, weight, method, criteria, direction, age_months_max,
                       state, value, source_class, period, baseline, baseline_source_class,
                       baseline_period))

struct DumpStanding {
  std::string points;  // empty: nothing to compute from
  std::string coverage_percent;
  std::string not_ranked;            // "", coverage_too_low, nothing_applies
  std::vector<std::string> missing;  // codes of KPIs that apply and do not count
  std::optional<int> rank;
  std::optional<int> rank_low;
  std::optional<int> rank_high;
  std::string band;  // of the level of who is ranked, by the rules …_at_least_points; else empty
};
BOOST_DESCRIBE_STRUCT(DumpStanding, (),
                      (points, coverage_percent, not_ranked, missing, rank, rank_low, rank_high,
                       band))

struct DumpResult {
  std::string province;
  DumpStanding level;
  DumpStanding improvement;
};
BOOST_DESCRIBE_STRUCT(DumpResult, (), (province, level, improvement))

struct Dump {
  DumpParameters parameters;
  std::vector<DumpRow> rows;
  std::vector<DumpResult> results;
};
BOOST_DESCRIBE_STRUCT(Dump, (), (parameters, rows, results))

// `rules` are those by which the board was computed.
Dump dump_of(const Scoreboard& board, const Rules& rules, FiscalYear year);

// RFC 4180 with a header line of the members' names, UTF-8, lines end in CR LF.
std::string rows_csv(const std::vector<DumpRow>& rows);

}  // namespace changwat::indicators
