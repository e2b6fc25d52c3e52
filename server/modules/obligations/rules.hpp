#pragma once
// Rules of obligations, pure: today comes in as a parameter. Days are days in Bangkok.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

#include "modules/authority/authority.hpp"
#include "modules/obligations/follow_up.hpp"
#include "modules/obligations/model.hpp"

namespace changwat::obligations {

inline constexpr ErrorKind proof_wanted{"proof_wanted", 422, "ต้องแนบหลักฐานการรับ หรือระบุที่เก็บหลักฐาน",
                                        "Attach the proof of receipt, or say where it is kept."};

using State = ObligationState;
inline constexpr authority::Transition<ObligationState> obligation_transitions[] = {
    {State::owed, "obligation.serve", State::served},
    {State::served, "obligation.prove", State::proved},
    // What was entered wrongly stays in the history, and the right thing is entered anew.
    {State::served, "obligation.take_back", State::owed},
    {State::proved, "obligation.take_back", State::served},
};

inline bool is_open(ObligationState state) {
  return state == State::owed || state == State::served;
}

Problem wrong_state(ObligationState state);

// The last day of a deadline that runs from a day. Working days are Monday to Friday; no calendar
// of holidays is known here, so that the day may be too early, never too late.
Date last_day(const authority::Deadline& deadline, Date from);

struct Due {
  Date day;
  DueBy by = DueBy::law;
};
// None: neither law nor a rule of follow-up names a day.
std::optional<Due> due_of(const authority::Duty& duty, Date from, const FollowUpRule& rule);

// Sent not before the occasion, received not before it was sent, neither in the future.
std::vector<FieldError> faults(const SentLetter& service, const ObligationRow& row, Date today);
std::vector<FieldError> faults(const ReceiptProof& proof, const ObligationRow& row, Date today);

// The row as it stands after the letter or proof was recorded or taken back.
void put(ObligationRow& row, const SentLetter& service);
void put(ObligationRow& row, const ReceiptProof& proof);
void take_back(ObligationRow& row);

Obligation seen(ObligationRow row, const FollowUpRules& rules, Date today);

// The latest reminder whose day has come: "before_due.5", "after_due.7", "waiting.15", "proof.30";
// none yet, or nothing to be reminded of. Each names itself for ever, so that raising it once is
// comparing it with the last one raised.
std::optional<Key> reminder_reached(const ObligationRow& row, const FollowUpRule& rule, Date today);

// ---- figures

// What the public figures are made of: no words, no offices, no persons.
struct Course {
  AreaCode province;
  Key kind;
  ObligationState state = ObligationState::owed;
  Date counted_from;
  std::optional<Date> due;
  std::optional<Date> received_on;
  bool demonstration = false;
};
BOOST_DESCRIBE_STRUCT(Course, (),
                      (province, kind, state, counted_from, due, received_on, demonstration))

// By province and kind, in this order.
std::vector<ObligationFigure> figures_of(const std::vector<Course>& courses, Date today);

}  // namespace changwat::obligations
