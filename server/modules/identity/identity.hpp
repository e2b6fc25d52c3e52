#pragma once
// Identity: who somebody is, how they sign in, and which offices they hold on a day.
//
// As the gatekeeper it turns a request's cookie or API token into a Caller from memory, so that a
// signed-in read costs no SQL; what is remembered is forgotten when a change commits here, and
// loaded again after a minute, because another program may work on the same record. Threads: any.
// Sources: NIST SP 800-63B (passwords, sessions), RFC 6238 (one-time passwords), OpenID Connect
// Core.

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "platform/auth/password.hpp"
#include "platform/auth/rate_limit.hpp"
#include "platform/db/acts.hpp"
#include "platform/http/routes.hpp"
#include "platform/http/site.hpp"

#include "modules/identity/cache.hpp"
#include "modules/identity/last_seen.hpp"
#include "modules/identity/model.hpp"
#include "modules/identity/providers.hpp"
#include "modules/identity/rules.hpp"

namespace changwat::identity {

// The office that permits an act, and the chain by which it does, for the ledger.
struct Permission {
  std::string office_id;
  RawJson chain{"{}"};
};

// What identity asks of modules that stand above it.
struct IdentityQuestions {
  // Whether the caller may do an act on a record of an area (none: of the whole country).
  std::function<Result<Permission>(const Call&, std::string_view act,
                                   const std::optional<AreaCode>& area)>
      permit =
          [](const Call&, std::string_view, const std::optional<AreaCode>&) -> Result<Permission> {
    return errors::forbidden;
  };
  // The provinces in which the caller may do an act; none: everywhere.
  std::function<std::optional<std::vector<AreaCode>>(const Call&, std::string_view act)> provinces =
      [](const Call&, std::string_view) { return std::optional(std::vector<AreaCode>()); };
  std::function<bool(const AreaCode&)> area_exists = [](const AreaCode&) { return true; };
};

struct IdentityOptions {
  // How browsers call this server, without a slash at its end: "https://changwat.example.go.th".
  std::string public_url;
  // The server listens on loopback only: cookies go without Secure, and demonstration accounts,
  // whose passwords everybody knows, are let in. Never true where others can reach it.
  bool loopback = false;
  std::vector<ProviderOptions> providers;
  auth::HttpClientOptions http_client;  // for calls to providers
  auth::HashCost hash_cost;
  std::size_t remembered_max = 20'000;  // sessions, and as many tokens and persons
  IdentityQuestions ask;
};

class Identity : public http::Gatekeeper {
 public:
  Identity(db::Database& database, Acts& acts, IdentityOptions options);
  ~Identity() override;

  // http::Gatekeeper. Nobody: no credentials, or a cookie that is unknown or over, so that public
  // pages work for everyone; routes that need a person answer 401 by themselves.
  Result<std::optional<Caller>> caller(const http::Request& request, Instant now) override;

  // ---- acts of the command line and of loaders; authority is the installation's own
  Result<PersonId> add_person(const Call& call, const NewPerson& in);
  // Ends all sessions of the person, and the rest after wrong passwords.
  Result<Done> set_password(const Call& call, const PersonId& person, std::string_view password);
  Result<Done> unlock_person(const Call& call, const PersonId& person);
  // Lets who proves to be `subject` at the provider sign in as this person.
  Result<Done> link_identity(const Call& call, const PersonId& person, const Key& provider,
                             std::string_view subject);
  Result<OfficeId> add_office(const Call& call, const NewOffice& in);
  Result<HoldingId> hold_office(const Call& call, const NewHolding& in);
  Result<Done> end_holding(const Call& call, const HoldingId& holding, Date last_day,
                           const std::optional<Reason>& reason = {});
  Page<PersonSummary> persons(const PersonQuery& query, Instant now);
  Page<OfficeSummary> offices(const OfficeQuery& query, Date today);

  // ---- questions of other modules
  std::vector<HeldOffice> offices_of(const PersonId& person, Date on);
  // Without an area: offices for the whole country, not those of every area. Substantive holders
  // first.
  std::vector<Holder> holders_of(Role role, const std::optional<AreaCode>& area, Date on);
  std::vector<Office> all_offices();
  std::optional<PersonNames> person(const PersonId& person);
  std::optional<PersonId> person_named(const Key& username);

  // Removes what is over: daily.
  void prune(Instant now);
  // Returns when the moments of last use noted so far are in the record.
  void finish_noting() { last_seen_.finish(); }

  // ---- handlers
  Result<Me> sign_in(Call& call, const SignInRequest& in);
  Result<Done> sign_out(Call& call);
  Result<Me> me(Call& call);
  Result<Page<MySession>> my_sessions(Call& call);
  Result<Done> end_session(Call& call, const Path<SessionPath>& path);
  Result<Done> change_password(Call& call, const PasswordChange& in);
  Result<SecondFactor> begin_second_factor(Call& call);
  Result<Done> confirm_second_factor(Call& call, const SecondFactorCode& in);
  Result<Done> remove_second_factor(Call& call);
  Result<Page<MyToken>> my_tokens(Call& call);
  Result<Created<IssuedToken>> create_token(Call& call, const NewToken& in);
  Result<Done> delete_token(Call& call, const Path<TokenPath>& path);
  Result<SignInProviders> sign_in_providers(Call& call);

  // Persons, for administrators.
  Result<Page<PersonSummary>> list_persons(Call& call, const Query<PersonQuery>& query);
  Result<PersonDetail> get_person(Call& call, const Path<PersonPath>& path);
  Result<Created<IssuedPassword>> create_person(Call& call, const PersonRequest& in);
  Result<IssuedPassword> reset_password(Call& call, const Path<PersonPath>& path);
  Result<Done> lock_person(Call& call, const Path<PersonPath>& path);
  Result<Done> unlock_person_by_office(Call& call, const Path<PersonPath>& path);
  Result<Done> clear_second_factor(Call& call, const Path<PersonPath>& path);
  Result<Done> link_provider(Call& call, const Path<PersonPath>& path, const IdentityLink& in);
  Result<Done> unlink_provider(Call& call, const Path<PersonProviderPath>& path);

  // Offices and who holds them.
  Result<Page<OfficeSummary>> list_offices(Call& call, const Query<OfficeQuery>& query);
  Result<OfficeDetail> get_office(Call& call, const Path<OfficePath>& path);
  Result<Created<OfficeDetail>> create_office(Call& call, const NewOffice& in);
  Result<Created<OfficeHolder>> begin_holding(Call& call, const Path<OfficePath>& path,
                                              const HoldingRequest& in);
  Result<OfficeDetail> finish_holding(Call& call, const Path<HoldingPath>& path,
                                      const HoldingEnd& in);
  Result<OfficeDetail> correct_holding(Call& call, const Path<HoldingPath>& path,
                                       const HoldingCorrection& in);
  Result<OfficeDetail> withdraw_holding(Call& call, const Path<HoldingPath>& path,
                                        const HoldingWithdrawal& in);

  http::Response begin_provider_sign_in(Call& call, const http::Incoming& in);
  http::Response finish_provider_sign_in(Call& call, const http::Incoming& in);

  void add_routes(RouteTable& table);

 private:
  struct Keys {
    std::string csrf, seal, log;
  };
  // A session as it is remembered. The moments are ahead of the record by some minutes.
  struct LiveSession {
    Session row;
    Instant loaded_at;
    std::atomic<std::int64_t> last_seen_ms, noted_ms;
  };
  struct LiveToken {
    ApiToken row;
    Instant loaded_at;
  };
  struct Known {
    Person person;
    std::vector<OfficeOfPerson> offices;  // in force now or later
    Instant loaded_at;
  };

  // routes.cpp
  void add_person_routes(Routes<Identity>& routes);
  void add_office_routes(Routes<Identity>& routes);

  // persons.cpp. By whose authority an act is done: the installation's, or an office's of the
  // caller.
  enum class By { installation, office };
  Result<Permission> permission(const Call& call, By by, std::string_view act,
                                const std::optional<AreaCode>& area) const;
  using ChangePerson = std::function<Result<RawJson>(Tx& tx, Person& person)>;
  // One change of a person's record, and what the ledger is to say of it.
  Result<Done> change_person(const Call& call, By by, std::string_view act, const PersonId& id,
                             const ChangePerson& change);
  Result<PersonId> add_person_by(const Call& call, By by, const NewPerson& in,
                                 std::optional<Instant> one_time_until);
  Result<Done> put_password(const Call& call, By by, const PersonId& id, std::string_view password,
                            std::optional<Instant> one_time_until);
  ChangePerson unlocking() const;
  ChangePerson linking(const Call& call, const Key& provider, std::string_view subject) const;
  std::vector<std::string> end_sessions(Tx& tx, const PersonId& id);
  std::int64_t end_tokens(Tx& tx, const PersonId& id);
  Result<PersonDetail> person_detail(const Call& call, const PersonId& id);
  // Who looks into the register of persons is recorded as who changes it (Personal Data Protection
  // Act B.E. 2562: that it asks for this is general knowledge, unverified).
  Result<Done> note_reading(const Call& call, const Permission& by, const std::string& subject_kind,
                            const std::string& subject_id, RawJson change);
  std::vector<PersonSummary> summaries(db::Connection& db, const std::vector<Person>& persons,
                                       std::optional<Date> ended_before, Instant now) const;

  // offices.cpp
  Result<OfficeId> add_office_by(const Call& call, By by, const NewOffice& in);
  Result<HoldingId> hold_office_by(const Call& call, By by, const NewHolding& in);
  using ChangeHolding = std::function<Result<HoldingChangeKind>(Holding& holding)>;
  // One change of a holding that was recorded, with the rules of its office asked again.
  Result<Done> change_holding(const Call& call, By by, std::string_view act, const HoldingId& id,
                              const std::optional<Reason>& reason, const ChangeHolding& change);
  void put_change(Tx& tx, const Call& call, const Permission& by, Office office,
                  const Holding& holding, HoldingChangeKind kind,
                  const std::optional<Reason>& reason);
  Result<Permission> permission_for_holder(const Call& call, By by, const Office& office,
                                           const PersonId& holder) const;
  // The first day from today on without an administrator; none: there is always one.
  std::optional<Date> day_without_administrator(db::Connection& db, Date today) const;
  // Runs the change inside the act's transaction and refuses it if it brings that day nearer.
  template <class F>
  Result<Done> keeping_an_administrator(db::Connection& db, Date today, const F& change) const {
    const auto before = day_without_administrator(db, today);
    TRY(change());
    const auto after = day_without_administrator(db, today);
    if (after && (!before || *after < *before)) return errors::last_administrator;
    return Done{};
  }
  Page<OfficeSummary> offices_within(const OfficeQuery& query,
                                     const std::optional<std::vector<AreaCode>>& within,
                                     Date today);
  Result<OfficeDetail> office_detail(const Call& call, const OfficeId& id);
  Result<OfficeDetail> office_of_holding(const Call& call, const HoldingId& id);

  // gate.cpp
  Result<std::optional<Caller>> caller_by_token(std::string_view secret, http::Method method,
                                                Instant now);
  std::shared_ptr<LiveSession> live_session(const std::string& digest, Instant now);
  std::shared_ptr<LiveToken> live_token(const std::string& digest, Instant now);
  std::shared_ptr<Known> known(const PersonId& person, Instant now);
  std::optional<Caller> caller_of(const PersonId& person, Instant now);
  void saw(LiveSession& session, Instant now);
  bool admitted(const Person& person) const { return !person.demonstration || options_.loopback; }

  // sign_in.cpp
  Result<Done> take_turn(Call& call, auth::RateLimiter& limiter, std::string_view key);
  Problem refuse(const Call& call, const std::optional<Person>& person, std::string_view typed);
  Outcome second_factor(db::Connection& db, Person& person, const std::optional<Text<1, 40>>& code,
                        Instant now);
  // Inside a write: a new session in place of the caller's present one, within the person's limit.
  Session open_session(db::Connection& db, const Call& call, const PersonId& person,
                       std::string digest, std::vector<std::string>& ended);
  void log(db::Connection& db, const Call& call, const std::optional<PersonId>& person,
           std::string_view typed, Outcome outcome);
  void forget_sessions(const std::vector<std::string>& digests);
  std::string session_cookie(std::string secret) const;
  std::string sign_in_cookie(std::string sealed) const;
  Me me_of(const Known& known, std::string csrf_token, Instant now) const;
  Result<Known> load(const PersonId& person, Instant now);

  // provider_sign_in.cpp
  Result<std::string> begin(Call& call, const http::Incoming& in);
  Result<std::string> finish(Call& call, const http::Incoming& in);
  Result<PersonId> person_of(const Call& call, const ProviderOptions& provider,
                             const auth::IdToken& token);
  Result<PersonId> add_citizen(const Call& call, const Key& provider, const auth::IdToken& token);

  db::Database& database_;
  Acts& acts_;
  const IdentityOptions options_;
  const Keys keys_;
  auth::PasswordHasher hasher_;
  auth::RateLimiter addresses_, accounts_;
  Providers providers_;
  Cache<LiveSession> sessions_;
  Cache<LiveToken> tokens_;
  Cache<Known> persons_;
  LastSeen last_seen_;
};

}  // namespace changwat::identity
