#include "modules/committees/store_meetings.hpp"

namespace changwat::committees::store {
namespace {

template <class T>
std::string select() {
  return "SELECT " + db::columns<T>() + " FROM ";
}

}  // namespace

std::vector<MemberRow> members(db::Connection& db, const Key& body) {
  static const auto sql = select<MemberRow>() +
                          "committee_member WHERE body = $1"
                          " ORDER BY to_date IS NOT NULL, position, from_date, member_id LIMIT 500";
  return db.query<MemberRow>(sql, body);
}

std::vector<MemberRow> members_on(db::Connection& db, const Key& body, Date on) {
  static const auto sql = select<MemberRow>() +
                          "committee_member WHERE body = $1 AND from_date <= $2"
                          " AND (to_date IS NULL OR to_date >= $2)"
                          " ORDER BY position, from_date, member_id LIMIT 300";
  return db.query<MemberRow>(sql, body, on);
}

std::optional<MemberRow> member(db::Connection& db, const MemberId& id) {
  static const auto sql = select<MemberRow>() + "committee_member WHERE member_id = $1";
  return db.one<MemberRow>(sql, id);
}

void add(db::Connection& db, const MemberRow& row) {
  db.insert("committee_member", row);
}

void change(db::Connection& db, const MemberRow& row) {
  db.update("committee_member", row);
}

void change(db::Connection& db, const Meeting& meeting) {
  db.update("meeting", meeting);
}

std::vector<Meeting> running(db::Connection& db) {
  static const auto sql = select<Meeting>() +
                          "meeting WHERE state IN ('planned', 'called', 'open', 'minutes_drafted')"
                          " OR (state = 'closed' AND form = 'sitting')"
                          " ORDER BY on_date, meeting_id LIMIT 500";
  return db.query<Meeting>(sql);
}

std::vector<Meeting> with_drafted_minutes(db::Connection& db, const Key& body) {
  static const auto sql =
      select<Meeting>() +
      "meeting WHERE body = $1 AND state = 'minutes_drafted' ORDER BY on_date LIMIT 100";
  return db.query<Meeting>(sql, body);
}

// Counted, and in no agenda of a meeting that is held or is to be held.
std::vector<Meeting> circulations_to_tell(db::Connection& db, const Key& body) {
  static const auto sql =
      select<Meeting>() +
      "meeting WHERE body = $1 AND form = 'circulation' AND state = 'closed' AND NOT EXISTS"
      " (SELECT 1 FROM agenda_item i JOIN meeting m ON m.meeting_id = i.meeting_id"
      "  WHERE i.source_kind = 'circulation' AND i.source_id = meeting.meeting_id"
      "  AND m.state <> 'cancelled') ORDER BY on_date LIMIT 100";
  return db.query<Meeting>(sql, body);
}

void add(db::Connection& db, const MeetingCorrectionRow& row) {
  db.insert("meeting_correction", row);
}

std::vector<MeetingCorrectionRow> corrections(db::Connection& db, const MeetingId& id) {
  static const auto sql =
      select<MeetingCorrectionRow>() +
      "meeting_correction WHERE meeting_id = $1 ORDER BY corrected_at LIMIT 100";
  return db.query<MeetingCorrectionRow>(sql, id);
}

std::vector<AgendaItemRow> items(db::Connection& db, const MeetingId& id) {
  static const auto sql = select<AgendaItemRow>() +
                          "agenda_item WHERE meeting_id = $1 ORDER BY part, position, item_id";
  return db.query<AgendaItemRow>(sql, id);
}

std::optional<AgendaItemRow> item(db::Connection& db, const AgendaItemId& id) {
  static const auto sql = select<AgendaItemRow>() + "agenda_item WHERE item_id = $1";
  return db.one<AgendaItemRow>(sql, id);
}

std::vector<AgendaItemRow> items_about(db::Connection& db, std::string_view source_kind,
                                       std::string_view source_id) {
  static const auto sql =
      select<AgendaItemRow>() +
      "agenda_item WHERE source_kind = $1 AND source_id = $2 ORDER BY item_id LIMIT 200";
  return db.query<AgendaItemRow>(sql, source_kind, source_id);
}

std::int64_t count_items(db::Connection& db, const MeetingId& id) {
  return *db.one<std::int64_t>("SELECT COUNT(*) FROM agenda_item WHERE meeting_id = $1", id);
}

void add(db::Connection& db, const AgendaItemRow& row) {
  db.insert("agenda_item", row);
}

void change(db::Connection& db, const AgendaItemRow& row) {
  db.update("agenda_item", row);
}

void remove_item(db::Connection& db, const AgendaItemId& id) {
  db.exec("DELETE FROM conflict_of_interest WHERE item_id = $1", id);
  db.exec("DELETE FROM committee_paper WHERE subject_kind = 'agenda_item' AND subject_id = $1", id);
  db.exec("DELETE FROM agenda_item WHERE item_id = $1", id);
}

std::vector<AttendanceRow> attendance(db::Connection& db, const MeetingId& id) {
  static const auto sql = select<AttendanceRow>() + "attendance WHERE meeting_id = $1";
  return db.query<AttendanceRow>(sql, id);
}

void put(db::Connection& db, const AttendanceRow& row) {
  db.exec("DELETE FROM attendance WHERE meeting_id = $1 AND member_id = $2", row.meeting_id,
          row.member_id);
  db.insert("attendance", row);
}

std::vector<ConflictRow> conflicts(db::Connection& db, const MeetingId& id) {
  static const auto sql = "SELECT " + db::columns<ConflictRow>("c") +
                          " FROM conflict_of_interest c JOIN agenda_item i ON i.item_id = c.item_id"
                          " WHERE i.meeting_id = $1 ORDER BY c.declared_at, c.member_id";
  return db.query<ConflictRow>(sql, id);
}

void add(db::Connection& db, const ConflictRow& row) {
  db.insert("conflict_of_interest", row);
}

std::vector<AnswerRow> answers(db::Connection& db, const MeetingId& id) {
  static const auto sql =
      select<AnswerRow>() + "circulation_answer WHERE meeting_id = $1 ORDER BY answered_at";
  return db.query<AnswerRow>(sql, id);
}

void put(db::Connection& db, const AnswerRow& row) {
  db.exec("DELETE FROM circulation_answer WHERE meeting_id = $1 AND member_id = $2", row.meeting_id,
          row.member_id);
  db.insert("circulation_answer", row);
}

std::vector<PaperRow> papers(db::Connection& db, std::string_view subject_kind,
                             std::string_view subject_id) {
  static const auto sql = select<PaperRow>() +
                          "committee_paper WHERE subject_kind = $1 AND subject_id = $2"
                          " ORDER BY added_at, paper_id LIMIT 20";
  return db.query<PaperRow>(sql, subject_kind, subject_id);
}

std::optional<PaperRow> paper(db::Connection& db, const PaperId& id) {
  static const auto sql = select<PaperRow>() + "committee_paper WHERE paper_id = $1";
  return db.one<PaperRow>(sql, id);
}

std::string paper_content(db::Connection& db, const PaperId& id) {
  auto found = db.one<db::Blob>("SELECT content FROM committee_paper WHERE paper_id = $1", id);
  return found ? std::move(found->bytes) : std::string();
}

void add(db::Connection& db, const PaperRow& row, std::string_view content) {
  static const auto sql = "INSERT INTO committee_paper (" + db::columns<PaperRow>() +
                          ", content) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
  db.exec(sql, row.paper_id, row.subject_kind, row.subject_id, row.name, row.bytes, row.media_type,
          row.sha256, row.added_at, db::Blob{std::string(content)});
}

void remove_paper(db::Connection& db, const PaperId& id) {
  db.exec("DELETE FROM committee_paper WHERE paper_id = $1", id);
}

std::optional<AssignmentRow> assignment(db::Connection& db, const AssignmentId& id) {
  static const auto sql = select<AssignmentRow>() + "assignment WHERE assignment_id = $1";
  return db.one<AssignmentRow>(sql, id);
}

std::vector<AssignmentRow> assignments_of(db::Connection& db, const MeetingId& id) {
  static const auto sql =
      select<AssignmentRow>() + "assignment WHERE meeting_id = $1 ORDER BY assignment_id LIMIT 500";
  return db.query<AssignmentRow>(sql, id);
}

std::vector<AssignmentRow> unfinished(db::Connection& db, const Key& body) {
  static const auto sql = select<AssignmentRow>() +
                          "assignment WHERE body = $1 AND state IN ('open', 'reported')"
                          " ORDER BY due IS NULL, due, assignment_id LIMIT 100";
  return db.query<AssignmentRow>(sql, body);
}

std::vector<AssignmentRow> assignments(db::Connection& db, const AssignmentQuery& query) {
  static const auto sql =
      select<AssignmentRow>() +
      "assignment WHERE (body = $1 OR $1 IS NULL) AND (state = $2 OR $2 IS NULL)"
      " AND (assignment_id < $3 OR $3 IS NULL)"
      " AND ($5 = FALSE OR state IN ('open', 'reported'))"
      " ORDER BY assignment_id DESC LIMIT $4";
  return db.query<AssignmentRow>(sql, query.body, query.state, query.cursor,
                                 query.limit.count() + 1, query.waits_for.has_value());
}

void add(db::Connection& db, const AssignmentRow& row) {
  db.insert("assignment", row);
}

void change(db::Connection& db, const AssignmentRow& row) {
  db.update("assignment", row);
}

std::vector<AssignmentReportRow> reports(db::Connection& db, const AssignmentId& id) {
  static const auto sql =
      select<AssignmentReportRow>() +
      "assignment_report WHERE assignment_id = $1 ORDER BY reported_at, report_id LIMIT 200";
  return db.query<AssignmentReportRow>(sql, id);
}

void add(db::Connection& db, const AssignmentReportRow& row) {
  db.insert("assignment_report", row);
}

}  // namespace changwat::committees::store
