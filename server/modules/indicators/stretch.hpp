#pragma once
// The stretch test of a governor's proposal: is a target below, on or above what would come anyway,
// and below, on or above what the province's peers have?
//
// Called when a proposal is written, advised on and screened; advice only, it refuses nothing.
// Pure; any thread. The labels are ต่ำกว่าแนวโน้ม / ตามแนวโน้ม / ท้าทาย. The source document asks for
// "challenging yet tangible" targets; this test is our reading of it: the trend of up to three
// baseline years (the KPI sheet keeps three) and the median of the cluster. The rule's numbers are
// published, and the working comes with every answer, so that it can be done again by hand.

#include <optional>
#include <span>

#include "base/result.hpp"

#include "modules/indicators/model.hpp"

namespace changwat::indicators {

struct YearValue {
  int fiscal_year = 0;  // Gregorian year in which it ends
  Decimal value;
};

// The published rule, from the rows in force (rule_book.hpp).
struct StretchRule {
  Decimal tolerance_percent;  // of the size of what the target is held against
  int peers_min = 1;          // fewer peers have no meaningful median
};

// Above always means more ambitious: a lower value where less is better.
enum class StretchLabel { not_available, below, on, above };

enum class StretchGap { none, too_few_years, too_few_peers };

// One comparison with its working.
struct StretchComparison {
  StretchLabel label = StretchLabel::not_available;
  StretchGap gap = StretchGap::none;          // why the label is not available
  int count = 0;                              // years, or peers, it rests on
  std::optional<Decimal> slope_per_year;      // of the trend
  std::optional<Decimal> reference;           // the trend carried to the target year, or the median
  std::optional<Decimal> tolerance;           // tolerance_percent of |reference|
  std::optional<Decimal> ahead_of_reference;  // signed distance; positive is more ambitious
};

struct StretchTest {
  StretchComparison trend;
  StretchComparison peers;
  bool improves_on_baseline =
      false;  // better than the last baseline year; a falling trend is no aim
};

// Trend: the least-squares line through the last three baseline years given (two are enough; with
// two it is the line through both), read at the target year. Peers: the median of their latest
// valid values, the province itself left out by the caller. A target within the tolerance, ends
// included, is on the reference. Errors: errors::invalid_input when the baseline is empty, not in
// ascending years, or not before the target year; or for Direction::within_range, whose targets are
// compared in points.
Result<StretchTest> stretch_test(std::span<const YearValue> baseline, const YearValue& target,
                                 Direction direction, std::span<const Decimal> peer_values,
                                 const StretchRule& rule);

}  // namespace changwat::indicators
