#include "modules/service_centre/channels/open311.hpp"

#include <algorithm>

#include <boost/json.hpp>

#include "platform/http/uri.hpp"

#include "modules/service_centre/masking.hpp"
#include "modules/service_centre/store.hpp"

namespace changwat::service_centre {
namespace {

using open311::Error;
using open311::Format;

constexpr std::size_t form_bytes_max = 64 * 1024;
constexpr std::size_t ids_max = 200;
constexpr std::int64_t span_ms_max = std::int64_t{90} * 86'400'000;  // of the standard
constexpr std::size_t description_characters = 4000;                 // of the standard
constexpr std::string_view specification = "http://wiki.open311.org/GeoReport_v2";

http::Response answered(Format format, std::string body, int status = 200) {
  http::Response response;
  response.status = status;
  response.content_type =
      format == Format::xml ? "text/xml; charset=utf-8" : "application/json; charset=utf-8";
  response.body = std::move(body);
  return response;
}

// The standard knows 403 for keys, 404 for what is not there, and 400 for all else.
http::Response refused(Format format, const std::vector<Error>& errors) {
  auto status = static_cast<int>(errors.front().code);
  for (const auto& error : errors)
    if (error.code == 403) status = 403;
  return answered(format, written(format, errors), status);
}

Error error_of(const Problem& problem) {
  const auto& kind = *problem.kind;
  Error out{kind.status == 403 || kind.status == 404 || kind.status >= 429 ? kind.status : 400, ""};
  out.description = problem.en.empty() ? std::string(kind.en) : problem.en;
  for (const auto& field : problem.fields) out.description += " " + field.pointer + " " + field.en;
  return out;
}

// The first value that is not empty.
std::optional<std::string> given(const Open311Asked& asked, std::string_view name) {
  for (const auto& [key, value] : asked.query)
    if (key == name && !value.empty()) return value;
  return std::nullopt;
}

// The parts of all values of the name, between commas.
std::vector<std::string> listed(const Open311Asked& asked, std::string_view name) {
  std::vector<std::string> out;
  for (const auto& [key, value] : asked.query) {
    if (key != name) continue;
    std::string_view rest = value;
    while (!rest.empty()) {
      const auto comma = std::min(rest.find(','), rest.size());
      auto part = rest.substr(0, comma);
      while (part.starts_with(' ')) part.remove_prefix(1);
      while (part.ends_with(' ')) part.remove_suffix(1);
      if (!part.empty()) out.emplace_back(part);
      rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
  }
  return out;
}

template <class T>
std::optional<T> word_given(const Open311Asked& asked, std::string_view name,
                            std::vector<Error>& faults) {
  const auto text = given(asked, name);
  if (!text) return std::nullopt;
  auto word = T::parse(*text);
  if (!word) faults.push_back({400, std::string(name) + " " + T::word().en});
  return word;
}

bool is_web_address(std::string_view text) {
  return text.starts_with("https://") || text.starts_with("http://");
}

std::vector<ReporterRow> as_if_secret(std::vector<ReporterRow> reporters) {
  for (auto& one : reporters) one.type = ReporterType::secret;
  return reporters;
}

}  // namespace

Result<std::vector<Open311Service>> read_open311_services(std::string_view text, const Book& book) {
  const auto file = TRY(json::parse(text));
  const auto* object = file.if_object();
  const auto* rows = object ? object->if_contains("services") : nullptr;
  if (!rows) return errors::malformed_request;
  auto services = TRY(from_json_value<std::vector<Open311Service>>(*rows));
  for (const auto& row : services) {
    const auto& known = book.lists.categories;
    const bool is_there = std::any_of(known.begin(), known.end(), [&](const CategoryRow& one) {
      return one.category == row.category;
    });
    if (!is_there)
      return Problem({{"/services", "lacking", "ไม่มีประเภท " + row.category.text(),
                       row.category.text() + " is no category"}});
  }
  return services;
}

Open311::Open311(ServiceCentre& centre, db::Database& database, const areas::Areas& areas,
                 std::vector<Open311Service> services, Open311Options options)
    : centre_(centre),
      database_(database),
      areas_(areas),
      services_(std::move(services)),
      options_(std::move(options)),
      intake_(options_.intake, 10'000) {}

const Open311Service* Open311::find(std::string_view code) const {
  for (const auto& one : services_)
    if (one.category.text() == code) return &one;
  return nullptr;
}

std::string Open311::name_of(const Key& category, Date on) const {
  const auto* row = find_category(centre_.book(), category, on);
  return row ? row->name_th.text() : category.text();
}

std::optional<AreaCode> Open311::jurisdiction(const Open311Asked& asked, bool required,
                                              Faults& faults) const {
  const auto text = given(asked, "jurisdiction_id");
  if (!text) {
    if (required)
      faults.push_back(
          {400, "jurisdiction_id was not provided: the code of a province or district"});
    return std::nullopt;
  }
  const auto code = AreaCode::parse(*text);
  const bool is_one =
      code && (code->level() == AreaLevel::province || code->level() == AreaLevel::district);
  if (is_one && areas_.exists(*code)) return code;
  faults.push_back({404, "jurisdiction_id was not found: " + cut(*text, 40)});
  return std::nullopt;
}

// ---- services

Result<http::Response> Open311::discovery(Call&, const Open311Asked& asked) {
  open311::Discovery out;
  out.changeset = "2010-11-23T09:00:00Z";  // of the standard, as it was frozen
  out.contact = options_.public_url;
  out.key_service = options_.public_url + "/app/";
  out.endpoints.push_back({std::string(specification),
                           options_.public_url + "/open311/v2",
                           out.changeset,
                           "production",
                           {"text/xml", "application/json"}});
  return answered(asked.format, written(asked.format, out));
}

Result<http::Response> Open311::services(Call& call, const Open311Asked& asked) {
  Faults faults;
  (void)jurisdiction(asked, false, faults);
  if (!faults.empty()) return refused(asked.format, faults);
  std::vector<open311::Service> out;
  for (const auto& row : services_) {
    open311::Service one;
    one.service_code = row.category.text();
    one.service_name = name_of(row.category, call.now.bangkok_date());
    one.description = row.description_th.text();
    one.group = row.group_th.text();
    for (const auto& word : row.keywords_th)
      one.keywords += (one.keywords.empty() ? "" : ", ") + word.text();
    out.push_back(std::move(one));
  }
  return answered(asked.format, written(asked.format, out));
}

Result<http::Response> Open311::definition(Call& call, const Path<Open311Path>&,
                                           const Open311Asked& asked) {
  Faults faults;
  (void)jurisdiction(asked, false, faults);
  if (!find(asked.id)) faults.push_back({404, "service_code was not found: " + cut(asked.id, 60)});
  if (!faults.empty()) return refused(asked.format, faults);
  open311::ServiceDefinition out{asked.id, {}};
  open311::Attribute kind{.code = "kind", .datatype = "singlevaluelist", .order = 1};
  kind.description = "ลักษณะเรื่อง";
  for (const auto& row : centre_.book().lists.kinds)
    if (row.handled_as.text() == "case" && in_force(row, call.now.bangkok_date()))
      kind.values.push_back({row.kind.text(), row.name_th.text()});
  open311::Attribute secret{.code = "secret", .datatype = "singlevaluelist", .order = 2};
  secret.description = "ขอปกปิดชื่อผู้แจ้ง";
  secret.values = {{"yes", "ปกปิด"}, {"no", "ไม่ปกปิด"}};
  out.attributes = {std::move(kind), std::move(secret)};
  return answered(asked.format, written(asked.format, out));
}

// ---- reporting

CasePlace Open311::place_of(const Open311Asked& asked, Faults& faults) const {
  CasePlace out;
  const auto within = jurisdiction(asked, true, faults);
  const auto address_id = given(asked, "address_id");
  const auto address = word_given<Text<1, 500>>(asked, "address_string", faults);
  const auto lat = given(asked, "lat"), long_ = given(asked, "long");
  if (!address_id && !address && !(lat && long_))
    faults.push_back({400, "a location is needed: lat and long, address_string or address_id"});
  if (lat.has_value() != long_.has_value()) faults.push_back({400, "lat and long go together"});
  if (lat && long_) {
    const auto latitude = degrees(*lat), longitude = degrees(*long_);
    if (latitude && longitude)
      out.position = Position{*latitude, *longitude};
    else
      faults.push_back({400, "lat and long must be degrees, like 13.5367"});
  }
  out.landmark = address;
  out.given = out.position ? PlaceGiven::device : PlaceGiven::typed;
  if (!within) return out;
  out.area = *within;
  if (address_id) {
    const auto code = AreaCode::parse(*address_id);
    if (code && within->contains(*code) && areas_.exists(*code))
      out.area = *code;
    else
      faults.push_back({404, "address_id was not found in this jurisdiction"});
  }
  if (out.area.level() == AreaLevel::province)
    faults.push_back(
        {400, "jurisdiction_id must be of a district, or address_id of an area in it"});
  return out;
}

NewReporter Open311::reporter_of(const Open311Asked& asked, Faults& faults) const {
  NewReporter out;
  const auto first = given(asked, "first_name"), last = given(asked, "last_name");
  const auto name = first.value_or("") + (first && last ? " " : "") + last.value_or("");
  if (!name.empty()) {
    out.name = Text<1, 200>::parse(name);
    if (!out.name) faults.push_back({400, "first_name and last_name: 200 characters at most"});
  }
  out.phone = word_given<Phone>(asked, "phone", faults);
  out.email = word_given<Email>(asked, "email", faults);
  out.type = name.empty() ? ReporterType::anonymous : ReporterType::person;
  if (given(asked, "attribute[secret]") == "yes" && !name.empty()) out.type = ReporterType::secret;
  return out;
}

Result<ChannelMessage> Open311::message_of(const Open311Asked& asked, Instant now,
                                           Faults& faults) const {
  const auto& rules = centre_.book().lists.intake;
  ChannelMessage out{.source = *Key::parse("open311")};
  out.in.channel = out.source;
  out.in.importance = rules.citizen_importance;
  out.in.kind = word_given<Key>(asked, "attribute[kind]", faults).value_or(rules.citizen_kind);
  const auto code = given(asked, "service_code");
  const auto* service = code ? find(*code) : nullptr;
  if (!code) faults.push_back({400, "service_code was not provided"});
  if (code && !service) faults.push_back({404, "service_code was not found: " + cut(*code, 60)});
  if (service) out.in.category = service->category;
  const auto text = given(asked, "description").value_or("");
  const auto detail = Text<0, description_characters>::parse(text);
  if (!detail)
    faults.push_back({400, "description: 4000 characters at most, without control characters"});
  if (detail) out.in.detail = *Detail::parse(detail->text());
  out.in.title = title_of(text, service ? name_of(service->category, now.bangkok_date()) : "-");
  out.media_url = word_given<MediaUrl>(asked, "media_url", faults);
  if (out.media_url && !is_web_address(out.media_url->text()))
    faults.push_back({400, "media_url must begin with https:// or http://"});
  out.in.place = place_of(asked, faults);
  out.in.reporters.push_back(reporter_of(asked, faults));
  return out;
}

Result<http::Response> Open311::report(Call& call, const Open311Asked& asked) {
  const auto key = given(asked, "api_key");
  auto holder = call.caller;
  if (key) {
    auto found = options_.key_holder(*key, call.now);
    holder = found.ok() ? *found : std::nullopt;
  }
  if (!holder || !holder->by_token)
    return refused(asked.format,
                   {{403, "api_key is missing or not valid: an API token that may write"}});
  if (!asked.is_form)
    return refused(asked.format, {{400, "send application/x-www-form-urlencoded in UTF-8"}});
  const auto turn = intake_.take(holder->session_id, call.now);
  if (!turn.allowed) return refused(asked.format, {error_of(errors::too_many_requests)});
  Faults faults;
  const auto message = TRY(message_of(asked, call.now, faults));
  if (!faults.empty()) return refused(asked.format, faults);
  const auto made = centre_.receive(call, message);
  if (!made.ok()) return refused(asked.format, {error_of(made.problem())});
  const std::vector<open311::Accepted> out{
      {made->case_id.text(), words_of(OutboxWords::received, *made), std::nullopt}};
  return answered(asked.format, written(asked.format, out));
}

// ---- reading

store::PublicAsked Open311::asked_of(const Open311Asked& asked, Instant now, Faults& faults) const {
  store::PublicAsked out;
  for (const auto& one : services_) out.categories.push_back(one.category.text());
  const auto ids = listed(asked, "service_request_id");
  out.area = jurisdiction(asked, ids.empty(), faults);
  if (!ids.empty()) {  // overrides all other arguments
    if (ids.size() > ids_max) faults.push_back({400, "service_request_id: 200 at most"});
    for (const auto& id : ids)
      if (const auto known = CaseId::parse(id)) out.ids.push_back(*known);
    if (out.ids.empty()) faults.push_back({404, "service_request_id was not found"});
    return out;
  }
  if (const auto codes = listed(asked, "service_code"); !codes.empty()) {
    out.categories.clear();
    for (const auto& code : codes)
      if (find(code)) out.categories.push_back(code);
    if (out.categories.empty() || out.categories.size() > services_.size())
      faults.push_back({404, "service_code was not found"});
  }
  out.from = word_given<Instant>(asked, "start_date", faults);
  out.to = word_given<Instant>(asked, "end_date", faults);
  if (!out.from) out.from = out.to.value_or(now).plus_ms(-span_ms_max);
  if (!out.to) out.to = out.from->plus_ms(span_ms_max);
  if (out.to->unix_ms() - out.from->unix_ms() > span_ms_max)
    faults.push_back({400, "start_date and end_date may not span more than 90 days"});
  bool open = false, closed = false;
  for (const auto& status : listed(asked, "status")) {
    open = open || status == "open";
    closed = closed || status == "closed";
    if (status != "open" && status != "closed") faults.push_back({400, "status is open or closed"});
  }
  if (open != closed) out.open = open;
  return out;
}

open311::ServiceRequest Open311::told(db::Connection& db, const store::PublicRow& row,
                                      Date on) const {
  open311::ServiceRequest out;
  out.service_request_id = row.case_id.text();
  out.status = open311::status_of(row.state);
  out.status_notes =
      (row.demonstration ? "ข้อมูลสาธิต: " : "") + std::string(open311::notes_of(row.state));
  out.service_name = name_of(row.category, on);
  out.service_code = row.category.text();
  out.requested_datetime = row.received_at.text();
  out.updated_datetime = row.settled_at.value_or(row.updated_at).text();
  const auto names = areas_.now();
  const auto name = [&](const AreaCode& code) {
    const auto* area = names->find(code);
    return area ? area->name_th.text() : std::string();
  };
  out.address = name(row.district);
  out.address_id = row.district.text();
  if (row.due_at < never_due) out.expected_datetime = row.due_at.text();
  const bool in_the_open = row.source && row.hidden == 0 && row.accused.value.empty();
  const auto landmark =
      row.place.value.landmark ? row.place.value.landmark->text() + " " : std::string();
  if (!in_the_open || tells_secret(row.detail.text() + "\n" + landmark,
                                   as_if_secret(store::reporters(db, row.case_id))))
    return out;
  out.description = row.detail.text();
  out.agency_responsible = row.agency_th;
  out.address = landmark + (row.area == row.district ? "" : name(row.area) + " ") + *out.address;
  out.address_id = row.area.text();
  if (const auto* area = names->find(row.area)) out.zipcode = area->postcode;
  if (row.place.value.position) {
    out.lat = row.place.value.position->latitude.approximate();
    out.long_ = row.place.value.position->longitude.approximate();
  }
  out.media_url = row.media_url;
  return out;
}

std::vector<open311::ServiceRequest> Open311::told(db::Connection& db,
                                                   const store::PublicAsked& asked,
                                                   Instant now) const {
  std::vector<open311::ServiceRequest> out;
  for (const auto& row : store::public_cases(db, asked))
    out.push_back(told(db, row, now.bangkok_date()));
  return out;
}

Result<http::Response> Open311::requests(Call& call, const Open311Asked& asked) {
  Faults faults;
  const auto wanted = asked_of(asked, call.now, faults);
  if (!faults.empty()) return refused(asked.format, faults);
  const auto out =
      database_.snapshot([&](db::Connection& db) { return told(db, wanted, call.now); });
  return answered(asked.format, written(asked.format, out));
}

Result<http::Response> Open311::request(Call& call, const Path<Open311Path>&,
                                        const Open311Asked& asked) {
  auto one = asked;
  std::erase_if(one.query, [](const auto& pair) { return pair.first == "service_request_id"; });
  one.query.emplace_back("service_request_id", asked.id);
  Faults faults;
  const auto wanted = asked_of(one, call.now, faults);
  if (!faults.empty()) return refused(asked.format, faults);
  const auto out =
      database_.snapshot([&](db::Connection& db) { return told(db, wanted, call.now); });
  if (out.empty()) return refused(asked.format, {{404, "service_request_id was not found"}});
  return answered(asked.format, written(asked.format, out));
}

// All our services are realtime and give no tokens: a request's own id stands for one.
Result<http::Response> Open311::token(Call&, const Path<Open311Path>&, const Open311Asked& asked) {
  Faults faults;
  const auto within = jurisdiction(asked, false, faults);
  store::PublicAsked wanted;
  for (const auto& one : services_) wanted.categories.push_back(one.category.text());
  wanted.area = within;
  const auto id = CaseId::parse(asked.id);
  if (id) wanted.ids = {*id};
  if (faults.empty() && id &&
      !database_.read([&](db::Connection& db) { return store::public_cases(db, wanted); }).empty())
    return answered(asked.format,
                    written(asked.format, std::vector<open311::Token>{{id->text(), id->text()}}));
  if (faults.empty()) faults.push_back({404, "token was not found"});
  return refused(asked.format, faults);
}

// ---- routes

void Open311::add_routes(RouteTable& table) {
  Routes routes(table, *this);
  using S = Open311;
  const std::string base = "/open311/v2";
  for (const std::string format : {"json", "xml"}) {
    routes.get("/open311/discovery." + format, "open311_discovery_" + format, Needs::nothing,
               &S::discovery, {.summary = "Open311: what this server serves", .quick = true});
    routes.get(base + "/services." + format, "open311_services_" + format, Needs::nothing,
               &S::services, {.summary = "Open311: services", .quick = true});
    routes.get(base + "/requests." + format, "open311_requests_" + format, Needs::nothing,
               &S::requests, {.summary = "Open311: service requests, the latest first"});
    routes.post(base + "/requests." + format, "open311_report_" + format, Needs::nothing,
                &S::report,
                {.summary = "Open311: report; api_key is an API token that may write",
                 .body_bytes_max = form_bytes_max});
  }
  routes.get(base + "/services/{file}", "open311_service", Needs::nothing, &S::definition,
             {.summary = "Open311: definition of a service, CODE.json or CODE.xml", .quick = true});
  routes.get(base + "/requests/{file}", "open311_request", Needs::nothing, &S::request,
             {.summary = "Open311: one service request, ID.json or ID.xml"});
  routes.get(base + "/tokens/{file}", "open311_token", Needs::nothing, &S::token,
             {.summary = "Open311: the service request of a token, TOKEN.json or TOKEN.xml"});
}

}  // namespace changwat::service_centre

namespace changwat::http {

Result<service_centre::Open311Asked> ReadArgument<service_centre::Open311Asked>::read(
    const Incoming& in) {
  service_centre::Open311Asked out;
  const auto& head = in.request.head;
  const bool xml = head.path.ends_with(".xml");
  if (!xml && !head.path.ends_with(".json")) return errors::not_found;
  out.format = xml ? service_centre::open311::Format::xml : service_centre::open311::Format::json;
  if (!in.path.empty()) {
    const auto& file = in.path.front().second;
    out.id = file.substr(0, file.rfind('.'));
  }
  out.query = in.query;
  if (head.method != Method::post) return out;
  const auto type = head.header("content-type");
  auto form = uri::parse_query(in.request.body);
  out.is_form = form && type.substr(0, type.find(';')) == "application/x-www-form-urlencoded";
  if (out.is_form) out.query.insert(out.query.end(), form->begin(), form->end());
  return out;
}

void ReadArgument<service_centre::Open311Asked>::describe(Schemas&,
                                                          boost::json::object& operation) {
  operation["externalDocs"] = {{"url", "http://wiki.open311.org/GeoReport_v2"}};
}

}  // namespace changwat::http
