#include <thread>

#include "modules/plans/testing.hpp"

namespace changwat::plans {
namespace {

class PlansOnEngines : public PlansOnBothEngines {};
CHANGWAT_ON_BOTH_ENGINES(PlansOnEngines);

void another_method(ChangeContent& content) {
  content.after.activities[0].method_th = word<Text<0, 500>>("ดำเนินการเอง");
}
void lower_target(ChangeContent& content) {
  content.after.kpis[0].target = Decimal::parse("2");
}

// ---- projects

TEST_P(PlansOnEngines, A_project_is_listed_found_and_kept_in_all_its_versions) {
  const auto first = recorded("R-1");
  recorded("R-2", BudgetClass::over_ceiling);
  auto office = as("provincial_office");
  Query<ProjectQuery> query;
  query.value.q = word<Text<0, 100>>("เข้าแหล่ง");
  EXPECT_EQ(plans().list_projects(office, query)->items.size(), 2u);
  query.value.q = word<Text<0, 100>>("R-2");
  EXPECT_EQ(plans().list_projects(office, query)->items.size(), 1u);
  query.value.q = word<Text<0, 100>>("%");
  EXPECT_TRUE(plans().list_projects(office, query)->items.empty()) << "a sign means itself";
  EXPECT_EQ(first.total_satang, baht(3'000'000));
  const auto history = plans().project_history(office, {{first.project_id}});
  ASSERT_EQ(history->items.size(), 1u);
  EXPECT_EQ(history->items[0].act, "project.record");
  EXPECT_EQ(history->items[0].office_th, "ตำแหน่ง provincial_office");
}

TEST_P(PlansOnEngines, Pages_of_a_list_join_without_a_gap_or_a_repeat) {
  for (int i = 0; i < 7; ++i) recorded("R-" + std::to_string(i));
  auto moi = as("moi", "");
  Query<ProjectQuery> query;
  query.value.limit = *PageLimit::of_count(3);
  std::vector<std::string> seen;
  for (bool more = true; more;) {
    const auto page = plans().list_projects(moi, query);
    for (const auto& item : page->items) seen.push_back(item.code.text());
    more = page->next.has_value();
    if (more) query.value.cursor = ProjectId::parse(*page->next);
  }
  EXPECT_EQ(seen, (std::vector<std::string>{"R-0", "R-1", "R-2", "R-3", "R-4", "R-5", "R-6"}));
}

TEST_P(PlansOnEngines, A_province_reads_and_writes_its_own_plan_only) {
  const auto project = recorded();
  auto other = as("provincial_office", "40");
  EXPECT_TRUE(plans().get_project(other, {{project.project_id}}).problem().is(errors::forbidden));
  EXPECT_TRUE(plans().list_projects(other, {})->items.empty());
  EXPECT_TRUE(
      plans().record_project(other, new_project("X", road())).problem().is(errors::forbidden));
  auto citizen = as("citizen", "");
  EXPECT_TRUE(plans().list_projects(citizen, {})->items.empty());
  auto office = as("provincial_office");
  EXPECT_TRUE(
      plans().record_project(office, new_project("R-1", road())).problem().is(errors::conflict));
}

TEST_P(PlansOnEngines, An_import_adds_what_is_new_and_what_goes_out_comes_in_again) {
  const auto project = recorded();
  const auto csv = plans().exported(ExportQuery{});
  EXPECT_NE(csv.find("รหัสจังหวัด,จังหวัด,ปีงบประมาณ,รหัสโครงการ"), csv.npos);
  EXPECT_NE(csv.find("ปรับปรุงถนนเข้าแหล่งผลิต"), csv.npos);
  const auto again = read_budget_lines(csv, "projects.csv", *areas().now());
  ASSERT_TRUE(again.ok());
  EXPECT_TRUE(again->faults.empty());
  ASSERT_EQ(again->projects.size(), 1u);
  EXPECT_EQ(*total_of(again->projects[0].content), project.total_satang);
  EXPECT_TRUE(plans().not_yet_here(again->projects)->empty()) << "it is here by its name";
  auto other = again->projects;
  other[0].province = *AreaCode::parse("40");
  const auto fresh = plans().not_yet_here(other);
  ASSERT_EQ(fresh->size(), 1u);
  Call program;
  program.now = moment("2027-03-10T03:00:00.000Z");
  ASSERT_TRUE(plans().import(program, *fresh, "lines.csv").ok());
  EXPECT_TRUE(plans().not_yet_here(other)->empty());
  EXPECT_EQ(count("project"), 2);
  EXPECT_EQ(entries().back().act, "project.import");
}

// ---- a request that ends in the province

TEST_P(PlansOnEngines, A_change_of_details_ends_in_the_province_and_is_reported_in_time) {
  const auto project = recorded();
  const auto draft = edited(begun(project), another_method);
  ASSERT_TRUE(draft.judged.classification);
  EXPECT_EQ(draft.judged.classification->decided_by, Decider::provincial_committee);
  EXPECT_EQ(draft.judged.differences, std::vector<std::string>{"/activities/0/method_th"});
  const auto decided = resolved(settled(draft));
  ASSERT_TRUE(decided.ok());
  EXPECT_EQ(decided->state, ChangeState::decided_here);
  EXPECT_EQ(decided->report_due, day("2027-03-25")) << "15 days after the meeting of 10 March";
  ASSERT_TRUE(decided->resolution);
  EXPECT_EQ(decided->resolution->subject_id->text(), decided->change_id.text());
  EXPECT_EQ(now(project.project_id).content.value.activities[0].method_th.text(), "จ้างเหมา")
      << "a decision is not yet the plan";

  auto office = as("provincial_office");
  ASSERT_TRUE(plans().apply(office, path(draft), {}).ok());
  const auto changed = now(project.project_id);
  EXPECT_EQ(changed.content.value.activities[0].method_th.text(), "ดำเนินการเอง");
  EXPECT_EQ(changed.version, 2);
  const auto history = plans().project_history(office, {{project.project_id}});
  ASSERT_EQ(history->items.size(), 2u);
  EXPECT_EQ(history->items[0].change_id, draft.change_id);

  EXPECT_TRUE(plans().close(office, path(draft), {}).problem().is(report_wanted));
  const ReportRequest report{day("2027-03-10"), word<Text<1, 200>>("ที่ รบ 0017/123")};
  ASSERT_TRUE(plans().report(office, path(draft), report).ok());
  EXPECT_TRUE(plans().report(office, path(draft), report).problem().is(errors::conflict));
  const auto closed = plans().close(office, path(draft), {});
  ASSERT_TRUE(closed.ok());
  EXPECT_EQ(closed->state, ChangeState::closed);
  EXPECT_EQ(entries().back().act, "change.close");
}

TEST_P(PlansOnEngines, The_decision_raises_the_report_as_an_obligation_and_the_report_proves_it) {
  const auto draft = edited(begun(recorded()), another_method);
  ASSERT_TRUE(resolved(settled(draft)).ok());
  const auto owed = owed_by(draft);
  ASSERT_EQ(owed.size(), 1u);
  EXPECT_EQ(owed[0].kind.text(), "report_to_budget_bureau");
  EXPECT_EQ(owed[0].office_role.text(), "governor");
  EXPECT_EQ(owed[0].title_th.text(), "ปรับปรุงถนนเข้าแหล่งผลิต");
  EXPECT_EQ(owed[0].link.text(), "changes/" + draft.change_id.text());
  EXPECT_FALSE(owed[0].duty.value.verified) << "our reading of who reports, and from which day";
  auto office = as("provincial_office");
  ASSERT_TRUE(
      plans().report(office, path(draft), {day("2027-03-10"), word<Text<1, 200>>("ที่ 1")}).ok());
  const auto proved = owed_by(draft);
  EXPECT_EQ(proved[0].state, obligations::ObligationState::proved);
  EXPECT_EQ(proved[0].letter->text(), "ที่ 1");
  Query<ChangeQuery> all;
  EXPECT_EQ(plans().list_changes(office, all)->items[0].reported_on, day("2027-03-10"));
}

TEST_P(PlansOnEngines, A_report_that_was_sent_but_is_not_proved_keeps_the_request_open) {
  const auto draft = edited(begun(recorded()), another_method);
  ASSERT_TRUE(resolved(settled(draft)).ok());
  auto office = as("provincial_office");
  ASSERT_TRUE(plans().apply(office, path(draft), {}).ok());
  const Path<obligations::ObligationPath> report{{owed_by(draft)[0].obligation_id}};
  ASSERT_TRUE(obligations()
                  .serve(office, report,
                         {day("2027-03-10"), word<obligations::Letter>("ที่ 1"),
                          obligations::LetterChannel::electronic_form})
                  .ok());
  EXPECT_TRUE(plans().close(office, path(draft), {}).problem().is(report_wanted));
  ASSERT_TRUE(obligations()
                  .prove(office, report,
                         {day("2027-03-10"), word<Text<1, 300>>("ลงรับ 9"), std::nullopt,
                          word<Text<1, 500>>("แฟ้ม 1")})
                  .ok());
  EXPECT_TRUE(plans().close(office, path(draft), {}).ok());
}

// ---- a request that goes up

TEST_P(PlansOnEngines, A_change_of_substance_goes_up_as_a_complete_dossier) {
  const auto project = recorded();
  const auto draft = edited(begun(project), lower_target);
  EXPECT_EQ(draft.judged.classification->decided_by, Decider::regional_subcommittee);
  ASSERT_EQ(draft.judged.what_if->steps.size(), 1u);
  const auto endorsed = resolved(settled(draft));
  ASSERT_TRUE(endorsed.ok());
  EXPECT_EQ(endorsed->state, ChangeState::endorsed);
  EXPECT_FALSE(endorsed->report_due);
  auto governor = as("governor");
  const SendUpRequest letter{word<Text<1, 200>>("ที่ รบ 0017/124")};
  const auto refused = plans().send_up(governor, path(draft), letter);
  EXPECT_TRUE(refused.problem().is(dossier_incomplete));
  EXPECT_EQ(refused.problem().fields.size(), 4u) << "three effects and an attachment";

  auto office = as("provincial_office");
  ChangePatch patch{endorsed->content};
  patch.content.reason_th = word<Reason>("อื่น");
  EXPECT_TRUE(plans().edit_change(office, path(draft), patch).problem().is(errors::wrong_state));
  patch.content = endorsed->content;
  patch.content.effect_kpi_th = patch.content.effect_beneficiaries_th =
      patch.content.effect_money_th = word<Reason>("ลดลง");
  ASSERT_TRUE(plans().edit_change(office, path(draft), patch).ok());
  ASSERT_TRUE(plans()
                  .put_file(office, {{draft.change_id, *Key::parse("boq")}}, {},
                            {"%PDF-1.4\n%%EOF\n", "application/pdf"})
                  .ok());
  ASSERT_TRUE(plans().send_up(governor, path(draft), letter).ok());

  auto moi = as("moi", "");
  const OutcomeRequest outcome{ChangeOutcome::acknowledge, day("2027-03-10"),
                               word<Text<1, 500>>("หนังสือคณะอนุกรรมการ")};
  EXPECT_TRUE(
      plans().record_outcome(governor, path(draft), outcome).problem().is(errors::forbidden));
  const auto decided = plans().record_outcome(moi, path(draft), outcome);
  ASSERT_TRUE(decided.ok());
  EXPECT_EQ(decided->state, ChangeState::decided_above);
  EXPECT_EQ(decided->days, 0);
  EXPECT_TRUE(owed_by(draft).empty()) << "the row asks for no report";
  ASSERT_TRUE(plans().apply(office, path(draft), {}).ok());
  EXPECT_EQ(now(project.project_id).content.value.kpis[0].target, Decimal::parse("2"));
}

TEST_P(PlansOnEngines, What_comes_back_from_above_begins_again) {
  const auto draft = edited(begun(recorded()), [](ChangeContent& content) {
    lower_target(content);
    content.effect_kpi_th = content.effect_beneficiaries_th = content.effect_money_th =
        word<Reason>("ลดลง");
  });
  auto office = as("provincial_office"), governor = as("governor"), moi = as("moi", "");
  ASSERT_TRUE(plans()
                  .put_file(office, {{draft.change_id, *Key::parse("boq")}}, {},
                            {"%PDF-1.4\n%%EOF\n", "application/pdf"})
                  .ok());
  ASSERT_TRUE(resolved(settled(draft)).ok());
  ASSERT_TRUE(plans().send_up(governor, path(draft), {word<Text<1, 200>>("ที่ 1")}).ok());
  const auto back = plans().record_outcome(
      moi, path(draft),
      {ChangeOutcome::give_back, day("2027-03-10"), word<Text<1, 500>>("ขอข้อมูลเพิ่ม")});
  ASSERT_TRUE(back.ok());
  EXPECT_EQ(back->state, ChangeState::draft);
  EXPECT_FALSE(back->settled);
  const auto history = plans().change_history(office, path(draft));
  EXPECT_EQ(history->items.back().note.text(), "ขอข้อมูลเพิ่ม");
}

// ---- contested, objected

TEST_P(PlansOnEngines, A_contested_classification_is_recorded_with_both_answers) {
  const auto draft = edited(begun(recorded()), [](ChangeContent& content) {
    content.after.name_th = word<Text<0, 500>>("ปรับปรุงถนนเข้าแหล่งผลิต (แก้คำ)");
  });
  auto office = as("provincial_office");
  ASSERT_TRUE(plans().submit(office, path(draft), {}).ok());
  const SettleRequest contest{Decider::provincial_committee, word<Reason>("แก้คำเท่านั้น")};
  const auto settled = plans().settle_classification(office, path(draft), contest);
  ASSERT_TRUE(settled.ok());
  EXPECT_TRUE(settled->settled->contested);
  EXPECT_EQ(settled->settled->proposed.decided_by, Decider::regional_subcommittee);
  EXPECT_EQ(entries().back().act, "change.settle");
  EXPECT_NE(entries().back().change.find("\"contested\":true"), std::string::npos);
  EXPECT_EQ(resolved(*settled)->state, ChangeState::decided_here);
}

TEST_P(PlansOnEngines, A_written_objection_stays_whatever_becomes_of_the_request) {
  const auto draft = edited(begun(recorded()), another_method);
  auto office = as("provincial_office");
  const ObjectionRequest objection{word<Text<1, 4000>>("ไม่เห็นด้วย เพราะขัดกับรายการใน พ.ร.บ.")};
  const auto objected = plans().object(office, path(draft), objection);
  ASSERT_TRUE(objected.ok());
  ASSERT_EQ(objected->objections.size(), 1u);
  EXPECT_NE(entries().back().change.find(objected->objections[0].sha256), std::string::npos)
      << "the ledger holds the digest of the text";
  EXPECT_EQ(entries().back().change.find("ไม่เห็นด้วย"), std::string::npos);
  ASSERT_TRUE(plans().withdraw(office, path(draft), {word<Text<1, 4000>>("ไม่จำเป็นแล้ว")}).ok());
  ASSERT_TRUE(plans().object(office, path(draft), objection).ok()) << "also afterwards";
  EXPECT_EQ(plans().get_change(office, path(draft))->objections.size(), 2u);
}

// ---- several at once

TEST_P(PlansOnEngines, Of_two_officers_who_decide_at_once_one_wins_and_the_other_is_told) {
  const auto change = settled(edited(begun(recorded()), another_method));
  const CommitteeRequest requests[] = {decision(), decision(CommitteeDecision::reject)};
  std::optional<Result<Change>> answers[2];
  std::thread officers[2];
  for (int i = 0; i < 2; ++i)
    officers[i] = std::thread([&, i] {
      auto call = as(i ? "governor" : "provincial_office");
      call.if_match_any = false;
      call.if_match = change.version;
      answers[i] = plans().resolve(call, path(change), requests[i]);
    });
  for (auto& officer : officers) officer.join();
  ASSERT_NE(answers[0]->ok(), answers[1]->ok());
  const auto& loser = answers[0]->ok() ? *answers[1] : *answers[0];
  EXPECT_TRUE(loser.problem().is(errors::changed_meanwhile));
  EXPECT_EQ(count("resolution WHERE subject_kind = 'change'"), 1);
}

TEST_P(PlansOnEngines, A_change_that_another_overtook_is_told_and_can_be_written_again) {
  const auto project = recorded();
  const auto one = edited(begun(project), another_method);
  const auto other = edited(begun(project), [](ChangeContent& content) {
    content.after.activities[1].method_th = word<Text<0, 500>>("จ้างเหมา");
  });
  ASSERT_TRUE(resolved(settled(one)).ok());
  ASSERT_TRUE(resolved(settled(other)).ok());
  auto office = as("provincial_office");
  const Call writer = office;
  EXPECT_TRUE(plans()
                  .give_back(office, path(other), {word<Text<1, 4000>>("ลองคืน")})
                  .problem()
                  .is(errors::wrong_state))
      << "what can take effect is not given back";
  ASSERT_TRUE(plans().apply(office, path(one), {}).ok());
  EXPECT_TRUE(plans().apply(office, path(other), {}).problem().is(plan_moved));
  const auto back = plans().give_back(office, path(other), {word<Text<1, 4000>>("แผนเปลี่ยนแล้ว")});
  ASSERT_TRUE(back.ok());
  EXPECT_EQ(owed_by(other)[0].state, obligations::ObligationState::released);
  EXPECT_FALSE(back->report_due);
  const auto saved = plans().edit_change(office, path(other), {back->content});
  ASSERT_TRUE(saved.ok());
  EXPECT_EQ(saved->before.activities[0].method_th.text(), "ดำเนินการเอง")
      << "it is compared with the plan as it stands now";
}

TEST_P(PlansOnEngines, A_change_needs_the_version_it_was_made_from) {
  const auto draft = begun(recorded());
  auto office = as("provincial_office");
  office.if_match_any = false;
  EXPECT_TRUE(plans().submit(office, path(draft), {}).problem().is(errors::if_match_required));
  office.if_match = draft.version + 1;
  EXPECT_TRUE(plans().submit(office, path(draft), {}).problem().is(errors::changed_meanwhile));
}

// ---- money

TEST_P(PlansOnEngines, Leftover_money_moves_from_one_project_to_another_and_no_further) {
  const auto lender = recorded("R-1");
  const auto standby = recorded("R-2", BudgetClass::over_ceiling);
  const auto draft = edited(begun(standby), [&](ChangeContent& content) {
    content.leftover = Leftover{lender.project_id, baht(3'000'000)};
  });
  EXPECT_EQ(draft.judged.classification->decided_by, Decider::provincial_committee);
  ASSERT_TRUE(resolved(settled(draft)).ok());
  auto office = as("provincial_office");
  ASSERT_TRUE(plans().apply(office, path(draft), {}).ok());
  EXPECT_EQ(now(lender.project_id).released_satang, baht(3'000'000));
  EXPECT_EQ(now(standby.project_id).budget_class, BudgetClass::within_ceiling);
  const auto third = recorded("R-3", BudgetClass::over_ceiling);
  const auto greedy = edited(begun(third), [&](ChangeContent& content) {
    content.leftover = Leftover{lender.project_id, baht(3'000'000)};
  });
  const auto refused = plans().submit(office, path(greedy), {});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.problem().fields.back().code, "more_than_there_is");
}

TEST_P(PlansOnEngines, A_project_is_replaced_cancelled_and_added_by_requests) {
  const auto project = recorded();
  const auto take_through = [&](const Change& draft) {
    auto office = as("provincial_office"), governor = as("governor"), moi = as("moi", "");
    const auto file = Path<ChangeFilePath>{{draft.change_id, *Key::parse("boq")}};
    EXPECT_TRUE(plans().put_file(office, file, {}, {"%PDF-1.4\n%%EOF\n", "application/pdf"}).ok());
    EXPECT_TRUE(resolved(settled(draft)).ok());
    EXPECT_TRUE(plans().send_up(governor, path(draft), {word<Text<1, 200>>("ที่ 1")}).ok());
    EXPECT_TRUE(
        plans()
            .record_outcome(moi, path(draft),
                            {ChangeOutcome::approve, day("2027-03-10"), word<Text<1, 500>>("มติ")})
            .ok());
    EXPECT_TRUE(plans().apply(office, path(draft), {}).ok());
  };
  const auto with_effects = [](ChangeContent& content, std::string_view code) {
    content.new_code = word<ProjectCode>(code);
    content.after.name_th = word<Text<0, 500>>(std::string("โครงการ ") + std::string(code));
    content.effect_kpi_th = content.effect_beneficiaries_th = content.effect_money_th =
        word<Reason>("คงเดิม");
  };
  take_through(edited(begun(project, RequestKind::replace),
                      [&](ChangeContent& content) { with_effects(content, "R-9"); }));
  EXPECT_EQ(now(project.project_id).state, ProjectState::cancelled);
  auto office = as("provincial_office");
  EXPECT_TRUE(plans()
                  .create_change(office, {RequestKind::amend, project.project_id, {}, {}})
                  .problem()
                  .is(errors::wrong_state));
  NewChange add;
  add.kind = RequestKind::add;
  add.province = *AreaCode::parse("70");
  add.fiscal_year = *FiscalYear::of_count(2027);
  const auto begun_add = plans().create_change(office, add);
  ASSERT_TRUE(begun_add.ok());
  take_through(edited(begun_add->value, [&](ChangeContent& content) {
    content.after = road();
    with_effects(content, "R-10");
  }));
  Query<ProjectQuery> standby;
  standby.value.budget_class = BudgetClass::over_ceiling;
  EXPECT_EQ(plans().list_projects(office, standby)->items.front().code.text(), "R-10")
      << "without money it stands by";
  EXPECT_EQ(count("project_version"), 4);
}

// ---- what the rules refuse

TEST_P(PlansOnEngines, A_resolution_of_another_body_does_not_decide_a_request) {
  const auto change = settled(edited(begun(recorded()), another_method));
  auto governor = as("governor");
  auto in = decision();
  in.meeting_id = meeting("subcommittee_regional_local");
  const auto refused = plans().resolve(governor, path(change), in);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.problem().fields[0].code, "another_body");
  in.meeting_id = meeting("provincial_administration_committee.40");
  const auto neighbour = plans().resolve(governor, path(change), in);
  ASSERT_FALSE(neighbour.ok());
  EXPECT_EQ(neighbour.problem().fields[0].code, "another_body");
}

TEST_P(PlansOnEngines, A_resolution_cannot_be_older_than_the_request) {
  const auto change = settled(edited(begun(recorded()), another_method));
  auto governor = as("governor");
  auto in = decision();
  in.meeting_id = meeting("provincial_administration_committee.70", "2027-03-09");
  const auto refused = plans().resolve(governor, path(change), in);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.problem().fields[0].code, "before_request");
  EXPECT_EQ(count("resolution WHERE subject_kind = 'change'"), 0);
}

TEST_P(PlansOnEngines, Acts_say_what_is_next_and_why_something_is_not) {
  const auto draft = begun(recorded());
  auto office = as("provincial_office");
  const auto acts = plans().change_acts(office, path(draft));
  ASSERT_TRUE(acts.ok());
  const auto find = [&](std::string_view act) {
    for (const auto& next : acts->items)
      if (next.act == act) return next;
    ADD_FAILURE() << act;
    return authority::NextAct{};
  };
  EXPECT_TRUE(find("change.edit").allowed);
  EXPECT_FALSE(find("change.submit").allowed) << "nothing has changed yet";
  EXPECT_FALSE(find("change.submit").why_not_th.empty());
  EXPECT_TRUE(find("objection.record").allowed);
  auto auditor = as("auditor", "");
  EXPECT_TRUE(plans().get_change(auditor, path(draft)).ok());
  EXPECT_TRUE(
      plans().edit_change(auditor, path(draft), {draft.content}).problem().is(errors::forbidden));
}

TEST_P(PlansOnEngines, Figures_count_for_everybody_and_tell_days_to_those_who_may_read) {
  const auto here = edited(begun(recorded("R-1")), another_method);
  ASSERT_TRUE(resolved(settled(here)).ok());
  begun(recorded("R-2"));  // a draft is nobody's business yet
  Call anybody;
  anybody.now = moment("2027-04-30T03:00:00.000Z");
  const auto open = plans().get_figures(anybody, {{*AreaCode::parse("70")}});
  ASSERT_TRUE(open.ok());
  EXPECT_EQ(open->requests, 1);
  EXPECT_EQ(open->decided_here, 1);
  EXPECT_EQ(open->reports_overdue, 1);
  EXPECT_FALSE(open->days_here);
  auto moi = as("moi", "");
  const auto told = plans().get_figures(moi, {{*AreaCode::parse("70")}});
  ASSERT_TRUE(told->days_here);
  EXPECT_EQ(told->days_here->requests, 1);
  EXPECT_FALSE(told->days_above->median);
  EXPECT_TRUE(
      plans().get_figures(anybody, {{*AreaCode::parse("99")}}).problem().is(errors::not_found));
}

}  // namespace
}  // namespace changwat::plans
