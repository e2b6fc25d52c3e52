#include "platform/http/schema.hpp"

#include <algorithm>
#include <cstdio>

#include <boost/core/demangle.hpp>
#include <boost/json.hpp>

namespace changwat::http {
namespace bj = boost::json;

std::string schema_name(const std::type_info& type) {
  std::string full = boost::core::demangle(type.name());
  std::string inner;
  if (const auto open = full.find('<'); open != full.npos) {
    inner = full.substr(open + 1, full.find_first_of(",>", open) - open - 1);
    full.resize(open);
  }
  const auto last = [](const std::string& name) { return name.substr(name.rfind(':') + 1); };
  return inner.empty() ? last(full) : last(inner) + last(full);
}

bj::object word_schema(const Word& word, const char* json_type) {
  bj::object schema{{"type", json_type}, {"description", word.en}};
  if (!word.format.empty()) schema["format"] = word.format;
  if (!word.pattern.empty()) schema["pattern"] = word.pattern;
  const bool text = std::string_view(json_type) == "string";
  if (word.min != 0 || word.max != 0) {
    schema[text ? "minLength" : "minimum"] = word.min;
    schema[text ? "maxLength" : "maximum"] = word.max;
  }
  return schema;
}

bool Schemas::has(const std::string& name, const std::type_info& type) {
  for (const auto& one : named_) {
    if (one.name != name) continue;
    if (one.type != type.name()) {  // they would share a name in the contract: rename one
      std::fprintf(stderr, "two types are called %s: %s and %s\n", name.c_str(),
                   boost::core::demangle(one.type.c_str()).c_str(),
                   boost::core::demangle(type.name()).c_str());
      CHECK(one.type == type.name());
    }
    return true;
  }
  named_.push_back(
      {name, type.name(), {}});  // before its members, so that types may hold themselves
  return false;
}

void Schemas::set(const std::string& name, bj::object schema) {
  for (auto& one : named_)
    if (one.name == name) one.schema = std::move(schema);
}

bj::value Schemas::word(const Word& word, const char* json_type) {
  if (word.name.empty()) return word_schema(word, json_type);
  const auto found = std::find_if(named_.begin(), named_.end(),
                                  [&](const Named& one) { return one.name == word.name; });
  if (found == named_.end()) named_.push_back({word.name, word.name, word_schema(word, json_type)});
  return reference(word.name);
}

bj::value Schemas::nullable(bj::value schema) {
  return bj::object{{"anyOf", bj::array{std::move(schema), bj::object{{"type", "null"}}}}};
}

bj::value Schemas::reference(const std::string& name) {
  return bj::object{{"$ref", "#/components/schemas/" + name}};
}

bj::object Schemas::components() const {
  auto sorted = named_;
  std::sort(sorted.begin(), sorted.end(),
            [](const Named& a, const Named& b) { return a.name < b.name; });
  bj::object out;
  for (const auto& one : sorted) out[one.name] = one.schema;
  return out;
}

}  // namespace changwat::http
