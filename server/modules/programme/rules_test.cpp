#include "modules/programme/rules.hpp"

#include <gtest/gtest.h>

#include "modules/programme/completeness.hpp"
#include "modules/programme/testing.hpp"

namespace changwat::programme {
namespace {

// ---- deadlines

TEST(DeadlineRule, The_very_moment_is_in_time_and_one_millisecond_after_it_is_late) {
  const auto deadline = moment(deadline_text);
  struct Case {
    std::int64_t after_ms;
    const char* late_en;  // nullptr: in time
  };
  const Case cases[] = {
      {-86'400'000, nullptr}, {-1, nullptr},        {0, nullptr},
      {1, "1 second"},        {999, "1 second"},    {1000, "1 second"},
      {1001, "2 seconds"},    {60'000, "1 minute"}, {90'061'000, "1 day 1 hour 1 minute 1 second"}};
  for (const auto& one : cases) {
    const auto result = in_time(deadline.plus_ms(one.after_ms), deadline);
    ASSERT_EQ(result.ok(), one.late_en == nullptr) << one.after_ms;
    if (result.ok()) continue;
    EXPECT_TRUE(result.problem().is(deadline_passed));
    EXPECT_EQ(result.problem().en, std::string("Late by ") + one.late_en +
                                       ": the deadline was 12 March 2021, 23:59:59 Bangkok time.");
    EXPECT_NE(result.problem().th.find("12 มีนาคม 2564 เวลา 23.59.59 น."), std::string::npos);
  }
}

TEST(DeadlineRule, Deadlines_for_others_lie_on_a_future_second) {
  const auto now = moment("2021-03-01T00:00:00.000Z");
  EXPECT_TRUE(deadline_faults(now.plus_ms(1000), now, "/deadline_at").empty());
  EXPECT_EQ(deadline_faults(now, now, "/deadline_at").at(0).code, "in_past");
  EXPECT_EQ(deadline_faults(now.plus_ms(1500), now, "/deadline_at").at(0).code, "not_whole_second");
}

// ---- calls

CallForProposals a_call(CallState state) {
  CallForProposals call;
  call.title_th = word<Title>("ประกาศ");
  call.opens_at = moment("2021-02-18T00:00:00.000Z");
  call.deadline_at = moment(deadline_text);
  call.invited.value.push_back(*AreaCode::parse("70"));
  call.state = state;
  return call;
}

TEST(CallRules, An_open_call_changes_only_by_a_later_deadline_with_a_reason) {
  const auto now = moment("2021-03-01T00:00:00.000Z");
  const auto later = moment("2021-03-19T16:59:59.000Z");
  const auto reason = word<Text<1, 1000>>("สถานการณ์โรคระบาด");
  const auto open = a_call(CallState::open);

  const auto good = patched(open, {.deadline_at = later, .reason = reason}, now);
  ASSERT_TRUE(good.ok());
  EXPECT_EQ(good->deadline_at, later);
  ASSERT_EQ(good->extensions.value.size(), 1u);
  EXPECT_EQ(good->extensions.value[0].deadline_before, open.deadline_at);

  EXPECT_EQ(patched(open, {.deadline_at = later}, now).problem().fields.at(0).pointer, "/reason");
  EXPECT_EQ(
      patched(open, {.deadline_at = moment("2021-03-05T00:00:00.000Z"), .reason = reason}, now)
          .problem()
          .fields.at(0)
          .code,
      "not_later");
  EXPECT_TRUE(
      patched(open, {.title_th = word<Title>("ใหม่"), .deadline_at = later, .reason = reason}, now)
          .problem()
          .is(errors::wrong_state));
  EXPECT_TRUE(patched(a_call(CallState::draft), {.title_th = word<Title>("ใหม่")}, now).ok());
}

TEST(CallRules, What_contradicts_itself_is_refused) {
  auto call = a_call(CallState::draft);
  EXPECT_TRUE(faults(call).empty());
  call.deadline_at = call.opens_at;
  call.invited.value.push_back(*AreaCode::parse("70"));
  call.invited.value.push_back(*AreaCode::parse("7001"));
  call.requirements.value.push_back({*Key::parse("a"), word<Title>("ก"), word<Title>("A")});
  call.requirements.value.push_back({*Key::parse("a"), word<Title>("ก"), word<Title>("A")});
  std::vector<std::string> codes;
  for (const auto& error : faults(call)) codes.push_back(error.pointer + " " + error.code);
  EXPECT_EQ(codes, (std::vector<std::string>{"/deadline_at before_opening", "/invited/1 repeated",
                                             "/invited/2 not_a_province",
                                             "/requirements/1/key repeated"}));
}

TEST(CallRules, A_call_closes_only_after_its_deadline_and_opens_only_before_it) {
  const auto call = a_call(CallState::open);
  EXPECT_FALSE(may_close(call, call.deadline_at).ok());
  EXPECT_TRUE(may_close(call, call.deadline_at.plus_ms(1)).ok());
  EXPECT_TRUE(may_open(call, call.deadline_at.plus_ms(-1)).ok());
  EXPECT_FALSE(may_open(call, call.deadline_at).ok());
}

TEST(CallRules, Who_was_not_invited_is_a_volunteer_where_volunteers_are_taken) {
  const auto now = moment("2021-03-01T00:00:00.000Z");
  auto call = a_call(CallState::open);
  const auto ratchaburi = *AreaCode::parse("70"), other = *AreaCode::parse("71");
  EXPECT_EQ(*kind_of_applicant(call, ratchaburi, now), ApplicationKind::invited);
  EXPECT_TRUE(kind_of_applicant(call, other, now).problem().is(volunteers_not_allowed));
  call.volunteers_allowed = true;
  EXPECT_EQ(*kind_of_applicant(call, other, now), ApplicationKind::volunteer);
  EXPECT_TRUE(kind_of_applicant(call, ratchaburi, call.opens_at.plus_ms(-1))
                  .problem()
                  .is(errors::wrong_state));
  EXPECT_TRUE(kind_of_applicant(call, ratchaburi, call.deadline_at.plus_ms(1))
                  .problem()
                  .is(deadline_passed));
  EXPECT_TRUE(kind_of_applicant(a_call(CallState::draft), ratchaburi, now)
                  .problem()
                  .is(errors::wrong_state));
}

// ---- history

TEST(ChangedPointers, Name_what_differs_and_nothing_else) {
  struct Case {
    const char* before;
    const char* after;
    std::vector<std::string> pointers;
  };
  const Case cases[] = {
      {R"({"a":1})", R"({"a":1})", {}},
      {R"({"a":1,"b":2})", R"({"a":1,"b":3})", {"/b"}},
      {R"({"a":[{"x":1},{"x":2}]})", R"({"a":[{"x":1},{"x":5}]})", {"/a/1/x"}},
      {R"({"a":[1]})", R"({"a":[1,2,3]})", {"/a/1", "/a/2"}},
      {R"({"a":[1,2]})", R"({"a":[1]})", {"/a/1"}},
      {R"({"a":null})", R"({"a":{"b":1}})", {"/a"}},
      {R"({"a/b":1,"c~d":1})", R"({"a/b":2,"c~d":2})", {"/a~1b", "/c~0d"}},
      {R"({"a":1})", R"({"b":1})", {"/b", "/a"}},
  };
  for (const auto& one : cases)
    EXPECT_EQ(changed_pointers(one.before, one.after), one.pointers) << one.after;
}

TEST(ChangedPointers, More_than_a_hundred_are_told_by_their_sections) {
  std::string before = R"({"s":1,"a":[)", after = R"({"s":2,"a":[)";
  for (int i = 0; i < 101; ++i) {
    before += (i ? ",0" : "0");
    after += (i ? ",1" : "1");
  }
  EXPECT_EQ(changed_pointers(before + "]}", after + "]}"), (std::vector<std::string>{"/s", "/a"}));
}

TEST(HistoryRules, Saves_of_one_person_within_ten_minutes_of_the_first_are_one_step) {
  HistoryRow first;
  first.act = "application.edit";
  first.person_id = "p";
  first.office_id = "o";
  first.began_at = first.at = moment("2021-03-01T00:00:00.000Z");
  auto next = first;
  next.at = first.began_at.plus_ms(merge_window_ms);
  EXPECT_TRUE(merges(first, next));
  next.at = next.at.plus_ms(1);
  EXPECT_FALSE(merges(first, next));
  next.at = first.at;
  for (const auto change : {&HistoryRow::act, &HistoryRow::person_id, &HistoryRow::office_id}) {
    auto other = next;
    other.*change = "another";
    EXPECT_FALSE(merges(first, other));
  }
  first.changed.value = {"/a", "/b"};
  next.changed.value = {"/b", "/c"};
  EXPECT_EQ(merged(first, next).changed.value, (std::vector<std::string>{"/a", "/b", "/c"}));
}

// ---- completeness

TEST(CompletenessRule, A_whole_proposal_lacks_nothing) {
  const std::vector<Requirement> requirements{
      {*Key::parse("form"), word<Title>("ใบสมัคร"), word<Title>("Form"), true,
       RequirementKind::file},
      {*Key::parse("extra"), word<Title>("อื่น"), word<Title>("Extra"), false, RequirementKind::file},
      {*Key::parse("proposal"), word<Title>("ข้อเสนอ"), word<Title>("Proposal"), true,
       RequirementKind::form}};
  EXPECT_TRUE(missing(proposal(), requirements, {"form"}).empty());
  ASSERT_EQ(missing(proposal(), requirements, {}).size(), 1u);
  EXPECT_EQ(missing(proposal(), requirements, {})[0].pointer, "/files/form");
}

TEST(CompletenessRule, Each_thing_that_is_missing_is_named_by_its_place) {
  using Change = void (*)(Proposal&);
  struct Case {
    Change change;
    std::vector<std::string> pointers;
  };
  const Case cases[] = {
      {[](Proposal& p) { p.summary_th = {}; }, {"/summary_th"}},
      {[](Proposal& p) { p.agendas[1].title_th = {}; }, {"/agendas/1/title_th"}},
      {[](Proposal& p) { p.agendas[0].working_group.reset(); }, {"/agendas/0/working_group"}},
      {[](Proposal& p) { p.agendas[0].why_th = {}; }, {"/agendas/0/why_th"}},
      {[](Proposal& p) { p.agendas.clear(); }, {"/agendas", "/kpis/0/agenda", "/kpis/1/agenda"}},
      {[](Proposal& p) { p.agendas.pop_back(); }, {"/kpis/1/agenda"}},
      {[](Proposal& p) { p.kpis.clear(); }, {"/kpis"}},
      {[](Proposal& p) { p.kpis[0].code = {}; }, {"/kpis/0/code"}},
      {[](Proposal& p) { p.kpis[0].code = word<Text<0, 64>>("Not A Key"); }, {"/kpis/0/code"}},
      {[](Proposal& p) { p.kpis[1].code = p.kpis[0].code; }, {"/kpis/1/code"}},
      {[](Proposal& p) { p.kpis[0].definition_th = {}; }, {"/kpis/0/definition_th"}},
      {[](Proposal& p) { p.kpis[0].unit_th = {}; }, {"/kpis/0/unit_th"}},
      {[](Proposal& p) { p.kpis[0].source_th = {}; }, {"/kpis/0/source_th"}},
      {[](Proposal& p) { p.kpis[0].owner_th = {}; }, {"/kpis/0/owner_th"}},
      {[](Proposal& p) { p.kpis[0].agenda.reset(); }, {"/kpis/0/agenda"}},
      {[](Proposal& p) { p.kpis[0].agenda = -1; }, {"/kpis/0/agenda"}},
      {[](Proposal& p) { p.kpis[0].weight = *Figure::parse("59.999999"); }, {"/kpis/0/weight"}},
      {[](Proposal& p) { p.kpis[0].weight = {}; }, {"/kpis/0/weight", "/kpis/0/weight"}},
      {[](Proposal& p) { p.kpis[0].baseline.clear(); }, {"/kpis/0/baseline"}},
      {[](Proposal& p) { std::swap(p.kpis[0].baseline[0], p.kpis[0].baseline[1]); },
       {"/kpis/0/baseline"}},
      {[](Proposal& p) { p.kpis[0].targets.pop_back(); }, {"/kpis/0/targets"}},
      {[](Proposal& p) { p.kpis[0].targets[1].value = {}; }, {"/kpis/0/targets"}},
      {[](Proposal& p) { p.kpis[0].targets[0].fiscal_year = *FiscalYear::of_count(2020); },
       {"/kpis/0/targets"}},
      {[](Proposal& p) { p.kpis[0].criteria.p75 = {}; }, {"/kpis/0/criteria"}},
      {[](Proposal& p) { p.kpis[0].direction = KpiDirection::lower; }, {"/kpis/0/criteria"}},
      {[](Proposal& p) { p.kpis[1].criteria.p75 = p.kpis[1].criteria.p50; }, {"/kpis/1/criteria"}},
      {[](Proposal& p) { p.benefits.clear(); }, {"/benefits"}},
      {[](Proposal& p) { p.benefits[0].number = {}; }, {"/benefits/0/number"}},
      {[](Proposal& p) { p.benefits[0].sentence_th = {}; }, {"/benefits/0/sentence_th"}},
      {[](Proposal& p) { p.unlocks.clear(); }, {}},
      {[](Proposal& p) { p.unlocks[0].who_th = {}; }, {"/unlocks/0/who_th"}},
      {[](Proposal& p) { p.risks_th = {}; }, {"/risks_th"}},
  };
  for (const auto& one : cases) {
    auto changed = proposal();
    one.change(changed);
    std::vector<std::string> pointers;
    for (const auto& item : missing(changed, {}, {})) pointers.push_back(item.pointer);
    EXPECT_EQ(pointers, one.pointers);
  }
}

TEST(CompletenessRule, What_is_complete_can_become_definitions) {
  for (const auto& kpi : proposal().kpis) {
    const auto definition = definition_of(kpi);
    ASSERT_TRUE(definition.has_value());
    EXPECT_EQ(definition->code.text(), kpi.code.text());
    EXPECT_EQ(definition->targets.size(), 2u);
    EXPECT_TRUE(definition->criteria.has_value());
  }
  EXPECT_FALSE(definition_of(DraftKpi{}).has_value());
}

TEST(ProposalLimits, Too_long_lists_are_refused_by_their_place) {
  std::string six = R"({"agendas":[)";
  for (int i = 0; i < 6; ++i) six += std::string(i ? "," : "") + R"({"title_th":"","why_th":""})";
  const auto read = read_json<ProposalPatch>(six + "]}");
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.problem().fields.at(0).pointer, "/agendas");
  EXPECT_EQ(read.problem().fields.at(0).code, "too_long");
}

// ---- facts

TEST(ProgrammeFacts, The_reviewed_facts_are_read_whole) {
  const auto facts = read_facts(file_text("data/programme/programme.json"));
  ASSERT_TRUE(facts.ok());
  EXPECT_EQ(facts->cohorts.size(), 6u);
  EXPECT_EQ(facts->milestones.size(), 11u);
  EXPECT_EQ(facts->target.provinces, 38);
  ASSERT_EQ(facts->calls.size(), 1u);
  const auto call = call_of(facts->calls[0], moment("2026-01-01T00:00:00.000Z"));
  EXPECT_EQ(call.deadline_at.text(), deadline_text);
  EXPECT_EQ(call.opens_at.text(), "2021-02-17T17:00:00.000Z");
  EXPECT_EQ(call.invited.value.size(), 22u);
  EXPECT_TRUE(faults(call).empty());
  EXPECT_EQ(cohort_of(facts->cohorts[3], {}).group_number, 2);
  EXPECT_EQ(cohort_of(facts->cohorts[0], {}).group_number, std::nullopt);
}

TEST(ProgrammeFacts, A_document_without_its_parts_is_refused_by_their_names) {
  const auto read = read_facts(R"({"years":[],"cohorts":[]})");
  ASSERT_FALSE(read.ok());
  std::vector<std::string> pointers;
  for (const auto& field : read.problem().fields) pointers.push_back(field.pointer);
  EXPECT_EQ(pointers, (std::vector<std::string>{"/target", "/calls", "/milestones"}));
}

}  // namespace
}  // namespace changwat::programme
