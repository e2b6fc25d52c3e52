// What resolutions gave people to do, until it is closed; papers of items and evidence of reports.

#include <algorithm>

#include "platform/auth/encoding.hpp"
#include "platform/documents/attachments.hpp"
#include "platform/http/attachment.hpp"

#include "modules/committees/committees.hpp"
#include "modules/committees/life.hpp"
#include "modules/committees/store.hpp"
#include "modules/committees/store_meetings.hpp"

namespace changwat::committees {
namespace {

struct PaperChange {
  std::string sha256;  // empty: removed
  std::int64_t bytes = 0;
};
BOOST_DESCRIBE_STRUCT(PaperChange, (), (sha256, bytes))

struct AssignmentChange {
  AssignmentState state = AssignmentState::open;
  std::optional<AssignmentOutcome> outcome;
};
BOOST_DESCRIBE_STRUCT(AssignmentChange, (), (state, outcome))

// Papers are read by members on any device: no office documents.
bool is_paper(std::string_view media_type) {
  return media_type == "application/pdf" || media_type == "image/jpeg" || media_type == "image/png";
}

bool answers_for(const AssignmentRow& row, const HeldOffice& office) {
  if (!row.responsible_role || office.role != row.responsible_role->text()) return false;
  return !row.responsible_area || (office.area && office.area->contains(*row.responsible_area));
}

}  // namespace

// ---- papers

Result<Created<PaperRow>> Committees::put_paper(
    Tx& tx, const Call& call, std::string_view subject_kind, std::string_view subject_id,
    const Text<1, 200>& name, const Upload& upload, const std::string& digest,
    const authority::Permit& permit, const std::optional<AreaCode>& province) {
  if (!documents::plain_name(name.text()))
    return Problem(
        {{"?name", "wrong_value", "ชื่อไฟล์ต้องไม่มีเครื่องหมาย / \\ \"", "must be a plain file name"}});
  if (upload.bytes.size() > documents::file_bytes_max)
    return Problem(errors::too_large, "ไฟล์ละไม่เกิน 20 MB", "A file may have at most 20 MB.");
  if (!is_paper(upload.media_type) || documents::media_type_of(upload.bytes) != upload.media_type)
    return Problem(errors::unsupported_media_type, "รับเฉพาะไฟล์ PDF, JPG และ PNG ที่เนื้อหาตรงกับชนิดที่แจ้ง",
                   "Only PDF, JPG and PNG whose content is what they are declared to be.");
  if (store::papers(tx.db, subject_kind, subject_id).size() >= documents::files_max)
    return Problem(errors::too_large, "แนบได้ไม่เกิน 20 ไฟล์", "At most 20 files.");
  const PaperRow row{PaperId::make(call.now),
                     *Key::parse(subject_kind),
                     *SubjectId::parse(subject_id),
                     name,
                     static_cast<std::int64_t>(upload.bytes.size()),
                     upload.media_type,
                     digest,
                     call.now};
  store::add(tx.db, row, upload.bytes);
  tx.record({.subject_kind = std::string(subject_kind),
             .subject_id = std::string(subject_id),
             .province = province,
             .office_id = permit.office_id,
             .authority = permit.chain(),
             .change = {to_json(PaperChange{row.sha256, row.bytes})}});
  return Created<PaperRow>{row};
}

Result<Created<PaperRow>> Committees::add_item_paper(Call& call, const Path<AgendaItemPath>& path,
                                                     const Query<PaperQuery>& query,
                                                     const Upload& upload) {
  const auto digest =
      auth::hex_encode(auth::sha256(upload.bytes));  // outside of the act: others wait for it
  auto made = acts_.run<PaperRow>(call, "meeting.edit", [&](Tx& tx) -> Result<PaperRow> {
    const auto item = store::item(tx.db, path->item_id);
    if (!item) return errors::not_found;
    const auto step = TRY(begin(tx.db, call, item->meeting_id, "meeting.edit", false));
    return TRY(put_paper(tx, call, "agenda_item", item->item_id.text(), query->name, upload, digest,
                         step.permit, step.body.province))
        .value;
  });
  if (!made.ok()) return std::move(made).problem();
  return Created<PaperRow>{std::move(made).value()};
}

Result<Created<PaperRow>> Committees::add_evidence(Call& call, const Path<AssignmentPath>& path,
                                                   const Query<PaperQuery>& query,
                                                   const Upload& upload) {
  const auto digest =
      auth::hex_encode(auth::sha256(upload.bytes));  // outside of the act: others wait for it
  auto made = acts_.run<PaperRow>(call, "assignment.report", [&](Tx& tx) -> Result<PaperRow> {
    const auto row = store::assignment(tx.db, path->assignment_id);
    if (!row) return errors::not_found;
    const auto permit = TRY(assignment_permit(tx.db, call, "assignment.report", *row));
    TRY(authority::step(assignment_life, row->state, "assignment.report"));
    return TRY(put_paper(tx, call, "assignment", row->assignment_id.text(), query->name, upload,
                         digest, permit, row->province))
        .value;
  });
  if (!made.ok()) return std::move(made).problem();
  return Created<PaperRow>{std::move(made).value()};
}

Result<http::Response> Committees::get_paper(Call& call, const Path<PaperPath>& path) {
  return database_.snapshot([&](db::Connection& db) -> Result<http::Response> {
    const auto paper = store::paper(db, path->paper_id);
    if (!paper) return errors::not_found;
    if (paper->subject_kind.text() == "agenda_item") {
      const auto item = store::item(db, *AgendaItemId::parse(paper->subject_id.text()));
      const auto meeting = store::meeting(db, item->meeting_id);
      TRY(readable(db, call, *store::body(db, meeting->body), meeting->on_date));
    } else {
      TRY(assignment_readable(
          db, call, *store::assignment(db, *AssignmentId::parse(paper->subject_id.text()))));
    }
    return http::attachment(paper->media_type,
                            "attachment; filename=\"" + paper->paper_id.text() +
                                "\"; filename*=UTF-8''" + auth::percent_encode(paper->name.text()),
                            store::paper_content(db, path->paper_id));
  });
}

Result<Done> Committees::remove_paper(Call& call, const Path<PaperPath>& path) {
  return acts_.run<Done>(call, "meeting.edit", [&](Tx& tx) -> Result<Done> {
    const auto paper = store::paper(tx.db, path->paper_id);
    if (!paper) return errors::not_found;
    if (paper->subject_kind.text() != "agenda_item")
      return Problem(errors::wrong_state, "หลักฐานที่แนบรายงานแล้ว เอาออกไม่ได้",
                     "Evidence of a report stays.");
    const auto item = store::item(tx.db, *AgendaItemId::parse(paper->subject_id.text()));
    const auto step = TRY(begin(tx.db, call, item->meeting_id, "meeting.edit", false));
    store::remove_paper(tx.db, path->paper_id);
    tx.record({.subject_kind = "agenda_item",
               .subject_id = item->item_id.text(),
               .province = step.body.province,
               .office_id = step.permit.office_id,
               .authority = step.permit.chain(),
               .change = {to_json(PaperChange{"", paper->bytes})}});
    return Done{};
  });
}

// ---- assignments

// The office that is responsible, or the secretariat of the body.
Result<authority::Permit> Committees::assignment_permit(db::Connection& db, const Call& call,
                                                        std::string_view act,
                                                        const AssignmentRow& row) const {
  const auto body = *store::body(db, row.body);
  if (auto permit = permit_of(call, act, body); permit.ok() || act != "assignment.report")
    return permit;
  Call narrowed = call;
  if (narrowed.caller)
    std::erase_if(narrowed.caller->offices,
                  [&](const HeldOffice& office) { return !answers_for(row, office); });
  return authority_.decide(narrowed, act,
                           {.area = row.responsible_area ? row.responsible_area : row.province});
}

Result<Done> Committees::assignment_readable(db::Connection& db, const Call& call,
                                             const AssignmentRow& row) const {
  if (call.caller && std::any_of(call.caller->offices.begin(), call.caller->offices.end(),
                                 [&](const auto& office) { return answers_for(row, office); }))
    return Done{};
  return readable(db, call, *store::body(db, row.body), call.now.bangkok_date());
}

// For a report by who is responsible, or, once there is one, for the secretariat to close it.
bool Committees::assignment_waits(db::Connection& db, const Call& call,
                                  const AssignmentRow& row) const {
  const auto act =
      row.state == AssignmentState::reported ? "assignment.close" : "assignment.report";
  return assignment_permit(db, call, act, row).ok();
}

Result<Committees::AssignmentStep> Committees::begin_assignment(db::Connection& db,
                                                                const Call& call,
                                                                const AssignmentId& id,
                                                                std::string_view act) const {
  auto row = store::assignment(db, id);
  if (!row) return errors::not_found;
  auto permit = TRY(assignment_permit(db, call, act, *row));
  TRY(call.require_version(row->version));
  row->state = TRY(authority::step(assignment_life, row->state, act));
  ++row->version;
  return AssignmentStep{*row, std::move(permit)};
}

Result<Page<AssignmentRow>> Committees::list_assignments(Call& call,
                                                         const Query<AssignmentQuery>& query) {
  return database_.snapshot([&](db::Connection& db) -> Result<Page<AssignmentRow>> {
    Page<AssignmentRow> page;
    auto rows = store::assignments(db, query.value);
    if (rows.size() > static_cast<std::size_t>(query->limit.count())) {
      rows.pop_back();
      page.next = rows.back().assignment_id.text();
    }
    const bool mine = query->waits_for.has_value();
    for (auto& row : rows)
      if (mine ? assignment_waits(db, call, row) : assignment_readable(db, call, row).ok())
        page.items.push_back(std::move(row));
    return page;
  });
}

Result<AssignmentPage> Committees::get_assignment(Call& call, const Path<AssignmentPath>& path) {
  return database_.snapshot([&](db::Connection& db) -> Result<AssignmentPage> {
    const auto row = store::assignment(db, path->assignment_id);
    if (!row) return errors::not_found;
    TRY(assignment_readable(db, call, *row));
    const bool ended =
        row->state == AssignmentState::done || row->state == AssignmentState::dropped;
    return AssignmentPage{*row,
                          !ended && row->due && *row->due < call.now.bangkok_date(),
                          store::reports(db, row->assignment_id),
                          store::papers(db, "assignment", row->assignment_id.text()),
                          *store::resolution(db, row->resolution_id),
                          store::meeting(db, row->meeting_id)->number,
                          store::items_about(db, "assignment", row->assignment_id.text()),
                          row->version};
  });
}

Result<authority::NextActs> Committees::assignment_acts(Call& call,
                                                        const Path<AssignmentPath>& path) {
  return database_.snapshot([&](db::Connection& db) -> Result<authority::NextActs> {
    const auto row = store::assignment(db, path->assignment_id);
    if (!row) return errors::not_found;
    TRY(assignment_readable(db, call, *row));
    authority::NextActs acts{
        authority_.next_acts(call, assignment_life, row->state, {.area = row->province})};
    for (auto& act : acts.items) act.allowed = assignment_permit(db, call, act.act, *row).ok();
    return acts;
  });
}

Result<AssignmentRow> Committees::report(Call& call, const Path<AssignmentPath>& path,
                                         const NewReport& in) {
  return acts_.run<AssignmentRow>(call, "assignment.report", [&](Tx& tx) -> Result<AssignmentRow> {
    const auto step = TRY(begin_assignment(tx.db, call, path->assignment_id, "assignment.report"));
    const auto& office = office_of(call, step.permit);
    store::add(tx.db,
               AssignmentReportRow{ReportId::make(call.now), step.row.assignment_id, in.text_th,
                                   in.evidence_th, office.title_th, office.title_en, call.now});
    store::change(tx.db, step.row);
    tx.record({.subject_kind = "assignment",
               .subject_id = step.row.assignment_id.text(),
               .province = step.row.province,
               .office_id = step.permit.office_id,
               .authority = step.permit.chain(),
               .change = {to_json(AssignmentChange{step.row.state, {}})}});
    return step.row;
  });
}

Result<AssignmentRow> Committees::close_assignment(Call& call, const Path<AssignmentPath>& path,
                                                   const CloseAssignment& in) {
  return acts_.run<AssignmentRow>(call, "assignment.close", [&](Tx& tx) -> Result<AssignmentRow> {
    auto step = TRY(begin_assignment(tx.db, call, path->assignment_id, "assignment.close"));
    auto& row = step.row;
    const auto id = row.assignment_id.text();
    if (in.outcome == AssignmentOutcome::done &&
        !proved(store::reports(tx.db, row.assignment_id), store::papers(tx.db, "assignment", id)))
      return Problem(errors::wrong_state, "ต้องมีรายงานผลพร้อมหลักฐานก่อนปิดเรื่องว่าเสร็จ",
                     "A report with evidence is needed before this is closed as done.");
    row.state =
        in.outcome == AssignmentOutcome::done ? AssignmentState::done : AssignmentState::dropped;
    row.closing_note_th = in.note_th;
    row.closed_at = call.now;
    store::change(tx.db, row);
    tx.record({.subject_kind = "assignment",
               .subject_id = id,
               .province = row.province,
               .office_id = step.permit.office_id,
               .authority = step.permit.chain(),
               .change = {to_json(AssignmentChange{row.state, in.outcome})}});
    return row;
  });
}

}  // namespace changwat::committees
