#include "modules/identity/store.hpp"

#include "platform/auth/encoding.hpp"

namespace changwat::identity::store {
namespace {

constexpr std::size_t key_bytes = 32;

// What COALESCE(area, '') is compared with: no area means the whole country and nothing else.
std::string area_text(const std::optional<AreaCode>& area) {
  return area ? area->text() : std::string();
}

}  // namespace

std::string installation_key(db::Connection& db, std::string_view name) {
  auto kept = db.one<std::string>("SELECT value FROM installation WHERE name = $1", name);
  if (!kept) {
    kept = auth::base64url_encode(auth::random_bytes(key_bytes));
    db.exec("INSERT INTO installation (name, value) VALUES ($1, $2)", name, *kept);
  }
  auto key = auth::base64url_decode(*kept);
  CHECK(key && key->size() == key_bytes);
  return std::move(*key);
}

// ---- persons

std::optional<Person> person(db::Connection& db, const PersonId& id) {
  static const auto sql = "SELECT " + db::columns<Person>() + " FROM person WHERE person_id = $1";
  return db.one<Person>(sql, id);
}

std::optional<Person> person_named(db::Connection& db, const Key& username) {
  static const auto sql = "SELECT " + db::columns<Person>() + " FROM person WHERE username = $1";
  return db.one<Person>(sql, username);
}

std::optional<PersonId> person_linked(db::Connection& db, const Key& provider,
                                      std::string_view subject) {
  return db.one<PersonId>(
      "SELECT person_id FROM external_identity WHERE provider = $1 AND subject = $2", provider,
      subject);
}

void add_person(db::Connection& db, const Person& person) {
  db.insert("person", person);
}
void change_person(db::Connection& db, const Person& person) {
  CHECK(db.update("person", person));
}

void link(db::Connection& db, const PersonId& id, const Key& provider, std::string_view subject,
          Instant now) {
  db.exec(
      "INSERT INTO external_identity (provider, subject, person_id, linked_at) VALUES ($1, $2, $3, "
      "$4)",
      provider, subject, id, now);
}

std::vector<std::string> recovery_codes(db::Connection& db, const PersonId& id) {
  return db.query<std::string>(
      "SELECT digest FROM recovery_code WHERE person_id = $1 ORDER BY digest", id);
}

void put_recovery_codes(db::Connection& db, const PersonId& id,
                        const std::vector<std::string>& digests) {
  db.exec("DELETE FROM recovery_code WHERE person_id = $1", id);
  for (const auto& digest : digests)
    db.exec("INSERT INTO recovery_code (person_id, digest) VALUES ($1, $2)", id, digest);
}

void use_recovery_code(db::Connection& db, const PersonId& id, std::string_view digest) {
  db.exec("DELETE FROM recovery_code WHERE person_id = $1 AND digest = $2", id, digest);
}

// ---- offices

std::optional<Office> office(db::Connection& db, const OfficeId& id) {
  static const auto sql = "SELECT " + db::columns<Office>() + " FROM office WHERE office_id = $1";
  return db.one<Office>(sql, id);
}

std::vector<Office> offices(db::Connection& db, Role role, const std::optional<AreaCode>& area) {
  static const auto sql =
      "SELECT " + db::columns<Office>() +
      " FROM office WHERE role = $1 AND COALESCE(area, '') = $2 ORDER BY office_id";
  return db.query<Office>(sql, role, area_text(area));
}

void add_office(db::Connection& db, const Office& office) {
  db.insert("office", office);
}

std::optional<Holding> holding(db::Connection& db, const HoldingId& id) {
  static const auto sql =
      "SELECT " + db::columns<Holding>() + " FROM office_holding WHERE holding_id = $1";
  return db.one<Holding>(sql, id);
}

std::vector<Holding> holdings_of(db::Connection& db, const PersonId& id, const OfficeId& office) {
  static const auto sql =
      "SELECT " + db::columns<Holding>() +
      " FROM office_holding WHERE person_id = $1 AND office_id = $2 ORDER BY from_date";
  return db.query<Holding>(sql, id, office);
}

void add_holding(db::Connection& db, const Holding& holding) {
  db.insert("office_holding", holding);
}
void change_holding(db::Connection& db, const Holding& holding) {
  CHECK(db.update("office_holding", holding));
}

std::vector<OfficeOfPerson> offices_of(db::Connection& db, const PersonId& id, Date on) {
  return db.query<OfficeOfPerson>(
      "SELECT o.office_id, o.role, o.area, o.title_th, o.title_en, h.acting, h.from_date, "
      "h.to_date "
      "FROM office_holding h JOIN office o ON o.office_id = h.office_id "
      "WHERE h.person_id = $1 AND COALESCE(h.to_date, $2) >= $2 ORDER BY h.from_date, h.holding_id",
      id, on);
}

std::vector<Holder> holders(db::Connection& db, Role role, const std::optional<AreaCode>& area,
                            Date on) {
  return db.query<Holder>(
      "SELECT p.person_id, p.name_th, p.name_en, o.office_id, o.title_th, o.title_en, h.acting "
      "FROM office o JOIN office_holding h ON h.office_id = o.office_id "
      "JOIN person p ON p.person_id = h.person_id "
      "WHERE o.role = $1 AND COALESCE(o.area, '') = $2 AND h.from_date <= $3 AND "
      "COALESCE(h.to_date, $3) >= $3 "
      "ORDER BY h.acting, h.from_date, h.holding_id",
      role, area_text(area), on);
}

// ---- sessions

std::optional<Session> session_by_digest(db::Connection& db, std::string_view digest) {
  static const auto sql = "SELECT " + db::columns<Session>() + " FROM session WHERE digest = $1";
  return db.one<Session>(sql, digest);
}

std::optional<Session> session(db::Connection& db, const SessionId& id) {
  static const auto sql =
      "SELECT " + db::columns<Session>() + " FROM session WHERE session_id = $1";
  return db.one<Session>(sql, id);
}

std::vector<Session> sessions_of(db::Connection& db, const PersonId& id) {
  static const auto sql =
      "SELECT " + db::columns<Session>() +
      " FROM session WHERE person_id = $1 ORDER BY created_at DESC, session_id DESC";
  return db.query<Session>(sql, id);
}

void add_session(db::Connection& db, const Session& session) {
  db.insert("session", session);
}

void seen(db::Connection& db, const SessionId& id, Instant now) {
  db.exec("UPDATE session SET last_seen_at = $2 WHERE session_id = $1 AND last_seen_at < $2", id,
          now);
}

void remove_session(db::Connection& db, const SessionId& id) {
  db.exec("DELETE FROM session WHERE session_id = $1", id);
}

// ---- API tokens

std::optional<ApiToken> token_by_digest(db::Connection& db, std::string_view digest) {
  static const auto sql = "SELECT " + db::columns<ApiToken>() + " FROM api_token WHERE digest = $1";
  return db.one<ApiToken>(sql, digest);
}

std::optional<ApiToken> token(db::Connection& db, const TokenId& id) {
  static const auto sql =
      "SELECT " + db::columns<ApiToken>() + " FROM api_token WHERE token_id = $1";
  return db.one<ApiToken>(sql, id);
}

std::vector<ApiToken> tokens_of(db::Connection& db, const PersonId& id) {
  static const auto sql =
      "SELECT " + db::columns<ApiToken>() +
      " FROM api_token WHERE person_id = $1 ORDER BY created_at DESC, token_id DESC";
  return db.query<ApiToken>(sql, id);
}

void add_token(db::Connection& db, const ApiToken& token) {
  db.insert("api_token", token);
}

void remove_token(db::Connection& db, const TokenId& id) {
  db.exec("DELETE FROM api_token WHERE token_id = $1", id);
}

// ---- the log of sign-ins

void log(db::Connection& db, const SignInEntry& entry) {
  db.insert("sign_in_log", entry);
}

void prune(db::Connection& db, Instant seen_before, Instant ended_before, Instant logged_before) {
  db.exec("DELETE FROM session WHERE expires_at <= $1 OR last_seen_at <= $2", ended_before,
          seen_before);
  db.exec("DELETE FROM sign_in_log WHERE at <= $1", logged_before);
}

}  // namespace changwat::identity::store
