// What a citizen does without an account: follows a case by its code alone.
//
// Nobody's person goes into the record here, also when somebody is signed in: the ledger would say
// who reported.

#include "platform/auth/encoding.hpp"
#include "platform/auth/tokens.hpp"

#include "modules/service_centre/clocks.hpp"
#include "modules/service_centre/service_centre.hpp"
#include "modules/service_centre/store.hpp"

namespace changwat::service_centre {
namespace {

constexpr std::int64_t ticket_ms = 30 * 60'000;

}  // namespace

Call ServiceCentre::as_nobody(const Call& call) {
  Call out = call;
  out.caller.reset();
  return out;
}

Result<Done> ServiceCentre::may_as_citizen(const Call& call, std::string_view act,
                                           const AreaCode& area) const {
  Call citizen = call;
  citizen.caller = Caller{};
  citizen.caller->offices.push_back({.office_id = "", .role = "citizen"});
  TRY(authority_.decide(citizen, act, {area}));
  return Done{};
}

// A case that was put into another is followed there.
Result<ServiceCentre::Step> ServiceCentre::begin_citizen(db::Connection& db, const Call& call,
                                                         const CaseId& id,
                                                         std::string_view act) const {
  auto row = store::find(db, id);
  if (row && row->merged_into) row = store::find(db, *row->merged_into);
  if (!row) return errors::not_found;
  TRY(may_as_citizen(call, act, row->district));
  if (!citizen_may(act, row->state)) return wrong_state(row->state);
  return Step{*row, std::nullopt, row->state};
}

Result<CaseId> ServiceCentre::case_of_code(Call& call, const TrackingCode& code) const {
  TRY(take_turn(call, tracking_));
  const auto row = database_.read(
      [&](db::Connection& db) { return store::by_tracking(db, auth::token_hash(code.text())); });
  if (!row)
    return Problem(errors::not_found, "ไม่พบเรื่องของรหัสติดตามนี้ โปรดตรวจรหัสอีกครั้ง",
                   "No case has this tracking code; check the code.");
  return row->case_id;
}

// ---- tickets: case, moment, proof

std::string ServiceCentre::ticket_of(const CaseId& id, Instant until) const {
  const auto text = id.text() + "." + std::to_string(until.unix_ms());
  return text + "." + auth::base64url_encode(auth::hmac_sha256(key_, "ticket " + text));
}

Result<CaseId> ServiceCentre::case_of_ticket(std::string_view ticket, Instant now) const {
  const auto first = ticket.find('.'), last = ticket.rfind('.');
  if (first == std::string_view::npos || first == last) return errors::not_found;
  const auto id = CaseId::parse(ticket.substr(0, first));
  std::int64_t until = 0;
  const auto number = ticket.substr(first + 1, last - first - 1);
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), until);
  if (!id || error != std::errc() || end != number.data() + number.size()) return errors::not_found;
  if (!auth::equal_in_constant_time(ticket, ticket_of(*id, Instant(until))))
    return errors::not_found;
  if (now.unix_ms() > until)
    return Problem(errors::not_found, "หมดเวลาแล้ว โปรดใส่รหัสติดตามอีกครั้ง",
                   "This is over; enter the tracking code again.");
  return *id;
}

// ---- what is told

CaseRow ServiceCentre::followed_case(db::Connection& db, const CaseId& id) const {
  auto row = store::find(db, id);
  CHECK(row);  // found by its code
  if (row->merged_into) row = store::find(db, *row->merged_into);
  CHECK(row);
  return *row;
}

TrackedCase ServiceCentre::tracked(db::Connection& db, const CaseId& id, Instant now) const {
  const auto own = store::find(db, id);
  CHECK(own);  // found by its code
  const auto row = followed_case(db, id);
  const bool merged = row.case_id != id;
  const auto today = now.bangkok_date();
  TrackedCase out;
  out.number = own->number;
  out.kind = own->kind;
  out.category = own->category;
  out.state = row.state;
  out.level = row.level;
  out.title = own->title;
  out.district = own->district;
  out.received_at = own->received_at;
  out.settled_at = row.settled_at;
  if (row.due_at < never_due) out.due_at = row.due_at;
  const auto own_steps = store::steps(db, id);
  const auto steps = merged ? store::steps(db, row.case_id) : own_steps;
  const auto joined = joined_at(own_steps);
  const auto add_steps = [&](const CaseId& of, const std::vector<CaseStep>& its, bool all) {
    const auto assignments = store::assignments(db, of);
    for (const auto& step : its) {
      const bool moves = step.state != step.from_state || step.position == 1;
      if (!moves && !step.shown) continue;
      // Of a case that others reported too, their words are not this citizen's to read.
      if (!all && step.by == StepBy::citizen) continue;
      const bool told = step.shown && (all || !joined || step.at >= *joined);
      const auto agency = std::find_if(
          assignments.begin(), assignments.end(),
          [&](const CaseAssignment& one) { return one.assignment_id == step.assignment_id; });
      const bool given = agency != assignments.end();
      out.steps.push_back({step.act, step.at, step.state, step.by, step.office_th, step.office_en,
                           given ? agency->office_th : "", given ? agency->office_en : "",
                           told ? step.note.text() : ""});
    }
  };
  add_steps(id, own_steps, true);
  if (merged) add_steps(row.case_id, steps, false);
  std::stable_sort(out.steps.begin(), out.steps.end(),
                   [](const TrackedStep& a, const TrackedStep& b) { return a.at < b.at; });
  for (const auto& file : store::files(db, id)) out.files_sent += file.by == StepBy::citizen;
  for (const auto& one : store::assignments(db, row.case_id))
    if (is_active(one.state)) out.agencies.push_back({one.office_th, one.office_en});
  out.photos = told_photos(db, row, joined);
  out.merged = merged;
  out.may_confirm = citizen_may("case.confirm", row.state) && result_was_told(steps);
  const auto until = reopen_until(row, closing_numbers(book_, today));
  if (until && today <= *until) out.may_reopen_until = until;
  out.may_withdraw = !merged && !is_settled(row.state) && store::merged_into(db, id).empty();
  // Of a case that others reported too, the application is theirs.
  if (!merged) out.application = tracked_application(db, row, now);
  out.demonstration = own->demonstration;
  out.ticket = ticket_of(id, now.plus_ms(ticket_ms));
  return out;
}

Result<TrackedCase> ServiceCentre::track(Call& call, const TrackRequest& in) {
  const auto id = TRY(case_of_code(call, in.code));
  return database_.snapshot([&](db::Connection& db) -> Result<TrackedCase> {
    const auto row = store::find(db, id);
    TRY(may_as_citizen(call, "case.follow", row->district));
    return tracked(db, id, call.now);
  });
}

// ---- what is done

Result<TrackedCase> ServiceCentre::citizen_act(
    Call& call, const TrackingCode& code, std::string_view act, const std::string& note,
    const std::function<Result<Done>(db::Connection&, const Step&, CaseRow&)>& with) {
  const auto id = TRY(case_of_code(call, code));
  const auto nobody = as_nobody(call);
  TRY(acts_.run<Done>(nobody, act, [&](Tx& tx) -> Result<Done> {
    const auto step = TRY(begin_citizen(tx.db, nobody, id, act));
    auto row = step.row;
    TRY(with(tx.db, step, row));
    return finish(tx, nobody, act, step, std::move(row), {note, step.row.case_id == id});
  }));
  return database_.snapshot(
      [&](db::Connection& db) -> Result<TrackedCase> { return tracked(db, id, call.now); });
}

namespace {

Result<Done> as_it_is(db::Connection&, const auto&, CaseRow&) {
  return Done{};
}

}  // namespace

Result<TrackedCase> ServiceCentre::add_word(Call& call, const CitizenWord& in) {
  return citizen_act(call, in.code, "case.add_word", in.text_th.text(), as_it_is<Step>);
}

Result<TrackedCase> ServiceCentre::confirm(Call& call, const CitizenWord& in) {
  return citizen_act(call, in.code, "case.confirm", in.text_th.text(),
                     [](db::Connection& db, const Step& step, CaseRow&) -> Result<Done> {
                       if (!result_was_told(store::steps(db, step.row.case_id)))
                         return result_untold;
                       return Done{};
                     });
}

Result<TrackedCase> ServiceCentre::reopen_own(Call& call, const CitizenWord& in) {
  return citizen_act(call, in.code, "case.reopen_own", in.text_th.text(),
                     [&](db::Connection&, const Step& step, CaseRow& row) -> Result<Done> {
                       const auto today = call.now.bangkok_date();
                       const auto until = reopen_until(step.row, closing_numbers(book_, today));
                       if (!until || today > *until) return reopening_over;
                       row.state = CaseState::received;
                       return Done{};
                     });
}

// One of several who reported does not withdraw for the others.
Result<TrackedCase> ServiceCentre::withdraw_own(Call& call, const CitizenWord& in) {
  return citizen_act(call, in.code, "case.withdraw_own", in.text_th.text(),
                     [&](db::Connection& db, const Step& step, CaseRow& row) -> Result<Done> {
                       const bool own = auth::token_hash(in.code.text()) == step.row.tracking_hash;
                       if (!own || !store::merged_into(db, step.row.case_id).empty())
                         return Problem(errors::wrong_state,
                                        "เรื่องนี้มีผู้แจ้งรายอื่นด้วย โปรดแจ้งความประสงค์แก่ศูนย์",
                                        "Others reported this too; tell the centre your wish.");
                       row.state = CaseState::withdrawn;
                       return Done{};
                     });
}

}  // namespace changwat::service_centre
