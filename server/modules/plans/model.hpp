#pragma once
// What projects of annual plans and requests to change them are stored as and travel as.
//
// Money is in satang. Texts may be empty while something is written; rules.hpp says what is
// wanting.

#include <optional>
#include <string>
#include <vector>

#include "base/area_code.hpp"
#include "base/decimal.hpp"
#include "base/id.hpp"
#include "base/money.hpp"
#include "base/text.hpp"
#include "base/time.hpp"

#include "platform/http/routes.hpp"

#include "modules/committees/committees.hpp"
#include "modules/plans/change_rules.hpp"

namespace changwat::plans {

using ProjectId = Id<struct ProjectTag>;
using ChangeId = Id<struct ChangeTag>;
using committees::ItemNumber;
using committees::MeetingId;
using committees::Resolution;
using committees::ResolutionId;
using ProjectCode = Text<1, 60>;
using Reason = Text<0, 4000>;

// ---- projects

enum class BudgetClass { within_ceiling, over_ceiling, management, agency_project };
BOOST_DESCRIBE_ENUM(BudgetClass, within_ceiling, over_ceiling, management, agency_project)

enum class Funding { province_budget, cluster_budget, agency };
BOOST_DESCRIBE_ENUM(Funding, province_budget, cluster_budget, agency)

enum class ProjectState { in_plan, cancelled };
BOOST_DESCRIBE_ENUM(ProjectState, in_plan, cancelled)

// งบดำเนินงาน, งบลงทุน (ครุภัณฑ์; ที่ดินและสิ่งก่อสร้าง), งบเงินอุดหนุน, งบรายจ่ายอื่น.
enum class BudgetCategory { operating, equipment, land_and_buildings, subsidy, other };
BOOST_DESCRIBE_ENUM(BudgetCategory, operating, equipment, land_and_buildings, subsidy, other)

// A plan above: level 1 national strategy; 2 master plan, national development plan, policy; 3
// plans of action.
struct PlanLink {
  std::int64_t level = 1;
  Text<1, 60> code;  // "national_strategy.2"
  Text<0, 300> name_th;
};
BOOST_DESCRIBE_STRUCT(PlanLink, (), (level, code, name_th))

struct ProjectKpi {
  Text<0, 500> name_th;
  Text<0, 100> unit_th;
  std::optional<Decimal> target;
};
BOOST_DESCRIBE_STRUCT(ProjectKpi, (), (name_th, unit_th, target))

// Its money is the sum of the budget lines that name it.
struct ProjectActivity {
  Text<0, 500> name_th;
  Text<0, 500> method_th;
  Text<0, 300> office_th;
  std::optional<Month> starts;
  std::optional<Month> ends;  // the last month
};
BOOST_DESCRIBE_STRUCT(ProjectActivity, (), (name_th, method_th, office_th, starts, ends))

struct ProjectPlace {
  List<AreaCode, 100> areas;
  Text<0, 1000> detail_th;
};
BOOST_DESCRIBE_STRUCT(ProjectPlace, (), (areas, detail_th))

struct BudgetLine {
  std::optional<std::int64_t> activity;  // index into activities, from 0
  BudgetCategory category = BudgetCategory::operating;
  Text<0, 1000> item_th;
  std::optional<std::int64_t> quantity;
  Text<0, 50> unit_th;
  std::optional<Satang> unit_price_satang;  // with a quantity, their product is the amount
  Satang amount_satang;
};
BOOST_DESCRIBE_STRUCT(BudgetLine, (),
                      (activity, category, item_th, quantity, unit_th, unit_price_satang,
                       amount_satang))

// What a request may change: the project brief (แบบ จ.1-1) in small.
struct ProjectContent {
  Text<0, 500> name_th;
  Reason objective_th;
  Reason output_th;  // the main output
  Reason target_th;  // who and how many
  List<PlanLink, 20> plan_links;
  List<ProjectKpi, 20> kpis;
  List<ProjectActivity, 50> activities;
  ProjectPlace place;
  List<BudgetLine, 400> budget;
  Text<0, 300> office_th;       // that carries it out
  Text<0, 300> budget_unit_th;  // หน่วยรับงบประมาณ
};
BOOST_DESCRIBE_STRUCT(ProjectContent, (),
                      (name_th, objective_th, output_th, target_th, plan_links, kpis, activities,
                       place, budget, office_th, budget_unit_th))

struct ProjectRow {
  ProjectId project_id;
  AreaCode province;
  FiscalYear fiscal_year;
  ProjectCode code;     // unique in the province and year
  std::string name_th;  // of the content, to be searched
  BudgetClass budget_class = BudgetClass::within_ceiling;
  Funding funding = Funding::province_budget;
  ProjectState state = ProjectState::in_plan;
  Satang total_satang;     // sum of the budget lines
  Satang released_satang;  // of that, leftover money given to other projects
  Json<ProjectContent> content;
  Text<1, 500> source;  // the document in which it stands
  bool demonstration = false;
  std::int64_t version = 1;
  Instant created_at;
  Instant updated_at;
};
BOOST_DESCRIBE_STRUCT(ProjectRow, (),
                      (project_id, province, fiscal_year, code, name_th, budget_class, funding,
                       state, total_satang, released_satang, content, source, demonstration,
                       version, created_at, updated_at))

// One line of a list of projects.
struct ProjectSummary {
  ProjectId project_id;
  AreaCode province;
  FiscalYear fiscal_year;
  ProjectCode code;
  std::string name_th;
  BudgetClass budget_class = BudgetClass::within_ceiling;
  Funding funding = Funding::province_budget;
  ProjectState state = ProjectState::in_plan;
  Satang total_satang;
  Satang released_satang;
  bool demonstration = false;
  std::int64_t version = 1;
  Instant updated_at;
};
BOOST_DESCRIBE_STRUCT(ProjectSummary, (),
                      (project_id, province, fiscal_year, code, name_th, budget_class, funding,
                       state, total_satang, released_satang, demonstration, version, updated_at))

// A project of the approved plan, recorded by hand.
struct NewProject {
  AreaCode province;
  FiscalYear fiscal_year;
  ProjectCode code;
  BudgetClass budget_class = BudgetClass::within_ceiling;
  Funding funding = Funding::province_budget;
  ProjectContent content;
  Text<1, 500> source;
};
BOOST_DESCRIBE_STRUCT(NewProject, (),
                      (province, fiscal_year, code, budget_class, funding, content, source))

struct ProjectQuery {
  std::optional<AreaCode> province;
  std::optional<FiscalYear> fiscal_year;
  std::optional<BudgetClass> budget_class;
  std::optional<Text<0, 100>> q;  // part of a name or code
  PageLimit limit;
  std::optional<ProjectId> cursor;
};
BOOST_DESCRIBE_STRUCT(ProjectQuery, (), (province, fiscal_year, budget_class, q, limit, cursor))

enum class ExportFormat { csv, json, xlsx };
BOOST_DESCRIBE_ENUM(ExportFormat, csv, json, xlsx)

struct ExportQuery {
  ExportFormat format = ExportFormat::csv;
  std::optional<AreaCode> province;
  std::optional<FiscalYear> fiscal_year;
};
BOOST_DESCRIBE_STRUCT(ExportQuery, (), (format, province, fiscal_year))

struct ProjectPath {
  ProjectId project_id;
};
BOOST_DESCRIBE_STRUCT(ProjectPath, (), (project_id))

// One version of a project: how it stood after an act.
struct ProjectVersion {
  ProjectId project_id;
  std::int64_t version = 1;
  std::string act;
  std::optional<ChangeId> change_id;  // the request that led to it
  Instant at;
  std::string office_th;  // titles as they were then; empty: the program
  std::string office_en;
  ProjectState state = ProjectState::in_plan;
  Satang total_satang;
  Satang released_satang;
  Json<ProjectContent> content;
};
BOOST_DESCRIBE_STRUCT(ProjectVersion, (),
                      (project_id, version, act, change_id, at, office_th, office_en, state,
                       total_satang, released_satang, content))

struct ProjectHistory {
  std::vector<ProjectVersion> items;  // the latest first
};
BOOST_DESCRIBE_STRUCT(ProjectHistory, (), (items))

// ---- requests for change

enum class RequestKind { amend, cancel, replace, add };
BOOST_DESCRIBE_ENUM(RequestKind, amend, cancel, replace, add)

enum class ChangeState {
  draft,
  checking,       // สนจ. ตรวจ
  classified,     // who decides is settled; waits for ก.บ.จ.
  endorsed,       // ก.บ.จ. agrees; to be sent up
  sent_up,        // waits for who decides
  decided_here,   // ended in the province
  decided_above,  // approved or acknowledged
  plan_changed,
  closed,
  rejected,
  withdrawn
};
BOOST_DESCRIBE_ENUM(ChangeState, draft, checking, classified, endorsed, sent_up, decided_here,
                    decided_above, plan_changed, closed, rejected, withdrawn)

// Leftover money (เงินเหลือจ่าย) of another project that pays for this one.
struct Leftover {
  ProjectId from_project;
  Satang amount_satang;
};
BOOST_DESCRIBE_STRUCT(Leftover, (), (from_project, amount_satang))

// What is asked for.
struct ChangeContent {
  ProjectContent after;
  std::optional<ProjectCode> new_code;  // of the project that is added or takes the other's place
  Reason reason_th;
  Reason effect_kpi_th;
  Reason effect_beneficiaries_th;
  Reason effect_money_th;
  std::optional<Leftover> leftover;
  bool overseas_travel = false;  // travel abroad that is not in the plan
};
BOOST_DESCRIBE_STRUCT(ChangeContent, (),
                      (after, new_code, reason_th, effect_kpi_th, effect_beneficiaries_th,
                       effect_money_th, leftover, overseas_travel))

// ---- classification

// A fact seen in the difference, with the places (JSON pointers into the content) that show it.
struct FactSeen {
  ChangeFact fact = ChangeFact::method_changed;
  std::vector<std::string> pointers;
  std::string detail_th;  // figures, where the fact is about a limit
  std::string detail_en;
};
BOOST_DESCRIBE_STRUCT(FactSeen, (), (fact, pointers, detail_th, detail_en))

struct AppliedRule {
  Key row;
  std::string label_th;
  std::string label_en;
  Decider decided_by = Decider::provincial_committee;
  std::vector<ChangeFact> facts;  // of those seen
  std::string source;
  bool verified = false;
  std::optional<Key> power;              // of data/law; none: the law forbids it
  std::optional<std::string> source_th;  // none: settled before the law had it
};
BOOST_DESCRIBE_STRUCT(AppliedRule, (),
                      (row, label_th, label_en, decided_by, facts, source, verified, power,
                       source_th))

struct ChangeClassification {
  DecisionProfile profile = DecisionProfile::normal;
  Date on;  // by the rules of this day
  std::vector<FactSeen> facts;
  std::vector<AppliedRule> rows;  // the strictest first; the first decides
  Decider decided_by = Decider::provincial_committee;
  std::vector<ChangeDuty> then;
  bool verified = false;  // every row that applies, and every threshold it stands on
};
BOOST_DESCRIBE_STRUCT(ChangeClassification, (),
                      (profile, on, facts, rows, decided_by, then, verified))

// What would have to be different for one fact to vanish, and who would decide after this alone.
struct WhatIfStep {
  ChangeFact fact = ChangeFact::method_changed;
  bool possible = false;  // false: it is what the request is about
  std::string th;
  std::string en;
  std::vector<std::string> pointers;
  Decider decided_by = Decider::provincial_committee;
};
BOOST_DESCRIBE_STRUCT(WhatIfStep, (), (fact, possible, th, en, pointers, decided_by))

struct WhatIf {
  std::vector<WhatIfStep> steps;  // empty: the province decides already
  Decider decided_by_after_all = Decider::provincial_committee;
  Decider decided_by_under_other_profile = Decider::provincial_committee;
  DecisionProfile other_profile = DecisionProfile::high_performance;
};
BOOST_DESCRIBE_STRUCT(WhatIf, (),
                      (steps, decided_by_after_all, decided_by_under_other_profile, other_profile))

struct Judged {
  std::optional<ChangeClassification>
      classification;  // none: nothing differs, or no rule is in force
  std::optional<WhatIf> what_if;
  std::vector<std::string> differences;  // JSON pointers into the content
};
BOOST_DESCRIBE_STRUCT(Judged, (), (classification, what_if, differences))

// An officer's word on who decides: as proposed, or contested with a reason.
struct Settled {
  Decider decided_by = Decider::provincial_committee;
  std::vector<ChangeDuty> then;
  bool contested = false;
  Reason reason_th;
  Instant at;
  std::string office_th;
  std::string office_en;
  ChangeClassification proposed;
};
BOOST_DESCRIBE_STRUCT(Settled, (),
                      (decided_by, then, contested, reason_th, at, office_th, office_en, proposed))

enum class ChangeOutcome { approve, acknowledge, reject, give_back };
BOOST_DESCRIBE_ENUM(ChangeOutcome, approve, acknowledge, reject, give_back)

struct ChangeRow {
  ChangeId change_id;
  AreaCode province;
  FiscalYear fiscal_year;
  RequestKind kind = RequestKind::amend;
  std::optional<ProjectId> project_id;  // none: a project that is not in the plan
  std::int64_t project_version = 0;     // of which `before` is the content
  ChangeState state = ChangeState::draft;
  Json<ProjectContent> before;
  Json<ChangeContent> content;
  Json<std::optional<Settled>> settled;
  std::optional<ResolutionId> resolution_id;  // of ก.บ.จ.
  std::optional<Instant> submitted_at;        // the latest time
  std::optional<Text<1, 200>> letter_out;     // with which it was sent up
  std::optional<Instant> sent_up_at;
  std::optional<ChangeOutcome> outcome;  // from above
  std::optional<Text<1, 500>> outcome_source;
  std::optional<Date> decided_on;
  bool demonstration = false;
  std::int64_t version = 1;
  Instant created_at;
  Instant updated_at;
};
BOOST_DESCRIBE_STRUCT(ChangeRow, (),
                      (change_id, province, fiscal_year, kind, project_id, project_version, state,
                       before, content, settled, resolution_id, submitted_at, letter_out,
                       sent_up_at, outcome, outcome_source, decided_on, demonstration, version,
                       created_at, updated_at))

// ข้อทักท้วงเป็นหนังสือ, Budget Procedures Act B.E. 2561 s. 52. Nothing removes one.
struct Objection {
  Id<struct ObjectionTag> objection_id;
  ChangeId change_id;
  Text<1, 4000> text_th;
  std::string sha256;  // of the text; stands in the ledger too
  Instant at;
  std::string person_id;
  std::string office_th;
  std::string office_en;
};
BOOST_DESCRIBE_STRUCT(Objection, (),
                      (objection_id, change_id, text_th, sha256, at, person_id, office_th,
                       office_en))

struct ChangeFile {
  Key key;
  Text<1, 200> name;
  std::int64_t bytes = 0;
  std::string media_type;
  std::string sha256;
  Instant uploaded_at;
  std::string office_th;
};
BOOST_DESCRIBE_STRUCT(ChangeFile, (),
                      (key, name, bytes, media_type, sha256, uploaded_at, office_th))

struct ChangeStep {
  Id<struct StepTag> step_id;
  ChangeId change_id;
  std::int64_t position = 0;
  std::string act;
  Instant at;
  std::string person_id;
  std::string office_th;  // titles as they were then
  std::string office_en;
  Text<0, 4000> note;
};
BOOST_DESCRIBE_STRUCT(ChangeStep, (),
                      (step_id, change_id, position, act, at, person_id, office_th, office_en,
                       note))

struct ChangeHistory {
  std::vector<ChangeStep> items;  // the oldest first
};
BOOST_DESCRIBE_STRUCT(ChangeHistory, (), (items))

// Something the dossier lacks before it can be sent up.
struct DossierGap {
  DossierItem item = DossierItem::reason;
  std::string label_th;
  std::string label_en;
};
BOOST_DESCRIBE_STRUCT(DossierGap, (), (item, label_th, label_en))

// A request as its readers see it.
struct Change {
  ChangeId change_id;
  AreaCode province;
  FiscalYear fiscal_year;
  RequestKind kind = RequestKind::amend;
  std::optional<ProjectSummary> project;
  ChangeState state = ChangeState::draft;
  ProjectContent before;
  ChangeContent content;
  Judged judged;  // by the rules of today; what was settled stands in `settled`
  std::optional<Settled> settled;
  std::optional<Resolution> resolution;
  std::vector<DossierGap> lacking;
  std::vector<Objection> objections;
  std::vector<ChangeFile> files;
  std::optional<Instant> submitted_at;
  std::optional<Text<1, 200>> letter_out;
  std::optional<Instant> sent_up_at;
  std::optional<ChangeOutcome> outcome;
  std::optional<Text<1, 500>> outcome_source;
  std::optional<Date> decided_on;
  std::optional<std::int64_t> days;  // from request to decision
  std::optional<Date> report_due;    // to the Budget Bureau: the obligation that belongs to it
  std::optional<Date> reported_on;
  std::optional<Text<1, 500>> report_proof;
  bool demonstration = false;
  std::int64_t version = 1;
  Instant updated_at;
};
BOOST_DESCRIBE_STRUCT(Change, (),
                      (change_id, province, fiscal_year, kind, project, state, before, content,
                       judged, settled, resolution, lacking, objections, files, submitted_at,
                       letter_out, sent_up_at, outcome, outcome_source, decided_on, days,
                       report_due, reported_on, report_proof, demonstration, version, updated_at))

struct ChangeSummary {
  ChangeId change_id;
  AreaCode province;
  FiscalYear fiscal_year;
  RequestKind kind = RequestKind::amend;
  std::optional<ProjectId> project_id;
  std::string name_th;  // of the project as it would be
  ChangeState state = ChangeState::draft;
  std::optional<Instant> submitted_at;
  std::optional<Date> decided_on;
  std::optional<Date> report_due;
  std::optional<Date> reported_on;
  bool demonstration = false;
  std::int64_t version = 1;
  Instant updated_at;
};
BOOST_DESCRIBE_STRUCT(ChangeSummary, (),
                      (change_id, province, fiscal_year, kind, project_id, name_th, state,
                       submitted_at, decided_on, report_due, reported_on, demonstration, version,
                       updated_at))

struct ChangeQuery {
  std::optional<AreaCode> province;
  std::optional<FiscalYear> fiscal_year;
  std::optional<ChangeState> state;
  std::optional<ProjectId> project_id;
  std::optional<committees::WaitsFor> waits_for;
  PageLimit limit;
  std::optional<ChangeId> cursor;
};
BOOST_DESCRIBE_STRUCT(ChangeQuery, (),
                      (province, fiscal_year, state, project_id, waits_for, limit, cursor))

struct ChangePath {
  ChangeId change_id;
};
BOOST_DESCRIBE_STRUCT(ChangePath, (), (change_id))

struct ChangeFilePath {
  ChangeId change_id;
  Key key;
};
BOOST_DESCRIBE_STRUCT(ChangeFilePath, (), (change_id, key))

struct ChangeFileQuery {
  std::optional<Text<1, 200>> name;
};
BOOST_DESCRIBE_STRUCT(ChangeFileQuery, (), (name))

struct NewChange {
  RequestKind kind = RequestKind::amend;
  std::optional<ProjectId> project_id;    // wanted unless a project is added
  std::optional<AreaCode> province;       // wanted when a project is added
  std::optional<FiscalYear> fiscal_year;  // as province
};
BOOST_DESCRIBE_STRUCT(NewChange, (), (kind, project_id, province, fiscal_year))

struct ChangePatch {
  ChangeContent content;
};
BOOST_DESCRIBE_STRUCT(ChangePatch, (), (content))

struct ChangeRemark {
  Text<1, 4000> reason_th;
};
BOOST_DESCRIBE_STRUCT(ChangeRemark, (), (reason_th))

// Confirms what the table proposes, or contests it: names who decides, and why.
struct SettleRequest {
  std::optional<Decider> contested_decider;  // none: confirmed
  Reason reason_th;                          // wanted when contested
};
BOOST_DESCRIBE_STRUCT(SettleRequest, (), (contested_decider, reason_th))

enum class CommitteeDecision { approve, reject, revise };
BOOST_DESCRIBE_ENUM(CommitteeDecision, approve, reject, revise)

struct CommitteeRequest {
  MeetingId meeting_id;
  ItemNumber number;
  CommitteeDecision kind = CommitteeDecision::approve;
  Text<1, 4000> text_th;
  std::optional<Date> on_date;
};
BOOST_DESCRIBE_STRUCT(CommitteeRequest, (), (meeting_id, number, kind, text_th, on_date))

struct SendUpRequest {
  Text<1, 200> letter_out;  // number and day of the letter
};
BOOST_DESCRIBE_STRUCT(SendUpRequest, (), (letter_out))

struct OutcomeRequest {
  ChangeOutcome outcome = ChangeOutcome::approve;
  Date on_date;
  Text<1, 500> source;  // letter or minutes that say so
};
BOOST_DESCRIBE_STRUCT(OutcomeRequest, (), (outcome, on_date, source))

struct ReportRequest {
  Date on_date;
  Text<1, 200> proof;  // letter number, or receipt
};
BOOST_DESCRIBE_STRUCT(ReportRequest, (), (on_date, proof))

struct ObjectionRequest {
  Text<1, 4000> text_th;
};
BOOST_DESCRIBE_STRUCT(ObjectionRequest, (), (text_th))

// ---- figures of a province

// DecisionDays from request to decision of some requests. Zero requests have no days.
struct DecisionDays {
  std::int64_t requests = 0;
  std::optional<std::int64_t> median;
  std::optional<std::int64_t> longest;
};
BOOST_DESCRIBE_STRUCT(DecisionDays, (), (requests, median, longest))

struct ChangeFigures {
  AreaCode province;
  std::int64_t requests = 0;  // submitted
  std::int64_t undecided = 0;
  std::int64_t decided_here = 0;
  std::int64_t decided_above = 0;
  std::int64_t rejected = 0;
  std::int64_t withdrawn = 0;
  std::int64_t reports_overdue = 0;
  bool demonstration = false;              // some of them
  std::optional<DecisionDays> days_here;   // for those who may read requests
  std::optional<DecisionDays> days_above;  // as days_here
};
BOOST_DESCRIBE_STRUCT(ChangeFigures, (),
                      (province, requests, undecided, decided_here, decided_above, rejected,
                       withdrawn, reports_overdue, demonstration, days_here, days_above))

struct FiguresPath {
  AreaCode code;
};
BOOST_DESCRIBE_STRUCT(FiguresPath, (), (code))

}  // namespace changwat::plans
