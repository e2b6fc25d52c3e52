#include "modules/indicators/trajectory.hpp"

#include <gtest/gtest.h>

#include "modules/indicators/testing.hpp"

namespace changwat::indicators {
namespace {

std::string to_text(Decimal value) {
  return value.text();
}

constexpr int start = month_index(2020, 9);

std::vector<Observation> series(int first_month, int step,
                                std::initializer_list<const char*> values) {
  std::vector<Observation> result;
  int month = first_month;
  for (const char* value : values) {
    result.push_back({month, dec(value)});
    month += step;
  }
  return result;
}

TargetPath path(const char* from, const char* to,
                Direction direction = Direction::higher_is_better) {
  return {{start, dec(from)}, {start + 24, dec(to)}, direction};
}

Judgement judged(const TargetPath& p, const std::vector<Observation>& values, int as_of) {
  return judge(p, values, as_of, rules_of_2021().judgement).value();
}

TEST(ThePath, It_is_straight_between_baseline_and_target_and_level_outside) {
  const TargetPath p = path("10", "34");
  EXPECT_EQ(to_text(path_value(p, start - 5)), "10");
  EXPECT_EQ(to_text(path_value(p, start + 6)), "16");
  EXPECT_EQ(to_text(path_value(p, start + 24)), "34");
  EXPECT_EQ(to_text(path_value(p, start + 40)), "34");
  EXPECT_EQ(to_text(path_value(path("30", "6", Direction::lower_is_better), start + 6)), "24");
}

TEST(ThePath, A_target_before_its_baseline_and_a_range_are_refused) {
  TargetPath backwards = path("1", "2");
  backwards.target.month = start;
  EXPECT_FALSE(check_path(backwards).ok());
  EXPECT_FALSE(judge(backwards, {}, start, rules_of_2021().judgement).ok());
  EXPECT_FALSE(check_path(path("1", "2", Direction::within_range)).ok());
}

TEST(TheForecast, A_straight_line_is_carried_on_exactly_without_doubt) {
  const auto f = forecast(series(start, 3, {"10", "11.5", "13", "14.5", "16"}), start + 24, 24);
  ASSERT_TRUE(f.has_value());
  EXPECT_EQ(to_text(f->slope_per_month), "0.5");
  EXPECT_EQ(to_text(f->value), "22");
  EXPECT_EQ(to_text(f->low), "22");
  EXPECT_EQ(to_text(f->high), "22");
}

TEST(TheForecast, One_wild_value_does_not_carry_it_away) {
  const auto f =
      forecast(series(start, 1, {"10", "11", "12", "900", "14", "15", "16", "17"}), start + 20, 24);
  EXPECT_EQ(to_text(f->slope_per_month), "1");
  EXPECT_EQ(to_text(f->value), "30");
  EXPECT_LE(f->low, f->value);
  EXPECT_GE(f->high, f->value);
}

TEST(TheForecast, The_slope_and_its_limits_follow_the_ranks_of_the_pair_slopes) {
  // Ten points: 45 slopes, C = 1.96 · sqrt(125) = 21.9, so the limits are the 11th slope from each
  // end. The expected numbers were computed apart, from the formula, by sorting all 45 slopes.
  const auto f = forecast(series(start, 1, {"1", "3", "2", "5", "4", "8", "6", "9", "7", "12"}),
                          start + 12, 24);
  EXPECT_EQ(f->points, 10);
  EXPECT_EQ(to_text(f->slope_per_month), "1");
  EXPECT_EQ(to_text(f->slope_low_per_month), "0.5");
  EXPECT_EQ(to_text(f->slope_high_per_month), "1.5");
}

TEST(TheForecast, Only_the_last_points_of_the_window_count) {
  const auto values = series(start, 1, {"500", "400", "1", "2", "3", "4"});
  EXPECT_EQ(to_text(forecast(values, start + 6, 4)->value), "5");
  EXPECT_FALSE(forecast(series(start, 1, {"1"}), start + 6, 24).has_value());
}

TEST(TheJudgement, The_light_follows_the_forecast_once_there_are_enough_points) {
  struct Case {
    const char* monthly_gain;  // target is 24 above the baseline in 24 months
    Light light;
  };
  for (const Case& c :
       {Case{"1", Light::green}, Case{"1.2", Light::green}, Case{"0.999999", Light::amber},
        Case{"0.9", Light::amber}, Case{"0.899999", Light::red}, Case{"-0.5", Light::red}}) {
    std::vector<Observation> values;
    for (int i = 1; i <= 6; ++i) {
      values.push_back(
          {start + i, decimal_of_millionths(10'000'000 + dec(c.monthly_gain).millionths() * i)});
    }
    const Judgement j = judged(path("10", "34"), values, start + 7);
    EXPECT_EQ(j.basis, JudgementBasis::forecast);
    EXPECT_EQ(j.light, c.light) << c.monthly_gain;
  }
}

TEST(TheJudgement, With_few_points_it_holds_the_latest_value_against_the_path) {
  const Judgement j = judged(path("10", "34"), series(start + 6, 6, {"15", "21.4"}), start + 13);
  EXPECT_EQ(j.basis, JudgementBasis::attainment);
  EXPECT_EQ(to_text(*j.path_at_latest), "22");
  EXPECT_EQ(to_text(*j.attainment_percent), "95");
  EXPECT_EQ(j.light, Light::amber);
}

TEST(TheJudgement, Less_is_better_is_the_same_upside_down) {
  const TargetPath p = path("34", "10", Direction::lower_is_better);
  EXPECT_EQ(judged(p, series(start + 12, 1, {"22"}), start + 12).light, Light::green);
  EXPECT_EQ(judged(p, series(start + 12, 1, {"23"}), start + 12).light, Light::amber);
  EXPECT_EQ(judged(p, series(start + 12, 1, {"30"}), start + 12).light, Light::red);
}

TEST(TheJudgement, At_the_target_month_the_value_itself_decides_and_later_values_do_not_count) {
  const auto values = series(start + 6, 6, {"20", "28", "33", "33.9", "80"});
  const Judgement j = judged(path("10", "34"), values, start + 60);
  EXPECT_EQ(j.basis, JudgementBasis::result);
  EXPECT_EQ(to_text(j.latest->value), "33.9");
  EXPECT_EQ(j.light, Light::amber);
}

TEST(TheJudgement, What_is_not_known_yet_at_the_month_asked_for_does_not_count) {
  const auto values = series(start + 6, 6, {"10", "34"});
  EXPECT_EQ(judged(path("10", "34"), values, start + 7).light, Light::red);
}

TEST(TheJudgement, A_target_that_holds_or_limits_a_loss_is_met_by_holding) {
  const TargetPath hold = path("100", "100");
  EXPECT_EQ(judged(hold, series(start + 6, 1, {"104"}), start + 6).light, Light::green);
  EXPECT_EQ(judged(hold, series(start + 6, 1, {"92"}), start + 6).light, Light::amber);
  EXPECT_EQ(judged(hold, series(start + 6, 1, {"80"}), start + 6).light, Light::red);
  const TargetPath limit =
      path("100", "76");  // the fall shall stop at 76; by the sixth month at 94
  EXPECT_EQ(judged(limit, series(start + 6, 1, {"94"}), start + 6).light, Light::green);
  EXPECT_EQ(judged(limit, series(start + 6, 1, {"120"}), start + 6).light, Light::green);
  EXPECT_EQ(judged(limit, series(start + 6, 1, {"50"}), start + 6).light, Light::red);
}

TEST(TheJudgement, Grey_says_why) {
  const TargetPath p = path("10", "34");
  EXPECT_EQ(judged(p, {}, start - 1).grey_reason, GreyReason::not_started);
  EXPECT_EQ(judged(p, {}, start + 3).grey_reason, GreyReason::not_started);
  EXPECT_EQ(judged(p, {}, start + 16).grey_reason, GreyReason::no_data);
  const auto one = series(start + 3, 1, {"13"});
  EXPECT_EQ(judged(p, one, start + 18).light, Light::green);
  EXPECT_EQ(judged(p, one, start + 19).light, Light::grey);
  EXPECT_EQ(judged(p, one, start + 19).grey_reason, GreyReason::too_old);
}

TEST(TheJudgement, A_better_latest_value_never_darkens_the_light) {
  const TargetPath p = path("10", "34");
  Decimal before = decimal_of_millionths(-Decimal::millionths_max);
  for (int tenths = -400; tenths <= 800; tenths += 3) {
    auto values = series(start + 2, 2, {"12", "13", "17", "16"});
    values.push_back({start + 10, decimal_of_millionths(tenths * 100'000)});
    const Decimal now = *judged(p, values, start + 10).attainment_percent;
    EXPECT_GE(now, before) << tenths;
    before = now;
  }
}

}  // namespace
}  // namespace changwat::indicators
