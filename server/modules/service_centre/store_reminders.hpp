#pragma once
// The SQL of reminders: what is to be told, what was, and what of it stands.

#include <vector>

#include "platform/db/connection.hpp"

#include "modules/service_centre/clocks.hpp"

namespace changwat::service_centre::store {

// Open cases of which something may have to be told by now, the oldest moment first.
std::vector<CaseId> to_remind(db::Connection& db, Instant now, std::int64_t limit);
// Puts what clocks come to into the row: derived, so it is no act.
void put_due(db::Connection& db, const CaseRow& row);
bool was_reminded(db::Connection& db, const CaseId& id, const Reminder& reminder);
// Notes that it is told now; false: it was told before.
bool note_reminder(db::Connection& db, const CaseId& id, const Reminder& reminder, Instant now);

// A reminder that stands with whom it was sent to: an office's id, or a role with its area.
struct NoticeRow {
  std::string addressee;
  CaseId case_id;
  Key clock;
  std::string assignment_id;  // or the service; empty: the clock is the case's
  Instant started_at;         // of the clock
  Date due_on;
  Instant at;
};
BOOST_DESCRIBE_STRUCT(NoticeRow, (),
                      (addressee, case_id, clock, assignment_id, started_at, due_on, at))

// What the clock of a reminder or a notice is about besides the case.
template <class Of>
std::string about(const Of& one) {
  // A clock is of an assignment or of a service, never of both.
  if (one.assignment_id) return one.assignment_id->text();
  return one.service ? one.service->text() : std::string();
}

// Takes the place of what stands with the same addressee about the same clock.
void put_notice(db::Connection& db, const NoticeRow& row);
// The latest first.
std::vector<NoticeRow> notices(db::Connection& db, const CaseId& id);
void drop_notice(db::Connection& db, const NoticeRow& row);

}  // namespace changwat::service_centre::store
