#include "modules/service_centre/counter.hpp"

#include <algorithm>

#include "modules/service_centre/counter_rules.hpp"
#include "modules/service_centre/store_counter.hpp"

namespace changwat::service_centre {
namespace {

constexpr std::int64_t numbers_max = 5000;  // of a district's day
constexpr std::string_view counter_acts[] = {"counter.set_times", "queue.give_number", "queue.call",
                                             "queue.end"};

// ---- what the ledger is told

struct CounterTimesSet {
  Date valid_from;
  std::int64_t times = 0;
  std::int64_t places = 0;  // in a week
};
BOOST_DESCRIBE_STRUCT(CounterTimesSet, (), (valid_from, times, places))

struct TicketMoved {
  Date on;
  std::int64_t number = 0;
  TicketState to = TicketState::waiting;
  std::optional<DeskName> desk;
};
BOOST_DESCRIBE_STRUCT(TicketMoved, (), (on, number, to, desk))

ActRecord record_of(const AreaCode& district, const authority::Permit& permit, std::string change) {
  return {.subject_kind = "counter",
          .subject_id = district.text(),
          .province = district.province(),
          .office_id = permit.office_id,
          .authority = permit.chain(),
          .change = {std::move(change)}};
}

}  // namespace

Result<Done> Counter::is_district(const AreaCode& area) const {
  if (area.level() == AreaLevel::district && areas_.exists(area)) return Done{};
  return Problem({{"/district", "unknown", "ไม่พบอำเภอนี้", "there is no such district"}});
}

// ---- times

CounterTimes Counter::times_of(const AreaCode& district, Date today) const {
  CounterTimes out;
  out.district = district;
  const auto rows =
      database_.read([&](db::Connection& db) { return store::counter_times(db, district, today); });
  for (const auto& row : rows) {
    if (row.valid_from <= today) out.times.push_back({row.weekday, row.starts, row.places});
    // Times end when others begin, so either tells the day.
    auto change = row.valid_to ? std::optional(row.valid_to->plus_days(1)) : std::nullopt;
    if (row.valid_from > today) change = row.valid_from;
    if (change && (!out.changes_on || *change < *out.changes_on)) out.changes_on = change;
  }
  std::sort(out.times.begin(), out.times.end(), [](const CounterTime& a, const CounterTime& b) {
    return std::pair(a.weekday, a.starts) < std::pair(b.weekday, b.starts);
  });
  return out;
}

Result<CounterTimes> Counter::get_times(Call& call, const Query<DistrictQuery>& query) {
  TRY(is_district(query->district));
  return times_of(query->district, call.now.bangkok_date());
}

Result<CounterTimes> Counter::set_times(Call& call, const SetCounterTimes& in) {
  TRY(is_district(in.district));
  TRY(acts_.run<Done>(call, "counter.set_times", [&](Tx& tx) -> Result<Done> {
    const auto permit = TRY(authority_.decide(call, "counter.set_times", {in.district}));
    if (auto wrong = times_faults(in, call.now.bangkok_date()); !wrong.empty())
      return Problem(std::move(wrong));
    std::vector<CounterTimeRow> rows;
    CounterTimesSet change{in.valid_from, std::ssize(in.times), 0};
    for (const auto& time : in.times) {
      rows.push_back({CounterTimeId::make(call.now), in.district.province(), in.district,
                      time.weekday, time.starts, time.places, in.valid_from, std::nullopt});
      change.places += time.places;
    }
    store::set_counter_times(tx.db, in.district, in.valid_from, rows);
    tx.record(record_of(in.district, permit, to_json(change)));
    return Done{};
  }));
  return times_of(in.district, call.now.bangkok_date());
}

Result<FreeTimes> Counter::get_free_times(Call& call, const Query<DistrictDayQuery>& query) {
  TRY(is_district(query->district));
  const auto today = call.now.bangkok_date();
  FreeTimes out;
  out.district = query->district;
  out.on = query->on.value_or(today);
  out.open = book_.calendar.working(out.on);
  out.calendar_known = book_.calendar.known(out.on);
  out.last_day = last_appointment_day(book_, today);
  out.times = database_.snapshot([&](db::Connection& db) {
    return free_times(store::counter_times(db, out.district, out.on),
                      store::appointments(db, out.district, out.on), book_.calendar, out.on,
                      out.last_day, call.now);
  });
  return out;
}

// ---- the queue

Ticket Counter::shown(db::Connection& db, const TicketRow& row) const {
  Ticket out{row.ticket_id, row.number,   row.state,     row.starts,  std::nullopt,
             row.desk,      row.taken_at, row.called_at, row.ended_at};
  if (row.appointment_id)
    if (const auto appointment = store::appointment(db, *row.appointment_id))
      out.case_id = appointment->case_id;
  return out;
}

Result<Ticket> Counter::lead(Call& call, std::string_view act, const AreaCode& district,
                             const std::function<Result<TicketRow>(Tx&)>& with) {
  return acts_.run<Ticket>(call, act, [&](Tx& tx) -> Result<Ticket> {
    const auto permit = TRY(authority_.decide(call, act, {district}));
    const auto row = TRY(with(tx));
    tx.record(record_of(district, permit,
                        to_json(TicketMoved{row.on_date, row.number, row.state, row.desk})));
    return shown(tx.db, row);
  });
}

Result<Created<Ticket>> Counter::give_number(Call& call, const NewTicket& in) {
  TRY(is_district(in.district));
  const auto today = call.now.bangkok_date();
  auto made = lead(call, "queue.give_number", in.district, [&](Tx& tx) -> Result<TicketRow> {
    const auto tickets = store::tickets(tx.db, in.district, today);
    TicketRow row;
    row.ticket_id = TicketId::make(call.now);
    row.province = in.district.province();
    row.district = in.district;
    row.on_date = today;
    row.number = tickets.empty() ? 1 : tickets.back().number + 1;
    row.taken_at = call.now;
    if (row.number > numbers_max)
      return Problem(errors::conflict, "ออกบัตรคิวของวันนี้ครบจำนวนแล้ว",
                     "All numbers of this day are given.");
    if (in.appointment_id) {
      auto appointment = store::appointment(tx.db, *in.appointment_id);
      if (!appointment || appointment->district != in.district || appointment->on_date != today)
        return Problem({{"/appointment_id", "unknown", "ไม่มีนัดนี้ที่เคาน์เตอร์นี้ในวันนี้",
                         "is no appointment here today"}});
      if (appointment->state != AppointmentState::booked)
        return Problem(errors::conflict, "นัดนี้ได้รับบัตรคิวแล้ว หรือถูกยกเลิก",
                       "This appointment has its number already, or was cancelled.");
      appointment->state = AppointmentState::arrived;
      appointment->changed_at = call.now;
      store::change(tx.db, *appointment);
      row.appointment_id = in.appointment_id;
      row.starts = appointment->starts;
    }
    store::add(tx.db, row);
    return row;
  });
  return Created<Ticket>{TRY(std::move(made))};
}

Result<Ticket> Counter::call_next(Call& call, const CallNext& in) {
  TRY(is_district(in.district));
  return lead(call, "queue.call", in.district, [&](Tx& tx) -> Result<TicketRow> {
    const auto tickets = store::tickets(tx.db, in.district, call.now.bangkok_date());
    const auto* next = next_ticket(tickets, call.now);
    if (!next) return queue_empty;
    auto row = *next;
    row.state = TicketState::called;
    row.desk = in.desk;
    row.called_at = call.now;
    store::change(tx.db, row);
    return row;
  });
}

Result<Ticket> Counter::end_number(Call& call, const Path<TicketPath>& path, const EndTicket& in) {
  const auto ticket =
      database_.read([&](db::Connection& db) { return store::ticket(db, path->ticket_id); });
  if (!ticket) return errors::not_found;
  return lead(call, "queue.end", ticket->district, [&](Tx& tx) -> Result<TicketRow> {
    auto row = *store::ticket(tx.db, path->ticket_id);
    if (row.state != TicketState::called)
      return Problem(errors::wrong_state, "คิวนี้ยังไม่ได้เรียก หรือจบแล้ว",
                     "This number was not called yet, or is ended.");
    row.state = in.outcome == TicketOutcome::done ? TicketState::done : TicketState::absent;
    row.ended_at = call.now;
    store::change(tx.db, row);
    return row;
  });
}

// ---- the day

Result<CounterDay> Counter::get_day(Call& call, const Query<DistrictDayQuery>& query) {
  TRY(is_district(query->district));
  TRY(authority_.decide(call, "queue.read", {query->district}));
  CounterDay out;
  out.district = query->district;
  out.on = query->on.value_or(call.now.bangkok_date());
  database_.snapshot([&](db::Connection& db) {
    const auto appointments = store::case_appointments(db, out.district, out.on);
    const auto tickets = store::tickets(db, out.district, out.on);
    for (const auto& one : appointments)
      out.appointments.push_back(
          {one.appointment_id, one.case_id, one.number, one.starts, one.state});
    for (const auto& row : tickets) {
      Ticket ticket{row.ticket_id, row.number,   row.state,     row.starts,  std::nullopt,
                    row.desk,      row.taken_at, row.called_at, row.ended_at};
      for (const auto& one : appointments)
        if (row.appointment_id == one.appointment_id) ticket.case_id = one.case_id;
      out.waiting += row.state == TicketState::waiting;
      out.tickets.push_back(std::move(ticket));
    }
    out.wait_minutes = median_wait(tickets);
  });
  for (const auto act : counter_acts)
    if (authority_.may(call, act, {out.district})) out.acts.push_back(*Key::parse(act));
  return out;
}

Result<QueueScreen> Counter::get_screen(Call& call, const Query<DistrictQuery>& query) {
  TRY(is_district(query->district));
  QueueScreen out;
  out.district = query->district;
  out.on = call.now.bangkok_date();
  auto tickets =
      database_.read([&](db::Connection& db) { return store::tickets(db, out.district, out.on); });
  if (!tickets.empty()) out.last_number = tickets.back().number;
  std::stable_sort(tickets.begin(), tickets.end(), [](const TicketRow& a, const TicketRow& b) {
    return a.called_at > b.called_at;
  });
  std::set<std::string> desks;
  for (const auto& row : tickets) {
    out.waiting += row.state == TicketState::waiting;
    if (row.state == TicketState::called && desks.insert(row.desk->text()).second)
      out.called.push_back({row.number, *row.desk});
  }
  return out;
}

void Counter::add_routes(RouteTable& table) {
  Routes routes(table, *this);
  using C = Counter;
  const std::string centre = "/api/v1/service_centre";
  routes.get(centre + "/counter/times", "get_counter_times", Needs::nothing, &C::get_times,
             {.summary = "Times that a district's counter offers", .quick = true});
  routes.put(centre + "/counter/times", "set_counter_times", Needs::sign_in, &C::set_times,
             {.summary = "Set the times of a counter from a day on"});
  routes.get(centre + "/counter/free", "get_free_times", Needs::nothing, &C::get_free_times,
             {.summary = "Times of a day at which one may still come", .quick = true});
  routes.get(centre + "/counter/day", "get_counter_day", Needs::sign_in, &C::get_day,
             {.summary = "Appointments and queue of a district's day"});
  routes.get(centre + "/queue", "get_queue_screen", Needs::nothing, &C::get_screen,
             {.summary = "Numbers that are called now, and how many wait", .quick = true});
  routes.post(centre + "/queue/tickets", "give_queue_number", Needs::sign_in, &C::give_number,
              {.summary = "Give the next number, also to who has an appointment"});
  routes.post(centre + "/queue/call", "call_next_number", Needs::sign_in, &C::call_next,
              {.summary = "Call who is next to a desk"});
  routes.post(centre + "/queue/tickets/{ticket_id}/end", "end_queue_number", Needs::sign_in,
              &C::end_number, {.summary = "Record that a number was served, or did not come"});
}

}  // namespace changwat::service_centre
