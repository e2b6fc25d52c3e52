#pragma once
// Rules of indicators, pure: what a good definition and report are, what follows a report, and how
// monthly figures become yearly ones. The judgement of one KPI is judgement.hpp, what goes into a
// year's scoreboard year_board.hpp.
//
// Months are indexes as in model.hpp. All arithmetic is exact.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"

#include "modules/authority/authority.hpp"
#include "modules/indicators/model.hpp"
#include "modules/indicators/rule_book.hpp"

namespace changwat::indicators {

inline constexpr std::size_t kpis_of_province_max = 100;  // in a fiscal year

// The month in which a fiscal year ends.
inline int last_month_of(FiscalYear year) {
  return KpiPeriod::of(year).last_month();
}

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

// The row that `value` becomes beside `before`, the last of the period. `conflict` where the period
// has a value and this is no correction of it; `recorded_by` names the office in the answer.
Result<ReportedValue> next_revision(const NewValue& value,
                                    const std::optional<ReportedValue>& before,
                                    const std::string& recorded_by, Instant now);

// The row by which `value` is taken back; `last` is the last of its period. `conflict` where that
// is another one: then the value holds no more.
Result<ReportedValue> withdrawal(const ReportedValue& value, const ReportedValue& last,
                                 const Text<1, 1000>& reason, Instant now);

// ---- what may be done with a KPI

// A KPI has no course: it is agreed, and the same acts are open to it for ever, as far as the rules
// below let them.
enum class KpiState { agreed };
inline constexpr authority::Transition<KpiState> kpi_transitions[] = {
    {KpiState::agreed, "kpi.define", KpiState::agreed},
    {KpiState::agreed, "kpi.report", KpiState::agreed},
    {KpiState::agreed, "kpi.correct", KpiState::agreed},
    {KpiState::agreed, "kpi.withdraw", KpiState::agreed},
};

// `wrong_state` for a KPI that a resolution has fixed, or with a range.
Result<Done> may_change(const Kpi& kpi);
// The rule behind one of those acts; `has_values`: at least one value holds.
Result<Done> may_now(std::string_view act, const Kpi& kpi, bool has_values);

// How its values become points; none without criteria.
std::optional<Method> method_of(const Kpi& kpi);

// The values on the scale of baselines and targets, one a month. `last`: as reported. `mean`: the
// mean of what was reported for the twelve months up to there, weighted by length. `sum`: their
// sum, where the twelve months are complete. A value for a whole fiscal year stands for itself.
// Where two periods end in one month, the longer counts.
std::vector<Measurement> yearly_series(YearlyValue yearly_value, std::span<const HeldValue> values);

// How old, in months, the latest value may be to count: by how often the KPI is reported.
int age_months_max(std::span<const HeldValue> values, const AgeRule& age);

}  // namespace changwat::indicators
