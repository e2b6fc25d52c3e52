// What the centre and the assigned agencies do with a case between intake and closing.

#include <algorithm>

#include "modules/service_centre/masking.hpp"
#include "modules/service_centre/service_centre.hpp"
#include "modules/service_centre/store.hpp"

namespace changwat::service_centre {
namespace {

struct CaseAssigned {
  CaseAssignmentId assignment_id;
  std::string office_id;
  CaseState to = CaseState::assigned;
};
BOOST_DESCRIBE_STRUCT(CaseAssigned, (), (assignment_id, office_id, to))

struct CaseMerged {
  CaseId into;
};
BOOST_DESCRIBE_STRUCT(CaseMerged, (), (into))

struct ReportersRevealed {
  RevealPurpose purpose = RevealPurpose::contact_reporter;
  std::int64_t reporters = 0;
  bool secret = false;
};
BOOST_DESCRIBE_STRUCT(ReportersRevealed, (), (purpose, reporters, secret))

std::string text_of(const std::optional<Note>& note) {
  return note ? note->text() : std::string();
}

bool any_active(const std::vector<CaseAssignment>& assignments) {
  for (const auto& one : assignments)
    if (is_active(one.state)) return true;
  return false;
}

void end_assignments(db::Connection& db, const CaseId& id) {
  for (auto& one : store::assignments(db, id)) {
    if (!is_active(one.state)) continue;
    one.state = CaseAssignmentState::ended;
    store::change(db, one);
  }
}

std::optional<CaseLevel> above(CaseLevel level) {
  if (level == CaseLevel::ministry) return std::nullopt;
  return level == CaseLevel::district ? CaseLevel::province : CaseLevel::ministry;
}

CaseLevel below(CaseLevel level) {
  return level == CaseLevel::ministry ? CaseLevel::province : CaseLevel::district;
}

// All that is written of a case, but for who reported it.
std::vector<std::string> texts_of(db::Connection& db, const CaseRow& row) {
  std::vector<std::string> out{row.title.text(), row.detail.text(), row.wanted.text(),
                               to_json(row.place), to_json(row.accused)};
  for (const auto& step : store::steps(db, row.case_id)) out.push_back(step.note.text());
  for (const auto& one : store::assignments(db, row.case_id))
    out.insert(out.end(), {one.instruction.text(), one.result.text()});
  for (const auto& task : store::tasks(db, row.case_id)) out.push_back(task.text.text());
  for (const auto& file : store::files(db, row.case_id)) out.push_back(file.name.text());
  return out;
}

// Put together, what one case says would tell who reported the other in secret.
bool tell_on_each_other(db::Connection& db, const CaseRow& a, const CaseRow& b) {
  const auto tells = [&](const CaseRow& text, const CaseRow& reported) {
    const auto reporters = store::reporters(db, reported.case_id);
    const auto texts = texts_of(db, text);
    return std::any_of(texts.begin(), texts.end(),
                       [&](const auto& one) { return tells_secret(one, reporters); });
  };
  return tells(a, b) || tells(b, a);
}

}  // namespace

// ---- screening

Result<Case> ServiceCentre::screen(Call& call, const Path<CasePath>& path,
                                   const ScreenRequest& in) {
  const auto correct = [&](Tx& tx, const Step&, CaseRow& row) -> Result<Done> {
    const auto today = call.now.bangkok_date();
    std::vector<FieldError> wrong;
    const auto put = [&](const std::optional<Key>& code, Key& to, bool known, const char* pointer) {
      if (code && !known)
        wrong.push_back({pointer, "unknown", "ไม่มีรายการนี้ในบัญชี", "is not on the list"});
      if (code) to = *code;
    };
    put(in.kind, row.kind, in.kind && find_kind(book_, *in.kind, today), "/kind");
    put(in.category, row.category, in.category && find_category(book_, *in.category, today),
        "/category");
    put(in.importance, row.importance,
        in.importance && find_importance(book_, *in.importance, today), "/importance");
    if (in.place) {
      const bool inside = row.district.contains(in.place->area) && areas_.exists(in.place->area);
      if (!inside)
        wrong.push_back({"/place/area", "outside", "ต้องเป็นพื้นที่ในอำเภอของเรื่อง",
                         "must lie in the district of the case"});
      row.place = {*in.place};
      row.area = in.place->area;
    }
    if (!wrong.empty()) return Problem(std::move(wrong));
    store::follow_flows(tx.db, row);
    return Done{};
  };
  return lead(call, path->case_id, "case.screen", text_of(in.note_th), false, correct);
}

Result<Case> ServiceCentre::reject(Call& call, const Path<CasePath>& path, const CaseReason& in) {
  return lead(call, path->case_id, "case.reject", in.reason_th.text(), true);
}

Result<Case> ServiceCentre::handle(Call& call, const Path<CasePath>& path, const CaseNote& in) {
  return lead(call, path->case_id, "case.handle", text_of(in.note_th), false);
}

Result<Case> ServiceCentre::take_charge(Call& call, const Path<CasePath>& path,
                                        const NoParameters&) {
  return lead(call, path->case_id, "case.take_charge", "", false,
              [&](Tx&, const Step&, CaseRow& row) -> Result<Done> {
                row.officer_id = call.caller->person_id;
                return Done{};
              });
}

// ---- agencies

Result<Case> ServiceCentre::assign(Call& call, const Path<CasePath>& path,
                                   const AssignRequest& in) {
  TRY(acts_.run<Done>(call, "case.assign", [&](Tx& tx) -> Result<Done> {
    auto step = TRY(begin(tx.db, call, path->case_id, "case.assign"));
    const auto offices = offices_(call.now);
    const auto* office = offices->find(in.office_id);
    if (!office)
      return Problem({{"/office_id", "unknown", "ไม่พบหน่วยงานนี้", "there is no such office"}});
    for (const auto& one : store::assignments(tx.db, path->case_id))
      if (one.office_id == office->office_id && is_active(one.state))
        return Problem(errors::conflict, "มอบหมายหน่วยงานนี้ไว้แล้ว",
                       "The case is with this office already.");
    CaseAssignment out;
    out.assignment_id = CaseAssignmentId::make(call.now);
    out.case_id = path->case_id;
    out.office_id = office->office_id;
    out.role = office->role;
    out.office_th = office->title_th;
    out.office_en = office->title_en;
    out.instruction = in.instruction_th.value_or(Note());
    out.letter_out = in.letter_out;
    out.assigned_at = call.now;
    store::add(tx.db, out);
    step.assignment_id = out.assignment_id;
    auto row = step.row;
    row.state = case_state(store::assignments(tx.db, path->case_id));
    return finish(tx, call, "case.assign", step, row,
                  {text_of(in.instruction_th),
                   false,
                   {to_json(CaseAssigned{out.assignment_id, out.office_id, row.state})}});
  }));
  return viewed(call, path->case_id);
}

Result<Case> ServiceCentre::end_assignment(Call& call, const Path<CaseAssignmentPath>& path,
                                           const CaseReason& in) {
  TRY(acts_.run<Done>(call, "case.end_assignment", [&](Tx& tx) -> Result<Done> {
    auto step = TRY(begin(tx.db, call, path->case_id, "case.end_assignment"));
    auto assignment = store::assignment(tx.db, path->case_id, path->assignment_id);
    if (!assignment) return errors::not_found;
    if (!is_active(assignment->state)) return wrong_state(step.row.state);
    assignment->state = CaseAssignmentState::ended;
    store::change(tx.db, *assignment);
    step.assignment_id = path->assignment_id;
    auto row = step.row;
    row.state = case_state(store::assignments(tx.db, path->case_id));
    return finish(tx, call, "case.end_assignment", step, row, {in.reason_th.text(), false});
  }));
  return viewed(call, path->case_id);
}

Result<Case> ServiceCentre::accept(Call& call, const Path<CaseAssignmentPath>& path,
                                   const CaseNote& in) {
  return lead_agency(call, path.value, "case.accept", text_of(in.note_th),
                     [&](CaseAssignment& one) { one.accepted_at = call.now; });
}

Result<Case> ServiceCentre::progress(Call& call, const Path<CaseAssignmentPath>& path,
                                     const ResultRequest& in) {
  return lead_agency(call, path.value, "case.progress", in.result_th.text(),
                     [](CaseAssignment&) {});
}

Result<Case> ServiceCentre::report_result(Call& call, const Path<CaseAssignmentPath>& path,
                                          const ResultRequest& in) {
  return lead_agency(call, path.value, "case.report_result", in.result_th.text(),
                     [&](CaseAssignment& one) {
                       one.reported_at = call.now;
                       one.result = *Note::parse(in.result_th.text());
                     });
}

Result<Case> ServiceCentre::give_back(Call& call, const Path<CaseAssignmentPath>& path,
                                      const CaseReason& in) {
  return lead_agency(call, path.value, "case.return", in.reason_th.text(),
                     [&](CaseAssignment& one) { one.result = *Note::parse(in.reason_th.text()); });
}

// ---- the centre's own work

Result<Case> ServiceCentre::record_result(Call& call, const Path<CasePath>& path,
                                          const ResultRequest& in) {
  return lead(call, path->case_id, "case.record_result", in.result_th.text(), false,
              [](Tx& tx, const Step& step, CaseRow&) -> Result<Done> {
                if (any_active(store::assignments(tx.db, step.row.case_id)))
                  return agencies_at_work;
                return Done{};
              });
}

Result<Case> ServiceCentre::mediate(Call& call, const Path<CasePath>& path, const CaseNote& in) {
  return lead(call, path->case_id, "case.mediate", text_of(in.note_th), false,
              [](Tx& tx, const Step& step, CaseRow&) -> Result<Done> {
                if (any_active(store::assignments(tx.db, step.row.case_id)))
                  return agencies_at_work;
                return Done{};
              });
}

Result<Case> ServiceCentre::end_mediation(Call& call, const Path<CasePath>& path,
                                          const EndMediation& in) {
  return lead(call, path->case_id, "case.end_mediation", in.outcome_th.text(), false,
              [&](Tx&, const Step&, CaseRow& row) -> Result<Done> {
                if (!in.agreed) row.state = CaseState::in_progress;
                return Done{};
              });
}

Result<Case> ServiceCentre::tell(Call& call, const Path<CasePath>& path, const TellRequest& in) {
  return lead(call, path->case_id, "case.tell", in.text_th.text(), true);
}

// ---- up and back

// With the act the case is the next centre's, which takes it or gives it back.
Result<Case> ServiceCentre::send_up(Call& call, const Path<CasePath>& path, const CaseReason& in) {
  return lead(call, path->case_id, "case.send_up", in.reason_th.text(), true,
              [](Tx& tx, const Step& step, CaseRow& row) -> Result<Done> {
                const auto level = above(row.level);
                if (!level) return no_level_above;
                if (any_active(store::assignments(tx.db, step.row.case_id)))
                  return agencies_at_work;
                row.level = *level;
                row.officer_id.reset();
                return Done{};
              });
}

Result<Case> ServiceCentre::take_up(Call& call, const Path<CasePath>& path, const NoParameters&) {
  return lead(call, path->case_id, "case.take_up", "", false);
}

Result<Case> ServiceCentre::send_back(Call& call, const Path<CasePath>& path,
                                      const CaseReason& in) {
  return lead(call, path->case_id, "case.send_back", in.reason_th.text(), false,
              [](Tx&, const Step&, CaseRow& row) -> Result<Done> {
                row.level = below(row.level);
                return Done{};
              });
}

// ---- endings beside closing

// Both who reported stay with their cases and are followed to this one.
Result<Case> ServiceCentre::merge(Call& call, const Path<CasePath>& path, const MergeRequest& in) {
  TRY(acts_.run<Done>(call, "case.merge", [&](Tx& tx) -> Result<Done> {
    const auto step = TRY(begin(tx.db, call, path->case_id, "case.merge"));
    return merge_within(tx, call, step, in.into, in.reason_th.text());
  }));
  return viewed(call, path->case_id);
}

Result<Done> ServiceCentre::merge_within(Tx& tx, const Call& call, const Step& step,
                                         const CaseId& into_id, const std::string& reason) const {
  const auto into = store::find(tx.db, into_id);
  if (!into || into->case_id == step.row.case_id || into->district != step.row.district)
    return Problem({{"/into", "unknown", "ไม่พบเรื่องอื่นนี้ในอำเภอเดียวกัน",
                     "there is no such other case in the district"}});
  if (is_settled(into->state)) return wrong_state(into->state);
  if (step.permit && tell_on_each_other(tx.db, step.row, *into))
    return Problem({{"/into", "tells_secret",
                     "ข้อความในเรื่องหนึ่งระบุถึงผู้ที่ขอปกปิดชื่อของอีกเรื่อง จึงรวมกันไม่ได้ โปรดดำเนินการแยกกัน",
                     "what one of the cases says names who reported the other in secret; work on "
                     "them apart"}});
  for (const auto& id : store::merged_into(tx.db, step.row.case_id)) {
    auto follower = *store::find(tx.db, id);
    follower.merged_into = into_id;
    store::change(tx.db, follower);
    // So that its citizen is told from when on the other case is theirs too.
    add_step(tx, call, "case.merge", {follower, step.permit, follower.state}, follower,
             {reason, true});
  }
  end_assignments(tx.db, step.row.case_id);
  auto row = step.row;
  row.state = step.to;
  row.merged_into = into_id;
  return finish(tx, call, "case.merge", step, row, {reason, true, {to_json(CaseMerged{into_id})}});
}

Result<Case> ServiceCentre::withdraw(Call& call, const Path<CasePath>& path, const CaseReason& in) {
  return lead(call, path->case_id, "case.withdraw", in.reason_th.text(), true,
              [](Tx& tx, const Step& step, CaseRow&) -> Result<Done> {
                end_assignments(tx.db, step.row.case_id);
                return Done{};
              });
}

Result<Case> ServiceCentre::reopen(Call& call, const Path<CasePath>& path, const CaseReason& in) {
  return lead(call, path->case_id, "case.reopen", in.reason_th.text(), true,
              [](Tx&, const Step&, CaseRow& row) -> Result<Done> {
                row.closing_ground.reset();
                return Done{};
              });
}

// ---- tasks

Result<Case> ServiceCentre::add_task(Call& call, const Path<CasePath>& path, const NewTask& in) {
  return lead(call, path->case_id, "case.add_task", in.text.text(), false,
              [&](Tx& tx, const Step& step, CaseRow&) -> Result<Done> {
                if (store::tasks(tx.db, step.row.case_id).size() >= 100)
                  return Problem(errors::conflict, "มีงานย่อยครบ 100 รายการแล้ว",
                                 "There are 100 tasks already.");
                std::string office_th;
                for (const auto& office : call.caller->offices)
                  if (office.office_id == step.permit->office_id) office_th = office.title_th;
                store::add(tx.db, CaseTask{TaskId::make(call.now), step.row.case_id, in.text,
                                           in.due_on, std::nullopt, office_th});
                return Done{};
              });
}

Result<Case> ServiceCentre::do_task(Call& call, const Path<TaskPath>& path, const NoParameters&) {
  return lead(call, path->case_id, "case.do_task", "", false,
              [&](Tx& tx, const Step&, CaseRow&) -> Result<Done> {
                if (!store::finish_task(tx.db, path->case_id, path->task_id, call.now))
                  return errors::not_found;
                return Done{};
              });
}

// ---- who reported

// Tells who reported, and leaves in the ledger who asked, to what purpose, and of which case. A
// secret reporter is told by a power of its own.
Result<RevealedReporters> ServiceCentre::reveal(Call& call, const Path<CasePath>& path,
                                                const RevealRequest& in) {
  auto unkept = call;
  unkept.idempotency_key.clear();  // an answer that tells names is not kept
  TRY(acts_.run<Done>(unkept, "case.reveal", [&](Tx& tx) -> Result<Done> {
    const auto row = store::find(tx.db, path->case_id);
    if (!row) return errors::not_found;
    const auto reporters = store::reporters(tx.db, path->case_id);
    bool secret = false;
    for (const auto& one : reporters) secret = secret || one.type == ReporterType::secret;
    auto object = object_of(row->district, row->level);
    object.facts.push_back({*Key::parse("secret_reporter"), secret});
    const auto permit = TRY(authority_.decide(call, "case.reveal", object));
    const Step step{*row, permit, row->state};
    TRY(tells_nobody(tx.db, row->case_id, in.reason_th, "/reason_th"));
    add_step(tx, call, "case.reveal", step, *row, {in.reason_th.text(), false});
    tx.record({.subject_kind = "case",
               .subject_id = row->case_id.text(),
               .province = row->province,
               .office_id = step.permit->office_id,
               .authority = step.permit->chain(),
               .change = {to_json(ReportersRevealed{
                   in.purpose, static_cast<std::int64_t>(reporters.size()), secret})}});
    return Done{};
  }));
  return RevealedReporters{
      database_.read([&](db::Connection& db) { return store::reporters(db, path->case_id); })};
}

}  // namespace changwat::service_centre
