#include "modules/areas/store.hpp"

#include <map>

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

std::vector<LocalGovernment> local_governments(db::Connection& db) {
  static const auto sql = "SELECT " + db::columns<LocalGovernmentRow>() +
                          " FROM local_government ORDER BY province, kind, name_th, "
                          "local_government_id";
  static const auto sql_covered = "SELECT " + db::columns<LocalGovernmentSubdistrict>() +
                                  " FROM local_government_subdistrict ORDER BY subdistrict";
  std::vector<LocalGovernment> out;
  std::map<LocalGovernmentId, std::size_t> place;
  for (auto& row : db.query<LocalGovernmentRow>(sql)) {
    place[row.local_government_id] = out.size();
    out.push_back({std::move(row), {}});
  }
  for (auto& covered : db.query<LocalGovernmentSubdistrict>(sql_covered))
    out[place.at(covered.local_government_id)].subdistricts.push_back(
        std::move(covered.subdistrict));
  return out;
}

std::vector<LocalGovernmentPast> local_history(db::Connection& db, const LocalGovernmentId& id) {
  static const auto sql = "SELECT " + db::columns<LocalGovernmentPast>() +
                          " FROM local_government_history WHERE local_government_id = $1 "
                          "ORDER BY valid_to DESC, history_id DESC";
  return db.query<LocalGovernmentPast>(sql, id);
}

namespace {
void put_covered(db::Connection& db, const LocalGovernment& body) {
  for (const auto& code : body.subdistricts)
    db.insert("local_government_subdistrict",
              LocalGovernmentSubdistrict{body.local_government_id, code});
}
}  // namespace

void add(db::Connection& db, const LocalGovernment& body) {
  db.insert("local_government", static_cast<const LocalGovernmentRow&>(body));
  put_covered(db, body);
}

void change(db::Connection& db, const LocalGovernment& body) {
  CHECK(db.update("local_government", static_cast<const LocalGovernmentRow&>(body)));
  db.exec("DELETE FROM local_government_subdistrict WHERE local_government_id = $1",
          body.local_government_id);
  put_covered(db, body);
}

void remember(db::Connection& db, const LocalGovernmentPast& past) {
  db.insert("local_government_history", past);
}

std::optional<BoundaryMapRow> newest_map(db::Connection& db) {
  static const auto sql = "SELECT " + db::columns<BoundaryMapRow>() +
                          " FROM boundary_map ORDER BY boundary_map_id DESC LIMIT 1";
  return db.one<BoundaryMapRow>(sql);
}

void put_map(db::Connection& db, const BoundaryMapRow& map) {
  db.insert("boundary_map", map);
}

}  // namespace changwat::areas::store
