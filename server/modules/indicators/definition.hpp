#pragma once
// What an indicator is, once it is agreed: the part of it that a proposal carries and a resolution
// fixes; and the register that takes it, which is what modules above the scoreboard need of it.
//
// Definitions come from approved applications (programme) and, later, from imports. A band to stay
// inside (Direction::within_range) is not part of a proposal: agenda KPIs go one way.

#include <optional>
#include <string>
#include <vector>

#include "base/area_code.hpp"
#include "base/decimal.hpp"
#include "base/result.hpp"
#include "base/text.hpp"
#include "base/time.hpp"

#include "platform/db/acts.hpp"

namespace changwat::indicators {

enum class KpiDirection { higher, lower };  // which way is better
BOOST_DESCRIBE_ENUM(KpiDirection, higher, lower)

struct YearFigure {
  FiscalYear fiscal_year;
  Decimal value;
};
BOOST_DESCRIBE_STRUCT(YearFigure, (), (fiscal_year, value))

// The values that earn 50, 75 and 100 points, in the KPI's direction.
struct KpiCriteria {
  Decimal p50;
  Decimal p75;
  Decimal p100;
};
BOOST_DESCRIBE_STRUCT(KpiCriteria, (), (p50, p75, p100))

struct KpiDefinition {
  Key code;  // unique in the province and fiscal year
  Text<1, 300> name_th;
  Text<0, 300> name_en;
  Text<1, 4000> definition_th;
  Text<1, 100> unit_th;
  Text<0, 100> unit_en;
  KpiDirection direction = KpiDirection::higher;
  Text<1, 500> source_th;              // where the figures come from
  Text<1, 300> owner_th;               // the office that answers for it
  std::optional<std::int64_t> agenda;  // position among the proposal's agendas, from 0
  Decimal weight;                      // of 100
  List<YearFigure, 3> baseline;
  List<YearFigure, 2> targets;
  std::optional<KpiCriteria> criteria;
};
BOOST_DESCRIBE_STRUCT(KpiDefinition, (),
                      (code, name_th, name_en, definition_th, unit_th, unit_en, direction,
                       source_th, owner_th, agenda, weight, baseline, targets, criteria))

// The value of one peer of a province for the same indicator.
struct PeerValue {
  AreaCode province;
  Decimal value;
};

class RuleBook;

class KpiRegister {
 public:
  virtual ~KpiRegister() = default;
  // Inside the caller's act, which leaves the ledger entry: the definitions of an approved
  // application become the province's indicators. `fiscal_year` is that of the call.
  virtual Result<Done> define(Tx& tx, const Call& call, const AreaCode& province,
                              FiscalYear fiscal_year, const std::string& application_id,
                              const std::vector<KpiDefinition>& kpis) = 0;
  // The latest valid values of the province's peers for the indicator, the province left out.
  virtual std::vector<PeerValue> peers(const AreaCode& province, const Key& kpi_code,
                                       FiscalYear fiscal_year) const = 0;
  // The numbers by which targets are tested and KPIs judged.
  virtual const RuleBook& rules() const = 0;
};

}  // namespace changwat::indicators
