#include <algorithm>

#include "platform/documents/numbers.hpp"

#include "modules/indicators/import_pass.hpp"

namespace changwat::indicators {
namespace {

struct SourceWord {
  std::string_view word;
  SourceClass source;
};
constexpr SourceWord source_words[] = {
    {"official_statistic", SourceClass::official_statistic},
    {"สถิติทางการ", SourceClass::official_statistic},
    {"สถิติราชการ", SourceClass::official_statistic},
    {"administrative_record", SourceClass::administrative_record},
    {"ทะเบียน", SourceClass::administrative_record},
    {"ข้อมูลทะเบียน", SourceClass::administrative_record},
    {"ข้อมูลการบริหาร", SourceClass::administrative_record},
    {"surveyed", SourceClass::surveyed},
    {"สำรวจ", SourceClass::surveyed},
    {"การสำรวจ", SourceClass::surveyed},
    {"self_reported", SourceClass::self_reported},
    {"รายงานเอง", SourceClass::self_reported},
    {"จังหวัดรายงาน", SourceClass::self_reported},
};

}  // namespace

std::optional<KpiPeriod> ValueRows::period_in(const SheetRow& row) {
  if (const auto* cell = pass_.cell_of(row, Meaning::period))
    return taken(*cell, period_of(cell->text));
  const auto* month = pass_.cell_of(row, Meaning::month);
  const auto* year = pass_.cell_of(row, Meaning::year);
  if (const auto* fiscal = pass_.cell_of(row, Meaning::fiscal_year); fiscal && !month) {
    const auto parsed = documents::parse_fiscal_year(fiscal->text);
    return parsed.ok() ? taken(*fiscal, KpiPeriod::of(*parsed)) : taken(*fiscal, parsed.problem());
  }
  if (month && year) return month_of_year(*month, *year);
  if (month) return taken(*month, period_of(month->text));
  if (year) return taken(*year, period_of(year->text));
  pass_.refuse_missing(row, pass_.has(Meaning::month) ? Meaning::month : Meaning::period,
                       "ต้องระบุงวด", "the period is missing");
  return std::nullopt;
}

std::optional<KpiPeriod> ValueRows::month_of_year(const SheetCell& month_cell,
                                                  const SheetCell& year_cell) {
  const auto month = documents::parse_month_name(month_cell.text);
  const auto year = documents::parse_year(year_cell.text);
  if (!month.ok()) pass_.refuse(month_cell, month.problem());
  if (!year.ok()) pass_.refuse(year_cell, year.problem());
  if (!month.ok() || !year.ok()) return std::nullopt;
  const auto period = KpiPeriod::of(Month::of_index(month_index(year->gregorian, *month)));
  pass_.understood(month_cell, period.text());
  return period;
}

std::optional<KpiPeriod> ValueRows::taken(const SheetCell& cell, const Result<KpiPeriod>& period) {
  if (!period.ok()) {
    pass_.refuse(cell, period.problem());
    return std::nullopt;
  }
  pass_.understood(cell, period->text());
  return *period;
}

const std::vector<const Kpi*>* ValueRows::kpis_in(const SheetRow& row, const AreaCode& province) {
  const SheetCell* said = nullptr;
  for (const auto meaning : {Meaning::code, Meaning::name_th, Meaning::name_en}) {
    const auto* cell = pass_.cell_of(row, meaning);
    if (!cell) continue;
    if (!said) said = cell;
    if (const auto* found = pass_.kpis_named(province, folded_name(cell->text))) {
      pass_.understood(*cell, found->front()->code.text());
      return found;
    }
  }
  if (said)
    pass_.refuse(*said, wrong_cell("unknown_kpi", "จังหวัดนี้ไม่มีตัวชี้วัดตามรหัสหรือชื่อนี้",
                                   "the province has no KPI of this code or name"));
  else
    pass_.refuse_missing(row, pass_.has(Meaning::code) ? Meaning::code : Meaning::name_th,
                         "ต้องระบุตัวชี้วัด", "the KPI is missing");
  return nullptr;
}

const Kpi& ValueRows::in_force(const std::vector<const Kpi*>& agreements, const KpiPeriod& period) {
  const Kpi* best = agreements.front();
  for (const auto* kpi : agreements)
    if (KpiPeriod::of(kpi->fiscal_year).last_month() - 11 <= period.last_month()) best = kpi;
  return *best;
}

void ValueRows::take_source(const SheetRow& row, NewValue& value) {
  if (const auto* cell = pass_.cell_of(row, Meaning::source)) {
    const auto found = std::find_if(
        std::begin(source_words), std::end(source_words),
        [&](const SourceWord& w) { return folded_name(w.word) == folded_name(cell->text); });
    if (found != std::end(source_words))
      value.source_class = found->source;
    else
      value.evidence = Text<1, 2000>::parse(cell->text);
  }
  if (const auto* cell = pass_.cell_of(row, Meaning::evidence))
    value.evidence = Text<1, 2000>::parse(cell->text);
  if (const auto* cell = pass_.cell_of(row, Meaning::reason))
    value.reason = Text<1, 1000>::parse(cell->text);
}

void ValueRows::take_value(const SheetRow& row, const SheetCell& cell, const AreaCode& province,
                           const std::vector<const Kpi*>& agreements, const KpiPeriod& period) {
  const auto number = number_in(cell);
  if (!number.ok()) return pass_.refuse(cell, number.problem());
  if (!*number) {
    ++pass_.reading.answer.blank;
    return;
  }
  const auto& kpi = in_force(agreements, period);
  NewValue value;
  value.period = period;
  value.value = **number;
  value.source_class = pass_.context.source_class;
  take_source(row, value);
  if (!seen_.insert({kpi.kpi_id, period}).second)
    return pass_.refuse(cell,
                        wrong_cell("repeated", "งวด " + period.thai() + " ของตัวชี้วัดนี้มีอยู่แล้วในแฟ้ม",
                                   "the file has " + period.english() + " of this KPI already"));
  auto without_reason = value;
  without_reason.reason.reset();
  if (const auto faulty = faults(without_reason, pass_.context.now); !faulty.empty())
    return pass_.refuse(cell, Problem(faulty));
  const auto before = pass_.context.reported(kpi, period);
  if (before && *before == value.value) {
    ++pass_.reading.answer.unchanged;
    return pass_.understood(cell, value.value.text());
  }
  if (before && !value.reason)
    return pass_.refuse(cell,
                        wrong_cell("reported_already",
                                   "งวด " + period.thai() + " รายงานไว้แล้วเป็น " + before->text() +
                                       " หากแก้ไขต้องใส่เหตุผลในคอลัมน์เหตุผลการแก้ไข",
                                   "reported already as " + before->text() +
                                       "; to correct it give the reason in a column of that name"));
  if (!before) value.reason.reset();
  pass_.understood(cell, value.value.text());
  if (pass_.reading.values.size() >= imported_items_max) {
    pass_.full = true;
    return;
  }
  pass_.reading.values.push_back({cell.reference(), province, kpi.kpi_id, std::move(value)});
}

void ValueRows::take(const SheetRow& row) {
  const auto province = pass_.province_in(row);
  if (!province) return;
  const bool by_kpi = pass_.has(Meaning::value_of_kpi),
             by_period = pass_.has(Meaning::value_of_period);
  const auto* agreements = by_kpi ? nullptr : kpis_in(row, *province);
  if (!by_kpi && !agreements) return;
  std::optional<KpiPeriod> period;
  if ((by_kpi || !by_period) && !(period = period_in(row))) return;
  bool any = false;
  for (std::size_t column = 0; column < pass_.headings.size(); ++column) {
    const auto& heading = pass_.headings[column];
    const auto& cell = row.at(column);
    if (heading.meaning == Meaning::value_of_kpi) {
      const auto* own = pass_.kpis_named(*province, pass_.kpi_columns[column]);
      if (cell.empty()) continue;
      any = true;
      if (own)
        take_value(row, cell, *province, *own, *period);
      else
        pass_.refuse(cell, wrong_cell("unknown_kpi", "จังหวัดนี้ไม่มีตัวชี้วัดของคอลัมน์นี้",
                                      "the province has no KPI of this column"));
    } else if (agreements &&
               (heading.meaning == Meaning::value || heading.meaning == Meaning::value_of_period)) {
      any = true;
      if (cell.empty())
        ++pass_.reading.answer.blank;
      else
        take_value(row, cell, *province, *agreements, heading.period ? *heading.period : *period);
    }
  }
  if (!any) ++pass_.reading.answer.blank;
}

}  // namespace changwat::indicators
