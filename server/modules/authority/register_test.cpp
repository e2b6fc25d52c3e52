// Grants in the record: made and ended within acts, kept in step with memory, told to the ledger;
// and rechecked from what the ledger says alone.

#include "modules/authority/register.hpp"

#include <gtest/gtest.h>

#include "platform/db/testing.hpp"

#include "modules/authority/recheck.hpp"
#include "modules/authority/testing.hpp"

namespace changwat::authority {
namespace {

using identity::Role;

class RegisterTest : public db::OnBothEngines {
 protected:
  void SetUp() override {
    db::OnBothEngines::SetUp();
    if (IsSkipped()) return;
    authority_ = std::make_unique<Authority>(small::law());
    identity_ = std::make_unique<identity::Identity>(
        database(), acts(),
        identity::IdentityOptions{
            .public_url = "http://localhost",
            .loopback = true,
            .ask = {.permit = [](const Call&, std::string_view,
                                 const std::optional<AreaCode>&) -> Result<identity::Permission> {
              return identity::Permission{"", {R"({"basis":"installation"})"}};
            }}});
    governor_ = officer("governor", Role::governor, "70");
    roads_ = officer("roads", Role::central_agency, "70");
    water_ = officer("water", Role::central_agency, "70");
    open();
  }

  struct Officer {
    Call call;
    std::string office;
    identity::HoldingId holding;
  };

  Officer officer(const char* name, Role role, const char* area) {
    const auto program = at("2021-01-01");
    const auto office = identity_
                            ->add_office(program, {role, AreaCode::parse(area),
                                                   small::word<identity::OfficeTitle>(name),
                                                   small::word<identity::OfficeTitle>(name)})
                            .value();
    const auto person =
        identity_
            ->add_person(program, {.username = small::key(name),
                                   .name_th = small::word<identity::PersonName>(name),
                                   .name_en = small::word<identity::PersonName>(name)})
            .value();
    const auto holding =
        identity_->hold_office(program, {person, office, *Date::parse("2021-01-01")}).value();
    Call call = at("2021-02-01");
    call.caller = Caller{.person_id = person.text(),
                         .offices = identity_->offices_of(person, *Date::parse("2021-02-01"))};
    return {call, office.text(), holding};
  }

  static Call at(std::string_view day) {
    Call call;
    call.now = small::day(day);
    return call;
  }
  void open() {
    grants_ = std::make_unique<GrantRegister>(database(), acts(), *authority_, *identity_);
  }
  // As after a restart: what is in memory comes from the record alone.
  void open_again() {
    grants_.reset();
    authority_ = std::make_unique<Authority>(small::law());
    open();
  }

  NewGrant from_to(const Officer& from, const Officer& to,
                   std::optional<GrantId> parent = std::nullopt) const {
    NewGrant out;
    out.power = small::key(small::power);
    out.parent_grant_id = std::move(parent);
    out.from_office_id = small::word<OfficeRef>(from.office);
    out.to_office_id = small::word<OfficeRef>(to.office);
    out.from_date = *Date::parse("2021-01-01");
    out.document = small::word<Text<1, 200>>("คำสั่งที่ 1/2564");
    return out;
  }
  Result<MadeGrant> make(const Call& call, const NewGrant& grant) {
    return acts().run<MadeGrant>(call, "order.sign",
                                 [&](Tx& tx) { return grants_->grant_within(tx, call, grant); });
  }
  Result<EndedGrant> revoke(const Call& call, const GrantId& id) {
    return acts().run<EndedGrant>(call, "order.revoke", [&](Tx& tx) {
      return grants_->revoke_within(tx, call, id, small::word<EndReason>("โครงการสิ้นสุด"));
    });
  }
  bool may(const Officer& officer, std::int64_t baht = 1) const {
    return authority_->may(officer.call, small::act, small::object("7001", baht));
  }
  std::vector<std::string> offices_that_may() const {
    std::vector<std::string> out;
    for (const auto& signer :
         grants_->who_may(small::act, small::object("7001", 1), small::day("2021-02-02"), 50)
             .signers)
      out.push_back(signer.title_en);
    return out;
  }

  std::unique_ptr<Authority> authority_;
  std::unique_ptr<identity::Identity> identity_;
  std::unique_ptr<GrantRegister> grants_;
  Officer governor_, roads_, water_;
};

TEST_P(RegisterTest, a_grant_is_in_force_when_its_act_is_answered_and_after_a_restart) {
  EXPECT_FALSE(may(roads_));
  auto wanted = from_to(governor_, roads_);
  wanted.ceiling_satang = Satang::of_baht(50);
  const auto made = make(governor_.call, wanted);
  ASSERT_TRUE(made.ok()) << made.problem().en;
  EXPECT_EQ(made->grant.area->text(), "70") << "as far as the grantor's";
  for (int start = 0; start < 2; ++start) {
    EXPECT_TRUE(may(roads_, 50));
    EXPECT_FALSE(may(roads_, 51));
    EXPECT_EQ(offices_that_may(), (std::vector<std::string>{"governor", "roads"}));
    open_again();
  }
}

TEST_P(RegisterTest, what_falls_falls_in_memory_and_in_the_record) {
  auto first = from_to(governor_, roads_);
  first.levels = 1;
  const auto above = make(governor_.call, first);
  ASSERT_TRUE(above.ok());
  ASSERT_TRUE(make(roads_.call, from_to(roads_, water_, above->grant.grant_id)).ok());
  EXPECT_TRUE(may(water_));
  const auto ended = revoke(governor_.call, above->grant.grant_id);
  ASSERT_TRUE(ended.ok());
  EXPECT_EQ(ended->below.size(), 1u);
  for (int start = 0; start < 2; ++start) {
    EXPECT_FALSE(may(roads_));
    EXPECT_FALSE(may(water_));
    open_again();
  }
  EXPECT_TRUE(revoke(governor_.call, above->grant.grant_id).problem().is(errors::wrong_state));
}

TEST_P(RegisterTest, only_the_holder_of_the_grantors_office_grants_and_only_grantors_revoke) {
  EXPECT_TRUE(make(roads_.call, from_to(governor_, roads_)).problem().is(errors::forbidden));
  EXPECT_TRUE(
      make(at("2021-02-01"), from_to(governor_, roads_)).problem().is(errors::sign_in_required));
  auto first = from_to(governor_, roads_);
  first.levels = 1;
  const auto above = make(governor_.call, first);
  const auto below = make(roads_.call, from_to(roads_, water_, above->grant.grant_id));
  ASSERT_TRUE(below.ok());
  EXPECT_TRUE(revoke(water_.call, below->grant.grant_id).problem().is(errors::forbidden));
  EXPECT_TRUE(revoke(governor_.call, below->grant.grant_id).ok()) << "a grantor above may";
  auto beyond = from_to(governor_, water_);
  beyond.ceiling_satang = Satang::of_baht(101);
  EXPECT_EQ(make(governor_.call, beyond).problem().fields.at(0).pointer, "/ceiling_satang");
  EXPECT_EQ(count("power_grant"), 2);
}

TEST_P(RegisterTest, whoever_uses_a_power_in_the_commit_that_revokes_it_is_refused) {
  const auto made = make(governor_.call, from_to(governor_, roads_));
  ASSERT_TRUE(made.ok());
  const auto used = acts().run<Done>(governor_.call, "both", [&](Tx& tx) -> Result<Done> {
    TRY(grants_->revoke_within(tx, governor_.call, made->grant.grant_id,
                               small::word<EndReason>("เพิกถอน")));
    EXPECT_TRUE(may(roads_)) << "memory follows the commit";
    TRY(grants_->decide_within(tx, roads_.call, small::act, small::object("70", 1)));
    return Done{};
  });
  ASSERT_FALSE(used.ok());
  EXPECT_TRUE(used.problem().is(errors::forbidden));
  EXPECT_TRUE(may(roads_)) << "the act was undone, and the grant stands";
}

TEST_P(RegisterTest, grants_fall_when_the_holder_of_the_grantors_office_leaves) {
  ASSERT_TRUE(make(governor_.call, from_to(governor_, roads_)).ok());
  ASSERT_TRUE(
      identity_->end_holding(at("2021-02-02"), governor_.holding, *Date::parse("2021-02-28")).ok());
  auto use = roads_.call;
  const auto permitted_at = [&](const char* day) {
    use.now = small::day(day);
    return acts()
        .run<Done>(use, "use",
                   [&](Tx& tx) -> Result<Done> {
                     const auto permit =
                         TRY(grants_->decide_within(tx, use, small::act, small::object("70", 1)));
                     tx.record({.subject_kind = "purchase",
                                .subject_id = "p1",
                                .office_id = permit.office_id,
                                .authority = permit.chain()});
                     return Done{};
                   })
        .ok();
  };
  EXPECT_TRUE(permitted_at("2021-02-28"));
  EXPECT_FALSE(permitted_at("2021-03-01")) << "before any job ran";
  EXPECT_TRUE(grants_->end_where_holder_left(at("2021-02-28"))->items.empty());
  EXPECT_EQ(grants_->end_where_holder_left(at("2021-03-01"))->items.size(), 1u);
  EXPECT_TRUE(grants_->end_where_holder_left(at("2021-03-02"))->items.empty());
  EXPECT_FALSE(authority_->may(use, small::act, small::object("70", 1)));
}

// ---- the auditor, from the ledger's entries alone

class RecheckTest : public RegisterTest {
 protected:
  // The journal's entries as the ledger would export them.
  std::vector<ledger::Entry> ledger_entries() {
    std::vector<ledger::Entry> out;
    for (const auto& entry : entries())
      out.push_back({entry.sequence, "e" + std::to_string(entry.sequence),
                     small::day("2021-02-01").text(), entry.act, entry.subject_kind,
                     entry.subject_id, std::nullopt, entry.actor_id, entry.office_id,
                     entry.authority, entry.change});
    return out;
  }
  static RecheckReport recheck(const std::vector<ledger::Entry>& entries) {
    std::vector<Law> laws;
    laws.push_back(small::law());
    Recheck recheck(std::move(laws));
    for (const auto& entry : entries) recheck.take(entry);
    return recheck.finish();
  }
  // An act with its chain, as other modules leave them.
  void use(const Officer& officer, std::int64_t baht) {
    const auto done =
        acts().run<Done>(officer.call, std::string(small::act), [&](Tx& tx) -> Result<Done> {
          const auto permit =
              TRY(grants_->decide_within(tx, officer.call, small::act, small::object("70", baht)));
          tx.record({.subject_kind = "purchase",
                     .subject_id = "p1",
                     .office_id = permit.office_id,
                     .authority = permit.chain()});
          return Done{};
        });
    ASSERT_TRUE(done.ok()) << done.problem().en;
  }
  void write_a_history() {
    auto first = from_to(governor_, roads_);
    first.ceiling_satang = Satang::of_baht(60);
    first.levels = 1;
    above_ = make(governor_.call, first)->grant;
    make(roads_.call, from_to(roads_, water_, above_.grant_id)).value();
    use(governor_, 100);
    use(roads_, 60);
    use(water_, 10);
    revoke(governor_.call, above_.grant_id).value();
  }

  Grant above_;
};

TEST_P(RecheckTest, a_true_ledger_holds_and_every_chain_was_made_again) {
  write_a_history();
  const auto report = recheck(ledger_entries());
  EXPECT_EQ(report.fault_count, 0) << (report.faults.empty() ? "" : report.faults[0].en);
  EXPECT_EQ(report.holding, 6);
  EXPECT_EQ(report.without_office, 9) << "offices, persons and holdings of the installation";
}

// An administrator withdraws or corrects holdings by the acts of identity; what the record said on
// the day stays the measure, and the report names who relied on it.
TEST_P(RecheckTest, acts_under_a_holding_that_was_withdrawn_later_are_named_and_no_fault) {
  write_a_history();
  auto administrator = at("2021-02-02");
  administrator.if_match_any = true;
  administrator.caller = Caller{.person_id = "administrator", .offices = {}};
  const auto reason = small::word<identity::Reason>("บันทึกผิดคน");
  ASSERT_TRUE(identity_->withdraw_holding(administrator, {{water_.holding}}, {reason}).ok());
  const auto report = recheck(ledger_entries());
  EXPECT_EQ(report.fault_count, 0) << (report.faults.empty() ? "" : report.faults[0].en);
  ASSERT_EQ(report.relied_count, 1);
  EXPECT_EQ(report.relied[0].code, "relied_on_withdrawn_holding");
  EXPECT_EQ(report.relied[0].act, small::act);

  // Afterwards there is nothing to rely on.
  auto late = ledger_entries();
  for (const auto& entry : ledger_entries())
    if (entry.act == small::act && entry.actor_office_id == water_.office) late.push_back(entry);
  const auto after = recheck(late);
  ASSERT_EQ(after.fault_count, 1);
  EXPECT_EQ(after.faults[0].code, "not_holder");
}

TEST_P(RecheckTest, a_corrected_holding_names_the_acts_of_days_that_it_lost) {
  write_a_history();
  auto administrator = at("2021-02-02");
  administrator.if_match_any = true;
  administrator.caller = Caller{.person_id = "administrator", .offices = {}};
  const auto correct = [&](const char* from) {
    const auto done = identity_->correct_holding(
        administrator, {{roads_.holding}},
        {*Date::parse(from), {}, small::word<identity::Reason>("วันที่ตามคำสั่ง")});
    EXPECT_TRUE(done.ok()) << (done.ok() ? "" : done.problem().en);
    administrator.now = administrator.now.plus_ms(60'000);
  };
  correct("2021-01-15");
  EXPECT_EQ(recheck(ledger_entries()).relied_count, 0) << "the acts are still within it";
  correct("2021-02-02");
  const auto report = recheck(ledger_entries());
  EXPECT_EQ(report.fault_count, 0) << (report.faults.empty() ? "" : report.faults[0].en);
  ASSERT_EQ(report.relied_count, 2) << "a grant and a purchase";
  EXPECT_EQ(report.relied[0].act, "order.sign");
  EXPECT_EQ(report.relied[0].code, "relied_on_changed_holding");
  correct("2021-01-01");
  EXPECT_EQ(recheck(ledger_entries()).relied_count, 0) << "it covers them again";
}

TEST_P(RecheckTest, forged_entries_are_found) {
  write_a_history();
  const auto honest = ledger_entries();
  const auto index = [&](std::string_view act, std::size_t nth = 0) {
    for (std::size_t i = 0; i < honest.size(); ++i)
      if (honest[i].act == act && nth-- == 0) return i;
    ADD_FAILURE() << act;
    return std::size_t{0};
  };
  const auto replace = [](std::string& text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from << " in " << text;
    text.replace(at, from.size(), to);
  };
  using Entries = std::vector<ledger::Entry>;
  const auto by_governor = index(small::act), by_roads = index(small::act, 1),
             by_water = index(small::act, 2), first_grant = index("order.sign"),
             revoked = index("order.revoke");
  struct Case {
    const char* code;
    std::function<void(Entries&)> forge;
  };
  const std::vector<Case> cases{
      {"not_covered",  // more than the law
       [&](Entries& e) {
         replace(e[by_governor].authority, "\"amount_satang\":10000", "\"amount_satang\":10001");
       }},
      {"grant_not_in_force",  // more than the grant
       [&](Entries& e) {
         replace(e[by_roads].authority, "\"amount_satang\":6000", "\"amount_satang\":6001");
       }},
      {"grant_not_in_force",  // after the revocation
       [&](Entries& e) {
         auto late = e[by_water];
         replace(late.authority, "\"at\":\"" + small::day("2021-02-01").text(),
                 "\"at\":\"" + small::day("2021-02-03").text());
         late.recorded_at = small::day("2021-02-03").text();
         e.push_back(late);
       }},
      {"decided_at_another_time",  // recorded two days after it was decided
       [&](Entries& e) {
         auto late = e[by_water];
         late.recorded_at = small::day("2021-02-03").text();
         e.insert(e.begin() + static_cast<std::ptrdiff_t>(revoked), late);
       }},
      {"unknown_grant",  // the grant was left out
       [&](Entries& e) { e.erase(e.begin() + static_cast<std::ptrdiff_t>(first_grant)); }},
      {"grant_exceeds",  // the grant says more than the grantor had
       [&](Entries& e) {
         replace(e[first_grant].change, "\"ceiling_satang\":6000", "\"ceiling_satang\":60000");
       }},
      {"not_holder",  // somebody who did not hold the office
       [&](Entries& e) { e[by_governor].actor_id = e[by_roads].actor_id; }},
      {"other_office",  // an office that the chain is not about
       [&](Entries& e) { e[by_governor].actor_office_id = roads_.office; }},
      {"unknown_office", [&](Entries& e) { e[by_governor].actor_office_id = "nowhere"; }},
      {"law_not_given",
       [&](Entries& e) {
         replace(e[by_governor].authority, "\"law\":\"small\"", "\"law\":\"other\"");
       }},
      {"chain_differs",  // words of the law changed
       [&](Entries& e) {
         replace(e[by_governor].authority, "Small Act, section 1", "Small Act, section 2");
       }},
      {"chain_differs",  // called verified by another name
       [&](Entries& e) {
         replace(e[by_governor].authority, "\"verified\":true", "\"verified\":false");
       }},
      {"no_chain", [&](Entries& e) { e[by_governor].authority = "{}"; }},
      {"not_json", [&](Entries& e) { e[by_governor].authority = "power"; }},
  };
  for (const auto& c : cases) {
    auto forged = honest;
    c.forge(forged);
    const auto report = recheck(forged);
    ASSERT_GE(report.fault_count, 1) << c.code;
    EXPECT_EQ(report.faults[0].code, c.code);
    EXPECT_FALSE(report.faults[0].th.empty());
  }
}

CHANGWAT_ON_BOTH_ENGINES(RegisterTest);
CHANGWAT_ON_BOTH_ENGINES(RecheckTest);

}  // namespace
}  // namespace changwat::authority
