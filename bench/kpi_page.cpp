// A page of 100 values of one KPI out of a million, as typed rows, beside the raw engine's C API
// stepping through the same SQL and looking at every column. The record is that of --folder
// (fill_values), read by both over connections of the same settings.

#include "many_values.hpp"
#include "rounds.hpp"
#include <random>
#include <stdexcept>

#include <sqlite3.h>

namespace {

using namespace changwat;

constexpr int rows = 100;
constexpr int pages_in_a_row = 50;  // of one side, then of the other

class RawPages {
 public:
  explicit RawPages(const std::string& file) {
    require(sqlite3_open_v2(file.c_str(), &handle_, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX,
                            nullptr));
    require(sqlite3_exec(handle_, "PRAGMA cache_size=-2048; PRAGMA mmap_size=0;", nullptr, nullptr,
                         nullptr));
    // The statement of indicators::store::values().
    constexpr const char* sql =
        "SELECT v.value_id, v.period, v.revision, v.value, v.source_class, v.evidence, "
        "v.evidence_url,"
        " v.corrects, v.reason, v.withdrawn, v.recorded_at FROM kpi_value v"
        " WHERE v.province = (SELECT province FROM kpi WHERE kpi_id = ?1) AND v.kpi_id = ?1"
        " AND (v.period_month, v.period, v.revision) > (?2, ?3, ?4)"
        " AND NOT v.withdrawn AND NOT EXISTS (SELECT 1 FROM kpi_value n WHERE n.province = "
        "v.province AND n.kpi_id = "
        "v.kpi_id"
        " AND n.period_month = v.period_month AND n.period = v.period AND n.revision > v.revision)"
        " ORDER BY v.period_month, v.period, v.revision LIMIT ?5";
    require(sqlite3_prepare_v3(handle_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement_, nullptr));
  }
  ~RawPages() {
    sqlite3_finalize(statement_);
    sqlite3_close(handle_);
  }
  RawPages(const RawPages&) = delete;
  RawPages& operator=(const RawPages&) = delete;

  // Returns the bytes seen, so that nobody optimises the looking away.
  std::int64_t read(const std::string& kpi_id) {
    sqlite3_bind_text(statement_, 1, kpi_id.data(), static_cast<int>(kpi_id.size()), SQLITE_STATIC);
    sqlite3_bind_int64(statement_, 2, -1);
    sqlite3_bind_text(statement_, 3, "", 0, SQLITE_STATIC);
    sqlite3_bind_int64(statement_, 4, 0);
    sqlite3_bind_int64(statement_, 5, rows + 1);
    std::int64_t bytes = 0;
    int code, seen = 0;
    for (; (code = sqlite3_step(statement_)) == SQLITE_ROW; ++seen) {
      for (int column = 0; column < 11; ++column) {
        if (column == 2 || column == 9) {
          bytes += sqlite3_column_int64(statement_, column);
        } else if (sqlite3_column_text(statement_, column)) {
          bytes += sqlite3_column_bytes(statement_, column);
        }
      }
    }
    require(code, SQLITE_DONE);
    sqlite3_reset(statement_);
    if (seen != rows + 1) throw std::runtime_error("not a whole page");
    return bytes;
  }

 private:
  void require(int code, int wanted = SQLITE_OK) {
    if (code != wanted) throw std::runtime_error(sqlite3_errmsg(handle_));
  }
  sqlite3* handle_ = nullptr;
  sqlite3_stmt* statement_ = nullptr;
};

}  // namespace

int main(int count, char** words) {
  const auto options = bench::read_options(count, words);
  const auto file = (options.folder / "changwat.db").string();
  const auto db = db::open_sqlite(file, true);
  RawPages raw(file);
  const auto ids = bench::kpi_ids(*db);
  indicators::ValueQuery query;
  query.limit = *PageLimit::of_count(rows);
  std::mt19937 random(1);
  std::uniform_int_distribution<std::size_t> any(0, ids.size() - 1);
  volatile std::int64_t sink = 0;

  // The same pages in the same order for both; who comes first changes.
  const auto measure = [&](double seconds) {
    std::vector<double> ours, theirs;
    bool we_begin = true;
    for (const bench::Stopwatch all; all.seconds() < seconds; we_begin = !we_begin) {
      std::vector<std::size_t> pages(pages_in_a_row);
      for (auto& page : pages) page = any(random);
      const auto read_ours = [&] {
        for (const auto page : pages) {
          const bench::Stopwatch watch;
          sink = std::ssize(indicators::store::values(*db, ids[page], query));
          ours.push_back(watch.seconds() * 1e6);
        }
      };
      if (we_begin) read_ours();
      for (const auto page : pages) {
        const bench::Stopwatch watch;
        sink = raw.read(ids[page].text());
        theirs.push_back(watch.seconds() * 1e6);
      }
      if (!we_begin) read_ours();
    }
    return std::pair(std::move(ours), std::move(theirs));
  };

  (void)measure(0.5);  // the caches are warm then
  for (int round = 0; round < options.rounds; ++round) {
    const auto [ours, theirs] = measure(options.seconds);
    bench::print_round({{"ours", bench::quantile(ours, 0.5)},
                        {"theirs", bench::quantile(theirs, 0.5)},
                        {"ours_p99", bench::quantile(ours, 0.99)},
                        {"theirs_p99", bench::quantile(theirs, 0.99)}});
  }
  return 0;
}
