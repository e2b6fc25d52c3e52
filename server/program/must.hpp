#pragma once
// For commands and start-up, where a problem is the end: it becomes the sentence that the command
// line prints, wrong fields a line each.

#include <filesystem>
#include <string>
#include <utility>

#include "base/result.hpp"

namespace changwat::program {

// Throws std::runtime_error with the problem in English; `what` stands before it.
[[noreturn]] void fail(const Problem& problem, const std::string& what = {});

// The value; fail() if there is none.
template <class T>
T must(Result<T> result, const std::string& what = {}) {
  if (!result.ok()) fail(result.problem(), what);
  return std::move(result).value();
}

// The whole file; std::runtime_error that names it if it cannot be read.
std::string read_file(const std::filesystem::path& path);

}  // namespace changwat::program
