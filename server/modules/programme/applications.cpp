// The acts of applications: load, ask authority, decide by rules, store, record.

#include "modules/programme/completeness.hpp"
#include "modules/programme/programme.hpp"
#include "modules/programme/store.hpp"

namespace changwat::programme {
namespace {

struct StateChange {
  ApplicationState from = ApplicationState::draft;
  ApplicationState to = ApplicationState::draft;
};
BOOST_DESCRIBE_STRUCT(StateChange, (), (from, to))

struct Began {
  CallId call_id;
  ApplicationKind kind = ApplicationKind::invited;
  bool demonstration = false;
};
BOOST_DESCRIBE_STRUCT(Began, (), (call_id, kind, demonstration))

struct Edited {
  std::vector<std::string> changed;  // pointers, never values
};
BOOST_DESCRIBE_STRUCT(Edited, (), (changed))

struct Returned {
  ApplicationState from = ApplicationState::draft;
  ApplicationState to = ApplicationState::draft;
  Instant deadline_at;
  std::vector<std::string> findings;  // pointers
};
BOOST_DESCRIBE_STRUCT(Returned, (), (from, to, deadline_at, findings))

struct Advised {
  ApplicationState from = ApplicationState::draft;
  ApplicationState to = ApplicationState::draft;
  WorkingGroup working_group = WorkingGroup::economy;
};
BOOST_DESCRIBE_STRUCT(Advised, (), (from, to, working_group))

struct Resolved {
  ApplicationState from = ApplicationState::draft;
  ApplicationState to = ApplicationState::draft;
  ResolutionId resolution_id;
  Outcome outcome = Outcome::approve;
};
BOOST_DESCRIBE_STRUCT(Resolved, (), (from, to, resolution_id, outcome))

HistoryRow step_of(const Call& call, const authority::Permit& permit, const ApplicationId& id,
                   std::string_view act) {
  const auto& office = office_of(call, permit);
  HistoryRow row;
  row.history_id = Id<HistoryTag>::make(call.now);
  row.application_id = id;
  row.act = act;
  row.person_id = call.caller->person_id;
  row.office_id = office.office_id;
  row.office_th = office.title_th;
  row.office_en = office.title_en;
  row.began_at = row.at = call.now;
  return row;
}

void keep_step(db::Connection& db, HistoryRow step) {
  const auto last = store::last_step(db, step.application_id);
  if (last && merges(*last, step)) return store::change(db, merged(*last, step));
  step.position = last ? last->position + 1 : 1;
  store::add(db, step);
}

std::vector<FieldError> fields_of(const std::vector<Missing>& missing) {
  std::vector<FieldError> fields;
  for (const auto& item : missing) fields.push_back({item.pointer, "missing", item.th, item.en});
  return fields;
}

template <class List>
std::vector<std::string> pointers_of(const List& findings) {
  std::vector<std::string> out;
  for (const auto& finding : findings) out.push_back(finding.pointer.text());
  return out;
}

Title cohort_title(std::string text, FiscalYear year, bool thai) {
  return *Title::parse(text + (thai ? " ปีงบประมาณ พ.ศ. " + std::to_string(year.buddhist())
                                    : ", fiscal year " + std::to_string(year.count())));
}

// The cohort of provinces that came in by approval and were in none of the year before.
CohortRow approved_cohort(const ApplicationRow& application, Instant now) {
  const bool invited = application.kind == ApplicationKind::invited;
  CohortRow row;
  row.cohort_id = CohortId::make(now);
  row.code = *Key::parse((invited ? "approved_group_" : "approved_volunteer_") +
                         std::to_string(application.fiscal_year.count()));
  row.fiscal_year = application.fiscal_year;
  row.kind = invited ? CohortKind::group : CohortKind::volunteer;
  row.title_th = cohort_title(invited ? "จังหวัดที่ได้รับความเห็นชอบ" : "จังหวัดที่สมัครเพิ่มและได้รับความเห็นชอบ",
                              application.fiscal_year, true);
  row.title_en = cohort_title(invited ? "Approved provinces" : "Approved volunteers",
                              application.fiscal_year, false);
  row.verified = true;  // it follows from resolutions recorded here
  return row;
}

// The province's membership of a group of that year, if it has one.
std::optional<MembershipRow> membership_in(db::Connection& db, const AreaCode& province,
                                           FiscalYear year) {
  const auto cohorts = store::cohorts(db);
  for (auto& membership : store::memberships_of(db, province))
    for (const auto& cohort : cohorts)
      if (cohort.cohort_id == membership.cohort_id && cohort.fiscal_year == year &&
          (cohort.kind == CohortKind::group || cohort.kind == CohortKind::volunteer))
        return membership;
  return std::nullopt;
}

void enter_cohort(db::Connection& db, const ApplicationRow& application,
                  const Resolution& resolution, Instant now) {
  auto membership = membership_in(db, application.province, application.fiscal_year);
  if (membership) {
    membership->resolution_id = resolution.resolution_id;
    membership->application_id = application.application_id;
    membership->entered_on = resolution.on_date;
    return store::change(db, *membership);
  }
  const auto fresh = approved_cohort(application, now);
  auto cohort = store::cohort(db, fresh.code);
  if (!cohort) store::add(db, *(cohort = fresh));
  store::add(db, MembershipRow{Id<MembershipTag>::make(now), application.province,
                               cohort->cohort_id, std::nullopt, std::nullopt, resolution.on_date,
                               resolution.resolution_id, application.application_id});
}

committees::NewResolution resolution_of(const ResolveRequest& in, const ApplicationRow& row) {
  committees::NewResolution out;
  out.meeting_id = in.meeting_id;
  out.number = in.number;
  out.kind = resolution_kind(in.kind);
  out.text_th = in.text_th;
  out.on_date = in.on_date;
  out.subject_kind = *Key::parse("application");
  out.subject_id = Text<1, 64>::parse(row.application_id.text());
  return out;
}

Result<Done> revision_deadline(const ResolveRequest& in, Instant now) {
  if (in.kind != Outcome::revise) {
    if (!in.deadline_at) return Done{};
    return Problem(
        {{"/deadline_at", "not_wanted", "ระบุกำหนดได้เฉพาะมติให้ปรับ", "is for a revision only"}});
  }
  if (!in.deadline_at)
    return Problem({{"/deadline_at", "required", "มติให้ปรับต้องระบุกำหนดส่งฉบับปรับ",
                     "a revision needs a deadline"}});
  if (auto wrong = deadline_faults(*in.deadline_at, now, "/deadline_at"); !wrong.empty())
    return Problem(std::move(wrong));
  return Done{};
}

}  // namespace

// ---- what all acts share

Result<Programme::Step> Programme::begin(db::Connection& db, const Call& call,
                                         const ApplicationId& id, std::string_view act) const {
  const auto row = store::application(db, id);
  if (!row) return errors::not_found;
  const auto permit = TRY(authority_.decide(call, act, {row->province}));
  if (call.if_match || call.if_match_any) TRY(call.require_version(row->version));
  const auto to = authority::step(application_transitions, row->state, act);
  if (!to.ok()) return wrong_state(row->state);
  return Step{*store::call(db, row->call_id), *row, permit, *to};
}

Application Programme::finish(Tx& tx, const Call& call, std::string_view act, const Step& step,
                              ApplicationRow row, Told told) const {
  ++row.version;
  row.updated_at = call.now;
  store::change(tx.db, row);
  auto history = step_of(call, step.permit, row.application_id, act);
  history.changed = {std::move(told.changed)};
  history.note = std::move(told.note);
  keep_step(tx.db, std::move(history));
  tx.record({.subject_kind = "application",
             .subject_id = row.application_id.text(),
             .province = row.province,
             .office_id = step.permit.office_id,
             .authority = step.permit.chain(),
             .change = std::move(told.change)});
  return view(tx.db, step.call, std::move(row));
}

Result<Done> Programme::complete(db::Connection& db, const CallForProposals& call,
                                 const ApplicationRow& row) const {
  std::set<std::string> files;
  for (const auto& file : store::files(db, row.application_id)) files.insert(file.key.text());
  const auto lacking = missing(row.proposal.value, call.requirements.value, files);
  if (lacking.empty()) return Done{};
  Problem problem(fields_of(lacking));
  problem.th = "ใบสมัครยังไม่ครบ ขาด " + std::to_string(lacking.size()) + " รายการ";
  problem.en =
      "The application is not complete: " + std::to_string(lacking.size()) + " things are missing.";
  return problem;
}

// ---- acts

Result<Application> Programme::begin_application(const Call& call, const NewApplication& in,
                                                 Origin origin) {
  return acts_.run<Application>(call, "application.create", [&](Tx& tx) -> Result<Application> {
    const auto to = TRY(visible_call(tx.db, call, in.call_id));
    const auto* area = areas_.now()->find(in.province);
    if (!area || area->level != AreaLevel::province)
      return Problem({{"/province", "unknown_area", "ไม่พบจังหวัดนี้", "there is no such province"}});
    const auto permit = TRY(authority_.decide(call, "application.create", {in.province}));
    if (const auto other = store::application(tx.db, in.call_id, in.province))
      return Problem(
          errors::conflict, "จังหวัดนี้มีใบสมัครในประกาศนี้แล้ว: " + other->application_id.text(),
          "The province has an application to this call: " + other->application_id.text());
    ApplicationRow row;
    row.kind = TRY(kind_of_applicant(to, in.province, call.now));
    row.application_id = ApplicationId::make(call.now);
    row.call_id = in.call_id;
    row.fiscal_year = to.fiscal_year;
    row.province = in.province;
    row.demonstration = origin == Origin::demonstration;
    row.created_at = row.updated_at = call.now;
    store::add(tx.db, row);
    keep_step(tx.db, step_of(call, permit, row.application_id, "application.create"));
    tx.record({.subject_kind = "application",
               .subject_id = row.application_id.text(),
               .province = row.province,
               .office_id = permit.office_id,
               .authority = permit.chain(),
               .change = {to_json(Began{row.call_id, row.kind, row.demonstration})}});
    return view(tx.db, to, row);
  });
}

Result<Created<Application>> Programme::create_application(Call& call, const NewApplication& in) {
  auto made = begin_application(call, in, Origin::real);
  if (!made.ok()) return std::move(made).problem();
  return Created<Application>{std::move(made).value()};
}

Result<Application> Programme::edit_application(Call& call, const Path<ApplicationPath>& path,
                                                const ApplicationPatch& patch) {
  return acts_.run<Application>(call, "application.edit", [&](Tx& tx) -> Result<Application> {
    const auto step = TRY(begin(tx.db, call, path->application_id, "application.edit"));
    TRY(call.require_version(step.row.version));
    auto row = step.row;
    row.proposal.value = patched(row.proposal.value, patch.proposal);
    auto changed = changed_pointers(to_json(step.row.proposal), to_json(row.proposal));
    return finish(tx, call, "application.edit", step, row,
                  {{to_json(Edited{changed})}, changed, {}});
  });
}

Result<Application> Programme::submit(Call& call, const Path<ApplicationPath>& path,
                                      const NoMembers&) {
  return acts_.run<Application>(call, "application.submit", [&](Tx& tx) -> Result<Application> {
    const auto step = TRY(begin(tx.db, call, path->application_id, "application.submit"));
    TRY(may_submit(step.row, step.call, call.now));
    TRY(complete(tx.db, step.call, step.row));
    auto row = step.row;
    row.state = step.to;
    row.submitted_at = call.now;
    return finish(tx, call, "application.submit", step, row,
                  {{to_json(StateChange{step.row.state, step.to})}, {}, {}});
  });
}

Result<Application> Programme::return_for_correction(Call& call, const Path<ApplicationPath>& path,
                                                     const ReturnRequest& in) {
  return acts_.run<Application>(call, "application.return", [&](Tx& tx) -> Result<Application> {
    const auto step = TRY(begin(tx.db, call, path->application_id, "application.return"));
    auto wrong = deadline_faults(in.deadline_at, call.now, "/deadline_at");
    if (in.findings.empty())
      wrong.push_back(
          {"/findings", "required", "ต้องระบุสิ่งที่ต้องแก้ไขอย่างน้อย 1 ข้อ", "at least one is needed"});
    if (!wrong.empty()) return Problem(std::move(wrong));
    auto row = step.row;
    row.state = step.to;
    row.correction_deadline_at = in.deadline_at;
    store::add_findings(tx.db, row.application_id, in.findings, call.now);
    const Returned change{step.row.state, step.to, in.deadline_at, pointers_of(in.findings)};
    return finish(tx, call, "application.return", step, row, {{to_json(change)}, {}, {}});
  });
}

Result<Application> Programme::accept(Call& call, const Path<ApplicationPath>& path,
                                      const AcceptRequest& in) {
  return acts_.run<Application>(call, "application.accept", [&](Tx& tx) -> Result<Application> {
    const auto step = TRY(begin(tx.db, call, path->application_id, "application.accept"));
    auto row = step.row;
    row.state = step.to;
    return finish(tx, call, "application.accept", step, row,
                  {{to_json(StateChange{step.row.state, step.to})}, {}, in.note});
  });
}

Result<Application> Programme::advise(Call& call, const Path<ApplicationPath>& path,
                                      const AdviseRequest& in) {
  return acts_.run<Application>(call, "application.advise", [&](Tx& tx) -> Result<Application> {
    const auto step = TRY(begin(tx.db, call, path->application_id, "application.advise"));
    if (store::advice(tx.db, step.row.application_id).size() >= advice_max) return too_much_advice;
    const auto& office = office_of(call, step.permit);
    store::add(tx.db, step.row.application_id,
               Advice{in.working_group, in.text, call.now, office.title_th, office.title_en},
               call.caller->person_id);
    auto row = step.row;
    row.state = step.to;
    return finish(tx, call, "application.advise", step, row,
                  {{to_json(Advised{step.row.state, step.to, in.working_group})}, {}, {}});
  });
}

Result<Application> Programme::resolve(Call& call, const Path<ApplicationPath>& path,
                                       const ResolveRequest& in) {
  return acts_.run<Application>(call, "application.resolve", [&](Tx& tx) -> Result<Application> {
    const auto step = TRY(begin(tx.db, call, path->application_id, "application.resolve"));
    TRY(revision_deadline(in, call.now));
    const auto resolution = TRY(committees_.record_within(tx, call, resolution_of(in, step.row)));
    auto row = step.row;
    row.state = state_after(in.kind);
    row.resolution_id = resolution.resolution_id;
    if (in.kind == Outcome::revise) row.correction_deadline_at = in.deadline_at;
    if (in.kind == Outcome::approve) TRY(take_effect(tx, call, row, resolution));
    const Resolved change{step.row.state, row.state, resolution.resolution_id, in.kind};
    return finish(tx, call, "application.resolve", step, row, {{to_json(change)}, {}, {}});
  });
}

// An approved province enters the cohort of its year, and its KPIs become indicators.
Result<Done> Programme::take_effect(Tx& tx, const Call& call, const ApplicationRow& row,
                                    const Resolution& resolution) const {
  enter_cohort(tx.db, row, resolution, call.now);
  std::vector<indicators::KpiDefinition> definitions;
  for (const auto& kpi : row.proposal.value.kpis) {
    auto definition = definition_of(kpi);
    CHECK(definition
              .has_value());  // it was complete when it was submitted and could not change since
    definitions.push_back(std::move(*definition));
  }
  return kpis_.define(tx, call, row.province, row.fiscal_year, row.application_id.text(),
                      definitions);
}

Result<Application> Programme::withdraw(Call& call, const Path<ApplicationPath>& path,
                                        const WithdrawRequest& in) {
  return acts_.run<Application>(call, "application.withdraw", [&](Tx& tx) -> Result<Application> {
    const auto step = TRY(begin(tx.db, call, path->application_id, "application.withdraw"));
    auto row = step.row;
    row.state = step.to;
    return finish(tx, call, "application.withdraw", step, row,
                  {{to_json(StateChange{step.row.state, step.to})},
                   {},
                   Text<0, 2000>::parse(in.reason.text())});
  });
}

}  // namespace changwat::programme
