#pragma once
// Urgent matters of a province: from who raised one to the last report.
//
// Source: อ.ก.พ.ร.ฯ meeting 2/2563, item 1(1): the provincial committee considers important matters
// and solves urgent problems. Fields, states and clocks are the programme's own design.

#include "modules/committees/meeting_model.hpp"

namespace changwat::committees {

using MatterId = Id<struct MatterTag>;
using StepId = Id<struct StepTag>;

enum class MatterSource { service_case, complaint, inspector, governor, media, other };
BOOST_DESCRIBE_ENUM(MatterSource, service_case, complaint, inspector, governor, media, other)

enum class MoneySource {
  none,
  provincial_management,
  disaster_advance,
  central_fund,
  local_government,
  agency,
  not_known
};
BOOST_DESCRIBE_ENUM(MoneySource, none, provincial_management, disaster_advance, central_fund,
                    local_government, agency, not_known)

enum class MatterState { raised, circulating, tabled, resolved, ordered, closed, withdrawn };
BOOST_DESCRIBE_ENUM(MatterState, raised, circulating, tabled, resolved, ordered, closed, withdrawn)

// What the governor ordered before the committee resolved is told to its next meeting.
enum class Acknowledgement { not_needed, due, tabled, acknowledged };
BOOST_DESCRIBE_ENUM(Acknowledgement, not_needed, due, tabled, acknowledged)

struct MatterRow {
  MatterId matter_id;
  AreaCode province;
  AreaCode area;       // where it is: the province, a district, a sub-district or a village
  Text<1, 20> number;  // "3/2569", of the province in a Buddhist year
  Title title_th;
  LongText detail_th;
  MatterSource source = MatterSource::complaint;
  std::optional<Title> source_reference;
  std::int64_t people_affected = 0;
  LongText risk_24_hours_th;  // what happens if nothing is done within 24 hours
  LongText risk_72_hours_th;
  std::optional<LongText> legal_basis_th;
  MoneySource money_source = MoneySource::not_known;
  std::optional<Satang> money_satang;
  Title lead_agency_th;
  Instant raised_at;
  Instant due_at;
  MatterState state = MatterState::raised;
  Acknowledgement acknowledgement = Acknowledgement::not_needed;
  std::optional<MeetingId> meeting_id;  // that considers it, or a circulation
  std::optional<ResolutionId> resolution_id;
  std::optional<Instant> closed_at;
  std::int64_t version = 0;
  bool demonstration = false;
};
BOOST_DESCRIBE_STRUCT(MatterRow, (),
                      (matter_id, province, area, number, title_th, detail_th, source,
                       source_reference, people_affected, risk_24_hours_th, risk_72_hours_th,
                       legal_basis_th, money_source, money_satang, lead_agency_th, raised_at,
                       due_at, state, acknowledgement, meeting_id, resolution_id, closed_at,
                       version, demonstration))

struct NewMatter {
  AreaCode area;
  Title title_th;
  LongText detail_th;
  MatterSource source = MatterSource::complaint;
  std::optional<Title> source_reference;
  std::int64_t people_affected = 0;
  LongText risk_24_hours_th;
  LongText risk_72_hours_th;
  std::optional<LongText> legal_basis_th;
  MoneySource money_source = MoneySource::not_known;
  std::optional<Satang> money_satang;
  Title lead_agency_th;
  Instant due_at;
};
BOOST_DESCRIBE_STRUCT(NewMatter, (),
                      (area, title_th, detail_th, source, source_reference, people_affected,
                       risk_24_hours_th, risk_72_hours_th, legal_basis_th, money_source,
                       money_satang, lead_agency_th, due_at))

enum class MatterStepKind {
  raised,
  order,
  circulated,
  tabled,
  resolved,
  report,
  closed,
  withdrawn,
  acknowledged
};
BOOST_DESCRIBE_ENUM(MatterStepKind, raised, order, circulated, tabled, resolved, report, closed,
                    withdrawn, acknowledged)

struct MatterStepRow {
  StepId step_id;
  MatterId matter_id;
  MatterStepKind kind = MatterStepKind::raised;
  LongText text_th;
  std::optional<Title> order_number;
  std::optional<LongText> evidence_th;
  std::string office_th;
  std::string office_en;
  Instant at;
};
BOOST_DESCRIBE_STRUCT(MatterStepRow, (),
                      (step_id, matter_id, kind, text_th, order_number, evidence_th, office_th,
                       office_en, at))

struct GiveOrder {
  LongText text_th;
  Title order_number;
  LongText legal_basis_th;
};
BOOST_DESCRIBE_STRUCT(GiveOrder, (), (text_th, order_number, legal_basis_th))

struct CirculateMatter {
  MeetingNumber number;
  LongText proposal_th;
  Instant deadline_at;
};
BOOST_DESCRIBE_STRUCT(CirculateMatter, (), (number, proposal_th, deadline_at))

struct TableMatter {
  MeetingId meeting_id;
  LongText proposal_th;
};
BOOST_DESCRIBE_STRUCT(TableMatter, (), (meeting_id, proposal_th))

struct MatterNote {
  LongText text_th;
};
BOOST_DESCRIBE_STRUCT(MatterNote, (), (text_th))

struct MatterPath {
  MatterId matter_id;
};
BOOST_DESCRIBE_STRUCT(MatterPath, (), (matter_id))

struct MatterQuery {
  std::optional<AreaCode> province;
  std::optional<MatterState> state;
};
BOOST_DESCRIBE_STRUCT(MatterQuery, (), (province, state))

// A matter on the board, with its clocks.
struct Matter {
  MatterRow matter;
  Instant hours_24_at;
  Instant hours_72_at;
  bool overdue = false;  // due_at has passed and it is not closed
};
BOOST_DESCRIBE_STRUCT(Matter, (), (matter, hours_24_at, hours_72_at, overdue))

struct MatterPage {
  MatterRow matter;
  Instant hours_24_at;
  Instant hours_72_at;
  bool overdue = false;
  std::vector<MatterStepRow> steps;
  std::optional<Resolution> resolution;
  std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(MatterPage, (),
                      (matter, hours_24_at, hours_72_at, overdue, steps, resolution, version))

struct MatterList {
  std::vector<Matter> items;  // overdue first, then what is due sooner; closed ones last
};
BOOST_DESCRIBE_STRUCT(MatterList, (), (items))

}  // namespace changwat::committees
