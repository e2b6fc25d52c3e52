// Offices and who holds them.
//
// office_holding is what holds; every fact that was recorded, the wrong ones too, is a row of
// holding_change. An office and its holdings have one version: whoever changes a holder has seen
// all of them.

#include "modules/identity/identity.hpp"
#include "modules/identity/records.hpp"
#include "modules/identity/store.hpp"

namespace changwat::identity {
namespace {

constexpr std::string_view power_to_read = "identity.read_offices";
constexpr std::string_view power_to_add = "identity.add_office";
// A power of its own for districts, whose holders a province may record.
constexpr std::string_view power_to_record = "identity.record_holders";
constexpr std::string_view power_to_record_district = "identity.record_district_holders";
// Who records an office for themselves needs this one too. As long as no row of the law names it,
// nobody can.
constexpr std::string_view power_to_record_own = "identity.record_own_holding";

std::optional<AreaCode> province_of(const Office& office) {
  return office.area ? std::optional(office.area->province()) : std::nullopt;
}

std::vector<Holding> without(std::vector<Holding> all, const HoldingId& id) {
  std::erase_if(all, [&](const Holding& each) { return each.holding_id == id; });
  return all;
}

bool same_term(const Holding& a, const Holding& b) {
  return a.from_date == b.from_date && a.to_date == b.to_date;
}

}  // namespace

Result<Permission> Identity::permission_for_holder(const Call& call, By by, const Office& office,
                                                   const PersonId& holder) const {
  const auto act = office.role == Role::district ? power_to_record_district : power_to_record;
  const auto permit = permission(call, by, act, office.area);
  if (!permit.ok() || by == By::installation || call.caller->person_id != holder.text())
    return permit;
  TRY(permission(call, by, power_to_record_own, office.area));
  return permit;
}

std::optional<Date> Identity::day_without_administrator(db::Connection& db, Date today) const {
  std::vector<Term> terms;
  for (const auto& term : store::terms_of(db, Role::administrator))
    if (!term.demonstration || options_.loopback) terms.push_back({term.from_date, term.to_date});
  return first_gap(std::move(terms), today);
}

void Identity::put_change(Tx& tx, const Call& call, const Permission& by, Office office,
                          const Holding& holding, HoldingChangeKind kind,
                          const std::optional<Reason>& reason) {
  const auto change_id = HoldingChangeId::make(call.now);
  store::add_change(tx.db,
                    {change_id, holding.office_id, holding.holding_id, holding.person_id, kind,
                     holding.acting, holding.from_date, holding.to_date, reason, call.now});
  ++office.version;
  store::change_office(tx.db, office);
  tx.record({.subject_kind = "office_holding",
             .subject_id = holding.holding_id.text(),
             .province = province_of(office),
             .office_id = by.office_id,
             .authority = by.chain,
             .change = {to_json(HoldingRecorded{change_id, holding.office_id, holding.person_id,
                                                holding.acting, holding.ground, holding.from_date,
                                                holding.to_date})}});
  tx.after_commit([this, person = holding.person_id] { persons_.forget(person); });
}

// ---- offices

Result<OfficeId> Identity::add_office_by(const Call& call, By by, const NewOffice& in) {
  return acts_.run<OfficeId>(call, "identity.add_office", [&](Tx& tx) -> Result<OfficeId> {
    const auto permit = TRY(permission(call, by, power_to_add, in.area));
    if (auto wrong = faults(in); !wrong.empty()) return Problem(std::move(wrong));
    if (in.area && !options_.ask.area_exists(*in.area))
      return Problem({{"/area", "unknown_area", "ไม่พบพื้นที่ที่ระบุ", "there is no such area"}});
    const Office office{OfficeId::make(call.now), in.role, in.area, in.title_th, in.title_en};
    store::add_office(tx.db, office);
    tx.record({.subject_kind = "office",
               .subject_id = office.office_id.text(),
               .province = province_of(office),
               .office_id = permit.office_id,
               .authority = permit.chain,
               .change = {to_json(office)}});
    return office.office_id;
  });
}

Result<OfficeId> Identity::add_office(const Call& call, const NewOffice& in) {
  return add_office_by(call, By::installation, in);
}

Result<Created<OfficeDetail>> Identity::create_office(Call& call, const NewOffice& in) {
  const auto id = TRY(add_office_by(call, By::office, in));
  return Created<OfficeDetail>{TRY(office_detail(call, id))};
}

// ---- holders

Result<HoldingId> Identity::hold_office_by(const Call& call, By by, const NewHolding& in) {
  return acts_.run<HoldingId>(call, "identity.hold_office", [&](Tx& tx) -> Result<HoldingId> {
    const auto office = store::office(tx.db, in.office_id);
    if (!office || !store::person(tx.db, in.person_id)) return errors::not_found;
    const auto permit = TRY(permission_for_holder(call, by, *office, in.person_id));
    const Holding holding{HoldingId::make(call.now),
                          in.office_id,
                          in.person_id,
                          in.acting,
                          in.from_date,
                          in.to_date,
                          in.ground,
                          in.order_reference};
    const auto others = store::holdings_of(tx.db, in.office_id);
    if (auto wrong = faults(holding, others, is_post(office->role)); !wrong.empty())
      return Problem(std::move(wrong));
    store::add_holding(tx.db, holding);
    put_change(tx, call, permit, *office, holding, HoldingChangeKind::begun, std::nullopt);
    return holding.holding_id;
  });
}

Result<HoldingId> Identity::hold_office(const Call& call, const NewHolding& in) {
  return hold_office_by(call, By::installation, in);
}

Result<Created<OfficeHolder>> Identity::begin_holding(Call& call, const Path<OfficePath>& path,
                                                      const HoldingRequest& in) {
  const auto office =
      database_.read([&](db::Connection& db) { return store::office(db, path->office_id); });
  if (!office) return errors::not_found;
  const auto holder = person_named(in.username);
  // Asked before anything is said about who has an account; and again by the act.
  TRY(permission_for_holder(call, By::office, *office, holder.value_or(PersonId())));
  if (!holder)
    return Problem({{"/username", "unknown_person", "ไม่พบบัญชีผู้ใช้นี้", "there is no such account"}});
  const auto id = TRY(hold_office_by(call, By::office,
                                     {*holder, path->office_id, in.from_date, in.to_date, in.acting,
                                      in.ground, in.order_reference}));
  for (auto& each : database_.read(
           [&](db::Connection& db) { return store::holders_of(db, {path->office_id}, {}); }))
    if (each.holding_id == id) return Created<OfficeHolder>{std::move(each)};
  return errors::not_found;  // withdrawn by another in this moment
}

Result<Done> Identity::change_holding(const Call& call, By by, std::string_view act,
                                      const HoldingId& id, const std::optional<Reason>& reason,
                                      const ChangeHolding& change) {
  return acts_.run<Done>(call, act, [&](Tx& tx) -> Result<Done> {
    auto holding = store::holding(tx.db, id);
    if (!holding) return errors::not_found;
    const auto office = store::office(tx.db, holding->office_id);
    // To make one's own time shorter is to give up; everything else of one's own is for others.
    const auto before = *holding;
    const auto kind = change(*holding);
    const bool gives_up = kind.ok() && *kind == HoldingChangeKind::ended;
    const auto permit =
        TRY(permission_for_holder(call, by, *office, gives_up ? PersonId() : holding->person_id));
    if (by == By::office) TRY(call.require_version(office->version));
    if (!kind.ok()) return kind.problem();

    const auto others = without(store::holdings_of(tx.db, office->office_id), id);
    const bool withdrawn = *kind == HoldingChangeKind::withdrawn;
    if (!withdrawn && same_term(before, *holding)) return errors::wrong_state;
    auto wrong =
        withdrawn ? faults_without(others) : faults(*holding, others, is_post(office->role));
    // Records from before grounds were asked for can still be ended.
    std::erase_if(wrong, [&](const FieldError& fault) {
      return before.acting && !before.ground && fault.pointer == "/ground";
    });
    if (!wrong.empty()) return Problem(std::move(wrong));

    TRY(keeping_an_administrator(tx.db, call.now.bangkok_date(), [&]() -> Result<Done> {
      if (withdrawn)
        store::remove_holding(tx.db, id);
      else
        store::change_holding(tx.db, *holding);
      return Done{};
    }));
    put_change(tx, call, permit, *office, *holding, *kind, reason);
    return Done{};
  });
}

namespace {

std::function<Result<HoldingChangeKind>(Holding&)> ending(Date last_day, const char* pointer) {
  return [=](Holding& holding) -> Result<HoldingChangeKind> {
    if (holding.to_date && *holding.to_date <= last_day) return errors::wrong_state;
    if (last_day < holding.from_date)
      return Problem({{pointer, "out_of_range", "วันสุดท้ายต้องไม่ก่อนวันแรก",
                       "the last day must not be before the first"}});
    holding.to_date = last_day;
    return HoldingChangeKind::ended;
  };
}

}  // namespace

Result<Done> Identity::end_holding(const Call& call, const HoldingId& id, Date last_day,
                                   const std::optional<Reason>& reason) {
  return change_holding(call, By::installation, "identity.end_holding", id, reason,
                        ending(last_day, "/to_date"));
}

Result<OfficeDetail> Identity::finish_holding(Call& call, const Path<HoldingPath>& path,
                                              const HoldingEnd& in) {
  TRY(change_holding(call, By::office, "identity.end_holding", path->holding_id, in.reason,
                     ending(in.last_day, "/last_day")));
  return office_of_holding(call, path->holding_id);
}

Result<OfficeDetail> Identity::correct_holding(Call& call, const Path<HoldingPath>& path,
                                               const HoldingCorrection& in) {
  TRY(change_holding(call, By::office, "identity.correct_holding", path->holding_id, in.reason,
                     [&](Holding& holding) -> Result<HoldingChangeKind> {
                       holding.from_date = in.from_date;
                       holding.to_date = in.to_date;
                       return HoldingChangeKind::corrected;
                     }));
  return office_of_holding(call, path->holding_id);
}

Result<OfficeDetail> Identity::withdraw_holding(Call& call, const Path<HoldingPath>& path,
                                                const HoldingWithdrawal& in) {
  const auto before =
      database_.read([&](db::Connection& db) { return store::holding(db, path->holding_id); });
  TRY(change_holding(
      call, By::office, "identity.withdraw_holding", path->holding_id, in.reason,
      [](Holding&) -> Result<HoldingChangeKind> { return HoldingChangeKind::withdrawn; }));
  return office_detail(call, before->office_id);
}

// ---- reading

Page<OfficeSummary> Identity::offices(const OfficeQuery& query, Date today) {
  return offices_within(query, std::nullopt, today);
}

Page<OfficeSummary> Identity::offices_within(const OfficeQuery& query,
                                             const std::optional<std::vector<AreaCode>>& within,
                                             Date today) {
  return database_.snapshot([&](db::Connection& db) {
    Page<OfficeSummary> page;
    auto offices = store::offices(db, query, within, today);
    if (offices.size() > static_cast<std::size_t>(query.limit.count())) {
      offices.pop_back();
      page.next = offices.back().office_id.text();
    }
    std::vector<OfficeId> ids;
    for (auto& office : offices) {
      ids.push_back(office.office_id);
      OfficeSummary summary;
      static_cast<Office&>(summary) = std::move(office);
      page.items.push_back(std::move(summary));
    }
    for (auto& holder : store::holders_of(db, ids, today))
      for (auto& office : page.items)
        if (office.office_id == holder.office_id) office.holders.push_back(holder);
    return page;
  });
}

Result<Page<OfficeSummary>> Identity::list_offices(Call& call, const Query<OfficeQuery>& query) {
  const auto within = options_.ask.provinces(call, power_to_read);
  if (within && within->empty()) TRY(permission(call, By::office, power_to_read, std::nullopt));
  return offices_within(query.value, within, call.now.bangkok_date());
}

Result<OfficeDetail> Identity::get_office(Call& call, const Path<OfficePath>& path) {
  return office_detail(call, path->office_id);
}

Result<OfficeDetail> Identity::office_of_holding(const Call& call, const HoldingId& id) {
  const auto holding = database_.read([&](db::Connection& db) { return store::holding(db, id); });
  if (!holding) return errors::not_found;
  return office_detail(call, holding->office_id);
}

Result<OfficeDetail> Identity::office_detail(const Call& call, const OfficeId& id) {
  return database_.snapshot([&](db::Connection& db) -> Result<OfficeDetail> {
    const auto office = store::office(db, id);
    if (!office || !is_post(office->role)) return errors::not_found;
    TRY(permission(call, By::office, power_to_read, office->area));
    OfficeDetail out;
    static_cast<Office&>(out) = *office;
    out.may_record = permission_for_holder(call, By::office, *office, PersonId()).ok();
    out.holdings = store::holders_of(db, {id}, std::nullopt);
    out.changes = store::changes_of(db, id);
    return out;
  });
}

}  // namespace changwat::identity
