#pragma once
// Decisions, pure: whether a power, or a grant of it, covers what is asked. Time is in the
// question.

#include <string_view>

#include "platform/auth/call.hpp"

#include "modules/authority/law.hpp"

namespace changwat::authority {

// A question about an object at a moment, its words as bits.
struct Asked {
  Instant at;
  Date day;  // of `at`, in Bangkok
  std::optional<AreaCode> area;
  std::optional<std::int64_t> amount_satang;
  Bits kind = 0, funding = 0, method = 0;  // 0: not stated, or no such word
  std::optional<Profile> profile;
  Bits facts = 0;       // stated
  Bits facts_true = 0;  // of these, those said to be true
};

Asked ask(const Law& law, const Object& object, Instant at);

// Everything but who: in force, and the object within all limits of the power.
bool allows(const LawPower& power, const Asked& asked);

// The law itself gives the power to an office of this role and area, for objects in `where`.
bool vested(const LawPower& power, std::string_view role,
            const std::optional<AreaCode>& office_area, const std::optional<AreaCode>& where);

// The permit of an office in which the law vests the power.
Permit permit_by_law(const Law& law, const LawPower& power, const HeldOffice& office,
                     std::string_view act, const Object& object);

}  // namespace changwat::authority
