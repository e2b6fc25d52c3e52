#pragma once
// Quorum, majority and the outcome of a circulation: pure, by the rules of data/committees.

#include <cstdint>
#include <vector>

#include "base/result.hpp"

#include "modules/committees/constitution.hpp"

namespace changwat::committees {

inline constexpr ErrorKind no_quorum{"no_quorum", 409, "องค์ประชุมยังไม่ครบ จึงเปิดประชุมหรือมีมติไม่ได้",
                                     "There is no quorum: nothing can be opened or resolved."};

enum class Presence { present, substitute, leave, absent };
BOOST_DESCRIBE_ENUM(Presence, present, substitute, leave, absent)

enum class CirculationAnswer { agree, disagree, abstain, call_for_meeting };
BOOST_DESCRIBE_ENUM(CirculationAnswer, agree, disagree, abstain, call_for_meeting)

// A member in office as the quorum sees one.
struct Sitting {
  bool voting = true;
  Presence presence = Presence::absent;
  bool conflicted = false;  // in the item asked about
};

struct Quorum {
  std::int64_t members = 0;     // voting members in office
  std::int64_t present = 0;     // who count: there, allowed to, and free of conflict
  std::int64_t needed = 0;      // never below 1
  std::int64_t conflicted = 0;  // who are there and are taken out of this item
  bool reached = false;
};
BOOST_DESCRIBE_STRUCT(Quorum, (), (members, present, needed, conflicted, reached))

// A conflicted member is taken out of those present, not of those who are needed.
Quorum quorum_of(const QuorumRule& rule, const std::vector<Sitting>& members);

// The problem that says how many are missing; Done where the quorum is reached.
Result<Done> enough(const Quorum& quorum);

struct Votes {
  std::int64_t in_favour = 0;
  std::int64_t against = 0;
  std::int64_t abstain = 0;
  std::optional<bool> casting_vote_in_favour;  // the chair's, when the two are equal
};
BOOST_DESCRIBE_STRUCT(Votes, (), (in_favour, against, abstain, casting_vote_in_favour))

// As many votes as members who may vote, none below nothing. Pointers stand under `at`.
std::vector<FieldError> faults(const Votes& votes, const Quorum& quorum, const std::string& at);
bool carried(const MajorityRule& rule, const Votes& votes);

// True for kinds by which the body agrees to something: they need the majority where a vote was
// taken. A rejection needs that there is none.
bool fits(ResolutionKind kind, bool is_carried);

enum class CirculationOutcome { carried, not_carried, too_few_answers, meeting_called_for };
BOOST_DESCRIBE_ENUM(CirculationOutcome, carried, not_carried, too_few_answers, meeting_called_for)

struct CirculationCount {
  Votes votes;
  std::int64_t members = 0;  // voting members in office
  std::int64_t answers = 0;
  std::int64_t needed = 0;
  CirculationOutcome outcome = CirculationOutcome::too_few_answers;
};
BOOST_DESCRIBE_STRUCT(CirculationCount, (), (votes, members, answers, needed, outcome))

// `answers` are those of voting members without a conflict.
CirculationCount count_circulation(const Constitution& law, std::int64_t voting_members,
                                   const std::vector<CirculationAnswer>& answers);

}  // namespace changwat::committees
