#pragma once
// Rules of bodies, meetings and resolutions, pure.

#include <string_view>
#include <vector>

#include "base/result.hpp"

#include "modules/committees/model.hpp"

namespace changwat::committees {

// The verb of minutes for a kind: "เห็นชอบ".
std::string_view verb_th(ResolutionKind kind);

// A body meets only while it exists, and numbers its meetings by the Buddhist year of the day or of
// the day's fiscal year (bodies do both). The errors name fields of NewMeeting.
std::vector<FieldError> faults(const NewMeeting& meeting, const Body& body);

// Not older than its meeting, not after `today`, and with a subject given wholly or not at all.
std::vector<FieldError> faults(const NewResolution& resolution, const Meeting& meeting, Date today);

// True if `number` already decided the same subject among `of_meeting`.
bool decided(const std::vector<Resolution>& of_meeting, const NewResolution& resolution);

}  // namespace changwat::committees
