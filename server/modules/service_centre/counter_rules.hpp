#pragma once
// The rules of the counter, pure: which times are free, who comes next.
//
// Source: our own design, as the rows of data/law say; no official document sets one.

#include <map>
#include <optional>
#include <vector>

#include "base/result.hpp"

#include "modules/service_centre/counter_model.hpp"

namespace changwat::service_centre {

inline constexpr ErrorKind time_taken{"time_taken", 409, "เวลานี้เต็มแล้วหรือไม่เปิดให้นัด โปรดเลือกเวลาอื่น",
                                      "This time is taken or not offered; choose another one."};
inline constexpr ErrorKind queue_empty{"queue_empty", 409, "ไม่มีผู้รอคิว", "Nobody is waiting."};

Weekday weekday_of(Date day);

// Times at which more people could come on the day, booked ones taken off. None on a day that is
// over, closed, or after `last_day`; of today, those that are to come.
std::vector<FreeTime> free_times(const std::vector<CounterTimeRow>& times,
                                 const std::vector<AppointmentRow>& booked,
                                 const Calendar& calendar, Date on, Date last_day, Instant now);

// A day that is over, a time that stands twice, places out of 1 … places_max.
inline constexpr std::int64_t places_max = 100;
std::vector<FieldError> times_faults(const SetCounterTimes& in, Date today);

// Who is called next: who has an appointment whose time has come, by that time; then who came
// without one, by number; then who came early. nullptr: nobody waits.
const TicketRow* next_ticket(const std::vector<TicketRow>& tickets, Instant now);

// The middle of the times from taking a number to being called, in whole minutes; 0: none was.
std::int64_t median_wait(const std::vector<TicketRow>& tickets);

}  // namespace changwat::service_centre
