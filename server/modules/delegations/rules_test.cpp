// Rules of delegation orders as values: states, checks before signing, what is left of a ceiling.

#include <algorithm>

#include <gtest/gtest.h>

#include "modules/delegations/testing.hpp"

namespace changwat::delegations {
namespace {

// An order that may be signed, to be spoilt in one place.
struct Case {
  Templates templates = reviewed_templates();
  authority::Law law = reviewed_law();
  OrderContent content;
  std::optional<ProjectSummary> project = ProjectSummary{};
  std::optional<OfficeRow> grantor =
      OfficeRow{"g", "governor", AreaCode::parse("70"), "ผู้ว่าราชการจังหวัด", "Governor"};
  std::optional<OfficeRow> delegate =
      OfficeRow{"d", "local_government", AreaCode::parse("7001"), "เทศบาล", "Town"};
  bool in_area = true;
  std::vector<OtherOrder> others;
  bool number_taken = false, grantor_held = true;
  std::optional<bool> signer_holds;
  std::vector<FieldError> register_faults;
  std::string_view on = today;

  Case() {
    content.powers.push_back(power);
    content.project_id = ProjectId::make(noon(today));
    content.grantor_office_id = word<OfficeRef>("g");
    content.delegate_office_id = word<OfficeRef>("d");
    content.ceiling_satang = baht(500);
    content.from_date = day("2027-03-15");
    content.to_date = day("2027-09-30");
    content.number = word<Text<0, 60>>("1/2570");
    content.parent_agency_head_th = word<Text<0, 300>>("อธิบดี");
    project->province = *AreaCode::parse("70");
    project->fiscal_year = *FiscalYear::of_count(2027);
  }

  std::vector<std::string> wrong() const {
    Looked looked{templates.of(OrderKind::procurement), content, *AreaCode::parse("70"), day(on)};
    for (const auto& each : content.powers)
      looked.wanted.push_back({each, law.find(each), register_faults});
    looked.project = project;
    looked.grantor = grantor;
    looked.delegate = delegate;
    looked.delegate_in_area = in_area;
    looked.others = others;
    looked.number_taken = number_taken;
    looked.grantor_held = grantor_held;
    looked.signer_holds = signer_holds;
    std::vector<std::string> out;
    for (const auto& check : checks(looked)) {
      EXPECT_EQ(check.passed, check.why_th.empty()) << check.check.text();
      EXPECT_EQ(check.passed, check.why_en.empty()) << check.check.text();
      if (!check.passed)
        out.push_back(check.check.text() + " " + check.pointer + " " + check.fault);
    }
    return out;
  }
};

using Wrong = std::vector<std::string>;

TEST(DelegationRules, a_complete_order_passes_every_check) {
  EXPECT_EQ(Case().wrong(), Wrong{});
}

TEST(DelegationRules, an_empty_draft_is_told_everything_at_once) {
  Case it;
  it.content = {};
  it.project.reset();
  it.grantor.reset();
  it.delegate.reset();
  EXPECT_EQ(
      it.wrong(),
      (Wrong{"powers /content/powers required", "grantor /content/grantor_office_id required",
             "delegate /content/delegate_office_id required",
             "parent_agency /content/parent_agency_head_th required",
             "project /content/project_id required", "ceiling /content/ceiling_satang required",
             "period /content/from_date required", "number /content/number required"}));
}

TEST(DelegationRules, each_fault_names_the_member_that_is_to_be_mended) {
  const struct {
    const char* what;
    void (*spoil)(Case&);
    const char* wrong;
  } cases[] = {
      {"a district office is of no eligible class", [](Case& c) { c.delegate->role = "district"; },
       "delegate /content/delegate_office_id not_eligible"},
      {"an office of another province", [](Case& c) { c.in_area = false; },
       "delegate /content/delegate_office_id other_province"},
      {"a project with an agency's money",
       [](Case& c) { c.project->funding = plans::Funding::agency; },
       "project /content/project_id other_funding"},
      {"a cancelled project", [](Case& c) { c.project->state = plans::ProjectState::cancelled; },
       "project /content/project_id cancelled"},
      {"a project of another province",
       [](Case& c) { c.project->province = *AreaCode::parse("40"); },
       "project /content/project_id unknown_value"},
      {"days out of order", [](Case& c) { c.content.to_date = day("2027-03-14"); },
       "period /content/to_date out_of_order"},
      {"dated back", [](Case& c) { c.on = "2027-03-16"; },
       "period /content/from_date before_signature"},
      {"beyond the fiscal year", [](Case& c) { c.content.to_date = day("2027-10-01"); },
       "period /content/to_date outside_fiscal_year"},
      {"more than the governor may do",
       [](Case& c) {
         c.register_faults = {{"/ceiling_satang", "exceeds_grantor", "เกิน", "more"}};
       },
       "ceiling /content/ceiling_satang exceeds_grantor"},
      {"nothing to spend", [](Case& c) { c.content.ceiling_satang = baht(0); },
       "ceiling /content/ceiling_satang out_of_range"},
      {"another order on the project in the same days",
       [](Case& c) {
         c.others = {{OrderId(), "9/2570", day("2027-09-30"), day("2027-09-30")}};
       },
       "one_order /content/project_id already_delegated"},
      {"a number used before", [](Case& c) { c.number_taken = true; },
       "number /content/number repeated"},
      {"nobody holds the office", [](Case& c) { c.grantor_held = false; },
       "signer /content/grantor_office_id vacant"},
      {"who signs does not hold it", [](Case& c) { c.signer_holds = false; },
       "signer /content/grantor_office_id not_holder"},
      {"a power of the other kind",
       [](Case& c) { c.content.powers = {key("salary_by_cooperation")}; },
       "powers /content/powers unknown_value"},
  };
  for (const auto& each : cases) {
    Case it;
    each.spoil(it);
    EXPECT_EQ(it.wrong(), Wrong{each.wrong}) << each.what;
  }
}

TEST(DelegationRules, an_order_after_another_on_the_same_project_may_follow_it) {
  Case it;
  it.others = {{OrderId(), "9/2570", day("2026-10-01"), day("2027-03-14")}};
  EXPECT_EQ(it.wrong(), Wrong{});
}

TEST(DelegationRules, a_signed_order_is_lawful_before_its_notices_are_proved) {
  Standing it{.stage = Stage::issued, .to_date = day("2027-09-30")};
  EXPECT_EQ(state_of(it, day(today)), OrderState::notice_pending);
  it.used = true;
  EXPECT_EQ(state_of(it, day(today)), OrderState::notice_pending);
  for (const auto to : {OrderState::notice_pending, OrderState::in_force, OrderState::in_use})
    EXPECT_TRUE(authority::step(order_transitions, to, use_act).ok());
  it.notices_proved = true;
  EXPECT_EQ(state_of(it, day(today)), OrderState::in_use);
  it.used = false;
  EXPECT_EQ(state_of(it, day(today)), OrderState::in_force);
}

TEST(DelegationRules, an_order_ends_after_its_last_day_and_when_its_grant_fell) {
  Standing it{.stage = Stage::issued, .to_date = day("2027-09-30"), .notices_proved = true};
  EXPECT_EQ(state_of(it, day("2027-09-30")), OrderState::in_force);
  EXPECT_EQ(state_of(it, day("2027-10-01")), OrderState::ended);
  it.lapsed = true;
  EXPECT_EQ(state_of(it, day(today)), OrderState::ended);
  for (const auto over : {OrderState::ended, OrderState::revoked, OrderState::withdrawn})
    EXPECT_FALSE(authority::step(order_transitions, over, use_act).ok());
}

TEST(DelegationRules, uses_together_stay_within_the_ceiling) {
  Case it;
  UseRequest use{buying, day("2027-04-01"), word<Text<1, 1000>>("ซื้อ"), baht(200),
                 word<Text<1, 200>>("1")};
  const auto ask = [&](std::int64_t used) {
    return used_after(it.content, baht(used), day(today), use, day("2027-04-02"));
  };
  EXPECT_EQ(*ask(300), baht(500));
  const auto above = ask(301);
  ASSERT_FALSE(above.ok());
  EXPECT_EQ(above.problem().fields.at(0).code, "above_ceiling");
  EXPECT_NE(above.problem().fields.at(0).en.find("199.00"), std::string::npos);
  use.amount_satang.reset();
  EXPECT_EQ(ask(0).problem().fields.at(0).code, "required");
  use.amount_satang = baht(1);
  for (const auto* outside : {"2027-03-14", "2027-04-03"}) {
    use.on_date = day(outside);
    EXPECT_EQ(ask(0).problem().fields.at(0).pointer, "/on_date") << outside;
  }
}

// ---- templates and papers

std::string first_fault(std::string_view from, std::string_view to) {
  auto text = file_text("data/delegations/templates.json");
  const auto at = text.find(from);
  CHECK(at != text.npos);
  text.replace(at, from.size(), to);
  const auto read = read_templates(text, reviewed_law());
  return read.ok() ? "" : read.problem().fields.at(0).code;
}

TEST(DelegationTemplates, words_that_nobody_fills_in_and_powers_that_are_none_are_refused) {
  EXPECT_EQ(first_fault("{project}", "{projet}"), "unknown_name");
  EXPECT_EQ(first_fault("\"governor_procurement\"", "\"s53_personnel\""), "not_grantable");
  EXPECT_EQ(first_fault("\"notify_parent_agency\"", "\"notify_nobody\""), "unknown_duty");
  EXPECT_EQ(first_fault("\"kind\": \"hr\"", "\"kind\": \"procurement\""), "repeated");
}

PaperFacts facts_of(const Case& it) {
  PaperFacts facts{.content = it.content};
  facts.province_th = "ราชบุรี";
  facts.project = it.project;
  facts.project->name_th = "โครงการปรับปรุงถนน";
  facts.grantor = it.grantor;
  facts.delegate = it.delegate;
  facts.funding_th = "งบประมาณจังหวัด";
  return facts;
}

TEST(DelegationPapers, an_order_says_amount_in_words_days_and_conditions) {
  Case it;
  it.content.conditions_th.push_back(word<Text<1, 1000>>("รายงานทุกสิ้นเดือน"));
  const auto paper = order_paper(it.templates.of(OrderKind::procurement), facts_of(it));
  const auto text = to_json(paper);
  for (const auto* said : {"จังหวัดราชบุรี", "500.00 บาท (ห้าร้อยบาทถ้วน)", "๑๕ มีนาคม ๒๕๗๐",
                           "๓๐ กันยายน ๒๕๗๐", "รายงานทุกสิ้นเดือน", "เทศบาล", "โครงการปรับปรุงถนน"})
    EXPECT_NE(text.find(said), std::string::npos) << said;
  EXPECT_EQ(text.find("โครงการโครงการ"), std::string::npos);
  EXPECT_FALSE(paper.signed_on.has_value());
}

TEST(DelegationPapers, a_clause_without_what_it_speaks_of_is_left_out) {
  Case it;
  const auto& kind = it.templates.of(OrderKind::procurement);
  const auto without = order_paper(kind, facts_of(it)).clauses.size();
  it.content.conditions_th.push_back(word<Text<1, 1000>>("รายงาน"));
  EXPECT_EQ(order_paper(kind, facts_of(it)).clauses.size(), without + 1);
}

TEST(DelegationPapers, what_is_not_known_yet_is_printed_as_dots) {
  Case it;
  it.content.ceiling_satang.reset();
  const auto text = to_json(order_paper(it.templates.of(OrderKind::procurement), facts_of(it)));
  EXPECT_NE(text.find("ไม่เกิน .......... บาท"), std::string::npos) << text;
  EXPECT_EQ(text.find('{' + std::string("ceiling")), std::string::npos);
}

TEST(DelegationPapers, who_acts_for_the_governor_signs_as_acting) {
  Case it;
  auto facts = facts_of(it);
  facts.signer = Signer{"ผู้ลงนาม", true};
  const auto paper = order_paper(it.templates.of(OrderKind::procurement), facts);
  EXPECT_EQ(paper.signature.posts.front().text(), "รักษาราชการแทนผู้ว่าราชการจังหวัด");
}

}  // namespace
}  // namespace changwat::delegations
