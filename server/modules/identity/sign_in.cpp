// Signing in and out with a password, and what a person's own pages ask of sessions.
//
// Sessions and the log of sign-ins are written past the acts, directly by the writer, and leave no
// ledger entry: a sign-in changes nothing that an auditor of decisions asks about, it is personal
// data that must vanish after 90 days while the ledger stays for ever, and failures are made by
// anybody, who must not be able to fill the ledger.

#include "platform/auth/encoding.hpp"
#include "platform/auth/tokens.hpp"
#include "platform/auth/totp.hpp"

#include "modules/identity/identity.hpp"
#include "modules/identity/seal.hpp"
#include "modules/identity/store.hpp"

namespace changwat::identity {
namespace {

// A whole provincial hall may stand behind one address.
constexpr auth::BucketRule rule_of_addresses{.capacity = 60, .per_second = 1};
constexpr auth::BucketRule rule_of_accounts{.capacity = 10, .per_second = 0.1};
constexpr std::size_t limited_keys_max = 50'000;

std::string folded(std::string_view typed) {
  const auto username = username_of(typed);
  return username ? username->text() : std::string(typed);
}

}  // namespace

Identity::Identity(db::Database& database, Acts& acts, IdentityOptions options)
    : database_(database),
      acts_(acts),
      options_(std::move(options)),
      keys_([&] {
        Keys keys;
        database.write([&](db::Connection& db) {
          keys = {store::installation_key(db, "identity.csrf"),
                  store::installation_key(db, "identity.seal"),
                  store::installation_key(db, "identity.log")};
          return true;
        });
        return keys;
      }()),
      hasher_(options_.hash_cost),
      addresses_(rule_of_addresses, limited_keys_max),
      accounts_(rule_of_accounts, limited_keys_max),
      providers_(options_.providers, options_.public_url, options_.http_client),
      sessions_(options_.remembered_max),
      tokens_(options_.remembered_max),
      persons_(options_.remembered_max),
      last_seen_(database) {}

Identity::~Identity() = default;

Result<Done> Identity::take_turn(Call& call, auth::RateLimiter& limiter, std::string_view key) {
  const auto turn = limiter.take(key, call.now);
  if (turn.allowed) return Done{};
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(turn.retry_after).count();
  call.answer_headers.emplace_back("Retry-After", std::to_string(seconds));
  return errors::too_many_requests;
}

void Identity::log(db::Connection& db, const Call& call, const std::optional<PersonId>& person,
                   std::string_view typed, Outcome outcome) {
  store::log(db,
             {SignInId::make(call.now), call.now, person,
              auth::hex_encode(auth::hmac_sha256(keys_.log, folded(typed))), call.peer, outcome});
}

std::string Identity::session_cookie(std::string secret) const {
  const auto life = secret.empty() ? 0 : session_longest_ms / 1000;
  return set_cookie({.name = session_cookie_name,
                     .value = std::move(secret),
                     .secure = !options_.loopback,
                     .life_seconds = life});
}

Session Identity::open_session(db::Connection& db, const Call& call, const PersonId& person,
                               std::string digest, std::vector<std::string>& ended) {
  auto sessions = store::sessions_of(db, person);
  for (std::size_t i = sessions_of_person_max - 1; i < sessions.size(); ++i) {
    store::remove_session(db, sessions[i].session_id);
    ended.push_back(sessions[i].digest);
  }
  // Whoever signs in over an open session has left it.
  const auto present = call.caller && !call.caller->by_token
                           ? SessionId::parse(call.caller->session_id)
                           : std::nullopt;
  if (const auto left = present ? store::session(db, *present) : std::nullopt) {
    store::remove_session(db, left->session_id);
    ended.push_back(left->digest);
  }
  Session session{SessionId::make(call.now),
                  std::move(digest),
                  person,
                  call.now,
                  call.now,
                  call.now.plus_ms(session_longest_ms),
                  call.user_agent,
                  call.peer};
  store::add_session(db, session);
  return session;
}

void Identity::forget_sessions(const std::vector<std::string>& digests) {
  for (const auto& digest : digests) sessions_.forget(digest);
}

Problem Identity::refuse(const Call& call, const std::optional<Person>& person,
                         std::string_view typed) {
  database_.write([&](db::Connection& db) {
    auto fresh = person ? store::person(db, person->person_id) : std::nullopt;
    if (!fresh) return log(db, call, std::nullopt, typed, Outcome::unknown_person), true;
    // A locked account is not locked longer by those who knock on: its holder would never get in.
    const bool locked = is_locked(*fresh, call.now);
    if (!locked) {
      count_failure(*fresh, call.now);
      store::change_person(db, *fresh);
    }
    log(db, call, fresh->person_id, typed, locked ? Outcome::locked : Outcome::wrong_password);
    return true;
  });
  return errors::sign_in_failed;
}

Outcome Identity::second_factor(db::Connection& db, Person& person,
                                const std::optional<Text<1, 40>>& code, Instant now) {
  if (!person.totp_secret) return Outcome::signed_in;
  if (!code) return Outcome::second_factor_asked;
  const auto secret = unseal(*person.totp_secret, "totp", keys_.seal);
  CHECK(secret);  // the record's key is not the one it was sealed with
  if (const auto step = auth::match_totp(*secret, *code, now, person.totp_last_step)) {
    person.totp_last_step = step;
    return Outcome::signed_in;
  }
  const auto digests = store::recovery_codes(db, person.person_id);
  if (const auto used = auth::match_recovery_code(*code, digests)) {
    store::use_recovery_code(db, person.person_id, digests[*used]);
    return Outcome::signed_in;
  }
  return Outcome::wrong_second_factor;
}

Result<Me> Identity::sign_in(Call& call, const SignInRequest& in) {
  TRY(take_turn(call, addresses_, call.peer));
  TRY(take_turn(call, accounts_, folded(in.username)));
  const auto username = username_of(in.username);
  auto person =
      username
          ? database_.read([&](db::Connection& db) { return store::person_named(db, *username); })
          : std::nullopt;
  if (person && !admitted(*person)) person.reset();

  // The same work for everybody: for unknown, locked and passwordless accounts too.
  const bool open = person && !is_locked(*person, call.now);
  const bool right = TRY(hasher_.verify(in.password, open ? person->password : std::nullopt));
  if (!right) return refuse(call, person, in.username);
  std::optional<std::string> rehashed;
  if (hasher_.needs_rehash(*person->password)) rehashed = TRY(hasher_.hash(in.password));

  const auto token = auth::new_token();
  auto outcome = Outcome::locked;
  std::vector<std::string> ended;
  database_.write(
      [&](db::Connection& db) {
        auto fresh = store::person(db, person->person_id);
        CHECK(fresh);
        // What was true when the hashing began may not be true any more: of a hundred guesses sent
        // at once, those after the fifth find the account locked, the right one among them.
        if (!is_locked(*fresh, call.now)) {
          outcome = fresh->password == person->password
                        ? second_factor(db, *fresh, in.code, call.now)
                        : Outcome::wrong_password;
          if (outcome == Outcome::wrong_password || outcome == Outcome::wrong_second_factor)
            count_failure(*fresh, call.now);
        }
        if (outcome == Outcome::signed_in && fresh->one_time_until &&
            call.now >= *fresh->one_time_until)
          outcome = Outcome::one_time_over;
        if (outcome == Outcome::signed_in) {
          forget_failures(*fresh);
          if (rehashed) fresh->password = rehashed;
          open_session(db, call, fresh->person_id, token.hash, ended);
        }
        store::change_person(db, *fresh);
        log(db, call, fresh->person_id, in.username, outcome);
        return true;
      },
      [&] { forget_sessions(ended); });

  if (outcome == Outcome::one_time_over) return errors::one_time_password_over;
  if (outcome == Outcome::second_factor_asked) return errors::second_factor_required;
  if (outcome == Outcome::wrong_second_factor)
    return Problem(
        errors::second_factor_required, "รหัสไม่ถูกต้อง หรือใช้ไปแล้ว โปรดรอรหัสถัดไปแล้วลองใหม่",
        "The code is not right or was used already. Wait for the next one and try again.");
  if (outcome != Outcome::signed_in) return errors::sign_in_failed;
  call.answer_headers.emplace_back("Set-Cookie", session_cookie(token.secret));
  return me_of(TRY(load(person->person_id, call.now)), auth::csrf_token(token.hash, keys_.csrf),
               call.now);
}

Result<Done> Identity::sign_out(Call& call) {
  call.answer_headers.emplace_back("Set-Cookie", session_cookie(""));
  if (call.caller->by_token) return errors::session_required;
  std::vector<std::string> ended;
  database_.write(
      [&](db::Connection& db) {
        const auto session = store::session(db, *SessionId::parse(call.caller->session_id));
        if (!session) return false;  // ended from elsewhere in this moment
        store::remove_session(db, session->session_id);
        ended.push_back(session->digest);
        const auto person = store::person(db, session->person_id);
        log(db, call, session->person_id, person->username, Outcome::signed_out);
        return true;
      },
      [&] { forget_sessions(ended); });
  return Done{};
}

Me Identity::me_of(const Known& known, std::string csrf_token, Instant now) const {
  const auto& person = known.person;
  Me me{.person_id = person.person_id,
        .username = person.username,
        .name_th = person.name_th,
        .name_en = person.name_en,
        .csrf_token = std::move(csrf_token),
        .second_factor = person.totp_secret.has_value(),
        .demonstration = person.demonstration,
        .one_time_password = person.one_time_until.has_value()};
  if (me.one_time_password) return me;
  for (const auto& o : known.offices)
    if (in_force(o.from_date, o.to_date, now.bangkok_date()))
      me.offices.push_back({o.office_id, o.title_th, o.title_en, o.role, o.area, o.acting});
  return me;
}

Result<Me> Identity::me(Call& call) {
  const auto who = known(*PersonId::parse(call.caller->person_id), call.now);
  if (!who) return errors::sign_in_required;
  std::string csrf;
  if (const auto id = SessionId::parse(call.caller->session_id); id && !call.caller->by_token) {
    const auto session =
        database_.read([&](db::Connection& db) { return store::session(db, *id); });
    if (!session) return errors::sign_in_required;  // ended from elsewhere in this moment
    csrf = auth::csrf_token(session->digest, keys_.csrf);
  }
  return me_of(*who, std::move(csrf), call.now);
}

Result<Page<MySession>> Identity::my_sessions(Call& call) {
  const auto sessions = database_.read([&](db::Connection& db) {
    return store::sessions_of(db, *PersonId::parse(call.caller->person_id));
  });
  Page<MySession> page;  // at most sessions_of_person_max
  for (const auto& s : sessions)
    if (!session_is_over(s.last_seen_at, s.expires_at, call.now))
      page.items.push_back({s.session_id, s.created_at, s.last_seen_at, s.user_agent, s.address,
                            s.session_id.text() == call.caller->session_id});
  return page;
}

void Identity::prune(Instant now) {
  database_.write([&](db::Connection& db) {
    store::prune(db, now.plus_ms(-session_idle_ms), now, now.plus_ms(-sign_in_log_kept_ms));
    return true;
  });
}

}  // namespace changwat::identity
