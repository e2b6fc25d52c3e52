#pragma once
// The life of a case, pure: its states, those of its assignments, what citizens may do, and the
// rules of intake, closing and reopening. Time comes in as a parameter.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

#include "modules/authority/authority.hpp"
#include "modules/service_centre/book.hpp"
#include "modules/service_centre/work_model.hpp"

namespace changwat::service_centre {

inline constexpr ErrorKind second_person_wanted{
    "second_person_wanted", 409, "ผู้เสนอยุติเรื่องตรวจเรื่องของตนเองไม่ได้ ต้องให้เจ้าหน้าที่อีกคนตรวจ",
    "Who proposed the closing may not review it; another officer has to."};
inline constexpr ErrorKind result_untold{
    "result_untold", 409, "ศูนย์ยังไม่ได้แจ้งผลการดำเนินการ โปรดยืนยันเมื่อได้รับแจ้งผลแล้ว",
    "The centre has not told the result yet; confirm it once it has."};
inline constexpr ErrorKind closing_unproven{
    "closing_unproven", 409, "ยังไม่มีหลักฐานหรือคำยืนยันของผู้ร้องที่ใช้ยุติเรื่องได้",
    "There is neither evidence nor the citizen's word by which this could be closed."};
inline constexpr ErrorKind reopening_over{"reopening_over", 409,
                                          "พ้นกำหนดเปิดเรื่องใหม่แล้ว โปรดแจ้งเป็นเรื่องใหม่",
                                          "The time for reopening is over; report a new case."};
inline constexpr ErrorKind agencies_at_work{
    "agencies_at_work", 409, "ยังมีหน่วยงานที่ไม่ได้รายงานผล โปรดรอผลหรือถอนการมอบหมายก่อน",
    "Agencies have not reported yet; wait for them or end their assignment first."};
inline constexpr ErrorKind no_level_above{"no_level_above", 409, "ไม่มีศูนย์ระดับเหนือขึ้นไป",
                                          "There is no centre above."};

using CaseTransition = authority::Transition<CaseState>;
using C = CaseState;

// What a centre does. Where an act leads to the state that its assignments make, case_state()
// decides; the table names the usual one.
inline constexpr CaseTransition centre_transitions[] = {
    {C::received, "case.screen", C::screening},
    {C::received, "case.reject", C::rejected},
    {C::received, "case.merge", C::merged},
    {C::received, "case.withdraw", C::withdrawn},
    {C::screening, "case.screen", C::screening},
    {C::screening, "case.assign", C::assigned},
    {C::screening, "case.handle", C::in_progress},
    {C::screening, "case.mediate", C::mediation},
    {C::screening, "case.reject", C::rejected},
    {C::screening, "case.send_up", C::sent_up},
    {C::screening, "case.merge", C::merged},
    {C::screening, "case.withdraw", C::withdrawn},
    {C::assigned, "case.assign", C::assigned},
    {C::assigned, "case.end_assignment", C::screening},
    {C::assigned, "case.merge", C::merged},
    {C::assigned, "case.withdraw", C::withdrawn},
    {C::accepted, "case.assign", C::accepted},
    {C::accepted, "case.end_assignment", C::screening},
    {C::accepted, "case.merge", C::merged},
    {C::accepted, "case.withdraw", C::withdrawn},
    {C::in_progress, "case.assign", C::in_progress},
    {C::in_progress, "case.end_assignment", C::screening},
    {C::in_progress, "case.record_result", C::resolved},
    {C::in_progress, "case.mediate", C::mediation},
    {C::in_progress, "case.send_up", C::sent_up},
    {C::in_progress, "case.merge", C::merged},
    {C::in_progress, "case.withdraw", C::withdrawn},
    {C::mediation, "case.end_mediation", C::resolved},  // or in_progress, without agreement
    {C::mediation, "case.withdraw", C::withdrawn},
    {C::sent_up, "case.take_up", C::screening},
    {C::sent_up, "case.send_back", C::screening},
    {C::resolved, "case.propose_closing", C::reviewing},
    {C::resolved, "case.assign", C::assigned},
    {C::resolved, "case.handle", C::in_progress},
    {C::resolved, "case.send_up", C::sent_up},
    {C::resolved, "case.withdraw", C::withdrawn},
    {C::reviewing, "case.close", C::closed},
    {C::reviewing, "case.refuse_closing", C::in_progress},
    {C::closed, "case.reopen", C::received},
    {C::rejected, "case.reopen", C::received},
};

// What a centre may do in every state that is open, and that leaves it.
inline constexpr std::string_view standing_acts[] = {
    "case.take_charge", "case.tell", "case.add_task", "case.do_task", "case.attach"};

// What an agency does with its assignment; also the centre for one that answers by letter.
inline constexpr authority::Transition<CaseAssignmentState> assignment_transitions[] = {
    {CaseAssignmentState::assigned, "case.accept", CaseAssignmentState::accepted},
    {CaseAssignmentState::assigned, "case.return", CaseAssignmentState::returned},
    {CaseAssignmentState::accepted, "case.progress", CaseAssignmentState::in_progress},
    {CaseAssignmentState::accepted, "case.report_result", CaseAssignmentState::reported},
    {CaseAssignmentState::accepted, "case.return", CaseAssignmentState::returned},
    {CaseAssignmentState::in_progress, "case.progress", CaseAssignmentState::in_progress},
    {CaseAssignmentState::in_progress, "case.report_result", CaseAssignmentState::reported},
    {CaseAssignmentState::in_progress, "case.return", CaseAssignmentState::returned},
};

bool is_settled(CaseState state);  // closed, rejected, merged, withdrawn
bool is_active(CaseAssignmentState state);

// The state that the assignments make: as far as the furthest that is at work; resolved when all
// that are left have reported; back to screening when none is left.
CaseState case_state(const std::vector<CaseAssignment>& assignments);

// What a step means for clocks, and whether it ends the clocks of its assignment.
std::vector<ClockEvent> events_of(std::string_view act, CaseState from);
bool ends_assignment(std::string_view act);
bool ends_service(std::string_view act);  // likewise

Problem wrong_state(CaseState state);
// What authority is asked about: a case at its centre, and a case as the office sees it that has an
// assignment. Which office has one stands in the case.
authority::Object object_of(const AreaCode& district, CaseLevel level);
authority::Object assigned_object(const std::optional<AreaCode>& area);

// ---- intake

// One who reports is named or says why not: secret and anonymous are types; the anonymous have
// neither name nor national id. Latitude and longitude in range. A place at least as near as a
// district. Pointers from the body.
std::vector<FieldError> intake_faults(const CasePlace& place,
                                      const std::vector<NewReporter>& reporters);

// Off-line intake: not in the future by more than a device's clock errs; late: longer ago than goes
// without a remark.
std::vector<FieldError> taken_faults(std::optional<Instant> taken_at, Instant now);
bool taken_late(std::optional<Instant> taken_at, Instant now, std::int64_t hours_max);

std::string number_of(const NumberPattern& pattern, const AreaCode& district, Date on,
                      std::int64_t running);

// ---- closing

double metres_between(const Position& a, const Position& b);

// Whether the files prove it: one from before and one from after, that one taken after the case was
// received and not long before it was sent, both near the place of the case as far as it is known.
// Empty: they do.
std::vector<FieldError> evidence_faults(const CaseRow& row, const CaseFile* before,
                                        const CaseFile* after, const ClosingNumbers& numbers);

// The citizen confirmed since the latest result was in.
bool citizen_confirmed(const std::vector<CaseStep>& steps);
// The centre told the citizen something since the latest result was in.
bool result_was_told(const std::vector<CaseStep>& steps);
// The centre told the citizen something since the case was received or reopened.
bool answer_was_given(const std::vector<CaseStep>& steps);

// ---- the citizen

// When a case was put into one that others reported, without an officer's look: of what was told
// there before, its reporter reads nothing. If that case is put into a third, none of what was told
// there before.
std::optional<Instant> joined_at(const std::vector<CaseStep>& own);

// What a citizen may do with the code, in every state that is open; confirming: once a result is
// in; reopening: when closed.
bool citizen_may(std::string_view act, CaseState state);

// The last day on which the citizen may reopen; none: not closed.
std::optional<Date> reopen_until(const CaseRow& row, const ClosingNumbers& numbers);

}  // namespace changwat::service_centre
