#pragma once
// Authority: may this caller, holding these offices, do this act on this object now?
//
// The powers come from data/law, read once at start; nothing about a role stands in code. No power,
// no act: everything is denied unless a power in force allows it, vested by law in an office of
// the caller or granted to it. Any thread. Who calls it: every act, before it decides anything, and
// GET …/acts.

#include <string_view>
#include <vector>

#include "base/result.hpp"

#include "platform/auth/call.hpp"

#include "modules/authority/grants.hpp"
#include "modules/authority/law.hpp"
#include "modules/authority/model.hpp"

namespace changwat::authority {

// One step of a record's life: in `from`, `act` leads to `to`. A kind of record has one table of
// these.
template <class State>
struct Transition {
  State from;
  std::string_view act;
  State to;
};

// The caller's office by which an act was permitted.
const HeldOffice& office_of(const Call& call, const Permit& permit);

class Authority {
 public:
  explicit Authority(Law law);

  const Law& law() const { return law_; }
  const GrantBook& grants() const { return grants_; }
  GrantBook& grants() { return grants_; }  // of who keeps the register of grants

  // The chain that permits it at the call's moment, or the refusal that says who could.
  Result<Permit> decide(const Call& call, std::string_view act, const Object& object) const;
  bool may(const Call& call, std::string_view act, const Object& object) const {
    return decide(call, act, object).ok();
  }
  // The provinces in which the caller may do the act: nullopt everywhere, else the list (may be
  // empty).
  std::optional<std::vector<AreaCode>> provinces(const Call& call, std::string_view act) const;

  // What may be done next with a record in `state`, in the order of the table.
  template <class State, std::size_t N>
  std::vector<NextAct> next_acts(const Call& call, const Transition<State> (&table)[N], State state,
                                 const Object& object) const {
    std::vector<NextAct> out;
    for (const auto& step : table)
      if (step.from == state) out.push_back(next_act(call, step.act, object));
    return out;
  }

 private:
  NextAct next_act(const Call& call, std::string_view act, const Object& object) const;
  std::string who(std::string_view act, bool thai) const;

  Law law_;
  GrantBook grants_;
};

// The state that `act` leads to from `from`; wrong_state if it leads nowhere.
template <class State, std::size_t N>
Result<State> step(const Transition<State> (&table)[N], State from, std::string_view act) {
  for (const auto& transition : table)
    if (transition.from == from && transition.act == act) return transition.to;
  return errors::wrong_state;
}

}  // namespace changwat::authority
