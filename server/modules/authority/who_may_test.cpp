#include "modules/authority/who_may.hpp"

#include <gtest/gtest.h>

#include "modules/authority/testing.hpp"

namespace changwat::authority {
namespace {

using small::day;
using small::grant;
using small::object;

class WhoMayTest : public testing::Test {
 protected:
  WhoMayTest() {
    std::vector<OfficeRow> rows{small::office("governor", "governor", "70"),
                                small::office("governor.40", "governor", "40"),
                                small::office("town", "local_government", "7001")};
    for (int i = 0; i < 20; ++i)
      rows.push_back(small::office("agency" + std::to_string(i), "central_agency", "70"));
    offices_ = Offices(std::move(rows));
  }
  Grant made(const Grant& grant) {
    EXPECT_TRUE(book_.faults(grant, offices_).empty());
    EXPECT_TRUE(book_.add(grant, offices_));
    return grant;
  }
  WhoMay who(const Object& object, int limit = 100, std::string_view at = "2021-06-01") const {
    return who_may({law_, book_, offices_}, {small::act, object, day(at)}, limit);
  }
  static std::vector<std::string> names(const WhoMay& answer) {
    std::vector<std::string> out;
    for (const auto& signer : answer.signers) out.push_back(signer.office_id);
    return out;
  }

  Law law_ = small::law();
  Offices offices_;
  GrantBook book_{law_};
};

TEST_F(WhoMayTest, those_by_law_come_first_then_grants_each_with_its_chain) {
  auto first = grant("governor", "agency1");
  first.levels = 1;
  made(first);
  auto second = grant("agency1", "town", first.grant_id);
  second.area = AreaCode::parse("7001");
  made(second);
  const auto answer = who(object("700101", 50));
  EXPECT_EQ(names(answer), (std::vector<std::string>{"governor", "town", "agency1"}));
  EXPECT_FALSE(answer.more);
  const auto& chain = answer.signers[1].chain;
  ASSERT_EQ(chain.grants.size(), 2u);
  EXPECT_EQ(chain.grants[0].from_office, "governor");
  EXPECT_EQ(chain.grants[1].grant_id, second.grant_id);
  EXPECT_EQ(chain.instruments.at(0).citation_en, "Small Act, section 1");
  EXPECT_TRUE(chain.verified);
  EXPECT_EQ(names(who(object("7002", 50))), (std::vector<std::string>{"governor", "agency1"}));
}

TEST_F(WhoMayTest, a_long_list_stops_at_its_limit_and_says_so) {
  for (int i = 0; i < 20; ++i) made(grant("governor", "agency" + std::to_string(i)));
  const auto answer = who(object("70", 1), 5);
  EXPECT_EQ(answer.signers.size(), 5u);
  EXPECT_TRUE(answer.more);
  EXPECT_FALSE(who(object("70", 1), 21).more);
}

TEST_F(WhoMayTest, the_nearest_says_what_would_have_to_differ_fewest_things_first) {
  auto low = grant("governor", "agency1");
  low.ceiling_satang = Satang::of_baht(40);
  made(low);
  auto lower = grant("governor", "agency2");
  lower.ceiling_satang = Satang::of_baht(30);
  made(lower);
  auto elsewhere = grant("governor", "agency3");
  elsewhere.ceiling_satang = Satang::of_baht(49);
  elsewhere.kinds = Json<Words>{{small::key("equipment")}};
  made(elsewhere);
  const auto answer = who(object("70", 50, "construction"));
  EXPECT_EQ(names(answer), std::vector<std::string>{"governor"});
  ASSERT_EQ(answer.nearest.size(), 3u);
  EXPECT_EQ(answer.nearest[0].signer.office_id, "agency1");
  ASSERT_EQ(answer.nearest[0].differences.size(), 1u);
  EXPECT_EQ(answer.nearest[0].differences[0].what.text(), "amount");
  EXPECT_EQ(answer.nearest[0].differences[0].en, "The amount must be 40 baht or less");
  EXPECT_EQ(answer.nearest[1].signer.office_id, "agency2");
  EXPECT_EQ(answer.nearest[2].differences.size(), 2u);
}

TEST_F(WhoMayTest, above_the_law_nobody_signs_and_the_governor_is_the_nearest) {
  const auto answer = who(object("70", 101));
  EXPECT_TRUE(answer.signers.empty());
  ASSERT_FALSE(answer.nearest.empty());
  EXPECT_EQ(answer.nearest[0].signer.office_id, "governor");
  EXPECT_EQ(answer.nearest[0].differences[0].en, "The amount must be 100 baht or less");
}

TEST_F(WhoMayTest, an_office_that_is_not_registered_is_named_by_its_role) {
  const auto answer = who(object("96", 1));
  ASSERT_EQ(answer.signers.size(), 1u);
  EXPECT_EQ(answer.signers[0].office_id, "");
  EXPECT_EQ(answer.signers[0].role, "governor");
  EXPECT_EQ(answer.signers[0].area->text(), "96");
}

TEST_F(WhoMayTest, an_office_sees_what_it_may_do_and_what_it_loses_and_why) {
  auto first = grant("governor", "agency1");
  first.to_date = Date::parse("2021-06-30");
  first.ceiling_satang = Satang::of_baht(40);
  first.levels = 1;
  made(first);
  made(grant("agency1", "town", first.grant_id));
  const World world{law_, book_, offices_};
  const auto held = powers_of(world, *offices_.find("agency1"), day("2021-06-01"));
  ASSERT_EQ(held.size(), 1u);
  EXPECT_EQ(held[0].ceiling_satang, Satang::of_baht(40));
  EXPECT_EQ(held[0].acts.at(0).act.text(), small::act);
  EXPECT_TRUE(held[0].may_grant);
  EXPECT_EQ(held[0].ends_at->bangkok_date().text(), "2021-07-01");
  const auto lost = [&](const char* office, const char* from, const char* to) {
    return lost_between(world, *offices_.find(office), day(from), day(to));
  };
  ASSERT_EQ(lost("agency1", "2021-06-01", "2021-07-01").size(), 1u);
  EXPECT_EQ(lost("agency1", "2021-06-01", "2021-07-01")[0].why, LossReason::grant_ends);
  EXPECT_EQ(lost("town", "2021-06-01", "2021-07-01").at(0).why, LossReason::grant_above_ends);
  EXPECT_TRUE(lost("agency1", "2021-06-01", "2021-06-30").empty());
  EXPECT_EQ(lost("governor", "2029-06-01", "2030-01-01").at(0).why, LossReason::law_ends);
}

}  // namespace
}  // namespace changwat::authority
