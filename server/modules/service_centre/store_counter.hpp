#pragma once
// What is kept of counters: times, appointments, queues.

#include <optional>
#include <vector>

#include "platform/db/connection.hpp"

#include "modules/service_centre/counter_model.hpp"

namespace changwat::service_centre::store {

// Those in force on the day or later.
std::vector<CounterTimeRow> counter_times(db::Connection& db, const AreaCode& district, Date from);
// Others take the place of all from the day on: what stands ends the day before.
void set_counter_times(db::Connection& db, const AreaCode& district, Date from,
                       const std::vector<CounterTimeRow>& times);

// But those that were cancelled.
std::vector<AppointmentRow> appointments(db::Connection& db, const AreaCode& district, Date on);
std::optional<AppointmentRow> appointment(db::Connection& db, const AppointmentId& id);
std::optional<AppointmentRow> booked_appointment(db::Connection& db, const CaseId& id);
void add(db::Connection& db, const AppointmentRow& row);
void change(db::Connection& db, const AppointmentRow& row);

struct CaseAppointment {
  AppointmentId appointment_id;
  CaseId case_id;
  CaseNumber number;
  ClockTime starts;
  AppointmentState state = AppointmentState::booked;
};
BOOST_DESCRIBE_STRUCT(CaseAppointment, (), (appointment_id, case_id, number, starts, state))
std::vector<CaseAppointment> case_appointments(db::Connection& db, const AreaCode& district,
                                               Date on);

// Of a day, by number.
std::vector<TicketRow> tickets(db::Connection& db, const AreaCode& district, Date on);
std::optional<TicketRow> ticket(db::Connection& db, const TicketId& id);
void add(db::Connection& db, const TicketRow& row);
void change(db::Connection& db, const TicketRow& row);

}  // namespace changwat::service_centre::store
