#pragma once
// Areas: provinces, districts, sub-districts, villages, clusters and regions, by official code.
//
// The whole register (some 83,000 areas with villages) is kept in memory as one immutable snapshot
// that is replaced after an import commits; readers never wait. Every other module asks here for a
// name or whether a code exists. Threads: any.

#include <atomic>
#include <memory>
#include <vector>

#include "platform/db/acts.hpp"
#include "platform/http/routes.hpp"

#include "modules/areas/model.hpp"

namespace changwat::areas {

// An immutable view of the register at one moment.
class Register {
 public:
  Register(std::vector<Area> areas, std::vector<Cluster> clusters);

  const Area* find(const AreaCode& code) const;  // none: no such code
  const Cluster* cluster_of(const AreaCode& province) const;
  const std::vector<Area>& areas() const { return areas_; }  // by code
  const std::vector<Cluster>& clusters() const { return clusters_; }
  // Best matches first, then by code.
  std::vector<const Area*> search(const AreaQuery& query) const;

 private:
  std::vector<Area> areas_;
  std::vector<std::string> folded_th_, folded_en_;  // beside areas_
  std::vector<Cluster> clusters_;
};

class Areas {
 public:
  Areas(db::Database& database, Acts& acts);

  std::shared_ptr<const Register> now() const { return register_.load(); }
  bool exists(const AreaCode& code) const { return now()->find(code) != nullptr; }

  // What an import of these areas would change; a problem if they contradict themselves.
  Result<std::vector<AreaChange>> preview(const std::vector<Area>& incoming, Date on) const;
  // Applies the changes in one act and keeps the former names as history.
  Result<Done> import(const Call& call, const std::vector<AreaChange>& changes,
                      std::string_view source);
  // Puts the clusters of a new installation.
  Result<Done> found_clusters(const Call& call, const std::vector<Cluster>& clusters);

  // Handlers.
  Result<Page<Area>> list(Call& call, const Query<AreaQuery>& query);
  Result<Area> get(Call& call, const Path<AreaPath>& path);
  Result<ClusterList> list_clusters(Call& call);

  void add_routes(RouteTable& table);

 private:
  void reload();

  db::Database& database_;
  Acts& acts_;
  std::atomic<std::shared_ptr<const Register>> register_;
};

}  // namespace changwat::areas
