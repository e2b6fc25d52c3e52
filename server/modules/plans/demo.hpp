#pragma once
// The demonstration: invented projects of a few provinces, and two requests taken on their way by
// the real acts, at moments of the time it tells of: one was decided in the province, reported and
// closed; one was sent up and waits. Everything in it is marked as demonstration.

#include <optional>
#include <string_view>
#include <vector>

#include "platform/auth/caller_of.hpp"

#include "modules/plans/plans.hpp"

namespace changwat::plans {

struct DemoProject {
  AreaCode province;
  FiscalYear fiscal_year;
  ProjectCode code;
  BudgetClass budget_class = BudgetClass::within_ceiling;
  Funding funding = Funding::province_budget;
  ProjectContent content;
};
BOOST_DESCRIBE_STRUCT(DemoProject, (),
                      (province, fiscal_year, code, budget_class, funding, content))

struct Demo {
  bool demonstration = true;
  std::string notice_th;
  std::string notice_en;
  ProjectCode request_decided_here;  // the projects that the two requests are about
  ProjectCode request_sent_up;
  Key committee;  // of their province, that resolves them
  std::vector<DemoProject> projects;
};
BOOST_DESCRIBE_STRUCT(Demo, (),
                      (demonstration, notice_th, notice_en, request_decided_here, request_sent_up,
                       committee, projects))

// Reads data/demo/projects.json, records its projects, and takes the two requests on their way.
// `conflict` if it was loaded before.
Result<Done> load_demo(Plans& plans, committees::Committees& committees,
                       std::string_view projects_json, const CallerOf& caller_of);

}  // namespace changwat::plans
