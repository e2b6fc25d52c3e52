#pragma once
// What delegation orders are stored as and travel as. Money is in satang.

#include <optional>
#include <string>
#include <vector>

#include "base/area_code.hpp"
#include "base/id.hpp"
#include "base/money.hpp"
#include "base/text.hpp"
#include "base/time.hpp"

#include "platform/http/routes.hpp"

#include "modules/authority/model.hpp"
#include "modules/delegations/templates.hpp"
#include "modules/plans/plans.hpp"

namespace changwat::delegations {

using OrderId = Id<struct DelegationOrderTag>;
using authority::ActRow;
using authority::GrantId;
using authority::HolderNames;
using authority::OfficeRef;
using authority::OfficeRow;
using plans::ProjectId;
using plans::ProjectSummary;

// ---- an order

// As an order stands in the record.
enum class Stage { draft, issued, ended, revoked, withdrawn };
BOOST_DESCRIBE_ENUM(Stage, draft, issued, ended, revoked, withdrawn)

// As its readers see it: what became of a signed one follows from the register of grants, the
// notices and its days.
enum class OrderState {
  draft,
  notice_pending,  // lawful; the proof of the notices is awaited
  in_force,        // nothing to be notified is without proof
  in_use,
  ended,  // its days are over, it was closed, or the grantor's holder left
  revoked,
  withdrawn
};
BOOST_DESCRIBE_ENUM(OrderState, draft, notice_pending, in_force, in_use, ended, revoked, withdrawn)

// What may be written while it is a draft. Anything may be absent then; rules.hpp says what is
// wanting before it can be signed.
struct OrderContent {
  List<Key, 10> powers;
  std::optional<ProjectId> project_id;
  std::optional<OfficeRef> grantor_office_id;
  std::optional<OfficeRef> delegate_office_id;
  std::optional<Satang> ceiling_satang;  // of all uses together
  std::optional<Date> from_date;
  std::optional<Date> to_date;  // the last day
  List<Text<1, 1000>, 20> conditions_th;
  Text<0, 60> number;  // "12/2570"
  Text<0, 300> parent_agency_head_th;
};
BOOST_DESCRIBE_STRUCT(OrderContent, (),
                      (powers, project_id, grantor_office_id, delegate_office_id, ceiling_satang,
                       from_date, to_date, conditions_th, number, parent_agency_head_th))

struct OrderRow {
  OrderId order_id;
  AreaCode province;
  OrderKind kind = OrderKind::procurement;
  Stage stage = Stage::draft;
  // Of the content, to be searched.
  std::optional<ProjectId> project_id;
  std::optional<OfficeRef> grantor_office_id;
  std::optional<OfficeRef> delegate_office_id;
  std::optional<Date> from_date;
  std::optional<Date> to_date;
  Text<0, 60> number;
  Json<OrderContent> content;
  std::optional<Instant> signed_at;
  std::optional<std::string> signed_by;  // the person
  std::optional<Instant> ended_at;       // closed or revoked
  std::optional<Text<1, 500>> end_reason_th;
  bool demonstration = false;
  std::int64_t version = 1;
  Instant created_at;
  Instant updated_at;
};
BOOST_DESCRIBE_STRUCT(OrderRow, (),
                      (order_id, province, kind, stage, project_id, grantor_office_id,
                       delegate_office_id, from_date, to_date, number, content, signed_at,
                       signed_by, ended_at, end_reason_th, demonstration, version, created_at,
                       updated_at))

struct OrderGrant {
  GrantId grant_id;
  OrderId order_id;
  Key power;
};
BOOST_DESCRIBE_STRUCT(OrderGrant, (), (grant_id, order_id, power))

// That a delegate used the power.
struct OrderUse {
  Id<struct DelegationUseTag> use_id;
  OrderId order_id;
  std::int64_t position = 0;
  Key act;  // of data/law
  Date on_date;
  Text<1, 1000> what_th;
  std::optional<Satang> amount_satang;
  Text<1, 200> reference;  // number in e-GP, letter, order
  Instant at;
  std::string person_id;
  std::string office_th;  // titles as they were then
  std::string office_en;
};
BOOST_DESCRIBE_STRUCT(OrderUse, (),
                      (use_id, order_id, position, act, on_date, what_th, amount_satang, reference,
                       at, person_id, office_th, office_en))

struct OrderStep {
  Id<struct DelegationStepTag> step_id;
  OrderId order_id;
  std::int64_t position = 0;
  std::string act;
  Instant at;
  std::string person_id;
  std::string office_th;
  std::string office_en;
  Text<0, 4000> note;
};
BOOST_DESCRIBE_STRUCT(OrderStep, (),
                      (step_id, order_id, position, act, at, person_id, office_th, office_en, note))

struct OrderHistory {
  std::vector<OrderStep> items;  // the oldest first
};
BOOST_DESCRIBE_STRUCT(OrderHistory, (), (items))

// One line of the checklist: what has to be right before the order is signed.
struct OrderCheck {
  Key check;
  bool passed = false;
  std::string pointer;  // of the member that is to be mended
  std::string fault;    // code; empty when passed
  std::string label_th;
  std::string label_en;
  std::string why_th;  // what is wrong and what to do; empty when passed
  std::string why_en;
};
BOOST_DESCRIBE_STRUCT(OrderCheck, (),
                      (check, passed, pointer, fault, label_th, label_en, why_th, why_en))

// A power that the order delegates, and the law that it comes from.
struct OrderPower {
  Key power;
  std::vector<ActRow> acts;
  std::vector<authority::LawStep> instruments;  // its own, then those that it rests on
  std::string source;
  bool verified = false;
  std::optional<std::string> note;
  std::optional<std::string> to_whom_th;  // who may receive it, in the words of the law
  std::optional<std::string> to_whom_en;
  std::optional<GrantId> grant_id;  // once signed
};
BOOST_DESCRIBE_STRUCT(OrderPower, (),
                      (power, acts, instruments, source, verified, note, to_whom_th, to_whom_en,
                       grant_id))

struct OrderPaper {
  std::string file;
  std::string title_th;
  std::string title_en;
};
BOOST_DESCRIBE_STRUCT(OrderPaper, (), (file, title_th, title_en))

// An order as its readers see it.
struct DelegationOrder {
  OrderId order_id;
  AreaCode province;
  OrderKind kind = OrderKind::procurement;
  std::string kind_th;
  std::string kind_en;
  OrderState state = OrderState::draft;
  OrderContent content;
  std::optional<ProjectSummary> project;
  std::optional<OfficeRow> grantor;
  std::vector<HolderNames> grantor_holders;  // today
  std::optional<OfficeRow> delegate;
  std::vector<HolderNames> delegate_holders;
  std::vector<OrderPower> powers;
  std::vector<OrderCheck> checks;  // of a draft
  authority::Duties duties;        // that signing raises, or raised
  bool notices_proved = false;
  std::vector<OrderUse> uses;  // the oldest first
  Satang used_satang;
  std::vector<OrderPaper> papers;
  std::string wording_th;  // what is to be known about the words of the papers
  std::string wording_en;
  std::optional<Instant> signed_at;
  std::optional<Instant> ended_at;
  std::optional<Text<1, 500>> end_reason_th;
  bool demonstration = false;
  std::int64_t version = 1;
  Instant updated_at;
};
BOOST_DESCRIBE_STRUCT(DelegationOrder, (),
                      (order_id, province, kind, kind_th, kind_en, state, content, project, grantor,
                       grantor_holders, delegate, delegate_holders, powers, checks, duties,
                       notices_proved, uses, used_satang, papers, wording_th, wording_en, signed_at,
                       ended_at, end_reason_th, demonstration, version, updated_at))

struct OrderSummary {
  OrderId order_id;
  AreaCode province;
  OrderKind kind = OrderKind::procurement;
  OrderState state = OrderState::draft;
  std::string number;
  std::string grantor_th;  // empty: not chosen
  std::string grantor_en;
  std::string delegate_th;
  std::string delegate_en;
  std::string project_th;
  std::optional<Satang> ceiling_satang;
  Satang used_satang;
  std::optional<Date> from_date;
  std::optional<Date> to_date;
  std::optional<Instant> signed_at;
  bool demonstration = false;
  std::int64_t version = 1;
  Instant updated_at;
};
BOOST_DESCRIBE_STRUCT(OrderSummary, (),
                      (order_id, province, kind, state, number, grantor_th, grantor_en, delegate_th,
                       delegate_en, project_th, ceiling_satang, used_satang, from_date, to_date,
                       signed_at, demonstration, version, updated_at))

// ---- the register: who holds what in a province

// A power held by law, or by a grant. Those held by law come first, each with the grants below it
// behind it, depth first.
struct HeldRow {
  std::int64_t depth = 0;  // 0: by law
  Key power;
  std::vector<ActRow> acts;
  std::string law_th;  // citation
  std::string law_en;
  bool verified = false;
  std::optional<std::string> note;
  OfficeRow office;
  std::vector<HolderNames> holders;
  std::optional<GrantId> grant_id;
  std::optional<GrantId> parent_grant_id;
  std::optional<std::string> from_office_id;
  std::optional<Satang> ceiling_satang;  // none: no limit but the law's
  std::optional<AreaCode> area;          // none: the whole country
  std::optional<ProjectSummary> project;
  std::optional<Date> from_date;  // none: not known
  std::optional<Date> to_date;    // the last day; none: until further notice
  std::string document;           // by which it was granted
  std::optional<OrderId> order_id;
};
BOOST_DESCRIBE_STRUCT(HeldRow, (),
                      (depth, power, acts, law_th, law_en, verified, note, office, holders,
                       grant_id, parent_grant_id, from_office_id, ceiling_satang, area, project,
                       from_date, to_date, document, order_id))

struct HeldPowers {
  AreaCode province;
  Instant at;
  std::string law;  // digest
  std::vector<HeldRow> items;
  bool more = false;  // there are more than a page holds
};
BOOST_DESCRIBE_STRUCT(HeldPowers, (), (province, at, law, items, more))

// ---- what travels

struct HeldQuery {
  AreaCode province;
  std::optional<Date> on;  // none: now
  std::optional<OrderKind> kind;
};
BOOST_DESCRIBE_STRUCT(HeldQuery, (), (province, on, kind))

enum class TableFormat { csv, xlsx };
BOOST_DESCRIBE_ENUM(TableFormat, csv, xlsx)

struct HeldExportQuery {
  AreaCode province;
  std::optional<Date> on;
  std::optional<OrderKind> kind;
  TableFormat format = TableFormat::csv;
};
BOOST_DESCRIBE_STRUCT(HeldExportQuery, (), (province, on, kind, format))

struct OrderQuery {
  std::optional<AreaCode> province;
  std::optional<OrderKind> kind;
  std::optional<Stage> stage;
  std::optional<ProjectId> project_id;
  PageLimit limit;
  std::optional<OrderId> cursor;
};
BOOST_DESCRIBE_STRUCT(OrderQuery, (), (province, kind, stage, project_id, limit, cursor))

struct OrderPath {
  OrderId order_id;
};
BOOST_DESCRIBE_STRUCT(OrderPath, (), (order_id))

struct PaperPath {
  OrderId order_id;
  Key file;
};
BOOST_DESCRIBE_STRUCT(PaperPath, (), (order_id, file))

struct NewOrder {
  AreaCode province;
  OrderKind kind = OrderKind::procurement;
  std::optional<ProjectId> project_id;
};
BOOST_DESCRIBE_STRUCT(NewOrder, (), (province, kind, project_id))

struct OrderPatch {
  OrderContent content;
};
BOOST_DESCRIBE_STRUCT(OrderPatch, (), (content))

struct EndRequest {
  Text<1, 500> reason_th;
};
BOOST_DESCRIBE_STRUCT(EndRequest, (), (reason_th))

struct UseRequest {
  Key act;
  Date on_date;
  Text<1, 1000> what_th;
  std::optional<Satang> amount_satang;  // wanted when the order has a ceiling
  Text<1, 200> reference;
};
BOOST_DESCRIBE_STRUCT(UseRequest, (), (act, on_date, what_th, amount_satang, reference))

struct ChoiceQuery {
  AreaCode province;
  OrderKind kind = OrderKind::procurement;
};
BOOST_DESCRIBE_STRUCT(ChoiceQuery, (), (province, kind))

// Offices that a draft may name, by what the law says of its kind.
struct OrderChoices {
  std::vector<OfficeRow> grantors;
  std::vector<OfficeRow> delegates;
  std::vector<OrderPower> powers;
  bool needs_project = false;
  bool needs_ceiling = false;
  bool needs_parent_agency = false;
};
BOOST_DESCRIBE_STRUCT(OrderChoices, (),
                      (grantors, delegates, powers, needs_project, needs_ceiling,
                       needs_parent_agency))

}  // namespace changwat::delegations
