#include "modules/indicators/rules.hpp"

#include <gtest/gtest.h>

#include "modules/indicators/testing.hpp"

namespace changwat::indicators {
namespace {

ReportedValue row(const char* period, const char* value) {
  ReportedValue out;
  out.period = word<KpiPeriod>(period);
  out.value = dec(value);
  return out;
}

std::string text_of(const std::vector<Measurement>& series) {
  std::string out;
  for (const auto& m : series)
    out += (out.empty() ? "" : " ") + Month::of_index(m.month).text() + "=" + m.value.text();
  return out;
}

TEST(KpiPeriodTest, A_month_a_quarter_and_a_fiscal_year_know_when_they_end) {
  struct Case {
    const char* text;
    const char* last_month;
    int months;
    const char* thai;
    const char* english;
  };
  const Case cases[] = {
      {"2021-03", "2021-03", 1, "มีนาคม 2564", "March 2021"},
      {"2021", "2021-09", 12, "ปีงบประมาณ 2564", "FY 2021"},
      {"2021-Q1", "2020-12", 3, "ไตรมาส 1/2564", "quarter 1 of FY 2021"},
      {"2021-Q2", "2021-03", 3, "ไตรมาส 2/2564", "quarter 2 of FY 2021"},
      {"2021-Q4", "2021-09", 3, "ไตรมาส 4/2564", "quarter 4 of FY 2021"},
  };
  for (const auto& c : cases) {
    const auto period = word<KpiPeriod>(c.text);
    EXPECT_EQ(period.text(), c.text);
    EXPECT_EQ(Month::of_index(period.last_month()).text(), c.last_month) << c.text;
    EXPECT_EQ(period.months(), c.months) << c.text;
    EXPECT_EQ(period.thai(), c.thai);
    EXPECT_EQ(period.english(), c.english);
  }
  for (const auto* bad :
       {"", "64", "2564", "2021-13", "2021-00", "2021-Q5", "2021-3", "2021-03-01", "20a1", "1900"})
    EXPECT_FALSE(KpiPeriod::parse(bad)) << bad;
}

TEST(YearlySeries, A_mean_is_of_the_twelve_months_up_to_the_value_and_a_sum_needs_all_of_them) {
  std::vector<HeldValue> months;
  for (int i = 0; i < 14; ++i)
    months.push_back(row(Month::of_index(month_index(2020, 10) + i).text().c_str(),
                         std::to_string(i + 1).c_str()));
  const auto sums = yearly_series(YearlyValue::sum, months);
  ASSERT_EQ(sums.size(), 3u);
  EXPECT_EQ(text_of(sums), "2021-09=78 2021-10=90 2021-11=102");
  const auto means = yearly_series(YearlyValue::mean, months);
  ASSERT_EQ(means.size(), 14u);
  EXPECT_EQ(means[0].value.text(), "1");
  EXPECT_EQ(means[11].value.text(), "6.5");
  EXPECT_EQ(means[13].value.text(), "8.5");
  EXPECT_EQ(yearly_series(YearlyValue::last, months)[13].value.text(), "14");
  months.erase(months.begin() + 5);
  EXPECT_TRUE(yearly_series(YearlyValue::sum, months).empty()) << "no twelve months without a gap";
}

TEST(YearlySeries, A_yearly_figure_stands_for_itself_and_before_shorter_ones_of_the_same_month) {
  const std::vector<HeldValue> values{row("2021-08", "3"), row("2021-09", "5"), row("2021", "70"),
                                      row("2021-10", "7")};
  EXPECT_EQ(text_of(yearly_series(YearlyValue::last, values)), "2021-08=3 2021-09=70 2021-10=7");
  EXPECT_EQ(text_of(yearly_series(YearlyValue::sum, values)), "2021-09=70");
}

TEST(YearlySeries, Four_quarters_make_a_year_and_a_mean_weighs_by_length) {
  const std::vector<HeldValue> quarters{row("2021-Q1", "10"), row("2021-Q2", "20"),
                                        row("2021-Q3", "30"), row("2021-Q4", "40")};
  EXPECT_EQ(text_of(yearly_series(YearlyValue::sum, quarters)), "2021-09=100");
  EXPECT_EQ(text_of(yearly_series(YearlyValue::mean, {quarters.data(), 2})),
            "2020-12=10 2021-03=15");
  const std::vector<HeldValue> mixed{row("2021-Q1", "10"), row("2021-01", "50")};
  EXPECT_EQ(text_of(yearly_series(YearlyValue::mean, mixed)), "2020-12=10 2021-01=20");
}

TEST(DefinitionRules, What_contradicts_itself_is_named_by_its_pointer) {
  struct Case {
    const char* what;
    void (*spoil)(KpiDefinition&);
    std::vector<std::string> pointers;
  };
  const Case cases[] = {
      {"as it should be", [](KpiDefinition&) {}, {}},
      {"no weight", [](KpiDefinition& d) { d.weight = {}; }, {"/kpis/2/weight"}},
      {"weight above 100",
       [](KpiDefinition& d) { d.weight = decimal_of_millionths(100'000'001); },
       {"/kpis/2/weight"}},
      {"baseline backwards",
       [](KpiDefinition& d) { std::swap(d.baseline[0], d.baseline[1]); },
       {"/kpis/2/baseline"}},
      {"target in a baseline year",
       [](KpiDefinition& d) { d.targets[0].fiscal_year = year_of(2020); },
       {"/kpis/2/targets"}},
      {"the same target year twice",
       [](KpiDefinition& d) { d.targets[0] = d.targets[1]; },
       {"/kpis/2/targets"}},
      {"criteria against the direction",
       [](KpiDefinition& d) { d.direction = KpiDirection::lower; },
       {"/kpis/2/criteria"}},
      {"level criteria",
       [](KpiDefinition& d) { d.criteria->p75 = d.criteria->p50; },
       {"/kpis/2/criteria"}},
      {"everything",
       [](KpiDefinition& d) {
         d.weight = {};
         d.targets[0] = d.targets[1];
         d.criteria->p75 = dec("5");
       },
       {"/kpis/2/targets", "/kpis/2/weight", "/kpis/2/criteria"}},
      {"without baseline and criteria",
       [](KpiDefinition& d) {
         d.baseline.clear();
         d.criteria.reset();
       },
       {}},
  };
  for (const auto& c : cases) {
    KpiDefinition definition = rising("70", "k");
    c.spoil(definition);
    std::vector<std::string> pointers;
    for (const auto& fault : faults(definition, "/kpis/2")) pointers.push_back(fault.pointer);
    EXPECT_EQ(pointers, c.pointers) << c.what;
  }
}

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
    const auto judged = judgement(kpi, c.values, Month::parse(c.as_of)->index());
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
  const auto judged = judgement(kpi, values, month_index(2021, 6));
  EXPECT_EQ(judged.forecast->text(), "80");
  EXPECT_EQ(judged.forecast_low->text(), "80");
  EXPECT_NE(judged.rule_th.find("เขียว: บรรลุอย่างน้อยร้อยละ 100"), std::string::npos) << judged.rule_th;
  EXPECT_NE(judged.rule_th.find("ปีงบประมาณ 2564"), std::string::npos) << judged.rule_th;
  EXPECT_NE(judged.rule_en.find("The forecast for the end of the target year is 80"),
            std::string::npos)
      << judged.rule_en;
  EXPECT_EQ(judged.score->text(), "87.5");
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
  const auto judged = judgement(kpi, values, month_index(2021, 9));
  EXPECT_EQ(judged.judged_in, JudgedIn::points);
  EXPECT_EQ(judged.target->text(), "100");
  EXPECT_EQ(judged.score->text(), "87.5");
  EXPECT_EQ(judged.attainment_percent->text(), "50") << "from 75 to 87.5 points of the way to 100";
  EXPECT_EQ(judged.colour, Colour::red);

  auto bare = kpi;
  bare.baseline.value.clear();
  EXPECT_EQ(judgement(bare, values, month_index(2021, 9)).colour, Colour::grey);
  EXPECT_NE(judgement(bare, values, month_index(2021, 9)).rule_en.find("no baseline"),
            std::string::npos);
  bare.targets.value.clear();
  EXPECT_NE(judgement(bare, values, month_index(2021, 9)).rule_en.find("no target"),
            std::string::npos);
}

TEST(ScoreboardInputTest, A_year_takes_the_latest_agreement_with_a_target_for_it) {
  const auto at = [](int year, const char* weight) {
    KpiSheet sheet;
    auto definition = rising("70", "k", weight);
    sheet.kpi =
        kpi_of(definition, area_code("70"), year_of(year), *Instant::parse("2020-11-01T00:00:00Z"));
    return sheet;
  };
  const auto first = at(2021, "10"), second = at(2022, "20");
  const std::vector<const KpiSheet*> sheets{&first, &second};
  const auto weight_in = [&](int year) -> std::string {
    const auto found = sheets_of_year(sheets, year_of(year));
    return found.empty() ? "" : found[0]->kpi.weight.text();
  };
  EXPECT_EQ(weight_in(2020), "");
  EXPECT_EQ(weight_in(2021), "10");
  EXPECT_EQ(weight_in(2022), "20");
  EXPECT_EQ(weight_in(2023), "");
}

}  // namespace
}  // namespace changwat::indicators
