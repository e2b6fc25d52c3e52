#pragma once
// An application: a case of a kind that is handled as a service, with services attached, the papers
// that they ask for (each once), checks of these, decisions, and fees.
//
// Its states, clocks, history and masking are those of the case; what stands here is of each
// service and paper.

#include "modules/service_centre/counter_model.hpp"

namespace changwat::service_centre {

using CaseServiceId = Id<struct CaseServiceTag>;
using CasePaperId = Id<struct CasePaperTag>;
using PaperCheckId = Id<struct PaperCheckTag>;
using PaymentId = Id<struct PaymentTag>;
using PaperName = Text<1, 300>;
using CertificateNumber = Text<1, 200>;
using ReceiptNumber = Text<1, 60>;

// ---- services

enum class ServiceState {
  applied,   // papers are being gathered
  complete,  // all papers are in: the time of the manual runs
  granted,
  refused,
  returned,  // not completed by the day that was told
  given,     // granted, and the certificate is handed over
  withdrawn  // by the applicant
};
BOOST_DESCRIBE_ENUM(ServiceState, applied, complete, granted, refused, returned, given, withdrawn)

struct CaseServiceRow {
  CaseServiceId row_id;
  CaseId case_id;
  std::int64_t position = 0;
  Key service;
  ServiceState state = ServiceState::applied;
  FeeKind fee_kind = FeeKind::not_known;  // by the catalogue of the day of applying
  std::optional<Satang> fee_satang;
  Instant applied_at;
  std::optional<Instant> complete_at;
  std::optional<Instant> decided_at;
  std::optional<Instant> given_at;
  Note reason;  // of the decision
  std::optional<CertificateNumber> certificate;
};
BOOST_DESCRIBE_STRUCT(CaseServiceRow, (),
                      (row_id, case_id, position, service, state, fee_kind, fee_satang, applied_at,
                       complete_at, decided_at, given_at, reason, certificate))

// ---- papers

enum class PaperState { asked, handed_in, not_needed };
BOOST_DESCRIBE_ENUM(PaperState, asked, handed_in, not_needed)

struct CasePaperRow {
  CasePaperId row_id;
  CaseId case_id;
  std::int64_t position = 0;  // what the API calls it by
  std::optional<Key> paper;   // of the catalogue; none: named at the desk, for all services
  std::optional<PaperName> name;
  Json<std::vector<Key>> services;  // that ask for it
  bool required = true;             // by one of them at least; false: in some cases
  PaperState state = PaperState::asked;
  bool told = false;  // on a list of what is missing
  std::optional<Key> file;
  bool seen = false;  // at the counter, and given back
  Note reason;        // why it is not needed
};
BOOST_DESCRIBE_STRUCT(CasePaperRow, (),
                      (row_id, case_id, position, paper, name, services, required, state, told,
                       file, seen, reason))

struct MissingPaper {
  std::int64_t position = 0;
  std::string name_th;
  std::string name_en;
};
BOOST_DESCRIBE_STRUCT(MissingPaper, (), (position, name_th, name_en))

struct PaperCheckRow {
  PaperCheckId check_id;
  CaseId case_id;
  Instant at;
  std::optional<Date> due_on;  // none: nothing was missing
  Json<std::vector<MissingPaper>> missing;
  Key rule_set;  // of clocks.json, in force on the day
  std::string office_id;
  std::string office_th;
  std::string office_en;
};
BOOST_DESCRIBE_STRUCT(PaperCheckRow, (),
                      (check_id, case_id, at, due_on, missing, rule_set, office_id, office_th,
                       office_en))

// ---- fees

struct PaymentRow {
  PaymentId payment_id;
  CaseId case_id;
  AreaCode province;
  AreaCode district;
  Key service;
  Satang satang;
  ReceiptNumber receipt;
  Date on_date;
  Instant at;
  std::string person_id;  // who took it
  std::string office_id;
  std::string office_th;
  std::string office_en;
  std::optional<PaymentId> corrects;
  Note reason;  // of a correction
};
BOOST_DESCRIBE_STRUCT(PaymentRow, (),
                      (payment_id, case_id, province, district, service, satang, receipt, on_date,
                       at, person_id, office_id, office_th, office_en, corrects, reason))

// ---- bodies

struct ApplyRequest {
  List<Key, 20> services;
};
BOOST_DESCRIBE_STRUCT(ApplyRequest, (), (services))

struct CaseServicePath {
  CaseId case_id;
  Key service;
};
BOOST_DESCRIBE_STRUCT(CaseServicePath, (), (case_id, service))

struct CasePaperPath {
  CaseId case_id;
  std::int64_t position = 0;
};
BOOST_DESCRIBE_STRUCT(CasePaperPath, (), (case_id, position))

struct RecordPaper {
  PaperState state = PaperState::handed_in;
  std::optional<Key> file;  // of the case
  std::optional<bool> seen;
  std::optional<Note> reason_th;
};
BOOST_DESCRIBE_STRUCT(RecordPaper, (), (state, file, seen, reason_th))

// All that is missing, at once: the required papers that are not in, and these.
struct CheckPapers {
  std::optional<List<std::int64_t, 60>> also;  // papers asked for in some cases, by position
  std::optional<List<PaperName, 20>> others;   // that no catalogue names
  std::optional<Date> due_on;                  // required when anything is missing
};
BOOST_DESCRIBE_STRUCT(CheckPapers, (), (also, others, due_on))

enum class ServiceOutcome { granted, refused, returned };
BOOST_DESCRIBE_ENUM(ServiceOutcome, granted, refused, returned)

struct DecideService {
  ServiceOutcome outcome = ServiceOutcome::granted;
  std::optional<Note> reason_th;  // required unless granted
};
BOOST_DESCRIBE_STRUCT(DecideService, (), (outcome, reason_th))

struct GiveCertificate {
  CertificateNumber certificate;
};
BOOST_DESCRIBE_STRUCT(GiveCertificate, (), (certificate))

struct TakeFee {
  Key service;
  Satang satang;
  ReceiptNumber receipt;
};
BOOST_DESCRIBE_STRUCT(TakeFee, (), (service, satang, receipt))

struct PaymentPath {
  CaseId case_id;
  PaymentId payment_id;
};
BOOST_DESCRIBE_STRUCT(PaymentPath, (), (case_id, payment_id))

struct CorrectFee {
  Satang satang;
  ReceiptNumber receipt;
  Remark reason_th;
};
BOOST_DESCRIBE_STRUCT(CorrectFee, (), (satang, receipt, reason_th))

// ---- as it is told

struct LateReasons {
  bool late = false;        // the decision is
  std::int64_t wanted = 0;  // by now
  std::int64_t given = 0;
};
BOOST_DESCRIBE_STRUCT(LateReasons, (), (late, wanted, given))

struct ApplicationService {
  Key service;
  Label name_th;
  Label name_en;
  ServiceState state = ServiceState::applied;
  std::optional<ServiceTime> duration;
  FeeKind fee_kind = FeeKind::not_known;
  std::optional<Satang> fee_satang;
  Satang paid_satang;
  Instant applied_at;
  std::optional<Instant> complete_at;
  std::optional<Date> due_on;  // the last day for the decision
  std::optional<Instant> decided_at;
  std::optional<Instant> given_at;
  Note reason;
  std::optional<CertificateNumber> certificate;
  LateReasons late_reasons;
  bool deemed_granted = false;  // the rule set in force says so of what is late
  bool verified = false;        // its row of the catalogue
};
BOOST_DESCRIBE_STRUCT(ApplicationService, (),
                      (service, name_th, name_en, state, duration, fee_kind, fee_satang,
                       paid_satang, applied_at, complete_at, due_on, decided_at, given_at, reason,
                       certificate, late_reasons, deemed_granted, verified))

struct ApplicationPaper {
  std::int64_t position = 0;
  std::optional<Key> paper;
  std::optional<PaperKind> kind;
  std::string name_th;
  std::string name_en;
  std::vector<Key> services;
  bool required = true;
  PaperState state = PaperState::asked;
  bool told = false;
  std::optional<Key> file;
  bool seen = false;
  Note reason;
};
BOOST_DESCRIBE_STRUCT(ApplicationPaper, (),
                      (position, paper, kind, name_th, name_en, services, required, state, told,
                       file, seen, reason))

struct ApplicationCheck {
  Instant at;
  std::optional<Date> due_on;
  std::vector<MissingPaper> missing;
  Key rule_set;
  std::string office_th;
  std::string office_en;
};
BOOST_DESCRIBE_STRUCT(ApplicationCheck, (), (at, due_on, missing, rule_set, office_th, office_en))

struct ApplicationPayment {
  PaymentId payment_id;
  Key service;
  Satang satang;
  ReceiptNumber receipt;
  Instant at;
  std::string office_th;
  std::string office_en;
  std::optional<PaymentId> corrects;
  bool corrected = false;  // another row stands in its place
  Note reason;
};
BOOST_DESCRIBE_STRUCT(ApplicationPayment, (),
                      (payment_id, service, satang, receipt, at, office_th, office_en, corrects,
                       corrected, reason))

struct CaseApplication {
  CaseId case_id;
  bool takes_services = false;  // the case is of a kind that is handled as a service
  std::vector<ApplicationService> services;
  std::vector<ApplicationPaper> papers;
  std::vector<ApplicationCheck> checks;      // the oldest first
  std::vector<ApplicationPayment> payments;  // likewise
  std::optional<Appointment> appointment;    // that stands
  bool may_ask = false;                      // what is missing was not told yet
  std::vector<Key> acts;                     // that the caller's offices allow, without "case."
  std::int64_t version = 1;                  // of the case
};
BOOST_DESCRIBE_STRUCT(CaseApplication, (),
                      (case_id, takes_services, services, papers, checks, payments, appointment,
                       may_ask, acts, version))

// What who holds the tracking code sees.
struct TrackedService {
  Label name_th;
  Label name_en;
  ServiceState state = ServiceState::applied;
  std::optional<Date> due_on;
  FeeKind fee_kind = FeeKind::not_known;
  std::optional<Satang> fee_satang;
  Satang paid_satang;
  Note reason;
  std::optional<CertificateNumber> certificate;
};
BOOST_DESCRIBE_STRUCT(TrackedService, (),
                      (name_th, name_en, state, due_on, fee_kind, fee_satang, paid_satang, reason,
                       certificate))

struct TrackedPaper {
  std::string name_th;
  std::string name_en;
  bool required = true;
  PaperState state = PaperState::asked;
  bool told = false;
};
BOOST_DESCRIBE_STRUCT(TrackedPaper, (), (name_th, name_en, required, state, told))

struct TrackedApplication {
  std::vector<TrackedService> services;
  std::vector<TrackedPaper> papers;   // but those that are not needed
  std::optional<Date> papers_due_on;  // by which what was told is to be brought
  std::optional<Appointment> appointment;
};
BOOST_DESCRIBE_STRUCT(TrackedApplication, (), (services, papers, papers_due_on, appointment))

// ---- fees of a day

struct FeesQuery {
  AreaCode district;
  std::optional<Date> on;  // today
};
BOOST_DESCRIBE_STRUCT(FeesQuery, (), (district, on))

struct FeeRow {
  CaseId case_id;
  CaseNumber number;
  Key service;
  std::string name_th;
  std::string name_en;
  ReceiptNumber receipt;
  Satang satang;
  std::optional<ReceiptNumber> corrects;  // the receipt that it replaces
  std::optional<Satang> corrects_satang;  // taken off again
  Instant at;
  std::string office_th;
  std::string office_en;
  Note reason;
};
BOOST_DESCRIBE_STRUCT(FeeRow, (),
                      (case_id, number, service, name_th, name_en, receipt, satang, corrects,
                       corrects_satang, at, office_th, office_en, reason))

// A correction counts on the day on which it is made, so that the sum of a day stands.
struct FeeDay {
  AreaCode district;
  Date on;
  std::vector<FeeRow> items;
  std::int64_t taken_satang = 0;
  std::int64_t corrected_satang = 0;  // of rows that these replace
  std::int64_t sum_satang = 0;        // may be below 0
};
BOOST_DESCRIBE_STRUCT(FeeDay, (), (district, on, items, taken_satang, corrected_satang, sum_satang))

}  // namespace changwat::service_centre
