#pragma once
// The monthly report of a centre (แบบรายงานผล): what was open at the start, came in, was reopened,
// was settled and is open at the end, for a month and for the fiscal year so far.
//
// open_at_start + received + reopened − settled = open_at_end, in every row and every sum. Source
// of the form: report of a provincial Damrongdhama centre, Chonburi, public code of about B.E. 2559
// (what it calls เรื่องใหม่ is `new_cases` here); the form in force was not seen.

#include "modules/service_centre/lists_model.hpp"

namespace changwat::service_centre {

enum class ReportScope {
  all,        // also cases received in earlier fiscal years
  new_cases,  // those received in the fiscal year alone
};
BOOST_DESCRIBE_ENUM(ReportScope, all, new_cases)

struct ReportQuery {
  AreaCode area;  // a province or a district
  Month month;
  std::optional<ReportScope> scope;  // all
};
BOOST_DESCRIBE_STRUCT(ReportQuery, (), (area, month, scope))

// Each member is a `count` of GET /api/v1/cases: with `cases` it lists what is behind the number. A
// case that was settled, or reopened, twice in the time counts twice and is listed once.
struct FlowNumbers {
  std::int64_t open_at_start = 0;
  std::int64_t received = 0;
  std::int64_t reopened = 0;
  std::int64_t settled = 0;
  std::int64_t open_at_end = 0;
  std::string cases;  // query of the list, to which "&count=received" and the like are added
};
BOOST_DESCRIBE_STRUCT(FlowNumbers, (),
                      (open_at_start, received, reopened, settled, open_at_end, cases))

struct CategoryNumbers {
  Key category;
  std::string name_th;
  std::string name_en;
  FlowNumbers month;
  FlowNumbers year;
};
BOOST_DESCRIBE_STRUCT(CategoryNumbers, (), (category, name_th, name_en, month, year))

struct ChannelNumbers {
  Key channel;
  std::string channel_th;
  std::string channel_en;
  Key kind;
  std::string kind_th;
  std::string kind_en;
  FlowNumbers month;
  FlowNumbers year;
};
BOOST_DESCRIBE_STRUCT(ChannelNumbers, (),
                      (channel, channel_th, channel_en, kind, kind_th, kind_en, month, year))

struct MonthlyReport {
  AreaCode area;
  std::string area_th;
  std::string area_en;
  Month month;
  FiscalYear fiscal_year;
  ReportScope scope = ReportScope::all;
  Date month_from, month_to;
  Date year_from;  // the year so far ends with the month
  Instant counted_at;
  bool demonstration = false;  // some of it
  FlowNumbers month_total;
  FlowNumbers year_total;
  std::vector<CategoryNumbers> by_category;  // every category in force, also without a case
  std::vector<ChannelNumbers> by_channel;    // channel and kind that have a number
};
BOOST_DESCRIBE_STRUCT(MonthlyReport, (),
                      (area, area_th, area_en, month, fiscal_year, scope, month_from, month_to,
                       year_from, counted_at, demonstration, month_total, year_total, by_category,
                       by_channel))

enum class ReportFormat { xlsx, pdf };
BOOST_DESCRIBE_ENUM(ReportFormat, xlsx, pdf)

struct ReportFileQuery {
  AreaCode area;
  Month month;
  std::optional<ReportScope> scope;
  ReportFormat format = ReportFormat::xlsx;
};
BOOST_DESCRIBE_STRUCT(ReportFileQuery, (), (area, month, scope, format))

}  // namespace changwat::service_centre
