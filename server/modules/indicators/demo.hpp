#pragma once
// The demonstration's indicators: invented KPIs and values of data/demo/demo.json, marked as such.
//
// Called once by `changwat init --demo`. Values are recorded by the same functions as real ones, in
// one act for each month in which they would have been reported, with that month's time.

#include <string_view>

#include "modules/indicators/indicators.hpp"

namespace changwat::indicators {

struct DemoSummary {
  std::int64_t kpis = 0;
  std::int64_t values = 0;
  std::int64_t corrections = 0;
};

// `text` is the whole demo.json. Problems: malformed_request or invalid_input where it does not
// have the shape that data/demo/README.md describes, conflict where a demonstration is loaded
// already.
Result<DemoSummary> load_demo(Indicators& indicators, std::string_view text);

}  // namespace changwat::indicators
