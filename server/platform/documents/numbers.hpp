#pragma once
// What officers type into cells: quantities, ratios, "no data", years, months, dates, quarters.
//
// Called by importers and by forms that take free text. Pure; any thread; no locale, no clock.
// Nothing is guessed: what could mean two things is refused, and every refusal is one FieldError
// with an empty pointer that says in Thai and English what was expected. at_cell() fills it in.
//
// Years: 2400 and above are Buddhist (minus 543), below are Common Era; two digits are B.E. 25xx.
// An explicit "พ.ศ." or "ค.ศ." must agree with that.

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "base/result.hpp"
#include "base/time.hpp"

#include "platform/documents/sheet.hpp"

namespace changwat::documents {

// An exact decimal of at most six places; ranges wider than the base word Decimal, for sums in
// baht.
struct Number {
  std::string text;  // canonical: "-1234.50"; ASCII digits, no separators, places as typed
  std::int64_t millionths = 0;  // the value times 1,000,000
  bool percent = false;         // "ร้อยละ 85", "85 %": the value is 85

  friend bool operator==(const Number&, const Number&) = default;
};

// "1:2,500", "1 ต่อ 2,500". Both sides are positive.
struct Ratio {
  Number first;
  Number second;

  friend bool operator==(const Ratio&, const Ratio&) = default;
};

// "-", "ไม่มีข้อมูล", "n/a", or nothing at all.
struct Missing {
  friend bool operator==(const Missing&, const Missing&) = default;
};

using Quantity = std::variant<Missing, Number, Ratio>;

// What to do with more than six places: formulas make 66.6666666666667, people do not.
enum class ExcessPlaces { refuse, round };

// Refusal codes: not_a_number, range, comparison, with_unit, bad_grouping, two_signs, too_precise,
// out_of_range, ambiguous, wrong_type.
Result<Quantity> parse_quantity(std::string_view typed, ExcessPlaces excess = ExcessPlaces::refuse);
Result<Quantity> parse_quantity(const Cell& cell, ExcessPlaces excess = ExcessPlaces::refuse);
Result<Number> parse_number(std::string_view typed, ExcessPlaces excess = ExcessPlaces::refuse);

struct FiscalQuarter {
  FiscalYear year;
  int quarter = 1;  // 1..4; the first is October to December

  friend auto operator<=>(const FiscalQuarter&, const FiscalQuarter&) = default;
};

// A year with no word on whether it is fiscal: the caller knows from its column. Gregorian.
struct Year {
  int gregorian = 0;

  friend auto operator<=>(const Year&, const Year&) = default;
};

// Refusal codes: not_a_date, not_a_month, not_a_year, not_a_quarter, no_such_day, out_of_range.
Result<Date> parse_date(std::string_view typed);  // "31/12/2563", "๓๑ ธ.ค. ๖๓", "2020-12-31"
Result<Month> parse_month(
    std::string_view typed);  // "ม.ค. 64", "มกราคม 2564", "01/2564", "2021-01"
Result<Year> parse_year(std::string_view typed);  // "2564", "2569.0", "ปี 64", "พ.ศ. 2564"
Result<FiscalYear> parse_fiscal_year(
    std::string_view typed);  // as parse_year; "ปีงบประมาณ 2564", "FY2021"
Result<FiscalQuarter> parse_fiscal_quarter(std::string_view typed);  // "ไตรมาส 1/2564", "2564-Q1"
// A column of months in which years stand apart: "Apr", "เม.ย.", "4" -> 4.
Result<int> parse_month_name(std::string_view typed);

// Whichever of the above the text is. Year, FiscalQuarter, Month and Date cannot be confused:
// they have one, two (with a quarter's mark), two and three parts.
using Period = std::variant<Year, FiscalQuarter, Month, Date>;
Result<Period> parse_period(std::string_view typed);

// The same problem with the cell it is about: at_cell(problem, "Sheet1!C7").
Problem at_cell(Problem problem, std::string_view pointer);

}  // namespace changwat::documents
