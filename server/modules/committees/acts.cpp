#include "modules/committees/committees.hpp"
#include "modules/committees/life.hpp"
#include "modules/committees/rules.hpp"
#include "modules/committees/store.hpp"

namespace changwat::committees {
namespace {

struct FoundingSummary {
  std::int64_t bodies = 0, meetings = 0, resolutions = 0;
};
BOOST_DESCRIBE_STRUCT(FoundingSummary, (), (bodies, meetings, resolutions))

struct MeetingChange {
  Key body;
  MeetingNumber number;
  Date on_date;
};
BOOST_DESCRIBE_STRUCT(MeetingChange, (), (body, number, on_date))

struct ResolutionChange {
  MeetingId meeting_id;
  ItemNumber number;
  ResolutionKind kind = ResolutionKind::approve;
  std::optional<Key> subject_kind;
  std::optional<Text<1, 64>> subject_id;
};
BOOST_DESCRIBE_STRUCT(ResolutionChange, (), (meeting_id, number, kind, subject_kind, subject_id))

struct CorrectionChange {
  ResolutionId supersedes;
  ItemNumber number;
  ResolutionKind kind = ResolutionKind::approve;
  LongText reason;
};
BOOST_DESCRIBE_STRUCT(CorrectionChange, (), (supersedes, number, kind, reason))

template <class T>
Page<T> page_of(std::vector<T> rows, const PageLimit& limit, std::string (*cursor)(const T&)) {
  Page<T> page;
  page.items = std::move(rows);
  if (page.items.size() > static_cast<std::size_t>(limit.count())) {
    page.items.pop_back();
    page.next = cursor(page.items.back());
  }
  return page;
}

template <class T>
Result<Created<T>> created(Result<T> made) {
  if (!made.ok()) return std::move(made).problem();
  return Created<T>{std::move(made).value()};
}

Meeting meeting_of(const FactMeeting& fact, Instant now) {
  return {MeetingId::make(now),
          fact.body,
          fact.number,
          fact.date,
          fact.place_th,
          fact.place_en,
          fact.chair_title_th,
          fact.chair_title_en,
          fact.source,
          fact.verified,
          fact.note,
          false,
          now,
          MeetingForm::sitting,
          MeetingState::recorded};
}

Resolution resolution_of(const FactResolution& fact, const FactAgendaItem& item,
                         const Meeting& meeting, std::int64_t position, Instant now) {
  Resolution out;
  out.resolution_id = ResolutionId::make(now);
  out.meeting_id = meeting.meeting_id;
  out.body = meeting.body;
  out.position = position;
  out.number = fact.number;
  out.kind = fact.type;
  out.kind_th = fact.type_th;
  out.text_th = fact.text_th;
  out.text_en = fact.text_en;
  out.on_date = meeting.on_date;
  out.agenda_th = item.title_th;
  out.agenda_en = item.title_en;
  out.parts = {fact.parts};
  out.follow_up = {fact.follow_up};
  out.source = fact.source;
  out.verified = fact.verified;
  out.note = fact.note;
  out.recorded_at = now;
  return out;
}

std::int64_t put_meeting(db::Connection& db, const FactMeeting& fact, Instant now) {
  const auto meeting = meeting_of(fact, now);
  store::add(db, meeting);
  std::int64_t position = 0;
  for (const auto& item : fact.agenda_items)
    for (const auto& resolution : item.resolutions)
      store::add(db, resolution_of(resolution, item, meeting, ++position, now));
  return position;
}

}  // namespace

Committees::Committees(db::Database& database, Acts& acts, const authority::Authority& authority,
                       Book book, PersonNamed person_named,
                       std::optional<documents::paper::Printer> printer)
    : database_(database),
      acts_(acts),
      authority_(authority),
      book_(std::move(book)),
      person_named_(std::move(person_named)),
      printer_(std::move(printer)) {}

Result<Done> Committees::found(const Call& call, const Facts& facts) {
  return acts_.run<Done>(call, "committees.found", [&](Tx& tx) -> Result<Done> {
    if (!store::bodies(tx.db).empty()) return errors::conflict;
    FoundingSummary summary{static_cast<std::int64_t>(facts.bodies.size()),
                            static_cast<std::int64_t>(facts.meetings.size())};
    for (const auto& body : facts.bodies) store::add(tx.db, body);
    for (const auto& meeting : facts.meetings)
      summary.resolutions += put_meeting(tx.db, meeting, call.now);
    tx.record(
        {.subject_kind = "committees", .subject_id = "founding", .change = {to_json(summary)}});
    return Done{};
  });
}

Result<Resolution> Committees::record_within(Tx& tx, const Call& call, const NewResolution& in) {
  const auto meeting = store::meeting(tx.db, in.meeting_id);
  if (!meeting)
    return Problem(errors::not_found, "ไม่พบการประชุมที่อ้างถึง", "There is no such meeting.");
  if (auto wrong = faults(in, *meeting, call.now.bangkok_date()); !wrong.empty())
    return Problem(std::move(wrong));
  TRY(can_resolve(tx.db, *meeting));
  const auto before = store::of_meeting(tx.db, in.meeting_id);
  if (decided(before, in))
    return Problem(errors::conflict, "มติข้อ " + in.number.text() + " ของการประชุมนี้ได้บันทึกไว้แล้ว",
                   "Resolution " + in.number.text() + " of this meeting is recorded already.");
  Resolution out;
  out.resolution_id = ResolutionId::make(call.now);
  out.meeting_id = in.meeting_id;
  out.body = meeting->body;
  out.position = before.empty() ? 1 : before.back().position + 1;
  out.number = in.number;
  out.kind = in.kind;
  out.kind_th = *Title::parse(verb_th(in.kind));
  out.text_th = in.text_th;
  out.text_en = in.text_en;
  out.on_date = in.on_date.value_or(meeting->on_date);
  out.subject_kind = in.subject_kind;
  out.subject_id = in.subject_id;
  out.source = in.source;
  out.verified = in.verified.value_or(false);
  out.demonstration = meeting->demonstration;
  out.recorded_at = call.now;
  out.is_public = !store::body(tx.db, meeting->body)->province;
  store::add(tx.db, out);
  return out;
}

Result<Done> Committees::can_resolve(db::Connection& db, const Meeting& meeting) const {
  if (meeting.state == MeetingState::recorded) return Done{};
  if (meeting.state != MeetingState::open && !was_held(meeting.state)) return errors::wrong_state;
  const auto floor = floor_of(db, meeting, *store::body(db, meeting.body));
  return enough(floor.quorum(nullptr));
}

// What was wrong stays where it was; a new row says what is right, and why. Resolutions of the same
// number on other subjects are not touched.
Result<Resolution> Committees::correct_resolution(Call& call, const Path<ResolutionPath>& path,
                                                  const CorrectResolution& in) {
  return acts_.run<Resolution>(call, "resolution.correct", [&](Tx& tx) -> Result<Resolution> {
    const auto found = store::resolution(tx.db, path->resolution_id);
    if (!found) return errors::not_found;
    const auto body = *store::body(tx.db, found->body);
    const auto permit = TRY(body.secretariat ? permit_of(call, "resolution.correct", body)
                                             : authority_.decide(call, "resolution.correct", {}));
    if (found->superseded_by)
      return Problem(errors::wrong_state, "มติฉบับนี้มีฉบับแก้ไขแล้ว โปรดแก้ไขจากฉบับล่าสุด",
                     "This was corrected already; correct the latest version.");
    Resolution right = *found;
    right.resolution_id = ResolutionId::make(call.now);
    right.position = store::of_meeting(tx.db, found->meeting_id).back().position + 1;
    right.number = in.number.value_or(right.number);
    right.text_th = in.text_th.value_or(right.text_th);
    if (in.text_en) right.text_en = in.text_en;
    if (in.kind) {
      right.kind = *in.kind;
      right.kind_th = *Title::parse(verb_th(*in.kind));
    }
    right.supersedes = found->resolution_id;
    right.correction_reason = in.reason;
    right.recorded_at = call.now;
    store::add(tx.db, right);
    store::mark_superseded(tx.db, found->resolution_id, right.resolution_id);
    tx.record({.subject_kind = "resolution",
               .subject_id = right.resolution_id.text(),
               .province = body.province,
               .office_id = permit.office_id,
               .authority = permit.chain(),
               .change = {to_json(
                   CorrectionChange{found->resolution_id, right.number, right.kind, in.reason})}});
    return right;
  });
}

std::vector<Body> Committees::bodies(db::Connection& db) const {
  return store::bodies(db);
}
std::optional<Body> Committees::provincial_body(db::Connection& db, const AreaCode& province,
                                                BodyKind kind) const {
  for (auto& body : store::bodies_of(db, province))
    if (body.kind == kind) return body;
  return std::nullopt;
}
std::vector<Meeting> Committees::meetings(db::Connection& db) const {
  return store::all_meetings(db);
}
std::optional<Meeting> Committees::meeting(db::Connection& db, const MeetingId& id) const {
  return store::meeting(db, id);
}
std::optional<Resolution> Committees::resolution(db::Connection& db, const ResolutionId& id) const {
  return store::resolution(db, id);
}
std::vector<Resolution> Committees::of_meeting(db::Connection& db, const MeetingId& id) const {
  auto out = store::of_meeting(db, id);
  std::erase_if(out, [](const Resolution& one) { return !one.is_public; });
  return out;
}
std::vector<Resolution> Committees::about(db::Connection& db, std::string_view subject_kind,
                                          std::string_view subject_id) const {
  return store::about(db, subject_kind, subject_id);
}

// ---- handlers

Result<Page<Meeting>> Committees::list_meetings(Call&, const Query<MeetingQuery>& query) {
  auto rows = database_.read([&](db::Connection& db) { return store::meetings(db, query.value); });
  return page_of<Meeting>(std::move(rows), query->limit,
                          [](const Meeting& m) { return m.meeting_id.text(); });
}

Result<Created<Meeting>> Committees::record_meeting(Call& call, const NewMeeting& in) {
  return created(add_meeting(call, in, Origin::real));
}

Result<Meeting> Committees::add_meeting(const Call& call, const NewMeeting& in, Origin origin) {
  return acts_.run<Meeting>(call, "meeting.record", [&](Tx& tx) -> Result<Meeting> {
    const auto body = store::body(tx.db, in.body);
    const auto permit =
        TRY(body && body->secretariat ? permit_of(call, "meeting.record", *body)
                                      : authority_.decide(call, "meeting.record", {}));
    if (!body) return Problem({{"/body", "unknown_body", "ไม่พบคณะที่ระบุ", "there is no such body"}});
    if (auto wrong = faults(in, *body); !wrong.empty()) return Problem(std::move(wrong));
    if (store::meeting(tx.db, in.body, in.number))
      return Problem(errors::conflict, "บันทึกการประชุมครั้งที่ " + in.number.text() + " ไว้แล้ว",
                     "Meeting " + in.number.text() + " is recorded already.");
    const Meeting meeting{MeetingId::make(call.now),
                          in.body,
                          in.number,
                          in.on_date,
                          in.place_th,
                          in.place_en,
                          in.chair_title_th,
                          in.chair_title_en,
                          in.source,
                          in.verified.value_or(false),
                          std::nullopt,
                          origin == Origin::demonstration,
                          call.now};
    store::add(tx.db, meeting);
    tx.record({.subject_kind = "meeting",
               .subject_id = meeting.meeting_id.text(),
               .province = body->province,
               .office_id = permit.office_id,
               .authority = permit.chain(),
               .change = {to_json(MeetingChange{in.body, in.number, in.on_date})}});
    return meeting;
  });
}

Result<Page<Resolution>> Committees::list_resolutions(Call&, const Query<ResolutionQuery>& query) {
  auto rows =
      database_.read([&](db::Connection& db) { return store::resolutions(db, query.value); });
  return page_of<Resolution>(std::move(rows), query->limit,
                             [](const Resolution& r) { return r.resolution_id.text(); });
}

Result<Resolution> Committees::get_resolution(Call&, const Path<ResolutionPath>& path) {
  return database_.snapshot([&](db::Connection& db) -> Result<Resolution> {
    const auto found = store::resolution(db, path->resolution_id);
    if (!found || !found->is_public) return errors::not_found;
    const auto meeting = store::meeting(db, found->meeting_id);
    if (!was_held(meeting->state)) return errors::not_found;
    return *found;
  });
}

Result<Created<Resolution>> Committees::record_resolution(Call& call, const NewResolution& in) {
  return created(
      acts_.run<Resolution>(call, "resolution.record", [&](Tx& tx) -> Result<Resolution> {
        const auto meeting = store::meeting(tx.db, in.meeting_id);
        const auto body = meeting ? store::body(tx.db, meeting->body) : std::nullopt;
        const auto permit =
            TRY(body && body->secretariat ? permit_of(call, "resolution.record", *body)
                                          : authority_.decide(call, "resolution.record", {}));
        auto resolution = TRY(record_within(tx, call, in));
        tx.record({.subject_kind = "resolution",
                   .subject_id = resolution.resolution_id.text(),
                   .province = body ? body->province : std::nullopt,
                   .office_id = permit.office_id,
                   .authority = permit.chain(),
                   .change = {to_json(ResolutionChange{in.meeting_id, in.number, in.kind,
                                                       in.subject_kind, in.subject_id})}});
        return resolution;
      }));
}

}  // namespace changwat::committees
