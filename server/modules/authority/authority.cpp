#include "modules/authority/authority.hpp"

#include <algorithm>

#include "modules/authority/decide.hpp"

namespace changwat::authority {

Authority::Authority(Law law) : law_(std::move(law)), grants_(law_) {}

const HeldOffice& office_of(const Call& call, const Permit& permit) {
  for (const auto& office : call.caller->offices)
    if (office.office_id == permit.office_id) return office;
  CHECK(false);  // a permit names an office that the caller holds
  return call.caller->offices.front();
}

Result<Permit> Authority::decide(const Call& call, std::string_view act,
                                 const Object& object) const {
  if (!call.caller) return errors::sign_in_required;
  auto permit = grants_.read([&] {
    return authority::decide(law_, grants_, call.caller->offices, {act, object, call.now});
  });
  if (permit) return std::move(*permit);
  return Problem(errors::forbidden, "ตำแหน่งของท่านไม่มีอำนาจทำเรื่องนี้ ผู้มีอำนาจคือ " + who(act, true),
                 "None of your offices may do this. It may be done by: " + who(act, false));
}

std::optional<std::vector<AreaCode>> Authority::provinces(const Call& call,
                                                          std::string_view act) const {
  std::vector<AreaCode> out;
  if (!call.caller) return out;
  const auto& powers = law_.powers_to(act);
  bool everywhere = false;
  const auto reach = [&](Place place) {
    everywhere = everywhere || place.whole_country();
    const auto area = place.area();
    if (area && area->level() == AreaLevel::province) out.push_back(*area);
  };
  grants_.read([&] {
    for (const auto number : powers) {
      const auto& power = law_.power(number);
      if (!power.in_force(call.now.bangkok_date())) continue;
      for (const auto& office : call.caller->offices) {
        if (power.held_by(office.role)) {
          if (power.power->reach == Reach::national)
            everywhere = true;
          else if (office.area)
            reach(Place(office.area));
        }
        grants_.for_each_held_by(office.office_id, [&](GrantBook::Number grant) {
          const auto& row = grants_.row(grant);
          if (row.power == number && row.extent.in_force(call.now.unix_ms()))
            reach(row.extent.place);
        });
      }
    }
    return 0;
  });
  if (everywhere) return std::nullopt;
  return out;
}

NextAct Authority::next_act(const Call& call, std::string_view act, const Object& object) const {
  NextAct next;
  next.act = act;
  if (const auto* row = law_.act(act)) {
    next.label_th = row->label_th.text();
    next.label_en = row->label_en.text();
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
  std::vector<std::string> names;
  for (const auto number : law_.powers_to(act)) {
    const auto& power = *law_.power(number).power;
    for (const auto& key : power.holders) {
      const auto& role = *law_.role(key);
      auto name = thai ? role.name_th.text() : role.name_en.text();
      if (power.reach == Reach::own_area) name += thai ? " ของพื้นที่นั้น" : " of that area";
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
  }
  std::string out;
  for (const auto& name : names) out += (out.empty() ? "" : ", ") + name;
  return out.empty() ? (thai ? "ยังไม่มีผู้มีอำนาจ" : "nobody yet") : out;
}

}  // namespace changwat::authority
