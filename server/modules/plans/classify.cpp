#include "modules/plans/classify.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/json_differences.hpp"

#include "modules/plans/rules.hpp"

namespace changwat::plans {
namespace {

using Pointers = std::vector<std::string>;

// ---- places of the content, and what a difference there shows

std::vector<std::string> parts_of(const std::string& pointer) {
  std::vector<std::string> parts;
  std::size_t from = 1;
  while (from <= pointer.size()) {
    const auto end = std::min(pointer.find('/', from), pointer.size());
    parts.push_back(pointer.substr(from, end - from));
    from = end + 1;
  }
  return parts;
}

// An item of a list as a whole, or its member: "" for the whole.
std::string member_of(const std::vector<std::string>& parts) {
  return parts.size() < 3 ? "" : parts[2];
}

std::vector<ChangeFact> facts_of_activity(const std::string& member) {
  if (member == "starts" || member == "ends") return {ChangeFact::period_changed};
  if (member == "office_th") return {ChangeFact::agency_changed};
  return {ChangeFact::method_changed};
}

std::vector<ChangeFact> facts_of_line(const std::string& member) {
  if (member == "unit_price_satang") return {ChangeFact::unit_price_changed};
  return {ChangeFact::budget_moved};
}

bool inside_groups(const RequestedChange& request, AreaLevel level) {
  const auto& before = request.before.place.areas;
  const auto& after = request.content.after.place.areas;
  return std::all_of(after.begin(), after.end(), [&](const AreaCode& area) {
    return std::any_of(before.begin(), before.end(),
                       [&](const AreaCode& old) { return old.at(level).contains(area); });
  });
}

std::vector<ChangeFact> facts_of_place(const std::string& pointer, const RequestedChange& request,
                                       const ChangeRules& rules) {
  static const std::map<std::string, ChangeFact, std::less<>> single{
      {"name_th", ChangeFact::name_changed},
      {"objective_th", ChangeFact::objective_changed},
      {"output_th", ChangeFact::output_changed},
      {"target_th", ChangeFact::target_changed},
      {"plan_links", ChangeFact::plan_links_changed},
      {"kpis", ChangeFact::kpi_changed},
      {"office_th", ChangeFact::agency_changed},
      {"budget_unit_th", ChangeFact::other_budget_unit},
  };
  const auto parts = parts_of(pointer);
  if (parts[0] == "activities") return facts_of_activity(member_of(parts));
  if (parts[0] == "budget") return facts_of_line(member_of(parts));
  if (parts[0] == "place")
    return {inside_groups(request, rules.area_group.level) ? ChangeFact::place_within_group
                                                           : ChangeFact::place_outside_group};
  const auto found = single.find(parts[0]);
  CHECK(found != single.end());  // every member of the content shows something
  return {found->second};
}

// ---- months, and money of lines

std::optional<Month> last_month(const ProjectContent& content) {
  std::optional<Month> last;
  for (const auto& activity : content.activities)
    if (activity.ends && (!last || *last < *activity.ends)) last = activity.ends;
  return last;
}

Month year_end(FiscalYear year) {
  return Month::of_index(static_cast<int>(year.count()) * 12 + 8);  // September
}

Pointers beyond_year(const RequestedChange& request) {
  const auto end = year_end(request.fiscal_year);
  const auto before =
      request.kind == RequestKind::amend ? last_month(request.before) : std::optional<Month>();
  Pointers out;
  const auto& activities = request.content.after.activities;
  for (std::size_t i = 0; i < activities.size(); ++i)
    if (activities[i].ends && *activities[i].ends > end &&
        (!before || *activities[i].ends > *before))
      out.push_back("/activities/" + std::to_string(i) + "/ends");
  return out;
}

std::string pointer_of_line(std::size_t index) {
  return "/budget/" + std::to_string(index);
}

// The lines that the money goes to: those that are new or get more than they had.
std::vector<std::size_t> lines_with_more(const RequestedChange& request) {
  std::map<std::pair<BudgetCategory, std::string>, std::int64_t> had;
  if (request.kind == RequestKind::amend && request.had_money)
    for (const auto& line : request.before.budget)
      had[{line.category, line.item_th.text()}] += line.amount_satang.count();
  std::map<std::pair<BudgetCategory, std::string>, std::int64_t> gets;
  const auto& after = request.content.after.budget;
  for (const auto& line : after)
    gets[{line.category, line.item_th.text()}] += line.amount_satang.count();
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < after.size(); ++i) {
    const std::pair key{after[i].category, after[i].item_th.text()};
    if (gets[key] > had[key]) out.push_back(i);
  }
  return out;
}

// Without a unit price, what the amount makes for each; without a quantity either, the strict
// reading: one unit.
Satang unit_price(const BudgetLine& line) {
  if (line.unit_price_satang) return *line.unit_price_satang;
  const auto quantity = std::max<std::int64_t>(1, line.quantity.value_or(1));
  return *Satang::of_count((line.amount_satang.count() + quantity - 1) / quantity);
}

Satang amount_of(const ThresholdRow& row) {
  return *Satang::of_baht(row.amount_baht);
}

struct Reaching {
  Pointers pointers;
  Satang largest;
};

Result<Reaching> reaching(const RequestedChange& request, const ChangeRules& rules, Date on,
                          Threshold threshold) {
  const auto* row = threshold_on(rules, threshold, on);
  if (!row) return no_rule;
  const bool equipment = threshold == Threshold::equipment_unit_price;
  const auto wanted = equipment ? BudgetCategory::equipment : BudgetCategory::land_and_buildings;
  Reaching out;
  for (const auto i : lines_with_more(request)) {
    const auto& line = request.content.after.budget[i];
    if (line.category != wanted) continue;
    const auto amount = equipment ? unit_price(line) : line.amount_satang;
    if (amount < amount_of(*row)) continue;
    out.pointers.push_back(pointer_of_line(i) + (equipment && line.unit_price_satang
                                                     ? "/unit_price_satang"
                                                     : "/amount_satang"));
    out.largest = std::max(out.largest, amount);
  }
  return out;
}

// ---- gathering

class Seen {
 public:
  void add(ChangeFact fact, Pointers pointers = {}, std::string th = {}, std::string en = {}) {
    auto& seen = facts_[fact];
    seen.fact = fact;
    for (auto& pointer : pointers)
      if (std::find(seen.pointers.begin(), seen.pointers.end(), pointer) == seen.pointers.end())
        seen.pointers.push_back(std::move(pointer));
    if (!th.empty()) seen.detail_th = std::move(th), seen.detail_en = std::move(en);
  }
  std::vector<FactSeen> all() && {
    std::vector<FactSeen> out;
    for (auto& [fact, seen] : facts_) out.push_back(std::move(seen));
    return out;
  }

 private:
  std::map<ChangeFact, FactSeen> facts_;
};

Result<Done> see_threshold(Seen& seen, const RequestedChange& request, const ChangeRules& rules,
                           Date on, Threshold threshold, ChangeFact fact) {
  auto found = TRY(reaching(request, rules, on, threshold));
  if (found.pointers.empty()) return Done{};
  const auto limit = amount_of(*threshold_on(rules, threshold, on));
  seen.add(
      fact, std::move(found.pointers),
      baht_text(found.largest) + " บาท ถึงเกณฑ์ " + baht_text(limit) + " บาท",
      baht_text(found.largest) + " baht reaches the threshold of " + baht_text(limit) + " baht");
  return Done{};
}

Result<Done> see_leftover(Seen& seen, const RequestedChange& request, const ChangeRules& rules,
                          Date on) {
  if (!request.content.leftover) return Done{};
  const auto amount = baht_text(request.content.leftover->amount_satang);
  seen.add(ChangeFact::leftover_used, {}, amount + " บาท", amount + " baht");
  TRY(see_threshold(seen, request, rules, on, Threshold::equipment_unit_price,
                    ChangeFact::leftover_equipment_at_threshold));
  TRY(see_threshold(seen, request, rules, on, Threshold::construction,
                    ChangeFact::leftover_construction_at_threshold));
  if (auto beyond = beyond_year(request); !beyond.empty())
    seen.add(ChangeFact::leftover_cross_year, std::move(beyond));
  return Done{};
}

void see_kind(Seen& seen, const RequestedChange& request) {
  if (request.kind == RequestKind::cancel) seen.add(ChangeFact::project_cancelled);
  if (request.kind == RequestKind::replace) {
    seen.add(ChangeFact::project_replaced);
    if (request.before.budget_unit_th != request.content.after.budget_unit_th)
      seen.add(ChangeFact::other_budget_unit, {"/budget_unit_th"});
  }
  if (request.kind == RequestKind::add) {
    seen.add(ChangeFact::new_project);
    if (request.content.leftover) seen.add(ChangeFact::new_project_in_budget);
  }
}

// ---- classification

bool has(const std::vector<DecisionProfile>& profiles, DecisionProfile profile) {
  return std::find(profiles.begin(), profiles.end(), profile) != profiles.end();
}

bool stands_on_threshold(ChangeFact fact) {
  return fact == ChangeFact::leftover_equipment_at_threshold ||
         fact == ChangeFact::leftover_construction_at_threshold;
}

bool thresholds_verified(const std::vector<FactSeen>& facts, const ChangeRules& rules, Date on) {
  return std::all_of(facts.begin(), facts.end(), [&](const FactSeen& seen) {
    if (!stands_on_threshold(seen.fact)) return true;
    const auto* row = threshold_on(rules,
                                   seen.fact == ChangeFact::leftover_equipment_at_threshold
                                       ? Threshold::equipment_unit_price
                                       : Threshold::construction,
                                   on);
    return row && row->verified;
  });
}

AppliedRule applied(const ChangeRule& row, const std::vector<FactSeen>& seen) {
  AppliedRule out{
      row.row,           row.label_th.text(), row.label_en.text(), row.decided_by,      {},
      row.source.text(), row.verified,        row.power,           row.source_th.text()};
  for (const auto& one : seen)
    if (std::find(row.facts.begin(), row.facts.end(), one.fact) != row.facts.end())
      out.facts.push_back(one.fact);
  return out;
}

// ---- what if

// Words for undoing a fact; none when the fact is what the request is about.
struct Undo {
  std::string th;
  std::string en;
};

void clamp_months(RequestedChange& request) {
  const auto end = year_end(request.fiscal_year);
  for (auto& activity : request.content.after.activities) {
    if (activity.starts && *activity.starts > end) activity.starts = end;
    if (activity.ends && *activity.ends > end) activity.ends = end;
  }
}

void keep_inside_groups(RequestedChange& request, AreaLevel level) {
  const auto& before = request.before.place.areas;
  auto& after = request.content.after.place.areas;
  std::erase_if(after, [&](const AreaCode& area) {
    return std::none_of(before.begin(), before.end(),
                        [&](const AreaCode& old) { return old.at(level).contains(area); });
  });
  if (after.empty()) request.content.after.place = request.before.place;
}

Satang just_below(const ThresholdRow& row) {
  return *Satang::of_count(amount_of(row).count() - 1);
}

void lower_lines(RequestedChange& request, BudgetCategory category, Satang most) {
  for (auto& line : request.content.after.budget) {
    if (line.category != category) continue;
    if (line.unit_price_satang) line.unit_price_satang = std::min(*line.unit_price_satang, most);
    if (!line.unit_price_satang || category == BudgetCategory::land_and_buildings)
      line.amount_satang = std::min(line.amount_satang, most);
  }
}

Undo lower(RequestedChange& request, const ChangeRules& rules, Date on, Threshold threshold) {
  const auto& row = *threshold_on(rules, threshold, on);
  const bool equipment = threshold == Threshold::equipment_unit_price;
  lower_lines(request, equipment ? BudgetCategory::equipment : BudgetCategory::land_and_buildings,
              just_below(row));
  const auto most = baht_text(just_below(row));
  return equipment
             ? Undo{"ราคาต่อหน่วยไม่เกิน " + most + " บาท", "a unit price of at most " + most + " baht"}
             : Undo{"วงเงินต่อรายการไม่เกิน " + most + " บาท",
                    "at most " + most + " baht for the item"};
}

std::string month_text_th(Month month) {
  return thai::month_name(month.month()) + " " + std::to_string(month.year() + 543);
}

// Changes the request so that the fact is gone, and says how.
std::optional<Undo> undo(RequestedChange& request, ChangeFact fact, const ChangeRules& rules,
                         Date on) {
  auto& after = request.content.after;
  const auto& before = request.before;
  switch (fact) {
    case ChangeFact::name_changed:
      after.name_th = before.name_th;
      return Undo{"คงชื่อโครงการเดิม", "the name stays"};
    case ChangeFact::objective_changed:
      after.objective_th = before.objective_th;
      return Undo{"คงวัตถุประสงค์เดิม", "the objective stays"};
    case ChangeFact::output_changed:
      after.output_th = before.output_th;
      return Undo{"คงผลผลิตหลักเดิม", "the main output stays"};
    case ChangeFact::target_changed:
      after.target_th = before.target_th;
      return Undo{"คงเป้าหมายเดิม", "the target stays"};
    case ChangeFact::kpi_changed:
      after.kpis = before.kpis;
      return Undo{"คงตัวชี้วัดและค่าเป้าหมายเดิม", "the KPIs and their target values stay"};
    case ChangeFact::plan_links_changed:
      after.plan_links = before.plan_links;
      return Undo{"คงความเชื่อมโยงกับแผนเดิม", "the links to plans stay"};
    case ChangeFact::place_outside_group:
      keep_inside_groups(request, rules.area_group.level);
      return Undo{"สถานที่อยู่ภายในกลุ่มพื้นที่เดิม", "the place stays inside the same area group"};
    case ChangeFact::cross_year:
    case ChangeFact::leftover_cross_year:
      clamp_months(request);
      return Undo{"ดำเนินการแล้วเสร็จภายใน" + month_text_th(year_end(request.fiscal_year)),
                  "it ends by September " + std::to_string(request.fiscal_year.count())};
    case ChangeFact::leftover_equipment_at_threshold:
      return lower(request, rules, on, Threshold::equipment_unit_price);
    case ChangeFact::leftover_construction_at_threshold:
      return lower(request, rules, on, Threshold::construction);
    case ChangeFact::overseas_travel:
      request.content.overseas_travel = false;
      return Undo{"ไม่มีการเดินทางไปต่างประเทศ", "no travel abroad"};
    case ChangeFact::other_budget_unit:
      after.budget_unit_th = before.budget_unit_th;
      return Undo{"คงหน่วยรับงบประมาณเดิม", "the budget-receiving unit stays"};
    case ChangeFact::new_project_in_budget:
    case ChangeFact::leftover_used:
      request.content.leftover.reset();
      return Undo{"ไม่ใช้เงินเหลือจ่าย", "no leftover money is used"};
    default:
      return std::nullopt;  // it is what the request is about
  }
}

Decider decider_of(const RequestedChange& request, DecisionProfile profile,
                   const ChangeRules& rules, Date on, Decider otherwise) {
  auto facts = facts_of(request, rules, on);
  if (!facts.ok()) return otherwise;
  if (facts->empty()) return Decider::provincial_committee;  // nothing is left to decide
  const auto classified = classify(std::move(*facts), profile, rules, on);
  return classified.ok() ? classified->decided_by : otherwise;
}

bool takes_out(const ChangeClassification& classification, ChangeFact fact) {
  return std::any_of(
      classification.rows.begin(), classification.rows.end(), [&](const AppliedRule& row) {
        return row.decided_by > Decider::provincial_committee &&
               std::find(row.facts.begin(), row.facts.end(), fact) != row.facts.end();
      });
}

}  // namespace

std::vector<std::string> differences(const RequestedChange& request) {
  if (request.kind == RequestKind::cancel) return {};
  return json::differences(to_json(request.before), to_json(request.content.after));
}

Result<std::vector<FactSeen>> facts_of(const RequestedChange& request, const ChangeRules& rules,
                                       Date on) {
  Seen seen;
  see_kind(seen, request);
  if (request.kind == RequestKind::cancel) return std::move(seen).all();
  if (request.kind == RequestKind::amend)
    for (auto& pointer : differences(request))
      for (const auto fact : facts_of_place(pointer, request, rules)) seen.add(fact, {pointer});
  if (auto beyond = beyond_year(request); !beyond.empty())
    seen.add(ChangeFact::cross_year, std::move(beyond));
  TRY(see_leftover(seen, request, rules, on));
  if (request.content.overseas_travel) seen.add(ChangeFact::overseas_travel);
  return std::move(seen).all();
}

Result<ChangeClassification> classify(std::vector<FactSeen> facts, DecisionProfile profile,
                                      const ChangeRules& rules, Date on) {
  if (facts.empty())
    return Problem(
        {{"/content/after", "nothing_changed", "ยังไม่มีสิ่งใดเปลี่ยนแปลง", "nothing is different yet"}});
  ChangeClassification out;
  out.profile = profile;
  out.on = on;
  std::set<ChangeFact> named_facts;
  std::set<ChangeDuty> duties;
  for (const auto& row : rules.rows) {
    if (!has(row.profiles, profile) || !in_force(row, on)) continue;
    auto rule = applied(row, facts);
    if (rule.facts.empty()) continue;
    named_facts.insert(rule.facts.begin(), rule.facts.end());
    duties.insert(row.then.begin(), row.then.end());
    out.rows.push_back(std::move(rule));
  }
  if (named_facts.size() != facts.size()) return no_rule;
  std::stable_sort(out.rows.begin(), out.rows.end(),
                   [](const auto& a, const auto& b) { return a.decided_by > b.decided_by; });
  out.decided_by = out.rows.front().decided_by;
  out.then.assign(duties.begin(), duties.end());
  out.verified = std::all_of(out.rows.begin(), out.rows.end(),
                             [](const AppliedRule& row) { return row.verified; }) &&
                 thresholds_verified(facts, rules, on);
  out.facts = std::move(facts);
  return out;
}

WhatIf what_if(const RequestedChange& request, const ChangeClassification& classification,
               const ChangeRules& rules) {
  WhatIf out;
  const auto on = classification.on;
  out.other_profile = classification.profile == DecisionProfile::normal
                          ? DecisionProfile::high_performance
                          : DecisionProfile::normal;
  out.decided_by_under_other_profile =
      decider_of(request, out.other_profile, rules, on, classification.decided_by);
  auto all = request;
  for (const auto& seen : classification.facts) {
    if (!takes_out(classification, seen.fact)) continue;
    WhatIfStep step;
    step.fact = seen.fact;
    step.pointers = seen.pointers;
    auto alone = request;
    if (const auto how = undo(alone, seen.fact, rules, on)) {
      step.possible = true;
      step.th = how->th;
      step.en = how->en;
      (void)undo(all, seen.fact, rules, on);
    }
    step.decided_by =
        decider_of(alone, classification.profile, rules, on, classification.decided_by);
    out.steps.push_back(std::move(step));
  }
  out.decided_by_after_all =
      decider_of(all, classification.profile, rules, on, classification.decided_by);
  return out;
}

Judged judge(const RequestedChange& request, const ChangeRules& rules, Date on) {
  Judged out;
  out.differences = differences(request);
  auto facts = facts_of(request, rules, on);
  if (!facts.ok() || facts->empty()) return out;
  auto classification =
      classify(std::move(*facts), profile_of(rules, request.province, on), rules, on);
  if (!classification.ok()) return out;
  out.what_if = what_if(request, *classification, rules);
  out.classification = std::move(*classification);
  return out;
}

}  // namespace changwat::plans
