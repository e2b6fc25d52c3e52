// Reminders: raised by the program itself, each once.

#include "modules/obligations/obligations.hpp"
#include "modules/obligations/rules.hpp"
#include "modules/obligations/steps.hpp"
#include "modules/obligations/store.hpp"

namespace changwat::obligations {
namespace {

constexpr std::int64_t batch = 200;  // obligations looked at in one act

struct ObligationReminded {
  Key reminder;
  std::optional<Date> due;
};
BOOST_DESCRIBE_STRUCT(ObligationReminded, (), (reminder, due))

RawJson by_the_rule(const FollowUpRule& rule) {
  return {R"({"basis":"rule of follow-up )" + rule.rule.text() + R"("})"};
}

}  // namespace

// The reminder to raise now; none: nothing was reached that was not raised.
std::optional<Key> Obligations::reminder_now(const ObligationRow& row, const Call& call) const {
  const auto today = call.now.bangkok_date();
  const auto reached = reminder_reached(row, rule_on(rules_, row.kind, today), today);
  return reached == row.reminder ? std::nullopt : reached;
}

// Somebody who has the obligation open is not disturbed: a reminder changes nothing that is owed,
// so the version stays.
bool Obligations::remind_one(Tx& tx, const Call& call, const ObligationId& id) const {
  auto row = *store::obligation(tx.db, id);
  const auto reminder = reminder_now(row, call);
  if (!reminder) return false;
  row.reminder = reminder;
  row.reminded_at = call.now;
  store::change(tx.db, row);
  store::add(tx.db, step_of(call, nullptr, row, "obligation.remind", *reminder));
  tx.record({.subject_kind = "obligation",
             .subject_id = row.obligation_id.text(),
             .province = row.province,
             .authority = by_the_rule(rule_on(rules_, row.kind, call.now.bangkok_date())),
             .change = {to_json(ObligationReminded{*reminder, row.due})}});
  return true;
}

// Reads first: an hour in which nothing was reached is no act.
Result<std::int64_t> Obligations::remind(const Call& call) {
  std::int64_t raised = 0;
  std::optional<ObligationId> behind;
  for (bool more = true; more;) {
    auto rows = database_.read(
        [&](db::Connection& db) { return store::open(db, behind, std::nullopt, batch); });
    more = rows.size() == static_cast<std::size_t>(batch);
    if (more) behind = rows.back().obligation_id;
    std::erase_if(rows, [&](const ObligationRow& row) { return !reminder_now(row, call); });
    if (!rows.empty()) raised += TRY(remind_all(call, rows));
  }
  return raised;
}

// What was served meanwhile is left out; if that was all, the act is undone.
Result<std::int64_t> Obligations::remind_all(const Call& call,
                                             const std::vector<ObligationRow>& rows) {
  std::int64_t raised = 0;
  const auto done = acts_.run<Done>(call, "obligation.remind", [&](Tx& tx) -> Result<Done> {
    for (const auto& row : rows) raised += remind_one(tx, call, row.obligation_id);
    if (raised == 0) return errors::wrong_state;
    return Done{};
  });
  return done.ok() ? raised : 0;
}

}  // namespace changwat::obligations
