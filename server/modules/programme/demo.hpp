#pragma once
// The demonstration: one application (Ratchaburi, call of fiscal year 2021) taken through its whole
// life by the real acts, at moments of the time it tells of, so that its history and ledger entries
// are real ones. Everything in it is invented and marked as demonstration.

#include <optional>
#include <string>
#include <string_view>

#include "platform/auth/caller_of.hpp"

#include "modules/programme/programme.hpp"

namespace changwat::programme {

struct DemoAccount {
  Text<1, 60> username;
  Title title_th;
  Title title_en;
  Key role;
  std::optional<AreaCode> area;
};
BOOST_DESCRIBE_STRUCT(DemoAccount, (), (username, title_th, title_en, role, area))

struct DemoApplication {
  Key call;  // code of the call in the founding facts
  AreaCode province;
  Proposal proposal;
};

struct Demo {
  std::vector<DemoAccount> accounts;
  std::vector<DemoApplication> applications;
};

// Reads what programme takes of data/demo/demo.json. A KPI that is to stay inside a band is given
// by its rising side: proposals know only higher and lower.
Result<Demo> read_demo(std::string_view demo_json);

// Callers made from the accounts themselves, for an installation or test that has no persons yet.
CallerOf callers_of(const Demo& demo);

// Takes every application through create, edit, attach, submit, accept, advise and resolve. Needs
// the founding facts; `conflict` if it was loaded before.
Result<Done> load_demo(Programme& programme, committees::Committees& committees,
                       db::Database& database, const Demo& demo, const CallerOf& caller_of);

}  // namespace changwat::programme
