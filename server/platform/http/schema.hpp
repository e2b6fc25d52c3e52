#pragma once
// JSON Schema (2020-12, as OpenAPI 3.1 takes it) from described types: the same description that
// reads and writes them, so the contract cannot differ from the program.

#include <string>
#include <typeinfo>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "base/json.hpp"
#include "base/word.hpp"

namespace changwat::http {

// "changwat::programme::Page<changwat::areas::Area>" -> "AreaPage"
std::string schema_name(const std::type_info& type);
boost::json::object word_schema(const Word& word, const char* json_type);

// Named schemas collected for components/schemas.
class Schemas {
 public:
  // The schema of T, or a reference to its named component, which is added.
  template <class T>
  boost::json::value of() {
    namespace bj = boost::json;
    if constexpr (is_optional<T>) {
      return nullable(of<typename T::value_type>());
    } else if constexpr (is_json<T>) {
      return of<std::remove_cvref_t<decltype(std::declval<T>().value)>>();
    } else if constexpr (std::is_same_v<T, RawJson>) {
      return bj::object{};
    } else if constexpr (std::is_same_v<T, bool>) {
      return bj::object{{"type", "boolean"}};
    } else if constexpr (std::is_integral_v<T>) {
      return bj::object{{"type", "integer"}, {"format", sizeof(T) == 8 ? "int64" : "int32"}};
    } else if constexpr (std::is_floating_point_v<T>) {
      return bj::object{{"type", "number"}, {"format", "double"}};
    } else if constexpr (std::is_same_v<T, std::string>) {
      return bj::object{{"type", "string"}};
    } else if constexpr (TextWord<T>) {
      return word(T::word(), "string");
    } else if constexpr (CountWord<T>) {
      return word(T::word(), "integer");
    } else if constexpr (DescribedEnum<T>) {
      const auto name = schema_name(typeid(T));
      if (!has(name, typeid(T))) {
        bj::array names;
        for (const auto item : enum_names<T>())
          names.emplace_back(bj::string_view(item.data(), item.size()));
        set(name, bj::object{{"type", "string"}, {"enum", std::move(names)}});
      }
      return reference(name);
    } else if constexpr (is_vector<T> || is_list<T>) {
      bj::object list{{"type", "array"}, {"items", of<typename T::value_type>()}};
      if constexpr (is_list<T>) list["maxItems"] = T::length_max;
      return list;
    } else {
      const auto name = schema_name(typeid(T));
      if (!has(name, typeid(T))) {
        bj::object properties;
        bj::array required;
        T example{};
        for_each_member(example, [&](const char* member_name, auto& member) {
          using M = std::remove_cvref_t<decltype(member)>;
          properties[member_name] = of<M>();
          if constexpr (!is_optional<M>) required.emplace_back(member_name);
        });
        set(name, bj::object{{"type", "object"},
                             {"additionalProperties", false},
                             {"required", std::move(required)},
                             {"properties", std::move(properties)}});
      }
      return reference(name);
    }
  }

  boost::json::object components() const;  // sorted by name

 private:
  bool has(const std::string& name,
           const std::type_info& type);  // CHECKs that a name means one type
  void set(const std::string& name, boost::json::object schema);
  boost::json::value word(const Word& word, const char* json_type);
  static boost::json::value nullable(boost::json::value schema);
  static boost::json::value reference(const std::string& name);

  struct Named {
    std::string name;
    std::string type;
    boost::json::object schema;
  };
  std::vector<Named> named_;
};

}  // namespace changwat::http
