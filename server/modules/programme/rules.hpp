#pragma once
// Rules of calls and applications, pure: time comes in as a parameter.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

#include "modules/authority/authority.hpp"
#include "modules/programme/model.hpp"

namespace changwat::programme {

inline constexpr ErrorKind deadline_passed{"deadline_passed", 409, "พ้นกำหนดเวลายื่นแล้ว",
                                           "The deadline has passed."};
inline constexpr ErrorKind volunteers_not_allowed{"volunteers_not_allowed", 409,
                                                  "ประกาศนี้รับเฉพาะจังหวัดที่ได้รับเชิญ",
                                                  "This call is for the invited provinces only."};

// ---- states. `application.resolve` leads where outcome() says; the table names its usual end.

inline constexpr authority::Transition<CallState> call_transitions[] = {
    {CallState::draft, "call.edit", CallState::draft},
    {CallState::draft, "call.open", CallState::open},
    {CallState::open, "call.edit", CallState::open},  // the deadline only
    {CallState::open, "call.close", CallState::closed},
};

using State = ApplicationState;
inline constexpr authority::Transition<ApplicationState> application_transitions[] = {
    {State::draft, "application.edit", State::draft},
    {State::draft, "application.submit", State::submitted},
    {State::draft, "application.withdraw", State::withdrawn},
    {State::submitted, "application.accept", State::screening},
    {State::submitted, "application.return", State::returned},
    {State::submitted, "application.withdraw", State::withdrawn},
    {State::returned, "application.edit", State::returned},
    {State::returned, "application.submit", State::submitted},
    {State::returned, "application.withdraw", State::withdrawn},
    {State::screening, "application.advise", State::advised},
    {State::screening, "application.resolve", State::approved},
    {State::screening, "application.withdraw", State::withdrawn},
    {State::advised, "application.advise", State::advised},
    {State::advised, "application.resolve", State::approved},
    {State::advised, "application.withdraw", State::withdrawn},
    {State::revising, "application.edit", State::revising},
    {State::revising, "application.submit", State::submitted},
    {State::revising, "application.withdraw", State::withdrawn},
};

ApplicationState state_after(Outcome outcome);
committees::ResolutionKind resolution_kind(Outcome outcome);

// The refusal of an act in a state, in words.
Problem wrong_state(ApplicationState state);

// ---- calls

// The opening before the deadline, both on whole seconds; invited are provinces, each once; keys of
// requirements once. `pointer` names the members of the body that was sent.
std::vector<FieldError> faults(const CallForProposals& call);

// The call after a change. A draft takes anything; of an open call only the deadline may be moved,
// to a later moment that is not past, and with a reason: nobody who relied on it loses time.
Result<CallForProposals> patched(const CallForProposals& call, const CallPatch& patch, Instant now);

// A call opens before its deadline and closes after it.
Result<Done> may_open(const CallForProposals& call, Instant now);
Result<Done> may_close(const CallForProposals& call, Instant now);

// ---- deadlines

// The moment by which an application has to be submitted: the call's deadline, or that of its
// correction once it was returned or is to be revised.
Instant deadline_of(const ApplicationRow& application, const CallForProposals& call);

// In time up to and including the moment `deadline`; one millisecond after it is late. The problem
// deadline_passed says when the deadline was and by how much it was missed, to the second, begun
// seconds counted whole.
Result<Done> in_time(Instant now, Instant deadline);

// A deadline that is set for others: on a whole second, and not past.
std::vector<FieldError> deadline_faults(Instant deadline, Instant now, std::string_view pointer);

// ---- beginning an application

// Invited if the call names the province; else a volunteer, where the call takes them. Only while
// the call is open and its deadline is not past.
Result<ApplicationKind> kind_of_applicant(const CallForProposals& call, const AreaCode& province,
                                          Instant now);

// Submitting a draft needs the open call; a returned or revised application has its own deadline.
Result<Done> may_submit(const ApplicationRow& application, const CallForProposals& call,
                        Instant now);

inline constexpr std::size_t advice_max = 100;  // to one application
inline constexpr ErrorKind too_much_advice{"too_much_advice", 409, "ใบสมัครนี้มีข้อเสนอแนะครบจำนวนแล้ว",
                                           "The application has all the advice it can hold."};

// ---- history

struct HistoryRow {
  Id<struct HistoryTag> history_id;
  ApplicationId application_id;
  std::int64_t position = 0;
  std::string act;
  std::string person_id;
  std::string office_id;
  std::string office_th;
  std::string office_en;
  Instant began_at;
  Instant at;
  Json<std::vector<std::string>> changed;
  std::optional<Text<0, 2000>> note;  // the reason or remark given with the act
};
BOOST_DESCRIBE_STRUCT(HistoryRow, (),
                      (history_id, application_id, position, act, person_id, office_id, office_th,
                       office_en, began_at, at, changed, note))

inline constexpr std::int64_t merge_window_ms = 10 * 60 * 1000;

// Saves follow each other within seconds while somebody writes: those of one person in one office
// within ten minutes of the first are one row, unless something else happened between.
bool merges(const HistoryRow& last, const HistoryRow& next);
HistoryRow merged(HistoryRow last, const HistoryRow& next);

// The JSON pointers (RFC 6901) at which two texts of JSON differ, in order. An item that was added
// to or taken from a list is one pointer. More than 100 are told by their first level.
std::vector<std::string> changed_pointers(std::string_view before, std::string_view after);

}  // namespace changwat::programme
