#pragma once
// The SQL of the monthly report: counts by category, channel and kind, as they stand.

#include <vector>

#include "platform/db/connection.hpp"

#include "modules/service_centre/report_model.hpp"

namespace changwat::service_centre::store {

// What is counted: an area, cases received in one fiscal year or all, and a month of a year.
struct ReportAsked {
  AreaCode area;
  std::optional<FiscalYear> received_in;  // none: all cases
  FiscalYear year;
  Month month;
};

struct OpenNow {
  Key category;
  Key channel;
  Key kind;
  std::int64_t open = 0;
};
BOOST_DESCRIBE_STRUCT(OpenNow, (), (category, channel, kind, open))
std::vector<OpenNow> open_now(db::Connection& db, const ReportAsked& asked);

// Flows of one kind in the fiscal year before the month, in it, and after it.
struct Flows {
  Key category;
  Key channel;
  Key kind;
  std::string flow;
  std::int64_t before = 0;
  std::int64_t within = 0;
  std::int64_t after = 0;
};
BOOST_DESCRIBE_STRUCT(Flows, (), (category, channel, kind, flow, before, within, after))
// Of the year and of each later one up to `last`.
std::vector<Flows> flows(db::Connection& db, const ReportAsked& asked, FiscalYear last);

}  // namespace changwat::service_centre::store
