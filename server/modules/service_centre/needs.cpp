#include "modules/service_centre/needs.hpp"

#include <set>

#include "modules/service_centre/masking.hpp"
#include "modules/service_centre/store.hpp"
#include "modules/service_centre/store_needs.hpp"

namespace changwat::service_centre {
namespace {

constexpr std::int64_t day_ms = 86'400'000;

constexpr ErrorKind need_over{"need_over", 409, "ข้อเสนอนี้ถอนแล้ว",
                              "This proposal was withdrawn already."};

// In the ledger: no word of what was written.
struct NeedProposed {
  Key category;
  AreaCode area;
  std::vector<CaseId> cases;
};
BOOST_DESCRIBE_STRUCT(NeedProposed, (), (category, area, cases))

struct NeedWithdrawn {
  NeedState from = NeedState::proposed;
  NeedState to = NeedState::withdrawn;
};
BOOST_DESCRIBE_STRUCT(NeedWithdrawn, (), (from, to))

ActRecord record_of(const NeedRow& row, const authority::Permit& permit, std::string change) {
  return {.subject_kind = "need",
          .subject_id = row.need_id.text(),
          .province = row.province,
          .office_id = permit.office_id,
          .authority = permit.chain(),
          .change = {std::move(change)}};
}

bool counts_as_recurring(CaseState state) {
  return state != CaseState::rejected && state != CaseState::withdrawn;
}

AreaCode place_of(const CaseRow& row) {
  const auto levels = {AreaLevel::subdistrict, AreaLevel::district};
  for (const auto level : levels)
    if (row.area.level() >= level) return row.area.at(level);
  return row.area;
}

std::vector<CaseId> without_repeats(const List<CaseId, 50>& cases) {
  const std::set<CaseId> out(cases.begin(), cases.end());
  return {out.begin(), out.end()};
}

// What is written of a need is read by many: it must not say who reported in secret.
Result<Done> tells_nobody(db::Connection& db, const std::vector<CaseId>& cases,
                          std::string_view text, const char* pointer) {
  for (const auto& id : cases)
    if (tells_secret(text, store::reporters(db, id)))
      return Problem({{pointer, "tells_secret", "ข้อความนี้บอกตัวผู้แจ้งที่ขอปกปิดชื่อ โปรดเขียนใหม่โดยไม่ระบุชื่อ",
                       "says who a secret reporter is; write it without the name"}});
  return Done{};
}

}  // namespace

// ---- reading

Result<RecurringNeeds> PlaceNeeds::list_recurring(Call& call, const Query<BoardQuery>& query) {
  TRY(authority_.decide(call, "case.read", {query->area}));
  const auto today = call.now.bangkok_date();
  const auto numbers = closing_numbers(book_, today);
  RecurringNeeds out;
  out.cases_min = numbers.recurring_cases_min;
  out.days_max = numbers.recurring_days_max;
  const auto since = call.now.plus_ms(-numbers.recurring_days_max * day_ms);
  database_.snapshot([&](db::Connection& db) {
    for (const auto& one : store::recurring(db, query->area, since, numbers.recurring_cases_min)) {
      const auto* category = find_category(book_, one.category, today);
      RecurringCases found;
      found.category = one.category;
      found.name_th = category ? category->name_th.text() : one.category.text();
      found.name_en = category ? category->name_en.text() : one.category.text();
      found.area = one.area;
      found.cases = one.cases;
      found.in_needs = one.in_needs;
      found.first_on = one.first_at.bangkok_date();
      found.last_on = one.last_at.bangkok_date();
      found.items = store::in_no_need(db, one.category, one.area, since);
      found.may_propose = one.cases - one.in_needs >= out.cases_min &&
                          authority_.may(call, "need.propose", {one.area});
      out.items.push_back(std::move(found));
    }
    return 0;
  });
  return out;
}

Result<Page<NeedSummary>> PlaceNeeds::list_needs(Call& call, const Query<NeedsQuery>& query) {
  if (!query->area && !query->case_id)
    return Problem({{"/area", "required", "ต้องระบุพื้นที่หรือเรื่อง", "an area or a case is required"}});
  return database_.snapshot([&](db::Connection& db) -> Result<Page<NeedSummary>> {
    if (query->area) TRY(authority_.decide(call, "case.read", {*query->area}));
    if (query->case_id) {
      const auto row = store::find(db, *query->case_id);
      if (!row) return errors::not_found;
      TRY(authority_.decide(call, "case.read", {row->district}));
    }
    Page<NeedSummary> page;
    page.items = store::needs(db, query.value);
    return page;
  });
}

PlaceNeed PlaceNeeds::view(db::Connection& db, const Call& call, const NeedRow& row) const {
  const bool may =
      row.state == NeedState::proposed && authority_.may(call, "need.withdraw", {row.district});
  return {row.need_id,
          row.district,
          row.area,
          row.category,
          row.title,
          row.reason,
          row.state,
          row.proposed_at,
          row.office_th,
          row.office_en,
          row.withdrawn_at,
          row.withdrawal,
          row.demonstration,
          row.version,
          store::cases_of(db, row.need_id),
          may};
}

Result<PlaceNeed> PlaceNeeds::get_need(Call& call, const Path<NeedPath>& path) {
  return database_.snapshot([&](db::Connection& db) -> Result<PlaceNeed> {
    const auto row = store::need(db, path->need_id);
    if (!row) return errors::not_found;
    TRY(authority_.decide(call, "case.read", {row->district}));
    return view(db, call, *row);
  });
}

// ---- acts

Result<Done> PlaceNeeds::belong_together(db::Connection& db, const Call& call,
                                         const NewNeed& in) const {
  std::vector<FieldError> wrong;
  const auto refuse = [&](std::size_t at, const char* code, std::string th, std::string en) {
    wrong.push_back({"/cases/" + std::to_string(at), code, std::move(th), std::move(en)});
  };
  for (std::size_t at = 0; at < in.cases.size(); ++at) {
    const auto row = store::find(db, in.cases[at]);
    if (!row || row->category != in.category || place_of(*row) != in.area ||
        !counts_as_recurring(row->state)) {
      refuse(at, "not_of_this", "เรื่องนี้มิใช่ประเภทและพื้นที่ที่เสนอ", "is not of this category and place");
      continue;
    }
    if (const auto need = store::standing_need(db, row->case_id))
      refuse(at, "in_need", "เรื่องนี้อยู่ในข้อเสนอ “" + need->title.text() + "” แล้ว",
             "stands in the proposal “" + need->title.text() + "” already");
  }
  const auto least = closing_numbers(book_, call.now.bangkok_date()).recurring_cases_min;
  if (std::ssize(without_repeats(in.cases)) < least) {
    const auto number = std::to_string(least);
    wrong.push_back({"/cases", "too_few", "ต้องมีอย่างน้อย " + number + " เรื่อง",
                     "at least " + number + " cases are wanted"});
  }
  if (!wrong.empty()) return Problem(std::move(wrong));
  return Done{};
}

Result<Created<PlaceNeed>> PlaceNeeds::propose(Call& call, const NewNeed& in) {
  const auto level = in.area.level();
  if (!areas_.exists(in.area) || (level != AreaLevel::district && level != AreaLevel::subdistrict))
    return Problem(
        {{"/area", "unknown", "ไม่พบตำบลหรืออำเภอนี้", "there is no such sub-district or district"}});
  const auto id = TRY(acts_.run<NeedId>(call, "need.propose", [&](Tx& tx) -> Result<NeedId> {
    const auto district = in.area.at(AreaLevel::district);
    const auto permit = TRY(authority_.decide(call, "need.propose", {district}));
    TRY(belong_together(tx.db, call, in));
    const auto cases = without_repeats(in.cases);
    TRY(tells_nobody(tx.db, cases, in.title.text(), "/title"));
    if (in.reason_th) TRY(tells_nobody(tx.db, cases, in.reason_th->text(), "/reason_th"));
    const auto& office = office_of(call, permit);
    NeedRow row;
    row.need_id = NeedId::make(call.now);
    row.province = district.province();
    row.district = district;
    row.area = in.area;
    row.category = in.category;
    row.title = in.title;
    row.reason = in.reason_th.value_or(Note());
    row.proposed_at = call.now;
    row.office_id = office.office_id;
    row.office_th = office.title_th;
    row.office_en = office.title_en;
    for (const auto& one : cases) row.demonstration |= store::find(tx.db, one)->demonstration;
    store::add(tx.db, row, cases);
    tx.record(record_of(row, permit, to_json(NeedProposed{in.category, in.area, cases})));
    return row.need_id;
  }));
  return Created<PlaceNeed>{TRY(get_need(call, {{id}}))};
}

Result<PlaceNeed> PlaceNeeds::withdraw(Call& call, const Path<NeedPath>& path,
                                       const CaseReason& in) {
  TRY(acts_.run<Done>(call, "need.withdraw", [&](Tx& tx) -> Result<Done> {
    auto row = store::need(tx.db, path->need_id);
    if (!row) return errors::not_found;
    const auto permit = TRY(authority_.decide(call, "need.withdraw", {row->district}));
    TRY(call.require_version(row->version));
    if (row->state != NeedState::proposed) return need_over;
    std::vector<CaseId> cases;
    for (const auto& one : store::cases_of(tx.db, row->need_id)) cases.push_back(one.case_id);
    TRY(tells_nobody(tx.db, cases, in.reason_th.text(), "/reason_th"));
    row->state = NeedState::withdrawn;
    row->withdrawn_at = call.now;
    row->withdrawal = *Note::parse(in.reason_th.text());
    ++row->version;
    store::change(tx.db, *row);
    tx.record(record_of(*row, permit, to_json(NeedWithdrawn{})));
    return Done{};
  }));
  return get_need(call, path);
}

void PlaceNeeds::add_routes(RouteTable& table) {
  Routes routes(table, *this);
  using P = PlaceNeeds;
  const std::string centre = "/api/v1/service_centre";
  routes.get(centre + "/recurring", "list_recurring_cases", Needs::sign_in, &P::list_recurring,
             {.summary = "Cases of one category that keep coming from one place"});
  routes.get(centre + "/needs", "list_place_needs", Needs::sign_in, &P::list_needs,
             {.summary = "Needs that recurring cases were proposed as, of an area or of a case"});
  routes.post(centre + "/needs", "propose_place_need", Needs::sign_in, &P::propose,
              {.summary = "Propose recurring cases as a need of their place"});
  routes.get(centre + "/needs/{need_id}", "get_place_need", Needs::sign_in, &P::get_need,
             {.summary = "A need of a place, with its cases"});
  routes.post(centre + "/needs/{need_id}/withdraw", "withdraw_place_need", Needs::sign_in,
              &P::withdraw, {.summary = "Withdraw a proposal, with the reason"});
}

}  // namespace changwat::service_centre
