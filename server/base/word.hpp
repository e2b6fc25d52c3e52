#pragma once
// Words: the small types of which records are made. Each knows its own limits.
//
// A word travels as one JSON string or integer and is stored in one column. It offers
//   static std::optional<T> parse(std::string_view)   and  text()   (text words), or
//   static std::optional<T> of_count(std::int64_t)    and  count()  (counted words), and
//   static Word word()                                              (schema and message)
// and nothing else is needed for it to be read from JSON, queries, paths and rows, written to them,
// and described in the OpenAPI document.

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>
#include <boost/mp11.hpp>

namespace changwat {

// How a word is described to others: its JSON schema, and what to tell who got it wrong.
struct Word {
  std::string name;      // schema name in OpenAPI; empty: written in place
  std::string format;    // OpenAPI format, may be empty
  std::string pattern;   // ECMA-262 pattern for text words, may be empty
  std::int64_t min = 0;  // smallest count, or least number of code points; with max
  std::int64_t max = 0;  // 0 with min 0: not limited here
  std::string th;        // what is expected, in Thai
  std::string en;        // what is expected, in English
};

template <class T>
concept TextWord = requires(std::string_view s, const T& t) {
  { T::parse(s) } -> std::same_as<std::optional<T>>;
  { t.text() } -> std::convertible_to<std::string>;
  { T::word() } -> std::same_as<Word>;
};

template <class T>
concept CountWord = requires(std::int64_t n, const T& t) {
  { T::of_count(n) } -> std::same_as<std::optional<T>>;
  { t.count() } -> std::same_as<std::int64_t>;
  { T::word() } -> std::same_as<Word>;
};

template <class T>
concept Described =
    boost::describe::has_describe_members<std::remove_const_t<T>>::value && !std::is_union_v<T>;

template <class T>
concept DescribedEnum = boost::describe::has_describe_enumerators<T>::value;

template <Described T>
inline constexpr std::size_t member_count = boost::mp11::mp_size<boost::describe::describe_members<
    T, boost::describe::mod_any_access | boost::describe::mod_inherited>>::value;

// Calls f(name, reference to member) for each described member, in order.
template <Described T, class F>
constexpr void for_each_member(T& object, F&& f) {
  using Members =
      boost::describe::describe_members<std::remove_const_t<T>, boost::describe::mod_any_access |
                                                                    boost::describe::mod_inherited>;
  boost::mp11::mp_for_each<Members>([&](auto d) { f(d.name, object.*d.pointer); });
}

template <DescribedEnum E>
std::string_view enum_name(E value) {
  return boost::describe::enum_to_string(value, "");
}

template <DescribedEnum E>
std::optional<E> enum_value(std::string_view name) {
  std::optional<E> found;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto d) {
    if (name == d.name) found = d.value;
  });
  return found;
}

template <DescribedEnum E>
std::vector<std::string_view> enum_names() {
  std::vector<std::string_view> names;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>(
      [&](auto d) { names.emplace_back(d.name); });
  return names;
}

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool is_vector = false;
template <class T, class A>
inline constexpr bool is_vector<std::vector<T, A>> = true;

// A list with a largest length. Wider than a vector in nothing but the limit.
template <class T, std::size_t Max>
struct List : std::vector<T> {
  using std::vector<T>::vector;
  static constexpr std::size_t length_max = Max;
};
template <class T>
inline constexpr bool is_list = false;
template <class T, std::size_t N>
inline constexpr bool is_list<List<T, N>> = true;

}  // namespace changwat
