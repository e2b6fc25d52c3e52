#pragma once
// Where two texts of JSON differ: for histories, and for whoever judges a change by what it
// touches.

#include <string>
#include <string_view>
#include <vector>

namespace changwat::json {

// The JSON pointers (RFC 6901) at which the texts differ, in order. An item that was added to or
// taken from the end of a list is one pointer. Both texts are ones that the program wrote.
std::vector<std::string> differences(std::string_view before, std::string_view after);

}  // namespace changwat::json
