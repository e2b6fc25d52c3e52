#pragma once
// Clocks of a case, pure: which ran or run, since when, until when, and who is told on the way.
//
// A case's clocks are a function of its history, the rules, the calendar and the moment: nothing
// about them is stored but what was told (reminders) and the nearest due moment, to sort by.

#include <optional>
#include <string>
#include <vector>

#include "modules/service_centre/book.hpp"
#include "modules/service_centre/work_model.hpp"

namespace changwat::service_centre {

// What happened to a case, as far as clocks care.
struct CaseEvent {
  // None: an end that is no rule's stop: the case is settled, or the assignment over.
  std::optional<ClockEvent> event;
  Instant at;
  std::optional<CaseAssignmentId> assignment_id = {};  // it is about this assignment alone
  std::optional<Key> service = {};                     // or about this service alone
};

struct ClockHistory {
  Key category;
  std::vector<CaseEvent> events;  // the oldest first
};

enum class ClockState { running, late, stopped };
BOOST_DESCRIBE_ENUM(ClockState, running, late, stopped)

struct Clock {
  Key clock;
  Key set;
  std::string name_th;
  std::string name_en;
  ClockState state = ClockState::running;
  std::optional<CaseAssignmentId> assignment_id;  // of an agency's own clock
  std::optional<Key> service;                     // of the clock of one service of an application
  std::optional<ServiceTime> service_time;        // as its manual says it; days is made of it
  ClockEvent started_by = ClockEvent::received;
  Instant started_at;
  std::int64_t days = 0;
  DayUnit unit = DayUnit::calendar_day;
  Date due_on;                 // the last day
  Instant due_at;              // its last moment, in Bangkok
  bool calendar_known = true;  // false: holidays of some of its days are not known yet
  std::optional<Instant> stopped_at;
  std::int64_t late_days = 0;  // days of the calendar beyond the last day
  OnLate on_late = OnLate::flag;
  std::string source;
  bool verified = false;
  std::size_t rule = 0;  // index into the book's clocks; not told
};
BOOST_DESCRIBE_STRUCT(Clock, (),
                      (clock, set, name_th, name_en, state, assignment_id, service, service_time,
                       started_by, started_at, days, unit, due_on, due_at, calendar_known,
                       stopped_at, late_days, on_late, source, verified))

// The last day of a period that begins on a day.
struct DueDay {
  Date on;
  bool calendar_known = true;
};
DueDay due_day(Date start, std::int64_t days, DayUnit unit, bool start_day_counts,
               const Calendar& calendar);

// All clocks that ran or run, in the order in which they started. Clocks whose set is not in force
// are not among them. A time in the manual of a service is that of the service: one in minutes or
// hours ends with the day, and a service without a time has no clock. A decision that is late makes
// the event decision_due, at the end of its last day.
std::vector<Clock> clocks_of(const ClockHistory& history, const Book& book, Instant now);

// Somebody is to be told: a reminder before the due day, an escalation after it.
struct Reminder {
  Key clock;
  std::optional<CaseAssignmentId> assignment_id;
  std::optional<Key> service;
  Instant started_at;
  std::int64_t step = 0;  // of the rule's escalation
  Date on;
  Date due_on;
  std::vector<Key> to;
};
BOOST_DESCRIBE_STRUCT(Reminder, (),
                      (clock, assignment_id, service, started_at, step, on, due_on, to))

// Of the clocks that run, by day; also those of days to come.
std::vector<Reminder> reminders_of(const std::vector<Clock>& clocks, const Book& book);

// Of the clocks that run; never_due: none does.
Instant nearest_due(const std::vector<Clock>& clocks);

// What the steps of a case mean for clocks.
ClockHistory history_of(const Key& category, const std::vector<CaseStep>& steps);

}  // namespace changwat::service_centre
