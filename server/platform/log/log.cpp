#include "platform/log/log.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <ctime>
#include <mutex>

#include <unistd.h>

namespace changwat::log {
namespace {

// The one piece of state of the process that is global, because a log line must be writable from
// anywhere, also while the composition of the program fails.
std::atomic<Level> least_level{Level::info};
std::mutex line_mutex;

std::string_view name_of(Level level) {
  switch (level) {
    case Level::debug:
      return "debug";
    case Level::info:
      return "info";
    case Level::warning:
      return "warning";
    case Level::error:
      return "error";
    case Level::off:
      break;
  }
  return "off";
}

// Asked of every member of every line, so it walks the key once.
bool names_a_secret(std::string_view key) {
  static constexpr std::array<std::string_view, 8> secrets{
      "password", "passwd", "secret", "token", "cookie", "api_key", "authorization", "private_key",
  };
  if (key == "otp") return true;  // short enough to be part of other words
  for (; !key.empty(); key.remove_prefix(1)) {
    if (std::string_view("pstca").find(key.front()) == std::string_view::npos) continue;
    if (std::any_of(secrets.begin(), secrets.end(),
                    [&](std::string_view secret) { return key.starts_with(secret); })) {
      return true;
    }
  }
  return false;
}

// The length of the well-formed UTF-8 sequence at `text[0]`, 0 if there is none (Unicode, table
// 3-7).
std::size_t sequence_length(std::string_view text) {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned lead = at(0);
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (text.size() < length) return 0;
  const unsigned low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const unsigned high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  if (at(1) < low || at(1) > high) return 0;
  for (std::size_t i = 2; i < length; ++i) {
    if ((at(i) & 0xC0) != 0x80) return 0;
  }
  return length;
}

bool stands_for_itself(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x20 && byte < 0x7F && c != '"' && c != '\\';
}

void append_escaped(std::string& out, char c) {
  static constexpr char digits[] = "0123456789abcdef";
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      break;
  }
  const auto byte = static_cast<unsigned char>(c);
  out += "\\u00";
  out += digits[byte >> 4];
  out += digits[byte & 15];
}

// What is logged may come from anybody: it can neither end the line nor break the reader.
void append_text(std::string& out, std::string_view text) {
  out += '"';
  std::size_t left = text_bytes_max;
  while (!text.empty()) {
    const std::string_view within = text.substr(0, left);
    const auto plain = static_cast<std::size_t>(
        std::find_if_not(within.begin(), within.end(), stands_for_itself) - within.begin());
    out.append(within.substr(0, plain));
    text.remove_prefix(plain);
    left -= plain;
    if (text.empty()) break;
    const std::size_t length = sequence_length(text);
    const std::size_t bytes = std::max<std::size_t>(length, 1);
    if (bytes > left) {
      out += "…";
      break;
    }
    if (length == 1) {
      append_escaped(out, text.front());
    } else if (length == 0) {
      out += "\\ufffd";
    } else {
      out.append(text.substr(0, length));
    }
    text.remove_prefix(bytes);
    left -= bytes;
  }
  out += '"';
}

template <class Number>
void append_number(std::string& out, Number number) {
  std::array<char, 40> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

void append_time(std::string& out) {
  // The text of a second serves all lines of that second.
  struct Second {
    std::time_t time = -1;
    std::array<char, 40> text{};
    std::size_t length = 0;
  };
  thread_local Second second;
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  if (second.time != now.tv_sec) {
    tm utc{};
    gmtime_r(&now.tv_sec, &utc);
    second.time = now.tv_sec;
    second.length =
        std::strftime(second.text.data(), second.text.size(), "%Y-%m-%dT%H:%M:%S", &utc);
  }
  out.append(second.text.data(), second.length);
  const int milliseconds = static_cast<int>(now.tv_nsec / 1'000'000);
  out += '.';
  out += static_cast<char>('0' + milliseconds / 100);
  out += static_cast<char>('0' + milliseconds / 10 % 10);
  out += static_cast<char>('0' + milliseconds % 10);
  out += 'Z';
}

void write_line(std::string_view line) {
  const std::lock_guard lock(line_mutex);
  while (!line.empty()) {
    const ssize_t written = ::write(STDERR_FILENO, line.data(), line.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;  // nowhere left to complain
    line.remove_prefix(static_cast<std::size_t>(written));
  }
}

void write(Level level, std::string_view event, Fields fields) {
  if (!enabled(level)) return;
  thread_local std::string line;
  line.assign("{\"time\":\"");
  append_time(line);
  line += "\",\"level\":\"";
  line += name_of(level);
  line += "\",\"event\":";
  append_text(line, event);
  for (const Field& field : fields) {
    line += ',';
    append_text(line, field.key);
    line += ':';
    if (names_a_secret(field.key)) {
      line += "\"[not logged]\"";
    } else {
      field.value.append_json(line);
    }
  }
  line += "}\n";
  write_line(line);
}

}  // namespace

void Value::append_json(std::string& out) const {
  std::visit(
      [&out](const auto& value) {
        using T = std::decay_t<decltype(value)>;
        if constexpr (std::same_as<T, bool>) {
          out += value ? "true" : "false";
        } else if constexpr (std::same_as<T, std::string_view>) {
          append_text(out, value);
        } else if constexpr (std::same_as<T, double>) {
          if (std::isfinite(value)) {
            append_number(out, value);
          } else {
            out += "null";  // JSON has no word for it
          }
        } else {
          append_number(out, value);
        }
      },
      value_);
}

void debug(std::string_view event, Fields fields) {
  write(Level::debug, event, fields);
}
void info(std::string_view event, Fields fields) {
  write(Level::info, event, fields);
}
void warning(std::string_view event, Fields fields) {
  write(Level::warning, event, fields);
}
void error(std::string_view event, Fields fields) {
  write(Level::error, event, fields);
}

void set_level(Level level) {
  least_level.store(level, std::memory_order_relaxed);
}
bool enabled(Level level) {
  return level != Level::off && level >= least_level.load(std::memory_order_relaxed);
}

}  // namespace changwat::log
