#pragma once
// What meetings, their calls and the orders of urgent matters look like on paper: pure.
//
// A paper says what the record says and nothing else. What the record does not know (who took the
// minutes, when a meeting ended that was entered after the day) is left as dots to be filled in, or
// is said to be missing.
//
// Sources: platform/documents/paper.hpp for the forms; form 11 for what minutes hold.

#include "platform/documents/paper.hpp"

#include "modules/committees/matter_model.hpp"

namespace changwat::committees {

// Resolutions are those of the meeting, in order; one without an item of the agenda (of a meeting
// that was recorded after the day) is printed in part 5, and the paper says so.
documents::paper::Minutes minutes_on_paper(const WholeMeeting& page,
                                           const std::vector<Resolution>& resolutions);

// The letter that calls the members, with the agenda; of a circulation, the letter that asks for
// their answers.
documents::paper::Letter call_on_paper(const WholeMeeting& page);

// The governor's order: the last one of the matter, with what it is about, the resolution before it
// if there was one, and the law that the order names. `wrong_state` before there is an order.
Result<documents::paper::Order> order_on_paper(const MatterPage& page);

// Only adopted minutes are no draft; a call is one until it is sent.
bool minutes_are_draft(const Meeting& meeting);
bool call_is_draft(const Meeting& meeting);

}  // namespace changwat::committees
