#include <algorithm>
#include <array>

#include "platform/documents/workbook.hpp"

#include "modules/indicators/indicators.hpp"
#include "modules/indicators/store.hpp"

namespace changwat::indicators {
namespace {

using documents::Column;
using documents::ColumnKind;

constexpr std::size_t exported_kpis_max = 10'000;
constexpr int page_length = 200;

struct Names {
  std::string th(const AreaCode& code) const {
    const auto* area = names->find(code);
    return area ? area->name_th.text() : code.text();
  }
  std::shared_ptr<const areas::Register> names;
};

const char* thai_word(Better better) {
  switch (better) {
    case Better::higher:
      return "ยิ่งมากยิ่งดี";
    case Better::lower:
      return "ยิ่งน้อยยิ่งดี";
    default:
      return "อยู่ในช่วง";
  }
}

const char* thai_word(SourceClass source) {
  switch (source) {
    case SourceClass::official_statistic:
      return "สถิติทางการ";
    case SourceClass::administrative_record:
      return "ทะเบียน";
    case SourceClass::surveyed:
      return "การสำรวจ";
    default:
      return "จังหวัดรายงาน";
  }
}

const char* thai_word(Colour colour) {
  constexpr const char* words[] = {"เขียว", "เหลือง", "แดง", "เทา"};
  return words[static_cast<int>(colour)];
}

// The headings are those that an import understands: what goes out can come in again.
std::vector<Column> value_columns() {
  return {{"จังหวัด"},
          {"รหัสตัวชี้วัด"},
          {"ชื่อตัวชี้วัด"},
          {"งวด"},
          {"ค่า", ColumnKind::decimal},
          {"หน่วย"},
          {"แหล่งข้อมูล"},
          {"หลักฐาน"},
          {"วันที่รายงาน", ColumnKind::date},
          {"หมายเหตุข้อมูลสาธิต"}};
}

std::vector<Column> definition_columns() {
  return {{"จังหวัด"},
          {"ปีงบประมาณ", ColumnKind::year},
          {"รหัสตัวชี้วัด"},
          {"ชื่อตัวชี้วัด"},
          {"คำอธิบาย"},
          {"หน่วย"},
          {"ทิศทาง"},
          {"แหล่งข้อมูล"},
          {"หน่วยงานรับผิดชอบ"},
          {"น้ำหนัก", ColumnKind::decimal},
          {"ข้อมูลฐานล่าสุด", ColumnKind::decimal},
          {"ปีของข้อมูลฐาน", ColumnKind::year},
          {"เป้าหมายที่ใช้ประเมิน", ColumnKind::decimal},
          {"ปีของเป้าหมาย", ColumnKind::year},
          {"ขั้นต้น (50)", ColumnKind::decimal},
          {"ขั้นมาตรฐาน (75)", ColumnKind::decimal},
          {"ขั้นสูง (100)", ColumnKind::decimal},
          {"สถานะ"},
          {"คะแนน", ColumnKind::decimal},
          {"คาดการณ์", ColumnKind::decimal},
          {"เหตุผลของสถานะ"}};
}

documents::Value number(const std::optional<Decimal>& value) {
  if (!value) return std::monostate{};
  return documents::Millionths{value->millionths()};
}

documents::Value year(const std::optional<FiscalYear>& value) {
  if (!value) return std::monostate{};
  return value->count();
}

const char* invented(const Kpi& kpi) {
  return kpi.demonstration ? "ข้อมูลสาธิต สมมติขึ้น" : "";
}

// Adds the definition and judgement of one KPI.
template <class Table>
auto add_definition(Table& table, const KpiAnswer& kpi, const std::string& province) {
  const auto& judged = kpi.judgement;
  const auto* criteria = kpi.criteria ? &kpi.criteria->value : nullptr;
  const auto* baseline = kpi.baseline.value.empty() ? nullptr : &kpi.baseline.value.back();
  const auto point = [&](Decimal KpiCriteria::*which) {
    return criteria ? number(criteria->*which) : documents::Value{};
  };
  const std::array<documents::Value, 21> row{
      std::string_view(province),
      kpi.fiscal_year.count(),
      std::string_view(kpi.code.text()),
      std::string_view(kpi.name_th.text()),
      std::string_view(kpi.definition_th.text()),
      std::string_view(kpi.unit_th.text()),
      std::string_view(thai_word(kpi.direction)),
      std::string_view(kpi.source_th.text()),
      std::string_view(kpi.owner_th.text()),
      number(kpi.weight),
      baseline ? number(baseline->value) : documents::Value{},
      baseline ? documents::Value(baseline->fiscal_year.count()) : documents::Value{},
      number(judged.target),
      year(judged.target_fiscal_year),
      point(&KpiCriteria::p50),
      point(&KpiCriteria::p75),
      point(&KpiCriteria::p100),
      std::string_view(thai_word(judged.colour)),
      number(judged.score),
      number(judged.forecast),
      std::string_view(judged.rule_th)};
  return table.add_row(row);
}

template <class Table>
auto add_value(Table& table, const Kpi& kpi, const ReportedValue& value,
               const std::string& province) {
  const auto period = value.period.thai();
  const auto evidence = value.evidence       ? value.evidence->text()
                        : value.evidence_url ? value.evidence_url->text()
                                             : "";
  const std::array<documents::Value, 10> row{std::string_view(province),
                                             std::string_view(kpi.code.text()),
                                             std::string_view(kpi.name_th.text()),
                                             std::string_view(period),
                                             number(value.value),
                                             std::string_view(kpi.unit_th.text()),
                                             std::string_view(thai_word(value.source_class)),
                                             std::string_view(evidence),
                                             value.recorded_at.bangkok_date(),
                                             std::string_view(invented(kpi))};
  return table.add_row(row);
}

// All KPIs of the query, page by page.
Result<std::vector<Kpi>> kpis_of(db::Connection& db, const ExportQuery& query) {
  KpiQuery page{query.province, query.fiscal_year, *PageLimit::of_count(page_length), {}};
  std::vector<Kpi> all;
  while (true) {
    auto rows = store::kpis(db, page);
    const bool more = std::ssize(rows) > page_length;
    if (more) rows.pop_back();
    all.insert(all.end(), rows.begin(), rows.end());
    if (all.size() > exported_kpis_max)
      return Problem(errors::too_large, "มีตัวชี้วัดมากเกินกำหนด โปรดเลือกจังหวัดหรือปีงบประมาณ",
                     "There are too many KPIs. Choose a province or a fiscal year.");
    if (!more) break;
    page.cursor = all.back().kpi_id;
  }
  std::sort(all.begin(), all.end(), [](const Kpi& a, const Kpi& b) {
    return std::tie(a.province, a.fiscal_year, a.code) <
           std::tie(b.province, b.fiscal_year, b.code);
  });
  return all;
}

}  // namespace

Result<http::Response> Indicators::export_kpis(Call& call, const Query<ExportQuery>& query) {
  const Names names{areas_.now()};
  const bool csv = query->format == SheetFormat::csv;
  auto bytes = TRY(database_.snapshot([&](db::Connection& db) -> Result<std::string> {
    const auto kpis = TRY(kpis_of(db, query.value));
    if (csv) {
      documents::CsvTable table(value_columns());
      for (const auto& kpi : kpis)
        for (const auto& value : store::valid_values(db, kpi.province, kpi.kpi_id))
          add_value(table, kpi, value, names.th(kpi.province));
      return table.finish();
    }
    documents::Workbook workbook({.title = "ตัวชี้วัดของจังหวัด", .author = {}});
    TRY(workbook.add_sheet("ผล", value_columns()));
    for (const auto& kpi : kpis)
      for (const auto& value : store::valid_values(db, kpi.province, kpi.kpi_id))
        TRY(add_value(workbook, kpi, value, names.th(kpi.province)));
    TRY(workbook.add_sheet("ตัวชี้วัด", definition_columns()));
    for (const auto& kpi : kpis)
      TRY(add_definition(workbook, answer(db, kpi, call.now), names.th(kpi.province)));
    return workbook.finish();
  }));
  auto name = std::string("kpis");
  if (query->province) name += "-" + query->province->text();
  if (query->fiscal_year) name += "-" + std::to_string(query->fiscal_year->buddhist());
  http::Response response;
  response.content_type = csv ? "text/csv; charset=utf-8"
                              : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  response.headers = {
      {"Content-Disposition", "attachment; filename=\"" + name + (csv ? ".csv\"" : ".xlsx\"")},
      {"Cache-Control", "no-cache"}};
  response.body = std::move(bytes);
  return response;
}

}  // namespace changwat::indicators
