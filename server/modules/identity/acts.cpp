#include "platform/auth/encoding.hpp"
#include "platform/auth/tokens.hpp"
#include "platform/auth/totp.hpp"

#include "modules/identity/identity.hpp"
#include "modules/identity/seal.hpp"
#include "modules/identity/store.hpp"

namespace changwat::identity {
namespace {

constexpr std::string_view issuer_name = "Changwat";

// What the ledger says of each act. Ids only: names, addresses and the like are personal data.
struct PersonAdded {
  bool demonstration = false;
  bool with_password = false;
};
BOOST_DESCRIBE_STRUCT(PersonAdded, (), (demonstration, with_password))

struct IdentityLinked {
  Key provider;
};
BOOST_DESCRIBE_STRUCT(IdentityLinked, (), (provider))

struct SessionEnded {
  SessionId session_id;
};
BOOST_DESCRIBE_STRUCT(SessionEnded, (), (session_id))

struct PasswordChanged {
  std::int64_t sessions_ended = 0;
};
BOOST_DESCRIBE_STRUCT(PasswordChanged, (), (sessions_ended))

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

std::optional<AreaCode> province_of(const std::optional<AreaCode>& area) {
  return area ? std::optional(area->province()) : std::nullopt;
}

// By whom the installation is run: the command line and loaders, which ask no office's authority.
ActRecord by_installation(std::string kind, std::string id, std::string change = "{}") {
  return {.subject_kind = std::move(kind),
          .subject_id = std::move(id),
          .authority = {R"({"basis":"installation"})"},
          .change = {std::move(change)}};
}

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

// Answers that hold a secret must not be kept, so these acts do not take an Idempotency-Key.
Call not_kept(const Call& call) {
  Call once = call;
  once.idempotency_key.clear();
  return once;
}

std::vector<FieldError> username_taken() {
  return {{"/username", "taken", "มีชื่อผู้ใช้นี้แล้ว", "somebody has this user name"}};
}

MyToken my_token(const ApiToken& token) {
  return {token.token_id, token.name, token.scopes.value, token.created_at, token.expires_on};
}

}  // namespace

// ---- acts of the installation

Result<PersonId> Identity::add_person(const Call& call, const NewPerson& in) {
  Person person{.person_id = PersonId::make(call.now),
                .username = in.username,
                .name_th = in.name_th,
                .name_en = in.name_en,
                .demonstration = in.demonstration,
                .created_at = call.now};
  // Those of demonstration accounts are known to everybody anyway, and work on loopback only.
  if (in.password && !in.demonstration)
    if (auto wrong = auth::check_new_password(*in.password, in.username); !wrong.empty())
      return Problem(wrong);
  if (in.password) person.password = TRY(hasher_.hash(*in.password));
  return acts_.run<PersonId>(call, "identity.add_person", [&](Tx& tx) -> Result<PersonId> {
    if (store::person_named(tx.db, in.username)) return Problem(username_taken());
    store::add_person(tx.db, person);
    tx.record(by_installation("person", person.person_id.text(),
                              to_json(PersonAdded{in.demonstration, in.password.has_value()})));
    return person.person_id;
  });
}

Result<Done> Identity::set_password(const Call& call, const PersonId& id,
                                    std::string_view password) {
  const auto before = database_.read([&](db::Connection& db) { return store::person(db, id); });
  if (!before) return errors::not_found;
  if (auto wrong = auth::check_new_password(password, before->username); !wrong.empty())
    return Problem(wrong);
  const auto hash = TRY(hasher_.hash(password));
  return acts_.run<Done>(call, "identity.set_password", [&](Tx& tx) -> Result<Done> {
    auto person = store::person(tx.db, id);
    person->password = hash;
    forget_failures(*person);
    store::change_person(tx.db, *person);
    std::vector<std::string> ended;
    for (const auto& session : store::sessions_of(tx.db, id)) {
      store::remove_session(tx.db, session.session_id);
      ended.push_back(session.digest);
    }
    tx.record(by_installation("person", id.text(),
                              to_json(PasswordChanged{static_cast<std::int64_t>(ended.size())})));
    tx.after_commit([this, ended] { forget_sessions(ended); });
    return Done{};
  });
}

Result<Done> Identity::link_identity(const Call& call, const PersonId& id, const Key& provider,
                                     std::string_view subject) {
  return acts_.run<Done>(call, "identity.link_identity", [&](Tx& tx) -> Result<Done> {
    if (!store::person(tx.db, id)) return errors::not_found;
    if (store::person_linked(tx.db, provider, subject)) return errors::conflict;
    store::link(tx.db, id, provider, subject, call.now);
    tx.record(by_installation("person", id.text(), to_json(IdentityLinked{provider})));
    return Done{};
  });
}

Result<OfficeId> Identity::add_office(const Call& call, const NewOffice& in) {
  return acts_.run<OfficeId>(call, "identity.add_office", [&](Tx& tx) -> Result<OfficeId> {
    const Office office{OfficeId::make(call.now), in.role, in.area, in.title_th, in.title_en};
    store::add_office(tx.db, office);
    auto record = by_installation("office", office.office_id.text(), to_json(office));
    record.province = province_of(in.area);
    tx.record(record);
    return office.office_id;
  });
}

Result<HoldingId> Identity::hold_office(const Call& call, const NewHolding& in) {
  return acts_.run<HoldingId>(call, "identity.hold_office", [&](Tx& tx) -> Result<HoldingId> {
    const auto office = store::office(tx.db, in.office_id);
    if (!office || !store::person(tx.db, in.person_id)) return errors::not_found;
    if (auto wrong = faults(in, store::holdings_of(tx.db, in.person_id, in.office_id));
        !wrong.empty())
      return Problem(std::move(wrong));
    const Holding holding{
        HoldingId::make(call.now), in.office_id, in.person_id, in.acting, in.from_date, in.to_date};
    store::add_holding(tx.db, holding);
    auto record = by_installation("office_holding", holding.holding_id.text(), to_json(holding));
    record.province = province_of(office->area);
    tx.record(record);
    tx.after_commit([this, person = in.person_id] { persons_.forget(person); });
    return holding.holding_id;
  });
}

Result<Done> Identity::end_holding(const Call& call, const HoldingId& id, Date last_day) {
  return acts_.run<Done>(call, "identity.end_holding", [&](Tx& tx) -> Result<Done> {
    auto holding = store::holding(tx.db, id);
    if (!holding) return errors::not_found;
    if (holding->to_date && *holding->to_date <= last_day) return errors::wrong_state;
    if (last_day < holding->from_date)
      return Problem({{"/to_date", "out_of_range", "วันสุดท้ายต้องไม่ก่อนวันแรก",
                       "the last day must not be before the first"}});
    holding->to_date = last_day;
    store::change_holding(tx.db, *holding);
    auto record = by_installation("office_holding", id.text(), to_json(*holding));
    record.province = province_of(store::office(tx.db, holding->office_id)->area);
    tx.record(record);
    tx.after_commit([this, person = holding->person_id] { persons_.forget(person); });
    return Done{};
  });
}

// ---- questions of other modules

std::vector<HeldOffice> Identity::offices_of(const PersonId& id, Date on) {
  return offices_on(
      database_.read([&](db::Connection& db) { return store::offices_of(db, id, on); }), on);
}

std::vector<Holder> Identity::holders_of(Role role, const std::optional<AreaCode>& area, Date on) {
  return database_.read([&](db::Connection& db) { return store::holders(db, role, area, on); });
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
    store::change_person(tx.db, *person);
    std::vector<std::string> ended;
    for (const auto& session : store::sessions_of(tx.db, id)) {
      if (session.session_id.text() == call.caller->session_id) continue;
      store::remove_session(tx.db, session.session_id);
      ended.push_back(session.digest);
    }
    tx.record(
        on_own_account(id, to_json(PasswordChanged{static_cast<std::int64_t>(ended.size())})));
    tx.after_commit([this, ended] { forget_sessions(ended); });
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
