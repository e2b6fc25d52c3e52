#pragma once
// From the difference between a project and its change to who decides: pure.
//
//   facts_of(request, rules, on)      what the difference shows, each with its places
//   classify(facts, profile, …)       the rows that apply; the strictest decides
//   what_if(request, …)               what would have to be different for the province to decide
//
// Adding a fact can never lower who decides: the decider is the largest of all rows that apply.

#include <string>
#include <vector>

#include "base/result.hpp"

#include "modules/plans/change_rules.hpp"
#include "modules/plans/model.hpp"

namespace changwat::plans {

inline constexpr ErrorKind no_rule{"no_rule", 409, "ยังไม่มีเกณฑ์ที่ใช้บังคับในวันดังกล่าวสำหรับเรื่องนี้",
                                   "No rule is in force on that day for this."};

// A request as the rules see it.
struct RequestedChange {
  RequestKind kind = RequestKind::amend;
  AreaCode province;
  FiscalYear fiscal_year;
  bool had_money = true;  // false: over the ceiling, so that all it gets is from elsewhere
  ProjectContent before;
  ChangeContent content;
};

// The places (JSON pointers into ProjectContent) that differ; none when a project is cancelled.
std::vector<std::string> differences(const RequestedChange& request);

// In the order of the enumeration, each fact once. Problem: no_rule when a threshold that matters
// has no row on that day.
Result<std::vector<FactSeen>> facts_of(const RequestedChange& request, const ChangeRules& rules,
                                       Date on);

// Problem: no_rule for a fact that no row names on that day; invalid_input without any fact.
Result<ChangeClassification> classify(std::vector<FactSeen> facts, DecisionProfile profile,
                                      const ChangeRules& rules, Date on);

// Each fact that takes the decision out of the province is undone in a copy of the request, and the
// copy is classified anew: alone, for the step, and together, for the end.
WhatIf what_if(const RequestedChange& request, const ChangeClassification& classification,
               const ChangeRules& rules);

// All of it, as far as there is an answer.
Judged judge(const RequestedChange& request, const ChangeRules& rules, Date on);

}  // namespace changwat::plans
