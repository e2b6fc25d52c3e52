#include "base/json.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

#include <boost/json.hpp>
#include <boost/json/basic_parser_impl.hpp>

#include "base/utf8.hpp"

namespace changwat::json {
namespace {

namespace bj = boost::json;

constexpr std::size_t depth_max = 32;
constexpr std::size_t errors_max = 100;  // more tell a person nothing

// Boost.JSON keeps the last of repeated members silently; RFC 8259 section 4 warns of exactly that.
// This handler sees them. It runs over text that has parsed before, so it may be simple.
struct RepeatedMembers {
  static constexpr std::size_t max_object_size = std::size_t(-1);
  static constexpr std::size_t max_array_size = std::size_t(-1);
  static constexpr std::size_t max_key_size = std::size_t(-1);
  static constexpr std::size_t max_string_size = std::size_t(-1);

  std::vector<std::set<std::string, std::less<>>> open;
  std::string key;
  std::string repeated;

  bool on_document_begin(bj::error_code&) { return true; }
  bool on_document_end(bj::error_code&) { return true; }
  bool on_object_begin(bj::error_code&) { return open.emplace_back(), true; }
  bool on_object_end(std::size_t, bj::error_code&) { return open.pop_back(), true; }
  bool on_array_begin(bj::error_code&) { return true; }
  bool on_array_end(std::size_t, bj::error_code&) { return true; }
  bool on_key_part(bj::string_view s, std::size_t, bj::error_code&) {
    key.append(s.data(), s.size());
    return true;
  }
  bool on_key(bj::string_view s, std::size_t, bj::error_code&) {
    key.append(s.data(), s.size());
    if (!open.back().insert(key).second) repeated = key;
    key.clear();
    return true;
  }
  bool on_string_part(bj::string_view, std::size_t, bj::error_code&) { return true; }
  bool on_string(bj::string_view, std::size_t, bj::error_code&) { return true; }
  bool on_number_part(bj::string_view, bj::error_code&) { return true; }
  bool on_int64(std::int64_t, bj::string_view, bj::error_code&) { return true; }
  bool on_uint64(std::uint64_t, bj::string_view, bj::error_code&) { return true; }
  bool on_double(double, bj::string_view, bj::error_code&) { return true; }
  bool on_bool(bool, bj::error_code&) { return true; }
  bool on_null(bj::error_code&) { return true; }
  bool on_comment_part(bj::string_view, bj::error_code&) { return true; }
  bool on_comment(bj::string_view, bj::error_code&) { return true; }
};

std::size_t member_count(const bj::value& value) {
  std::size_t count = 0;
  if (const auto* object = value.if_object()) {
    count += object->size();
    for (const auto& member : *object) count += member_count(member.value());
  } else if (const auto* array = value.if_array()) {
    for (const auto& item : *array) count += member_count(item);
  }
  return count;
}

std::string repeated_member(std::string_view text) {
  bj::parse_options options;
  options.max_depth = depth_max;
  bj::basic_parser<RepeatedMembers> parser(options);
  bj::error_code error;
  parser.write_some(false, text.data(), text.size(), error);
  return parser.handler().repeated;
}

// A member is ended by a colon outside of strings: counting them is cheaper than a second parse.
std::size_t colon_count(std::string_view text) {
  std::size_t count = 0;
  bool inside = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (inside) {
      if (c == '\\')
        ++i;
      else if (c == '"')
        inside = false;
    } else if (c == '"') {
      inside = true;
    } else if (c == ':') {
      ++count;
    }
  }
  return count;
}

}  // namespace

void write_string(std::string& out, std::string_view text) {
  static constexpr char hex[] = "0123456789abcdef";
  out += '"';
  std::size_t start = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0x20 && c != '"' && c != '\\') [[likely]]
      continue;
    out.append(text, start, i - start);
    start = i + 1;
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        out += "\\u00";
        out += hex[c >> 4];
        out += hex[c & 15];
    }
  }
  out.append(text, start, text.size() - start);
  out += '"';
}

void write_number(std::string& out, std::int64_t number) {
  char buffer[24];
  out.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, number).ptr);
}

void write_number(std::string& out, double number) {
  if (!std::isfinite(number))
    throw std::domain_error("a number that is not finite has no JSON form");
  char buffer[32];
  out.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, number).ptr);
}

void Reading::wrong(std::string code, std::string th, std::string en) {
  if (errors.size() < errors_max)
    errors.push_back({pointer_, std::move(code), std::move(th), std::move(en)});
}

void Reading::enter(std::string_view member) {
  marks_.push_back(pointer_.size());
  pointer_ += '/';
  for (const char c : member) {
    if (c == '~')
      pointer_ += "~0";
    else if (c == '/')
      pointer_ += "~1";
    else
      pointer_ += c;
  }
}

void Reading::enter(std::size_t index) {
  marks_.push_back(pointer_.size());
  pointer_ += '/';
  pointer_ += std::to_string(index);
}

void Reading::leave() {
  pointer_.resize(marks_.back());
  marks_.pop_back();
}

Result<bj::value> parse(std::string_view text) {
  bj::parse_options options;
  options.max_depth = depth_max;
  bj::error_code error;
  auto value = bj::parse({text.data(), text.size()}, error, {}, options);
  if (error)
    return Problem(errors::malformed_request, "ข้อความไม่ใช่ JSON ที่ถูกต้อง", "This is not valid JSON.");
  if (colon_count(text) != member_count(value))
    return Problem(errors::malformed_request, "มีชื่อช่องซ้ำกัน: " + repeated_member(text),
                   "A member stands twice: " + repeated_member(text));
  return value;
}

std::string_view string_of(const bj::value& value) {
  const auto& s = value.get_string();
  return {s.data(), s.size()};
}

std::string serialize(const bj::value& value) {
  return bj::serialize(value);
}

const bj::object* object_of(Reading& reading, const bj::value& value) {
  if (!value.is_object()) reading.wrong("wrong_type", "ต้องเป็นออบเจกต์", "must be an object");
  return value.if_object();
}

const bj::array* array_of(Reading& reading, const bj::value& value, std::size_t length_max) {
  const auto* array = value.if_array();
  if (!array) return reading.wrong("wrong_type", "ต้องเป็นรายการ", "must be a list"), nullptr;
  if (array->size() > length_max) {
    const auto most = std::to_string(length_max);
    reading.wrong("too_long", "มีได้ไม่เกิน " + most + " รายการ",
                  "may hold at most " + most + " items");
    return nullptr;
  }
  return array;
}

void read(Reading& reading, const bj::value& value, bool& out) {
  if (const auto* b = value.if_bool())
    out = *b;
  else
    reading.wrong("wrong_type", "ต้องเป็น true หรือ false", "must be true or false");
}

void read(Reading& reading, const bj::value& value, std::int64_t& out) {
  if (const auto* n = value.if_int64())
    out = *n;
  else
    reading.wrong("wrong_type", "ต้องเป็นจำนวนเต็ม", "must be a whole number");
}

void read(Reading& reading, const bj::value& value, int& out) {
  const auto* n = value.if_int64();
  if (n && *n >= INT32_MIN && *n <= INT32_MAX)
    out = static_cast<int>(*n);
  else
    reading.wrong("wrong_type", "ต้องเป็นจำนวนเต็ม", "must be a whole number");
}

void read(Reading& reading, const bj::value& value, double& out) {
  bj::error_code error;
  const double number = value.is_number() ? value.to_number<double>(error) : 0;
  if (value.is_number() && !error && std::isfinite(number))
    out = number;
  else
    reading.wrong("wrong_type", "ต้องเป็นตัวเลข", "must be a number");
}

void read(Reading& reading, const bj::value& value, std::string& out) {
  if (!value.is_string()) return reading.wrong("wrong_type", "ต้องเป็นข้อความ", "must be text");
  out = string_of(value);
}

void read(Reading&, const bj::value& value, RawJson& out) {
  out.text = bj::serialize(value);
}

void enum_expected(Reading& reading, const std::vector<std::string_view>& names) {
  std::string list;
  for (const auto name : names) {
    if (!list.empty()) list += ", ";
    list += name;
  }
  reading.wrong("wrong_value", "ต้องเป็นค่าใดค่าหนึ่งใน: " + list, "must be one of: " + list);
}

void require_no_others(Reading& reading, const bj::object& object,
                       const std::vector<std::string_view>& names) {
  for (const auto& member : object) {
    const std::string_view name(member.key().data(), member.key().size());
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    reading.enter(name);
    reading.wrong("unknown_field", "ไม่รู้จักช่องนี้", "is not a known field");
    reading.leave();
  }
}

}  // namespace changwat::json
