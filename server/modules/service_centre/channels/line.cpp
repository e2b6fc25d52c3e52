#include "modules/service_centre/channels/line.hpp"

#include <boost/json.hpp>

#include "platform/auth/encoding.hpp"

namespace changwat::service_centre {
namespace {

constexpr std::size_t body_bytes_max = 512 * 1024;
constexpr std::size_t events_max = 100;
constexpr std::size_t text_characters_max = 7'000;  // of a conversation; a case takes 8,000
constexpr std::string_view end_word = "จบ";

const Key& source() {
  static const Key key = *Key::parse("line");
  return key;
}

std::string_view string_at(const boost::json::object& object, const char* name) {
  const auto* found = object.if_contains(name);
  return found && found->is_string() ? json::string_of(*found) : std::string_view();
}

const boost::json::object* object_at(const boost::json::object& object, const char* name) {
  const auto* found = object.if_contains(name);
  return found ? found->if_object() : nullptr;
}

std::optional<Decimal> number_at(const boost::json::object& object, const char* name) {
  const auto* found = object.if_contains(name);
  if (!found || !found->is_number()) return std::nullopt;
  const auto number = found->to_number<double>();
  if (!(number >= -180 && number <= 180)) return std::nullopt;
  return Decimal::of_millionths(static_cast<std::int64_t>(number * Decimal::scale));
}

void read_message(const boost::json::object& message, LineEvent& out) {
  const auto type = string_at(message, "type");
  if (type == "text") {
    out.kind = LineEvent::Kind::text;
    out.text = string_at(message, "text");
  } else if (type == "location") {
    out.kind = LineEvent::Kind::place;
    out.text =
        std::string(string_at(message, "title")) + " " + std::string(string_at(message, "address"));
    out.latitude = number_at(message, "latitude");
    out.longitude = number_at(message, "longitude");
  } else if (type == "image") {
    out.kind = LineEvent::Kind::picture;
  }
}

std::optional<LineEvent> read_event(const boost::json::object& event) {
  if (string_at(event, "mode") == "standby") return std::nullopt;  // another program answers
  const auto* from = object_at(event, "source");
  const auto id = SourceKey::parse(string_at(event, "webhookEventId"));
  const auto sender = from ? Recipient::parse(string_at(*from, "userId")) : std::nullopt;
  if (!id || !sender) return std::nullopt;
  LineEvent out;
  out.event_id = *id;
  out.sender = *sender;
  const auto* message = object_at(event, "message");
  if (string_at(event, "type") == "message" && message) read_message(*message, out);
  return out;
}

bool is_end(std::string_view text) {
  const auto word = Text<0, 8000>::parse(text);
  return word && word->text() == end_word;
}

void add_to(store::DraftRow& draft, const LineEvent& event) {
  if (event.kind == LineEvent::Kind::picture) ++draft.pictures;
  if (event.kind == LineEvent::Kind::place) {
    draft.landmark = Text<0, 500>::parse(cut(event.text, 500)).value_or(draft.landmark);
    draft.latitude = event.latitude;
    draft.longitude = event.longitude;
  }
  if (event.kind == LineEvent::Kind::text) {
    const auto more = draft.text.empty() ? event.text : draft.text.text() + "\n" + event.text;
    draft.text = Detail::parse(cut(more, text_characters_max)).value_or(draft.text);
  }
}

}  // namespace

Result<std::vector<LineEvent>> read_line_events(std::string_view body) {
  const auto value = TRY(json::parse(body));
  const auto* object = value.if_object();
  const auto* list = object ? object->if_contains("events") : nullptr;
  if (!list || !list->is_array()) return errors::malformed_request;
  std::vector<LineEvent> out;
  for (const auto& one : list->get_array()) {
    if (out.size() == events_max) break;
    if (!one.is_object()) return errors::malformed_request;
    if (auto event = read_event(one.get_object())) out.push_back(std::move(*event));
  }
  return out;
}

LineChannel::LineChannel(ServiceCentre& centre, db::Database& database,
                         std::vector<LineAccount> accounts)
    : centre_(centre),
      database_(database),
      accounts_(std::move(accounts)),
      senders_({.capacity = 60, .per_second = 0.5}, 20'000) {}

Result<http::Response> LineChannel::deliver(Call& call, const Path<LinePath>& path,
                                            const LineDelivery& delivery) {
  const LineAccount* account = nullptr;
  for (const auto& one : accounts_)
    if (one.district == path->district) account = &one;
  if (!account) return errors::not_found;
  const auto wanted =
      auth::base64_encode(auth::hmac_sha256(account->channel_secret.text(), delivery.bytes));
  if (!auth::equal_in_constant_time(wanted, delivery.signature)) return signature_wrong;
  const auto events = TRY(read_line_events(delivery.bytes));
  for (const auto& event : events) TRY(take(call, account->district, event));
  return http::json_response(200, "{}");
}

// The case is made first, under the draft's own key: whatever ends between, the same event again
// makes no second case.
Result<Done> LineChannel::take(const Call& call, const AreaCode& district, const LineEvent& event) {
  if (event.kind == LineEvent::Kind::other || !senders_.take(event.sender, call.now).allowed)
    return Done{};
  const auto begun = database_.read(
      [&](db::Connection& db) { return store::draft(db, district, source(), event.sender); });
  const bool ends = event.kind == LineEvent::Kind::text && is_end(event.text);
  if (ends && begun && !begun->text.empty()) TRY(finish(call, *begun));
  database_.write([&](db::Connection& db) {
    if (!store::see_event(db, district.province(), source(), event.event_id, call.now))
      return false;
    auto draft = store::draft(db, district, source(), event.sender);
    if (ends) {
      if (draft && !draft->text.empty()) store::remove_draft(db, draft->draft_id);
      return true;
    }
    if (!draft) {
      draft = store::DraftRow{DraftId::make(call.now), district.province(), district, source(),
                              event.sender};
      draft->begun_at = call.now;
      store::add(db, OutboxRow{OutboxId::make(call.now), district.province(), district, source(),
                               event.sender, OutboxWords::how_to_report, std::nullopt,
                               OutboxState::waiting, call.now, std::nullopt});
    }
    add_to(*draft, event);
    store::put(db, *draft);
    return true;
  });
  return Done{};
}

Result<Done> LineChannel::finish(const Call& call, const store::DraftRow& draft) {
  const auto& rules = centre_.book().lists.intake;
  ChannelMessage out{.source = source()};
  out.source_key = SourceKey::parse(draft.draft_id.text());
  out.sender = draft.sender;
  out.in.kind = rules.citizen_kind;
  out.in.category = rules.citizen_category;
  out.in.importance = rules.citizen_importance;
  out.in.channel = source();
  out.in.title = title_of(draft.text, "-");
  const auto pictures = draft.pictures > 0
                            ? "\n(ส่งภาพทาง LINE ไว้ " + std::to_string(draft.pictures) + " ภาพ)"
                            : std::string();
  out.in.detail = Detail::parse(draft.text.text() + pictures).value_or(draft.text);
  out.in.place.area = draft.district;
  out.in.place.landmark = Text<1, 500>::parse(draft.landmark.text());
  if (draft.latitude && draft.longitude) {
    out.in.place.position = Position{*draft.latitude, *draft.longitude};
    out.in.place.given = PlaceGiven::map;
  }
  out.in.reporters.push_back({.type = ReporterType::anonymous});
  TRY(centre_.receive(call, out));
  return Done{};
}

void LineChannel::add_routes(RouteTable& table) {
  Routes routes(table, *this);
  routes.post("/channels/line/{district}", "deliver_line_events", Needs::nothing,
              &LineChannel::deliver,
              {.summary = "LINE delivers events of a district's account, signed",
               .body_bytes_max = body_bytes_max});
}

}  // namespace changwat::service_centre
