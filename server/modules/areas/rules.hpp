#pragma once
// Rules of areas, pure: how names are compared and found, what an import would change.

#include <string>
#include <string_view>
#include <vector>

#include "modules/areas/model.hpp"

namespace changwat::areas {

// For comparing names: ASCII lower case; spaces, dots, dashes and the Thai prefixes that people
// type (จังหวัด จ. อำเภอ อ. เขต ตำบล ต. แขวง) dropped from the front.
std::string folded(std::string_view name);

// The name of a local government without the kind that people type before it (เทศบาลเมือง, อบต.).
std::string_view without_local_kind(std::string_view name);

// How well `name` answers `wanted` (both folded): 0 equal, 1 begins with, 2 contains, 3 not at all.
int match(std::string_view name, std::string_view wanted);

// What importing `incoming` would change in `current`. Both may be in any order; only the levels
// that `incoming` holds are compared, so that a list of districts does not end all provinces. An
// area that is missing from `incoming` ends on the day before `on`.
std::vector<AreaChange> differences(const std::vector<Area>& current,
                                    const std::vector<Area>& incoming, Date on);

// Every area's parent exists and every code is there once; the errors name the line (from 2, below
// the heading) of `incoming`.
std::vector<FieldError> faults(const std::vector<Area>& incoming, const std::vector<Area>& current);

}  // namespace changwat::areas
