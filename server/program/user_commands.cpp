#include "program/user_commands.hpp"

#include <iostream>

#include "program/application.hpp"
#include "program/must.hpp"

namespace changwat::program {
namespace {

std::string line_from_stdin(const std::string& what) {
  std::string line;
  std::getline(std::cin, line);
  if (line.empty()) throw std::runtime_error("give " + what + " on standard input");
  return line;
}

template <class T>
T parsed(const std::string& word, const std::string& what) {
  auto value = T::parse(word);
  if (!value) throw std::runtime_error("not usable as " + what + ": " + word);
  return *value;
}

template <class T>
std::optional<T> parsed_if_given(const std::string& word, const std::string& what) {
  return word.empty() ? std::nullopt : std::optional(parsed<T>(word, what));
}

template <class E>
std::optional<E> named(const std::string& word, const std::string& what) {
  if (word.empty()) return std::nullopt;
  const auto value = enum_value<E>(word);
  if (!value) throw std::runtime_error("unknown " + what + " " + word);
  return value;
}

identity::PersonId person_named(Application& application, const std::string& username) {
  const auto key = Key::parse(username);
  const auto person = key ? application.identity.person_named(*key) : std::nullopt;
  if (!person) throw std::runtime_error("there is no account " + username);
  return *person;
}

identity::NewOffice office_of(const UserWords& words, const std::string& title_th,
                              const std::string& title_en) {
  identity::NewOffice office;
  office.role = *named<identity::Role>(words.role, "role");
  office.area = parsed_if_given<AreaCode>(words.area, "the code of an area");
  office.title_th = parsed<identity::OfficeTitle>(title_th, "the title of an office");
  office.title_en = parsed<identity::OfficeTitle>(title_en, "the title of an office");
  return office;
}

// Checked whole before the person is added: half of a command must not be done.
void must_exist(Application& application, const identity::NewOffice& office) {
  if (auto wrong = identity::faults(office); !wrong.empty()) fail(Problem(std::move(wrong)));
  if (office.area && !application.areas.exists(*office.area))
    throw std::runtime_error("there is no area " + office.area->text());
}

std::string term(bool acting, const Date& from, const std::optional<Date>& to) {
  return (acting ? "acting " : "") + from.text() + ".." + (to ? to->text() : "");
}

void print(const identity::PersonSummary& person) {
  std::cout << person.username.text() << "  " << person.name_th.text() << " / "
            << person.name_en.text();
  if (person.locked) std::cout << "  [locked]";
  if (person.resting) std::cout << "  [resting after wrong passwords]";
  if (person.one_time_password) std::cout << "  [one-time password]";
  if (person.demonstration) std::cout << "  [demonstration]";
  std::cout << "\n";
  for (const auto& office : person.offices)
    std::cout << "  " << office.holding_id.text() << "  " << office.title_th.text() << " / "
              << office.title_en.text() << "  "
              << term(office.acting, office.from_date, office.to_date) << "\n";
}

void print(const identity::OfficeSummary& office) {
  std::cout << office.office_id.text() << "  " << enum_name(office.role)
            << (office.area ? " " + office.area->text() : "") << "  " << office.title_th.text()
            << " / " << office.title_en.text() << "\n";
  for (const auto& holder : office.holders)
    std::cout << "  " << holder.holding_id.text() << "  " << holder.username.text() << "  "
              << term(holder.acting, holder.from_date, holder.to_date) << "\n";
}

template <class T>
void print_page(const Page<T>& page, bool json) {
  for (const auto& item : page.items) {
    if (json)
      std::cout << to_json(item) << "\n";
    else
      print(item);
  }
}

}  // namespace

int add_user(const Settings& settings, const UserWords& words) {
  Application application(settings);
  const auto call = program_call();
  identity::NewPerson person;
  person.username = parsed<Key>(words.username, "a user name");
  person.name_th = parsed<identity::PersonName>(words.name_th, "a name");
  person.name_en = parsed<identity::PersonName>(words.name_en, "a name");
  std::optional<identity::NewOffice> office;
  if (!words.role.empty()) {
    office = office_of(words, words.name_th, words.name_en);
    must_exist(application, *office);
  }
  person.password = line_from_stdin("the password");
  const auto id = must(application.identity.add_person(call, person));
  if (office) {
    const auto office_id = must(application.identity.add_office(call, *office));
    must(application.identity.hold_office(
        call, {.person_id = id, .office_id = office_id, .from_date = call.now.bangkok_date()}));
  }
  application.ledger.seal();
  std::cout << "added " << words.username << " " << id.text() << "\n";
  return 0;
}

int set_password(const Settings& settings, const UserWords& words) {
  Application application(settings);
  const auto person = person_named(application, words.username);
  must(application.identity.set_password(program_call(), person, line_from_stdin("the password")));
  application.ledger.seal();
  std::cout << "the password of " << words.username << " is set; its sessions are ended\n";
  return 0;
}

int list_users(const Settings& settings, const UserWords& words) {
  Application application(settings);
  identity::PersonQuery query;
  query.search = parsed_if_given<Text<1, 100>>(words.search, "words to search for");
  if (words.locked) query.state = identity::PersonState::locked;
  do {
    const auto page = application.identity.persons(query, clock_now());
    print_page(page, words.json);
    query.cursor = page.next ? Key::parse(*page.next) : std::nullopt;
  } while (query.cursor);
  return 0;
}

int add_office(const Settings& settings, const UserWords& words) {
  Application application(settings);
  const auto office = office_of(words, words.title_th, words.title_en);
  const auto id = must(application.identity.add_office(program_call(), office));
  application.ledger.seal();
  std::cout << id.text() << "\n";
  return 0;
}

int list_offices(const Settings& settings, const UserWords& words) {
  Application application(settings);
  identity::OfficeQuery query;
  query.search = parsed_if_given<Text<1, 100>>(words.search, "words to search for");
  query.role = named<identity::Role>(words.role, "role");
  query.area = parsed_if_given<AreaCode>(words.area, "the code of an area");
  do {
    const auto page = application.identity.offices(query, clock_now().bangkok_date());
    print_page(page, words.json);
    query.cursor = page.next ? identity::OfficeId::parse(*page.next) : std::nullopt;
  } while (query.cursor);
  return 0;
}

int hold_office(const Settings& settings, const UserWords& words) {
  Application application(settings);
  const auto call = program_call();
  identity::NewHolding holding;
  holding.person_id = person_named(application, words.username);
  holding.office_id = parsed<identity::OfficeId>(words.office, "the id of an office");
  holding.from_date = parsed_if_given<Date>(words.from, "a day").value_or(call.now.bangkok_date());
  holding.to_date = parsed_if_given<Date>(words.to, "a day");
  holding.ground = named<identity::ActingGround>(words.acting, "ground of acting");
  holding.acting = holding.ground.has_value();
  holding.order_reference =
      parsed_if_given<identity::OrderReference>(words.order, "a reference to an order");
  const auto id = must(application.identity.hold_office(call, holding));
  application.ledger.seal();
  std::cout << id.text() << "\n";
  return 0;
}

int end_holding(const Settings& settings, const UserWords& words) {
  Application application(settings);
  const auto call = program_call();
  const auto id = parsed<identity::HoldingId>(words.holding, "the id of a holding");
  const auto last = parsed_if_given<Date>(words.to, "a day").value_or(call.now.bangkok_date());
  must(application.identity.end_holding(
      call, id, last, parsed_if_given<identity::Reason>(words.reason, "a reason")));
  application.ledger.seal();
  std::cout << "the holding ends with " << last.text() << "\n";
  return 0;
}

int link_identity(const Settings& settings, const UserWords& words) {
  Application application(settings);
  const auto person = person_named(application, words.username);
  const auto provider = parsed<Key>(words.provider, "the code of a provider");
  must(application.identity.link_identity(program_call(), person, provider,
                                          line_from_stdin("the subject")));
  application.ledger.seal();
  std::cout << words.username << " may sign in with " << words.provider << "\n";
  return 0;
}

int unlock_user(const Settings& settings, const UserWords& words) {
  Application application(settings);
  const auto person = person_named(application, words.username);
  must(application.identity.unlock_person(program_call(), person));
  application.ledger.seal();
  std::cout << words.username << " may sign in again\n";
  return 0;
}

}  // namespace changwat::program
