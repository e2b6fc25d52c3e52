#include "modules/service_centre/clocks.hpp"

#include <algorithm>

#include "modules/service_centre/life.hpp"

namespace changwat::service_centre {
namespace {

Instant end_of(Date day) {
  return Instant::bangkok(day.plus_days(1), 0, 0, 0).plus_ms(-1);
}

std::int64_t days_between(Date earlier, Date later) {
  return (later.day() - earlier.day()).count();
}

// How long a clock of the rule runs; days counts in unit.
struct Amount {
  std::int64_t days = 0;
  DayUnit unit = DayUnit::calendar_day;
  std::optional<ServiceTime> of_service = {};
};

Amount amount_of(const ServiceTime& time) {
  switch (time.unit) {
    case ServiceTimeUnit::day:
      return {time.amount, DayUnit::calendar_day, time};
    case ServiceTimeUnit::working_day:
      return {time.amount, DayUnit::working_day, time};
    default:
      return {0, DayUnit::calendar_day, time};
  }
}

std::optional<Amount> amount_of(const ClockRule& rule, const Book& book, const CaseEvent& start) {
  if (rule.amount_from == AmountFrom::fixed)
    return rule.days ? std::optional(Amount{*rule.days, rule.unit}) : std::nullopt;
  const auto* service = start.service ? book.catalogue.find(*start.service) : nullptr;
  if (!service || !service->duration) return std::nullopt;
  return amount_of(*service->duration);
}

bool runs(const ClockRule& rule, const Book& book, const Key& category, Date on) {
  if (rule.category && *rule.category != category) return false;
  if (!in_force(rule, on)) return false;
  const auto& sets = book.lists.clock_sets;
  return std::any_of(sets.begin(), sets.end(), [&](const ClockSet& set) {
    return set.set == rule.set && set.in_force && in_force(set, on);
  });
}

// The clock that `start` started is stopped by its rule's event of the same assignment and service
// (one about no service is about all), or by an end of these or the case.
bool stops(const ClockRule& rule, const CaseEvent& start, const CaseEvent& event) {
  if (event.event) {
    const bool same = (!start.assignment_id || start.assignment_id == event.assignment_id) &&
                      (!start.service || !event.service || start.service == event.service);
    return *event.event == rule.stop && same;
  }
  return (!event.assignment_id || event.assignment_id == start.assignment_id) &&
         (!event.service || event.service == start.service);
}

// When the clock that event `first` started came to its end; none: it runs.
std::optional<Instant> stop_of(const ClockRule& rule, const ClockHistory& history,
                               std::size_t first) {
  for (std::size_t i = first + 1; i < history.events.size(); ++i)
    if (stops(rule, history.events[first], history.events[i])) return history.events[i].at;
  return std::nullopt;
}

Clock clock_of(const Book& book, std::size_t number, const CaseEvent& start, const Amount& amount,
               std::optional<Instant> stop, Instant now) {
  const auto& rule = book.lists.clocks[number];
  const auto& calendar = book.calendar;
  Clock out;
  out.rule = number;
  out.clock = rule.clock;
  out.set = rule.set;
  out.name_th = rule.name_th.text();
  out.name_en = rule.name_en.text();
  out.assignment_id = start.assignment_id;
  out.service = start.service;
  out.service_time = amount.of_service;
  out.started_by = *start.event;
  out.started_at = start.at;
  out.days = amount.days;
  out.unit = amount.unit;
  auto due =
      due_day(start.at.bangkok_date(), amount.days, amount.unit, rule.start_day_counts, calendar);
  const auto until = stop.value_or(now);
  while (rule.repeat_days && end_of(due.on) < until)
    due = due_day(due.on, *rule.repeat_days, rule.unit, false, calendar);
  out.due_on = due.on;
  out.due_at = end_of(due.on);
  out.calendar_known = due.calendar_known;
  out.stopped_at = stop;
  out.late_days = std::max<std::int64_t>(0, days_between(due.on, until.bangkok_date()));
  out.state = stop               ? ClockState::stopped
              : out.due_at < now ? ClockState::late
                                 : ClockState::running;
  out.on_late = rule.on_late;
  out.source = rule.source.text();
  out.verified = rule.verified;
  return out;
}

// A clock that runs is not started again, unless what starts it also stops it.
void add_clocks(std::vector<Clock>& out, std::size_t number, const ClockHistory& history,
                const Book& book, Instant now) {
  const auto& rule = book.lists.clocks[number];
  std::vector<std::size_t> running;  // events that started a clock which nothing stopped yet
  for (std::size_t i = 0; i < history.events.size(); ++i) {
    const auto& event = history.events[i];
    std::erase_if(running,
                  [&](std::size_t first) { return stops(rule, history.events[first], event); });
    if (event.event != rule.start || event.at > now) continue;
    const auto amount = amount_of(rule, book, event);
    if (!amount) continue;
    if (!runs(rule, book, history.category, event.at.bangkok_date())) continue;
    const bool runs_already = std::any_of(running.begin(), running.end(), [&](std::size_t first) {
      return history.events[first].assignment_id == event.assignment_id &&
             history.events[first].service == event.service;
    });
    if (runs_already) continue;
    running.push_back(i);
    out.push_back(clock_of(book, number, event, *amount, stop_of(rule, history, i), now));
  }
}

// The history with what lateness itself makes happen, and whether it does.
std::optional<ClockHistory> with_late_decisions(const ClockHistory& history,
                                                const std::vector<Clock>& clocks, Instant now) {
  auto out = history;
  for (const auto& clock : clocks)
    if (clock.on_late == OnLate::reason_every && clock.due_at < clock.stopped_at.value_or(now))
      out.events.push_back(
          {ClockEvent::decision_due, clock.due_at, clock.assignment_id, clock.service});
  if (out.events.size() == history.events.size()) return std::nullopt;
  std::stable_sort(out.events.begin(), out.events.end(),
                   [](const CaseEvent& a, const CaseEvent& b) { return a.at < b.at; });
  return out;
}

}  // namespace

DueDay due_day(Date start, std::int64_t days, DayUnit unit, bool start_day_counts,
               const Calendar& calendar) {
  const auto count = start_day_counts ? std::max<std::int64_t>(0, days - 1) : days;
  if (unit == DayUnit::calendar_day) return {start.plus_days(static_cast<int>(count)), true};
  DueDay out{start, calendar.known(start)};
  auto left = count;
  while (left > 0 || !calendar.working(out.on)) {
    out.on = out.on.plus_days(1);
    out.calendar_known = out.calendar_known && calendar.known(out.on);
    if (left > 0 && calendar.working(out.on)) --left;
  }
  return out;
}

std::vector<Clock> clocks_of(const ClockHistory& history, const Book& book, Instant now) {
  std::vector<Clock> out;
  const auto& rules = book.lists.clocks;
  for (std::size_t number = 0; number < rules.size(); ++number)
    if (rules[number].start != ClockEvent::decision_due)
      add_clocks(out, number, history, book, now);
  if (const auto late = with_late_decisions(history, out, now))
    for (std::size_t number = 0; number < rules.size(); ++number)
      if (rules[number].start == ClockEvent::decision_due)
        add_clocks(out, number, *late, book, now);
  std::stable_sort(out.begin(), out.end(),
                   [](const Clock& a, const Clock& b) { return a.started_at < b.started_at; });
  return out;
}

std::vector<Reminder> reminders_of(const std::vector<Clock>& clocks, const Book& book) {
  std::vector<Reminder> out;
  for (const auto& clock : clocks) {
    if (clock.stopped_at) continue;
    const auto& steps = book.lists.clocks[clock.rule].escalation;
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const auto from = steps[i].counted_from == CountedFrom::due ? clock.due_on
                                                                  : clock.started_at.bangkok_date();
      out.push_back({clock.clock, clock.assignment_id, clock.service, clock.started_at,
                     static_cast<std::int64_t>(i), from.plus_days(static_cast<int>(steps[i].days)),
                     clock.due_on, steps[i].to});
    }
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const Reminder& a, const Reminder& b) { return a.on < b.on; });
  return out;
}

Instant nearest_due(const std::vector<Clock>& clocks) {
  auto out = never_due;
  for (const auto& clock : clocks)
    if (!clock.stopped_at) out = std::min(out, clock.due_at);
  return out;
}

ClockHistory history_of(const Key& category, const std::vector<CaseStep>& steps) {
  ClockHistory out;
  out.category = category;
  for (const auto& step : steps) {
    if (step.assignment_id && ends_assignment(step.act))
      out.events.push_back({std::nullopt, step.at, step.assignment_id});
    if (step.service && ends_service(step.act))
      out.events.push_back({std::nullopt, step.at, {}, step.service});
    for (const auto event : events_of(step.act, step.from_state))
      out.events.push_back({event, step.at, step.assignment_id, step.service});
    if (is_settled(step.state) && !is_settled(step.from_state))
      out.events.push_back({std::nullopt, step.at, {}});
  }
  return out;
}

}  // namespace changwat::service_centre
