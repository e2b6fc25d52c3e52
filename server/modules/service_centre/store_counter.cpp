#include "modules/service_centre/store_counter.hpp"

namespace changwat::service_centre::store {

std::vector<CounterTimeRow> counter_times(db::Connection& db, const AreaCode& district, Date from) {
  static const auto sql = "SELECT " + db::columns<CounterTimeRow>() +
                          " FROM counter_time WHERE province = $1 AND district = $2 AND "
                          "(valid_to IS NULL OR valid_to >= $3) ORDER BY time_id LIMIT 1000";
  return db.query<CounterTimeRow>(sql, district.province(), district, from);
}

void set_counter_times(db::Connection& db, const AreaCode& district, Date from,
                       const std::vector<CounterTimeRow>& times) {
  db.exec("DELETE FROM counter_time WHERE province = $1 AND district = $2 AND valid_from >= $3",
          district.province(), district, from);
  db.exec(
      "UPDATE counter_time SET valid_to = $4 WHERE province = $1 AND district = $2 AND "
      "(valid_to IS NULL OR valid_to >= $3)",
      district.province(), district, from, from.plus_days(-1));
  for (const auto& row : times) db.insert("counter_time", row);
}

std::vector<AppointmentRow> appointments(db::Connection& db, const AreaCode& district, Date on) {
  static const auto sql = "SELECT " + db::columns<AppointmentRow>() +
                          " FROM counter_appointment WHERE province = $1 AND district = $2 AND "
                          "on_date = $3 AND state <> 'cancelled' ORDER BY starts, appointment_id "
                          "LIMIT 10000";
  return db.query<AppointmentRow>(sql, district.province(), district, on);
}
std::optional<AppointmentRow> appointment(db::Connection& db, const AppointmentId& id) {
  static const auto sql = "SELECT " + db::columns<AppointmentRow>() +
                          " FROM counter_appointment WHERE appointment_id = $1";
  return db.one<AppointmentRow>(sql, id);
}
std::optional<AppointmentRow> booked_appointment(db::Connection& db, const CaseId& id) {
  static const auto sql = "SELECT " + db::columns<AppointmentRow>() +
                          " FROM counter_appointment WHERE case_id = $1 AND state = 'booked'";
  return db.one<AppointmentRow>(sql, id);
}
void add(db::Connection& db, const AppointmentRow& row) {
  db.insert("counter_appointment", row);
}
void change(db::Connection& db, const AppointmentRow& row) {
  CHECK(db.update("counter_appointment", row));
}

std::vector<CaseAppointment> case_appointments(db::Connection& db, const AreaCode& district,
                                               Date on) {
  return db.query<CaseAppointment>(
      "SELECT a.appointment_id, a.case_id, c.number, a.starts, a.state FROM counter_appointment a "
      "JOIN service_case c ON c.case_id = a.case_id WHERE a.province = $1 AND a.district = $2 AND "
      "a.on_date = $3 AND a.state <> 'cancelled' ORDER BY a.starts, a.appointment_id LIMIT 10000",
      district.province(), district, on);
}

std::vector<TicketRow> tickets(db::Connection& db, const AreaCode& district, Date on) {
  static const auto sql = "SELECT " + db::columns<TicketRow>() +
                          " FROM counter_ticket WHERE province = $1 AND district = $2 AND "
                          "on_date = $3 ORDER BY number LIMIT 10000";
  return db.query<TicketRow>(sql, district.province(), district, on);
}
std::optional<TicketRow> ticket(db::Connection& db, const TicketId& id) {
  static const auto sql =
      "SELECT " + db::columns<TicketRow>() + " FROM counter_ticket WHERE ticket_id = $1";
  return db.one<TicketRow>(sql, id);
}
void add(db::Connection& db, const TicketRow& row) {
  db.insert("counter_ticket", row);
}
void change(db::Connection& db, const TicketRow& row) {
  CHECK(db.update("counter_ticket", row));
}

}  // namespace changwat::service_centre::store
