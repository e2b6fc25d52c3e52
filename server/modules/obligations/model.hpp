#pragma once
// What duties to notify and to report are stored as and travel as. Words: see README.md.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/area_code.hpp"
#include "base/id.hpp"
#include "base/json.hpp"
#include "base/origin.hpp"
#include "base/text.hpp"
#include "base/time.hpp"

#include "platform/http/routes.hpp"

#include "modules/authority/model.hpp"
#include "modules/obligations/follow_up.hpp"

namespace changwat::obligations {

using ObligationId = Id<struct ObligationTag>;
using SubjectId = Text<1, 64>;
using Title = Text<1, 500>;
using Link = Text<1, 200>;
using OfficeTitle = Text<1, 300>;
using Letter = Text<1, 200>;
using ReleaseReason = Text<1, 1000>;

enum class ObligationState {
  owed,
  served,    // the letter was sent
  proved,    // that it was received is proved
  released,  // its subject fell away
};
BOOST_DESCRIBE_ENUM(ObligationState, owed, served, proved, released)

// Who set the last day.
enum class DueBy { law, programme_rule };
BOOST_DESCRIBE_ENUM(DueBy, law, programme_rule)

enum class LetterChannel {
  letter,
  electronic_letter,
  registered_post,
  by_hand,
  electronic_form,
  other
};
BOOST_DESCRIBE_ENUM(LetterChannel, letter, electronic_letter, registered_post, by_hand,
                    electronic_form, other)

// How the letter went out.
struct SentLetter {
  Date sent_on;
  Letter letter;  // its number, or the number of the form
  LetterChannel channel = LetterChannel::letter;
};
BOOST_DESCRIBE_STRUCT(SentLetter, (), (sent_on, letter, channel))

// That it arrived.
struct ReceiptProof {
  Date received_on;
  Text<1, 300> receipt;  // how it is known: "ลงรับเลขที่ 1234"
  std::optional<Text<1, 200>> received_by;  // the office or officer
  std::optional<Text<1, 500>> reference;    // where the proof is kept, or its digest
};
BOOST_DESCRIBE_STRUCT(ReceiptProof, (), (received_on, receipt, received_by, reference))

// ---- what a raising module says

// The record to which an obligation belongs, as the ledger names it.
struct Subject {
  Key kind;
  SubjectId id;
};
BOOST_DESCRIBE_STRUCT(Subject, (), (kind, id))

// The office that owes it: a role in the province, and the very office where it is known.
struct Owing {
  Key role;
  std::optional<authority::OfficeRef> office_id;
  OfficeTitle th;
  OfficeTitle en;
};
BOOST_DESCRIBE_STRUCT(Owing, (), (role, office_id, th, en))

// What all obligations of one occasion share.
struct About {
  Subject subject;
  AreaCode province;
  Title title_th;  // of the subject, for readers who see the obligation alone
  Title title_en;
  Link link;  // the subject's page below /app/: "changes/01J…"
  Owing owing;
  Date from;  // the day of the occasion, from which days are counted
  Origin origin = Origin::real;
};

struct NewObligation {
  About about;
  Key power;             // of data/law, by which the duty arises
  authority::Duty duty;  // as law words it; the addressee may be made more exact
};

// Makes the words of a duty more exact: names the agency that is to be told.
using MoreExact = std::function<void(authority::Duty&)>;

// ---- rows

struct ObligationRow {
  ObligationId obligation_id;
  AreaCode province;
  Key kind;  // the duty's code
  Json<authority::Duty> duty;
  Key power;
  Key instrument;
  authority::LawText citation_th;
  authority::LawText citation_en;
  Key subject_kind;
  SubjectId subject_id;
  Title title_th;
  Title title_en;
  Link link;
  Key office_role;
  std::optional<authority::OfficeRef> office_id;
  OfficeTitle office_th;
  OfficeTitle office_en;
  Date counted_from;
  std::optional<Date> due;      // the last day; none: nobody set one
  std::optional<DueBy> due_by;  // with a due day
  ObligationState state = ObligationState::owed;
  std::optional<LetterChannel> channel;
  std::optional<Date> sent_on;
  std::optional<Letter> letter;
  std::optional<Date> received_on;
  std::optional<Text<1, 300>> receipt;
  std::optional<Text<1, 200>> received_by;
  std::optional<Text<1, 500>> reference;
  std::optional<ReleaseReason> release_reason;
  std::optional<Key> reminder;  // the last that was raised: "after_due.7"
  std::optional<Instant> reminded_at;
  bool demonstration = false;
  std::int64_t version = 1;
  Instant raised_at;
  Instant updated_at;
};
BOOST_DESCRIBE_STRUCT(ObligationRow, (),
                      (obligation_id, province, kind, duty, power, instrument, citation_th,
                       citation_en, subject_kind, subject_id, title_th, title_en, link, office_role,
                       office_id, office_th, office_en, counted_from, due, due_by, state, channel,
                       sent_on, letter, received_on, receipt, received_by, reference,
                       release_reason, reminder, reminded_at, demonstration, version, raised_at,
                       updated_at))

struct ObligationFile {
  Key key;
  Text<1, 200> name;
  std::int64_t bytes = 0;
  std::string media_type;
  std::string sha256;
  Instant uploaded_at;
  std::string office_th;
};
BOOST_DESCRIBE_STRUCT(ObligationFile, (),
                      (key, name, bytes, media_type, sha256, uploaded_at, office_th))

struct ObligationStep {
  Id<struct StepTag> step_id;
  ObligationId obligation_id;
  std::int64_t position = 0;
  std::string act;
  Instant at;
  std::string person_id;  // empty: the program
  std::string office_th;  // titles as they were then
  std::string office_en;
  Text<0, 1000> note;
  Json<std::optional<SentLetter>> service;
  Json<std::optional<ReceiptProof>> proof;
};
BOOST_DESCRIBE_STRUCT(ObligationStep, (),
                      (step_id, obligation_id, position, act, at, person_id, office_th, office_en,
                       note, service, proof))

// ---- what travels

// How an obligation stands on a day.
enum class ObligationStanding {
  overdue,   // not sent, and the last day is over
  due_soon,  // not sent, and the first reminder before the last day was reached
  waiting,   // no last day, or no proof yet, for longer than the rule of follow-up allows
  open,
  proved,
  released,
};
BOOST_DESCRIBE_ENUM(ObligationStanding, overdue, due_soon, waiting, open, proved, released)

// An obligation as its readers see it today.
struct Obligation : ObligationRow {
  ObligationStanding standing = ObligationStanding::open;
  std::int64_t age_days = 0;              // from the occasion to the proof, else to today
  std::optional<std::int64_t> days_left;  // until the last day, below 0 when it is over; while owed
  bool sent_late = false;
};
BOOST_DESCRIBE_STRUCT(Obligation, (ObligationRow), (standing, age_days, days_left, sent_late))

struct ObligationDetail : Obligation {
  std::vector<ObligationFile> files;
};
BOOST_DESCRIBE_STRUCT(ObligationDetail, (Obligation), (files))

struct ObligationHistory {
  std::vector<ObligationStep> items;  // the oldest first
};
BOOST_DESCRIBE_STRUCT(ObligationHistory, (), (items))

struct ObligationPath {
  ObligationId obligation_id;
};
BOOST_DESCRIBE_STRUCT(ObligationPath, (), (obligation_id))

struct ObligationFilePath {
  ObligationId obligation_id;
  Key key;
};
BOOST_DESCRIBE_STRUCT(ObligationFilePath, (), (obligation_id, key))

struct ObligationFileQuery {
  std::optional<Text<1, 200>> name;
};
BOOST_DESCRIBE_STRUCT(ObligationFileQuery, (), (name))

enum class ObligationGroup {
  open,     // owed or served
  overdue,  // owed, and the last day is over
};
BOOST_DESCRIBE_ENUM(ObligationGroup, open, overdue)

struct ObligationQuery {
  std::optional<AreaCode> province;
  std::optional<ObligationState> state;
  std::optional<ObligationGroup> group;
  std::optional<Key> kind;
  std::optional<Key> office_role;
  std::optional<Key> subject_kind;
  std::optional<SubjectId> subject_id;
  PageLimit limit;
  std::optional<ObligationId> cursor;
};
BOOST_DESCRIBE_STRUCT(ObligationQuery, (),
                      (province, state, group, kind, office_role, subject_kind, subject_id, limit,
                       cursor))

// Counts of a province and kind of duty, for everybody.
struct ObligationFigure {
  AreaCode province;
  Key kind;
  std::string text_th;  // of the duty, as law words it today; empty: law names it no more
  std::string text_en;
  std::int64_t owed = 0;     // not sent; `overdue` is a part of it
  std::int64_t overdue = 0;  // the last day is over
  std::int64_t served = 0;   // sent, without proof
  std::int64_t proved = 0;
  std::optional<std::int64_t> median_days;  // from the occasion to the proof
  bool demonstration = false;               // some of them
};
BOOST_DESCRIBE_STRUCT(ObligationFigure, (),
                      (province, kind, text_th, text_en, owed, overdue, served, proved, median_days,
                       demonstration))

struct ObligationFigures {
  std::vector<ObligationFigure> items;
};
BOOST_DESCRIBE_STRUCT(ObligationFigures, (), (items))

struct FiguresQuery {
  std::optional<AreaCode> province;
};
BOOST_DESCRIBE_STRUCT(FiguresQuery, (), (province))

// What the caller's offices have to do.
struct ObligationCounts {
  std::int64_t owed = 0;
  std::int64_t overdue = 0;   // of those owed
  std::int64_t due_soon = 0;  // of those owed
  std::int64_t waiting = 0;   // without a last day or without proof for long
  std::int64_t served = 0;    // sent, without proof
};
BOOST_DESCRIBE_STRUCT(ObligationCounts, (), (owed, overdue, due_soon, waiting, served))

enum class ObligationExportFormat { csv, xlsx };
BOOST_DESCRIBE_ENUM(ObligationExportFormat, csv, xlsx)

struct ObligationExportQuery {
  ObligationExportFormat format = ObligationExportFormat::csv;
  std::optional<AreaCode> province;
  std::optional<ObligationState> state;
};
BOOST_DESCRIBE_STRUCT(ObligationExportQuery, (), (format, province, state))

struct TakeBackRequest {
  ReleaseReason reason_th;
};
BOOST_DESCRIBE_STRUCT(TakeBackRequest, (), (reason_th))

}  // namespace changwat::obligations
