#pragma once
// The SQL of authority: table power_grant.

#include <functional>
#include <optional>
#include <vector>

#include "platform/db/connection.hpp"

#include "modules/authority/model.hpp"

namespace changwat::authority::store {

std::optional<Grant> grant(db::Connection& db, const GrantId& id);
// All of them, those above before those below.
std::vector<Grant> grants(db::Connection& db);
// Those that nobody ended.
std::vector<Grant> standing(db::Connection& db);
// Of a province, the newest first; `limit` at most.
std::vector<Grant> of_province(db::Connection& db, const AreaCode& province,
                               const std::optional<GrantId>& before, std::int64_t limit);
void add(db::Connection& db, const Grant& grant);
void end(db::Connection& db, const GrantId& id, Instant at, std::string_view why);

}  // namespace changwat::authority::store
