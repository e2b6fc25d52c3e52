// The urgent track of the provincial committee: raised, acted on at once or resolved, ordered,
// reported, closed. What the governor did first comes to the next meeting by itself.

#include <algorithm>

#include "modules/committees/committees.hpp"
#include "modules/committees/life.hpp"
#include "modules/committees/store.hpp"
#include "modules/committees/store_matters.hpp"
#include "modules/committees/store_meetings.hpp"

namespace changwat::committees {
namespace {

struct MatterChange {
  MatterState from = MatterState::raised;
  MatterState to = MatterState::raised;
  Acknowledgement acknowledgement = Acknowledgement::not_needed;
  std::optional<Title> order_number;
};
BOOST_DESCRIBE_STRUCT(MatterChange, (), (from, to, acknowledgement, order_number))

MatterStepRow said(MatterStepKind kind, const LongText& text) {
  MatterStepRow row;
  row.kind = kind;
  row.text_th = text;
  return row;
}

void sign(MatterStepRow& row, const Call& call, const MatterRow& matter,
          const std::string& office_id) {
  row.step_id = StepId::make(call.now);
  row.matter_id = matter.matter_id;
  row.at = call.now;
  for (const auto& office : call.caller->offices)
    if (office.office_id == office_id) {
      row.office_th = office.title_th;
      row.office_en = office.title_en;
    }
}

bool undecided(MatterState state) {
  return state == MatterState::raised || state == MatterState::circulating ||
         state == MatterState::tabled;
}

bool agrees(ResolutionKind kind) {
  switch (kind) {
    case ResolutionKind::approve:
    case ResolutionKind::approve_in_principle:
    case ResolutionKind::approve_with_changes:
    case ResolutionKind::assign:
    case ResolutionKind::acknowledge:
      return true;
    default:
      return false;
  }
}

}  // namespace

Result<Committees::MatterStep> Committees::begin_matter(db::Connection& db, const Call& call,
                                                        const MatterId& id,
                                                        std::string_view act) const {
  auto row = store::matter(db, id);
  if (!row) return errors::not_found;
  auto permit = TRY(authority_.decide(call, act, {.area = row->area}));
  TRY(call.require_version(row->version));
  const auto from = row->state;
  row->state = TRY(authority::step(matter_life, from, act));
  return MatterStep{*row, from, std::move(permit)};
}

MatterRow Committees::finish_matter(Tx& tx, const Call& call, MatterStep& step,
                                    MatterStepRow said) const {
  ++step.row.version;
  store::change(tx.db, step.row);
  sign(said, call, step.row, step.permit.office_id);
  store::add(tx.db, said);
  tx.record({.subject_kind = "urgent_matter",
             .subject_id = step.row.matter_id.text(),
             .province = step.row.province,
             .office_id = step.permit.office_id,
             .authority = step.permit.chain(),
             .change = {to_json(MatterChange{step.from, step.row.state, step.row.acknowledgement,
                                             said.order_number})}});
  return step.row;
}

Result<MatterRow> Committees::raise(const Call& call, const NewMatter& in, Origin origin) {
  return acts_.run<MatterRow>(call, "urgent_matter.raise", [&](Tx& tx) -> Result<MatterRow> {
    auto permit = TRY(authority_.decide(call, "urgent_matter.raise", {.area = in.area}));
    if (auto wrong = faults(in, call.now); !wrong.empty()) return Problem(std::move(wrong));
    const auto province = in.area.province();
    if (!provincial_body(tx.db, province, BodyKind::provincial_committee))
      return Problem({{"/area", "no_committee", "พื้นที่นี้ไม่มีคณะกรมการจังหวัด",
                       "this area has no provincial committee"}});
    const auto year = call.now.bangkok_date().year() + 543;
    MatterRow row;
    row.matter_id = MatterId::make(call.now);
    row.province = province;
    row.area = in.area;
    row.number =
        *Text<1, 20>::parse(std::to_string(store::matters_of_year(tx.db, province, year) + 1) +
                            "/" + std::to_string(year));
    row.title_th = in.title_th;
    row.detail_th = in.detail_th;
    row.source = in.source;
    row.source_reference = in.source_reference;
    row.people_affected = in.people_affected;
    row.risk_24_hours_th = in.risk_24_hours_th;
    row.risk_72_hours_th = in.risk_72_hours_th;
    row.legal_basis_th = in.legal_basis_th;
    row.money_source = in.money_source;
    row.money_satang = in.money_satang;
    row.lead_agency_th = in.lead_agency_th;
    row.raised_at = call.now;
    row.due_at = in.due_at;
    row.version = -1;  // finish_matter makes it 0
    row.demonstration = origin == Origin::demonstration;
    store::add(tx.db, row);
    MatterStep step{row, MatterState::raised, std::move(permit)};
    return finish_matter(tx, call, step, said(MatterStepKind::raised, in.detail_th));
  });
}

Result<Created<MatterRow>> Committees::raise_matter(Call& call, const NewMatter& in) {
  auto made = raise(call, in, Origin::real);
  if (!made.ok()) return std::move(made).problem();
  return Created<MatterRow>{std::move(made).value()};
}

Result<MatterList> Committees::list_matters(Call& call, const Query<MatterQuery>& query) {
  return database_.read([&](db::Connection& db) -> Result<MatterList> {
    MatterList out;
    for (const auto& row : store::matters(db, query.value))
      if (authority_.may(call, "urgent_matter.read", {.area = row.area}))
        out.items.push_back(on_board(row, call.now));
    in_order_of_urgency(out.items);
    return out;
  });
}

Result<MatterPage> Committees::get_matter(Call& call, const Path<MatterPath>& path) {
  return database_.snapshot([&](db::Connection& db) -> Result<MatterPage> {
    const auto row = store::matter(db, path->matter_id);
    if (!row) return errors::not_found;
    TRY(authority_.decide(call, "urgent_matter.read", {.area = row->area}));
    const auto clocks = on_board(*row, call.now);
    return MatterPage{
        *row,
        clocks.hours_24_at,
        clocks.hours_72_at,
        clocks.overdue,
        store::steps(db, row->matter_id),
        row->resolution_id ? store::resolution(db, *row->resolution_id) : std::nullopt,
        row->version};
  });
}

Result<authority::NextActs> Committees::matter_acts(Call& call, const Path<MatterPath>& path) {
  return database_.read([&](db::Connection& db) -> Result<authority::NextActs> {
    const auto row = store::matter(db, path->matter_id);
    if (!row) return errors::not_found;
    const authority::Object object{.area = row->area};
    TRY(authority_.decide(call, "urgent_matter.read", object));
    return authority::NextActs{authority_.next_acts(call, matter_life, row->state, object)};
  });
}

// Orders are the governor's. One given before the committee resolved is told to it.
Result<MatterRow> Committees::order_matter(Call& call, const Path<MatterPath>& path,
                                           const GiveOrder& in) {
  return acts_.run<MatterRow>(call, "urgent_matter.order", [&](Tx& tx) -> Result<MatterRow> {
    auto step = TRY(begin_matter(tx.db, call, path->matter_id, "urgent_matter.order"));
    if (undecided(step.from) && step.row.acknowledgement == Acknowledgement::not_needed)
      step.row.acknowledgement = Acknowledgement::due;
    step.row.legal_basis_th = in.legal_basis_th;
    auto order = said(MatterStepKind::order, in.text_th);
    order.order_number = in.order_number;
    return finish_matter(tx, call, step, std::move(order));
  });
}

Result<MatterRow> Committees::circulate_matter(Call& call, const Path<MatterPath>& path,
                                               const CirculateMatter& in) {
  return acts_.run<MatterRow>(call, "urgent_matter.circulate", [&](Tx& tx) -> Result<MatterRow> {
    auto step = TRY(begin_matter(tx.db, call, path->matter_id, "urgent_matter.circulate"));
    const auto body = provincial_body(tx.db, step.row.province, BodyKind::provincial_committee);
    CHECK(body.has_value());  // asked when the matter was raised; bodies are never removed
    const auto meeting = TRY(circulate_within(tx, call, *body,
                                              {body->code, in.number, step.row.title_th,
                                               step.row.detail_th, in.proposal_th, in.deadline_at},
                                              step.row.matter_id, step.row.demonstration));
    step.row.meeting_id = meeting.meeting_id;
    return finish_matter(tx, call, step, said(MatterStepKind::circulated, in.proposal_th));
  });
}

Result<MatterRow> Committees::table_matter(Call& call, const Path<MatterPath>& path,
                                           const TableMatter& in) {
  return acts_.run<MatterRow>(call, "urgent_matter.table", [&](Tx& tx) -> Result<MatterRow> {
    auto step = TRY(begin_matter(tx.db, call, path->matter_id, "urgent_matter.table"));
    auto meeting = store::meeting(tx.db, in.meeting_id);
    const auto body = provincial_body(tx.db, step.row.province, BodyKind::provincial_committee);
    if (!meeting || !body || meeting->body != body->code || meeting->form != MeetingForm::sitting ||
        !agenda_open(meeting->state))
      return Problem(
          {{"/meeting_id", "no_such_meeting", "ต้องเป็นการประชุมคณะกรมการจังหวัดของจังหวัดนี้ที่ยังไม่ปิด",
            "must be a meeting of this province's committee that is not over"}});
    const auto items = store::items(tx.db, meeting->meeting_id);
    AgendaItemRow item;
    item.item_id = AgendaItemId::make(call.now);
    item.meeting_id = meeting->meeting_id;
    item.part = *AgendaPart::of_count(part_consider);
    item.position = 1 + std::count_if(items.begin(), items.end(),
                                      [&](const auto& one) { return one.part == item.part; });
    item.title_th = shortened("เรื่องเร่งด่วน: " + step.row.title_th.text());
    item.detail_th = step.row.detail_th;
    item.proposal_th = in.proposal_th;
    item.source_kind = *Key::parse("urgent_matter");
    item.source_id = *SubjectId::parse(step.row.matter_id.text());
    store::add(tx.db, item);
    ++meeting->version;
    store::change(tx.db, *meeting);
    step.row.meeting_id = meeting->meeting_id;
    return finish_matter(tx, call, step, said(MatterStepKind::tabled, in.proposal_th));
  });
}

Result<MatterRow> Committees::report_matter(Call& call, const Path<MatterPath>& path,
                                            const NewReport& in) {
  return acts_.run<MatterRow>(call, "urgent_matter.report", [&](Tx& tx) -> Result<MatterRow> {
    auto step = TRY(begin_matter(tx.db, call, path->matter_id, "urgent_matter.report"));
    auto report = said(MatterStepKind::report, in.text_th);
    report.evidence_th = in.evidence_th;
    return finish_matter(tx, call, step, std::move(report));
  });
}

Result<MatterRow> Committees::close_matter(Call& call, const Path<MatterPath>& path,
                                           const MatterNote& in) {
  return acts_.run<MatterRow>(call, "urgent_matter.close", [&](Tx& tx) -> Result<MatterRow> {
    auto step = TRY(begin_matter(tx.db, call, path->matter_id, "urgent_matter.close"));
    const auto steps = store::steps(tx.db, step.row.matter_id);
    if (std::none_of(steps.begin(), steps.end(),
                     [](const auto& one) { return one.kind == MatterStepKind::report; }))
      return Problem(errors::wrong_state, "ต้องมีรายงานผลอย่างน้อยหนึ่งครั้งก่อนปิดเรื่อง",
                     "At least one report is needed before the matter is closed.");
    step.row.closed_at = call.now;
    return finish_matter(tx, call, step, said(MatterStepKind::closed, in.text_th));
  });
}

Result<MatterRow> Committees::withdraw_matter(Call& call, const Path<MatterPath>& path,
                                              const GivenReason& in) {
  return acts_.run<MatterRow>(call, "urgent_matter.withdraw", [&](Tx& tx) -> Result<MatterRow> {
    auto step = TRY(begin_matter(tx.db, call, path->matter_id, "urgent_matter.withdraw"));
    step.row.closed_at = call.now;
    return finish_matter(tx, call, step, said(MatterStepKind::withdrawn, in.reason));
  });
}

// A resolution that agrees moves the matter on; one that does not leaves it where another way is
// open. What the governor ordered before is acknowledged by either.
void Committees::matter_resolved(Tx& tx, const Call& call, const MatterId& id,
                                 const Resolution& resolution) {
  auto row = store::matter(tx.db, id);
  CHECK(row.has_value());  // an item of the agenda names a matter that is there
  auto kind = MatterStepKind::resolved;
  if (row->acknowledgement == Acknowledgement::tabled) {
    row->acknowledgement = Acknowledgement::acknowledged;
    kind = MatterStepKind::acknowledged;
  }
  if (row->state == MatterState::tabled || row->state == MatterState::circulating) {
    row->state = agrees(resolution.kind) ? MatterState::resolved : MatterState::raised;
    kind = MatterStepKind::resolved;
  }
  row->resolution_id = resolution.resolution_id;
  ++row->version;
  store::change(tx.db, *row);
  auto step = said(kind, *LongText::parse(resolution.kind_th.text() + ": " +
                                          shortened(resolution.text_th.text()).text()));
  sign(step, call, *row, call.caller->offices.front().office_id);
  store::add(tx.db, step);
}

}  // namespace changwat::committees
