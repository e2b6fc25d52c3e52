#pragma once
// Rules of projects and of the course of a request, pure: time comes in as a parameter.
//
// Money is conserved. A project has money (its total) unless it is over the ceiling; it keeps it
// until the year ends or lends what is left over to another project of the province and year. No
// request makes money or loses any: `funded` summed over a province and year, less what was
// released, is the same before and after.

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"

#include "modules/authority/authority.hpp"
#include "modules/plans/change_rules.hpp"
#include "modules/plans/classify.hpp"
#include "modules/plans/model.hpp"

namespace changwat::plans {

inline constexpr ErrorKind plan_moved{"plan_moved", 409,
                                      "โครงการถูกปรับตามคำขออื่นหลังจากจัดทำคำขอนี้ โปรดเปิดและบันทึกคำขอใหม่",
                                      "Another request changed the project since this one was "
                                      "written. Open and save this one again."};
inline constexpr ErrorKind not_for_the_province{"not_for_the_province", 409, "เรื่องนี้จบที่จังหวัดไม่ได้",
                                                "This cannot end in the province."};
inline constexpr ErrorKind dossier_incomplete{"dossier_incomplete", 409, "เอกสารประกอบยังไม่ครบ",
                                              "The dossier is not complete."};
inline constexpr ErrorKind report_wanted{
    "report_wanted", 409, "ยังไม่ได้รายงานสำนักงบประมาณ หรือยังไม่มีหลักฐานการรับ",
    "The report to the Budget Bureau, or the proof that it was received, is still wanting."};

// "1,000,000.00"
std::string baht_text(Satang amount);

// ---- projects

// Sum of the budget lines; none when it leaves the range.
std::optional<Satang> total_of(const ProjectContent& content);

// A name; levels from 1 to 3; lines that name an activity that is there, and whose amount is
// quantity times unit price where both are given; months in order; a total in range. The errors
// point below `prefix`.
std::vector<FieldError> faults(const ProjectContent& content, std::string_view prefix);

// The total, or nothing for a project over the ceiling.
Satang funded(const ProjectRow& project);

// What of it is neither lent nor gone with it.
Satang available(const ProjectRow& project);

// ---- requests

using State = ChangeState;
inline constexpr authority::Transition<ChangeState> change_transitions[] = {
    {State::draft, "change.edit", State::draft},
    {State::draft, "change.submit", State::checking},
    {State::draft, "change.withdraw", State::withdrawn},
    {State::checking, "change.return", State::draft},
    {State::checking, "change.settle", State::classified},
    {State::checking, "change.withdraw", State::withdrawn},
    {State::classified, "change.resolve", State::decided_here},  // or where settled() says
    {State::classified, "change.return", State::draft},
    {State::classified, "change.withdraw", State::withdrawn},
    {State::endorsed, "change.edit", State::endorsed},  // attachments only
    {State::endorsed, "change.send_up", State::sent_up},
    {State::endorsed, "change.withdraw", State::withdrawn},
    {State::sent_up, "change.record_outcome", State::decided_above},  // or where outcome says
    {State::decided_here, "change.apply", State::plan_changed},
    {State::decided_here, "change.report", State::decided_here},
    {State::decided_here, "change.return", State::draft},  // once it cannot take effect any more
    {State::decided_above, "change.apply", State::plan_changed},
    {State::decided_above, "change.report", State::decided_above},
    {State::decided_above, "change.return", State::draft},
    {State::plan_changed, "change.report", State::plan_changed},
    {State::plan_changed, "change.close", State::closed},
};
// Recorded in any state, by section 52 of the Budget Procedures Act.
inline constexpr std::string_view objection_act = "objection.record";

// Acts by which a request goes on its course; the others edit it, give it back or end it.
bool takes_on(std::string_view act);

Problem wrong_state(ChangeState state);

// Money of a request: see the head of this file. `project` is none when a project is added;
// `lender` is the project whose leftover money is used, none when it was not found.
std::vector<FieldError> money_faults(RequestKind kind, const ProjectRow* project,
                                     const ChangeContent& content, const ProjectRow* lender);

// What a request must say before it is checked: reasons, and a code for a project that is new.
std::vector<FieldError> submission_faults(RequestKind kind, const ChangeContent& content);

// Confirmed, or contested with a reason and another decider than the table's.
Result<Settled> settle(const SettleRequest& in, const ChangeClassification& proposed, Instant now);

// Where a resolution of ก.บ.จ. leads. What is not for the province is not decided there, and what
// is not allowed at all is not endorsed: not_for_the_province.
Result<ChangeState> state_after(CommitteeDecision decision, const Settled& settled);
ChangeState state_after(ChangeOutcome outcome);

// Whether the row asks for the report to the Budget Bureau.
bool asks_for_report(const Settled& settled);

std::vector<DossierGap> gaps(const ChangeRules& rules, const ChangeContent& content,
                             bool has_attachment, bool has_resolution);

// Days of the calendar in Bangkok from a request to its decision.
std::int64_t days_between(Instant submitted_at, Date decided_on);
DecisionDays days_of(std::vector<std::int64_t> days);

// ---- a change takes effect

// Projects as they stand afterwards; `made` is new.
struct Effect {
  std::optional<ProjectRow> project;
  std::optional<ProjectRow> lender;
  std::optional<ProjectRow> made;
};
Effect effect_of(const ChangeRow& change, const std::optional<ProjectRow>& project,
                 const std::optional<ProjectRow>& lender, Instant now);

}  // namespace changwat::plans
