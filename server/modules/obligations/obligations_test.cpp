// Obligations through their acts, on both engines.

#include <algorithm>

#include "platform/auth/encoding.hpp"
#include "platform/documents/attachments.hpp"

#include "modules/obligations/testing.hpp"

namespace changwat::obligations {
namespace {

class ObligationsTest : public ObligationsOnBothEngines {};

Subject subject_of(const ObligationRow& row) {
  return {row.subject_kind, row.subject_id};
}

TEST_P(ObligationsTest, What_is_raised_says_who_owes_what_to_whom_by_which_law_until_when) {
  const auto row = raised(about());
  EXPECT_EQ(row.kind.text(), "report_to_budget_bureau");
  EXPECT_EQ(row.duty.value.addressee_en.text(), "Budget Bureau");
  EXPECT_EQ(row.instrument.text(), "budget_transfer_rules_2562");
  EXPECT_EQ(row.office_role.text(), "governor");
  EXPECT_EQ(row.office_th.text(), "ผู้ว่าราชการจังหวัด");
  EXPECT_EQ(row.due->text(), "2027-03-25");
  EXPECT_EQ(row.due_by, DueBy::law);
  const auto kept = database().read(
      [&](db::Connection& db) { return obligations().of_subject(db, subject_of(row)); });
  ASSERT_EQ(kept.size(), 1u);
  EXPECT_EQ(to_json(kept[0]), to_json(row));
}

TEST_P(ObligationsTest, It_is_raised_inside_the_act_and_falls_with_it) {
  const auto office = as("governor");
  const auto made = within(office, [&](Tx& tx) -> Result<Done> {
    EXPECT_TRUE(obligations().raise_within(tx, office, nullptr, budget_report(about())).ok());
    return errors::conflict;
  });
  EXPECT_FALSE(made.ok());
  EXPECT_EQ(count("obligation"), 0);
  EXPECT_TRUE(entries().empty());
}

TEST_P(ObligationsTest, The_ledger_names_the_act_that_raised_it_and_the_chain_that_permitted) {
  const auto office = as("governor");
  const auto permit = authority().decide(office, "change.report", {AreaCode::parse("70")});
  ASSERT_TRUE(permit.ok());
  const auto row = within(office, [&](Tx& tx) {
    return obligations().raise_within(tx, office, &*permit, budget_report(about()));
  });
  ASSERT_TRUE(row.ok());
  const auto entry = entries().at(0);
  EXPECT_EQ(entry.act, "test.raise");
  EXPECT_EQ(entry.subject_kind, "obligation");
  EXPECT_EQ(entry.subject_id, row->obligation_id.text());
  EXPECT_EQ(entry.office_id, "office_governor70");
  EXPECT_NE(entry.authority.find("keep_own_plan"), std::string::npos);
  EXPECT_NE(entry.change.find("\"due\":\"2027-03-25\""), std::string::npos);
}

TEST_P(ObligationsTest, A_grant_raises_all_its_duties_and_may_name_the_agency_more_exactly) {
  const auto office = as("governor");
  authority::MadeGrant made;
  made.grant.power = delegation_power;
  made.duties = *authority().law().find(delegation_power)->power->obligations;
  const auto rows = within(office, [&](Tx& tx) {
    return obligations().raise_all_within(
        tx, office, nullptr, made, about(), [](authority::Duty& duty) {
          if (duty.code.text() == "notify_parent_agency")
            duty.addressee_th = word<authority::LawName>("อธิบดีกรมทางหลวงชนบท");
        });
  });
  ASSERT_TRUE(rows.ok());
  ASSERT_EQ(rows->size(), 2u);
  EXPECT_EQ((*rows)[0].duty.value.addressee_th.text(), "อธิบดีกรมทางหลวงชนบท");
  EXPECT_EQ((*rows)[1].duty.value.addressee_th.text(), "สำนักงานการตรวจเงินแผ่นดิน");
  for (const auto& row : *rows) EXPECT_FALSE(row.due) << "law names no day";
}

TEST_P(ObligationsTest, All_is_proved_only_when_nothing_is_owed_or_waits_for_its_proof) {
  const auto row = raised(about());
  raised_without_day(about("S2"));
  const auto all_proved = [&] {
    return database().read(
        [&](db::Connection& db) { return obligations().all_proved(db, subject_of(row)); });
  };
  EXPECT_FALSE(all_proved());
  auto office = as("provincial_office");
  ASSERT_TRUE(obligations().serve(office, path(row), sent()).ok());
  EXPECT_FALSE(all_proved());
  ASSERT_TRUE(obligations().prove(office, path(row), received()).ok());
  EXPECT_TRUE(all_proved());
}

TEST_P(ObligationsTest, When_the_subject_falls_away_what_is_open_is_released_and_the_rest_stays) {
  const auto proved = raised(about());
  raised_without_day(about());
  const auto other = raised(about("S2"));
  auto office = as("provincial_office");
  ASSERT_TRUE(obligations().serve(office, path(proved), sent()).ok());
  ASSERT_TRUE(obligations().prove(office, path(proved), received()).ok());
  const auto released = within(office, [&](Tx& tx) -> Result<std::int64_t> {
    return obligations().release_within(tx, office, nullptr, subject_of(proved),
                                        word<ReleaseReason>("คำสั่งถูกยกเลิก"));
  });
  EXPECT_EQ(*released, 1);
  const auto rows = database().read(
      [&](db::Connection& db) { return obligations().of_subject(db, subject_of(proved)); });
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].kind.text(), "notify_parent_agency");
  EXPECT_EQ(rows[0].state, ObligationState::released);
  ASSERT_TRUE(rows[0].release_reason);
  EXPECT_EQ(rows[0].release_reason->text(), "คำสั่งถูกยกเลิก");
  EXPECT_EQ(rows[1].state, ObligationState::proved);
  EXPECT_EQ(obligations().get_obligation(office, path(other))->state, ObligationState::owed);
}

TEST_P(ObligationsTest, It_is_sent_then_proved_and_only_in_this_order) {
  const auto row = raised(about());
  auto office = as("provincial_office");
  EXPECT_TRUE(obligations().prove(office, path(row), received()).problem().is(errors::wrong_state));
  const auto served = obligations().serve(office, path(row), sent());
  ASSERT_TRUE(served.ok());
  EXPECT_EQ(served->letter->text(), "รบ 0017/123");
  EXPECT_TRUE(obligations().serve(office, path(row), sent()).problem().is(errors::wrong_state));
  const auto proved = obligations().prove(office, path(row), received());
  ASSERT_TRUE(proved.ok());
  EXPECT_EQ(proved->standing, ObligationStanding::proved);
}

TEST_P(ObligationsTest, A_proof_is_a_file_kept_here_or_says_where_it_is_kept) {
  const auto row = raised(about());
  auto office = as("provincial_office");
  ASSERT_TRUE(obligations().serve(office, path(row), sent()).ok());
  auto proof = received();
  proof.reference.reset();
  EXPECT_TRUE(obligations().prove(office, path(row), proof).problem().is(proof_wanted));
  const auto pdf = documents::one_line_pdf("Receipt");
  const Path<ObligationFilePath> file{{row.obligation_id, key("receipt")}};
  const auto kept = obligations().put_file(office, file, {}, {pdf, "application/pdf"});
  ASSERT_TRUE(kept.ok());
  EXPECT_TRUE(obligations().prove(office, path(row), proof).ok());
  EXPECT_NE(entries().back().change.find(kept->files[0].sha256), std::string::npos);
  EXPECT_EQ(obligations().get_file(office, file)->body, pdf);
}

TEST_P(ObligationsTest, A_file_that_was_sent_is_never_replaced) {
  const auto row = raised(about());
  auto office = as("provincial_office");
  const Path<ObligationFilePath> file{{row.obligation_id, key("receipt")}};
  const auto pdf = documents::one_line_pdf("Receipt");
  ASSERT_TRUE(obligations().put_file(office, file, {}, {pdf, "application/pdf"}).ok());
  const auto other = documents::one_line_pdf("Another");
  EXPECT_TRUE(obligations()
                  .put_file(office, file, {}, {other, "application/pdf"})
                  .problem()
                  .is(errors::conflict));
  EXPECT_EQ(obligations().get_file(office, file)->body, pdf);
}

TEST_P(ObligationsTest, What_was_entered_wrongly_is_taken_back_and_stays_in_the_history) {
  const auto row = raised(about());
  auto office = as("provincial_office");
  ASSERT_TRUE(obligations().serve(office, path(row), sent()).ok());
  ASSERT_TRUE(obligations().prove(office, path(row), received()).ok());
  const auto back =
      obligations().take_back(office, path(row), {word<ReleaseReason>("ลงเลขรับผิดฉบับ")});
  ASSERT_TRUE(back.ok());
  EXPECT_EQ(back->state, ObligationState::served);
  EXPECT_FALSE(back->receipt);
  auto right = received();
  right.receipt = word<Text<1, 300>>("ลงรับเลขที่ 988");
  ASSERT_TRUE(obligations().prove(office, path(row), right).ok());

  const auto history = obligations().history(office, path(row));
  ASSERT_TRUE(history.ok());
  std::vector<std::string> acts, receipts;
  for (const auto& step : history->items) {
    acts.push_back(step.act);
    if (step.proof.value) receipts.push_back(step.proof.value->receipt.text());
  }
  EXPECT_EQ(acts,
            (std::vector<std::string>{"obligation.raise", "obligation.serve", "obligation.prove",
                                      "obligation.take_back", "obligation.prove"}));
  EXPECT_EQ(receipts, (std::vector<std::string>{"ลงรับเลขที่ 987", "ลงรับเลขที่ 988"}));
  EXPECT_EQ(history->items[3].note.text(), "ลงเลขรับผิดฉบับ");
}

TEST_P(ObligationsTest, The_ledger_holds_the_digest_of_a_proof_and_no_name_in_it) {
  const auto row = raised(about());
  auto office = as("provincial_office");
  ASSERT_TRUE(obligations().serve(office, path(row), sent()).ok());
  auto proof = received();
  proof.received_by = word<Text<1, 200>>("ผู้รับคนหนึ่ง");
  ASSERT_TRUE(obligations().prove(office, path(row), proof).ok());
  const auto change = entries().back().change;
  EXPECT_EQ(change.find("ผู้รับคนหนึ่ง"), std::string::npos);
  EXPECT_NE(change.find(auth::hex_encode(auth::sha256(to_json(proof)))), std::string::npos);
}

TEST_P(ObligationsTest, Only_the_province_that_owes_sends_and_who_audits_reads_all) {
  const auto row = raised(about());
  raised(about("S2", "40"));
  for (const auto* role : {"opdc", "moi", "auditor"}) {
    auto reader = as(role, "");
    EXPECT_EQ(obligations().list_obligations(reader, {})->items.size(), 2u) << role;
    EXPECT_TRUE(obligations().serve(reader, path(row), sent()).problem().is(errors::forbidden));
    EXPECT_EQ(obligations().count_mine(reader)->owed, 0) << role;
  }
  auto other = as("provincial_office", "40");
  EXPECT_EQ(obligations().list_obligations(other, {})->items.size(), 1u);
  EXPECT_TRUE(obligations().get_obligation(other, path(row)).problem().is(errors::forbidden));
  EXPECT_TRUE(obligations().serve(other, path(row), sent()).problem().is(errors::forbidden));
  auto citizen = as("citizen", "");
  EXPECT_TRUE(obligations().list_obligations(citizen, {})->items.empty());
  auto governor = as("governor");
  EXPECT_TRUE(obligations().serve(governor, path(row), sent()).ok());
}

TEST_P(ObligationsTest, Of_two_officers_one_wins_and_the_other_is_told) {
  const auto row = raised(about());
  auto office = as("provincial_office");
  office.if_match_any = false;
  office.if_match = 1;
  ASSERT_TRUE(obligations().serve(office, path(row), sent()).ok());
  EXPECT_TRUE(obligations()
                  .take_back(office, path(row), {word<ReleaseReason>("ผิด")})
                  .problem()
                  .is(errors::changed_meanwhile));
}

TEST_P(ObligationsTest, The_list_begins_with_what_is_owed_soonest_and_is_read_by_pages) {
  const auto young = raised_without_day(about("S1", "70", "2027-03-09"));
  const auto old = raised_without_day(about("S2", "70", "2027-03-01"));
  const auto late = raised(about("S3", "70", "2027-02-01"));
  const auto soon = raised(about("S4", "70", "2027-02-28"));
  const auto done = raised(about("S5", "70", "2027-02-01"));
  auto office = as("provincial_office");
  ASSERT_TRUE(obligations().serve(office, path(done), sent()).ok());
  std::vector<std::string> seen_ids;
  Query<ObligationQuery> query;
  query.value.limit = *PageLimit::of_count(2);
  for (bool more = true; more;) {
    const auto page = obligations().list_obligations(office, query);
    ASSERT_TRUE(page.ok());
    for (const auto& item : page->items) seen_ids.push_back(item.obligation_id.text());
    more = page->next.has_value();
    if (more) query.value.cursor = ObligationId::parse(*page->next);
  }
  std::vector<std::string> wanted;
  for (const auto* row : {&late, &soon, &old, &young, &done})
    wanted.push_back(row->obligation_id.text());
  EXPECT_EQ(seen_ids, wanted);

  query.value.cursor.reset();
  query.value.group = ObligationGroup::overdue;
  const auto overdue = obligations().list_obligations(office, query);
  ASSERT_EQ(overdue->items.size(), 1u);
  EXPECT_EQ(overdue->items[0].days_left, -22);
  const auto mine = obligations().count_mine(office);
  EXPECT_EQ(to_json(*mine), R"({"owed":4,"overdue":1,"due_soon":1,"waiting":1,"served":1})");
}

TEST_P(ObligationsTest, Each_reminder_is_raised_once_and_disturbs_nobody) {
  const auto row = raised(about("S1", "70", "2027-03-01"));  // due on 16 March
  const auto at = [](std::string_view moment) {
    Call call;
    call.now = *Instant::parse(moment);
    return call;
  };
  const auto remind = [&](std::string_view moment) { return *obligations().remind(at(moment)); };
  EXPECT_EQ(remind("2027-03-10T00:00:00.000Z"), 0);
  EXPECT_EQ(remind("2027-03-11T00:00:00.000Z"), 1);
  EXPECT_EQ(remind("2027-03-11T01:00:00.000Z"), 0);
  EXPECT_EQ(remind("2027-04-16T00:00:00.000Z"), 1) << "of several that were missed the latest";
  EXPECT_EQ(remind("2027-04-17T00:00:00.000Z"), 0);
  EXPECT_EQ(entries().back().act, "obligation.remind");
  EXPECT_EQ(entries().back().actor_id, "");
  auto office = as("provincial_office", "70", "2027-04-17T00:00:00.000Z");
  const auto now = obligations().get_obligation(office, path(row));
  EXPECT_EQ(now->reminder->text(), "after_due.30");
  EXPECT_EQ(now->version, 1);
  ASSERT_TRUE(obligations().serve(office, path(row), sent("2027-04-17")).ok());
  EXPECT_EQ(remind("2027-04-18T00:00:00.000Z"), 0);
}

TEST_P(ObligationsTest, More_than_one_batch_is_reminded) {
  for (int i = 0; i < 201; ++i) raised(about("S" + std::to_string(i), "70", "2027-03-01"));
  Call program;
  program.now = *Instant::parse("2027-03-11T00:00:00.000Z");
  EXPECT_EQ(*obligations().remind(program), 201);
  EXPECT_EQ(*obligations().remind(program), 0);
}

TEST_P(ObligationsTest, Everybody_sees_the_counts_of_a_province_in_the_words_of_the_law) {
  const auto row = raised(about("S1", "70", "2027-02-01"));
  raised(about("S2", "40"));
  auto office = as("provincial_office");
  ASSERT_TRUE(obligations().serve(office, path(row), sent()).ok());
  ASSERT_TRUE(obligations().prove(office, path(row), received()).ok());
  Call nobody;
  nobody.now = office.now;
  const auto all = obligations().get_figures(nobody, {});
  ASSERT_EQ(all->items.size(), 2u);
  EXPECT_EQ(all->items[0].owed, 1);
  EXPECT_EQ(all->items[1].proved, 1);
  EXPECT_EQ(all->items[1].median_days, 37);
  EXPECT_EQ(all->items[1].text_en,
            "Send the form with reasons to the Budget Bureau within 15 days");
  EXPECT_EQ(obligations().get_figures(nobody, {{*AreaCode::parse("40")}})->items.size(), 1u);
}

TEST_P(ObligationsTest, The_list_goes_into_a_spreadsheet_with_what_is_not_verified_marked) {
  auto in = budget_report(about());
  in.duty.verified = false;
  auto office = as("provincial_office");
  ASSERT_TRUE(within(office, [&](Tx& tx) {
                return obligations().raise_within(tx, office, nullptr, in);
              }).ok());
  raised(about("S2", "40"));
  const auto csv = obligations().export_obligations(office, {});
  ASSERT_TRUE(csv.ok());
  EXPECT_NE(csv->body.find("ยังไม่ได้ตรวจสอบ"), std::string::npos);
  EXPECT_EQ(std::count(csv->body.begin(), csv->body.end(), '\n'), 2) << "one heading, one row";
}

}  // namespace

CHANGWAT_ON_BOTH_ENGINES(ObligationsTest);

}  // namespace changwat::obligations
