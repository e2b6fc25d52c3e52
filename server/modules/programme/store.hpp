#pragma once
// The SQL of programme: tables programme_year, programme_target, cohort, membership, milestone,
// call_for_proposals, application and those that belong to it.

#include <optional>
#include <set>
#include <vector>

#include "platform/db/connection.hpp"

#include "modules/programme/model.hpp"
#include "modules/programme/rules.hpp"

namespace changwat::programme::store {

// ---- the programme's course
std::vector<YearRow> years(db::Connection& db);
void add(db::Connection& db, const YearRow& year);
std::optional<TargetRow> target(db::Connection& db);
void add(db::Connection& db, const TargetRow& target);
std::vector<MilestoneRow> milestones(db::Connection& db);  // by fiscal year, in order
void add(db::Connection& db, const MilestoneRow& milestone);
std::vector<CohortRow> cohorts(db::Connection& db);  // by fiscal year and code
std::optional<CohortRow> cohort(db::Connection& db, const Key& code);
void add(db::Connection& db, const CohortRow& cohort);
std::vector<MembershipRow> memberships(db::Connection& db);  // by province
std::vector<MembershipRow> memberships_of(db::Connection& db, const AreaCode& province);
void add(db::Connection& db, const MembershipRow& membership);
void change(db::Connection& db, const MembershipRow& membership);

// ---- calls
std::optional<CallForProposals> call(db::Connection& db, const CallId& id);
std::optional<CallForProposals> call(db::Connection& db, const Key& code);
// The newest first, one more than the limit; drafts only if asked for.
std::vector<CallForProposals> calls(db::Connection& db, const CallQuery& query, bool drafts);
void add(db::Connection& db, const CallForProposals& call);
void change(db::Connection& db, const CallForProposals& call);

// ---- applications
std::optional<ApplicationRow> application(db::Connection& db, const ApplicationId& id);
std::optional<ApplicationRow> application(db::Connection& db, const CallId& call,
                                          const AreaCode& province);
// The latest that was approved.
std::optional<ApplicationRow> approved(db::Connection& db, const AreaCode& province);
// The newest first, one more than the limit, findings left out; `within`: only these provinces.
std::vector<ApplicationSummary> applications(db::Connection& db, const ApplicationQuery& query,
                                             const std::optional<std::vector<AreaCode>>& within);
void add(db::Connection& db, const ApplicationRow& application);
void change(db::Connection& db, const ApplicationRow& application);

std::vector<Finding> findings(db::Connection& db, const ApplicationId& id);  // of the latest round
void add_findings(db::Connection& db, const ApplicationId& id, const std::vector<Finding>& findings,
                  Instant now);
std::vector<Advice> advice(db::Connection& db, const ApplicationId& id);
void add(db::Connection& db, const ApplicationId& id, const Advice& advice,
         std::string_view person_id);

// The latest thousand steps, the oldest of them first.
std::vector<HistoryEntry> history(db::Connection& db, const ApplicationId& id);
std::optional<HistoryRow> last_step(db::Connection& db, const ApplicationId& id);
void add(db::Connection& db, const HistoryRow& step);
void change(db::Connection& db, const HistoryRow& step);

// ---- files
struct FileRow {
  ApplicationId application_id;
  Key key;
  Text<1, 200> name;
  std::int64_t bytes = 0;
  std::string media_type;
  std::string sha256;
  Instant uploaded_at;
  std::string person_id;
  std::string office_th;
  std::string office_en;
  db::Blob content;
};
BOOST_DESCRIBE_STRUCT(FileRow, (),
                      (application_id, key, name, bytes, media_type, sha256, uploaded_at, person_id,
                       office_th, office_en, content))

std::vector<StoredFile> files(db::Connection& db,
                              const ApplicationId& id);  // by key, without content
std::optional<FileRow> file(db::Connection& db, const ApplicationId& id, const Key& key);
void put(db::Connection& db, const FileRow& file);  // in place of one of the same key
bool remove_file(db::Connection& db, const ApplicationId& id, const Key& key);

}  // namespace changwat::programme::store
