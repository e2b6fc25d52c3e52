#include "modules/service_centre/store.hpp"

namespace changwat::service_centre::store {
namespace {

std::int64_t next_position(db::Connection& db, const char* sql, const CaseId& id) {
  return 1 + db.one<std::int64_t>(sql, id).value_or(0);
}

}  // namespace

// ---- cases

std::optional<CaseRow> find(db::Connection& db, const CaseId& id) {
  static const auto sql =
      "SELECT " + db::columns<CaseRow>() + " FROM service_case WHERE case_id = $1";
  return db.one<CaseRow>(sql, id);
}

std::optional<CaseRow> by_tracking(db::Connection& db, std::string_view hash) {
  static const auto sql =
      "SELECT " + db::columns<CaseRow>() + " FROM service_case WHERE tracking_hash = $1";
  return db.one<CaseRow>(sql, hash);
}

std::optional<CaseRow> by_client(db::Connection& db, const ClientId& id) {
  static const auto sql =
      "SELECT " + db::columns<CaseRow>() + " FROM service_case WHERE client_id = $1";
  return db.one<CaseRow>(sql, id);
}

std::int64_t next_running(db::Connection& db, const AreaCode& district, FiscalYear year) {
  return 1 + db.one<std::int64_t>(
                   "SELECT COALESCE(MAX(running), 0) FROM service_case WHERE province = $1 AND "
                   "district = $2 AND fiscal_year = $3",
                   district.province(), district, year)
                 .value_or(0);
}

void add(db::Connection& db, const CaseRow& row) {
  db.insert("service_case", row);
}
void change(db::Connection& db, const CaseRow& row) {
  CHECK(db.update("service_case", row));
}

std::vector<CaseId> merged_into(db::Connection& db, const CaseId& id) {
  return db.query<CaseId>(
      "SELECT case_id FROM service_case WHERE merged_into = $1 ORDER BY case_id LIMIT 200", id);
}

void to_be_indexed(db::Connection& db, const CaseId& id) {
  db.exec("INSERT INTO case_to_index (case_id) VALUES ($1)", id);
}
std::vector<CaseId> to_index(db::Connection& db, std::int64_t count_max) {
  return db.query<CaseId>("SELECT case_id FROM case_to_index ORDER BY case_id LIMIT $1", count_max);
}
void was_indexed(db::Connection& db, const CaseId& id) {
  db.exec("DELETE FROM case_to_index WHERE case_id = $1", id);
}

// ---- who reported

std::vector<ReporterRow> reporters(db::Connection& db, const CaseId& id) {
  static const auto sql = "SELECT " + db::columns<ReporterRow>() +
                          " FROM case_reporter WHERE case_id = $1 OR case_id IN (SELECT case_id "
                          "FROM service_case WHERE merged_into = $1) ORDER BY CASE WHEN case_id = "
                          "$1 THEN 0 ELSE 1 END, case_id, position LIMIT 1000";
  return db.query<ReporterRow>(sql, id);
}

std::int64_t reporter_count(db::Connection& db, const CaseId& id) {
  return db
      .one<std::int64_t>(
          "SELECT COUNT(*) FROM case_reporter WHERE case_id = $1 OR case_id IN (SELECT case_id "
          "FROM "
          "service_case WHERE merged_into = $1)",
          id)
      .value_or(0);
}

void add(db::Connection& db, const ReporterRow& row) {
  db.insert("case_reporter", row);
}

// ---- steps

std::vector<CaseStep> steps(db::Connection& db, const CaseId& id) {
  static const auto sql = "SELECT " + db::columns<CaseStep>() +
                          " FROM case_step WHERE case_id = $1 ORDER BY position LIMIT 2000";
  return db.query<CaseStep>(sql, id);
}

void add(db::Connection& db, CaseStep step) {
  step.position = next_position(
      db, "SELECT COALESCE(MAX(position), 0) FROM case_step WHERE case_id = $1", step.case_id);
  db.insert("case_step", step);
}
void add_first(db::Connection& db, CaseStep step) {
  step.position = 1;
  db.insert("case_step", step);
}

// ---- assignments

std::vector<CaseAssignment> assignments(db::Connection& db, const CaseId& id) {
  static const auto sql = "SELECT " + db::columns<CaseAssignment>() +
                          " FROM case_assignment WHERE case_id = $1 ORDER BY position LIMIT 200";
  return db.query<CaseAssignment>(sql, id);
}

std::optional<CaseAssignment> assignment(db::Connection& db, const CaseId& id,
                                         const CaseAssignmentId& assignment) {
  static const auto sql = "SELECT " + db::columns<CaseAssignment>() +
                          " FROM case_assignment WHERE case_id = $1 AND assignment_id = $2";
  return db.one<CaseAssignment>(sql, id, assignment);
}

void add(db::Connection& db, CaseAssignment row) {
  row.position = next_position(
      db, "SELECT COALESCE(MAX(position), 0) FROM case_assignment WHERE case_id = $1", row.case_id);
  db.insert("case_assignment", row);
}
void change(db::Connection& db, const CaseAssignment& row) {
  CHECK(db.update("case_assignment", row));
}

// ---- tasks

std::vector<CaseTask> tasks(db::Connection& db, const CaseId& id) {
  static const auto sql = "SELECT " + db::columns<CaseTask>() +
                          " FROM case_task WHERE case_id = $1 ORDER BY task_id LIMIT 200";
  return db.query<CaseTask>(sql, id);
}
void add(db::Connection& db, const CaseTask& row) {
  db.insert("case_task", row);
}
bool finish_task(db::Connection& db, const CaseId& id, const TaskId& task, Instant at) {
  return db.exec(
             "UPDATE case_task SET done_at = $3 WHERE case_id = $1 AND task_id = $2 AND done_at IS "
             "NULL",
             id, task, at) == 1;
}

// ---- files

std::vector<CaseFile> files(db::Connection& db, const CaseId& id) {
  static const auto sql =
      "SELECT " + db::columns<CaseFile>() + " FROM case_file WHERE case_id = $1 ORDER BY key";
  return db.query<CaseFile>(sql, id);
}

std::optional<FileRow> file(db::Connection& db, const CaseId& id, const Key& key) {
  static const auto sql =
      "SELECT " + db::columns<FileRow>() + " FROM case_file WHERE case_id = $1 AND key = $2";
  return db.one<FileRow>(sql, id, key);
}

void add(db::Connection& db, const FileRow& file) {
  db.insert("case_file", file);
}

// ---- flows

FlowRow flow_of(const CaseRow& row, std::int64_t position, Flow flow, Date on) {
  return {row.case_id,        position,     row.province, row.district,
          row.fiscal_year,    row.category, row.channel,  row.kind,
          FiscalYear::of(on), on,           flow};
}

void add(db::Connection& db, const FlowRow& row) {
  db.insert("case_flow", row);
}

void count(db::Connection& db, const FlowRow& row, std::int64_t cases) {
  const auto month = month_of(row.on_date);
  db.exec(
      "INSERT INTO case_flow_month (province, flow_year, month, category, channel, kind, flow, "
      "fiscal_year, district, cases) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT "
      "(province, flow_year, month, category, channel, kind, flow, fiscal_year, district) DO "
      "UPDATE "
      "SET cases = case_flow_month.cases + excluded.cases",
      row.province, row.flow_year, month, row.category, row.channel, row.kind, row.flow,
      row.fiscal_year, row.district, cases);
}

void add_flow(db::Connection& db, const CaseRow& row, Flow flow, Date on) {
  const auto position = next_position(
      db, "SELECT COALESCE(MAX(position), 0) FROM case_flow WHERE case_id = $1", row.case_id);
  const auto added = flow_of(row, position, flow, on);
  add(db, added);
  count(db, added, 1);
}

void add_first_flow(db::Connection& db, const CaseRow& row, Date on) {
  const auto added = flow_of(row, 1, Flow::received, on);
  add(db, added);
  count(db, added, 1);
}

void follow_flows(db::Connection& db, const CaseRow& row) {
  static const auto sql = "SELECT " + db::columns<FlowRow>() + " FROM case_flow WHERE case_id = $1";
  for (auto one : db.query<FlowRow>(sql, row.case_id)) {
    count(db, one, -1);
    one.category = row.category;
    one.kind = row.kind;
    count(db, one, 1);
  }
  db.exec("UPDATE case_flow SET category = $2, kind = $3 WHERE case_id = $1", row.case_id,
          row.category, row.kind);
}

}  // namespace changwat::service_centre::store
