#include "modules/ledger/json_lines.hpp"

#include <charconv>

#include <boost/json/parser.hpp>
#include <boost/mp11/algorithm.hpp>

namespace changwat::ledger {

namespace {

namespace json = boost::json;

template <class T>
using Members = boost::describe::describe_members<T, boost::describe::mod_public>;

// --- Writing ---

void write(std::string& out, std::int64_t value) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  out.append(digits, end);
}

bool needs_escape(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
}

void write_escape(std::string& out, char c) {
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\b':
      out += "\\b";
      return;
    case '\f':
      out += "\\f";
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
  const auto code = static_cast<std::uint8_t>(c);
  out += "\\u00";
  append_hex(out, Bytes(&code, 1));
}

void write(std::string& out, const std::string& value) {
  out.push_back('"');
  std::size_t plain = 0;  // start of the run that needs no escape
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (!needs_escape(value[i])) continue;
    out.append(value, plain, i - plain);
    write_escape(out, value[i]);
    plain = i + 1;
  }
  out.append(value, plain);
  out.push_back('"');
}

template <class T, class = Members<T>>
void write(std::string& out, const T& object);

template <class T>
void write(std::string& out, const std::optional<T>& value) {
  if (value) {
    write(out, *value);
  } else {
    out += "null";
  }
}

template <class T>
void write(std::string& out, const std::vector<T>& list) {
  out.push_back('[');
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (i > 0) out.push_back(',');
    write(out, list[i]);
  }
  out.push_back(']');
}

template <class T, class>
void write(std::string& out, const T& object) {
  char before = '{';
  boost::mp11::mp_for_each<Members<T>>([&](auto member) {
    out.push_back(before);
    before = ',';
    out.push_back('"');
    out += member.name;
    out += "\":";
    write(out, object.*member.pointer);
  });
  out.push_back('}');
}

// --- Reading: true if the value has the shape; which spelling it had is compared afterwards ---

bool read(const json::value& value, std::int64_t& out) {
  if (!value.is_int64()) return false;
  out = value.get_int64();
  return true;
}

bool read(const json::value& value, std::string& out) {
  if (!value.is_string()) return false;
  const json::string& text = value.get_string();
  out.assign(text.data(), text.size());
  return true;
}

template <class T, class = Members<T>>
bool read(const json::value& value, T& object);

template <class T>
bool read(const json::value& value, std::optional<T>& out) {
  if (value.is_null()) {
    out.reset();
    return true;
  }
  if (!out) out.emplace();
  return read(value, *out);
}

template <class T>
bool read(const json::value& value, std::vector<T>& out) {
  if (!value.is_array()) return false;
  const json::array& list = value.get_array();
  out.resize(list.size());
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (!read(list[i], out[i])) return false;
  }
  return true;
}

// Members are taken by position: their order is fixed, so no look-up by name is needed.
template <class T, class>
bool read(const json::value& value, T& object) {
  if (!value.is_object()) return false;
  const json::object& members = value.get_object();
  if (members.size() != boost::mp11::mp_size<Members<T>>::value) return false;
  auto at = members.begin();
  bool good = true;
  boost::mp11::mp_for_each<Members<T>>([&](auto member) {
    good = good && at->key() == member.name && read(at->value(), object.*member.pointer);
    ++at;
  });
  return good;
}

}  // namespace

void append_json(std::string& out, const HeaderLine& line) {
  write(out, line);
}
void append_json(std::string& out, const EntryLine& line) {
  write(out, line);
}
void append_json(std::string& out, const HeadLine& line) {
  write(out, line);
}
void append_json(std::string& out, const SignedHead& head) {
  write(out, head);
}

template <class T>
Result<Done> LineParser::parse_strictly(std::string_view text, T& line) {
  json::monotonic_resource memory(values_.data(), values_.size());
  json::parse_options options;
  options.max_depth = 8;
  unsigned char scratch[2048];
  json::parser parser(json::storage_ptr(), options, scratch);
  parser.reset(&memory);
  json::error_code failed;
  parser.write(text.data(), text.size(), failed);
  if (failed) return errors::malformed_line;
  {
    const json::value value = parser.release();
    if (!read(value, line)) return errors::malformed_line;
  }
  again_.clear();
  write(again_, line);
  if (again_ != text) return errors::not_canonical;
  return Done{};
}

Result<Done> LineParser::parse(std::string_view text, HeaderLine& line) {
  return parse_strictly(text, line);
}
Result<Done> LineParser::parse(std::string_view text, EntryLine& line) {
  return parse_strictly(text, line);
}
Result<Done> LineParser::parse(std::string_view text, HeadLine& line) {
  return parse_strictly(text, line);
}
Result<Done> LineParser::parse(std::string_view text, SignedHead& head) {
  return parse_strictly(text, head);
}

}  // namespace changwat::ledger
