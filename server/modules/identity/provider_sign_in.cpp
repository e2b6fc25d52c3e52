// Signing in with an identity provider: out to it and back, in a browser that follows redirects.
//
// The attempt's secrets travel in a sealed cookie that only this browser has, so that a server that
// was restarted, or another one of several, can finish what one began.

#include "platform/auth/tokens.hpp"

#include "modules/identity/identity.hpp"
#include "modules/identity/seal.hpp"
#include "modules/identity/store.hpp"

namespace changwat::errors {
inline constexpr ErrorKind unknown_identity{
    "unknown_identity", 403, "ยังไม่มีบัญชีที่ผูกกับการยืนยันตัวตนนี้ โปรดติดต่อผู้ดูแลระบบของหน่วยงานท่าน",
    "No account here is linked to this identity. Ask your organisation's administrator."};
}

namespace changwat::identity {
namespace {

constexpr std::string_view cookie_path = "/auth/oidc/";
constexpr std::string_view purpose = "provider sign-in";
constexpr std::string_view home = "/app/";

http::Response redirect(std::string to) {
  http::Response response{.status = 303, .content_type = {}};
  response.headers = {{"Location", std::move(to)},
                      {"Cache-Control", "no-store"},
                      {"Referrer-Policy", "no-referrer"}};
  return response;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '"')
      out += "&quot;";
    else
      out += c;
  }
  return out;
}

// Somebody looks at this in a browser: a page and not a problem document.
http::Response problem_page(const Problem& problem, const std::string& request_id) {
  const auto th = problem.th.empty() ? problem.kind->th : std::string_view(problem.th);
  const auto en = problem.en.empty() ? problem.kind->en : std::string_view(problem.en);
  http::Response response{.status = problem.kind->status,
                          .content_type = "text/html; charset=utf-8"};
  response.headers = {
      {"Cache-Control", "no-store"},
      {"Content-Security-Policy", "default-src 'none'; base-uri 'none'; frame-ancestors 'none'"}};
  response.body =
      "<!doctype html>\n<html lang=\"th\">\n<meta name=\"viewport\" "
      "content=\"width=device-width\">\n"
      "<title>เข้าสู่ระบบไม่สำเร็จ</title>\n<h1>เข้าสู่ระบบไม่สำเร็จ</h1>\n<p>" +
      escaped(th) + "</p>\n<p lang=\"en\">" + escaped(en) +
      "</p>\n<p><a href=\"/app/\">กลับไปหน้าเข้าสู่ระบบ / Back to sign in</a></p>\n<p><small>" +
      std::string(problem.kind->code) + " · " + escaped(request_id) + "</small></p>\n</html>\n";
  return response;
}

std::string value_of(const http::Values& values, std::string_view name) {
  for (const auto& [key, value] : values)
    if (key == name) return value;
  return {};
}

}  // namespace

std::string Identity::sign_in_cookie(std::string sealed) const {
  const auto life = sealed.empty() ? 0 : pending_sign_in_ms / 1000;
  return set_cookie({.name = sign_in_cookie_name,
                     .value = std::move(sealed),
                     .path = cookie_path,
                     .secure = !options_.loopback,
                     .life_seconds = life});
}

Result<SignInProviders> Identity::sign_in_providers(Call&) {
  SignInProviders out;
  for (const auto& provider : providers_.all())
    out.items.push_back({provider.code, provider.name_th, provider.name_en});
  return out;
}

http::Response Identity::begin_provider_sign_in(Call& call, const http::Incoming& in) {
  auto to = begin(call, in);
  return to.ok() ? redirect(std::move(*to)) : problem_page(to.problem(), call.request_id);
}

Result<std::string> Identity::begin(Call& call, const http::Incoming& in) {
  TRY(take_turn(call, addresses_, call.peer));
  const auto* provider = providers_.find(value_of(in.path, "code"));
  if (!provider) return errors::not_found;
  const auto attempt = auth::new_sign_in();
  auto to = TRY(providers_.authorization_url(*provider, attempt, call.now));
  const PendingSignIn pending{provider->code,
                              attempt.state,
                              attempt.nonce,
                              attempt.verifier,
                              local_path(value_of(in.query, "return"), home),
                              call.now};
  call.answer_headers.emplace_back("Set-Cookie",
                                   sign_in_cookie(seal(to_json(pending), purpose, keys_.seal)));
  return to;
}

http::Response Identity::finish_provider_sign_in(Call& call, const http::Incoming& in) {
  call.answer_headers.emplace_back("Set-Cookie", sign_in_cookie(""));  // an attempt is good once
  auto to = finish(call, in);
  return to.ok() ? redirect(std::move(*to)) : problem_page(to.problem(), call.request_id);
}

Result<std::string> Identity::finish(Call& call, const http::Incoming& in) {
  TRY(take_turn(call, addresses_, call.peer));
  const auto* provider = providers_.find(value_of(in.path, "code"));
  if (!provider) return errors::not_found;
  const auto cookie = cookie_value(in.request.head.header("cookie"), sign_in_cookie_name);
  const auto opened = cookie ? unseal(*cookie, purpose, keys_.seal) : std::nullopt;
  if (!opened) return errors::sign_in_refused;
  const auto pending = TRY(read_json<PendingSignIn>(*opened));
  if (pending.provider != provider->code ||
      call.now >= pending.begun_at.plus_ms(pending_sign_in_ms))
    return errors::sign_in_refused;
  const auto token =
      TRY(providers_.identify(*provider, in.request.head.query,
                              {pending.state, pending.nonce, pending.verifier}, call.now));
  const auto person = TRY(person_of(call, *provider, token));

  const auto secret = auth::new_token();
  std::vector<std::string> ended;
  bool locked = false;
  database_.write(
      [&](db::Connection& db) {
        locked = store::person(db, person)->locked_at.has_value();
        if (!locked) open_session(db, call, person, secret.hash, ended);
        log(db, call, person, provider->code.text() + " " + token.subject,
            locked ? Outcome::locked : Outcome::signed_in);
        return true;
      },
      [&] { forget_sessions(ended); });
  if (locked) return errors::account_locked;
  call.answer_headers.emplace_back("Set-Cookie", session_cookie(secret.secret));
  return pending.return_to;
}

Result<PersonId> Identity::person_of(const Call& call, const ProviderOptions& provider,
                                     const auth::IdToken& token) {
  const auto linked = database_.read(
      [&](db::Connection& db) { return store::person_linked(db, provider.code, token.subject); });
  if (linked) return *linked;
  if (provider.creates_citizens) return add_citizen(call, provider.code, token);
  database_.write([&](db::Connection& db) {
    log(db, call, std::nullopt, provider.code.text() + " " + token.subject,
        Outcome::unknown_identity);
    return true;
  });
  return errors::unknown_identity;
}

Result<PersonId> Identity::add_citizen(const Call& call, const Key& provider,
                                       const auth::IdToken& token) {
  const auto id = PersonId::make(call.now);
  std::string username = "citizen-" + id.text();
  for (char& c : username)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  const auto given = token.name ? PersonName::parse(*token.name) : std::nullopt;
  const auto name_th = given ? *given : *PersonName::parse("ประชาชน");
  const auto name_en = given ? *given : *PersonName::parse("Citizen");
  const Person person{.person_id = id,
                      .username = *Key::parse(username),
                      .name_th = name_th,
                      .name_en = name_en,
                      .created_at = call.now};
  std::optional<PersonId> meanwhile;  // two tabs may come back at once
  auto added = acts_.run<PersonId>(call, "identity.add_citizen", [&](Tx& tx) -> Result<PersonId> {
    meanwhile = store::person_linked(tx.db, provider, token.subject);
    if (meanwhile) return errors::conflict;
    store::add_person(tx.db, person);
    store::link(tx.db, id, provider, token.subject, call.now);
    auto offices = store::offices(tx.db, Role::citizen, std::nullopt);
    if (offices.empty()) {
      offices.push_back({OfficeId::make(call.now), Role::citizen, std::nullopt,
                         *OfficeTitle::parse("ประชาชน"), *OfficeTitle::parse("Citizen")});
      store::add_office(tx.db, offices.front());
    }
    store::add_holding(tx.db, {HoldingId::make(call.now), offices.front().office_id, id, false,
                               call.now.bangkok_date(), std::nullopt});
    tx.record(
        {.subject_kind = "person",
         .subject_id = id.text(),
         .authority = {R"({"basis":"identity provider","provider":")" + provider.text() + "\"}"}});
    return id;
  });
  if (meanwhile) return *meanwhile;
  return added;
}

}  // namespace changwat::identity
