#include "modules/indicators/rules.hpp"

#include <gtest/gtest.h>

#include "modules/indicators/testing.hpp"

namespace changwat::indicators {
namespace {

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

TEST(ValueRules, Only_the_value_that_holds_can_be_withdrawn_and_then_the_period_is_free_again) {
  const auto now = *Instant::parse("2021-02-01T00:00:00Z");
  auto first = row("2020-12", "65");
  first.value_id = ValueId::make(now);
  first.evidence = word<Text<1, 2000>>("ทะเบียน");
  const auto reason = word<Text<1, 1000>>("นับซ้ำ");
  const auto withdrawn = withdrawal(first, first, reason, now);
  ASSERT_TRUE(withdrawn.ok());
  EXPECT_TRUE(withdrawn->withdrawn);
  EXPECT_EQ(withdrawn->revision, 2);
  EXPECT_EQ(withdrawn->corrects, first.value_id);
  EXPECT_EQ(withdrawn->value.text(), "65") << "what was taken back stays to be seen";
  EXPECT_EQ(withdrawn->reason, reason);
  EXPECT_FALSE(withdrawn->evidence);

  EXPECT_TRUE(withdrawal(first, *withdrawn, reason, now).problem().is(errors::conflict));
  EXPECT_TRUE(withdrawal(*withdrawn, *withdrawn, reason, now).problem().is(errors::conflict));
  auto again = value_of("2020-12", "66");
  const auto anew = next_revision(again, *withdrawn, "office", now);
  ASSERT_TRUE(anew.ok());
  EXPECT_EQ(anew->revision, 3);
  EXPECT_FALSE(anew->withdrawn);
  again.corrects = first.value_id;
  again.reason = reason;
  EXPECT_TRUE(next_revision(again, *withdrawn, "office", now).problem().is(errors::not_found));
}

}  // namespace
}  // namespace changwat::indicators
