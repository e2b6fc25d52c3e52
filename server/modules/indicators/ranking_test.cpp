#include "modules/indicators/ranking.hpp"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "modules/indicators/rank_interval.hpp"
#include "modules/indicators/testing.hpp"

namespace changwat::indicators {
namespace {

constexpr int period = month_index(2021, 9);
constexpr int baseline_month = month_index(2019, 9);
constexpr auto official = SourceClass::official_statistic;

std::string to_text(Decimal value) {
  return value.text();
}

// A KPI whose points are its value.
RankedKpi percent_kpi(std::string code, const char* weight) {
  return {std::move(code), dec(weight), Milestone{}, 15};
}

KpiSeries series(std::string province, std::string kpi, const char* baseline, const char* value) {
  return {std::move(province),
          std::move(kpi),
          true,
          {{period - 3, dec(value), official}},
          Measurement{baseline_month, dec(baseline), official}};
}

RankingRule quick_rule() {
  auto rule = rules_of_2021().ranking;
  rule.draws = 60;
  return rule;
}

Scoreboard board_of(const ScoreboardInput& input, const RankingRule& rule = quick_rule()) {
  return compute_scoreboard(input, rule).value();
}

// Three provinces, two KPIs of weight 3 and 1.
ScoreboardInput three_provinces() {
  return {period,
          {"30", "10", "20"},
          {percent_kpi("K2", "1"), percent_kpi("K1", "3")},
          {series("10", "K1", "40", "60"), series("10", "K2", "40", "80"),
           series("20", "K1", "70", "70"), series("20", "K2", "50", "50"),
           series("30", "K1", "10", "30"), series("30", "K2", "0", "20")}};
}

// Many provinces with every method, holes, old values and inapplicable KPIs; the same every time.
ScoreboardInput mixed_input(int provinces) {
  const auto three = [](const char* a, const char* b, const char* c) {
    return ThreePoint{dec(a), dec(b), dec(c)};
  };
  ScoreboardInput input;
  input.period_month = period;
  input.kpis = {
      {"A", dec("12.5"), three("40", "60", "80"), 15},
      {"B", dec("20"), three("60", "40", "10"), 15},
      {"C", dec("7.333333"), FiveLevel{dec("10"), dec("30"), dec("50"), dec("70"), dec("90")}, 6},
      {"D", dec("30"), WithinRange{three("20", "30", "40"), three("90", "80", "60")}, 15},
      {"E", dec("15"), Milestone{}, 15},
      {"F", dec("15"), Pmqa{}, 15}};
  SplitMix64 random(7);
  for (int p = 0; p < provinces; ++p) {
    const std::string code = std::to_string(10 + p);
    input.provinces.push_back(code);
    for (const RankedKpi& kpi : input.kpis) {
      const auto roll = [&] { return static_cast<std::int64_t>(random.next() % 100'000'000); };
      KpiSeries s{code, kpi.code, true, {}, std::nullopt};
      s.applies = roll() > 5'000'000;
      if (roll() > 10'000'000) {
        s.values.push_back({period - static_cast<int>(roll() % 20), decimal_of_millionths(roll()),
                            static_cast<SourceClass>(roll() % source_class_count)});
      }
      if (roll() > 10'000'000)
        s.baseline = Measurement{baseline_month, decimal_of_millionths(roll()), official};
      input.series.push_back(std::move(s));
    }
  }
  return input;
}

ProvinceStanding find(const Scoreboard& board, const std::string& province) {
  return *std::find_if(board.provinces.begin(), board.provinces.end(),
                       [&](const ProvinceStanding& p) { return p.province == province; });
}

TEST(Ranking, Level_and_improvement_are_weighted_means_and_rank_apart) {
  const Scoreboard board = board_of(three_provinces());
  const auto& ten = find(board, "10");
  EXPECT_EQ(to_text(*ten.level.points), "65");        // (3*60 + 80) / 4
  EXPECT_EQ(to_text(*ten.improvement.points), "25");  // (3*20 + 40) / 4
  EXPECT_EQ(ten.level.rank, 1);
  EXPECT_EQ(ten.improvement.rank, 1);
  const auto& twenty = find(board, "20");
  EXPECT_EQ(to_text(*twenty.level.points), "65");
  EXPECT_EQ(to_text(*twenty.improvement.points), "0");
  EXPECT_EQ(twenty.improvement.rank, 3);
  EXPECT_EQ(to_text(find(board, "30").improvement.points.value()), "20");
}

TEST(Ranking, The_same_points_share_a_rank_and_the_next_is_left_out) {
  const Scoreboard board = board_of(three_provinces());
  EXPECT_EQ(find(board, "10").level.rank, 1);
  EXPECT_EQ(find(board, "20").level.rank, 1);
  EXPECT_EQ(find(board, "30").level.rank, 3);
  EXPECT_EQ(competition_ranks({5, 9, 9, 1, 5, 7}, {true, true, true, true, true, false}),
            (std::vector<int>{3, 1, 1, 5, 3, 0}));
}

TEST(Ranking, Who_has_too_little_data_is_not_ranked_and_is_told_why) {
  ScoreboardInput input = three_provinces();
  input.series[2].values.clear();                 // 20 K1, three quarters of the weight
  input.series[5].values[0].month = period - 16;  // 30 K2, one quarter
  input.series[4].baseline = std::nullopt;        // 30 K1
  const Scoreboard board = board_of(input);
  const auto& twenty = find(board, "20");
  EXPECT_EQ(twenty.level.not_ranked, NotRanked::coverage_too_low);
  EXPECT_EQ(to_text(twenty.level.coverage_percent), "25");
  EXPECT_EQ(to_text(*twenty.level.points), "50");
  EXPECT_FALSE(twenty.level.rank.has_value());
  EXPECT_EQ(twenty.level.missing, (std::vector<MissingKpi>{{"K1", Gap::no_value}}));
  const auto& thirty = find(board, "30");
  EXPECT_EQ(to_text(thirty.level.coverage_percent), "75");
  EXPECT_EQ(thirty.level.rank, 2);
  EXPECT_EQ(thirty.level.missing, (std::vector<MissingKpi>{{"K2", Gap::too_old}}));
  EXPECT_EQ(thirty.improvement.not_ranked, NotRanked::coverage_too_low);
  EXPECT_EQ(thirty.improvement.missing,
            (std::vector<MissingKpi>{{"K1", Gap::no_baseline}, {"K2", Gap::too_old}}));
  EXPECT_EQ(find(board, "10").level.rank, 1);
}

TEST(Ranking, Coverage_exactly_at_the_least_is_enough) {
  ScoreboardInput input = three_provinces();
  input.kpis = {percent_kpi("K1", "0.7"), percent_kpi("K2", "0.3")};
  input.series.pop_back();
  EXPECT_EQ(find(board_of(input), "30").level.not_ranked, NotRanked::none);
  input.kpis = {percent_kpi("K1", "0.699999"), percent_kpi("K2", "0.300001")};
  EXPECT_EQ(find(board_of(input), "30").level.not_ranked, NotRanked::coverage_too_low);
}

TEST(Ranking, A_KPI_that_does_not_apply_is_not_held_against_a_province) {
  ScoreboardInput input = three_provinces();
  input.series[2].applies = false;
  const auto& twenty = find(board_of(input), "20");
  EXPECT_EQ(to_text(twenty.level.coverage_percent), "100");
  EXPECT_EQ(to_text(*twenty.level.points), "50");
  input.series[3].applies = false;
  EXPECT_EQ(find(board_of(input), "20").level.not_ranked, NotRanked::nothing_applies);
}

TEST(Ranking, A_value_no_later_than_the_baseline_shows_no_improvement) {
  ScoreboardInput input = three_provinces();
  input.series[0].baseline->month = period - 3;
  const auto& ten = find(board_of(input), "10");
  EXPECT_EQ(ten.improvement.missing,
            (std::vector<MissingKpi>{{"K1", Gap::no_value_since_baseline}}));
}

TEST(Ranking, Values_after_the_period_are_not_known_yet) {
  ScoreboardInput input = three_provinces();
  input.series[0].values.push_back({period, dec("61"), official});
  input.series[0].values.push_back({period + 1, dec("99"), official});
  EXPECT_EQ(to_text(*find(board_of(input), "10").level.points), "65.75");
}

TEST(Ranking, The_order_of_provinces_KPIs_and_series_changes_nothing) {
  const ScoreboardInput input = mixed_input(20);
  ScoreboardInput turned = input;
  std::reverse(turned.provinces.begin(), turned.provinces.end());
  std::rotate(turned.kpis.begin(), turned.kpis.begin() + 2, turned.kpis.end());
  std::reverse(turned.series.begin(), turned.series.end());
  EXPECT_EQ(board_of(input).provinces, board_of(turned).provinces);
}

TEST(Ranking, Only_the_proportions_of_weights_matter) {
  const ScoreboardInput input = mixed_input(20);
  ScoreboardInput scaled = input;
  for (RankedKpi& kpi : scaled.kpis)
    kpi.weight = decimal_of_millionths(kpi.weight.millionths() * 7);
  EXPECT_EQ(board_of(input).provinces, board_of(scaled).provinces);
}

TEST(Ranking, A_better_value_never_lowers_level_improvement_or_rank) {
  const ScoreboardInput input = three_provinces();
  std::optional<Standing> level, improvement;
  for (int value = 0; value <= 110; value += 5) {
    ScoreboardInput changed = input;
    changed.series[4].values[0].value = decimal_of(value);
    const auto thirty = find(board_of(changed), "30");
    if (level) {
      EXPECT_GE(*thirty.level.points, *level->points);
      EXPECT_GE(*thirty.improvement.points, *improvement->points);
      EXPECT_LE(*thirty.level.rank, *level->rank);
      EXPECT_LE(*thirty.improvement.rank, *improvement->rank);
    }
    level = thirty.level;
    improvement = thirty.improvement;
  }
  EXPECT_EQ(level->rank, 1);
}

RankedKpi own_kpi(std::string province, std::string code, const char* weight) {
  RankedKpi kpi = percent_kpi(std::move(code), weight);
  kpi.province = std::move(province);
  return kpi;
}

TEST(Ranking, A_province_is_measured_by_its_own_KPIs_and_weights) {
  const ScoreboardInput input{period,
                              {"10", "20"},
                              {own_kpi("10", "A", "1"), own_kpi("10", "B", "3"),
                               own_kpi("20", "A", "60"), own_kpi("20", "C", "20")},
                              {series("10", "A", "0", "40"), series("10", "B", "0", "80"),
                               series("20", "A", "0", "40"), series("20", "C", "0", "100")}};
  const Scoreboard board = board_of(input);
  EXPECT_EQ(to_text(*find(board, "10").level.points), "70");  // (40 + 3*80) / 4
  EXPECT_EQ(to_text(*find(board, "20").level.points), "55");  // (60*40 + 20*100) / 80
  EXPECT_EQ(find(board, "20").level.missing, std::vector<MissingKpi>{});
  EXPECT_EQ(board.row(0).size(), 2u);
}

TEST(Ranking, Own_KPIs_stand_beside_common_ones_and_change_no_other_province) {
  ScoreboardInput input = three_provinces();
  input.kpis.push_back(own_kpi("20", "K15", "4"));
  input.series.push_back(series("20", "K15", "0", "100"));
  const Scoreboard board = board_of(input);
  EXPECT_EQ(to_text(*find(board, "20").level.points), "82.5");  // (3*70 + 50 + 4*100) / 8
  EXPECT_EQ(find(board, "10").level.points, find(board_of(three_provinces()), "10").level.points);
}

TEST(Ranking, A_KPI_without_criteria_counts_against_the_coverage) {
  ScoreboardInput input = three_provinces();
  RankedKpi bare = own_kpi("30", "K3", "2");
  bare.method = std::nullopt;
  input.kpis.push_back(bare);
  input.series.push_back(series("30", "K3", "0", "100"));
  const auto thirty = find(board_of(input), "30");
  EXPECT_EQ(to_text(thirty.level.coverage_percent), "66.666667");
  EXPECT_EQ(thirty.level.not_ranked, NotRanked::coverage_too_low);
  EXPECT_EQ(thirty.level.missing, (std::vector<MissingKpi>{{"K3", Gap::no_criteria}}));
  EXPECT_EQ(thirty.improvement.missing, (std::vector<MissingKpi>{{"K3", Gap::no_criteria}}));
}

TEST(RankIntervals, Every_rank_lies_in_its_interval_and_the_interval_among_the_ranked) {
  const Scoreboard board = board_of(mixed_input(40));
  for (const auto side : {&ProvinceStanding::level, &ProvinceStanding::improvement}) {
    const int ranked = static_cast<int>(
        std::count_if(board.provinces.begin(), board.provinces.end(),
                      [&](const ProvinceStanding& p) { return (p.*side).rank.has_value(); }));
    ASSERT_GT(ranked, 5);
    ASSERT_LT(ranked, 40);
    for (const ProvinceStanding& p : board.provinces) {
      const Standing& s = p.*side;
      EXPECT_EQ(s.rank.has_value(), s.not_ranked == NotRanked::none) << p.province;
      if (!s.rank) continue;
      EXPECT_LE(1, *s.rank_low);
      EXPECT_LE(*s.rank_low, *s.rank);
      EXPECT_LE(*s.rank, *s.rank_high);
      EXPECT_LE(*s.rank_high, ranked);
    }
  }
}

TEST(RankIntervals, Without_uncertainty_the_interval_is_the_rank) {
  RankingRule rule = quick_rule();
  rule.source_spread_percent = {};
  rule.weight_spread_percent = {};
  for (const ProvinceStanding& p : board_of(mixed_input(30), rule).provinces) {
    EXPECT_EQ(p.level.rank_low, p.level.rank);
    EXPECT_EQ(p.level.rank_high, p.level.rank);
    EXPECT_EQ(p.improvement.rank_low, p.improvement.rank);
    EXPECT_EQ(p.improvement.rank_high, p.improvement.rank);
  }
}

TEST(RankIntervals, Less_checkable_sources_make_them_wider) {
  const auto width = [](SourceClass source) {
    ScoreboardInput input = mixed_input(30);
    for (KpiSeries& s : input.series) {
      for (Measurement& m : s.values) m.source = source;
    }
    int sum = 0;
    for (const ProvinceStanding& p : board_of(input).provinces) {
      if (p.level.rank) sum += *p.level.rank_high - *p.level.rank_low;
    }
    return sum;
  };
  EXPECT_LT(width(SourceClass::official_statistic), width(SourceClass::self_reported));
}

TEST(RankIntervals, The_generator_and_the_quantiles_are_the_published_ones) {
  // First words of SplitMix64 from seed 1234567, as in its authors' reference code.
  SplitMix64 random(1234567);
  EXPECT_EQ(random.next(), 6457827717110365317u);
  EXPECT_EQ(random.next(), 3203168211198807973u);
  EXPECT_EQ(random.next(), 9817491932198370423u);

  const auto& z = normal_quantiles_millionths();
  for (std::size_t q = 0; q < z.size(); ++q) {
    EXPECT_EQ(z[q], -z[z.size() - 1 - q]);
    if (q > 0) {
      EXPECT_GT(z[q], z[q - 1]);
    }
  }
  EXPECT_EQ(to_text(moved_value(dec("-100"), dec("10"), 63)), "-75.82441");
  EXPECT_EQ(to_text(moved_value(dec("0"), dec("10"), 0)), "0");
  EXPECT_EQ(
      moved_value(decimal_of_millionths(Decimal::millionths_max), dec("100"), 63).millionths(),
      Decimal::millionths_max);
}

TEST(Ranking, What_cannot_be_ranked_is_refused) {
  const auto refuses = [](auto change) {
    ScoreboardInput input = three_provinces();
    RankingRule rule = quick_rule();
    change(input, rule);
    return !compute_scoreboard(input, rule).ok();
  };
  EXPECT_FALSE(refuses([](auto&, auto&) {}));
  EXPECT_TRUE(refuses([](auto& in, auto&) { in.provinces.push_back("10"); }));
  EXPECT_TRUE(refuses([](auto& in, auto&) { in.provinces.clear(); }));
  EXPECT_TRUE(refuses([](auto& in, auto&) { in.provinces.pop_back(); }));
  EXPECT_TRUE(refuses([](auto& in, auto&) { in.kpis.push_back(in.kpis[0]); }));
  EXPECT_TRUE(refuses([](auto& in, auto&) { in.kpis.push_back(own_kpi("10", "K1", "1")); }));
  EXPECT_TRUE(refuses([](auto& in, auto&) { in.kpis.push_back(own_kpi("99", "K9", "1")); }));
  EXPECT_TRUE(refuses([](auto& in, auto&) { in.kpis[0].weight = {}; }));
  EXPECT_TRUE(refuses([](auto& in, auto&) { in.kpis[0].weight = decimal_of(1001); }));
  EXPECT_TRUE(refuses([](auto& in, auto&) { in.kpis[0].method = ThreePoint{}; }));
  EXPECT_TRUE(refuses([](auto& in, auto&) { in.series.push_back(in.series[0]); }));
  EXPECT_TRUE(
      refuses([](auto& in, auto&) { in.series[0].values.push_back(in.series[0].values[0]); }));
  EXPECT_TRUE(refuses([](auto&, auto& rule) { rule.draws = 0; }));
  EXPECT_TRUE(refuses([](auto&, auto& rule) { rule.low_percentile = 96; }));
  EXPECT_TRUE(refuses([](auto&, auto& rule) { rule.weight_spread_percent = decimal_of(51); }));
  EXPECT_TRUE(refuses([](auto&, auto& rule) { rule.seed = -1; }));
}

TEST(LevelHistory, Its_last_month_is_the_scoreboard_and_earlier_months_know_less) {
  ScoreboardInput input = three_provinces();
  input.series[0].values.insert(input.series[0].values.begin(), {period - 12, dec("20"), official});
  const LevelHistory history = level_history(input, quick_rule(), 12).value();
  ASSERT_EQ(history.levels.size(), 36u);
  const Scoreboard board = board_of(input);
  for (std::size_t p = 0; p < 3; ++p) {
    EXPECT_EQ(history.levels[p * 12 + 11], board.provinces[p].level.points);
  }
  EXPECT_EQ(to_text(*history.levels[0]), "20");  // only K1 of province 10 was known by then
  EXPECT_FALSE(history.levels[12].has_value());
  EXPECT_FALSE(level_history(input, quick_rule(), 0).ok());
}

}  // namespace
}  // namespace changwat::indicators
