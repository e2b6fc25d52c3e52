#pragma once
// Rules of indicators, pure: what a good definition and report are, how monthly figures become
// yearly ones, the judgement of one KPI in words, and what goes into a year's scoreboard.
//
// Months are indexes as in model.hpp. All arithmetic is exact.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"

#include "modules/indicators/model.hpp"
#include "modules/indicators/ranking.hpp"

namespace changwat::indicators {

inline constexpr std::size_t kpis_of_province_max = 100;  // in a fiscal year

// What of a reported value counts for judgements and rankings. Kept in memory for every value of
// the country, so it holds nothing else.
struct HeldValue {
  HeldValue() = default;
  HeldValue(const ReportedValue& reported)  // NOLINT: every reported value can be held
      : period(reported.period), value(reported.value), source_class(reported.source_class) {}
  KpiPeriod period;
  Decimal value;
  SourceClass source_class = SourceClass::self_reported;
};
inline std::vector<HeldValue> held(std::span<const ReportedValue> values) {
  return {values.begin(), values.end()};
}

// Everything known of one KPI: its definition and the values that hold, by the period's end.
struct KpiSheet {
  Kpi kpi;
  std::vector<HeldValue> values;
};

// What is wrong with a definition: weight, order of years, criteria against the direction. Pointers
// begin with `prefix` ("/kpis/3" or empty).
std::vector<FieldError> faults(const KpiDefinition& definition, const std::string& prefix = {});

Kpi kpi_of(const KpiDefinition& definition, const AreaCode& province, FiscalYear year, Instant now);
// The KPI as it would stand with the change; the definition in it has still to be checked.
Kpi changed(Kpi kpi, const KpiChange& change, Instant now);
KpiDefinition definition_of(const Kpi& kpi);  // of a KPI that is not a range

// What is wrong with a report at this moment: a period that is not over, a correction without a
// reason or the other way round.
std::vector<FieldError> faults(const NewValue& value, Instant now);

// The row that `value` becomes beside `before`, what holds of the period now. `conflict` where the
// period has a value and this is no correction of it; `recorded_by` names the office in the answer.
Result<ReportedValue> next_revision(const NewValue& value,
                                    const std::optional<ReportedValue>& before,
                                    const std::string& recorded_by, Instant now);

// How its values become points; none without criteria.
std::optional<Method> method_of(const Kpi& kpi);

// The values on the scale of baselines and targets, one a month. `last`: as reported. `mean`: the
// mean of what was reported for the twelve months up to there, weighted by length. `sum`: their
// sum, where the twelve months are complete. A value for a whole fiscal year stands for itself.
// Where two periods end in one month, the longer counts.
std::vector<Measurement> yearly_series(YearlyValue yearly_value, std::span<const HeldValue> values);

// How old, in months, the latest value may be: 12 for monthly figures, 15 for others.
int age_months_max(std::span<const HeldValue> values);

// The judgement at the end of month `as_of`, against the target of the fiscal year in which it
// falls, or the nearest one.
JudgementAnswer judgement(const Kpi& kpi, std::span<const HeldValue> values, int as_of);

// ---- the scoreboard of a fiscal year

// The KPIs that count in a year: with a target for it or agreed for it; of one code in one province
// the latest agreement.
std::vector<const KpiSheet*> sheets_of_year(std::span<const KpiSheet* const> sheets,
                                            FiscalYear year);

// The month to which a year's scoreboard stands: the latest with a value, within the year.
int period_of_year(std::span<const KpiSheet* const> sheets, FiscalYear year);

// What the ranking takes: every KPI is its province's own.
ScoreboardInput scoreboard_input(std::span<const KpiSheet* const> sheets, FiscalYear year);

struct Reason {
  std::string code;  // level_coverage_too_low, improvement_coverage_too_low, nothing_applies
  std::string th;
  std::string en;
};
BOOST_DESCRIBE_STRUCT(Reason, (), (code, th, en))

// Why a province is not ranked, by level and by improvement; empty if it is in both.
std::vector<Reason> reasons(const ProvinceStanding& standing, const RankingRule& rule);

}  // namespace changwat::indicators
