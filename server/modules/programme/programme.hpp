#pragma once
// Programme: the course of the high-performance provinces, calls for proposals, and applications.
//
// Who calls it: routes, and at installation the founding (facts.hpp) and the demonstration
// (demo.hpp). Every act asks authority first, then the rules, then writes, and leaves one ledger
// entry and one step in the application's history. Threads: any.

#include <optional>
#include <string>
#include <vector>

#include "base/origin.hpp"

#include "platform/db/acts.hpp"
#include "platform/http/routes.hpp"

#include "modules/areas/areas.hpp"
#include "modules/authority/authority.hpp"
#include "modules/committees/committees.hpp"
#include "modules/indicators/definition.hpp"
#include "modules/programme/facts.hpp"
#include "modules/programme/model.hpp"
#include "modules/programme/rules.hpp"

namespace changwat::programme {

class Programme {
 public:
  Programme(db::Database& database, Acts& acts, const authority::Authority& authority,
            const areas::Areas& areas, committees::Committees& committees,
            indicators::KpiRegister& kpis);

  // Puts years, target, cohorts, milestones and past calls of a new installation, in one act;
  // `conflict` if there are cohorts already.
  Result<Done> found(const Call& call, const Facts& facts);

  // The act behind POST /api/v1/applications; what is made for demonstration is marked for ever.
  Result<Application> begin_application(const Call& call, const NewApplication& in, Origin origin);

  // For modules above, in their own act or snapshot.
  std::optional<CallForProposals> call_by_code(db::Connection& db, const Key& code) const;
  std::optional<ApplicationRow> application(db::Connection& db, const ApplicationId& id) const;

  // Handlers: the public course of the programme.
  Result<ProgrammeView> show(Call& call);
  Result<ProvincePage> get_province(Call& call, const Path<ProvincePath>& path);

  // Handlers: calls.
  Result<Page<CallForProposals>> list_calls(Call& call, const Query<CallQuery>& query);
  Result<CallForProposals> get_call(Call& call, const Path<CallPath>& path);
  Result<Created<CallForProposals>> create_call(Call& call, const NewCall& in);
  Result<CallForProposals> edit_call(Call& call, const Path<CallPath>& path,
                                     const CallPatch& patch);
  Result<CallForProposals> open_call(Call& call, const Path<CallPath>& path, const NoMembers&);
  Result<CallForProposals> close_call(Call& call, const Path<CallPath>& path, const NoMembers&);
  Result<authority::NextActs> call_acts(Call& call, const Path<CallPath>& path);

  // Handlers: applications.
  Result<Page<ApplicationSummary>> list_applications(Call& call,
                                                     const Query<ApplicationQuery>& query);
  Result<Created<Application>> create_application(Call& call, const NewApplication& in);
  Result<Application> get_application(Call& call, const Path<ApplicationPath>& path);
  Result<Application> edit_application(Call& call, const Path<ApplicationPath>& path,
                                       const ApplicationPatch& patch);
  Result<Application> submit(Call& call, const Path<ApplicationPath>& path, const NoMembers&);
  Result<Application> return_for_correction(Call& call, const Path<ApplicationPath>& path,
                                            const ReturnRequest& in);
  Result<Application> accept(Call& call, const Path<ApplicationPath>& path,
                             const AcceptRequest& in);
  Result<Application> advise(Call& call, const Path<ApplicationPath>& path,
                             const AdviseRequest& in);
  Result<Application> resolve(Call& call, const Path<ApplicationPath>& path,
                              const ResolveRequest& in);
  Result<Application> withdraw(Call& call, const Path<ApplicationPath>& path,
                               const WithdrawRequest& in);
  Result<ApplicationHistory> list_history(Call& call, const Path<ApplicationPath>& path);
  Result<authority::NextActs> application_acts(Call& call, const Path<ApplicationPath>& path);
  Result<Completeness> get_completeness(Call& call, const Path<ApplicationPath>& path);
  Result<StretchList> get_stretch(Call& call, const Path<ApplicationPath>& path);

  // Handlers: files.
  Result<Application> put_file(Call& call, const Path<FilePath>& path,
                               const Query<FileQuery>& query, const Upload& upload);
  Result<http::Response> get_file(Call& call, const Path<FilePath>& path);
  Result<Done> remove_file(Call& call, const Path<FilePath>& path);

  void add_routes(RouteTable& table);

 private:
  // An application at the beginning of an act that its state and the caller's offices allow.
  struct Step {
    CallForProposals call;
    ApplicationRow row;
    authority::Permit permit;
    ApplicationState to = ApplicationState::draft;
  };
  Result<Step> begin(db::Connection& db, const Call& call, const ApplicationId& id,
                     std::string_view act) const;
  struct Told {  // what an act leaves behind beside the new row
    RawJson change;
    std::vector<std::string> changed;
    std::optional<Text<0, 2000>> note;
  };
  // Stores the row as the next version, its history and ledger entry; returns what the caller gets.
  Application finish(Tx& tx, const Call& call, std::string_view act, const Step& step,
                     ApplicationRow row, Told told) const;
  Application view(db::Connection& db, const CallForProposals& call, ApplicationRow row) const;
  Result<ApplicationRow> readable(db::Connection& db, const Call& call,
                                  const ApplicationId& id) const;
  Result<CallForProposals> visible_call(db::Connection& db, const Call& call,
                                        const CallId& id) const;
  Result<CallForProposals> change_call_state(Call& call, const CallId& id, std::string_view act);
  Result<Done> complete(db::Connection& db, const CallForProposals& call,
                        const ApplicationRow& row) const;
  Result<Done> take_effect(Tx& tx, const Call& call, const ApplicationRow& row,
                           const Resolution& resolution) const;
  Result<Done> known_provinces(const CallForProposals& call) const;
  authority::NextAct checked(db::Connection& db, const Call& call, const CallForProposals& of,
                             const ApplicationRow& row, authority::NextAct next) const;
  std::vector<YearMeeting> year_meetings(db::Connection& db) const;

  db::Database& database_;
  Acts& acts_;
  const authority::Authority& authority_;
  const areas::Areas& areas_;
  committees::Committees& committees_;
  indicators::KpiRegister& kpis_;
};

}  // namespace changwat::programme
