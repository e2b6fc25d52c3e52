#pragma once
// Rules of local governments, pure: which row of a register is which body that we know, what an
// import would change, and what in a register cannot be.

#include <string>
#include <vector>

#include "modules/areas/model.hpp"

namespace changwat::areas {

class Register;

// One row of a register as it was read; `where` is "line 12" or "/11".
struct LocalRow {
  LocalGovernment body;  // without id
  std::string where;
};

// Takes a DLA code that several rows claim away from all of them: it can belong to one only, and
// the file does not say to which. Returns a warning for each row, at most 200.
std::vector<FieldError> drop_repeated_codes(std::vector<LocalRow>& rows);

// Provinces, districts and sub-districts exist and lie in the province; nothing stands twice; the
// last day is not before the first. At most 100.
std::vector<FieldError> local_faults(const std::vector<LocalRow>& rows, const Register& areas);

// What importing `rows` on the day `on` would change in `current`.
//
// A row is a known body if kind, name, province and place are the same; or else the DLA code; or
// else name, province and place (an อบต. that became a เทศบาล under a new code). What is missing
// from `rows` ends on the day before `on`, but only of the provinces and kinds that `rows` holds.
std::vector<LocalChange> local_differences(const std::vector<LocalGovernment>& current,
                                           const std::vector<LocalRow>& rows, Date on);

// What differs, for people: "kind subdistrict_administrative_organization → town_municipality".
// Empty if only the days of validity do, which are filled in without a history.
std::vector<std::string> what_changed(const LocalGovernment& before, const LocalGovernment& after);

// The last day on which `before` stood, when `after` follows it: never before its first day.
Date last_day_before(const LocalGovernment& before, const LocalGovernment& after, Date on);

}  // namespace changwat::areas
