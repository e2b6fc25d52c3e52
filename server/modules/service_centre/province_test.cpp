#include "modules/service_centre/testing.hpp"

namespace changwat::service_centre {
namespace {

class ProvinceOfCases : public CentreOnBothEngines {
 protected:
  ProvinceBoard board(Call call, std::string_view area = "70") {
    return good(centre().get_province_board(call, {{*AreaCode::parse(area)}}));
  }
  Call governor() const { return as("governor", "70"); }
};
CHANGWAT_ON_BOTH_ENGINES(ProvinceOfCases);

TEST_P(ProvinceOfCases, Numbers_are_by_district_and_category_with_what_came_before) {
  taken(new_case("utilities"), "2027-01-20T03:00:00.000Z");
  taken(new_case("land"), "2027-03-09T03:00:00.000Z");
  closed(taken(new_case("utilities"), "2027-03-09T03:00:00.000Z").case_id);
  const auto seen = board(governor());
  EXPECT_EQ(seen.total.open, 2);
  EXPECT_EQ(seen.total.received, 2);
  EXPECT_EQ(seen.total.received_before, 1);
  EXPECT_EQ(seen.total.late, 1);
  ASSERT_EQ(seen.by_district.size(), 1u);
  EXPECT_EQ(seen.by_district[0].code, "7001");
  EXPECT_EQ(seen.by_category.size(), 2u);
}

TEST_P(ProvinceOfCases, A_spot_stands_on_the_map_only_where_it_leads_to_no_single_case) {
  for (int i = 0; i < 4; ++i) taken();
  auto seen = board(governor());
  ASSERT_EQ(seen.spots.size(), 1u);
  EXPECT_EQ(seen.spots[0].open, 4);
  EXPECT_FALSE(seen.spots[0].position);
  taken();
  seen = board(governor());
  EXPECT_EQ(seen.spots[0].area.text(), "700101");
  ASSERT_TRUE(seen.spots[0].position);
  EXPECT_EQ(seen.spots[0].position->latitude.text(), "13.5");
  CaseQuery behind;
  behind.place = seen.spots[0].area;
  auto call = governor();
  EXPECT_EQ(good(centre().list_cases(call, {behind})).items.size(), 5u);
}

TEST_P(ProvinceOfCases, The_board_is_for_those_who_read_the_province_s_cases) {
  for (auto call : {as("governor", "40"), desk(), agency()})
    EXPECT_TRUE(centre()
                    .get_province_board(call, {{*AreaCode::parse("70")}})
                    .problem()
                    .is(errors::forbidden));
}

}  // namespace
}  // namespace changwat::service_centre
