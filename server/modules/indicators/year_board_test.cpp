#include "modules/indicators/year_board.hpp"

#include <gtest/gtest.h>

#include "modules/indicators/testing.hpp"

namespace changwat::indicators {
namespace {

TEST(YearBoard, A_year_takes_the_latest_agreement_with_a_target_for_it) {
  const auto at = [](int year, const char* weight) {
    KpiSheet sheet;
    auto definition = rising("70", "k", weight);
    sheet.kpi =
        kpi_of(definition, area_code("70"), year_of(year), *Instant::parse("2020-11-01T00:00:00Z"));
    return sheet;
  };
  const auto first = at(2021, "10"), second = at(2022, "20");
  const std::vector<const KpiSheet*> sheets{&first, &second};
  const auto weight_in = [&](int year) -> std::string {
    const auto found = sheets_of_year(sheets, year_of(year));
    return found.empty() ? "" : found[0]->kpi.weight.text();
  };
  EXPECT_EQ(weight_in(2020), "");
  EXPECT_EQ(weight_in(2021), "10");
  EXPECT_EQ(weight_in(2022), "20");
  EXPECT_EQ(weight_in(2023), "");
}

}  // namespace
}  // namespace changwat::indicators
