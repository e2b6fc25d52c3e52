// How cases come in: at the desk, from citizens without an account, from devices that were off
// line.

#include <chrono>

#include "platform/auth/encoding.hpp"
#include "platform/auth/tokens.hpp"

#include "modules/service_centre/masking.hpp"
#include "modules/service_centre/service_centre.hpp"
#include "modules/service_centre/store.hpp"

namespace changwat::service_centre {
namespace {

// What is kept of an answer: the code is made again from the id and stands nowhere.
struct CaseMade {
  CaseId case_id;
};
BOOST_DESCRIBE_STRUCT(CaseMade, (), (case_id))

// In the ledger: no word of what was written.
struct CaseReceived {
  CaseNumber number;
  Key kind;
  Key category;
  Key channel;
  AreaCode district;
  std::int64_t reporters = 0;
  std::vector<Key> services;
  bool off_line = false;
  bool taken_late = false;
  bool demonstration = false;
};
BOOST_DESCRIBE_STRUCT(CaseReceived, (),
                      (number, kind, category, channel, district, reporters, services, off_line,
                       taken_late, demonstration))

FieldError unknown(const char* pointer, const char* th, const char* en) {
  return {pointer, "unknown", th, en};
}

std::vector<FieldError> list_faults(const Book& book, const NewCase& in, Date on) {
  std::vector<FieldError> out;
  if (!find_kind(book, in.kind, on))
    out.push_back(unknown("/kind", "ไม่มีลักษณะเรื่องนี้", "there is no such kind"));
  if (!find_category(book, in.category, on))
    out.push_back(unknown("/category", "ไม่มีประเภทเรื่องนี้", "there is no such category"));
  if (!find_channel(book, in.channel, on))
    out.push_back(unknown("/channel", "ไม่มีช่องทางนี้", "there is no such channel"));
  if (!find_importance(book, in.importance, on))
    out.push_back(unknown("/importance", "ไม่มีประเภทงานบริการนี้", "there is no such importance"));
  return out;
}

ReporterRow reporter_of(const NewReporter& in, const CaseRow& row, std::int64_t position) {
  return {ReporterId::make(row.received_at),
          row.case_id,
          position,
          in.type,
          in.name,
          in.citizen_id,
          in.phone,
          in.email,
          in.address};
}

void append(std::vector<FieldError>& to, std::vector<FieldError> more) {
  for (auto& one : more) to.push_back(std::move(one));
}

// What others read must not say who a secret reporter is.
std::vector<FieldError> secret_faults(const NewCase& in) {
  std::vector<ReporterRow> reporters;
  for (const auto& one : in.reporters) {
    ReporterRow row;
    row.type = one.type;
    row.name = one.name;
    row.phone = one.phone;
    row.citizen_id = one.citizen_id;
    reporters.push_back(std::move(row));
  }
  std::vector<FieldError> out;
  const auto look = [&](const char* pointer, std::string_view text) {
    if (tells_secret(text, reporters))
      out.push_back({pointer, "tells_secret", "มีชื่อหรือหมายเลขของผู้แจ้งที่ขอปกปิดชื่ออยู่ในข้อความ โปรดลบออก",
                     "says who the secret reporter is; take it out"});
  };
  look("/title", in.title);
  look("/detail", in.detail);
  if (in.wanted) look("/wanted", *in.wanted);
  if (in.place.landmark) look("/place/landmark", *in.place.landmark);
  if (in.accused)
    for (const auto& one : *in.accused)
      if (one.detail) look("/accused", *one.detail);
  return out;
}

}  // namespace

TrackingCode ServiceCentre::code_of(const CaseId& id) const {
  return TrackingCode::of_bytes(auth::hmac_sha256(key_, "tracking " + id.text()));
}

Result<Done> ServiceCentre::take_turn(Call& call, auth::RateLimiter& limiter) const {
  const auto turn = limiter.take(call.peer, call.now);
  if (turn.allowed) return Done{};
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(turn.retry_after).count();
  call.answer_headers.emplace_back("Retry-After", std::to_string(seconds));
  return errors::too_many_requests;
}

Result<CaseRow> ServiceCentre::row_of(const Call& call, const NewCase& in, Origin origin) const {
  const auto today = call.now.bangkok_date();
  auto wrong = list_faults(book_, in, today);
  append(wrong, intake_faults(in.place, in.reporters));
  append(wrong, taken_faults(in.taken_at, call.now));
  append(wrong, secret_faults(in));
  if (!areas_.exists(in.place.area))
    wrong.push_back(unknown("/place/area", "ไม่พบพื้นที่นี้", "there is no such area"));
  if (!wrong.empty()) return Problem(std::move(wrong));

  CaseRow row;
  row.case_id = CaseId::make(call.now);
  row.province = in.place.area.province();
  row.district = in.place.area.at(AreaLevel::district);
  row.fiscal_year = FiscalYear::of(today);
  row.kind = in.kind;
  row.category = in.category;
  row.channel = in.channel;
  row.importance = in.importance;
  row.title = in.title;
  row.detail = in.detail;
  row.wanted = in.wanted.value_or(Note());
  row.place = {in.place};
  row.area = in.place.area;
  row.told_already = in.told_already.value_or(ToldAlready::not_told);
  if (in.accused) row.accused = {{in.accused->begin(), in.accused->end()}};
  row.received_at = row.created_at = row.updated_at = call.now;
  row.taken_at = in.taken_at;
  row.taken_late = taken_late(in.taken_at, call.now, book_.lists.intake.offline_hours_max);
  row.client_id = in.client_id;
  if (in.client_id) row.client_digest = auth::hex_encode(auth::sha256(to_json(in)));
  row.tracking_hash = auth::token_hash(code_of(row.case_id).text());
  row.due_at = row.remind_at = never_due;
  row.demonstration = origin == Origin::demonstration;
  return row;
}

Result<Receipt> ServiceCentre::receipt_of(const CaseRow& row) const {
  const auto code = code_of(row.case_id);
  if (auth::token_hash(code.text()) != row.tracking_hash)
    return Problem(errors::conflict, "รับเรื่องนี้แล้ว เลขเรื่อง " + row.number.text(),
                   "This was received already as " + row.number.text() + ".");
  return Receipt{row.case_id,     row.number,   code,          row.state,
                 row.received_at, row.taken_at, row.taken_late};
}

Result<Receipt> ServiceCentre::add_case(
    const Call& call, std::string_view act, const NewCase& in, Origin origin,
    const std::function<Result<Done>(Tx&, const CaseRow&)>& with) {
  const bool by_citizen = act == "case.report";
  if (in.client_id) {  // a device that sends again after we forgot its key
    const auto known =
        database_.read([&](db::Connection& db) { return store::by_client(db, *in.client_id); });
    if (known) {
      const bool same = known->client_digest == auth::hex_encode(auth::sha256(to_json(in)));
      return same ? receipt_of(*known) : Result<Receipt>(errors::conflict);
    }
  }
  // Nothing here needs the record, so that those whose cases are being written need not wait for
  // it.
  auto prepared = row_of(call, in, origin);
  if (prepared.ok()) start_clocks(*prepared);
  std::optional<CaseRow> taken;  // none: the act was done before, or led further
  const auto made = TRY(acts_.run<CaseMade>(call, act, [&](Tx& tx) -> Result<CaseMade> {
    auto row = TRY(std::move(prepared));
    Step step{row, std::nullopt, row.state};
    if (!by_citizen) step.permit = TRY(authority_.decide(call, act, {row.district}));
    if (in.client_id && store::by_client(tx.db, *in.client_id)) return errors::conflict;
    const auto today = call.now.bangkok_date();
    row.running = store::next_running(tx.db, row.district, row.fiscal_year);
    row.number = *CaseNumber::parse(
        number_of(number_pattern(book_, today), row.district, today, row.running));
    store::add(tx.db, row);
    std::int64_t position = 0;
    for (const auto& one : in.reporters) store::add(tx.db, reporter_of(one, row, ++position));
    store::add_first_flow(tx.db, row, today);
    if (with) TRY(with(tx, row));
    store::add_first(tx.db, made_step(call, act, step, row, {}));
    if (in.services) {
      TRY(apply_at_once(tx, call, step, row, *in.services));
      set_clocks(tx.db, row, call.now);
      store::change(tx.db, row);
    }
    ActRecord record{.subject_kind = "case",
                     .subject_id = row.case_id.text(),
                     .province = row.province,
                     .change = {to_json(CaseReceived{
                         row.number, row.kind, row.category, row.channel, row.district, position,
                         in.services ? std::vector<Key>(in.services->begin(), in.services->end())
                                     : std::vector<Key>(),
                         row.taken_at.has_value(), row.taken_late, row.demonstration})}};
    if (step.permit) {
      record.office_id = step.permit->office_id;
      record.authority = step.permit->chain();
    }
    tx.record(record);
    const auto id = row.case_id;
    if (in.into) {
      TRY(join(tx, call, {row, step.permit, CaseState::merged}, *in.into));
    } else {
      store::to_be_indexed(tx.db, id);
      taken = std::move(row);
    }
    return CaseMade{id};
  }));
  if (!taken)
    taken = database_.read([&](db::Connection& db) { return store::find(db, made.case_id); });
  if (!taken) return errors::not_found;
  return receipt_of(*taken);
}

Result<Receipt> ServiceCentre::take(const Call& call, const NewCase& in, Origin origin) {
  return add_case(call, "case.take", in, origin);
}

Result<Created<Receipt>> ServiceCentre::take_case(Call& call, const NewCase& in) {
  return Created<Receipt>{TRY(take(call, in, Origin::real))};
}

Result<Created<Receipt>> ServiceCentre::report_case(Call& call, const CitizenCase& in) {
  TRY(take_turn(call, intake_));
  const auto& rules = book_.lists.intake;
  NewCase out;
  out.kind = in.kind.value_or(rules.citizen_kind);
  out.category = in.category.value_or(rules.citizen_category);
  out.channel = rules.citizen_channel;
  out.importance = rules.citizen_importance;
  out.title = in.title;
  out.detail = in.detail;
  out.wanted = in.wanted;
  out.place = in.place;
  out.told_already = in.told_already;
  out.accused = in.accused;
  out.reporters.assign(in.reporters.begin(), in.reporters.end());
  out.client_id = in.client_id;
  out.taken_at = in.taken_at;
  out.into = in.into;
  out.services = in.services;
  TRY(may_as_citizen(call, "case.report", in.place.area));
  return Created<Receipt>{TRY(add_case(as_nobody(call), "case.report", out, Origin::real))};
}

}  // namespace changwat::service_centre
