#pragma once
// Reading the files of the book: one member at a time, each problem with the file named first.

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <boost/json.hpp>

#include "base/json.hpp"

namespace changwat::service_centre {

inline Problem in_file(Problem problem, const std::string& name) {
  problem.th = name + ": " + problem.th;
  problem.en = name + ": " + problem.en;
  for (auto& field : problem.fields) field.pointer = name + " " + field.pointer;
  return problem;
}

inline Result<boost::json::object> object_in(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  auto value = json::parse(text.str());
  if (!value.ok()) return in_file(std::move(value).problem(), path.filename().string());
  if (!value->is_object()) return in_file(errors::malformed_request, path.filename().string());
  return std::move(value->get_object());
}

// One member of a file as its type; the others are for people.
template <class T>
Result<T> member(const boost::json::object& object, const char* name, const char* file) {
  const auto* found = object.if_contains(name);
  if (!found) return in_file(errors::malformed_request, std::string(file) + " /" + name);
  auto read = from_json_value<T>(*found);
  if (!read.ok()) return in_file(std::move(read).problem(), std::string(file) + " /" + name);
  return read;
}

inline FieldError lacking(std::string where, std::string_view what) {
  return {std::move(where), "lacking", "ไม่มี " + std::string(what),
          std::string(what) + " is named and not there"};
}

}  // namespace changwat::service_centre
