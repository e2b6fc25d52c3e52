#pragma once
// To whom reminders of clocks are sent: pure.
//
// Rules name roles of data/law/roles.yaml, the office that has the case, or that office's head. A
// notice waits for an office, or for every office of a role in its area; who holds such an office
// finds it on the desk until the clock stops.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/http/routes.hpp"

#include "modules/service_centre/work_model.hpp"

namespace changwat::service_centre {

// Of whom a rule says "to"; `assignment`: that of the clock. The register knows no heads within an
// office, so the head is the office. `district` is the centre: that of the level to which the case
// was sent up. Empty: nobody, as an assigned office of a clock without an assignment.
std::string addressee_of(std::string_view to, const CaseRow& row,
                         const std::optional<CaseAssignment>& assignment);

// All under which the caller's offices are reminded.
std::vector<std::string> addressees_of(const Call& call);

}  // namespace changwat::service_centre
