#include "modules/authority/register.hpp"

#include <algorithm>

#include "modules/authority/decide.hpp"
#include "modules/authority/store.hpp"
#include "modules/authority/who_may.hpp"

namespace changwat::authority {
namespace {

constexpr std::string_view subject_kind = "power_grant";
constexpr std::int64_t offices_good_ms = 60'000;  // another program may add offices

OfficeRow row_of(const identity::Office& office) {
  return {office.office_id.text(), std::string(enum_name(office.role)), office.area,
          office.title_th.text(), office.title_en.text()};
}

std::optional<Json<Words>> listed(const std::optional<Words>& words) {
  if (!words) return std::nullopt;
  return Json<Words>{*words};
}

Grant grant_of(const NewGrant& in, Instant at) {
  Grant out;
  out.grant_id = GrantId::make(at);
  out.power = in.power;
  out.parent_grant_id = in.parent_grant_id;
  out.from_office_id = in.from_office_id;
  out.to_office_id = in.to_office_id;
  out.area = in.area;
  out.ceiling_satang = in.ceiling_satang;
  out.kinds = listed(in.kinds);
  out.fundings = listed(in.fundings);
  out.methods = listed(in.methods);
  out.project = in.project;
  out.levels = in.levels;
  out.from_date = in.from_date;
  out.to_date = in.to_date;
  out.document = in.document;
  out.granted_at = at;
  return out;
}

// What a grant is about, for its chain.
Object object_of(const Grant& grant) {
  Object out{.area = grant.area, .amount_satang = grant.ceiling_satang};
  out.project = grant.project;
  return out;
}

const EndReason& holder_left_reason() {
  static const auto why = *EndReason::parse("ผู้ดำรงตำแหน่งที่มอบอำนาจพ้นจากตำแหน่ง");
  return why;
}

RawJson by_law_alone() {
  return {R"({"basis":"the grant ends with the holder of the grantor's office"})"};
}

Problem lapsed_grant() {
  return Problem(errors::forbidden, "การมอบอำนาจที่ใช้สิ้นสุดไปแล้ว",
                 "The grant that would permit this has just ended.");
}

}  // namespace

GrantRegister::GrantRegister(db::Database& database, Acts& acts, Authority& authority,
                             identity::Identity& identity)
    : database_(database), acts_(acts), authority_(authority), identity_(identity) {
  const auto offices = load_offices();
  const auto grants = database_.read([](db::Connection& db) { return store::grants(db); });
  auto& book = authority_.grants();
  book.load([&] {
    for (const auto& grant : grants) book.add(grant, *offices);
  });
}

// ---- within acts

Result<MadeGrant> GrantRegister::grant_within(Tx& tx, const Call& call, const NewGrant& in) {
  const auto office = TRY(own_office(call, in.from_office_id));
  auto grant = grant_of(in, call.now);
  grant.granted_by = *OfficeRef::parse(call.caller->person_id);
  const auto offices = offices_with({in.from_office_id, in.to_office_id}, call.now);
  auto& book = authority_.grants();
  if (auto wrong = book.faults(grant, *offices); !wrong.empty()) return Problem(std::move(wrong));
  if (in.parent_grant_id && lapsed_in_record(tx.db, in.parent_grant_id, call.now))
    return lapsed_grant();

  const auto& law = authority_.law();
  const auto& power = *law.find(in.power);
  const auto above = in.parent_grant_id ? book.find(*in.parent_grant_id) : GrantBook::none;
  const auto had = above == GrantBook::none ? extent_by_law(power, *offices->find(office.office_id))
                                            : book.row(above).extent;
  if (!grant.area) grant.area = had.place.area();
  if (grant.area) grant.province = grant.area->province();
  grant.depth = static_cast<int>(book.chain(above).size());
  store::add(tx.db, grant);
  const auto chain =
      permit(law, book, power, office, above, {"grant.make", object_of(grant), call.now});
  tx.record({.subject_kind = std::string(subject_kind),
             .subject_id = grant.grant_id.text(),
             .province = grant.province,
             .office_id = office.office_id,
             .authority = chain.chain(),
             .change = {to_json(grant)}});
  tx.after_commit([&book, grant, offices] { book.add(grant, *offices); });
  return MadeGrant{grant, duties(*power.power, Occasion::grant)};
}

Result<EndedGrant> GrantRegister::revoke_within(Tx& tx, const Call& call, const GrantId& id,
                                                const EndReason& why) {
  if (!call.caller) return errors::sign_in_required;
  const auto grant = store::grant(tx.db, id);
  if (!grant) return errors::not_found;
  if (grant->ended_at) return errors::wrong_state;
  const auto& book = authority_.grants();
  const auto number = book.find(id);
  for (const auto above : book.chain(number)) {
    const auto& giver = book.office_id(book.row(above).giver);
    const auto office = own_office(call, giver);
    if (!office.ok()) continue;
    const auto& power = authority_.law().power(book.row(above).power);
    const auto chain = permit(authority_.law(), book, power, *office, book.row(above).parent,
                              {"grant.revoke", object_of(*grant), call.now});
    return end_within(tx, call, *grant, why, office->office_id, chain.chain());
  }
  return Problem(errors::forbidden, "เพิกถอนได้โดยผู้มอบหรือผู้มอบในลำดับเหนือขึ้นไปเท่านั้น",
                 "Only the grantor, or a grantor above, may revoke this.");
}

Result<EndedGrants> GrantRegister::end_with_holder_within(Tx& tx, const Call& call,
                                                          std::string_view office_id) {
  EndedGrants out;
  for (const auto& id : authority_.grants().ending_with_holder(office_id, call.now))
    if (const auto grant = store::grant(tx.db, id); grant && !grant->ended_at)
      out.items.push_back(end_within(tx, call, *grant, holder_left_reason(), "", by_law_alone()));
  return out;
}

Result<EndedGrants> GrantRegister::end_where_holder_left(const Call& call) {
  std::vector<Grant> fallen;
  for (auto& grant : database_.read([](db::Connection& db) { return store::standing(db); }))
    if (holder_left(grant, call.now)) fallen.push_back(std::move(grant));
  if (fallen.empty()) return EndedGrants{};
  return acts_.run<EndedGrants>(call, "grant.end_with_holder", [&](Tx& tx) -> Result<EndedGrants> {
    EndedGrants out;
    for (const auto& grant : fallen)
      if (!store::grant(tx.db, grant.grant_id)->ended_at)
        out.items.push_back(end_within(tx, call, grant, holder_left_reason(), "", by_law_alone()));
    return out;
  });
}

EndedGrant GrantRegister::end_within(Tx& tx, const Call& call, const Grant& grant,
                                     const EndReason& why, const std::string& office_id,
                                     RawJson chain) {
  auto& book = authority_.grants();
  EndedGrant out{grant.grant_id, call.now};
  book.for_each_below(book.find(grant.grant_id), [&](GrantBook::Number below) {
    if (book.row(below).extent.ends > call.now.unix_ms()) out.below.push_back(book.id(below));
  });
  store::end(tx.db, grant.grant_id, call.now, why);
  tx.record({.subject_kind = std::string(subject_kind),
             .subject_id = grant.grant_id.text(),
             .province = grant.province,
             .office_id = office_id,
             .authority = std::move(chain),
             .change = {to_json(GrantEnd{grant.grant_id, call.now, why})}});
  tx.after_commit([&book, id = grant.grant_id, at = call.now] { book.end(id, at); });
  return out;
}

Result<Permit> GrantRegister::decide_within(Tx& tx, const Call& call, std::string_view act,
                                            const Object& object) const {
  auto permit = TRY(authority_.decide(call, act, object));
  const auto& grants = permit.basis.grants;
  if (!grants.empty() && lapsed_in_record(tx.db, grants.back().grant_id, call.now))
    return lapsed_grant();
  return permit;
}

Result<Permit> GrantRegister::decide_by_grant(db::Connection& db, const Call& call,
                                              const GrantId& id, std::string_view act,
                                              const Object& object) const {
  if (!call.caller) return errors::sign_in_required;
  const auto& law = authority_.law();
  const auto& book = authority_.grants();
  const Question question{act, object, call.now};
  const auto asked = ask(law, question);
  auto permitted = book.read([&]() -> std::optional<Permit> {
    const auto number = book.find(id);
    if (number == GrantBook::none) return std::nullopt;
    const auto& row = book.row(number);
    const auto& power = law.power(row.power);
    const auto& acts = power.power->acts;
    if (std::find(acts.begin(), acts.end(), *Key::parse(act)) == acts.end()) return std::nullopt;
    if (!(obstacles(power, asked) | obstacles(book, row.extent, asked)).none()) return std::nullopt;
    for (const auto& office : call.caller->offices)
      if (office.office_id == book.office_id(row.holder))
        return permit(law, book, power, office, number, question);
    return std::nullopt;
  });
  if (!permitted)
    return Problem(errors::forbidden, "ตำแหน่งของท่านไม่ได้รับมอบอำนาจที่ครอบคลุมเรื่องนี้",
                   "None of your offices holds this grant, or it does not cover this.");
  if (lapsed_in_record(db, id, call.now)) return lapsed_grant();
  return *std::move(permitted);
}

std::vector<FieldError> GrantRegister::grant_faults(const NewGrant& in, Instant at) const {
  const auto offices = offices_with({in.from_office_id, in.to_office_id}, at);
  const auto& book = authority_.grants();
  return book.read([&] { return book.faults(grant_of(in, at), *offices); });
}

Result<HeldOffice> GrantRegister::own_office(const Call& call, std::string_view office_id) const {
  if (!call.caller) return errors::sign_in_required;
  for (const auto& office : call.caller->offices)
    if (office.office_id == office_id) return office;
  return Problem(errors::forbidden, "ท่านไม่ได้ดำรงตำแหน่งที่เป็นผู้มอบ",
                 "You do not hold the office that would grant.");
}

bool GrantRegister::lapsed_in_record(db::Connection& db, std::optional<GrantId> id,
                                     Instant at) const {
  for (int level = 0; id && level < levels_max; ++level) {
    const auto grant = store::grant(db, *id);
    if (!grant || grant->ended_at || holder_left(*grant, at)) return true;
    id = grant->parent_grant_id;
  }
  return false;
}

bool GrantRegister::holder_left(const Grant& grant, Instant at) const {
  const auto* power = authority_.law().find(grant.power);
  if (!power || !power->power->delegation) return true;
  if (!power->power->delegation->ends_with_holder) return false;
  const auto person = identity::PersonId::parse(grant.granted_by.text());
  if (!person) return true;
  const auto offices = identity_.offices_of(*person, at.bangkok_date());
  return std::none_of(offices.begin(), offices.end(), [&](const HeldOffice& office) {
    return office.office_id == grant.from_office_id.text();
  });
}

// ---- questions

std::optional<Grant> GrantRegister::grant(db::Connection& db, const GrantId& id) const {
  return store::grant(db, id);
}

std::vector<Grant> GrantRegister::grants_in(db::Connection& db, const AreaCode& province,
                                            const std::optional<GrantId>& before,
                                            std::int64_t limit) const {
  return store::of_province(db, province, before, limit);
}

std::shared_ptr<const Offices> GrantRegister::load_offices() const {
  std::vector<OfficeRow> rows;
  for (const auto& office : identity_.all_offices()) rows.push_back(row_of(office));
  return std::make_shared<const Offices>(std::move(rows));
}

std::shared_ptr<const Offices> GrantRegister::offices(Instant now) const {
  const std::lock_guard lock(mutex_);
  if (!offices_ || now < offices_at_ || now.unix_ms() - offices_at_.unix_ms() > offices_good_ms) {
    offices_ = load_offices();
    offices_at_ = now;
  }
  return offices_;
}

// Those just added are seen at once where they matter.
std::shared_ptr<const Offices> GrantRegister::offices_with(
    std::initializer_list<std::string_view> ids, Instant now) const {
  const auto current = offices(now);
  const bool all = std::all_of(ids.begin(), ids.end(),
                               [&](std::string_view id) { return current->find(id) != nullptr; });
  if (all) return current;
  const std::lock_guard lock(mutex_);
  return offices_ = load_offices();
}

WhoMay GrantRegister::who_may(std::string_view act, const Object& object, Instant at,
                              std::int64_t limit) const {
  const auto offices = this->offices(at);
  const auto& book = authority_.grants();
  return book.read([&] {
    return authority::who_may({authority_.law(), book, *offices}, {act, object, at},
                              static_cast<int>(limit));
  });
}

}  // namespace changwat::authority
