#include "modules/indicators/stretch.hpp"

#include <vector>

#include <gtest/gtest.h>

#include "modules/indicators/testing.hpp"

namespace changwat::indicators {
namespace {

std::string to_text(Decimal value) {
  return value.text();
}

std::vector<YearValue> years(int first, std::initializer_list<const char*> values) {
  std::vector<YearValue> result;
  for (const char* value : values) result.push_back({first++, dec(value)});
  return result;
}

std::vector<Decimal> decimals(std::initializer_list<const char*> values) {
  std::vector<Decimal> result;
  for (const char* value : values) result.push_back(dec(value));
  return result;
}

constexpr auto higher = Direction::higher_is_better;
constexpr auto lower = Direction::lower_is_better;

StretchTest tested(const std::vector<YearValue>& baseline, YearValue target, Direction direction,
                   const std::vector<Decimal>& peers = {}) {
  return stretch_test(baseline, target, direction, peers, rules_of_2021().stretch).value();
}

TEST(Stretch, The_working_can_be_done_again_by_hand) {
  // 100, 104, 111: mean 105, slope (111 - 100) / 2 = 5.5, at 2023: 105 + 3 * 5.5 = 121.5.
  const auto test = tested(years(2019, {"100", "104", "111"}), {2023, dec("130")}, higher,
                           decimals({"120", "90", "140", "131"}));
  EXPECT_EQ(test.trend.count, 3);
  EXPECT_EQ(to_text(*test.trend.slope_per_year), "5.5");
  EXPECT_EQ(to_text(*test.trend.reference), "121.5");
  EXPECT_EQ(to_text(*test.trend.tolerance), "2.43");
  EXPECT_EQ(to_text(*test.trend.ahead_of_reference), "8.5");
  EXPECT_EQ(test.trend.label, StretchLabel::above);
  EXPECT_EQ(test.peers.count, 4);
  EXPECT_EQ(to_text(*test.peers.reference), "125.5");
  EXPECT_EQ(to_text(*test.peers.tolerance), "2.51");
  EXPECT_EQ(test.peers.label, StretchLabel::above);
  EXPECT_TRUE(test.improves_on_baseline);
}

TEST(Stretch, The_label_follows_the_distance_from_the_trend_in_the_kpis_own_direction) {
  struct Case {
    const char* target;  // trend of 90, 100 at 2023 is 130; tolerance 2.6
    Direction direction;
    StretchLabel label;
  };
  for (const Case& c :
       {Case{"132.6", higher, StretchLabel::on}, Case{"132.600001", higher, StretchLabel::above},
        Case{"127.4", higher, StretchLabel::on}, Case{"127.399999", higher, StretchLabel::below},
        Case{"132.600001", lower, StretchLabel::below},
        Case{"127.399999", lower, StretchLabel::above}, Case{"130", lower, StretchLabel::on}}) {
    const auto test = tested(years(2019, {"90", "100"}), {2023, dec(c.target)}, c.direction);
    EXPECT_EQ(test.trend.label, c.label) << c.target;
  }
}

TEST(Stretch, Only_the_last_three_years_make_the_trend_and_gaps_between_them_count) {
  const auto test = tested(years(2015, {"900", "10", "20", "30"}), {2020, dec("50")}, higher);
  EXPECT_EQ(to_text(*test.trend.reference), "50");
  const std::vector<YearValue> gap{{2014, dec("10")}, {2018, dec("30")}};
  EXPECT_EQ(to_text(*tested(gap, {2020, dec("40")}, higher).trend.reference), "40");
}

TEST(Stretch, On_a_worsening_trend_is_not_an_improvement) {
  const auto test = tested(years(2019, {"30", "20"}), {2021, dec("10")}, higher);
  EXPECT_EQ(test.trend.label, StretchLabel::on);
  EXPECT_FALSE(test.improves_on_baseline);
  EXPECT_TRUE(tested(years(2019, {"30", "20"}), {2021, dec("10")}, lower).improves_on_baseline);
}

TEST(Stretch, What_cannot_be_compared_says_why) {
  const auto test = tested(years(2020, {"5"}), {2022, dec("6")}, higher, decimals({"5", "6"}));
  EXPECT_EQ(test.trend.label, StretchLabel::not_available);
  EXPECT_EQ(test.trend.gap, StretchGap::too_few_years);
  EXPECT_EQ(test.peers.label, StretchLabel::not_available);
  EXPECT_EQ(test.peers.gap, StretchGap::too_few_peers);
  EXPECT_EQ(test.peers.count, 2);
}

TEST(Stretch, Years_out_of_order_and_ranges_are_refused) {
  const auto rule = rules_of_2021().stretch;
  const auto refuses = [&](const std::vector<YearValue>& baseline, Direction direction) {
    return !stretch_test(baseline, {2022, dec("1")}, direction, {}, rule).ok();
  };
  EXPECT_TRUE(refuses({}, higher));
  EXPECT_TRUE(refuses({{2020, dec("1")}, {2020, dec("2")}}, higher));
  EXPECT_TRUE(refuses({{2021, dec("1")}, {2022, dec("2")}}, higher));
  EXPECT_TRUE(refuses({{2020, dec("1")}}, Direction::within_range));
}

TEST(Stretch, A_more_ambitious_target_never_gets_a_lesser_label) {
  for (const Direction direction : {higher, lower}) {
    int before = 0;
    for (int i = -300; i <= 300; ++i) {
      const int value = direction == higher ? i : -i;
      const auto test = tested(years(2019, {"-7", "3", "1.5"}), {2022, decimal_of(value)},
                               direction, decimals({"-3", "9", "40"}));
      const int label = static_cast<int>(test.trend.label) + static_cast<int>(test.peers.label);
      EXPECT_GE(label, before);
      before = label;
    }
  }
}

}  // namespace
}  // namespace changwat::indicators
