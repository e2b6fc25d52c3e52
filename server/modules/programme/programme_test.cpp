#include "modules/programme/programme.hpp"

#include <functional>
#include <map>
#include <thread>

#include <gtest/gtest.h>

#include "modules/programme/testing.hpp"

namespace changwat::programme {
namespace {

class ProgrammeTest : public ProgrammeOnBothEngines {
 protected:
  using Act = std::function<Result<Application>(const ApplicationId&)>;

  // Every act, done by somebody who may do it, with content that is good.
  std::map<std::string, Act> every_act() {
    return {
        {"edit",
         [this](const ApplicationId& id) {
           auto call = as("provincial_office", "70");
           call.if_match_any = true;
           return programme().edit_application(call, path(id),
                                               {{.risks_th = word<Text<0, 4000>>("อื่น")}});
         }},
        {"submit",
         [this](const ApplicationId& id) {
           auto call = as("governor", "70");
           return programme().submit(call, path(id), {});
         }},
        {"return",
         [this](const ApplicationId& id) {
           auto call = as("opdc");
           ReturnRequest in{moment("2021-03-20T16:59:59.000Z"), {}};
           in.findings.push_back(
               {word<Text<0, 200>>("/summary_th"), word<Text<1, 2000>>("ขยายความ")});
           return programme().return_for_correction(call, path(id), in);
         }},
        {"accept",
         [this](const ApplicationId& id) {
           auto call = as("opdc");
           return programme().accept(call, path(id), {word<Text<0, 2000>>("ครบ")});
         }},
        {"advise",
         [this](const ApplicationId& id) {
           auto call = as("committee_member");
           return programme().advise(call, path(id),
                                     {WorkingGroup::economy, word<Text<1, 10000>>("ข้อเสนอแนะ")});
         }},
        {"resolve", [this](const ApplicationId& id) { return resolve(id, Outcome::approve); }},
        {"withdraw",
         [this](const ApplicationId& id) {
           auto call = as("governor", "70");
           return programme().withdraw(call, path(id), {word<Text<1, 2000>>("เหตุผล")});
         }},
    };
  }

  Result<Application> resolve(const ApplicationId& id, Outcome kind) {
    auto call = as("opdc", "", "2021-03-29T02:00:00.000Z");
    return programme().resolve(call, path(id), resolution(kind));
  }

  // A new application that has come to `state` by real acts.
  ApplicationId in_state(ApplicationState state) {
    const auto to = open_call();
    auto acts = every_act();
    const auto go = [&](const ApplicationId& id, const std::vector<const char*>& names) {
      for (const auto* name : names) EXPECT_TRUE(acts[name](id).ok()) << name;
      return id;
    };
    if (state == State::draft) return filled(to).application_id;
    const auto id = submitted(to).application_id;
    switch (state) {
      case State::submitted:
        return id;
      case State::returned:
        return go(id, {"return"});
      case State::screening:
        return go(id, {"accept"});
      case State::advised:
        return go(id, {"accept", "advise"});
      case State::withdrawn:
        return go(id, {"withdraw"});
      default:
        break;
    }
    go(id, {"accept", "advise"});
    const auto outcome = state == State::approved       ? Outcome::approve
                         : state == State::acknowledged ? Outcome::acknowledge
                         : state == State::revising     ? Outcome::revise
                                                        : Outcome::reject;
    EXPECT_TRUE(resolve(id, outcome).ok());
    return id;
  }

  Result<Application> read(Call call, const ApplicationId& id) {
    return programme().get_application(call, path(id));
  }
};

TEST_P(ProgrammeTest, In_each_state_exactly_these_acts_are_possible) {
  const std::map<ApplicationState, std::set<std::string>> possible{
      {State::draft, {"edit", "submit", "withdraw"}},
      {State::submitted, {"accept", "return", "withdraw"}},
      {State::returned, {"edit", "submit", "withdraw"}},
      {State::screening, {"advise", "resolve", "withdraw"}},
      {State::advised, {"advise", "resolve", "withdraw"}},
      {State::approved, {}},
      {State::acknowledged, {}},
      {State::revising, {"edit", "submit", "withdraw"}},
      {State::rejected, {}},
      {State::withdrawn, {}},
  };
  auto acts = every_act();
  for (const auto& [state, names] : possible) {
    const auto id = in_state(state);
    const auto before = read(as("opdc"), id);
    ASSERT_TRUE(before.ok());
    ASSERT_EQ(before->state, state);
    const auto entries_before = entries().size();
    for (const auto& [name, act] : acts) {
      if (names.contains(name)) continue;
      const auto refused = act(id);
      ASSERT_FALSE(refused.ok()) << name << " in " << enum_name(state);
      EXPECT_TRUE(refused.problem().is(errors::wrong_state)) << name << " in " << enum_name(state);
      EXPECT_FALSE(refused.problem().th.empty());
    }
    // resolve records its meeting before it is refused: that is another record.
    const auto meetings = names.contains("resolve") ? 0u : 1u;
    EXPECT_EQ(entries().size(), entries_before + meetings) << enum_name(state);
    EXPECT_EQ(to_json(*read(as("opdc"), id)), to_json(*before))
        << "a refused act changed the record";
    for (const auto& name : names) {
      const auto fresh = in_state(state);
      EXPECT_TRUE(acts[name](fresh).ok()) << name << " in " << enum_name(state);
    }
  }
}

TEST_P(ProgrammeTest, An_application_lives_from_draft_to_approval_and_every_step_is_kept) {
  const auto to = open_call();
  const auto id = submitted(to).application_id;
  auto acts = every_act();
  ASSERT_TRUE(acts["return"](id).ok());
  const auto returned = read(as("provincial_office", "70"), id);
  ASSERT_EQ(returned->findings.size(), 1u);
  EXPECT_EQ(returned->deadline_at.text(), "2021-03-20T16:59:59.000Z");
  ASSERT_TRUE(acts["edit"](id).ok());
  ASSERT_TRUE(acts["submit"](id).ok());
  ASSERT_TRUE(acts["accept"](id).ok());
  ASSERT_TRUE(acts["advise"](id).ok());
  ASSERT_TRUE(acts["advise"](id).ok());
  const auto approved = acts["resolve"](id);
  ASSERT_TRUE(approved.ok());
  EXPECT_EQ(approved->state, State::approved);
  EXPECT_EQ(approved->advice.size(), 2u);
  ASSERT_TRUE(approved->resolution.has_value());
  EXPECT_EQ(approved->resolution->kind, committees::ResolutionKind::approve);
  EXPECT_EQ(approved->resolution->subject_id->text(), id.text());

  auto auditor = as("auditor");
  const auto history = programme().list_history(auditor, path(id));
  ASSERT_TRUE(history.ok());
  std::vector<std::string> steps;
  for (const auto& item : history->items) steps.push_back(item.act);
  EXPECT_EQ(steps, (std::vector<std::string>{
                       "application.create", "application.attach", "application.edit",
                       "application.submit", "application.return", "application.edit",
                       "application.submit", "application.accept", "application.advise",
                       "application.advise", "application.resolve"}));
  EXPECT_EQ(history->items[0].who, "person_provincial_office70");
  EXPECT_EQ(history->items[3].office_th, "ตำแหน่ง governor");
  EXPECT_EQ(history->items[7].note->text(), "ครบ");

  std::size_t of_application = 0;
  for (const auto& entry : entries())
    if (entry.subject_id == id.text()) {
      ++of_application;
      EXPECT_FALSE(entry.office_id.empty());
      EXPECT_NE(entry.authority.find("\"source\""), std::string::npos);
      EXPECT_EQ(entry.change.find("สรุป"), std::string::npos)
          << "the ledger carries pointers, not content";
    }
  EXPECT_EQ(of_application, steps.size());
}

TEST_P(ProgrammeTest, Approval_makes_a_member_of_the_year_and_defines_the_indicators) {
  const auto id =
      in_state(State::approved);  // Ratchaburi is a volunteer of 2021 by the founding facts
  ASSERT_EQ(kpis().defined.size(), 1u);
  EXPECT_EQ(kpis().defined[0].province.text(), "70");
  EXPECT_EQ(kpis().defined[0].application_id, id.text());
  EXPECT_EQ(kpis().defined[0].kpis.size(), 2u);
  EXPECT_EQ(count("membership WHERE province = '70'"), 2);  // 2020 and 2021: no third one
  EXPECT_EQ(count("membership WHERE province = '70' AND resolution_id IS NOT NULL AND entered_on = "
                  "'2021-03-26'"),
            1);

  const auto other = submitted(open_call(), "71");  // in no cohort before
  auto opdc = as("opdc", "", "2021-03-29T02:00:00.000Z");
  ASSERT_TRUE(programme().accept(opdc, path(other.application_id), {}).ok());
  ASSERT_TRUE(
      programme().resolve(opdc, path(other.application_id), resolution(Outcome::approve)).ok());
  EXPECT_EQ(count("membership WHERE province = '71'"), 1);
  EXPECT_EQ(count("cohort WHERE code = 'approved_volunteer_2021' AND kind = 'volunteer'"), 1);
}

TEST_P(ProgrammeTest, Other_resolutions_define_nothing_and_a_revision_has_its_own_deadline) {
  for (const auto state : {State::acknowledged, State::rejected, State::revising}) in_state(state);
  EXPECT_TRUE(kpis().defined.empty());
  EXPECT_EQ(count("membership WHERE application_id IS NOT NULL"), 0);

  const auto id = in_state(State::advised);
  auto opdc = as("opdc", "", "2021-03-29T02:00:00.000Z");
  auto in = resolution(Outcome::revise);
  in.deadline_at.reset();
  EXPECT_EQ(programme().resolve(opdc, path(id), in).problem().fields.at(0).pointer, "/deadline_at");
  in.deadline_at = moment("2021-04-30T16:59:59.000Z");
  ASSERT_TRUE(programme().resolve(opdc, path(id), in).ok());
  auto late = as("governor", "70", "2021-04-30T16:59:59.001Z");
  EXPECT_TRUE(programme().submit(late, path(id), {}).problem().is(deadline_passed));
  auto just =
      as("governor", "70", "2021-04-30T16:59:59.000Z");  // long after the call's own deadline
  EXPECT_TRUE(programme().submit(just, path(id), {}).ok());
}

TEST_P(ProgrammeTest, A_resolution_that_cannot_be_recorded_leaves_the_application_as_it_was) {
  const auto first = in_state(State::advised), second = in_state(State::advised);
  auto opdc = as("opdc", "", "2021-03-29T02:00:00.000Z");
  auto in = resolution(Outcome::approve);
  in.on_date = *Date::parse("2021-03-25");  // before the meeting
  EXPECT_EQ(programme().resolve(opdc, path(first), in).problem().fields.at(0).code,
            "before_meeting");
  EXPECT_EQ(read(as("opdc"), first)->state, State::advised);
  EXPECT_TRUE(kpis().defined.empty());
  in.on_date.reset();
  EXPECT_TRUE(programme().resolve(opdc, path(first), in).ok());
  EXPECT_TRUE(
      programme().resolve(opdc, path(second), in).ok());  // one number decides two applications
}

TEST_P(ProgrammeTest, The_deadline_counts_to_the_millisecond) {
  const auto to = open_call();
  const auto ratchaburi = filled(to), kanchanaburi = filled(to, "71");
  auto late = as("governor", "70", "2021-03-12T16:59:59.001Z");
  const auto refused = programme().submit(late, path(ratchaburi.application_id), {});
  ASSERT_FALSE(refused.ok());
  EXPECT_TRUE(refused.problem().is(deadline_passed));
  EXPECT_EQ(refused.problem().kind->status, 409);
  EXPECT_NE(refused.problem().th.find("1 วินาที"), std::string::npos);
  EXPECT_NE(refused.problem().th.find("12 มีนาคม 2564 เวลา 23.59.59"), std::string::npos);
  auto just = as("governor", "71", "2021-03-12T16:59:59.000Z");
  const auto done = programme().submit(just, path(kanchanaburi.application_id), {});
  ASSERT_TRUE(done.ok());
  EXPECT_EQ(done->submitted_at->text(), deadline_text);
}

TEST_P(ProgrammeTest, A_moved_deadline_helps_who_was_late_and_a_closed_call_takes_nothing) {
  const auto to = open_call();
  const auto application = filled(to);
  auto opdc = as("opdc", "", "2021-03-12T17:30:00.000Z");
  opdc.if_match = to.version;
  ASSERT_TRUE(programme()
                  .edit_call(opdc, {{to.call_id}},
                             {.deadline_at = moment("2021-03-13T16:59:59.000Z"),
                              .reason = word<Text<1, 1000>>("ระบบขัดข้อง")})
                  .ok());
  auto governor = as("governor", "70", "2021-03-13T00:00:00.000Z");
  EXPECT_TRUE(programme().submit(governor, path(application.application_id), {}).ok());

  const auto draft = filled(to, "71");
  auto closing = as("opdc", "", "2021-03-13T16:59:59.001Z");
  ASSERT_TRUE(programme().close_call(closing, {{to.call_id}}, {}).ok());
  auto other = as("governor", "71", "2021-03-13T16:00:00.000Z");  // a clock that lags
  EXPECT_TRUE(
      programme().submit(other, path(draft.application_id), {}).problem().is(errors::wrong_state));
}

TEST_P(ProgrammeTest, What_is_missing_is_told_before_and_at_submission) {
  const auto application = begun(open_call());
  auto governor = as("governor", "70");
  const auto lacking = programme().get_completeness(governor, path(application.application_id));
  ASSERT_TRUE(lacking.ok());
  EXPECT_FALSE(lacking->complete);
  const auto refused = programme().submit(governor, path(application.application_id), {});
  ASSERT_TRUE(refused.problem().is(errors::invalid_input));
  ASSERT_EQ(refused.problem().fields.size(), lacking->items.size());
  for (std::size_t i = 0; i < lacking->items.size(); ++i)
    EXPECT_EQ(refused.problem().fields[i].pointer, lacking->items[i].pointer);
  EXPECT_EQ(lacking->items.back().pointer, "/files/application_form");

  const auto acts = programme().application_acts(governor, path(application.application_id));
  ASSERT_TRUE(acts.ok());
  ASSERT_EQ(acts->items.size(), 3u);
  EXPECT_TRUE(acts->items[0].allowed);   // edit
  EXPECT_FALSE(acts->items[1].allowed);  // submit: not complete
  EXPECT_FALSE(acts->items[1].why_not_th.empty());
  EXPECT_TRUE(acts->items[2].allowed);  // withdraw
}

TEST_P(ProgrammeTest, Of_two_saves_from_the_same_version_one_wins_and_the_other_is_told) {
  const auto application = begun(open_call());
  std::vector<Result<Application>> results(2, Result<Application>(errors::internal));
  const auto save = [&](std::size_t i) {
    auto call = as(i == 0 ? "provincial_office" : "governor", "70");
    call.if_match = application.version;
    results[i] =
        programme().edit_application(call, path(application.application_id),
                                     {{.summary_th = word<Text<0, 4000>>(i == 0 ? "ก" : "ข")}});
  };
  std::thread first([&] { save(0); }), second([&] { save(1); });
  first.join();
  second.join();
  ASSERT_NE(results[0].ok(), results[1].ok());
  const auto& winner = results[0].ok() ? results[0] : results[1];
  const auto& loser = results[0].ok() ? results[1] : results[0];
  EXPECT_TRUE(loser.problem().is(errors::changed_meanwhile));
  EXPECT_EQ(read(as("opdc"), application.application_id)->proposal.summary_th,
            winner->proposal.summary_th);
  EXPECT_EQ(winner->version, application.version + 1);

  auto without = as("provincial_office", "70");
  EXPECT_TRUE(programme()
                  .edit_application(without, path(application.application_id), {})
                  .problem()
                  .is(errors::if_match_required));
}

TEST_P(ProgrammeTest, A_save_replaces_the_sections_it_gives_and_names_what_changed) {
  const auto application = filled(open_call());
  auto office = as("provincial_office", "70");
  office.if_match = application.version;
  auto agendas = application.proposal.agendas;
  agendas[1].title_th = word<Text<0, 300>>("น้ำใส");
  const auto saved = programme().edit_application(office, path(application.application_id),
                                                  {{.agendas = agendas}});
  ASSERT_TRUE(saved.ok());
  EXPECT_EQ(saved->proposal.agendas[1].title_th.text(), "น้ำใส");
  EXPECT_EQ(saved->proposal.kpis.size(), 2u);
  EXPECT_EQ(entries().back().act, "application.edit");
  EXPECT_EQ(entries().back().change, R"({"changed":["/agendas/1/title_th"]})");
}

TEST_P(ProgrammeTest, Saves_that_follow_each_other_are_one_step_of_the_history_and_many_entries) {
  const auto application = begun(open_call());
  const auto save = [&](std::string role, std::string_view now, ProposalPatch patch) {
    auto call = as(std::move(role), "70", now);
    call.if_match_any = true;
    ASSERT_TRUE(programme().edit_application(call, path(application.application_id), {patch}).ok());
  };
  const auto text = [](const char* s) { return word<Text<0, 4000>>(s); };
  const auto entries_before = entries().size();
  save("provincial_office", "2021-03-01T03:00:00.000Z", {.summary_th = text("1")});
  save("provincial_office", "2021-03-01T03:05:00.000Z", {.summary_th = text("2")});
  save("provincial_office", "2021-03-01T03:10:00.000Z", {.risks_th = text("3")});
  save("provincial_office", "2021-03-01T03:10:00.001Z",
       {.risks_th = text("4")});                                          // ten minutes are over
  save("governor", "2021-03-01T03:11:00.000Z", {.risks_th = text("5")});  // somebody else
  save("provincial_office", "2021-03-01T03:12:00.000Z", {.risks_th = text("6")});
  EXPECT_EQ(entries().size(), entries_before + 6);
  auto auditor = as("auditor");
  const auto history = programme().list_history(auditor, path(application.application_id));
  ASSERT_EQ(history->items.size(), 1u + 4u);
  EXPECT_EQ(history->items[1].at.text(), "2021-03-01T03:10:00.000Z");
  EXPECT_EQ(history->items[1].changed.value,
            (std::vector<std::string>{"/summary_th", "/risks_th"}));
}

TEST_P(ProgrammeTest, A_province_applies_once_to_a_call_and_volunteers_only_where_they_are_taken) {
  const auto to = open_call(false);
  const auto application = begun(to);
  EXPECT_EQ(application.kind, ApplicationKind::invited);
  auto office = as("provincial_office", "70");
  const auto again = programme().create_application(office, {to.call_id, *AreaCode::parse("70")});
  ASSERT_TRUE(again.problem().is(errors::conflict));
  EXPECT_NE(again.problem().en.find(application.application_id.text()), std::string::npos);
  auto neighbour = as("provincial_office", "71");
  EXPECT_TRUE(programme()
                  .create_application(neighbour, {to.call_id, *AreaCode::parse("71")})
                  .problem()
                  .is(volunteers_not_allowed));
  EXPECT_EQ(begun(open_call(true), "71").kind, ApplicationKind::volunteer);
  auto stranger = as("provincial_office", "99");
  EXPECT_TRUE(programme()
                  .create_application(stranger, {to.call_id, *AreaCode::parse("99")})
                  .problem()
                  .is(errors::invalid_input));
}

TEST_P(ProgrammeTest, Another_province_neither_reads_nor_writes_nor_sees_it_in_lists) {
  const auto to = open_call();
  const auto ours = filled(to), theirs = filled(to, "71");
  const auto id = ours.application_id;
  for (const auto* role : {"governor", "provincial_office"}) {
    auto foreign = as(role, "71");
    foreign.if_match_any = true;
    EXPECT_TRUE(programme().get_application(foreign, path(id)).problem().is(errors::forbidden));
    EXPECT_TRUE(
        programme().edit_application(foreign, path(id), {}).problem().is(errors::forbidden));
    EXPECT_TRUE(programme().submit(foreign, path(id), {}).problem().is(errors::forbidden));
    EXPECT_TRUE(programme().list_history(foreign, path(id)).problem().is(errors::forbidden));
    EXPECT_TRUE(programme()
                    .get_file(foreign, {{id, *Key::parse("application_form")}})
                    .problem()
                    .is(errors::forbidden));
    const auto list = programme().list_applications(foreign, {});
    ASSERT_EQ(list->items.size(), 1u);
    EXPECT_EQ(list->items[0].application_id, theirs.application_id);
  }
  auto citizen = as("citizen");
  EXPECT_TRUE(programme().list_applications(citizen, {})->items.empty());
  auto opdc = as("opdc");
  Query<ApplicationQuery> query;
  EXPECT_EQ(programme().list_applications(opdc, query)->items.size(), 2u);
  query.value.limit = *PageLimit::of_count(1);
  const auto page = programme().list_applications(opdc, query);
  ASSERT_TRUE(page->next.has_value());
  query.value.cursor = ApplicationId::parse(*page->next);
  const auto rest = programme().list_applications(opdc, query);
  EXPECT_EQ(rest->items.size(), 1u);
  EXPECT_FALSE(rest->next.has_value());
  EXPECT_NE(rest->items[0].application_id, page->items[0].application_id);
  Query<ApplicationQuery> of_state;
  of_state.value.state = State::submitted;
  of_state.value.province = AreaCode::parse("70");
  EXPECT_TRUE(programme().list_applications(opdc, of_state)->items.empty());
}

TEST_P(ProgrammeTest, Acts_are_for_the_offices_that_hold_the_power) {
  const auto id = submitted(open_call()).application_id;
  auto governor = as("governor", "70"), opdc = as("opdc");
  EXPECT_TRUE(programme().accept(governor, path(id), {}).problem().is(errors::forbidden));
  EXPECT_TRUE(programme()
                  .withdraw(opdc, path(id), {word<Text<1, 2000>>("x")})
                  .problem()
                  .is(errors::forbidden));
  EXPECT_TRUE(programme().advise(opdc, path(id), {}).problem().is(errors::forbidden));
  NewCall in;
  EXPECT_TRUE(programme().create_call(governor, in).problem().is(errors::forbidden));
}

TEST_P(ProgrammeTest, The_public_sees_what_was_approved_and_nothing_of_drafts) {
  Call nobody;
  const Path<ProvincePath> ratchaburi{{*AreaCode::parse("70")}};
  const auto draft = filled(open_call());
  for (const auto state :
       {State::submitted, State::returned, State::advised, State::rejected, State::withdrawn})
    in_state(state);
  auto page = programme().get_province(nobody, ratchaburi);
  ASSERT_TRUE(page.ok());
  EXPECT_FALSE(page->application.has_value());
  EXPECT_TRUE(page->agendas.empty() && page->resolutions.empty() && page->history.empty());
  EXPECT_EQ(page->memberships.size(), 2u);
  EXPECT_EQ(to_json(*page).find("สรุป"), std::string::npos);
  EXPECT_TRUE(programme()
                  .get_application(nobody, path(draft.application_id))
                  .problem()
                  .is(errors::sign_in_required));

  in_state(State::approved);
  page = programme().get_province(nobody, ratchaburi);
  ASSERT_TRUE(page->application.has_value());
  EXPECT_EQ(page->application->summary_th.text(), "สรุป");
  EXPECT_EQ(page->agendas.size(), 2u);
  EXPECT_EQ(page->resolutions.size(), 1u);
  EXPECT_EQ(page->history.size(), 3u);
  const auto json = to_json(*page);
  EXPECT_EQ(json.find("ข้อเสนอแนะ"), std::string::npos);
  EXPECT_EQ(json.find("ความเสี่ยง"), std::string::npos);
  EXPECT_EQ(json.find("person_"), std::string::npos);
  EXPECT_TRUE(programme()
                  .get_province(nobody, {{*AreaCode::parse("7001")}})
                  .problem()
                  .is(errors::not_found));
}

TEST_P(ProgrammeTest, A_call_is_seen_by_others_once_it_is_open) {
  auto opdc = as("opdc");
  NewCall in;
  in.fiscal_year = *FiscalYear::of_count(2022);
  in.title_th = word<Title>("ประกาศ");
  in.title_en = word<Title>("Call");
  in.opens_at = moment("2021-10-01T00:00:00.000Z");
  in.deadline_at = moment("2021-12-01T16:59:59.000Z");
  in.volunteers_allowed = true;
  const auto draft = programme().create_call(opdc, in);
  ASSERT_TRUE(draft.ok());
  const Path<CallPath> at{{draft->value.call_id}};
  Call nobody;
  EXPECT_TRUE(programme().get_call(nobody, at).problem().is(errors::not_found));
  EXPECT_EQ(programme().list_calls(nobody, {})->items.size(), 1u);  // that of the founding facts
  EXPECT_EQ(programme().list_calls(opdc, {})->items.size(), 2u);
  const auto acts = programme().call_acts(opdc, at);
  ASSERT_EQ(acts->items.size(), 2u);
  EXPECT_TRUE(acts->items[1].allowed);
  opdc.if_match = 99;
  EXPECT_TRUE(programme().open_call(opdc, at, {}).problem().is(errors::changed_meanwhile));
  opdc.if_match = draft->value.version;
  ASSERT_TRUE(programme().open_call(opdc, at, {}).ok());
  EXPECT_TRUE(programme().get_call(nobody, at).ok());
  opdc.if_match.reset();
  EXPECT_TRUE(programme().open_call(opdc, at, {}).problem().is(errors::wrong_state));
  EXPECT_TRUE(programme()
                  .close_call(opdc, at, {})
                  .problem()
                  .is(errors::wrong_state));  // before its deadline
  const auto open_acts = programme().call_acts(opdc, at);
  EXPECT_FALSE(open_acts->items[1].allowed);
  EXPECT_FALSE(open_acts->items[1].why_not_en.empty());
}

TEST_P(ProgrammeTest, Files_come_back_as_they_were_sent_and_stay_once_submitted) {
  const auto application = begun(open_call());
  const auto id = application.application_id;
  const auto key = *Key::parse("application_form");
  auto office = as("provincial_office", "70");
  const std::string all_bytes = pdf_bytes + std::string("\0\x01\xFF'\\", 5);
  const Query<FileQuery> named{{word<Text<1, 200>>("ใบสมัคร.pdf")}};
  auto put = programme().put_file(office, {{id, key}}, named, {all_bytes, "application/pdf"});
  ASSERT_TRUE(put.ok());
  ASSERT_EQ(put->files.size(), 1u);
  EXPECT_EQ(put->files[0].bytes, static_cast<std::int64_t>(all_bytes.size()));
  EXPECT_EQ(put->files[0].sha256.size(), 64u);
  EXPECT_EQ(put->version, application.version + 1);
  auto opdc = as("opdc");
  const auto got = programme().get_file(opdc, {{id, key}});
  ASSERT_TRUE(got.ok());
  EXPECT_EQ(got->body, all_bytes);
  EXPECT_EQ(got->content_type, "application/pdf");
  EXPECT_TRUE(got->headers[0].second.starts_with("attachment;"));
  put = programme().put_file(office, {{id, key}}, named,
                             {pdf_bytes, "application/pdf"});  // in its place
  EXPECT_EQ(put->files.size(), 1u);
  ASSERT_TRUE(
      programme()
          .put_file(office, {{id, *Key::parse("extra")}}, {}, {pdf_bytes, "application/pdf"})
          .ok());
  EXPECT_TRUE(programme().remove_file(office, {{id, *Key::parse("extra")}}).ok());
  EXPECT_TRUE(programme()
                  .remove_file(office, {{id, *Key::parse("extra")}})
                  .problem()
                  .is(errors::not_found));
  EXPECT_TRUE(programme()
                  .put_file(office, {{id, key}}, named, {"<script>", "application/pdf"})
                  .problem()
                  .is(errors::unsupported_media_type));
  office.if_match_any = true;
  ASSERT_TRUE(programme().edit_application(office, path(id), {whole(proposal())}).ok());
  ASSERT_TRUE(programme().submit(office, path(id), {}).ok());
  EXPECT_TRUE(programme().remove_file(office, {{id, key}}).problem().is(errors::wrong_state));
}

TEST_P(ProgrammeTest, The_stretch_of_each_target_comes_with_its_working) {
  const auto application = filled(open_call());
  kpis().peer_values = {{*AreaCode::parse("71"), *Decimal::parse("70")},
                        {*AreaCode::parse("40"), *Decimal::parse("72")},
                        {*AreaCode::parse("39"), *Decimal::parse("90")}};
  auto office = as("provincial_office", "70");
  const auto stretch = programme().get_stretch(office, path(application.application_id));
  ASSERT_TRUE(stretch.ok());
  ASSERT_EQ(stretch->items.size(), 4u);
  const auto& first = stretch->items[0];
  EXPECT_EQ(first.kpi_code, "closed_on_time");
  EXPECT_EQ(first.trend.label, StretchMark::above);
  EXPECT_EQ(first.trend.slope->text(), "1.65");
  EXPECT_EQ(first.trend.n, 3);
  EXPECT_EQ(first.peers.median->text(), "72");
  EXPECT_EQ(first.peers.label, StretchMark::above);
  EXPECT_EQ(stretch->items[2].trend.label,
            StretchMark::unknown);  // one baseline year makes no trend
}

TEST_P(ProgrammeTest, The_course_of_the_programme_is_told_by_year) {
  Call nobody;
  const auto view = programme().show(nobody);
  ASSERT_TRUE(view.ok());
  EXPECT_EQ(view->target->provinces, 38);
  ASSERT_EQ(view->years.size(), 4u);
  EXPECT_EQ(view->years[0].cohorts.at(0).members.size(), 6u);
  EXPECT_EQ(view->years[1].meetings.at(0).resolutions.size(), 3u);
  const auto& year = view->years[2];
  EXPECT_EQ(year.fiscal_year.buddhist(), 2564);
  ASSERT_EQ(year.cohorts.size(), 4u);
  std::size_t members = 0;
  for (const auto& cohort : year.cohorts) members += cohort.members.size();
  EXPECT_EQ(members, 32u);
  EXPECT_EQ(year.cohorts[1].group, 2);
  EXPECT_EQ(year.meetings.at(0).number.text(), "1/2564");
  EXPECT_EQ(year.milestones.size(), 5u);
  const auto again =
      programme().found(nobody, *read_facts(file_text("data/programme/programme.json")));
  EXPECT_TRUE(again.problem().is(errors::conflict));
}

TEST_P(ProgrammeTest, An_act_repeated_with_its_key_answers_the_same_and_changes_nothing) {
  const auto id = in_state(State::advised);
  auto opdc = as("opdc", "", "2021-03-29T02:00:00.000Z");
  const auto in = resolution(Outcome::approve);
  opdc.idempotency_key = "k";
  opdc.request_digest = "d";
  const auto first = programme().resolve(opdc, path(id), in);
  const auto entries_after = entries().size();
  const auto second = programme().resolve(opdc, path(id), in);
  ASSERT_TRUE(first.ok() && second.ok());
  EXPECT_EQ(to_json(*first), to_json(*second));
  EXPECT_EQ(entries().size(), entries_after);
  EXPECT_EQ(kpis().defined.size(), 1u);
}

TEST_P(ProgrammeTest, Every_route_has_its_place_and_its_description) {
  RouteTable table;
  committees().add_routes(table);
  programme().add_routes(table);
  const http::Router router(table);  // checks that no two routes answer the same request
  EXPECT_TRUE(router.find(http::Method::put, "/api/v1/applications/A/files/form").route);
  const auto document = http::openapi_document(table);
  EXPECT_NE(document.find("\"submit_application\""), std::string::npos);
  EXPECT_NE(document.find("\"CallForProposals\""), std::string::npos);
}

TEST_P(ProgrammeTest, The_demonstration_goes_its_whole_way_by_real_acts) {
  const auto demo = read_demo(file_text("data/demo/demo.json"));
  ASSERT_TRUE(demo.ok()) << demo.problem().en;
  const auto loaded = load_demo(programme(), committees(), database(), *demo, callers_of(*demo));
  ASSERT_TRUE(loaded.ok()) << loaded.problem().en;
  Call nobody;
  const auto page = programme().get_province(nobody, {{*AreaCode::parse("70")}});
  ASSERT_TRUE(page->application.has_value());
  EXPECT_TRUE(page->demonstration);
  EXPECT_EQ(page->agendas.size(), 3u);
  ASSERT_EQ(kpis().defined.size(), 1u);
  EXPECT_EQ(kpis().defined[0].kpis.size(), 6u);
  auto auditor = as("auditor");
  const auto history = programme().list_history(auditor, path(page->application->application_id));
  ASSERT_EQ(history->items.size(), 10u);
  EXPECT_EQ(history->items[0].at.bangkok_clock(), "09:30:00");
  EXPECT_EQ(history->items[4].act, "application.submit");
  EXPECT_EQ(history->items[4].office_en, "Governor of Ratchaburi (demonstration)");
  const auto again = load_demo(programme(), committees(), database(), *demo, callers_of(*demo));
  EXPECT_TRUE(again.problem().is(errors::conflict));
}

CHANGWAT_ON_BOTH_ENGINES(ProgrammeTest);

}  // namespace
}  // namespace changwat::programme
