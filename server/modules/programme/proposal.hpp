#pragma once
// The proposal inside an application: what the governor offers and asks for.
//
// Everything may be empty while it is written; completeness.hpp says what is missing before it can
// be submitted. Content by resolution 3.2 of meeting 2/2563: KPIs, challenging and tangible targets
// within two years, and the added benefit to citizens.

#include <optional>
#include <string>
#include <string_view>

#include "base/decimal.hpp"
#include "base/text.hpp"
#include "base/time.hpp"

#include "modules/indicators/definition.hpp"

namespace changwat::programme {

using indicators::KpiDirection;

// A number that may still be missing: "" or a Decimal.
class Figure {
 public:
  Figure() = default;
  explicit Figure(Decimal value) : value_(value) {}
  static std::optional<Figure> parse(std::string_view raw);
  static Word word();
  std::string text() const { return value_ ? value_->text() : std::string(); }
  const std::optional<Decimal>& value() const { return value_; }
  friend bool operator==(const Figure&, const Figure&) = default;

 private:
  std::optional<Decimal> value_;
};

enum class WorkingGroup { economy, society_security, environment };
BOOST_DESCRIBE_ENUM(WorkingGroup, economy, society_security, environment)

struct Agenda {
  Text<0, 300> title_th;
  std::optional<WorkingGroup> working_group;
  Text<0, 4000> why_th;
};
BOOST_DESCRIBE_STRUCT(Agenda, (), (title_th, working_group, why_th))

struct DraftYear {
  FiscalYear fiscal_year;
  Figure value;
};
BOOST_DESCRIBE_STRUCT(DraftYear, (), (fiscal_year, value))

struct DraftCriteria {
  Figure p50;
  Figure p75;
  Figure p100;
};
BOOST_DESCRIBE_STRUCT(DraftCriteria, (), (p50, p75, p100))

// An indicators::KpiDefinition that is still being written.
struct DraftKpi {
  Text<0, 64> code;
  Text<0, 300> name_th;
  Text<0, 300> name_en;
  Text<0, 4000> definition_th;
  Text<0, 100> unit_th;
  Text<0, 100> unit_en;
  KpiDirection direction = KpiDirection::higher;
  Text<0, 500> source_th;
  Text<0, 300> owner_th;
  std::optional<std::int64_t> agenda;  // position among the agendas, from 0
  Figure weight;
  List<DraftYear, 3> baseline;
  List<DraftYear, 2> targets;
  DraftCriteria criteria;
};
BOOST_DESCRIBE_STRUCT(DraftKpi, (),
                      (code, name_th, name_en, definition_th, unit_th, unit_en, direction,
                       source_th, owner_th, agenda, weight, baseline, targets, criteria))

struct Benefit {
  Figure number;
  Text<0, 100> unit_th;
  Text<0, 1000> sentence_th;
  Text<0, 1000> sentence_en;
};
BOOST_DESCRIBE_STRUCT(Benefit, (), (number, unit_th, sentence_th, sentence_en))

enum class UnlockKind { law, money, people, power };
BOOST_DESCRIBE_ENUM(UnlockKind, law, money, people, power)

struct Unlock {
  UnlockKind kind = UnlockKind::law;
  Text<0, 2000> what_th;
  Text<0, 500> who_th;
};
BOOST_DESCRIBE_STRUCT(Unlock, (), (kind, what_th, who_th))

struct Proposal {
  Text<0, 4000> summary_th;
  List<Agenda, 5> agendas;
  List<DraftKpi, 20> kpis;
  List<Benefit, 10> benefits;
  List<Unlock, 20> unlocks;
  Text<0, 4000> risks_th;
};
BOOST_DESCRIBE_STRUCT(Proposal, (), (summary_th, agendas, kpis, benefits, unlocks, risks_th))

// Sections to replace: those that are given.
struct ProposalPatch {
  std::optional<Text<0, 4000>> summary_th;
  std::optional<List<Agenda, 5>> agendas;
  std::optional<List<DraftKpi, 20>> kpis;
  std::optional<List<Benefit, 10>> benefits;
  std::optional<List<Unlock, 20>> unlocks;
  std::optional<Text<0, 4000>> risks_th;
};
BOOST_DESCRIBE_STRUCT(ProposalPatch, (), (summary_th, agendas, kpis, benefits, unlocks, risks_th))

Proposal patched(Proposal proposal, const ProposalPatch& patch);

// The agreed form of a KPI; none while something that a definition needs is missing.
std::optional<indicators::KpiDefinition> definition_of(const DraftKpi& kpi);

}  // namespace changwat::programme
