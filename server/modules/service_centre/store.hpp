#pragma once
// The SQL of cases: tables service_case, case_reporter and what belongs to a case. Lists and
// counts are in store_lists, those of the report in store_report.

#include <optional>
#include <vector>

#include "platform/db/connection.hpp"

#include "modules/service_centre/work_model.hpp"

namespace changwat::service_centre::store {

// ---- cases
std::optional<CaseRow> find(db::Connection& db, const CaseId& id);
std::optional<CaseRow> by_tracking(db::Connection& db, std::string_view hash);
std::optional<CaseRow> by_client(db::Connection& db, const ClientId& id);
std::int64_t next_running(db::Connection& db, const AreaCode& district, FiscalYear year);
void add(db::Connection& db, const CaseRow& row);
void change(db::Connection& db, const CaseRow& row);
std::vector<CaseId> merged_into(db::Connection& db, const CaseId& id);
// Those whose text stands in no index yet.
void to_be_indexed(db::Connection& db, const CaseId& id);
std::vector<CaseId> to_index(db::Connection& db, std::int64_t count_max);
void was_indexed(db::Connection& db, const CaseId& id);

// ---- who reported: of the case and of those merged into it, the case's own first
std::vector<ReporterRow> reporters(db::Connection& db, const CaseId& id);
std::int64_t reporter_count(db::Connection& db, const CaseId& id);
void add(db::Connection& db, const ReporterRow& row);

// ---- steps, the oldest first
std::vector<CaseStep> steps(db::Connection& db, const CaseId& id);
void add(db::Connection& db, CaseStep step);        // gives it its position
void add_first(db::Connection& db, CaseStep step);  // of a case that has none

// ---- assignments, by position
std::vector<CaseAssignment> assignments(db::Connection& db, const CaseId& id);
std::optional<CaseAssignment> assignment(db::Connection& db, const CaseId& id,
                                         const CaseAssignmentId& assignment);
void add(db::Connection& db, CaseAssignment row);  // gives it its position
void change(db::Connection& db, const CaseAssignment& row);

// ---- tasks
std::vector<CaseTask> tasks(db::Connection& db, const CaseId& id);
void add(db::Connection& db, const CaseTask& row);
bool finish_task(db::Connection& db, const CaseId& id, const TaskId& task, Instant at);

// ---- files
struct FileRow {
  CaseId case_id;
  Key key;
  FilePurpose purpose = FilePurpose::other;
  Text<1, 200> name;
  std::int64_t bytes = 0;
  std::string media_type;
  std::string sha256;
  std::optional<Instant> taken_at;
  std::optional<Decimal> latitude;
  std::optional<Decimal> longitude;
  Instant uploaded_at;
  StepBy by = StepBy::office;
  std::string office_th;
  db::Blob content;
};
BOOST_DESCRIBE_STRUCT(FileRow, (),
                      (case_id, key, purpose, name, bytes, media_type, sha256, taken_at, latitude,
                       longitude, uploaded_at, by, office_th, content))
std::vector<CaseFile> files(db::Connection& db, const CaseId& id);  // by key, without content
std::optional<FileRow> file(db::Connection& db, const CaseId& id, const Key& key);
void add(db::Connection& db, const FileRow& file);

// ---- flows, and how many there are of each month: added and counted in one act
enum class Flow { received, reopened, settled };
BOOST_DESCRIBE_ENUM(Flow, received, reopened, settled)
struct FlowRow {
  CaseId case_id;
  std::int64_t position = 1;
  AreaCode province;
  AreaCode district;
  FiscalYear fiscal_year;  // in which the case was received
  Key category;
  Key channel;
  Key kind;
  FiscalYear flow_year;  // of the day
  Date on_date;
  Flow flow = Flow::received;
};
BOOST_DESCRIBE_STRUCT(FlowRow, (),
                      (case_id, position, province, district, fiscal_year, category, channel, kind,
                       flow_year, on_date, flow))
inline Month month_of(Date on) {
  return Month::of_index(on.year() * 12 + static_cast<int>(on.month()) - 1);
}
FlowRow flow_of(const CaseRow& row, std::int64_t position, Flow flow, Date on);
void add(db::Connection& db, const FlowRow& row);
void count(db::Connection& db, const FlowRow& row, std::int64_t cases);
void add_flow(db::Connection& db, const CaseRow& row, Flow flow, Date on);
void add_first_flow(db::Connection& db, const CaseRow& row, Date on);  // that it was received
// Kind and category of the case's flows become those that the case has.
void follow_flows(db::Connection& db, const CaseRow& row);

}  // namespace changwat::service_centre::store
