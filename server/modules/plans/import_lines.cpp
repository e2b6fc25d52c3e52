#include "modules/plans/import_lines.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "platform/documents/numbers.hpp"
#include "platform/documents/sheet.hpp"

#include "modules/plans/rules.hpp"

namespace changwat::plans {
namespace {

enum Column {
  province,
  province_name,
  project,
  cat1,
  cat2,
  cat3,
  cat4,
  item,
  year,
  amount,
  unit,
  doubt,
  column_count
};

struct Heading {
  Column column;
  std::string_view name;
  std::string_view thai;
  bool wanted;
};
constexpr Heading headings[] = {
    {province, "province_code", "รหัสจังหวัด", true},
    {province_name, "province_th", "จังหวัด", false},
    {project, "project", "โครงการ", true},
    {cat1, "cat1", "งบรายจ่าย", true},
    {cat2, "cat2", "หมวด", false},
    {cat3, "cat3", "ประเภท", false},
    {cat4, "cat4", "ชนิด", false},
    {item, "item", "รายการ", true},
    {year, "fiscal_year_be", "ปีงบประมาณ", true},
    {amount, "amount_baht", "วงเงิน (บาท)", true},
    {unit, "unit_type", "ประเภทหน่วยรับงบประมาณ", false},
    {doubt, "debug", "ข้อสงสัยจากการอ่าน", false},
};

using Places = std::array<int, column_count>;  // column of the sheet, -1: not there

Result<Places> places_of(const documents::Row& row) {
  Places places;
  places.fill(-1);
  for (std::size_t i = 0; i < row.cells.size(); ++i)
    for (const auto& heading : headings)
      if (row.cells[i].text == heading.name || row.cells[i].text == heading.thai)
        places[heading.column] = static_cast<int>(i);
  std::vector<FieldError> wrong;
  for (const auto& heading : headings)
    if (heading.wanted && places[heading.column] < 0)
      wrong.push_back(
          {std::string(heading.name), "missing_heading",
           "ไม่พบหัวคอลัมน์ " + std::string(heading.thai) + " (" + std::string(heading.name) + ")",
           "there is no column " + std::string(heading.name) + " (" + std::string(heading.thai) +
               ")"});
  if (!wrong.empty()) return Problem(std::move(wrong));
  return places;
}

std::string trimmed(std::string_view text) {
  const auto clean = clean_text(text, 0, 10'000);
  return clean.value_or("");
}

struct Why {
  std::string code;
  std::string th;
  std::string en;
};

// What the line is spent on. Trailing marks of the printed page are passed over where the heading
// before them is whole; a heading that is broken itself is not repaired.
std::optional<BudgetCategory> category_of(const std::string& first, const std::string& third,
                                          const std::string& fourth) {
  if (first == "งบดำเนินงาน") return BudgetCategory::operating;
  if (first == "งบเงินอุดหนุน" || first == "เงินอุดหนุน") return BudgetCategory::subsidy;
  if (first == "งบรายจ่ายอื่น") return BudgetCategory::other;
  if (first != "งบลงทุน") return std::nullopt;
  constexpr std::string_view equipment = "ค่าครุภัณฑ์", building = "ค่าที่ดินและสิ่งก่อสร้าง";
  const bool both = third.starts_with(equipment) && third.find("สิ่งก่อสร้าง") != third.npos;
  if (third.starts_with(equipment) && !both) return BudgetCategory::equipment;
  if (third.starts_with(building)) return BudgetCategory::land_and_buildings;
  if (!third.empty()) return std::nullopt;
  if (fourth.starts_with("ครุภัณฑ์")) return BudgetCategory::equipment;
  if (fourth.starts_with(building)) return BudgetCategory::land_and_buildings;
  return std::nullopt;
}

struct Line {
  AreaCode province;
  FiscalYear fiscal_year;
  Text<0, 500> project;
  BudgetLine line;
};

class Reader {
 public:
  Reader(const areas::Register& areas) : areas_(areas) {}

  ImportedLines out;
  std::optional<Problem> refused;

  documents::Reading read(const documents::Row& row) {
    if (!places_) {
      auto places = places_of(row);
      if (!places.ok()) {
        refused = std::move(places).problem();
        return documents::Reading::stop;
      }
      places_ = *places;
      return documents::Reading::carry_on;
    }
    read_line(row);
    return documents::Reading::carry_on;
  }

  ImportedLines finish() && {
    for (auto& group : groups_) take(group);
    std::sort(out.faults.begin(), out.faults.end(),
              [](const auto& a, const auto& b) { return a.row < b.row; });
    return std::move(out);
  }

 private:
  struct Group {
    ImportedProject project;
    std::vector<ImportFault> rows;  // as they are listed when the project is held back
    bool broken = false;
  };

  std::string text(const documents::Row& row, Column column) const {
    const auto place = (*places_)[column];
    return place < 0 ? "" : trimmed(row.at(static_cast<std::size_t>(place)).text);
  }

  void read_line(const documents::Row& row) {
    ++out.rows;
    const auto money = amount_of(text(row, amount));
    if (money) out.all = out.all.plus(*money).value_or(out.all);
    const auto fault = [&](Why why) {
      return ImportFault{row.number, std::move(why.code), std::move(why.th), std::move(why.en),
                         money.value_or(Satang())};
    };
    auto place = place_of(row);
    if (!place.ok()) {
      const auto& field = place.problem().fields.front();
      out.faults.push_back(fault({field.code, field.th, field.en}));
      return;
    }
    auto& group = group_of(*place);
    group.project.last_row = row.number;
    auto line = line_of(row, money);
    if (line.ok() &&
        group.project.content.budget.size() < decltype(ProjectContent::budget)::length_max) {
      group.project.content.budget.push_back(std::move(*line));
      group.rows.push_back(
          fault({"held_back", "โครงการนี้มีแถวที่อ่านไม่ได้ จึงพักไว้ทั้งโครงการ",
                 "the project has a row that cannot be read, so all of it is held back"}));
      return;
    }
    group.broken = true;
    if (line.ok()) {
      group.rows.push_back(fault({"too_many_lines", "โครงการมีรายการเกิน 400 รายการ",
                                  "the project has more than 400 lines"}));
      return;
    }
    const auto& field = line.problem().fields.front();
    group.rows.push_back(fault({field.code, field.th, field.en}));
  }

  static std::optional<Satang> amount_of(const std::string& typed) {
    const auto number = documents::parse_number(typed);
    if (!number.ok() || number->percent || number->millionths % 10'000 != 0) return std::nullopt;
    return Satang::of_count(number->millionths / 10'000);
  }

  static Problem refusal(std::string code, std::string th, std::string en) {
    return Problem({{"", std::move(code), std::move(th), std::move(en)}});
  }

  // Whose project it is: without this the row belongs to no project.
  Result<Line> place_of(const documents::Row& row) const {
    if (const auto type = text(row, unit); !type.empty() && type != "จังหวัด")
      return refusal("not_a_province", "เป็นงบของ" + type + " ไม่ได้ระบุจังหวัด",
                     "the money is not a province's: " + type);
    Line line;
    const auto code = AreaCode::parse(text(row, province));
    const auto* area = code ? areas_.find(*code) : nullptr;
    if (!area || area->level != AreaLevel::province)
      return refusal("unknown_province", "ไม่พบจังหวัดรหัส “" + text(row, province) + "”",
                     "there is no province “" + text(row, province) + "”");
    if (const auto name = text(row, province_name); !name.empty() && name != area->name_th.text())
      return refusal(
          "province_disagrees",
          "รหัส " + code->text() + " คือ" + area->name_th.text() + " แต่แถวเขียนว่า " + name,
          "code " + code->text() + " is " + area->name_en.text() + ", and the row says " + name);
    line.province = *code;
    const auto fiscal_year = documents::parse_fiscal_year(text(row, year));
    if (!fiscal_year.ok())
      return refusal("unreadable_year", "อ่านปีงบประมาณไม่ได้: “" + text(row, year) + "”",
                     "the fiscal year cannot be read: “" + text(row, year) + "”");
    line.fiscal_year = *fiscal_year;
    const auto name = Text<0, 500>::parse(text(row, project));
    if (!name || name->empty())
      return refusal("no_project", "ไม่มีชื่อโครงการ", "there is no name of a project");
    line.project = *name;
    return line;
  }

  Result<BudgetLine> line_of(const documents::Row& row, const std::optional<Satang>& money) const {
    if (const auto doubts = text(row, doubt); !doubts.empty())
      return refusal("doubted", "ผู้อ่านเอกสารบันทึกข้อสงสัยไว้: " + doubts,
                     "whoever read the document doubted it: " + doubts);
    if (!money)
      return refusal("unreadable_amount", "อ่านวงเงินไม่ได้: “" + text(row, amount) + "”",
                     "the amount cannot be read: “" + text(row, amount) + "”");
    const auto category = category_of(text(row, cat1), text(row, cat3), text(row, cat4));
    if (!category)
      return refusal(
          "unreadable_category",
          "อ่านหมวดรายจ่ายไม่ได้: “" + text(row, cat1) + " / " + text(row, cat3) + "”",
          "the category cannot be read: “" + text(row, cat1) + " / " + text(row, cat3) + "”");
    const auto words = Text<0, 1000>::parse(text(row, item));
    if (!words || words->empty())
      return refusal("no_item", "ไม่มีชื่อรายการ", "there is no name of an item");
    BudgetLine line;
    line.category = *category;
    line.item_th = *words;
    line.amount_satang = *money;
    return line;
  }

  Group& group_of(const Line& line) {
    const std::tuple key{line.province, line.fiscal_year, line.project.text()};
    const auto [found, added] = by_name_.emplace(key, groups_.size());
    if (added) {
      Group group;
      group.project.province = line.province;
      group.project.fiscal_year = line.fiscal_year;
      group.project.content.name_th = line.project;
      auto number = std::to_string(++numbers_[{line.province, line.fiscal_year}]);
      number.insert(0, number.size() < 3 ? 3 - number.size() : 0, '0');
      group.project.code = *ProjectCode::parse(std::to_string(line.fiscal_year.buddhist()) + "-" +
                                               line.province.text() + "-" + number);
      groups_.push_back(std::move(group));
    }
    return groups_[found->second];
  }

  void take(Group& group) {
    const auto total = total_of(group.project.content);
    if (!group.broken && total) {
      group.project.first_row = group.rows.front().row;
      out.taken = out.taken.plus(*total).value_or(out.taken);
      out.projects.push_back(std::move(group.project));
      return;
    }
    for (auto& row : group.rows) out.faults.push_back(std::move(row));
  }

  const areas::Register& areas_;
  std::optional<Places> places_;
  std::vector<Group> groups_;
  std::map<std::tuple<AreaCode, FiscalYear, std::string>, std::size_t> by_name_;
  std::map<std::pair<AreaCode, FiscalYear>, int> numbers_;
};

}  // namespace

Result<ImportedLines> read_budget_lines(std::string_view bytes, std::string_view file_name,
                                        const areas::Register& areas) {
  Reader reader(areas);
  TRY(documents::read_sheet(bytes, file_name, {},
                            [&](const documents::Row& row) { return reader.read(row); }));
  if (reader.refused) return *std::move(reader.refused);
  return std::move(reader).finish();
}

}  // namespace changwat::plans
