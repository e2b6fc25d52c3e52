#pragma once
// The SQL of the public figures. Every case of the area is read.

#include "platform/db/connection.hpp"

#include "modules/service_centre/figures_model.hpp"

namespace changwat::service_centre::store {

// Without the names of categories.
PublicFigures figures(db::Connection& db, const AreaCode& area, Instant now);

}  // namespace changwat::service_centre::store
