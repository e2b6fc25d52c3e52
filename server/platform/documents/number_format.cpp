#include "platform/documents/number_format.hpp"

#include <chrono>
#include <cmath>
#include <cstdio>

#include "base/utf8.hpp"

namespace changwat::documents {
namespace {

constexpr NumberFormat day_only{true, false, false};
constexpr NumberFormat clock_only{false, true, false};
constexpr NumberFormat day_and_clock{true, true, false};
constexpr NumberFormat percent_only{false, false, true};

struct Letters {
  bool day = false;
  bool month_or_minute = false;
  bool clock = false;
  bool digits = false;
  bool thai_day = false;
  bool thai_clock = false;
  bool percent = false;
};

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// "[h]", "[mm]" count elapsed time; "[Red]", "[$-th-TH]" and "[>100]" say nothing of dates.
bool elapsed(std::string_view bracket) {
  if (bracket.empty()) return false;
  const char first = lower(bracket.front());
  if (first != 'h' && first != 'm' && first != 's') return false;
  for (const char c : bracket) {
    if (lower(c) != first) return false;
  }
  return true;
}

void take_letter(Letters& seen, char32_t c) {
  switch (c) {
    case U'd':
    case U'D':
    case U'y':
    case U'Y':
    case U'b':
    case U'B':
    case U'e':
    case U'E':
      seen.day = true;
      break;
    case U'm':
    case U'M':
      seen.month_or_minute = true;
      break;
    case U'h':
    case U'H':
    case U's':
    case U'S':
      seen.clock = true;
      break;
    case U'0':
    case U'#':
    case U'?':
      seen.digits = true;
      break;
    case U'%':
      seen.percent = true;
      break;
    case U'ว':
    case U'ด':
    case U'ป':
      seen.thai_day = true;
      break;
    case U'ช':
    case U'น':
    case U'ท':
      seen.thai_clock = true;
      break;
    default:
      break;
  }
}

// The letters of the first section that are not literal text.
Letters letters_of(std::string_view code) {
  Letters seen;
  while (!code.empty()) {
    const auto c = utf8::next(code);
    if (!c || *c == U';') break;
    if (*c == U'"') {
      const auto close = code.find('"');
      code.remove_prefix(close == std::string_view::npos ? code.size() : close + 1);
    } else if (*c == U'[') {
      const auto close = code.find(']');
      const std::string_view inside = code.substr(0, close);
      seen.clock |= elapsed(inside);
      seen.thai_clock |= inside == "ช" || inside == "น" || inside == "ท";
      code.remove_prefix(close == std::string_view::npos ? code.size() : close + 1);
    } else if (*c == U'\\' || *c == U'_' || *c == U'*') {
      utf8::next(code);
    } else {
      take_letter(seen, *c);
    }
  }
  return seen;
}

bool general(std::string_view code) {
  std::string name;
  for (const char c : code.substr(0, 7)) name += lower(c);
  return name == "general" || code.starts_with("G/") || code == "@";
}

// The fractional seconds of "ss.000" are digits of a clock, not of a number.
bool digits_of_a_number(const Letters& seen) {
  return seen.digits && !(seen.clock && seen.month_or_minute) && !(seen.clock && seen.day);
}

std::string clock_text(long seconds) {
  char out[32];
  std::snprintf(out, sizeof out, "%02ld:%02ld:%02ld", seconds / 3600, seconds / 60 % 60,
                seconds % 60);
  return out;
}

}  // namespace

NumberFormat built_in_format(unsigned id) {
  if (id == 9 || id == 10 || id == 67 || id == 68) return percent_only;
  if (id == 22 || id == 77) return day_and_clock;
  if ((id >= 18 && id <= 21) || (id >= 45 && id <= 47)) return clock_only;
  if (id >= 14 && id <= 17) return day_only;
  if ((id >= 71 && id <= 74) || id == 81) return day_only;
  if (id >= 75 && id <= 80) return clock_only;
  return {};
}

NumberFormat format_of_code(std::string_view code) {
  if (general(code)) return {};
  const Letters seen = letters_of(code);
  if (seen.percent) return percent_only;
  if (digits_of_a_number(seen)) return {};
  NumberFormat format;
  format.day = seen.day || seen.thai_day || (seen.month_or_minute && !seen.clock);
  format.clock = seen.clock || seen.thai_clock;
  return format;
}

std::optional<std::string> date_of_serial(double serial, NumberFormat format, bool date_1904) {
  using namespace std::chrono;
  constexpr double end_1900 = 2958466;  // the day after 9999-12-31
  constexpr long day_seconds = 86400;
  const double end = date_1904 ? end_1900 - 1462 : end_1900;
  if (!(serial >= 0) || serial >= end) return std::nullopt;
  long days = static_cast<long>(std::floor(serial));
  long seconds = std::lround((serial - std::floor(serial)) * day_seconds);
  if (seconds == day_seconds) ++days, seconds = 0;
  if (static_cast<double>(days) >= end) return std::nullopt;
  if (!format.day) return clock_text(days * day_seconds + seconds);
  // The calendar of 1900 holds a 29 February that never was, as day 60.
  if (!date_1904 && days == 60) return std::nullopt;
  const sys_days zero = date_1904
                            ? sys_days(year(1904) / 1 / 1)
                            : sys_days(year(1899) / 12 / 31) - std::chrono::days(days > 60 ? 1 : 0);
  const year_month_day date = zero + std::chrono::days(days);
  char out[32];
  std::snprintf(out, sizeof out, "%04d-%02u-%02u", int(date.year()), unsigned(date.month()),
                unsigned(date.day()));
  std::string text = out;
  if (seconds != 0) text += "T" + clock_text(seconds);
  return text;
}

}  // namespace changwat::documents
