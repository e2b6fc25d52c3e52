#include "modules/indicators/import_sheet.hpp"

#include "modules/indicators/import_pass.hpp"

namespace changwat::indicators {
namespace {

constexpr std::uint32_t heading_rows_max = 20;  // titles may stand above the heading

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

struct SheetReader::State {
  explicit State(const ImportContext& context) : pass(context), values(pass), definitions(pass) {}

  SheetPass pass;
  ValueRows values;
  DefinitionRows definitions;
};

SheetReader::SheetReader(const ImportContext& context) : state_(std::make_unique<State>(context)) {}
SheetReader::~SheetReader() = default;

documents::Reading SheetReader::on_row(const documents::Row& row) {
  auto& pass = state_->pass;
  if (pass.headings.empty()) {
    if (pass.take_heading(row)) return documents::Reading::carry_on;
    return row.number >= heading_rows_max ? documents::Reading::stop : documents::Reading::carry_on;
  }
  auto& answer = pass.reading.answer;
  ++answer.rows;
  pass.preview = nullptr;
  if (answer.preview.size() < preview_rows_max) {
    answer.preview.push_back({row.number, {}});
    pass.preview = &answer.preview.back();
  }
  if (pass.context.kind == ImportKind::kpi_values)
    state_->values.take(row);
  else
    state_->definitions.take(row);
  return pass.full ? documents::Reading::stop : documents::Reading::carry_on;
}

Result<ImportReading> SheetReader::finish() {
  auto& pass = state_->pass;
  if (pass.headings.empty())
    return Problem(errors::invalid_input,
                   pass.context.kind == ImportKind::kpi_values
                       ? "ไม่พบหัวตาราง ต้องมีคอลัมน์ตัวชี้วัด งวด และค่า (หรือคอลัมน์ของแต่ละเดือน)"
                       : "ไม่พบหัวตาราง ต้องมีคอลัมน์ชื่อตัวชี้วัด หน่วย ทิศทาง และหน่วยงานรับผิดชอบ",
                   pass.context.kind == ImportKind::kpi_values
                       ? "No heading was found. There must be columns for the KPI, the period and "
                         "the value (or one for each month)."
                       : "No heading was found. There must be columns for name, unit, direction "
                         "and responsible office.");
  if (pass.full)
    return Problem(errors::too_large, "แฟ้มมีค่าเกิน 100,000 ค่า โปรดแบ่งเป็นหลายแฟ้ม",
                   "The sheet holds more than 100,000 values. Split it.");
  pass.preview = nullptr;
  auto& answer = pass.reading.answer;
  answer.good = static_cast<std::int64_t>(pass.reading.values.size() + pass.reading.kpis.size());
  return std::move(pass.reading);
}

}  // namespace changwat::indicators
