#pragma once
// What is done with a case: steps, assignments, files; the bodies of its acts; how it is shown.

#include "modules/authority/authority.hpp"
#include "modules/service_centre/applications_model.hpp"
#include "modules/service_centre/model.hpp"

namespace changwat::service_centre {

// ---- steps: who did what, the oldest first; rows are only ever added

enum class StepBy { office, citizen, program };
BOOST_DESCRIBE_ENUM(StepBy, office, citizen, program)

struct CaseStep {
  StepId step_id;
  CaseId case_id;
  std::int64_t position = 0;
  std::string act;
  Instant at;
  CaseState from_state = CaseState::received;
  CaseState state = CaseState::received;  // after it
  StepBy by = StepBy::office;
  std::string person_id;  // empty: no office did it
  std::string office_id;
  std::string office_th;  // titles as they were then
  std::string office_en;
  std::optional<CaseAssignmentId> assignment_id;
  Note note;
  bool shown = false;          // the note is for the citizen too
  std::optional<Key> service;  // it is about this service of the application alone
};
BOOST_DESCRIBE_STRUCT(CaseStep, (),
                      (step_id, case_id, position, act, at, from_state, state, by, person_id,
                       office_id, office_th, office_en, assignment_id, note, shown, service))

struct CaseHistory {
  std::vector<CaseStep> items;
};
BOOST_DESCRIBE_STRUCT(CaseHistory, (), (items))

// ---- assignments: each agency has its own

enum class CaseAssignmentState { assigned, accepted, in_progress, reported, returned, ended };
BOOST_DESCRIBE_ENUM(CaseAssignmentState, assigned, accepted, in_progress, reported, returned, ended)

struct CaseAssignment {
  CaseAssignmentId assignment_id;
  CaseId case_id;
  std::int64_t position = 0;
  std::string office_id;
  std::string role;
  std::string office_th;
  std::string office_en;
  CaseAssignmentState state = CaseAssignmentState::assigned;
  Note instruction;                        // what is asked of it
  std::optional<Text<1, 200>> letter_out;  // number and day
  Note result;                             // what it reported, or why it returned the case
  Instant assigned_at;
  std::optional<Instant> accepted_at;
  std::optional<Instant> reported_at;
};
BOOST_DESCRIBE_STRUCT(CaseAssignment, (),
                      (assignment_id, case_id, position, office_id, role, office_th, office_en,
                       state, instruction, letter_out, result, assigned_at, accepted_at,
                       reported_at))

// A piece of the work, ticked off when done.
struct CaseTask {
  TaskId task_id;
  CaseId case_id;
  Text<1, 500> text;
  std::optional<Date> due_on;
  std::optional<Instant> done_at;
  std::string office_th;  // who set it
};
BOOST_DESCRIBE_STRUCT(CaseTask, (), (task_id, case_id, text, due_on, done_at, office_th))

// ---- files

enum class FilePurpose { report, before, after, letter, other };
BOOST_DESCRIBE_ENUM(FilePurpose, report, before, after, letter, other)

struct CaseFile {
  Key key;
  FilePurpose purpose = FilePurpose::other;
  Text<1, 200> name;
  std::int64_t bytes = 0;
  std::string media_type;
  std::string sha256;
  std::optional<Instant> taken_at;
  std::optional<Decimal> latitude;
  std::optional<Decimal> longitude;
  Instant uploaded_at;
  StepBy by = StepBy::office;
  std::string office_th;
};
BOOST_DESCRIBE_STRUCT(CaseFile, (),
                      (key, purpose, name, bytes, media_type, sha256, taken_at, latitude, longitude,
                       uploaded_at, by, office_th))

struct CaseFilePath {
  CaseId case_id;
  Key key;
};
BOOST_DESCRIBE_STRUCT(CaseFilePath, (), (case_id, key))

struct CaseFileQuery {
  std::optional<Text<1, 200>> name;
  std::optional<FilePurpose> purpose;
  std::optional<Instant> taken_at;
  std::optional<Decimal> latitude;
  std::optional<Decimal> longitude;
};
BOOST_DESCRIBE_STRUCT(CaseFileQuery, (), (name, purpose, taken_at, latitude, longitude))

// ---- bodies of acts

struct CaseReason {
  Remark reason_th;
};
BOOST_DESCRIBE_STRUCT(CaseReason, (), (reason_th))

struct CaseNote {
  std::optional<Note> note_th;
};
BOOST_DESCRIBE_STRUCT(CaseNote, (), (note_th))

// A correction at screening. What is absent stays.
struct ScreenRequest {
  std::optional<Key> kind;
  std::optional<Key> category;
  std::optional<Key> importance;
  std::optional<CasePlace> place;
  std::optional<Note> note_th;
};
BOOST_DESCRIBE_STRUCT(ScreenRequest, (), (kind, category, importance, place, note_th))

struct AssignRequest {
  OfficeRef office_id;
  std::optional<Note> instruction_th;
  std::optional<Text<1, 200>> letter_out;
};
BOOST_DESCRIBE_STRUCT(AssignRequest, (), (office_id, instruction_th, letter_out))

struct ResultRequest {
  Remark result_th;
};
BOOST_DESCRIBE_STRUCT(ResultRequest, (), (result_th))

// A word to the citizen, who reads it with the code.
struct TellRequest {
  Remark text_th;
};
BOOST_DESCRIBE_STRUCT(TellRequest, (), (text_th))

struct MergeRequest {
  CaseId into;
  Remark reason_th;
};
BOOST_DESCRIBE_STRUCT(MergeRequest, (), (into, reason_th))

struct EndMediation {
  bool agreed = false;
  Remark outcome_th;
};
BOOST_DESCRIBE_STRUCT(EndMediation, (), (agreed, outcome_th))

struct ProposeClosing {
  ClosingGround ground = ClosingGround::evidence;
  std::optional<Key> before;  // files, when the ground is evidence
  std::optional<Key> after;
  Remark summary_th;  // told to the citizen when it is closed
};
BOOST_DESCRIBE_STRUCT(ProposeClosing, (), (ground, before, after, summary_th))

enum class RevealPurpose { contact_reporter, verify_identity, legal_proceeding, protect_reporter };
BOOST_DESCRIBE_ENUM(RevealPurpose, contact_reporter, verify_identity, legal_proceeding,
                    protect_reporter)

struct RevealRequest {
  RevealPurpose purpose = RevealPurpose::contact_reporter;
  Remark reason_th;
};
BOOST_DESCRIBE_STRUCT(RevealRequest, (), (purpose, reason_th))

struct RevealedReporters {
  std::vector<ReporterRow> items;
};
BOOST_DESCRIBE_STRUCT(RevealedReporters, (), (items))

struct CaseAssignmentPath {
  CaseId case_id;
  CaseAssignmentId assignment_id;
};
BOOST_DESCRIBE_STRUCT(CaseAssignmentPath, (), (case_id, assignment_id))

struct NewTask {
  Text<1, 500> text;
  std::optional<Date> due_on;
};
BOOST_DESCRIBE_STRUCT(NewTask, (), (text, due_on))

struct TaskPath {
  CaseId case_id;
  TaskId task_id;
};
BOOST_DESCRIBE_STRUCT(TaskPath, (), (case_id, task_id))

// ---- as its readers see it

enum class CaseView {
  desk,    // with reporters, masked
  agency,  // assigned: with the accused, without reporters
  reader,  // without both
};
BOOST_DESCRIBE_ENUM(CaseView, desk, agency, reader)

struct Case {
  CaseId case_id;
  AreaCode province;
  AreaCode district;
  FiscalYear fiscal_year;
  CaseNumber number;
  Key kind;
  Key category;
  Key channel;
  Key importance;
  CaseState state = CaseState::received;
  CaseLevel level = CaseLevel::district;
  Title title;
  Detail detail;
  Note wanted;
  CasePlace place;
  ToldAlready told_already = ToldAlready::not_told;
  CaseView view = CaseView::reader;
  std::int64_t reporter_count = 0;                       // with those of merged cases
  std::optional<std::vector<MaskedReporter>> reporters;  // none: not for this reader
  std::optional<std::vector<Accused>> accused;           // likewise
  std::vector<CaseAssignment> assignments;
  std::vector<CaseTask> tasks;
  std::vector<CaseFile> files;
  bool mine = false;  // the caller is the officer who has it
  Instant received_at;
  std::optional<Instant> taken_at;
  bool taken_late = false;
  std::optional<Instant> settled_at;
  std::optional<Instant> due_at;
  std::int64_t reopened = 0;
  std::optional<CaseId> merged_into;
  std::vector<CaseId> merged_from;
  std::optional<ClosingGround> closing_ground;
  std::optional<Key> closing_before;
  std::optional<Key> closing_after;
  bool demonstration = false;
  std::int64_t version = 1;
  Instant updated_at;
};
BOOST_DESCRIBE_STRUCT(Case, (),
                      (case_id, province, district, fiscal_year, number, kind, category, channel,
                       importance, state, level, title, detail, wanted, place, told_already, view,
                       reporter_count, reporters, accused, assignments, tasks, files, mine,
                       received_at, taken_at, taken_late, settled_at, due_at, reopened, merged_into,
                       merged_from, closing_ground, closing_before, closing_after, demonstration,
                       version, updated_at))

// ---- the citizen, with the code alone

struct TrackRequest {
  TrackingCode code;
};
BOOST_DESCRIBE_STRUCT(TrackRequest, (), (code))

struct CitizenWord {
  TrackingCode code;
  Remark text_th;
};
BOOST_DESCRIBE_STRUCT(CitizenWord, (), (code, text_th))

struct TrackedStep {
  std::string act;
  Instant at;
  CaseState state = CaseState::received;
  StepBy by = StepBy::office;
  std::string office_th;
  std::string office_en;
  std::string agency_th;  // to which it was given, or which acted; empty: none
  std::string agency_en;
  std::string note;  // what is meant for the citizen
};
BOOST_DESCRIBE_STRUCT(TrackedStep, (),
                      (act, at, state, by, office_th, office_en, agency_th, agency_en, note))

struct TrackedAgency {
  std::string office_th;
  std::string office_en;
};
BOOST_DESCRIBE_STRUCT(TrackedAgency, (), (office_th, office_en))

// A photo from before or after that the centre let out when it told the result.
struct TrackedPhoto {
  Key key;
  FilePurpose purpose = FilePurpose::after;
  std::optional<Instant> taken_at;
};
BOOST_DESCRIBE_STRUCT(TrackedPhoto, (), (key, purpose, taken_at))

// No name of anybody: the code may have been read by others.
struct TrackedCase {
  CaseNumber number;
  Key kind;
  Key category;
  CaseState state = CaseState::received;
  CaseLevel level = CaseLevel::district;
  Title title;
  AreaCode district;
  Instant received_at;
  std::optional<Instant> settled_at;
  std::optional<Instant> due_at;
  std::vector<TrackedAgency> agencies;  // that have it now; none: the centre has
  std::vector<TrackedStep> steps;
  std::int64_t files_sent = 0;  // by the citizen
  std::vector<TrackedPhoto> photos;
  bool merged = false;  // what is told is of the case that it was put into
  bool may_confirm = false;
  std::optional<Date> may_reopen_until;
  bool may_withdraw = false;
  std::optional<TrackedApplication> application;
  bool demonstration = false;
  std::string ticket;  // stands for the code in addresses of files, for half an hour
};
BOOST_DESCRIBE_STRUCT(TrackedCase, (),
                      (number, kind, category, state, level, title, district, received_at,
                       settled_at, due_at, agencies, steps, files_sent, photos, merged, may_confirm,
                       may_reopen_until, may_withdraw, application, demonstration, ticket))

}  // namespace changwat::service_centre
