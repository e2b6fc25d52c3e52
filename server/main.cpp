// changwat: the command line. Settings come from a configuration file, the environment and flags,
// in that order; each later one wins.

#include <cstdio>
#include <functional>

#include <CLI/CLI.hpp>

#include "platform/log/log.hpp"

#include "program/commands.hpp"
#include "program/serve.hpp"
#include "program/user_commands.hpp"

namespace {

using namespace changwat::program;

constexpr const char* footer = R"(
Settings, later ones winning: the file of --config (TOML: data = "/srv/changwat"), the environment
(CHANGWAT_DATA, CHANGWAT_DATABASE, CHANGWAT_LISTEN, …), flags.

Examples:
  changwat init --demo                       a record in var/ to look around in
  changwat serve --listen 127.0.0.1:9000     serve it; stop with Ctrl-C or SIGTERM
  changwat init --database postgresql://app@/changwat?host=/run/postgresql
  changwat import areas villages.csv         shows what would change; --apply does it
  changwat import boundaries provinces.topo.json --attribution "OCHA / RTSD" --apply
  changwat who-may leftover.use --area 70 --kind equipment --amount 800000 --fact crosses_fiscal_year=false
  changwat export ledger --out ledger.jsonl  and anybody: changwat ledger verify ledger.jsonl
)";

constexpr const char* user_footer = R"(
Examples:
  changwat user add somsri --name-th สมศรี --name-en Somsri --role administrator < password.txt
  changwat user office add --role governor --area 70 --title-th ผู้ว่าราชการจังหวัดราชบุรี \
    --title-en "Governor of Ratchaburi"
  changwat user office list --area 70
  changwat user hold somsri --office 01J… --from 2021-10-01 --order "คำสั่งที่ 1/2564"
  changwat user hold somchai --office 01J… --from 2021-12-01 --to 2021-12-14 --acting holder_unable
  changwat user list --search som            with the ids of their holdings
  changwat user end 01J… --last-day 2021-09-30 --reason เกษียณอายุ

Days are Gregorian, in Bangkok. What is done here is recorded in the ledger as done by the
installation; a program that is running beside it follows within a minute.
)";

// A flag, its environment variable, and its place in the configuration file are one line.
class SettingFlags {
 public:
  explicit SettingFlags(CLI::App& app) : app_(app) {}
  template <class T>
  void add(const std::string& name, T& target, const std::string& help) {
    std::string variable = "CHANGWAT_";
    for (const char c : name) variable += c == '-' ? '_' : static_cast<char>(std::toupper(c));
    // The environment is put before the flags of the command line, and the last one given wins.
    if (const char* value = std::getenv(variable.c_str())) {
      from_environment_.push_back("--" + name);
      from_environment_.push_back(value);
    }
    app_.add_option("--" + name, target, help + " [" + variable + "]")
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  }
  const std::vector<std::string>& from_environment() const { return from_environment_; }

 private:
  CLI::App& app_;
  std::vector<std::string> from_environment_;
};

changwat::log::Level level_of(const std::string& name) {
  using changwat::log::Level;
  if (name == "debug") return Level::debug;
  if (name == "warning") return Level::warning;
  if (name == "error") return Level::error;
  return name == "off" ? Level::off : Level::info;
}

using On = std::function<void(CLI::App*, std::function<int()>)>;

void add_user_commands(CLI::App& app, const Settings& settings, UserWords& user, const On& on) {
  auto* users = app.add_subcommand("user", "Accounts, offices and who holds them");
  users->require_subcommand(1);
  users->footer(user_footer);

  auto* add = users->add_subcommand(
      "add", "Add a person, who may hold a new office; the password is read from standard input");
  add->add_option("username", user.username)->required();
  add->add_option("--name-th", user.name_th)->required();
  add->add_option("--name-en", user.name_en)->required();
  add->add_option("--role", user.role, "Role of a new office to hold from today");
  add->add_option("--area", user.area, "Code of the area of the office");
  on(add, [&] { return add_user(settings, user); });

  auto* password = users->add_subcommand(
      "password", "Set a password, read from standard input; ends all sessions");
  password->add_option("username", user.username)->required();
  on(password, [&] { return set_password(settings, user); });

  auto* list = users->add_subcommand("list", "Persons with the offices that they hold");
  list->add_option("--search", user.search, "Part of a name or of the user name");
  list->add_flag("--locked", user.locked, "Only those whom an administrator locked");
  list->add_flag("--json", user.json, "One JSON object a line, as the API gives it");
  on(list, [&] { return list_users(settings, user); });

  auto* office = users->add_subcommand("office", "Offices");
  office->require_subcommand(1);
  auto* new_office = office->add_subcommand("add", "Add an office; prints its id");
  new_office->add_option("--role", user.role, "Role: governor, provincial_office, district, …")
      ->required();
  new_office->add_option("--area", user.area, "Code of the area; without it the whole country");
  new_office->add_option("--title-th", user.title_th)->required();
  new_office->add_option("--title-en", user.title_en)->required();
  on(new_office, [&] { return add_office(settings, user); });
  auto* offices = office->add_subcommand("list", "Offices with who holds them today");
  offices->add_option("--search", user.search, "Part of a title or of a holder's name");
  offices->add_option("--role", user.role, "Of this role only");
  offices->add_option("--area", user.area, "Code of an area: its offices, and those inside it");
  offices->add_flag("--json", user.json, "One JSON object a line, as the API gives it");
  on(offices, [&] { return list_offices(settings, user); });

  auto* hold = users->add_subcommand("hold", "Record that a person holds an office, or acts");
  hold->add_option("username", user.username)->required();
  hold->add_option("--office", user.office, "Id of the office")->required();
  hold->add_option("--from", user.from, "First day, like 2021-10-01; without it today");
  hold->add_option("--to", user.to, "Last day; without it until further notice");
  hold->add_option("--acting", user.acting,
                   "Acts (รักษาราชการแทน), because the office is `vacant` or its `holder_unable`");
  hold->add_option("--order", user.order, "The order of appointment: number and date");
  on(hold, [&] { return hold_office(settings, user); });

  auto* end = users->add_subcommand("end", "Record the last day of a holding");
  end->add_option("holding", user.holding, "Id of the holding; see `user list`")->required();
  end->add_option("--last-day", user.to, "Like 2021-09-30; without it today");
  end->add_option("--reason", user.reason, "Why it ends");
  on(end, [&] { return end_holding(settings, user); });

  auto* link = users->add_subcommand(
      "link", "Let a person sign in with a provider; their subject there comes on standard input");
  link->add_option("username", user.username)->required();
  link->add_option("--provider", user.provider, "Code of the provider, as in --providers")
      ->required();
  on(link, [&] { return link_identity(settings, user); });

  auto* unlock = users->add_subcommand(
      "unlock", "End an administrator's lock, and the rest after wrong passwords");
  unlock->add_option("username", user.username)->required();
  on(unlock, [&] { return unlock_user(settings, user); });
}

}  // namespace

int main(int count, char** words) {
  CLI::App app("Changwat: the platform of Thailand's high-performance province programme.",
               "changwat");
  app.require_subcommand(1);
  app.fallthrough();
  app.footer(footer);
  Settings settings;
  settings.share = default_share();
  app.set_config("--config", "", "Configuration file (TOML)");
  app.allow_config_extras(CLI::config_extras_mode::error);  // a misspelt setting is not passed over
  SettingFlags flags(app);
  flags.add("data", settings.data, "Folder of the record, the ledger's key and backups");
  flags.add("database", settings.database, "postgresql://… instead of SQLite in the data folder");
  flags.add("share", settings.share, "Folder that holds data/ and web/dist of this version");
  flags.add("log-level", settings.log_level, "debug, info, warning, error or off");
  flags.add("origin", settings.origin,
            "Name of this ledger, part of every signature; never change it");

  int code = 0;
  std::function<int()> command;
  const auto on = [&](CLI::App* sub, std::function<int()> run) {
    sub->callback([&command, run = std::move(run)] { command = run; });
  };

  bool demo = false;
  auto* init_command =
      app.add_subcommand("init", "Create or upgrade the record, with reference data");
  init_command->add_flag("--demo", demo,
                         "Add demonstration accounts and one complete example province");
  on(init_command, [&] { return init(settings, demo); });

  auto* serve_command = app.add_subcommand("serve", "Serve the API and the pages");
  flags.add("listen", settings.listen, "HOST:PORT to listen on; port 0 takes any free one");
  flags.add("public-url", settings.public_url,
            "How browsers reach this server, like https://changwat.example.go.th");
  flags.add("io-threads", settings.io_threads, "Threads that move bytes");
  flags.add("trusted-proxy", settings.trusted_proxies,
            "Address of a proxy whose X-Forwarded-For is believed");
  flags.add("providers", settings.providers, "JSON file of OpenID Connect providers");
  flags.add("line", settings.line, "JSON file of LINE accounts: district and channel_secret");
  on(serve_command, [&] { return serve(settings); });

  std::string kind, attribution, format = "csv";
  std::filesystem::path file, out;
  std::vector<std::filesystem::path> files;
  std::string district, province, area;
  bool apply = false;
  int fiscal_year = 0;
  auto* import_command =
      app.add_subcommand("import", "Read an official register; shows what would change");
  import_command
      ->add_option("kind", kind, "areas, local-governments, boundaries, projects, cases or mail")
      ->required();
  import_command
      ->add_option(
          "file", files,
          "CSV, XLSX or JSON; boundaries: GeoJSON or TopoJSON of provinces; mail: messages "
          "or Maildirs")
      ->required()
      ->check(CLI::ExistingPath);
  import_command->add_flag("--apply,--commit", apply, "Do it");
  import_command->add_option("--attribution", attribution,
                             "Whose boundaries these are; stands beside the map");
  import_command->add_option("--district", district, "Of cases and mail: code of their district");
  import_command->add_option("--province", province, "Of cases: code of their province");
  on(import_command, [&] {
    return import_file(settings, {kind, files, attribution, apply, district, province});
  });

  auto* export_command = app.add_subcommand("export", "Write records for others to use");
  export_command
      ->add_option("kind", kind,
                   "areas, local-governments, cohorts, projects, cases, scoreboard or ledger")
      ->required();
  export_command->add_option("--format", format, "csv, json or xlsx (ledger: json lines always)");
  export_command->add_option("--out", out, "File; without it standard output");
  export_command->add_option("--fiscal-year", fiscal_year,
                             "Year of the scoreboard or the projects, like 2021 for B.E. 2564");
  export_command->add_option("--area", area, "Of cases: code of a province or district");
  on(export_command, [&] { return export_kind(settings, kind, format, out, fiscal_year, area); });

  std::string channel, message;
  bool failed = false;
  auto* outbox_command = app.add_subcommand(
      "outbox", "What channels are to send: for the process that sends (docs/operations.md)");
  outbox_command->require_subcommand(1);
  auto* waiting_command = outbox_command->add_subcommand("list", "One JSON object a line");
  waiting_command->add_option("channel", channel, "line or mail")->required();
  on(waiting_command, [&] { return outbox(settings, channel); });
  auto* settle_command = outbox_command->add_subcommand("settle", "It was sent, or could not be");
  settle_command->add_option("message", message, "Id of the message")->required();
  settle_command->add_flag("--failed", failed, "It could not be sent");
  on(settle_command, [&] { return settle_outbox(settings, message, failed); });

  UserWords user;
  add_user_commands(app, settings, user, on);

  on(app.add_subcommand("openapi", "Print the contract of the API (OpenAPI 3.1)"),
     [] { return openapi(); });

  std::vector<std::string> keys;
  std::filesystem::path known_head;
  auto* ledger_command = app.add_subcommand("ledger", "The ledger");
  ledger_command->require_subcommand(1);
  auto* verify_command =
      ledger_command->add_subcommand("verify", "Check an export without trusting anybody");
  verify_command->add_option("file", file, "What `changwat export ledger` wrote")
      ->required()
      ->check(CLI::ExistingFile);
  verify_command->add_option(
      "--key", keys, "Public key that you trust, base64; without it the file's own first key");
  verify_command->add_option("--known-head", known_head, "JSON file of a signed head that you kept")
      ->check(CLI::ExistingFile);
  on(verify_command, [&] { return verify_ledger(file, keys, known_head); });

  WhoMayWords asked;
  auto* who_command =
      app.add_subcommand("who-may", "Who may lawfully do an act, by what chain of authority");
  who_command->add_option("act", asked.act, "Like procurement.carry_out")->required();
  who_command->add_option("--area", asked.area, "Code of the area in which the object lies");
  who_command->add_option("--amount", asked.amount_baht, "Baht, like 1250000 or 99.50");
  who_command->add_option("--on", asked.on, "Day, like 2026-10-01; without it now");
  who_command->add_option("--kind", asked.kind, "Kind of object, like equipment");
  who_command->add_option("--funding", asked.funding, "Whose money, like province_budget");
  who_command->add_option("--method", asked.method, "Method of procurement, like e_bidding");
  who_command->add_option("--profile", asked.profile, "normal or high_performance");
  who_command->add_option("--project", asked.project, "Project that a grant may be limited to");
  who_command->add_option("--fact", asked.facts, "Fact about the object, like core_changed=false");
  who_command->add_flag("--json", asked.json, "Answer as the API does");
  on(who_command, [&] { return who_may(settings, asked); });

  std::vector<std::filesystem::path> laws;
  auto* authority_command = app.add_subcommand("authority", "By whose authority acts were done");
  authority_command->require_subcommand(1);
  auto* recheck_command = authority_command->add_subcommand(
      "recheck", "Make the chain of authority of every entry of an export again");
  recheck_command->add_option("file", file, "What `changwat export ledger` wrote")
      ->required()
      ->check(CLI::ExistingFile);
  recheck_command->add_option("--law", laws, "Folder of law files; one for each time they changed")
      ->required()
      ->check(CLI::ExistingDirectory);
  on(recheck_command, [&] { return recheck_authority(file, laws); });

  on(app.add_subcommand("doctor", "Say what is wrong with this installation"),
     [&] { return doctor(settings); });
  auto* backup_command =
      app.add_subcommand("backup", "Copy the record while it is in use (SQLite)");
  backup_command->add_option("file", file, "File to write; must not exist")->required();
  on(backup_command, [&] { return backup(settings, file); });

  std::vector<std::string> given(words + 1, words + count);
  given.insert(given.begin(), flags.from_environment().begin(), flags.from_environment().end());
  std::reverse(given.begin(), given.end());  // as CLI11 takes them
  try {
    app.parse(given);
  } catch (const CLI::ParseError& error) {
    return app.exit(error);
  }
  try {
    changwat::log::set_level(level_of(settings.log_level));
    code = command();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "changwat: %s\n", error.what());
    code = 1;
  }
  return code;
}
