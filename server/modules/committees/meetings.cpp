// Meetings from their call to their minutes.

#include <algorithm>
#include <map>
#include <set>

#include "modules/committees/committees.hpp"
#include "modules/committees/life.hpp"
#include "modules/committees/rules.hpp"
#include "modules/committees/store.hpp"
#include "modules/committees/store_matters.hpp"
#include "modules/committees/store_meetings.hpp"

namespace changwat::committees {
namespace {

constexpr std::int64_t items_max = 100;

struct Planned {
  Key body;
  MeetingNumber number;
  Instant starts_at;
};
BOOST_DESCRIBE_STRUCT(Planned, (), (body, number, starts_at))

struct Stepped {
  MeetingState state = MeetingState::planned;
  std::optional<Quorum> quorum;
  std::optional<LongText> reason;
};
BOOST_DESCRIBE_STRUCT(Stepped, (), (state, quorum, reason))

struct ItemChange {
  AgendaItemId item_id;
  std::string what;  // added, edited, removed, discussed, conflict
};
BOOST_DESCRIBE_STRUCT(ItemChange, (), (item_id, what))

struct ItemConflict {
  AgendaItemId item_id;
  MemberId member_id;
};
BOOST_DESCRIBE_STRUCT(ItemConflict, (), (item_id, member_id))

struct MeetingCorrected {
  LongText reason;
  MeetingNumber number;
  Date on_date;
};
BOOST_DESCRIBE_STRUCT(MeetingCorrected, (), (reason, number, on_date))

struct Attended {
  std::int64_t entries = 0;
  Quorum quorum;
};
BOOST_DESCRIBE_STRUCT(Attended, (), (entries, quorum))

struct ItemResolved {
  MeetingId meeting_id;
  AgendaItemId item_id;
  ItemNumber number;
  ResolutionKind kind = ResolutionKind::approve;
  std::optional<Key> subject_kind;
  std::optional<SubjectId> subject_id;
  std::optional<Votes> votes;
  Quorum quorum;
  std::int64_t assignments = 0;
  std::int64_t memberships = 0;
};
BOOST_DESCRIBE_STRUCT(ItemResolved, (),
                      (meeting_id, item_id, number, kind, subject_kind, subject_id, votes, quorum,
                       assignments, memberships))

template <class T>
Result<Created<T>> created(Result<T> made) {
  if (!made.ok()) return std::move(made).problem();
  return Created<T>{std::move(made).value()};
}

std::int64_t last_position(const std::vector<AgendaItemRow>& items, AgendaPart part) {
  std::int64_t last = 0;
  for (const auto& item : items)
    if (item.part == part) last = std::max(last, item.position);
  return last;
}

// Positions count from 1 within each part, in the order in which the rows stand.
void renumber(db::Connection& db, std::vector<AgendaItemRow> items) {
  std::int64_t next[part_other + 1] = {};
  for (auto& item : items) {
    const auto position = ++next[item.part.count()];
    if (position == item.position) continue;
    item.position = position;
    store::change(db, item);
  }
}

Problem too_many_items() {
  return {errors::conflict, "ระเบียบวาระมีได้ไม่เกิน 100 เรื่อง", "An agenda has at most 100 items."};
}

Title chair_title(const Constitution* law, bool thai) {
  if (law)
    for (const auto& seat : law->seats)
      if (seat.place == SeatPlace::chair) return thai ? seat.title_th : seat.title_en;
  return *Title::parse(thai ? "ประธาน" : "Chair");
}

}  // namespace

// ---- the floor

bool Committees::Floor::voting(const MemberRow& member) const {
  const auto* seat = law ? law->seat(member.seat) : nullptr;
  return !seat || seat->voting;
}

Quorum Committees::Floor::quorum(const AgendaItemId* item) const {
  std::vector<Sitting> sitting;
  for (const auto& member : members) {
    Sitting one{voting(member)};
    for (const auto& row : attendance)
      if (row.member_id == member.member_id) one.presence = row.presence;
    for (const auto& row : conflicts)
      if (item && row.item_id == *item && row.member_id == member.member_id) one.conflicted = true;
    sitting.push_back(one);
  }
  return quorum_of(law ? law->quorum : QuorumRule{}, sitting);
}

Committees::Floor Committees::floor_of(db::Connection& db, const Meeting& meeting,
                                       const Body& body) const {
  Floor floor;
  if (const auto* law = book_.constitution(body, meeting.on_date)) floor.law = *law;
  floor.members = store::members_on(db, body.code, meeting.on_date);
  floor.attendance = store::attendance(db, meeting.meeting_id);
  floor.conflicts = store::conflicts(db, meeting.meeting_id);
  return floor;
}

// ---- steps

Result<Committees::Step> Committees::begin(db::Connection& db, const Call& call,
                                           const MeetingId& id, std::string_view act,
                                           bool versioned) const {
  auto meeting = store::meeting(db, id);
  if (!meeting) return errors::not_found;
  auto body = *store::body(db, meeting->body);
  auto permit = TRY(body.secretariat ? permit_of(call, act, body)
                                     : authority_.decide(call, act, {.area = body.province}));
  if (versioned) TRY(call.require_version(meeting->version));
  meeting->state = TRY(meeting->form == MeetingForm::sitting
                           ? authority::step(sitting_life, meeting->state, act)
                           : authority::step(circulation_life, meeting->state, act));
  return Step{*meeting, std::move(body), std::move(permit)};
}

Result<Committees::ItemStep> Committees::begin_item(db::Connection& db, const Call& call,
                                                    const AgendaItemId& id,
                                                    std::string_view act) const {
  auto item = store::item(db, id);
  if (!item) return errors::not_found;
  return ItemStep{TRY(begin(db, call, item->meeting_id, act)), *item};
}

Meeting Committees::finish_about(Tx& tx, Step& step, std::string_view subject_kind,
                                 const std::string& subject_id, RawJson change) const {
  ++step.meeting.version;
  store::change(tx.db, step.meeting);
  tx.record({.subject_kind = std::string(subject_kind),
             .subject_id = subject_id,
             .province = step.body.province,
             .office_id = step.permit.office_id,
             .authority = step.permit.chain(),
             .change = std::move(change)});
  return step.meeting;
}

Meeting Committees::finish(Tx& tx, Step& step, RawJson change) const {
  return finish_about(tx, step, "meeting", step.meeting.meeting_id.text(), std::move(change));
}

Result<Meeting> Committees::simple_step(Call& call, const Path<MeetingPath>& path,
                                        std::string_view act) {
  return acts_.run<Meeting>(call, act, [&](Tx& tx) -> Result<Meeting> {
    auto step = TRY(begin(tx.db, call, path->meeting_id, act));
    return finish(tx, step, {to_json(Stepped{step.meeting.state, {}, {}})});
  });
}

// ---- what comes back by itself

// Minutes to adopt, work that is not finished, resolutions sent round, and what the governor did
// first: each once in a meeting, in its part of the agenda.
void Committees::bring_back(db::Connection& db, const Meeting& meeting, const Body& body,
                            Instant now) {
  auto items = store::items(db, meeting.meeting_id);
  std::set<std::pair<std::string, std::string>> there;
  for (const auto& item : items)
    if (item.source_kind) there.emplace(item.source_kind->text(), item.source_id->text());
  const auto bring = [&](std::int64_t part, const char* kind, const std::string& id, Title title,
                         std::optional<LongText> detail, const char* proposal) {
    if (static_cast<std::int64_t>(items.size()) >= items_max) return false;
    if (!there.emplace(kind, id).second) return false;
    AgendaItemRow row;
    row.item_id = AgendaItemId::make(now);
    row.meeting_id = meeting.meeting_id;
    row.part = *AgendaPart::of_count(part);
    row.position = last_position(items, row.part) + 1;
    row.title_th = std::move(title);
    row.detail_th = std::move(detail);
    row.proposal_th = *LongText::parse(proposal);
    row.source_kind = *Key::parse(kind);
    row.source_id = *SubjectId::parse(id);
    store::add(db, row);
    items.push_back(row);
    return true;
  };
  for (const auto& earlier : store::with_drafted_minutes(db, body.code))
    bring(part_minutes, "minutes", earlier.meeting_id.text(),
          *Title::parse("รับรองรายงานการประชุม ครั้งที่ " + earlier.number.text() + " เมื่อวันที่ " +
                        thai::date(earlier.on_date)),
          {}, "จึงเรียนที่ประชุมเพื่อพิจารณารับรองรายงานการประชุม");
  for (const auto& work : store::unfinished(db, body.code)) {
    const auto due = work.due ? "กำหนดแล้วเสร็จ " + thai::date(*work.due) : "ไม่ได้กำหนดวันแล้วเสร็จ";
    const auto reports = store::reports(db, work.assignment_id);
    const auto said = reports.empty()
                          ? std::string("ยังไม่มีรายงานผล")
                          : "รายงานล่าสุด: " + shortened(reports.back().text_th.text(), 800).text();
    bring(part_arising, "assignment", work.assignment_id.text(),
          shortened("ติดตาม: " + work.text_th.text(), 250),
          LongText::parse("ผู้รับผิดชอบ " + work.responsible_th.text() + " " + due + "\n" + said),
          "จึงเรียนที่ประชุมเพื่อทราบและพิจารณา");
  }
  for (const auto& round : store::circulations_to_tell(db, body.code))
    bring(part_acknowledge, "circulation", round.meeting_id.text(),
          *Title::parse("ผลการเวียนมติ ครั้งที่ " + round.number.text()), round.ended_reason,
          "จึงเรียนที่ประชุมเพื่อทราบ");
  if (body.kind != BodyKind::provincial_committee || !body.province) return;
  for (auto matter : store::matters_to_tell(db, *body.province)) {
    std::optional<LongText> detail;
    for (const auto& step : store::steps(db, matter.matter_id))
      if (step.kind == MatterStepKind::order)
        detail = LongText::parse("คำสั่งที่ " + step.order_number->text() + ": " +
                                 shortened(step.text_th.text(), 2000).text());
    if (!bring(part_acknowledge, "urgent_matter", matter.matter_id.text(),
               shortened("การสั่งการของผู้ว่าราชการจังหวัด: " + matter.title_th.text(), 250), detail,
               "จึงเรียนที่ประชุมเพื่อทราบ"))
      continue;
    matter.acknowledgement = Acknowledgement::tabled;
    ++matter.version;
    store::change(db, matter);
  }
}

void Committees::release_matters(db::Connection& db, const Meeting& meeting) {
  const auto resolutions = store::of_meeting(db, meeting.meeting_id);
  for (const auto& item : store::items(db, meeting.meeting_id)) {
    if (!item.source_kind || item.source_kind->text() != "urgent_matter") continue;
    if (std::any_of(resolutions.begin(), resolutions.end(),
                    [&](const Resolution& one) { return one.item_id == item.item_id; }))
      continue;
    auto matter = store::matter(db, *MatterId::parse(item.source_id->text()));
    if (!matter) continue;
    if (matter->state == MatterState::tabled || matter->state == MatterState::circulating) {
      matter->state = MatterState::raised;
      matter->meeting_id.reset();
    }
    if (matter->acknowledgement == Acknowledgement::tabled)
      matter->acknowledgement = Acknowledgement::due;
    ++matter->version;
    store::change(db, *matter);
  }
}

// ---- planning and calling

Result<Meeting> Committees::plan_meeting(const Call& call, const PlanMeeting& in, Origin origin) {
  return acts_.run<Meeting>(call, "meeting.plan", [&](Tx& tx) -> Result<Meeting> {
    const auto body = store::body(tx.db, in.body);
    if (!body) return Problem({{"/body", "unknown_body", "ไม่พบคณะที่ระบุ", "there is no such body"}});
    const auto permit = TRY(permit_of(call, "meeting.plan", *body));
    if (auto wrong = faults(in, *body, call.now); !wrong.empty()) return Problem(std::move(wrong));
    if (store::meeting(tx.db, in.body, in.number))
      return Problem(errors::conflict, "มีการประชุมครั้งที่ " + in.number.text() + " แล้ว",
                     "There is a meeting " + in.number.text() + " already.");
    const auto* law = book_.constitution(*body, in.starts_at.bangkok_date());
    Meeting meeting;
    meeting.meeting_id = MeetingId::make(call.now);
    meeting.body = in.body;
    meeting.number = in.number;
    meeting.on_date = in.starts_at.bangkok_date();
    meeting.place_th = in.place_th;
    meeting.place_en = in.place_en;
    meeting.chair_title_th = in.chair_title_th.value_or(chair_title(law, true));
    meeting.chair_title_en = in.chair_title_en.value_or(chair_title(law, false));
    meeting.verified = true;  // it is run here
    meeting.recorded_at = call.now;
    meeting.state = MeetingState::planned;
    meeting.starts_at = in.starts_at;
    meeting.demonstration = origin == Origin::demonstration;
    store::add(tx.db, meeting);
    bring_back(tx.db, meeting, *body, call.now);
    tx.record({.subject_kind = "meeting",
               .subject_id = meeting.meeting_id.text(),
               .province = body->province,
               .office_id = permit.office_id,
               .authority = permit.chain(),
               .change = {to_json(Planned{in.body, in.number, in.starts_at})}});
    return meeting;
  });
}

Result<Created<Meeting>> Committees::plan(Call& call, const PlanMeeting& in) {
  return created(plan_meeting(call, in, Origin::real));
}

Result<Meeting> Committees::edit_meeting(Call& call, const Path<MeetingPath>& path,
                                         const EditMeeting& in) {
  return acts_.run<Meeting>(call, "meeting.edit", [&](Tx& tx) -> Result<Meeting> {
    auto step = TRY(begin(tx.db, call, path->meeting_id, "meeting.edit"));
    auto& meeting = step.meeting;
    if (in.starts_at) {
      PlanMeeting plan{meeting.body, meeting.number, *in.starts_at, {}, {}, {}, {}};
      if (meeting.state == MeetingState::open) return errors::wrong_state;
      if (auto wrong = faults(plan, step.body, call.now); !wrong.empty())
        return Problem(std::move(wrong));
      meeting.starts_at = in.starts_at;
      meeting.on_date = in.starts_at->bangkok_date();
    }
    if (in.place_th) meeting.place_th = in.place_th;
    if (in.place_en) meeting.place_en = in.place_en;
    meeting.chair_title_th = in.chair_title_th.value_or(meeting.chair_title_th);
    if (in.chair_title_en) meeting.chair_title_en = in.chair_title_en;
    return finish(tx, step, {to_json(in)});
  });
}

Result<Meeting> Committees::call_meeting(Call& call, const Path<MeetingPath>& path,
                                         const CallMeeting& in) {
  return acts_.run<Meeting>(call, "meeting.call", [&](Tx& tx) -> Result<Meeting> {
    auto step = TRY(begin(tx.db, call, path->meeting_id, "meeting.call"));
    if (!step.meeting.place_th)
      return Problem({{"/place_th", "required", "ต้องระบุสถานที่ก่อนเชิญประชุม",
                       "name the place before the meeting is called"}});
    step.meeting.notice_number = in.notice_number;
    step.meeting.notice_date = in.notice_date.value_or(call.now.bangkok_date());
    bring_back(tx.db, step.meeting, step.body, call.now);
    return finish(tx, step, {to_json(Stepped{step.meeting.state, {}, {}})});
  });
}

Result<Meeting> Committees::take_attendance(Call& call, const Path<MeetingPath>& path,
                                            const Attendance& in) {
  return acts_.run<Meeting>(call, "meeting.attend", [&](Tx& tx) -> Result<Meeting> {
    auto step = TRY(begin(tx.db, call, path->meeting_id, "meeting.attend"));
    const auto members = store::members_on(tx.db, step.body.code, step.meeting.on_date);
    for (std::size_t i = 0; i < in.entries.size(); ++i) {
      const auto& entry = in.entries[i];
      const auto at = "/entries/" + std::to_string(i);
      if (std::none_of(members.begin(), members.end(),
                       [&](const MemberRow& one) { return one.member_id == entry.member_id; }))
        return Problem({{at + "/member_id", "not_a_member", "ไม่ใช่กรรมการในวันประชุม",
                         "no member on the day of the meeting"}});
      if ((entry.presence == Presence::substitute) != entry.substitute_title_th.has_value())
        return Problem({{at + "/substitute_title_th", "required", "ระบุตำแหน่งผู้แทนเมื่อมีผู้แทนเท่านั้น",
                         "a substitute has a title, and only a substitute"}});
      store::put(tx.db, AttendanceRow{step.meeting.meeting_id, entry.member_id, entry.presence,
                                      entry.substitute_title_th});
    }
    const Attended change{static_cast<std::int64_t>(in.entries.size()),
                          floor_of(tx.db, step.meeting, step.body).quorum(nullptr)};
    return finish(tx, step, {to_json(change)});
  });
}

Result<Meeting> Committees::open_meeting(Call& call, const Path<MeetingPath>& path) {
  return acts_.run<Meeting>(call, "meeting.open", [&](Tx& tx) -> Result<Meeting> {
    auto step = TRY(begin(tx.db, call, path->meeting_id, "meeting.open"));
    step.meeting.starts_at = call.now;  // when it truly began, whatever the notice said
    step.meeting.on_date = call.now.bangkok_date();
    const auto quorum = floor_of(tx.db, step.meeting, step.body).quorum(nullptr);
    TRY(enough(quorum));
    bring_back(tx.db, step.meeting, step.body, call.now);
    return finish(tx, step, {to_json(Stepped{step.meeting.state, quorum, {}})});
  });
}

Result<Meeting> Committees::close_meeting(Call& call, const Path<MeetingPath>& path) {
  return acts_.run<Meeting>(call, "meeting.close", [&](Tx& tx) -> Result<Meeting> {
    auto step = TRY(begin(tx.db, call, path->meeting_id, "meeting.close"));
    step.meeting.ended_at = call.now;
    release_matters(tx.db, step.meeting);
    return finish(tx, step, {to_json(Stepped{step.meeting.state, {}, {}})});
  });
}

Result<Meeting> Committees::draft_minutes(Call& call, const Path<MeetingPath>& path) {
  return simple_step(call, path, "meeting.draft_minutes");
}

Result<Meeting> Committees::cancel_meeting(Call& call, const Path<MeetingPath>& path,
                                           const GivenReason& in) {
  return acts_.run<Meeting>(call, "meeting.cancel", [&](Tx& tx) -> Result<Meeting> {
    auto step = TRY(begin(tx.db, call, path->meeting_id, "meeting.cancel"));
    step.meeting.ended_reason = in.reason;
    release_matters(tx.db, step.meeting);
    return finish(tx, step, {to_json(Stepped{step.meeting.state, {}, in.reason})});
  });
}

Result<Meeting> Committees::correct_meeting(Call& call, const Path<MeetingPath>& path,
                                            const CorrectMeeting& in) {
  return acts_.run<Meeting>(call, "meeting.correct", [&](Tx& tx) -> Result<Meeting> {
    auto step = TRY(begin(tx.db, call, path->meeting_id, "meeting.correct"));
    auto& meeting = step.meeting;
    const auto was = meeting;
    meeting.number = in.number.value_or(meeting.number);
    meeting.on_date = in.on_date.value_or(meeting.on_date);
    if (in.place_th) meeting.place_th = in.place_th;
    if (in.place_en) meeting.place_en = in.place_en;
    meeting.chair_title_th = in.chair_title_th.value_or(meeting.chair_title_th);
    if (in.chair_title_en) meeting.chair_title_en = in.chair_title_en;
    NewMeeting right;
    right.body = meeting.body;
    right.number = meeting.number;
    right.on_date = meeting.on_date;
    if (auto wrong = faults(right, step.body); !wrong.empty()) return Problem(std::move(wrong));
    if (meeting.on_date > call.now.bangkok_date())
      return Problem({{"/on_date", "in_future", "ยังไม่ถึงวันประชุม", "must not be in the future"}});
    const auto other = store::meeting(tx.db, meeting.body, meeting.number);
    if (other && other->meeting_id != meeting.meeting_id) return errors::conflict;
    const auto& offices = call.caller->offices;
    const auto office = std::find_if(offices.begin(), offices.end(), [&](const HeldOffice& one) {
      return one.office_id == step.permit.office_id;
    });
    store::add(tx.db, MeetingCorrectionRow{CorrectionId::make(call.now),
                                           meeting.meeting_id,
                                           in.reason,
                                           {was},
                                           call.now,
                                           office->title_th});
    return finish(tx, step,
                  {to_json(MeetingCorrected{in.reason, meeting.number, meeting.on_date})});
  });
}

// ---- the agenda

Result<Created<AgendaItemRow>> Committees::add_item(Call& call, const Path<MeetingPath>& path,
                                                    const NewAgendaItem& in) {
  return created(
      acts_.run<AgendaItemRow>(call, "meeting.edit", [&](Tx& tx) -> Result<AgendaItemRow> {
        auto step = TRY(begin(tx.db, call, path->meeting_id, "meeting.edit"));
        const auto items = store::items(tx.db, step.meeting.meeting_id);
        if (static_cast<std::int64_t>(items.size()) >= items_max) return too_many_items();
        AgendaItemRow row;
        row.item_id = AgendaItemId::make(call.now);
        row.meeting_id = step.meeting.meeting_id;
        row.part = in.part;
        row.position = last_position(items, in.part) + 1;
        row.title_th = in.title_th;
        row.title_en = in.title_en;
        row.detail_th = in.detail_th;
        row.proposal_th = in.proposal_th;
        store::add(tx.db, row);
        finish(tx, step, {to_json(ItemChange{row.item_id, "added"})});
        return row;
      }));
}

Result<AgendaItemRow> Committees::edit_item(Call& call, const Path<AgendaItemPath>& path,
                                            const EditAgendaItem& in) {
  return acts_.run<AgendaItemRow>(call, "meeting.edit", [&](Tx& tx) -> Result<AgendaItemRow> {
    auto at = TRY(begin_item(tx.db, call, path->item_id, "meeting.edit"));
    auto& item = at.item;
    if (in.part && *in.part != item.part) {
      if (item.source_kind)
        return Problem(errors::wrong_state, "เรื่องที่ระบบนำเข้าวาระ ย้ายไปวาระอื่นไม่ได้",
                       "An item that came back by itself stays in its part.");
      item.part = *in.part;
      item.position = last_position(store::items(tx.db, item.meeting_id), item.part) + 1;
    }
    item.title_th = in.title_th.value_or(item.title_th);
    if (in.title_en) item.title_en = in.title_en;
    if (in.detail_th) item.detail_th = in.detail_th;
    if (in.proposal_th) item.proposal_th = in.proposal_th;
    store::change(tx.db, item);
    renumber(tx.db, store::items(tx.db, item.meeting_id));
    finish(tx, at.step, {to_json(ItemChange{item.item_id, "edited"})});
    return *store::item(tx.db, item.item_id);
  });
}

Result<Done> Committees::remove_item(Call& call, const Path<AgendaItemPath>& path) {
  return acts_.run<Done>(call, "meeting.edit", [&](Tx& tx) -> Result<Done> {
    auto at = TRY(begin_item(tx.db, call, path->item_id, "meeting.edit"));
    if (at.item.source_kind)
      return Problem(errors::wrong_state, "เรื่องที่ระบบนำเข้าวาระ เอาออกไม่ได้ ให้มีมติในที่ประชุม",
                     "An item that came back by itself cannot be taken out; resolve it.");
    for (const auto& resolution : store::of_meeting(tx.db, at.item.meeting_id))
      if (resolution.item_id == at.item.item_id)
        return Problem(errors::wrong_state, "เรื่องนี้มีมติแล้ว", "This item is resolved already.");
    store::remove_item(tx.db, at.item.item_id);
    renumber(tx.db, store::items(tx.db, at.item.meeting_id));
    finish(tx, at.step, {to_json(ItemChange{at.item.item_id, "removed"})});
    return Done{};
  });
}

Result<Meeting> Committees::order_items(Call& call, const Path<MeetingPath>& path,
                                        const AgendaOrder& in) {
  return acts_.run<Meeting>(call, "meeting.edit", [&](Tx& tx) -> Result<Meeting> {
    auto step = TRY(begin(tx.db, call, path->meeting_id, "meeting.edit"));
    const auto items = store::items(tx.db, step.meeting.meeting_id);
    std::vector<AgendaItemRow> ordered;
    for (const auto& id : in.items)
      for (const auto& item : items)
        if (item.item_id == id) ordered.push_back(item);
    const std::set<AgendaItemId> named(in.items.begin(), in.items.end());
    if (named.size() != items.size() || ordered.size() != items.size())
      return Problem({{"/items", "not_the_agenda", "ต้องระบุทุกเรื่องในระเบียบวาระ เรื่องละหนึ่งครั้ง",
                       "must name every item of the agenda once"}});
    renumber(tx.db, std::move(ordered));
    return finish(tx, step, {to_json(in)});
  });
}

Result<AgendaItemRow> Committees::write_discussion(Call& call, const Path<AgendaItemPath>& path,
                                                   const Discussion& in) {
  return acts_.run<AgendaItemRow>(call, "meeting.minute", [&](Tx& tx) -> Result<AgendaItemRow> {
    auto at = TRY(begin_item(tx.db, call, path->item_id, "meeting.minute"));
    at.item.discussion_th = LongText::parse(in.discussion_th.text());
    store::change(tx.db, at.item);
    finish(tx, at.step, {to_json(ItemChange{at.item.item_id, "discussed"})});
    return at.item;
  });
}

// A member declares for oneself; the secretariat writes down what is declared in the room.
Result<Done> Committees::declare_conflict(Call& call, const Path<AgendaItemPath>& path,
                                          const DeclareConflict& in) {
  return acts_.run<Done>(call, "conflict.declare", [&](Tx& tx) -> Result<Done> {
    const auto item = store::item(tx.db, path->item_id);
    if (!item) return errors::not_found;
    auto meeting = *store::meeting(tx.db, item->meeting_id);
    const auto body = *store::body(tx.db, meeting.body);
    const auto me = myself(tx.db, call, body, meeting.on_date);
    const bool own = !in.member_id || (me && me->member_id == *in.member_id);
    auto permit = TRY(own ? authority_.decide(call, "conflict.declare", {.area = body.province})
                          : permit_of(call, "meeting.attend", body));
    if (own && !me)
      return Problem(errors::forbidden, "ท่านไม่ได้เป็นกรรมการของคณะนี้",
                     "You are no member of this body.");
    const auto member_id = own ? me->member_id : *in.member_id;
    const auto members = store::members_on(tx.db, body.code, meeting.on_date);
    if (std::none_of(members.begin(), members.end(),
                     [&](const MemberRow& one) { return one.member_id == member_id; }))
      return Problem({{"/member_id", "not_a_member", "ไม่ใช่กรรมการในวันประชุม",
                       "no member on the day of the meeting"}});
    if (!agenda_open(meeting.state)) return errors::wrong_state;
    for (const auto& resolution : store::of_meeting(tx.db, meeting.meeting_id))
      if (resolution.item_id == item->item_id) return errors::wrong_state;
    for (const auto& there : store::conflicts(tx.db, meeting.meeting_id))
      if (there.item_id == item->item_id && there.member_id == member_id) return errors::conflict;
    store::add(tx.db, ConflictRow{item->item_id, member_id, in.reason_th, call.now});
    Step step{meeting, body, std::move(permit)};
    finish(tx, step, {to_json(ItemConflict{item->item_id, member_id})});
    return Done{};
  });
}

// ---- resolutions

namespace {

Resolution resolution_of(const AgendaItemRow& item, const Meeting& meeting, const Body& body,
                         const ResolveItem& in, const Quorum& quorum, Instant now) {
  Resolution out;
  out.resolution_id = ResolutionId::make(now);
  out.meeting_id = meeting.meeting_id;
  out.body = meeting.body;
  out.number = in.number.value_or(number_of(item.part, item.position));
  out.kind = in.kind;
  out.kind_th = in.kind_th.value_or(*Title::parse(verb_th(in.kind)));
  out.text_th = in.text_th;
  out.text_en = in.text_en;
  out.on_date = meeting.on_date;
  out.agenda_th = item.title_th;
  out.agenda_en = item.title_en;
  out.subject_kind = item.source_kind;
  out.subject_id = item.source_id;
  if (in.parts) out.parts = {*in.parts};
  if (in.follow_up)
    for (const auto& one : *in.follow_up)
      out.follow_up.value.push_back({one.text_th, one.text_en.value_or(one.text_th),
                                     one.responsible_bodies.value_or(List<Key, 20>{}), one.due});
  out.verified = true;
  out.recorded_at = now;
  out.is_public = in.is_public.value_or(!body.province);
  out.item_id = item.item_id;
  if (in.votes) {
    out.votes_for = in.votes->in_favour;
    out.votes_against = in.votes->against;
    out.votes_abstain = in.votes->abstain;
  }
  out.members_present = quorum.present;
  out.quorum_needed = quorum.needed;
  return out;
}

NewResolution as_new(const Resolution& resolution) {
  NewResolution out;
  out.number = resolution.number;
  out.subject_kind = resolution.subject_kind;
  out.subject_id = resolution.subject_id;
  return out;
}

Result<Done> votes_fit(const MajorityRule& rule, const ResolveItem& in, const Quorum& quorum) {
  if (!in.votes) return Done{};
  if (auto wrong = faults(*in.votes, quorum, "/votes"); !wrong.empty())
    return Problem(std::move(wrong));
  if (!fits(in.kind, carried(rule, *in.votes)))
    return Problem({{"/kind", "not_the_majority", "มติไม่ตรงกับผลการลงคะแนน",
                     "the resolution does not follow from the votes"}});
  return Done{};
}

}  // namespace

Result<Created<Resolution>> Committees::resolve_item(Call& call, const Path<AgendaItemPath>& path,
                                                     const ResolveItem& in) {
  return created(acts_.run<Resolution>(call, "meeting.resolve", [&](Tx& tx) -> Result<Resolution> {
    auto at = TRY(begin_item(tx.db, call, path->item_id, "meeting.resolve"));
    const auto floor = floor_of(tx.db, at.step.meeting, at.step.body);
    const auto quorum = floor.quorum(&at.item.item_id);
    TRY(enough(quorum));
    TRY(votes_fit(floor.law ? floor.law->majority : MajorityRule{}, in, quorum));
    auto resolution = resolution_of(at.item, at.step.meeting, at.step.body, in, quorum, call.now);
    const auto before = store::of_meeting(tx.db, at.item.meeting_id);
    if (decided(before, as_new(resolution)))
      return Problem(
          errors::conflict, "มติข้อ " + resolution.number.text() + " ของการประชุมนี้ได้บันทึกไว้แล้ว",
          "Resolution " + resolution.number.text() + " of this meeting is recorded already.");
    resolution.position = before.empty() ? 1 : before.back().position + 1;
    store::add(tx.db, resolution);
    TRY(follow(tx, call, at, resolution, in));
    const ItemResolved change{
        resolution.meeting_id,
        at.item.item_id,
        resolution.number,
        resolution.kind,
        resolution.subject_kind,
        resolution.subject_id,
        in.votes,
        quorum,
        static_cast<std::int64_t>(in.follow_up ? in.follow_up->size() : 0),
        static_cast<std::int64_t>(in.memberships ? in.memberships->size() : 0)};
    finish_about(tx, at.step, "resolution", resolution.resolution_id.text(), {to_json(change)});
    return resolution;
  }));
}

// What follows from a resolution: work, memberships, adopted minutes, a matter that goes on.
Result<Done> Committees::follow(Tx& tx, const Call& call, const ItemStep& at,
                                const Resolution& resolution, const ResolveItem& in) {
  if (in.follow_up)
    for (const auto& work : *in.follow_up)
      store::add(tx.db, AssignmentRow{AssignmentId::make(call.now),
                                      at.step.body.province,
                                      resolution.resolution_id,
                                      resolution.meeting_id,
                                      resolution.body,
                                      work.kind.value_or(AssignmentKind::assignment),
                                      work.text_th,
                                      work.text_en,
                                      work.responsible_th,
                                      work.responsible_role,
                                      work.responsible_area,
                                      work.due,
                                      AssignmentState::open,
                                      0,
                                      {},
                                      {},
                                      call.now});
  if (in.memberships)
    for (std::size_t i = 0; i < in.memberships->size(); ++i) {
      const auto& membership = (*in.memberships)[i];
      const auto body = store::body(tx.db, membership.body);
      if (!body)
        return Problem({{"/memberships/" + std::to_string(i) + "/body", "unknown_body",
                         "ไม่พบคณะที่ระบุ", "there is no such body"}});
      TRY(permit_of(call, "member.appoint", *body));
      auto member = membership.member;
      member.resolution_id = resolution.resolution_id;
      const auto position = static_cast<std::int64_t>(store::members(tx.db, body->code).size()) + 1;
      TRY(seat_within(tx, call, *body, member, position));
    }
  if (!at.item.source_kind) return Done{};
  const bool adopts = resolution.kind == ResolutionKind::approve ||
                      resolution.kind == ResolutionKind::approve_with_changes;
  if (at.item.source_kind->text() == "minutes" && adopts) {
    auto earlier = store::meeting(tx.db, *MeetingId::parse(at.item.source_id->text()));
    CHECK(earlier.has_value());
    if (earlier->state == MeetingState::minutes_drafted) {
      earlier->state = MeetingState::minutes_adopted;
      earlier->adopted_in = resolution.meeting_id;
      ++earlier->version;
      store::change(tx.db, *earlier);
    }
  }
  if (at.item.source_kind->text() == "urgent_matter")
    matter_resolved(tx, call, *MatterId::parse(at.item.source_id->text()), resolution);
  return Done{};
}

// ---- reading

WholeMeeting Committees::whole_page(db::Connection& db, const Call& call, const Meeting& meeting,
                                    const Body& body) const {
  WholeMeeting page;
  page.meeting = meeting;
  page.body = body;
  page.version = meeting.version;
  const auto floor = floor_of(db, meeting, body);
  page.constitution = floor.law;
  page.quorum = floor.quorum(nullptr);
  const auto answers = store::answers(db, meeting.meeting_id);
  for (const auto& member : floor.members) {
    Seated seated{shown(member, body, true), Presence::absent, {}, {}, {}};
    for (const auto& row : floor.attendance)
      if (row.member_id == member.member_id) {
        seated.presence = row.presence;
        seated.substitute_title_th = row.substitute_title_th;
      }
    for (const auto& row : answers)
      if (row.member_id == member.member_id) {
        seated.answer = row.answer;
        seated.answer_reason_th = row.reason_th;
      }
    page.members.push_back(std::move(seated));
  }
  const auto resolutions = store::of_meeting(db, meeting.meeting_id);
  for (const auto& row : store::items(db, meeting.meeting_id)) {
    AgendaItem item{row.item_id,
                    row.part,
                    number_of(row.part, row.position),
                    row.title_th,
                    row.title_en,
                    row.detail_th,
                    row.proposal_th,
                    row.source_kind,
                    row.source_id,
                    row.discussion_th,
                    store::papers(db, "agenda_item", row.item_id.text()),
                    {},
                    floor.quorum(&row.item_id),
                    {}};
    for (const auto& conflict : floor.conflicts)
      if (conflict.item_id == row.item_id)
        item.conflicts.push_back({conflict.member_id, conflict.reason_th, conflict.declared_at});
    for (const auto& resolution : resolutions)
      if (resolution.item_id == row.item_id) item.resolutions.push_back(resolution);
    page.items.push_back(std::move(item));
  }
  page.assignments = store::assignments_of(db, meeting.meeting_id);
  page.corrections = store::corrections(db, meeting.meeting_id);
  if (const auto me = myself(db, call, body, meeting.on_date)) page.my_member_id = me->member_id;
  page.acted_for_by_me = permit_of(call, "meeting.plan", body).ok();
  return page;
}

Result<WholeMeeting> Committees::get_meeting(Call& call, const Path<MeetingPath>& path) {
  return database_.snapshot([&](db::Connection& db) -> Result<WholeMeeting> {
    const auto meeting = store::meeting(db, path->meeting_id);
    if (!meeting) return errors::not_found;
    const auto body = *store::body(db, meeting->body);
    TRY(readable(db, call, body, meeting->on_date));
    auto page = whole_page(db, call, *meeting, body);
    if (meeting->form == MeetingForm::circulation) page.circulation = counted(db, *meeting, body);
    return page;
  });
}

std::vector<authority::NextAct> Committees::next_of(const Call& call, const Meeting& meeting,
                                                    const Body& body) const {
  Call narrowed = call;
  if (narrowed.caller && body.secretariat)
    std::erase_if(narrowed.caller->offices, [&](const HeldOffice& office) {
      return office.role != body.secretariat->text();
    });
  const authority::Object object{.area = body.province};
  if (meeting.form == MeetingForm::sitting)
    return authority_.next_acts(narrowed, sitting_life, meeting.state, object);
  return authority_.next_acts(narrowed, circulation_life, meeting.state, object);
}

Result<authority::NextActs> Committees::meeting_acts(Call& call, const Path<MeetingPath>& path) {
  return database_.snapshot([&](db::Connection& db) -> Result<authority::NextActs> {
    const auto meeting = store::meeting(db, path->meeting_id);
    if (!meeting) return errors::not_found;
    const auto body = *store::body(db, meeting->body);
    TRY(readable(db, call, body, meeting->on_date));
    authority::NextActs acts{next_of(call, *meeting, body)};
    const auto me = myself(db, call, body, meeting->on_date);
    for (auto& act : acts.items) {
      // Members answer, not the secretariat as such.
      if (act.act != "circulation.answer") continue;
      act.allowed = me.has_value() && authority_.may(call, act.act, {.area = body.province});
      if (act.allowed) act.why_not_th = act.why_not_en = "";
    }
    return acts;
  });
}

Result<RunningMeetings> Committees::list_running(Call& call) {
  return database_.snapshot([&](db::Connection& db) -> Result<RunningMeetings> {
    RunningMeetings out;
    std::map<std::string, std::pair<Body, bool>> bodies;
    for (const auto& meeting : store::running(db)) {
      auto found = bodies.find(meeting.body.text());
      if (found == bodies.end()) {
        auto body = *store::body(db, meeting.body);
        const bool may = readable(db, call, body, meeting.on_date).ok();
        found = bodies.emplace(meeting.body.text(), std::pair(std::move(body), may)).first;
      }
      const auto& [body, may] = found->second;
      if (!may) continue;
      RunningMeeting one{meeting, body.name_th, body.name_en,
                         store::count_items(db, meeting.meeting_id)};
      const auto me = myself(db, call, body, meeting.on_date);
      one.seated = me.has_value();
      one.acted_for_by_me = permit_of(call, "meeting.plan", body).ok();
      if (meeting.form == MeetingForm::circulation) {
        const auto answers = store::answers(db, meeting.meeting_id);
        one.waits_for_my_answer =
            me && std::none_of(answers.begin(), answers.end(), [&](const AnswerRow& row) {
              return row.member_id == me->member_id;
            });
      }
      out.items.push_back(std::move(one));
    }
    return out;
  });
}

}  // namespace changwat::committees
