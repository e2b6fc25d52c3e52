// Appointments of applications: an officer makes them at the desk, a citizen by the tracking code.
// One stands of each case; a new one takes its place.

#include <algorithm>

#include "platform/auth/tokens.hpp"

#include "modules/service_centre/applications.hpp"
#include "modules/service_centre/counter_rules.hpp"
#include "modules/service_centre/service_centre.hpp"
#include "modules/service_centre/store_counter.hpp"

namespace changwat::service_centre {
namespace {

Result<Done> cancel(db::Connection& db, const CaseId& id, Instant now) {
  auto row = store::booked_appointment(db, id);
  if (!row) return Problem(errors::wrong_state, "เรื่องนี้ไม่มีนัด", "The case has no appointment.");
  row->state = AppointmentState::cancelled;
  row->changed_at = now;
  store::change(db, *row);
  return Done{};
}

// The time has to be free; the case's own appointment gives its place back before.
Result<Done> make_appointment(db::Connection& db, const Book& book, const CaseRow& row,
                              const BookAppointment& in, Instant now) {
  if (!takes_services(book, row.kind, now.bangkok_date())) return not_a_service_case;
  if (store::booked_appointment(db, row.case_id)) TRY(cancel(db, row.case_id, now));
  const auto free = free_times(store::counter_times(db, row.district, in.on),
                               store::appointments(db, row.district, in.on), book.calendar, in.on,
                               last_appointment_day(book, now.bangkok_date()), now);
  const auto found = std::find_if(free.begin(), free.end(), [&](const FreeTime& time) {
    return time.starts == in.starts && time.free > 0;
  });
  if (found == free.end()) return time_taken;
  store::add(db, AppointmentRow{AppointmentId::make(now), row.province, row.district, row.case_id,
                                in.on, in.starts, AppointmentState::booked, now, now});
  return Done{};
}

// A case that was put into another has its application there, which is another citizen's.
Result<Done> is_own(const CaseRow& row, const TrackingCode& code) {
  if (auth::token_hash(code.text()) == row.tracking_hash) return Done{};
  return Problem(errors::wrong_state, "เรื่องนี้รวมไว้กับเรื่องอื่นแล้ว โปรดติดต่อศูนย์",
                 "This case was put into another; ask the centre.");
}

std::string told(const BookAppointment& in) {
  return "นัดวันที่ " + thai::date(in.on) + " เวลา " + in.starts.text() + " น.";
}

}  // namespace

std::optional<Appointment> ServiceCentre::appointment_of(db::Connection& db,
                                                         const CaseId& id) const {
  const auto row = store::booked_appointment(db, id);
  return row ? std::optional(Appointment{row->on_date, row->starts}) : std::nullopt;
}

Result<CaseApplication> ServiceCentre::book_appointment(Call& call, const Path<CasePath>& path,
                                                        const BookAppointment& in) {
  return lead_application(call, path->case_id, "case.book_appointment",
                          [&](Tx& tx, const Step& step, Papers&) -> Result<Trace> {
                            TRY(make_appointment(tx.db, book_, step.row, in, call.now));
                            return Trace{told(in), true, {to_json(in)}};
                          });
}

Result<CaseApplication> ServiceCentre::cancel_appointment(Call& call, const Path<CasePath>& path,
                                                          const CaseReason& in) {
  return lead_application(call, path->case_id, "case.cancel_appointment",
                          [&](Tx& tx, const Step& step, Papers&) -> Result<Trace> {
                            TRY(cancel(tx.db, step.row.case_id, call.now));
                            return Trace{in.reason_th.text(), true};
                          });
}

Result<TrackedCase> ServiceCentre::book_own_appointment(Call& call, const CitizenAppointment& in) {
  const BookAppointment wanted{in.on, in.starts};
  return citizen_act(call, in.code, "case.book_own_appointment", told(wanted),
                     [&](db::Connection& db, const Step& step, CaseRow&) -> Result<Done> {
                       TRY(is_own(step.row, in.code));
                       return make_appointment(db, book_, step.row, wanted, call.now);
                     });
}

Result<TrackedCase> ServiceCentre::cancel_own_appointment(Call& call, const TrackRequest& in) {
  return citizen_act(call, in.code, "case.cancel_own_appointment", "",
                     [&](db::Connection& db, const Step& step, CaseRow&) -> Result<Done> {
                       TRY(is_own(step.row, in.code));
                       return cancel(db, step.row.case_id, call.now);
                     });
}

}  // namespace changwat::service_centre
