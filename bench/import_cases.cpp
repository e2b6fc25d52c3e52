// A register of a million cases from a CSV file into the record, as `changwat import cases --apply`
// does it, beside the same rows by SQLite's C API in one transaction. Cases a second.
//
// Ours reads the file twice (once to look, once to write), checks every cell, numbers the cases and
// commits each 5,000 with their ledger entry. The other side gets the finished rows of the four
// tables ready-made; the time in which they are read from our record is not counted. Fewer than a
// million rows where --seconds is below 2.

#include "many_cases.hpp"
#include "rounds.hpp"
#include <stdexcept>

#include <sqlite3.h>

namespace {

using namespace changwat;
namespace fs = std::filesystem;

constexpr int rows_full = 1'000'000, rows_quick = 100'000;

double seconds_of_ours(const fs::path& folder, const fs::path& csv) {
  program::Application application(bench::settings_of(folder));
  const bench::Stopwatch watch;
  bench::import_cases(application, folder, csv);
  return watch.seconds();
}

// ---- theirs

void good(int code, sqlite3* db) {
  if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW)
    throw std::runtime_error(sqlite3_errmsg(db));
}

class Engine {
 public:
  explicit Engine(const fs::path& file) {
    good(sqlite3_open(file.c_str(), &db_), db_);
    script(
        "PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=0;"
        "PRAGMA cache_size=-8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
        "PRAGMA wal_autocheckpoint=4000;");
  }
  ~Engine() { sqlite3_close(db_); }
  void script(const char* sql) { good(sqlite3_exec(db_, sql, nullptr, nullptr, nullptr), db_); }
  sqlite3_stmt* prepare(const std::string& sql) {
    sqlite3_stmt* statement = nullptr;
    good(sqlite3_prepare_v2(db_, sql.c_str(), -1, &statement, nullptr), db_);
    return statement;
  }
  sqlite3* get() { return db_; }

 private:
  sqlite3* db_ = nullptr;
};

constexpr int chunk_rows = 20'000;

using Cells = std::vector<sqlite3_value*>;  // of one chunk, row after row

void copy_table(Engine& from, Engine& to, const char* table, double& seconds) {
  auto* read = from.prepare(std::string("SELECT * FROM ") + table + " ORDER BY rowid");
  const int columns = sqlite3_column_count(read);
  std::string places = "?";
  for (int c = 1; c < columns; ++c) places += ",?";
  auto* insert = to.prepare(std::string("INSERT INTO ") + table + " VALUES (" + places + ")");
  for (bool more = true; more;) {
    Cells cells;
    for (int rows = 0; rows < chunk_rows && (more = sqlite3_step(read) == SQLITE_ROW); ++rows)
      for (int c = 0; c < columns; ++c)
        cells.push_back(sqlite3_value_dup(sqlite3_column_value(read, c)));
    const bench::Stopwatch watch;
    for (std::size_t at = 0; at < cells.size(); at += static_cast<std::size_t>(columns)) {
      for (int c = 0; c < columns; ++c)
        sqlite3_bind_value(insert, c + 1, cells[at + static_cast<std::size_t>(c)]);
      good(sqlite3_step(insert), to.get());
      sqlite3_reset(insert);
    }
    seconds += watch.seconds();
    for (auto* cell : cells) sqlite3_value_free(cell);
  }
  sqlite3_finalize(read);
  sqlite3_finalize(insert);
}

double seconds_of_engine(const fs::path& ours, const fs::path& theirs) {
  Engine from(ours), to(theirs);
  double seconds = 0;
  to.script("BEGIN IMMEDIATE");
  for (const char* table : {"service_case", "case_step", "case_flow", "case_source"})
    copy_table(from, to, table, seconds);
  const bench::Stopwatch watch;
  to.script("COMMIT");
  return seconds + watch.seconds();
}

}  // namespace

// --folder holds a record that `changwat init` made, in record/.
int main(int count, char** words) {
  const auto options = bench::read_options(count, words);
  const int rows = options.seconds < 2 ? rows_quick : rows_full;
  const auto base = options.folder / "record", csv = options.folder / "cases.csv";
  bench::write_cases(csv, bench::subdistricts_of(base / "changwat.db"), rows, *Date::of(2016, 1, 1),
                     3600);
  for (int round = 0; round < options.rounds; ++round) {
    const auto ours = options.folder / "ours", theirs = options.folder / "theirs";
    bench::copy_record(base, ours);
    bench::copy_record(base, theirs);
    const auto our_seconds = seconds_of_ours(ours, csv);
    const auto their_seconds = seconds_of_engine(ours / "changwat.db", theirs / "changwat.db");
    bench::print_round({{"ours", rows / our_seconds},
                        {"theirs", rows / their_seconds},
                        {"rows", static_cast<double>(rows)},
                        {"our_seconds", our_seconds},
                        {"their_seconds", their_seconds}});
  }
  return 0;
}
