// The acts of requests: load, ask authority, decide by rules, store, record.

#include "platform/auth/encoding.hpp"

#include "modules/plans/plans.hpp"
#include "modules/plans/store.hpp"

namespace changwat::plans {
namespace {

struct ChangeBegan {
  RequestKind kind = RequestKind::amend;
  std::optional<ProjectId> project_id;
  bool demonstration = false;
};
BOOST_DESCRIBE_STRUCT(ChangeBegan, (), (kind, project_id, demonstration))

struct ChangeMoved {
  ChangeState from = ChangeState::draft;
  ChangeState to = ChangeState::draft;
};
BOOST_DESCRIBE_STRUCT(ChangeMoved, (), (from, to))

struct ChangeEdited {
  std::vector<std::string> differences;  // pointers, never values
};
BOOST_DESCRIBE_STRUCT(ChangeEdited, (), (differences))

struct ChangeSettled {
  Decider proposed = Decider::provincial_committee;
  Decider decided_by = Decider::provincial_committee;
  bool contested = false;
  std::vector<Key> rows;
  DecisionProfile profile = DecisionProfile::normal;
};
BOOST_DESCRIBE_STRUCT(ChangeSettled, (), (proposed, decided_by, contested, rows, profile))

struct ChangeResolved {
  ChangeState to = ChangeState::draft;
  ResolutionId resolution_id;
  CommitteeDecision decision = CommitteeDecision::approve;
  std::optional<Date> report_due;
};
BOOST_DESCRIBE_STRUCT(ChangeResolved, (), (to, resolution_id, decision, report_due))

struct OutcomeRecorded {
  ChangeOutcome outcome = ChangeOutcome::approve;
  Date on_date;
  std::optional<Date> report_due;
};
BOOST_DESCRIBE_STRUCT(OutcomeRecorded, (), (outcome, on_date, report_due))

struct Reported {
  Date on_date;
  std::optional<Date> due;
};
BOOST_DESCRIBE_STRUCT(Reported, (), (on_date, due))

struct PlanChanged {
  std::vector<ProjectId> projects;
};
BOOST_DESCRIBE_STRUCT(PlanChanged, (), (projects))

struct ObjectionRecorded {
  std::string objection_id;
  std::string sha256;
};
BOOST_DESCRIBE_STRUCT(ObjectionRecorded, (), (objection_id, sha256))

ChangeStep step_of(const Call& call, const authority::Permit& permit, const ChangeId& id,
                   std::string_view act, std::string note) {
  const auto& office = office_of(call, permit);
  ChangeStep step;
  step.step_id = Id<StepTag>::make(call.now);
  step.change_id = id;
  step.act = act;
  step.at = call.now;
  step.person_id = call.caller->person_id;
  step.office_th = office.title_th;
  step.office_en = office.title_en;
  step.note = Text<0, 4000>::parse(note).value_or(Text<0, 4000>());
  return step;
}

// After ก.บ.จ. has spoken only the words about effects may still be completed.
bool same_substance(const ChangeContent& a, const ChangeContent& b) {
  const auto substance = [](ChangeContent content) {
    content.effect_kpi_th = content.effect_beneficiaries_th = content.effect_money_th = {};
    return to_json(content);
  };
  return substance(a) == substance(b);
}

std::optional<ProjectRow> lender_of(db::Connection& db, const ChangeRow& row) {
  const auto& leftover = row.content.value.leftover;
  if (!leftover) return std::nullopt;
  auto lender = store::project(db, leftover->from_project);
  if (!lender || lender->province != row.province || lender->fiscal_year != row.fiscal_year)
    return std::nullopt;
  return lender;
}

std::optional<ProjectRow> project_of(db::Connection& db, const ChangeRow& row) {
  return row.project_id ? store::project(db, *row.project_id) : std::nullopt;
}

RequestedChange requested(db::Connection& db, const ChangeRow& row) {
  const auto project = project_of(db, row);
  return {row.kind,         row.province,
          row.fiscal_year,  !project || project->budget_class != BudgetClass::over_ceiling,
          row.before.value, row.content.value};
}

// A draft follows its project: what it says is compared with the project as it stands.
void follow_project(db::Connection& db, ChangeRow& row) {
  const auto project = project_of(db, row);
  if (!project) return;
  row.before = project->content;
  row.project_version = project->version;
}

committees::NewResolution resolution_of(const CommitteeRequest& in, const ChangeRow& row) {
  committees::NewResolution out;
  out.meeting_id = in.meeting_id;
  out.number = in.number;
  out.kind = *enum_value<committees::ResolutionKind>(enum_name(in.kind));
  out.text_th = in.text_th;
  out.on_date = in.on_date;
  out.subject_kind = *Key::parse("change");
  out.subject_id = Text<1, 64>::parse(row.change_id.text());
  return out;
}

// A draft that comes back begins again: what was settled and resolved stays in its history.
void begin_again(ChangeRow& row) {
  row.settled = {};
  row.resolution_id.reset();
  row.outcome.reset();
  row.outcome_source.reset();
  row.decided_on.reset();
}

obligations::Subject subject_of(const ChangeId& id) {
  return {*Key::parse("change"), *obligations::SubjectId::parse(id.text())};
}

obligations::Title title_of(const ChangeRow& row) {
  const auto& after = row.content.value.after.name_th;
  const auto& name = after.empty() ? row.before.value.name_th : after;
  return obligations::Title::parse(name.text()).value_or(*obligations::Title::parse("–"));
}

}  // namespace

// ---- what all acts share

Result<Plans::Step> Plans::begin(db::Connection& db, const Call& call, const ChangeId& id,
                                 std::string_view act) const {
  const auto row = store::change(db, id);
  if (!row) return errors::not_found;
  const auto permit = TRY(authority_.decide(call, act, {row->province}));
  TRY(call.require_version(row->version));
  const auto to = authority::step(change_transitions, row->state, act);
  if (!to.ok()) return wrong_state(row->state);
  return Step{*row, permit, *to};
}

Change Plans::finish(Tx& tx, const Call& call, std::string_view act, const Step& step,
                     ChangeRow row, std::string note, RawJson change) const {
  ++row.version;
  row.updated_at = call.now;
  store::change(tx.db, row);
  store::add(tx.db, step_of(call, step.permit, row.change_id, act, std::move(note)));
  tx.record({.subject_kind = "change",
             .subject_id = row.change_id.text(),
             .province = row.province,
             .office_id = step.permit.office_id,
             .authority = step.permit.chain(),
             .change = std::move(change)});
  return view(tx.db, std::move(row), call.now.bangkok_date());
}

// Everything that has to be right before a request leaves its writer, and again when it takes
// effect.
Result<Done> Plans::ready(db::Connection& db, const ChangeRow& row, Date today) const {
  const auto project = project_of(db, row);
  const auto lender = lender_of(db, row);
  if (project && to_json(project->content) != to_json(row.before)) return plan_moved;
  if (project && project->state == ProjectState::cancelled)
    return Problem(errors::wrong_state, "โครงการนี้ยกเลิกแล้ว", "The project is cancelled.");
  const auto& content = row.content.value;
  std::vector<FieldError> wrong;
  if (row.kind != RequestKind::cancel) wrong = faults(content.after, "/content/after");
  for (auto& more : submission_faults(row.kind, content)) wrong.push_back(std::move(more));
  for (auto& more :
       money_faults(row.kind, project ? &*project : nullptr, content, lender ? &*lender : nullptr))
    wrong.push_back(std::move(more));
  const bool makes_one = row.kind == RequestKind::replace || row.kind == RequestKind::add;
  if (makes_one && content.new_code &&
      store::project(db, row.province, row.fiscal_year, *content.new_code))
    wrong.push_back({"/content/new_code", "conflict", "มีโครงการรหัสนี้ในปีนี้แล้ว",
                     "there is a project with this code in that year"});
  if (!wrong.empty()) return Problem(std::move(wrong));
  TRY(known_areas(content.after, "/content/after"));
  TRY(classify(TRY(facts_of(requested(db, row), rules_, today)),
               profile_of(rules_, row.province, today), rules_, today));
  return Done{};
}

// What was decided is given back only when it cannot take effect any more.
Result<Done> Plans::may_give_back(db::Connection& db, const ChangeRow& row, Date today) const {
  const bool is_decided =
      row.state == ChangeState::decided_here || row.state == ChangeState::decided_above;
  if (is_decided && ready(db, row, today).ok()) return wrong_state(row.state);
  return Done{};
}

// ---- writing a request

Result<Change> Plans::begin_change(const Call& call, const NewChange& in, Origin origin) {
  return acts_.run<Change>(call, "change.create", [&](Tx& tx) -> Result<Change> {
    ChangeRow row;
    row.change_id = ChangeId::make(call.now);
    row.kind = in.kind;
    row.demonstration = origin == Origin::demonstration;
    row.created_at = row.updated_at = call.now;
    if (in.kind == RequestKind::add) {
      if (in.project_id || !in.province || !in.fiscal_year)
        return Problem(
            {{"/province", "required", "โครงการใหม่ต้องระบุจังหวัดและปีงบประมาณ",
              "a project that is added needs a province and a fiscal year, and no project"}});
      row.province = *in.province;
      row.fiscal_year = *in.fiscal_year;
      if (!areas_.exists(row.province) || row.province.level() != AreaLevel::province)
        return Problem({{"/province", "unknown_area", "ไม่พบจังหวัดนี้", "there is no such province"}});
    } else {
      if (!in.project_id)
        return Problem({{"/project_id", "required", "ต้องระบุโครงการ", "is required"}});
      const auto project = store::project(tx.db, *in.project_id);
      if (!project) return errors::not_found;
      row.province = project->province;
      row.fiscal_year = project->fiscal_year;
      row.project_id = project->project_id;
    }
    const auto permit = TRY(authority_.decide(call, "change.create", {row.province}));
    if (const auto project = project_of(tx.db, row)) {
      if (project->state == ProjectState::cancelled)
        return Problem(errors::wrong_state, "โครงการนี้ยกเลิกแล้ว", "The project is cancelled.");
      if (project->budget_class == BudgetClass::agency_project)
        return Problem(errors::wrong_state, "โครงการส่วนราชการเปลี่ยนแปลงโดยส่วนราชการเจ้าของงบประมาณ",
                       "A project of an agency is changed by the agency that has the money.");
    }
    follow_project(tx.db, row);
    row.content.value.after = row.before.value;
    store::add(tx.db, row);
    store::add(tx.db, step_of(call, permit, row.change_id, "change.create", ""));
    tx.record({.subject_kind = "change",
               .subject_id = row.change_id.text(),
               .province = row.province,
               .office_id = permit.office_id,
               .authority = permit.chain(),
               .change = {to_json(ChangeBegan{row.kind, row.project_id, row.demonstration})}});
    return view(tx.db, row, call.now.bangkok_date());
  });
}

Result<Created<Change>> Plans::create_change(Call& call, const NewChange& in) {
  auto made = begin_change(call, in, Origin::real);
  if (!made.ok()) return std::move(made).problem();
  return Created<Change>{std::move(made).value()};
}

Result<Change> Plans::edit_change(Call& call, const Path<ChangePath>& path,
                                  const ChangePatch& patch) {
  return acts_.run<Change>(call, "change.edit", [&](Tx& tx) -> Result<Change> {
    const auto step = TRY(begin(tx.db, call, path->change_id, "change.edit"));
    auto row = step.row;
    if (row.state == ChangeState::endorsed && !same_substance(row.content.value, patch.content))
      return Problem(
          errors::wrong_state, "ก.บ.จ. มีมติแล้ว แก้ได้เฉพาะคำอธิบายผลกระทบและเอกสารแนบ",
          "ก.บ.จ. has resolved: only the words about effects and the attachments may change.");
    if (row.state == ChangeState::draft) follow_project(tx.db, row);
    row.content = {patch.content};
    const auto changed = differences(requested(tx.db, row));
    return finish(tx, call, "change.edit", step, row, "", {to_json(ChangeEdited{changed})});
  });
}

Result<Change> Plans::submit(Call& call, const Path<ChangePath>& path, const NoParameters&) {
  return acts_.run<Change>(call, "change.submit", [&](Tx& tx) -> Result<Change> {
    const auto step = TRY(begin(tx.db, call, path->change_id, "change.submit"));
    TRY(ready(tx.db, step.row, call.now.bangkok_date()));
    auto row = step.row;
    row.state = step.to;
    row.submitted_at = call.now;
    return finish(tx, call, "change.submit", step, row, "",
                  {to_json(ChangeMoved{step.row.state, row.state})});
  });
}

Result<Change> Plans::give_back(Call& call, const Path<ChangePath>& path, const ChangeRemark& in) {
  return acts_.run<Change>(call, "change.return", [&](Tx& tx) -> Result<Change> {
    const auto step = TRY(begin(tx.db, call, path->change_id, "change.return"));
    TRY(may_give_back(tx.db, step.row, call.now.bangkok_date()));
    static const auto fell = *obligations::ReleaseReason::parse("ส่งคืนคำขอ มติเดิมไม่มีผลแล้ว");
    obligations_.release_within(tx, call, &step.permit, subject_of(step.row.change_id), fell);
    auto row = step.row;
    row.state = step.to;
    begin_again(row);
    return finish(tx, call, "change.return", step, row, in.reason_th.text(),
                  {to_json(ChangeMoved{step.row.state, row.state})});
  });
}

Result<Change> Plans::withdraw(Call& call, const Path<ChangePath>& path, const ChangeRemark& in) {
  return acts_.run<Change>(call, "change.withdraw", [&](Tx& tx) -> Result<Change> {
    const auto step = TRY(begin(tx.db, call, path->change_id, "change.withdraw"));
    auto row = step.row;
    row.state = step.to;
    return finish(tx, call, "change.withdraw", step, row, in.reason_th.text(),
                  {to_json(ChangeMoved{step.row.state, row.state})});
  });
}

// ---- who decides

Result<Change> Plans::settle_classification(Call& call, const Path<ChangePath>& path,
                                            const SettleRequest& in) {
  return acts_.run<Change>(call, "change.settle", [&](Tx& tx) -> Result<Change> {
    const auto step = TRY(begin(tx.db, call, path->change_id, "change.settle"));
    const auto today = call.now.bangkok_date();
    const auto proposed =
        TRY(classify(TRY(facts_of(requested(tx.db, step.row), rules_, today)),
                     profile_of(rules_, step.row.province, today), rules_, today));
    auto settled = TRY(settle(in, proposed, call.now));
    const auto& office = office_of(call, step.permit);
    settled.office_th = office.title_th;
    settled.office_en = office.title_en;
    ChangeSettled told{
        proposed.decided_by, settled.decided_by, settled.contested, {}, proposed.profile};
    for (const auto& rule : proposed.rows) told.rows.push_back(rule.row);
    auto row = step.row;
    row.state = step.to;
    row.settled = {settled};
    return finish(tx, call, "change.settle", step, row, in.reason_th.text(), {to_json(told)});
  });
}

Result<Change> Plans::resolve(Call& call, const Path<ChangePath>& path,
                              const CommitteeRequest& in) {
  return acts_.run<Change>(call, "change.resolve", [&](Tx& tx) -> Result<Change> {
    const auto step = TRY(begin(tx.db, call, path->change_id, "change.resolve"));
    const auto& settled = step.row.settled.value.value();
    const auto to = TRY(state_after(in.kind, settled));
    const auto meeting = committees_.meeting(tx.db, in.meeting_id);
    const auto kind = named(rules_, Decider::provincial_committee).body_kind;
    const auto body =
        kind ? committees_.provincial_body(tx.db, step.row.province, *kind) : std::nullopt;
    if (meeting && (!body || meeting->body != body->code))
      return Problem({{"/meeting_id", "another_body", "ไม่ใช่การประชุมของ ก.บ.จ. ของจังหวัดนี้",
                       "is not a meeting of this province's own ก.บ.จ."}});
    const auto resolution = TRY(committees_.record_within(tx, call, resolution_of(in, step.row)));
    if (resolution.on_date < step.row.submitted_at->bangkok_date())
      return Problem({{"/on_date", "before_request", "มติต้องไม่ก่อนวันที่เสนอคำขอ",
                       "must not be before the day of the request"}});
    auto row = step.row;
    row.state = to;
    row.resolution_id = resolution.resolution_id;
    if (to == ChangeState::draft) begin_again(row);
    if (to == ChangeState::decided_here || to == ChangeState::rejected)
      row.decided_on = resolution.on_date;
    std::optional<Date> due;
    if (to == ChangeState::decided_here)
      due = TRY(raise_report(tx, call, step.permit, row, resolution.on_date));
    return finish(tx, call, "change.resolve", step, row, in.text_th.text(),
                  {to_json(ChangeResolved{to, resolution.resolution_id, in.kind, due})});
  });
}

Result<Change> Plans::send_up(Call& call, const Path<ChangePath>& path, const SendUpRequest& in) {
  return acts_.run<Change>(call, "change.send_up", [&](Tx& tx) -> Result<Change> {
    const auto step = TRY(begin(tx.db, call, path->change_id, "change.send_up"));
    auto row = step.row;
    const auto lacking =
        gaps(rules_, row.content.value, !store::files(tx.db, row.change_id).empty(),
             row.resolution_id.has_value());
    if (!lacking.empty()) {
      Problem problem(dossier_incomplete);
      for (const auto& gap : lacking)
        problem.fields.push_back({"/" + std::string(enum_name(gap.item)), "missing",
                                  "ยังขาด " + gap.label_th, "is missing: " + gap.label_en});
      return problem;
    }
    row.state = step.to;
    row.letter_out = in.letter_out;
    row.sent_up_at = call.now;
    return finish(tx, call, "change.send_up", step, row, in.letter_out.text(),
                  {to_json(ChangeMoved{step.row.state, row.state})});
  });
}

Result<Change> Plans::record_outcome(Call& call, const Path<ChangePath>& path,
                                     const OutcomeRequest& in) {
  return acts_.run<Change>(call, "change.record_outcome", [&](Tx& tx) -> Result<Change> {
    const auto step = TRY(begin(tx.db, call, path->change_id, "change.record_outcome"));
    if (in.on_date > call.now.bangkok_date() || in.on_date < step.row.sent_up_at->bangkok_date())
      return Problem({{"/on_date", "out_of_range", "ต้องไม่ก่อนวันที่ส่งเรื่อง และไม่อยู่ในอนาคต",
                       "must not be before the day of sending nor in the future"}});
    auto row = step.row;
    row.state = state_after(in.outcome);
    if (row.state == ChangeState::draft) {
      begin_again(row);
    } else {
      row.decided_on = in.on_date;
    }
    row.outcome = in.outcome;
    row.outcome_source = in.source;
    std::optional<Date> due;
    if (row.state == ChangeState::decided_above)
      due = TRY(raise_report(tx, call, step.permit, row, in.on_date));
    return finish(tx, call, "change.record_outcome", step, row, in.source.text(),
                  {to_json(OutcomeRecorded{in.outcome, in.on_date, due})});
  });
}

// ---- what follows

// What the decision obliges the province to; the last day, where law names one.
Result<std::optional<Date>> Plans::raise_report(Tx& tx, const Call& call,
                                                const authority::Permit& permit,
                                                const ChangeRow& row, Date decided_on) {
  if (!asks_for_report(row.settled.value.value())) return std::optional<Date>();
  const auto& rule = rules_.report;
  auto duty = *obligations_.duty(rule.power, rule.duty);
  duty.verified = duty.verified && rule.verified;
  if (rule.note) duty.note = authority::LawText::parse(rule.note->text());
  const auto raised = TRY(obligations_.raise_within(
      tx, call, &permit,
      {{subject_of(row.change_id), row.province, title_of(row), title_of(row),
        *obligations::Link::parse("changes/" + row.change_id.text()),
        obligations_.owing_by_law(rule.power), decided_on,
        row.demonstration ? Origin::demonstration : Origin::real},
       rule.power,
       std::move(duty)}));
  return raised.due;
}

// The letter and its proof in one step; what was sent by the page of obligations is only proved.
Result<Change> Plans::report(Call& call, const Path<ChangePath>& path, const ReportRequest& in) {
  return acts_.run<Change>(call, "change.report", [&](Tx& tx) -> Result<Change> {
    const auto step = TRY(begin(tx.db, call, path->change_id, "change.report"));
    const auto owed = report_of(tx.db, path->change_id);
    if (!owed)
      return Problem(errors::wrong_state, "เรื่องนี้ไม่ต้องรายงานสำนักงบประมาณ",
                     "This needs no report to the Budget Bureau.");
    using obligations::ObligationState;
    if (owed->state == ObligationState::proved) return errors::conflict;
    if (in.on_date > call.now.bangkok_date() || in.on_date < *step.row.decided_on)
      return Problem({{"/on_date", "out_of_range", "ต้องไม่ก่อนวันที่มีมติ และไม่อยู่ในอนาคต",
                       "must not be before the decision nor in the future"}});
    if (owed->state == ObligationState::owed)
      TRY(obligations_.serve_within(tx, call, step.permit, owed->obligation_id,
                                    {in.on_date, in.proof, obligations::LetterChannel::letter}));
    static const auto as_referred = *Text<1, 300>::parse("ตามหลักฐานที่อ้าง");
    TRY(obligations_.prove_within(
        tx, call, step.permit, owed->obligation_id,
        {in.on_date, as_referred, std::nullopt, Text<1, 500>::parse(in.proof.text())}));
    return finish(tx, call, "change.report", step, step.row, in.proof.text(),
                  {to_json(Reported{in.on_date, owed->due})});
  });
}

void Plans::take_effect(Tx& tx, const Call& call, const Step& step, const Effect& effect) const {
  const auto keep = [&](const ProjectRow& project) {
    keep_version(tx, call, "change.apply", project, &step.permit, step.row.change_id);
  };
  if (effect.made) {
    store::add(tx.db, *effect.made);
    keep(*effect.made);
  }
  for (const auto* project : {&effect.project, &effect.lender})
    if (*project) {
      store::change(tx.db, **project);
      keep(**project);
    }
}

Result<Change> Plans::apply(Call& call, const Path<ChangePath>& path, const NoParameters&) {
  return acts_.run<Change>(call, "change.apply", [&](Tx& tx) -> Result<Change> {
    const auto step = TRY(begin(tx.db, call, path->change_id, "change.apply"));
    TRY(ready(tx.db, step.row, call.now.bangkok_date()));
    const auto effect =
        effect_of(step.row, project_of(tx.db, step.row), lender_of(tx.db, step.row), call.now);
    take_effect(tx, call, step, effect);
    PlanChanged told;
    for (const auto* project : {&effect.project, &effect.lender, &effect.made})
      if (*project) told.projects.push_back((*project)->project_id);
    auto row = step.row;
    row.state = step.to;
    return finish(tx, call, "change.apply", step, row, "", {to_json(told)});
  });
}

Result<Change> Plans::close(Call& call, const Path<ChangePath>& path, const NoParameters&) {
  return acts_.run<Change>(call, "change.close", [&](Tx& tx) -> Result<Change> {
    const auto step = TRY(begin(tx.db, call, path->change_id, "change.close"));
    auto row = step.row;
    if (!obligations_.all_proved(tx.db, subject_of(row.change_id))) return report_wanted;
    row.state = step.to;
    return finish(tx, call, "change.close", step, row, "",
                  {to_json(ChangeMoved{step.row.state, row.state})});
  });
}

// Neither a state nor a version stands in the way of an objection, and no act takes one back.
Result<Change> Plans::object(Call& call, const Path<ChangePath>& path, const ObjectionRequest& in) {
  return acts_.run<Change>(call, "objection.record", [&](Tx& tx) -> Result<Change> {
    const auto row = store::change(tx.db, path->change_id);
    if (!row) return errors::not_found;
    const Step step{*row, TRY(authority_.decide(call, objection_act, {row->province})), row->state};
    const auto& office = office_of(call, step.permit);
    const Objection objection{Id<ObjectionTag>::make(call.now),
                              row->change_id,
                              in.text_th,
                              auth::hex_encode(auth::sha256(in.text_th.text())),
                              call.now,
                              call.caller->person_id,
                              office.title_th,
                              office.title_en};
    store::add(tx.db, objection);
    return finish(tx, call, "objection.record", step, *row, "",
                  {to_json(ObjectionRecorded{objection.objection_id.text(), objection.sha256})});
  });
}

}  // namespace changwat::plans
