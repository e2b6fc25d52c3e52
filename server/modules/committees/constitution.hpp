#pragma once
// The law of bodies as data: which exist by period, who sits in them, and what their quorum and
// majority are. Read once at start from data/committees/committees.json; immutable afterwards; any
// thread. A row that was not held against its law or order carries verified = false and is shown
// so.

#include <optional>
#include <string_view>
#include <vector>

#include "base/result.hpp"

#include "modules/committees/model.hpp"

namespace changwat::committees {

enum class SeatPlace { chair, deputy_chair, member, member_secretary };
BOOST_DESCRIBE_ENUM(SeatPlace, chair, deputy_chair, member, member_secretary)

struct Seat {
  Key key;
  Title title_th;
  Title title_en;
  SeatPlace place = SeatPlace::member;
  std::optional<std::int64_t> count;  // none: as many as are entered
  bool voting = true;
  std::optional<Key> role;  // whoever holds this role for the body's area sits in it by office
  Source source;
  bool verified = false;
  std::optional<LongText> note;
};
BOOST_DESCRIBE_STRUCT(Seat, (),
                      (key, title_th, title_en, place, count, voting, role, source, verified, note))

// At least numerator / denominator of the voting members in office, rounded up.
struct QuorumRule {
  std::int64_t numerator = 1;
  std::int64_t denominator = 2;
  bool substitutes_count = true;
  Source source;
  bool verified = false;
  std::optional<LongText> note;
};
BOOST_DESCRIBE_STRUCT(QuorumRule, (),
                      (numerator, denominator, substitutes_count, source, verified, note))

// More votes for than against; equal votes carry only with the casting vote.
struct MajorityRule {
  bool casting_vote = true;
  Source source;
  bool verified = false;
  std::optional<LongText> note;
};
BOOST_DESCRIBE_STRUCT(MajorityRule, (), (casting_vote, source, verified, note))

struct CirculationRule {
  bool allowed = true;
  bool one_call_for_a_meeting_ends_it = true;
  Source source;
  bool verified = false;
  std::optional<LongText> note;
};
BOOST_DESCRIBE_STRUCT(CirculationRule, (),
                      (allowed, one_call_for_a_meeting_ends_it, source, verified, note))

struct Constitution {
  Key of;
  std::optional<Date> valid_from;
  std::optional<Date> valid_to;
  List<Seat, 60> seats;
  QuorumRule quorum;
  MajorityRule majority;
  CirculationRule circulation;

  const Seat* seat(const Key& key) const;
};
BOOST_DESCRIBE_STRUCT(Constitution, (),
                      (of, valid_from, valid_to, seats, quorum, majority, circulation))

// Which constitution and secretariat a body of data/programme has.
struct Served {
  Key body;
  Key constitution;
  std::optional<Key> secretariat;
  Source source;
  bool verified = false;
  std::optional<LongText> note;
};
BOOST_DESCRIBE_STRUCT(Served, (), (body, constitution, secretariat, source, verified, note))

// One row for a kind of body that every province has; {province} in a name is that of the province.
struct ProvincialBody {
  Key code;  // the bodies are "code.70"
  BodyKind kind = BodyKind::provincial_committee;
  Title name_th;
  Title name_en;
  std::optional<Title> abbreviation_th;
  Key constitution;
  std::optional<Key> secretariat;
  List<AreaCode, 77> not_in;  // provinces that have none
  Source source;
  bool verified = false;
  std::optional<LongText> note;
};
BOOST_DESCRIBE_STRUCT(ProvincialBody, (),
                      (code, kind, name_th, name_en, abbreviation_th, constitution, secretariat,
                       not_in, source, verified, note))

struct Province {
  AreaCode code;
  std::string name_th;
  std::string name_en;
};

class Book {
 public:
  Book() = default;  // knows no body: for what needs no committee law
  static Result<Book> read(std::string_view json);

  // All bodies that data/committees adds to those of data/programme: national ones, and one of each
  // provincial kind for each of the provinces.
  std::vector<Body> bodies(const std::vector<Province>& provinces) const;
  const Served* served(const Key& body) const;
  // Seats and rules in force for a body on a day; none: not known.
  const Constitution* constitution(const Body& body, Date on) const;

 private:
  std::vector<Body> bodies_;
  std::vector<Served> served_;
  std::vector<ProvincialBody> provincial_;
  std::vector<Constitution> constitutions_;
};

}  // namespace changwat::committees
