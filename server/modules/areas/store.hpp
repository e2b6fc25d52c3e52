#pragma once
// The SQL of areas: tables area, area_history, cluster, cluster_province, local_government,
// local_government_subdistrict, local_government_history, boundary_map.

#include <vector>

#include "platform/db/connection.hpp"

#include "modules/areas/model.hpp"

namespace changwat::areas::store {

std::vector<Area> all(db::Connection& db);  // by code
std::vector<Cluster> clusters(db::Connection& db);

void add(db::Connection& db, const Area& area);
void change(db::Connection& db, const Area& area);
// Keeps the names an area had until `on`.
void remember(db::Connection& db, const Area& before, Instant now, Date on,
              std::string_view reason);
void put_cluster(db::Connection& db, const Cluster& cluster);

std::vector<LocalGovernment> local_governments(db::Connection& db);  // by province, kind, name
std::vector<LocalGovernmentPast> local_history(db::Connection& db,
                                               const LocalGovernmentId& id);  // newest first
void add(db::Connection& db, const LocalGovernment& body);
void change(db::Connection& db, const LocalGovernment& body);
void remember(db::Connection& db, const LocalGovernmentPast& past);

std::optional<BoundaryMapRow> newest_map(db::Connection& db);
void put_map(db::Connection& db, const BoundaryMapRow& map);

}  // namespace changwat::areas::store
