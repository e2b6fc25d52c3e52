// Fuzzes what officers type: no text may break a parser, and what was understood must be understood
// the same again from its canonical text.
//
// clang++-14 -std=c++20 -g -O1 -fsanitize=fuzzer,address,undefined -Iserver
// tests/fuzz/numbers_fuzz.cpp
//   server/platform/documents/{numbers,number_format}.cpp server/base/{check,utf8,time}.cpp

#include <cstddef>
#include <cstdint>

#include "base/utf8.hpp"

#include "platform/documents/number_format.hpp"
#include "platform/documents/numbers.hpp"

namespace documents = changwat::documents;

namespace {

void check_problem(const changwat::Problem& problem) {
  CHECK(!problem.fields.empty());
  for (const auto& field : problem.fields) {
    CHECK(!field.code.empty() && !field.th.empty() && !field.en.empty());
    CHECK(changwat::utf8::valid(field.th) && changwat::utf8::valid(field.en));
  }
}

void check_number(const documents::Number& number) {
  const auto again = documents::parse_number(number.text);
  CHECK(again.ok() && again->millionths == number.millionths && again->text == number.text);
}

void check_quantity(const changwat::Result<documents::Quantity>& quantity) {
  if (!quantity.ok()) return check_problem(quantity.problem());
  if (const auto* number = std::get_if<documents::Number>(&*quantity)) check_number(*number);
  if (const auto* ratio = std::get_if<documents::Ratio>(&*quantity)) {
    check_number(ratio->first);
    check_number(ratio->second);
  }
}

void check_times(std::string_view typed) {
  const auto date = documents::parse_date(typed);
  if (date.ok())
    CHECK(*documents::parse_date(date->text()) == *date);
  else
    check_problem(date.problem());
  const auto month = documents::parse_month(typed);
  if (month.ok()) CHECK(*documents::parse_month(month->text()) == *month);
  const auto period = documents::parse_period(typed);
  if (!period.ok()) check_problem(period.problem());
  CHECK(!date.ok() || !month.ok());
  (void)documents::parse_fiscal_year(typed).ok();
  (void)documents::parse_fiscal_quarter(typed).ok();
  (void)documents::parse_month_name(typed).ok();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view typed(reinterpret_cast<const char*>(data), size);
  check_quantity(documents::parse_quantity(typed));
  check_quantity(documents::parse_quantity(typed, documents::ExcessPlaces::round));
  documents::Cell cell;
  cell.kind = documents::CellKind::number;
  cell.number = typed;
  cell.percent = size % 2 == 1;
  check_quantity(documents::parse_quantity(cell));
  check_times(typed);
  (void)documents::format_of_code(typed);
  return 0;
}
