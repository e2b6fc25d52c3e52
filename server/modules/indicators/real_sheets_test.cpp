// Sheets as provinces really keep them: months of 77 provinces, a provincial plan's KPIs. They are
// no part of this project; without the folder beside it these tests are skipped and say so.

#include <filesystem>
#include <iostream>
#include <map>

#include <boost/json.hpp>

#include "modules/indicators/imports.hpp"
#include "modules/indicators/testing.hpp"

namespace changwat::indicators {
namespace {

namespace fs = std::filesystem;

std::string text_in(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + '"';
}

std::string cell(const boost::json::value* value) {
  if (!value || value->is_null()) return "";
  if (value->is_string()) return quoted(std::string_view(value->get_string()));
  if (value->is_int64()) return std::to_string(value->get_int64());
  std::ostringstream out;
  if (value->is_double()) out << value->get_double();
  return out.str();
}

class RealSheets : public IndicatorsOnBothEngines {
 protected:
  void SetUp() override {
    folder_ = fs::path(CHANGWAT_SOURCE_DIR) / "../shared/data";
    if (!fs::exists(folder_ / "indicators"))
      GTEST_SKIP() << "the folder of real sheets is not here";
    IndicatorsOnBothEngines::SetUp();
  }

  void found_provinces() override {
    const auto listed = boost::json::parse(text_in(folder_ / "areas/provinces.json"));
    std::vector<areas::Area> provinces;
    for (const auto& one : listed.as_array()) {
      codes_.push_back(cell(&one.at("provinceCode")));
      const std::string th(one.at("provinceNameTh").as_string()),
          en(one.at("provinceNameEn").as_string());
      provinces.push_back(province_area(codes_.back().c_str(), th.c_str(), en.c_str()));
    }
    const auto changes = register_of_areas().preview(provinces, *Date::of(2020, 1, 1));
    ASSERT_TRUE(changes.ok() &&
                register_of_areas().import(nobody("2020-01-01T00:00:00Z"), *changes, "real").ok());
  }

  Call everywhere() const { return officer("2026-06-15T03:00:00Z", codes_); }

  void define_everywhere(const std::vector<const char*>& kpis) {
    std::string sheet = "จังหวัด,code,ตัวชี้วัด,หน่วย,ทิศทาง,หน่วยงาน,ปีงบประมาณ\n";
    for (const auto& code : codes_)
      for (const auto* kpi : kpis)
        sheet += code + "," + kpi + ",ตัวชี้วัด " + kpi + ",หน่วย,higher,หน่วยงาน,2566\n";
    const auto shown = preview(sheet, {.kind = ImportKind::kpi_definitions});
    ASSERT_EQ(shown.wrong, 0);
    ASSERT_EQ(confirm(shown.import_id).written, std::ssize(codes_) * std::ssize(kpis));
  }

  ImportAnswer preview(std::string_view sheet, ImportQuery query = {}) {
    auto call = everywhere();
    const auto shown =
        indicators().preview(call, Query<ImportQuery>{query}, Upload{sheet, "text/csv"});
    EXPECT_TRUE(shown.ok()) << (shown.ok() ? "" : shown.problem().en);
    return shown.ok() ? shown->value : ImportAnswer{};
  }
  ImportOutcome confirm(const ImportId& id) {
    auto call = everywhere();
    const auto done = indicators().confirm(call, Path<ImportPath>{{id}}, ConfirmImport{true});
    EXPECT_TRUE(done.ok());
    return done.ok() ? *done : ImportOutcome{};
  }
  static void print(const char* what, const ImportAnswer& shown) {
    std::map<std::string, int> reasons;
    std::string unknown;
    for (const auto& wrong : shown.wrong_cells) {
      ++reasons[*wrong.problem];
      if (*wrong.problem == "unknown_province" && unknown.find(wrong.text) == unknown.npos)
        unknown += " " + wrong.text;
    }
    std::cout << what << ": " << shown.rows << " rows, " << shown.good << " good, " << shown.blank
              << " blank, " << shown.wrong << " wrong";
    for (const auto& [reason, n] : reasons) std::cout << ", " << reason << " " << n;
    std::cout << (unknown.empty() ? "" : "; not known:") << unknown << "\n";
  }

  fs::path folder_;
  std::vector<std::string> codes_;
};

TEST_P(RealSheets, Monthly_series_of_all_provinces_are_understood_but_for_misspelt_ones) {
  define_everywhere({"occupancy_rate", "total_visitors", "total_revenue", "price_index"});
  const auto tourism = preview(text_in(folder_ / "indicators/tourism_monthly_2566_2568.csv"),
                               {.source_class = SourceClass::official_statistic});
  print("tourism", tourism);
  EXPECT_GT(tourism.rows, 2700);
  EXPECT_GT(tourism.good, tourism.rows * 3 * 9 / 10);
  EXPECT_EQ(confirm(tourism.import_id).written, tourism.good);
  const auto prices = preview(text_in(folder_ / "indicators/cpi_monthly_2566_2568.csv"));
  print("consumer prices", prices);
  EXPECT_GT(prices.good, 2400);
  EXPECT_EQ(confirm(prices.import_id).written, prices.good);
}

TEST_P(RealSheets, The_KPI_sheet_of_a_provincial_plan_is_understood) {
  const auto listed =
      boost::json::parse(text_in(folder_ / "indicators/plan_kpi_nongbualamphu/indicators.json"));
  std::string sheet = "รหัสตัวชี้วัด,ตัวชี้วัด,ทิศทาง,หน่วย,หน่วยงาน,แหล่งข้อมูล,เป้าหมาย 2573\n";
  for (const auto& value : listed.as_array()) {
    const auto& one = value.as_object();
    const auto direction = cell(one.if_contains("direction"));
    sheet += cell(one.if_contains("id")) + "," + cell(one.if_contains("name_th")) + "," +
             direction + "," + cell(one.if_contains("unit")) + "," +
             cell(one.if_contains("agency")) + "," + cell(one.if_contains("src")) + "," +
             cell(one.if_contains("target_2573")) + "\n";
  }
  const auto kpis = preview(sheet, {.kind = ImportKind::kpi_definitions,
                                    .province = area_code("39"),
                                    .fiscal_year = year_of(2021)});
  print("Nong Bua Lamphu, definitions", kpis);
  EXPECT_GT(kpis.good, 25);
  confirm(kpis.import_id);
  const auto values = preview(text_in(folder_ / "indicators/plan_kpi_nongbualamphu/values.csv"));
  print("Nong Bua Lamphu, values", values);
  EXPECT_GT(values.good, 80);
  EXPECT_EQ(confirm(values.import_id).written, values.good);
}

TEST_P(RealSheets, Plans_that_promise_growth_without_a_figure_are_refused_cell_by_cell) {
  const auto plan = boost::json::parse(
      text_in(folder_ / "indicators/plan_kpi_phetchabun/issues_kpi_2571_2575.json"));
  std::string phetchabun = "ตัวชี้วัด,หน่วย,ทิศทาง,หน่วยงาน,ข้อมูลฐาน 2568,เป้าหมาย 2571,เป้าหมาย 2572\n";
  for (const auto& issue : plan.as_array()) {
    for (const auto& value : issue.at("kpis").as_array()) {
      const auto& kpi = value.as_object();
      const auto& targets = kpi.at("targets_2571_2575").as_array();
      phetchabun += cell(kpi.if_contains("name")) + "," + cell(kpi.if_contains("target_unit")) +
                    ",higher,จังหวัด," + cell(kpi.if_contains("base_value")) + "," +
                    cell(&targets[0]) + "," + cell(&targets[1]) + "\n";
    }
  }
  const auto first = preview(phetchabun, {.kind = ImportKind::kpi_definitions,
                                          .province = area_code("67"),
                                          .fiscal_year = year_of(2028)});
  print("Phetchabun, definitions", first);
  EXPECT_EQ(first.rows, 14);

  const auto nan =
      boost::json::parse(text_in(folder_ / "indicators/plan_kpi_nan/nan_plan_2571_2575.json"));
  std::string sheet = "ตัวชี้วัด,หน่วย,ทิศทาง,หน่วยงาน,เป้าหมาย 2571\n";
  for (const auto& value : nan.at("indicators").as_array()) {
    const auto& kpi = value.as_object();
    const auto* op = kpi.if_contains("op");
    const bool less = op && op->is_string() && op->get_string().starts_with("<");
    sheet += cell(kpi.if_contains("name")) + "," +
             (kpi.contains("unit") ? cell(kpi.if_contains("unit")) : "หน่วย") + "," +
             (less ? "lower" : "higher") + ",จังหวัด," + cell(kpi.if_contains("target")) + "\n";
  }
  const auto second = preview(sheet, {.kind = ImportKind::kpi_definitions,
                                      .province = area_code("55"),
                                      .fiscal_year = year_of(2028)});
  print("Nan, definitions", second);
  EXPECT_EQ(second.rows, 14);
}

CHANGWAT_ON_BOTH_ENGINES(RealSheets);

}  // namespace
}  // namespace changwat::indicators
