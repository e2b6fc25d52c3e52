#pragma once
// What calls for proposals, applications, cohorts and milestones are stored as and travel as.

#include <optional>
#include <string>
#include <vector>

#include "base/area_code.hpp"
#include "base/id.hpp"

#include "modules/areas/areas.hpp"
#include "modules/committees/committees.hpp"
#include "modules/programme/proposal.hpp"

namespace changwat::programme {

using CallId = Id<struct CallTag>;
using ApplicationId = Id<struct ApplicationTag>;
using CohortId = Id<struct CohortTag>;
using committees::LongText;
using committees::MeetingId;
using committees::Resolution;
using committees::ResolutionId;
using committees::Source;
using committees::Title;

// ---- calls

enum class CallState { draft, open, closed };
BOOST_DESCRIBE_ENUM(CallState, draft, open, closed)

enum class RequirementKind { form, file };  // filled in here, or a file to be sent
BOOST_DESCRIBE_ENUM(RequirementKind, form, file)

struct Requirement {
  Key key;
  Title label_th;
  Title label_en;
  bool required = false;
  RequirementKind kind = RequirementKind::file;
};
BOOST_DESCRIBE_STRUCT(Requirement, (), (key, label_th, label_en, required, kind))

// A deadline that was moved after the call was opened.
struct Extension {
  Instant at;
  Instant deadline_before;
  Instant deadline_after;
  Text<1, 1000> reason;
};
BOOST_DESCRIBE_STRUCT(Extension, (), (at, deadline_before, deadline_after, reason))

// The invitation to provinces. (`Call` is the platform's word for a request.)
struct CallForProposals {
  CallId call_id;
  std::optional<Key> code;  // of a call that came with the founding facts
  FiscalYear fiscal_year;
  Title title_th;
  Title title_en;
  Text<0, 20000> guidance_th;
  Text<0, 20000> guidance_en;
  Instant opens_at;
  Instant deadline_at;  // the last moment that is in time
  Json<List<AreaCode, 77>> invited;
  bool volunteers_allowed = false;
  Json<List<Requirement, 20>> requirements;
  Json<List<Extension, 20>> extensions;
  std::optional<Source> source;
  CallState state = CallState::draft;
  std::int64_t version = 1;
  Instant updated_at;
};
BOOST_DESCRIBE_STRUCT(CallForProposals, (),
                      (call_id, code, fiscal_year, title_th, title_en, guidance_th, guidance_en,
                       opens_at, deadline_at, invited, volunteers_allowed, requirements, extensions,
                       source, state, version, updated_at))

struct NewCall {
  FiscalYear fiscal_year;
  Title title_th;
  Title title_en;
  Text<0, 20000> guidance_th;
  Text<0, 20000> guidance_en;
  Instant opens_at;
  Instant deadline_at;
  List<AreaCode, 77> invited;
  bool volunteers_allowed = false;
  List<Requirement, 20> requirements;
};
BOOST_DESCRIBE_STRUCT(NewCall, (),
                      (fiscal_year, title_th, title_en, guidance_th, guidance_en, opens_at,
                       deadline_at, invited, volunteers_allowed, requirements))

// Members to change: those that are given. Of an open call only deadline_at, with a reason.
struct CallPatch {
  std::optional<FiscalYear> fiscal_year;
  std::optional<Title> title_th;
  std::optional<Title> title_en;
  std::optional<Text<0, 20000>> guidance_th;
  std::optional<Text<0, 20000>> guidance_en;
  std::optional<Instant> opens_at;
  std::optional<Instant> deadline_at;
  std::optional<List<AreaCode, 77>> invited;
  std::optional<bool> volunteers_allowed;
  std::optional<List<Requirement, 20>> requirements;
  std::optional<Text<1, 1000>> reason;
};
BOOST_DESCRIBE_STRUCT(CallPatch, (),
                      (fiscal_year, title_th, title_en, guidance_th, guidance_en, opens_at,
                       deadline_at, invited, volunteers_allowed, requirements, reason))

struct CallQuery {
  PageLimit limit;
  std::optional<CallId> cursor;
};
BOOST_DESCRIBE_STRUCT(CallQuery, (), (limit, cursor))

struct CallPath {
  CallId call_id;
};
BOOST_DESCRIBE_STRUCT(CallPath, (), (call_id))

// ---- applications

enum class ApplicationKind { invited, volunteer };
BOOST_DESCRIBE_ENUM(ApplicationKind, invited, volunteer)

enum class ApplicationState {
  draft,
  submitted,
  returned,
  screening,
  advised,
  approved,
  acknowledged,
  revising,
  rejected,
  withdrawn
};
BOOST_DESCRIBE_ENUM(ApplicationState, draft, submitted, returned, screening, advised, approved,
                    acknowledged, revising, rejected, withdrawn)

struct ApplicationRow {
  ApplicationId application_id;
  CallId call_id;
  FiscalYear fiscal_year;
  AreaCode province;
  ApplicationKind kind = ApplicationKind::invited;
  ApplicationState state = ApplicationState::draft;
  std::optional<Instant> correction_deadline_at;  // set when returned or to be revised
  std::optional<Instant> submitted_at;            // the latest time
  std::optional<ResolutionId> resolution_id;      // the latest
  Json<Proposal> proposal;
  bool demonstration = false;
  std::int64_t version = 1;
  Instant created_at;
  Instant updated_at;
};
BOOST_DESCRIBE_STRUCT(ApplicationRow, (),
                      (application_id, call_id, fiscal_year, province, kind, state,
                       correction_deadline_at, submitted_at, resolution_id, proposal, demonstration,
                       version, created_at, updated_at))

// Something found wanting: `pointer` into the proposal, or empty for the whole.
struct Finding {
  Text<0, 200> pointer;
  Text<1, 2000> text;
};
BOOST_DESCRIBE_STRUCT(Finding, (), (pointer, text))

struct Advice {
  WorkingGroup working_group = WorkingGroup::economy;
  Text<1, 10000> text;
  Instant at;
  std::string who_th;  // the office
  std::string who_en;
};
BOOST_DESCRIBE_STRUCT(Advice, (), (working_group, text, at, who_th, who_en))

struct StoredFile {
  Key key;
  Text<1, 200> name;
  std::int64_t bytes = 0;
  std::string media_type;
  std::string sha256;  // 64 hexadecimal digits
  Instant uploaded_at;
  std::string by;  // the office, in Thai
};
BOOST_DESCRIBE_STRUCT(StoredFile, (), (key, name, bytes, media_type, sha256, uploaded_at, by))

// An application as its readers see it.
struct Application {
  ApplicationId application_id;
  CallId call_id;
  FiscalYear fiscal_year;
  AreaCode province;
  ApplicationKind kind = ApplicationKind::invited;
  ApplicationState state = ApplicationState::draft;
  Instant deadline_at;  // by which it has to be submitted: the call's, or that of its correction
  std::optional<Instant> submitted_at;
  std::vector<Finding> findings;  // of the latest return
  std::vector<Advice> advice;
  std::optional<Resolution> resolution;
  Proposal proposal;
  std::vector<StoredFile> files;
  bool demonstration = false;
  std::int64_t version = 1;
  Instant updated_at;
};
BOOST_DESCRIBE_STRUCT(Application, (),
                      (application_id, call_id, fiscal_year, province, kind, state, deadline_at,
                       submitted_at, findings, advice, resolution, proposal, files, demonstration,
                       version, updated_at))

// One line of a list of applications.
struct ApplicationSummary {
  ApplicationId application_id;
  CallId call_id;
  FiscalYear fiscal_year;
  AreaCode province;
  ApplicationKind kind = ApplicationKind::invited;
  ApplicationState state = ApplicationState::draft;
  Instant deadline_at;
  std::optional<Instant> submitted_at;
  std::vector<Finding> findings;  // only while it is returned
  bool demonstration = false;
  std::int64_t version = 1;
  Instant updated_at;
};
BOOST_DESCRIBE_STRUCT(ApplicationSummary, (),
                      (application_id, call_id, fiscal_year, province, kind, state, deadline_at,
                       submitted_at, findings, demonstration, version, updated_at))

struct HistoryEntry {
  Instant at;
  std::string who;        // person_id
  std::string office_th;  // titles as they were then
  std::string office_en;
  std::string act;
  Json<std::vector<std::string>> changed;  // JSON pointers into the proposal
  std::optional<Text<0, 2000>> note;       // the reason or remark given with the act
};
BOOST_DESCRIBE_STRUCT(HistoryEntry, (), (at, who, office_th, office_en, act, changed, note))

struct ApplicationHistory {
  std::vector<HistoryEntry> items;
};
BOOST_DESCRIBE_STRUCT(ApplicationHistory, (), (items))

// Something that has to be there before an application can be submitted.
struct Missing {
  std::string pointer;
  std::string th;
  std::string en;
  friend bool operator==(const Missing&, const Missing&) = default;
};
BOOST_DESCRIBE_STRUCT(Missing, (), (pointer, th, en))

struct Completeness {
  bool complete = false;
  std::vector<Missing> items;
};
BOOST_DESCRIBE_STRUCT(Completeness, (), (complete, items))

struct NewApplication {
  CallId call_id;
  AreaCode province;
};
BOOST_DESCRIBE_STRUCT(NewApplication, (), (call_id, province))

struct ApplicationPatch {
  ProposalPatch proposal;
};
BOOST_DESCRIBE_STRUCT(ApplicationPatch, (), (proposal))

struct NoMembers {};
BOOST_DESCRIBE_STRUCT(NoMembers, (), ())

struct ReturnRequest {
  Instant deadline_at;
  List<Finding, 50> findings;  // at least one
};
BOOST_DESCRIBE_STRUCT(ReturnRequest, (), (deadline_at, findings))

struct AcceptRequest {
  Text<0, 2000> note;
};
BOOST_DESCRIBE_STRUCT(AcceptRequest, (), (note))

struct WithdrawRequest {
  Text<1, 2000> reason;
};
BOOST_DESCRIBE_STRUCT(WithdrawRequest, (), (reason))

struct AdviseRequest {
  WorkingGroup working_group = WorkingGroup::economy;
  Text<1, 10000> text;
};
BOOST_DESCRIBE_STRUCT(AdviseRequest, (), (working_group, text))

enum class Outcome { approve, acknowledge, revise, reject };
BOOST_DESCRIBE_ENUM(Outcome, approve, acknowledge, revise, reject)

struct ResolveRequest {
  MeetingId meeting_id;
  committees::ItemNumber number;
  Outcome kind = Outcome::approve;
  LongText text_th;
  std::optional<Date> on_date;         // none: the day of the meeting
  std::optional<Instant> deadline_at;  // of the revision, when kind is revise
};
BOOST_DESCRIBE_STRUCT(ResolveRequest, (), (meeting_id, number, kind, text_th, on_date, deadline_at))

struct ApplicationQuery {
  std::optional<CallId> call_id;
  std::optional<AreaCode> province;
  std::optional<ApplicationState> state;
  PageLimit limit;
  std::optional<ApplicationId> cursor;
};
BOOST_DESCRIBE_STRUCT(ApplicationQuery, (), (call_id, province, state, limit, cursor))

struct ApplicationPath {
  ApplicationId application_id;
};
BOOST_DESCRIBE_STRUCT(ApplicationPath, (), (application_id))

struct FilePath {
  ApplicationId application_id;
  Key key;
};
BOOST_DESCRIBE_STRUCT(FilePath, (), (application_id, key))

struct FileQuery {
  std::optional<Text<1, 200>> name;
};
BOOST_DESCRIBE_STRUCT(FileQuery, (), (name))

// ---- how far a target reaches (indicators/stretch.hpp), with its working

enum class StretchMark { unknown, below, on, above };
BOOST_DESCRIBE_ENUM(StretchMark, unknown, below, on, above)

struct StretchTrend {
  StretchMark label = StretchMark::unknown;
  std::optional<Decimal> predicted;
  std::optional<Decimal> slope;
  std::int64_t n = 0;  // baseline years
};
BOOST_DESCRIBE_STRUCT(StretchTrend, (), (label, predicted, slope, n))

struct StretchPeers {
  StretchMark label = StretchMark::unknown;
  std::optional<Decimal> median;
  std::int64_t n = 0;  // peers
};
BOOST_DESCRIBE_STRUCT(StretchPeers, (), (label, median, n))

struct StretchItem {
  std::string kpi_code;
  FiscalYear fiscal_year;
  Decimal target;
  StretchTrend trend;
  StretchPeers peers;
};
BOOST_DESCRIBE_STRUCT(StretchItem, (), (kpi_code, fiscal_year, target, trend, peers))

struct StretchList {
  std::vector<StretchItem> items;
};
BOOST_DESCRIBE_STRUCT(StretchList, (), (items))

// ---- the programme's course

enum class CohortKind { study, pilot, group, volunteer };
BOOST_DESCRIBE_ENUM(CohortKind, study, pilot, group, volunteer)

struct Topic {
  Key code;
  Title title_th;
  Title title_en;
};
BOOST_DESCRIBE_STRUCT(Topic, (), (code, title_th, title_en))

// What a cohort is, however it is kept or shown.
struct CohortFacts {
  CohortId cohort_id;
  CohortKind kind = CohortKind::group;
  Title title_th;
  Title title_en;
  std::optional<Source> source;
  bool verified = false;
  std::optional<LongText> note;
};
BOOST_DESCRIBE_STRUCT(CohortFacts, (),
                      (cohort_id, kind, title_th, title_en, source, verified, note))

struct CohortRow : CohortFacts {
  Key code;
  FiscalYear fiscal_year;
  std::optional<std::int64_t> group_number;
  Json<List<Topic, 200>> topics;
};
BOOST_DESCRIBE_STRUCT(CohortRow, (CohortFacts), (code, fiscal_year, group_number, topics))

struct MembershipRow {
  Id<struct MembershipTag> membership_id;
  AreaCode province;
  CohortId cohort_id;
  std::optional<LongText> reason_th;
  std::optional<LongText> reason_en;
  std::optional<Date> entered_on;
  std::optional<ResolutionId> resolution_id;  // what it follows from
  std::optional<ApplicationId> application_id;
};
BOOST_DESCRIBE_STRUCT(MembershipRow, (),
                      (membership_id, province, cohort_id, reason_th, reason_en, entered_on,
                       resolution_id, application_id))

enum class MilestoneKind {
  consultation,
  selection,
  presentation,
  meeting,
  field_work,
  order,
  briefing,
  deadline,
  target
};
BOOST_DESCRIBE_ENUM(MilestoneKind, consultation, selection, presentation, meeting, field_work,
                    order, briefing, deadline, target)

struct Milestone {
  MilestoneKind kind = MilestoneKind::meeting;
  std::optional<Date> on_date;
  std::optional<Date> to_date;  // the last day of a period
  Title title_th;
  Title title_en;
  Source source;
  bool verified = false;
  std::optional<LongText> note;
};
BOOST_DESCRIBE_STRUCT(Milestone, (),
                      (kind, on_date, to_date, title_th, title_en, source, verified, note))

struct MilestoneRow : Milestone {
  Id<struct MilestoneTag> milestone_id;
  FiscalYear fiscal_year;
  std::int64_t position = 0;
};
BOOST_DESCRIBE_STRUCT(MilestoneRow, (Milestone), (milestone_id, fiscal_year, position))

struct Target {
  std::int64_t provinces = 0;
  FiscalYear fiscal_year;
  Title text_th;
  Title text_en;
  Source source;
  bool verified = false;
};
BOOST_DESCRIBE_STRUCT(Target, (), (provinces, fiscal_year, text_th, text_en, source, verified))

struct TargetRow : Target {
  Id<struct TargetTag> target_id;
};
BOOST_DESCRIBE_STRUCT(TargetRow, (Target), (target_id))

struct YearRow {
  FiscalYear fiscal_year;
  Title summary_th;
  Title summary_en;
  Source source;
  bool verified = false;
};
BOOST_DESCRIBE_STRUCT(YearRow, (), (fiscal_year, summary_th, summary_en, source, verified))

struct Member {
  AreaCode province;
  std::optional<LongText> reason_th;
  std::optional<LongText> reason_en;
  std::optional<Date> entered_on;
  std::optional<ResolutionId> resolution_id;
};
BOOST_DESCRIBE_STRUCT(Member, (), (province, reason_th, reason_en, entered_on, resolution_id))

struct Cohort : CohortFacts {
  std::optional<std::int64_t> group;
  std::vector<Member> members;
  std::vector<Topic> topics;
};
BOOST_DESCRIBE_STRUCT(Cohort, (CohortFacts), (group, members, topics))

struct YearMeeting {
  MeetingId meeting_id;
  Title body_th;
  Title body_en;
  committees::MeetingNumber number;
  Date on_date;
  std::optional<Title> place_th;
  std::optional<Title> place_en;
  std::optional<Source> source;
  bool verified = false;
  bool demonstration = false;  // invented
  std::vector<Resolution> resolutions;
};
BOOST_DESCRIBE_STRUCT(YearMeeting, (),
                      (meeting_id, body_th, body_en, number, on_date, place_th, place_en, source,
                       verified, demonstration, resolutions))

struct ProgrammeYear {
  FiscalYear fiscal_year;
  std::optional<Title> summary_th;
  std::optional<Title> summary_en;
  std::vector<Cohort> cohorts;
  std::vector<Milestone> milestones;
  std::vector<YearMeeting> meetings;
};
BOOST_DESCRIBE_STRUCT(ProgrammeYear, (),
                      (fiscal_year, summary_th, summary_en, cohorts, milestones, meetings))

struct ProgrammeView {
  std::optional<Target> target;
  std::vector<ProgrammeYear> years;
};
BOOST_DESCRIBE_STRUCT(ProgrammeView, (), (target, years))

// ---- a province as everybody may see it

struct Membership {
  CohortId cohort_id;
  FiscalYear fiscal_year;
  CohortKind kind = CohortKind::group;
  Title title_th;
  Title title_en;
  std::optional<LongText> reason_th;
  std::optional<LongText> reason_en;
  std::optional<Date> entered_on;
  std::optional<ResolutionId> resolution_id;
  bool verified = false;
};
BOOST_DESCRIBE_STRUCT(Membership, (),
                      (cohort_id, fiscal_year, kind, title_th, title_en, reason_th, reason_en,
                       entered_on, resolution_id, verified))

// What an approved application shows to everybody. Risks, advice, findings and files stay inside.
struct PublicApplication {
  ApplicationId application_id;
  FiscalYear fiscal_year;
  ApplicationKind kind = ApplicationKind::invited;
  ApplicationState state = ApplicationState::approved;
  std::optional<Instant> submitted_at;
  Text<0, 4000> summary_th;
  std::vector<Benefit> benefits;
  std::optional<Resolution> resolution;
  bool demonstration = false;
};
BOOST_DESCRIBE_STRUCT(PublicApplication, (),
                      (application_id, fiscal_year, kind, state, submitted_at, summary_th, benefits,
                       resolution, demonstration))

// A public step of an application's life, without persons.
struct PublicStep {
  Instant at;
  std::string act;
  std::string office_th;
  std::string office_en;
};
BOOST_DESCRIBE_STRUCT(PublicStep, (), (at, act, office_th, office_en))

struct ProvincePage {
  areas::Area area;
  std::optional<areas::Cluster> cluster;
  std::vector<Membership> memberships;
  std::optional<PublicApplication> application;
  std::vector<Agenda> agendas;
  std::vector<Resolution> resolutions;
  std::vector<PublicStep> history;
  bool demonstration = false;
};
BOOST_DESCRIBE_STRUCT(ProvincePage, (),
                      (area, cluster, memberships, application, agendas, resolutions, history,
                       demonstration))

struct ProvincePath {
  AreaCode code;
};
BOOST_DESCRIBE_STRUCT(ProvincePath, (), (code))

}  // namespace changwat::programme
