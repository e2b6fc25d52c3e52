#pragma once
// What everybody may know of the cases of a province or district: what was asked, what came of it,
// and how long it took.

#include "modules/service_centre/model.hpp"

namespace changwat::service_centre {

struct FiguresPath {
  AreaCode code;
};
BOOST_DESCRIBE_STRUCT(FiguresPath, (), (code))

// Days from receipt to closing of the cases that were closed here; of none: absent. A reopened case
// counts to its last closing.
struct ClosingDays {
  std::optional<std::int64_t> half;         // half of them took no longer (median)
  std::optional<std::int64_t> nine_tenths;  // nine of ten took no longer
};
BOOST_DESCRIBE_STRUCT(ClosingDays, (), (half, nine_tenths))

struct CategoryFigures {
  Key category;
  std::string name_th;
  std::string name_en;
  std::int64_t received = 0;
  std::int64_t open = 0;
  std::int64_t closed = 0;
  ClosingDays days;
};
BOOST_DESCRIBE_STRUCT(CategoryFigures, (),
                      (category, name_th, name_en, received, open, closed, days))

// Counted from the records.
struct PublicFigures {
  AreaCode area;
  Instant counted_at;
  std::int64_t received = 0;
  std::int64_t open = 0;
  std::int64_t late = 0;
  std::int64_t closed = 0;
  std::int64_t closed_by_evidence = 0;
  std::int64_t closed_by_citizen_word = 0;
  std::int64_t closed_by_answer = 0;
  std::int64_t closed_elsewhere = 0;         // in another register, before it was imported
  std::int64_t closed_without_evidence = 0;  // whose ground is not found in the record: 0 is right
  std::int64_t reopened_cases = 0;
  std::int64_t reopened_times = 0;
  std::int64_t rejected = 0;
  std::int64_t merged = 0;
  std::int64_t withdrawn = 0;
  ClosingDays days;
  std::vector<CategoryFigures> by_category;  // that have a case, the most first
  bool demonstration = false;
};
BOOST_DESCRIBE_STRUCT(PublicFigures, (),
                      (area, counted_at, received, open, late, closed, closed_by_evidence,
                       closed_by_citizen_word, closed_by_answer, closed_elsewhere,
                       closed_without_evidence, reopened_cases, reopened_times, rejected, merged,
                       withdrawn, days, by_category, demonstration))

}  // namespace changwat::service_centre
