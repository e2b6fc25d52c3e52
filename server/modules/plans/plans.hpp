#pragma once
// Plans: projects of a province's annual plan, and requests to change them.
//
// Who calls it: routes, the command line (import, export), the demonstration (demo.hpp). Every act
// asks authority first, then the rules, then writes, and leaves one ledger entry. A project of the
// plan is changed by nothing but a request that was decided. Threads: any.

#include <optional>
#include <string>
#include <vector>

#include "base/origin.hpp"

#include "platform/db/acts.hpp"
#include "platform/http/routes.hpp"

#include "modules/areas/areas.hpp"
#include "modules/authority/authority.hpp"
#include "modules/committees/committees.hpp"
#include "modules/obligations/obligations.hpp"
#include "modules/plans/import_lines.hpp"
#include "modules/plans/model.hpp"
#include "modules/plans/rules.hpp"

namespace changwat::plans {

class Plans {
 public:
  Plans(db::Database& database, Acts& acts, const authority::Authority& authority,
        const areas::Areas& areas, committees::Committees& committees,
        obligations::Obligations& obligations, ChangeRules rules);

  // ---- for the command line
  // Which of the projects read are new here: the others are left as they are.
  Result<std::vector<ImportedProject>> not_yet_here(std::vector<ImportedProject> projects) const;
  // Adds them in one act, by the program itself.
  Result<Done> import(const Call& call, const std::vector<ImportedProject>& projects,
                      std::string_view source);
  // All that the query names, in the format.
  std::string exported(const ExportQuery& query) const;

  // ---- questions of other modules
  std::optional<ProjectSummary> project(db::Connection& db, const ProjectId& id) const;

  // ---- for the demonstration, marked for ever; also behind the routes
  Result<ProjectRow> record(const Call& call, const NewProject& in, Origin origin);
  Result<Change> begin_change(const Call& call, const NewChange& in, Origin origin);

  // ---- handlers: projects
  Result<Page<ProjectSummary>> list_projects(Call& call, const Query<ProjectQuery>& query);
  Result<Created<ProjectRow>> record_project(Call& call, const NewProject& in);
  Result<ProjectRow> get_project(Call& call, const Path<ProjectPath>& path);
  Result<ProjectHistory> project_history(Call& call, const Path<ProjectPath>& path);
  Result<http::Response> export_projects(Call& call, const Query<ExportQuery>& query);

  // ---- handlers: rules and figures
  Result<ChangeRules> get_rules(Call& call);
  Result<ChangeFigures> get_figures(Call& call, const Path<FiguresPath>& path);

  // ---- handlers: requests
  Result<Page<ChangeSummary>> list_changes(Call& call, const Query<ChangeQuery>& query);
  Result<Created<Change>> create_change(Call& call, const NewChange& in);
  Result<Change> get_change(Call& call, const Path<ChangePath>& path);
  Result<Change> edit_change(Call& call, const Path<ChangePath>& path, const ChangePatch& patch);
  Result<Judged> preview_change(Call& call, const Path<ChangePath>& path, const ChangePatch& patch);
  Result<Change> submit(Call& call, const Path<ChangePath>& path, const NoParameters&);
  Result<Change> give_back(Call& call, const Path<ChangePath>& path, const ChangeRemark& in);
  Result<Change> settle_classification(Call& call, const Path<ChangePath>& path,
                                       const SettleRequest& in);
  Result<Change> resolve(Call& call, const Path<ChangePath>& path, const CommitteeRequest& in);
  Result<Change> send_up(Call& call, const Path<ChangePath>& path, const SendUpRequest& in);
  Result<Change> record_outcome(Call& call, const Path<ChangePath>& path, const OutcomeRequest& in);
  Result<Change> report(Call& call, const Path<ChangePath>& path, const ReportRequest& in);
  Result<Change> apply(Call& call, const Path<ChangePath>& path, const NoParameters&);
  Result<Change> close(Call& call, const Path<ChangePath>& path, const NoParameters&);
  Result<Change> withdraw(Call& call, const Path<ChangePath>& path, const ChangeRemark& in);
  Result<Change> object(Call& call, const Path<ChangePath>& path, const ObjectionRequest& in);
  Result<ChangeHistory> change_history(Call& call, const Path<ChangePath>& path);
  Result<authority::NextActs> change_acts(Call& call, const Path<ChangePath>& path);

  // ---- handlers: files
  Result<Change> put_file(Call& call, const Path<ChangeFilePath>& path,
                          const Query<ChangeFileQuery>& query, const Upload& upload);
  Result<http::Response> get_file(Call& call, const Path<ChangeFilePath>& path);
  Result<Done> remove_file(Call& call, const Path<ChangeFilePath>& path);

  void add_routes(RouteTable& table);

 private:
  // A request at the beginning of an act that its state and the caller's offices allow.
  struct Step {
    ChangeRow row;
    authority::Permit permit;
    ChangeState to = ChangeState::draft;
  };
  Result<Step> begin(db::Connection& db, const Call& call, const ChangeId& id,
                     std::string_view act) const;
  // Stores the row as the next version, its step and ledger entry; returns what the caller gets.
  Change finish(Tx& tx, const Call& call, std::string_view act, const Step& step, ChangeRow row,
                std::string note, RawJson change) const;
  void take_effect(Tx& tx, const Call& call, const Step& step, const Effect& effect) const;
  void keep_version(Tx& tx, const Call& call, std::string_view act, const ProjectRow& project,
                    const authority::Permit* permit, const std::optional<ChangeId>& change) const;
  Change view(db::Connection& db, ChangeRow row, Date today) const;
  // The report to the Budget Bureau, an obligation of the request; none: not owed.
  std::optional<obligations::ObligationRow> report_of(db::Connection& db, const ChangeId& id) const;
  void tell_reports(db::Connection& db, std::vector<ChangeSummary>& changes) const;
  Result<std::optional<Date>> raise_report(Tx& tx, const Call& call,
                                           const authority::Permit& permit, const ChangeRow& row,
                                           Date decided_on);
  Result<ChangeRow> readable(db::Connection& db, const Call& call, const ChangeId& id) const;
  Result<Done> known_areas(const ProjectContent& content, std::string_view prefix) const;
  Result<Done> ready(db::Connection& db, const ChangeRow& row, Date today) const;
  Result<Done> may_give_back(db::Connection& db, const ChangeRow& row, Date today) const;
  authority::NextAct checked(db::Connection& db, const Call& call, const ChangeRow& row,
                             authority::NextAct next) const;
  std::vector<ProjectRow> all_projects(const ProjectQuery& query,
                                       const std::optional<std::vector<AreaCode>>& within) const;
  std::string exported(const ExportQuery& query,
                       const std::optional<std::vector<AreaCode>>& within) const;

  // An office of the caller is to take the request on.
  bool waits(const Call& call, const ChangeSummary& change) const;

  db::Database& database_;
  Acts& acts_;
  const authority::Authority& authority_;
  const areas::Areas& areas_;
  committees::Committees& committees_;
  obligations::Obligations& obligations_;
  const ChangeRules rules_;
};

}  // namespace changwat::plans
