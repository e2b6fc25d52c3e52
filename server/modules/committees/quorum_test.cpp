#include "modules/committees/quorum.hpp"

#include <gtest/gtest.h>

namespace changwat::committees {
namespace {

std::vector<Sitting> floor(int present, int substitutes, int absent, int conflicted) {
  std::vector<Sitting> out;
  for (int i = 0; i < present; ++i) out.push_back({true, Presence::present, i < conflicted});
  for (int i = 0; i < substitutes; ++i) out.push_back({true, Presence::substitute});
  for (int i = 0; i < absent; ++i)
    out.push_back({true, i % 2 ? Presence::leave : Presence::absent});
  return out;
}

TEST(QuorumRules, Half_of_the_members_in_office_rounded_up_and_a_conflict_takes_a_member_out) {
  struct Case {
    int present, substitutes, absent, conflicted;
    bool substitutes_count;
    int counted, needed;
    bool reached;
  };
  const Case cases[] = {
      {5, 0, 5, 0, true, 5, 5, true},  {4, 0, 6, 0, true, 4, 5, false},
      {4, 1, 5, 0, true, 5, 5, true},  {4, 1, 5, 0, false, 4, 5, false},
      {6, 0, 5, 0, true, 6, 6, true},  {5, 0, 6, 0, true, 5, 6, false},
      {5, 0, 5, 1, true, 4, 5, false}, {6, 0, 4, 1, true, 5, 5, true},
      {0, 0, 0, 0, true, 0, 1, false}, {1, 0, 0, 0, true, 1, 1, true},
      {1, 0, 0, 1, true, 0, 1, false},
  };
  for (const auto& one : cases) {
    QuorumRule rule;
    rule.substitutes_count = one.substitutes_count;
    const auto quorum =
        quorum_of(rule, floor(one.present, one.substitutes, one.absent, one.conflicted));
    EXPECT_EQ(quorum.present, one.counted);
    EXPECT_EQ(quorum.needed, one.needed);
    EXPECT_EQ(quorum.reached, one.reached);
    EXPECT_EQ(quorum.conflicted, one.conflicted);
  }
}

TEST(QuorumRules, Seats_without_a_vote_are_neither_counted_nor_needed) {
  auto members = floor(2, 0, 2, 0);
  members.push_back({false, Presence::present});
  const auto quorum = quorum_of({}, members);
  EXPECT_EQ(quorum.members, 4);
  EXPECT_EQ(quorum.present, 2);
}

TEST(QuorumRules, Another_share_is_a_row_of_data) {
  QuorumRule two_thirds;
  two_thirds.numerator = 2;
  two_thirds.denominator = 3;
  EXPECT_EQ(quorum_of(two_thirds, floor(7, 0, 3, 0)).needed, 7);
  EXPECT_TRUE(quorum_of(two_thirds, floor(7, 0, 3, 0)).reached);
}

TEST(MajorityRules, Equal_votes_carry_only_with_the_casting_vote) {
  MajorityRule with, without;
  without.casting_vote = false;
  EXPECT_TRUE(carried(with, {3, 2, 0, {}}));
  EXPECT_FALSE(carried(with, {2, 3, 0, {}}));
  EXPECT_FALSE(carried(with, {2, 2, 1, {}}));
  EXPECT_TRUE(carried(with, {2, 2, 1, true}));
  EXPECT_FALSE(carried(with, {2, 2, 1, false}));
  EXPECT_FALSE(carried(without, {2, 2, 1, true}));
}

TEST(MajorityRules, Nobody_votes_twice) {
  Quorum quorum{8, 5, 4, 0, true};
  EXPECT_TRUE(faults({3, 1, 1, {}}, quorum, "/votes").empty());
  EXPECT_EQ(faults({3, 2, 1, {}}, quorum, "/votes").at(0).code, "too_many_votes");
  EXPECT_EQ(faults({-1, 2, 1, {}}, quorum, "/votes").at(0).pointer, "/votes/in_favour");
  EXPECT_EQ(faults({6, 0, 0, {}}, quorum, "/votes").at(0).code, "out_of_range");
}

TEST(MajorityRules, What_was_voted_down_is_not_recorded_as_agreed) {
  for (const auto kind : {ResolutionKind::approve, ResolutionKind::approve_in_principle,
                          ResolutionKind::approve_with_changes, ResolutionKind::assign}) {
    EXPECT_TRUE(fits(kind, true));
    EXPECT_FALSE(fits(kind, false));
  }
  EXPECT_FALSE(fits(ResolutionKind::reject, true));
  EXPECT_TRUE(fits(ResolutionKind::reject, false));
  EXPECT_TRUE(fits(ResolutionKind::defer, false));
}

TEST(CirculationRules, The_outcome_follows_from_the_answers) {
  Constitution law;
  using enum CirculationAnswer;
  struct Case {
    std::vector<CirculationAnswer> answers;
    CirculationOutcome outcome;
  };
  const Case cases[] = {
      {{agree, agree, disagree}, CirculationOutcome::carried},
      {{agree, agree}, CirculationOutcome::too_few_answers},
      {{agree, disagree, disagree}, CirculationOutcome::not_carried},
      {{agree, agree, abstain}, CirculationOutcome::carried},
      {{agree, disagree, abstain}, CirculationOutcome::not_carried},
      {{agree, agree, agree, call_for_meeting}, CirculationOutcome::meeting_called_for},
      {{}, CirculationOutcome::too_few_answers},
  };
  for (const auto& one : cases)
    EXPECT_EQ(count_circulation(law, 6, one.answers).outcome, one.outcome);
}

}  // namespace
}  // namespace changwat::committees
