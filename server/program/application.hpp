#pragma once
// The application, composed: one of each module on one record, in the order in which they depend.

#include <memory>

#include "platform/db/acts.hpp"
#include "platform/db/database.hpp"
#include "platform/search/search.hpp"

#include "modules/areas/areas.hpp"
#include "modules/authority/authority.hpp"
#include "modules/authority/register.hpp"
#include "modules/committees/committees.hpp"
#include "modules/delegations/delegations.hpp"
#include "modules/identity/identity.hpp"
#include "modules/indicators/indicators.hpp"
#include "modules/ledger/ledger.hpp"
#include "modules/obligations/obligations.hpp"
#include "modules/plans/plans.hpp"
#include "modules/programme/programme.hpp"
#include "modules/service_centre/channels/line.hpp"
#include "modules/service_centre/channels/open311.hpp"
#include "modules/service_centre/counter.hpp"
#include "modules/service_centre/needs.hpp"
#include "modules/service_centre/service_centre.hpp"

#include "program/settings.hpp"

namespace changwat::program {

Instant clock_now();

// A Call made by the program itself (command line, jobs): nobody is signed in.
Call program_call();

// The text of a file of the share folder; std::runtime_error that names the file if it cannot be
// read.
std::string share_text(const Settings& settings, std::string_view file);

struct Application {
  // Opens the record, which must be migrated. Throws what the parts throw.
  explicit Application(const Settings& settings);

  RouteTable routes();

  // Removes what is kept for a time only: ended sessions, the sign-in log, answers to repeated
  // requests. Ends grants that fall, and reminds of obligations. An hourly job.
  void keep_house();
  // Lets new cases be found; not many at a time while others wait to write. A job, several times a
  // second.
  void index_cases();

  db::Database database;
  authority::Authority authority;
  ledger::Ledger ledger;
  Acts acts;
  areas::Areas areas;
  identity::Identity identity;
  authority::GrantRegister grants;
  obligations::Obligations obligations;
  std::optional<documents::paper::Printer> printer;  // of all modules: it keeps its fonts open
  committees::Committees committees;
  indicators::Indicators indicators;
  programme::Programme programme;
  plans::Plans plans;
  delegations::Delegations delegations;
  search::Segmenter segmenter;
  search::Index index;
  service_centre::ServiceCentre service_centre;
  service_centre::Counter counter;
  service_centre::PlaceNeeds place_needs;
  service_centre::Open311 open311;
  service_centre::LineChannel line;
};

}  // namespace changwat::program
