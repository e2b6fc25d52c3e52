#include <algorithm>

#include "modules/areas/areas.hpp"
#include "modules/areas/rules.hpp"
#include "modules/areas/store.hpp"

namespace changwat::areas {
namespace {

struct ImportSummary {
  std::string source;
  std::int64_t added = 0, renamed = 0, ended = 0;
};
BOOST_DESCRIBE_STRUCT(ImportSummary, (), (source, added, renamed, ended))

struct ClusterSummary {
  std::int64_t clusters = 0;
};
BOOST_DESCRIBE_STRUCT(ClusterSummary, (), (clusters))

ActRecord register_record(std::string change) {
  return {.subject_kind = "area_register", .subject_id = "thailand", .change = {std::move(change)}};
}

}  // namespace

// ---- Areas

Areas::Areas(db::Database& database, Acts& acts) : database_(database), acts_(acts) {
  reload();
  reload_local();
  reload_map();
}

void Areas::reload() {
  register_.store(database_.snapshot([](db::Connection& db) {
    return std::make_shared<const Register>(store::all(db), store::clusters(db));
  }));
}

Result<std::vector<AreaChange>> Areas::preview(const std::vector<Area>& incoming, Date on) const {
  const auto current = now();
  if (auto wrong = faults(incoming, current->areas()); !wrong.empty())
    return Problem(std::move(wrong));
  return differences(current->areas(), incoming, on);
}

Result<Done> Areas::import(const Call& call, const std::vector<AreaChange>& changes,
                           std::string_view source) {
  return acts_.run<Done>(call, "areas.import", [&](Tx& tx) -> Result<Done> {
    ImportSummary summary{std::string(source)};
    for (const auto& change : changes) {
      if (change.before)
        store::remember(tx.db, *change.before, call.now, call.now.bangkok_date(), source);
      switch (change.kind) {
        case ChangeKind::added:
          store::add(tx.db, change.area), ++summary.added;
          break;
        case ChangeKind::renamed:
          store::change(tx.db, change.area), ++summary.renamed;
          break;
        case ChangeKind::ended:
          store::change(tx.db, change.area), ++summary.ended;
          break;
      }
    }
    tx.record(register_record(to_json(summary)));
    tx.after_commit([this] { reload(); });
    return Done{};
  });
}

Result<Done> Areas::found_clusters(const Call& call, const std::vector<Cluster>& clusters) {
  return acts_.run<Done>(call, "areas.found_clusters", [&](Tx& tx) -> Result<Done> {
    for (const auto& cluster : clusters) store::put_cluster(tx.db, cluster);
    tx.record(register_record(to_json(ClusterSummary{static_cast<std::int64_t>(clusters.size())})));
    tx.after_commit([this] { reload(); });
    return Done{};
  });
}

Result<Page<Area>> Areas::list(Call&, const Query<AreaQuery>& query) {
  const auto current = now();
  const auto found = current->search(query.value);
  auto at = found.begin();
  if (query->cursor) {
    at = std::find_if(found.begin(), found.end(),
                      [&](const Area* area) { return area->code == *query->cursor; });
    if (at != found.end()) ++at;
  }
  Page<Area> page;
  for (; at != found.end() && page.items.size() < static_cast<std::size_t>(query->limit.count());
       ++at)
    page.items.push_back(**at);
  if (at != found.end() && !page.items.empty()) page.next = page.items.back().code.text();
  return page;
}

Result<Area> Areas::get(Call&, const Path<AreaPath>& path) {
  const auto current = now();
  const auto* area = current->find(path->code);
  if (!area) return errors::not_found;
  return *area;
}

Result<ClusterList> Areas::list_clusters(Call&) {
  return ClusterList{now()->clusters()};
}

}  // namespace changwat::areas
