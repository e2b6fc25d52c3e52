#pragma once
// The scoreboard of a fiscal year: what counts in it, and what has to be said beside it.
//
// Called by board.cpp, which publishes it. Pure; any thread. The ranking itself is ranking.hpp.

#include <functional>
#include <span>
#include <vector>

#include "modules/indicators/rule_book.hpp"
#include "modules/indicators/rules.hpp"
#include "modules/indicators/words.hpp"

namespace changwat::indicators {

// The KPIs that count in a year: with a target for it or agreed for it; of one code in one province
// the latest agreement.
std::vector<const KpiSheet*> sheets_of_year(std::span<const KpiSheet* const> sheets,
                                            FiscalYear year);

// The month to which a year's scoreboard stands: the latest with a value, within the year.
int period_of_year(std::span<const KpiSheet* const> sheets, FiscalYear year);

// What the ranking takes: every KPI is its province's own.
ScoreboardInput scoreboard_input(std::span<const KpiSheet* const> sheets, FiscalYear year,
                                 const AgeRule& age);

enum class Ranking { level, improvement };
BOOST_DESCRIBE_ENUM(Ranking, level, improvement)

// Why a province has no place in a ranking.
struct Reason {
  Ranking ranking = Ranking::level;
  std::string code;  // coverage_too_low, nothing_applies
  std::string th;
  std::string en;
};
BOOST_DESCRIBE_STRUCT(Reason, (), (ranking, code, th, en))

// The name of a KPI of the province, by its code.
using KpiNames = std::function<Sentence(const std::string& code)>;

// One for each ranking in which the province is not; empty if it is in both.
std::vector<Reason> reasons(const ProvinceStanding& standing, const RankingRule& rule,
                            const KpiNames& names);

// What this way of ranking cannot say, with the numbers in force.
std::vector<Sentence> limits_of(const RankingRule& rule);

}  // namespace changwat::indicators
