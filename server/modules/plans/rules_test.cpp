#include "modules/plans/rules.hpp"

#include <algorithm>
#include <map>
#include <random>

#include "modules/plans/testing.hpp"

namespace changwat::plans {
namespace {

std::vector<std::string> codes(const std::vector<FieldError>& fields) {
  std::vector<std::string> out;
  for (const auto& field : fields) out.push_back(field.pointer + " " + field.code);
  return out;
}
using Codes = std::vector<std::string>;

ProjectRow project(std::string_view code, const ProjectContent& content,
                   BudgetClass budget_class = BudgetClass::within_ceiling) {
  ProjectRow row;
  row.project_id = ProjectId::make(moment("2027-01-01T00:00:00.000Z"));
  row.province = *AreaCode::parse("70");
  row.fiscal_year = *FiscalYear::of_count(2027);
  row.code = word<ProjectCode>(code);
  row.budget_class = budget_class;
  row.content = {content};
  row.total_satang = *total_of(content);
  return row;
}

TEST(ProjectRules, Baht_are_written_with_separators_and_both_places) {
  EXPECT_EQ(baht_text(Satang()), "0.00");
  EXPECT_EQ(baht_text(satang(5)), "0.05");
  EXPECT_EQ(baht_text(satang(99'999'999)), "999,999.99");
  EXPECT_EQ(baht_text(baht(1'000'000)), "1,000,000.00");
}

TEST(ProjectRules, A_budget_line_is_quantity_times_price_where_both_are_given) {
  auto content = road();
  EXPECT_TRUE(faults(content, "").empty());
  content.budget[1].amount_satang = baht(799'999);
  content.budget[0].activity = 2;
  content.activities[1].ends = Month::parse("2027-06");
  content.plan_links[0].level = 4;
  content.budget[2].item_th = {};
  EXPECT_EQ(
      codes(faults(content, "/content")),
      (Codes{"/content/plan_links/0/level out_of_range", "/content/activities/1/ends before_start",
             "/content/budget/0/activity unknown_activity",
             "/content/budget/1/amount_satang not_the_product",
             "/content/budget/2/item_th required"}));
}

TEST(ProjectRules, A_sum_beyond_the_range_is_refused_and_does_not_wrap) {
  auto content = road();
  for (auto& line : content.budget) {
    line.quantity.reset();
    line.amount_satang = satang(Satang::count_max);
  }
  EXPECT_EQ(codes(faults(content, "")), Codes{"/budget out_of_range"});
}

// ---- money

TEST(MoneyRules, A_request_neither_makes_money_nor_loses_it) {
  const auto road_project = project("A", road());
  const auto lender = project("B", road());
  const auto standby = project("C", road(), BudgetClass::over_ceiling);
  auto dearer = road();
  dearer.budget[2].amount_satang = baht(300'000);
  auto lent = lender;
  lent.released_satang = baht(2'950'000);
  struct Case {
    const char* what;
    RequestKind kind;
    const ProjectRow* project;
    ProjectContent after;
    const ProjectRow* lender;  // none: no leftover money
    Satang amount;
    Codes wrong;
  };
  const std::string budget = "/content/after/budget not_conserved";
  const std::string amount = "/content/leftover/amount_satang ";
  const Case cases[] = {
      {"the same sum", RequestKind::amend, &road_project, road(), nullptr, {}, {}},
      {"more than there is", RequestKind::amend, &road_project, dearer, nullptr, {}, {budget}},
      {"more, paid by another",
       RequestKind::amend,
       &road_project,
       dearer,
       &lender,
       baht(100'000),
       {}},
      {"less than the other gives",
       RequestKind::amend,
       &road_project,
       dearer,
       &lender,
       baht(100'001),
       {budget}},
      {"more than the other has left",
       RequestKind::amend,
       &road_project,
       dearer,
       &lent,
       baht(100'000),
       {amount + "more_than_there_is"}},
      {"from itself",
       RequestKind::amend,
       &lender,
       dearer,
       &lender,
       baht(100'000),
       {"/content/leftover/from_project same_project"}},
      {"from a project without money",
       RequestKind::amend,
       &road_project,
       dearer,
       &standby,
       baht(100'000),
       {amount + "more_than_there_is"}},
      {"an estimate over the ceiling", RequestKind::amend, &standby, dearer, nullptr, {}, {}},
      {"over the ceiling, paid in full",
       RequestKind::amend,
       &standby,
       road(),
       &lender,
       baht(3'000'000),
       {}},
      {"over the ceiling, paid in part",
       RequestKind::amend,
       &standby,
       road(),
       &lender,
       baht(2'000'000),
       {budget}},
      {"replaced for the same", RequestKind::replace, &road_project, road(), nullptr, {}, {}},
      {"replaced for more", RequestKind::replace, &road_project, dearer, nullptr, {}, {budget}},
      {"replaced after most was lent", RequestKind::replace, &lent, road(), nullptr, {}, {budget}},
      {"new, on standby", RequestKind::add, nullptr, dearer, nullptr, {}, {}},
      {"new, paid in full", RequestKind::add, nullptr, road(), &lender, baht(3'000'000), {}},
      {"new, paid in part", RequestKind::add, nullptr, road(), &lender, baht(1), {budget}},
      {"cancelled", RequestKind::cancel, &road_project, road(), nullptr, {}, {}},
      {"cancelled with leftover",
       RequestKind::cancel,
       &road_project,
       road(),
       &lender,
       baht(1),
       {"/content/leftover not_wanted"}},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.what);
    ChangeContent content;
    content.after = c.after;
    if (c.lender) content.leftover = Leftover{c.lender->project_id, c.amount};
    EXPECT_EQ(codes(money_faults(c.kind, c.project, content, c.lender)), c.wrong);
  }
}

TEST(MoneyRules, Leftover_of_a_project_that_is_not_there_is_refused) {
  const auto road_project = project("A", road());
  ChangeContent content;
  content.after = road();
  content.leftover = Leftover{road_project.project_id, baht(1)};
  EXPECT_EQ(codes(money_faults(RequestKind::amend, &road_project, content, nullptr)).front(),
            "/content/leftover/from_project unknown_project");
}

// A province's plan through many changes of all kinds, each lawful: the money stays the same.
TEST(MoneyRules, The_money_of_a_plan_is_the_same_after_any_run_of_changes) {
  std::mt19937 random(2570);
  std::map<ProjectId, ProjectRow> plan;
  for (int i = 0; i < 6; ++i) {
    auto row = project("P" + std::to_string(i), road(),
                       i == 0 ? BudgetClass::over_ceiling : BudgetClass::within_ceiling);
    plan.emplace(row.project_id, row);
  }
  const auto money = [&] {
    std::int64_t sum = 0;
    for (const auto& [id, row] : plan) sum += funded(row).count() - row.released_satang.count();
    return sum;
  };
  const auto begun_with = money();
  const auto any = [&] {
    auto it = plan.begin();
    std::advance(it, random() % plan.size());
    return it->second;
  };
  std::map<RequestKind, int> applied;
  const auto now = moment("2027-03-01T00:00:00.000Z");
  for (int i = 0; i < 2'000; ++i) {
    ChangeRow change;
    change.change_id = ChangeId::make(now);
    change.province = *AreaCode::parse("70");
    change.fiscal_year = *FiscalYear::of_count(2027);
    change.kind = static_cast<RequestKind>(random() % 4);
    std::optional<ProjectRow> changed, lender;
    if (change.kind != RequestKind::add) changed = any();
    if (changed && changed->state == ProjectState::cancelled) continue;
    auto& content = change.content.value;
    content.after = changed ? changed->content.value : road();
    content.new_code = word<ProjectCode>("N" + std::to_string(i));
    if (random() % 2 && change.kind != RequestKind::cancel) {
      lender = any();
      if (available(*lender) == Satang()) continue;
      content.leftover =
          Leftover{lender->project_id,
                   satang(1 + static_cast<std::int64_t>(random()) % available(*lender).count())};
    }
    // Spend exactly what there is on the first line.
    if (!content.after.budget.empty()) {
      const auto base = !changed                              ? 0
                        : change.kind == RequestKind::replace ? available(*changed).count()
                                                              : funded(*changed).count();
      content.after.budget = {content.after.budget[0]};
      content.after.budget[0].quantity.reset();
      content.after.budget[0].amount_satang =
          satang(base + (content.leftover ? content.leftover->amount_satang.count() : 0));
    }
    if (!money_faults(change.kind, changed ? &*changed : nullptr, content,
                      lender ? &*lender : nullptr)
             .empty())
      continue;
    const auto effect = effect_of(change, changed, lender, now);
    for (const auto* row : {&effect.project, &effect.lender, &effect.made})
      if (*row) plan.insert_or_assign((*row)->project_id, **row);
    ++applied[change.kind];
    ASSERT_EQ(money(), begun_with) << "after change " << i;
  }
  EXPECT_EQ(applied.size(), 4u) << "every kind of change took place";
}

// ---- the course of a request

TEST(ChangeCourse, A_contested_classification_names_another_decider_and_a_reason) {
  ChangeClassification proposed;
  proposed.decided_by = Decider::regional_subcommittee;
  const auto now = moment("2027-03-10T03:00:00.000Z");
  EXPECT_FALSE(settle({}, proposed, now)->contested);
  EXPECT_EQ(settle({Decider::provincial_committee, {}}, proposed, now).problem().fields[0].pointer,
            "/reason_th");
  const auto reason = word<Reason>("แก้คำผิดเท่านั้น");
  EXPECT_EQ(
      settle({Decider::regional_subcommittee, reason}, proposed, now).problem().fields[0].pointer,
      "/contested_decider");
  const auto contested = settle({Decider::provincial_committee, reason}, proposed, now);
  ASSERT_TRUE(contested.ok());
  EXPECT_TRUE(contested->contested);
  EXPECT_EQ(contested->decided_by, Decider::provincial_committee);
  EXPECT_EQ(contested->proposed.decided_by, Decider::regional_subcommittee) << "both are kept";
}

TEST(ChangeCourse, A_resolution_ends_in_the_province_only_what_is_the_provinces) {
  Settled settled;
  const auto after = [&](Decider decider, CommitteeDecision decision) {
    settled.decided_by = decider;
    return state_after(decision, settled);
  };
  const auto approve = CommitteeDecision::approve;
  EXPECT_EQ(*after(Decider::provincial_committee, approve), ChangeState::decided_here);
  for (const auto above :
       {Decider::budget_bureau, Decider::regional_subcommittee, Decider::cabinet})
    EXPECT_EQ(*after(above, approve), ChangeState::endorsed);
  EXPECT_TRUE(after(Decider::not_allowed, approve).problem().is(not_for_the_province));
  EXPECT_EQ(*after(Decider::not_allowed, CommitteeDecision::reject), ChangeState::rejected);
  EXPECT_EQ(*after(Decider::cabinet, CommitteeDecision::revise), ChangeState::draft);
}

TEST(ChangeCourse, The_report_is_owed_where_a_row_asks_for_it) {
  Settled settled;
  EXPECT_FALSE(asks_for_report(settled));
  settled.then = {ChangeDuty::report_upward, ChangeDuty::report_budget_bureau};
  EXPECT_TRUE(asks_for_report(settled));
}

TEST(ChangeCourse, Days_are_days_of_the_calendar_in_Bangkok) {
  EXPECT_EQ(days_between(moment("2027-03-09T16:59:59.000Z"), day("2027-03-10")), 1);
  EXPECT_EQ(days_between(moment("2027-03-09T17:00:00.000Z"), day("2027-03-10")), 0);
  EXPECT_EQ(days_of({}).median, std::nullopt);
  const auto some = days_of({40, 2, 3, 9});
  EXPECT_EQ(some.requests, 4);
  EXPECT_EQ(some.median, 3);
  EXPECT_EQ(some.longest, 40);
}

TEST(ChangeCourse, A_dossier_says_what_it_lacks) {
  ChangeContent content;
  EXPECT_EQ(gaps(reviewed_rules(), content, false, false).size(), 6u);
  content.reason_th = content.effect_kpi_th = content.effect_beneficiaries_th =
      content.effect_money_th = word<Reason>("มี");
  const auto left = gaps(reviewed_rules(), content, false, true);
  ASSERT_EQ(left.size(), 1u);
  EXPECT_EQ(left[0].item, DossierItem::attachment);
  EXPECT_TRUE(gaps(reviewed_rules(), content, true, true).empty());
}

}  // namespace
}  // namespace changwat::plans
