#include "modules/indicators/scoring.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "modules/indicators/testing.hpp"

namespace changwat::indicators {
namespace {

std::string to_text(Decimal value) {
  return value.text();
}

ThreePoint three(std::string_view p50, std::string_view p75, std::string_view p100) {
  return {dec(p50), dec(p75), dec(p100)};
}

FiveLevel five(std::string_view l1, std::string_view l2, std::string_view l3, std::string_view l4,
               std::string_view l5) {
  return {dec(l1), dec(l2), dec(l3), dec(l4), dec(l5)};
}

TEST(ExactArithmetic, Halves_round_upward_on_both_sides_of_zero) {
  EXPECT_EQ(std::int64_t(round_div(5, 2)), 3);
  EXPECT_EQ(std::int64_t(round_div(-5, 2)), -2);
  EXPECT_EQ(std::int64_t(round_div(-7, 3)), -2);
  EXPECT_EQ(std::int64_t(round_div(7, 3)), 2);
}

TEST(ExactArithmetic, What_is_out_of_range_is_held_at_its_end) {
  const Int128 most = Decimal::millionths_max;
  EXPECT_EQ(decimal_of_millionths(most * 7).millionths(), Decimal::millionths_max);
  EXPECT_EQ(decimal_of_millionths(-most - 1).millionths(), -Decimal::millionths_max);
}

TEST(Scoring, Each_method_gives_the_points_of_its_published_formula) {
  const Method rising = three("60", "70", "90");
  const Method falling = three("12", "10", "6");
  const Method levels = five("80", "85", "90", "95", "100");
  const Method levels_falling = five("30", "25", "20", "15", "10");
  const Method range = WithinRange{three("5", "6", "7"), three("12", "11", "10")};
  struct Case {
    const char* why;
    Method method;
    const char* value;
    const char* points;
  };
  const std::vector<Case> cases{
      {"short of the first criterion", rising, "59.999999", "0"},
      {"first criterion", rising, "60", "50"},
      {"between first and second", rising, "65", "62.5"},
      {"second criterion", rising, "70", "75"},
      {"between second and third", rising, "78", "85"},
      {"third criterion", rising, "90", "100"},
      {"beyond the third", rising, "1000", "100"},
      {"less is better: short", falling, "12.1", "0"},
      {"less is better: first", falling, "12", "50"},
      {"less is better: between", falling, "11", "62.5"},
      {"less is better: beyond", falling, "-3", "100"},
      {"a third is rounded to a millionth", three("0", "3", "6"), "1", "58.333333"},
      {"short of level 1", levels, "10", "20"},
      {"level 3", levels, "90", "60"},
      {"level 3.5", levels, "92.5", "70"},
      {"beyond level 5", levels, "120", "100"},
      {"falling levels", levels_falling, "22.5", "50"},
      {"below the range", range, "4", "0"},
      {"entering the range", range, "5.5", "62.5"},
      {"inside the range", range, "8", "100"},
      {"leaving the range", range, "11.5", "62.5"},
      {"above the range", range, "13", "0"},
      {"steps done", Milestone{}, "37.5", "37.5"},
      {"more than all steps", Milestone{}, "101", "100"},
      {"a PMQA score", Pmqa{}, "412.5", "82.5"},
      {"a negative PMQA score", Pmqa{}, "-1", "0"},
  };
  for (const Case& c : cases) {
    ASSERT_TRUE(check_method(c.method).ok()) << c.why;
    EXPECT_EQ(to_text(points_of(c.method, dec(c.value))), c.points) << c.why;
  }
}

TEST(Scoring, A_five_level_score_is_one_plus_the_distance_in_intervals) {
  const FiveLevel levels = five("80", "85", "90", "95", "100");
  for (int x = 70; x <= 110; ++x) {
    const int expected_fifths = std::clamp(5 + (x - 80), 5, 25);
    EXPECT_EQ(five_level_score(levels, decimal_of(x)).millionths(), expected_fifths * 200'000) << x;
  }
}

TEST(Scoring, Criteria_out_of_order_are_refused) {
  for (const Method& method :
       {Method{three("1", "1", "2")}, Method{three("1", "3", "2")}, Method{three("3", "2", "2")},
        Method{five("1", "2", "3", "4", "4")}, Method{five("5", "4", "3", "2", "3")},
        Method{WithinRange{three("1", "2", "3"), three("6", "5", "2")}},
        Method{WithinRange{three("3", "2", "1"), three("6", "5", "4")}}}) {
    EXPECT_FALSE(check_method(method).ok());
  }
}

TEST(Scoring, The_order_of_the_criteria_says_the_direction) {
  EXPECT_EQ(direction_of(three("1", "2", "3")), Direction::higher_is_better);
  EXPECT_EQ(direction_of(three("3", "2", "1")), Direction::lower_is_better);
  EXPECT_EQ(direction_of(five("5", "4", "3", "2", "1")), Direction::lower_is_better);
  EXPECT_EQ(direction_of(Milestone{}), Direction::higher_is_better);
}

TEST(Scoring, A_better_value_never_earns_fewer_points) {
  const std::vector<Method> methods{three("-3.7", "1.123457", "19"),
                                    three("19", "1.1", "-3.7"),
                                    five("-5", "0.3", "1", "7", "7.1"),
                                    five("9", "7", "3", "1", "-20"),
                                    Milestone{},
                                    Pmqa{}};
  for (const Method& method : methods) {
    const bool more_is_better = direction_of(method) == Direction::higher_is_better;
    Decimal before = points_of(method, decimal_of(more_is_better ? -30 : 30));
    for (std::int64_t i = 1; i <= 6000; ++i) {
      const std::int64_t step = i * 10'007;
      const Decimal value =
          decimal_of_millionths(more_is_better ? -30'000'000 + step : 30'000'000 - step);
      const Decimal now = points_of(method, value);
      EXPECT_GE(now, before) << to_text(value);
      EXPECT_GE(now, decimal_of(0));
      EXPECT_LE(now, decimal_of(100));
      before = now;
    }
  }
}

TEST(Scoring, The_largest_values_do_not_overflow) {
  const Decimal huge = decimal_of_millionths(Decimal::millionths_max);
  const Decimal deep = decimal_of_millionths(-Decimal::millionths_max);
  const Method method = ThreePoint{deep, Decimal{}, huge};
  EXPECT_EQ(to_text(points_of(method, huge)), "100");
  EXPECT_EQ(to_text(points_of(method, decimal_of_millionths(Decimal::millionths_max / 2))), "87.5");
  EXPECT_EQ(to_text(points_of(method, deep)), "50");
}

TEST(Milestones, Steps_count_by_weight_and_the_plan_stands_beside_them) {
  const int jan = month_index(2021, 1);
  const std::vector<MilestoneStep> steps{
      {dec("20"), jan, jan}, {dec("30"), jan + 1, jan + 3}, {dec("50"), jan + 6, std::nullopt}};
  const auto after_one = milestone_progress(steps, jan + 1);
  EXPECT_EQ(to_text(after_one.done_percent), "20");
  EXPECT_EQ(to_text(after_one.planned_percent), "50");
  EXPECT_EQ(after_one.late_steps, 1);
  const auto after_three = milestone_progress(steps, jan + 3);
  EXPECT_EQ(to_text(after_three.done_percent), "50");
  EXPECT_EQ(to_text(after_three.planned_percent), "50");
  EXPECT_EQ(after_three.late_steps, 1);
  EXPECT_EQ(milestone_progress(steps, jan + 6).late_steps, 2);
  EXPECT_EQ(to_text(milestone_progress({}, jan).done_percent), "0");
}

TEST(PmqaScoring, Advance_counts_only_after_all_basic_and_significance_after_all_advance) {
  struct Case {
    Checklist basic, advance, significance;
    const char* score;
    PmqaLevel level;
  };
  for (const Case& c : {Case{{0, 4}, {0, 2}, {0, 1}, "0", PmqaLevel::not_passed},
                        Case{{3, 4}, {2, 2}, {1, 1}, "225", PmqaLevel::not_passed},
                        Case{{4, 4}, {0, 2}, {1, 1}, "300", PmqaLevel::basic},
                        Case{{4, 4}, {1, 2}, {1, 1}, "350", PmqaLevel::basic},
                        Case{{4, 4}, {2, 2}, {0, 3}, "400", PmqaLevel::advance},
                        Case{{4, 4}, {2, 2}, {1, 3}, "433.333333", PmqaLevel::advance},
                        Case{{4, 4}, {2, 2}, {3, 3}, "500", PmqaLevel::significance}}) {
    const auto item = pmqa_item(c.basic, c.advance, c.significance);
    ASSERT_TRUE(item.ok());
    EXPECT_EQ(to_text(item->score), c.score);
    EXPECT_EQ(item->level, c.level);
  }
  EXPECT_FALSE(pmqa_item({5, 4}, {0, 1}, {0, 1}).ok());
  EXPECT_FALSE(pmqa_item({0, 0}, {0, 1}, {0, 1}).ok());
}

TEST(PmqaScoring, Results_are_scored_by_achievement_or_by_a_linear_scale) {
  struct Case {
    const char* achievement;
    const char* score;
  };
  for (const Case& c :
       {Case{"-5", "0"}, Case{"50", "150"}, Case{"99.9", "299.7"}, Case{"100", "300"},
        Case{"101", "300"}, Case{"101.000001", "400"}, Case{"105", "400"}, Case{"105.1", "500"}}) {
    EXPECT_EQ(to_text(pmqa_achievement_score(dec(c.achievement))), c.score) << c.achievement;
  }
  const PmqaScale satisfaction{dec("75"), dec("95")}, ita{dec("20"), dec("100")},
      disbursement{dec("94"), dec("98")};
  EXPECT_EQ(to_text(pmqa_scale_score(satisfaction, dec("74.9"))), "0");
  EXPECT_EQ(to_text(pmqa_scale_score(satisfaction, dec("80"))), "200");  // (80-75)*20+100
  EXPECT_EQ(to_text(pmqa_scale_score(satisfaction, dec("95.1"))), "500");
  EXPECT_EQ(to_text(pmqa_scale_score(ita, dec("85.5"))), "427.5");         // (85.5-20)*5+100
  EXPECT_EQ(to_text(pmqa_scale_score(disbursement, dec("95.5"))), "250");  // (95.5-94)*100+100
}

TEST(PmqaScoring, The_total_is_the_mean_of_means_and_gives_the_government_level) {
  EXPECT_EQ(to_text(*pmqa_mean(std::vector{dec("300"), dec("400"), dec("500"), dec("433.333333")})),
            "408.333333");
  EXPECT_FALSE(pmqa_mean({}).has_value());
  EXPECT_EQ(to_text(pmqa_government_level(dec("400"))), "3.2");
  EXPECT_EQ(to_text(pmqa_government_level(dec("368.75"))), "3");
  EXPECT_EQ(to_text(pmqa_government_level(dec("500"))), "4");
}

TEST(PmqaScoring, Achievement_turns_round_where_less_is_better) {
  EXPECT_EQ(to_text(*achievement_percent(Direction::higher_is_better, dec("90"), dec("80"))),
            "112.5");
  EXPECT_EQ(to_text(*achievement_percent(Direction::lower_is_better, dec("80"), dec("90"))),
            "112.5");
  EXPECT_FALSE(achievement_percent(Direction::higher_is_better, dec("90"), dec("0")).has_value());
  EXPECT_FALSE(achievement_percent(Direction::lower_is_better, dec("-1"), dec("5")).has_value());
}

TEST(Totals, Weights_count_and_what_is_missing_is_left_out_or_zero) {
  const std::vector<WeightedPoints> parts{
      {dec("40"), dec("100")}, {dec("30"), dec("50")}, {dec("30"), std::nullopt}};
  const auto left_out = weighted_total(parts, Missing::left_out);
  EXPECT_EQ(to_text(*left_out.points), "78.571429");
  EXPECT_EQ(to_text(left_out.coverage_percent), "70");
  EXPECT_EQ(to_text(*weighted_total(parts, Missing::counts_as_zero).points), "55");
  EXPECT_FALSE(weighted_total({}, Missing::left_out).points.has_value());
  const std::vector<WeightedPoints> none{{dec("1"), std::nullopt}};
  EXPECT_FALSE(weighted_total(none, Missing::left_out).points.has_value());
}

TEST(Bands, A_band_begins_exactly_at_its_threshold) {
  const auto bands = rules_of_2021().bands;
  EXPECT_EQ(band_of(bands, dec("90"))->text(), "quality");
  EXPECT_EQ(band_of(bands, dec("89.999999"))->text(), "standard_high");
  EXPECT_EQ(band_of(bands, dec("75"))->text(), "standard_high");
  EXPECT_EQ(band_of(bands, dec("60"))->text(), "standard_basic");
  EXPECT_EQ(band_of(bands, dec("59.999999"))->text(), "needs_improvement");
  EXPECT_FALSE(band_of(bands, dec("-1")).has_value());
}

}  // namespace
}  // namespace changwat::indicators
