// Imported cases into the record: a batch an act, with one ledger entry that names the file.

#include <algorithm>
#include <map>
#include <tuple>

#include "platform/auth/tokens.hpp"

#include "modules/service_centre/channels/import_cases.hpp"
#include "modules/service_centre/channels/store_channels.hpp"
#include "modules/service_centre/clocks.hpp"
#include "modules/service_centre/service_centre.hpp"
#include "modules/service_centre/store.hpp"

namespace changwat::service_centre {
namespace {

// In the ledger: no word of what was written.
struct CasesImported {
  Key source;
  std::string file;
  std::string sha256;
  std::int64_t cases = 0;
  std::int64_t first_row = 0;
  std::int64_t last_row = 0;
};
BOOST_DESCRIBE_STRUCT(CasesImported, (), (source, file, sha256, cases, first_row, last_row))

// The nearest due moment and the next reminder of a case that came in on a day: the same for all of
// its category and day, so they are worked out once.
class Dues {
 public:
  Dues(const Book& book, Instant now) : book_(book), now_(now) {}

  struct Due {
    Instant at, remind;
  };
  Due of(const Key& category, Instant received_at) {
    const auto on = received_at.bangkok_date();
    const auto [known, is_new] = known_.try_emplace({category.text(), on});
    if (is_new) known->second = worked_out(category, received_at);
    return known->second;
  }

 private:
  // Reminders of days before the import are over: nobody is told of them all at once.
  Due worked_out(const Key& category, Instant received_at) const {
    const auto clocks = clocks_of({category, {{ClockEvent::received, received_at}}}, book_, now_);
    Due out{nearest_due(clocks), never_due};
    const auto reminders = reminders_of(clocks, book_);
    for (const auto& one : reminders)
      if (one.on >= now_.bangkok_date())
        out.remind = std::min(out.remind, Instant::bangkok(one.on, 0, 0, 0));
    return out;
  }

  const Book& book_;
  const Instant now_;
  std::map<std::pair<std::string, Date>, Due> known_;
};

// The next numbers of districts and fiscal years, while one act writes.
class Numbers {
 public:
  explicit Numbers(db::Connection& db) : db_(db) {}
  std::int64_t next(const AreaCode& district, FiscalYear year) {
    const auto [known, is_new] = next_.try_emplace({district.text(), year.count()});
    if (is_new) known->second = store::next_running(db_, district, year);
    return known->second++;
  }

 private:
  db::Connection& db_;
  std::map<std::pair<std::string, std::int64_t>, std::int64_t> next_;
};

CaseStep step_of(const CaseRow& row, const ImportedCase& in) {
  CaseStep out;
  out.step_id = StepId::make(row.received_at);
  out.case_id = row.case_id;
  out.position = 1;
  out.act = "case.import";
  out.at = row.received_at;
  out.from_state = CaseState::received;
  out.state = row.state;
  out.by = StepBy::program;
  out.note = in.note;
  return out;
}

// The flows of one act, counted together: most rows of a register are of few months and categories.
class FlowCounts {
 public:
  void add(const store::FlowRow& row) {
    const auto [known, is_new] =
        counts_.try_emplace({row.province.text(), row.district.text(), row.category.text(),
                             row.channel.text(), row.kind.text(), std::string(enum_name(row.flow)),
                             row.fiscal_year.count(), store::month_of(row.on_date)},
                            row, 0);
    ++known->second.second;
  }
  void store(db::Connection& db) const {
    for (const auto& [group, flows] : counts_) store::count(db, flows.first, flows.second);
  }

 private:
  using Group = std::tuple<std::string, std::string, std::string, std::string, std::string,
                           std::string, std::int64_t, Month>;
  std::map<Group, std::pair<store::FlowRow, std::int64_t>> counts_;
};

}  // namespace

CaseRow ServiceCentre::imported_row(const ImportedCase& in, Instant now) const {
  CaseRow row;
  row.case_id = CaseId::make(in.received_at);
  row.province = in.place.area.province();
  row.district = in.place.area.at(AreaLevel::district);
  row.fiscal_year = FiscalYear::of(in.received_at.bangkok_date());
  row.kind = in.kind;
  row.category = in.category;
  row.channel = in.channel;
  row.importance = in.importance;
  row.state = in.state;
  row.title = in.title;
  row.detail = in.detail;
  row.place = {in.place};
  row.area = in.place.area;
  row.received_at = in.received_at;
  row.tracking_hash = auth::token_hash(code_of(row.case_id).text());
  row.open = !is_settled(in.state);
  row.settled_at = in.settled_at;
  row.due_at = row.remind_at = never_due;
  row.demonstration = in.demonstration;
  row.created_at = row.updated_at = now;
  return row;
}

std::set<std::string> ServiceCentre::known_imports(const AreaCode& province, const Key& source,
                                                   const std::vector<ImportedCase>& cases) const {
  std::vector<SourceKey> keys;
  for (const auto& one : cases) keys.push_back(one.source_key);
  return database_.read(
      [&](db::Connection& db) { return store::known_keys(db, province, source, keys); });
}

Result<std::int64_t> ServiceCentre::import_cases(const Call& call, const ImportedFile& from,
                                                 const std::vector<ImportedCase>& cases) {
  CHECK(std::ssize(cases) <= import_batch_max);
  Dues dues(book_, call.now);
  const auto here = known_imports(from.area.province(), from.source, cases);
  const auto is_here = [&](const ImportedCase& one) {
    return here.contains(one.source_key.text());
  };
  if (std::all_of(cases.begin(), cases.end(), is_here)) return std::int64_t{0};
  std::int64_t added = 0;
  TRY(acts_.run<Done>(call, "case.import", [&](Tx& tx) -> Result<Done> {
    std::vector<SourceKey> keys;
    for (const auto& one : cases) keys.push_back(one.source_key);
    auto known = store::known_keys(tx.db, from.area.province(), from.source, keys);
    Numbers numbers(tx.db);
    FlowCounts flows;
    for (const auto& in : cases) {
      if (!known.insert(in.source_key.text()).second) continue;
      auto row = imported_row(in, call.now);
      if (!from.area.contains(row.area)) return errors::invalid_input;
      const auto on = in.received_at.bangkok_date();
      row.running = numbers.next(row.district, row.fiscal_year);
      row.number =
          *CaseNumber::parse(number_of(number_pattern(book_, on), row.district, on, row.running));
      if (row.open) {
        const auto due = dues.of(row.category, row.received_at);
        row.due_at = due.at;
        row.remind_at = due.remind;
      }
      store::add(tx.db, row);
      tx.db.insert("case_step", step_of(row, in));
      const auto flowed = [&](std::int64_t position, store::Flow flow, Date day) {
        const auto one = store::flow_of(row, position, flow, day);
        store::add(tx.db, one);
        flows.add(one);
      };
      flowed(1, store::Flow::received, on);
      if (row.settled_at) flowed(2, store::Flow::settled, row.settled_at->bangkok_date());
      store::add(tx.db, SourceRow{row.province, from.source, in.source_key, row.case_id, {}});
      store::to_be_indexed(tx.db, row.case_id);
      ++added;
    }
    flows.store(tx.db);
    if (added == 0) return errors::conflict;  // somebody else imported the same meanwhile
    tx.record({.subject_kind = "case",
               .subject_id = "import",
               .province = from.area.province(),
               .change = {to_json(CasesImported{from.source, from.name, from.sha256, added,
                                                cases.front().row, cases.back().row})}});
    return Done{};
  }));
  return added;
}

}  // namespace changwat::service_centre
