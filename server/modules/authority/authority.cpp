#include "modules/authority/authority.hpp"

#include <algorithm>

namespace changwat::authority {
namespace {

bool holds(const PowerRow& power, const HeldOffice& office) {
  return std::any_of(power.roles.begin(), power.roles.end(),
                     [&](const Key& role) { return role.text() == office.role; });
}

bool reaches(const PowerRow& power, const HeldOffice& office, const Object& object) {
  if (power.reach == Reach::national) return true;
  return office.area && object.area && office.area->contains(*object.area);
}

}  // namespace

Authority::Authority(Powers powers) : powers_(std::move(powers)) {}

Result<Powers> Authority::read_powers(std::string_view json) {
  return read_json<Powers>(json);
}

Result<Permit> Authority::decide(const Call& call, std::string_view act,
                                 const Object& object) const {
  if (!call.caller) return errors::sign_in_required;
  for (const auto& power : powers_.acts) {
    if (power.act.text() != act) continue;
    for (const auto& office : call.caller->offices) {
      if (!holds(power, office) || !reaches(power, office, object)) continue;
      return Permit{office.office_id,
                    {std::string(act), office.role, power.reach, office.area, office.acting,
                     power.source.text(), power.verified}};
    }
  }
  return Problem(errors::forbidden, "ตำแหน่งของท่านไม่มีอำนาจทำเรื่องนี้ ผู้มีอำนาจคือ " + who(act, true),
                 "None of your offices may do this. It may be done by: " + who(act, false));
}

std::optional<std::vector<AreaCode>> Authority::provinces(const Call& call,
                                                          std::string_view act) const {
  std::vector<AreaCode> out;
  if (!call.caller) return out;
  for (const auto& power : powers_.acts) {
    if (power.act.text() != act) continue;
    for (const auto& office : call.caller->offices) {
      if (!holds(power, office)) continue;
      if (power.reach == Reach::national) return std::nullopt;
      if (office.area && office.area->level() == AreaLevel::province) out.push_back(*office.area);
    }
  }
  return out;
}

NextAct Authority::next_act(const Call& call, std::string_view act, const Object& object) const {
  NextAct next;
  next.act = act;
  for (const auto& power : powers_.acts) {
    if (power.act.text() != act) continue;
    next.label_th = power.label_th.text();
    next.label_en = power.label_en.text();
  }
  next.who_th = who(act, true);
  next.who_en = who(act, false);
  const auto decided = decide(call, act, object);
  next.allowed = decided.ok();
  if (!decided.ok()) {
    const auto& problem = decided.problem();
    next.why_not_th = problem.th.empty() ? std::string(problem.kind->th) : problem.th;
    next.why_not_en = problem.en.empty() ? std::string(problem.kind->en) : problem.en;
  }
  return next;
}

std::string Authority::who(std::string_view act, bool thai) const {
  std::string out;
  for (const auto& power : powers_.acts) {
    if (power.act.text() != act) continue;
    for (const auto& key : power.roles) {
      const auto role = std::find_if(powers_.roles.begin(), powers_.roles.end(),
                                     [&](const RoleRow& row) { return row.role == key; });
      if (role == powers_.roles.end()) continue;
      if (!out.empty()) out += ", ";
      out += thai ? role->name_th.text() : role->name_en.text();
      if (power.reach == Reach::own_area) out += thai ? " ของพื้นที่นั้น" : " of that area";
    }
  }
  return out.empty() ? (thai ? "ยังไม่มีผู้มีอำนาจ" : "nobody yet") : out;
}

}  // namespace changwat::authority
