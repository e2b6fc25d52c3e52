// Prepares, measures nothing: reports a million KPI values into the record of --folder, for as many
// provinces as --rounds says (77 and more: for all).

#include "many_values.hpp"
#include "rounds.hpp"

int main(int count, char** words) {
  using namespace changwat;
  const auto options = bench::read_options(count, words);
  const auto db = db::open_sqlite((options.folder / "changwat.db").string(), false);
  auto provinces = bench::provinces_of(*db);
  if (std::ssize(provinces) > options.rounds)
    provinces.resize(static_cast<std::size_t>(options.rounds));
  const bench::Stopwatch watch;
  const auto values = bench::fill_values(*db, provinces);
  bench::print_round({{"values", static_cast<double>(values)}, {"seconds", watch.seconds()}});
  return 0;
}
