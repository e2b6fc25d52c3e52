#include "platform/documents/numbers.hpp"

#include <gtest/gtest.h>

namespace changwat::documents {
namespace {

std::string shown(const Number& n) {
  return n.text + (n.percent ? "%" : "") + "=" + std::to_string(n.millionths);
}

// The outcome in one line: a value, or "!code".
std::string outcome(const Result<Quantity>& result) {
  if (!result.ok()) return "!" + result.problem().fields.at(0).code;
  if (std::holds_alternative<Missing>(*result)) return "missing";
  if (const auto* ratio = std::get_if<Ratio>(&*result))
    return ratio->first.text + " : " + ratio->second.text;
  return shown(std::get<Number>(*result));
}

struct Case {
  const char* typed;
  const char* expected;
};

TEST(Quantities, AreReadTheWayOfficersTypeThem) {
  const Case cases[] = {{"0", "0=0"},
                        {"7", "7=7000000"},
                        {"007", "7=7000000"},
                        {"1234.50", "1234.50=1234500000"},
                        {"1,234,567.89", "1234567.89=1234567890000"},
                        {"1 234 567", "1234567=1234567000000"},
                        {"1\u00A0234", "1234=1234000000"},
                        {"๑,๒๓๔.๕", "1234.5=1234500000"},
                        {"  85  ", "85=85000000"},
                        {".5", "0.5=500000"},
                        {"-5", "-5=-5000000"},
                        {"- 5", "-5=-5000000"},
                        {"−5", "-5=-5000000"},
                        {"–5", "-5=-5000000"},
                        {"5-", "-5=-5000000"},
                        {"(5)", "-5=-5000000"},
                        {"(1,234.5)", "-1234.5=-1234500000"},
                        {"+5", "5=5000000"},
                        {"-0", "0=0"},
                        {"-0.00", "0.00=0"},
                        {"0.000001", "0.000001=1"},
                        {"ร้อยละ 85", "85%=85000000"},
                        {"ร้อยละ๘๕.๕", "85.5%=85500000"},
                        {"85 %", "85%=85000000"},
                        {"85%", "85%=85000000"},
                        {"-1.5%", "-1.5%=-1500000"},
                        {"ร้อยละ -1.5", "-1.5%=-1500000"},
                        {"85 เปอร์เซ็นต์", "85%=85000000"},
                        {"1:2,500", "1 : 2500"},
                        {"1 : 2500", "1 : 2500"},
                        {"๑:๒,๕๐๐", "1 : 2500"},
                        {"1 ต่อ 2,500", "1 : 2500"},
                        {"0.5:3", "0.5 : 3"},
                        {"-", "missing"},
                        {"–", "missing"},
                        {"--", "missing"},
                        {"", "missing"},
                        {"  ", "missing"},
                        {"ไม่มีข้อมูล", "missing"},
                        {"n/a", "missing"},
                        {"N/A", "missing"},
                        {"NA", "missing"},
                        {"รอข้อมูล", "missing"},
                        {"9223372036854.775807", "9223372036854.775807=9223372036854775807"},
                        {"-9223372036854.775807", "-9223372036854.775807=-9223372036854775807"},
                        {"5.0000000000", "5.000000=5000000"},
                        {"3022.9100000000003", "3022.91=3022910000"},
                        {"0.30000000000000004", "0.3=300000"},
                        {"0.29999999999999998", "0.3=300000"},
                        {"136.60999999999999", "136.61=136610000"},
                        {"987.0099999999992", "987.01=987010000"},
                        {"82.3599999999999", "82.36=82360000"},
                        {"123456789.12000002", "123456789.12=123456789120000"}};
  for (const auto& c : cases) EXPECT_EQ(outcome(parse_quantity(c.typed)), c.expected) << c.typed;
}

TEST(Quantities, AreRefusedWhenTheyCouldMeanTwoThings) {
  const Case cases[] = {{"10-20", "!range"},
                        {"10 - 20", "!range"},
                        {"๑๐–๒๐", "!range"},
                        {"10 ถึง 20", "!range"},
                        {"10~20", "!range"},
                        {"10%-20%", "!range"},
                        {">= 80", "!comparison"},
                        {"≥80", "!comparison"},
                        {"ไม่น้อยกว่า 80", "!comparison"},
                        {"ไม่เกินร้อยละ 5", "!comparison"},
                        {"~10", "!comparison"},
                        {"ไม่มี", "!ambiguous"},
                        {"12 คน", "!with_unit"},
                        {"1.5 ล้าน", "!with_unit"},
                        {"1e5", "!with_unit"},
                        {"1,23", "!bad_grouping"},
                        {"12,34,567", "!bad_grouping"},
                        {"1234,567", "!bad_grouping"},
                        {"1.234.567", "!bad_grouping"},
                        {"1, 234", "!bad_grouping"},
                        {"1,234 567", "!bad_grouping"},
                        {",5", "!bad_grouping"},
                        {"--5", "!two_signs"},
                        {"-(5)", "!two_signs"},
                        {"(-5)", "!two_signs"},
                        {"-5-", "!two_signs"},
                        {"1.2345678", "!too_precise"},
                        {"1234567890123.1234567", "!too_precise"},
                        {"1.2340000000567", "!too_precise"},
                        {"9223372036854.775808", "!out_of_range"},
                        {"99999999999999999999", "!out_of_range"},
                        {"0:5", "!out_of_range"},
                        {"1:0", "!out_of_range"},
                        {"1:2:3", "!not_a_number"},
                        {"5.", "!not_a_number"},
                        {".", "!not_a_number"},
                        {"abc", "!not_a_number"},
                        {"%", "!not_a_number"},
                        {"31/12/2563", "!not_a_number"},
                        {"\xE0\xB8", "!not_text"}};
  for (const auto& c : cases) EXPECT_EQ(outcome(parse_quantity(c.typed)), c.expected) << c.typed;
}

TEST(Quantities, RefusalsSayWhatWasExpectedInBothLanguages) {
  for (const char* typed : {"10-20", "abc", "1,23", "1.2345678", "12 คน", ">5", "ไม่มี"}) {
    const auto result = parse_quantity(typed);
    ASSERT_FALSE(result.ok()) << typed;
    const FieldError& field = result.problem().fields.at(0);
    EXPECT_TRUE(field.pointer.empty());
    EXPECT_NE(
        field.th.find("โปรด") != std::string::npos || field.th.find("ต้อง") != std::string::npos,
        false)
        << field.th;
    EXPECT_NE(field.en.size(), 0u);
  }
}

TEST(Quantities, RoundOnlyWhenAsked) {
  EXPECT_EQ(outcome(parse_quantity("66.6666666666667")), "!too_precise");
  EXPECT_EQ(outcome(parse_quantity("66.6666666666667", ExcessPlaces::round)), "66.666667=66666667");
  EXPECT_EQ(outcome(parse_quantity("0.9999999", ExcessPlaces::round)), "1.000000=1000000");
  EXPECT_EQ(outcome(parse_quantity("-9.99999999", ExcessPlaces::round)), "-10.000000=-10000000");
}

Cell cell_of(CellKind kind, std::string text, bool percent = false) {
  Cell cell;
  cell.kind = kind;
  cell.text = text;
  cell.number = kind == CellKind::number ? text : "";
  cell.percent = percent;
  return cell;
}

TEST(Quantities, OfACellFollowItsKind) {
  EXPECT_EQ(outcome(parse_quantity(Cell{})), "missing");
  EXPECT_EQ(outcome(parse_quantity(cell_of(CellKind::text, "1:2,500"))), "1 : 2500");
  EXPECT_EQ(outcome(parse_quantity(cell_of(CellKind::number, "1.5E-3"))), "0.0015=1500");
  EXPECT_EQ(outcome(parse_quantity(cell_of(CellKind::number, "1.25E+6"))), "1250000=1250000000000");
  EXPECT_EQ(outcome(parse_quantity(cell_of(CellKind::number, "-3022.9100000000003"))),
            "-3022.91=-3022910000");
  EXPECT_EQ(outcome(parse_quantity(cell_of(CellKind::number, "1E+300"))), "!out_of_range");
  EXPECT_EQ(outcome(parse_quantity(cell_of(CellKind::boolean, "true"))), "!wrong_type");
  EXPECT_EQ(outcome(parse_quantity(cell_of(CellKind::date, "01:25:00"))), "!wrong_type");
  EXPECT_EQ(outcome(parse_quantity(cell_of(CellKind::error, "#DIV/0!"))), "!wrong_type");
  EXPECT_EQ(outcome(parse_quantity(cell_of(CellKind::error, "#N/A"))), "missing");
}

TEST(Quantities, ShownAsPercentAreWhatTheOfficerSees) {
  EXPECT_EQ(outcome(parse_quantity(cell_of(CellKind::number, "0.85", true))), "85%=85000000");
  EXPECT_EQ(outcome(parse_quantity(cell_of(CellKind::number, "0.0123", true))), "1.23%=1230000");
  EXPECT_EQ(outcome(parse_quantity(cell_of(CellKind::number, "1", true))), "100%=100000000");
  EXPECT_EQ(outcome(parse_quantity(cell_of(CellKind::number, "0.57999999999999996", true))),
            "58%=58000000");
}

template <class T, class Show>
std::string outcome_of(const Result<T>& result, Show show) {
  return result.ok() ? show(*result) : "!" + result.problem().fields.at(0).code;
}
std::string date(const char* typed) {
  return outcome_of(parse_date(typed), [](Date d) { return d.text(); });
}
std::string month(const char* typed) {
  return outcome_of(parse_month(typed), [](Month m) { return m.text(); });
}
std::string year(const char* typed) {
  return outcome_of(parse_year(typed), [](Year y) { return std::to_string(y.gregorian); });
}
std::string quarter(const char* typed) {
  return outcome_of(parse_fiscal_quarter(typed), [](FiscalQuarter q) {
    return std::to_string(q.year.count()) + "-Q" + std::to_string(q.quarter);
  });
}

TEST(Dates, AreReadInBothErasAndAllSpellings) {
  const Case cases[] = {{"31/12/2563", "2020-12-31"},
                        {"31-12-2563", "2020-12-31"},
                        {"31.12.2563", "2020-12-31"},
                        {"31/12/2020", "2020-12-31"},
                        {"31/12/63", "2020-12-31"},
                        {"1/2/2564", "2021-02-01"},
                        {"๓๑ ธ.ค. ๖๓", "2020-12-31"},
                        {"31 ธ.ค. 2563", "2020-12-31"},
                        {"31ธค63", "2020-12-31"},
                        {"31 ธันวาคม 2563", "2020-12-31"},
                        {"วันที่ 31 ธันวาคม พ.ศ. 2563", "2020-12-31"},
                        {"วันพฤหัสบดีที่ 31 ธันวาคม พ.ศ. ๒๕๖๓", "2020-12-31"},
                        {"31 เดือนธันวาคม 2563", "2020-12-31"},
                        {"31 December 2020", "2020-12-31"},
                        {"31 Dec 2020", "2020-12-31"},
                        {"31-Dec-2020", "2020-12-31"},
                        {"2020-12-31", "2020-12-31"},
                        {"2563-12-31", "2020-12-31"},
                        {"2020/12/31", "2020-12-31"},
                        {"2020-12-31T09:30:00", "2020-12-31"},
                        {"31/12/2563 09:30", "2020-12-31"},
                        {"29/2/2563", "2020-02-29"},
                        {"29 ก.พ. 63", "2020-02-29"},
                        {"31 ธ.ค. ค.ศ. 2020", "2020-12-31"},
                        {"29/2/2564", "!no_such_day"},
                        {"12/31/2020", "!no_such_day"},
                        {"31/4/2564", "!no_such_day"},
                        {"0/1/2564", "!no_such_day"},
                        {"31/12", "!not_a_date"},
                        {"ธ.ค. 63", "!not_a_date"},
                        {"2563", "!not_a_date"},
                        {"31/12-2563", "!not_a_date"},
                        {"31/12/", "!not_a_date"},
                        {"", "!not_a_date"},
                        {"พรุ่งนี้", "!not_a_date"},
                        {"31 ธ.ค. พ.ศ. 2020", "!out_of_range"},
                        {"31 ธ.ค. ค.ศ. 2563", "!out_of_range"},
                        {"31 ธ.ค. 563", "!out_of_range"},
                        {"1-3 ม.ค. 64", "!not_a_date"},
                        {"44196", "!not_a_date"}};
  for (const auto& c : cases) EXPECT_EQ(date(c.typed), c.expected) << c.typed;
}

TEST(Months, AreReadByNameAndNumber) {
  const Case cases[] = {{"ม.ค. 64", "2021-01"},
                        {"มกราคม 2564", "2021-01"},
                        {"ม.ค.64", "2021-01"},
                        {"มค 64", "2021-01"},
                        {"เดือนมกราคม พ.ศ. ๒๕๖๔", "2021-01"},
                        {"ก.ย. 2564", "2021-09"},
                        {"กรกฏาคม 2564", "2021-07"},
                        {"Jan 2021", "2021-01"},
                        {"Sept 2021", "2021-09"},
                        {"01/2564", "2021-01"},
                        {"2021-01", "2021-01"},
                        {"2564 ม.ค.", "2021-01"},
                        {"2564-01", "2021-01"},
                        {"13/2564", "!not_a_month"},
                        {"00/2564", "!not_a_month"},
                        {"01/64", "!not_a_month"},
                        {"2564", "!not_a_month"},
                        {"1 ม.ค. 64", "!not_a_month"},
                        {"ม.ค.", "!not_a_month"},
                        {"ม.ค. ก.พ. 64", "!not_a_month"}};
  for (const auto& c : cases) EXPECT_EQ(month(c.typed), c.expected) << c.typed;
}

TEST(Years, AreReadByTheRuleOf2400) {
  const Case cases[] = {{"2564", "2021"},
                        {"๒๕๖๔", "2021"},
                        {"2021", "2021"},
                        {"2569.0", "2026"},
                        {"64", "2021"},
                        {"ปี 64", "2021"},
                        {"พ.ศ. 2564", "2021"},
                        {"ปี พ.ศ. 2564", "2021"},
                        {"ค.ศ. 2021", "2021"},
                        {"ปีงบประมาณ 2564", "2021"},
                        {"ปีงบประมาณ พ.ศ. 2564", "2021"},
                        {"FY2021", "2021"},
                        {"FY 2564", "2021"},
                        {"2400", "1857"},
                        {"2399", "!out_of_range"},
                        {"1799", "!out_of_range"},
                        {"564", "!out_of_range"},
                        {"ค.ศ. 2564", "!out_of_range"},
                        {"ค.ศ. 21", "!out_of_range"},
                        {"พ.ศ. 2021", "!out_of_range"},
                        {"2569.5", "!not_a_year"},
                        {"2564-2565", "!not_a_year"},
                        {"", "!not_a_year"}};
  for (const auto& c : cases) EXPECT_EQ(year(c.typed), c.expected) << c.typed;
  EXPECT_EQ(parse_fiscal_year("ปีงบประมาณ 2564")->count(), 2021);
  EXPECT_EQ(parse_fiscal_year("1900").problem().fields.at(0).code, "out_of_range");
}

TEST(Quarters, AreFiscalAndHaveAMark) {
  const Case cases[] = {{"ไตรมาส 1/2564", "2021-Q1"},
                        {"ไตรมาสที่ 4 ปีงบประมาณ พ.ศ. 2564", "2021-Q4"},
                        {"ไตรมาส ๒/๖๔", "2021-Q2"},
                        {"Q1/2564", "2021-Q1"},
                        {"2564-Q1", "2021-Q1"},
                        {"2564Q3", "2021-Q3"},
                        {"Q2 FY2021", "2021-Q2"},
                        {"ไตรมาส 5/2564", "!out_of_range"},
                        {"1/2564", "!not_a_quarter"},
                        {"ไตรมาส 1", "!not_a_quarter"},
                        {"ไตรมาส 1-2/2564", "!not_a_quarter"},
                        {"ไตรมาส 0/2564", "!out_of_range"}};
  for (const auto& c : cases) EXPECT_EQ(quarter(c.typed), c.expected) << c.typed;
}

TEST(Periods, TellTheirKindByTheirParts) {
  EXPECT_TRUE(std::holds_alternative<Year>(*parse_period("2569.0")));
  EXPECT_TRUE(std::holds_alternative<FiscalQuarter>(*parse_period("2569-Q1")));
  EXPECT_TRUE(std::holds_alternative<Month>(*parse_period("ม.ค. 64")));
  EXPECT_TRUE(std::holds_alternative<Date>(*parse_period("31/12/2563")));
  EXPECT_EQ(parse_period("ต้นปี").problem().fields.at(0).code, "not_a_period");
}

TEST(Periods, HaveMonthsThatMayStandAlone) {
  EXPECT_EQ(*parse_month_name("เม.ย."), 4);
  EXPECT_EQ(*parse_month_name("Apr"), 4);
  EXPECT_EQ(*parse_month_name("๐๔"), 4);
  EXPECT_FALSE(parse_month_name("13").ok());
  EXPECT_FALSE(parse_month_name("เมษา 64").ok());
}

TEST(Refusals, CarryTheCellTheyAreAbout) {
  const Problem problem = at_cell(parse_quantity("abc").problem(), "Sheet1!C7");
  EXPECT_EQ(problem.fields.at(0).pointer, "Sheet1!C7");
}

}  // namespace
}  // namespace changwat::documents
