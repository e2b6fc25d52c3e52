#pragma once
// The rules of project change as data: data/plans/change_rules.json, read once at start.
//
// A row of the table says which facts of a difference fall under which power of data/law. Who
// decides, from when to when, by which source, whether it is verified, and amounts are those of the
// power: nothing is said twice. What only the table says (that a fact falls under this power) is a
// `reading`; a row with one is not verified. Nothing about a province or an amount stands in code.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/area_code.hpp"
#include "base/json.hpp"
#include "base/money.hpp"
#include "base/text.hpp"
#include "base/time.hpp"

#include "modules/authority/authority.hpp"
#include "modules/committees/model.hpp"

namespace changwat::plans {

// Who decides, the least strict first: of several rows the last of these decides.
enum class Decider {
  provincial_committee,
  budget_bureau,
  regional_subcommittee,
  cabinet,
  not_allowed
};
BOOST_DESCRIBE_ENUM(Decider, provincial_committee, budget_bureau, regional_subcommittee, cabinet,
                    not_allowed)

// What a difference between a project and its change shows.
enum class ChangeFact {
  name_changed,
  objective_changed,
  output_changed,
  target_changed,
  kpi_changed,
  plan_links_changed,
  place_within_group,
  place_outside_group,
  method_changed,
  period_changed,
  cross_year,
  unit_price_changed,
  budget_moved,
  agency_changed,
  other_budget_unit,
  leftover_used,
  leftover_equipment_at_threshold,
  leftover_construction_at_threshold,
  leftover_cross_year,
  overseas_travel,
  project_cancelled,
  project_replaced,
  new_project,
  new_project_in_budget
};
BOOST_DESCRIBE_ENUM(ChangeFact, name_changed, objective_changed, output_changed, target_changed,
                    kpi_changed, plan_links_changed, place_within_group, place_outside_group,
                    method_changed, period_changed, cross_year, unit_price_changed, budget_moved,
                    agency_changed, other_budget_unit, leftover_used,
                    leftover_equipment_at_threshold, leftover_construction_at_threshold,
                    leftover_cross_year, overseas_travel, project_cancelled, project_replaced,
                    new_project, new_project_in_budget)

enum class ChangeDuty {
  report_upward,
  report_budget_bureau,
  budget_bureau_agreement,
  revise_plan_first,
  cabinet_approval
};
BOOST_DESCRIBE_ENUM(ChangeDuty, report_upward, report_budget_bureau, budget_bureau_agreement,
                    revise_plan_first, cabinet_approval)

enum class DecisionProfile { normal, high_performance };
BOOST_DESCRIBE_ENUM(DecisionProfile, normal, high_performance)

enum class Threshold { equipment_unit_price, construction };
BOOST_DESCRIBE_ENUM(Threshold, equipment_unit_price, construction)

enum class DossierItem {
  reason,
  effect_kpi,
  effect_beneficiaries,
  effect_money,
  attachment,
  resolution
};
BOOST_DESCRIBE_ENUM(DossierItem, reason, effect_kpi, effect_beneficiaries, effect_money, attachment,
                    resolution)

using RuleLabel = Text<1, 300>;
using RuleSource = Text<1, 2500>;

struct DeciderRow {
  Decider decider = Decider::provincial_committee;
  RuleLabel name_th;
  RuleLabel name_en;
  List<Key, 5> holders;                           // roles of data/law whose powers it stands for
  std::optional<committees::BodyKind> body_kind;  // of the province's own body, if that resolves
};
BOOST_DESCRIBE_STRUCT(DeciderRow, (), (decider, name_th, name_en, holders, body_kind))

struct FactLabel {
  ChangeFact fact = ChangeFact::method_changed;
  RuleLabel label_th;
  RuleLabel label_en;
};
BOOST_DESCRIBE_STRUCT(FactLabel, (), (fact, label_th, label_en))

struct FollowUpLabel {
  ChangeDuty follow_up = ChangeDuty::report_upward;
  RuleLabel label_th;
  RuleLabel label_en;
};
BOOST_DESCRIBE_STRUCT(FollowUpLabel, (), (follow_up, label_th, label_en))

// An amount that counts once it is reached: the smallest of the power.
struct ThresholdRow {
  Key power;
  Threshold threshold = Threshold::equipment_unit_price;
  std::int64_t amount_baht = 0;
  RuleLabel label_th;
  RuleLabel label_en;
  std::optional<Date> valid_from;
  std::optional<Date> valid_to;
  RuleSource source;
  bool verified = false;
  std::optional<RuleSource> note;
};
BOOST_DESCRIBE_STRUCT(ThresholdRow, (),
                      (power, threshold, amount_baht, label_th, label_en, valid_from, valid_to,
                       source, verified, note))

struct AreaGroup {
  AreaLevel level = AreaLevel::district;
  RuleSource source;
  bool verified = false;
};
BOOST_DESCRIBE_STRUCT(AreaGroup, (), (level, source, verified))

// The report to the Budget Bureau: a duty of a power of data/law, which says until when. Its days
// count from the decision.
struct ReportRule {
  Key power;
  Key duty;
  RuleLabel label_th;
  RuleLabel label_en;
  RuleSource source;
  bool verified = false;
  std::optional<RuleSource> note;
};
BOOST_DESCRIBE_STRUCT(ReportRule, (), (power, duty, label_th, label_en, source, verified, note))

struct ChangeRule {
  Key row;
  std::optional<Key> power;  // none: no office has such a power, the law forbids it
  List<DecisionProfile, 2> profiles;
  List<ChangeFact, 30> facts;  // it applies when one of them is seen
  Decider decided_by = Decider::provincial_committee;
  List<ChangeDuty, 5> then;
  RuleLabel label_th;
  RuleLabel label_en;
  std::optional<Date> valid_from;
  std::optional<Date> valid_to;
  RuleSource source;
  RuleSource source_th;
  bool verified = false;
  std::optional<RuleSource> note;  // of the power, and the reading of the table
  std::optional<RuleSource> note_th;
};
BOOST_DESCRIBE_STRUCT(ChangeRule, (),
                      (row, power, profiles, facts, decided_by, then, label_th, label_en,
                       valid_from, valid_to, source, source_th, verified, note, note_th))

// That a province is under another profile than normal, by an instrument.
struct Assignment {
  AreaCode province;
  DecisionProfile profile = DecisionProfile::high_performance;
  Date valid_from;
  std::optional<Date> valid_to;
  RuleSource source;
  bool verified = false;
};
BOOST_DESCRIBE_STRUCT(Assignment, (), (province, profile, valid_from, valid_to, source, verified))

struct DossierRow {
  DossierItem item = DossierItem::reason;
  RuleLabel label_th;
  RuleLabel label_en;
};
BOOST_DESCRIBE_STRUCT(DossierRow, (), (item, label_th, label_en))

struct ObjectionRule {
  RuleLabel label_th;
  RuleLabel label_en;
  RuleSource source;
  bool verified = false;
};
BOOST_DESCRIBE_STRUCT(ObjectionRule, (), (label_th, label_en, source, verified))

struct ChangeRules {
  std::string about;
  std::vector<DeciderRow> deciders;
  std::vector<FactLabel> facts;
  std::vector<FollowUpLabel> follow_ups;
  std::vector<ThresholdRow> thresholds;
  AreaGroup area_group;
  ReportRule report;
  std::vector<ChangeRule> rows;
  std::vector<Assignment> assignments;
  std::vector<DossierRow> dossier;
  ObjectionRule objection;
};
BOOST_DESCRIBE_STRUCT(ChangeRules, (),
                      (about, deciders, facts, follow_ups, thresholds, area_group, report, rows,
                       assignments, dossier, objection))

// Reads the file ("$schema" is for editors) beside the law that it names; a row with several powers
// becomes one for each, in force when that is. Refused unless every decider and fact is named once,
// every fact has a row in every profile, and every power that is named exists, is held by somebody
// who stands among the deciders, and never stands in force beside another of its row.
Result<ChangeRules> read_change_rules(std::string_view json, const authority::Law& law);

// The profile of a province on a day: normal unless an assignment says otherwise.
DecisionProfile profile_of(const ChangeRules& rules, const AreaCode& province, Date on);

// The threshold in force on a day; none: no row.
const ThresholdRow* threshold_on(const ChangeRules& rules, Threshold threshold, Date on);

// The row that names a decider.
const DeciderRow& named(const ChangeRules& rules, Decider decider);

template <class Row>
bool in_force(const Row& row, Date on) {
  return (!row.valid_from || *row.valid_from <= on) && (!row.valid_to || on <= *row.valid_to);
}

}  // namespace changwat::plans
