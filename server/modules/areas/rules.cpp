#include "modules/areas/rules.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "modules/areas/areas.hpp"

namespace changwat::areas {
namespace {

constexpr std::array<std::string_view, 9> prefixes{"จังหวัด", "จ.",   "อำเภอ", "อ.",  "กิ่ง",
                                                   "เขต",   "ตำบล", "ต.",    "แขวง"};

constexpr std::array<std::string_view, 9> local_kinds{"องค์การบริหารส่วนจังหวัด",
                                                      "องค์การบริหารส่วนตำบล",
                                                      "เทศบาลนคร",
                                                      "เทศบาลเมือง",
                                                      "เทศบาลตำบล",
                                                      "เทศบาล",
                                                      "อบจ.",
                                                      "อบต.",
                                                      "ทต."};

template <std::size_t N>
std::string_view without_prefix(std::string_view name,
                                const std::array<std::string_view, N>& some) {
  while (name.starts_with(' ')) name.remove_prefix(1);
  for (const auto prefix : some)
    if (name.starts_with(prefix) && name.size() > prefix.size()) return name.substr(prefix.size());
  return name;
}

bool same_names(const Area& a, const Area& b) {
  return a.name_th == b.name_th && a.name_en == b.name_en && a.postcode == b.postcode &&
         a.parent == b.parent;
}

bool in_bangkok(const Area& area) {
  return area.code.province().text() == "10";
}

}  // namespace

std::string folded(std::string_view name) {
  name = without_prefix(name, prefixes);
  std::string out;
  for (const char c : name) {
    if (c == ' ' || c == '.' || c == '-' || c == '\'') continue;
    out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  return out;
}

std::string_view without_local_kind(std::string_view name) {
  return without_prefix(name, local_kinds);
}

int match(std::string_view name, std::string_view wanted) {
  if (name == wanted) return 0;
  if (name.starts_with(wanted)) return 1;
  return name.find(wanted) != name.npos ? 2 : 3;
}

std::string titled_th(const Area& area) {
  const auto name = area.name_th.text();
  switch (area.level) {
    case AreaLevel::province:
      return in_bangkok(area) ? name : "จังหวัด" + name;
    case AreaLevel::district:
      return (in_bangkok(area) ? "เขต" : "อำเภอ") + name;
    case AreaLevel::subdistrict:
      return (in_bangkok(area) ? "แขวง" : "ตำบล") + name;
    case AreaLevel::village:
      return name;
  }
  return name;
}

std::string titled_en(const Area& area) {
  const auto name = area.name_en.text();
  switch (area.level) {
    case AreaLevel::province:
      return in_bangkok(area) ? name : name + " Province";
    case AreaLevel::district:
      return name + " District";
    case AreaLevel::subdistrict:
      return name + " Subdistrict";
    case AreaLevel::village:
      return name;
  }
  return name;
}

std::vector<AreaChange> differences(const std::vector<Area>& current,
                                    const std::vector<Area>& incoming, Date on) {
  std::map<AreaCode, const Area*> kept;
  for (const auto& area : current)
    if (!area.valid_to) kept[area.code] = &area;
  std::set<AreaLevel> levels;
  std::set<AreaCode> seen;
  std::vector<AreaChange> changes;
  for (const auto& area : incoming) {
    levels.insert(area.level);
    seen.insert(area.code);
    const auto found = kept.find(area.code);
    if (found == kept.end())
      changes.push_back({ChangeKind::added, area, std::nullopt});
    else if (!same_names(*found->second, area))
      changes.push_back({ChangeKind::renamed, area, *found->second});
  }
  for (const auto& [code, area] : kept) {
    if (!levels.contains(area->level) || seen.contains(code)) continue;
    Area ended = *area;
    ended.valid_to = on.plus_days(-1);
    changes.push_back({ChangeKind::ended, ended, *area});
  }
  return changes;
}

std::vector<FieldError> faults(const std::vector<Area>& incoming,
                               const std::vector<Area>& current) {
  std::set<AreaCode> known, repeated;
  for (const auto& area : current) known.insert(area.code);
  for (const auto& area : incoming) known.insert(area.code);
  std::vector<FieldError> wrong;
  for (std::size_t i = 0; i < incoming.size(); ++i) {
    const auto& area = incoming[i];
    const auto line = "line " + std::to_string(i + 2);
    if (!repeated.insert(area.code).second)
      wrong.push_back({line, "repeated", "รหัส " + area.code.text() + " ซ้ำกัน",
                       "the code " + area.code.text() + " stands twice"});
    if (area.parent && !known.contains(*area.parent))
      wrong.push_back({line, "unknown_parent", "ไม่พบพื้นที่ระดับบน " + area.parent->text(),
                       "there is no area " + area.parent->text() + " above it"});
  }
  return wrong;
}

}  // namespace changwat::areas
