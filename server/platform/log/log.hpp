#pragma once
// The program's log: one JSON object a line on stderr, for machines that collect it.
//
//   log::info("mail.sent", {{"recipients", 3}, {"took_ms", 12.5}});
//   {"time":"2021-03-12T09:59:59.000Z","level":"info","event":"mail.sent","recipients":3,"took_ms":12.5}
//
// `event` is a stable name in dotted snake_case; what varies goes into fields, so that lines can be
// counted. Never log secrets or citizens' data: as a last net, values under keys that name a secret
// (password, token, cookie, …) are not written. Any thread; a line is written whole.

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

namespace changwat::log {

enum class Level { debug, info, warning, error, off };

class Value {
 public:
  Value(bool value) : value_(value) {}              // NOLINT: fields read as JSON
  Value(double value) : value_(value) {}            // NOLINT
  Value(std::string_view value) : value_(value) {}  // NOLINT
  Value(const std::string& value) : value_(std::string_view(value)) {}  // NOLINT
  Value(const char* value) : value_(std::string_view(value)) {}         // NOLINT
  template <std::signed_integral T>
  Value(T value) : value_(static_cast<std::int64_t>(value)) {}  // NOLINT
  template <std::unsigned_integral T>
  requires(!std::same_as<T, bool>) Value(T value)
      : value_(static_cast<std::uint64_t>(value)) {}  // NOLINT

  void append_json(std::string& out) const;

 private:
  std::variant<bool, double, std::int64_t, std::uint64_t, std::string_view> value_;
};

struct Field {
  std::string_view key;
  Value value;
};

using Fields = std::initializer_list<Field>;  // views: valid for the call, which is all they need

inline constexpr std::size_t text_bytes_max = 4096;  // longer texts are cut, at a character

void debug(std::string_view event, Fields fields = {});
void info(std::string_view event, Fields fields = {});
void warning(std::string_view event, Fields fields = {});
void error(std::string_view event, Fields fields = {});

void set_level(Level level);  // lines below it are not written; at first: info
bool enabled(Level level);    // to skip work that only a line would need

}  // namespace changwat::log
