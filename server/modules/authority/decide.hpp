#pragma once
// Decisions, pure: what stands between a question and a power, or a grant of it; and the chain of
// authority when nothing does. Time is in the question.

#include <bit>
#include <string_view>

#include "platform/auth/call.hpp"

#include "modules/authority/grants.hpp"
#include "modules/authority/law.hpp"

namespace changwat::authority {

// May this act be done on this object at this moment?
struct Question {
  std::string_view act;
  const Object& object;
  Instant at;
};

// A question with its words as bits.
struct Asked {
  std::int64_t at = 0;  // Unix milliseconds
  Date day;             // of `at`, in Bangkok
  Place place;          // where the object lies; the whole country if none is stated
  std::optional<std::int64_t> amount_satang;
  Bits kind = 0, funding = 0, method = 0;  // 0: not stated, or no such word
  std::optional<Profile> profile;
  std::optional<ProjectRef> project;
  Bits facts = 0;       // stated
  Bits facts_true = 0;  // of these, those said to be true
};

Asked ask(const Law& law, const Question& question);

// What stands in the way, all of it at once.
struct Obstacles {
  enum Bit : unsigned {
    period = 1,  // not in force at that moment
    kind = 2,
    funding = 4,
    method = 8,
    profile = 16,
    below_floor = 32,
    above_ceiling = 64,
    place = 128,
    project = 256,
  };
  unsigned bits = 0;
  Bits facts = 0;  // not stated, or otherwise than the law wants them

  bool none() const { return bits == 0 && facts == 0; }
  int count() const { return std::popcount(bits) + std::popcount(facts); }
  Obstacles operator|(const Obstacles& other) const {
    return {bits | other.bits, facts | other.facts};
  }
};

// Of the power itself, whoever acts; the place is a matter of offices.
Obstacles obstacles(const LawPower& power, const Asked& asked);
// Of a grant, beyond those of its power.
Obstacles obstacles(const GrantBook& book, const Extent& extent, const Asked& asked);

// The law itself gives the power to an office of this role and area, for objects at `place`.
bool vested(const LawPower& power, std::string_view role,
            const std::optional<AreaCode>& office_area, Place place);

// The chain of an office that acts by law (`grant` none) or by a grant that it holds.
Permit permit(const Law& law, const GrantBook& book, const LawPower& power,
              const HeldOffice& office, GrantBook::Number grant, const Question& question);

// The permit of the first of the offices that may do it: by law before by grant.
std::optional<Permit> decide(const Law& law, const GrantBook& book,
                             const std::vector<HeldOffice>& offices, const Question& question);

Duties duties(const Power& power, Occasion occasion);

}  // namespace changwat::authority
