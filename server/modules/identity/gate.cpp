// The gate: from a request's credentials to its caller, from memory.

#include "platform/auth/encoding.hpp"
#include "platform/auth/tokens.hpp"

#include "modules/identity/identity.hpp"
#include "modules/identity/store.hpp"

namespace changwat::identity {
namespace {

constexpr std::string_view bearer = "Bearer ";
constexpr std::size_t session_secret_characters = 43;

// How long what is remembered is taken for what is recorded: another program on the same record
// (the command line, a second server) cannot tell this one that it changed something.
constexpr std::int64_t trusted_ms = minute_ms;

// Signing in needs no proof of an earlier session: it replaces it, and is held to the same site
// anyway.
bool is_sign_in(const http::Head& head) {
  return head.method == http::Method::post && head.path == "/api/v1/session";
}

bool is_fresh(Instant loaded_at, Instant now) {
  return now < loaded_at.plus_ms(trusted_ms);
}

}  // namespace

Result<std::optional<Caller>> Identity::caller(const http::Request& request, Instant now) {
  const auto& head = request.head;
  const auto authorization = head.header("authorization");
  if (authorization.starts_with(bearer))
    return caller_by_token(authorization.substr(bearer.size()), head.method, now);

  const bool changes = !is_safe(head.method);
  if (changes && from_another_site(head, options_.public_url)) return errors::cross_site_request;
  const auto secret = cookie_value(head.header("cookie"), session_cookie_name);
  if (!secret || secret->size() != session_secret_characters) return std::optional<Caller>();
  const auto session = live_session(auth::token_hash(*secret), now);
  if (!session) return std::optional<Caller>();
  auto caller = caller_of(session->row.person_id, now);
  if (!caller) return caller;
  if (changes && !is_sign_in(head) &&
      !auth::is_csrf_token(head.header("x-csrf-token"), session->row.digest, keys_.csrf))
    return errors::csrf_token_wrong;
  saw(*session, now);
  caller->session_id = session->row.session_id.text();
  return caller;
}

Result<std::optional<Caller>> Identity::caller_by_token(std::string_view secret,
                                                        http::Method method, Instant now) {
  if (!auth::is_api_token(secret)) return errors::token_refused;
  const auto token = live_token(auth::token_hash(secret), now);
  if (!token || now.bangkok_date() > token->row.expires_on) return errors::token_refused;
  if (!scopes_allow(token->row.scopes.value, method)) return errors::scope_missing;
  auto caller = caller_of(token->row.person_id, now);
  if (!caller) return errors::token_refused;
  caller->session_id = token->row.token_id.text();
  caller->by_token = true;
  for (const auto scope : token->row.scopes.value) caller->scopes.emplace_back(enum_name(scope));
  return caller;
}

std::optional<Caller> Identity::caller_of(const PersonId& id, Instant now) {
  const auto who = known(id, now);
  if (!who || !admitted(who->person) || who->person.locked_at) return std::nullopt;
  Caller caller;
  caller.person_id = id.text();
  caller.name_th = who->person.name_th.text();
  caller.name_en = who->person.name_en.text();
  // Who comes with a one-time password has only one thing to do.
  if (!who->person.one_time_until) caller.offices = offices_on(who->offices, now.bangkok_date());
  return caller;
}

std::shared_ptr<Identity::LiveSession> Identity::live_session(const std::string& digest,
                                                              Instant now) {
  auto session = sessions_.find(digest);
  if (!session || !is_fresh(session->loaded_at, now)) {
    const auto generation = sessions_.generation();
    const auto row =
        database_.read([&](db::Connection& db) { return store::session_by_digest(db, digest); });
    if (!row) return nullptr;  // not remembered: made-up cookies must not push out real ones
    const auto before = std::exchange(session, std::make_shared<LiveSession>());
    const auto written_ms = row->last_seen_at.unix_ms();
    session->row = *row;
    session->loaded_at = now;
    session->last_seen_ms = before ? std::max(before->last_seen_ms.load(), written_ms) : written_ms;
    session->noted_ms = before ? std::max(before->noted_ms.load(), written_ms) : written_ms;
    sessions_.keep(digest, session, generation);
  }
  const bool over = session_is_over(Instant(session->last_seen_ms), session->row.expires_at, now);
  return over ? nullptr : session;
}

std::shared_ptr<Identity::LiveToken> Identity::live_token(const std::string& digest, Instant now) {
  if (auto token = tokens_.find(digest); token && is_fresh(token->loaded_at, now)) return token;
  const auto generation = tokens_.generation();
  auto row = database_.read([&](db::Connection& db) { return store::token_by_digest(db, digest); });
  if (!row) return nullptr;
  auto token = std::make_shared<LiveToken>(LiveToken{std::move(*row), now});
  tokens_.keep(digest, token, generation);
  return token;
}

std::shared_ptr<Identity::Known> Identity::known(const PersonId& id, Instant now) {
  if (auto who = persons_.find(id); who && is_fresh(who->loaded_at, now)) return who;
  const auto generation = persons_.generation();
  auto loaded = load(id, now);
  if (!loaded.ok()) return nullptr;
  auto who = std::make_shared<Known>(std::move(*loaded));
  persons_.keep(id, who, generation);
  return who;
}

Result<Identity::Known> Identity::load(const PersonId& id, Instant now) {
  return database_.snapshot([&](db::Connection& db) -> Result<Known> {
    auto person = store::person(db, id);
    if (!person) return errors::not_found;
    person->password.reset();  // nobody needs it in memory
    return Known{std::move(*person), store::offices_of(db, id, now.bangkok_date()), now};
  });
}

void Identity::saw(LiveSession& session, Instant now) {
  auto seen = session.last_seen_ms.load();
  while (seen < now.unix_ms() && !session.last_seen_ms.compare_exchange_weak(seen, now.unix_ms())) {
  }
  auto noted = session.noted_ms.load();
  if (now.unix_ms() < noted + last_seen_interval_ms) return;
  if (session.noted_ms.compare_exchange_strong(noted,
                                               now.unix_ms()))  // one of those who come at once
    last_seen_.note(session.row.session_id, now);
}

}  // namespace changwat::identity
