#include "modules/committees/committees.hpp"

namespace changwat::committees {

void Committees::add_routes(RouteTable& table) {
  Routes routes(table, *this);
  routes.get(
      "/api/v1/bodies", "list_bodies", Needs::nothing, &Committees::list_bodies,
      {.summary = "Commissions, sub-committees, working groups and agencies of the programme"});
  routes.get("/api/v1/meetings", "list_meetings", Needs::nothing, &Committees::list_meetings,
             {.summary = "Meetings, the newest first"});
  routes.post("/api/v1/meetings", "record_meeting", Needs::sign_in, &Committees::record_meeting,
              {.summary = "Record a meeting of a body"});
  routes.get("/api/v1/resolutions", "list_resolutions", Needs::nothing,
             &Committees::list_resolutions,
             {.summary = "Resolutions by body or by what they are about, the newest first"});
  routes.get("/api/v1/resolutions/{resolution_id}", "get_resolution", Needs::nothing,
             &Committees::get_resolution, {.summary = "One resolution", .quick = true});
  routes.post("/api/v1/resolutions", "record_resolution", Needs::sign_in,
              &Committees::record_resolution, {.summary = "Record a resolution of a meeting"});
}

}  // namespace changwat::committees
