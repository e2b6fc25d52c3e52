// Does a query grow slower as provinces join? The page of a KPI's values, typed rows and JSON, from
// --folder with all 77 provinces ("ours") and from its sub-folder one_province with one ("theirs"):
// the 99th percentile of each, queries of both in turn.

#include "many_values.hpp"
#include "rounds.hpp"
#include <random>

namespace {

using namespace changwat;

class Record {
 public:
  explicit Record(const std::filesystem::path& folder)
      : db_(db::open_sqlite((folder / "changwat.db").string(), true)), ids_(bench::kpi_ids(*db_)) {
    query_.limit = *PageLimit::of_count(100);
  }

  double microseconds_of_a_query() {
    const auto& id = ids_[std::uniform_int_distribution<std::size_t>(0, ids_.size() - 1)(random_)];
    const bench::Stopwatch watch;
    const auto answer = to_json(indicators::store::values(*db_, id, query_));
    const auto took = watch.seconds() * 1e6;
    CHECK(answer.size() > 1000);
    return took;
  }

 private:
  std::unique_ptr<db::Connection> db_;
  std::vector<indicators::KpiId> ids_;
  indicators::ValueQuery query_;
  std::mt19937 random_{1};
};

}  // namespace

int main(int count, char** words) {
  const auto options = bench::read_options(count, words);
  Record all(options.folder), one(options.folder / "one_province");
  const auto measure = [&](double seconds) {
    std::vector<double> of_all, of_one;
    for (const bench::Stopwatch watch; watch.seconds() < seconds;) {
      of_all.push_back(all.microseconds_of_a_query());
      of_one.push_back(one.microseconds_of_a_query());
    }
    return std::pair(std::move(of_all), std::move(of_one));
  };
  (void)measure(2);  // the caches are warm then
  for (int round = 0; round < options.rounds; ++round) {
    const auto [of_all, of_one] = measure(options.seconds);
    bench::print_round({{"ours", bench::quantile(of_all, 0.99)},
                        {"theirs", bench::quantile(of_one, 0.99)},
                        {"ours_median", bench::quantile(of_all, 0.5)},
                        {"theirs_median", bench::quantile(of_one, 0.5)}});
  }
  return 0;
}
