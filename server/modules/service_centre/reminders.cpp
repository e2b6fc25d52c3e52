// The job that reminds, and what of its reminders stands.

#include "modules/service_centre/reminders.hpp"

#include <algorithm>

#include "modules/service_centre/service_centre.hpp"
#include "modules/service_centre/store.hpp"
#include "modules/service_centre/store_reminders.hpp"

namespace changwat::service_centre {
namespace {

constexpr std::int64_t reminded_at_once = 200;  // cases in one turn of the job

struct CaseReminded {
  Key clock;
  std::optional<CaseAssignmentId> assignment_id;
  Date due_on;
  std::int64_t step = 0;
  std::vector<Key> to;
};
BOOST_DESCRIBE_STRUCT(CaseReminded, (), (clock, assignment_id, due_on, step, to))

std::string in_area(std::string_view role, const std::optional<AreaCode>& area) {
  return std::string(role) + "/" + (area ? area->text() : std::string());
}

// An addressee that is a role taken apart; of an office the area is none.
std::pair<std::string_view, std::optional<AreaCode>> parts_of(std::string_view addressee) {
  const auto slash = addressee.find('/');
  if (slash == std::string_view::npos) return {addressee, std::nullopt};
  return {addressee.substr(0, slash), AreaCode::parse(addressee.substr(slash + 1))};
}

// Offices of these roles are the country's; of all others a province has its own.
bool is_national(std::string_view role) {
  return role == "opdc" || role == "moi";
}

std::string_view centre_of(const CaseRow& row) {
  if (row.level == CaseLevel::district) return "district";
  return row.level == CaseLevel::province ? "provincial_office" : "moi";
}

}  // namespace

std::string addressee_of(std::string_view to, const CaseRow& row,
                         const std::optional<CaseAssignment>& assignment) {
  if (to == "assigned_office" || to == "assigned_office_head")
    return assignment ? assignment->office_id : std::string();
  const auto role = to == "district" ? centre_of(row) : to;
  if (role == "district") return in_area(role, row.district);
  return in_area(role, is_national(role) ? std::nullopt : std::optional(row.province));
}

std::vector<std::string> addressees_of(const Call& call) {
  std::vector<std::string> out;
  if (!call.caller) return out;
  for (const auto& office : call.caller->offices) {
    out.push_back(office.office_id);
    out.push_back(in_area(office.role, office.area));
  }
  return out;
}

// A case an act; what was told before is not told again.
Result<std::int64_t> ServiceCentre::remind(const Call& call) {
  const auto ids = database_.read(
      [&](db::Connection& db) { return store::to_remind(db, call.now, reminded_at_once); });
  std::int64_t told = 0;
  for (const auto& id : ids) {
    const auto here = acts_.run<std::int64_t>(
        call, "case.remind", [&](Tx& tx) { return remind_within(tx, call.now, id); });
    if (here.ok()) {
      told += *here;
      continue;
    }
    if (!here.problem().is(errors::not_found)) return here.problem();
    // Nothing is to be told after all, because the rules have changed since: look again later.
    database_.write([&](db::Connection& db) {
      auto row = store::find(db, id);
      if (!row) return false;
      set_clocks(db, *row, call.now);
      store::put_due(db, *row);
      return true;
    });
  }
  return told;
}

Result<std::int64_t> ServiceCentre::remind_within(Tx& tx, Instant now, const CaseId& id) const {
  auto row = store::find(tx.db, id);
  if (!row || !row->open) return errors::not_found;
  const auto clocks = clocks_of(history_of(row->category, store::steps(tx.db, id)), book_, now);
  std::int64_t told = 0;
  for (const auto& one : reminders_of(clocks, book_)) {
    if (one.on > now.bangkok_date() || !store::note_reminder(tx.db, id, one, now)) continue;
    ++told;
    put_notices(tx.db, *row, one, now);
    tx.record({.subject_kind = "case",
               .subject_id = id.text(),
               .province = row->province,
               .change = {to_json(
                   CaseReminded{one.clock, one.assignment_id, one.due_on, one.step, one.to})}});
  }
  if (told == 0) return errors::not_found;
  set_clocks(tx.db, *row, now);
  store::change(tx.db, *row);
  return told;
}

void ServiceCentre::put_notices(db::Connection& db, const CaseRow& row, const Reminder& reminder,
                                Instant now) const {
  std::optional<CaseAssignment> assignment;
  if (reminder.assignment_id)
    assignment = store::assignment(db, row.case_id, *reminder.assignment_id);
  for (const auto& to : reminder.to) {
    const auto addressee = addressee_of(to, row, assignment);
    if (addressee.empty()) continue;
    store::put_notice(db, {addressee, row.case_id, reminder.clock, store::about(reminder),
                           reminder.started_at, reminder.due_on, now});
  }
}

void ServiceCentre::drop_notices(db::Connection& db, const CaseId& id,
                                 const std::vector<Clock>& clocks) const {
  for (const auto& notice : store::notices(db, id)) {
    const bool stands = std::any_of(clocks.begin(), clocks.end(), [&](const Clock& clock) {
      return !clock.stopped_at && clock.clock == notice.clock &&
             store::about(clock) == notice.assignment_id && clock.started_at == notice.started_at;
    });
    if (!stands) store::drop_notice(db, notice);
  }
}

std::vector<CaseNotice> ServiceCentre::notices_of(const Call& call, db::Connection& db,
                                                  const CaseId& id) const {
  const auto offices = offices_(call.now);
  const auto names = areas_.now();
  std::vector<CaseNotice> out;
  for (const auto& row : store::notices(db, id)) {
    CaseNotice one{row.clock, "", "", "", "", row.due_on, row.at};
    for (const auto& rule : book_.lists.clocks)
      if (rule.clock == row.clock)
        one.name_th = rule.name_th.text(), one.name_en = rule.name_en.text();
    const auto [role, area] = parts_of(row.addressee);
    if (const auto* office = offices->find(row.addressee)) {
      one.to_th = office->title_th;
      one.to_en = office->title_en;
    } else if (const auto* of = authority_.law().role(role)) {
      const auto* place = area ? names->find(*area) : nullptr;
      one.to_th = of->name_th.text() + (place ? place->name_th.text() : "");
      one.to_en = of->name_en.text() + (place ? ", " + place->name_en.text() : "");
    }
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace changwat::service_centre
