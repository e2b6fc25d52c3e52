#include "modules/indicators/import_pass.hpp"

#include <algorithm>

#include "platform/documents/numbers.hpp"

namespace changwat::indicators {
namespace {

constexpr std::size_t preview_text_max = 200;  // bytes of a cell shown

bool is_value(Meaning meaning) {
  return meaning == Meaning::value || meaning == Meaning::value_of_period ||
         meaning == Meaning::value_of_kpi;
}

}  // namespace

Problem wrong_cell(std::string code, std::string th, std::string en) {
  return Problem({{"", std::move(code), std::move(th), std::move(en)}});
}

std::string shown(std::string_view text) {
  auto end = std::min(text.size(), preview_text_max);
  while (end < text.size() && end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
    --end;
  return std::string(text.substr(0, end));
}

// A quantity as an exact number; none where the cell says there is no value.
Result<std::optional<Decimal>> number_in(const SheetCell& cell) {
  const auto quantity = TRY(documents::parse_quantity(cell, documents::ExcessPlaces::round));
  if (std::holds_alternative<documents::Missing>(quantity)) return std::optional<Decimal>();
  const auto* number = std::get_if<documents::Number>(&quantity);
  if (!number)
    return wrong_cell("ratio", "เป็นอัตราส่วน โปรดใส่เป็นจำนวนเดียวตามหน่วยของตัวชี้วัด",
                      "is a ratio; give one number in the KPI's unit");
  const auto value = Decimal::of_millionths(number->millionths);
  if (!value)
    return wrong_cell("out_of_range", "ค่าเกินช่วงที่รับ (±9,007,199,254) โปรดใช้หน่วยที่ใหญ่ขึ้น",
                      "beyond the range (±9,007,199,254); use a larger unit");
  return std::optional(*value);
}

void SheetPass::understood(const SheetCell& cell, std::string value) {
  if (preview)
    preview->cells.push_back({cell.reference(), shown(cell.text), std::move(value), {}, {}, {}});
}

void SheetPass::refuse(const SheetCell& cell, const Problem& problem) {
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

void SheetPass::refuse_missing(const SheetRow& row, Meaning meaning, std::string th,
                               std::string en) {
  SheetCell cell;
  cell.row = row.number;
  const auto found = std::find_if(headings.begin(), headings.end(),
                                  [&](const Heading& h) { return h.meaning == meaning; });
  cell.column = found == headings.end() ? 0 : static_cast<std::uint32_t>(found - headings.begin());
  refuse(cell, wrong_cell("required", std::move(th), std::move(en)));
}

const SheetCell* SheetPass::cell_of(const SheetRow& row, Meaning meaning) const {
  for (std::size_t column = 0; column < headings.size(); ++column)
    if (headings[column].meaning == meaning && !row.at(column).empty()) return &row.at(column);
  return nullptr;
}

bool SheetPass::has(Meaning meaning) const {
  return std::any_of(headings.begin(), headings.end(),
                     [&](const Heading& h) { return h.meaning == meaning; });
}

bool SheetPass::is_kpi_name(const std::string& folded) const {
  return std::any_of(context.kpis.begin(), context.kpis.end(),
                     [&](const auto& of_province) { return of_province.second.contains(folded); });
}

bool SheetPass::take_heading(const SheetRow& row) {
  std::vector<Heading> found;
  std::vector<std::string> columns;
  int words = 0, values = 0;
  for (const auto& cell : row.cells) {
    auto heading = heading_of(cell.text);
    columns.push_back(folded_name(cell.text));
    if (heading.meaning == Meaning::ignored && !cell.empty() && is_kpi_name(columns.back()))
      heading.meaning = Meaning::value_of_kpi;
    if (is_value(heading.meaning)) ++values;
    if (heading.meaning != Meaning::ignored && heading.meaning != Meaning::value_of_period) ++words;
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

void SheetPass::settle_columns(bool definitions) {
  if (!definitions) return;
  for (auto& heading : headings)
    if (is_value(heading.meaning)) heading.meaning = Meaning::ignored;
}

std::optional<AreaCode> SheetPass::province_in(const SheetRow& row) {
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
      refuse(*cell,
             wrong_cell("below_province", "เป็นรหัสอำเภอหรือตำบล รับเฉพาะค่าของจังหวัด",
                        "is a district or sub-district; only values of provinces are taken"));
    else
      refuse(*cell, wrong_cell("unknown_province", "ไม่พบจังหวัดชื่อนี้ โปรดตรวจตัวสะกด",
                               "there is no province of this name; check the spelling"));
    return std::nullopt;
  }
  if (!context.may_import(known->second)) {
    refuse(*cell, wrong_cell("not_your_province", "ตำแหน่งของท่านไม่มีอำนาจนำเข้าข้อมูลของจังหวัดนี้",
                             "none of your offices may import for this province"));
    return std::nullopt;
  }
  understood(*cell, known->second.text());
  return known->second;
}

const std::vector<const Kpi*>* SheetPass::kpis_named(const AreaCode& province,
                                                     const std::string& folded) const {
  const auto of_province = context.kpis.find(province);
  if (of_province == context.kpis.end()) return nullptr;
  const auto found = of_province->second.find(folded);
  return found == of_province->second.end() ? nullptr : &found->second;
}

}  // namespace changwat::indicators
