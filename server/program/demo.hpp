#pragma once
// The demonstration: accounts whose passwords everybody knows, one complete example province, and
// indicators for the provinces of the cohort. All figures are invented and marked as such.

#include "program/application.hpp"

namespace changwat::program {

// Adds what is missing; does nothing when the accounts are there already.
void load_demo(const Settings& settings, Application& application);

}  // namespace changwat::program
