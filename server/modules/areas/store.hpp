#pragma once
// The SQL of areas: tables area, area_history, cluster, cluster_province.

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

}  // namespace changwat::areas::store
