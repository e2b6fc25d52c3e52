#include "modules/plans/classify.hpp"

#include <algorithm>
#include <functional>
#include <random>
#include <set>

#include "modules/plans/testing.hpp"

namespace changwat::plans {
namespace {

const Date today = day("2027-03-10");

ChangeClassification classified(const RequestedChange& request,
                                DecisionProfile profile = DecisionProfile::normal) {
  auto facts = facts_of(request, reviewed_rules(), today);
  EXPECT_TRUE(facts.ok());
  auto out = classify(std::move(*facts), profile, reviewed_rules(), today);
  EXPECT_TRUE(out.ok());
  return std::move(out).value();
}

std::set<ChangeFact> facts_in(const ChangeClassification& classification) {
  std::set<ChangeFact> out;
  for (const auto& seen : classification.facts) out.insert(seen.fact);
  return out;
}

void use_leftover(RequestedChange& request, Satang amount = baht(500'000)) {
  request.content.leftover = Leftover{ProjectId::make(moment("2027-01-01T00:00:00.000Z")), amount};
}

BudgetLine line(BudgetCategory category, std::string_view item, Satang amount) {
  BudgetLine out;
  out.category = category;
  out.item_th = word<Text<0, 1000>>(item);
  out.amount_satang = amount;
  return out;
}

struct Case {
  const char* what;
  std::function<void(RequestedChange&)> change;
  std::set<ChangeFact> facts;
  const char* row;
  Decider normal;
  Decider high_performance;
};

using enum ChangeFact;
constexpr auto here = Decider::provincial_committee;
constexpr auto bureau = Decider::budget_bureau;
constexpr auto region = Decider::regional_subcommittee;
constexpr auto cabinet = Decider::cabinet;
constexpr auto nobody = Decider::not_allowed;

const std::vector<Case>& cases() {
  static const std::vector<Case> all{
      {"another name",
       [](auto& r) { r.content.after.name_th = word<Text<0, 500>>("ใหม่"); },
       {name_changed},
       "not_named",
       region,
       here},
      {"another objective",
       [](auto& r) { r.content.after.objective_th = word<Reason>("ใหม่"); },
       {objective_changed},
       "substance",
       region,
       here},
      {"another output",
       [](auto& r) { r.content.after.output_th = word<Reason>("ถนน 2 กิโลเมตร"); },
       {output_changed},
       "substance",
       region,
       here},
      {"another target",
       [](auto& r) { r.content.after.target_th = word<Reason>("400 ครัวเรือน"); },
       {target_changed},
       "substance",
       region,
       here},
      {"a lower target value",
       [](auto& r) { r.content.after.kpis[0].target = Decimal::parse("2"); },
       {kpi_changed},
       "substance",
       region,
       here},
      {"a KPI more",
       [](auto& r) { r.content.after.kpis.emplace_back(); },
       {kpi_changed},
       "substance",
       region,
       here},
      {"another plan",
       [](auto& r) { r.content.after.plan_links[0].level = 2; },
       {plan_links_changed},
       "not_named",
       region,
       here},
      {"another sub-district of the same district",
       [](auto& r) { r.content.after.place.areas.back() = *AreaCode::parse("700203"); },
       {place_within_group},
       "details_only",
       here,
       here},
      {"a district less",
       [](auto& r) { r.content.after.place.areas.pop_back(); },
       {place_within_group},
       "details_only",
       here,
       here},
      {"another village, told in words",
       [](auto& r) { r.content.after.place.detail_th = word<Text<0, 1000>>("หมู่ที่ 4"); },
       {place_within_group},
       "details_only",
       here,
       here},
      {"a district that was not in it",
       [](auto& r) { r.content.after.place.areas.push_back(*AreaCode::parse("7003")); },
       {place_outside_group},
       "outside_area_group",
       region,
       here},
      {"the whole province",
       [](auto& r) { r.content.after.place.areas[0] = *AreaCode::parse("70"); },
       {place_outside_group},
       "outside_area_group",
       region,
       here},
      {"another method",
       [](auto& r) { r.content.after.activities[0].method_th = word<Text<0, 500>>("ทำเอง"); },
       {method_changed},
       "details_only",
       here,
       here},
      {"later in the year",
       [](auto& r) { r.content.after.activities[0].ends = Month::parse("2027-09"); },
       {period_changed},
       "details_only",
       here,
       here},
      {"a month into the next year",
       [](auto& r) { r.content.after.activities[0].ends = Month::parse("2027-10"); },
       {period_changed, cross_year},
       "cross_year",
       cabinet,
       cabinet},
      {"another office for an activity",
       [](auto& r) { r.content.after.activities[0].office_th = word<Text<0, 300>>("อบจ."); },
       {agency_changed},
       "details_only",
       here,
       here},
      {"another executing agency",
       [](auto& r) { r.content.after.office_th = word<Text<0, 300>>("อบจ."); },
       {agency_changed},
       "details_only",
       here,
       here},
      {"a lower unit price",
       [](auto& r) {
         r.content.after.budget[1].unit_price_satang = baht(390'000);
         r.content.after.budget[1].amount_satang = baht(780'000);
       },
       {unit_price_changed, budget_moved},
       "details_only",
       here,
       here},
      {"money from one line to another",
       [](auto& r) {
         r.content.after.budget[0].amount_satang = baht(1'900'000);
         r.content.after.budget[2].amount_satang = baht(300'000);
       },
       {budget_moved},
       "money_between_lines",
       here,
       here},
      {"dear equipment from the project's own money",
       [](auto& r) { r.content.after.budget[1].unit_price_satang = baht(5'000'000); },
       {unit_price_changed},
       "details_only",
       here,
       here},
      {"money for another unit",
       [](auto& r) { r.content.after.budget_unit_th = word<Text<0, 300>>("จังหวัดอื่น"); },
       {other_budget_unit},
       "other_budget_unit",
       nobody,
       nobody},
      {"travel abroad",
       [](auto& r) { r.content.overseas_travel = true; },
       {overseas_travel},
       "travel_abroad",
       bureau,
       bureau},
      {"leftover money for more of the same",
       [](auto& r) {
         use_leftover(r);
         r.content.after.budget[2].amount_satang = baht(700'000);
       },
       {leftover_used, budget_moved},
       "money_between_lines",
       here,
       here},
      {"leftover money for equipment a satang below the threshold",
       [](auto& r) {
         use_leftover(r, satang(99'999'999));
         r.content.after.budget.push_back(
             line(BudgetCategory::equipment, "รถ", satang(99'999'999)));
       },
       {leftover_used, budget_moved},
       "money_between_lines",
       here,
       here},
      {"leftover money for equipment at the threshold",
       [](auto& r) {
         use_leftover(r, baht(1'000'000));
         r.content.after.budget.push_back(line(BudgetCategory::equipment, "รถ", baht(1'000'000)));
       },
       {leftover_used, budget_moved, leftover_equipment_at_threshold},
       "leftover_equipment",
       bureau,
       bureau},
      {"leftover money for ten machines that are cheap each",
       [](auto& r) {
         use_leftover(r, baht(5'000'000));
         auto machines = line(BudgetCategory::equipment, "เครื่อง", baht(5'000'000));
         machines.quantity = 10;
         r.content.after.budget.push_back(machines);
       },
       {leftover_used, budget_moved},
       "money_between_lines",
       here,
       here},
      {"leftover money for construction a satang below the threshold",
       [](auto& r) {
         use_leftover(r, satang(999'999'999));
         r.content.after.budget.push_back(
             line(BudgetCategory::land_and_buildings, "อาคาร", satang(999'999'999)));
       },
       {leftover_used, budget_moved},
       "money_between_lines",
       here,
       here},
      {"leftover money for construction at the threshold",
       [](auto& r) {
         use_leftover(r, baht(10'000'000));
         r.content.after.budget.push_back(
             line(BudgetCategory::land_and_buildings, "อาคาร", baht(10'000'000)));
       },
       {leftover_used, budget_moved, leftover_construction_at_threshold},
       "leftover_construction",
       bureau,
       bureau},
      {"leftover money across years",
       [](auto& r) {
         use_leftover(r);
         r.content.after.activities[1].ends = Month::parse("2027-12");
       },
       {leftover_used, period_changed, cross_year, leftover_cross_year},
       "cross_year",
       cabinet,
       cabinet},
      {"leftover money that gives an over-ceiling project its road",
       [](auto& r) {
         r.had_money = false;
         r.before.budget[0].amount_satang = r.content.after.budget[0].amount_satang =
             baht(12'000'000);
         use_leftover(r, baht(13'000'000));
       },
       {leftover_used, leftover_construction_at_threshold},
       "leftover_construction",
       bureau,
       bureau},
      {"cancelled",
       [](auto& r) { r.kind = RequestKind::cancel; },
       {project_cancelled},
       "cancelled_or_replaced",
       region,
       here},
      {"replaced",
       [](auto& r) {
         r.kind = RequestKind::replace;
         r.content.after.name_th = word<Text<0, 500>>("โครงการอื่น");
       },
       {project_replaced},
       "cancelled_or_replaced",
       region,
       here},
      {"not in the plan",
       [](auto& r) { r.kind = RequestKind::add; },
       {new_project},
       "new_project",
       region,
       region},
      {"not in the plan, and paid this year",
       [](auto& r) {
         r.kind = RequestKind::add;
         use_leftover(r);
       },
       {new_project, new_project_in_budget, leftover_used},
       "new_project_in_budget",
       cabinet,
       cabinet},
  };
  return all;
}

TEST(ChangeClassification, Every_row_of_the_table_is_reached_and_decides_as_it_says) {
  std::set<std::string> reached;
  std::set<ChangeFact> seen;
  for (const auto& c : cases()) {
    SCOPED_TRACE(c.what);
    auto request = unchanged_road();
    c.change(request);
    const auto normal = classified(request);
    EXPECT_EQ(facts_in(normal), c.facts);
    EXPECT_EQ(normal.decided_by, c.normal);
    EXPECT_EQ(normal.rows.front().decided_by, c.normal) << "the first row decides";
    EXPECT_TRUE(std::any_of(normal.rows.begin(), normal.rows.end(),
                            [&](const auto& row) { return row.row.text() == c.row; }));
    const auto pilot = classified(request, DecisionProfile::high_performance);
    EXPECT_EQ(pilot.decided_by, c.high_performance);
    for (const auto* one : {&normal, &pilot})
      for (const auto& row : one->rows) reached.insert(row.row.text());
    seen.insert(c.facts.begin(), c.facts.end());
  }
  for (const auto& row : reviewed_rules().rows)
    EXPECT_TRUE(reached.contains(row.row.text())) << row.row.text();
  EXPECT_EQ(seen.size(), enum_names<ChangeFact>().size()) << "a fact that no case shows";
}

TEST(ChangeClassification, The_strictest_of_several_rows_decides_and_all_are_named) {
  auto request = unchanged_road();
  request.content.after.activities[0].method_th = word<Text<0, 500>>("ทำเอง");
  request.content.after.kpis[0].target = Decimal::parse("2.5");
  const auto found = classified(request);
  ASSERT_EQ(found.rows.size(), 2u);
  EXPECT_EQ(found.rows[0].row.text(), "substance");
  EXPECT_EQ(found.rows[1].row.text(), "details_only");
  EXPECT_FALSE(found.verified);
  EXPECT_NE(std::find(found.then.begin(), found.then.end(), ChangeDuty::report_upward),
            found.then.end());
}

TEST(ChangeClassification, A_difference_names_its_places_and_its_figures) {
  auto request = unchanged_road();
  use_leftover(request, baht(1'250'000));
  auto car = line(BudgetCategory::equipment, "รถ", baht(1'250'000));
  car.quantity = 1;
  car.unit_price_satang = baht(1'250'000);
  request.content.after.budget.push_back(car);
  const auto found = classified(request);
  for (const auto& seen : found.facts)
    if (seen.fact == leftover_equipment_at_threshold) {
      EXPECT_EQ(seen.pointers, std::vector<std::string>{"/budget/3/unit_price_satang"});
      EXPECT_EQ(seen.detail_th, "1,250,000.00 บาท ถึงเกณฑ์ 1,000,000.00 บาท");
      return;
    }
  FAIL() << "the fact is not there";
}

TEST(ChangeClassification, Nothing_that_differs_is_nothing_to_decide) {
  const auto facts = facts_of(unchanged_road(), reviewed_rules(), today);
  ASSERT_TRUE(facts.ok());
  EXPECT_TRUE(facts->empty());
  EXPECT_TRUE(classify({}, DecisionProfile::normal, reviewed_rules(), today)
                  .problem()
                  .is(errors::invalid_input));
  EXPECT_FALSE(judge(unchanged_road(), reviewed_rules(), today).classification);
}

TEST(ChangeClassification, Every_difference_of_a_project_shows_at_least_one_fact) {
  // Each member is changed alone, so that none can be forgotten when the project grows.
  const auto before = road();
  auto other = read_json<ProjectContent>(R"({"name_th": "ข", "objective_th": "ข", "output_th": "ข",
    "target_th": "ข", "plan_links": [], "kpis": [], "activities": [],
    "place": {"areas": [], "detail_th": ""}, "budget": [], "office_th": "ข", "budget_unit_th": "ข"})");
  ASSERT_TRUE(other.ok());
  int members = 0;
  for_each_member(*other, [&](const char* name, const auto& value) {
    auto request = unchanged_road();
    for_each_member(request.content.after, [&](const char* to, auto& member) {
      if (std::string_view(to) == name)
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(value)>,
                                     std::remove_cvref_t<decltype(member)>>)
          member = value;
    });
    ++members;
    EXPECT_FALSE(facts_of(request, reviewed_rules(), today)->empty()) << name;
  });
  EXPECT_EQ(members, 11);
}

// ---- properties

std::vector<FactSeen> of(std::uint32_t set) {
  std::vector<FactSeen> out;
  for (std::uint32_t i = 0; i < enum_names<ChangeFact>().size(); ++i)
    if (set >> i & 1) out.push_back({static_cast<ChangeFact>(i), {}, "", ""});
  return out;
}

TEST(ChangeClassification, Another_fact_never_lowers_who_decides) {
  const auto count = static_cast<std::uint32_t>(enum_names<ChangeFact>().size());
  std::mt19937 random(2564);
  std::vector<std::uint32_t> sets;
  for (std::uint32_t i = 0; i < count; ++i)  // every fact alone and every pair
    for (std::uint32_t j = i; j < count; ++j) sets.push_back(1u << i | 1u << j);
  for (int i = 0; i < 500; ++i) sets.push_back((random() & ((1u << count) - 1)) | 1u);
  for (const auto profile : {DecisionProfile::normal, DecisionProfile::high_performance})
    for (const auto set : sets) {
      const auto before = classify(of(set), profile, reviewed_rules(), today)->decided_by;
      for (std::uint32_t i = 0; i < count; ++i)
        ASSERT_GE(classify(of(set | 1u << i), profile, reviewed_rules(), today)->decided_by, before)
            << set << " with " << i;
    }
}

TEST(ChangeClassification, Two_changes_together_are_decided_no_lower_than_each_alone) {
  for (const auto& one : cases())
    for (const auto& other : cases()) {
      auto both = unchanged_road(), alone = unchanged_road();
      one.change(alone);
      one.change(both);
      other.change(both);
      // A project that is cancelled or replaced is another question than the same one amended, and
      // a later case may take back what an earlier one did.
      if (both.kind != alone.kind || both.had_money != alone.had_money) continue;
      const auto together = facts_of(both, reviewed_rules(), today);
      ASSERT_TRUE(together.ok());
      if (together->empty()) continue;
      const auto left = facts_in(classified(alone)), right = facts_in(classified(both));
      if (!std::includes(right.begin(), right.end(), left.begin(), left.end())) continue;
      EXPECT_GE(classified(both).decided_by, classified(alone).decided_by)
          << one.what << " and " << other.what;
    }
}

// ---- what if

TEST(WhatIf, The_province_would_decide_once_every_step_is_taken_wherever_that_is_possible) {
  for (const auto& c : cases()) {
    SCOPED_TRACE(c.what);
    auto request = unchanged_road();
    c.change(request);
    const auto found = classified(request);
    const auto answer = what_if(request, found, reviewed_rules());
    EXPECT_EQ(answer.steps.empty(), found.decided_by == here);
    EXPECT_EQ(answer.decided_by_under_other_profile, c.high_performance);
    const bool possible = std::all_of(answer.steps.begin(), answer.steps.end(),
                                      [](const auto& step) { return step.possible; });
    if (possible) {
      EXPECT_EQ(answer.decided_by_after_all, here);
    }
    if (request.kind != RequestKind::amend) {
      EXPECT_FALSE(possible);
    }
  }
}

TEST(WhatIf, Each_step_says_what_it_alone_would_do) {
  auto request = unchanged_road();
  request.content.after.kpis[0].target = Decimal::parse("2");
  request.content.after.activities[0].ends = Month::parse("2027-11");
  const auto answer = what_if(request, classified(request), reviewed_rules());
  ASSERT_EQ(answer.steps.size(), 2u);
  EXPECT_EQ(answer.steps[0].fact, kpi_changed);
  EXPECT_EQ(answer.steps[0].decided_by, cabinet) << "the year is still passed";
  EXPECT_EQ(answer.steps[1].fact, cross_year);
  EXPECT_EQ(answer.steps[1].th, "ดำเนินการแล้วเสร็จภายในกันยายน 2570");
  EXPECT_EQ(answer.steps[1].decided_by, region) << "the KPI is still lower";
  EXPECT_EQ(answer.decided_by_after_all, here);
}

TEST(WhatIf, A_threshold_is_told_to_the_satang) {
  auto request = unchanged_road();
  use_leftover(request, baht(1'000'000));
  request.content.after.budget.push_back(line(BudgetCategory::equipment, "รถ", baht(1'000'000)));
  const auto answer = what_if(request, classified(request), reviewed_rules());
  ASSERT_EQ(answer.steps.size(), 1u);
  EXPECT_EQ(answer.steps[0].en, "a unit price of at most 999,999.99 baht");
  EXPECT_EQ(answer.steps[0].decided_by, here);
}

// ---- the rules as data

TEST(ChangeRules, What_is_not_in_force_on_the_day_does_not_decide) {
  auto rules = reviewed_rules();
  for (auto& row : rules.rows)
    if (row.row.text() == "substance") row.valid_to = day("2027-03-09");
  auto request = unchanged_road();
  request.content.after.objective_th = word<Reason>("ใหม่");
  EXPECT_TRUE(classify(*facts_of(request, rules, today), DecisionProfile::normal, rules, today)
                  .problem()
                  .is(no_rule));
  const auto yesterday = day("2027-03-09");
  EXPECT_EQ(
      classify(*facts_of(request, rules, yesterday), DecisionProfile::normal, rules, yesterday)
          ->decided_by,
      region);
}

TEST(ChangeRules, A_threshold_follows_the_day) {
  auto rules = reviewed_rules();
  auto later = rules.thresholds[0];
  rules.thresholds[0].valid_to = day("2027-03-09");
  later.valid_from = day("2027-03-10");
  later.amount_baht = 2'000'000;
  rules.thresholds.push_back(later);
  auto request = unchanged_road();
  use_leftover(request, baht(1'500'000));
  request.content.after.budget.push_back(line(BudgetCategory::equipment, "รถ", baht(1'500'000)));
  const auto has_fact = [&](Date on) {
    const auto facts = facts_of(request, rules, on);
    return std::any_of(facts->begin(), facts->end(), [](const auto& seen) {
      return seen.fact == leftover_equipment_at_threshold;
    });
  };
  EXPECT_TRUE(has_fact(day("2027-03-09")));
  EXPECT_FALSE(has_fact(day("2027-03-10")));
}

TEST(ChangeRules, A_province_has_the_pilots_powers_only_by_a_dated_assignment) {
  auto rules = reviewed_rules();
  const auto province = *AreaCode::parse("70");
  EXPECT_TRUE(rules.assignments.empty()) << "no instrument is known";
  Assignment row;
  row.province = province;
  row.valid_from = day("2027-01-01");
  row.valid_to = day("2027-06-30");
  rules.assignments.push_back(row);
  EXPECT_EQ(profile_of(rules, province, day("2026-12-31")), DecisionProfile::normal);
  EXPECT_EQ(profile_of(rules, province, day("2027-06-30")), DecisionProfile::high_performance);
  EXPECT_EQ(profile_of(rules, province, day("2027-07-01")), DecisionProfile::normal);
  EXPECT_EQ(profile_of(rules, *AreaCode::parse("40"), today), DecisionProfile::normal);
}

TEST(ChangeRules, A_table_that_leaves_a_fact_without_a_row_is_refused) {
  auto text = file_text("data/plans/change_rules.json");
  const auto at = text.find("\"facts\": [\"budget_moved\"]");
  ASSERT_NE(at, text.npos);
  text.replace(at, std::string_view("\"facts\": [\"budget_moved\"]").size(), "\"facts\": []");
  const auto read = read_change_rules(text, reviewed_law());
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.problem().fields.size(), 2u);  // in both profiles
  EXPECT_NE(read.problem().fields[0].en.find("budget_moved"), std::string::npos);
}

TEST(ChangeRules, A_row_says_of_its_power_what_the_law_says) {
  for (const auto& row : reviewed_rules().rows) {
    if (!row.power) {
      EXPECT_EQ(row.decided_by, Decider::not_allowed);
      continue;
    }
    const auto* power = reviewed_law().find(*row.power);
    ASSERT_NE(power, nullptr);
    EXPECT_NE(row.source.text().find(power->power->source.text()), std::string::npos);
    EXPECT_TRUE(!row.verified || power->verified) << row.row.text();
    EXPECT_EQ(row.valid_from.value_or(authority::days_begin), power->first_day);
    EXPECT_EQ(row.valid_to.value_or(authority::days_end), power->last_day);
  }
  EXPECT_EQ(threshold_on(reviewed_rules(), Threshold::construction, today)->amount_baht,
            10'000'000);
  EXPECT_EQ(reviewed_rules().report.duty.text(), "report_to_budget_bureau");
}

TEST(ChangeRules, A_power_that_the_law_does_not_have_is_refused_and_so_are_two_at_once) {
  const auto fault = [](std::string_view was, std::string_view becomes) {
    auto text = file_text("data/plans/change_rules.json");
    const auto at = text.find(was);
    EXPECT_NE(at, text.npos) << was;
    text.replace(at, was.size(), becomes);
    const auto read = read_change_rules(text, reviewed_law());
    return read.ok() ? std::string("ok") : read.problem().fields[0].code;
  };
  EXPECT_EQ(fault("[\"change_details\"]", "[\"no_such_power\"]"), "not_in_law");
  EXPECT_EQ(fault("[\"change_details\"]", "[\"change_details\", \"use_leftover_in_plan\"]"),
            "both_in_force");
  EXPECT_EQ(fault("[\"change_details\"]", "[]"), "power_or_clause");
  EXPECT_EQ(fault("[\"change_details\"]", "[\"read_ledger\"]"), "not_in_law");
}

}  // namespace
}  // namespace changwat::plans
