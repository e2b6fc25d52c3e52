#include "modules/indicators/import_sheet.hpp"

#include <algorithm>

#include "platform/auth/encoding.hpp"
#include "platform/documents/numbers.hpp"

#include "modules/indicators/import_headings.hpp"

namespace changwat::indicators {
namespace {

using SheetCell = documents::Cell;  // a Cell of ours stands in a scoreboard
using documents::Row;

constexpr std::uint32_t heading_rows_max = 20;  // titles may stand above the heading
constexpr std::size_t preview_text_max = 200;   // bytes of a cell shown

Problem wrong(std::string code, std::string th, std::string en) {
  return Problem({{"", std::move(code), std::move(th), std::move(en)}});
}

std::string shown(std::string_view text) {
  auto end = std::min(text.size(), preview_text_max);
  while (end < text.size() && end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
    --end;
  return std::string(text.substr(0, end));
}

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

std::optional<KpiDirection> direction_in(std::string_view text) {
  const auto folded = folded_name(text);
  for (const auto* higher : {"higher", "มาก", "ยิ่งมากยิ่งดี", "เพิ่มขึ้น", "1", "+"})
    if (folded == higher) return KpiDirection::higher;
  for (const auto* lower : {"lower", "น้อย", "ยิ่งน้อยยิ่งดี", "ลดลง", "-1", "-"})
    if (folded == lower) return KpiDirection::lower;
  return std::nullopt;
}

// A quantity as an exact number; none where the cell says there is no value.
Result<std::optional<Decimal>> number_in(const SheetCell& cell) {
  const auto quantity = TRY(documents::parse_quantity(cell, documents::ExcessPlaces::round));
  if (std::holds_alternative<documents::Missing>(quantity)) return std::optional<Decimal>();
  const auto* number = std::get_if<documents::Number>(&quantity);
  if (!number)
    return wrong("ratio", "เป็นอัตราส่วน โปรดใส่เป็นจำนวนเดียวตามหน่วยของตัวชี้วัด",
                 "is a ratio; give one number in the KPI's unit");
  const auto value = Decimal::of_millionths(number->millionths);
  if (!value)
    return wrong("out_of_range", "ค่าเกินช่วงที่รับ (±9,007,199,254) โปรดใช้หน่วยที่ใหญ่ขึ้น",
                 "beyond the range (±9,007,199,254); use a larger unit");
  return std::optional(*value);
}

}  // namespace

std::string folded_name(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c == ' ' || c == '\t' || c == '\n') continue;
    out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  for (const std::string_view prefix : {"จังหวัด", "จ."})
    if (out.starts_with(prefix) && out.size() > prefix.size()) return out.substr(prefix.size());
  return out;
}

// ---- one pass over the sheet

struct SheetReader::State {
  const ImportContext& context;
  ImportReading reading;

  std::vector<Heading> headings;         // by column; empty until the heading row is found
  std::vector<std::string> kpi_columns;  // folded heading, where meaning is value_of_kpi
  std::set<std::pair<KpiId, KpiPeriod>> seen;
  std::set<std::string> seen_codes;  // province, year and code of definitions
  ImportPreviewRow* preview = nullptr;
  bool full = false;

  // ---- what is said about cells

  void understood(const SheetCell& cell, std::string value) {
    if (preview)
      preview->cells.push_back({cell.reference(), shown(cell.text), std::move(value), {}, {}, {}});
  }
  void refuse(const SheetCell& cell, const Problem& problem) {
    const bool field = !problem.fields.empty();
    const auto th = field ? problem.fields[0].th : problem.th,
               en = field ? problem.fields[0].en : problem.en;
    const auto code = field ? problem.fields[0].code : std::string(problem.kind->code);
    ++reading.answer.wrong;
    const ImportCell refused{cell.reference(), shown(cell.text), {}, code, th, en};
    if (preview) preview->cells.push_back(refused);
    if (reading.answer.wrong_cells.size() < wrong_cells_max)
      reading.answer.wrong_cells.push_back(refused);
  }
  // Of a row in which a needed cell is empty.
  void refuse_missing(const Row& row, Meaning meaning, std::string th, std::string en) {
    SheetCell cell;
    cell.row = row.number;
    const auto found = std::find_if(headings.begin(), headings.end(),
                                    [&](const Heading& h) { return h.meaning == meaning; });
    cell.column =
        found == headings.end() ? 0 : static_cast<std::uint32_t>(found - headings.begin());
    refuse(cell, wrong("required", std::move(th), std::move(en)));
  }

  const SheetCell* cell_of(const Row& row, Meaning meaning) const {
    for (std::size_t column = 0; column < headings.size(); ++column)
      if (headings[column].meaning == meaning && !row.at(column).empty()) return &row.at(column);
    return nullptr;
  }
  bool has(Meaning meaning) const {
    return std::any_of(headings.begin(), headings.end(),
                       [&](const Heading& h) { return h.meaning == meaning; });
  }

  // ---- the heading

  static bool is_value(Meaning meaning) {
    return meaning == Meaning::value || meaning == Meaning::value_of_period ||
           meaning == Meaning::value_of_kpi;
  }

  bool is_kpi_name(const std::string& folded) const {
    return std::any_of(context.kpis.begin(), context.kpis.end(), [&](const auto& of_province) {
      return of_province.second.contains(folded);
    });
  }

  bool take_heading(const Row& row) {
    std::vector<Heading> found;
    std::vector<std::string> columns;
    int words = 0, values = 0;
    for (const auto& cell : row.cells) {
      auto heading = heading_of(cell.text);
      columns.push_back(folded_name(cell.text));
      if (heading.meaning == Meaning::ignored && !cell.empty() && is_kpi_name(columns.back()))
        heading.meaning = Meaning::value_of_kpi;
      if (is_value(heading.meaning)) ++values;
      if (heading.meaning != Meaning::ignored && heading.meaning != Meaning::value_of_period)
        ++words;
      found.push_back(std::move(heading));
    }
    const bool definitions = context.kind == ImportKind::kpi_definitions;
    // A row of figures under a title has no word of ours in it.
    if (definitions ? words < 3 : words < 1 || values < 1) return false;
    headings = std::move(found);
    kpi_columns = std::move(columns);
    settle_columns(definitions);
    for (const auto& cell : row.cells) {
      if (cell.empty()) continue;
      auto reference = cell.reference();
      reference.resize(reference.find_first_of("0123456789"));
      reading.answer.columns.push_back(
          {reference, shown(cell.text), std::string(enum_name(headings[cell.column].meaning))});
    }
    return true;
  }

  // A sheet of definitions has no columns of values, whatever their headings look like.
  void settle_columns(bool definitions) {
    if (!definitions) return;
    for (auto& heading : headings)
      if (is_value(heading.meaning)) heading.meaning = Meaning::ignored;
  }

  // ---- parts of a row

  // Empty: it was refused, and said so.
  std::optional<AreaCode> province_in(const Row& row) {
    const auto* cell = cell_of(row, Meaning::province);
    if (!cell) {
      if (!context.province)
        refuse_missing(row, Meaning::province, "ต้องระบุจังหวัด", "the province is missing");
      return context.province;
    }
    const auto known = context.provinces.find(folded_name(cell->text));
    if (known == context.provinces.end()) {
      const auto code = AreaCode::parse(cell->text);
      if (code && code->level() != AreaLevel::province)
        refuse(*cell, wrong("below_province", "เป็นรหัสอำเภอหรือตำบล รับเฉพาะค่าของจังหวัด",
                            "is a district or sub-district; only values of provinces are taken"));
      else
        refuse(*cell, wrong("unknown_province", "ไม่พบจังหวัดชื่อนี้ โปรดตรวจตัวสะกด",
                            "there is no province of this name; check the spelling"));
      return std::nullopt;
    }
    if (!context.may_import(known->second)) {
      refuse(*cell, wrong("not_your_province", "ตำแหน่งของท่านไม่มีอำนาจนำเข้าข้อมูลของจังหวัดนี้",
                          "none of your offices may import for this province"));
      return std::nullopt;
    }
    understood(*cell, known->second.text());
    return known->second;
  }

  std::optional<KpiPeriod> period_in(const Row& row) {
    if (const auto* cell = cell_of(row, Meaning::period))
      return taken(*cell, period_of(cell->text));
    const auto* month = cell_of(row, Meaning::month);
    const auto* year = cell_of(row, Meaning::year);
    if (const auto* fiscal = cell_of(row, Meaning::fiscal_year); fiscal && !month) {
      const auto parsed = documents::parse_fiscal_year(fiscal->text);
      return parsed.ok() ? taken(*fiscal, KpiPeriod::of(*parsed))
                         : taken(*fiscal, parsed.problem());
    }
    if (month && year) return month_of_year(*month, *year);
    if (month) return taken(*month, period_of(month->text));
    if (year) return taken(*year, period_of(year->text));
    refuse_missing(row, has(Meaning::month) ? Meaning::month : Meaning::period, "ต้องระบุงวด",
                   "the period is missing");
    return std::nullopt;
  }

  std::optional<KpiPeriod> month_of_year(const SheetCell& month_cell, const SheetCell& year_cell) {
    const auto month = documents::parse_month_name(month_cell.text);
    const auto year = documents::parse_year(year_cell.text);
    if (!month.ok()) refuse(month_cell, month.problem());
    if (!year.ok()) refuse(year_cell, year.problem());
    if (!month.ok() || !year.ok()) return std::nullopt;
    const auto period = KpiPeriod::of(Month::of_index(month_index(year->gregorian, *month)));
    understood(month_cell, period.text());
    return period;
  }

  std::optional<KpiPeriod> taken(const SheetCell& cell, const Result<KpiPeriod>& period) {
    if (!period.ok()) {
      refuse(cell, period.problem());
      return std::nullopt;
    }
    understood(cell, period->text());
    return *period;
  }

  const std::vector<const Kpi*>* kpis_named(const AreaCode& province,
                                            const std::string& folded) const {
    const auto of_province = context.kpis.find(province);
    if (of_province == context.kpis.end()) return nullptr;
    const auto found = of_province->second.find(folded);
    return found == of_province->second.end() ? nullptr : &found->second;
  }

  // By code or, failing that, by name.
  const std::vector<const Kpi*>* kpis_in(const Row& row, const AreaCode& province) {
    const SheetCell* said = nullptr;
    for (const auto meaning : {Meaning::code, Meaning::name_th, Meaning::name_en}) {
      const auto* cell = cell_of(row, meaning);
      if (!cell) continue;
      if (!said) said = cell;
      if (const auto* found = kpis_named(province, folded_name(cell->text))) {
        understood(*cell, found->front()->code.text());
        return found;
      }
    }
    if (said)
      refuse(*said, wrong("unknown_kpi", "จังหวัดนี้ไม่มีตัวชี้วัดตามรหัสหรือชื่อนี้",
                          "the province has no KPI of this code or name"));
    else
      refuse_missing(row, has(Meaning::code) ? Meaning::code : Meaning::name_th, "ต้องระบุตัวชี้วัด",
                     "the KPI is missing");
    return nullptr;
  }

  // The agreement in force at the end of the period; before the first one, that.
  static const Kpi& in_force(const std::vector<const Kpi*>& agreements, const KpiPeriod& period) {
    const Kpi* best = agreements.front();
    for (const auto* kpi : agreements)
      if (KpiPeriod::of(kpi->fiscal_year).last_month() - 11 <= period.last_month()) best = kpi;
    return *best;
  }

  void take_source(const Row& row, NewValue& value) {
    if (const auto* cell = cell_of(row, Meaning::source)) {
      const auto found = std::find_if(
          std::begin(source_words), std::end(source_words),
          [&](const SourceWord& w) { return folded_name(w.word) == folded_name(cell->text); });
      if (found != std::end(source_words))
        value.source_class = found->source;
      else
        value.evidence = Text<1, 2000>::parse(cell->text);
    }
    if (const auto* cell = cell_of(row, Meaning::evidence))
      value.evidence = Text<1, 2000>::parse(cell->text);
    if (const auto* cell = cell_of(row, Meaning::reason))
      value.reason = Text<1, 1000>::parse(cell->text);
  }

  // ---- values

  void take_value(const Row& row, const SheetCell& cell, const AreaCode& province,
                  const std::vector<const Kpi*>& agreements, const KpiPeriod& period) {
    const auto number = number_in(cell);
    if (!number.ok()) return refuse(cell, number.problem());
    if (!*number) {
      ++reading.answer.blank;
      return;
    }
    const auto& kpi = in_force(agreements, period);
    NewValue value;
    value.period = period;
    value.value = **number;
    value.source_class = context.source_class;
    take_source(row, value);
    if (!seen.insert({kpi.kpi_id, period}).second)
      return refuse(cell, wrong("repeated", "งวด " + period.thai() + " ของตัวชี้วัดนี้มีอยู่แล้วในแฟ้ม",
                                "the file has " + period.english() + " of this KPI already"));
    auto without_reason = value;
    without_reason.reason.reset();
    if (const auto faulty = faults(without_reason, context.now); !faulty.empty())
      return refuse(cell, Problem(faulty));
    const auto before = context.reported(kpi, period);
    if (before && *before == value.value) {
      ++reading.answer.unchanged;
      return understood(cell, value.value.text());
    }
    if (before && !value.reason)
      return refuse(cell, wrong("reported_already",
                                "งวด " + period.thai() + " รายงานไว้แล้วเป็น " + before->text() +
                                    " หากแก้ไขต้องใส่เหตุผลในคอลัมน์เหตุผลการแก้ไข",
                                "reported already as " + before->text() +
                                    "; to correct it give the reason in a column of that name"));
    if (!before) value.reason.reset();
    understood(cell, value.value.text());
    if (reading.values.size() >= imported_items_max) {
      full = true;
      return;
    }
    reading.values.push_back({cell.reference(), province, kpi.kpi_id, std::move(value)});
  }

  void take_values(const Row& row) {
    const auto province = province_in(row);
    if (!province) return;
    const bool by_kpi = has(Meaning::value_of_kpi), by_period = has(Meaning::value_of_period);
    const auto* agreements = by_kpi ? nullptr : kpis_in(row, *province);
    if (!by_kpi && !agreements) return;
    std::optional<KpiPeriod> period;
    if ((by_kpi || !by_period) && !(period = period_in(row))) return;
    bool any = false;
    for (std::size_t column = 0; column < headings.size(); ++column) {
      const auto& heading = headings[column];
      const auto& cell = row.at(column);
      if (heading.meaning == Meaning::value_of_kpi) {
        const auto* own = kpis_named(*province, kpi_columns[column]);
        if (cell.empty()) continue;
        any = true;
        if (own)
          take_value(row, cell, *province, *own, *period);
        else
          refuse(cell, wrong("unknown_kpi", "จังหวัดนี้ไม่มีตัวชี้วัดของคอลัมน์นี้",
                             "the province has no KPI of this column"));
      } else if (agreements && (heading.meaning == Meaning::value ||
                                heading.meaning == Meaning::value_of_period)) {
        any = true;
        if (cell.empty())
          ++reading.answer.blank;
        else
          take_value(row, cell, *province, *agreements, heading.period ? *heading.period : *period);
      }
    }
    if (!any) ++reading.answer.blank;
  }

  // ---- definitions

  template <class T>
  void take_text(const Row& row, Meaning meaning, T& out, bool needed, const char* th,
                 const char* en, bool& good) {
    const auto* cell = cell_of(row, meaning);
    if (!cell) {
      if (needed)
        refuse_missing(row, meaning, std::string("ต้องระบุ") + th,
                       std::string("the ") + en + " is missing");
      good &= !needed;
      return;
    }
    const auto parsed = T::parse(cell->text);
    if (!parsed) {
      refuse(*cell, wrong("wrong_value", T::word().th, T::word().en));
      good = false;
      return;
    }
    understood(*cell, shown(cell->text));
    out = *parsed;
  }

  std::optional<Decimal> take_number(const SheetCell& cell, bool& good) {
    const auto number = number_in(cell);
    if (!number.ok()) {
      refuse(cell, number.problem());
      good = false;
      return std::nullopt;
    }
    if (*number)
      understood(cell, (*number)->text());
    else
      ++reading.answer.blank;
    return *number;
  }

  template <class Years>
  void take_years(const Row& row, Meaning meaning, Years& years, bool& good) {
    std::map<FiscalYear, Decimal> by_year;
    for (std::size_t column = 0; column < headings.size(); ++column) {
      if (headings[column].meaning != meaning || row.at(column).empty()) continue;
      if (const auto number = take_number(row.at(column), good))
        by_year[*headings[column].year] = *number;
    }
    // A baseline keeps its last years, targets the first ones.
    while (by_year.size() > Years::length_max)
      by_year.erase(meaning == Meaning::baseline ? by_year.begin() : std::prev(by_year.end()));
    for (const auto& [year, value] : by_year) years.push_back({year, value});
  }

  void take_criteria(const Row& row, NewKpi& kpi, bool& good) {
    const SheetCell* cells[] = {cell_of(row, Meaning::p50), cell_of(row, Meaning::p75),
                                cell_of(row, Meaning::p100)};
    std::optional<Decimal> points[3];
    for (int i = 0; i < 3; ++i)
      if (cells[i]) points[i] = take_number(*cells[i], good);
    if (points[0] && points[1] && points[2]) {
      kpi.criteria = KpiCriteria{*points[0], *points[1], *points[2]};
    } else if (points[0] || points[1] || points[2]) {
      refuse_missing(row, Meaning::p50, "เกณฑ์ต้องมีครบ 50 75 และ 100",
                     "criteria need all of 50, 75 and 100");
      good = false;
    }
  }

  void take_direction(const Row& row, NewKpi& kpi, bool& good) {
    const auto* cell = cell_of(row, Meaning::direction);
    if (!cell) {
      refuse_missing(row, Meaning::direction, "ต้องระบุทิศทาง (ยิ่งมากยิ่งดี หรือ ยิ่งน้อยยิ่งดี)",
                     "the direction is missing");
      good = false;
    } else if (const auto direction = direction_in(cell->text)) {
      kpi.direction = *direction;
      understood(*cell, std::string(enum_name(*direction)));
    } else {
      refuse(*cell,
             wrong("wrong_value", "ต้องเป็น ยิ่งมากยิ่งดี หรือ ยิ่งน้อยยิ่งดี", "must be higher or lower"));
      good = false;
    }
  }

  // A sheet without codes gets stable ones, so that it can be imported again.
  void take_code(const Row& row, NewKpi& kpi, bool& good) {
    if (const auto* cell = cell_of(row, Meaning::code)) {
      std::string lower;
      for (const char c : cell->text) lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
      if (const auto key = Key::parse(lower)) {
        kpi.code = *key;
        return understood(*cell, lower);
      }
      good = false;
      return refuse(*cell, wrong("wrong_value", Key::word().th, Key::word().en));
    }
    kpi.code =
        *Key::parse("kpi_" + auth::hex_encode(auth::sha256(kpi.name_th.text())).substr(0, 8));
  }

  std::optional<FiscalYear> year_in(const Row& row) {
    const auto* cell = cell_of(row, Meaning::fiscal_year);
    if (!cell) cell = cell_of(row, Meaning::year);
    if (!cell) {
      if (!context.fiscal_year)
        refuse_missing(row, Meaning::fiscal_year, "ต้องระบุปีงบประมาณ", "the fiscal year is missing");
      return context.fiscal_year;
    }
    const auto year = documents::parse_fiscal_year(cell->text);
    if (!year.ok()) {
      refuse(*cell, year.problem());
      return std::nullopt;
    }
    understood(*cell, std::to_string(year->count()));
    return *year;
  }

  void take_definition(const Row& row) {
    const auto province = province_in(row);
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
    if (const auto* cell = cell_of(row, Meaning::weight))
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

  void finish_definition(const Row& row, NewKpi kpi) {
    SheetCell place;
    place.row = row.number;
    place.column = row.cells.front().column;
    if (!seen_codes
             .insert(kpi.province.text() + " " + std::to_string(kpi.fiscal_year.count()) + " " +
                     kpi.code.text())
             .second)
      return refuse(place, wrong("repeated", "ตัวชี้วัดนี้มีอยู่แล้วในแฟ้ม", "the file has this KPI already"));
    if (auto faulty = faults(kpi); !faulty.empty()) return refuse(place, Problem({faulty.front()}));
    if (const auto* known = kpis_named(kpi.province, kpi.code.text()))
      for (const auto* other : *known)
        if (other->fiscal_year == kpi.fiscal_year && other->application_id)
          return refuse(place, wrong("fixed", "ตัวชี้วัดนี้กำหนดไว้โดยมติที่อนุมัติใบสมัคร",
                                     "this KPI was fixed by the resolution on an application"));
    if (reading.kpis.size() >= imported_items_max) {
      full = true;
      return;
    }
    reading.kpis.push_back({place.reference(), std::move(kpi)});
  }
};

SheetReader::SheetReader(const ImportContext& context)
    : state_(std::make_unique<State>(State{context, {}, {}, {}, {}, {}})) {}
SheetReader::~SheetReader() = default;

documents::Reading SheetReader::on_row(const Row& row) {
  auto& state = *state_;
  if (state.headings.empty()) {
    if (state.take_heading(row)) return documents::Reading::carry_on;
    return row.number >= heading_rows_max ? documents::Reading::stop : documents::Reading::carry_on;
  }
  auto& answer = state.reading.answer;
  ++answer.rows;
  state.preview = nullptr;
  if (answer.preview.size() < preview_rows_max) {
    answer.preview.push_back({row.number, {}});
    state.preview = &answer.preview.back();
  }
  if (state.context.kind == ImportKind::kpi_values)
    state.take_values(row);
  else
    state.take_definition(row);
  return state.full ? documents::Reading::stop : documents::Reading::carry_on;
}

Result<ImportReading> SheetReader::finish() {
  auto& state = *state_;
  if (state.headings.empty())
    return Problem(errors::invalid_input,
                   state.context.kind == ImportKind::kpi_values
                       ? "ไม่พบหัวตาราง ต้องมีคอลัมน์ตัวชี้วัด งวด และค่า (หรือคอลัมน์ของแต่ละเดือน)"
                       : "ไม่พบหัวตาราง ต้องมีคอลัมน์ชื่อตัวชี้วัด หน่วย ทิศทาง และหน่วยงานรับผิดชอบ",
                   state.context.kind == ImportKind::kpi_values
                       ? "No heading was found. There must be columns for the KPI, the period and "
                         "the value (or one for each month)."
                       : "No heading was found. There must be columns for name, unit, direction "
                         "and responsible office.");
  if (state.full)
    return Problem(errors::too_large, "แฟ้มมีค่าเกิน 100,000 ค่า โปรดแบ่งเป็นหลายแฟ้ม",
                   "The sheet holds more than 100,000 values. Split it.");
  state.preview = nullptr;
  auto& answer = state.reading.answer;
  answer.good = static_cast<std::int64_t>(state.reading.values.size() + state.reading.kpis.size());
  return std::move(state.reading);
}

}  // namespace changwat::indicators
