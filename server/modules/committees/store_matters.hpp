#pragma once
// The SQL of urgent matters: tables urgent_matter, urgent_matter_step.

#include <optional>
#include <vector>

#include "platform/db/connection.hpp"

#include "modules/committees/matter_model.hpp"

namespace changwat::committees::store {

std::optional<MatterRow> matter(db::Connection& db, const MatterId& id);
std::optional<MatterRow> matter_in(db::Connection& db, const MeetingId& meeting);
// What is not ended first and the sooner due before; at most 500.
std::vector<MatterRow> matters(db::Connection& db, const MatterQuery& query);
// Ordered by the governor and not yet told to the committee.
std::vector<MatterRow> matters_to_tell(db::Connection& db, const AreaCode& province);
std::int64_t matters_of_year(db::Connection& db, const AreaCode& province, int buddhist_year);
void add(db::Connection& db, const MatterRow& row);
void change(db::Connection& db, const MatterRow& row);
std::vector<MatterStepRow> steps(db::Connection& db, const MatterId& id);
void add(db::Connection& db, const MatterStepRow& row);

}  // namespace changwat::committees::store
