#pragma once
// The demonstration of committees: members, two meetings of a provincial committee, a circulation
// and an urgent matter, made by the real acts. Everything is invented and marked so.

#include <string_view>

#include "platform/auth/caller_of.hpp"

#include "modules/committees/committees.hpp"

namespace changwat::committees {

// Loads data/demo/committees.json, its days counted from `now`.
Result<Done> load_demo(Committees& committees, std::string_view json, const CallerOf& caller_of,
                       Instant now);

}  // namespace changwat::committees
