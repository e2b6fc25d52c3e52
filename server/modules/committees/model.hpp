#pragma once
// What bodies, meetings and resolutions are stored as and travel as.

#include <optional>
#include <string>
#include <vector>

#include "base/area_code.hpp"
#include "base/id.hpp"
#include "base/text.hpp"
#include "base/time.hpp"

#include "platform/http/routes.hpp"

namespace changwat::committees {

using MeetingId = Id<struct MeetingTag>;
using ResolutionId = Id<struct ResolutionTag>;
using AgendaItemId = Id<struct AgendaItemTag>;
using Title = Text<1, 300>;
using LongText = Text<1, 4000>;
using Source = Text<1, 500>;

// "1/2564": the number of a meeting in its Buddhist year. Resolutions sent round are numbered in a
// series of their own, "ว1/2564" (ว for เวียน): our design, so that the two never clash.
class MeetingNumber {
 public:
  MeetingNumber() = default;
  static std::optional<MeetingNumber> parse(std::string_view raw);
  static Word word();
  const std::string& text() const { return value_; }
  operator std::string_view() const { return value_; }  // NOLINT
  int buddhist_year() const { return buddhist_year_; }
  bool circulated() const { return circulated_; }
  friend bool operator==(const MeetingNumber&, const MeetingNumber&) = default;

 private:
  std::string value_;
  int buddhist_year_ = 0;
  bool circulated_ = false;
};

// "1", "1.2": the number of an item in the minutes, at most four levels.
class ItemNumber {
 public:
  ItemNumber() = default;
  static std::optional<ItemNumber> parse(std::string_view raw);
  static Word word();
  const std::string& text() const { return value_; }
  operator std::string_view() const { return value_; }  // NOLINT
  friend bool operator==(const ItemNumber&, const ItemNumber&) = default;

 private:
  std::string value_;
};

enum class BodyKind {
  commission,
  agency,
  ministry,
  subcommittee,
  working_group,
  committee,
  reform_committee,
  parliamentary_committee,
  national_committee,
  regional_subcommittee,
  provincial_committee,
  provincial_administration_committee
};
BOOST_DESCRIBE_ENUM(BodyKind, commission, agency, ministry, subcommittee, working_group, committee,
                    reform_committee, parliamentary_committee, national_committee,
                    regional_subcommittee, provincial_committee,
                    provincial_administration_committee)

enum class ResolutionKind {
  approve,
  approve_in_principle,
  approve_with_changes,
  acknowledge,
  revise,
  reject,
  assign,
  defer,
  withdraw
};
BOOST_DESCRIBE_ENUM(ResolutionKind, approve, approve_in_principle, approve_with_changes,
                    acknowledge, revise, reject, assign, defer, withdraw)

struct Body {
  Key code;
  BodyKind kind = BodyKind::committee;
  Title name_th;
  Title name_en;
  std::optional<Title> abbreviation_th;
  std::optional<Key> parent;
  std::optional<Date> valid_from;  // none: not known
  std::optional<Date> valid_to;    // last day; none: still exists, or not known
  bool validity_verified = false;  // the two days were seen in a document
  Source source;
  bool verified = false;
  std::optional<LongText> note;
  std::optional<AreaCode> province;  // of a provincial body
  std::optional<Key> constitution;   // its seats and rules in data/committees; none: not known
  std::optional<Key> secretariat;    // role whose office acts for it; none: nobody here does
  std::optional<Key> succeeded_by;   // the body that came after it
};
BOOST_DESCRIBE_STRUCT(Body, (),
                      (code, kind, name_th, name_en, abbreviation_th, parent, valid_from, valid_to,
                       validity_verified, source, verified, note, province, constitution,
                       secretariat, succeeded_by))

enum class MeetingForm {
  sitting,      // members come together
  circulation,  // เวียน: one matter is sent round and answered in writing
};
BOOST_DESCRIBE_ENUM(MeetingForm, sitting, circulation)

// recorded: entered after the day, without a life in this program. The others are the life of a
// meeting in order; cancelled ends it before it opens. A circulation is called, then closed.
enum class MeetingState {
  recorded,
  planned,
  called,
  open,
  closed,
  minutes_drafted,
  minutes_adopted,
  cancelled
};
BOOST_DESCRIBE_ENUM(MeetingState, recorded, planned, called, open, closed, minutes_drafted,
                    minutes_adopted, cancelled)

struct Meeting {
  MeetingId meeting_id;
  Key body;
  MeetingNumber number;
  Date on_date;
  std::optional<Title> place_th;
  std::optional<Title> place_en;
  Title chair_title_th;  // the post, never the person
  std::optional<Title> chair_title_en;
  std::optional<Source> source;
  bool verified = false;
  std::optional<LongText> note;
  bool demonstration = false;  // invented, and said so wherever it is shown
  Instant recorded_at;
  MeetingForm form = MeetingForm::sitting;
  MeetingState state = MeetingState::recorded;
  std::int64_t version = 0;
  std::optional<Instant> starts_at;
  std::optional<Title> notice_number;  // of the letter that calls: "ที่ รบ 0017.2/ว 123"
  std::optional<Date> notice_date;
  std::optional<Instant> deadline_at;   // of answers to a circulation
  std::optional<MeetingId> adopted_in;  // the later meeting that adopted the minutes
  std::optional<LongText> ended_reason;
  std::optional<Instant> ended_at;  // when it was closed; none: not known
};
BOOST_DESCRIBE_STRUCT(Meeting, (),
                      (meeting_id, body, number, on_date, place_th, place_en, chair_title_th,
                       chair_title_en, source, verified, note, demonstration, recorded_at, form,
                       state, version, starts_at, notice_number, notice_date, deadline_at,
                       adopted_in, ended_reason, ended_at))

// A numbered part of a resolution.
struct ResolutionPart {
  ItemNumber number;
  LongText text_th;
  LongText text_en;
};
BOOST_DESCRIBE_STRUCT(ResolutionPart, (), (number, text_th, text_en))

// What somebody has to do after a resolution.
struct FollowUp {
  LongText text_th;
  LongText text_en;
  List<Key, 20> responsible;  // codes of bodies
  std::optional<Date> due;
};
BOOST_DESCRIBE_STRUCT(FollowUp, (), (text_th, text_en, responsible, due))

struct Resolution {
  ResolutionId resolution_id;
  MeetingId meeting_id;
  Key body;
  std::int64_t position = 0;  // in the minutes, from 1
  ItemNumber number;
  ResolutionKind kind = ResolutionKind::approve;
  Title kind_th;  // the verb of the minutes
  LongText text_th;
  std::optional<LongText> text_en;
  Date on_date;
  std::optional<Title> agenda_th;
  std::optional<Title> agenda_en;
  std::optional<Key> subject_kind;  // with subject_id: what it is about, "application"
  std::optional<Text<1, 64>> subject_id;
  Json<List<ResolutionPart, 50>> parts;
  Json<List<FollowUp, 50>> follow_up;
  std::optional<Source> source;
  bool verified = false;
  std::optional<LongText> note;
  bool demonstration = false;  // as the meeting
  Instant recorded_at;
  bool is_public = true;
  std::optional<AgendaItemId> item_id;
  std::optional<std::int64_t> votes_for;  // with the next two: none if no vote was taken
  std::optional<std::int64_t> votes_against;
  std::optional<std::int64_t> votes_abstain;
  std::optional<std::int64_t> members_present;  // who counted for the quorum of this item
  std::optional<std::int64_t> quorum_needed;
  std::optional<ResolutionId> supersedes;     // what it corrects
  std::optional<ResolutionId> superseded_by;  // what corrected it
  std::optional<LongText> correction_reason;
};
BOOST_DESCRIBE_STRUCT(Resolution, (),
                      (resolution_id, meeting_id, body, position, number, kind, kind_th, text_th,
                       text_en, on_date, agenda_th, agenda_en, subject_kind, subject_id, parts,
                       follow_up, source, verified, note, demonstration, recorded_at, is_public,
                       item_id, votes_for, votes_against, votes_abstain, members_present,
                       quorum_needed, supersedes, superseded_by, correction_reason))

struct NewMeeting {
  Key body;
  MeetingNumber number;
  Date on_date;
  std::optional<Title> place_th;
  std::optional<Title> place_en;
  Title chair_title_th;
  std::optional<Title> chair_title_en;
  std::optional<Source> source;
  std::optional<bool> verified;  // seen in the minutes themselves
};
BOOST_DESCRIBE_STRUCT(NewMeeting, (),
                      (body, number, on_date, place_th, place_en, chair_title_th, chair_title_en,
                       source, verified))

struct NewResolution {
  MeetingId meeting_id;
  ItemNumber number;
  ResolutionKind kind = ResolutionKind::approve;
  LongText text_th;
  std::optional<LongText> text_en;
  std::optional<Date> on_date;  // none: the day of the meeting
  std::optional<Key> subject_kind;
  std::optional<Text<1, 64>> subject_id;
  std::optional<Source> source;
  std::optional<bool> verified;
};
BOOST_DESCRIBE_STRUCT(NewResolution, (),
                      (meeting_id, number, kind, text_th, text_en, on_date, subject_kind,
                       subject_id, source, verified))

struct BodyQuery {
  std::optional<AreaCode> province;  // none: the bodies of the whole country
};
BOOST_DESCRIBE_STRUCT(BodyQuery, (), (province))

struct BodyPath {
  Key code;
};
BOOST_DESCRIBE_STRUCT(BodyPath, (), (code))

struct BodyList {
  std::vector<Body> items;
};
BOOST_DESCRIBE_STRUCT(BodyList, (), (items))

struct MeetingQuery {
  std::optional<Key> body;
  PageLimit limit;
  std::optional<MeetingId> cursor;  // the last of the page before
};
BOOST_DESCRIBE_STRUCT(MeetingQuery, (), (body, limit, cursor))

struct ResolutionQuery {
  std::optional<Key> body;
  std::optional<Key> subject_kind;
  std::optional<Text<1, 64>> subject_id;
  PageLimit limit;
  std::optional<ResolutionId> cursor;
};
BOOST_DESCRIBE_STRUCT(ResolutionQuery, (), (body, subject_kind, subject_id, limit, cursor))

struct ResolutionPath {
  ResolutionId resolution_id;
};
BOOST_DESCRIBE_STRUCT(ResolutionPath, (), (resolution_id))

}  // namespace changwat::committees
