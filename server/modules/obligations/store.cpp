#include "modules/obligations/store.hpp"

#include "platform/db/clauses.hpp"

namespace changwat::obligations::store {
namespace {

// Where an obligation stands in the list: what is owed comes first, by its last day.
constexpr std::string_view order =
    "(CASE state WHEN 'owed' THEN CASE WHEN due IS NULL THEN 1 ELSE 0 END WHEN 'served' THEN 2 "
    "WHEN 'proved' THEN 3 ELSE 4 END), COALESCE(due, counted_from), obligation_id";

std::string provinces_sql(const Within& within, std::vector<db::Value>& values) {
  return within ? " AND province IN " + db::places(values, *within) : std::string();
}

template <class T>
void only(std::string& sql, std::vector<db::Value>& values, std::string_view column,
          const std::optional<T>& wanted) {
  if (!wanted) return;
  values.push_back(db::to_value(*wanted));
  sql.append(" AND ").append(column).append(" = $").append(std::to_string(values.size()));
}

std::vector<ObligationRow> rows(db::Connection& db, const std::string& sql,
                                const std::vector<db::Value>& values) {
  std::vector<ObligationRow> out;
  db.run(sql, values, [&](db::Cursor& row) { out.push_back(db::from_row<ObligationRow>(row)); });
  return out;
}

const std::string& selected() {
  static const auto sql = "SELECT " + db::columns<ObligationRow>() + " FROM obligation";
  return sql;
}

}  // namespace

std::optional<ObligationRow> obligation(db::Connection& db, const ObligationId& id) {
  static const auto sql = selected() + " WHERE obligation_id = $1";
  return db.one<ObligationRow>(sql, id);
}

std::vector<ObligationRow> of_subject(db::Connection& db, const Subject& subject) {
  return of_subjects(db, subject.kind, {subject.id});
}

std::vector<ObligationRow> of_subjects(db::Connection& db, const Key& kind,
                                       const std::vector<SubjectId>& ids) {
  if (ids.empty()) return {};
  std::vector<db::Value> values{db::to_value(kind)};
  const auto sql = selected() + " WHERE subject_kind = $1 AND subject_id IN " +
                   db::places(values, ids) + " ORDER BY raised_at, kind, obligation_id LIMIT 10000";
  return rows(db, sql, values);
}

std::vector<ObligationRow> obligations(db::Connection& db, const ObligationQuery& query,
                                       const Within& within, Date today) {
  if (within && within->empty()) return {};
  const auto day = today.text();
  std::vector<db::Value> values{db::to_value(query.limit.count() + 1), db::to_value(query.cursor)};
  auto sql = selected() + " WHERE ((" + std::string(order) + ") > (SELECT " + std::string(order) +
             " FROM obligation WHERE obligation_id = $2) OR $2 IS NULL)";
  only(sql, values, "province", query.province);
  only(sql, values, "state", query.state);
  only(sql, values, "kind", query.kind);
  only(sql, values, "office_role", query.office_role);
  only(sql, values, "subject_kind", query.subject_kind);
  only(sql, values, "subject_id", query.subject_id);
  if (query.group == ObligationGroup::open) sql += " AND state IN ('owed', 'served')";
  if (query.group == ObligationGroup::overdue) {
    values.push_back(db::to_value(day));
    sql += " AND state = 'owed' AND due < $" + std::to_string(values.size());
  }
  sql += provinces_sql(within, values) + " ORDER BY " + std::string(order) + " LIMIT $1";
  return rows(db, sql, values);
}

std::vector<ObligationRow> open(db::Connection& db, const std::optional<ObligationId>& behind,
                                const Within& within, std::int64_t limit) {
  if (within && within->empty()) return {};
  std::vector<db::Value> values{db::to_value(behind), db::to_value(limit)};
  const auto sql = selected() +
                   " WHERE state IN ('owed', 'served') AND (obligation_id > $1 OR $1 IS NULL)" +
                   provinces_sql(within, values) + " ORDER BY obligation_id LIMIT $2";
  return rows(db, sql, values);
}

std::int64_t overdue(db::Connection& db, const AreaCode& province, const Key& subject_kind,
                     Date today) {
  return db
      .one<std::int64_t>(
          "SELECT COUNT(*) FROM obligation WHERE province = $1 AND subject_kind = $2"
          " AND state = 'owed' AND due < $3",
          province, subject_kind, today)
      .value_or(0);
}

void add(db::Connection& db, const ObligationRow& row) {
  db.insert("obligation", row);
}
void change(db::Connection& db, const ObligationRow& row) {
  CHECK(db.update("obligation", row));
}

std::vector<ObligationStep> steps(db::Connection& db, const ObligationId& id) {
  static const auto sql =
      "SELECT " + db::columns<ObligationStep>() +
      " FROM obligation_step WHERE obligation_id = $1 ORDER BY position LIMIT 1000";
  return db.query<ObligationStep>(sql, id);
}

void add(db::Connection& db, ObligationStep step) {
  step.position =
      1 + db.one<std::int64_t>(
                "SELECT COALESCE(MAX(position), 0) FROM obligation_step WHERE obligation_id = $1",
                step.obligation_id)
              .value_or(0);
  db.insert("obligation_step", step);
}

std::vector<Course> courses(db::Connection& db, const std::optional<AreaCode>& province) {
  static const auto sql =
      "SELECT " + db::columns<Course>() + " FROM obligation WHERE (province = $1 OR $1 IS NULL)";
  return db.query<Course>(sql, province);
}

// ---- files

std::vector<ObligationFile> files(db::Connection& db, const ObligationId& id) {
  static const auto sql = "SELECT " + db::columns<ObligationFile>() +
                          " FROM obligation_file WHERE obligation_id = $1 ORDER BY key";
  return db.query<ObligationFile>(sql, id);
}

std::optional<FileRow> file(db::Connection& db, const ObligationId& id, const Key& key) {
  static const auto sql = "SELECT " + db::columns<FileRow>() +
                          " FROM obligation_file WHERE obligation_id = $1 AND key = $2";
  return db.one<FileRow>(sql, id, key);
}

void add(db::Connection& db, const FileRow& file) {
  db.insert("obligation_file", file);
}

}  // namespace changwat::obligations::store
