#pragma once
// Members of bodies, and what a meeting is made of from its call to its minutes.

#include "base/money.hpp"

#include "modules/authority/model.hpp"
#include "modules/committees/quorum.hpp"

namespace changwat::committees {

using MemberId = Id<struct MemberTag>;
using AssignmentId = Id<struct AssignmentTag>;
using PaperId = Id<struct PaperTag>;
using CorrectionId = Id<struct CorrectionTag>;
using ReportId = Id<struct ReportTag>;
using SubjectId = Text<1, 64>;
using PersonName = Text<1, 200>;

// ---- members

struct MemberRow {
  MemberId member_id;
  Key body;
  Key seat;
  std::int64_t position = 0;          // in the list of the order of appointment
  std::optional<PersonName> name_th;  // of who sits by name; told to who is signed in only
  Title title_th;                     // the post by which, or beside which, one sits
  std::optional<Title> title_en;
  std::optional<std::string> person_id;  // the account that acts as this member
  std::optional<Title> order_number;     // คำสั่ง ที่ 478/2564
  std::optional<Date> order_date;
  std::optional<ResolutionId> resolution_id;  // that made the membership
  Date from_date;
  std::optional<Date> to_date;  // last day
  std::optional<LongText> end_reason;
  Instant recorded_at;
};
BOOST_DESCRIBE_STRUCT(MemberRow, (),
                      (member_id, body, seat, position, name_th, title_th, title_en, person_id,
                       order_number, order_date, resolution_id, from_date, to_date, end_reason,
                       recorded_at))

struct NewMember {
  Key seat;
  std::optional<PersonName> name_th;
  Title title_th;
  std::optional<Title> title_en;
  std::optional<Key> username;  // of the account that is to act as this member
  std::optional<Title> order_number;
  std::optional<Date> order_date;
  std::optional<ResolutionId> resolution_id;
  Date from_date;
  std::optional<Date> to_date;
};
BOOST_DESCRIBE_STRUCT(NewMember, (),
                      (seat, name_th, title_th, title_en, username, order_number, order_date,
                       resolution_id, from_date, to_date))

struct EndMember {
  Date to_date;  // last day
  LongText reason;
};
BOOST_DESCRIBE_STRUCT(EndMember, (), (to_date, reason))

// A member as pages show one.
struct CommitteeMember {
  MemberId member_id;
  Key seat;
  Title seat_th;
  Title seat_en;
  SeatPlace place = SeatPlace::member;
  bool voting = true;
  std::optional<PersonName> name_th;
  Title title_th;
  std::optional<Title> title_en;
  std::optional<Title> order_number;
  std::optional<Date> order_date;
  std::optional<ResolutionId> resolution_id;
  Date from_date;
  std::optional<Date> to_date;
  std::optional<LongText> end_reason;
};
BOOST_DESCRIBE_STRUCT(CommitteeMember, (),
                      (member_id, seat, seat_th, seat_en, place, voting, name_th, title_th,
                       title_en, order_number, order_date, resolution_id, from_date, to_date,
                       end_reason))

struct MemberPath {
  MemberId member_id;
};
BOOST_DESCRIBE_STRUCT(MemberPath, (), (member_id))

struct BodyPage {
  Body body;
  std::optional<Constitution> constitution;  // in force today
  std::vector<CommitteeMember> members;      // in office today, then those before
  bool acted_for_by_me = false;              // the caller holds an office of its secretariat
};
BOOST_DESCRIBE_STRUCT(BodyPage, (), (body, constitution, members, acted_for_by_me))

// ---- the life of a meeting

struct PlanMeeting {
  Key body;
  MeetingNumber number;
  Instant starts_at;
  std::optional<Title> place_th;
  std::optional<Title> place_en;
  std::optional<Title> chair_title_th;  // none: the title of the chair's seat
  std::optional<Title> chair_title_en;
};
BOOST_DESCRIBE_STRUCT(PlanMeeting, (),
                      (body, number, starts_at, place_th, place_en, chair_title_th, chair_title_en))

struct EditMeeting {
  std::optional<Instant> starts_at;
  std::optional<Title> place_th;
  std::optional<Title> place_en;
  std::optional<Title> chair_title_th;
  std::optional<Title> chair_title_en;
};
BOOST_DESCRIBE_STRUCT(EditMeeting, (),
                      (starts_at, place_th, place_en, chair_title_th, chair_title_en))

struct CallMeeting {
  std::optional<Title> notice_number;
  std::optional<Date> notice_date;
};
BOOST_DESCRIBE_STRUCT(CallMeeting, (), (notice_number, notice_date))

struct GivenReason {
  LongText reason;
};
BOOST_DESCRIBE_STRUCT(GivenReason, (), (reason))

struct MeetingPath {
  MeetingId meeting_id;
};
BOOST_DESCRIBE_STRUCT(MeetingPath, (), (meeting_id))

// The six parts (วาระ) of an official agenda.
inline constexpr std::int64_t part_chair = 1, part_minutes = 2, part_arising = 3,
                              part_acknowledge = 4, part_consider = 5, part_other = 6;
class AgendaPart {
 public:
  static std::optional<AgendaPart> of_count(std::int64_t n) {
    if (n < part_chair || n > part_other) return std::nullopt;
    AgendaPart part;
    part.count_ = n;
    return part;
  }
  std::int64_t count() const { return count_; }
  static Word word() {
    return {.name = "AgendaPart",
            .format = "",
            .pattern = "",
            .min = part_chair,
            .max = part_other,
            .th = "ต้องเป็นระเบียบวาระที่ 1–6",
            .en = "must be a part of the agenda from 1 to 6"};
  }
  friend auto operator<=>(AgendaPart, AgendaPart) = default;

 private:
  std::int64_t count_ = part_consider;
};

struct AgendaItemRow {
  AgendaItemId item_id;
  MeetingId meeting_id;
  AgendaPart part;
  std::int64_t position = 0;  // within the part, from 1
  Title title_th;
  std::optional<Title> title_en;
  std::optional<LongText> detail_th;
  std::optional<LongText> proposal_th;  // what the meeting is asked to resolve
  std::optional<Key> source_kind;       // minutes, assignment, circulation, urgent_matter …
  std::optional<SubjectId> source_id;
  std::optional<LongText> discussion_th;  // what the minutes say was discussed
};
BOOST_DESCRIBE_STRUCT(AgendaItemRow, (),
                      (item_id, meeting_id, part, position, title_th, title_en, detail_th,
                       proposal_th, source_kind, source_id, discussion_th))

struct NewAgendaItem {
  AgendaPart part;
  Title title_th;
  std::optional<Title> title_en;
  std::optional<LongText> detail_th;
  std::optional<LongText> proposal_th;
};
BOOST_DESCRIBE_STRUCT(NewAgendaItem, (), (part, title_th, title_en, detail_th, proposal_th))

struct EditAgendaItem {
  std::optional<AgendaPart> part;
  std::optional<Title> title_th;
  std::optional<Title> title_en;
  std::optional<LongText> detail_th;
  std::optional<LongText> proposal_th;
};
BOOST_DESCRIBE_STRUCT(EditAgendaItem, (), (part, title_th, title_en, detail_th, proposal_th))

struct Discussion {
  Text<0, 4000> discussion_th;
};
BOOST_DESCRIBE_STRUCT(Discussion, (), (discussion_th))

struct AgendaItemPath {
  AgendaItemId item_id;
};
BOOST_DESCRIBE_STRUCT(AgendaItemPath, (), (item_id))

struct AgendaOrder {
  List<AgendaItemId, 100> items;  // all of them; the order within each part is taken
};
BOOST_DESCRIBE_STRUCT(AgendaOrder, (), (items))

struct AttendanceRow {
  MeetingId meeting_id;
  MemberId member_id;
  Presence presence = Presence::absent;
  std::optional<Title> substitute_title_th;
};
BOOST_DESCRIBE_STRUCT(AttendanceRow, (), (meeting_id, member_id, presence, substitute_title_th))

struct AttendanceEntry {
  MemberId member_id;
  Presence presence = Presence::absent;
  std::optional<Title> substitute_title_th;
};
BOOST_DESCRIBE_STRUCT(AttendanceEntry, (), (member_id, presence, substitute_title_th))

struct Attendance {
  List<AttendanceEntry, 300> entries;
};
BOOST_DESCRIBE_STRUCT(Attendance, (), (entries))

struct ConflictRow {
  AgendaItemId item_id;
  MemberId member_id;
  LongText reason_th;
  Instant declared_at;
};
BOOST_DESCRIBE_STRUCT(ConflictRow, (), (item_id, member_id, reason_th, declared_at))

struct DeclareConflict {
  std::optional<MemberId> member_id;  // none: the caller; another only by the secretariat
  LongText reason_th;
};
BOOST_DESCRIBE_STRUCT(DeclareConflict, (), (member_id, reason_th))

struct AnswerRow {
  MeetingId meeting_id;
  MemberId member_id;
  CirculationAnswer answer = CirculationAnswer::agree;
  std::optional<LongText> reason_th;
  Instant answered_at;
};
BOOST_DESCRIBE_STRUCT(AnswerRow, (), (meeting_id, member_id, answer, reason_th, answered_at))

struct GiveAnswer {
  CirculationAnswer answer = CirculationAnswer::agree;
  std::optional<LongText> reason_th;
};
BOOST_DESCRIBE_STRUCT(GiveAnswer, (), (answer, reason_th))

struct NewCirculation {
  Key body;
  MeetingNumber number;  // ว1/2569
  Title title_th;
  LongText detail_th;
  LongText proposal_th;  // the resolution, if it is carried
  Instant deadline_at;
};
BOOST_DESCRIBE_STRUCT(NewCirculation, (),
                      (body, number, title_th, detail_th, proposal_th, deadline_at))

// ---- papers

struct PaperRow {
  PaperId paper_id;
  Key subject_kind;  // agenda_item, assignment
  SubjectId subject_id;
  Text<1, 200> name;
  std::int64_t bytes = 0;
  std::string media_type;
  std::string sha256;
  Instant added_at;
};
BOOST_DESCRIBE_STRUCT(PaperRow, (),
                      (paper_id, subject_kind, subject_id, name, bytes, media_type, sha256,
                       added_at))

struct PaperQuery {
  Text<1, 200> name;
};
BOOST_DESCRIBE_STRUCT(PaperQuery, (), (name))

struct PaperPath {
  PaperId paper_id;
};
BOOST_DESCRIBE_STRUCT(PaperPath, (), (paper_id))

// ---- resolutions and what they give people to do

enum class AssignmentKind { assignment, obligation };
BOOST_DESCRIBE_ENUM(AssignmentKind, assignment, obligation)

enum class AssignmentState { open, reported, done, dropped };
BOOST_DESCRIBE_ENUM(AssignmentState, open, reported, done, dropped)

struct NewAssignment {
  std::optional<AssignmentKind> kind;
  LongText text_th;
  std::optional<LongText> text_en;
  Title responsible_th;                 // who, as the minutes say it
  std::optional<Key> responsible_role;  // whose office reports, with the area
  std::optional<AreaCode> responsible_area;
  std::optional<List<Key, 20>> responsible_bodies;
  std::optional<Date> due;
};
BOOST_DESCRIBE_STRUCT(NewAssignment, (),
                      (kind, text_th, text_en, responsible_th, responsible_role, responsible_area,
                       responsible_bodies, due))

struct NewMembership {
  Key body;
  NewMember member;
};
BOOST_DESCRIBE_STRUCT(NewMembership, (), (body, member))

struct ResolveItem {
  std::optional<ItemNumber> number;  // none: that of the item, "5.1"
  ResolutionKind kind = ResolutionKind::approve;
  std::optional<Title> kind_th;  // the verb of the minutes, where it is another
  LongText text_th;
  std::optional<LongText> text_en;
  std::optional<Votes> votes;     // none: no vote was taken
  std::optional<bool> is_public;  // none: yes for bodies of the whole country, no for provincial
  std::optional<List<ResolutionPart, 50>> parts;
  std::optional<List<NewAssignment, 50>> follow_up;
  std::optional<List<NewMembership, 50>> memberships;
};
BOOST_DESCRIBE_STRUCT(ResolveItem, (),
                      (number, kind, kind_th, text_th, text_en, votes, is_public, parts, follow_up,
                       memberships))

struct CorrectMeeting {
  LongText reason;
  std::optional<MeetingNumber> number;
  std::optional<Date> on_date;
  std::optional<Title> place_th;
  std::optional<Title> place_en;
  std::optional<Title> chair_title_th;
  std::optional<Title> chair_title_en;
};
BOOST_DESCRIBE_STRUCT(CorrectMeeting, (),
                      (reason, number, on_date, place_th, place_en, chair_title_th, chair_title_en))

struct CorrectResolution {
  LongText reason;
  std::optional<ItemNumber> number;
  std::optional<ResolutionKind> kind;
  std::optional<LongText> text_th;
  std::optional<LongText> text_en;
};
BOOST_DESCRIBE_STRUCT(CorrectResolution, (), (reason, number, kind, text_th, text_en))

struct MeetingCorrectionRow {
  CorrectionId correction_id;
  MeetingId meeting_id;
  LongText reason;
  Json<Meeting> was;  // as the meeting stood before
  Instant corrected_at;
  std::string corrected_by;  // title of the office
};
BOOST_DESCRIBE_STRUCT(MeetingCorrectionRow, (),
                      (correction_id, meeting_id, reason, was, corrected_at, corrected_by))

struct AssignmentRow {
  AssignmentId assignment_id;
  std::optional<AreaCode> province;
  ResolutionId resolution_id;
  MeetingId meeting_id;
  Key body;
  AssignmentKind kind = AssignmentKind::assignment;
  LongText text_th;
  std::optional<LongText> text_en;
  Title responsible_th;
  std::optional<Key> responsible_role;
  std::optional<AreaCode> responsible_area;
  std::optional<Date> due;
  AssignmentState state = AssignmentState::open;
  std::int64_t version = 0;
  std::optional<LongText> closing_note_th;
  std::optional<Instant> closed_at;
  Instant made_at;
};
BOOST_DESCRIBE_STRUCT(AssignmentRow, (),
                      (assignment_id, province, resolution_id, meeting_id, body, kind, text_th,
                       text_en, responsible_th, responsible_role, responsible_area, due, state,
                       version, closing_note_th, closed_at, made_at))

struct AssignmentReportRow {
  ReportId report_id;
  AssignmentId assignment_id;
  LongText text_th;
  std::optional<LongText> evidence_th;  // letter numbers, links, places of files
  std::string office_th;
  std::string office_en;
  Instant reported_at;
};
BOOST_DESCRIBE_STRUCT(AssignmentReportRow, (),
                      (report_id, assignment_id, text_th, evidence_th, office_th, office_en,
                       reported_at))

struct NewReport {
  LongText text_th;
  std::optional<LongText> evidence_th;
};
BOOST_DESCRIBE_STRUCT(NewReport, (), (text_th, evidence_th))

enum class AssignmentOutcome { done, dropped };
BOOST_DESCRIBE_ENUM(AssignmentOutcome, done, dropped)

struct CloseAssignment {
  AssignmentOutcome outcome = AssignmentOutcome::done;
  LongText note_th;
};
BOOST_DESCRIBE_STRUCT(CloseAssignment, (), (outcome, note_th))

struct AssignmentPath {
  AssignmentId assignment_id;
};
BOOST_DESCRIBE_STRUCT(AssignmentPath, (), (assignment_id))

// Of a list: only what an office of the caller is to take on now.
enum class WaitsFor { me };
BOOST_DESCRIBE_ENUM(WaitsFor, me)

struct AssignmentQuery {
  std::optional<Key> body;
  std::optional<AssignmentState> state;
  std::optional<WaitsFor> waits_for;  // me: to report on, or once that is done to close
  PageLimit limit;
  std::optional<AssignmentId> cursor;
};
BOOST_DESCRIBE_STRUCT(AssignmentQuery, (), (body, state, waits_for, limit, cursor))

struct AssignmentPage {
  AssignmentRow assignment;
  bool overdue = false;
  std::vector<AssignmentReportRow> reports;
  std::vector<PaperRow> papers;
  Resolution resolution;
  MeetingNumber meeting_number;
  std::vector<AgendaItemRow> came_back;  // items of later meetings about it
  std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(AssignmentPage, (),
                      (assignment, overdue, reports, papers, resolution, meeting_number, came_back,
                       version))

// ---- a meeting whole, for who may read it

struct DeclaredConflict {
  MemberId member_id;
  LongText reason_th;
  Instant declared_at;
};
BOOST_DESCRIBE_STRUCT(DeclaredConflict, (), (member_id, reason_th, declared_at))

struct AgendaItem {
  AgendaItemId item_id;
  AgendaPart part;
  ItemNumber number;  // "5.1"
  Title title_th;
  std::optional<Title> title_en;
  std::optional<LongText> detail_th;
  std::optional<LongText> proposal_th;
  std::optional<Key> source_kind;
  std::optional<SubjectId> source_id;
  std::optional<LongText> discussion_th;
  std::vector<PaperRow> papers;
  std::vector<DeclaredConflict> conflicts;
  Quorum quorum;
  std::vector<Resolution> resolutions;
};
BOOST_DESCRIBE_STRUCT(AgendaItem, (),
                      (item_id, part, number, title_th, title_en, detail_th, proposal_th,
                       source_kind, source_id, discussion_th, papers, conflicts, quorum,
                       resolutions))

struct Seated {
  CommitteeMember member;
  Presence presence = Presence::absent;
  std::optional<Title> substitute_title_th;
  std::optional<CirculationAnswer> answer;  // to a circulation
  std::optional<LongText> answer_reason_th;
};
BOOST_DESCRIBE_STRUCT(Seated, (), (member, presence, substitute_title_th, answer, answer_reason_th))

struct WholeMeeting {
  Meeting meeting;
  Body body;
  std::optional<Constitution> constitution;  // in force on the day
  std::vector<Seated> members;               // in office on the day
  std::vector<AgendaItem> items;             // in order
  Quorum quorum;                             // of the meeting as a whole
  std::optional<CirculationCount> circulation;
  std::vector<AssignmentRow> assignments;  // made by its resolutions
  std::vector<MeetingCorrectionRow> corrections;
  std::optional<MemberId> my_member_id;
  bool acted_for_by_me = false;
  std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(WholeMeeting, (),
                      (meeting, body, constitution, members, items, quorum, circulation,
                       assignments, corrections, my_member_id, acted_for_by_me, version))

struct RunningMeeting {
  Meeting meeting;
  Title body_th;
  Title body_en;
  std::int64_t items = 0;
  bool waits_for_my_answer = false;  // a circulation that the caller has not answered
  bool seated = false;               // the caller sits in the body on that day
  bool acted_for_by_me = false;      // the caller holds an office of its secretariat
};
BOOST_DESCRIBE_STRUCT(RunningMeeting, (),
                      (meeting, body_th, body_en, items, waits_for_my_answer, seated,
                       acted_for_by_me))

struct RunningMeetings {
  std::vector<RunningMeeting> items;
};
BOOST_DESCRIBE_STRUCT(RunningMeetings, (), (items))

}  // namespace changwat::committees
