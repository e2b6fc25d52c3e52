// What all acts on cases share: how one begins, and what it leaves behind.

#include <algorithm>

#include "modules/service_centre/applications.hpp"
#include "modules/service_centre/clocks.hpp"
#include "modules/service_centre/masking.hpp"
#include "modules/service_centre/service_centre.hpp"
#include "modules/service_centre/store.hpp"
#include "modules/service_centre/store_reminders.hpp"

namespace changwat::service_centre {
namespace {

struct CaseMoved {
  CaseState from = CaseState::received;
  CaseState to = CaseState::received;
  CaseLevel level = CaseLevel::district;
  std::optional<CaseAssignmentId> assignment_id;
};
BOOST_DESCRIBE_STRUCT(CaseMoved, (), (from, to, level, assignment_id))

// Whether a change is one of what the case is found by. Its readers change with its assignments.
bool found_otherwise(const CaseRow& before, const CaseRow& row) {
  return before.open != row.open || before.kind != row.kind || before.category != row.category ||
         to_json(before.place) != to_json(row.place);
}

bool is_standing(std::string_view act) {
  const auto among = [&](const auto& acts) {
    return std::find(std::begin(acts), std::end(acts), act) != std::end(acts);
  };
  return among(standing_acts) || among(service_acts);
}

}  // namespace

Call only_with(const Call& call, std::string_view office_id) {
  Call out = call;
  if (out.caller)
    std::erase_if(out.caller->offices,
                  [&](const HeldOffice& office) { return office.office_id != office_id; });
  return out;
}

ServiceCentre::ServiceCentre(db::Database& database, Acts& acts,
                             const authority::Authority& authority, const areas::Areas& areas,
                             Offices offices, Book book, const search::Index& index,
                             CentreOptions options)
    : database_(database),
      acts_(acts),
      authority_(authority),
      areas_(areas),
      offices_(std::move(offices)),
      book_(std::move(book)),
      index_(index),
      key_(std::move(options.key)),
      printer_(std::move(options.printer)),
      intake_(options.intake, 20'000),
      tracking_(options.tracking, 20'000) {
  CHECK(key_.size() >= 32);
}

// ---- beginning

Result<ServiceCentre::Step> ServiceCentre::begin(db::Connection& db, const Call& call,
                                                 const CaseId& id, std::string_view act) const {
  const auto row = store::find(db, id);
  if (!row) return errors::not_found;
  const auto permit = TRY(authority_.decide(call, act, object_of(row->district, row->level)));
  TRY(call.require_version(row->version));
  if (is_standing(act)) {
    if (is_settled(row->state)) return wrong_state(row->state);
    return Step{*row, permit, row->state};
  }
  const auto to = authority::step(centre_transitions, row->state, act);
  if (!to.ok()) return wrong_state(row->state);
  return Step{*row, permit, *to};
}

// The assigned office acts by itself; the centre may enter what an agency answered by letter.
Result<ServiceCentre::AgencyStep> ServiceCentre::begin_agency(db::Connection& db, const Call& call,
                                                              const CaseAssignmentPath& path,
                                                              std::string_view act) const {
  const auto row = store::find(db, path.case_id);
  const auto assignment = store::assignment(db, path.case_id, path.assignment_id);
  if (!row || !assignment) return errors::not_found;
  const auto permit = TRY(agency_permit(call, *row, *assignment, act));
  TRY(call.require_version(row->version));
  const auto to = authority::step(assignment_transitions, assignment->state, act);
  if (!to.ok() || is_settled(row->state)) return wrong_state(row->state);
  return AgencyStep{{*row, permit, row->state, path.assignment_id}, *assignment, *to};
}

Result<authority::Permit> ServiceCentre::agency_permit(const Call& call, const CaseRow& row,
                                                       const CaseAssignment& assignment,
                                                       std::string_view act) const {
  auto permit =
      authority_.decide(only_with(call, assignment.office_id), act, assigned_object(row.district));
  if (permit.ok()) return permit;
  return authority_.decide(call, act, object_of(row.district, row.level));
}

// ---- finishing

void ServiceCentre::set_clocks(db::Connection& db, CaseRow& row, Instant now) const {
  row.due_at = row.remind_at = never_due;
  if (is_settled(row.state)) return drop_notices(db, row.case_id, {});
  const auto clocks =
      clocks_of(history_of(row.category, store::steps(db, row.case_id)), book_, now);
  drop_notices(db, row.case_id, clocks);
  row.due_at = nearest_due(clocks);
  for (const auto& one : reminders_of(clocks, book_)) {
    if (store::was_reminded(db, row.case_id, one)) continue;
    row.remind_at = Instant::bangkok(one.on, 0, 0, 0);
    break;
  }
}

// Of a case that was taken this moment: the clocks that run from its receipt alone.
void ServiceCentre::start_clocks(CaseRow& row) const {
  const auto clocks =
      clocks_of({row.category, {{ClockEvent::received, row.received_at}}}, book_, row.received_at);
  row.due_at = nearest_due(clocks);
  row.remind_at = never_due;
  const auto reminders = reminders_of(clocks, book_);
  if (!reminders.empty()) row.remind_at = Instant::bangkok(reminders.front().on, 0, 0, 0);
}

CaseStep ServiceCentre::made_step(const Call& call, std::string_view act, const Step& step,
                                  const CaseRow& row, const Trace& trace) const {
  CaseStep out;
  out.step_id = StepId::make(call.now);
  out.case_id = row.case_id;
  out.act = act;
  out.at = call.now;
  out.from_state = step.row.state;
  out.state = row.state;
  out.assignment_id = step.assignment_id;
  out.note = Note::parse(trace.note).value_or(Note());
  out.shown = trace.shown;
  out.service = trace.service;
  out.by = step.permit ? StepBy::office : StepBy::citizen;
  if (step.permit) {
    const auto& office = office_of(call, *step.permit);
    out.person_id = call.caller->person_id;
    out.office_id = office.office_id;
    out.office_th = office.title_th;
    out.office_en = office.title_en;
  }
  return out;
}

void ServiceCentre::add_step(Tx& tx, const Call& call, std::string_view act, const Step& step,
                             const CaseRow& row, const Trace& trace) const {
  store::add(tx.db, made_step(call, act, step, row, trace));
}

RawJson ServiceCentre::moved(const Step& step, const CaseRow& row) const {
  return {to_json(CaseMoved{step.row.state, row.state, row.level, step.assignment_id})};
}

Result<Done> ServiceCentre::finish(Tx& tx, const Call& call, std::string_view act, const Step& step,
                                   CaseRow row, const Trace& trace) const {
  TRY(tells_nobody(tx.db, row.case_id, trace.note, "/"));
  const bool was_settled = is_settled(step.row.state);
  row.open = !is_settled(row.state);
  ++row.version;
  row.updated_at = call.now;
  if (!row.open && !was_settled) {
    row.settled_at = call.now;
    store::add_flow(tx.db, row, store::Flow::settled, call.now.bangkok_date());
  }
  if (row.open && was_settled) {
    row.settled_at.reset();
    ++row.reopened;
    store::add_flow(tx.db, row, store::Flow::reopened, call.now.bangkok_date());
  }
  add_step(tx, call, act, step, row, trace);
  for (const auto& service : trace.completed)
    add_step(tx, call, "case.complete_service", {row, step.permit, row.state}, row,
             {.service = service});
  set_clocks(tx.db, row, call.now);
  store::change(tx.db, row);
  if (found_otherwise(step.row, row) || step.assignment_id) index_within(tx.db, row);
  ActRecord record{.subject_kind = "case",
                   .subject_id = row.case_id.text(),
                   .province = row.province,
                   .change = trace.change.text == "{}" ? moved(step, row) : trace.change};
  if (step.permit) {
    record.office_id = step.permit->office_id;
    record.authority = step.permit->chain();
  }
  tx.record(record);
  return Done{};
}

// What an officer or a citizen writes is read by many: it must not say who reported in secret.
Result<Done> ServiceCentre::tells_nobody(db::Connection& db, const CaseId& id,
                                         std::string_view text, const char* pointer) const {
  if (text.empty() || !tells_secret(text, store::reporters(db, id))) return Done{};
  return Problem({{pointer, "tells_secret", "ข้อความนี้บอกตัวผู้แจ้งที่ขอปกปิดชื่อ โปรดเขียนใหม่โดยไม่ระบุชื่อ",
                   "says who a secret reporter is; write it without the name"}});
}

// ---- leading from state to state

Result<Case> ServiceCentre::lead(
    Call& call, const CaseId& id, std::string_view act, const std::string& note, bool shown,
    const std::function<Result<Done>(Tx&, const Step&, CaseRow&)>& with) {
  TRY(acts_.run<Done>(call, act, [&](Tx& tx) -> Result<Done> {
    const auto step = TRY(begin(tx.db, call, id, act));
    auto row = step.row;
    row.state = step.to;
    TRY(with(tx, step, row));
    return finish(tx, call, act, step, std::move(row), {note, shown});
  }));
  return viewed(call, id);
}

Result<Case> ServiceCentre::lead(Call& call, const CaseId& id, std::string_view act,
                                 const std::string& note, bool shown) {
  return lead(call, id, act, note, shown,
              [](Tx&, const Step&, CaseRow&) -> Result<Done> { return Done{}; });
}

Result<Case> ServiceCentre::lead_agency(Call& call, const CaseAssignmentPath& path,
                                        std::string_view act, const std::string& note,
                                        const std::function<void(CaseAssignment&)>& with) {
  TRY(acts_.run<Done>(call, act, [&](Tx& tx) -> Result<Done> {
    const auto begun = TRY(begin_agency(tx.db, call, path, act));
    auto assignment = begun.assignment;
    assignment.state = begun.to;
    with(assignment);
    store::change(tx.db, assignment);
    auto row = begun.step.row;
    row.state = case_state(store::assignments(tx.db, row.case_id));
    return finish(tx, call, act, begun.step, std::move(row), {note, false});
  }));
  return viewed(call, path.case_id);
}

}  // namespace changwat::service_centre
