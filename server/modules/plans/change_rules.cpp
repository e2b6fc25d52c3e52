#include "modules/plans/change_rules.hpp"

#include <algorithm>
#include <set>

#include <boost/json.hpp>

namespace changwat::plans {
namespace {

bool has_row(const ChangeRules& rules, DecisionProfile profile, ChangeFact fact) {
  return std::any_of(rules.rows.begin(), rules.rows.end(), [&](const ChangeRule& row) {
    return std::find(row.profiles.begin(), row.profiles.end(), profile) != row.profiles.end() &&
           std::find(row.facts.begin(), row.facts.end(), fact) != row.facts.end();
  });
}

FieldError lacking(std::string_view pointer, std::string_view what) {
  return {std::string(pointer), "lacking", "ไม่มี " + std::string(what),
          "there is none for " + std::string(what)};
}

std::vector<FieldError> faults(const ChangeRules& rules) {
  std::vector<FieldError> wrong;
  std::set<Decider> deciders;
  for (const auto& row : rules.deciders) deciders.insert(row.decider);
  for (const auto name : enum_names<Decider>())
    if (!deciders.contains(*enum_value<Decider>(name))) wrong.push_back(lacking("/deciders", name));
  std::set<ChangeFact> labelled;
  for (const auto& label : rules.facts) labelled.insert(label.fact);
  for (const auto name : enum_names<ChangeFact>()) {
    const auto fact = *enum_value<ChangeFact>(name);
    if (!labelled.contains(fact)) wrong.push_back(lacking("/facts", name));
    for (const auto profile : {DecisionProfile::normal, DecisionProfile::high_performance})
      if (!has_row(rules, profile, fact)) wrong.push_back(lacking("/rows", name));
  }
  std::set<std::string> names;
  for (const auto& row : rules.rows)
    if (!names.insert(row.row.text()).second && !row.valid_from)
      wrong.push_back({"/rows", "repeated", "แถวซ้ำกัน", row.row.text() + " stands twice"});
  return wrong;
}

}  // namespace

Result<ChangeRules> read_change_rules(std::string_view text) {
  auto value = TRY(json::parse(text));
  if (value.is_object()) value.get_object().erase("$schema");
  auto rules = TRY(from_json_value<ChangeRules>(value));
  if (auto wrong = faults(rules); !wrong.empty()) return Problem(std::move(wrong));
  return rules;
}

DecisionProfile profile_of(const ChangeRules& rules, const AreaCode& province, Date on) {
  for (const auto& assignment : rules.assignments)
    if (assignment.province == province && assignment.valid_from <= on &&
        (!assignment.valid_to || on <= *assignment.valid_to))
      return assignment.profile;
  return DecisionProfile::normal;
}

const ThresholdRow* threshold_on(const ChangeRules& rules, Threshold threshold, Date on) {
  for (const auto& row : rules.thresholds)
    if (row.threshold == threshold && in_force(row, on)) return &row;
  return nullptr;
}

const DeciderRow& named(const ChangeRules& rules, Decider decider) {
  const auto found = std::find_if(rules.deciders.begin(), rules.deciders.end(),
                                  [&](const DeciderRow& row) { return row.decider == decider; });
  CHECK(found != rules.deciders.end());  // the reader refuses rules without it
  return *found;
}

}  // namespace changwat::plans
