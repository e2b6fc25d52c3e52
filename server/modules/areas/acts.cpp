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

// ---- Register

Register::Register(std::vector<Area> areas, std::vector<Cluster> clusters)
    : areas_(std::move(areas)), clusters_(std::move(clusters)) {
  folded_th_.reserve(areas_.size());
  folded_en_.reserve(areas_.size());
  for (const auto& area : areas_) {
    folded_th_.push_back(folded(area.name_th));
    folded_en_.push_back(folded(area.name_en));
  }
}

const Area* Register::find(const AreaCode& code) const {
  const auto at =
      std::lower_bound(areas_.begin(), areas_.end(), code,
                       [](const Area& area, const AreaCode& c) { return area.code < c; });
  return at != areas_.end() && at->code == code ? &*at : nullptr;
}

const Cluster* Register::cluster_of(const AreaCode& province) const {
  for (const auto& cluster : clusters_)
    if (std::find(cluster.provinces.begin(), cluster.provinces.end(), province) !=
        cluster.provinces.end())
      return &cluster;
  return nullptr;
}

std::vector<const Area*> Register::search(const AreaQuery& query) const {
  const auto wanted = query.q ? folded(*query.q) : std::string();
  std::vector<std::pair<int, const Area*>> found;
  for (std::size_t i = 0; i < areas_.size(); ++i) {
    const auto& area = areas_[i];
    if (area.valid_to || (query.level && area.level != *query.level)) continue;
    if (query.parent && area.parent != query.parent) continue;
    int rank = 0;
    if (!wanted.empty()) {
      rank = std::min(match(folded_th_[i], wanted), match(folded_en_[i], wanted));
      if (rank == 3 && area.code.text().starts_with(wanted)) rank = 1;
      if (rank == 3) continue;
    }
    found.emplace_back(rank, &area);
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<const Area*> out;
  out.reserve(found.size());
  for (const auto& [rank, area] : found) out.push_back(area);
  return out;
}

// ---- Areas

Areas::Areas(db::Database& database, Acts& acts) : database_(database), acts_(acts) {
  reload();
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
