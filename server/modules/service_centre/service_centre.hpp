#pragma once
// Service centre: the cases of the district Damrongdhama centres, complaints and requests for
// service in one register, from intake to closing.
//
// Who calls it: routes, the hourly job (remind), the demonstration (demo.hpp). Every act asks
// authority first, then the rules, then writes, and leaves one ledger entry without a name of
// anybody. Citizens need no account: who holds a tracking code may follow its case. Threads: any.

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/origin.hpp"

#include "platform/auth/rate_limit.hpp"
#include "platform/db/acts.hpp"
#include "platform/documents/paper.hpp"
#include "platform/http/routes.hpp"

#include "modules/areas/areas.hpp"
#include "modules/authority/authority.hpp"
#include "modules/authority/register.hpp"
#include "modules/service_centre/book.hpp"
#include "modules/service_centre/channels/channel.hpp"
#include "modules/service_centre/channels/export_model.hpp"
#include "modules/service_centre/figures.hpp"
#include "modules/service_centre/finding_model.hpp"
#include "modules/service_centre/life.hpp"
#include "modules/service_centre/province_model.hpp"
#include "modules/service_centre/report_model.hpp"
#include "modules/service_centre/work_model.hpp"

namespace changwat::service_centre {

struct ImportedCase;
struct CasePaperFacts;

// The register of offices to which cases are assigned.
using Offices = std::function<std::shared_ptr<const authority::Offices>(Instant now)>;

struct CentreOptions {
  std::string key;  // 32 secret bytes: tracking codes and tickets are made with it
  std::optional<documents::paper::Printer> printer = {};  // none: nothing is printed
  // How fast strangers may send cases and ask for them, each address by itself.
  auth::BucketRule intake{.capacity = 60, .per_second = 1.0 / 20};
  auth::BucketRule tracking{.capacity = 240, .per_second = 2};
};

// Files of cases are JPEG, PNG or PDF.
bool is_evidence_type(std::string_view media_type);

// The caller with this office and no other.
Call only_with(const Call& call, std::string_view office_id);

class ServiceCentre {
 public:
  ServiceCentre(db::Database& database, Acts& acts, const authority::Authority& authority,
                const areas::Areas& areas, Offices offices, Book book, const search::Index& index,
                CentreOptions options);

  // ---- for the demonstration, marked for ever; also behind the routes
  Result<Receipt> take(const Call& call, const NewCase& in, Origin origin);

  // ---- for channels: what came in from elsewhere becomes a case; the same again is the same case.
  // Nobody's person is recorded.
  Result<Receipt> receive(const Call& call, const ChannelMessage& message);
  // What waits to be sent on a channel, the oldest first; and what became of one of them (false: it
  // does not wait).
  std::vector<OutboxMessage> to_be_sent(const Key& source, std::int64_t count_max) const;
  bool settle(const OutboxId& id, OutboxState state, Instant now);
  // Events, drafts and what was sent before a moment. Not an act: it changes no case. A job.
  void forget_channels(Instant before);
  const Book& book() const { return book_; }

  // ---- for imports (channels/import_cases.hpp): one act and one ledger entry for at most
  // import_batch_max cases. Those whose key is here already are passed over; returns how many are
  // new. And which of them are here.
  Result<std::int64_t> import_cases(const Call& call, const ImportedFile& from,
                                    const std::vector<ImportedCase>& cases);
  std::set<std::string> known_imports(const AreaCode& province, const Key& source,
                                      const std::vector<ImportedCase>& cases) const;

  // ---- export: cases without who reported
  Result<std::string> exported(const CaseExportQuery& query) const;
  Result<http::Response> export_cases(Call& call, const Query<CaseExportQuery>& query);

  // Tells what is to be told by now, each reminder once: a ledger entry, and a notice that stands
  // with each addressee until the clock stops. Returns how many. A job.
  Result<std::int64_t> remind(const Call& call);

  // Puts cases into the index that are in none yet, at most `count_max`; how many. Not an act: what
  // is found follows from the record. A job: indexing costs more than all else of taking a case,
  // and would hold up those who wait to have theirs taken.
  std::int64_t index_cases(std::int64_t count_max);

  // ---- handlers: finding (finding.cpp)
  Result<Page<FoundCase>> search_cases(Call& call, const Query<CaseSearch>& query);
  Result<AlikeCases> list_alike(Call& call, const AlikeQuestion& in);
  Result<AlikeReports> list_alike_reports(Call& call, const StrangersQuestion& in);

  // ---- handlers: lists of the book
  Result<CentreLists> get_lists(Call& call);

  // ---- handlers: intake
  Result<Created<Receipt>> take_case(Call& call, const NewCase& in);
  Result<Created<Receipt>> report_case(Call& call, const CitizenCase& in);

  // ---- handlers: the citizen, with the code alone
  Result<TrackedCase> track(Call& call, const TrackRequest& in);
  Result<TrackedCase> add_word(Call& call, const CitizenWord& in);
  Result<TrackedCase> confirm(Call& call, const CitizenWord& in);
  Result<TrackedCase> reopen_own(Call& call, const CitizenWord& in);
  Result<TrackedCase> withdraw_own(Call& call, const CitizenWord& in);
  Result<http::Response> get_told_file(Call& call, const Path<TicketFilePath>& path);
  Result<TrackedCase> put_own_file(Call& call, const Path<TicketFilePath>& path,
                                   const Query<CaseFileQuery>& query, const Upload& upload);

  // ---- handlers: reading
  Result<Page<CaseSummary>> list_cases(Call& call, const Query<CaseQuery>& query);
  Result<CaseBoard> get_board(Call& call, const Query<BoardQuery>& query);
  Result<ProvinceBoard> get_province_board(Call& call, const Query<BoardQuery>& query);
  Result<PublicFigures> get_public_figures(Call& call, const Path<FiguresPath>& path);
  Result<MonthlyReport> get_report(Call& call, const Query<ReportQuery>& query);
  Result<http::Response> get_report_file(Call& call, const Query<ReportFileQuery>& query);
  Result<Case> get_case(Call& call, const Path<CasePath>& path);
  Result<CaseHistory> case_history(Call& call, const Path<CasePath>& path);
  Result<CaseClocks> case_clocks(Call& call, const Path<CasePath>& path);
  Result<authority::NextActs> case_acts(Call& call, const Path<CasePath>& path);

  // ---- handlers: papers of a case (papers.hpp). Who prints one is left in the ledger.
  Result<http::Response> get_letter(Call& call, const Path<CaseAssignmentPath>& path);
  Result<http::Response> get_slip(Call& call, const Path<CasePath>& path);
  Result<http::Response> get_summary(Call& call, const Path<CasePath>& path);

  // ---- handlers: the centre's work
  Result<Case> screen(Call& call, const Path<CasePath>& path, const ScreenRequest& in);
  Result<Case> reject(Call& call, const Path<CasePath>& path, const CaseReason& in);
  Result<Case> assign(Call& call, const Path<CasePath>& path, const AssignRequest& in);
  Result<Case> end_assignment(Call& call, const Path<CaseAssignmentPath>& path,
                              const CaseReason& in);
  Result<Case> handle(Call& call, const Path<CasePath>& path, const CaseNote& in);
  Result<Case> record_result(Call& call, const Path<CasePath>& path, const ResultRequest& in);
  Result<Case> mediate(Call& call, const Path<CasePath>& path, const CaseNote& in);
  Result<Case> end_mediation(Call& call, const Path<CasePath>& path, const EndMediation& in);
  Result<Case> send_up(Call& call, const Path<CasePath>& path, const CaseReason& in);
  Result<Case> take_up(Call& call, const Path<CasePath>& path, const NoParameters&);
  Result<Case> send_back(Call& call, const Path<CasePath>& path, const CaseReason& in);
  Result<Case> merge(Call& call, const Path<CasePath>& path, const MergeRequest& in);
  Result<Case> withdraw(Call& call, const Path<CasePath>& path, const CaseReason& in);
  Result<Case> reopen(Call& call, const Path<CasePath>& path, const CaseReason& in);
  Result<Case> take_charge(Call& call, const Path<CasePath>& path, const NoParameters&);
  Result<Case> tell(Call& call, const Path<CasePath>& path, const TellRequest& in);
  Result<Case> add_task(Call& call, const Path<CasePath>& path, const NewTask& in);
  Result<Case> do_task(Call& call, const Path<TaskPath>& path, const NoParameters&);
  Result<RevealedReporters> reveal(Call& call, const Path<CasePath>& path, const RevealRequest& in);

  // ---- handlers: closing
  Result<Case> propose_closing(Call& call, const Path<CasePath>& path, const ProposeClosing& in);
  Result<Case> close(Call& call, const Path<CasePath>& path, const NoParameters&);
  Result<Case> refuse_closing(Call& call, const Path<CasePath>& path, const CaseReason& in);

  // ---- handlers: the agency's work
  Result<Case> accept(Call& call, const Path<CaseAssignmentPath>& path, const CaseNote& in);
  Result<Case> progress(Call& call, const Path<CaseAssignmentPath>& path, const ResultRequest& in);
  Result<Case> report_result(Call& call, const Path<CaseAssignmentPath>& path,
                             const ResultRequest& in);
  Result<Case> give_back(Call& call, const Path<CaseAssignmentPath>& path, const CaseReason& in);

  // ---- handlers: files
  Result<Case> put_file(Call& call, const Path<CaseFilePath>& path,
                        const Query<CaseFileQuery>& query, const Upload& upload);
  Result<http::Response> get_file(Call& call, const Path<CaseFilePath>& path);

  // ---- handlers: the catalogue and applications (services.hpp, applications.hpp)
  Result<ServiceList> list_services(Call& call, const Query<ServicesQuery>& query);
  Result<CatalogueService> get_service(Call& call, const Path<ServicePath>& path);
  Result<CaseApplication> get_application(Call& call, const Path<CasePath>& path);
  Result<CaseApplication> apply_for_services(Call& call, const Path<CasePath>& path,
                                             const ApplyRequest& in);
  Result<CaseApplication> withdraw_service(Call& call, const Path<CaseServicePath>& path,
                                           const CaseReason& in);
  Result<CaseApplication> record_paper(Call& call, const Path<CasePaperPath>& path,
                                       const RecordPaper& in);
  Result<CaseApplication> check_papers(Call& call, const Path<CasePath>& path,
                                       const CheckPapers& in);
  Result<CaseApplication> decide_service(Call& call, const Path<CaseServicePath>& path,
                                         const DecideService& in);
  Result<CaseApplication> give_certificate(Call& call, const Path<CaseServicePath>& path,
                                           const GiveCertificate& in);
  Result<CaseApplication> give_late_reason(Call& call, const Path<CaseServicePath>& path,
                                           const CaseReason& in);
  Result<CaseApplication> take_fee(Call& call, const Path<CasePath>& path, const TakeFee& in);
  Result<CaseApplication> correct_fee(Call& call, const Path<PaymentPath>& path,
                                      const CorrectFee& in);
  Result<CaseApplication> book_appointment(Call& call, const Path<CasePath>& path,
                                           const BookAppointment& in);
  Result<CaseApplication> cancel_appointment(Call& call, const Path<CasePath>& path,
                                             const CaseReason& in);
  Result<TrackedCase> book_own_appointment(Call& call, const CitizenAppointment& in);
  Result<TrackedCase> cancel_own_appointment(Call& call, const TrackRequest& in);
  Result<FeeDay> list_fees(Call& call, const Query<FeesQuery>& query);
  Result<http::Response> get_fees_file(Call& call, const Query<FeesQuery>& query);

  void add_routes(RouteTable& table);

 private:
  // A case at the beginning of an act that its state and the caller's offices allow.
  struct Step {
    CaseRow row;
    std::optional<authority::Permit> permit;  // none: a citizen's, or the program's
    CaseState to = CaseState::received;
    std::optional<CaseAssignmentId> assignment_id = {};
  };
  // What an act leaves behind besides the row.
  struct Trace {
    std::string note;
    bool shown = false;  // to the citizen
    RawJson change{"{}"};
    std::optional<Key> service = {};  // it is about this one alone
    std::vector<Key> completed = {};  // services whose papers are all in by it
  };
  // All that stands of an application.
  struct Papers {
    std::vector<CaseServiceRow> services;
    std::vector<CasePaperRow> papers;
    std::vector<PaperCheckRow> checks;
    std::vector<PaymentRow> payments;
  };
  struct AgencyStep {
    Step step;
    CaseAssignment assignment;
    CaseAssignmentState to = CaseAssignmentState::assigned;
  };

  // Of a centre: the act must lead somewhere from the case's state, or be a standing one.
  Result<Step> begin(db::Connection& db, const Call& call, const CaseId& id,
                     std::string_view act) const;
  Result<AgencyStep> begin_agency(db::Connection& db, const Call& call,
                                  const CaseAssignmentPath& path, std::string_view act) const;
  Result<authority::Permit> agency_permit(const Call& call, const CaseRow& row,
                                          const CaseAssignment& assignment,
                                          std::string_view act) const;
  Result<Step> begin_attaching(db::Connection& db, const Call& call, const CaseId& id) const;
  // A citizen's: in the capacity of one, for the case of the code.
  Result<Step> begin_citizen(db::Connection& db, const Call& call, const CaseId& id,
                             std::string_view act) const;
  // The call as the ledger is to know it: of nobody.
  static Call as_nobody(const Call& call);
  Result<Done> may_as_citizen(const Call& call, std::string_view act, const AreaCode& area) const;
  // Stores the row as the next version, its step, flow and ledger entry.
  Result<Done> finish(Tx& tx, const Call& call, std::string_view act, const Step& step, CaseRow row,
                      const Trace& trace) const;
  CaseStep made_step(const Call& call, std::string_view act, const Step& step, const CaseRow& row,
                     const Trace& trace) const;
  void add_step(Tx& tx, const Call& call, std::string_view act, const Step& step,
                const CaseRow& row, const Trace& trace) const;
  void set_clocks(db::Connection& db, CaseRow& row, Instant now) const;
  void start_clocks(CaseRow& row) const;
  Result<std::int64_t> remind_within(Tx& tx, Instant now, const CaseId& id) const;
  void put_notices(db::Connection& db, const CaseRow& row, const Reminder& reminder,
                   Instant now) const;
  // Those whose clock is none of these, or stopped.
  void drop_notices(db::Connection& db, const CaseId& id, const std::vector<Clock>& clocks) const;
  std::vector<CaseNotice> notices_of(const Call& call, db::Connection& db, const CaseId& id) const;
  RawJson moved(const Step& step, const CaseRow& row) const;

  // An act of the centre that does nothing but lead to the next state.
  Result<Case> lead(Call& call, const CaseId& id, std::string_view act, const std::string& note,
                    bool shown);
  // The same with a change of the row before it is stored.
  Result<Case> lead(Call& call, const CaseId& id, std::string_view act, const std::string& note,
                    bool shown,
                    const std::function<Result<Done>(Tx&, const Step&, CaseRow&)>& with);
  Result<Case> lead_agency(Call& call, const CaseAssignmentPath& path, std::string_view act,
                           const std::string& note,
                           const std::function<void(CaseAssignment&)>& with);
  Result<TrackedCase> citizen_act(
      Call& call, const TrackingCode& code, std::string_view act, const std::string& note,
      const std::function<Result<Done>(db::Connection&, const Step&, CaseRow&)>& with);

  // ---- applications
  Papers papers_of(db::Connection& db, const CaseId& id) const;
  Result<CaseApplication> lead_application(
      Call& call, const CaseId& id, std::string_view act,
      const std::function<Result<Trace>(Tx&, const Step&, Papers&)>& with);
  Result<CaseApplication> move_service(
      Call& call, const CaseServicePath& path, std::string_view act, std::string_view move,
      const std::function<Result<Trace>(Tx&, const Papers&, CaseServiceRow&)>& with);
  PaymentRow payment_of(const Call& call, const Step& step, const Key& service, Satang satang,
                        const ReceiptNumber& receipt) const;
  CaseApplication application_of(db::Connection& db, const Call& call, const CaseRow& row) const;
  Result<CaseApplication> application_after(const Call& call, const CaseId& id) const;
  std::optional<TrackedApplication> tracked_application(db::Connection& db, const CaseRow& row,
                                                        Instant now) const;
  std::optional<Appointment> appointment_of(db::Connection& db, const CaseId& id) const;
  // What a case that is being taken applies for: a step of its own, so that its clocks run.
  Result<Done> apply_at_once(Tx& tx, const Call& call, const Step& step, const CaseRow& row,
                             const List<Key, 20>& services) const;
  // Services that a case applies for, and the papers that they ask for, each once. Their names.
  Result<std::string> apply_within(Tx& tx, const CaseRow& row, const std::vector<Key>& services,
                                   Papers& all, Instant now) const;
  void add_application_routes(RouteTable& table);

  // ---- intake
  Result<CaseRow> row_of(const Call& call, const NewCase& in, Origin origin) const;
  // `with` writes beside the case, in the same act.
  Result<Receipt> add_case(const Call& call, std::string_view act, const NewCase& in, Origin origin,
                           const std::function<Result<Done>(Tx&, const CaseRow&)>& with = {});
  // Puts a case that was just taken into one that is about the same.
  Result<Done> join(Tx& tx, const Call& call, const Step& taken, const CaseId& into) const;
  Result<Done> merge_within(Tx& tx, const Call& call, const Step& step, const CaseId& into,
                            const std::string& reason) const;
  Result<Receipt> receipt_of(const CaseRow& row) const;
  CaseRow imported_row(const ImportedCase& in, Instant now) const;
  Result<std::string> exported(const CaseExportQuery& query,
                               const std::optional<std::vector<AreaCode>>& within,
                               std::int64_t rows_max) const;
  TrackingCode code_of(const CaseId& id) const;
  std::string ticket_of(const CaseId& id, Instant until) const;
  Result<CaseId> case_of_code(Call& call, const TrackingCode& code) const;
  Result<CaseId> case_of_ticket(std::string_view ticket, Instant now) const;
  Result<Done> take_turn(Call& call, auth::RateLimiter& limiter) const;

  // ---- finding
  // What officers find of a case, and what strangers do. In each act that changes its text, place,
  // category or who may read it.
  void index_within(db::Connection& db, const CaseRow& row) const;
  search::Document document_of(const CaseRow& row) const;
  search::Scope readable_scope(const Call& call) const;
  std::vector<std::string> plain_words_of(const CaseRow& row) const;

  // ---- views
  Result<std::pair<CaseRow, CaseView>> readable(db::Connection& db, const Call& call,
                                                const CaseId& id) const;
  // The case itself, or the one that it was put into.
  CaseRow followed_case(db::Connection& db, const CaseId& id) const;
  // To a citizen who joined at that moment: what was told since.
  std::vector<TrackedPhoto> told_photos(db::Connection& db, const CaseRow& row,
                                        std::optional<Instant> joined) const;
  Result<MonthlyReport> monthly_report(const Call& call, const ReportQuery& query) const;
  Case view(db::Connection& db, const Call& call, CaseRow row, CaseView as) const;
  Result<Case> viewed(const Call& call, const CaseId& id) const;
  std::vector<CaseStep> seen_steps(db::Connection& db, const CaseId& id, CaseView as) const;
  Result<authority::Permit> print_permit(db::Connection& db, const Call& call,
                                         const CaseRow& row) const;
  CasePaperFacts paper_facts(db::Connection& db, const Call& call, const CaseRow& row, CaseView as,
                             std::string_view office_id) const;
  Result<http::Response> printed(
      Call& call, const CaseId& id, std::string_view paper,
      const std::optional<CaseAssignmentId>& assignment,
      const std::function<Result<documents::paper::Printed>(
          db::Connection&, const CaseRow&, CaseView, const authority::Permit&)>& print);
  TrackedCase tracked(db::Connection& db, const CaseId& id, Instant now) const;
  authority::NextAct checked(db::Connection& db, const Call& call, const CaseRow& row,
                             authority::NextAct next) const;
  Result<Done> closing_proven(db::Connection& db, const CaseRow& row, ClosingGround ground,
                              const std::optional<Key>& before, const std::optional<Key>& after,
                              Date on) const;
  Result<Done> tells_nobody(db::Connection& db, const CaseId& id, std::string_view text,
                            const char* pointer) const;
  // Where the caller may read cases: none: everywhere.
  std::optional<std::vector<AreaCode>> areas_of(const Call& call, std::string_view act) const;

  db::Database& database_;
  Acts& acts_;
  const authority::Authority& authority_;
  const areas::Areas& areas_;
  const Offices offices_;
  const Book book_;
  const search::Index& index_;
  const std::string key_;
  const std::optional<documents::paper::Printer> printer_;
  mutable auth::RateLimiter intake_, tracking_;
  KeptFigures figures_;
};

}  // namespace changwat::service_centre
