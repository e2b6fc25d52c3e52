// What is read of requests, and the figures of a province.

#include "modules/plans/plans.hpp"
#include "modules/plans/store.hpp"

namespace changwat::plans {
namespace {

bool decided(const store::Course& course) {
  switch (course.state) {
    case ChangeState::decided_here:
    case ChangeState::decided_above:
    case ChangeState::plan_changed:
    case ChangeState::closed:
      return true;
    default:
      return false;
  }
}

const Key& subject_kind() {
  static const auto kind = *Key::parse("change");
  return kind;
}

// The latest that stands: a request that was given back and decided anew owes a report anew.
const obligations::ObligationRow* standing(const std::vector<obligations::ObligationRow>& rows,
                                           const Key& kind, std::string_view change_id) {
  const obligations::ObligationRow* found = nullptr;
  for (const auto& row : rows)
    if (row.kind == kind && row.subject_id.text() == change_id &&
        row.state != obligations::ObligationState::released)
      found = &row;
  return found;
}

bool by_others(const store::Course& course) {
  return course.outcome.has_value();
}

}  // namespace

std::optional<obligations::ObligationRow> Plans::report_of(db::Connection& db,
                                                           const ChangeId& id) const {
  const auto rows =
      obligations_.of_subject(db, {subject_kind(), *obligations::SubjectId::parse(id.text())});
  const auto* found = standing(rows, rules_.report.duty, id.text());
  return found ? std::optional(*found) : std::nullopt;
}

Change Plans::view(db::Connection& db, ChangeRow row, Date today) const {
  Change out;
  out.change_id = row.change_id;
  out.province = row.province;
  out.fiscal_year = row.fiscal_year;
  out.kind = row.kind;
  if (row.project_id) out.project = store::summary(db, *row.project_id);
  out.state = row.state;
  const bool had_money = !out.project || out.project->budget_class != BudgetClass::over_ceiling;
  out.judged = judge(
      {row.kind, row.province, row.fiscal_year, had_money, row.before.value, row.content.value},
      rules_, today);
  out.before = std::move(row.before.value);
  out.content = std::move(row.content.value);
  out.settled = std::move(row.settled.value);
  if (row.resolution_id) out.resolution = committees_.resolution(db, *row.resolution_id);
  out.objections = store::objections(db, row.change_id);
  out.files = store::files(db, row.change_id);
  out.lacking = gaps(rules_, out.content, !out.files.empty(), row.resolution_id.has_value());
  out.submitted_at = row.submitted_at;
  out.letter_out = row.letter_out;
  out.sent_up_at = row.sent_up_at;
  out.outcome = row.outcome;
  out.outcome_source = row.outcome_source;
  out.decided_on = row.decided_on;
  if (row.submitted_at && row.decided_on)
    out.days = days_between(*row.submitted_at, *row.decided_on);
  if (const auto report = report_of(db, row.change_id)) {
    out.report_due = report->due;
    out.reported_on = report->sent_on;
    out.report_proof = report->reference;
    if (!out.report_proof && report->letter)
      out.report_proof = Text<1, 500>::parse(report->letter->text());
  }
  out.demonstration = row.demonstration;
  out.version = row.version;
  out.updated_at = row.updated_at;
  return out;
}

Result<ChangeRow> Plans::readable(db::Connection& db, const Call& call, const ChangeId& id) const {
  auto row = store::change(db, id);
  if (!row) return errors::not_found;
  TRY(authority_.decide(call, "change.read", {row->province}));
  return *std::move(row);
}

void Plans::tell_reports(db::Connection& db, std::vector<ChangeSummary>& changes) const {
  std::vector<obligations::SubjectId> ids;
  for (const auto& change : changes)
    ids.push_back(*obligations::SubjectId::parse(change.change_id.text()));
  const auto rows = obligations_.of_subjects(db, subject_kind(), ids);
  for (auto& change : changes)
    if (const auto* report = standing(rows, rules_.report.duty, change.change_id.text())) {
      change.report_due = report->due;
      change.reported_on = report->sent_on;
    }
}

Result<Page<ChangeSummary>> Plans::list_changes(Call& call, const Query<ChangeQuery>& query) {
  const auto within = authority_.provinces(call, "change.read");
  Page<ChangeSummary> page;
  page.items = database_.snapshot([&](db::Connection& db) {
    auto items = store::changes(db, query.value, within);
    tell_reports(db, items);
    return items;
  });
  if (page.items.size() > static_cast<std::size_t>(query->limit.count())) {
    page.items.pop_back();
    page.next = page.items.back().change_id.text();
  }
  if (query->waits_for)
    std::erase_if(page.items, [&](const ChangeSummary& one) { return !waits(call, one); });
  return page;
}

bool Plans::waits(const Call& call, const ChangeSummary& change) const {
  for (const auto& next :
       authority_.next_acts(call, change_transitions, change.state, {change.province})) {
    if (!next.allowed || !takes_on(next.act)) continue;
    if (next.act != "change.report" || (change.report_due && !change.reported_on)) return true;
  }
  return false;
}

Result<Change> Plans::get_change(Call& call, const Path<ChangePath>& path) {
  return database_.snapshot([&](db::Connection& db) -> Result<Change> {
    return view(db, TRY(readable(db, call, path->change_id)), call.now.bangkok_date());
  });
}

// What the table would say of contents that are not saved: nothing is written.
Result<Judged> Plans::preview_change(Call& call, const Path<ChangePath>& path,
                                     const ChangePatch& patch) {
  return database_.snapshot([&](db::Connection& db) -> Result<Judged> {
    auto row = TRY(readable(db, call, path->change_id));
    row.content = {patch.content};
    return view(db, std::move(row), call.now.bangkok_date()).judged;
  });
}

Result<ChangeHistory> Plans::change_history(Call& call, const Path<ChangePath>& path) {
  return database_.snapshot([&](db::Connection& db) -> Result<ChangeHistory> {
    TRY(readable(db, call, path->change_id));
    return ChangeHistory{store::steps(db, path->change_id)};
  });
}

// An act that the offices allow may still be refused by a rule: then the rule says why.
authority::NextAct Plans::checked(db::Connection& db, const Call& call, const ChangeRow& row,
                                  authority::NextAct next) const {
  if (!next.allowed) return next;
  Result<Done> rule = Done{};
  if (next.act == "change.submit" || next.act == "change.apply")
    rule = ready(db, row, call.now.bangkok_date());
  if (next.act == "change.return") rule = may_give_back(db, row, call.now.bangkok_date());
  const auto report = report_of(db, row.change_id);
  const bool reported = report && report->state == obligations::ObligationState::proved;
  if (next.act == "change.close" && report && !reported) rule = report_wanted;
  if (next.act == "change.send_up" &&
      !gaps(rules_, row.content.value, !store::files(db, row.change_id).empty(),
            row.resolution_id.has_value())
           .empty())
    rule = dossier_incomplete;
  if (next.act == "change.report" && (!report || reported))
    rule = report ? Problem(errors::wrong_state, "รายงานแล้ว", "The report is made.")
                  : Problem(errors::wrong_state, "เรื่องนี้ไม่ต้องรายงานสำนักงบประมาณ",
                            "This needs no report to the Budget Bureau.");
  if (rule.ok()) return next;
  const auto& problem = rule.problem();
  next.allowed = false;
  next.why_not_th = problem.th.empty() ? std::string(problem.kind->th) : problem.th;
  next.why_not_en = problem.en.empty() ? std::string(problem.kind->en) : problem.en;
  return next;
}

Result<authority::NextActs> Plans::change_acts(Call& call, const Path<ChangePath>& path) {
  return database_.snapshot([&](db::Connection& db) -> Result<authority::NextActs> {
    const auto row = TRY(readable(db, call, path->change_id));
    authority::NextActs out;
    for (auto& next : authority_.next_acts(call, change_transitions, row.state, {row.province}))
      out.items.push_back(checked(db, call, row, std::move(next)));
    static constexpr authority::Transition<bool> objection[] = {{true, objection_act, true}};
    for (auto& next : authority_.next_acts(call, objection, true, {row.province}))
      out.items.push_back(std::move(next));
    return out;
  });
}

Result<ChangeRules> Plans::get_rules(Call&) {
  return rules_;
}

Result<ChangeFigures> Plans::get_figures(Call& call, const Path<FiguresPath>& path) {
  const auto* area = areas_.now()->find(path->code);
  if (!area || area->level != AreaLevel::province) return errors::not_found;
  ChangeFigures out;
  out.province = path->code;
  std::vector<std::int64_t> here, above;
  const auto today = call.now.bangkok_date();
  const auto courses = database_.snapshot([&](db::Connection& db) {
    out.reports_overdue = obligations_.overdue(db, path->code, subject_kind(), today);
    return store::courses(db, path->code);
  });
  for (const auto& course : courses) {
    if (!course.submitted_at) continue;
    ++out.requests;
    out.demonstration = out.demonstration || course.demonstration;
    if (course.state == ChangeState::withdrawn) ++out.withdrawn;
    if (course.state == ChangeState::rejected) ++out.rejected;
    if (decided(course)) {
      ++(by_others(course) ? out.decided_above : out.decided_here);
      (by_others(course) ? above : here)
          .push_back(days_between(*course.submitted_at, *course.decided_on));
    }
  }
  out.undecided =
      out.requests - out.withdrawn - out.rejected - out.decided_here - out.decided_above;
  if (authority_.may(call, "change.read", {path->code})) {
    out.days_here = days_of(std::move(here));
    out.days_above = days_of(std::move(above));
  }
  return out;
}

}  // namespace changwat::plans
