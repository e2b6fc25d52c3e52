#include "program/must.hpp"

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace changwat::program {

void fail(const Problem& problem, const std::string& what) {
  std::string text = what.empty() ? what : what + ": ";
  text += problem.en.empty() ? std::string(problem.kind->en) : problem.en;
  for (const auto& field : problem.fields) text += "\n  " + field.pointer + ": " + field.en;
  throw std::runtime_error(text);
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path.string());
  std::stringstream text;
  text << file.rdbuf();
  return std::move(text).str();
}

}  // namespace changwat::program
