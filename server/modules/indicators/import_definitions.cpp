#include "platform/auth/encoding.hpp"
#include "platform/documents/numbers.hpp"

#include "modules/indicators/import_pass.hpp"

namespace changwat::indicators {
namespace {

std::optional<KpiDirection> direction_in(std::string_view text) {
  const auto folded = folded_name(text);
  for (const auto* higher : {"higher", "มาก", "ยิ่งมากยิ่งดี", "เพิ่มขึ้น", "1", "+"})
    if (folded == higher) return KpiDirection::higher;
  for (const auto* lower : {"lower", "น้อย", "ยิ่งน้อยยิ่งดี", "ลดลง", "-1", "-"})
    if (folded == lower) return KpiDirection::lower;
  return std::nullopt;
}

}  // namespace

template <class T>
void DefinitionRows::take_text(const SheetRow& row, Meaning meaning, T& out, bool needed,
                               const char* th, const char* en, bool& good) {
  const auto* cell = pass_.cell_of(row, meaning);
  if (!cell) {
    if (needed)
      pass_.refuse_missing(row, meaning, std::string("ต้องระบุ") + th,
                           std::string("the ") + en + " is missing");
    good &= !needed;
    return;
  }
  const auto parsed = T::parse(cell->text);
  if (!parsed) {
    pass_.refuse(*cell, wrong_cell("wrong_value", T::word().th, T::word().en));
    good = false;
    return;
  }
  pass_.understood(*cell, shown(cell->text));
  out = *parsed;
}

std::optional<Decimal> DefinitionRows::take_number(const SheetCell& cell, bool& good) {
  const auto number = number_in(cell);
  if (!number.ok()) {
    pass_.refuse(cell, number.problem());
    good = false;
    return std::nullopt;
  }
  if (*number)
    pass_.understood(cell, (*number)->text());
  else
    ++pass_.reading.answer.blank;
  return *number;
}

template <class Years>
void DefinitionRows::take_years(const SheetRow& row, Meaning meaning, Years& years, bool& good) {
  std::map<FiscalYear, Decimal> by_year;
  for (std::size_t column = 0; column < pass_.headings.size(); ++column) {
    if (pass_.headings[column].meaning != meaning || row.at(column).empty()) continue;
    if (const auto number = take_number(row.at(column), good))
      by_year[*pass_.headings[column].year] = *number;
  }
  // A baseline keeps its last years, targets the first ones.
  while (by_year.size() > Years::length_max)
    by_year.erase(meaning == Meaning::baseline ? by_year.begin() : std::prev(by_year.end()));
  for (const auto& [year, value] : by_year) years.push_back({year, value});
}

void DefinitionRows::take_criteria(const SheetRow& row, NewKpi& kpi, bool& good) {
  const SheetCell* cells[] = {pass_.cell_of(row, Meaning::p50), pass_.cell_of(row, Meaning::p75),
                              pass_.cell_of(row, Meaning::p100)};
  std::optional<Decimal> points[3];
  for (int i = 0; i < 3; ++i)
    if (cells[i]) points[i] = take_number(*cells[i], good);
  if (points[0] && points[1] && points[2]) {
    kpi.criteria = KpiCriteria{*points[0], *points[1], *points[2]};
  } else if (points[0] || points[1] || points[2]) {
    pass_.refuse_missing(row, Meaning::p50, "เกณฑ์ต้องมีครบ 50 75 และ 100",
                         "criteria need all of 50, 75 and 100");
    good = false;
  }
}

void DefinitionRows::take_direction(const SheetRow& row, NewKpi& kpi, bool& good) {
  const auto* cell = pass_.cell_of(row, Meaning::direction);
  if (!cell) {
    pass_.refuse_missing(row, Meaning::direction, "ต้องระบุทิศทาง (ยิ่งมากยิ่งดี หรือ ยิ่งน้อยยิ่งดี)",
                         "the direction is missing");
    good = false;
  } else if (const auto direction = direction_in(cell->text)) {
    kpi.direction = *direction;
    pass_.understood(*cell, std::string(enum_name(*direction)));
  } else {
    pass_.refuse(*cell, wrong_cell("wrong_value", "ต้องเป็น ยิ่งมากยิ่งดี หรือ ยิ่งน้อยยิ่งดี",
                                   "must be higher or lower"));
    good = false;
  }
}

void DefinitionRows::take_code(const SheetRow& row, NewKpi& kpi, bool& good) {
  if (const auto* cell = pass_.cell_of(row, Meaning::code)) {
    std::string lower;
    for (const char c : cell->text) lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    if (const auto key = Key::parse(lower)) {
      kpi.code = *key;
      return pass_.understood(*cell, lower);
    }
    good = false;
    return pass_.refuse(*cell, wrong_cell("wrong_value", Key::word().th, Key::word().en));
  }
  kpi.code = *Key::parse("kpi_" + auth::hex_encode(auth::sha256(kpi.name_th.text())).substr(0, 8));
}

std::optional<FiscalYear> DefinitionRows::year_in(const SheetRow& row) {
  const auto* cell = pass_.cell_of(row, Meaning::fiscal_year);
  if (!cell) cell = pass_.cell_of(row, Meaning::year);
  if (!cell) {
    if (!pass_.context.fiscal_year)
      pass_.refuse_missing(row, Meaning::fiscal_year, "ต้องระบุปีงบประมาณ",
                           "the fiscal year is missing");
    return pass_.context.fiscal_year;
  }
  const auto year = documents::parse_fiscal_year(cell->text);
  if (!year.ok()) {
    pass_.refuse(*cell, year.problem());
    return std::nullopt;
  }
  pass_.understood(*cell, std::to_string(year->count()));
  return *year;
}

void DefinitionRows::take(const SheetRow& row) {
  const auto province = pass_.province_in(row);
  const auto year = year_in(row);
  bool good = province && year;
  NewKpi kpi;
  take_text(row, Meaning::name_th, kpi.name_th, true, "ชื่อตัวชี้วัด", "name", good);
  take_text(row, Meaning::name_en, kpi.name_en, false, "", "", good);
  kpi.definition_th = Text<1, 4000>::parse(kpi.name_th.text()).value_or(kpi.definition_th);
  take_text(row, Meaning::definition_th, kpi.definition_th, false, "", "", good);
  take_text(row, Meaning::unit_th, kpi.unit_th, true, "หน่วย", "unit", good);
  take_text(row, Meaning::unit_en, kpi.unit_en, false, "", "", good);
  take_text(row, Meaning::owner_th, kpi.owner_th, true, "หน่วยงานรับผิดชอบ", "responsible office",
            good);
  kpi.source_th = Text<1, 500>::parse(kpi.owner_th.text()).value_or(kpi.source_th);
  take_text(row, Meaning::source, kpi.source_th, false, "", "", good);
  take_direction(row, kpi, good);
  kpi.weight = decimal_of(1);
  if (const auto* cell = pass_.cell_of(row, Meaning::weight))
    if (const auto weight = take_number(*cell, good)) kpi.weight = *weight;
  take_years(row, Meaning::baseline, kpi.baseline, good);
  take_years(row, Meaning::target, kpi.targets, good);
  take_criteria(row, kpi, good);
  if (good) take_code(row, kpi, good);
  if (!good) return;
  kpi.province = *province;
  kpi.fiscal_year = *year;
  finish_definition(row, std::move(kpi));
}

void DefinitionRows::finish_definition(const SheetRow& row, NewKpi kpi) {
  SheetCell place;
  place.row = row.number;
  place.column = row.cells.front().column;
  if (!seen_
           .insert(kpi.province.text() + " " + std::to_string(kpi.fiscal_year.count()) + " " +
                   kpi.code.text())
           .second)
    return pass_.refuse(
        place, wrong_cell("repeated", "ตัวชี้วัดนี้มีอยู่แล้วในแฟ้ม", "the file has this KPI already"));
  if (auto faulty = faults(kpi); !faulty.empty())
    return pass_.refuse(place, Problem({faulty.front()}));
  if (const auto* known = pass_.kpis_named(kpi.province, kpi.code.text()))
    for (const auto* other : *known)
      if (other->fiscal_year == kpi.fiscal_year && other->application_id)
        return pass_.refuse(place,
                            wrong_cell("fixed", "ตัวชี้วัดนี้กำหนดไว้โดยมติที่อนุมัติใบสมัคร",
                                       "this KPI was fixed by the resolution on an application"));
  if (pass_.reading.kpis.size() >= imported_items_max) {
    pass_.full = true;
    return;
  }
  pass_.reading.kpis.push_back({place.reference(), std::move(kpi)});
}

}  // namespace changwat::indicators
