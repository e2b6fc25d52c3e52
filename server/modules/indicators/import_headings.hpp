#pragma once
// What the heading of a column means, pure.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "modules/indicators/model.hpp"

namespace changwat::indicators {

enum class Meaning {
  ignored,
  province,
  code,  // of an indicator
  name_th,
  name_en,
  period,  // month, quarter or fiscal year in one cell
  month,   // with a year beside it
  year,    // calendar year beside a month; fiscal year alone
  value,
  source,  // class of the source, or where the figure comes from
  evidence,
  reason,           // of a correction
  value_of_period,  // a column for each period
  value_of_kpi,     // a column for each indicator
  definition_th,
  unit_th,
  unit_en,
  direction,
  owner_th,
  weight,
  fiscal_year,
  baseline,  // of a year
  target,    // of a year
  p50,
  p75,
  p100,
};
BOOST_DESCRIBE_ENUM(Meaning, ignored, province, code, name_th, name_en, period, month, year, value,
                    source, evidence, reason, value_of_period, value_of_kpi, definition_th, unit_th,
                    unit_en, direction, owner_th, weight, fiscal_year, baseline, target, p50, p75,
                    p100)

struct Heading {
  Meaning meaning = Meaning::ignored;
  std::optional<KpiPeriod> period;  // value_of_period
  std::optional<FiscalYear> year;   // baseline, target
};

// By the words of the heading alone. A heading that is a month, quarter or year is a column of
// values.
Heading heading_of(std::string_view text);

// A month, quarter or fiscal year as officers write it; a date only when it is the first of a
// month, which is how spreadsheets keep "ม.ค. 64".
Result<KpiPeriod> period_of(std::string_view typed);

}  // namespace changwat::indicators
