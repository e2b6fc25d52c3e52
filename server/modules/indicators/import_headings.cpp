#include "modules/indicators/import_headings.hpp"

#include <array>

#include "platform/documents/numbers.hpp"

namespace changwat::indicators {
namespace {

struct Known {
  std::string_view heading;  // folded
  Meaning meaning;
};

// Blanks, dots, dashes and underlines are dropped from headings before they are looked up.
constexpr Known known[] = {
    {"จังหวัด", Meaning::province},
    {"ชื่อจังหวัด", Meaning::province},
    {"รหัสจังหวัด", Meaning::province},
    {"รหัสพื้นที่", Meaning::province},
    {"province", Meaning::province},
    {"provincecode", Meaning::province},
    {"provincename", Meaning::province},
    {"provinceth", Meaning::province},
    {"areacode", Meaning::province},
    {"รหัสตัวชี้วัด", Meaning::code},
    {"รหัส", Meaning::code},
    {"code", Meaning::code},
    {"kpi", Meaning::code},
    {"kpicode", Meaning::code},
    {"indicatorid", Meaning::code},
    {"indicatorcode", Meaning::code},
    {"indicator", Meaning::code},
    {"ตัวชี้วัด", Meaning::name_th},
    {"ชื่อตัวชี้วัด", Meaning::name_th},
    {"nameth", Meaning::name_th},
    {"name", Meaning::name_th},
    {"ชื่อตัวชี้วัด(อังกฤษ)", Meaning::name_en},
    {"ชื่อภาษาอังกฤษ", Meaning::name_en},
    {"nameen", Meaning::name_en},
    {"งวด", Meaning::period},
    {"ช่วงเวลา", Meaning::period},
    {"รอบการรายงาน", Meaning::period},
    {"period", Meaning::period},
    {"เดือน", Meaning::month},
    {"month", Meaning::month},
    {"ปี", Meaning::year},
    {"ปีพศ", Meaning::year},
    {"year", Meaning::year},
    {"ปีงบประมาณ", Meaning::fiscal_year},
    {"ปีงบประมาณพศ", Meaning::fiscal_year},
    {"fiscalyear", Meaning::fiscal_year},
    {"fy", Meaning::fiscal_year},
    {"ค่า", Meaning::value},
    {"ผล", Meaning::value},
    {"ผลงาน", Meaning::value},
    {"ผลการดำเนินงาน", Meaning::value},
    {"ค่าที่รายงาน", Meaning::value},
    {"ข้อมูล", Meaning::value},
    {"value", Meaning::value},
    {"result", Meaning::value},
    {"แหล่งข้อมูล", Meaning::source},
    {"ประเภทแหล่งข้อมูล", Meaning::source},
    {"source", Meaning::source},
    {"sourceclass", Meaning::source},
    {"หลักฐาน", Meaning::evidence},
    {"หมายเหตุ", Meaning::evidence},
    {"evidence", Meaning::evidence},
    {"note", Meaning::evidence},
    {"เหตุผล", Meaning::reason},
    {"เหตุผลที่แก้ไข", Meaning::reason},
    {"เหตุผลการแก้ไข", Meaning::reason},
    {"reason", Meaning::reason},
    {"คำอธิบาย", Meaning::definition_th},
    {"นิยาม", Meaning::definition_th},
    {"คำนิยาม", Meaning::definition_th},
    {"definition", Meaning::definition_th},
    {"definitionth", Meaning::definition_th},
    {"หน่วย", Meaning::unit_th},
    {"หน่วยวัด", Meaning::unit_th},
    {"หน่วยนับ", Meaning::unit_th},
    {"unit", Meaning::unit_th},
    {"unitth", Meaning::unit_th},
    {"หน่วย(อังกฤษ)", Meaning::unit_en},
    {"uniten", Meaning::unit_en},
    {"ทิศทาง", Meaning::direction},
    {"direction", Meaning::direction},
    {"ผู้รับผิดชอบ", Meaning::owner_th},
    {"หน่วยงาน", Meaning::owner_th},
    {"หน่วยงานรับผิดชอบ", Meaning::owner_th},
    {"หน่วยงานที่รับผิดชอบ", Meaning::owner_th},
    {"เจ้าภาพ", Meaning::owner_th},
    {"owner", Meaning::owner_th},
    {"ownerth", Meaning::owner_th},
    {"agency", Meaning::owner_th},
    {"น้ำหนัก", Meaning::weight},
    {"ค่าน้ำหนัก", Meaning::weight},
    {"น้ำหนัก(ร้อยละ)", Meaning::weight},
    {"weight", Meaning::weight},
    {"เกณฑ์50", Meaning::p50},
    {"ขั้นต้น", Meaning::p50},
    {"ขั้นต้น(50)", Meaning::p50},
    {"50คะแนน", Meaning::p50},
    {"50", Meaning::p50},
    {"p50", Meaning::p50},
    {"เกณฑ์75", Meaning::p75},
    {"ขั้นมาตรฐาน", Meaning::p75},
    {"ขั้นมาตรฐาน(75)", Meaning::p75},
    {"75คะแนน", Meaning::p75},
    {"75", Meaning::p75},
    {"p75", Meaning::p75},
    {"เกณฑ์100", Meaning::p100},
    {"ขั้นสูง", Meaning::p100},
    {"ขั้นสูง(100)", Meaning::p100},
    {"100คะแนน", Meaning::p100},
    {"100", Meaning::p100},
    {"p100", Meaning::p100},
};

constexpr std::array<std::string_view, 5> baseline_words{"ข้อมูลฐาน", "ค่าฐาน", "ฐานปี", "baseline",
                                                         "ผลปี"};
constexpr std::array<std::string_view, 4> target_words{"เป้าหมาย", "ค่าเป้าหมาย", "เป้าปี", "target"};

std::string folded_heading(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == ' ' || c == '_' || c == '.' || c == '-' || c == '\n' || c == '\t') continue;
    out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  constexpr std::string_view no_break_space = "\xC2\xA0";
  for (std::size_t at = 0; (at = out.find(no_break_space, at)) != out.npos;) out.erase(at, 2);
  return out;
}

template <std::size_t N>
std::optional<FiscalYear> year_behind(std::string_view heading,
                                      const std::array<std::string_view, N>& words) {
  for (const auto word : words) {
    if (!heading.starts_with(word)) continue;
    auto year = documents::parse_fiscal_year(heading.substr(word.size()));
    if (year.ok()) return *year;
  }
  return std::nullopt;
}

}  // namespace

Heading heading_of(std::string_view text) {
  const auto folded = folded_heading(text);
  for (const auto& [heading, meaning] : known)
    if (folded == heading) return {meaning, {}, {}};
  if (const auto year = year_behind(folded, baseline_words)) return {Meaning::baseline, {}, year};
  if (const auto year = year_behind(folded, target_words)) return {Meaning::target, {}, year};
  // A short number is a place in a list, not a year of two digits.
  const bool short_number =
      folded.size() < 4 && folded.find_first_not_of("0123456789") == folded.npos;
  if (short_number) return {};
  if (auto period = period_of(text); period.ok()) return {Meaning::value_of_period, *period, {}};
  return {};
}

Result<KpiPeriod> period_of(std::string_view typed) {
  const auto fiscal = [](int year) -> Result<KpiPeriod> {
    const auto known_year = FiscalYear::of_count(year);
    if (!known_year)
      return Problem({{"", "out_of_range", "ปีอยู่นอกช่วงที่รับ", "the year is out of range"}});
    return KpiPeriod::of(*known_year);
  };
  if (auto year = documents::parse_fiscal_year(typed); year.ok()) return KpiPeriod::of(*year);
  const auto period = TRY(documents::parse_period(typed));
  if (const auto* year = std::get_if<documents::Year>(&period)) return fiscal(year->gregorian);
  if (const auto* quarter = std::get_if<documents::FiscalQuarter>(&period))
    return KpiPeriod::of(quarter->year, quarter->quarter);
  if (const auto* month = std::get_if<Month>(&period)) return KpiPeriod::of(*month);
  const auto& date = std::get<Date>(period);
  if (date.day_of_month() == 1)
    return KpiPeriod::of(Month::of_index(month_index(date.year(), static_cast<int>(date.month()))));
  return Problem({{"", "not_a_period", "ต้องเป็นเดือน ไตรมาส หรือปีงบประมาณ ไม่ใช่วันที่",
                   "must be a month, a quarter or a fiscal year, not a day"}});
}

}  // namespace changwat::indicators
