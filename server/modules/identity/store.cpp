#include "modules/identity/store.hpp"

#include "platform/auth/encoding.hpp"
#include "platform/db/clauses.hpp"

#include "modules/identity/rules.hpp"

namespace changwat::identity::store {
namespace {

constexpr std::size_t key_bytes = 32;

// What COALESCE(area, '') is compared with: no area means the whole country and nothing else.
std::string area_text(const std::optional<AreaCode>& area) {
  return area ? area->text() : std::string();
}

// SQLite folds and compares English letters only, which is all that Thai needs.
std::optional<std::string> pattern_of(const std::optional<Text<1, 100>>& text) {
  if (!text) return std::nullopt;
  auto folded = text->text();
  for (char& c : folded)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return db::anywhere(folded);
}

template <class T>
std::vector<T> rows(db::Connection& db, std::string_view sql,
                    const std::vector<db::Value>& values) {
  std::vector<T> out;
  db.run(sql, values, [&](db::Cursor& row) { out.push_back(db::from_row<T>(row)); });
  return out;
}

struct OfficeOf : PersonOffice {
  PersonId person_id;
};
BOOST_DESCRIBE_STRUCT(OfficeOf, (PersonOffice), (person_id))

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

std::vector<LinkedProvider> providers_of(db::Connection& db, const PersonId& id) {
  return db.query<LinkedProvider>(
      "SELECT provider, linked_at FROM external_identity WHERE person_id = $1 ORDER BY linked_at",
      id);
}

std::int64_t unlink(db::Connection& db, const PersonId& id, const Key& provider) {
  return db.exec("DELETE FROM external_identity WHERE person_id = $1 AND provider = $2", id,
                 provider);
}

std::vector<Person> persons(db::Connection& db, const PersonQuery& query) {
  static const auto sql =
      "SELECT " + db::columns<Person>() +
      " FROM person WHERE (username > $1 OR $1 IS NULL)"
      " AND (name_th LIKE $2 ESCAPE '!' OR LOWER(name_en) LIKE $2 ESCAPE '!'"
      " OR username LIKE $2 ESCAPE '!' OR $2 IS NULL)"
      " AND ($3 = 'locked' AND locked_at IS NOT NULL OR $3 = 'open' AND locked_at IS NULL"
      " OR $3 IS NULL) ORDER BY username LIMIT $4";
  return db.query<Person>(sql, query.cursor, pattern_of(query.search), query.state,
                          query.limit.count() + 1);
}

std::vector<std::pair<PersonId, PersonOffice>> offices_of(db::Connection& db,
                                                          const std::vector<PersonId>& persons,
                                                          std::optional<Date> ended_before) {
  std::vector<std::pair<PersonId, PersonOffice>> out;
  if (persons.empty()) return out;
  std::vector<db::Value> values{db::to_value(ended_before)};
  const auto sql =
      "SELECT h.holding_id, o.office_id, o.role, o.area, o.title_th, o.title_en, h.acting,"
      " h.from_date, h.to_date, h.person_id"
      " FROM office_holding h JOIN office o ON o.office_id = h.office_id"
      " WHERE (h.to_date >= $1 OR h.to_date IS NULL OR $1 IS NULL) AND h.person_id IN " +
      db::places(values, persons) + " ORDER BY h.from_date DESC, h.holding_id DESC";
  for (auto& row : rows<OfficeOf>(db, sql, values)) out.emplace_back(row.person_id, row);
  return out;
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

std::vector<Office> all_offices(db::Connection& db) {
  static const auto sql = "SELECT " + db::columns<Office>() + " FROM office ORDER BY office_id";
  return db.query<Office>(sql);
}

void add_office(db::Connection& db, const Office& office) {
  db.insert("office", office);
}

std::optional<Holding> holding(db::Connection& db, const HoldingId& id) {
  static const auto sql =
      "SELECT " + db::columns<Holding>() + " FROM office_holding WHERE holding_id = $1";
  return db.one<Holding>(sql, id);
}

void change_office(db::Connection& db, const Office& office) {
  CHECK(db.update("office", office));
}

std::vector<Office> offices(db::Connection& db, const OfficeQuery& query,
                            const std::optional<std::vector<AreaCode>>& within, Date today) {
  if (within && within->empty()) return {};
  const auto pattern = pattern_of(query.search);  // a value looks at it until the statement has run
  std::vector<db::Value> values{db::to_value(pattern),
                                db::to_value(query.role),
                                db::to_value(query.area),
                                db::to_value(query.occupancy),
                                db::to_value(query.cursor),
                                db::to_value(today),
                                db::to_value(query.limit.count() + 1)};
  const std::string held_today =
      "SELECT 1 FROM office_holding h JOIN person p ON p.person_id = h.person_id"
      " WHERE h.office_id = o.office_id AND h.from_date <= $6 AND COALESCE(h.to_date, $6) >= $6";
  auto sql = "SELECT " + db::columns<Office>("o") +
             " FROM office o WHERE o.role <> 'citizen'"
             " AND (o.title_th LIKE $1 ESCAPE '!' OR LOWER(o.title_en) LIKE $1 ESCAPE '!'"
             " OR EXISTS (" +
             held_today +
             " AND (p.name_th LIKE $1 ESCAPE '!' OR LOWER(p.name_en) LIKE $1 ESCAPE '!'"
             " OR p.username LIKE $1 ESCAPE '!')) OR $1 IS NULL)"
             " AND (o.role = $2 OR $2 IS NULL)"
             " AND (SUBSTR(o.area, 1, LENGTH($3)) = $3 OR $3 IS NULL)"
             " AND ($4 = 'held' AND EXISTS (" +
             held_today +
             " AND NOT h.acting)"
             " OR $4 = 'acting' AND EXISTS (" +
             held_today +
             " AND h.acting)"
             " OR $4 = 'vacant' AND NOT EXISTS (" +
             held_today +
             " AND NOT h.acting)"
             " OR $4 IS NULL)"
             " AND ((COALESCE(o.area, ''), o.office_id) >"
             " (SELECT COALESCE(c.area, ''), c.office_id FROM office c WHERE c.office_id = $5)"
             " OR $5 IS NULL)";
  if (within) sql += " AND SUBSTR(o.area, 1, 2) IN " + db::places(values, *within);
  sql += " ORDER BY COALESCE(o.area, ''), o.office_id LIMIT $7";
  return rows<Office>(db, sql, values);
}

std::vector<Holding> holdings_of(db::Connection& db, const OfficeId& office) {
  static const auto sql = "SELECT " + db::columns<Holding>() +
                          " FROM office_holding WHERE office_id = $1 ORDER BY from_date";
  return db.query<Holding>(sql, office);
}

std::vector<OfficeHolder> holders_of(db::Connection& db, const std::vector<OfficeId>& offices,
                                     std::optional<Date> on) {
  if (offices.empty()) return {};
  std::vector<db::Value> values{
      db::to_value(on),
      db::to_value(static_cast<std::int64_t>(holdings_shown_max * offices.size()))};
  const auto sql =
      "SELECT h.holding_id, h.office_id, p.username, p.name_th, p.name_en, h.acting, h.from_date,"
      " h.to_date, h.ground, h.order_reference"
      " FROM office_holding h JOIN person p ON p.person_id = h.person_id"
      " WHERE (h.from_date <= $1 AND COALESCE(h.to_date, $1) >= $1 OR $1 IS NULL)"
      " AND h.office_id IN " +
      db::places(values, offices) +
      " ORDER BY h.from_date DESC, h.acting, h.holding_id DESC LIMIT $2";
  return rows<OfficeHolder>(db, sql, values);
}

std::vector<PersonTerm> terms_of(db::Connection& db, Role role) {
  return db.query<PersonTerm>(
      "SELECT p.person_id, p.demonstration, h.from_date, h.to_date"
      " FROM office o JOIN office_holding h ON h.office_id = o.office_id"
      " JOIN person p ON p.person_id = h.person_id"
      " WHERE o.role = $1 AND o.area IS NULL AND p.locked_at IS NULL",
      role);
}

void remove_holding(db::Connection& db, const HoldingId& id) {
  db.exec("DELETE FROM office_holding WHERE holding_id = $1", id);
}

void add_change(db::Connection& db, const HoldingChange& change) {
  db.insert("holding_change", change);
}

std::vector<HoldingChangeView> changes_of(db::Connection& db, const OfficeId& office) {
  static const auto sql = "SELECT " + db::columns<HoldingChange>("c") +
                          ", p.name_th, p.name_en FROM holding_change c"
                          " JOIN person p ON p.person_id = c.person_id"
                          " WHERE c.office_id = $1 ORDER BY c.change_id DESC LIMIT $2";
  return db.query<HoldingChangeView>(sql, office, static_cast<std::int64_t>(holdings_shown_max));
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
