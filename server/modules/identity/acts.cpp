#include "platform/auth/encoding.hpp"
#include "platform/auth/tokens.hpp"
#include "platform/auth/totp.hpp"

#include "modules/identity/identity.hpp"
#include "modules/identity/records.hpp"
#include "modules/identity/seal.hpp"
#include "modules/identity/store.hpp"

namespace changwat::identity {
namespace {

constexpr std::string_view issuer_name = "Changwat";

// What the ledger says of each act. Ids only: names, addresses and the like are personal data.
struct SessionEnded {
  SessionId session_id;
};
BOOST_DESCRIBE_STRUCT(SessionEnded, (), (session_id))

struct TokenCreated {
  TokenId token_id;
  Scopes scopes;
  Date expires_on;
};
BOOST_DESCRIBE_STRUCT(TokenCreated, (), (token_id, scopes, expires_on))

struct TokenDeleted {
  TokenId token_id;
};
BOOST_DESCRIBE_STRUCT(TokenDeleted, (), (token_id))

// A person's act on their own account needs no office.
ActRecord on_own_account(const PersonId& person, std::string change = "{}") {
  return {.subject_kind = "person",
          .subject_id = person.text(),
          .authority = {R"({"basis":"own account"})"},
          .change = {std::move(change)}};
}

// Accounts are changed by who signed in, not by a program that was lent a token: a token that leaks
// must not be able to make itself another, or lock its owner out.
Result<PersonId> own_account(const Call& call) {
  if (call.caller->by_token) return errors::session_required;
  return *PersonId::parse(call.caller->person_id);
}

MyToken my_token(const ApiToken& token) {
  return {token.token_id, token.name, token.scopes.value, token.created_at, token.expires_on};
}

}  // namespace

// ---- questions of other modules

std::vector<HeldOffice> Identity::offices_of(const PersonId& id, Date on) {
  return offices_on(
      database_.read([&](db::Connection& db) { return store::offices_of(db, id, on); }), on);
}

std::vector<Holder> Identity::holders_of(Role role, const std::optional<AreaCode>& area, Date on) {
  return database_.read([&](db::Connection& db) { return store::holders(db, role, area, on); });
}

std::vector<Office> Identity::all_offices() {
  return database_.read([](db::Connection& db) { return store::all_offices(db); });
}

std::optional<PersonNames> Identity::person(const PersonId& id) {
  const auto person = database_.read([&](db::Connection& db) { return store::person(db, id); });
  if (!person) return std::nullopt;
  return PersonNames{person->person_id, person->name_th, person->name_en};
}

std::optional<PersonId> Identity::person_named(const Key& username) {
  const auto person =
      database_.read([&](db::Connection& db) { return store::person_named(db, username); });
  return person ? std::optional(person->person_id) : std::nullopt;
}

// ---- acts on one's own account

Result<Done> Identity::end_session(Call& call, const Path<SessionPath>& path) {
  const auto id = TRY(own_account(call));
  return acts_.run<Done>(call, "identity.end_session", [&](Tx& tx) -> Result<Done> {
    const auto session = store::session(tx.db, path->session_id);
    if (!session || session->person_id != id) return errors::not_found;
    store::remove_session(tx.db, session->session_id);
    tx.record(on_own_account(id, to_json(SessionEnded{session->session_id})));
    tx.after_commit([this, digest = session->digest] { sessions_.forget(digest); });
    return Done{};
  });
}

Result<Done> Identity::change_password(Call& call, const PasswordChange& in) {
  const auto id = TRY(own_account(call));
  TRY(take_turn(call, accounts_, id));
  const auto before = database_.read([&](db::Connection& db) { return store::person(db, id); });
  if (!before->password) return errors::wrong_state;  // signs in with a provider only
  if (!TRY(hasher_.verify(in.old_password, before->password)))
    return Problem(
        {{"/old_password", "wrong_password", "รหัสผ่านเดิมไม่ถูกต้อง", "the old password is not right"}});
  if (auto wrong = auth::check_new_password(in.new_password, before->username, "/new_password");
      !wrong.empty())
    return Problem(std::move(wrong));
  const auto hash = TRY(hasher_.hash(in.new_password));

  return acts_.run<Done>(call, "identity.change_password", [&](Tx& tx) -> Result<Done> {
    auto person = store::person(tx.db, id);
    if (person->password != before->password) return errors::changed_meanwhile;
    person->password = hash;
    person->one_time_until.reset();
    store::change_person(tx.db, *person);
    std::vector<std::string> ended;
    for (const auto& session : store::sessions_of(tx.db, id)) {
      if (session.session_id.text() == call.caller->session_id) continue;
      store::remove_session(tx.db, session.session_id);
      ended.push_back(session.digest);
    }
    tx.record(
        on_own_account(id, to_json(PasswordChanged{static_cast<std::int64_t>(ended.size()), 0})));
    tx.after_commit([this, id, ended] {
      forget_sessions(ended);
      persons_.forget(id);
    });
    return Done{};
  });
}

Result<SecondFactor> Identity::begin_second_factor(Call& call) {
  const auto id = TRY(own_account(call));
  const auto secret = auth::new_totp_secret();
  SecondFactor out{.secret = auth::base32_encode(secret)};
  std::vector<std::string> digests;
  for (const auto& code : auth::new_recovery_codes()) {
    out.recovery_codes.push_back(code.shown);
    digests.push_back(code.hash);
  }
  TRY(acts_.run<Done>(not_kept(call), "identity.begin_second_factor", [&](Tx& tx) -> Result<Done> {
    auto person = store::person(tx.db, id);
    if (person->totp_secret) return errors::wrong_state;  // remove the present one first
    person->totp_pending = seal(secret, "totp", keys_.seal);
    store::change_person(tx.db, *person);
    store::put_recovery_codes(tx.db, id, digests);  // worth nothing until the factor is confirmed
    out.otpauth_uri = auth::otpauth_uri(issuer_name, person->username, secret);
    tx.record(on_own_account(id));
    return Done{};
  }));
  return out;
}

Result<Done> Identity::confirm_second_factor(Call& call, const SecondFactorCode& in) {
  const auto id = TRY(own_account(call));
  TRY(take_turn(call, accounts_, id));
  return acts_.run<Done>(call, "identity.confirm_second_factor", [&](Tx& tx) -> Result<Done> {
    auto person = store::person(tx.db, id);
    if (!person->totp_pending) return errors::wrong_state;
    const auto secret = unseal(*person->totp_pending, "totp", keys_.seal);
    CHECK(secret);
    const auto step = auth::match_totp(*secret, in.code, call.now, std::nullopt);
    if (!step)
      return Problem({{"/code", "wrong_code", "รหัสไม่ถูกต้อง โปรดตรวจเวลาของโทรศัพท์แล้วลองใหม่",
                       "the code is not right; check the telephone's clock and try again"}});
    person->totp_secret = std::exchange(person->totp_pending, std::nullopt);
    person->totp_last_step = step;
    store::change_person(tx.db, *person);
    tx.record(on_own_account(id));
    tx.after_commit([this, id] { persons_.forget(id); });
    return Done{};
  });
}

Result<Done> Identity::remove_second_factor(Call& call) {
  const auto id = TRY(own_account(call));
  return acts_.run<Done>(call, "identity.remove_second_factor", [&](Tx& tx) -> Result<Done> {
    auto person = store::person(tx.db, id);
    if (!person->totp_secret && !person->totp_pending) return errors::not_found;
    // A browser left open, or a stolen cookie, must not be enough to take the second factor away.
    const auto session = store::session(tx.db, *SessionId::parse(call.caller->session_id));
    if (!session || call.now >= session->created_at.plus_ms(fresh_sign_in_ms))
      return errors::fresh_sign_in_required;
    person->totp_secret.reset();
    person->totp_pending.reset();
    person->totp_last_step.reset();
    store::change_person(tx.db, *person);
    store::put_recovery_codes(tx.db, id, {});
    tx.record(on_own_account(id));
    tx.after_commit([this, id] { persons_.forget(id); });
    return Done{};
  });
}

Result<Page<MyToken>> Identity::my_tokens(Call& call) {
  const auto id = TRY(own_account(call));
  Page<MyToken> page;  // at most tokens_of_person_max
  for (const auto& token :
       database_.read([&](db::Connection& db) { return store::tokens_of(db, id); }))
    page.items.push_back(my_token(token));
  return page;
}

Result<Created<IssuedToken>> Identity::create_token(Call& call, const NewToken& in) {
  const auto id = TRY(own_account(call));
  if (auto wrong = faults(in, call.now.bangkok_date()); !wrong.empty())
    return Problem(std::move(wrong));
  const auto secret = auth::new_api_token();
  const ApiToken token{
      TokenId::make(call.now), secret.hash, id, in.name, {in.scopes}, call.now, in.expires_on};
  TRY(acts_.run<Done>(not_kept(call), "identity.create_token", [&](Tx& tx) -> Result<Done> {
    if (store::tokens_of(tx.db, id).size() >= tokens_of_person_max)
      return Problem(errors::conflict, "มีโทเค็นครบจำนวนแล้ว โปรดลบที่ไม่ใช้ก่อน",
                     "There are as many tokens as allowed. Delete one that is not used.");
    store::add_token(tx.db, token);
    tx.record(on_own_account(id, to_json(TokenCreated{token.token_id, in.scopes, in.expires_on})));
    return Done{};
  }));
  return Created<IssuedToken>{{my_token(token), secret.secret}};
}

Result<Done> Identity::delete_token(Call& call, const Path<TokenPath>& path) {
  const auto id = TRY(own_account(call));
  return acts_.run<Done>(call, "identity.delete_token", [&](Tx& tx) -> Result<Done> {
    const auto token = store::token(tx.db, path->token_id);
    if (!token || token->person_id != id) return errors::not_found;
    store::remove_token(tx.db, token->token_id);
    tx.record(on_own_account(id, to_json(TokenDeleted{token->token_id})));
    tx.after_commit([this, digest = token->digest] { tokens_.forget(digest); });
    return Done{};
  });
}

}  // namespace changwat::identity
