#pragma once
// Parts of statements that stores put together: lists of values, and patterns of LIKE.

#include <string>
#include <string_view>
#include <vector>

#include "platform/db/connection.hpp"

namespace changwat::db {

// "($3, $4)": a place for each of `more`, whose values are put behind those that are there. `more`
// outlives the statement; an empty list is no SQL, so ask first.
template <class T>
std::string places(std::vector<Value>& values, const std::vector<T>& more) {
  std::string out = "(";
  for (const auto& value : more) {
    values.push_back(to_value(value));
    out += (out.size() > 1 ? ", $" : "$") + std::to_string(values.size());
  }
  return out + ")";
}

// For LIKE $1 ESCAPE '!': finds the text anywhere, whatever is in it.
inline std::string anywhere(std::string_view text) {
  std::string pattern = "%";
  for (const char c : text) {
    if (c == '%' || c == '_' || c == '!') pattern += '!';
    pattern += c;
  }
  return pattern + '%';
}

}  // namespace changwat::db
