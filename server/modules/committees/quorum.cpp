#include "modules/committees/quorum.hpp"

#include <algorithm>

namespace changwat::committees {
namespace {

std::int64_t needed_of(const QuorumRule& rule, std::int64_t members) {
  return std::max<std::int64_t>(
      1, (members * rule.numerator + rule.denominator - 1) / rule.denominator);
}

bool there(const QuorumRule& rule, Presence presence) {
  return presence == Presence::present ||
         (presence == Presence::substitute && rule.substitutes_count);
}

}  // namespace

Quorum quorum_of(const QuorumRule& rule, const std::vector<Sitting>& members) {
  Quorum out;
  for (const auto& member : members) {
    if (!member.voting) continue;
    ++out.members;
    if (!there(rule, member.presence)) continue;
    ++(member.conflicted ? out.conflicted : out.present);
  }
  out.needed = needed_of(rule, out.members);
  out.reached = out.present >= out.needed;
  return out;
}

Result<Done> enough(const Quorum& quorum) {
  if (quorum.reached) return Done{};
  const auto present = std::to_string(quorum.present), needed = std::to_string(quorum.needed);
  return Problem(
      no_quorum, "องค์ประชุมไม่ครบ: นับได้ " + present + " คน ต้องมีอย่างน้อย " + needed + " คน",
      "There is no quorum: " + present + " members count, at least " + needed + " are needed.");
}

std::vector<FieldError> faults(const Votes& votes, const Quorum& quorum, const std::string& at) {
  std::vector<FieldError> wrong;
  const auto natural = [&](std::int64_t n, const char* name) {
    if (n < 0 || n > quorum.present)
      wrong.push_back({at + name, "out_of_range", "ต้องเป็นจำนวน 0–" + std::to_string(quorum.present),
                       "must be a number from 0 to " + std::to_string(quorum.present)});
  };
  natural(votes.in_favour, "/in_favour");
  natural(votes.against, "/against");
  natural(votes.abstain, "/abstain");
  if (wrong.empty() && votes.in_favour + votes.against + votes.abstain > quorum.present)
    wrong.push_back(
        {at, "too_many_votes",
         "คะแนนรวมกันมากกว่าผู้มีสิทธิออกเสียงในวาระนี้ " + std::to_string(quorum.present) + " คน",
         "more votes than the " + std::to_string(quorum.present) +
             " members who may vote on this item"});
  return wrong;
}

bool carried(const MajorityRule& rule, const Votes& votes) {
  if (votes.in_favour != votes.against) return votes.in_favour > votes.against;
  return rule.casting_vote && votes.casting_vote_in_favour.value_or(false);
}

bool fits(ResolutionKind kind, bool is_carried) {
  switch (kind) {
    case ResolutionKind::approve:
    case ResolutionKind::approve_in_principle:
    case ResolutionKind::approve_with_changes:
    case ResolutionKind::assign:
      return is_carried;
    case ResolutionKind::reject:
      return !is_carried;
    case ResolutionKind::acknowledge:
    case ResolutionKind::revise:
    case ResolutionKind::defer:
    case ResolutionKind::withdraw:
      return true;
  }
  CHECK(false);
  return false;
}

CirculationCount count_circulation(const Constitution& law, std::int64_t voting_members,
                                   const std::vector<CirculationAnswer>& answers) {
  CirculationCount out;
  out.members = voting_members;
  out.answers = static_cast<std::int64_t>(answers.size());
  out.needed = needed_of(law.quorum, voting_members);
  bool meeting_wanted = false;
  for (const auto answer : answers) {
    if (answer == CirculationAnswer::agree) ++out.votes.in_favour;
    if (answer == CirculationAnswer::disagree) ++out.votes.against;
    if (answer == CirculationAnswer::abstain) ++out.votes.abstain;
    meeting_wanted = meeting_wanted || answer == CirculationAnswer::call_for_meeting;
  }
  if (meeting_wanted && law.circulation.one_call_for_a_meeting_ends_it)
    out.outcome = CirculationOutcome::meeting_called_for;
  else if (out.answers < out.needed)
    out.outcome = CirculationOutcome::too_few_answers;
  else
    out.outcome = carried(law.majority, out.votes) ? CirculationOutcome::carried
                                                   : CirculationOutcome::not_carried;
  return out;
}

}  // namespace changwat::committees
