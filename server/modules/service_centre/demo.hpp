#pragma once
// The demonstration: invented cases of a few districts, each taken on its way by the real acts at
// moments counted back from the day of loading, so that clocks run and some are late. Everything in
// it is marked as demonstration.

#include <optional>
#include <string_view>
#include <vector>

#include "platform/auth/caller_of.hpp"

#include "modules/service_centre/counter.hpp"
#include "modules/service_centre/service_centre.hpp"

namespace changwat::service_centre {

// How far a case went.
enum class DemoCourse {
  received,
  screening,
  assigned,
  late,  // assigned, and nothing since
  accepted,
  in_progress,
  returned,  // by an agency, to be screened again
  reviewing,
  closed,
  closed_by_word,
  reopened,
  handled,   // by the centre itself
  answered,  // handled, and closed by the answer
  mediation,
  sent_up,
  rejected,
  withdrawn
};
BOOST_DESCRIBE_ENUM(DemoCourse, received, screening, assigned, late, accepted, in_progress,
                    returned, reviewing, closed, closed_by_word, reopened, handled, answered,
                    mediation, sent_up, rejected, withdrawn)

struct DemoCase {
  AreaCode area;
  Key kind;
  Key category;
  Key channel;
  Key importance;
  Title title;
  Detail detail;
  std::optional<Text<1, 500>> landmark;
  std::optional<Decimal> latitude;
  std::optional<Decimal> longitude;
  ReporterType reporter = ReporterType::person;
  std::int64_t days_ago = 0;
  DemoCourse course = DemoCourse::received;
  std::optional<Key> agency;  // username of who holds the agency's office
  // Of an application: what it is for. Its applicant has an appointment at the counter.
  std::optional<List<Key, 20>> services;
};
BOOST_DESCRIBE_STRUCT(DemoCase, (),
                      (area, kind, category, channel, importance, title, detail, landmark, latitude,
                       longitude, reporter, days_ago, course, agency, services))

// What a counter offers on each of some days of the week, from the day of loading on.
struct DemoCounter {
  AreaCode district;
  std::vector<Weekday> weekdays;
  std::vector<ClockTime> starts;
  std::int64_t places = 1;
};
BOOST_DESCRIBE_STRUCT(DemoCounter, (), (district, weekdays, starts, places))

struct Demo {
  bool demonstration = true;
  std::string notice_th;
  std::string notice_en;
  std::vector<DemoCounter> counters;
  std::vector<DemoCase> cases;
};
BOOST_DESCRIBE_STRUCT(Demo, (), (demonstration, notice_th, notice_en, counters, cases))

// The files of data/demo that it is made of.
struct DemoFiles {
  std::string cases_json;
  std::string before;  // JPEG
  std::string after;
};

// Opens the counters and takes the cases on their way.
Result<Done> load_demo(ServiceCentre& centre, Counter& counter, const DemoFiles& files,
                       const CallerOf& caller_of, Instant now);

}  // namespace changwat::service_centre
