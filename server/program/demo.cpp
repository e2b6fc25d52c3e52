#include "program/demo.hpp"

#include <iostream>

#include "base/json.hpp"
#include "modules/indicators/demo.hpp"
#include "modules/programme/demo.hpp"

namespace changwat::program {
namespace {

constexpr const char* password = "changwat-demo";

struct Account {
  Key username;
  Text<1, 200> title_th;
  Text<1, 200> title_en;
  identity::Role role = identity::Role::citizen;
  std::optional<AreaCode> area;
};
BOOST_DESCRIBE_STRUCT(Account, (), (username, title_th, title_en, role, area))

template <class T>
T must(Result<T> result) {
  if (result.ok()) return std::move(result).value();
  const auto& problem = result.problem();
  std::string text = "demonstration: " + (problem.en.empty() ? std::string(problem.kind->en) : problem.en);
  for (const auto& field : problem.fields) text += "\n  " + field.pointer + ": " + field.en;
  throw std::runtime_error(text);
}

void add_account(Application& application, const Account& account) {
  const auto call = program_call();
  identity::NewPerson person;
  person.username = account.username;
  person.name_th = *identity::PersonName::parse(account.title_th);
  person.name_en = *identity::PersonName::parse(account.title_en);
  person.password = password;
  person.demonstration = true;
  identity::NewOffice office;
  office.role = account.role;
  office.area = account.area;
  office.title_th = *identity::OfficeTitle::parse(account.title_th);
  office.title_en = *identity::OfficeTitle::parse(account.title_en);
  const auto person_id = must(application.identity.add_person(call, person));
  const auto office_id = must(application.identity.add_office(call, office));
  must(application.identity.hold_office(
      call, {.person_id = person_id, .office_id = office_id, .from_date = *Date::of(2020, 10, 1)}));
}

}  // namespace

void load_demo(const Settings& settings, Application& application) {
  if (application.identity.person_named(*Key::parse("opdc"))) return;
  const auto text = share_text(settings, "data/demo/demo.json");
  const auto document = must(json::parse(text));
  const auto accounts = must(from_json_value<std::vector<Account>>(document.at("accounts")));
  for (const auto& account : accounts) add_account(application, account);
  must(programme::load_demo(application.programme, application.identity, text));
  must(indicators::load_demo(application.indicators, text));
  std::cout << "demonstration accounts, all with the password " << password << ":";
  for (const auto& account : accounts) std::cout << " " << account.username.text();
  std::cout << "\n(accepted only while the program listens on loopback; all figures are invented)\n";
}

}  // namespace changwat::program
