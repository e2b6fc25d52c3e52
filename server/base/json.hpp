#pragma once
// JSON for described types: strict reading with every error at once, direct writing.
//
//   Result<T> read_json<T>(text)   unknown, missing, wrong and repeated members are refused, each
//   with
//                                  its JSON pointer (RFC 6901); nothing is guessed or converted.
//   write_json(out, value)         appends; `to_json(value)` returns.
// Which C++ types can travel: bool, std::int64_t, int, double (finite), std::string (limited by the
// body's limit only: use Text for what people write), words (word.hpp), described enums and
// structs, std::optional (absent or null), std::vector, List<T, Max>, RawJson, Json<T>. Reading is
// recursive to depth 32. Pure; any thread.

#include <charconv>
#include <cmath>
#include <string>
#include <string_view>

#include <boost/json/value.hpp>

#include "base/result.hpp"
#include "base/word.hpp"

namespace changwat {

// JSON text kept as it is: written in place, read by re-serialising what stood there.
struct RawJson {
  std::string text = "null";
  friend bool operator==(const RawJson&, const RawJson&) = default;
};

// A T that travels as T, and is stored in a row as one text column of JSON.
template <class T>
struct Json {
  T value{};
};
template <class T>
inline constexpr bool is_json = false;
template <class T>
inline constexpr bool is_json<Json<T>> = true;

namespace json {

inline constexpr std::size_t list_length_max = 10'000;

void write_string(std::string& out, std::string_view text);
void write_number(std::string& out, std::int64_t number);
void write_number(std::string& out, double number);  // throws std::domain_error on NaN and infinity

// Where reading stands and what was wrong so far.
class Reading {
 public:
  std::vector<FieldError> errors;

  void wrong(std::string code, std::string th, std::string en);
  void expected(const Word& word) { wrong("wrong_value", word.th, word.en); }
  void enter(std::string_view member);  // escapes ~ and /
  void enter(std::size_t index);
  void leave();

 private:
  std::string pointer_;
  std::vector<std::size_t> marks_;
};

// Parses strictly (no repeated members, no trailing text, depth 32); the problem is
// malformed_request.
Result<boost::json::value> parse(std::string_view text);
std::string_view string_of(const boost::json::value& value);  // value.is_string()
std::string serialize(const boost::json::value& value);

const boost::json::object* object_of(Reading& reading, const boost::json::value& value);
const boost::json::array* array_of(Reading& reading, const boost::json::value& value,
                                   std::size_t length_max);
void read(Reading& reading, const boost::json::value& value, bool& out);
void read(Reading& reading, const boost::json::value& value, std::int64_t& out);
void read(Reading& reading, const boost::json::value& value, int& out);
void read(Reading& reading, const boost::json::value& value, double& out);
void read(Reading& reading, const boost::json::value& value, std::string& out);
void read(Reading& reading, const boost::json::value& value, RawJson& out);
void enum_expected(Reading& reading, const std::vector<std::string_view>& names);
void require_no_others(Reading& reading, const boost::json::object& object,
                       const std::vector<std::string_view>& names);

template <class T>
void read(Reading& reading, const boost::json::value& value, T& out);

template <Described T>
void read_members(Reading& reading, const boost::json::value& value, T& out) {
  const auto* object = object_of(reading, value);
  if (!object) return;
  std::vector<std::string_view> names;
  for_each_member(out, [&](const char* name, auto& member) {
    names.emplace_back(name);
    const auto* found = object->if_contains(name);
    reading.enter(name);
    if (found)
      read(reading, *found, member);
    else if constexpr (!is_optional<std::remove_cvref_t<decltype(member)>>)
      reading.wrong("required", "ต้องระบุช่องนี้", "is required");
    reading.leave();
  });
  if (names.size() != object->size() || !reading.errors.empty())
    require_no_others(reading, *object, names);
}

template <class T>
void read_items(Reading& reading, const boost::json::value& value, T& out, std::size_t length_max) {
  const auto* array = array_of(reading, value, length_max);
  if (!array) return;
  out.reserve(array->size());
  for (std::size_t i = 0; i < array->size(); ++i) {
    reading.enter(i);
    read(reading, (*array)[i], out.emplace_back());
    reading.leave();
  }
}

template <class T>
void read(Reading& reading, const boost::json::value& value, T& out) {
  if constexpr (is_optional<T>) {
    if (value.is_null())
      out.reset();
    else
      read(reading, value, out.emplace());
  } else if constexpr (is_json<T>) {
    read(reading, value, out.value);
  } else if constexpr (TextWord<T>) {
    auto parsed = value.is_string() ? T::parse(string_of(value)) : std::nullopt;
    if (parsed)
      out = std::move(*parsed);
    else
      reading.expected(T::word());
  } else if constexpr (CountWord<T>) {
    std::optional<T> parsed;
    if (value.is_int64()) parsed = T::of_count(value.get_int64());
    if (parsed)
      out = *parsed;
    else
      reading.expected(T::word());
  } else if constexpr (DescribedEnum<T>) {
    auto parsed = value.is_string() ? enum_value<T>(string_of(value)) : std::nullopt;
    if (parsed)
      out = *parsed;
    else
      enum_expected(reading, enum_names<T>());
  } else if constexpr (is_list<T>) {
    read_items(reading, value, out, T::length_max);
  } else if constexpr (is_vector<T>) {
    read_items(reading, value, out, list_length_max);
  } else {
    static_assert(Described<T>, "this type cannot be read from JSON: describe it");
    read_members(reading, value, out);
  }
}

}  // namespace json

template <class T>
void write_json(std::string& out, const T& value) {
  if constexpr (std::is_same_v<T, bool>) {
    out += value ? "true" : "false";
  } else if constexpr (std::is_integral_v<T>) {
    json::write_number(out, static_cast<std::int64_t>(value));
  } else if constexpr (std::is_floating_point_v<T>) {
    json::write_number(out, static_cast<double>(value));
  } else if constexpr (std::is_convertible_v<const T&, std::string_view>) {
    json::write_string(out, value);
  } else if constexpr (std::is_same_v<T, RawJson>) {
    out += value.text;
  } else if constexpr (is_json<T>) {
    write_json(out, value.value);
  } else if constexpr (TextWord<T>) {
    json::write_string(out, value.text());
  } else if constexpr (CountWord<T>) {
    json::write_number(out, value.count());
  } else if constexpr (DescribedEnum<T>) {
    json::write_string(out, enum_name(value));
  } else if constexpr (is_optional<T>) {
    if (value)
      write_json(out, *value);
    else
      out += "null";
  } else if constexpr (is_vector<T> || is_list<T>) {
    out += '[';
    for (bool first = true; const auto& item : value) {
      if (!first) out += ',';
      first = false;
      write_json(out, item);
    }
    out += ']';
  } else {
    static_assert(Described<T>, "this type cannot be written as JSON: describe it");
    out += '{';
    bool first = true;
    for_each_member(value, [&](const char* name, const auto& member) {
      if (!first) out += ',';
      first = false;
      out += '"';
      out += name;
      out += "\":";
      write_json(out, member);
    });
    out += '}';
  }
}

template <class T>
std::string to_json(const T& value) {
  std::string out;
  write_json(out, value);
  return out;
}

template <class T>
Result<T> from_json_value(const boost::json::value& value) {
  json::Reading reading;
  T out{};
  json::read(reading, value, out);
  if (!reading.errors.empty()) return Problem(std::move(reading.errors));
  return out;
}

template <class T>
Result<T> read_json(std::string_view text) {
  const auto value = TRY(json::parse(text));
  return from_json_value<T>(value);
}

}  // namespace changwat
