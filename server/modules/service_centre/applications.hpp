#pragma once
// The rules of applications, pure: each paper once, all that is missing told at once, a decision
// for each service, reasons when one is late. Time comes in as a parameter.
//
// Sources: the Licensing Facilitation Act B.E. 2558 as data/service_centre/clocks.json has it, each
// rule with its mark; which set is in force on a day stands there too.

#include <optional>
#include <string_view>
#include <vector>

#include "base/result.hpp"

#include "modules/authority/authority.hpp"
#include "modules/service_centre/applications_model.hpp"
#include "modules/service_centre/clocks.hpp"

namespace changwat::service_centre {

inline constexpr ErrorKind not_a_service_case{
    "not_a_service_case", 409, "เรื่องลักษณะนี้ไม่ใช่คำขอรับบริการ โปรดแก้ลักษณะเรื่องเป็นบริการเบ็ดเสร็จก่อน",
    "A case of this kind takes no services; correct its kind first."};
inline constexpr ErrorKind missing_told_already{
    "missing_told_already", 409, "แจ้งสิ่งที่ขาดทั้งหมดไปแล้ว จะขอเพิ่มภายหลังไม่ได้ เว้นแต่ผู้ยื่นเปลี่ยนคำขอ",
    "All that is missing was told; nothing further may be asked for unless the application "
    "changes."};
inline constexpr ErrorKind services_undecided{
    "services_undecided", 409, "ยังมีบริการที่ไม่ได้พิจารณา จึงเสนอยุติเรื่องไม่ได้",
    "Some services have no decision yet, so closing cannot be proposed."};
inline constexpr ErrorKind deemed_granted{
    "deemed_granted", 409, "พ้นกำหนดพิจารณาแล้ว กฎหมายถือว่าอนุญาต จึงไม่อนุญาตไม่ได้",
    "The time for the decision is over and the law takes it as granted; it cannot be refused."};

using S = ServiceState;
inline constexpr authority::Transition<ServiceState> service_transitions[] = {
    {S::applied, "complete", S::complete}, {S::applied, "withdraw", S::withdrawn},
    {S::applied, "returned", S::returned}, {S::complete, "granted", S::granted},
    {S::complete, "refused", S::refused},  {S::complete, "withdraw", S::withdrawn},
    {S::granted, "give", S::given},
};

// Acts of an application: each in every state of the case that is open.
inline constexpr std::string_view service_acts[] = {
    "case.apply",          "case.withdraw_service", "case.record_paper",      "case.check_papers",
    "case.decide_service", "case.give_certificate", "case.give_late_reason",  "case.take_fee",
    "case.correct_fee",    "case.book_appointment", "case.cancel_appointment"};

bool takes_services(const Book& book, const Key& kind, Date on);
bool is_decided(ServiceState state);

// The papers of a service join those that are there: each once, required when one requires it, and
// asked for again when the new service requires what was not needed before.
void add_papers(std::vector<CasePaperRow>& papers, const ServiceRow& service, const CaseId& id,
                Instant now);

// Whether what is missing may still be told: no check was made since a service was last applied
// for.
bool may_ask(const std::vector<CaseServiceRow>& services, const std::vector<PaperCheckRow>& checks);
// The refusal of a later asking, with the rule's name and source.
Problem asked_too_late(const Book& book, Date on);

// What the check of the papers makes of them: what is required or named is told to be missing, what
// is neither is not needed. Problem: a position that is not asked for, no day when something is
// missing, a day that is over.
struct PapersChecked {
  std::vector<CasePaperRow> papers;
  std::vector<MissingPaper> missing;
};
Result<PapersChecked> check_papers(const Catalogue& catalogue, std::vector<CasePaperRow> papers,
                                   const CheckPapers& in, const CaseId& id, Instant now);

// A paper is handed in as a file or seen; what is not needed says why; what was not told in the
// check is not asked for again.
std::vector<FieldError> paper_faults(const RecordPaper& in, const std::vector<CaseFile>& files);
bool asks_anew(const CasePaperRow& paper, const RecordPaper& in, bool may_ask);

// Those that are applied for, were checked, and lack nothing.
std::vector<Key> completed(const std::vector<CaseServiceRow>& services,
                           const std::vector<CasePaperRow>& papers,
                           const std::vector<PaperCheckRow>& checks);

bool all_decided(const std::vector<CaseServiceRow>& services);

// The set of clocks.json in force on the day that has a rule of this start.
Key rule_set(const Book& book, Date on);

// The decision's clock of a service, the latest; nullptr: it did not start.
const Clock* decision_clock(const std::vector<Clock>& clocks, const Key& service);
LateReasons late_reasons(const std::vector<Clock>& clocks, const std::vector<CaseStep>& steps,
                         const Book& book, const Key& service, Instant now);
bool is_deemed_granted(const Clock* decision, Instant now);

// What stands of the payments for a service: those that no other replaces.
Satang paid(const std::vector<PaymentRow>& payments, const Key& service);

std::string name_th_of(const Catalogue& catalogue, const CasePaperRow& paper);
std::string name_en_of(const Catalogue& catalogue, const CasePaperRow& paper);

}  // namespace changwat::service_centre
