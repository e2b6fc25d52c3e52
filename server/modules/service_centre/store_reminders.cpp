#include "modules/service_centre/store_reminders.hpp"

namespace changwat::service_centre::store {

std::vector<CaseId> to_remind(db::Connection& db, Instant now, std::int64_t limit) {
  return db.query<CaseId>(
      "SELECT case_id FROM service_case WHERE open = TRUE AND remind_at <= $1 ORDER BY remind_at, "
      "case_id LIMIT $2",
      now, limit);
}

void put_due(db::Connection& db, const CaseRow& row) {
  db.exec("UPDATE service_case SET due_at = $2, remind_at = $3 WHERE case_id = $1", row.case_id,
          row.due_at, row.remind_at);
}

bool was_reminded(db::Connection& db, const CaseId& id, const Reminder& reminder) {
  const auto assignment = about(reminder);
  return db
      .one<std::int64_t>(
          "SELECT 1 FROM case_reminder WHERE case_id = $1 AND clock = $2 AND assignment_id = $3 "
          "AND started_at = $4 AND step = $5 AND due_on = $6",
          id, reminder.clock, assignment, reminder.started_at, reminder.step, reminder.due_on)
      .has_value();
}

bool note_reminder(db::Connection& db, const CaseId& id, const Reminder& reminder, Instant now) {
  const auto assignment = about(reminder);
  return db.exec(
             "INSERT INTO case_reminder (case_id, clock, assignment_id, started_at, step, due_on, "
             "at) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
             id, reminder.clock, assignment, reminder.started_at, reminder.step, reminder.due_on,
             now) == 1;
}

void put_notice(db::Connection& db, const NoticeRow& row) {
  drop_notice(db, row);
  db.insert("case_notice", row);
}

std::vector<NoticeRow> notices(db::Connection& db, const CaseId& id) {
  static const auto sql = "SELECT " + db::columns<NoticeRow>() +
                          " FROM case_notice WHERE case_id = $1 ORDER BY at DESC, clock, "
                          "assignment_id, addressee LIMIT 1000";
  return db.query<NoticeRow>(sql, id);
}

void drop_notice(db::Connection& db, const NoticeRow& row) {
  db.exec(
      "DELETE FROM case_notice WHERE addressee = $1 AND case_id = $2 AND clock = $3 AND "
      "assignment_id = $4",
      row.addressee, row.case_id, row.clock, row.assignment_id);
}

}  // namespace changwat::service_centre::store
