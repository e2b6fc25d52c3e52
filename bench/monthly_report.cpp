// The monthly report of a province with 100,000 cases in the year, as ServiceCentre answers it with
// all its sums, beside the engine counting the same flows one by one. Times in milliseconds.
//
// Every number of the total is held against that count: a report that is fast and wrong ends the
// program.

#include "many_cases.hpp"
#include "rounds.hpp"
#include <map>
#include <stdexcept>

#include <sqlite3.h>

namespace {

using namespace changwat;
namespace fs = std::filesystem;

constexpr int cases = 100'000;
constexpr int reports_a_round = 200;

Call officers_call(Instant now) {
  Call call;
  call.now = now;
  HeldOffice office{.office_id = "01HZZZZZZZZZZZZZZZZZZZZZZY", .role = "provincial_office"};
  office.area = AreaCode::parse("70");
  office.title_th = "ผู้วัด";
  office.title_en = "Measurer";
  call.caller = Caller{.person_id = "01HZZZZZZZZZZZZZZZZZZZZZZZ", .offices = {office}};
  return call;
}

// Flows of a time, counted by the engine.
class Engine {
 public:
  explicit Engine(const fs::path& file) {
    const auto flags = SQLITE_OPEN_READONLY;
    if (sqlite3_open_v2(file.c_str(), &db_, flags, nullptr) != SQLITE_OK)
      throw std::runtime_error(sqlite3_errmsg(db_));
    sqlite3_exec(db_, "PRAGMA cache_size=-2048", nullptr, nullptr, nullptr);
  }
  ~Engine() { sqlite3_close(db_); }

  std::map<std::string, std::int64_t> flows(Date from, Date to) {
    std::map<std::string, std::int64_t> out;
    sqlite3_stmt* statement = nullptr;
    const auto sql =
        "SELECT category, channel, kind, flow, COUNT(*) FROM case_flow WHERE province = '70' AND "
        "on_date >= ?1 AND on_date <= ?2 GROUP BY category, channel, kind, flow";
    if (sqlite3_prepare_v2(db_, sql, -1, &statement, nullptr) != SQLITE_OK)
      throw std::runtime_error(sqlite3_errmsg(db_));
    const auto first = from.text(), last = to.text();
    sqlite3_bind_text(statement, 1, first.c_str(), -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 2, last.c_str(), -1, SQLITE_STATIC);
    while (sqlite3_step(statement) == SQLITE_ROW)
      out[reinterpret_cast<const char*>(sqlite3_column_text(statement, 3))] +=
          sqlite3_column_int64(statement, 4);
    sqlite3_finalize(statement);
    return out;
  }

 private:
  sqlite3* db_ = nullptr;
};

// The year of the report is over but for its last month, so that nothing lies after it.
const Date first_day = *Date::of(2024, 10, 1);
const auto now = Instant::bangkok(*Date::of(2025, 9, 30), 12, 0, 0);
const auto month = *Month::parse("2025-09");

void require(std::int64_t ours, std::int64_t counted, const char* what) {
  if (ours != counted)
    throw std::runtime_error(std::string(what) + ": " + std::to_string(ours) + " in the report, " +
                             std::to_string(counted) + " counted");
}

double ours_ms(program::Application& application, service_centre::MonthlyReport& out) {
  auto call = officers_call(now);
  const bench::Stopwatch watch;
  auto report = application.service_centre.get_report(call, {{*AreaCode::parse("70"), month, {}}});
  const auto ms = watch.seconds() * 1000;
  if (!report.ok()) throw std::runtime_error("the report was refused");
  out = std::move(*report);
  return ms;
}

// The same numbers: what came before the month in the year, in it, and what was open at its end.
double theirs_ms(Engine& engine, const service_centre::MonthlyReport& report) {
  const bench::Stopwatch watch;
  auto in_month = engine.flows(report.month_from, report.month_to);
  auto in_year = engine.flows(report.year_from, report.month_to);
  auto ever = engine.flows(*Date::parse("1950-01-01"), report.month_to);
  const auto ms = watch.seconds() * 1000;
  require(report.month_total.received, in_month["received"], "received in the month");
  require(report.month_total.settled, in_month["settled"], "settled in the month");
  require(report.year_total.received, in_year["received"], "received in the year");
  require(report.year_total.settled, in_year["settled"], "settled in the year");
  require(report.year_total.open_at_end, ever["received"] + ever["reopened"] - ever["settled"],
          "open at the end");
  return ms;
}

}  // namespace

// --folder holds a record that `changwat init` made, in record/.
int main(int count, char** words) {
  const auto options = bench::read_options(count, words);
  const auto base = options.folder / "record", folder = options.folder / "ours",
             csv = options.folder / "cases.csv";
  bench::write_cases(csv, bench::subdistricts_of(base / "changwat.db"), cases, first_day, 340);
  bench::copy_record(base, folder);
  program::Application application(bench::settings_of(folder));
  bench::import_cases(application, folder, csv);
  Engine engine(folder / "changwat.db");
  for (int round = 0; round < options.rounds; ++round) {
    std::vector<double> times;
    service_centre::MonthlyReport report;
    for (int n = 0; n < reports_a_round; ++n) times.push_back(ours_ms(application, report));
    require(report.year_total.received, cases, "cases of the year");
    bench::print_round({{"ours", bench::quantile(times, 0.99)},
                        {"median", bench::quantile(times, 0.5)},
                        {"theirs", theirs_ms(engine, report)}});
  }
  return 0;
}
