#include "base/json_differences.hpp"

#include <algorithm>

#include <boost/json.hpp>

namespace changwat::json {
namespace {

std::string escaped(std::string_view name) {
  std::string out;
  for (const char c : name) out += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  return out;
}

void compare(const boost::json::value& before, const boost::json::value& after,
             const std::string& at, std::vector<std::string>& out) {
  if (before.is_object() && after.is_object()) {
    for (const auto& member : after.get_object()) {
      const auto name = at + "/" + escaped({member.key().data(), member.key().size()});
      if (const auto* old = before.get_object().if_contains(member.key()))
        compare(*old, member.value(), name, out);
      else
        out.push_back(name);
    }
    for (const auto& member : before.get_object())
      if (!after.get_object().contains(member.key()))
        out.push_back(at + "/" + escaped({member.key().data(), member.key().size()}));
  } else if (before.is_array() && after.is_array()) {
    const auto& a = before.get_array();
    const auto& b = after.get_array();
    for (std::size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
      const auto name = at + "/" + std::to_string(i);
      if (i < a.size() && i < b.size())
        compare(a[i], b[i], name, out);
      else
        out.push_back(name);
    }
  } else if (before != after) {
    out.push_back(at);
  }
}

}  // namespace

std::vector<std::string> differences(std::string_view before, std::string_view after) {
  std::vector<std::string> out;
  compare(boost::json::parse({before.data(), before.size()}),
          boost::json::parse({after.data(), after.size()}), "", out);
  return out;
}

}  // namespace changwat::json
