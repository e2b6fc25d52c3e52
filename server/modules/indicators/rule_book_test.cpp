#include "modules/indicators/rule_book.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "modules/indicators/testing.hpp"

namespace changwat::indicators {
namespace {

using Rows = std::vector<RuleRow>;

Rows reviewed_rows() {
  return reviewed_rules().in(year_of(2021)).rows;
}

RuleRow& row_of(Rows& rows, Rule rule) {
  return *std::find_if(rows.begin(), rows.end(),
                       [&](const RuleRow& row) { return row.rule == rule; });
}

// Ends the rule's row on a day and adds one from another day on.
void succeed(Rows& rows, Rule rule, const char* to, const char* from, const char* value) {
  auto next = row_of(rows, rule);
  row_of(rows, rule).valid_to = Date::parse(to);
  next.valid_from = Date::parse(from);
  next.value = dec(value);
  rows.push_back(next);
}

TEST(RuleBookTest, A_year_has_the_rows_that_were_in_force_in_it) {
  auto rows = reviewed_rows();
  succeed(rows, Rule::coverage_min_percent, "2022-09-30", "2022-10-01", "80");
  succeed(rows, Rule::draws, "2020-09-30", "2020-10-01", "2000");
  const auto book = RuleBook::of_rows(rows);
  ASSERT_TRUE(book.ok()) << book.problem().en;
  struct Case {
    int year;
    const char* coverage;
    int draws;
  };
  for (const auto& c : {Case{1950, "70", 1000}, Case{2020, "70", 1000}, Case{2021, "70", 2000},
                        Case{2022, "70", 2000}, Case{2023, "80", 2000}, Case{2199, "80", 2000}}) {
    const auto& rules = book->in(year_of(c.year));
    EXPECT_EQ(rules.ranking.coverage_min_percent.text(), c.coverage) << c.year;
    EXPECT_EQ(rules.ranking.draws, c.draws) << c.year;
    EXPECT_EQ(rules.rows.size(), enum_names<Rule>().size()) << c.year;
  }
}

TEST(RuleBookTest, Rows_that_contradict_each_other_or_make_no_rule_are_refused) {
  struct Case {
    const char* what;
    void (*spoil)(Rows&);
    const char* said;
  };
  const Case cases[] = {
      {"as it should be", [](Rows&) {}, ""},
      {"a rule without a row", [](Rows& r) { r.pop_back(); }, "there is no row"},
      {"the same rule twice", [](Rows& r) { r.push_back(r[0]); }, "overlap or leave a gap"},
      {"a gap of a year", [](Rows& r) { succeed(r, Rule::seed, "2020-09-30", "2021-10-01", "1"); },
       "overlap or leave a gap"},
      {"an end without a successor",
       [](Rows& r) { row_of(r, Rule::seed).valid_to = Date::of(2021, 9, 30); },
       "do not cover all years"},
      {"within a year", [](Rows& r) { succeed(r, Rule::seed, "2021-03-31", "2021-04-01", "1"); },
       "do not begin on a 1 October"},
      {"half a draw", [](Rows& r) { row_of(r, Rule::draws).value = dec("0.5"); }, "whole number"},
      {"percentiles the wrong way",
       [](Rows& r) { row_of(r, Rule::low_percentile).value = dec("96"); }, "out of its range"},
      {"amber above green",
       [](Rows& r) { row_of(r, Rule::amber_at_least_percent).value = dec("101"); },
       "above that of green"},
      {"bands that do not descend",
       [](Rows& r) { row_of(r, Rule::standard_basic_at_least_points).value = dec("75"); },
       "do not descend"},
  };
  for (const auto& c : cases) {
    auto rows = reviewed_rows();
    c.spoil(rows);
    const auto book = RuleBook::of_rows(rows);
    ASSERT_EQ(book.ok(), c.said[0] == 0) << c.what;
    if (book.ok()) continue;
    EXPECT_NE(book.problem().en.find(c.said), std::string::npos)
        << c.what << ": " << book.problem().en;
  }
  EXPECT_EQ(RuleBook::read(R"({"rules": [{"rule": "taste"}]})").problem().fields[0].pointer,
            "/rules/0/rule");
  EXPECT_EQ(RuleBook::read("{}").problem().fields[0].pointer, "/rules");
}

}  // namespace
}  // namespace changwat::indicators
