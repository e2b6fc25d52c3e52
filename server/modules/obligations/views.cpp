// What is read of obligations.

#include <algorithm>
#include <map>

#include "modules/obligations/obligations.hpp"
#include "modules/obligations/rules.hpp"
#include "modules/obligations/store.hpp"

namespace changwat::obligations {
namespace {

constexpr std::int64_t open_max = 10'000;  // that one desk counts

// What law calls each kind of duty; powers share duties.
std::map<Key, const authority::Duty*> words_by_kind(const authority::Law& law) {
  std::map<Key, const authority::Duty*> out;
  for (const auto& power : law.powers())
    if (power.power->obligations)
      for (const auto& duty : *power.power->obligations) out.emplace(duty.code, &duty);
  return out;
}

}  // namespace

// ---- questions of other modules

std::vector<ObligationRow> Obligations::of_subject(db::Connection& db,
                                                   const Subject& subject) const {
  return store::of_subject(db, subject);
}

std::vector<ObligationRow> Obligations::of_subjects(db::Connection& db, const Key& kind,
                                                    const std::vector<SubjectId>& ids) const {
  return store::of_subjects(db, kind, ids);
}

bool Obligations::all_proved(db::Connection& db, const Subject& subject) const {
  const auto rows = store::of_subject(db, subject);
  return std::none_of(rows.begin(), rows.end(),
                      [](const ObligationRow& row) { return is_open(row.state); });
}

std::int64_t Obligations::overdue(db::Connection& db, const AreaCode& province,
                                  const Key& subject_kind, Date today) const {
  return store::overdue(db, province, subject_kind, today);
}

Owing Obligations::owing(const Key& role) const {
  const auto* row = authority_.law().role(role);
  CHECK(row);  // the role stands in data/law, where the caller has it from
  return {role, std::nullopt, row->name_th, row->name_en};
}

Owing Obligations::owing_by_law(const Key& power) const {
  const auto* found = authority_.law().find(power);
  CHECK(found);  // as above
  return owing(found->power->holders.front());
}

Owing Obligations::owing(const HeldOffice& office) {
  return {*Key::parse(office.role), authority::OfficeRef::parse(office.office_id),
          *OfficeTitle::parse(office.title_th), *OfficeTitle::parse(office.title_en)};
}

const authority::Duty* Obligations::duty(const Key& power, const Key& code) const {
  const auto* found = authority_.law().find(power);
  if (!found || !found->power->obligations) return nullptr;
  for (const auto& duty : *found->power->obligations)
    if (duty.code == code) return &duty;
  return nullptr;
}

// ---- reading

ObligationDetail Obligations::view(db::Connection& db, ObligationRow row, Date today) const {
  ObligationDetail out;
  out.files = store::files(db, row.obligation_id);
  static_cast<Obligation&>(out) = seen(std::move(row), rules_, today);
  return out;
}

Result<ObligationRow> Obligations::readable(db::Connection& db, const Call& call,
                                            const ObligationId& id) const {
  auto row = store::obligation(db, id);
  if (!row) return errors::not_found;
  TRY(authority_.decide(call, "obligation.read", {row->province}));
  return *std::move(row);
}

Result<Page<Obligation>> Obligations::list_obligations(Call& call,
                                                       const Query<ObligationQuery>& query) {
  const auto within = authority_.provinces(call, "obligation.read");
  const auto today = call.now.bangkok_date();
  auto rows = database_.read(
      [&](db::Connection& db) { return store::obligations(db, query.value, within, today); });
  Page<Obligation> page;
  if (rows.size() > static_cast<std::size_t>(query->limit.count())) {
    rows.pop_back();
    page.next = rows.back().obligation_id.text();
  }
  for (auto& row : rows) page.items.push_back(seen(std::move(row), rules_, today));
  return page;
}

Result<ObligationDetail> Obligations::get_obligation(Call& call, const Path<ObligationPath>& path) {
  return database_.snapshot([&](db::Connection& db) -> Result<ObligationDetail> {
    return view(db, TRY(readable(db, call, path->obligation_id)), call.now.bangkok_date());
  });
}

Result<ObligationHistory> Obligations::history(Call& call, const Path<ObligationPath>& path) {
  return database_.snapshot([&](db::Connection& db) -> Result<ObligationHistory> {
    TRY(readable(db, call, path->obligation_id));
    return ObligationHistory{store::steps(db, path->obligation_id)};
  });
}

Result<authority::NextActs> Obligations::next_acts(Call& call, const Path<ObligationPath>& path) {
  return database_.snapshot([&](db::Connection& db) -> Result<authority::NextActs> {
    const auto row = TRY(readable(db, call, path->obligation_id));
    return authority::NextActs{
        authority_.next_acts(call, obligation_transitions, row.state, {row.province})};
  });
}

// Of the provinces in which the caller may send the letters; nothing for who only reads.
Result<ObligationCounts> Obligations::count_mine(Call& call) {
  const auto within = authority_.provinces(call, "obligation.serve");
  const auto today = call.now.bangkok_date();
  ObligationCounts out;
  const auto rows = database_.read(
      [&](db::Connection& db) { return store::open(db, std::nullopt, within, open_max); });
  for (const auto& row : rows) {
    const auto standing = seen(row, rules_, today).standing;
    ++(row.state == State::owed ? out.owed : out.served);
    out.overdue += standing == ObligationStanding::overdue;
    out.due_soon += standing == ObligationStanding::due_soon;
    out.waiting += standing == ObligationStanding::waiting;
  }
  return out;
}

// ---- for everybody

Result<ObligationFigures> Obligations::get_figures(Call& call, const Query<FiguresQuery>& query) {
  auto courses =
      database_.read([&](db::Connection& db) { return store::courses(db, query->province); });
  ObligationFigures out{figures_of(courses, call.now.bangkok_date())};
  const auto words = words_by_kind(authority_.law());
  for (auto& figure : out.items)
    if (const auto found = words.find(figure.kind); found != words.end()) {
      figure.text_th = found->second->text_th.text();
      figure.text_en = found->second->text_en.text();
    }
  return out;
}

Result<FollowUpRules> Obligations::get_rules(Call&) {
  return rules_;
}

}  // namespace changwat::obligations
