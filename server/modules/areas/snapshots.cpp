// Register and LocalGovernments: what is read from memory.

#include <algorithm>

#include "modules/areas/areas.hpp"
#include "modules/areas/rules.hpp"

namespace changwat::areas {
namespace {

bool covers(const LocalGovernment& body, const AreaCode& subdistrict) {
  return std::binary_search(body.subdistricts.begin(), body.subdistricts.end(), subdistrict);
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

// ---- LocalGovernments

LocalGovernments::LocalGovernments(std::vector<LocalGovernment> bodies)
    : bodies_(std::move(bodies)) {
  for (const auto& body : bodies_) {
    folded_th_.push_back(folded(body.name_th));
    folded_en_.push_back(body.name_en ? folded(*body.name_en) : std::string());
  }
}

const LocalGovernment* LocalGovernments::find(const LocalGovernmentId& id) const {
  const auto at = std::find_if(bodies_.begin(), bodies_.end(), [&](const LocalGovernment& body) {
    return body.local_government_id == id;
  });
  return at == bodies_.end() ? nullptr : &*at;
}

std::vector<const LocalGovernment*> LocalGovernments::search(
    const LocalGovernmentQuery& query) const {
  const auto wanted = query.q ? folded(without_local_kind(*query.q)) : std::string();
  std::vector<std::pair<int, const LocalGovernment*>> found;
  for (std::size_t i = 0; i < bodies_.size(); ++i) {
    const auto& body = bodies_[i];
    if (body.valid_to || (query.province && body.province != *query.province)) continue;
    if (query.kind && body.kind != *query.kind) continue;
    if (query.subdistrict && !covers(body, *query.subdistrict)) continue;
    int rank = 0;
    if (!wanted.empty()) {
      rank = std::min(match(folded_th_[i], wanted), match(folded_en_[i], wanted));
      if (rank == 3 && body.dla_code && body.dla_code->text().starts_with(wanted)) rank = 1;
      if (rank == 3) continue;
    }
    found.emplace_back(rank, &body);
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<const LocalGovernment*> out;
  out.reserve(found.size());
  for (const auto& [rank, body] : found) out.push_back(body);
  return out;
}

}  // namespace changwat::areas
