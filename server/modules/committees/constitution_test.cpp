#include "modules/committees/constitution.hpp"

#include <set>

#include "modules/committees/testing.hpp"

namespace changwat::committees {
namespace {

Book book() {
  return *Book::read(file_text("data/committees/committees.json"));
}

const Body* body_of(const std::vector<Body>& bodies, std::string_view code) {
  for (const auto& body : bodies)
    if (body.code.text() == code) return &body;
  return nullptr;
}

bool existed(const Body& body, Date on) {
  return (!body.valid_from || *body.valid_from <= on) && (!body.valid_to || on <= *body.valid_to);
}

TEST(CommitteeBook, Bodies_follow_each_other_by_period) {
  const auto bodies = book().bodies({});
  const auto early = *Date::of(2021, 7, 14), late = *Date::of(2024, 12, 18);
  const auto* before = body_of(bodies, "regional_policy_committee");
  const auto* after = body_of(bodies, "area_policy_committee");
  ASSERT_TRUE(before && after);
  EXPECT_TRUE(existed(*before, early) && !existed(*after, early));
  EXPECT_TRUE(!existed(*before, late) && existed(*after, late));
  EXPECT_EQ(before->succeeded_by, after->code);
  std::int64_t regional = 0;
  for (const auto& body : bodies)
    if (body.kind == BodyKind::regional_subcommittee) {
      ++regional;
      EXPECT_EQ(body.parent, after->code);
      EXPECT_FALSE(existed(body, early));
    }
  EXPECT_EQ(regional, 6);
}

TEST(CommitteeBook, Every_province_has_its_bodies_by_data_and_Bangkok_has_none) {
  const std::vector<Province> provinces{{word<AreaCode>("10"), "กรุงเทพมหานคร", "Bangkok"},
                                        {word<AreaCode>("70"), "ราชบุรี", "Ratchaburi"}};
  const auto bodies = book().bodies(provinces);
  const auto* committee = body_of(bodies, "provincial_committee.70");
  ASSERT_TRUE(committee);
  EXPECT_EQ(committee->name_th.text(), "คณะกรมการจังหวัดราชบุรี");
  EXPECT_EQ(committee->name_en.text(), "Provincial Committee of Ratchaburi");
  EXPECT_EQ(committee->province->text(), "70");
  EXPECT_EQ(committee->secretariat->text(), "provincial_office");
  EXPECT_TRUE(body_of(bodies, "provincial_administration_committee.70"));
  EXPECT_FALSE(body_of(bodies, "provincial_committee.10"));
}

TEST(CommitteeBook, Seats_and_rules_are_those_of_the_day) {
  const auto all = book();
  const auto bodies = all.bodies({{word<AreaCode>("70"), "ราชบุรี", "Ratchaburi"}});
  const auto* law =
      all.constitution(*body_of(bodies, "provincial_committee.70"), *Date::of(2026, 1, 1));
  ASSERT_TRUE(law);
  EXPECT_EQ(law->seat(word<Key>("chair"))->place, SeatPlace::chair);
  EXPECT_EQ(law->seat(word<Key>("chair"))->role->text(), "governor");
  EXPECT_FALSE(law->quorum.verified);  // nobody has read the law for us
  EXPECT_FALSE(all.constitution(*body_of(bodies, "area_policy_committee"), *Date::of(2021, 1, 1)));
}

TEST(CommitteeBook, A_share_above_all_and_an_unknown_constitution_are_refused) {
  auto whole = file_text("data/committees/committees.json");
  const auto at = whole.find("\"numerator\": 1");
  ASSERT_NE(at, whole.npos);
  auto broken = whole;
  broken.replace(at, 14, "\"numerator\": 3");
  EXPECT_FALSE(Book::read(broken).ok());
  const auto key = whole.find("\"constitution\": \"working_group\"");
  broken = whole;
  broken.replace(key, 31, "\"constitution\": \"no_such_group\"");
  const auto refused = Book::read(broken);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.problem().fields.at(0).code, "unknown_constitution");
}

}  // namespace
}  // namespace changwat::committees
