// libFuzzer target: dates, instants, months, decimals and texts are parsed without harm, and
// whatever is accepted has one spelling that reads back the same. Built and run by tests/fuzz/run.

#include <cstddef>
#include <cstdint>

#include "base/decimal.hpp"
#include "base/result.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "base/utf8.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace changwat;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto date = Date::parse(text)) {
    CHECK(date->text() == text);
    CHECK(!thai::date(*date).empty());
    const auto year = FiscalYear::of(*date);
    CHECK(year.first_day() <= *date && *date <= year.last_day());
  }
  if (const auto at = Instant::parse(text)) {
    CHECK(Instant::parse(at->text()) == at);
    CHECK(thai::date_and_time(*at).size() > 20);
  }
  if (const auto month = Month::parse(text)) CHECK(month->text() == text);
  if (const auto number = Decimal::parse(text)) CHECK(Decimal::parse(number->text()) == number);
  if (const auto clean = Text<1, 40>::parse(text)) {
    CHECK(utf8::valid(clean->text()));
    CHECK((Text<1, 40>::parse(clean->text())) == clean);
  }
  return 0;
}
