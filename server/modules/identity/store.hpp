#pragma once
// The SQL of identity: tables person, recovery_code, external_identity, office, office_holding,
// holding_change, session, api_token, sign_in_log; and the installation's keys.

#include <string>
#include <vector>

#include "platform/db/connection.hpp"

#include "modules/identity/model.hpp"

namespace changwat::identity::store {

// 32 random bytes that belong to this installation under this name; made when first asked for.
// Call it inside a write.
std::string installation_key(db::Connection& db, std::string_view name);

// ---- persons
std::optional<Person> person(db::Connection& db, const PersonId& id);
std::optional<Person> person_named(db::Connection& db, const Key& username);
std::optional<PersonId> person_linked(db::Connection& db, const Key& provider,
                                      std::string_view subject);
void add_person(db::Connection& db, const Person& person);
void change_person(db::Connection& db, const Person& person);
void link(db::Connection& db, const PersonId& id, const Key& provider, std::string_view subject,
          Instant now);

std::vector<LinkedProvider> providers_of(db::Connection& db, const PersonId& id);
std::int64_t unlink(db::Connection& db, const PersonId& id, const Key& provider);  // how many
// In the order of user names, one more than the limit; those behind the cursor.
std::vector<Person> persons(db::Connection& db, const PersonQuery& query);
// Of these persons, by the first day; without `ended_before` past ones too.
std::vector<std::pair<PersonId, PersonOffice>> offices_of(db::Connection& db,
                                                          const std::vector<PersonId>& persons,
                                                          std::optional<Date> ended_before);

std::vector<std::string> recovery_codes(db::Connection& db, const PersonId& id);  // digests
void put_recovery_codes(db::Connection& db, const PersonId& id,
                        const std::vector<std::string>& digests);
void use_recovery_code(db::Connection& db, const PersonId& id, std::string_view digest);

// ---- offices
std::optional<Office> office(db::Connection& db, const OfficeId& id);
std::vector<Office> offices(db::Connection& db, Role role, const std::optional<AreaCode>& area);
std::vector<Office> all_offices(db::Connection& db);
void add_office(db::Connection& db, const Office& office);
std::optional<Holding> holding(db::Connection& db, const HoldingId& id);
void change_office(db::Connection& db, const Office& office);
// In the order of areas, the whole country first, one more than the limit; posts only. `within`:
// provinces that the reader may see; none: all.
std::vector<Office> offices(db::Connection& db, const OfficeQuery& query,
                            const std::optional<std::vector<AreaCode>>& within, Date today);
std::vector<Holding> holdings_of(db::Connection& db, const OfficeId& office);
// Of these offices, those who hold on the day; without a day all, the latest first.
std::vector<OfficeHolder> holders_of(db::Connection& db, const std::vector<OfficeId>& offices,
                                     std::optional<Date> on);
// When persons whom nobody locked hold an office of this role for the whole country.
struct PersonTerm {
  PersonId person_id;
  bool demonstration = false;
  Date from_date;
  std::optional<Date> to_date;
};
BOOST_DESCRIBE_STRUCT(PersonTerm, (), (person_id, demonstration, from_date, to_date))
std::vector<PersonTerm> terms_of(db::Connection& db, Role role);
void remove_holding(db::Connection& db, const HoldingId& id);
void add_change(db::Connection& db, const HoldingChange& change);
std::vector<HoldingChangeView> changes_of(db::Connection& db, const OfficeId& office);
void add_holding(db::Connection& db, const Holding& holding);
void change_holding(db::Connection& db, const Holding& holding);
// All holdings that have not ended before `on`; the coming ones too.
std::vector<OfficeOfPerson> offices_of(db::Connection& db, const PersonId& id, Date on);
std::vector<Holder> holders(db::Connection& db, Role role, const std::optional<AreaCode>& area,
                            Date on);

// ---- sessions
std::optional<Session> session_by_digest(db::Connection& db, std::string_view digest);
std::optional<Session> session(db::Connection& db, const SessionId& id);
std::vector<Session> sessions_of(db::Connection& db, const PersonId& id);  // newest first
void add_session(db::Connection& db, const Session& session);
void seen(db::Connection& db, const SessionId& id, Instant now);
void remove_session(db::Connection& db, const SessionId& id);

// ---- API tokens
std::optional<ApiToken> token_by_digest(db::Connection& db, std::string_view digest);
std::optional<ApiToken> token(db::Connection& db, const TokenId& id);
std::vector<ApiToken> tokens_of(db::Connection& db, const PersonId& id);  // newest first
void add_token(db::Connection& db, const ApiToken& token);
void remove_token(db::Connection& db, const TokenId& id);

// ---- the log of sign-ins
void log(db::Connection& db, const SignInEntry& entry);
// Removes sessions that are over and log entries that are too old.
void prune(db::Connection& db, Instant seen_before, Instant ended_before, Instant logged_before);

}  // namespace changwat::identity::store
