#include "modules/committees/committees.hpp"

namespace changwat::committees {
namespace {

constexpr std::size_t paper_body_max = 20 * 1024 * 1024;

}  // namespace

void Committees::add_routes(RouteTable& table) {
  Routes routes(table, *this);
  const auto sign_in = Needs::sign_in;

  routes.get("/api/v1/bodies", "list_bodies", Needs::nothing, &Committees::list_bodies,
             {.summary = "Bodies of the whole country, or of one province, by period"});
  routes.get("/api/v1/bodies/{code}", "get_body", Needs::nothing, &Committees::get_body,
             {.summary = "A body with its seats, rules and members"});
  routes.post("/api/v1/bodies/{code}/members", "appoint_member", sign_in, &Committees::appoint,
              {.summary = "Enter who sits in a seat, by which order and for which term"});
  routes.post("/api/v1/members/{member_id}/end", "end_membership", sign_in,
              &Committees::end_membership, {.summary = "Record the end of a term"});

  routes.get("/api/v1/meetings", "list_meetings", Needs::nothing, &Committees::list_meetings,
             {.summary = "Meetings that were held, the newest first"});
  routes.post("/api/v1/meetings", "record_meeting", sign_in, &Committees::record_meeting,
              {.summary = "Record a meeting of a body after the day"});
  routes.get("/api/v1/meetings/running", "list_running_meetings", sign_in,
             &Committees::list_running,
             {.summary = "Meetings and circulations that are not over, for who may read them"});
  routes.post("/api/v1/meetings/plan", "plan_meeting", sign_in, &Committees::plan,
              {.summary = "Plan a meeting; unfinished work comes to its agenda by itself"});
  routes.get("/api/v1/meetings/{meeting_id}", "get_meeting", sign_in, &Committees::get_meeting,
             {.summary = "A meeting whole: agenda, papers, attendance, quorum, resolutions"});
  routes.patch("/api/v1/meetings/{meeting_id}", "edit_meeting", sign_in, &Committees::edit_meeting,
               {.summary = "Change day, place or chair"});
  routes.get("/api/v1/meetings/{meeting_id}/acts", "meeting_acts", sign_in,
             &Committees::meeting_acts, {.summary = "What may be done next with a meeting"});
  routes.post("/api/v1/meetings/{meeting_id}/call", "call_meeting", sign_in,
              &Committees::call_meeting, {.summary = "Call the members by notice"});
  routes.put("/api/v1/meetings/{meeting_id}/attendance", "take_attendance", sign_in,
             &Committees::take_attendance, {.summary = "Who is there, and who for whom"});
  routes.post("/api/v1/meetings/{meeting_id}/open", "open_meeting", sign_in,
              &Committees::open_meeting, {.summary = "Open a meeting that has a quorum"});
  routes.post("/api/v1/meetings/{meeting_id}/close", "close_meeting", sign_in,
              &Committees::close_meeting, {.summary = "Close a meeting"});
  routes.post("/api/v1/meetings/{meeting_id}/draft-minutes", "draft_minutes", sign_in,
              &Committees::draft_minutes,
              {.summary = "Say that the minutes are ready for adoption by the next meeting"});
  routes.post("/api/v1/meetings/{meeting_id}/cancel", "cancel_meeting", sign_in,
              &Committees::cancel_meeting, {.summary = "Call a meeting or circulation off"});
  routes.post("/api/v1/meetings/{meeting_id}/correct", "correct_meeting", sign_in,
              &Committees::correct_meeting,
              {.summary = "Supersede what was wrongly recorded of a meeting"});
  routes.post("/api/v1/meetings/{meeting_id}/items", "add_agenda_item", sign_in,
              &Committees::add_item, {.summary = "Put an item on the agenda"});
  routes.put("/api/v1/meetings/{meeting_id}/order", "order_agenda", sign_in,
             &Committees::order_items, {.summary = "Put the items of the agenda in order"});
  routes.post("/api/v1/meetings/{meeting_id}/answer", "answer_circulation", sign_in,
              &Committees::answer_circulation,
              {.summary = "CirculationAnswer a circulation as a member"});
  routes.post("/api/v1/meetings/{meeting_id}/count", "count_circulation", sign_in,
              &Committees::count_circulation, {.summary = "Count the answers to a circulation"});
  routes.post("/api/v1/circulations", "send_circulation", sign_in, &Committees::circulate,
              {.summary = "Send a resolution round"});

  routes.get("/api/v1/meetings/{meeting_id}/minutes.pdf", "print_minutes", sign_in,
             &Committees::print_minutes,
             {.summary = "The minutes in the official form, marked as a draft until adopted"});
  routes.get("/api/v1/meetings/{meeting_id}/call.pdf", "print_call", sign_in,
             &Committees::print_call,
             {.summary = "The letter that calls the members or sends a resolution round"});

  routes.patch("/api/v1/agenda-items/{item_id}", "edit_agenda_item", sign_in,
               &Committees::edit_item, {.summary = "Change an item of the agenda"});
  routes.remove("/api/v1/agenda-items/{item_id}", "remove_agenda_item", sign_in,
                &Committees::remove_item, {.summary = "Take an item off the agenda"});
  routes.put("/api/v1/agenda-items/{item_id}/discussion", "write_discussion", sign_in,
             &Committees::write_discussion, {.summary = "Write what was discussed"});
  routes.post("/api/v1/agenda-items/{item_id}/conflicts", "declare_conflict", sign_in,
              &Committees::declare_conflict,
              {.summary = "Declare a conflict of interest in an item"});
  routes.post("/api/v1/agenda-items/{item_id}/resolutions", "resolve_item", sign_in,
              &Committees::resolve_item, {.summary = "Record what was resolved on an item"});
  routes.post("/api/v1/agenda-items/{item_id}/papers", "add_item_paper", sign_in,
              &Committees::add_item_paper,
              {.summary = "Attach a paper to an item", .body_bytes_max = paper_body_max});
  routes.get("/api/v1/papers/{paper_id}", "get_paper", sign_in, &Committees::get_paper,
             {.summary = "A paper of an item or evidence of a report"});
  routes.remove("/api/v1/papers/{paper_id}", "remove_paper", sign_in, &Committees::remove_paper,
                {.summary = "Take a paper off an item"});

  routes.get("/api/v1/resolutions", "list_resolutions", Needs::nothing,
             &Committees::list_resolutions,
             {.summary = "Public resolutions by body or by what they are about, the newest first"});
  routes.get("/api/v1/resolutions/{resolution_id}", "get_resolution", Needs::nothing,
             &Committees::get_resolution, {.summary = "One public resolution", .quick = true});
  routes.post("/api/v1/resolutions", "record_resolution", sign_in, &Committees::record_resolution,
              {.summary = "Record a resolution of a meeting"});
  routes.post("/api/v1/resolutions/{resolution_id}/correct", "correct_resolution", sign_in,
              &Committees::correct_resolution,
              {.summary = "Supersede a wrongly recorded resolution; both stay visible"});

  routes.get("/api/v1/assignments", "list_assignments", sign_in, &Committees::list_assignments,
             {.summary = "What resolutions gave people to do, the newest first"});
  routes.get("/api/v1/assignments/{assignment_id}", "get_assignment", sign_in,
             &Committees::get_assignment, {.summary = "An assignment with its reports"});
  routes.get("/api/v1/assignments/{assignment_id}/acts", "assignment_acts", sign_in,
             &Committees::assignment_acts, {.summary = "What may be done next with it"});
  routes.post("/api/v1/assignments/{assignment_id}/reports", "report_assignment", sign_in,
              &Committees::report, {.summary = "Report what was done"});
  routes.post("/api/v1/assignments/{assignment_id}/evidence", "add_evidence", sign_in,
              &Committees::add_evidence,
              {.summary = "Attach evidence", .body_bytes_max = paper_body_max});
  routes.post("/api/v1/assignments/{assignment_id}/close", "close_assignment", sign_in,
              &Committees::close_assignment, {.summary = "Close as done, or drop"});

  routes.get("/api/v1/matters", "list_matters", sign_in, &Committees::list_matters,
             {.summary = "Urgent matters that the caller may read, overdue first"});
  routes.post("/api/v1/matters", "raise_matter", sign_in, &Committees::raise_matter,
              {.summary = "Raise an urgent matter of a province"});
  routes.get("/api/v1/matters/{matter_id}", "get_matter", sign_in, &Committees::get_matter,
             {.summary = "An urgent matter with its clocks and steps"});
  routes.get("/api/v1/matters/{matter_id}/acts", "matter_acts", sign_in, &Committees::matter_acts,
             {.summary = "What may be done next with a matter"});
  routes.get("/api/v1/matters/{matter_id}/order.pdf", "print_order", sign_in,
             &Committees::print_order, {.summary = "The last order of a matter on paper"});
  routes.post("/api/v1/matters/{matter_id}/order", "order_matter", sign_in,
              &Committees::order_matter, {.summary = "The governor's order"});
  routes.post("/api/v1/matters/{matter_id}/circulate", "circulate_matter", sign_in,
              &Committees::circulate_matter, {.summary = "Send the matter round the committee"});
  routes.post("/api/v1/matters/{matter_id}/table", "table_matter", sign_in,
              &Committees::table_matter, {.summary = "Put the matter on an agenda"});
  routes.post("/api/v1/matters/{matter_id}/reports", "report_matter", sign_in,
              &Committees::report_matter, {.summary = "Report on the order"});
  routes.post("/api/v1/matters/{matter_id}/close", "close_matter", sign_in,
              &Committees::close_matter, {.summary = "Close the matter"});
  routes.post("/api/v1/matters/{matter_id}/withdraw", "withdraw_matter", sign_in,
              &Committees::withdraw_matter, {.summary = "Withdraw the matter"});
}

}  // namespace changwat::committees
