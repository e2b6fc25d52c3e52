// Cases that are on the disk before their taker hears of it, a second: 64 threads through
// ServiceCentre::take_case in a whole program with its jobs (the ledger's heads, the index of
// search), beside the same finished rows by SQLite's C API with a commit for each case, from one
// thread. The other side numbers, checks, hashes and indexes nothing; the time in which its rows
// are read from our record is not counted. Its rows once more with as many cases a commit as there
// are takers: what the engine itself could do at most, if nothing but its rows had to be written.

#include "many_cases.hpp"
#include "rounds.hpp"
#include <array>
#include <atomic>
#include <stdexcept>
#include <string>
#include <thread>

#include <sqlite3.h>

#include "platform/db/connection.hpp"
#include "platform/jobs/periodic.hpp"

#include "program/application.hpp"

namespace {

using namespace changwat;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

constexpr int takers = 64;
constexpr int copied_max = 4'000;  // cases that the other side takes in one round
constexpr const char* district = "7001";

Instant clock_now() {
  using namespace std::chrono;
  return Instant(duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count());
}

// ---- ours

Call officers_call() {
  Call call;
  call.now = clock_now();
  HeldOffice office{.office_id = "01HZZZZZZZZZZZZZZZZZZZZZZY", .role = "district"};
  office.area = AreaCode::parse(district);
  office.title_th = "ผู้วัด";
  office.title_en = "Measurer";
  call.caller = Caller{.person_id = "01HZZZZZZZZZZZZZZZZZZZZZZZ", .offices = {office}};
  return call;
}

service_centre::NewCase case_of(int n) {
  service_centre::NewCase in;
  in.kind = *Key::parse("complaint");
  in.category = *Key::parse("utilities");
  in.channel = *Key::parse("walk_in");
  in.importance = *Key::parse("ordinary");
  in.title = *service_centre::Title::parse("ถนนหน้าโรงเรียนเป็นหลุมลึก รายที่ " + std::to_string(n));
  in.detail =
      *service_centre::Detail::parse("รถจักรยานยนต์ล้มหลายครั้งแล้ว ขอให้หน่วยงานที่รับผิดชอบมาซ่อมโดยเร็ว");
  in.place.area = *AreaCode::parse("700101");
  service_centre::NewReporter reporter;
  reporter.name = Text<1, 200>::parse("ผู้แจ้งที่ใช้วัด");
  in.reporters.push_back(reporter);
  return in;
}

double cases_per_second(program::Application& application, double seconds) {
  std::atomic<bool> stop = false;
  static std::atomic<int> next = 0;
  std::atomic<std::int64_t> done = 0;
  std::vector<std::thread> threads;
  const bench::Stopwatch watch;
  for (int i = 0; i < takers; ++i) {
    threads.emplace_back([&] {
      while (!stop.load(std::memory_order_relaxed)) {
        auto call = officers_call();
        if (!application.service_centre.take_case(call, case_of(++next)).ok())
          throw std::runtime_error("the case was refused");
        done.fetch_add(1, std::memory_order_relaxed);
      }
    });
  }
  std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
  stop = true;
  for (auto& thread : threads) thread.join();
  return static_cast<double>(done.load()) / watch.seconds();
}

// ---- theirs

// The rows of a case and of the ledger entry of its intake.
constexpr std::array<std::pair<const char*, const char*>, 6> tables{
    {{"service_case", "case_id"},
     {"case_step", "case_id"},
     {"case_flow", "case_id"},
     {"case_reporter", "case_id"},
     {"case_to_index", "case_id"},
     {"ledger_entry", "subject_id"}}};

struct CopiedRow {
  std::size_t table;
  std::vector<sqlite3_value*> cells;
};
using CopiedCase = std::vector<CopiedRow>;

class Engine {
 public:
  explicit Engine(const fs::path& file) {
    good(sqlite3_open(file.c_str(), &db_));
    script(
        "PRAGMA foreign_keys=ON; PRAGMA temp_store=FILE; PRAGMA mmap_size=0;"
        "PRAGMA cache_size=-8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
        "PRAGMA wal_autocheckpoint=4000;");
  }
  ~Engine() {
    for (auto* statement : statements_) sqlite3_finalize(statement);
    sqlite3_close(db_);
  }
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  void good(int code) {
    if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW)
      throw std::runtime_error(sqlite3_errmsg(db_));
  }
  void script(const char* sql) { good(sqlite3_exec(db_, sql, nullptr, nullptr, nullptr)); }
  sqlite3_stmt* prepare(const std::string& sql) {
    sqlite3_stmt* statement = nullptr;
    good(sqlite3_prepare_v2(db_, sql.c_str(), -1, &statement, nullptr));
    statements_.push_back(statement);
    return statement;
  }

 private:
  sqlite3* db_ = nullptr;
  std::vector<sqlite3_stmt*> statements_;
};

// The cases that were taken last; they are in the index already or not, so their place in the list
// of those that wait is made up.
std::vector<CopiedCase> read_cases(const fs::path& file) {
  Engine engine(file);
  engine.script("CREATE INDEX entries_of ON ledger_entry (subject_id)");
  auto* ids = engine.prepare("SELECT case_id FROM service_case ORDER BY case_id DESC LIMIT " +
                             std::to_string(copied_max));
  std::array<sqlite3_stmt*, tables.size()> reads{};
  for (std::size_t i = 0; i < tables.size(); ++i)
    reads[i] = engine.prepare(std::string(tables[i].first) == "case_to_index"
                                  ? "SELECT ?1"
                                  : std::string("SELECT * FROM ") + tables[i].first + " WHERE " +
                                        tables[i].second + " = ?1");
  std::vector<CopiedCase> out;
  while (sqlite3_step(ids) == SQLITE_ROW) {
    CopiedCase one;
    for (std::size_t i = 0; i < tables.size(); ++i) {
      sqlite3_bind_value(reads[i], 1, sqlite3_column_value(ids, 0));
      while (sqlite3_step(reads[i]) == SQLITE_ROW) {
        CopiedRow row{i, {}};
        for (int c = 0; c < sqlite3_column_count(reads[i]); ++c)
          row.cells.push_back(sqlite3_value_dup(sqlite3_column_value(reads[i], c)));
        one.push_back(std::move(row));
      }
      sqlite3_reset(reads[i]);
    }
    out.push_back(std::move(one));
  }
  return out;
}

double copied_per_second(const std::vector<CopiedCase>& cases, const fs::path& file, double seconds,
                         int cases_a_commit) {
  Engine engine(file);
  auto* begin = engine.prepare("BEGIN IMMEDIATE");
  auto* commit = engine.prepare("COMMIT");
  std::array<sqlite3_stmt*, tables.size()> inserts{};
  for (const auto& row : cases.front()) {
    std::string places = "?";
    for (std::size_t c = 1; c < row.cells.size(); ++c) places += ",?";
    inserts[row.table] = engine.prepare(std::string("INSERT INTO ") + tables[row.table].first +
                                        " VALUES (" + places + ")");
  }
  const auto step = [&](sqlite3_stmt* statement) {
    engine.good(sqlite3_step(statement));
    sqlite3_reset(statement);
  };
  const bench::Stopwatch watch;
  int done = 0;
  for (const auto& one : cases) {
    if (done % cases_a_commit == 0) step(begin);
    for (const auto& row : one) {
      for (std::size_t c = 0; c < row.cells.size(); ++c)
        sqlite3_bind_value(inserts[row.table], static_cast<int>(c) + 1, row.cells[c]);
      step(inserts[row.table]);
    }
    ++done;
    if (done % cases_a_commit != 0) continue;
    step(commit);
    if (watch.seconds() > seconds) break;
  }
  return done / watch.seconds();
}

}  // namespace

// --folder holds a record that `changwat init` made, in record/.
int main(int count, char** words) {
  const auto options = bench::read_options(count, words);
  const auto base = options.folder / "record";
  for (int round = 0; round < options.rounds; ++round) {
    const auto ours = options.folder / "ours", theirs = options.folder / "theirs";
    bench::copy_record(base, ours);
    double our_rate = 0, cases_per_commit = 0;
    {
      program::Application application(bench::settings_of(ours));
      const auto ignore = [](const std::exception&) {};
      const jobs::Periodic sealing(
          1s, [&] { application.ledger.seal(); }, ignore);
      const jobs::Periodic indexing(
          250ms, [&] { application.index_cases(); }, ignore);
      const auto before = application.database.counters();
      our_rate = cases_per_second(application, options.seconds);
      const auto after = application.database.counters();
      cases_per_commit = static_cast<double>(after.writes - before.writes) /
                         static_cast<double>(after.groups - before.groups);
    }
    auto cases = read_cases(ours / "changwat.db");
    const auto their_rate = [&](int cases_a_commit) {
      bench::copy_record(base, theirs);
      return copied_per_second(cases, theirs / "changwat.db", options.seconds, cases_a_commit);
    };
    const auto alone = their_rate(1), grouped = their_rate(takers);
    for (auto& one : cases)
      for (auto& row : one)
        for (auto* cell : row.cells) sqlite3_value_free(cell);
    bench::print_round({{"ours", our_rate},
                        {"theirs", alone},
                        {"grouped", grouped},
                        {"cases_per_commit", cases_per_commit}});
  }
  return 0;
}
