#include "program/demo.hpp"

#include <iostream>

#include "modules/committees/demo.hpp"
#include "modules/delegations/demo.hpp"
#include "modules/indicators/demo.hpp"
#include "modules/plans/demo.hpp"
#include "modules/programme/demo.hpp"
#include "modules/service_centre/demo.hpp"

#include "program/must.hpp"

namespace changwat::program {
namespace {

constexpr const char* password = "changwat-demo";
const std::string what = "demonstration";

template <class Account>
void add_account(Application& application, const Account& account) {
  const auto call = program_call();
  identity::NewPerson person;
  person.username = *Key::parse(account.username);
  person.name_th = *identity::PersonName::parse(account.title_th);
  person.name_en = *identity::PersonName::parse(account.title_en);
  person.password = password;
  person.demonstration = true;
  identity::NewOffice office;
  office.role = *enum_value<identity::Role>(account.role.text());
  office.area = account.area;
  office.title_th = *identity::OfficeTitle::parse(account.title_th);
  office.title_en = *identity::OfficeTitle::parse(account.title_en);
  const auto person_id = must(application.identity.add_person(call, person), what);
  const auto office_id = must(application.identity.add_office(call, office), what);
  must(application.identity.hold_office(
      call, {.person_id = person_id, .office_id = office_id, .from_date = *Date::of(2020, 10, 1)}));
}

// The account as the caller it would be, so that the example's acts carry real persons and offices.
std::optional<Caller> caller_of(Application& application, std::string_view username) {
  const auto key = Key::parse(username);
  const auto id = key ? application.identity.person_named(*key) : std::nullopt;
  if (!id) return std::nullopt;
  const auto names = application.identity.person(*id);
  Caller caller;
  caller.person_id = id->text();
  caller.name_th = names->name_th.text();
  caller.name_en = names->name_en.text();
  caller.offices = application.identity.offices_of(*id, *Date::of(2021, 3, 1));
  return caller;
}

}  // namespace

void load_demo(const Settings& settings, Application& application) {
  if (application.identity.person_named(*Key::parse("opdc"))) return;
  const auto text = share_text(settings, "data/demo/demo.json");
  const auto demo = must(programme::read_demo(text), what);
  for (const auto& account : demo.accounts) add_account(application, account);
  const auto callers = [&](std::string_view username) { return caller_of(application, username); };
  must(programme::load_demo(application.programme, application.committees, application.database,
                            demo, callers));
  must(indicators::load_demo(application.indicators, text), what);
  must(committees::load_demo(application.committees,
                             share_text(settings, "data/demo/committees.json"), callers,
                             clock_now()),
       what);
  must(plans::load_demo(application.plans, application.committees,
                        share_text(settings, "data/demo/projects.json"), callers),
       what);
  const auto delegations =
      must(read_json<delegations::Demo>(share_text(settings, "data/demo/delegations.json")), what);
  for (const auto& account : delegations.accounts) add_account(application, account);
  must(delegations::load_demo(application.delegations, application.plans, application.obligations,
                              application.database, delegations, callers, clock_now()),
       what);
  must(service_centre::load_demo(application.service_centre, application.counter,
                                 {share_text(settings, "data/demo/cases.json"),
                                  share_text(settings, "data/demo/before.jpg"),
                                  share_text(settings, "data/demo/after.jpg")},
                                 callers, clock_now()),
       what);
  application
      .keep_house();  // reminders of what the demonstration leaves undone stand from the start
  std::cout << "demonstration accounts, all with the password " << password << ":";
  for (const auto& account : demo.accounts) std::cout << " " << account.username.text();
  for (const auto& account : delegations.accounts) std::cout << " " << account.username.text();
  std::cout
      << "\n(accepted only while the program listens on loopback; all figures are invented)\n";
}

}  // namespace changwat::program
