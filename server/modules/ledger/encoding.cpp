#include "modules/ledger/encoding.hpp"

#include <chrono>
#include <limits>

#include "base/result.hpp"

namespace changwat::ledger {

void ByteWriter::text(std::string_view value) {
  CHECK(value.size() <= std::numeric_limits<std::uint32_t>::max());
  uint32(static_cast<std::uint32_t>(value.size()));
  out_.append(value);
}

void ByteWriter::optional_text(const std::optional<std::string>& value) {
  byte(value ? 1 : 0);
  if (value) text(*value);
}

void append_hex(std::string& out, Bytes bytes) {
  static constexpr char digits[] = "0123456789abcdef";
  const std::size_t start = out.size();
  out.resize(start + 2 * bytes.size());
  char* to = out.data() + start;
  for (const std::uint8_t byte : bytes) {
    *to++ = digits[byte >> 4];
    *to++ = digits[byte & 15];
  }
}

std::string to_hex(Bytes bytes) {
  std::string hex;
  append_hex(hex, bytes);
  return hex;
}

namespace {
int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}
}  // namespace

bool from_hex(std::string_view hex, std::span<std::uint8_t> out) {
  if (hex.size() != 2 * out.size()) return false;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const int high = hex_digit(hex[2 * i]);
    const int low = hex_digit(hex[2 * i + 1]);
    if (high < 0 || low < 0) return false;
    out[i] = static_cast<std::uint8_t>(high << 4 | low);
  }
  return true;
}

namespace {
// The number in `text`, or -1 if a character is not a digit.
int number(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}
}  // namespace

std::optional<std::int64_t> parse_instant_ms(std::string_view text) {
  if (text.size() != 24) return std::nullopt;
  if (text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':' ||
      text[19] != '.' || text[23] != 'Z') {
    return std::nullopt;
  }
  const int year = number(text.substr(0, 4)), month = number(text.substr(5, 2)),
            day = number(text.substr(8, 2)), hour = number(text.substr(11, 2)),
            minute = number(text.substr(14, 2)), second = number(text.substr(17, 2)),
            millisecond = number(text.substr(20, 3));
  if (year < 1970 || month < 1 || day < 1 || hour < 0 || hour > 23 || minute < 0 || minute > 59 ||
      second < 0 || second > 59 || millisecond < 0) {
    return std::nullopt;
  }
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return std::nullopt;
  const std::int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
  return ((days * 24 + hour) * 60 + minute) * 60'000 + second * 1000 + millisecond;
}

}  // namespace changwat::ledger
