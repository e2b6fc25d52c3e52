#pragma once
// The counter of a district: times that it offers, appointments of applications, and the queue of
// a day. Numbers of the queue name nobody.

#include "modules/service_centre/book.hpp"
#include "modules/service_centre/model.hpp"

namespace changwat::service_centre {

using CounterTimeId = Id<struct CounterTimeTag>;
using AppointmentId = Id<struct AppointmentTag>;
using TicketId = Id<struct TicketTag>;
using DeskName = Text<1, 20>;

// A time of day in Bangkok, "08:30". Its text sorts as the time does.
class ClockTime {
 public:
  ClockTime() = default;
  static std::optional<ClockTime> parse(std::string_view raw);
  static Word word() {
    return {.name = "ClockTime",
            .format = "",
            .pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$",
            .min = 5,
            .max = 5,
            .th = "ต้องเป็นเวลาแบบ 08:30",
            .en = "must be a time of day such as 08:30"};
  }
  const std::string& text() const { return text_; }
  friend auto operator<=>(const ClockTime&, const ClockTime&) = default;

 private:
  explicit ClockTime(std::string text) : text_(std::move(text)) {}
  std::string text_ = "00:00";
};

// ---- times

struct CounterTimeRow {
  CounterTimeId time_id;
  AreaCode province;
  AreaCode district;
  Weekday weekday = Weekday::monday;
  ClockTime starts;
  std::int64_t places = 1;  // people who are received at that time
  Date valid_from;
  std::optional<Date> valid_to;
};
BOOST_DESCRIBE_STRUCT(CounterTimeRow, (),
                      (time_id, province, district, weekday, starts, places, valid_from, valid_to))

struct CounterTime {
  Weekday weekday = Weekday::monday;
  ClockTime starts;
  std::int64_t places = 1;
};
BOOST_DESCRIBE_STRUCT(CounterTime, (), (weekday, starts, places))

struct DistrictQuery {
  AreaCode district;
};
BOOST_DESCRIBE_STRUCT(DistrictQuery, (), (district))

struct DistrictDayQuery {
  AreaCode district;
  std::optional<Date> on;  // today
};
BOOST_DESCRIBE_STRUCT(DistrictDayQuery, (), (district, on))

// All times from a day on, in place of those that stand.
struct SetCounterTimes {
  AreaCode district;
  Date valid_from;
  List<CounterTime, 200> times;
};
BOOST_DESCRIBE_STRUCT(SetCounterTimes, (), (district, valid_from, times))

struct CounterTimes {
  AreaCode district;
  std::vector<CounterTime> times;  // in force today
  std::optional<Date> changes_on;  // when others take their place
};
BOOST_DESCRIBE_STRUCT(CounterTimes, (), (district, times, changes_on))

// ---- appointments

enum class AppointmentState { booked, arrived, cancelled };
BOOST_DESCRIBE_ENUM(AppointmentState, booked, arrived, cancelled)

struct AppointmentRow {
  AppointmentId appointment_id;
  AreaCode province;
  AreaCode district;
  CaseId case_id;
  Date on_date;
  ClockTime starts;
  AppointmentState state = AppointmentState::booked;
  Instant made_at;
  Instant changed_at;
};
BOOST_DESCRIBE_STRUCT(AppointmentRow, (),
                      (appointment_id, province, district, case_id, on_date, starts, state, made_at,
                       changed_at))

struct FreeTime {
  ClockTime starts;
  std::int64_t places = 0;
  std::int64_t free = 0;
};
BOOST_DESCRIBE_STRUCT(FreeTime, (), (starts, places, free))

struct FreeTimes {
  AreaCode district;
  Date on;
  bool open = false;            // a working day, as far as the calendar knows
  bool calendar_known = false;  // that it is no holiday is known
  Date last_day;                // up to which appointments are made
  std::vector<FreeTime> times;  // those that are to come
};
BOOST_DESCRIBE_STRUCT(FreeTimes, (), (district, on, open, calendar_known, last_day, times))

// An appointment of an application. A new one takes the place of the one that stands.
struct BookAppointment {
  Date on;
  ClockTime starts;
};
BOOST_DESCRIBE_STRUCT(BookAppointment, (), (on, starts))

struct CitizenAppointment {
  TrackingCode code;
  Date on;
  ClockTime starts;
};
BOOST_DESCRIBE_STRUCT(CitizenAppointment, (), (code, on, starts))

struct Appointment {
  Date on;
  ClockTime starts;
};
BOOST_DESCRIBE_STRUCT(Appointment, (), (on, starts))

// ---- the queue of a day

enum class TicketState { waiting, called, done, absent };
BOOST_DESCRIBE_ENUM(TicketState, waiting, called, done, absent)

struct TicketRow {
  TicketId ticket_id;
  AreaCode province;
  AreaCode district;
  Date on_date;
  std::int64_t number = 0;  // 1, 2, … of the day
  std::optional<AppointmentId> appointment_id;
  std::optional<ClockTime> starts;  // of the appointment
  TicketState state = TicketState::waiting;
  std::optional<DeskName> desk;  // that called it
  Instant taken_at;
  std::optional<Instant> called_at;
  std::optional<Instant> ended_at;
};
BOOST_DESCRIBE_STRUCT(TicketRow, (),
                      (ticket_id, province, district, on_date, number, appointment_id, starts,
                       state, desk, taken_at, called_at, ended_at))

struct NewTicket {
  AreaCode district;
  std::optional<AppointmentId> appointment_id;  // who has one and came
};
BOOST_DESCRIBE_STRUCT(NewTicket, (), (district, appointment_id))

struct CallNext {
  AreaCode district;
  DeskName desk;
};
BOOST_DESCRIBE_STRUCT(CallNext, (), (district, desk))

enum class TicketOutcome { done, absent };
BOOST_DESCRIBE_ENUM(TicketOutcome, done, absent)

struct TicketPath {
  TicketId ticket_id;
};
BOOST_DESCRIBE_STRUCT(TicketPath, (), (ticket_id))

struct EndTicket {
  TicketOutcome outcome = TicketOutcome::done;
};
BOOST_DESCRIBE_STRUCT(EndTicket, (), (outcome))

struct Ticket {
  TicketId ticket_id;
  std::int64_t number = 0;
  TicketState state = TicketState::waiting;
  std::optional<ClockTime> starts;
  std::optional<CaseId> case_id;  // of the appointment
  std::optional<DeskName> desk;
  Instant taken_at;
  std::optional<Instant> called_at;
  std::optional<Instant> ended_at;
};
BOOST_DESCRIBE_STRUCT(Ticket, (),
                      (ticket_id, number, state, starts, case_id, desk, taken_at, called_at,
                       ended_at))

struct CounterAppointment {
  AppointmentId appointment_id;
  CaseId case_id;
  CaseNumber number;
  ClockTime starts;
  AppointmentState state = AppointmentState::booked;
};
BOOST_DESCRIBE_STRUCT(CounterAppointment, (), (appointment_id, case_id, number, starts, state))

struct CounterDay {
  AreaCode district;
  Date on;
  std::vector<CounterAppointment> appointments;  // by time, but those that were cancelled
  std::vector<Ticket> tickets;                   // by number
  std::int64_t waiting = 0;
  std::int64_t wait_minutes = 0;  // the median from taking a number to being called; 0: nobody was
  std::vector<Key> acts;          // that the caller's offices allow: "counter.…", "queue.…"
};
BOOST_DESCRIBE_STRUCT(CounterDay, (),
                      (district, on, appointments, tickets, waiting, wait_minutes, acts))

// What hangs on the wall.
struct CalledNumber {
  std::int64_t number = 0;
  DeskName desk;
};
BOOST_DESCRIBE_STRUCT(CalledNumber, (), (number, desk))

struct QueueScreen {
  AreaCode district;
  Date on;
  std::vector<CalledNumber> called;  // the latest first, of each desk one
  std::int64_t waiting = 0;
  std::int64_t last_number = 0;  // that was given
};
BOOST_DESCRIBE_STRUCT(QueueScreen, (), (district, on, called, waiting, last_number))

}  // namespace changwat::service_centre
