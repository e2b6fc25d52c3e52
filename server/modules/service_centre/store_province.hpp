#pragma once
// What the province's board counts.

#include "platform/db/database.hpp"

#include "modules/service_centre/province_model.hpp"

namespace changwat::service_centre::store {

struct ProvinceCounted {
  AreaCode district;
  Key category;
  std::int64_t open = 0;
  std::int64_t late = 0;
  std::int64_t near_due = 0;
  std::int64_t reopened = 0;
  std::int64_t received = 0;
  std::int64_t received_before = 0;
};
BOOST_DESCRIBE_STRUCT(ProvinceCounted, (),
                      (district, category, open, late, near_due, reopened, received,
                       received_before))

struct ProvinceMoments {
  Instant now, near;            // late before the one, near due before the other
  Instant since, before_since;  // the days of the trend begin, and those before them
};

// Open cases and those of the trend's days, by district and category.
std::vector<ProvinceCounted> count_province(db::Connection& db, const AreaCode& province,
                                            const ProvinceMoments& moments);

struct OpenPlace {
  AreaCode area;
  Json<CasePlace> place;
  Instant due_at;
};
BOOST_DESCRIBE_STRUCT(OpenPlace, (), (area, place, due_at))

// Where open cases lie, 50,000 at most.
std::vector<OpenPlace> open_places(db::Connection& db, const AreaCode& province);

}  // namespace changwat::service_centre::store
