#include "modules/areas/areas.hpp"

namespace changwat::areas {

void Areas::add_routes(RouteTable& table) {
  Routes routes(table, *this);
  routes.get("/api/v1/areas", "list_areas", Needs::nothing, &Areas::list,
             {.summary = "Areas by level, parent or part of a name in Thai or English"});
  routes.get("/api/v1/areas/{code}", "get_area", Needs::nothing, &Areas::get,
             {.summary = "One area by its official code", .quick = true});
  routes.get("/api/v1/clusters", "list_clusters", Needs::nothing, &Areas::list_clusters,
             {.summary = "Provincial clusters and regions", .quick = true});
}

}  // namespace changwat::areas
