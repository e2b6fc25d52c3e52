#include "program/application.hpp"

#include <chrono>

#include "base/json.hpp"

#include "program/must.hpp"
#include "program/secret_key.hpp"

namespace changwat::program {
namespace {

struct ProviderRow {
  Key code;
  std::string issuer;
  std::string client_id;
  std::string client_secret;
  std::string name_th;
  std::string name_en;
  std::optional<bool> creates_citizens;
};
BOOST_DESCRIBE_STRUCT(ProviderRow, (),
                      (code, issuer, client_id, client_secret, name_th, name_en, creates_citizens))

// How long a repeated request gets the answer of the first: two weeks, longer than any offline
// queue.
constexpr std::int64_t answers_kept_ms = std::int64_t{14} * 86'400'000;

constexpr std::int64_t cases_indexed_at_once = 25;  // some 10 ms, in which other writes wait
constexpr int indexings_max = 200;                  // in one go: the program may be asked to stop

// What came by channels, and is no case, is kept for thirty days.
constexpr std::int64_t channels_kept_ms = std::int64_t{30} * 86'400'000;

template <class T>
T must_read(const std::filesystem::path& path) {
  return must(read_json<T>(read_file(path)), path.string());
}

std::string public_url(const Settings& settings) {
  return settings.public_url.empty() ? "http://" + settings.listen : settings.public_url;
}

identity::IdentityQuestions identity_questions(const authority::Authority& authority,
                                               const areas::Areas& areas) {
  return {
      .permit = [&authority](const Call& call, std::string_view act,
                             const std::optional<AreaCode>& area) -> Result<identity::Permission> {
        const auto permit = TRY(authority.decide(call, act, {area}));
        return identity::Permission{permit.office_id, permit.chain()};
      },
      .provinces = [&authority](const Call& call,
                                std::string_view act) { return authority.provinces(call, act); },
      .area_exists = [&areas](const AreaCode& area) { return areas.exists(area); }};
}

identity::IdentityOptions identity_options(const Settings& settings,
                                           const authority::Authority& authority,
                                           const areas::Areas& areas) {
  identity::IdentityOptions options;
  options.public_url = public_url(settings);
  options.loopback = settings.on_loopback();
  options.ask = identity_questions(authority, areas);
  if (settings.providers.empty()) return options;
  for (auto& row : must_read<std::vector<ProviderRow>>(settings.providers))
    options.providers.push_back({row.code, row.issuer, row.client_id, row.client_secret,
                                 row.name_th, row.name_en, row.creates_citizens.value_or(false)});
  return options;
}

ledger::LedgerOptions ledger_options(const Settings& settings,
                                     const authority::Authority& authority) {
  ledger::LedgerOptions options;
  options.origin = settings.origin;
  options.key_file = (settings.data / "ledger.key").string();
  options.now = clock_now;
  options.may_read_entries = [&authority](const Call& call) -> Result<Done> {
    TRY(authority.decide(call, "ledger.read", {}));
    return Done{};
  };
  // A page hears of the provinces whose applications its reader may read, or in which the reader's
  // office has to do with cases. What is heard is that something changed, never what.
  options.heard_provinces = [&authority](const Call& call) {
    auto heard = authority.provinces(call, "application.read");
    if (!heard || !call.caller) return heard;
    for (const auto& office : call.caller->offices) {
      if (!office.area) continue;
      const auto& area = *office.area;
      if (authority.may(call, "case.read", {area}) ||
          authority.may(call, "case.read", service_centre::assigned_object(area)))
        heard->push_back(area.province());
    }
    return heard;
  };
  return options;
}

// None where the machine has no type for official papers.
std::optional<documents::paper::Printer> printer_of(const Settings& settings) {
  const auto letterhead = settings.data / "letterhead";
  auto typeface = documents::paper::find_typeface(settings.share, letterhead);
  if (!typeface) return std::nullopt;
  return documents::paper::Printer(std::move(*typeface), documents::paper::read_emblem(letterhead));
}

service_centre::Open311Options open311_options(const Settings& settings,
                                               identity::Identity& identity) {
  service_centre::Open311Options options;
  options.public_url = public_url(settings);
  options.key_holder = [&identity](std::string_view token, Instant now) {
    const auto authorization = "Bearer " + std::string(token);
    http::Request request;
    request.head.method = http::Method::post;
    request.head.headers = {{"authorization", authorization}};
    return identity.caller(request, now);
  };
  return options;
}

// Names of places down to sub-districts; villages are found as parts.
std::vector<std::string> words_of_search(const Settings& settings, const areas::Areas& areas) {
  auto words = search::read_words((settings.share / "data/search/words.txt").string());
  const auto known = areas.now();
  for (const auto& area : known->areas())
    if (area.level != AreaLevel::village) words.push_back(area.name_th.text());
  return words;
}

std::vector<service_centre::LineAccount> line_accounts(const Settings& settings) {
  if (settings.line.empty()) return {};
  return must_read<std::vector<service_centre::LineAccount>>(settings.line);
}

}  // namespace

Instant clock_now() {
  using namespace std::chrono;
  return Instant(duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count());
}

Call program_call() {
  Call call;
  call.now = clock_now();
  call.request_id = "command-line";
  return call;
}

std::string share_text(const Settings& settings, std::string_view file) {
  return read_file(settings.share / file);
}

Application::Application(const Settings& settings)
    : database({.url = settings.database_url()}),
      authority(must(authority::read_law(settings.share / "data/law"))),
      ledger(database, ledger_options(settings, authority)),
      acts(database, ledger),
      areas(database, acts),
      identity(database, acts, identity_options(settings, authority, areas)),
      grants(database, acts, authority, identity),
      obligations(database, acts, authority,
                  must(obligations::read_follow_up_rules(
                           share_text(settings, "data/obligations/rules.json")),
                       "data/obligations/rules.json")),
      printer(printer_of(settings)),
      committees(
          database, acts, authority,
          must(committees::Book::read(share_text(settings, "data/committees/committees.json")),
               "committees.json"),
          [this](const Key& username) -> std::optional<std::string> {
            const auto person = identity.person_named(username);
            return person ? std::optional(person->text()) : std::nullopt;
          },
          printer),
      indicators(
          database, acts, authority, areas,
          must(indicators::RuleBook::read(read_file(settings.share / "data/indicators/rules.json")),
               "data/indicators/rules.json")),
      programme(database, acts, authority, areas, committees, indicators),
      plans(database, acts, authority, areas, committees, obligations,
            must(plans::read_change_rules(share_text(settings, "data/plans/change_rules.json"),
                                          authority.law()),
                 "data/plans/change_rules.json")),
      delegations(
          {database, acts, authority, grants, areas, plans, obligations},
          must(delegations::read_templates(share_text(settings, "data/delegations/templates.json"),
                                           authority.law()),
               "data/delegations/templates.json"),
          printer),
      segmenter(words_of_search(settings, areas)),
      index(segmenter, must_read<search::LikenessRules>(settings.share / "data/search/alike.json")),
      service_centre(database, acts, authority, areas,
                     [this](Instant now) { return grants.offices(now); },
                     must(service_centre::Book::read(settings.share), "data/service_centre"), index,
                     {.key = secret_key(settings.data / "tracking.key"), .printer = printer}),
      counter(database, acts, authority, areas, service_centre.book()),
      place_needs(database, acts, authority, areas, service_centre.book()),
      open311(
          service_centre, database, areas,
          must(service_centre::read_open311_services(
                   share_text(settings, "data/service_centre/open311.json"), service_centre.book()),
               "data/service_centre/open311.json"),
          open311_options(settings, identity)),
      line(service_centre, database, line_accounts(settings)) {
  ledger.listen(
      [this](std::int64_t first, std::int64_t last) { indicators.on_entries(first, last); });
}

void Application::keep_house() {
  const auto now = clock_now();
  identity.prune(now);
  must(grants.end_where_holder_left(program_call()));
  must(obligations.remind(program_call()));
  while (must(service_centre.remind(program_call())) > 0) continue;
  index_cases();
  service_centre.forget_channels(now.plus_ms(-channels_kept_ms));
  acts.forget_answers(now.plus_ms(-answers_kept_ms));
}

void Application::index_cases() {
  for (int done = 0; done < indexings_max; ++done)
    if (service_centre.index_cases(cases_indexed_at_once) == 0 || database.waiting() > 0) return;
}

RouteTable Application::routes() {
  RouteTable table;
  identity.add_routes(table);
  grants.add_routes(table);
  obligations.add_routes(table);
  areas.add_routes(table);
  programme.add_routes(table);
  plans.add_routes(table);
  delegations.add_routes(table);
  service_centre.add_routes(table);
  counter.add_routes(table);
  place_needs.add_routes(table);
  open311.add_routes(table);
  line.add_routes(table);
  committees.add_routes(table);
  indicators.add_routes(table);
  ledger.add_routes(table);
  return table;
}

}  // namespace changwat::program
