#pragma once
// The SQL of members, of meetings from call to minutes, and of assignments. Tables:
// committee_member, meeting, meeting_correction, agenda_item, attendance, conflict_of_interest,
// circulation_answer, committee_paper, assignment, assignment_report.

#include <optional>
#include <vector>

#include "platform/db/connection.hpp"

#include "modules/committees/meeting_model.hpp"

namespace changwat::committees::store {

// In office first, then those whose term is over; within them by position.
std::vector<MemberRow> members(db::Connection& db, const Key& body);
std::vector<MemberRow> members_on(db::Connection& db, const Key& body, Date on);
std::optional<MemberRow> member(db::Connection& db, const MemberId& id);
void add(db::Connection& db, const MemberRow& row);
void change(db::Connection& db, const MemberRow& row);

void change(db::Connection& db, const Meeting& meeting);
// Neither recorded, nor cancelled, nor with adopted minutes, nor a counted circulation: the nearest
// day first; at most 500.
std::vector<Meeting> running(db::Connection& db);
std::vector<Meeting> with_drafted_minutes(db::Connection& db, const Key& body);
std::vector<Meeting> circulations_to_tell(db::Connection& db, const Key& body);
void add(db::Connection& db, const MeetingCorrectionRow& row);
std::vector<MeetingCorrectionRow> corrections(db::Connection& db, const MeetingId& id);

std::vector<AgendaItemRow> items(db::Connection& db, const MeetingId& id);  // in order
std::optional<AgendaItemRow> item(db::Connection& db, const AgendaItemId& id);
std::vector<AgendaItemRow> items_about(db::Connection& db, std::string_view source_kind,
                                       std::string_view source_id);
std::int64_t count_items(db::Connection& db, const MeetingId& id);
void add(db::Connection& db, const AgendaItemRow& row);
void change(db::Connection& db, const AgendaItemRow& row);
void remove_item(db::Connection& db, const AgendaItemId& id);

std::vector<AttendanceRow> attendance(db::Connection& db, const MeetingId& id);
void put(db::Connection& db, const AttendanceRow& row);
std::vector<ConflictRow> conflicts(db::Connection& db, const MeetingId& id);  // of all its items
void add(db::Connection& db, const ConflictRow& row);
std::vector<AnswerRow> answers(db::Connection& db, const MeetingId& id);
void put(db::Connection& db, const AnswerRow& row);

std::vector<PaperRow> papers(db::Connection& db, std::string_view subject_kind,
                             std::string_view subject_id);
std::optional<PaperRow> paper(db::Connection& db, const PaperId& id);
std::string paper_content(db::Connection& db, const PaperId& id);
void add(db::Connection& db, const PaperRow& row, std::string_view content);
void remove_paper(db::Connection& db, const PaperId& id);

std::optional<AssignmentRow> assignment(db::Connection& db, const AssignmentId& id);
std::vector<AssignmentRow> assignments_of(db::Connection& db, const MeetingId& id);
std::vector<AssignmentRow> unfinished(db::Connection& db, const Key& body);  // due first; 100
std::vector<AssignmentRow> assignments(db::Connection& db, const AssignmentQuery& query);
void add(db::Connection& db, const AssignmentRow& row);
void change(db::Connection& db, const AssignmentRow& row);
std::vector<AssignmentReportRow> reports(db::Connection& db, const AssignmentId& id);
void add(db::Connection& db, const AssignmentReportRow& row);

}  // namespace changwat::committees::store
