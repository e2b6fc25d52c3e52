#pragma once
// The SQL of plans: tables project, project_version, change_request and those that belong to it.

#include <optional>
#include <vector>

#include "platform/db/connection.hpp"

#include "modules/plans/model.hpp"

namespace changwat::plans::store {

using Within = std::optional<std::vector<AreaCode>>;  // only these provinces; none: all

// ---- projects
std::optional<ProjectRow> project(db::Connection& db, const ProjectId& id);
std::optional<ProjectRow> project(db::Connection& db, const AreaCode& province, FiscalYear year,
                                  const ProjectCode& code);
// By province, the latest year first, then by code; one more than the limit.
std::vector<ProjectSummary> projects(db::Connection& db, const ProjectQuery& query,
                                     const Within& within);
// Whole, in the same order, by pages: behind the id, as projects().
std::vector<ProjectRow> whole_projects(db::Connection& db, const ProjectQuery& query,
                                       const Within& within);
void add(db::Connection& db, const ProjectRow& project);
void change(db::Connection& db, const ProjectRow& project);
void add(db::Connection& db, const ProjectVersion& version);
std::vector<ProjectVersion> versions(db::Connection& db, const ProjectId& id);  // the latest first
std::optional<ProjectSummary> summary(db::Connection& db, const ProjectId& id);

// ---- requests
std::optional<ChangeRow> change(db::Connection& db, const ChangeId& id);
// The newest first, one more than the limit.
std::vector<ChangeSummary> changes(db::Connection& db, const ChangeQuery& query,
                                   const Within& within);
void add(db::Connection& db, const ChangeRow& change);
void change(db::Connection& db, const ChangeRow& change);

std::vector<ChangeStep> steps(db::Connection& db, const ChangeId& id);      // the oldest first
void add(db::Connection& db, ChangeStep step);                              // gives it its position
std::vector<Objection> objections(db::Connection& db, const ChangeId& id);  // the oldest first
void add(db::Connection& db, const Objection& objection);

// What the figures of a province are made of.
struct Course {
  ChangeState state = ChangeState::draft;
  std::optional<Instant> submitted_at;
  std::optional<ChangeOutcome> outcome;  // from above
  std::optional<Date> decided_on;
  bool demonstration = false;
};
BOOST_DESCRIBE_STRUCT(Course, (), (state, submitted_at, outcome, decided_on, demonstration))
std::vector<Course> courses(db::Connection& db, const AreaCode& province);

// ---- files
struct FileRow {
  ChangeId change_id;
  Key key;
  Text<1, 200> name;
  std::int64_t bytes = 0;
  std::string media_type;
  std::string sha256;
  Instant uploaded_at;
  std::string office_th;
  db::Blob content;
};
BOOST_DESCRIBE_STRUCT(FileRow, (),
                      (change_id, key, name, bytes, media_type, sha256, uploaded_at, office_th,
                       content))

std::vector<ChangeFile> files(db::Connection& db, const ChangeId& id);  // by key, without content
std::optional<FileRow> file(db::Connection& db, const ChangeId& id, const Key& key);
void put(db::Connection& db, const FileRow& file);  // in place of one of the same key
bool remove_file(db::Connection& db, const ChangeId& id, const Key& key);

}  // namespace changwat::plans::store
