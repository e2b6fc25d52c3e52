#pragma once
// What identity is stored as and travels as.

#include <optional>
#include <string>
#include <vector>

#include "base/area_code.hpp"
#include "base/id.hpp"
#include "base/text.hpp"
#include "base/time.hpp"

#include "platform/http/routes.hpp"

namespace changwat::identity {

using PersonId = Id<struct PersonTag>;
using OfficeId = Id<struct OfficeTag>;
using HoldingId = Id<struct HoldingTag>;
using SessionId = Id<struct SessionTag>;
using TokenId = Id<struct TokenTag>;
using SignInId = Id<struct SignInTag>;
using HoldingChangeId = Id<struct HoldingChangeTag>;

using PersonName = Text<1, 200>;
using OfficeTitle = Text<1, 300>;
using Reason = Text<1, 300>;
using OrderReference = Text<1, 200>;  // "คำสั่งกรมการปกครองที่ 123/2564 ลงวันที่ 1 ต.ค. 2564"

// What an office is for. Powers hang on roles by dated rows of the authority module.
enum class Role {
  opdc,  // Office of the Public Sector Development Commission
  moi,   // Ministry of Interior
  governor,
  deputy_governor,
  provincial_office,  // สำนักงานจังหวัด
  provincial_agency,  // ส่วนราชการประจำจังหวัด
  central_agency,     // ราชการส่วนกลางในภูมิภาค
  state_enterprise,   // a unit of one, in the region
  local_government,   // อปท.
  district,
  committee_member,
  auditor,
  citizen,
  administrator,
};
BOOST_DESCRIBE_ENUM(Role, opdc, moi, governor, deputy_governor, provincial_office,
                    provincial_agency, central_agency, state_enterprise, local_government, district,
                    committee_member, auditor, citizen, administrator)

// ---- persons and offices

struct Person {
  PersonId person_id;
  Key username;  // lower case; what is typed is folded before it is looked up
  PersonName name_th;
  PersonName name_en;
  std::optional<std::string> password;      // PHC string; none: signs in with a provider only
  std::optional<std::string> totp_secret;   // sealed; none: no second factor
  std::optional<std::string> totp_pending;  // sealed; waits for its first right code
  std::optional<std::int64_t> totp_last_step;
  bool demonstration = false;
  std::int64_t failures = 0;
  std::optional<Instant> last_failure_at;
  Instant created_at;
  // The password is a one-time one, good until this moment: until it is changed, its holder may do
  // nothing else.
  std::optional<Instant> one_time_until;
  std::optional<Instant> locked_at;  // by an administrator, until one unlocks it
  std::int64_t version = 1;          // of what administrators change
};
BOOST_DESCRIBE_STRUCT(Person, (),
                      (person_id, username, name_th, name_en, password, totp_secret, totp_pending,
                       totp_last_step, demonstration, failures, last_failure_at, created_at,
                       one_time_until, locked_at, version))

struct NewPerson {
  Key username;
  PersonName name_th;
  PersonName name_en;
  std::optional<std::string> password;
  bool demonstration = false;
};

// What other modules may know of a person.
struct PersonNames {
  PersonId person_id;
  PersonName name_th;
  PersonName name_en;
};
BOOST_DESCRIBE_STRUCT(PersonNames, (), (person_id, name_th, name_en))

struct Office {
  OfficeId office_id;
  Role role = Role::citizen;
  std::optional<AreaCode> area;  // none: the whole country
  OfficeTitle title_th;
  OfficeTitle title_en;
  std::int64_t version = 1;  // of the office with all its holdings
};
BOOST_DESCRIBE_STRUCT(Office, (), (office_id, role, area, title_th, title_en, version))

struct NewOffice {
  Role role = Role::citizen;
  std::optional<AreaCode> area;
  OfficeTitle title_th;
  OfficeTitle title_en;
};
BOOST_DESCRIBE_STRUCT(NewOffice, (), (role, area, title_th, title_en))

// Why somebody acts for the holder of an office (รักษาราชการแทน). The two grounds of the State
// Administration Act B.E. 2534, sections 41-50 (unverified).
enum class ActingGround {
  vacant,         // nobody holds the office
  holder_unable,  // its holder cannot perform the duties
};
BOOST_DESCRIBE_ENUM(ActingGround, vacant, holder_unable)

// That a person holds an office from a day to a day, both included; no last day: until further
// notice.
struct Holding {
  HoldingId holding_id;
  OfficeId office_id;
  PersonId person_id;
  bool acting = false;
  Date from_date;
  std::optional<Date> to_date;
  std::optional<ActingGround> ground;  // of who acts; none in records from before it was asked
  std::optional<OrderReference> order_reference;
};
BOOST_DESCRIBE_STRUCT(Holding, (),
                      (holding_id, office_id, person_id, acting, from_date, to_date, ground,
                       order_reference))

struct NewHolding {
  PersonId person_id;
  OfficeId office_id;
  Date from_date;
  std::optional<Date> to_date;
  bool acting = false;
  std::optional<ActingGround> ground;
  std::optional<OrderReference> order_reference;
};

enum class HoldingChangeKind { begun, ended, corrected, withdrawn };
BOOST_DESCRIBE_ENUM(HoldingChangeKind, begun, ended, corrected, withdrawn)

// One fact recorded of a holding: the dates as they stood after it.
struct HoldingChange {
  HoldingChangeId change_id;
  OfficeId office_id;
  HoldingId holding_id;
  PersonId person_id;
  HoldingChangeKind kind = HoldingChangeKind::begun;
  bool acting = false;
  Date from_date;
  std::optional<Date> to_date;
  std::optional<Reason> reason;
  Instant recorded_at;
};
BOOST_DESCRIBE_STRUCT(HoldingChange, (),
                      (change_id, office_id, holding_id, person_id, kind, acting, from_date,
                       to_date, reason, recorded_at))

// A holding with its office, as a caller's offices are kept in memory.
struct OfficeOfPerson {
  OfficeId office_id;
  Role role = Role::citizen;
  std::optional<AreaCode> area;
  OfficeTitle title_th;
  OfficeTitle title_en;
  bool acting = false;
  Date from_date;
  std::optional<Date> to_date;
};
BOOST_DESCRIBE_STRUCT(OfficeOfPerson, (),
                      (office_id, role, area, title_th, title_en, acting, from_date, to_date))

// Who holds an office of a role on a day.
struct Holder {
  PersonId person_id;
  PersonName name_th;
  PersonName name_en;
  OfficeId office_id;
  OfficeTitle title_th;
  OfficeTitle title_en;
  bool acting = false;
};
BOOST_DESCRIBE_STRUCT(Holder, (),
                      (person_id, name_th, name_en, office_id, title_th, title_en, acting))

// ---- sessions and tokens

struct Session {
  SessionId session_id;
  std::string digest;  // SHA-256 of the cookie's token
  PersonId person_id;
  Instant created_at;
  Instant last_seen_at;
  Instant expires_at;
  std::string user_agent;
  std::string address;
};
BOOST_DESCRIBE_STRUCT(Session, (),
                      (session_id, digest, person_id, created_at, last_seen_at, expires_at,
                       user_agent, address))

enum class Scope { read, write };
BOOST_DESCRIBE_ENUM(Scope, read, write)
using Scopes = List<Scope, 2>;

struct ApiToken {
  TokenId token_id;
  std::string digest;
  PersonId person_id;
  Text<1, 100> name;
  Json<Scopes> scopes;
  Instant created_at;
  Date expires_on;  // the last day, in Bangkok, on which it is good
};
BOOST_DESCRIBE_STRUCT(ApiToken, (),
                      (token_id, digest, person_id, name, scopes, created_at, expires_on))

enum class Outcome {
  signed_in,
  signed_out,
  unknown_person,  // no such user name, or one that has no password here
  wrong_password,
  second_factor_asked,
  wrong_second_factor,
  locked,            // refused unread after too many failures, or by an administrator
  one_time_over,     // the right one-time password, too late
  unknown_identity,  // a provider's subject that nobody here is linked to
};
BOOST_DESCRIBE_ENUM(Outcome, signed_in, signed_out, unknown_person, wrong_password,
                    second_factor_asked, wrong_second_factor, locked, one_time_over,
                    unknown_identity)

struct SignInEntry {
  SignInId sign_in_id;
  Instant at;
  std::optional<PersonId> person_id;
  std::string username_digest;
  std::string address;
  Outcome outcome = Outcome::signed_in;
};
BOOST_DESCRIBE_STRUCT(SignInEntry, (),
                      (sign_in_id, at, person_id, username_digest, address, outcome))

// ---- what travels

struct SignInRequest {
  Text<1, 120> username;
  std::string password;             // as typed: a space at its end is part of it
  std::optional<Text<1, 40>> code;  // one-time password or recovery code
};
BOOST_DESCRIBE_STRUCT(SignInRequest, (), (username, password, code))

struct MyOffice {
  OfficeId office_id;
  OfficeTitle title_th;
  OfficeTitle title_en;
  Role role = Role::citizen;
  std::optional<AreaCode> area;
  bool acting = false;
};
BOOST_DESCRIBE_STRUCT(MyOffice, (), (office_id, title_th, title_en, role, area, acting))

struct Me {
  PersonId person_id;
  Key username;
  PersonName name_th;
  PersonName name_en;
  std::vector<MyOffice> offices;
  std::string csrf_token;  // empty for a caller by API token, who needs none
  bool second_factor = false;
  bool demonstration = false;
  bool one_time_password = false;  // to be changed first; until then there are no offices
};
BOOST_DESCRIBE_STRUCT(Me, (),
                      (person_id, username, name_th, name_en, offices, csrf_token, second_factor,
                       demonstration, one_time_password))

struct MySession {
  SessionId session_id;
  Instant created_at;
  Instant last_seen_at;
  std::string user_agent;
  std::string address;
  bool current = false;
};
BOOST_DESCRIBE_STRUCT(MySession, (),
                      (session_id, created_at, last_seen_at, user_agent, address, current))

struct SessionPath {
  SessionId session_id;
};
BOOST_DESCRIBE_STRUCT(SessionPath, (), (session_id))

struct PasswordChange {
  std::string old_password;
  std::string new_password;
};
BOOST_DESCRIBE_STRUCT(PasswordChange, (), (old_password, new_password))

struct SecondFactor {
  std::string secret;       // base 32, to type when the picture cannot be read
  std::string otpauth_uri;  // what the QR code says
  std::vector<std::string> recovery_codes;
};
BOOST_DESCRIBE_STRUCT(SecondFactor, (), (secret, otpauth_uri, recovery_codes))

struct SecondFactorCode {
  Text<6, 6> code;
};
BOOST_DESCRIBE_STRUCT(SecondFactorCode, (), (code))

struct NewToken {
  Text<1, 100> name;
  Scopes scopes;
  Date expires_on;
};
BOOST_DESCRIBE_STRUCT(NewToken, (), (name, scopes, expires_on))

struct MyToken {
  TokenId token_id;
  Text<1, 100> name;
  Scopes scopes;
  Instant created_at;
  Date expires_on;
};
BOOST_DESCRIBE_STRUCT(MyToken, (), (token_id, name, scopes, created_at, expires_on))

// A token that was just made: the only answer that ever holds its secret.
struct IssuedToken : MyToken {
  std::string secret;
};
BOOST_DESCRIBE_STRUCT(IssuedToken, (MyToken), (secret))

struct TokenPath {
  TokenId token_id;
};
BOOST_DESCRIBE_STRUCT(TokenPath, (), (token_id))

struct SignInProvider {
  Key code;
  std::string name_th;
  std::string name_en;
};
BOOST_DESCRIBE_STRUCT(SignInProvider, (), (code, name_th, name_en))

struct SignInProviders {
  std::vector<SignInProvider> items;
};
BOOST_DESCRIBE_STRUCT(SignInProviders, (), (items))

struct ProviderPath {
  Key code;
};
BOOST_DESCRIBE_STRUCT(ProviderPath, (), (code))

struct ProviderStart {
  std::optional<std::string> return_to;
};

// A sign-in with a provider that is under way, as it travels sealed in the browser's cookie.
struct PendingSignIn {
  Key provider;
  std::string state;
  std::string nonce;
  std::string verifier;
  std::string return_to;  // a local path
  Instant begun_at;
};
BOOST_DESCRIBE_STRUCT(PendingSignIn, (), (provider, state, nonce, verifier, return_to, begun_at))

// ---- what administrators send and see

enum class PersonState { open, locked };
BOOST_DESCRIBE_ENUM(PersonState, open, locked)

struct PersonQuery {
  std::optional<Text<1, 100>> search;  // part of a name or of the user name
  std::optional<PersonState> state;
  std::optional<Key> cursor;
  PageLimit limit;
};
BOOST_DESCRIBE_STRUCT(PersonQuery, (), (search, state, cursor, limit))

struct PersonPath {
  PersonId person_id;
};
BOOST_DESCRIBE_STRUCT(PersonPath, (), (person_id))

// An office as it stands among a person's.
struct PersonOffice {
  HoldingId holding_id;
  OfficeId office_id;
  Role role = Role::citizen;
  std::optional<AreaCode> area;
  OfficeTitle title_th;
  OfficeTitle title_en;
  bool acting = false;
  Date from_date;
  std::optional<Date> to_date;
};
BOOST_DESCRIBE_STRUCT(PersonOffice, (),
                      (holding_id, office_id, role, area, title_th, title_en, acting, from_date,
                       to_date))

struct PersonSummary {
  PersonId person_id;
  Key username;
  PersonName name_th;
  PersonName name_en;
  bool locked = false;   // by an administrator
  bool resting = false;  // for a while, after wrong passwords
  bool second_factor = false;
  bool one_time_password = false;  // not changed yet
  bool demonstration = false;
  std::vector<PersonOffice> offices;  // today's and coming ones
};
BOOST_DESCRIBE_STRUCT(PersonSummary, (),
                      (person_id, username, name_th, name_en, locked, resting, second_factor,
                       one_time_password, demonstration, offices))

// That a person may sign in with a provider. What they are called there is nobody's business.
struct LinkedProvider {
  Key provider;
  Instant linked_at;
};
BOOST_DESCRIBE_STRUCT(LinkedProvider, (), (provider, linked_at))

struct PersonDetail : PersonSummary {  // offices: all, past ones too
  bool password = false;
  std::vector<LinkedProvider> providers;
  std::int64_t sessions = 0;
  Instant created_at;
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(PersonDetail, (PersonSummary),
                      (password, providers, sessions, created_at, version))

struct PersonRequest {
  Key username;
  PersonName name_th;
  PersonName name_en;
  bool provider_only = false;  // no password: signs in with a linked provider
};
BOOST_DESCRIBE_STRUCT(PersonRequest, (), (username, name_th, name_en, provider_only))

// The only answer that ever holds a one-time password.
struct IssuedPassword {
  PersonId person_id;
  Key username;
  std::optional<std::string> one_time_password;  // none: signs in with a provider
  std::optional<Instant> good_until;
};
BOOST_DESCRIBE_STRUCT(IssuedPassword, (), (person_id, username, one_time_password, good_until))

struct IdentityLink {
  Key provider;
  Text<1, 255> subject;  // OpenID Connect Core 1.0, section 2: at most 255 characters
};
BOOST_DESCRIBE_STRUCT(IdentityLink, (), (provider, subject))

struct PersonProviderPath {
  PersonId person_id;
  Key provider;
};
BOOST_DESCRIBE_STRUCT(PersonProviderPath, (), (person_id, provider))

// Of an office today.
enum class Occupancy {
  held,
  acting,  // somebody acts, whether it is vacant or not
  vacant,  // nobody holds it, though somebody may act
};
BOOST_DESCRIBE_ENUM(Occupancy, held, acting, vacant)

struct OfficeQuery {
  std::optional<Text<1, 100>> search;  // part of a title, or of the name of who holds it
  std::optional<Role> role;
  std::optional<AreaCode> area;  // it and what lies in it
  std::optional<Occupancy> occupancy;
  std::optional<OfficeId> cursor;
  PageLimit limit;
};
BOOST_DESCRIBE_STRUCT(OfficeQuery, (), (search, role, area, occupancy, cursor, limit))

struct OfficePath {
  OfficeId office_id;
};
BOOST_DESCRIBE_STRUCT(OfficePath, (), (office_id))

// A holding with who holds.
struct OfficeHolder {
  HoldingId holding_id;
  OfficeId office_id;
  Key username;
  PersonName name_th;
  PersonName name_en;
  bool acting = false;
  Date from_date;
  std::optional<Date> to_date;
  std::optional<ActingGround> ground;
  std::optional<OrderReference> order_reference;
};
BOOST_DESCRIBE_STRUCT(OfficeHolder, (),
                      (holding_id, office_id, username, name_th, name_en, acting, from_date,
                       to_date, ground, order_reference))

struct OfficeSummary : Office {
  std::vector<OfficeHolder> holders;  // today's
};
BOOST_DESCRIBE_STRUCT(OfficeSummary, (Office), (holders))

struct HoldingChangeView : HoldingChange {
  PersonName name_th;
  PersonName name_en;
};
BOOST_DESCRIBE_STRUCT(HoldingChangeView, (HoldingChange), (name_th, name_en))

struct OfficeDetail : Office {
  bool may_record = false;                 // whether the caller may record its holders
  std::vector<OfficeHolder> holdings;      // the latest first, at most holdings_shown_max
  std::vector<HoldingChangeView> changes;  // in the order of recording, the latest first
};
BOOST_DESCRIBE_STRUCT(OfficeDetail, (Office), (may_record, holdings, changes))

struct HoldingRequest {
  Key username;
  bool acting = false;
  std::optional<ActingGround> ground;
  Date from_date;
  std::optional<Date> to_date;
  std::optional<OrderReference> order_reference;
};
BOOST_DESCRIBE_STRUCT(HoldingRequest, (),
                      (username, acting, ground, from_date, to_date, order_reference))

struct HoldingPath {
  HoldingId holding_id;
};
BOOST_DESCRIBE_STRUCT(HoldingPath, (), (holding_id))

struct HoldingEnd {
  Date last_day;
  Reason reason;
};
BOOST_DESCRIBE_STRUCT(HoldingEnd, (), (last_day, reason))

struct HoldingCorrection {
  Date from_date;
  std::optional<Date> to_date;
  Reason reason;
};
BOOST_DESCRIBE_STRUCT(HoldingCorrection, (), (from_date, to_date, reason))

struct HoldingWithdrawal {
  Reason reason;
};
BOOST_DESCRIBE_STRUCT(HoldingWithdrawal, (), (reason))

}  // namespace changwat::identity
