#include "modules/plans/import_lines.hpp"

#include <filesystem>
#include <map>
#include <set>

#include "modules/plans/rules.hpp"
#include "modules/plans/testing.hpp"

namespace changwat::plans {
namespace {

const areas::Register& two_provinces() {
  static const areas::Register all = [] {
    std::vector<areas::Area> rows;
    for (const auto& [code, name] :
         std::map<std::string, std::string>{{"18", "ชัยนาท"}, {"70", "ราชบุรี"}})
      rows.push_back({*AreaCode::parse(code), AreaLevel::province, word<areas::AreaName>(name),
                      word<areas::AreaName>("Province")});
    return areas::Register(rows, {});
  }();
  return all;
}

const std::string heading =
    "province_code,province_th,project,cat1,cat2,cat3,cat4,item,fiscal_year_be,amount_baht,unit_"
    "type,"
    "debug\n";

ImportedLines lines_of(const std::string& rows) {
  auto read = read_budget_lines(heading + rows, "lines.csv", two_provinces());
  EXPECT_TRUE(read.ok());
  return std::move(read).value();
}

TEST(ImportLines, Rows_of_one_project_become_its_budget_lines) {
  const auto read = lines_of(
      "70,ราชบุรี,โครงการ ก,งบดำเนินงาน,ค่าตอบแทน,,,ค่าวิทยากร,2565,119400,จังหวัด,\n"
      "70,ราชบุรี,โครงการ ก,งบลงทุน,ค่าครุภัณฑ์ ที่ดินและสิ่งก่อสร้าง,ค่าที่ดินและสิ่งก่อสร้าง "
      "ส่อ,ค่าปรับปรุงทาง,ถนน,2565,\"15,000,000.50\",จังหวัด,\n"
      "18,ชัยนาท,โครงการ ก,งบลงทุน,ค่าครุภัณฑ์ ที่ดินและสิ่งก่อสร้าง,ค่าครุภัณฑ์,,เครื่อง,2565,๑๐๐,จังหวัด,\n"
      "70,ราชบุรี,โครงการ ข,งบรายจ่ายอื่น,,,,ค่าใช้จ่าย,2565.0,5,,\n");
  EXPECT_TRUE(read.faults.empty());
  ASSERT_EQ(read.projects.size(), 3u);
  const auto& first = read.projects[0];
  EXPECT_EQ(first.code.text(), "2565-70-001");
  EXPECT_EQ(first.fiscal_year.count(), 2022);
  ASSERT_EQ(first.content.budget.size(), 2u);
  EXPECT_EQ(first.content.budget[1].category, BudgetCategory::land_and_buildings);
  EXPECT_EQ(first.content.budget[1].amount_satang, satang(1'500'000'050));
  EXPECT_EQ(read.projects[1].code.text(), "2565-18-001");
  EXPECT_EQ(read.projects[1].content.budget[0].category, BudgetCategory::equipment);
  EXPECT_EQ(read.projects[2].code.text(), "2565-70-002");
  EXPECT_EQ(read.projects[2].content.budget[0].category, BudgetCategory::other);
  EXPECT_EQ(read.all, read.taken);
}

TEST(ImportLines, What_cannot_be_read_is_listed_by_row_with_its_reason_and_never_guessed) {
  struct Case {
    const char* row;
    const char* code;
  };
  const Case cases[] = {
      {",,ก,งบดำเนินงาน,,,,ข,2565,1,กลุ่มจังหวัด,", "not_a_province"},
      {"99,ไม่มี,ก,งบดำเนินงาน,,,,ข,2565,1,จังหวัด,", "unknown_province"},
      {"7001,เมือง,ก,งบดำเนินงาน,,,,ข,2565,1,จังหวัด,", "unknown_province"},
      {"18,ราชบุรี,ก,งบดำเนินงาน,,,,ข,2565,1,จังหวัด,", "province_disagrees"},
      {"70,ราชบุรี,,งบดำเนินงาน,,,,ข,2565,1,จังหวัด,", "no_project"},
      {"70,ราชบุรี,ก,งบดำเนินงาน,,,,ข,ปีก่อน,1,จังหวัด,", "unreadable_year"},
      {"70,ราชบุรี,ก,งบดำเนินงาน,,,,ข,2565,1 ล้าน,จังหวัด,", "unreadable_amount"},
      {"70,ราชบุรี,ก,งบดำเนินงาน,,,,ข,2565,-5,จังหวัด,", "unreadable_amount"},
      {"70,ราชบุรี,ก,งบดำเนินงาน,,,,ข,2565,0.005,จังหวัด,", "unreadable_amount"},
      {"70,ราชบุรี,ก,งบดำ นินงาน,,,,ข,2565,1,จังหวัด,", "unreadable_category"},
      {"70,ราชบุรี,ก,งบลงทุน,,ค่าที่ดินและสิ่ก่อสร้าง,,ข,2565,1,จังหวัด,", "unreadable_category"},
      {"70,ราชบุรี,ก,งบลงทุน,,,,ข,2565,1,จังหวัด,", "unreadable_category"},
      {"70,ราชบุรี,ก,งบดำเนินงาน,,,,,2565,1,จังหวัด,", "no_item"},
      {"70,ราชบุรี,ก,งบดำเนินงาน,,,,ข,2565,1,จังหวัด,LEVEL NOT MATCH", "doubted"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.row);
    const auto read = lines_of(std::string(c.row) + "\n");
    EXPECT_TRUE(read.projects.empty());
    ASSERT_EQ(read.faults.size(), 1u);
    EXPECT_EQ(read.faults[0].code, c.code);
    EXPECT_EQ(read.faults[0].row, 2);
    EXPECT_FALSE(read.faults[0].th.empty());
    EXPECT_FALSE(read.faults[0].en.empty());
  }
}

TEST(ImportLines, A_project_with_an_unreadable_row_is_held_back_whole_and_no_baht_is_lost) {
  const auto read = lines_of(
      "70,ราชบุรี,ก,งบดำเนินงาน,,,,ข,2565,100,จังหวัด,\n"
      "70,ราชบุรี,ก,งบลงทุน,,,,ค,2565,50,จังหวัด,\n"
      "70,ราชบุรี,ข,งบดำเนินงาน,,,,ง,2565,7,จังหวัด,\n"
      "70,ราชบุรี,ก,งบดำเนินงาน,,,,จ,2565,1,จังหวัด,\n");
  ASSERT_EQ(read.projects.size(), 1u);
  EXPECT_EQ(read.projects[0].content.name_th.text(), "ข");
  std::vector<std::pair<std::int64_t, std::string>> listed;
  Satang held;
  for (const auto& fault : read.faults) {
    listed.emplace_back(fault.row, fault.code);
    held = *held.plus(fault.amount);
  }
  EXPECT_EQ(listed,
            (decltype(listed){{2, "held_back"}, {3, "unreadable_category"}, {5, "held_back"}}));
  EXPECT_EQ(read.all, baht(158));
  EXPECT_EQ(*read.taken.plus(held), read.all);
}

TEST(ImportLines, A_sheet_without_its_headings_is_refused_by_their_names) {
  const auto read = read_budget_lines("a,b\n1,2\n", "x.csv", two_provinces());
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.problem().fields.size(), 6u);
  EXPECT_EQ(read.problem().fields[0].pointer, "province_code");
}

// The provinces of the register that the program is founded with: "code,level,name_th,name_en,…".
const areas::Register& all_provinces() {
  static const areas::Register all = [] {
    std::vector<areas::Area> rows;
    std::istringstream lines(file_text("data/areas/areas.csv"));
    for (std::string line; std::getline(lines, line);) {
      std::istringstream cells(line);
      std::string code, level, name_th, name_en;
      for (auto* cell : {&code, &level, &name_th, &name_en}) std::getline(cells, *cell, ',');
      if (level == "province")
        rows.push_back({*AreaCode::parse(code), AreaLevel::province, word<areas::AreaName>(name_th),
                        word<areas::AreaName>(name_en)});
    }
    return areas::Register(rows, {});
  }();
  return all;
}

TEST(ImportLines, A_real_document_of_396_projects_is_read_to_the_last_baht) {
  const std::filesystem::path file =
      std::filesystem::path(CHANGWAT_SOURCE_DIR) / "../shared/data/budget/province_budget_2565.csv";
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "there is no " << file.filename();
  std::ifstream in(file, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  const auto read = read_budget_lines(bytes, "province_budget_2565.csv", all_provinces());
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->rows, 1951);
  std::map<std::string, int> by_code;
  Satang listed;
  for (const auto& fault : read->faults) {
    ++by_code[fault.code];
    listed = *listed.plus(fault.amount);
  }
  EXPECT_EQ(*read->taken.plus(listed), read->all) << "taken and listed are the whole document";
  EXPECT_EQ(by_code["not_a_province"], 307) << "lines of clusters";
  EXPECT_EQ(by_code["doubted"], 14);
  EXPECT_EQ(read->projects.size(), 317u);
  std::size_t lines = 0;
  std::set<AreaCode> provinces;
  for (const auto& project : read->projects) {
    lines += project.content.budget.size();
    provinces.insert(project.province);
    EXPECT_TRUE(faults(project.content, "").empty());
  }
  EXPECT_EQ(lines + read->faults.size(), 1951u);
  for (const auto& [code, rows] : by_code) std::cout << code << " " << rows << "\n";
  std::cout << read->projects.size() << " projects of " << provinces.size() << " provinces, "
            << baht_text(read->taken) << " of " << baht_text(read->all) << " baht\n";
}

}  // namespace
}  // namespace changwat::plans
