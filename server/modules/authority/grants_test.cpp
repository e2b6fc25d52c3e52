// What a grant may be, what it comes to, and how it ends.

#include "modules/authority/grants.hpp"

#include <gtest/gtest.h>

#include "modules/authority/testing.hpp"

namespace changwat::authority {
namespace {

using small::day;
using small::grant;
using small::object;

class GrantsTest : public testing::Test {
 protected:
  GrantsTest() {
    offices_ = Offices({small::office("governor", "governor", "70"),
                        small::office("governor.40", "governor", "40"),
                        small::office("roads", "central_agency", "70"),
                        small::office("water", "central_agency", "70"),
                        small::office("town", "local_government", "7001"),
                        small::office("village", "local_government", "700101"),
                        small::office("citizen", "citizen", "70")});
  }

  Grant made(Grant grant) {
    const auto wrong = book_.faults(grant, offices_);
    EXPECT_TRUE(wrong.empty()) << wrong.at(0).pointer << " " << wrong.at(0).code;
    EXPECT_TRUE(book_.add(grant, offices_));
    return grant;
  }
  std::string refused(const Grant& grant) {
    const auto wrong = book_.faults(grant, offices_);
    return wrong.empty() ? "" : wrong[0].pointer + " " + wrong[0].code;
  }
  bool may(std::string_view office, const Object& object, Instant at = day("2021-06-01")) {
    const auto* row = offices_.find(office);
    const HeldOffice held{row->office_id, row->role, row->area, row->title_th, row->title_en};
    return decide(law_, book_, {held}, {small::act, object, at}).has_value();
  }

  Law law_ = small::law();
  Offices offices_;
  GrantBook book_{law_};
};

TEST_F(GrantsTest, whoever_receives_a_power_has_it_within_the_limits_of_all_above) {
  auto first = grant("governor", "roads");
  first.ceiling_satang = Satang::of_baht(80);
  first.levels = 1;
  made(first);
  auto second = grant("roads", "town", first.grant_id);
  second.area = AreaCode::parse("7001");
  made(second);
  EXPECT_TRUE(may("governor", object("70", 100)));
  EXPECT_TRUE(may("roads", object("7002", 80)));
  EXPECT_FALSE(may("roads", object("7002", 81)));
  EXPECT_TRUE(may("town", object("700102", 80)));
  EXPECT_FALSE(may("town", object("7002", 80))) << "outside the area of the grant";
  EXPECT_FALSE(may("town", object("7001", 81))) << "more than the grant above";
  EXPECT_FALSE(may("water", object("7001", 1))) << "received nothing";
  EXPECT_FALSE(may("governor.40", object("70", 1))) << "another province";
}

TEST_F(GrantsTest, a_grant_that_exceeds_its_grantor_is_refused_in_each_dimension) {
  auto ground = grant("governor", "roads");
  ground.area = AreaCode::parse("7001");
  ground.ceiling_satang = Satang::of_baht(50);
  ground.kinds = Json<Words>{{small::key("equipment")}};
  ground.project = ProjectRef::parse("P1");
  ground.from_date = *Date::parse("2021-02-01");
  ground.to_date = Date::parse("2021-09-30");
  ground.levels = 1;
  made(ground);
  struct Case {
    const char* refused;
    std::function<void(Grant&)> change;
  };
  const std::vector<Case> cases{
      {"/ceiling_satang exceeds_grantor", [](Grant& g) { g.ceiling_satang = Satang::of_baht(51); }},
      {"/area exceeds_grantor", [](Grant& g) { g.area = AreaCode::parse("70"); }},
      {"/area exceeds_grantor", [](Grant& g) { g.area = AreaCode::parse("7002"); }},
      {"/kinds exceeds_grantor",
       [](Grant& g) { g.kinds = Json<Words>{{small::key("construction")}}; }},
      {"/project exceeds_grantor", [](Grant& g) { g.project = ProjectRef::parse("P2"); }},
      {"/from_date exceeds_grantor", [](Grant& g) { g.from_date = *Date::parse("2021-01-31"); }},
      {"/to_date exceeds_grantor", [](Grant& g) { g.to_date = Date::parse("2021-10-01"); }},
      {"/levels exceeds_grantor", [](Grant& g) { g.levels = 1; }},
      {"/levels exceeds_grantor", [](Grant& g) { g.levels = -1; }},
      {"/power unknown_value", [](Grant& g) { g.power = small::key("other"); }},
      {"/to_office_id not_eligible",
       [](Grant& g) { g.to_office_id = *OfficeRef::parse("citizen"); }},
      {"/to_office_id circle", [](Grant& g) { g.to_office_id = *OfficeRef::parse("roads"); }},
      {"/to_office_id unknown_value", [](Grant& g) { g.to_office_id = *OfficeRef::parse("x"); }},
      {"/parent_grant_id not_held",
       [](Grant& g) { g.from_office_id = *OfficeRef::parse("water"); }},
      {"/from_office_id not_held", [](Grant& g) { g.parent_grant_id.reset(); }},
  };
  for (const auto& c : cases) {
    auto below = grant("roads", "town", ground.grant_id);
    below.from_date = *Date::parse("2021-02-01");
    EXPECT_EQ(refused(below), "") << "before the change";
    c.change(below);
    EXPECT_EQ(refused(below), c.refused);
  }
}

TEST_F(GrantsTest, what_may_not_be_granted_on_stays_where_it_is) {
  const auto last = made(grant("governor", "roads"));
  EXPECT_EQ(refused(grant("roads", "town", last.grant_id)), "/parent_grant_id not_grantable");
}

TEST_F(GrantsTest, a_chain_is_no_longer_than_the_law_says_and_never_a_circle) {
  auto a = grant("governor", "roads");
  a.levels = 2;
  made(a);
  auto b = grant("roads", "water", a.grant_id);
  b.levels = 1;
  made(b);
  EXPECT_EQ(refused(grant("water", "roads", b.grant_id)), "/to_office_id circle");
  const auto c = made(grant("water", "town", b.grant_id));
  EXPECT_EQ(refused(grant("town", "village", c.grant_id)), "/parent_grant_id not_grantable");
  auto too_deep = grant("governor", "water");
  too_deep.levels = 3;
  EXPECT_EQ(refused(too_deep), "/levels exceeds_grantor");
}

TEST_F(GrantsTest, a_grant_permits_from_its_signing_and_its_first_day_to_its_last) {
  auto some = grant("governor", "roads");
  some.from_date = *Date::parse("2021-03-01");
  some.to_date = Date::parse("2021-03-31");
  some.granted_at = Instant::bangkok(*Date::parse("2021-03-10"), 9, 0, 0);
  made(some);
  EXPECT_FALSE(
      may("roads", object("70", 1), Instant::bangkok(*Date::parse("2021-03-10"), 8, 59, 59)));
  EXPECT_TRUE(may("roads", object("70", 1), Instant::bangkok(*Date::parse("2021-03-10"), 9, 0, 0)));
  EXPECT_TRUE(
      may("roads", object("70", 1), Instant::bangkok(*Date::parse("2021-03-31"), 23, 59, 59)));
  EXPECT_FALSE(
      may("roads", object("70", 1), Instant::bangkok(*Date::parse("2021-04-01"), 0, 0, 0)));
}

TEST_F(GrantsTest, when_a_grant_ends_all_below_it_falls_at_that_moment) {
  auto a = grant("governor", "roads");
  a.levels = 2;
  made(a);
  auto b = grant("roads", "water", a.grant_id);
  b.levels = 1;
  made(b);
  made(grant("water", "town", b.grant_id));
  made(grant("governor", "village"));
  EXPECT_EQ(book_.end(a.grant_id, day("2021-05-01")), 3u);
  EXPECT_TRUE(may("town", object("7001", 1), day("2021-04-30"))) << "what was is not undone";
  EXPECT_FALSE(may("town", object("7001", 1), day("2021-05-01")));
  EXPECT_FALSE(may("roads", object("7001", 1), day("2021-05-01")));
  EXPECT_TRUE(may("village", object("7001", 1), day("2021-05-01"))) << "of another root";
  EXPECT_EQ(book_.end(a.grant_id, day("2021-07-01")), 0u) << "ended once, ended for good";
  EXPECT_FALSE(may("town", object("7001", 1), day("2021-05-02")));
  auto late = grant("roads", "village", a.grant_id);
  late.granted_at = day("2021-06-01");
  EXPECT_EQ(refused(late), "/from_date exceeds_grantor") << "nothing left to grant";
}

TEST_F(GrantsTest, the_grants_of_an_office_whose_holder_leaves_are_known) {
  const auto a = made(grant("governor", "roads"));
  const auto ended = made(grant("governor", "water"));
  book_.end(ended.grant_id, day("2021-02-01"));
  EXPECT_EQ(book_.ending_with_holder("governor", day("2021-06-01")),
            std::vector<GrantId>{a.grant_id});
  EXPECT_TRUE(book_.ending_with_holder("roads", day("2021-06-01")).empty());
}

TEST_F(GrantsTest, a_grant_without_ground_permits_nothing_nor_does_what_stands_below_it) {
  const auto missing = grant("governor", "roads");
  EXPECT_FALSE(book_.add(grant("roads", "town", missing.grant_id), offices_));
  EXPECT_FALSE(may("town", object("7001", 1)));
}

TEST_F(GrantsTest, ids_and_areas_survive_their_packing) {
  const auto some = made(grant("governor", "roads"));
  EXPECT_EQ(book_.id(book_.find(some.grant_id)), some.grant_id);
  for (const auto* code : {"10", "7001", "700101", "70010199", "96999999"})
    EXPECT_EQ(Place(AreaCode::parse(code)).area()->text(), code);
  EXPECT_FALSE(Place().area());
  EXPECT_TRUE(Place().contains(Place(AreaCode::parse("70"))));
  EXPECT_FALSE(Place(AreaCode::parse("70")).contains(Place()));
}

}  // namespace
}  // namespace changwat::authority
