#pragma once
// "Who may sign this?", what an office may do, and what it loses. Pure; the caller holds the book's
// read lock.

#include "modules/authority/decide.hpp"

namespace changwat::authority {

struct World {
  const Law& law;
  const GrantBook& book;
  const Offices& offices;
};

inline constexpr int nearest_max = 5;

// Who may, before it is put into words: an office by law or by a grant. No office: a body, or no
// office of that role is in the register.
struct Found {
  const LawPower* power = nullptr;
  GrantBook::Number grant = GrantBook::none;
  const OfficeRow* office = nullptr;
  const Key* role = nullptr;  // when there is no office
};

// Every lawful signer, those by law first; one more than `limit` at most, so that the caller sees
// whether there are others.
std::vector<Found> lawful_signers(const World& world, const Question& question, int limit);

// The same in words, with chains and duties; and who would be the nearest: fewest differences
// first, of these another amount or day before another kind, then the least money missing.
WhoMay who_may(const World& world, const Question& question, int limit);

// All that an office may do at a moment, by law and by grant, and why.
std::vector<HeldPower> powers_of(const World& world, const OfficeRow& office, Instant at);

// Of what it may do at `from`, what it may not at `to`, and why.
std::vector<LostPower> lost_between(const World& world, const OfficeRow& office, Instant from,
                                    Instant to);

}  // namespace changwat::authority
