#pragma once
// Areas: provinces, districts, sub-districts, villages, clusters and regions, by official code;
// local governments; and the map that an official boundary file gives.
//
// The whole register (some 83,000 areas with villages) and the local governments (some 7,850) are
// kept in memory as immutable snapshots that are replaced after an import commits; readers never
// wait. Every other module asks here for a name or whether a code exists. Threads: any.

#include <atomic>
#include <memory>
#include <vector>

#include "platform/db/acts.hpp"
#include "platform/http/ready.hpp"
#include "platform/http/routes.hpp"

#include "modules/areas/model.hpp"

namespace changwat::areas {

// The name as a letter has it, with what the area is: "อำเภอเมืองราชบุรี", "Ratchaburi Province". In
// Bangkok, which is no province, districts are เขต and sub-districts แขวง. Villages as they are.
std::string titled_th(const Area& area);
std::string titled_en(const Area& area);

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

// An immutable view of the local governments at one moment.
class LocalGovernments {
 public:
  explicit LocalGovernments(std::vector<LocalGovernment> bodies);

  const LocalGovernment* find(const LocalGovernmentId& id) const;      // none: no such one
  const std::vector<LocalGovernment>& all() const { return bodies_; }  // the ended ones too
  // Those that stand: best matches first, then by province, kind and name.
  std::vector<const LocalGovernment*> search(const LocalGovernmentQuery& query) const;

 private:
  std::vector<LocalGovernment> bodies_;
  std::vector<std::string> folded_th_, folded_en_;  // beside bodies_
};

struct LocalRow;
struct BoundaryPreview;

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

  std::shared_ptr<const LocalGovernments> local_governments() const { return local_.load(); }
  // What an import of these rows would change; a problem if they cannot be.
  Result<std::vector<LocalChange>> preview(const std::vector<LocalRow>& rows, Date on) const;
  // Applies the changes in one act and keeps what stood before as dated history.
  Result<Done> import(const Call& call, const std::vector<LocalChange>& changes,
                      std::string_view source);

  // The provinces that stand, by code.
  std::vector<Area> provinces() const;
  // Puts the outlines as the pages' map, in one act. invalid_input if a province has none: a map
  // with a hole, or half from another source, says what is not so.
  Result<Done> import_map(const Call& call, const BoundaryPreview& preview,
                          const Attribution& attribution, std::string_view source);
  ProvinceMap map() const;

  // Handlers.
  Result<Page<Area>> list(Call& call, const Query<AreaQuery>& query);
  Result<Area> get(Call& call, const Path<AreaPath>& path);
  Result<ClusterList> list_clusters(Call& call);
  Result<Page<LocalGovernment>> list_local(Call& call, const Query<LocalGovernmentQuery>& query);
  Result<LocalGovernmentWithHistory> get_local(Call& call, const Path<LocalGovernmentPath>& path);
  Result<LocalCounts> count_local(Call& call, const Query<LocalCountQuery>& query);
  Result<Prepared<ProvinceMap>> get_map(Call& call, const http::Negotiation& reader);

  void add_routes(RouteTable& table);

 private:
  void reload();
  void reload_local();
  void reload_map();

  db::Database& database_;
  Acts& acts_;
  std::atomic<std::shared_ptr<const Register>> register_;
  std::atomic<std::shared_ptr<const LocalGovernments>> local_;
  std::atomic<std::shared_ptr<const http::Sendable>> map_;
};

}  // namespace changwat::areas
