// What is done with an application: services, papers, the check of these, decisions, fees.
//
// Each act is one of the case: its state, version, clocks, history and ledger are those of cases.

#include <algorithm>

#include "platform/documents/workbook.hpp"

#include "modules/service_centre/applications.hpp"
#include "modules/service_centre/service_centre.hpp"
#include "modules/service_centre/store.hpp"
#include "modules/service_centre/store_applications.hpp"

namespace changwat::service_centre {
namespace {

constexpr std::size_t services_max = 20;  // of one application

// ---- what the ledger is told

struct ServicesApplied {
  std::vector<Key> services;
};
BOOST_DESCRIBE_STRUCT(ServicesApplied, (), (services))

struct ServiceMoved {
  Key service;
  ServiceState to = ServiceState::applied;
};
BOOST_DESCRIBE_STRUCT(ServiceMoved, (), (service, to))

struct PaperRecorded {
  std::int64_t position = 0;
  PaperState to = PaperState::asked;
};
BOOST_DESCRIBE_STRUCT(PaperRecorded, (), (position, to))

struct PapersToldMissing {
  std::vector<std::int64_t> missing;
  std::optional<Date> due_on;
  Key rule_set;
};
BOOST_DESCRIBE_STRUCT(PapersToldMissing, (), (missing, due_on, rule_set))

struct FeeRecorded {
  PaymentId payment_id;
  Key service;
  Satang satang;
  std::optional<PaymentId> corrects;
};
BOOST_DESCRIBE_STRUCT(FeeRecorded, (), (payment_id, service, satang, corrects))

struct LateReasonGiven {
  Key service;
};
BOOST_DESCRIBE_STRUCT(LateReasonGiven, (), (service))

template <class T>
RawJson told(const T& change) {
  return {to_json(change)};
}

std::string text_of(const std::optional<Note>& note) {
  return note ? note->text() : std::string();
}

CaseServiceRow* find(std::vector<CaseServiceRow>& services, const Key& service) {
  const auto found = std::find_if(services.begin(), services.end(), [&](const CaseServiceRow& row) {
    return row.service == service;
  });
  return found == services.end() ? nullptr : &*found;
}

std::string missing_text(const std::vector<MissingPaper>& missing, std::optional<Date> due_on) {
  if (missing.empty()) return "เอกสารครบถ้วน";
  std::string out = "สิ่งที่ขาดทั้งหมด: ";
  for (std::size_t i = 0; i < missing.size(); ++i) out += (i == 0 ? "" : ", ") + missing[i].name_th;
  return out + " · นำมายื่นภายในวันที่ " + thai::date(*due_on);
}

template <class Row>
void to_end(std::string& out, const Row& row) {
  out += out.empty() ? "" : ", ";
  out += row.name_th.text();
}

Problem no_such_service() {
  return Problem(errors::not_found, "เรื่องนี้ไม่ได้ยื่นขอบริการนี้", "The case has no such service.");
}

Result<Done> is_new_receipt(db::Connection& db, const PaymentRow& row) {
  const auto number = store::case_of_receipt(db, row);
  if (!number) return Done{};
  return Problem({{"/receipt", "used", "ใบเสร็จนี้บันทึกไว้แล้วในเรื่อง " + number->text(),
                   "was entered already, for case " + number->text()}});
}

}  // namespace

ServiceCentre::Papers ServiceCentre::papers_of(db::Connection& db, const CaseId& id) const {
  return {store::services(db, id), store::papers(db, id), store::checks(db, id),
          store::payments(db, id)};
}

// One act on an application. What it completes is written down with it.
Result<CaseApplication> ServiceCentre::lead_application(
    Call& call, const CaseId& id, std::string_view act,
    const std::function<Result<Trace>(Tx&, const Step&, Papers&)>& with) {
  TRY(acts_.run<Done>(call, act, [&](Tx& tx) -> Result<Done> {
    const auto step = TRY(begin(tx.db, call, id, act));
    if (!takes_services(book_, step.row.kind, call.now.bangkok_date())) return not_a_service_case;
    auto all = papers_of(tx.db, id);
    auto trace = TRY(with(tx, step, all));
    trace.completed = completed(all.services, all.papers, all.checks);
    for (const auto& service : trace.completed) {
      auto& row = *find(all.services, service);
      row.state = ServiceState::complete;
      row.complete_at = call.now;
      store::change(tx.db, row);
    }
    return finish(tx, call, act, step, step.row, trace);
  }));
  return application_after(call, id);
}

// ---- services

Result<std::string> ServiceCentre::apply_within(Tx& tx, const CaseRow& row,
                                                const std::vector<Key>& services, Papers& all,
                                                Instant now) const {
  const auto before = all.services.size();
  std::vector<FieldError> wrong;
  std::string names;
  if (before + services.size() > services_max)
    wrong.push_back({"/services", "too_many", "ยื่นขอในเรื่องเดียวได้ไม่เกิน 20 บริการ",
                     "one case takes 20 services at most"});
  for (std::size_t i = 0; i < services.size(); ++i) {
    const auto pointer = "/services/" + std::to_string(i);
    const auto* service = book_.catalogue.find(services[i], now.bangkok_date());
    if (!service) {
      wrong.push_back({pointer, "unknown", "ไม่มีบริการนี้", "there is no such service"});
    } else if (find(all.services, service->service)) {
      wrong.push_back(
          {pointer, "repeated", "ยื่นขอบริการนี้ในเรื่องนี้แล้ว", "is part of the application already"});
    } else {
      CaseServiceRow added;
      added.row_id = CaseServiceId::make(now);
      added.case_id = row.case_id;
      added.position = std::ssize(all.services) + 1;
      added.service = service->service;
      added.fee_kind = service->fee.kind;
      added.fee_satang = service->fee.satang;
      added.applied_at = now;
      all.services.push_back(added);
      add_papers(all.papers, *service, row.case_id, now);
      to_end(names, *service);
    }
  }
  if (!wrong.empty()) return Problem(std::move(wrong));
  for (auto i = before; i < all.services.size(); ++i) store::add(tx.db, all.services[i]);
  for (const auto& paper : all.papers) store::put(tx.db, paper);
  return names;
}

Result<Done> ServiceCentre::apply_at_once(Tx& tx, const Call& call, const Step& step,
                                          const CaseRow& row, const List<Key, 20>& services) const {
  if (services.empty()) return Done{};
  if (!takes_services(book_, row.kind, call.now.bangkok_date())) return not_a_service_case;
  Papers none;
  const auto names = TRY(apply_within(tx, row, {services.begin(), services.end()}, none, call.now));
  add_step(tx, call, "case.apply", step, row, {names, true});
  return Done{};
}

Result<CaseApplication> ServiceCentre::apply_for_services(Call& call, const Path<CasePath>& path,
                                                          const ApplyRequest& in) {
  return lead_application(
      call, path->case_id, "case.apply",
      [&](Tx& tx, const Step& step, Papers& all) -> Result<Trace> {
        if (in.services.empty())
          return Problem({{"/services", "required", "ต้องเลือกบริการอย่างน้อยหนึ่งบริการ",
                           "one service at least is required"}});
        const std::vector<Key> services(in.services.begin(), in.services.end());
        const auto names = TRY(apply_within(tx, step.row, services, all, call.now));
        return Trace{names, true, told(ServicesApplied{services})};
      });
}

Result<CaseApplication> ServiceCentre::withdraw_service(Call& call,
                                                        const Path<CaseServicePath>& path,
                                                        const CaseReason& in) {
  return move_service(call, path.value, "case.withdraw_service", "withdraw",
                      [&](Tx&, const Papers&, CaseServiceRow& row) -> Result<Trace> {
                        row.reason = *Note::parse(in.reason_th.text());
                        row.decided_at = call.now;
                        return Trace{in.reason_th.text(), true};
                      });
}

// Leads one service to its next state; `with` fills in what the act brings.
Result<CaseApplication> ServiceCentre::move_service(
    Call& call, const CaseServicePath& path, std::string_view act, std::string_view move,
    const std::function<Result<Trace>(Tx&, const Papers&, CaseServiceRow&)>& with) {
  return lead_application(
      call, path.case_id, act, [&](Tx& tx, const Step&, Papers& all) -> Result<Trace> {
        auto* row = find(all.services, path.service);
        if (!row) return no_such_service();
        const auto to = authority::step(service_transitions, row->state, move);
        if (!to.ok())
          return Problem(
              errors::wrong_state, "สถานะของบริการนี้คือ " + std::string(enum_name(row->state)),
              "The state of this service is " + std::string(enum_name(row->state)) + ".");
        auto trace = TRY(with(tx, all, *row));
        row->state = *to;
        store::change(tx.db, *row);
        trace.service = path.service;
        trace.change = told(ServiceMoved{path.service, *to});
        return trace;
      });
}

// ---- papers

Result<CaseApplication> ServiceCentre::record_paper(Call& call, const Path<CasePaperPath>& path,
                                                    const RecordPaper& in) {
  return lead_application(
      call, path->case_id, "case.record_paper",
      [&](Tx& tx, const Step&, Papers& all) -> Result<Trace> {
        const auto found = std::find_if(
            all.papers.begin(), all.papers.end(),
            [&](const CasePaperRow& paper) { return paper.position == path->position; });
        if (found == all.papers.end()) return errors::not_found;
        if (asks_anew(*found, in, may_ask(all.services, all.checks)))
          return asked_too_late(book_, call.now.bangkok_date());
        if (auto wrong = paper_faults(in, store::files(tx.db, path->case_id)); !wrong.empty())
          return Problem(std::move(wrong));
        found->state = in.state;
        found->file = in.file;
        found->seen = in.state == PaperState::handed_in && in.seen.value_or(false);
        found->reason = in.reason_th.value_or(Note());
        store::put(tx.db, *found);
        auto note = name_th_of(book_.catalogue, *found);
        if (!found->reason.empty()) note += ": " + found->reason.text();
        return Trace{note, false, told(PaperRecorded{path->position, in.state})};
      });
}

// Tells all that is missing at once; a later asking is refused by the rule.
Result<CaseApplication> ServiceCentre::check_papers(Call& call, const Path<CasePath>& path,
                                                    const CheckPapers& in) {
  return lead_application(
      call, path->case_id, "case.check_papers",
      [&](Tx& tx, const Step& step, Papers& all) -> Result<Trace> {
        const auto today = call.now.bangkok_date();
        if (all.services.empty()) return no_such_service();
        if (!may_ask(all.services, all.checks)) return asked_too_late(book_, today);
        auto checked = TRY(service_centre::check_papers(book_.catalogue, std::move(all.papers), in,
                                                        path->case_id, call.now));
        all.papers = std::move(checked.papers);
        for (const auto& row : all.papers) store::put(tx.db, row);
        PaperCheckRow check;
        check.check_id = PaperCheckId::make(call.now);
        check.case_id = path->case_id;
        check.at = call.now;
        if (!checked.missing.empty()) check.due_on = in.due_on;
        check.missing = {checked.missing};
        check.rule_set = rule_set(book_, today);
        const auto& office = authority::office_of(call, *step.permit);
        check.office_id = office.office_id;
        check.office_th = office.title_th;
        check.office_en = office.title_en;
        store::add(tx.db, check);
        all.checks.push_back(check);
        PapersToldMissing change{{}, check.due_on, check.rule_set};
        for (const auto& one : checked.missing) change.missing.push_back(one.position);
        return Trace{missing_text(checked.missing, check.due_on), true, told(change)};
      });
}

// ---- decisions

Result<CaseApplication> ServiceCentre::decide_service(Call& call, const Path<CaseServicePath>& path,
                                                      const DecideService& in) {
  const auto today = call.now.bangkok_date();
  return move_service(
      call, path.value, "case.decide_service", enum_name(in.outcome),
      [&](Tx& tx, const Papers& all, CaseServiceRow& row) -> Result<Trace> {
        if (in.outcome != ServiceOutcome::granted && (!in.reason_th || in.reason_th->empty()))
          return Problem({{"/reason_th", "required", "ต้องระบุเหตุผล", "a reason is required"}});
        const bool time_left =
            all.checks.empty() || !all.checks.back().due_on || today <= *all.checks.back().due_on;
        if (in.outcome == ServiceOutcome::returned && time_left)
          return Problem(errors::wrong_state, "ยังไม่พ้นวันที่ให้นำสิ่งที่ขาดมายื่น",
                         "The day by which what is missing is to be brought is not over.");
        const auto clocks =
            clocks_of(history_of(Key(), store::steps(tx.db, path->case_id)), book_, call.now);
        if (in.outcome == ServiceOutcome::refused &&
            is_deemed_granted(decision_clock(clocks, path->service), call.now))
          return deemed_granted;
        row.decided_at = call.now;
        row.reason = in.reason_th.value_or(Note());
        return Trace{text_of(in.reason_th), true};
      });
}

Result<CaseApplication> ServiceCentre::give_certificate(Call& call,
                                                        const Path<CaseServicePath>& path,
                                                        const GiveCertificate& in) {
  return move_service(call, path.value, "case.give_certificate", "give",
                      [&](Tx&, const Papers&, CaseServiceRow& row) -> Result<Trace> {
                        row.given_at = call.now;
                        row.certificate = in.certificate;
                        return Trace{in.certificate.text(), true};
                      });
}

Result<CaseApplication> ServiceCentre::give_late_reason(Call& call,
                                                        const Path<CaseServicePath>& path,
                                                        const CaseReason& in) {
  return lead_application(
      call, path->case_id, "case.give_late_reason",
      [&](Tx& tx, const Step& step, Papers& all) -> Result<Trace> {
        if (!find(all.services, path->service)) return no_such_service();
        const auto steps = store::steps(tx.db, path->case_id);
        const auto clocks = clocks_of(history_of(step.row.category, steps), book_, call.now);
        if (!late_reasons(clocks, steps, book_, path->service, call.now).late)
          return Problem(errors::wrong_state, "บริการนี้ยังไม่พ้นกำหนดพิจารณา",
                         "The decision on this service is not late.");
        Trace trace{in.reason_th.text(), true, told(LateReasonGiven{path->service})};
        trace.service = path->service;
        return trace;
      });
}

// ---- fees

PaymentRow ServiceCentre::payment_of(const Call& call, const Step& step, const Key& service,
                                     Satang satang, const ReceiptNumber& receipt) const {
  PaymentRow out;
  out.payment_id = PaymentId::make(call.now);
  out.case_id = step.row.case_id;
  out.province = step.row.province;
  out.district = step.row.district;
  out.service = service;
  out.satang = satang;
  out.receipt = receipt;
  out.on_date = call.now.bangkok_date();
  out.at = call.now;
  out.person_id = call.caller->person_id;
  const auto& office = authority::office_of(call, *step.permit);
  out.office_id = office.office_id;
  out.office_th = office.title_th;
  out.office_en = office.title_en;
  return out;
}

Result<CaseApplication> ServiceCentre::take_fee(Call& call, const Path<CasePath>& path,
                                                const TakeFee& in) {
  return lead_application(
      call, path->case_id, "case.take_fee",
      [&](Tx& tx, const Step& step, Papers& all) -> Result<Trace> {
        if (!find(all.services, in.service)) return no_such_service();
        const auto row = payment_of(call, step, in.service, in.satang, in.receipt);
        TRY(is_new_receipt(tx.db, row));
        store::add(tx.db, row);
        Trace trace{in.receipt.text(), true,
                    told(FeeRecorded{row.payment_id, row.service, row.satang, std::nullopt})};
        trace.service = in.service;
        return trace;
      });
}

// A row in place of another, which stays.
Result<CaseApplication> ServiceCentre::correct_fee(Call& call, const Path<PaymentPath>& path,
                                                   const CorrectFee& in) {
  return lead_application(
      call, path->case_id, "case.correct_fee",
      [&](Tx& tx, const Step& step, Papers& all) -> Result<Trace> {
        const PaymentRow* wrong = nullptr;
        for (const auto& row : all.payments) {
          if (row.corrects == path->payment_id)
            return Problem(errors::conflict, "รายการนี้แก้ไขไปแล้ว โปรดแก้จากรายการล่าสุด",
                           "This was corrected already; correct the row that replaced it.");
          if (row.payment_id == path->payment_id) wrong = &row;
        }
        if (!wrong) return errors::not_found;
        auto row = payment_of(call, step, wrong->service, in.satang, in.receipt);
        row.corrects = path->payment_id;
        row.reason = *Note::parse(in.reason_th.text());
        if (row.receipt != wrong->receipt) TRY(is_new_receipt(tx.db, row));
        store::add(tx.db, row);
        Trace trace{in.reason_th.text(), false,
                    told(FeeRecorded{row.payment_id, row.service, row.satang, row.corrects})};
        trace.service = row.service;
        return trace;
      });
}

Result<FeeDay> ServiceCentre::list_fees(Call& call, const Query<FeesQuery>& query) {
  TRY(authority_.decide(call, "case.read_fees", {query->district}));
  FeeDay out;
  out.district = query->district;
  out.on = query->on.value_or(call.now.bangkok_date());
  const auto rows =
      database_.read([&](db::Connection& db) { return store::fees(db, out.district, out.on); });
  for (const auto& row : rows) {
    const auto* service = book_.catalogue.find(row.service);
    out.items.push_back({row.case_id, row.number, row.service,
                         service ? service->name_th.text() : row.service.text(),
                         service ? service->name_en.text() : row.service.text(), row.receipt,
                         row.satang, row.corrects, row.corrects_satang, row.at, row.office_th,
                         row.office_en, row.reason});
    out.taken_satang += row.satang.count();
    if (row.corrects_satang) out.corrected_satang += row.corrects_satang->count();
  }
  out.sum_satang = out.taken_satang - out.corrected_satang;
  return out;
}

Result<http::Response> ServiceCentre::get_fees_file(Call& call, const Query<FeesQuery>& query) {
  const auto day = TRY(list_fees(call, query));
  documents::CsvTable csv({{"at"},
                           {"number"},
                           {"service"},
                           {"name_th"},
                           {"receipt"},
                           {"satang"},
                           {"corrects_receipt"},
                           {"corrects_satang"},
                           {"office_th"},
                           {"reason"}});
  for (const auto& row : day.items) {
    const std::vector<std::string> cells = {
        row.at.text(),
        row.number.text(),
        row.service.text(),
        row.name_th,
        row.receipt.text(),
        std::to_string(row.satang.count()),
        row.corrects ? row.corrects->text() : "",
        row.corrects_satang ? std::to_string(row.corrects_satang->count()) : "",
        row.office_th,
        row.reason.text()};
    csv.add_row(std::vector<documents::Value>(cells.begin(), cells.end()));
  }
  http::Response response;
  response.content_type = "text/csv; charset=utf-8";
  response.headers.emplace_back(
      "Content-Disposition",
      "attachment; filename=\"fees-" + day.district.text() + "-" + day.on.text() + ".csv\"");
  response.body = csv.finish();
  return response;
}

// ---- views

CaseApplication ServiceCentre::application_of(db::Connection& db, const Call& call,
                                              const CaseRow& row) const {
  const auto all = papers_of(db, row.case_id);
  const auto steps = store::steps(db, row.case_id);
  const auto clocks = clocks_of(history_of(row.category, steps), book_, call.now);
  CaseApplication out;
  out.case_id = row.case_id;
  out.takes_services = takes_services(book_, row.kind, call.now.bangkok_date());
  out.version = row.version;
  out.may_ask = may_ask(all.services, all.checks);
  out.appointment = appointment_of(db, row.case_id);
  for (const auto& one : all.services) {
    const auto* service = book_.catalogue.find(one.service);
    CHECK(service);  // rows of the catalogue end, they are not taken out
    const auto* clock = decision_clock(clocks, one.service);
    ApplicationService shown;
    shown.service = one.service;
    shown.name_th = service->name_th;
    shown.name_en = service->name_en;
    shown.state = one.state;
    shown.duration = service->duration;
    shown.fee_kind = one.fee_kind;
    shown.fee_satang = one.fee_satang;
    shown.paid_satang = paid(all.payments, one.service);
    shown.applied_at = one.applied_at;
    shown.complete_at = one.complete_at;
    if (clock) shown.due_on = clock->due_on;
    shown.decided_at = one.decided_at;
    shown.given_at = one.given_at;
    shown.reason = one.reason;
    shown.certificate = one.certificate;
    shown.late_reasons = late_reasons(clocks, steps, book_, one.service, call.now);
    shown.deemed_granted = is_deemed_granted(clock, call.now);
    shown.verified = service->verified;
    out.services.push_back(std::move(shown));
  }
  for (const auto& one : all.papers) {
    const auto* paper = one.paper ? book_.catalogue.paper(*one.paper) : nullptr;
    out.papers.push_back(
        {one.position, one.paper, paper ? std::optional(paper->kind) : std::nullopt,
         name_th_of(book_.catalogue, one), name_en_of(book_.catalogue, one), one.services.value,
         one.required, one.state, one.told, one.file, one.seen, one.reason});
  }
  for (const auto& one : all.checks)
    out.checks.push_back(
        {one.at, one.due_on, one.missing.value, one.rule_set, one.office_th, one.office_en});
  for (const auto& one : all.payments) {
    const bool corrected =
        std::any_of(all.payments.begin(), all.payments.end(),
                    [&](const PaymentRow& other) { return other.corrects == one.payment_id; });
    out.payments.push_back({one.payment_id, one.service, one.satang, one.receipt, one.at,
                            one.office_th, one.office_en, one.corrects, corrected, one.reason});
  }
  if (out.takes_services && !is_settled(row.state))
    for (const auto act : service_acts)
      if (authority_.may(call, act, object_of(row.district, row.level)))
        out.acts.push_back(*Key::parse(act.substr(5)));
  return out;
}

Result<CaseApplication> ServiceCentre::application_after(const Call& call, const CaseId& id) const {
  return database_.snapshot([&](db::Connection& db) -> Result<CaseApplication> {
    return application_of(db, call, TRY(readable(db, call, id)).first);
  });
}

Result<CaseApplication> ServiceCentre::get_application(Call& call, const Path<CasePath>& path) {
  return application_after(call, path->case_id);
}

std::optional<TrackedApplication> ServiceCentre::tracked_application(db::Connection& db,
                                                                     const CaseRow& row,
                                                                     Instant now) const {
  Call nobody;
  nobody.now = now;
  const auto all = application_of(db, nobody, row);
  if (!all.takes_services) return std::nullopt;
  TrackedApplication out;
  out.appointment = all.appointment;
  for (const auto& one : all.services)
    out.services.push_back({one.name_th, one.name_en, one.state, one.due_on, one.fee_kind,
                            one.fee_satang, one.paid_satang, one.reason, one.certificate});
  for (const auto& one : all.papers) {
    if (one.state == PaperState::not_needed) continue;
    out.papers.push_back({one.name_th, one.name_en, one.required, one.state, one.told});
    if (one.state == PaperState::asked && one.told && !all.checks.empty())
      out.papers_due_on = all.checks.back().due_on;
  }
  return out;
}

}  // namespace changwat::service_centre
