#pragma once
// The judgement of one KPI: colour, forecast and score, and the published rule in words with the
// numbers of the case, so that anybody can check the colour.
//
// Called for every KPI that is shown. Pure; any thread. The path, the forecast and the light are
// those of trajectory.hpp, the numbers of the rule those of rule_book.hpp.

#include <span>

#include "modules/indicators/model.hpp"
#include "modules/indicators/rule_book.hpp"
#include "modules/indicators/rules.hpp"

namespace changwat::indicators {

// At the end of month `as_of`, against the target of the fiscal year in which it falls or the
// nearest one, by the rules in force for that fiscal year.
JudgementAnswer judgement(const Kpi& kpi, std::span<const HeldValue> values, int as_of,
                          const RuleBook& book);

}  // namespace changwat::indicators
