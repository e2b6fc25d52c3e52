// How long does a national scoreboard take from nothing? 77 provinces, 60 KPIs, 60 months of
// values: checking and ordering the input, points, levels and improvements, ranks, and 1,000 draws
// for the intervals; then the levels of all 60 months; then the open dump. Beside it, as a measure
// of the machine, the time to sum the same values once in memory.

#include "rounds.hpp"

#include "modules/indicators/rank_interval.hpp"
#include "modules/indicators/ranking.hpp"
#include "modules/indicators/scoreboard_dump.hpp"

namespace {

using changwat::Decimal;
using namespace changwat::indicators;

constexpr int provinces = 77;
constexpr int kpis = 60;
constexpr int months = 60;
constexpr int period = month_index(2021, 9);

Decimal tenths(std::uint64_t random, int range) {
  return decimal_of_millionths(
      static_cast<std::int64_t>(random % static_cast<std::uint64_t>(range * 10)) * 100'000);
}

RankedKpi make_kpi(int k) {
  const std::string code = "KPI-" + std::to_string(100 + k);
  const ThreePoint rising{decimal_of(40), decimal_of(60), decimal_of(90)};
  const ThreePoint falling{decimal_of(70), decimal_of(50), decimal_of(20)};
  const FiveLevel levels{decimal_of(20), decimal_of(35), decimal_of(50), decimal_of(65),
                         decimal_of(80)};
  switch (k % 4) {
    case 0:
      return {code, decimal_of(1 + k % 5), rising, 15};
    case 1:
      return {code, decimal_of(1 + k % 5), falling, 15};
    case 2:
      return {code, decimal_of(1 + k % 5), levels, 15};
    default:
      return {code, decimal_of(1 + k % 5), Milestone{}, 15};
  }
}

ScoreboardInput make_input() {
  SplitMix64 random(1);
  ScoreboardInput input;
  input.period_month = period;
  for (int k = 0; k < kpis; ++k) input.kpis.push_back(make_kpi(k));
  for (int p = 0; p < provinces; ++p) {
    input.provinces.push_back(std::to_string(10 + p));
    for (const RankedKpi& kpi : input.kpis) {
      KpiSeries series{input.provinces.back(), kpi.code, true, {}, std::nullopt};
      for (int m = 0; m < months; ++m) {
        series.values.push_back({period - months + 1 + m, tenths(random.next(), 100),
                                 static_cast<SourceClass>(random.next() % source_class_count)});
      }
      series.baseline = series.values.front();
      input.series.push_back(std::move(series));
    }
  }
  return input;
}

template <class Work>
double milliseconds(Work work) {
  const changwat::bench::Stopwatch watch;
  work();
  return watch.seconds() * 1e3;
}

// Numbers like those of data/indicators/rules.json; what they are makes no difference to the time,
// but for the draws.
Rules make_rules() {
  Rules rules;
  rules.ranking = {decimal_of(70),
                   {decimal_of(1), decimal_of(3), decimal_of(5), decimal_of(10)},
                   decimal_of(20),
                   1000,
                   2564,
                   5,
                   95};
  return rules;
}

std::int64_t sum_of(const ScoreboardInput& input) {
  std::int64_t sum = 0;
  for (const KpiSeries& series : input.series) {
    for (const Measurement& m : series.values) sum += m.value.millionths();
  }
  return sum;
}

}  // namespace

int main(int count, char** words) {
  const auto options = changwat::bench::read_options(count, words);
  const ScoreboardInput input = make_input();
  const Rules rules = make_rules();
  const RankingRule& rule = rules.ranking;
  volatile std::int64_t sink = 0;
  for (int round = 0; round < options.rounds; ++round) {
    Scoreboard board;
    const double scoreboard =
        milliseconds([&] { board = compute_scoreboard(input, rule).value(); });
    const double levels = milliseconds([&] { (void)level_history(input, rule, months).value(); });
    const double dump = milliseconds(
        [&] { sink = static_cast<std::int64_t>(rows_csv(dump_of(board, rules, {}).rows).size()); });
    const double sum = milliseconds([&] { sink = sum_of(input); });
    changwat::bench::print_round({{"ours", (scoreboard + levels + dump) / 1e3},
                                  {"scoreboard_ms", scoreboard},
                                  {"levels_ms", levels},
                                  {"dump_ms", dump},
                                  {"sum_ms", sum}});
  }
  return 0;
}
