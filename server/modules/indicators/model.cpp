#include "modules/indicators/model.hpp"

#include <charconv>

namespace changwat::indicators {
namespace {

std::optional<int> number_in(std::string_view digits, int low, int high) {
  int n = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), n);
  if (error != std::errc() || end != digits.data() + digits.size() || n < low || n > high)
    return std::nullopt;
  return n;
}

std::optional<FiscalYear> year_of(std::string_view text) {
  if (text.size() != 4) return std::nullopt;
  const auto year = number_in(text, 1950, 2199);
  return year ? FiscalYear::of_count(*year) : std::nullopt;
}

// Of a period that ends in this month and is longer than a month.
int fiscal_year_of(int last_month) {
  return (last_month + 3) / 12;
}
int quarter_of(int last_month) {
  return (last_month + 3) % 12 / 3 + 1;
}

constexpr const char* english_months[] = {"January",   "February", "March",    "April",
                                          "May",       "June",     "July",     "August",
                                          "September", "October",  "November", "December"};

}  // namespace

KpiPeriod KpiPeriod::of(FiscalYear year) {
  return {month_index(static_cast<int>(year.count()), 9), 12};
}

KpiPeriod KpiPeriod::of(FiscalYear year, int quarter) {
  return {month_index(static_cast<int>(year.count()), 9) - 3 * (4 - quarter), 3};
}

KpiPeriod KpiPeriod::of(Month month) {
  return {month.index(), 1};
}

std::optional<KpiPeriod> KpiPeriod::parse(std::string_view raw) {
  if (raw.size() == 4) {
    const auto year = year_of(raw);
    return year ? std::optional(of(*year)) : std::nullopt;
  }
  if (raw.size() == 7 && raw.substr(4, 2) == "-Q") {
    const auto year = year_of(raw.substr(0, 4));
    const auto quarter = number_in(raw.substr(6), 1, 4);
    return year && quarter ? std::optional(of(*year, *quarter)) : std::nullopt;
  }
  const auto month = Month::parse(raw);
  if (!month || month->year() < 1950 || month->year() > 2199) return std::nullopt;
  return of(*month);
}

Word KpiPeriod::word() {
  return {
      .name = "KpiPeriod",
      .format = "",
      .pattern = "^[0-9]{4}(-(0[1-9]|1[0-2]|Q[1-4]))?$",
      .min = 4,
      .max = 7,
      .th = "ต้องเป็นเดือน เช่น 2021-03 ไตรมาสของปีงบประมาณ เช่น 2021-Q2 หรือปีงบประมาณ เช่น 2021 (ค.ศ.)",
      .en =
          "must be a month like 2021-03, a quarter of a fiscal year like 2021-Q2, or a fiscal year "
          "like 2021"};
}

std::string KpiPeriod::text() const {
  if (months_ == 1) return Month::of_index(last_month_).text();
  const auto year = std::to_string(fiscal_year_of(last_month_));
  return months_ == 12 ? year : year + "-Q" + std::to_string(quarter_of(last_month_));
}

std::string KpiPeriod::thai() const {
  const auto month = Month::of_index(last_month_);
  if (months_ == 1)
    return thai::month_name(month.month()) + " " + std::to_string(month.year() + 543);
  const auto year = std::to_string(fiscal_year_of(last_month_) + 543);
  if (months_ == 12) return "ปีงบประมาณ " + year;
  return "ไตรมาส " + std::to_string(quarter_of(last_month_)) + "/" + year;
}

std::string KpiPeriod::english() const {
  const auto month = Month::of_index(last_month_);
  if (months_ == 1) return english_months[month.month() - 1] + (" " + std::to_string(month.year()));
  const auto year = "FY " + std::to_string(fiscal_year_of(last_month_));
  return months_ == 12 ? year
                       : "quarter " + std::to_string(quarter_of(last_month_)) + " of " + year;
}

std::optional<WebAddress> WebAddress::parse(std::string_view raw) {
  constexpr std::size_t bytes_max = 1000;
  const bool scheme = raw.starts_with("https://") || raw.starts_with("http://");
  if (!scheme || raw.size() > bytes_max || raw.size() < 11) return std::nullopt;
  for (const char c : raw)
    if (c <= ' ' || c >= 127 || c == '"' || c == '<' || c == '>' || c == '\\') return std::nullopt;
  WebAddress address;
  address.value_ = raw;
  return address;
}

Word WebAddress::word() {
  return {.name = "WebAddress",
          .format = "uri",
          .pattern = "^https?://[!-~]+$",
          .min = 11,
          .max = 1000,
          .th = "ต้องเป็นที่อยู่เว็บที่ขึ้นต้นด้วย https:// หรือ http://",
          .en = "must be a web address beginning with https:// or http://"};
}

std::optional<ValueCursor> ValueCursor::parse(std::string_view raw) {
  const auto point = raw.find('.');
  const auto period = KpiPeriod::parse(raw.substr(0, point));
  const auto revision =
      point == raw.npos ? std::optional(0) : number_in(raw.substr(point + 1), 0, 1'000'000);
  if (!period || !revision) return std::nullopt;
  return ValueCursor(*period, *revision);
}

Word ValueCursor::word() {
  return {.name = "ValueCursor",
          .format = "",
          .pattern = "",
          .min = 4,
          .max = 16,
          .th = "ต้องเป็นค่า next ของหน้าก่อน",
          .en = "must be the `next` of the page before"};
}

}  // namespace changwat::indicators
