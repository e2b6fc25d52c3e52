// YAML to the strict reader of described types: a scalar that stands bare is null, a truth or a
// whole number if it looks like one; all else, and whatever is quoted, is a string.

#include <algorithm>
#include <charconv>
#include <fstream>
#include <sstream>

#include <boost/json.hpp>
#include <yaml-cpp/yaml.h>

#include "platform/auth/encoding.hpp"

#include "modules/authority/law.hpp"

namespace changwat::authority {
namespace {

constexpr int depth_max = 16;

boost::json::value scalar(const YAML::Node& node) {
  const auto& text = node.Scalar();
  if (node.Tag() == "!") return boost::json::string(text);
  if (text == "true" || text == "false") return text == "true";
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc{} && end == text.data() + text.size()) return number;
  return boost::json::string(text);
}

Problem malformed(const YAML::Mark& mark, const std::string& what) {
  const auto line = std::to_string(mark.line + 1);
  return Problem(errors::malformed_request, "บรรทัด " + line + ": " + what,
                 "line " + line + ": " + what);
}

Result<boost::json::value> json_of(const YAML::Node& node, int depth = 0) {
  if (depth > depth_max) return malformed(node.Mark(), "too deep");
  if (node.IsNull()) return boost::json::value(nullptr);
  if (node.IsScalar()) return scalar(node);
  if (node.IsSequence()) {
    boost::json::array out;
    for (const auto& item : node) out.push_back(TRY(json_of(item, depth + 1)));
    return boost::json::value(std::move(out));
  }
  boost::json::object out;
  for (const auto& member : node) {
    const auto& name = member.first;
    if (!name.IsScalar()) return malformed(name.Mark(), "a name must be a word");
    if (out.contains(name.Scalar())) return malformed(name.Mark(), name.Scalar() + " stands twice");
    out[name.Scalar()] = TRY(json_of(member.second, depth + 1));
  }
  return boost::json::value(std::move(out));
}

struct File {
  std::string name;
  std::string text;
};

template <class T>
Result<T> read_file(const File& file) {
  const auto named = [&](Problem problem) {
    problem.th = file.name + ": " + problem.th;
    problem.en = file.name + ": " + problem.en;
    for (auto& field : problem.fields) field.pointer = file.name + ":" + field.pointer;
    return problem;
  };
  try {
    auto value = json_of(YAML::Load(file.text));
    if (!value.ok()) return named(value.problem());
    auto read = from_json_value<T>(*value);
    if (!read.ok()) return named(read.problem());
    return read;
  } catch (const YAML::Exception& broken) {
    return named(malformed(broken.mark, broken.msg));
  }
}

std::vector<File> files_of(const std::filesystem::path& folder) {
  std::vector<std::string> names{"acts.yaml", "roles.yaml", "terms.yaml"};
  for (const auto& entry : std::filesystem::directory_iterator(folder / "instruments"))
    if (entry.path().extension() == ".yaml")
      names.push_back("instruments/" + entry.path().filename().string());
  std::sort(names.begin(), names.end());
  std::vector<File> out;
  for (const auto& name : names) {
    std::ifstream file(folder / name, std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    if (!file) throw std::runtime_error("cannot read " + (folder / name).string());
    out.push_back({name, text.str()});
  }
  return out;
}

std::string digest_of(const std::vector<File>& files) {
  std::string all;
  for (const auto& [name, text] : files)
    all += name + "\n" + std::to_string(text.size()) + "\n" + text;
  return auth::hex_encode(auth::sha256(all));
}

}  // namespace

Result<Law> read_law(const std::filesystem::path& folder) {
  const auto files = files_of(folder);
  LawFiles law;
  law.digest = digest_of(files);
  for (const auto& file : files) {
    if (file.name == "acts.yaml")
      law.acts = TRY(read_file<std::vector<ActRow>>(file));
    else if (file.name == "roles.yaml")
      law.roles = TRY(read_file<std::vector<RoleRow>>(file));
    else if (file.name == "terms.yaml")
      law.terms = TRY(read_file<Terms>(file));
    else
      law.instruments.push_back(TRY(read_file<Instrument>(file)));
  }
  return Law::make(std::move(law));
}

}  // namespace changwat::authority
