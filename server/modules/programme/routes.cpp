#include "platform/documents/attachments.hpp"

#include "modules/programme/programme.hpp"

namespace changwat::programme {
namespace {

constexpr std::size_t proposal_bytes_max = 1024 * 1024;  // Thai takes three bytes a character

}  // namespace

void Programme::add_routes(RouteTable& table) {
  Routes routes(table, *this);
  routes.get("/api/v1/programme", "get_programme", Needs::nothing, &Programme::show,
             {.summary = "The course of the programme: years, cohorts, milestones, meetings"});
  routes.get("/api/v1/provinces/{code}", "get_province", Needs::nothing, &Programme::get_province,
             {.summary = "A province as everybody may see it"});

  routes.get("/api/v1/calls", "list_calls", Needs::nothing, &Programme::list_calls,
             {.summary = "Calls for proposals, the newest first"});
  routes.post("/api/v1/calls", "create_call", Needs::sign_in, &Programme::create_call,
              {.summary = "Draft a call for proposals"});
  routes.get("/api/v1/calls/{call_id}", "get_call", Needs::nothing, &Programme::get_call,
             {.summary = "One call for proposals"});
  routes.patch("/api/v1/calls/{call_id}", "edit_call", Needs::sign_in, &Programme::edit_call,
               {.summary = "Change a draft, or extend the deadline of an open call with a reason"});
  routes.post("/api/v1/calls/{call_id}/open", "open_call", Needs::sign_in, &Programme::open_call,
              {.summary = "Open a call"});
  routes.post("/api/v1/calls/{call_id}/close", "close_call", Needs::sign_in, &Programme::close_call,
              {.summary = "Close a call whose deadline has passed"});
  routes.get("/api/v1/calls/{call_id}/acts", "list_call_acts", Needs::sign_in,
             &Programme::call_acts, {.summary = "What may be done next with a call, and by whom"});

  routes.get("/api/v1/applications", "list_applications", Needs::sign_in,
             &Programme::list_applications,
             {.summary = "Applications that the caller may read, the newest first"});
  routes.post("/api/v1/applications", "create_application", Needs::sign_in,
              &Programme::create_application,
              {.summary = "Begin the application of a province to a call"});
  routes.get("/api/v1/applications/{application_id}", "get_application", Needs::sign_in,
             &Programme::get_application, {.summary = "One application"});
  routes.patch("/api/v1/applications/{application_id}", "edit_application", Needs::sign_in,
               &Programme::edit_application,
               {.summary = "Save the proposal, or the sections of it that are given",
                .body_bytes_max = proposal_bytes_max});
  routes.post("/api/v1/applications/{application_id}/submit", "submit_application", Needs::sign_in,
              &Programme::submit, {.summary = "Submit, until the last moment of the deadline"});
  routes.post("/api/v1/applications/{application_id}/return", "return_application", Needs::sign_in,
              &Programme::return_for_correction,
              {.summary = "Return for correction, with findings and a deadline"});
  routes.post("/api/v1/applications/{application_id}/accept", "accept_application", Needs::sign_in,
              &Programme::accept, {.summary = "Accept for screening"});
  routes.post("/api/v1/applications/{application_id}/advise", "advise_application", Needs::sign_in,
              &Programme::advise, {.summary = "Give a working group's advice"});
  routes.post("/api/v1/applications/{application_id}/resolve", "resolve_application",
              Needs::sign_in, &Programme::resolve,
              {.summary = "Record what the sub-committee resolved"});
  routes.post("/api/v1/applications/{application_id}/withdraw", "withdraw_application",
              Needs::sign_in, &Programme::withdraw, {.summary = "Withdraw, with the reason"});
  routes.get("/api/v1/applications/{application_id}/history", "list_application_history",
             Needs::sign_in, &Programme::list_history,
             {.summary = "Who did what to an application, the oldest first"});
  routes.get("/api/v1/applications/{application_id}/acts", "list_application_acts", Needs::sign_in,
             &Programme::application_acts,
             {.summary = "What may be done next with an application, and by whom"});
  routes.get("/api/v1/applications/{application_id}/completeness", "get_application_completeness",
             Needs::sign_in, &Programme::get_completeness,
             {.summary = "What is missing before it can be submitted"});
  routes.get("/api/v1/applications/{application_id}/stretch", "get_application_stretch",
             Needs::sign_in, &Programme::get_stretch,
             {.summary = "Its targets against trend and peers, with the working"});

  routes.put("/api/v1/applications/{application_id}/files/{key}", "put_application_file",
             Needs::sign_in, &Programme::put_file,
             {.summary = "Send a file: PDF, DOCX, XLSX, JPG or PNG",
              .body_bytes_max = documents::file_bytes_max});
  routes.get("/api/v1/applications/{application_id}/files/{key}", "get_application_file",
             Needs::sign_in, &Programme::get_file, {.summary = "The file as it was sent"});
  routes.remove("/api/v1/applications/{application_id}/files/{key}", "remove_application_file",
                Needs::sign_in, &Programme::remove_file,
                {.summary = "Remove a file while the application is written"});
}

}  // namespace changwat::programme
