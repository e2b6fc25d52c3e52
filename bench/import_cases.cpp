// A register of a million cases from a CSV file into the record, as `changwat import cases --apply`
// does it, beside the same rows by SQLite's C API in one transaction. Cases a second.
//
// Ours reads the file twice (once to look, once to write), checks every cell, numbers the cases and
// commits each 5,000 with their ledger entry. The other side gets the finished rows of the four
// tables ready-made; the time in which they are read from our record is not counted. Fewer than a
// million rows where --seconds is below 2.

#include "rounds.hpp"
#include <fstream>
#include <iostream>
#include <sstream>
#include <stdexcept>

#include <sqlite3.h>

#include "platform/db/connection.hpp"

#include "program/application.hpp"
#include "program/case_imports.hpp"

namespace {

using namespace changwat;
namespace fs = std::filesystem;

constexpr int rows_full = 1'000'000, rows_quick = 100'000;

std::string two(int n) {
  return (n < 10 ? "0" : "") + std::to_string(n);
}

// Cases of one province over ten years, the oldest first, with texts of a usual length.
void write_csv(const fs::path& file, const std::vector<std::string>& areas, int rows) {
  static const char* categories[] = {"utilities", "pollution", "peace_safety", "welfare", "land"};
  static const char* texts[] = {
      "ถนนหน้าโรงเรียนเป็นหลุมลึก รถจักรยานยนต์ล้มหลายครั้งแล้ว ขอให้หน่วยงานที่รับผิดชอบมาซ่อมโดยเร็ว",
      "ไฟทางดับมาสามสัปดาห์ ชาวบ้านเดินกลับบ้านตอนกลางคืนไม่ปลอดภัย",
      "โรงงานปล่อยน้ำเสียลงคลองตอนกลางคืน มีกลิ่นเหม็นและปลาตาย ขอให้ตรวจสอบ"};
  std::ofstream out(file, std::ios::binary);
  out << "number,received_at,area,kind,category,channel,importance,state,title,detail,landmark,"
         "latitude,longitude,settled_at\n";
  for (int n = 0; n < rows; ++n) {
    const auto day = static_cast<int>(std::int64_t{n} * 3600 / rows);
    const auto on = Date::of(2016, 1, 1)->plus_days(day);
    const bool closed = n % 10 != 0;
    out << "R-" << n << ',' << on.text() << "T0" << n % 9 << ':' << two(n % 60) << ":00.000Z,"
        << areas[static_cast<std::size_t>(n) * 7919 % areas.size()] << ",complaint,"
        << categories[n % 5] << ",walk_in,ordinary," << (closed ? "closed" : "received")
        << ",เรื่องร้องเรียนที่ " << n << ',' << texts[n % 3] << ",หน้าวัดหมู่ที่ " << n % 15 << ",13."
        << 100'000 + n % 800'000 << ",99." << 100'000 + n % 700'000 << ','
        << (closed ? on.plus_days(20).text() + "T05:00:00.000Z" : "") << "\n";
  }
}

// What the command prints is not for here.
class Silence {
 public:
  Silence() : before_(std::cout.rdbuf(nothing_.rdbuf())) {}
  ~Silence() { std::cout.rdbuf(before_); }

 private:
  std::ostringstream nothing_;
  std::streambuf* before_;
};

double seconds_of_ours(const fs::path& folder, const fs::path& csv) {
  program::Settings settings;
  settings.data = folder;
  settings.share = CHANGWAT_SOURCE_DIR;
  program::Application application(settings);
  program::Import what;
  what.kind = "cases";
  what.files = {csv};
  what.province = "70";
  what.apply = true;
  const Silence silence;
  const bench::Stopwatch watch;
  program::import_cases(application, settings, what);
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

std::vector<std::string> areas_of(const fs::path& file) {
  const auto db = db::open_sqlite(file.string(), true);
  return db->query<std::string>(
      "SELECT code FROM area WHERE code LIKE '70%' AND level = 'subdistrict' ORDER BY code");
}

void fresh(const fs::path& base, const fs::path& folder) {
  fs::remove_all(folder);
  fs::create_directories(folder);
  for (const auto& entry : fs::directory_iterator(base))
    if (entry.is_regular_file()) fs::copy(entry.path(), folder / entry.path().filename());
}

}  // namespace

// --folder holds a record that `changwat init` made, in record/.
int main(int count, char** words) {
  const auto options = bench::read_options(count, words);
  const int rows = options.seconds < 2 ? rows_quick : rows_full;
  const auto base = options.folder / "record", csv = options.folder / "cases.csv";
  write_csv(csv, areas_of(base / "changwat.db"), rows);
  for (int round = 0; round < options.rounds; ++round) {
    const auto ours = options.folder / "ours", theirs = options.folder / "theirs";
    fresh(base, ours);
    fresh(base, theirs);
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
