// Acts of delegation orders on both engines: signed, notified, used, ended; what must never happen.

#include "modules/delegations/delegations.hpp"

#include <random>
#include <thread>

#include <gtest/gtest.h>

#include "modules/delegations/testing.hpp"

namespace changwat::delegations {
namespace {

class DelegationsTest : public DelegationsOnBothEngines {
 protected:
  std::vector<obligations::ObligationRow> notices(const DelegationOrder& order) {
    return database().read([&](db::Connection& db) {
      return obligations().of_subject(
          db, {key("delegation_order"), word<obligations::SubjectId>(order.order_id.text())});
    });
  }
  void prove_notices(const DelegationOrder& order) {
    for (const auto& notice : notices(order)) {
      auto call = as(office);
      const Path<obligations::ObligationPath> to{{notice.obligation_id}};
      ASSERT_TRUE(
          obligations().serve(call, to, {day(today), word<obligations::Letter>("รบ 1/1")}).ok());
      ASSERT_TRUE(obligations()
                      .prove(call, to,
                             {day(today), word<Text<1, 300>>("ลงรับเลขที่ 1"), std::nullopt,
                              word<Text<1, 500>>("แฟ้ม 1")})
                      .ok());
    }
  }
  bool may_buy(const Officer& who, const ProjectId& on, std::int64_t amount_baht,
               std::string_view iso = today) {
    auto call = as(who, iso);
    return acts()
        .run<Done>(call, "test.ask",
                   [&](Tx& tx) -> Result<Done> {
                     authority::Object object{.area = AreaCode::parse("70"),
                                              .amount_satang = baht(amount_baht)};
                     object.project = authority::ProjectRef::parse(on.text());
                     object.funding = key("province_budget");
                     const auto permit =
                         TRY(grants().decide_within(tx, call, buying.text(), object));
                     tx.record({.subject_kind = "test",
                                .subject_id = "t",
                                .office_id = permit.office_id,
                                .authority = permit.chain()});
                     return Done{};
                   })
        .ok();
  }
};

TEST_P(DelegationsTest, signing_makes_the_grant_and_the_two_notices_due_in_one_act) {
  const auto draft = drafted();
  EXPECT_FALSE(may_buy(town, *draft.content.project_id, 1));
  const auto done = sign(draft);
  ASSERT_TRUE(done.ok()) << done.problem().en << to_text(done.problem());
  EXPECT_EQ(done->state, OrderState::notice_pending);
  EXPECT_TRUE(may_buy(town, *draft.content.project_id, 1'000'000));
  EXPECT_FALSE(may_buy(town, *draft.content.project_id, 1'000'001));
  EXPECT_FALSE(may_buy(roads, *draft.content.project_id, 1));
  const auto due = notices(draft);
  ASSERT_EQ(due.size(), 2u);
  for (const auto& notice : due)
    EXPECT_EQ(notice.duty.value.addressee_th.text(), notice.kind.text() == "notify_parent_agency"
                                                         ? "อธิบดีกรมส่งเสริมการปกครองท้องถิ่น"
                                                         : "ผู้ว่าการตรวจเงินแผ่นดิน");
  EXPECT_EQ(count("power_grant"), 1);
}

TEST_P(DelegationsTest, it_is_in_force_with_notices_proved_once_both_are) {
  const auto order = signed_order();
  EXPECT_FALSE(now(order).notices_proved);
  prove_notices(order);
  EXPECT_EQ(now(order).state, OrderState::in_force);
  ASSERT_TRUE(used(order, 10).ok());
  EXPECT_EQ(now(order).state, OrderState::in_use);
}

TEST_P(DelegationsTest, a_refused_signature_leaves_nothing_behind_and_names_everything) {
  auto content = complete(project(plans::Funding::agency), district);
  content.from_date = day("2027-03-09");
  const auto draft = drafted(content);
  const auto done = sign(draft);
  ASSERT_FALSE(done.ok());
  EXPECT_EQ(wrong(done.problem()),
            (std::vector<std::string>{"/content/delegate_office_id not_eligible",
                                      "/content/project_id other_funding",
                                      "/content/from_date before_signature"}));
  std::vector<std::string> listed;
  for (const auto& check : now(draft).checks)
    if (!check.passed) listed.push_back(check.pointer + " " + check.fault);
  EXPECT_EQ(listed, wrong(done.problem())) << "the checklist says the same";
  EXPECT_EQ(count("power_grant"), 0);
  EXPECT_EQ(count("delegation_paper"), 0);
}

TEST_P(DelegationsTest, only_the_holder_of_the_governors_office_signs_also_acting) {
  const auto draft = drafted();
  auto clerk = as(office);
  EXPECT_TRUE(delegations().sign(clerk, path(draft), {}).problem().is(errors::forbidden));
  auto agency = as(roads);
  const auto refused = delegations().sign(agency, path(draft), {});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(wrong(refused.problem()),
            std::vector<std::string>{"/content/grantor_office_id not_holder"});
  ASSERT_TRUE(identity().end_holding(at(today), governor.holding, day("2027-03-11")).ok());
  ASSERT_TRUE(identity()
                  .hold_office(at(today), {.person_id = district.person,
                                           .office_id = *identity::OfficeId::parse(governor.office),
                                           .from_date = day("2027-03-12"),
                                           .acting = true,
                                           .ground = identity::ActingGround::vacant})
                  .ok());
  auto content = draft.content;
  content.from_date = day("2027-03-12");
  auto editor = as(office);
  ASSERT_TRUE(delegations().edit_order(editor, path(draft), {content}).ok());
  EXPECT_FALSE(sign(draft, "2027-03-12").ok()) << "who left";
  auto acting = as(district, "2027-03-12");
  EXPECT_TRUE(delegations().sign(acting, path(draft), {}).ok());
}

TEST_P(DelegationsTest, a_power_that_lapses_after_the_page_was_opened_is_refused_at_signing) {
  auto files = reviewed_law().files();
  for (auto& instrument : files.instruments)
    for (auto& each : instrument.powers)
      if (each.power == power) each.to = day("2027-03-31");
  open(authority::Law::make(files).value());
  auto content = complete(project(), town);
  content.to_date = day("2027-03-31");
  const auto draft = drafted(content);
  for (const auto& check : now(draft).checks) EXPECT_TRUE(check.passed) << check.check.text();
  const auto late = sign(draft, "2027-04-01");
  ASSERT_FALSE(late.ok());
  EXPECT_EQ(wrong(late.problem()).front(), "/content/powers not_in_force");
  EXPECT_EQ(count("power_grant"), 0);
}

TEST_P(DelegationsTest, a_ceiling_above_the_governors_own_is_shown_before_and_refused) {
  auto files = reviewed_law().files();
  for (auto& instrument : files.instruments)
    for (auto& each : instrument.powers)
      if (each.power == power) each.ceiling_satang = baht(500'000);
  open(authority::Law::make(files).value());
  const auto draft = drafted();
  const auto done = sign(draft);
  ASSERT_FALSE(done.ok());
  EXPECT_EQ(wrong(done.problem()),
            std::vector<std::string>{"/content/ceiling_satang exceeds_grantor"});
}

TEST_P(DelegationsTest, a_project_has_one_order_in_force_at_a_time) {
  const auto on = project();
  const auto first = sign(drafted(complete(on, town)));
  ASSERT_TRUE(first.ok());
  const auto second = drafted(complete(on, roads));
  const auto refused = sign(second);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(wrong(refused.problem()),
            std::vector<std::string>{"/content/project_id already_delegated"});
  ASSERT_TRUE(revoked(*first).ok());
  EXPECT_TRUE(sign(second).ok());
}

TEST_P(DelegationsTest, of_two_who_sign_at_once_one_wins_and_the_other_is_told) {
  const auto draft = drafted();
  std::vector<Result<DelegationOrder>> said(2, Result<DelegationOrder>(errors::internal));
  std::vector<std::thread> signers;
  for (std::size_t i = 0; i < said.size(); ++i)
    signers.emplace_back([&, i] {
      auto call = as(governor);
      call.if_match_any = false;
      call.if_match = draft.version;
      said[i] = delegations().sign(call, path(draft), {});
    });
  for (auto& signer : signers) signer.join();
  EXPECT_NE(said[0].ok(), said[1].ok());
  const auto& loser = said[0].ok() ? said[1] : said[0];
  EXPECT_TRUE(loser.problem().is(errors::changed_meanwhile));
  EXPECT_EQ(count("power_grant"), 1);
}

TEST_P(DelegationsTest, of_two_who_revoke_at_once_one_wins_and_the_other_is_told) {
  const auto order = signed_order();
  std::vector<Result<DelegationOrder>> said(2, Result<DelegationOrder>(errors::internal));
  std::vector<std::thread> signers;
  for (std::size_t i = 0; i < said.size(); ++i)
    signers.emplace_back([&, i] {
      auto call = as(governor);
      call.if_match_any = false;
      call.if_match = order.version;
      said[i] = delegations().revoke(call, path(order), {word<Text<1, 500>>("เหตุผล")});
    });
  for (auto& signer : signers) signer.join();
  EXPECT_NE(said[0].ok(), said[1].ok());
  EXPECT_TRUE((said[0].ok() ? said[1] : said[0]).problem().is(errors::changed_meanwhile));
}

// ---- use

TEST_P(DelegationsTest, the_ledger_entry_of_a_use_holds_the_chain_law_power_grant_office) {
  const auto order = signed_order();
  const auto done = used(order, 400'000);
  ASSERT_TRUE(done.ok()) << done.problem().en;
  EXPECT_EQ(done->used_satang, baht(400'000));
  const auto entry = entries().back();
  EXPECT_EQ(entry.act, buying.text());
  EXPECT_EQ(entry.subject_id, order.order_id.text());
  const auto chain = read_json<authority::Chain>(entry.authority);
  ASSERT_TRUE(chain.ok());
  EXPECT_EQ(chain->power, power);
  ASSERT_EQ(chain->grants.size(), 1u);
  EXPECT_EQ(chain->grants[0].from_office, governor.office);
  EXPECT_EQ(chain->grants[0].to_office, town.office);
  EXPECT_EQ(chain->office_id, town.office);
  EXPECT_EQ(chain->instruments.front().instrument.text(), "procurement_exemption_clause_7");
}

TEST_P(DelegationsTest, nobody_else_uses_the_power_nor_learns_what_is_left_of_it) {
  const auto order = signed_order();
  auto someone = as(roads);
  EXPECT_TRUE(delegations().use(someone, path(order), use_of(1)).problem().is(errors::forbidden));
  auto writer = as(office);
  const auto refused = delegations().use(writer, path(order), use_of(99'000'000));
  ASSERT_FALSE(refused.ok());
  EXPECT_TRUE(refused.problem().is(errors::forbidden));
  EXPECT_EQ(count("delegation_use"), 0);
}

TEST_P(DelegationsTest, use_is_refused_above_the_ceiling_outside_its_days_and_after_revocation) {
  const auto order = signed_order();
  ASSERT_TRUE(used(order, 600'000).ok());
  const auto above = used(order, 400'001);
  ASSERT_FALSE(above.ok());
  EXPECT_EQ(wrong(above.problem()), std::vector<std::string>{"/amount_satang above_ceiling"});
  ASSERT_TRUE(used(order, 400'000, "2027-09-30").ok()) << "on the last day";
  EXPECT_TRUE(used(order, 1, "2027-10-01").problem().is(errors::wrong_state));
  const auto other = sign(drafted(complete(project(), town)));
  ASSERT_TRUE(revoked(*other).ok());
  const auto refused = used(*other, 1);
  ASSERT_FALSE(refused.ok());
  EXPECT_TRUE(refused.problem().is(errors::wrong_state));
  EXPECT_FALSE(may_buy(town, *other->content.project_id, 1));
}

TEST_P(DelegationsTest, revoking_ends_the_grant_and_releases_the_notices_with_the_reason) {
  const auto order = signed_order();
  const auto done = revoked(order);
  ASSERT_TRUE(done.ok()) << done.problem().en;
  EXPECT_EQ(done->state, OrderState::revoked);
  for (const auto& notice : notices(order)) {
    EXPECT_EQ(notice.state, obligations::ObligationState::released);
    EXPECT_NE(notice.release_reason->text().find("โครงการเปลี่ยนผู้ดำเนินการ"), std::string::npos);
  }
  EXPECT_EQ(count("power_grant WHERE ended_at IS NOT NULL"), 1);
}

TEST_P(DelegationsTest, what_was_closed_in_good_order_is_still_to_be_notified) {
  const auto order = signed_order();
  auto call = as(governor);
  ASSERT_TRUE(delegations().close(call, path(order), {word<Text<1, 500>>("โครงการแล้วเสร็จ")}).ok());
  EXPECT_EQ(now(order).state, OrderState::ended);
  for (const auto& notice : notices(order))
    EXPECT_EQ(notice.state, obligations::ObligationState::owed);
}

TEST_P(DelegationsTest, only_the_grantor_closes_and_revokes) {
  const auto order = signed_order();
  for (const auto* who : {&office, &town, &auditor}) {
    auto call = as(*who);
    EXPECT_TRUE(delegations()
                    .revoke(call, path(order), {word<Text<1, 500>>("เหตุผล")})
                    .problem()
                    .is(errors::forbidden));
  }
  auto other = as(roads);  // may revoke its own orders, and this is none
  EXPECT_TRUE(delegations()
                  .revoke(other, path(order), {word<Text<1, 500>>("เหตุผล")})
                  .problem()
                  .is(errors::forbidden));
}

TEST_P(DelegationsTest, an_order_ends_when_the_governor_leaves_before_any_job_ran) {
  const auto order = signed_order();
  ASSERT_TRUE(identity().end_holding(at(today), governor.holding, day("2027-03-31")).ok());
  EXPECT_TRUE(used(order, 1, "2027-03-31").ok());
  EXPECT_EQ(now(order, "2027-04-01").state, OrderState::ended);
  EXPECT_TRUE(used(order, 1, "2027-04-01").problem().is(errors::wrong_state));
}

// What a delegate has spent never exceeds what any order in its hand allows, whatever is tried, in
// whatever order, over restarts.
TEST_P(DelegationsTest, no_sequence_of_acts_lets_a_delegate_use_more_than_its_ceiling) {
  std::mt19937 random(20270310);
  const auto pick = [&](int n) { return std::uniform_int_distribution<int>(0, n - 1)(random); };
  const ProjectId projects[] = {project(), project()};
  std::vector<DelegationOrder> orders;
  int succeeded = 0;
  for (int step = 0; step < 120; ++step) {
    const std::string iso = pick(10) == 0 ? "2027-10-01" : "2027-03-1" + std::to_string(pick(5));
    switch (pick(orders.empty() ? 1 : 8)) {
      case 0: {
        auto content = complete(projects[pick(2)], pick(2) ? town : roads);
        content.ceiling_satang = baht(100 + pick(200));
        orders.push_back(drafted(content));
        break;
      }
      case 1:
        (void)sign(orders[static_cast<std::size_t>(pick(static_cast<int>(orders.size())))]);
        break;
      case 2: {
        auto call = as(office, today);
        auto& order = orders[static_cast<std::size_t>(pick(static_cast<int>(orders.size())))];
        auto content = order.content;
        content.ceiling_satang = baht(1'000'000);  // once signed it stands
        if (now(order).state != OrderState::draft) {
          EXPECT_FALSE(delegations().edit_order(call, path(order), {content}).ok());
        }
        break;
      }
      case 3:
        if (pick(4) == 0)
          (void)revoked(orders[static_cast<std::size_t>(pick(static_cast<int>(orders.size())))]);
        break;
      case 4:
        if (pick(6) == 0) open(reviewed_law());
        break;
      default: {
        const auto& order = orders[static_cast<std::size_t>(pick(static_cast<int>(orders.size())))];
        auto call = as(pick(3) ? town : roads, iso);
        succeeded += delegations().use(call, path(order), use_of(1 + pick(150), iso)).ok();
      }
    }
    for (const auto& order : orders) {
      const auto seen = now(order);
      Satang sum;
      for (const auto& use : seen.uses) sum = *sum.plus(*use.amount_satang);
      ASSERT_EQ(sum, seen.used_satang);
      ASSERT_LE(sum, *seen.content.ceiling_satang) << "after step " << step;
    }
  }
  EXPECT_GT(succeeded, 3) << "the sequence used something";
}

// ---- personnel

TEST_P(DelegationsTest, a_head_of_an_agency_delegates_personnel_to_the_governor) {
  OrderContent content;
  content.powers = {key("appraisal_by_cooperation"), key("reward_by_cooperation")};
  content.grantor_office_id = word<OfficeRef>(roads.office);
  content.delegate_office_id = word<OfficeRef>(governor.office);
  content.from_date = day(today);
  content.to_date = day("2028-09-30");
  content.number = word<Text<0, 60>>("5/2570");
  const auto draft = drafted(content, OrderKind::hr);
  EXPECT_FALSE(sign(draft).ok()) << "the governor does not sign what is given to the office";
  auto head = as(roads);
  const auto done = delegations().sign(head, path(draft), {});
  ASSERT_TRUE(done.ok()) << done.problem().en << to_text(done.problem());
  EXPECT_EQ(done->state, OrderState::in_force) << "law names no notice";
  EXPECT_EQ(done->powers.size(), 2u);
  EXPECT_FALSE(done->powers[0].verified);
  auto governor_call = as(governor);
  UseRequest use{key("personnel.appraise"), day(today), word<Text<1, 1000>>("ประเมินรอบที่ 1"),
                 std::nullopt, word<Text<1, 200>>("บันทึก 1")};
  EXPECT_TRUE(delegations().use(governor_call, path(draft), use).ok());
  const auto chain = read_json<authority::Chain>(entries().back().authority);
  EXPECT_EQ(chain->grants.size(), 1u) << "by the order, though law gives the governor the same";
  use.act = key("personnel.discipline");
  const auto refused = delegations().use(governor_call, path(draft), use);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(wrong(refused.problem()), std::vector<std::string>{"/act not_delegated"});
}

// ---- reading

TEST_P(DelegationsTest, an_order_is_known_to_whom_it_names_and_to_who_follows) {
  const auto draft = drafted();
  const auto reads = [&](const Officer& who) {
    auto call = as(who);
    return delegations().get_order(call, path(draft)).ok();
  };
  EXPECT_TRUE(reads(office));
  EXPECT_TRUE(reads(auditor));
  EXPECT_FALSE(reads(town)) << "a draft is nothing to its delegate";
  ASSERT_TRUE(sign(draft).ok());
  EXPECT_TRUE(reads(town));
  EXPECT_FALSE(reads(roads));
  EXPECT_FALSE(reads(district));
  const auto listed = [&](const Officer& who) {
    auto call = as(who);
    return delegations().list_orders(call, {})->items.size();
  };
  EXPECT_EQ(listed(town), 1u);
  EXPECT_EQ(listed(roads), 0u);
  EXPECT_EQ(listed(office), 1u);
}

TEST_P(DelegationsTest, what_may_be_done_next_says_who_could_and_what_fails) {
  auto content = complete(project(), town);
  content.number = {};
  const auto draft = drafted(content);
  auto call = as(governor);
  auto next = delegations().order_acts(call, path(draft));
  ASSERT_TRUE(next.ok());
  for (const auto& act : next->items)
    if (act.act == "delegation.sign") {
      EXPECT_FALSE(act.allowed);
      EXPECT_NE(act.why_not_en.find("1"), std::string::npos);
    }
  const auto order = signed_order();
  auto delegate = as(town);
  next = delegations().order_acts(delegate, path(order));
  ASSERT_TRUE(next.ok());
  ASSERT_EQ(next->items.front().act, buying.text());
  EXPECT_TRUE(next->items.front().allowed);
  auto clerk = as(office);
  next = delegations().order_acts(clerk, path(order));
  EXPECT_FALSE(next->items.front().allowed);
  EXPECT_NE(next->items.front().who_en.find("town"), std::string::npos);
}

TEST_P(DelegationsTest, the_register_shows_law_and_grants_of_a_day) {
  const auto order = signed_order();
  const auto held = [&](std::string_view on, std::string_view iso = today) {
    auto call = as(auditor, iso);
    return delegations()
        .held_powers(call, {{*AreaCode::parse("70"), day(on), OrderKind::procurement}})
        .value()
        .items;
  };
  auto rows = held(today);
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].office.role, "governor");
  EXPECT_EQ(rows[0].depth, 0);
  EXPECT_EQ(rows[1].office.office_id, town.office);
  EXPECT_EQ(rows[1].depth, 1);
  EXPECT_EQ(rows[1].ceiling_satang, baht(1'000'000));
  EXPECT_EQ(rows[1].order_id, order.order_id);
  EXPECT_EQ(rows[1].to_date, day("2027-09-30"));
  ASSERT_TRUE(revoked(order, "2027-03-20").ok());
  EXPECT_EQ(held("2027-03-20", "2027-03-21").size(), 1u);
  EXPECT_EQ(held("2027-03-19", "2027-03-21").size(), 2u) << "as it stood on that day";
  auto outsider = as(town);
  EXPECT_TRUE(delegations()
                  .held_powers(outsider, {{*AreaCode::parse("70"), {}, {}}})
                  .problem()
                  .is(errors::forbidden));
}

TEST_P(DelegationsTest, papers_are_kept_as_they_were_signed) {
  const auto draft = drafted();
  auto call = as(office);
  const auto print = [&](const char* file) {
    return delegations().get_paper(call, {{draft.order_id, key(file)}});
  };
  const auto before = print("order.pdf");
  ASSERT_TRUE(before.ok()) << before.problem().en;
  EXPECT_TRUE(before->body.starts_with("%PDF"));
  ASSERT_TRUE(sign(draft).ok());
  for (const auto* file :
       {"order.pdf", "notice-parent-agency.pdf", "notice-state-audit-office.pdf"}) {
    const auto paper = print(file);
    ASSERT_TRUE(paper.ok()) << file;
    EXPECT_TRUE(paper->body.starts_with("%PDF")) << file;
    EXPECT_NE(paper->body, before->body);
  }
  EXPECT_TRUE(print("notice-nobody.pdf").problem().is(errors::not_found));
  EXPECT_EQ(count("delegation_paper"), 3);
}

TEST_P(DelegationsTest, a_draft_that_is_withdrawn_can_be_neither_edited_nor_signed) {
  const auto draft = drafted();
  auto call = as(office);
  ASSERT_TRUE(delegations().withdraw(call, path(draft), {word<Text<1, 500>>("ยังไม่จำเป็น")}).ok());
  EXPECT_TRUE(delegations()
                  .edit_order(call, path(draft), {draft.content})
                  .problem()
                  .is(errors::wrong_state));
  EXPECT_TRUE(sign(draft).problem().is(errors::wrong_state));
}

TEST_P(DelegationsTest, history_names_acts_and_offices_in_order) {
  const auto order = signed_order();
  ASSERT_TRUE(used(order, 5).ok());
  auto call = as(auditor);
  const auto history = delegations().order_history(call, path(order));
  ASSERT_TRUE(history.ok());
  std::vector<std::string> acts_done;
  for (const auto& step : history->items) acts_done.push_back(step.act);
  EXPECT_EQ(acts_done, (std::vector<std::string>{"delegation.draft", "delegation.edit",
                                                 "delegation.sign", "procurement.carry_out"}));
  EXPECT_EQ(history->items.back().office_en, "town");
}

CHANGWAT_ON_BOTH_ENGINES(DelegationsTest);

}  // namespace
}  // namespace changwat::delegations
