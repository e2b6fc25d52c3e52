#pragma once
// Lists of cases, counts of boards, public figures, recurring cases, and clocks as they are told.

#include "modules/service_centre/clocks.hpp"
#include "modules/service_centre/work_model.hpp"

namespace changwat::service_centre {

// ---- lists

enum class Whose {
  mine,      // the caller is the officer who has it
  told,      // an office of the caller was reminded of it, and the clock still runs
  waiting,   // agencies are at work
  assigned,  // to an office of the caller
};
BOOST_DESCRIBE_ENUM(Whose, mine, told, waiting, assigned)

// Which cases a number of the report counts: see report_model.hpp.
enum class CaseCount { open_at_start, received, reopened, settled, open_at_end };
BOOST_DESCRIBE_ENUM(CaseCount, open_at_start, received, reopened, settled, open_at_end)

// What is absent does not limit. Near due first; what has no due day comes last, by age.
struct CaseQuery {
  std::optional<AreaCode> province;
  std::optional<AreaCode> district;
  std::optional<AreaCode> place;          // in which it lies, with what lies in it
  std::optional<FiscalYear> fiscal_year;  // in which it was received
  std::optional<CaseState> state;
  std::optional<std::int64_t> open;  // 1: open, 0: settled
  std::optional<Key> kind;
  std::optional<Key> category;
  std::optional<Key> channel;
  std::optional<OfficeRef> office_id;  // with an assignment to this office that is not over
  std::optional<Whose> whose;
  std::optional<Instant> due_before;
  std::optional<Text<0, 100>> q;   // number, or part of the title
  std::optional<CaseCount> count;  // the cases behind a number of the report, with from and to
  std::optional<Date> from;
  std::optional<Date> to;
  PageLimit limit;
  std::optional<CaseId> cursor;
};
BOOST_DESCRIBE_STRUCT(CaseQuery, (),
                      (province, district, place, fiscal_year, state, open, kind, category, channel,
                       office_id, whose, due_before, q, count, from, to, limit, cursor))

struct CaseSummary {
  CaseId case_id;
  AreaCode province;
  AreaCode district;
  FiscalYear fiscal_year;
  CaseNumber number;
  Key kind;
  Key category;
  Key channel;
  Key importance;
  CaseState state = CaseState::received;
  CaseLevel level = CaseLevel::district;
  Title title;
  AreaCode area;
  Instant received_at;
  std::optional<Instant> settled_at;
  Instant due_at;  // never_due: no clock runs
  std::int64_t reopened = 0;
  bool demonstration = false;
  std::int64_t version = 1;
  Instant updated_at;
};
BOOST_DESCRIBE_STRUCT(CaseSummary, (),
                      (case_id, province, district, fiscal_year, number, kind, category, channel,
                       importance, state, level, title, area, received_at, settled_at, due_at,
                       reopened, demonstration, version, updated_at))

// ---- boards

struct BoardQuery {
  AreaCode area;  // a district, or a province with its districts
};
BOOST_DESCRIBE_STRUCT(BoardQuery, (), (area))

struct CountRow {
  std::string code;  // of category, channel, state, kind, district or office
  std::string name_th;
  std::string name_en;
  std::int64_t open = 0;
  std::int64_t late = 0;      // of these
  std::int64_t near_due = 0;  // of these, not late
};
BOOST_DESCRIBE_STRUCT(CountRow, (), (code, name_th, name_en, open, late, near_due))

struct CaseBoard {
  AreaCode area;
  std::int64_t open = 0;
  std::int64_t late = 0;
  std::int64_t near_due = 0;
  std::int64_t near_due_days = 0;
  bool demonstration = false;  // some of them
  std::vector<CountRow> by_state;
  std::vector<CountRow> by_kind;
  std::vector<CountRow> by_category;
  std::vector<CountRow> by_channel;
  std::vector<CountRow> by_district;  // of a province
  std::vector<CountRow> by_agency;    // with an assignment that is not over
};
BOOST_DESCRIBE_STRUCT(CaseBoard, (),
                      (area, open, late, near_due, near_due_days, demonstration, by_state, by_kind,
                       by_category, by_channel, by_district, by_agency))

// ---- clocks of a case

// That an office was reminded of a clock which still runs; of several times the latest.
struct CaseNotice {
  Key clock;
  std::string name_th;
  std::string name_en;
  std::string to_th;
  std::string to_en;
  Date due_on;
  Instant at;
};
BOOST_DESCRIBE_STRUCT(CaseNotice, (), (clock, name_th, name_en, to_th, to_en, due_on, at))

struct CaseClocks {
  std::vector<Clock> items;
  std::vector<Reminder> to_come;  // of the clocks that run
  std::vector<CaseNotice> told;   // likewise, the latest first
};
BOOST_DESCRIBE_STRUCT(CaseClocks, (), (items, to_come, told))

// ---- files by ticket

struct TicketFilePath {
  Text<1, 200> ticket;
  Key key;
};
BOOST_DESCRIBE_STRUCT(TicketFilePath, (), (ticket, key))

}  // namespace changwat::service_centre
