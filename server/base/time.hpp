#pragma once
// Date, Instant, FiscalYear, Month: when things are. Pure; the clock is platform's.
//
// Dates are Gregorian and travel as ISO 8601; the Buddhist era (B.E. = C.E. + 543) is a matter of
// display. Thailand is UTC+7 all year; "Bangkok" below means that offset.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/word.hpp"

namespace changwat {

// A calendar day, 1800-01-01 … 2299-12-31.
class Date {
 public:
  Date() = default;
  explicit Date(std::chrono::sys_days day) : day_(day) {}
  static std::optional<Date> parse(std::string_view iso);                 // "2021-03-12"
  static std::optional<Date> of(int year, unsigned month, unsigned day);  // Gregorian year
  std::string text() const;
  static Word word();

  std::chrono::sys_days day() const { return day_; }
  int year() const;  // Gregorian
  unsigned month() const;
  unsigned day_of_month() const;
  Date plus_days(int days) const { return Date(day_ + std::chrono::days(days)); }
  friend auto operator<=>(Date, Date) = default;

 private:
  std::chrono::sys_days day_{};
};

// A moment, in milliseconds, UTC; text "2021-03-12T16:59:59.000Z".
class Instant {
 public:
  Instant() = default;
  explicit Instant(std::int64_t unix_ms) : unix_ms_(unix_ms) {}
  static std::optional<Instant> parse(
      std::string_view iso);  // offset Z or ±hh:mm; seconds may have up to 3 places
  static Instant bangkok(Date date, int hour, int minute, int second);
  std::string text() const;
  static Word word();

  std::int64_t unix_ms() const { return unix_ms_; }
  Date bangkok_date() const;
  std::string bangkok_clock() const;  // "23:59:59"
  Instant plus_ms(std::int64_t ms) const { return Instant(unix_ms_ + ms); }
  friend auto operator<=>(Instant, Instant) = default;

 private:
  std::int64_t unix_ms_ = 0;
};

// The year of the public budget: 1 October of the year before to 30 September. Counted by the
// Gregorian year in which it ends: 2021 is B.E. 2564. Source: Budget Procedures Act B.E. 2561,
// s. 4.
class FiscalYear {
 public:
  FiscalYear() = default;
  static std::optional<FiscalYear> of_count(std::int64_t year);  // 1950 … 2199
  static FiscalYear of(Date date);
  std::int64_t count() const { return year_; }
  int buddhist() const { return year_ + 543; }
  Date first_day() const;
  Date last_day() const;
  static Word word();
  friend auto operator<=>(FiscalYear, FiscalYear) = default;

 private:
  int year_ = 2021;
};

// A calendar month, text "2021-03".
class Month {
 public:
  Month() = default;
  static std::optional<Month> parse(std::string_view iso);
  static Month of_index(int index) {
    Month m;
    m.index_ = index;
    return m;
  }
  std::string text() const;
  static Word word();
  int index() const { return index_; }  // year * 12 + month - 1
  int year() const { return index_ / 12; }
  int month() const { return index_ % 12 + 1; }
  friend auto operator<=>(Month, Month) = default;

 private:
  int index_ = 2021 * 12;
};

namespace thai {
std::string month_name(int month);          // 1..12, "มีนาคม"
std::string month_short(int month);         // "มี.ค."
std::string date(Date date);                // "12 มีนาคม 2564"
std::string date_and_time(Instant moment);  // "12 มีนาคม 2564 เวลา 23.59.59 น."
std::string digits(std::string_view text);  // ASCII digits to Thai digits
std::string duration(std::int64_t ms);  // "2 วัน 3 ชั่วโมง 4 นาที 5 วินาที"; at least "1 วินาที"
}  // namespace thai
namespace english {
std::string date_and_time(Instant moment);  // "12 March 2021, 23:59:59 Bangkok time"
std::string duration(std::int64_t ms);
}  // namespace english

}  // namespace changwat
