#pragma once
// Obstacles and limits in words, Thai and English.

#include <string>
#include <vector>

#include "modules/authority/decide.hpp"

namespace changwat::authority {

// "1,250,000.50"
std::string baht(std::int64_t satang);

// What would have to be otherwise for a power, or a grant of it, to cover the question.
std::vector<Difference> differences(const Law& law, const GrantBook& book, const LawPower& power,
                                    GrantBook::Number grant, const Obstacles& obstacles);

// What a power, cut down to an extent, is limited to, beyond area and amount.
std::vector<TwoTexts> limits(const Law& law, const GrantBook& book, const LawPower& power,
                             const Extent& extent);

}  // namespace changwat::authority
