#include "modules/service_centre/counter_rules.hpp"

#include <algorithm>
#include <chrono>
#include <set>

namespace changwat::service_centre {
namespace {

bool in_force_on(const CounterTimeRow& row, Date on) {
  return row.valid_from <= on && (!row.valid_to || on <= *row.valid_to);
}

std::string minute_of(Instant now) {
  return now.bangkok_clock().substr(0, 5);
}

}  // namespace

std::optional<ClockTime> ClockTime::parse(std::string_view raw) {
  const auto digit = [&](std::size_t at) { return raw[at] >= '0' && raw[at] <= '9'; };
  if (raw.size() != 5 || raw[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4))
    return std::nullopt;
  if (raw.substr(0, 2) > "23" || raw[3] > '5') return std::nullopt;
  return ClockTime(std::string(raw));
}

Weekday weekday_of(Date day) {
  return static_cast<Weekday>(std::chrono::weekday(day.day()).iso_encoding() - 1);
}

std::vector<FreeTime> free_times(const std::vector<CounterTimeRow>& times,
                                 const std::vector<AppointmentRow>& booked,
                                 const Calendar& calendar, Date on, Date last_day, Instant now) {
  std::vector<FreeTime> out;
  const auto today = now.bangkok_date();
  if (on < today || last_day < on || !calendar.working(on)) return out;
  for (const auto& row : times) {
    if (row.weekday != weekday_of(on) || !in_force_on(row, on)) continue;
    if (on == today && row.starts.text() <= minute_of(now)) continue;
    const auto taken = std::count_if(booked.begin(), booked.end(), [&](const auto& one) {
      return one.on_date == on && one.starts == row.starts &&
             one.state != AppointmentState::cancelled;
    });
    out.push_back({row.starts, row.places, std::max<std::int64_t>(0, row.places - taken)});
  }
  std::sort(out.begin(), out.end(),
            [](const FreeTime& a, const FreeTime& b) { return a.starts < b.starts; });
  return out;
}

std::vector<FieldError> times_faults(const SetCounterTimes& in, Date today) {
  std::vector<FieldError> out;
  if (in.valid_from < today)
    out.push_back({"/valid_from", "in_the_past", "วันที่เริ่มใช้ผ่านไปแล้ว", "is over"});
  std::set<std::pair<Weekday, ClockTime>> seen;
  for (std::size_t i = 0; i < in.times.size(); ++i) {
    const auto pointer = "/times/" + std::to_string(i);
    if (in.times[i].places < 1 || in.times[i].places > places_max)
      out.push_back({pointer + "/places", "out_of_range",
                     "ต้องอยู่ระหว่าง 1 ถึง " + std::to_string(places_max),
                     "must be 1 to " + std::to_string(places_max)});
    if (!seen.insert({in.times[i].weekday, in.times[i].starts}).second)
      out.push_back(
          {pointer + "/starts", "repeated", "มีเวลานี้ในวันเดียวกันแล้ว", "stands twice on this day"});
  }
  return out;
}

const TicketRow* next_ticket(const std::vector<TicketRow>& tickets, Instant now) {
  // Rank 0: its time has come; 1: without an appointment; 2: early.
  const auto rank = [minute = minute_of(now)](const TicketRow& ticket) {
    if (!ticket.starts) return 1;
    return ticket.starts->text() <= minute ? 0 : 2;
  };
  const auto order = [&](const TicketRow& ticket) {
    return std::tuple(rank(ticket), ticket.starts ? ticket.starts->text() : std::string(),
                      ticket.number);
  };
  const TicketRow* out = nullptr;
  for (const auto& ticket : tickets)
    if (ticket.state == TicketState::waiting && (!out || order(ticket) < order(*out)))
      out = &ticket;
  return out;
}

std::int64_t median_wait(const std::vector<TicketRow>& tickets) {
  std::vector<std::int64_t> waits;
  for (const auto& ticket : tickets)
    if (ticket.called_at) waits.push_back(ticket.called_at->unix_ms() - ticket.taken_at.unix_ms());
  if (waits.empty()) return 0;
  const auto middle = waits.begin() + std::ssize(waits) / 2;
  std::nth_element(waits.begin(), middle, waits.end());
  return *middle / 60'000;
}

}  // namespace changwat::service_centre
