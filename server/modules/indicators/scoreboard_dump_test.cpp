// The open dump and the script by which a citizen recomputes it. The script is run as it is, on
// dumps of random scoreboards with every method, holes, ties and hard numbers.

#include "modules/indicators/scoreboard_dump.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <stdlib.h>

#include "modules/indicators/rank_interval.hpp"
#include "modules/indicators/testing.hpp"

namespace changwat::indicators {
namespace {

constexpr int period = month_index(2021, 9);
constexpr int baseline_month = month_index(2019, 9);

std::string to_text(Decimal value) {
  return value.text();
}

// The rules in force, with fewer draws.
Rules quick_rules(int draws) {
  auto rows = rules_of_2021().rows;
  for (auto& row : rows)
    if (row.rule == Rule::draws) row.value = decimal_of(draws);
  return RuleBook::of_rows(rows)->in(year_of(2021));
}

// As the CSV form has it: all but the rows.
struct WithoutRows {
  DumpParameters parameters;
  std::vector<DumpResult> results;
};
BOOST_DESCRIBE_STRUCT(WithoutRows, (), (parameters, results))

// --- Random scoreboards
// ----------------------------------------------------------------------------

class RandomBoard {
 public:
  explicit RandomBoard(std::uint64_t seed) : random_(seed) {}

  Dump make(int provinces, int kpis, int draws) {
    ScoreboardInput input;
    input.period_month = period;
    for (int k = 0; k < kpis; ++k) input.kpis.push_back(kpi(k));
    for (int p = 0; p < provinces; ++p) {
      input.provinces.push_back(std::to_string(10 + p));
      for (int k = 0; k < kpis; ++k) add_series(input, input.kpis[static_cast<std::size_t>(k)]);
      // As many of its own as make rows of different lengths, some without criteria.
      for (int k = below(6) == 0 ? 9 : 0; k < 9; k += 1 + static_cast<int>(below(4))) {
        RankedKpi own = kpi(k);
        own.code = "own " + std::to_string(k);
        own.province = input.provinces.back();
        add_series(input, own);
        if (below(5) == 0) own.method = std::nullopt;
        input.kpis.push_back(own);
      }
    }
    const auto rules = quick_rules(draws);
    return dump_of(compute_scoreboard(input, rules.ranking).value(), rules, year_of(2021));
  }

 private:
  std::int64_t below(std::int64_t limit) {
    return static_cast<std::int64_t>(random_.next() % static_cast<std::uint64_t>(limit));
  }

  // Some criteria are huge, negative, or only a millionth apart.
  std::array<Decimal, 5> steps() {
    constexpr std::array<std::int64_t, 4> scales{3, 20'000'000, 1'000'000'000'007, 1'000'000};
    const std::int64_t scale = scales[static_cast<std::size_t>(below(4))];
    std::array<Decimal, 5> result;
    std::int64_t at = below(2 * scale) - scale;
    for (Decimal& step : result) {
      step = decimal_of_millionths(at);
      at += 1 + below(scale);
    }
    return result;
  }

  RankedKpi kpi(int number) {
    const auto up = steps();
    const auto down = [&](int i) {
      return decimal_of_millionths(-up[static_cast<std::size_t>(i)].millionths());
    };
    const auto beyond = [&](int i) {
      return decimal_of_millionths(up[4].millionths() + 10'000'000 - i * 5'000'000);
    };
    RankedKpi kpi{"K" + std::to_string(number), decimal_of_millionths(1 + below(40'000'000)),
                  Milestone{}, 15};
    switch (number % 6) {
      case 0:
        kpi.method = ThreePoint{up[0], up[1], up[2]};
        break;
      case 1:
        kpi.method = ThreePoint{down(0), down(1), down(2)};
        break;
      case 2:
        kpi.method = FiveLevel{up[0], up[1], up[2], up[3], up[4]};
        break;
      case 3:
        kpi.method = WithinRange{{up[0], up[1], up[2]}, {beyond(0), beyond(1), beyond(2)}};
        break;
      case 4:
        kpi.method = Pmqa{};
        break;
      default:
        break;
    }
    return kpi;
  }

  Decimal value_for(const RankedKpi& kpi) {
    if (const auto* m = std::get_if<ThreePoint>(&*kpi.method)) return between(m->p50, m->p100);
    if (const auto* m = std::get_if<FiveLevel>(&*kpi.method)) return between(m->l1, m->l5);
    if (const auto* m = std::get_if<WithinRange>(&*kpi.method)) {
      return between(m->rising.p50, m->falling.p50);
    }
    return between(Decimal{}, decimal_of(std::holds_alternative<Pmqa>(*kpi.method) ? 500 : 100));
  }

  // A little beyond both ends, too.
  Decimal between(Decimal a, Decimal b) {
    const std::int64_t span = std::abs(b.millionths() - a.millionths());
    return decimal_of_millionths(std::min(a.millionths(), b.millionths()) - span / 8 +
                                 below(span + span / 4 + 1));
  }

  Measurement measured(const RankedKpi& kpi, int month) {
    return {month, value_for(kpi), static_cast<SourceClass>(below(source_class_count))};
  }

  void add_series(ScoreboardInput& input, const RankedKpi& kpi) {
    if (below(20) == 0) return;
    KpiSeries series{input.provinces.back(), kpi.code, below(20) != 0, {}, std::nullopt};
    if (below(12) != 0) {
      series.values.push_back(measured(kpi, period - static_cast<int>(below(18))));
    }
    if (below(12) != 0) {
      series.baseline = measured(kpi, baseline_month + static_cast<int>(below(9)));
    }
    input.series.push_back(std::move(series));
  }

  SplitMix64 random_;
};

// --- Running the script
// ----------------------------------------------------------------------------

class Recompute : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = ::testing::TempDir() + "scoreboard-XXXXXX";
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string file(const std::string& name, const std::string& content) {
    const std::filesystem::path path = folder_ / name;
    std::ofstream(path, std::ios::binary) << content;
    return path.string();
  }

  struct Outcome {
    int status = -1;
    std::string output;
  };

  static Outcome run(const std::string& arguments) {
    const std::string script = CHANGWAT_SOURCE_DIR "/tools/recompute-scoreboard";
    const std::string command = "python3 -I '" + script + "' " + arguments + " 2>&1";
    Outcome outcome;
    FILE* pipe = popen(command.c_str(), "r");
    if (!pipe) return outcome;
    std::array<char, 512> buffer;
    while (fgets(buffer.data(), buffer.size(), pipe)) outcome.output += buffer.data();
    outcome.status = WEXITSTATUS(pclose(pipe));
    return outcome;
  }

  std::filesystem::path folder_;
};

TEST_F(Recompute, The_script_finds_every_number_of_random_scoreboards_from_JSON_and_from_CSV) {
  std::ptrdiff_t ranked_on_both_sides = 0;
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    const Dump dump = RandomBoard(seed).make(13, 17, 40);
    for (const auto side : {&DumpResult::level, &DumpResult::improvement}) {
      const auto ranked =
          std::count_if(dump.results.begin(), dump.results.end(),
                        [&](const DumpResult& r) { return (r.*side).rank.has_value(); });
      ASSERT_GT(ranked, 2) << "seed " << seed << ": too few ranks to compare";
      ranked_on_both_sides += ranked;
    }
    const auto from_json = run(file("dump.json", to_json(dump)));
    EXPECT_EQ(from_json.status, 0) << "seed " << seed << ": " << from_json.output;
    const auto from_csv =
        run(file("rows.csv", rows_csv(dump.rows)) + " " +
            file("parameters.json", to_json(WithoutRows{dump.parameters, dump.results})));
    EXPECT_EQ(from_csv.status, 0) << "seed " << seed << ": " << from_csv.output;
  }
  EXPECT_LT(ranked_on_both_sides, 6 * 2 * 13) << "nobody was left out: not_ranked is not tested";
}

TEST_F(Recompute, The_script_says_which_number_was_forged) {
  const Dump dump = RandomBoard(3).make(12, 9, 30);
  std::size_t ranked = 0;
  while (!dump.results[ranked].level.rank) ++ranked;
  const std::string province = dump.results[ranked].province;

  Dump better_rank = dump;
  *better_rank.results[ranked].level.rank += 1;
  const auto rank_outcome = run(file("dump.json", to_json(better_rank)));
  EXPECT_EQ(rank_outcome.status, 1);
  EXPECT_NE(rank_outcome.output.find(province + " level rank: published"), std::string::npos)
      << rank_outcome.output;

  Dump last_digit = dump;
  Decimal points = dec(last_digit.results[ranked].level.points);
  points = decimal_of_millionths(points.millionths() + 1);
  last_digit.results[ranked].level.points = to_text(points);
  EXPECT_EQ(run(file("dump.json", to_json(last_digit))).status, 1);

  Dump wider = dump;
  *wider.results[ranked].level.rank_high += 1;
  EXPECT_EQ(run(file("dump.json", to_json(wider))).status, 1);

  Dump other_band = dump;
  other_band.results[ranked].level.band = "excellent";
  EXPECT_EQ(run(file("dump.json", to_json(other_band))).status, 1);

  Dump milder_rule = dump;
  for (auto& row : milder_rule.parameters.rules)
    if (row.rule == Rule::coverage_min_percent) row.value = dec("1");
  EXPECT_EQ(run(file("dump.json", to_json(milder_rule))).status, 1) << "the rules in it are used";

  Dump hidden = dump;
  hidden.results.pop_back();
  EXPECT_EQ(run(file("dump.json", to_json(hidden))).status, 1);

  Dump other_quantiles = dump;
  other_quantiles.parameters.normal_quantiles_millionths[5] += 1;
  EXPECT_EQ(run(file("dump.json", to_json(other_quantiles))).status, 2);
  EXPECT_EQ(run(file("dump.json", "{}")).status, 2);
}

TEST(ScoreboardDump, A_row_says_all_that_a_score_needs) {
  ScoreboardInput input{period, {"10"}, {}, {}};
  input.kpis.push_back({"K,1", dec("12.5"), ThreePoint{dec("9"), dec("6.5"), dec("-1")}, 15});
  input.series.push_back({"10",
                          "K,1",
                          true,
                          {{month_index(2021, 1), dec("7.25"), SourceClass::surveyed}},
                          Measurement{baseline_month, dec("8"), SourceClass::self_reported}});
  const auto rules = quick_rules(1);
  const Dump dump = dump_of(compute_scoreboard(input, rules.ranking).value(), rules, year_of(2021));
  EXPECT_EQ(
      rows_csv(dump.rows),
      "province,kpi,scope,weight,method,criteria,direction,age_months_max,state,value,source_class,"
      "period,baseline,baseline_source_class,baseline_period\r\n"
      "10,\"K,1\",common,12.5,three_point,9 6.5 "
      "-1,lower_is_better,15,valid,7.25,surveyed,2021-01,8,"
      "self_reported,2019-09\r\n");
  EXPECT_EQ(dump.parameters.period, "2021-09");
  EXPECT_EQ(dump.results[0].level.points, "67.5");
  EXPECT_EQ(dump.results[0].level.rank, 1);
}

}  // namespace
}  // namespace changwat::indicators
