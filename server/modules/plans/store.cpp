#include "modules/plans/store.hpp"

#include "platform/db/clauses.hpp"

namespace changwat::plans::store {
namespace {

std::string provinces_sql(const Within& within, std::vector<db::Value>& values) {
  return within ? " AND province IN " + db::places(values, *within) : std::string();
}

std::optional<std::string> pattern_of(const std::optional<Text<0, 100>>& q) {
  if (!q || q->empty()) return std::nullopt;
  return db::anywhere(q->text());
}

template <class Row>
std::vector<Row> project_page(db::Connection& db, const ProjectQuery& query, const Within& within) {
  std::vector<Row> out;
  if (within && within->empty()) return out;
  const auto pattern = pattern_of(query.q);
  std::vector<db::Value> values{
      db::to_value(query.province),     db::to_value(query.fiscal_year),
      db::to_value(query.budget_class), db::to_value(pattern),
      db::to_value(query.cursor),       db::to_value(query.limit.count() + 1)};
  const auto sql =
      "SELECT " + db::columns<Row>() +
      " FROM project WHERE (province = $1 OR $1 IS NULL) AND (fiscal_year = $2 OR $2 IS NULL)"
      " AND (budget_class = $3 OR $3 IS NULL)"
      " AND (name_th LIKE $4 ESCAPE '!' OR code LIKE $4 ESCAPE '!' OR $4 IS NULL)"
      " AND ((province, -fiscal_year, code) > (SELECT province, -fiscal_year, code FROM project"
      " WHERE project_id = $5) OR $5 IS NULL)" +
      provinces_sql(within, values) + " ORDER BY province, -fiscal_year, code LIMIT $6";
  db.run(sql, values, [&](db::Cursor& row) { out.push_back(db::from_row<Row>(row)); });
  return out;
}

}  // namespace

// ---- projects

std::optional<ProjectRow> project(db::Connection& db, const ProjectId& id) {
  static const auto sql =
      "SELECT " + db::columns<ProjectRow>() + " FROM project WHERE project_id = $1";
  return db.one<ProjectRow>(sql, id);
}

std::optional<ProjectRow> project(db::Connection& db, const AreaCode& province, FiscalYear year,
                                  const ProjectCode& code) {
  static const auto sql = "SELECT " + db::columns<ProjectRow>() +
                          " FROM project WHERE province = $1 AND fiscal_year = $2 AND code = $3";
  return db.one<ProjectRow>(sql, province, year, code);
}

std::vector<ProjectSummary> projects(db::Connection& db, const ProjectQuery& query,
                                     const Within& within) {
  return project_page<ProjectSummary>(db, query, within);
}
std::vector<ProjectRow> whole_projects(db::Connection& db, const ProjectQuery& query,
                                       const Within& within) {
  return project_page<ProjectRow>(db, query, within);
}

void add(db::Connection& db, const ProjectRow& project) {
  db.insert("project", project);
}
void change(db::Connection& db, const ProjectRow& project) {
  CHECK(db.update("project", project));
}
void add(db::Connection& db, const ProjectVersion& version) {
  db.insert("project_version", version);
}

std::vector<ProjectVersion> versions(db::Connection& db, const ProjectId& id) {
  static const auto sql =
      "SELECT " + db::columns<ProjectVersion>() +
      " FROM project_version WHERE project_id = $1 ORDER BY version DESC LIMIT 200";
  return db.query<ProjectVersion>(sql, id);
}

std::optional<ProjectSummary> summary(db::Connection& db, const ProjectId& id) {
  static const auto sql =
      "SELECT " + db::columns<ProjectSummary>() + " FROM project WHERE project_id = $1";
  return db.one<ProjectSummary>(sql, id);
}

// ---- requests

std::optional<ChangeRow> change(db::Connection& db, const ChangeId& id) {
  static const auto sql =
      "SELECT " + db::columns<ChangeRow>() + " FROM change_request WHERE change_id = $1";
  return db.one<ChangeRow>(sql, id);
}

namespace {

struct SummaryRow {
  ChangeId change_id;
  AreaCode province;
  FiscalYear fiscal_year;
  RequestKind kind = RequestKind::amend;
  std::optional<ProjectId> project_id;
  ChangeState state = ChangeState::draft;
  Json<ProjectContent> before;
  Json<ChangeContent> content;
  std::optional<Instant> submitted_at;
  std::optional<Date> decided_on;
  bool demonstration = false;
  std::int64_t version = 1;
  Instant updated_at;
};
BOOST_DESCRIBE_STRUCT(SummaryRow, (),
                      (change_id, province, fiscal_year, kind, project_id, state, before, content,
                       submitted_at, decided_on, demonstration, version, updated_at))

ChangeSummary summary_of(const SummaryRow& row) {
  const auto& after = row.content.value.after.name_th;
  return {row.change_id,   row.province,
          row.fiscal_year, row.kind,
          row.project_id,  after.empty() ? row.before.value.name_th.text() : after.text(),
          row.state,       row.submitted_at,
          row.decided_on,
          std::nullopt,  // its obligation says it
          std::nullopt,    row.demonstration,
          row.version,     row.updated_at};
}

}  // namespace

std::vector<ChangeSummary> changes(db::Connection& db, const ChangeQuery& query,
                                   const Within& within) {
  std::vector<ChangeSummary> out;
  if (within && within->empty()) return out;
  std::vector<db::Value> values{
      db::to_value(query.province), db::to_value(query.fiscal_year),
      db::to_value(query.state),    db::to_value(query.project_id),
      db::to_value(query.cursor),   db::to_value(query.limit.count() + 1)};
  const auto sql = "SELECT " + db::columns<SummaryRow>() +
                   " FROM change_request WHERE (province = $1 OR $1 IS NULL)"
                   " AND (fiscal_year = $2 OR $2 IS NULL) AND (state = $3 OR $3 IS NULL)"
                   " AND (project_id = $4 OR $4 IS NULL) AND (change_id < $5 OR $5 IS NULL)" +
                   provinces_sql(within, values) + " ORDER BY change_id DESC LIMIT $6";
  db.run(sql, values,
         [&](db::Cursor& row) { out.push_back(summary_of(db::from_row<SummaryRow>(row))); });
  return out;
}

void add(db::Connection& db, const ChangeRow& change) {
  db.insert("change_request", change);
}
void change(db::Connection& db, const ChangeRow& change) {
  CHECK(db.update("change_request", change));
}

std::vector<ChangeStep> steps(db::Connection& db, const ChangeId& id) {
  static const auto sql = "SELECT " + db::columns<ChangeStep>() +
                          " FROM change_step WHERE change_id = $1 ORDER BY position LIMIT 1000";
  return db.query<ChangeStep>(sql, id);
}

void add(db::Connection& db, ChangeStep step) {
  step.position =
      1 + db.one<std::int64_t>(
                "SELECT COALESCE(MAX(position), 0) FROM change_step WHERE change_id = $1",
                step.change_id)
              .value_or(0);
  db.insert("change_step", step);
}

std::vector<Objection> objections(db::Connection& db, const ChangeId& id) {
  static const auto sql = "SELECT " + db::columns<Objection>() +
                          " FROM change_objection WHERE change_id = $1 ORDER BY objection_id";
  return db.query<Objection>(sql, id);
}
void add(db::Connection& db, const Objection& objection) {
  db.insert("change_objection", objection);
}

std::vector<Course> courses(db::Connection& db, const AreaCode& province) {
  static const auto sql =
      "SELECT " + db::columns<Course>() + " FROM change_request WHERE province = $1";
  return db.query<Course>(sql, province);
}

// ---- files

std::vector<ChangeFile> files(db::Connection& db, const ChangeId& id) {
  static const auto sql =
      "SELECT " + db::columns<ChangeFile>() + " FROM change_file WHERE change_id = $1 ORDER BY key";
  return db.query<ChangeFile>(sql, id);
}

std::optional<FileRow> file(db::Connection& db, const ChangeId& id, const Key& key) {
  static const auto sql =
      "SELECT " + db::columns<FileRow>() + " FROM change_file WHERE change_id = $1 AND key = $2";
  return db.one<FileRow>(sql, id, key);
}

void put(db::Connection& db, const FileRow& file) {
  remove_file(db, file.change_id, file.key);
  db.insert("change_file", file);
}

bool remove_file(db::Connection& db, const ChangeId& id, const Key& key) {
  return db.exec("DELETE FROM change_file WHERE change_id = $1 AND key = $2", id, key) == 1;
}

}  // namespace changwat::plans::store
