// What is read of one case, by whom.

#include <algorithm>

#include "modules/service_centre/applications.hpp"
#include "modules/service_centre/clocks.hpp"
#include "modules/service_centre/masking.hpp"
#include "modules/service_centre/service_centre.hpp"
#include "modules/service_centre/store.hpp"
#include "modules/service_centre/store_applications.hpp"

namespace changwat::service_centre {

// Where the caller's offices may do the act, each by itself: an office for the whole country or of
// a power without limits of area: everywhere.
std::optional<std::vector<AreaCode>> ServiceCentre::areas_of(const Call& call,
                                                             std::string_view act) const {
  std::vector<AreaCode> out;
  if (!call.caller) return out;
  for (const auto& office : call.caller->offices) {
    const auto one = only_with(call, office.office_id);
    if (authority_.may(one, act, {})) return std::nullopt;
    if (office.area && authority_.may(one, act, {*office.area})) out.push_back(*office.area);
  }
  return out;
}

Result<std::pair<CaseRow, CaseView>> ServiceCentre::readable(db::Connection& db, const Call& call,
                                                             const CaseId& id) const {
  auto row = store::find(db, id);
  if (!row) return errors::not_found;
  const authority::Object object{row->district};
  const auto reader = authority_.decide(call, "case.read", object);
  if (reader.ok() && authority_.may(call, "case.see_reporters", object))
    return std::pair{*std::move(row), CaseView::desk};
  for (const auto& one : store::assignments(db, id)) {
    const bool over =
        one.state == CaseAssignmentState::returned || one.state == CaseAssignmentState::ended;
    if (over || !authority_.may(only_with(call, one.office_id), "case.read",
                                assigned_object(row->district)))
      continue;
    return std::pair{*std::move(row), CaseView::agency};
  }
  if (!reader.ok()) return reader.problem();
  return std::pair{*std::move(row), CaseView::reader};
}

Case ServiceCentre::view(db::Connection& db, const Call& call, CaseRow row, CaseView as) const {
  Case out;
  out.case_id = row.case_id;
  out.province = row.province;
  out.district = row.district;
  out.fiscal_year = row.fiscal_year;
  out.number = std::move(row.number);
  out.kind = std::move(row.kind);
  out.category = std::move(row.category);
  out.channel = std::move(row.channel);
  out.importance = std::move(row.importance);
  out.state = row.state;
  out.level = row.level;
  out.title = std::move(row.title);
  out.detail = std::move(row.detail);
  out.wanted = std::move(row.wanted);
  out.place = std::move(row.place.value);
  out.told_already = row.told_already;
  out.view = as;
  out.reporter_count = store::reporter_count(db, row.case_id);
  if (as == CaseView::desk) {
    out.reporters.emplace();
    for (const auto& one : store::reporters(db, row.case_id))
      out.reporters->push_back(masked(one, row.case_id));
  }
  if (as != CaseView::reader) out.accused = std::move(row.accused.value);
  out.assignments = store::assignments(db, row.case_id);
  out.tasks = store::tasks(db, row.case_id);
  out.files = store::files(db, row.case_id);
  out.mine = call.caller && row.officer_id == call.caller->person_id;
  out.received_at = row.received_at;
  out.taken_at = row.taken_at;
  out.taken_late = row.taken_late;
  out.settled_at = row.settled_at;
  if (row.due_at < never_due) out.due_at = row.due_at;
  out.reopened = row.reopened;
  out.merged_into = row.merged_into;
  out.merged_from = store::merged_into(db, row.case_id);
  out.closing_ground = row.closing_ground;
  out.closing_before = row.closing_before;
  out.closing_after = row.closing_after;
  out.demonstration = row.demonstration;
  out.version = row.version;
  out.updated_at = row.updated_at;
  return out;
}

// After an act: who gave the case away may not read it any more, and is told so by its state only.
Result<Case> ServiceCentre::viewed(const Call& call, const CaseId& id) const {
  return database_.snapshot([&](db::Connection& db) -> Result<Case> {
    auto found = readable(db, call, id);
    if (found.ok()) return view(db, call, std::move(found->first), found->second);
    auto row = store::find(db, id);
    if (!row) return errors::not_found;
    row->detail = {};
    row->wanted = {};
    return view(db, call, *std::move(row), CaseView::reader);
  });
}

Result<Case> ServiceCentre::get_case(Call& call, const Path<CasePath>& path) {
  return database_.snapshot([&](db::Connection& db) -> Result<Case> {
    auto found = TRY(readable(db, call, path->case_id));
    return view(db, call, std::move(found.first), found.second);
  });
}

// Why somebody's name was told is for those who may see reporters at all.
std::vector<CaseStep> ServiceCentre::seen_steps(db::Connection& db, const CaseId& id,
                                                CaseView as) const {
  auto out = store::steps(db, id);
  if (as != CaseView::desk)
    for (auto& step : out)
      if (step.act == "case.reveal" || step.by == StepBy::citizen) step.note = {};
  return out;
}

Result<CaseHistory> ServiceCentre::case_history(Call& call, const Path<CasePath>& path) {
  return database_.snapshot([&](db::Connection& db) -> Result<CaseHistory> {
    const auto found = TRY(readable(db, call, path->case_id));
    return CaseHistory{seen_steps(db, path->case_id, found.second)};
  });
}

Result<CaseClocks> ServiceCentre::case_clocks(Call& call, const Path<CasePath>& path) {
  return database_.snapshot([&](db::Connection& db) -> Result<CaseClocks> {
    const auto found = TRY(readable(db, call, path->case_id));
    CaseClocks out;
    out.items = clocks_of(history_of(found.first.category, store::steps(db, path->case_id)), book_,
                          call.now);
    out.to_come = reminders_of(out.items, book_);
    std::erase_if(out.to_come,
                  [&](const Reminder& one) { return one.on < call.now.bangkok_date(); });
    out.told = notices_of(call, db, path->case_id);
    return out;
  });
}

// ---- what may be done next

// An act that the offices allow may still be refused by a rule: then the rule says why.
authority::NextAct ServiceCentre::checked(db::Connection& db, const Call& call, const CaseRow& row,
                                          authority::NextAct next) const {
  if (!next.allowed) return next;
  Result<Done> rule = Done{};
  const auto active = [&] {
    for (const auto& one : store::assignments(db, row.case_id))
      if (is_active(one.state)) return true;
    return false;
  };
  const bool waits_for_agencies =
      next.act == "case.record_result" || next.act == "case.mediate" || next.act == "case.send_up";
  if (waits_for_agencies && active()) rule = agencies_at_work;
  if (next.act == "case.propose_closing" && !all_decided(store::services(db, row.case_id)))
    rule = services_undecided;
  if (next.act == "case.send_up" && row.level == CaseLevel::ministry) rule = no_level_above;
  const bool reviews = next.act == "case.close" || next.act == "case.refuse_closing";
  if (reviews && row.closing_proposed_by == call.caller->person_id) rule = second_person_wanted;
  if (rule.ok()) return next;
  const auto& problem = rule.problem();
  next.allowed = false;
  next.why_not_th = problem.th.empty() ? std::string(problem.kind->th) : problem.th;
  next.why_not_en = problem.en.empty() ? std::string(problem.kind->en) : problem.en;
  return next;
}

Result<authority::NextActs> ServiceCentre::case_acts(Call& call, const Path<CasePath>& path) {
  return database_.snapshot([&](db::Connection& db) -> Result<authority::NextActs> {
    const auto row = TRY(readable(db, call, path->case_id)).first;
    const auto object = object_of(row.district, row.level);
    authority::NextActs out;
    for (auto& next : authority_.next_acts(call, centre_transitions, row.state, object))
      out.items.push_back(checked(db, call, row, std::move(next)));
    if (!is_settled(row.state)) {
      for (const auto act : standing_acts) {
        const authority::Transition<bool> one[] = {{true, act, true}};
        for (auto& next : authority_.next_acts(call, one, true, object))
          out.items.push_back(std::move(next));
      }
    }
    for (const auto& one : store::assignments(db, path->case_id)) {
      if (!is_active(one.state)) continue;
      const auto own = only_with(call, one.office_id);
      const bool mine = !own.caller->offices.empty();
      auto more = mine ? authority_.next_acts(own, assignment_transitions, one.state,
                                              assigned_object(row.district))
                       : authority_.next_acts(call, assignment_transitions, one.state, object);
      for (auto& next : more) out.items.push_back(std::move(next));
    }
    return out;
  });
}

}  // namespace changwat::service_centre
