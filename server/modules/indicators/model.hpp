#pragma once
// The words of `indicators`: first the values that the pure rules work on, then (below the line)
// what is stored and what travels.
//
// A period is named by the month in which it ends, counted from year 0 of the Gregorian era:
// month_index(2021, 3) for March 2021. Fiscal years are the Gregorian year in which they end.

#include <variant>

#include "modules/indicators/exact.hpp"

namespace changwat::indicators {

// month: 1..12.
constexpr int month_index(int year, int month) {
  return year * 12 + month - 1;
}

// ยิ่งมากยิ่งดี / ยิ่งน้อยยิ่งดี / อยู่ในช่วง
enum class Direction { higher_is_better, lower_is_better, within_range };

// Where a value comes from, from the most to the least checkable.
enum class SourceClass { official_statistic, administrative_record, surveyed, self_reported };
inline constexpr int source_class_count = 4;

struct Observation {
  int month = 0;
  Decimal value;

  friend bool operator==(const Observation&, const Observation&) = default;
};

struct Measurement {
  int month = 0;
  Decimal value;
  SourceClass source = SourceClass::official_statistic;

  friend bool operator==(const Measurement&, const Measurement&) = default;
};

// --- Scoring methods (scoring.hpp gives the formulas)
// ---------------------------------------------

// The values worth 50, 75 and 100 points (ขั้นต้น, มาตรฐาน, ขั้นสูง). Rising points mean that more
// is better, falling points that less is better.
struct ThreePoint {
  Decimal p50, p75, p100;
};

// The values of levels 1 to 5, rising or falling.
struct FiveLevel {
  Decimal l1, l2, l3, l4, l5;
};

// A value that should lie between two ends: criteria for coming from below and from above.
struct WithinRange {
  ThreePoint rising;
  ThreePoint falling;  // rising.p100 <= falling.p100
};

// The value is the share of weighted steps done, in percent (milestone_progress).
struct Milestone {};

// The value is a PMQA 4.0 score of 0..500 (pmqa_item, pmqa_total).
struct Pmqa {};

using Method = std::variant<ThreePoint, FiveLevel, WithinRange, Milestone, Pmqa>;

}  // namespace changwat::indicators

// === Stored and travelling types stand below this line ==========================================
