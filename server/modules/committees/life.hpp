#pragma once
// The lives of meetings, circulations, assignments and urgent matters as tables of steps, and the
// pure rules that go with them.

#include "modules/authority/authority.hpp"
#include "modules/committees/matter_model.hpp"

namespace changwat::committees {

// What may be done in each state. Acts that lead to the same state change what the meeting holds.
inline constexpr authority::Transition<MeetingState> sitting_life[] = {
    {MeetingState::planned, "meeting.edit", MeetingState::planned},
    {MeetingState::planned, "meeting.call", MeetingState::called},
    {MeetingState::planned, "meeting.cancel", MeetingState::cancelled},
    {MeetingState::called, "meeting.edit", MeetingState::called},
    {MeetingState::called, "meeting.attend", MeetingState::called},
    {MeetingState::called, "meeting.open", MeetingState::open},
    {MeetingState::called, "meeting.cancel", MeetingState::cancelled},
    {MeetingState::open, "meeting.edit", MeetingState::open},
    {MeetingState::open, "meeting.attend", MeetingState::open},
    {MeetingState::open, "meeting.resolve", MeetingState::open},
    {MeetingState::open, "meeting.minute", MeetingState::open},
    {MeetingState::open, "meeting.close", MeetingState::closed},
    {MeetingState::closed, "meeting.minute", MeetingState::closed},
    {MeetingState::closed, "meeting.draft_minutes", MeetingState::minutes_drafted},
    {MeetingState::closed, "meeting.correct", MeetingState::closed},
    {MeetingState::minutes_drafted, "meeting.minute", MeetingState::minutes_drafted},
    {MeetingState::minutes_drafted, "meeting.correct", MeetingState::minutes_drafted},
    {MeetingState::minutes_adopted, "meeting.correct", MeetingState::minutes_adopted},
    {MeetingState::recorded, "meeting.correct", MeetingState::recorded},
};

inline constexpr authority::Transition<MeetingState> circulation_life[] = {
    {MeetingState::called, "circulation.answer", MeetingState::called},
    {MeetingState::called, "circulation.count", MeetingState::closed},
    {MeetingState::called, "meeting.cancel", MeetingState::cancelled},
    {MeetingState::closed, "meeting.correct", MeetingState::closed},
};

inline constexpr authority::Transition<AssignmentState> assignment_life[] = {
    {AssignmentState::open, "assignment.report", AssignmentState::reported},
    {AssignmentState::open, "assignment.close", AssignmentState::done},
    {AssignmentState::reported, "assignment.report", AssignmentState::reported},
    {AssignmentState::reported, "assignment.close", AssignmentState::done},
};

inline constexpr authority::Transition<MatterState> matter_life[] = {
    {MatterState::raised, "urgent_matter.order", MatterState::ordered},
    {MatterState::raised, "urgent_matter.circulate", MatterState::circulating},
    {MatterState::raised, "urgent_matter.table", MatterState::tabled},
    {MatterState::raised, "urgent_matter.withdraw", MatterState::withdrawn},
    {MatterState::circulating, "urgent_matter.order", MatterState::ordered},
    {MatterState::tabled, "urgent_matter.order", MatterState::ordered},
    {MatterState::resolved, "urgent_matter.order", MatterState::ordered},
    {MatterState::ordered, "urgent_matter.order", MatterState::ordered},
    {MatterState::ordered, "urgent_matter.report", MatterState::ordered},
    {MatterState::ordered, "urgent_matter.close", MatterState::closed},
};

// The meeting may still hear of something new: its agenda is open.
bool agenda_open(MeetingState state);
bool was_held(MeetingState state);

// "5.1" for the first item of part 5.
ItemNumber number_of(AgendaPart part, std::int64_t position);

// A body meets only while it exists, and numbers by the year of the day, as rules.hpp has it; a
// planned meeting lies ahead.
std::vector<FieldError> faults(const PlanMeeting& plan, const Body& body, Instant now);
std::vector<FieldError> faults(const NewCirculation& circulation, const Body& body, Instant now);

// A seat of the constitution, a term that is one, an order's number with its day.
std::vector<FieldError> faults(const NewMember& member, const Constitution& law);

// Nobody affected is a number too; the time to act lies ahead; the area lies in a province.
std::vector<FieldError> faults(const NewMatter& matter, Instant now);

// A report says what proves it before work is closed as done.
bool proved(const std::vector<AssignmentReportRow>& reports, const std::vector<PaperRow>& papers);

// The first `length_max` code points, with "…" when something was left out.
Title shortened(std::string_view text, std::size_t length_max = 280);

// Overdue first, then by the time to act, ended ones last.
Matter on_board(const MatterRow& row, Instant now);
void in_order_of_urgency(std::vector<Matter>& matters);

}  // namespace changwat::committees
