#include "base/time.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

namespace changwat {
namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr std::int64_t ms_per_day = 86'400'000;
constexpr std::int64_t bangkok_ms = 7 * 3'600'000;

std::optional<int> digits_at(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size()) return std::nullopt;
  int value = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

// Every record carries times, so they are written without a format to read. `value` is not below 0;
// digits that do not fit are cut off.
void put_digits(std::string& out, std::size_t at, std::size_t count, int value) {
  for (; count > 0; value /= 10) out[at + --count] = static_cast<char>('0' + value % 10);
}

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
  return a / b - (a % b < 0 ? 1 : 0);
}

// Milliseconds of "hh:mm:ss[.fff]" and how many characters it took.
struct Clock {
  std::int64_t ms;
  std::size_t length;
};

std::optional<Clock> parse_clock(std::string_view text) {
  const auto hour = digits_at(text, 0, 2), minute = digits_at(text, 3, 2),
             second = digits_at(text, 6, 2);
  if (!hour || !minute || !second || text[2] != ':' || text[5] != ':') return std::nullopt;
  if (*hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
  Clock clock{((*hour * 60 + *minute) * 60 + *second) * std::int64_t{1000}, 8};
  if (text.size() > 8 && text[8] == '.') {
    int scale = 100;
    std::size_t i = 9;
    for (; i < text.size() && text[i] >= '0' && text[i] <= '9'; ++i, scale /= 10) {
      if (i > 11) return std::nullopt;
      clock.ms += (text[i] - '0') * scale;
    }
    if (i == 9) return std::nullopt;
    clock.length = i;
  }
  return clock;
}

std::optional<std::int64_t> parse_offset(std::string_view text) {
  if (text == "Z") return 0;
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
  const auto hours = digits_at(text, 1, 2), minutes = digits_at(text, 4, 2);
  if (!hours || !minutes || *hours > 14 || *minutes > 59) return std::nullopt;
  const std::int64_t ms = (*hours * 60 + *minutes) * std::int64_t{60'000};
  return text[0] == '+' ? ms : -ms;
}

struct Unit {
  std::int64_t ms;
  const char* th;
  const char* en;
};
constexpr std::array<Unit, 4> units{{{ms_per_day, "วัน", "day"},
                                     {3'600'000, "ชั่วโมง", "hour"},
                                     {60'000, "นาที", "minute"},
                                     {1000, "วินาที", "second"}}};

// Rounded up to whole seconds, so that "late by" is never nothing.
template <class Say>
std::string say_duration(std::int64_t ms, Say say) {
  std::int64_t rest = ms < 1000 ? 1000 : (ms + 999) / 1000 * 1000;
  std::string out;
  for (const auto& unit : units) {
    const auto n = rest / unit.ms;
    rest %= unit.ms;
    if (n == 0) continue;
    if (!out.empty()) out += ' ';
    out += say(n, unit);
  }
  return out;
}

constexpr std::array<const char*, 12> thai_months{"มกราคม",  "กุมภาพันธ์", "มีนาคม",    "เมษายน",
                                                  "พฤษภาคม", "มิถุนายน",  "กรกฎาคม",  "สิงหาคม",
                                                  "กันยายน",  "ตุลาคม",   "พฤศจิกายน", "ธันวาคม"};
constexpr std::array<const char*, 12> thai_months_short{"ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.",
                                                        "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.",
                                                        "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."};
constexpr std::array<const char*, 12> english_months{
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

}  // namespace

std::optional<Date> Date::of(int year, unsigned month, unsigned day) {
  const year_month_day ymd{std::chrono::year(year), std::chrono::month(month),
                           std::chrono::day(day)};
  if (!ymd.ok() || year < 1800 || year > 2299) return std::nullopt;
  return Date(sys_days(ymd));
}

std::optional<Date> Date::parse(std::string_view iso) {
  if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-') return std::nullopt;
  const auto year = digits_at(iso, 0, 4), month = digits_at(iso, 5, 2), day = digits_at(iso, 8, 2);
  if (!year || !month || !day) return std::nullopt;
  return of(*year, static_cast<unsigned>(*month), static_cast<unsigned>(*day));
}

std::string Date::text() const {
  const year_month_day ymd(day_);
  std::string out = "0000-00-00";
  put_digits(out, 0, 4, int(ymd.year()));
  put_digits(out, 5, 2, int(unsigned(ymd.month())));
  put_digits(out, 8, 2, int(unsigned(ymd.day())));
  return out;
}

Word Date::word() {
  return {.name = "Date",
          .format = "date",
          .pattern = "",
          .min = 10,
          .max = 10,
          .th = "ต้องเป็นวันที่ที่มีจริง เช่น 2021-03-12",
          .en = "must be a real date like 2021-03-12"};
}

int Date::year() const {
  return int(year_month_day(day_).year());
}
unsigned Date::month() const {
  return unsigned(year_month_day(day_).month());
}
unsigned Date::day_of_month() const {
  return unsigned(year_month_day(day_).day());
}

std::optional<Instant> Instant::parse(std::string_view iso) {
  if (iso.size() < 20 || iso[10] != 'T') return std::nullopt;
  const auto date = Date::parse(iso.substr(0, 10));
  const auto clock = parse_clock(iso.substr(11));
  if (!date || !clock) return std::nullopt;
  const auto offset = parse_offset(iso.substr(11 + clock->length));
  if (!offset) return std::nullopt;
  return Instant(date->day().time_since_epoch().count() * ms_per_day + clock->ms - *offset);
}

Instant Instant::bangkok(Date date, int hour, int minute, int second) {
  return Instant(date.day().time_since_epoch().count() * ms_per_day +
                 ((hour * 60 + minute) * 60 + second) * std::int64_t{1000} - bangkok_ms);
}

std::string Instant::text() const {
  const auto days = floor_div(unix_ms_, ms_per_day);
  const auto ms = unix_ms_ - days * ms_per_day;
  auto out = Date(sys_days(std::chrono::days(days))).text() + "T00:00:00.000Z";
  put_digits(out, 11, 2, int(ms / 3'600'000));
  put_digits(out, 14, 2, int(ms / 60'000 % 60));
  put_digits(out, 17, 2, int(ms / 1000 % 60));
  put_digits(out, 20, 3, int(ms % 1000));
  return out;
}

Word Instant::word() {
  return {.name = "Instant",
          .format = "date-time",
          .pattern = "",
          .min = 20,
          .max = 29,
          .th = "ต้องเป็นวันและเวลา เช่น 2021-03-12T16:59:59Z",
          .en = "must be a date and time like 2021-03-12T16:59:59Z"};
}

Date Instant::bangkok_date() const {
  return Date(sys_days(std::chrono::days(floor_div(unix_ms_ + bangkok_ms, ms_per_day))));
}

std::string Instant::bangkok_clock() const {
  return Instant(unix_ms_ + bangkok_ms).text().substr(11, 8);
}

std::optional<FiscalYear> FiscalYear::of_count(std::int64_t year) {
  if (year < 1950 || year > 2199) return std::nullopt;
  FiscalYear result;
  result.year_ = static_cast<int>(year);
  return result;
}

FiscalYear FiscalYear::of(Date date) {
  FiscalYear result;
  result.year_ = date.year() + (date.month() >= 10 ? 1 : 0);
  return result;
}

Date FiscalYear::first_day() const {
  return *Date::of(year_ - 1, 10, 1);
}
Date FiscalYear::last_day() const {
  return *Date::of(year_, 9, 30);
}

Word FiscalYear::word() {
  return {.name = "FiscalYear",
          .format = "",
          .pattern = "",
          .min = 1950,
          .max = 2199,
          .th = "ต้องเป็นปีงบประมาณเป็นปี ค.ศ. (พ.ศ. 2564 คือ 2021)",
          .en = "must be a fiscal year as the Gregorian year in which it ends (B.E. 2564 is 2021)"};
}

std::optional<Month> Month::parse(std::string_view iso) {
  if (iso.size() != 7 || iso[4] != '-') return std::nullopt;
  const auto year = digits_at(iso, 0, 4), month = digits_at(iso, 5, 2);
  if (!year || !month || *year < 1800 || *year > 2299 || *month < 1 || *month > 12)
    return std::nullopt;
  return of_index(*year * 12 + *month - 1);
}

std::string Month::text() const {
  char out[16];
  std::snprintf(out, sizeof out, "%04d-%02d", year(), month());
  return out;
}

Word Month::word() {
  return {.name = "Month",
          .format = "",
          .pattern = "^[0-9]{4}-(0[1-9]|1[0-2])$",
          .min = 7,
          .max = 7,
          .th = "ต้องเป็นเดือน เช่น 2021-03",
          .en = "must be a month like 2021-03"};
}

namespace thai {

std::string month_name(int month) {
  return thai_months.at(std::size_t(month - 1));
}
std::string month_short(int month) {
  return thai_months_short.at(std::size_t(month - 1));
}

std::string date(Date date) {
  return std::to_string(date.day_of_month()) + " " + month_name(int(date.month())) + " " +
         std::to_string(date.year() + 543);
}

std::string date_and_time(Instant moment) {
  auto clock = moment.bangkok_clock();
  std::replace(clock.begin(), clock.end(), ':', '.');  // as official letters write it
  return date(moment.bangkok_date()) + " เวลา " + clock + " น.";
}

std::string digits(std::string_view text) {
  std::string out;
  out.reserve(text.size() * 3);
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      out += "\xE0\xB9";
      out += char(0x90 + (c - '0'));
    } else {
      out += c;
    }
  }
  return out;
}

std::string duration(std::int64_t ms) {
  return say_duration(
      ms, [](std::int64_t n, const Unit& unit) { return std::to_string(n) + " " + unit.th; });
}

}  // namespace thai

namespace english {

std::string date_and_time(Instant moment) {
  const auto date = moment.bangkok_date();
  return std::to_string(date.day_of_month()) + " " + english_months.at(date.month() - 1) + " " +
         std::to_string(date.year()) + ", " + moment.bangkok_clock() + " Bangkok time";
}

std::string duration(std::int64_t ms) {
  return say_duration(ms, [](std::int64_t n, const Unit& unit) {
    return std::to_string(n) + " " + unit.en + (n == 1 ? "" : "s");
  });
}

}  // namespace english
}  // namespace changwat
