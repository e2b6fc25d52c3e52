#include "modules/service_centre/needs.hpp"

#include "modules/service_centre/testing.hpp"

namespace changwat::service_centre {
namespace {

class NeedsOfPlaces : public CentreOnBothEngines {
 protected:
  void SetUp() override {
    CentreOnBothEngines::SetUp();
    if (IsSkipped()) return;
    needs_ =
        std::make_unique<PlaceNeeds>(database(), acts(), authority(), places(), centre().book());
  }
  void TearDown() override {
    needs_.reset();
    CentreOnBothEngines::TearDown();
  }
  RecurringNeeds recurring() {
    auto call = desk();
    return good(needs_->list_recurring(call, {{*AreaCode::parse("7001")}}));
  }
  static NewNeed proposal(const std::vector<CaseId>& cases,
                          std::string_view title = "ขอซ่อมถนนหน้าโรงเรียนทั้งสาย") {
    NewNeed in;
    in.area = *AreaCode::parse("700101");
    in.category = word<Key>("utilities");
    in.title = word<Title>(title);
    in.cases.assign(cases.begin(), cases.end());
    return in;
  }
  std::vector<CaseId> taken_many(int count, const NewCase& in = new_case()) {
    std::vector<CaseId> out;
    for (int i = 0; i < count; ++i) out.push_back(taken(in).case_id);
    return out;
  }
  Result<PlaceNeed> proposed(const NewNeed& in) {
    auto call = desk();
    auto made = needs_->propose(call, in);
    if (!made.ok()) return made.problem();
    return std::move(made->value);
  }
  std::vector<std::string> faults(const NewNeed& in) {
    const auto made = proposed(in);
    std::vector<std::string> out;
    if (made.ok()) return out;
    for (const auto& field : made.problem().fields) out.push_back(field.pointer + " " + field.code);
    return out;
  }

  std::unique_ptr<PlaceNeeds> needs_;
};
CHANGWAT_ON_BOTH_ENGINES(NeedsOfPlaces);

using Faults = std::vector<std::string>;

TEST_P(NeedsOfPlaces, Cases_that_keep_coming_from_one_place_are_found_with_the_cases) {
  taken_many(5);
  taken(new_case("land"));
  const auto found = recurring();
  ASSERT_EQ(found.items.size(), 1u);
  EXPECT_EQ(found.items[0].cases, 5);
  EXPECT_EQ(found.items[0].category.text(), "utilities");
  EXPECT_EQ(found.items[0].items.size(), 5u);
  EXPECT_TRUE(found.items[0].may_propose);
  auto reader = as("governor", "70");
  EXPECT_FALSE(
      good(needs_->list_recurring(reader, {{*AreaCode::parse("70")}})).items[0].may_propose);
}

TEST_P(NeedsOfPlaces, A_proposal_holds_its_cases_and_these_are_not_proposed_twice) {
  const auto cases = taken_many(5);
  const auto need = good(proposed(proposal(cases)));
  EXPECT_EQ(need.items.size(), 5u);
  EXPECT_EQ(need.office_th, "ตำแหน่ง district");
  EXPECT_EQ(entries().back().act, "need.propose");

  auto found = recurring();
  ASSERT_EQ(found.items.size(), 1u) << "it keeps coming, and that is still told";
  EXPECT_EQ(found.items[0].in_needs, 5);
  EXPECT_TRUE(found.items[0].items.empty());
  EXPECT_FALSE(found.items[0].may_propose);
  EXPECT_EQ(faults(proposal(cases)),
            (Faults{"/cases/0 in_need", "/cases/1 in_need", "/cases/2 in_need", "/cases/3 in_need",
                    "/cases/4 in_need"}));

  auto call = desk();
  NeedsQuery of_case;
  of_case.case_id = cases[0];
  const auto listed = good(needs_->list_needs(call, {of_case}));
  ASSERT_EQ(listed.items.size(), 1u);
  EXPECT_EQ(listed.items[0].need_id, need.need_id);
  EXPECT_EQ(listed.items[0].cases, 5);
}

TEST_P(NeedsOfPlaces, What_was_withdrawn_says_why_and_lets_its_cases_go) {
  const auto cases = taken_many(5);
  const auto need = good(proposed(proposal(cases)));
  auto call = desk();
  const auto over = good(needs_->withdraw(call, {{need.need_id}}, reason("ซ้ำกับแผนเดิม")));
  EXPECT_EQ(over.state, NeedState::withdrawn);
  EXPECT_EQ(over.withdrawal.text(), "ซ้ำกับแผนเดิม");
  EXPECT_FALSE(over.may_withdraw);
  EXPECT_EQ(needs_->withdraw(call, {{need.need_id}}, reason()).problem().kind->code,
            std::string_view("need_over"));
  EXPECT_TRUE(recurring().items[0].may_propose);
  EXPECT_TRUE(proposed(proposal(cases)).ok());
}

TEST_P(NeedsOfPlaces, Only_enough_cases_of_the_category_and_place_are_a_need) {
  auto cases = taken_many(4);
  EXPECT_EQ(faults(proposal(cases)), Faults{"/cases too_few"});
  cases.push_back(cases[0]);
  EXPECT_EQ(faults(proposal(cases)), Faults{"/cases too_few"}) << "one twice is one";
  cases[4] = taken(new_case("land")).case_id;
  EXPECT_EQ(faults(proposal(cases)), Faults{"/cases/4 not_of_this"});
  auto elsewhere = new_case();
  elsewhere.place.area = *AreaCode::parse("700102");
  cases[4] = taken(elsewhere).case_id;
  EXPECT_EQ(faults(proposal(cases)), Faults{"/cases/4 not_of_this"});
  auto in_village = new_case();
  in_village.place.area = *AreaCode::parse("70010101");
  cases[4] = taken(in_village).case_id;
  EXPECT_TRUE(faults(proposal(cases)).empty()) << "a village is of its sub-district";
}

TEST_P(NeedsOfPlaces, The_district_alone_proposes_and_others_of_the_area_read) {
  const auto cases = taken_many(5);
  for (auto call : {as("provincial_office", "70"), as("district", "7002"), agency()})
    EXPECT_TRUE(needs_->propose(call, proposal(cases)).problem().is(errors::forbidden));
  const auto need = good(proposed(proposal(cases)));
  auto governor = as("governor", "70");
  EXPECT_TRUE(needs_->get_need(governor, {{need.need_id}}).ok());
  auto foreign = as("governor", "40");
  EXPECT_TRUE(needs_->get_need(foreign, {{need.need_id}}).problem().is(errors::forbidden));
  auto other = as("district", "7002");
  EXPECT_TRUE(needs_->withdraw(other, {{need.need_id}}, reason()).problem().is(errors::forbidden));
}

TEST_P(NeedsOfPlaces, A_secret_reporter_of_one_of_the_cases_is_not_named) {
  auto cases = taken_many(4);
  auto secret = new_case();
  secret.reporters.assign({reporter(secret_name, ReporterType::secret)});
  cases.push_back(taken(secret).case_id);
  const auto named = "ตามที่" + std::string(secret_name) + "แจ้ง";
  EXPECT_EQ(faults(proposal(cases, named)), Faults{"/title tells_secret"});
  auto in = proposal(cases);
  in.reason_th = word<Note>(named);
  EXPECT_EQ(faults(in), Faults{"/reason_th tells_secret"});
  const auto need = good(proposed(proposal(cases)));
  auto call = desk();
  EXPECT_FALSE(needs_->withdraw(call, {{need.need_id}}, reason(named)).ok());
}

}  // namespace
}  // namespace changwat::service_centre
