#include <algorithm>

#include "modules/service_centre/channels/import_cases.hpp"

namespace changwat::service_centre {
namespace {

constexpr int era = 543;  // B.E. less C.E.

// The number at the front, taken off; none: there is no digit, or too many.
std::optional<int> take_number(std::string_view& text, std::size_t digits_max) {
  std::size_t n = 0;
  int out = 0;
  while (n < text.size() && n <= digits_max && text[n] >= '0' && text[n] <= '9')
    out = out * 10 + (text[n++] - '0');
  if (n == 0 || n > digits_max) return std::nullopt;
  text.remove_prefix(n);
  return out;
}

bool take(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

struct DayMonthYear {
  int day, month, year;
};

std::optional<DayMonthYear> take_slashed(std::string_view& text) {
  const auto day = take_number(text, 2);
  if (!day || !take(text, "/")) return std::nullopt;
  const auto month = take_number(text, 2);
  if (!month || !take(text, "/")) return std::nullopt;
  const auto year = take_number(text, 4);
  if (!year) return std::nullopt;
  return DayMonthYear{*day, *month, *year};
}

std::optional<Date> date_of(int year, int month, int day) {
  return Date::of(year, static_cast<unsigned>(month), static_cast<unsigned>(day));
}

// "2023-05-12 13:27:54.482138+00" as ISO 8601: milliseconds, and the offset with minutes.
std::string as_iso(std::string_view text) {
  std::string out(text);
  if (out.size() > 10 && out[10] == ' ') out[10] = 'T';
  const auto point = out.find('.');
  if (point != out.npos) {
    const auto end = std::min(out.find_first_not_of("0123456789", point + 1), out.size());
    if (end > point + 4) out.erase(point + 4, end - point - 4);
  }
  const auto sign = out.find_last_of("+-");
  if (sign != out.npos && sign > 10 && out.size() == sign + 3) out += ":00";
  return out;
}

}  // namespace

std::optional<Date> buddhist_date(std::string_view text) {
  const auto read = take_slashed(text);
  if (!read || !text.empty() || read->year < 2400) return std::nullopt;
  return date_of(read->year - era, read->month, read->day);
}

std::optional<Date> thai_date_in(std::string_view text) {
  std::optional<Date> found;
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is_digit(text[at]) || (at > 0 && is_digit(text[at - 1]))) continue;
    auto rest = text.substr(at);
    const auto day = take_number(rest, 2);
    if (!day) continue;
    while (take(rest, " ")) {
    }
    for (int month = 1; month <= 12; ++month) {
      auto after = rest;
      if (!take(after, thai::month_short(month)) && !take(after, thai::month_name(month))) continue;
      while (take(after, " ")) {
      }
      const auto year = take_number(after, 4);
      if (!year) continue;
      const auto whole = *year < 100 ? 2500 + *year : *year;
      if (const auto date = date_of(whole - era, month, *day)) found = date;
    }
  }
  return found;
}

std::optional<Instant> report_moment(std::string_view text) {
  if (text.find('/') == text.npos) return Instant::parse(as_iso(text));
  const auto read = take_slashed(text);
  if (!read || !take(text, " ")) return std::nullopt;
  const auto hour = take_number(text, 2);
  if (!hour || !take(text, ":")) return std::nullopt;
  const auto minute = take_number(text, 2);
  const auto date = date_of(read->year, read->month, read->day);
  if (!minute || !text.empty() || !date || *hour > 23 || *minute > 59) return std::nullopt;
  return Instant::bangkok(*date, *hour, *minute, 0);
}

}  // namespace changwat::service_centre
