#pragma once
// Serving: the HTTP server, its log and metrics, and the end of it.

#include "program/settings.hpp"

namespace changwat::program {

// Serves until SIGTERM or SIGINT; every accepted request is answered first. Returns the exit code.
int serve(const Settings& settings);

}  // namespace changwat::program
