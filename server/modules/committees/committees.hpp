#pragma once
// Committees: bodies with their members, meetings from call to minutes, what they resolved, what is
// done about it, and the urgent matters of provinces.
//
// Who calls it: modules that decide something by resolution (programme, plans), pages of the
// programme's history. Public resolutions are shown once their meeting was held; what was recorded
// wrongly is superseded, never changed.
// Threads: any; the functions that take a Connection or a Tx belong to the caller's act or
// snapshot.

#include <functional>
#include <optional>
#include <vector>

#include "base/origin.hpp"

#include "platform/db/acts.hpp"
#include "platform/documents/paper.hpp"
#include "platform/http/routes.hpp"

#include "modules/authority/authority.hpp"
#include "modules/committees/constitution.hpp"
#include "modules/committees/facts.hpp"
#include "modules/committees/matter_model.hpp"
#include "modules/committees/model.hpp"

namespace changwat::committees {

// The account of a user name, by which a member acts; none: there is no such account.
using PersonNamed = std::function<std::optional<std::string>(const Key& username)>;

class Committees {
 public:
  Committees(db::Database& database, Acts& acts, const authority::Authority& authority,
             Book book = {}, PersonNamed person_named = {},
             std::optional<documents::paper::Printer> printer = {});

  // Puts the bodies, meetings and resolutions of a new installation, in one act; `conflict` if
  // there are bodies already.
  Result<Done> found(const Call& call, const Facts& facts);

  // Adds the bodies of the book that are missing (one of each provincial kind for every province),
  // and gives those that are there their constitution and secretariat; `conflict` if nothing is
  // missing.
  Result<Done> complete(const Call& call, const std::vector<Province>& provinces);

  // The act behind POST /api/v1/meetings; what is made for demonstration is marked for ever, and so
  // is what it resolves.
  Result<Meeting> add_meeting(const Call& call, const NewMeeting& in, Origin origin);

  // Records a resolution inside the caller's act, which has asked authority and leaves the ledger
  // entry. Problems: not_found (meeting), invalid_input, conflict (the number decided this
  // subject), wrong_state (the meeting is not open or has no quorum).
  Result<Resolution> record_within(Tx& tx, const Call& call, const NewResolution& resolution);

  std::vector<Body> bodies(db::Connection& db) const;
  // The province's own body of a kind; none in a province that has none.
  std::optional<Body> provincial_body(db::Connection& db, const AreaCode& province,
                                      BodyKind kind) const;
  std::vector<Meeting> meetings(db::Connection& db) const;  // held, national; the oldest first
  std::optional<Meeting> meeting(db::Connection& db, const MeetingId& id) const;
  std::optional<Resolution> resolution(db::Connection& db, const ResolutionId& id) const;
  std::vector<Resolution> of_meeting(db::Connection& db, const MeetingId& id) const;  // public ones
  std::vector<Resolution> about(db::Connection& db, std::string_view subject_kind,
                                std::string_view subject_id) const;  // the oldest first

  // What the handlers of the same names do.
  Result<Meeting> plan_meeting(const Call& call, const PlanMeeting& in, Origin origin);
  Result<Meeting> send_round(const Call& call, const NewCirculation& in, Origin origin);
  Result<MatterRow> raise(const Call& call, const NewMatter& in, Origin origin);

  // Handlers: bodies and members.
  Result<BodyList> list_bodies(Call& call, const Query<BodyQuery>& query);
  Result<BodyPage> get_body(Call& call, const Path<BodyPath>& path);
  Result<Created<CommitteeMember>> appoint(Call& call, const Path<BodyPath>& path,
                                           const NewMember& in);
  Result<CommitteeMember> end_membership(Call& call, const Path<MemberPath>& path,
                                         const EndMember& in);

  // Handlers: the public record.
  Result<Page<Meeting>> list_meetings(Call& call, const Query<MeetingQuery>& query);
  Result<Created<Meeting>> record_meeting(Call& call, const NewMeeting& in);
  Result<Page<Resolution>> list_resolutions(Call& call, const Query<ResolutionQuery>& query);
  Result<Resolution> get_resolution(Call& call, const Path<ResolutionPath>& path);
  Result<Created<Resolution>> record_resolution(Call& call, const NewResolution& in);
  Result<Resolution> correct_resolution(Call& call, const Path<ResolutionPath>& path,
                                        const CorrectResolution& in);

  // Handlers: meetings from call to minutes.
  Result<RunningMeetings> list_running(Call& call);
  Result<Created<Meeting>> plan(Call& call, const PlanMeeting& in);
  Result<WholeMeeting> get_meeting(Call& call, const Path<MeetingPath>& path);
  Result<authority::NextActs> meeting_acts(Call& call, const Path<MeetingPath>& path);
  Result<Meeting> edit_meeting(Call& call, const Path<MeetingPath>& path, const EditMeeting& in);
  Result<Meeting> call_meeting(Call& call, const Path<MeetingPath>& path, const CallMeeting& in);
  Result<Meeting> take_attendance(Call& call, const Path<MeetingPath>& path, const Attendance& in);
  Result<Meeting> open_meeting(Call& call, const Path<MeetingPath>& path);
  Result<Meeting> close_meeting(Call& call, const Path<MeetingPath>& path);
  Result<Meeting> draft_minutes(Call& call, const Path<MeetingPath>& path);
  Result<Meeting> cancel_meeting(Call& call, const Path<MeetingPath>& path, const GivenReason& in);
  Result<Meeting> correct_meeting(Call& call, const Path<MeetingPath>& path,
                                  const CorrectMeeting& in);
  Result<Created<AgendaItemRow>> add_item(Call& call, const Path<MeetingPath>& path,
                                          const NewAgendaItem& in);
  Result<Meeting> order_items(Call& call, const Path<MeetingPath>& path, const AgendaOrder& in);
  Result<AgendaItemRow> edit_item(Call& call, const Path<AgendaItemPath>& path,
                                  const EditAgendaItem& in);
  Result<Done> remove_item(Call& call, const Path<AgendaItemPath>& path);
  Result<AgendaItemRow> write_discussion(Call& call, const Path<AgendaItemPath>& path,
                                         const Discussion& in);
  Result<Done> declare_conflict(Call& call, const Path<AgendaItemPath>& path,
                                const DeclareConflict& in);
  Result<Created<Resolution>> resolve_item(Call& call, const Path<AgendaItemPath>& path,
                                           const ResolveItem& in);

  // Handlers: circulations.
  Result<Created<Meeting>> circulate(Call& call, const NewCirculation& in);
  Result<Done> answer_circulation(Call& call, const Path<MeetingPath>& path, const GiveAnswer& in);
  Result<Meeting> count_circulation(Call& call, const Path<MeetingPath>& path);

  // Handlers: papers and assignments.
  Result<Created<PaperRow>> add_item_paper(Call& call, const Path<AgendaItemPath>& path,
                                           const Query<PaperQuery>& query, const Upload& upload);
  Result<Created<PaperRow>> add_evidence(Call& call, const Path<AssignmentPath>& path,
                                         const Query<PaperQuery>& query, const Upload& upload);
  Result<http::Response> get_paper(Call& call, const Path<PaperPath>& path);
  Result<Done> remove_paper(Call& call, const Path<PaperPath>& path);
  Result<Page<AssignmentRow>> list_assignments(Call& call, const Query<AssignmentQuery>& query);
  Result<AssignmentPage> get_assignment(Call& call, const Path<AssignmentPath>& path);
  Result<authority::NextActs> assignment_acts(Call& call, const Path<AssignmentPath>& path);
  Result<AssignmentRow> report(Call& call, const Path<AssignmentPath>& path, const NewReport& in);
  Result<AssignmentRow> close_assignment(Call& call, const Path<AssignmentPath>& path,
                                         const CloseAssignment& in);

  // Handlers: official papers as PDF, for whom may read what stands on them.
  Result<http::Response> print_minutes(Call& call, const Path<MeetingPath>& path);
  Result<http::Response> print_call(Call& call, const Path<MeetingPath>& path);
  Result<http::Response> print_order(Call& call, const Path<MatterPath>& path);

  // Handlers: urgent matters.
  Result<MatterList> list_matters(Call& call, const Query<MatterQuery>& query);
  Result<Created<MatterRow>> raise_matter(Call& call, const NewMatter& in);
  Result<MatterPage> get_matter(Call& call, const Path<MatterPath>& path);
  Result<authority::NextActs> matter_acts(Call& call, const Path<MatterPath>& path);
  Result<MatterRow> order_matter(Call& call, const Path<MatterPath>& path, const GiveOrder& in);
  Result<MatterRow> circulate_matter(Call& call, const Path<MatterPath>& path,
                                     const CirculateMatter& in);
  Result<MatterRow> table_matter(Call& call, const Path<MatterPath>& path, const TableMatter& in);
  Result<MatterRow> report_matter(Call& call, const Path<MatterPath>& path, const NewReport& in);
  Result<MatterRow> close_matter(Call& call, const Path<MatterPath>& path, const MatterNote& in);
  Result<MatterRow> withdraw_matter(Call& call, const Path<MatterPath>& path,
                                    const GivenReason& in);

  void add_routes(RouteTable& table);

 private:
  // A meeting that somebody is about to act on, with what permits it; the state is the next one.
  struct Step {
    Meeting meeting;
    Body body;
    authority::Permit permit;
  };
  struct ItemStep {
    Step step;
    AgendaItemRow item;
  };
  struct AssignmentStep {
    AssignmentRow row;
    authority::Permit permit;
  };
  struct MatterStep {
    MatterRow row;
    MatterState from = MatterState::raised;
    authority::Permit permit;
  };
  // Who counts on the day of a meeting.
  struct Floor {
    std::optional<Constitution> law;
    std::vector<MemberRow> members;
    std::vector<AttendanceRow> attendance;
    std::vector<ConflictRow> conflicts;

    bool voting(const MemberRow& member) const;
    Quorum quorum(const AgendaItemId* item) const;
  };

  // A body is acted for by its secretariat alone: the permit is asked for with those offices only.
  Result<authority::Permit> permit_of(const Call& call, std::string_view act,
                                      const Body& body) const;
  std::vector<authority::NextAct> next_of(const Call& call, const Meeting& meeting,
                                          const Body& body) const;
  bool is_member(const Call& call, const Body& body, const MemberRow& member) const;
  std::optional<MemberRow> myself(db::Connection& db, const Call& call, const Body& body,
                                  Date on) const;
  Result<Done> readable(db::Connection& db, const Call& call, const Body& body, Date on) const;
  CommitteeMember shown(const MemberRow& row, const Body& body, bool with_name) const;
  Result<MemberRow> seat_within(Tx& tx, const Call& call, const Body& body, const NewMember& in,
                                std::int64_t position);

  Result<Done> can_resolve(db::Connection& db, const Meeting& meeting) const;
  Floor floor_of(db::Connection& db, const Meeting& meeting, const Body& body) const;
  Result<Step> begin(db::Connection& db, const Call& call, const MeetingId& id,
                     std::string_view act, bool versioned = true) const;
  Result<ItemStep> begin_item(db::Connection& db, const Call& call, const AgendaItemId& id,
                              std::string_view act) const;
  Meeting finish(Tx& tx, Step& step, RawJson change) const;
  // As finish, for an act on what belongs to the meeting: it is named as the entry's subject.
  Meeting finish_about(Tx& tx, Step& step, std::string_view subject_kind,
                       const std::string& subject_id, RawJson change) const;
  Result<Meeting> simple_step(Call& call, const Path<MeetingPath>& path, std::string_view act);
  WholeMeeting whole_page(db::Connection& db, const Call& call, const Meeting& meeting,
                          const Body& body) const;
  template <class Content>
  Result<http::Response> print(const Content& content, bool draft, const std::string& key,
                               const std::string& name) const;
  void bring_back(db::Connection& db, const Meeting& meeting, const Body& body, Instant now);
  Result<Meeting> circulate_within(Tx& tx, const Call& call, const Body& body,
                                   const NewCirculation& in, const std::optional<MatterId>& matter,
                                   bool demonstration);
  CirculationCount counted(db::Connection& db, const Meeting& meeting, const Body& body) const;
  // Matters that a meeting leaves undecided are free for another way.
  void release_matters(db::Connection& db, const Meeting& meeting);
  Result<Done> follow(Tx& tx, const Call& call, const ItemStep& at, const Resolution& resolution,
                      const ResolveItem& in);

  Result<Created<PaperRow>> put_paper(Tx& tx, const Call& call, std::string_view subject_kind,
                                      std::string_view subject_id, const Text<1, 200>& name,
                                      const Upload& upload, const std::string& digest,
                                      const authority::Permit& permit,
                                      const std::optional<AreaCode>& province);
  Result<authority::Permit> assignment_permit(db::Connection& db, const Call& call,
                                              std::string_view act, const AssignmentRow& row) const;
  Result<Done> assignment_readable(db::Connection& db, const Call& call,
                                   const AssignmentRow& row) const;
  bool assignment_waits(db::Connection& db, const Call& call, const AssignmentRow& row) const;
  Result<AssignmentStep> begin_assignment(db::Connection& db, const Call& call,
                                          const AssignmentId& id, std::string_view act) const;

  Result<MatterStep> begin_matter(db::Connection& db, const Call& call, const MatterId& id,
                                  std::string_view act) const;
  MatterRow finish_matter(Tx& tx, const Call& call, MatterStep& step, MatterStepRow said) const;
  // What a resolution or the end of a circulation means for the matter it is about.
  void matter_resolved(Tx& tx, const Call& call, const MatterId& id, const Resolution& resolution);

  db::Database& database_;
  Acts& acts_;
  const authority::Authority& authority_;
  Book book_;
  PersonNamed person_named_;
  std::optional<documents::paper::Printer> printer_;
};

}  // namespace changwat::committees
