// Founding, and the acts of calls. Those of applications stand in applications.cpp and
// attachments.cpp.

#include <algorithm>

#include "modules/programme/programme.hpp"
#include "modules/programme/store.hpp"

namespace changwat::programme {
namespace {

struct FoundingSummary {
  std::int64_t cohorts = 0, members = 0, milestones = 0, calls = 0;
};
BOOST_DESCRIBE_STRUCT(FoundingSummary, (), (cohorts, members, milestones, calls))

struct CallChange {
  CallState state = CallState::draft;
  Instant deadline_at;
  std::vector<std::string> changed;
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(CallChange, (), (state, deadline_at, changed, version))

ActRecord record_of(const CallForProposals& call, const authority::Permit& permit,
                    std::vector<std::string> changed) {
  return {.subject_kind = "call",
          .subject_id = call.call_id.text(),
          .office_id = permit.office_id,
          .authority = permit.chain(),
          .change = {
              to_json(CallChange{call.state, call.deadline_at, std::move(changed), call.version})}};
}

// A change that names a version must have been made from the present one.
Result<Done> same_version_if_named(const Call& call, std::int64_t version) {
  if (!call.if_match && !call.if_match_any) return Done{};
  return call.require_version(version);
}

CallForProposals draft_of(const NewCall& in, Instant now) {
  CallForProposals out;
  out.call_id = CallId::make(now);
  out.fiscal_year = in.fiscal_year;
  out.title_th = in.title_th;
  out.title_en = in.title_en;
  out.guidance_th = in.guidance_th;
  out.guidance_en = in.guidance_en;
  out.opens_at = in.opens_at;
  out.deadline_at = in.deadline_at;
  out.invited = {in.invited};
  out.volunteers_allowed = in.volunteers_allowed;
  out.requirements = {in.requirements};
  out.updated_at = now;
  return out;
}

}  // namespace

Programme::Programme(db::Database& database, Acts& acts, const authority::Authority& authority,
                     const areas::Areas& areas, committees::Committees& committees,
                     indicators::KpiRegister& kpis)
    : database_(database),
      acts_(acts),
      authority_(authority),
      areas_(areas),
      committees_(committees),
      kpis_(kpis) {}

Result<Done> Programme::found(const Call& call, const Facts& facts) {
  return acts_.run<Done>(call, "programme.found", [&](Tx& tx) -> Result<Done> {
    if (!store::cohorts(tx.db).empty()) return errors::conflict;
    const auto now = call.now;
    FoundingSummary summary{static_cast<std::int64_t>(facts.cohorts.size()), 0,
                            static_cast<std::int64_t>(facts.milestones.size()),
                            static_cast<std::int64_t>(facts.calls.size())};
    for (const auto& year : facts.years)
      store::add(tx.db, YearRow{year.fiscal_year, year.title_th, year.title_en, year.source,
                                year.verified});
    const auto& target = facts.target;
    store::add(tx.db, TargetRow{{target.provinces, target.fiscal_year, target.text_th,
                                 target.text_en, target.source, target.verified},
                                Id<TargetTag>::make(now)});
    for (const auto& fact : facts.cohorts) {
      const auto cohort = cohort_of(fact, now);
      store::add(tx.db, cohort);
      for (const auto& member : fact.provinces) {
        store::add(tx.db, membership_of(member, cohort.cohort_id, now));
        ++summary.members;
      }
    }
    std::int64_t position = 0;
    for (const auto& milestone : facts.milestones)
      store::add(tx.db, milestone_of(milestone, ++position, now));
    for (const auto& one : facts.calls) store::add(tx.db, call_of(one, now));
    tx.record(
        {.subject_kind = "programme", .subject_id = "founding", .change = {to_json(summary)}});
    return Done{};
  });
}

std::optional<CallForProposals> Programme::call_by_code(db::Connection& db, const Key& code) const {
  return store::call(db, code);
}

Result<Done> Programme::known_provinces(const CallForProposals& call) const {
  std::vector<FieldError> wrong;
  for (std::size_t i = 0; i < call.invited.value.size(); ++i)
    if (!areas_.exists(call.invited.value[i]))
      wrong.push_back({"/invited/" + std::to_string(i), "unknown_area", "ไม่พบจังหวัดนี้",
                       "there is no such province"});
  if (!wrong.empty()) return Problem(std::move(wrong));
  return Done{};
}

Result<CallForProposals> Programme::visible_call(db::Connection& db, const Call& call,
                                                 const CallId& id) const {
  const auto found = store::call(db, id);
  if (!found) return errors::not_found;
  if (found->state == CallState::draft && !authority_.may(call, "call.edit", {}))
    return errors::not_found;
  return *found;
}

// ---- handlers

Result<Page<CallForProposals>> Programme::list_calls(Call& call, const Query<CallQuery>& query) {
  const bool drafts = authority_.may(call, "call.edit", {});
  Page<CallForProposals> page;
  page.items =
      database_.read([&](db::Connection& db) { return store::calls(db, query.value, drafts); });
  if (page.items.size() > static_cast<std::size_t>(query->limit.count())) {
    page.items.pop_back();
    page.next = page.items.back().call_id.text();
  }
  return page;
}

Result<CallForProposals> Programme::get_call(Call& call, const Path<CallPath>& path) {
  return database_.read([&](db::Connection& db) { return visible_call(db, call, path->call_id); });
}

Result<Created<CallForProposals>> Programme::create_call(Call& call, const NewCall& in) {
  auto made =
      acts_.run<CallForProposals>(call, "call.create", [&](Tx& tx) -> Result<CallForProposals> {
        const auto permit = TRY(authority_.decide(call, "call.create", {}));
        const auto draft = draft_of(in, call.now);
        if (auto wrong = faults(draft); !wrong.empty()) return Problem(std::move(wrong));
        TRY(known_provinces(draft));
        store::add(tx.db, draft);
        tx.record(record_of(draft, permit, {}));
        return draft;
      });
  if (!made.ok()) return std::move(made).problem();
  return Created<CallForProposals>{std::move(made).value()};
}

Result<CallForProposals> Programme::edit_call(Call& call, const Path<CallPath>& path,
                                              const CallPatch& patch) {
  return acts_.run<CallForProposals>(call, "call.edit", [&](Tx& tx) -> Result<CallForProposals> {
    const auto before = TRY(visible_call(tx.db, call, path->call_id));
    const auto permit = TRY(authority_.decide(call, "call.edit", {}));
    TRY(call.require_version(before.version));
    if (!authority::step(call_transitions, before.state, "call.edit").ok())
      return Problem(errors::wrong_state, "ประกาศนี้ปิดรับแล้ว แก้ไขไม่ได้",
                     "The call is closed and cannot be changed.");
    auto after = TRY(patched(before, patch, call.now));
    TRY(known_provinces(after));
    auto changed = changed_pointers(to_json(before), to_json(after));
    ++after.version;
    after.updated_at = call.now;
    store::change(tx.db, after);
    tx.record(record_of(after, permit, std::move(changed)));
    return after;
  });
}

Result<CallForProposals> Programme::change_call_state(Call& call, const CallId& id,
                                                      std::string_view act) {
  return acts_.run<CallForProposals>(call, act, [&](Tx& tx) -> Result<CallForProposals> {
    auto it = TRY(visible_call(tx.db, call, id));
    const auto permit = TRY(authority_.decide(call, act, {}));
    TRY(same_version_if_named(call, it.version));
    const auto next = TRY(authority::step(call_transitions, it.state, act));
    TRY(next == CallState::open ? may_open(it, call.now) : may_close(it, call.now));
    it.state = next;
    ++it.version;
    it.updated_at = call.now;
    store::change(tx.db, it);
    tx.record(record_of(it, permit, {"/state"}));
    return it;
  });
}

Result<CallForProposals> Programme::open_call(Call& call, const Path<CallPath>& path,
                                              const NoMembers&) {
  return change_call_state(call, path->call_id, "call.open");
}

Result<CallForProposals> Programme::close_call(Call& call, const Path<CallPath>& path,
                                               const NoMembers&) {
  return change_call_state(call, path->call_id, "call.close");
}

Result<authority::NextActs> Programme::call_acts(Call& call, const Path<CallPath>& path) {
  const auto it = TRY(
      database_.read([&](db::Connection& db) { return visible_call(db, call, path->call_id); }));
  authority::NextActs out{authority_.next_acts(call, call_transitions, it.state, {})};
  for (auto& next : out.items) {
    if (!next.allowed) continue;
    const auto rule = next.act == "call.open"    ? may_open(it, call.now)
                      : next.act == "call.close" ? may_close(it, call.now)
                                                 : Result<Done>(Done{});
    if (rule.ok()) continue;
    next.allowed = false;
    next.why_not_th = rule.problem().th;
    next.why_not_en = rule.problem().en;
  }
  return out;
}

}  // namespace changwat::programme
