#pragma once
// The demonstration: an invented project of this fiscal year whose procurement is delegated by an
// order that was signed, notified and used, and a draft on personnel. Made by the real acts, in the
// days before the moment of loading; all of it is marked as demonstration.

#include <optional>
#include <string_view>

#include "platform/auth/caller_of.hpp"

#include "modules/delegations/delegations.hpp"

namespace changwat::delegations {

struct DemoAccount {
  Key username;
  Text<1, 200> title_th;
  Text<1, 200> title_en;
  Key role;
  std::optional<AreaCode> area;
};
BOOST_DESCRIBE_STRUCT(DemoAccount, (), (username, title_th, title_en, role, area))

struct DemoProject {
  plans::ProjectCode code;
  plans::ProjectContent content;
};
BOOST_DESCRIBE_STRUCT(DemoProject, (), (code, content))

struct DemoUse {
  Text<1, 1000> what_th;
  Satang amount_satang;
  Text<1, 200> reference;
};
BOOST_DESCRIBE_STRUCT(DemoUse, (), (what_th, amount_satang, reference))

// Accounts are named by their user names; those listed are the ones that it adds.
struct Demo {
  bool demonstration = true;
  std::string notice_th;
  std::string notice_en;
  std::vector<DemoAccount> accounts;
  AreaCode province;
  std::string writer;
  std::string signer;
  std::string delegate;
  std::string agency;
  DemoProject project;
  Satang ceiling_satang;
  List<Text<1, 1000>, 20> conditions_th;
  Text<0, 300> parent_agency_head_th;
  DemoUse use;
  List<Key, 10> personnel_powers;
};
BOOST_DESCRIBE_STRUCT(Demo, (),
                      (demonstration, notice_th, notice_en, accounts, province, writer, signer,
                       delegate, agency, project, ceiling_satang, conditions_th,
                       parent_agency_head_th, use, personnel_powers))

// Once the accounts are there.
Result<Done> load_demo(Delegations& delegations, plans::Plans& plans,
                       obligations::Obligations& obligations, db::Database& database,
                       const Demo& demo, const CallerOf& caller_of, Instant now);

}  // namespace changwat::delegations
