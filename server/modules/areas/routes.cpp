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
  routes.get("/api/v1/local-governments", "list_local_governments", Needs::nothing,
             &Areas::list_local,
             {.summary = "Local governments by province, kind, sub-district or part of a name"});
  routes.get("/api/v1/local-governments/counts", "count_local_governments", Needs::nothing,
             &Areas::count_local,
             {.summary = "How many local governments of each kind there are", .quick = true});
  routes.get("/api/v1/local-governments/{local_government_id}", "get_local_government",
             Needs::nothing, &Areas::get_local,
             {.summary = "One local government with what it was before", .quick = true});
  routes.get(
      "/api/v1/map", "get_map", Needs::nothing, &Areas::get_map,
      {.summary = "The outlines of an imported official boundary file; none if there is none",
       .quick = true});
}

}  // namespace changwat::areas
