// Acts that are on the disk before their caller hears of it, a second: 64 threads through
// Acts::run with the real ledger, beside the same statements by SQLite's C API with a commit for
// each, from one thread (SQLite has one writer at a time, so more threads would only wait).
//
// The act is a small one: read an area, correct its postcode, leave the ledger's entry. The other
// side gets its entry ready-made; it neither checks nor hashes anything.

#include "rounds.hpp"
#include <array>
#include <atomic>
#include <stdexcept>
#include <string>
#include <thread>

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include "platform/db/acts.hpp"
#include "platform/db/migrations.hpp"
#include "platform/jobs/periodic.hpp"

#include "modules/areas/store.hpp"
#include "modules/ledger/ledger.hpp"

namespace {

using namespace changwat;
namespace fs = std::filesystem;

constexpr int writers = 64;
constexpr int areas_count = 1000;  // rows that are corrected in turn

std::string code_of(int n) {
  return std::to_string(700'000 + n % areas_count);
}

Instant clock_now() {
  using namespace std::chrono;
  return Instant(duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count());
}

void make_record(const fs::path& file) {
  const auto db = db::open_sqlite(file.string(), false);
  (void)db::migrate(*db);
  db->command("BEGIN");
  for (int n = 0; n < areas_count; ++n) {
    areas::Area area;
    area.code = *AreaCode::parse(code_of(n));
    area.level = AreaLevel::subdistrict;
    area.name_th = *areas::AreaName::parse("ตำบลที่วัด");
    area.name_en = *areas::AreaName::parse("Measured");
    area.postcode = "70000";
    areas::store::add(*db, area);
  }
  db->command("COMMIT");
}

// ---- ours

struct Program {
  explicit Program(const fs::path& folder)
      : database({.url = (folder / "ours.db").string()}),
        ledger(database, {.key_file = (folder / "ledger.key").string(),
                          .now = clock_now,
                          .may_read_entries = [](const Call&) { return Result<Done>(Done{}); }}),
        acts(database, ledger),
        sealing(
            std::chrono::seconds(1), [this] { ledger.seal(); }, [](const std::exception&) {}) {}
  db::Database database;
  ledger::Ledger ledger;
  Acts acts;
  jobs::Periodic sealing;  // as in the serving program
};

Call officers_call() {
  Call call;
  call.now = clock_now();
  call.caller.emplace();
  call.caller->person_id = "01HZZZZZZZZZZZZZZZZZZZZZZZ";
  return call;
}

void correct_postcode(Program& program, int n) {
  const auto call = officers_call();
  const auto corrected = program.acts.run<Done>(call, "area.correct", [&](Tx& tx) -> Result<Done> {
    static const auto sql = "SELECT " + db::columns<areas::Area>() + " FROM area WHERE code = $1";
    auto area = tx.db.one<areas::Area>(sql, code_of(n));
    if (!area) return errors::not_found;
    area->postcode = std::to_string(70'000 + n % 1000);
    areas::store::change(tx.db, *area);
    tx.record({.subject_kind = "area",
               .subject_id = area->code.text(),
               .province = AreaCode::parse("70"),
               .office_id = "01HZZZZZZZZZZZZZZZZZZZZZZY",
               .authority = {R"({"act":"area.correct","role":"province_official"})"},
               .change = {R"({"postcode":")" + *area->postcode + R"("})"}});
    return Done{};
  });
  if (!corrected.ok()) throw std::runtime_error("the act was refused");
}

double acts_per_second(Program& program, double seconds) {
  std::atomic<bool> stop = false;
  std::atomic<int> next = 0;
  std::atomic<std::int64_t> done = 0;
  std::vector<std::thread> threads;
  const bench::Stopwatch watch;
  for (int i = 0; i < writers; ++i) {
    threads.emplace_back([&] {
      while (!stop.load(std::memory_order_relaxed)) {
        correct_postcode(program, next.fetch_add(1, std::memory_order_relaxed));
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

class RawEngine {
 public:
  explicit RawEngine(const fs::path& file) {
    require(sqlite3_open(file.c_str(), &handle_));
    run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        "PRAGMA cache_size=-8192; PRAGMA mmap_size=0; PRAGMA wal_autocheckpoint=4000;");
    begin_ = prepare("BEGIN IMMEDIATE");
    read_ = prepare(
        "SELECT code, level, name_th, name_en, postcode, parent, valid_from, valid_to,"
        " replaced_by FROM area WHERE code = ?1");
    change_ = prepare(
        "UPDATE area SET level = ?2, name_th = ?3, name_en = ?4, postcode = ?5,"
        " parent = ?6, valid_from = ?7, valid_to = ?8, replaced_by = ?9 WHERE code = ?1");
    count_ = prepare("SELECT COALESCE(MAX(sequence) + 1, 0) FROM ledger_entry");
    enter_ = prepare(
        "INSERT INTO ledger_entry (sequence, entry_id, recorded_at, act, subject_kind,"
        " subject_id, province, actor_id, actor_office_id, authority, change, leaf)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)");
    commit_ = prepare("COMMIT");
  }
  ~RawEngine() {
    for (auto* statement : statements_) sqlite3_finalize(statement);
    sqlite3_close(handle_);
  }
  RawEngine(const RawEngine&) = delete;
  RawEngine& operator=(const RawEngine&) = delete;

  void correct_postcode(int n) {
    const auto code = code_of(n), postcode = std::to_string(70'000 + n % 1000);
    step(begin_);
    bind(read_, 1, code);
    require(sqlite3_step(read_), SQLITE_ROW);
    for (int column = 0; column < 9; ++column)
      require(sqlite3_bind_value(change_, column + 1, sqlite3_column_value(read_, column)));
    sqlite3_reset(read_);
    bind(change_, 5, postcode);
    step(change_);
    require(sqlite3_step(count_), SQLITE_ROW);
    const auto sequence = sqlite3_column_int64(count_, 0);
    sqlite3_reset(count_);
    sqlite3_bind_int64(enter_, 1, sequence);
    const std::array<std::string, 11> members{
        entry_id(sequence),
        "2021-03-12T09:59:59.000Z",
        "area.correct",
        "area",
        code,
        "70",
        "01HZZZZZZZZZZZZZZZZZZZZZZZ",
        "01HZZZZZZZZZZZZZZZZZZZZZZY",
        R"({"act":"area.correct","role":"province_official"})",
        R"({"postcode":")" + postcode + R"("})",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"};
    for (std::size_t i = 0; i < members.size(); ++i)
      bind(enter_, static_cast<int>(i) + 2, members[i]);
    step(enter_);
    step(commit_);
  }

 private:
  // As long as ours, and rising as ours do.
  static std::string entry_id(std::int64_t sequence) {
    const auto digits = std::to_string(sequence);
    return "01HZZZZZZZ" + std::string(16 - digits.size(), '0') + digits;
  }
  void require(int code, int wanted = SQLITE_OK) {
    if (code != wanted) throw std::runtime_error(sqlite3_errmsg(handle_));
  }
  void run(const char* sql) { require(sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr)); }
  sqlite3_stmt* prepare(const char* sql) {
    sqlite3_stmt* statement = nullptr;
    require(sqlite3_prepare_v3(handle_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr));
    statements_.push_back(statement);
    return statement;
  }
  void bind(sqlite3_stmt* statement, int at, const std::string& text) {
    require(sqlite3_bind_text(statement, at, text.data(), static_cast<int>(text.size()),
                              SQLITE_STATIC));
  }
  void step(sqlite3_stmt* statement) {
    require(sqlite3_step(statement), SQLITE_DONE);
    sqlite3_reset(statement);
  }

  sqlite3* handle_ = nullptr;
  std::vector<sqlite3_stmt*> statements_;
  sqlite3_stmt *begin_, *read_, *change_, *count_, *enter_, *commit_;
};

double commits_per_second(RawEngine& engine, double seconds) {
  static int next = 0;
  const bench::Stopwatch watch;
  int done = 0;
  for (; watch.seconds() < seconds; ++done) engine.correct_postcode(next++);
  return done / watch.seconds();
}

// ---- the disk

// What one commit asks of the disk at least: a few pages appended to the log, and waited for.
double fsync_us(const fs::path& folder) {
  constexpr int times = 200;
  const auto file = (folder / "fsync").string();
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (descriptor < 0) throw std::runtime_error("cannot write in " + folder.string());
  const std::string pages(4 * 4120, 'x');
  std::vector<double> took;
  for (int i = 0; i < times; ++i) {
    const bench::Stopwatch watch;
    if (::write(descriptor, pages.data(), pages.size()) < 0 || ::fdatasync(descriptor) != 0)
      throw std::runtime_error("cannot write in " + folder.string());
    took.push_back(watch.seconds() * 1e6);
  }
  ::close(descriptor);
  fs::remove(file);
  return bench::quantile(took, 0.5);
}

}  // namespace

int main(int count, char** words) {
  const auto options = bench::read_options(count, words);
  make_record(options.folder / "ours.db");
  make_record(options.folder / "theirs.db");
  Program program(options.folder);
  RawEngine engine(options.folder / "theirs.db");
  for (int round = 0; round < options.rounds; ++round) {
    const auto before = program.database.counters();
    const auto ours = acts_per_second(program, options.seconds);
    const auto after = program.database.counters();
    const auto theirs = commits_per_second(engine, options.seconds);
    bench::print_round({{"ours", ours},
                        {"theirs", theirs},
                        {"acts_per_commit", static_cast<double>(after.writes - before.writes) /
                                                static_cast<double>(after.groups - before.groups)},
                        {"fsync_us", fsync_us(options.folder)}});
  }
  return 0;
}
