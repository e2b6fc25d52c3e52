#pragma once
// Needs of places that recurring cases are proposed as.
//
// Thread-safe. Problems: forbidden outside the caller's own area; not_found; fields that are named;
// need_over for one that was withdrawn already.

#include "platform/db/acts.hpp"
#include "platform/http/routes.hpp"

#include "modules/areas/areas.hpp"
#include "modules/authority/authority.hpp"
#include "modules/service_centre/needs_model.hpp"

namespace changwat::service_centre {

class PlaceNeeds {
 public:
  // The book outlives this.
  PlaceNeeds(db::Database& database, Acts& acts, const authority::Authority& authority,
             const areas::Areas& areas, const Book& book)
      : database_(database), acts_(acts), authority_(authority), areas_(areas), book_(book) {}

  Result<RecurringNeeds> list_recurring(Call& call, const Query<BoardQuery>& query);
  Result<Page<NeedSummary>> list_needs(Call& call, const Query<NeedsQuery>& query);
  Result<PlaceNeed> get_need(Call& call, const Path<NeedPath>& path);
  Result<Created<PlaceNeed>> propose(Call& call, const NewNeed& in);
  Result<PlaceNeed> withdraw(Call& call, const Path<NeedPath>& path, const CaseReason& in);

  void add_routes(RouteTable& table);

 private:
  PlaceNeed view(db::Connection& db, const Call& call, const NeedRow& row) const;
  // Why cases cannot be proposed together; none: they can.
  Result<Done> belong_together(db::Connection& db, const Call& call, const NewNeed& in) const;

  db::Database& database_;
  Acts& acts_;
  const authority::Authority& authority_;
  const areas::Areas& areas_;
  const Book& book_;
};

}  // namespace changwat::service_centre
