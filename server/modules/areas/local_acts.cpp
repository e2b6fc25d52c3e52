#include <algorithm>
#include <map>

#include "modules/areas/areas.hpp"
#include "modules/areas/local_rules.hpp"
#include "modules/areas/store.hpp"

namespace changwat::areas {
namespace {

struct LocalImportSummary {
  std::string source;
  std::int64_t added = 0, changed = 0, ended = 0;
  std::int64_t upgraded = 0, renumbered = 0;  // among the changed: another kind, another DLA code
};
BOOST_DESCRIBE_STRUCT(LocalImportSummary, (), (source, added, changed, ended, upgraded, renumbered))

LocalGovernmentPast past_of(const LocalGovernment& before, Date last_day, Instant now,
                            std::string_view source) {
  return {LocalGovernmentHistoryId::make(now),
          before.local_government_id,
          before.dla_code,
          before.kind,
          before.name_th,
          before.name_en,
          before.place,
          {before.subdistricts},
          before.valid_from,
          last_day,
          std::string(source)};
}

}  // namespace

// ---- Areas: the import

void Areas::reload_local() {
  local_.store(database_.snapshot([](db::Connection& db) {
    return std::make_shared<const LocalGovernments>(store::local_governments(db));
  }));
}

Result<std::vector<LocalChange>> Areas::preview(const std::vector<LocalRow>& rows, Date on) const {
  const auto areas = now();
  if (auto wrong = local_faults(rows, *areas); !wrong.empty()) return Problem(std::move(wrong));
  return local_differences(local_governments()->all(), rows, on);
}

Result<Done> Areas::import(const Call& call, const std::vector<LocalChange>& changes,
                           std::string_view source) {
  return acts_.run<Done>(call, "areas.import_local_governments", [&](Tx& tx) -> Result<Done> {
    LocalImportSummary summary{.source = std::string(source)};
    for (const auto& change : changes) {
      auto after = change.after;
      if (!change.before) {
        after.local_government_id = LocalGovernmentId::make(call.now);
        store::add(tx.db, after);
        ++summary.added;
        continue;
      }
      const auto& before = *change.before;
      store::change(tx.db, after);
      if (change.kind == LocalChangeKind::ended) {
        ++summary.ended;
        continue;
      }
      ++summary.changed;
      summary.upgraded += before.kind != after.kind;
      summary.renumbered += before.dla_code != after.dla_code;
      if (what_changed(before, after).empty()) continue;
      const auto last_day = last_day_before(before, after, call.now.bangkok_date());
      store::remember(tx.db, past_of(before, last_day, call.now, source));
    }
    ActRecord record;
    record.subject_kind = "local_government_register";
    record.subject_id = "thailand";
    record.change = {to_json(summary)};
    tx.record(std::move(record));
    tx.after_commit([this] { reload_local(); });
    return Done{};
  });
}

// ---- handlers

Result<Page<LocalGovernment>> Areas::list_local(Call&, const Query<LocalGovernmentQuery>& query) {
  const auto current = local_governments();
  const auto found = current->search(query.value);
  auto at = found.begin();
  if (query->cursor) {
    at = std::find_if(found.begin(), found.end(), [&](const LocalGovernment* body) {
      return body->local_government_id == *query->cursor;
    });
    if (at != found.end()) ++at;
  }
  Page<LocalGovernment> page;
  for (; at != found.end() && page.items.size() < static_cast<std::size_t>(query->limit.count());
       ++at)
    page.items.push_back(**at);
  if (at != found.end() && !page.items.empty())
    page.next = page.items.back().local_government_id.text();
  return page;
}

Result<LocalGovernmentWithHistory> Areas::get_local(Call&, const Path<LocalGovernmentPath>& path) {
  const auto current = local_governments();
  const auto* body = current->find(path->local_government_id);
  if (!body) return errors::not_found;
  return LocalGovernmentWithHistory{*body, database_.read([&](db::Connection& db) {
                                      return store::local_history(db, path->local_government_id);
                                    })};
}

Result<LocalCounts> Areas::count_local(Call&, const Query<LocalCountQuery>& query) {
  std::map<LocalKind, std::int64_t> count;
  const auto current = local_governments();
  for (const auto& body : current->all())
    if (!body.valid_to && (!query->province || body.province == *query->province))
      ++count[body.kind];
  LocalCounts out;
  for (const auto& [kind, n] : count) out.items.push_back({kind, n});
  return out;
}

}  // namespace changwat::areas
