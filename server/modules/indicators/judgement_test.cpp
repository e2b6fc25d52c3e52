#include "modules/indicators/judgement.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "modules/indicators/testing.hpp"

namespace changwat::indicators {
namespace {

struct Judged {
  const char* what;
  std::vector<HeldValue> values;
  const char* as_of;
  Colour colour;
  JudgedBy by;
  const char* attainment;  // empty: none
};

TEST(JudgementTest, Turns_colour_exactly_at_the_published_thresholds) {
  const auto kpi = kpi_of(rising("70", "k"), area_code("70"), year_of(2021),
                          *Instant::parse("2020-11-01T00:00:00Z"));
  const Judged cases[] = {
      {"nothing yet", {}, "2020-12", Colour::grey, JudgedBy::nothing, ""},
      {"the target reached",
       {row("2021", "80")},
       "2021-09",
       Colour::green,
       JudgedBy::result,
       "100"},
      {"a millionth short of it",
       {row("2021", "79.999999")},
       "2021-09",
       Colour::amber,
       JudgedBy::result,
       "99.999995"},
      {"nine tenths of the way",
       {row("2021", "78")},
       "2021-09",
       Colour::amber,
       JudgedBy::result,
       "90"},
      {"a millionth below that",
       {row("2021", "77.999999")},
       "2021-09",
       Colour::red,
       JudgedBy::result,
       "89.999995"},
      {"worse than before", {row("2021", "55")}, "2021-09", Colour::red, JudgedBy::result, "-25"},
      {"one value on the path",
       {row("2020-12", "65")},
       "2020-12",
       Colour::green,
       JudgedBy::attainment,
       "100"},
      {"a steady rise to the target",
       {row("2020-12", "65"), row("2021-03", "70"), row("2021-06", "75")},
       "2021-06",
       Colour::green,
       JudgedBy::forecast,
       "100"},
  };
  for (const auto& c : cases) {
    const auto judged = judgement(kpi, c.values, Month::parse(c.as_of)->index(), reviewed_rules());
    EXPECT_EQ(enum_name(judged.colour), enum_name(c.colour)) << c.what << ": " << judged.rule_en;
    EXPECT_EQ(enum_name(judged.judged_by), enum_name(c.by)) << c.what;
    EXPECT_EQ(judged.attainment_percent ? judged.attainment_percent->text() : "", c.attainment)
        << c.what;
    EXPECT_EQ(judged.target->text(), "80");
  }
}

TEST(JudgementTest, Says_the_rule_and_its_numbers_in_both_languages) {
  const auto kpi = kpi_of(rising("70", "k"), area_code("70"), year_of(2021),
                          *Instant::parse("2020-11-01T00:00:00Z"));
  const std::vector<HeldValue> values{row("2020-12", "65"), row("2021-03", "70"),
                                      row("2021-06", "75")};
  const auto judged = judgement(kpi, values, month_index(2021, 6), reviewed_rules());
  EXPECT_EQ(judged.forecast->text(), "80");
  EXPECT_EQ(judged.forecast_low->text(), "80");
  EXPECT_NE(judged.rule_th.find("เขียว: บรรลุอย่างน้อยร้อยละ 100"), std::string::npos) << judged.rule_th;
  EXPECT_NE(judged.rule_th.find("ปีงบประมาณ 2564"), std::string::npos) << judged.rule_th;
  EXPECT_NE(judged.rule_en.find("The forecast for the end of the target year is 80"),
            std::string::npos)
      << judged.rule_en;
  EXPECT_EQ(judged.score->text(), "87.5");
}

TEST(JudgementTest, Its_numbers_are_readable_and_never_seem_to_reach_what_they_do_not) {
  auto definition = rising("70", "k");
  definition.baseline = {{year_of(2020), dec("1234567.891")}};
  definition.targets = {{year_of(2021), dec("2234567.123456")}};
  definition.criteria.reset();
  const auto kpi =
      kpi_of(definition, area_code("70"), year_of(2021), *Instant::parse("2020-11-01T00:00:00Z"));
  const std::vector<HeldValue> values{row("2021", "2234567.1")};
  const auto judged = judgement(kpi, values, month_index(2021, 9), reviewed_rules());
  EXPECT_EQ(judged.colour, Colour::amber);
  EXPECT_NE(judged.rule_en.find("Baseline 1,234,567.89, target 2,234,567.12 (FY 2021). The result "
                                "of the target year is 2,234,567.1: 99.99 % attained."),
            std::string::npos)
      << judged.rule_en;
  EXPECT_NE(judged.rule_th.find("เป้าหมาย 2,234,567.12"), std::string::npos) << judged.rule_th;
}

TEST(JudgementTest, Uses_the_rules_in_force_for_the_year_of_the_target) {
  auto rows = reviewed_rules().in(year_of(2021)).rows;
  auto& amber = *std::find_if(rows.begin(), rows.end(), [](const RuleRow& row) {
    return row.rule == Rule::amber_at_least_percent;
  });
  auto stricter = amber;
  amber.valid_to = Date::of(2021, 9, 30);
  stricter.valid_from = Date::of(2021, 10, 1);
  stricter.value = dec("95");
  rows.push_back(stricter);
  const auto book = RuleBook::of_rows(rows);
  ASSERT_TRUE(book.ok()) << book.problem().en;
  const auto kpi = kpi_of(rising("70", "k"), area_code("70"), year_of(2021),
                          *Instant::parse("2020-11-01T00:00:00Z"));
  const auto judged_in = [&](int year, const char* value) {
    const std::vector<HeldValue> values{row(std::to_string(year).c_str(), value)};
    return judgement(kpi, values, month_index(year, 9), *book);
  };
  EXPECT_EQ(judged_in(2021, "78.5").colour, Colour::amber) << "92.5 % of the way from 60 to 80";
  EXPECT_EQ(judged_in(2022, "87.75").colour, Colour::red) << "92.5 % of the way from 60 to 90";
  EXPECT_NE(judged_in(2022, "87.75").rule_en.find("Amber: at least 95 %"), std::string::npos);
}

TEST(JudgementTest, A_range_is_judged_by_its_points_and_what_lacks_a_part_is_grey_and_says_which) {
  auto kpi = kpi_of(rising("70", "k"), area_code("70"), year_of(2021),
                    *Instant::parse("2020-11-01T00:00:00Z"));
  kpi.direction = Better::range;
  kpi.criteria = {KpiCriteria{dec("1.1"), dec("1.2"), dec("1.3")}};
  kpi.criteria_falling = {KpiCriteria{dec("2"), dec("1.8"), dec("1.6")}};
  kpi.baseline.value = {{year_of(2020), dec("1.2")}};
  kpi.targets.value = {{year_of(2021), dec("1.3")}};
  const std::vector<HeldValue> values{row("2021", "1.7")};
  const auto judged = judgement(kpi, values, month_index(2021, 9), reviewed_rules());
  EXPECT_EQ(judged.judged_in, JudgedIn::points);
  EXPECT_EQ(judged.target->text(), "100");
  EXPECT_EQ(judged.score->text(), "87.5");
  EXPECT_EQ(judged.attainment_percent->text(), "50") << "from 75 to 87.5 points of the way to 100";
  EXPECT_EQ(judged.colour, Colour::red);

  auto bare = kpi;
  bare.baseline.value.clear();
  EXPECT_EQ(judgement(bare, values, month_index(2021, 9), reviewed_rules()).colour, Colour::grey);
  EXPECT_NE(
      judgement(bare, values, month_index(2021, 9), reviewed_rules()).rule_en.find("no baseline"),
      std::string::npos);
  bare.targets.value.clear();
  EXPECT_NE(
      judgement(bare, values, month_index(2021, 9), reviewed_rules()).rule_en.find("no target"),
      std::string::npos);
}

}  // namespace
}  // namespace changwat::indicators
