#pragma once
// The province's board: where its cases lie and how they move, by district, sub-district, category.

#include "modules/service_centre/lists_model.hpp"

namespace changwat::service_centre {

struct ProvinceRow {
  std::string code;  // of district or category
  std::string name_th;
  std::string name_en;
  std::int64_t open = 0;
  std::int64_t late = 0;             // of these
  std::int64_t near_due = 0;         // of these, not late
  std::int64_t reopened = 0;         // of these, once or more often
  std::int64_t received = 0;         // in the last trend_days
  std::int64_t received_before = 0;  // in as many days before them
};
BOOST_DESCRIBE_STRUCT(ProvinceRow, (),
                      (code, name_th, name_en, open, late, near_due, reopened, received,
                       received_before))

// The open cases of a sub-district. Where too few of them have a position there is none, so that
// the mean of their positions, to a hundredth of a degree, leads to no single one of them.
struct HeatSpot {
  AreaCode area;
  std::string name_th;
  std::string name_en;
  std::int64_t open = 0;
  std::int64_t late = 0;
  std::optional<Position> position;
};
BOOST_DESCRIBE_STRUCT(HeatSpot, (), (area, name_th, name_en, open, late, position))

struct ProvinceBoard {
  AreaCode area;
  ProvinceRow total;
  std::int64_t near_due_days = 0;
  std::int64_t trend_days = 0;
  std::int64_t heat_cases_min = 0;
  bool demonstration = false;  // some of them
  std::vector<ProvinceRow> by_district;
  std::vector<ProvinceRow> by_category;
  std::vector<HeatSpot> spots;  // the most open cases first
};
BOOST_DESCRIBE_STRUCT(ProvinceBoard, (),
                      (area, total, near_due_days, trend_days, heat_cases_min, demonstration,
                       by_district, by_category, spots))

}  // namespace changwat::service_centre
