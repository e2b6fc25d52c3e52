// Resolutions sent round (เวียน): sent, answered by a deadline, counted.

#include <algorithm>

#include "modules/committees/committees.hpp"
#include "modules/committees/life.hpp"
#include "modules/committees/rules.hpp"
#include "modules/committees/store.hpp"
#include "modules/committees/store_meetings.hpp"

namespace changwat::committees {
namespace {

struct Sent {
  Key body;
  MeetingNumber number;
  Instant deadline_at;
  std::optional<MatterId> matter_id;
};
BOOST_DESCRIBE_STRUCT(Sent, (), (body, number, deadline_at, matter_id))

struct Answered {
  MemberId member_id;
  CirculationAnswer answer = CirculationAnswer::agree;
};
BOOST_DESCRIBE_STRUCT(Answered, (), (member_id, answer))

struct Counted {
  CirculationCount count;
  std::optional<ResolutionId> resolution_id;
};
BOOST_DESCRIBE_STRUCT(Counted, (), (count, resolution_id))

std::string outcome_th(const CirculationCount& count) {
  const auto votes = "เห็นชอบ " + std::to_string(count.votes.in_favour) + " ไม่เห็นชอบ " +
                     std::to_string(count.votes.against) + " งดออกเสียง " +
                     std::to_string(count.votes.abstain) + " จากกรรมการ " +
                     std::to_string(count.members) + " คน";
  switch (count.outcome) {
    case CirculationOutcome::carried:
      return "ที่ประชุมมีมติเห็นชอบโดยการเวียน: " + votes;
    case CirculationOutcome::not_carried:
      return "ไม่เห็นชอบ: " + votes;
    case CirculationOutcome::too_few_answers:
      return "ตอบไม่ครบองค์ประชุม: " + votes;
    case CirculationOutcome::meeting_called_for:
      return "มีกรรมการขอให้นำเข้าที่ประชุม: " + votes;
  }
  CHECK(false);
  return {};
}

}  // namespace

Result<Meeting> Committees::circulate_within(Tx& tx, const Call& call, const Body& body,
                                             const NewCirculation& in,
                                             const std::optional<MatterId>& matter,
                                             bool demonstration) {
  const auto permit = TRY(permit_of(call, "circulation.send", body));
  const auto today = call.now.bangkok_date();
  const auto* law = book_.constitution(body, today);
  if (!law || !law->circulation.allowed)
    return Problem(errors::wrong_state, "คณะนี้มีมติโดยการเวียนไม่ได้",
                   "This body cannot resolve by circulation.");
  if (auto wrong = faults(in, body, call.now); !wrong.empty()) return Problem(std::move(wrong));
  if (store::meeting(tx.db, in.body, in.number))
    return Problem(errors::conflict, "มีการเวียนมติเลขที่ " + in.number.text() + " แล้ว",
                   "There is a circulation " + in.number.text() + " already.");
  Meeting meeting;
  meeting.meeting_id = MeetingId::make(call.now);
  meeting.body = in.body;
  meeting.number = in.number;
  meeting.on_date = today;
  for (const auto& seat : law->seats)
    if (seat.place == SeatPlace::chair) {
      meeting.chair_title_th = seat.title_th;
      meeting.chair_title_en = seat.title_en;
    }
  meeting.verified = true;  // it is run here
  meeting.recorded_at = call.now;
  meeting.form = MeetingForm::circulation;
  meeting.state = MeetingState::called;
  meeting.deadline_at = in.deadline_at;
  meeting.demonstration = demonstration;
  store::add(tx.db, meeting);
  AgendaItemRow item;
  item.item_id = AgendaItemId::make(call.now);
  item.meeting_id = meeting.meeting_id;
  item.part = *AgendaPart::of_count(part_consider);
  item.position = 1;
  item.title_th = in.title_th;
  item.detail_th = in.detail_th;
  item.proposal_th = in.proposal_th;
  if (matter) {
    item.source_kind = *Key::parse("urgent_matter");
    item.source_id = *SubjectId::parse(matter->text());
  }
  store::add(tx.db, item);
  tx.record({.subject_kind = "meeting",
             .subject_id = meeting.meeting_id.text(),
             .province = body.province,
             .office_id = permit.office_id,
             .authority = permit.chain(),
             .change = {to_json(Sent{in.body, in.number, in.deadline_at, matter})}});
  return meeting;
}

Result<Meeting> Committees::send_round(const Call& call, const NewCirculation& in, Origin origin) {
  return acts_.run<Meeting>(call, "circulation.send", [&](Tx& tx) -> Result<Meeting> {
    const auto body = store::body(tx.db, in.body);
    if (!body) return Problem({{"/body", "unknown_body", "ไม่พบคณะที่ระบุ", "there is no such body"}});
    return circulate_within(tx, call, *body, in, {}, origin == Origin::demonstration);
  });
}

Result<Created<Meeting>> Committees::circulate(Call& call, const NewCirculation& in) {
  auto made = send_round(call, in, Origin::real);
  if (!made.ok()) return std::move(made).problem();
  return Created<Meeting>{std::move(made).value()};
}

// An answer may be changed until the deadline; the last one counts.
Result<Done> Committees::answer_circulation(Call& call, const Path<MeetingPath>& path,
                                            const GiveAnswer& in) {
  return acts_.run<Done>(call, "circulation.answer", [&](Tx& tx) -> Result<Done> {
    const auto meeting = store::meeting(tx.db, path->meeting_id);
    if (!meeting) return errors::not_found;
    const auto body = *store::body(tx.db, meeting->body);
    const auto permit = TRY(authority_.decide(call, "circulation.answer", {.area = body.province}));
    const auto me = myself(tx.db, call, body, meeting->on_date);
    if (!me)
      return Problem(errors::forbidden, "ท่านไม่ได้เป็นกรรมการของคณะนี้",
                     "You are no member of this body.");
    if (meeting->form != MeetingForm::circulation || meeting->state != MeetingState::called)
      return errors::wrong_state;
    if (call.now > *meeting->deadline_at)
      return Problem(errors::wrong_state, "พ้นกำหนดตอบแล้ว", "The time to answer is over.");
    const auto floor = floor_of(tx.db, *meeting, body);
    if (!floor.voting(*me))
      return Problem(errors::forbidden, "ตำแหน่งของท่านในคณะไม่มีสิทธิออกเสียง", "Your seat has no vote.");
    for (const auto& conflict : floor.conflicts)
      if (conflict.member_id == me->member_id)
        return Problem(errors::wrong_state, "ท่านแจ้งส่วนได้เสียในเรื่องนี้แล้ว จึงออกเสียงไม่ได้",
                       "You declared a conflict of interest and cannot vote.");
    store::put(tx.db,
               AnswerRow{meeting->meeting_id, me->member_id, in.answer, in.reason_th, call.now});
    tx.record({.subject_kind = "meeting",
               .subject_id = meeting->meeting_id.text(),
               .province = body.province,
               .office_id = permit.office_id,
               .authority = permit.chain(),
               .change = {to_json(Answered{me->member_id, in.answer})}});
    return Done{};
  });
}

CirculationCount Committees::counted(db::Connection& db, const Meeting& meeting,
                                     const Body& body) const {
  const auto floor = floor_of(db, meeting, body);
  std::vector<CirculationAnswer> answers;
  std::int64_t voting = 0;
  for (const auto& member : floor.members) voting += floor.voting(member) ? 1 : 0;
  for (const auto& row : store::answers(db, meeting.meeting_id)) {
    const bool conflicted =
        std::any_of(floor.conflicts.begin(), floor.conflicts.end(),
                    [&](const ConflictRow& one) { return one.member_id == row.member_id; });
    if (!conflicted) answers.push_back(row.answer);
  }
  return committees::count_circulation(floor.law.value_or(Constitution{}), voting, answers);
}

// Before the deadline only if nothing more can be answered.
Result<Meeting> Committees::count_circulation(Call& call, const Path<MeetingPath>& path) {
  return acts_.run<Meeting>(call, "circulation.count", [&](Tx& tx) -> Result<Meeting> {
    auto step = TRY(begin(tx.db, call, path->meeting_id, "circulation.count"));
    const auto count = counted(tx.db, step.meeting, step.body);
    const auto conflicts = store::conflicts(tx.db, step.meeting.meeting_id);
    const bool all = count.answers + static_cast<std::int64_t>(conflicts.size()) >= count.members;
    if (call.now <= *step.meeting.deadline_at && !all &&
        count.outcome != CirculationOutcome::meeting_called_for)
      return Problem(errors::wrong_state, "ยังไม่พ้นกำหนดตอบ และยังตอบไม่ครบทุกคน",
                     "The deadline has not passed and not everybody has answered.");
    step.meeting.ended_reason = *LongText::parse(outcome_th(count));
    std::optional<ResolutionId> resolution_id;
    if (count.outcome == CirculationOutcome::carried) {
      const auto item = store::items(tx.db, step.meeting.meeting_id).front();
      Resolution out;
      out.resolution_id = ResolutionId::make(call.now);
      out.meeting_id = step.meeting.meeting_id;
      out.body = step.body.code;
      out.position = 1;
      out.number = *ItemNumber::parse("1");
      out.kind = ResolutionKind::approve;
      out.kind_th = *Title::parse(verb_th(out.kind));
      out.text_th = *item.proposal_th;
      out.on_date = call.now.bangkok_date();
      out.agenda_th = item.title_th;
      out.subject_kind = item.source_kind;
      out.subject_id = item.source_id;
      out.verified = true;
      out.recorded_at = call.now;
      out.is_public = !step.body.province;
      out.item_id = item.item_id;
      out.votes_for = count.votes.in_favour;
      out.votes_against = count.votes.against;
      out.votes_abstain = count.votes.abstain;
      out.members_present = count.answers;
      out.quorum_needed = count.needed;
      store::add(tx.db, out);
      resolution_id = out.resolution_id;
      if (item.source_kind)
        matter_resolved(tx, call, *MatterId::parse(item.source_id->text()), out);
    }
    release_matters(tx.db, step.meeting);
    return finish(tx, step, {to_json(Counted{count, resolution_id})});
  });
}

}  // namespace changwat::committees
