#pragma once
// What law is read as, and what authority answers with. Words: see README.md.

#include <optional>
#include <string>
#include <vector>

#include "base/area_code.hpp"
#include "base/id.hpp"
#include "base/json.hpp"
#include "base/money.hpp"
#include "base/text.hpp"
#include "base/time.hpp"

#include "platform/http/routes.hpp"

namespace changwat::authority {

using GrantId = Id<struct GrantTag>;
using LawText = Text<1, 1000>;
using LawName = Text<1, 300>;
using OfficeRef = Text<1, 64>;
using ProjectRef = Text<1, 64>;
using Words = List<Key, 32>;  // of a vocabulary

// ---- law, as it stands in data/law

enum class InstrumentKind { act, decree, regulation, exemption, order, resolution, programme_rule };
BOOST_DESCRIBE_ENUM(InstrumentKind, act, decree, regulation, exemption, order, resolution,
                    programme_rule)

enum class Reach {
  national,  // objects anywhere
  own_area,  // objects inside the area of the office
};
BOOST_DESCRIBE_ENUM(Reach, national, own_area)

// How a province is administered: some powers exist only in high-performance provinces.
enum class Profile { normal, high_performance };
BOOST_DESCRIBE_ENUM(Profile, normal, high_performance)

enum class RoleKind { office, body };
BOOST_DESCRIBE_ENUM(RoleKind, office, body)

struct RoleRow {
  Key role;
  RoleKind kind = RoleKind::office;
  LawName name_th;
  LawName name_en;
};
BOOST_DESCRIBE_STRUCT(RoleRow, (), (role, kind, name_th, name_en))

struct ActRow {
  Key act;
  LawName label_th;
  LawName label_en;
  Key group;
};
BOOST_DESCRIBE_STRUCT(ActRow, (), (act, label_th, label_en, group))

struct Term {
  Key key;
  LawName name_th;
  LawName name_en;
};
BOOST_DESCRIBE_STRUCT(Term, (), (key, name_th, name_en))

// What a power may be limited by. 32 of each at most: grants keep them as bits.
using Vocabulary = List<Term, 32>;
struct Terms {
  Vocabulary kinds;     // of object: equipment, construction
  Vocabulary fundings;  // whose money
  Vocabulary methods;   // of procurement
  Vocabulary facts;     // that the asker states about the object
};
BOOST_DESCRIBE_STRUCT(Terms, (), (kinds, fundings, methods, facts))

struct Condition {
  Key fact;
  bool must_be = true;
};
BOOST_DESCRIBE_STRUCT(Condition, (), (fact, must_be))

enum class DayKind { calendar, working };
BOOST_DESCRIBE_ENUM(DayKind, calendar, working)

struct Deadline {
  int days = 0;
  DayKind kind = DayKind::calendar;
};
BOOST_DESCRIBE_STRUCT(Deadline, (), (days, kind))

enum class Occasion { grant, use };
BOOST_DESCRIBE_ENUM(Occasion, grant, use)

// What has to be done by whoever grants or uses a power.
struct Duty {
  Key code;
  Occasion occasion = Occasion::use;
  LawText text_th;
  LawText text_en;
  LawName addressee_th;
  LawName addressee_en;
  std::optional<Deadline> deadline;  // none: the law names none
  std::optional<LawName> channel;
  LawName evidence_th;
  LawName evidence_en;
  bool verified = false;
  std::optional<LawText> note;
  std::optional<LawText> note_th;
};
BOOST_DESCRIBE_STRUCT(Duty, (),
                      (code, occasion, text_th, text_en, addressee_th, addressee_en, deadline,
                       channel, evidence_th, evidence_en, verified, note, note_th))
using Duties = List<Duty, 20>;

// How a power may be granted on.
struct Delegation {
  List<Key, 20> to;               // roles of offices that may receive it
  int levels = 1;                 // how many grants deep, 1 … 5
  bool ends_with_holder = false;  // a grant falls when the holder of the grantor's office leaves
  std::optional<LawText> text_th;
  std::optional<LawText> text_en;
};
BOOST_DESCRIBE_STRUCT(Delegation, (), (to, levels, ends_with_holder, text_th, text_en))
inline constexpr int levels_max = 5;

// That offices of these roles may do these acts. What is absent does not limit.
struct Power {
  Key power;
  List<Key, 50> acts;
  List<Key, 20> holders;
  Reach reach = Reach::own_area;
  std::optional<Words> kinds;
  std::optional<Words> fundings;
  std::optional<Words> methods;
  std::optional<List<Profile, 2>> profiles;
  std::optional<Satang> floor_satang;    // the smallest amount
  std::optional<Satang> ceiling_satang;  // the largest amount
  std::optional<List<Condition, 32>> conditions;
  std::optional<Date> from;
  std::optional<Date> to;  // the last day
  std::optional<Delegation> delegation;
  std::optional<Duties> obligations;
  LawText source;
  std::optional<LawText> source_th;
  bool verified = false;  // the source says so in so many words
  std::optional<LawText> note;
  std::optional<LawText> note_th;
};
BOOST_DESCRIBE_STRUCT(Power, (),
                      (power, acts, holders, reach, kinds, fundings, methods, profiles,
                       floor_satang, ceiling_satang, conditions, from, to, delegation, obligations,
                       source, source_th, verified, note, note_th))

struct Instrument {
  Key instrument;
  InstrumentKind kind = InstrumentKind::act;
  LawName name_th;
  LawName name_en;
  LawText citation_th;
  LawText citation_en;
  std::optional<Date> in_force_from;   // none: not known
  std::optional<Date> in_force_to;     // the last day; none: until further notice, or not known
  std::optional<List<Key, 10>> under;  // what it rests on: it falls with them
  LawText source;
  std::optional<LawText> source_th;
  bool verified = false;
  std::optional<LawText> note;
  std::optional<LawText> note_th;
  List<Power, 100> powers;
};
BOOST_DESCRIBE_STRUCT(Instrument, (),
                      (instrument, kind, name_th, name_en, citation_th, citation_en, in_force_from,
                       in_force_to, under, source, source_th, verified, note, note_th, powers))

// ---- questions

// A fact about the object, as the asker states it.
struct Fact {
  Key fact;
  bool is = false;
};
BOOST_DESCRIBE_STRUCT(Fact, (), (fact, is))

// What an act is done to, as far as authority cares. What is not stated satisfies no limit.
struct Object {
  std::optional<AreaCode> area;  // where it lies; none: in the whole country
  std::optional<Satang> amount_satang = {};
  std::optional<Key> kind = {};
  std::optional<Key> funding = {};
  std::optional<Key> method = {};
  std::optional<Profile> profile = {};
  std::optional<ProjectRef> project = {};
  List<Fact, 32> facts = {};
};
BOOST_DESCRIBE_STRUCT(Object, (),
                      (area, amount_satang, kind, funding, method, profile, project, facts))

// ---- the chain of authority, as it goes into the ledger with the act

// An instrument on which the act rests: first that of the power, then those it is under.
struct LawStep {
  Key instrument;
  std::string citation_th;
  std::string citation_en;
  bool verified = false;
};
BOOST_DESCRIBE_STRUCT(LawStep, (), (instrument, citation_th, citation_en, verified))

// A grant on the way from the office in which the law vests the power: the first is its.
struct GrantStep {
  GrantId grant_id;
  std::string from_office;
  std::string to_office;
  std::optional<Satang> ceiling_satang;  // none: no limit but the law's
  std::optional<AreaCode> area;          // none: the whole country
  std::optional<ProjectRef> project;
};
BOOST_DESCRIBE_STRUCT(GrantStep, (),
                      (grant_id, from_office, to_office, ceiling_satang, area, project))

struct Chain {
  std::string law;  // digest of data/law, SHA-256 in hex
  Instant at;       // when it was decided
  std::string act;
  Object object;
  Key power;
  std::string source;
  bool verified = false;  // the power and all its instruments
  std::vector<LawStep> instruments;
  std::vector<GrantStep> grants;  // none: the law vests the power in the office itself
  std::string office_id;          // of who acts
  std::string role;
  std::optional<AreaCode> office_area;
  bool acting = false;
};
BOOST_DESCRIBE_STRUCT(Chain, (),
                      (law, at, act, object, power, source, verified, instruments, grants,
                       office_id, role, office_area, acting))

struct Permit {
  std::string office_id;  // the office that is used
  Chain basis;
  Duties duties;  // that follow from using the power
  RawJson chain() const { return {to_json(basis)}; }
};

// ---- offices and grants

struct OfficeRow {
  std::string office_id;
  std::string role;
  std::optional<AreaCode> area;  // none: the whole country
  std::string title_th;
  std::string title_en;
};
BOOST_DESCRIBE_STRUCT(OfficeRow, (), (office_id, role, area, title_th, title_en))

// That an office received a power from another. What is absent is as the grantor has it.
struct Grant {
  GrantId grant_id;
  std::optional<AreaCode> province;  // of `area`; none: the whole country
  int depth = 0;                     // grants above it
  Key power;
  std::optional<GrantId> parent_grant_id;  // by which the grantor has it; none: by law
  OfficeRef from_office_id;
  OfficeRef to_office_id;
  std::optional<AreaCode> area;
  std::optional<Satang> ceiling_satang;
  std::optional<Json<Words>> kinds;
  std::optional<Json<Words>> fundings;
  std::optional<Json<Words>> methods;
  std::optional<ProjectRef> project;
  int levels = 0;  // how many grants may follow below; 0: it may not be granted on
  Date from_date;
  std::optional<Date> to_date;  // the last day
  Text<1, 200> document;        // the order by which it was made
  OfficeRef granted_by;         // the person who held the grantor's office
  Instant granted_at;           // signed: it permits nothing before
  std::optional<Instant> ended_at;
  std::optional<Text<1, 500>> ended_why;
};
BOOST_DESCRIBE_STRUCT(Grant, (),
                      (grant_id, province, depth, power, parent_grant_id, from_office_id,
                       to_office_id, area, ceiling_satang, kinds, fundings, methods, project,
                       levels, from_date, to_date, document, granted_by, granted_at, ended_at,
                       ended_why))

// ---- who may sign, what an office may do

struct TwoTexts {
  std::string th;
  std::string en;
};
BOOST_DESCRIBE_STRUCT(TwoTexts, (), (th, en))

// What would have to be otherwise.
struct Difference {
  Key what;  // period, kind, funding, method, profile, amount, area, project, fact
  std::string th;
  std::string en;
};
BOOST_DESCRIBE_STRUCT(Difference, (), (what, th, en))

// Who holds an office: told to whoever is signed in.
struct HolderNames {
  std::string name_th;
  std::string name_en;
  bool acting = false;
};
BOOST_DESCRIBE_STRUCT(HolderNames, (), (name_th, name_en, acting))

struct Signer {
  std::string office_id;  // empty: a body, or no such office is registered
  std::string role;
  std::optional<AreaCode> area;
  std::string title_th;
  std::string title_en;
  Chain chain;
  Duties duties;
  std::optional<LawText> note;  // what is doubtful about the power
  std::optional<LawText> note_th;
  std::optional<LawText> source_th;                      // of the power, as chain.source in English
  std::optional<std::vector<HolderNames>> holders = {};  // none: not told
};
BOOST_DESCRIBE_STRUCT(Signer, (),
                      (office_id, role, area, title_th, title_en, chain, duties, note, note_th,
                       source_th, holders))

struct Near {
  Signer signer;
  std::vector<Difference> differences;
};
BOOST_DESCRIBE_STRUCT(Near, (), (signer, differences))

struct WhoMay {
  std::vector<Signer> signers;
  bool more = false;
  std::vector<Near> nearest;
};
BOOST_DESCRIBE_STRUCT(WhoMay, (), (signers, more, nearest))

struct HeldPower {
  std::vector<ActRow> acts;
  Chain chain;
  std::optional<AreaCode> area;  // none: the whole country
  std::optional<Satang> floor_satang;
  std::optional<Satang> ceiling_satang;
  std::vector<TwoTexts> limits;  // in words
  std::optional<Date> from_date;
  std::optional<Instant> ends_at;  // the first moment no more
  bool may_grant = false;
  Duties duties;
  std::optional<LawText> note;
  std::optional<LawText> note_th;
  std::optional<LawText> source_th;
};
BOOST_DESCRIBE_STRUCT(HeldPower, (),
                      (acts, chain, area, floor_satang, ceiling_satang, limits, from_date, ends_at,
                       may_grant, duties, note, note_th, source_th))

enum class LossReason { law_ends, grant_ends, grant_above_ends };
BOOST_DESCRIBE_ENUM(LossReason, law_ends, grant_ends, grant_above_ends)

struct LostPower {
  HeldPower power;
  LossReason why = LossReason::grant_ends;
};
BOOST_DESCRIBE_STRUCT(LostPower, (), (power, why))

// ---- making and ending grants

struct NewGrant {
  Key power;
  std::optional<GrantId> parent_grant_id;
  OfficeRef from_office_id;
  OfficeRef to_office_id;
  std::optional<AreaCode> area;
  std::optional<Satang> ceiling_satang;
  std::optional<Words> kinds;
  std::optional<Words> fundings;
  std::optional<Words> methods;
  std::optional<ProjectRef> project;
  int levels = 0;
  Date from_date;
  std::optional<Date> to_date;
  Text<1, 200> document;
};
BOOST_DESCRIBE_STRUCT(NewGrant, (),
                      (power, parent_grant_id, from_office_id, to_office_id, area, ceiling_satang,
                       kinds, fundings, methods, project, levels, from_date, to_date, document))

using EndReason = Text<1, 500>;

struct MadeGrant {
  Grant grant;
  Duties duties;  // that the law raises by granting
};
BOOST_DESCRIBE_STRUCT(MadeGrant, (), (grant, duties))

struct EndedGrant {
  GrantId grant_id;
  Instant ended_at;
  std::vector<GrantId> below;  // what fell with it
};
BOOST_DESCRIBE_STRUCT(EndedGrant, (), (grant_id, ended_at, below))

struct EndedGrants {
  std::vector<EndedGrant> items;
};
BOOST_DESCRIBE_STRUCT(EndedGrants, (), (items))

// What the ledger says of a grant that ended.
struct GrantEnd {
  GrantId grant_id;
  Instant ended_at;
  EndReason why;
};
BOOST_DESCRIBE_STRUCT(GrantEnd, (), (grant_id, ended_at, why))

// ---- what travels

// "in_approved_plan:true,core_changed:false"
class StatedFacts {
 public:
  StatedFacts() = default;
  static std::optional<StatedFacts> parse(std::string_view raw);
  static Word word();
  const std::string& text() const { return text_; }
  const List<Fact, 32>& facts() const { return facts_; }
  friend bool operator==(const StatedFacts& a, const StatedFacts& b) { return a.text_ == b.text_; }

 private:
  std::string text_;
  List<Fact, 32> facts_;
};

struct WhoMayQuery {
  Key act;
  std::optional<AreaCode> area;
  std::optional<Satang> amount_satang;
  std::optional<Key> kind;
  std::optional<Key> funding;
  std::optional<Key> method;
  std::optional<Profile> profile;
  std::optional<ProjectRef> project;
  std::optional<StatedFacts> facts;
  std::optional<Date> on;  // none: now
  PageLimit limit;
};
BOOST_DESCRIBE_STRUCT(WhoMayQuery, (),
                      (act, area, amount_satang, kind, funding, method, profile, project, facts, on,
                       limit))

struct WhoMayAnswer {
  ActRow act;
  Object object;
  Instant at;
  std::string law;  // digest
  std::vector<Signer> signers;
  bool more = false;
  std::vector<Near> nearest;
  std::optional<bool> may_i;  // none: nobody is signed in
};
BOOST_DESCRIBE_STRUCT(WhoMayAnswer, (), (act, object, at, law, signers, more, nearest, may_i))

struct LawWords {
  std::string law;  // digest
  std::vector<ActRow> acts;
  std::vector<RoleRow> roles;
  Terms terms;
};
BOOST_DESCRIBE_STRUCT(LawWords, (), (law, acts, roles, terms))

struct InstrumentList {
  std::vector<Instrument> items;
};
BOOST_DESCRIBE_STRUCT(InstrumentList, (), (items))

struct InstrumentPath {
  Key instrument;
};
BOOST_DESCRIBE_STRUCT(InstrumentPath, (), (instrument))

struct OfficePath {
  OfficeRef office_id;
};
BOOST_DESCRIBE_STRUCT(OfficePath, (), (office_id))

struct OfficePowersQuery {
  std::optional<Date> on;     // none: now
  std::optional<Date> until;  // none: a month later
};
BOOST_DESCRIBE_STRUCT(OfficePowersQuery, (), (on, until))

struct OfficePowers {
  OfficeRow office;
  std::vector<HolderNames> holders;
  Instant at;
  Instant until;
  std::vector<HeldPower> powers;
  std::vector<LostPower> lost;  // from `at` to `until`
};
BOOST_DESCRIBE_STRUCT(OfficePowers, (), (office, holders, at, until, powers, lost))

// ---- what may be done next

// One line of GET …/acts: what may be done next, and for what may not, why not and who could.
struct NextAct {
  std::string act;
  bool allowed = false;
  std::string label_th;
  std::string label_en;
  std::string why_not_th;  // empty when allowed
  std::string why_not_en;
  std::string who_th;  // who holds the power
  std::string who_en;
};
BOOST_DESCRIBE_STRUCT(NextAct, (),
                      (act, allowed, label_th, label_en, why_not_th, why_not_en, who_th, who_en))

struct NextActs {
  std::vector<NextAct> items;
};
BOOST_DESCRIBE_STRUCT(NextActs, (), (items))

}  // namespace changwat::authority
