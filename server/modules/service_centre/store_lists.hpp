#pragma once
// The SQL of lists, counts and figures of cases.

#include <optional>
#include <vector>

#include "platform/db/connection.hpp"

#include "modules/service_centre/lists_model.hpp"

namespace changwat::service_centre::store {

// Whose cases a list may show: those of the areas (none: all), or those assigned to the offices.
struct Scope {
  std::optional<std::vector<AreaCode>> areas;
  std::vector<std::string> offices;  // not empty: cases assigned to these, whatever the area
};

struct ListAsked {
  CaseQuery query;
  Scope scope;
  std::string person_id;                // of the caller, for `mine`
  std::vector<std::string> addressees;  // the caller's, for `told`
};

// Near due first, settled ones the newest first; one more than the limit.
std::vector<CaseSummary> cases(db::Connection& db, const ListAsked& asked);
std::optional<CaseSummary> summary(db::Connection& db, const CaseId& id);

enum class CountBy { state, kind, category, channel, district };
BOOST_DESCRIBE_ENUM(CountBy, state, kind, category, channel, district)

struct Counted {
  std::string code;
  std::int64_t open = 0;
  std::int64_t late = 0;
  std::int64_t near_due = 0;
};
BOOST_DESCRIBE_STRUCT(Counted, (), (code, open, late, near_due))

// Open cases of an area; late before `now`, near due before `near`.
std::vector<Counted> count_open(db::Connection& db, const AreaCode& area, CountBy by, Instant now,
                                Instant near);
// The same by office with an assignment that is not over; `code` is the office's id.
std::vector<Counted> count_by_office(db::Connection& db, const AreaCode& area, Instant now,
                                     Instant near);
bool has_demonstration(db::Connection& db, const AreaCode& area);

}  // namespace changwat::service_centre::store
