#include "modules/programme/store.hpp"

#include <algorithm>

#include "base/id.hpp"

#include "platform/db/clauses.hpp"

namespace changwat::programme::store {

// ---- the programme's course

std::vector<YearRow> years(db::Connection& db) {
  static const auto sql =
      "SELECT " + db::columns<YearRow>() + " FROM programme_year ORDER BY fiscal_year";
  return db.query<YearRow>(sql);
}
void add(db::Connection& db, const YearRow& year) {
  db.insert("programme_year", year);
}

std::optional<TargetRow> target(db::Connection& db) {
  static const auto sql = "SELECT " + db::columns<TargetRow>() +
                          " FROM programme_target ORDER BY target_id DESC LIMIT 1";
  return db.one<TargetRow>(sql);
}
void add(db::Connection& db, const TargetRow& target) {
  db.insert("programme_target", target);
}

std::vector<MilestoneRow> milestones(db::Connection& db) {
  static const auto sql =
      "SELECT " + db::columns<MilestoneRow>() + " FROM milestone ORDER BY fiscal_year, position";
  return db.query<MilestoneRow>(sql);
}
void add(db::Connection& db, const MilestoneRow& milestone) {
  db.insert("milestone", milestone);
}

std::vector<CohortRow> cohorts(db::Connection& db) {
  static const auto sql =
      "SELECT " + db::columns<CohortRow>() + " FROM cohort ORDER BY fiscal_year, code";
  return db.query<CohortRow>(sql);
}
std::optional<CohortRow> cohort(db::Connection& db, const Key& code) {
  static const auto sql = "SELECT " + db::columns<CohortRow>() + " FROM cohort WHERE code = $1";
  return db.one<CohortRow>(sql, code);
}
void add(db::Connection& db, const CohortRow& cohort) {
  db.insert("cohort", cohort);
}

std::vector<MembershipRow> memberships(db::Connection& db) {
  static const auto sql =
      "SELECT " + db::columns<MembershipRow>() + " FROM membership ORDER BY province";
  return db.query<MembershipRow>(sql);
}
std::vector<MembershipRow> memberships_of(db::Connection& db, const AreaCode& province) {
  static const auto sql =
      "SELECT " + db::columns<MembershipRow>() + " FROM membership WHERE province = $1";
  return db.query<MembershipRow>(sql, province);
}
void add(db::Connection& db, const MembershipRow& membership) {
  db.insert("membership", membership);
}
void change(db::Connection& db, const MembershipRow& membership) {
  CHECK(db.update("membership", membership));
}

// ---- calls

std::optional<CallForProposals> call(db::Connection& db, const CallId& id) {
  static const auto sql =
      "SELECT " + db::columns<CallForProposals>() + " FROM call_for_proposals WHERE call_id = $1";
  return db.one<CallForProposals>(sql, id);
}

std::optional<CallForProposals> call(db::Connection& db, const Key& code) {
  static const auto sql =
      "SELECT " + db::columns<CallForProposals>() + " FROM call_for_proposals WHERE code = $1";
  return db.one<CallForProposals>(sql, code);
}

// A parameter is compared before it is asked for NULL: PostgreSQL learns its type from the
// comparison.
std::vector<CallForProposals> calls(db::Connection& db, const CallQuery& query, bool drafts) {
  static const auto sql =
      "SELECT " + db::columns<CallForProposals>() +
      " FROM call_for_proposals WHERE (state <> 'draft' OR $1) AND ((fiscal_year, call_id) <"
      " (SELECT fiscal_year, call_id FROM call_for_proposals WHERE call_id = $2) OR $2 IS NULL)"
      " ORDER BY fiscal_year DESC, call_id DESC LIMIT $3";
  return db.query<CallForProposals>(sql, drafts, query.cursor, query.limit.count() + 1);
}

void add(db::Connection& db, const CallForProposals& call) {
  db.insert("call_for_proposals", call);
}
void change(db::Connection& db, const CallForProposals& call) {
  CHECK(db.update("call_for_proposals", call));
}

// ---- applications

std::optional<ApplicationRow> application(db::Connection& db, const ApplicationId& id) {
  static const auto sql =
      "SELECT " + db::columns<ApplicationRow>() + " FROM application WHERE application_id = $1";
  return db.one<ApplicationRow>(sql, id);
}

std::optional<ApplicationRow> application(db::Connection& db, const CallId& call,
                                          const AreaCode& province) {
  static const auto sql = "SELECT " + db::columns<ApplicationRow>() +
                          " FROM application WHERE province = $1 AND call_id = $2";
  return db.one<ApplicationRow>(sql, province, call);
}

std::optional<ApplicationRow> approved(db::Connection& db, const AreaCode& province) {
  static const auto sql = "SELECT " + db::columns<ApplicationRow>() +
                          " FROM application WHERE province = $1 AND state = 'approved'"
                          " ORDER BY fiscal_year DESC, application_id DESC LIMIT 1";
  return db.one<ApplicationRow>(sql, province);
}

namespace {

struct SummaryRow {
  ApplicationId application_id;
  CallId call_id;
  FiscalYear fiscal_year;
  AreaCode province;
  ApplicationKind kind = ApplicationKind::invited;
  ApplicationState state = ApplicationState::draft;
  std::optional<Instant> submitted_at;
  bool demonstration = false;
  std::int64_t version = 1;
  Instant updated_at;
  Instant deadline_at;
};
BOOST_DESCRIBE_STRUCT(SummaryRow, (),
                      (application_id, call_id, fiscal_year, province, kind, state, submitted_at,
                       demonstration, version, updated_at, deadline_at))

constexpr std::string_view summary_columns =
    "a.application_id, a.call_id, a.fiscal_year, a.province, a.kind, a.state, a.submitted_at, "
    "a.demonstration, "
    "a.version, a.updated_at, COALESCE(a.correction_deadline_at, c.deadline_at)";

ApplicationSummary summary_of(SummaryRow row) {
  return {row.application_id, row.call_id,     row.fiscal_year,  row.province, row.kind,
          row.state,          row.deadline_at, row.submitted_at, {},           row.demonstration,
          row.version,        row.updated_at};
}

}  // namespace

std::vector<ApplicationSummary> applications(db::Connection& db, const ApplicationQuery& query,
                                             const std::optional<std::vector<AreaCode>>& within) {
  std::vector<ApplicationSummary> out;
  if (within && within->empty()) return out;
  auto sql = "SELECT " + std::string(summary_columns) +
             " FROM application a JOIN call_for_proposals c ON c.call_id = a.call_id"
             " WHERE (a.call_id = $1 OR $1 IS NULL) AND (a.province = $2 OR $2 IS NULL)"
             " AND (a.state = $3 OR $3 IS NULL) AND (a.application_id < $4 OR $4 IS NULL)";
  std::vector<db::Value> values{db::to_value(query.call_id), db::to_value(query.province),
                                db::to_value(query.state), db::to_value(query.cursor),
                                db::to_value(query.limit.count() + 1)};
  if (within) sql += " AND a.province IN " + db::places(values, *within);
  sql += " ORDER BY a.application_id DESC LIMIT $5";
  db.run(sql, values,
         [&](db::Cursor& row) { out.push_back(summary_of(db::from_row<SummaryRow>(row))); });
  return out;
}

void add(db::Connection& db, const ApplicationRow& application) {
  db.insert("application", application);
}
void change(db::Connection& db, const ApplicationRow& application) {
  CHECK(db.update("application", application));
}

// ---- findings and advice

namespace {

struct FindingRow {
  Id<struct FindingTag> finding_id;
  ApplicationId application_id;
  std::int64_t round = 0;
  std::int64_t position = 0;
  Text<0, 200> pointer;
  Text<1, 2000> text;
  Instant found_at;
};
BOOST_DESCRIBE_STRUCT(FindingRow, (),
                      (finding_id, application_id, round, position, pointer, text, found_at))

struct AdviceRow {
  Id<struct AdviceTag> advice_id;
  ApplicationId application_id;
  std::int64_t position = 0;
  WorkingGroup working_group = WorkingGroup::economy;
  Text<1, 10000> text;
  Instant given_at;
  std::string person_id;
  std::string office_th;
  std::string office_en;
};
BOOST_DESCRIBE_STRUCT(AdviceRow, (),
                      (advice_id, application_id, position, working_group, text, given_at,
                       person_id, office_th, office_en))

std::int64_t latest_round(db::Connection& db, const ApplicationId& id) {
  return *db.one<std::int64_t>(
      "SELECT COALESCE(MAX(round), 0) FROM application_finding WHERE application_id = $1", id);
}

}  // namespace

std::vector<Finding> findings(db::Connection& db, const ApplicationId& id) {
  return db.query<Finding>(
      "SELECT pointer, text FROM application_finding WHERE application_id = $1 AND round = $2 "
      "ORDER BY position",
      id, latest_round(db, id));
}

void add_findings(db::Connection& db, const ApplicationId& id, const std::vector<Finding>& findings,
                  Instant now) {
  const auto round = latest_round(db, id) + 1;
  std::int64_t position = 0;
  for (const auto& finding : findings)
    db.insert("application_finding", FindingRow{Id<FindingTag>::make(now), id, round, ++position,
                                                finding.pointer, finding.text, now});
}

std::vector<Advice> advice(db::Connection& db, const ApplicationId& id) {
  return db.query<Advice>(
      "SELECT working_group, text, given_at, office_th, office_en FROM application_advice"
      " WHERE application_id = $1 ORDER BY position",
      id);
}

void add(db::Connection& db, const ApplicationId& id, const Advice& advice,
         std::string_view person_id) {
  const auto position = *db.one<std::int64_t>(
      "SELECT COUNT(*) FROM application_advice WHERE application_id = $1", id);
  db.insert("application_advice", AdviceRow{Id<AdviceTag>::make(advice.at), id, position + 1,
                                            advice.working_group, advice.text, advice.at,
                                            std::string(person_id), advice.who_th, advice.who_en});
}

// ---- history

std::vector<HistoryEntry> history(db::Connection& db, const ApplicationId& id) {
  auto latest_first = db.query<HistoryEntry>(
      "SELECT at, person_id, office_th, office_en, act, changed, note FROM application_history"
      " WHERE application_id = $1 ORDER BY position DESC LIMIT 1000",
      id);
  std::reverse(latest_first.begin(), latest_first.end());
  return latest_first;
}

std::optional<HistoryRow> last_step(db::Connection& db, const ApplicationId& id) {
  static const auto sql =
      "SELECT " + db::columns<HistoryRow>() +
      " FROM application_history WHERE application_id = $1 ORDER BY position DESC LIMIT 1";
  return db.one<HistoryRow>(sql, id);
}

void add(db::Connection& db, const HistoryRow& step) {
  db.insert("application_history", step);
}
void change(db::Connection& db, const HistoryRow& step) {
  CHECK(db.update("application_history", step));
}

// ---- files

std::vector<StoredFile> files(db::Connection& db, const ApplicationId& id) {
  return db.query<StoredFile>(
      "SELECT key, name, bytes, media_type, sha256, uploaded_at, office_th FROM application_file"
      " WHERE application_id = $1 ORDER BY key",
      id);
}

std::optional<FileRow> file(db::Connection& db, const ApplicationId& id, const Key& key) {
  static const auto sql = "SELECT " + db::columns<FileRow>() +
                          " FROM application_file WHERE application_id = $1 AND key = $2";
  return db.one<FileRow>(sql, id, key);
}

void put(db::Connection& db, const FileRow& file) {
  remove_file(db, file.application_id, file.key);
  db.insert("application_file", file);
}

bool remove_file(db::Connection& db, const ApplicationId& id, const Key& key) {
  return db.exec("DELETE FROM application_file WHERE application_id = $1 AND key = $2", id, key) ==
         1;
}

}  // namespace changwat::programme::store
