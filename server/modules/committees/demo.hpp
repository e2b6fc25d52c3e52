#pragma once
// The demonstration of committees: members, two meetings of a provincial committee, a circulation
// and an urgent matter, made by the real acts. Everything is invented and marked so.

#include <functional>
#include <optional>
#include <string_view>

#include "modules/committees/committees.hpp"

namespace changwat::committees {

// Who holds the office of a demonstration account; none: no such account.
using CallerNamed = std::function<std::optional<Caller>(std::string_view username)>;

// Loads data/demo/committees.json, its days counted from `now`.
Result<Done> load_demo(Committees& committees, std::string_view json,
                       const CallerNamed& caller_named, Instant now);

}  // namespace changwat::committees
