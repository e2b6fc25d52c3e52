#include "modules/areas/store.hpp"

#include "base/id.hpp"

namespace changwat::areas::store {
namespace {

struct HistoryRow {
  Id<struct HistoryTag> history_id;
  AreaCode code;
  AreaName name_th;
  AreaName name_en;
  std::optional<std::string> postcode;
  Date changed_on;
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(HistoryRow, (),
                      (history_id, code, name_th, name_en, postcode, changed_on, reason))

}  // namespace

std::vector<Area> all(db::Connection& db) {
  static const auto sql = "SELECT " + db::columns<Area>() + " FROM area ORDER BY code";
  return db.query<Area>(sql);
}

std::vector<Cluster> clusters(db::Connection& db) {
  static const auto sql =
      "SELECT " + db::columns<ClusterRow>() + " FROM cluster ORDER BY region, code";
  static const auto sql_provinces =
      "SELECT " + db::columns<ClusterProvince>() + " FROM cluster_province ORDER BY province";
  std::vector<Cluster> out;
  for (auto& row : db.query<ClusterRow>(sql)) out.push_back({std::move(row), {}});
  for (const auto& member : db.query<ClusterProvince>(sql_provinces))
    for (auto& cluster : out)
      if (cluster.code == member.cluster) cluster.provinces.push_back(member.province);
  return out;
}

void add(db::Connection& db, const Area& area) {
  db.insert("area", area);
}
void change(db::Connection& db, const Area& area) {
  CHECK(db.update("area", area));
}

void remember(db::Connection& db, const Area& before, Instant now, Date on,
              std::string_view reason) {
  db.insert("area_history", HistoryRow{Id<HistoryTag>::make(now), before.code, before.name_th,
                                       before.name_en, before.postcode, on, std::string(reason)});
}

void put_cluster(db::Connection& db, const Cluster& cluster) {
  db.insert("cluster", static_cast<const ClusterRow&>(cluster));
  for (const auto& province : cluster.provinces)
    db.insert("cluster_province", ClusterProvince{cluster.code, province});
}

}  // namespace changwat::areas::store
