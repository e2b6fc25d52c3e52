#pragma once
// The counter of a district: the times that it offers and the queue of the day. Appointments are of
// applications (ServiceCentre::book_appointment) and stand in its day.
//
// Thread-safe. Problems: forbidden outside the caller's own area; not_found; conflicts as named in
// counter_rules.hpp.

#include "platform/db/acts.hpp"
#include "platform/http/routes.hpp"

#include "modules/areas/areas.hpp"
#include "modules/authority/authority.hpp"
#include "modules/service_centre/counter_model.hpp"

namespace changwat::service_centre {

class Counter {
 public:
  // The book outlives the counter.
  Counter(db::Database& database, Acts& acts, const authority::Authority& authority,
          const areas::Areas& areas, const Book& book)
      : database_(database), acts_(acts), authority_(authority), areas_(areas), book_(book) {}

  Result<CounterTimes> get_times(Call& call, const Query<DistrictQuery>& query);
  Result<CounterTimes> set_times(Call& call, const SetCounterTimes& in);
  Result<FreeTimes> get_free_times(Call& call, const Query<DistrictDayQuery>& query);
  Result<CounterDay> get_day(Call& call, const Query<DistrictDayQuery>& query);
  Result<QueueScreen> get_screen(Call& call, const Query<DistrictQuery>& query);
  Result<Created<Ticket>> give_number(Call& call, const NewTicket& in);
  Result<Ticket> call_next(Call& call, const CallNext& in);
  Result<Ticket> end_number(Call& call, const Path<TicketPath>& path, const EndTicket& in);

  void add_routes(RouteTable& table);

 private:
  Result<Done> is_district(const AreaCode& area) const;
  CounterTimes times_of(const AreaCode& district, Date today) const;
  Ticket shown(db::Connection& db, const TicketRow& row) const;
  // One act on the queue of a district, today.
  Result<Ticket> lead(Call& call, std::string_view act, const AreaCode& district,
                      const std::function<Result<TicketRow>(Tx&)>& with);

  db::Database& database_;
  Acts& acts_;
  const authority::Authority& authority_;
  const areas::Areas& areas_;
  const Book& book_;
};

}  // namespace changwat::service_centre
