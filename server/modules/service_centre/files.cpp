// Files of cases: what was sent is never replaced or removed, it may be evidence.

#include <algorithm>

#include "platform/auth/encoding.hpp"
#include "platform/documents/attachments.hpp"
#include "platform/http/attachment.hpp"

#include "modules/service_centre/masking.hpp"
#include "modules/service_centre/photos.hpp"
#include "modules/service_centre/service_centre.hpp"
#include "modules/service_centre/store.hpp"

namespace changwat::service_centre {
namespace {

struct CaseFileAdded {
  Key key;
  FilePurpose purpose = FilePurpose::other;
  std::string sha256;
  std::int64_t bytes = 0;
};
BOOST_DESCRIBE_STRUCT(CaseFileAdded, (), (key, purpose, sha256, bytes))

std::vector<FieldError> query_faults(const CaseFileQuery& query, Instant now) {
  std::vector<FieldError> wrong;
  if (query.name && !documents::plain_name(query.name->text()))
    wrong.push_back(
        {"?name", "wrong_value", "ชื่อไฟล์ต้องไม่มีเครื่องหมาย / \\ \"", "must be a plain file name"});
  if (query.latitude.has_value() != query.longitude.has_value())
    wrong.push_back(
        {"?latitude", "required", "ต้องระบุละติจูดและลองจิจูดคู่กัน", "latitude and longitude go together"});
  if (query.latitude && query.longitude) {
    CasePlace place;
    place.area = *AreaCode::parse("1001");
    place.position = Position{*query.latitude, *query.longitude};
    for (const auto& fault : intake_faults(place, {{.type = ReporterType::anonymous}}))
      wrong.push_back({"?latitude", fault.code, fault.th, fault.en});
  }
  for (const auto& fault : taken_faults(query.taken_at, now))
    wrong.push_back({"?taken_at", fault.code, fault.th, fault.en});
  return wrong;
}

// What the camera wrote into a photo goes before what is typed beside it: evidence is held against
// place and time, and these are harder to mistake. What the photo does not say is as told.
void take_from_photo(store::FileRow& file, std::string_view bytes) {
  if (file.media_type != "image/jpeg") return;
  const auto facts = photo_facts(bytes);
  if (facts.taken_at) file.taken_at = facts.taken_at;
  if (!facts.position) return;
  file.latitude = facts.position->latitude;
  file.longitude = facts.position->longitude;
}

bool is_photo(std::string_view media_type) {
  return media_type == "image/jpeg" || media_type == "image/png";
}

// What a file of a citizen is called: phones send no names, or such as tell nothing.
Text<1, 200> own_name(db::Connection& db, const CaseId& id, const Upload& upload) {
  int n = 1;
  for (const auto& file : store::files(db, id)) n += file.by == StepBy::citizen;
  const std::string what = is_photo(upload.media_type) ? "ภาพจากผู้แจ้ง " : "เอกสารจากผู้แจ้ง ";
  return *Text<1, 200>::parse(what + std::to_string(n));
}

// The file as it is stored, once it is one that is taken. `name`: when none is told.
Result<store::FileRow> file_row(db::Connection& db, const CaseId& id, const Key& key,
                                const Text<1, 200>& name, const CaseFileQuery& query,
                                const Upload& upload, Instant now) {
  if (auto wrong = query_faults(query, now); !wrong.empty()) return Problem(std::move(wrong));
  if (!is_evidence_type(upload.media_type)) return errors::unsupported_media_type;
  std::vector<documents::Attached> present;
  for (const auto& file : store::files(db, id)) {
    if (file.key == key)
      return Problem(errors::conflict, "มีไฟล์รหัสนี้แล้ว ไฟล์ที่ส่งแล้วแทนที่ไม่ได้",
                     "There is a file of this key; what was sent is not replaced.");
    present.push_back({file.key, file.bytes});
  }
  TRY(documents::acceptable(upload.bytes, upload.media_type, key, present));
  store::FileRow out{id,
                     key,
                     query.purpose.value_or(FilePurpose::other),
                     query.name.value_or(name),
                     static_cast<std::int64_t>(upload.bytes.size()),
                     upload.media_type,
                     auth::hex_encode(auth::sha256(upload.bytes)),
                     query.taken_at,
                     query.latitude,
                     query.longitude,
                     now,
                     StepBy::office,
                     "",
                     {std::string(upload.bytes)}};
  take_from_photo(out, upload.bytes);
  return out;
}

RawJson told(const store::FileRow& file) {
  return {to_json(CaseFileAdded{file.key, file.purpose, file.sha256, file.bytes})};
}

constexpr ErrorKind photo_damaged{
    "photo_damaged", 409, "ภาพนี้เสียหาย จึงลบข้อมูลที่กล้องบันทึกออกไม่ได้ ศูนย์เท่านั้นที่เปิดดูได้",
    "This photo is damaged, so that what the camera wrote into it cannot be taken out; the centre "
    "alone may open it."};

constexpr ErrorKind paper_of_hidden_reporter{
    "paper_of_hidden_reporter", 409,
    "ผู้แจ้งขอปกปิดชื่อหรือไม่ระบุชื่อ เอกสารนี้อาจบอกว่าเป็นใคร ศูนย์เท่านั้นที่เปิดดูได้ และแนบสำเนาที่ลบชื่อแล้วให้ได้",
    "Its sender wants to stay secret or gave no name, and this paper may tell who it is; the "
    "centre alone may open it, and may attach a copy without the name."};

// What a citizen sent, as this reader may have it. A paper says in its text and in what its program
// wrote beside it who made it; of a photo that can be taken away.
Result<Done> make_safe(store::FileRow& file, CaseView view,
                       const std::vector<ReporterRow>& reporters) {
  const bool desk = view == CaseView::desk;
  if (!is_photo(file.media_type)) {
    const bool hidden = std::any_of(reporters.begin(), reporters.end(), is_hidden);
    if (hidden && !desk) return paper_of_hidden_reporter;
    return Done{};
  }
  auto bare = bare_photo(file.content.bytes);
  if (!bare && !desk) return photo_damaged;
  if (bare) file.content.bytes = *std::move(bare);
  return Done{};
}

http::Response as_sent(store::FileRow file) {
  return http::attachment(
      file.media_type, documents::content_disposition(file.key, file.name.text(), file.media_type),
      std::move(file.content.bytes));
}

}  // namespace

bool is_evidence_type(std::string_view media_type) {
  return media_type == "image/jpeg" || media_type == "image/png" || media_type == "application/pdf";
}

// The centre's, or an agency's that works on it.
Result<ServiceCentre::Step> ServiceCentre::begin_attaching(db::Connection& db, const Call& call,
                                                           const CaseId& id) const {
  auto step = begin(db, call, id, "case.attach");
  if (step.ok() || !step.problem().is(errors::forbidden)) return step;
  const auto row = store::find(db, id);
  for (const auto& one : store::assignments(db, id)) {
    const auto permit = agency_permit(call, *row, one, "case.attach");
    if (!is_active(one.state) || !permit.ok()) continue;
    TRY(call.require_version(row->version));
    return Step{*row, *permit, row->state, one.assignment_id};
  }
  return step;
}

Result<Case> ServiceCentre::put_file(Call& call, const Path<CaseFilePath>& path,
                                     const Query<CaseFileQuery>& query, const Upload& upload) {
  TRY(acts_.run<Done>(call, "case.attach", [&](Tx& tx) -> Result<Done> {
    const auto step = TRY(begin_attaching(tx.db, call, path->case_id));
    const auto name = *Text<1, 200>::parse(path->key.text());
    auto file = TRY(file_row(tx.db, path->case_id, path->key, name, query.value, upload, call.now));
    for (const auto& office : call.caller->offices)
      if (office.office_id == step.permit->office_id) file.office_th = office.title_th;
    store::add(tx.db, file);
    return finish(tx, call, "case.attach", step, step.row, {file.name.text(), false, told(file)});
  }));
  return viewed(call, path->case_id);
}

Result<TrackedCase> ServiceCentre::put_own_file(Call& call, const Path<TicketFilePath>& path,
                                                const Query<CaseFileQuery>& query,
                                                const Upload& upload) {
  TRY(take_turn(call, tracking_));
  const auto id = TRY(case_of_ticket(path->ticket, call.now));
  const auto nobody = as_nobody(call);
  TRY(acts_.run<Done>(nobody, "case.attach_own", [&](Tx& tx) -> Result<Done> {
    const auto step = TRY(begin_citizen(tx.db, nobody, id, "case.attach_own"));
    auto file = TRY(file_row(tx.db, id, path->key, own_name(tx.db, id, upload), query.value, upload,
                             nobody.now));
    if (file.purpose != FilePurpose::before) file.purpose = FilePurpose::report;
    file.by = StepBy::citizen;
    store::add(tx.db, file);
    return finish(tx, nobody, "case.attach_own", step, step.row,
                  {file.name.text(), true, told(file)});
  }));
  return database_.snapshot(
      [&](db::Connection& db) -> Result<TrackedCase> { return tracked(db, id, call.now); });
}

Result<http::Response> ServiceCentre::get_file(Call& call, const Path<CaseFilePath>& path) {
  return database_.snapshot([&](db::Connection& db) -> Result<http::Response> {
    const auto view = TRY(readable(db, call, path->case_id)).second;
    auto file = store::file(db, path->case_id, path->key);
    if (!file) return errors::not_found;
    if (file->by == StepBy::citizen)
      TRY(make_safe(*file, view, store::reporters(db, path->case_id)));
    return as_sent(std::move(*file));
  });
}

// Of the offices' photos those that the centre let out when it told the result; the ticket stands
// for the code, and the code may have been read by others.
Result<http::Response> ServiceCentre::get_told_file(Call& call, const Path<TicketFilePath>& path) {
  TRY(take_turn(call, tracking_));
  const auto id = TRY(case_of_ticket(path->ticket, call.now));
  return database_.snapshot([&](db::Connection& db) -> Result<http::Response> {
    const auto row = followed_case(db, id);
    const auto told = told_photos(db, row, joined_at(store::steps(db, id)));
    const bool let_out = std::any_of(told.begin(), told.end(), [&](const TrackedPhoto& photo) {
      return photo.key == path->key;
    });
    auto file = store::file(db, row.case_id, path->key);
    if (!let_out || !file) return errors::not_found;
    auto bare = bare_photo(file->content.bytes);
    if (!bare) return photo_damaged;
    file->content.bytes = *std::move(bare);
    return as_sent(std::move(*file));
  });
}

std::vector<TrackedPhoto> ServiceCentre::told_photos(db::Connection& db, const CaseRow& row,
                                                     std::optional<Instant> joined) const {
  std::vector<TrackedPhoto> out;
  auto steps = store::steps(db, row.case_id);
  if (joined) std::erase_if(steps, [&](const CaseStep& step) { return step.at < *joined; });
  const bool closed =
      row.state == CaseState::closed && (!joined || row.settled_at.value() >= *joined);
  if (!closed && !result_was_told(steps)) return out;
  // Once evidence was chosen, it alone: photos that proved nothing would mislead.
  const bool chosen =
      row.closing_after && (row.state == CaseState::closed || row.state == CaseState::reviewing);
  for (const auto& file : store::files(db, row.case_id)) {
    const bool evidence = file.purpose == FilePurpose::before || file.purpose == FilePurpose::after;
    if (chosen && file.key != row.closing_before && file.key != row.closing_after) continue;
    if (evidence && file.by == StepBy::office && is_photo(file.media_type))
      out.push_back({file.key, file.purpose, file.taken_at});
  }
  return out;
}

}  // namespace changwat::service_centre
