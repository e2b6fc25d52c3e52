#include "platform/documents/attachments.hpp"

#include "modules/plans/plans.hpp"

namespace changwat::plans {
namespace {

constexpr std::size_t content_bytes_max = 1024 * 1024;  // Thai takes three bytes a character

}  // namespace

void Plans::add_routes(RouteTable& table) {
  Routes routes(table, *this);
  routes.get(
      "/api/v1/projects", "list_projects", Needs::sign_in, &Plans::list_projects,
      {.summary = "Projects of annual plans that the caller may read, by province and year"});
  routes.post("/api/v1/projects", "record_project", Needs::sign_in, &Plans::record_project,
              {.summary = "Record a project of the approved annual plan",
               .body_bytes_max = content_bytes_max});
  routes.get("/api/v1/projects/export", "export_projects", Needs::sign_in, &Plans::export_projects,
             {.summary = "Projects with their budget lines, as CSV, JSON or XLSX"});
  routes.get("/api/v1/projects/{project_id}", "get_project", Needs::sign_in, &Plans::get_project,
             {.summary = "One project"});
  routes.get("/api/v1/projects/{project_id}/history", "list_project_history", Needs::sign_in,
             &Plans::project_history, {.summary = "A project as it stood after each act"});

  routes.get("/api/v1/change_rules", "get_change_rules", Needs::nothing, &Plans::get_rules,
             {.summary = "The decision table of project change, with sources", .quick = true});
  routes.get("/api/v1/provinces/{code}/changes", "get_change_figures", Needs::nothing,
             &Plans::get_figures,
             {.summary = "How many requests a province made, and where they were decided"});

  routes.get("/api/v1/changes", "list_changes", Needs::sign_in, &Plans::list_changes,
             {.summary = "Requests for change that the caller may read, the newest first"});
  routes.post("/api/v1/changes", "create_change", Needs::sign_in, &Plans::create_change,
              {.summary = "Begin a request to change, cancel, replace or add a project"});
  routes.get("/api/v1/changes/{change_id}", "get_change", Needs::sign_in, &Plans::get_change,
             {.summary = "One request, with its classification and what would change it"});
  routes.patch("/api/v1/changes/{change_id}", "edit_change", Needs::sign_in, &Plans::edit_change,
               {.summary = "Save what is asked for", .body_bytes_max = content_bytes_max});
  routes.post(
      "/api/v1/changes/{change_id}/preview", "preview_change", Needs::sign_in,
      &Plans::preview_change,
      {.summary = "Classify contents without saving them", .body_bytes_max = content_bytes_max});
  routes.post("/api/v1/changes/{change_id}/submit", "submit_change", Needs::sign_in, &Plans::submit,
              {.summary = "Hand in to be checked by the provincial office"});
  routes.post("/api/v1/changes/{change_id}/return", "return_change", Needs::sign_in,
              &Plans::give_back, {.summary = "Give back to its writer, with the reason"});
  routes.post("/api/v1/changes/{change_id}/settle", "settle_change", Needs::sign_in,
              &Plans::settle_classification,
              {.summary = "Confirm who decides, or contest it with a reason"});
  routes.post("/api/v1/changes/{change_id}/resolve", "resolve_change", Needs::sign_in,
              &Plans::resolve, {.summary = "Record what the provincial committee resolved"});
  routes.post("/api/v1/changes/{change_id}/send_up", "send_up_change", Needs::sign_in,
              &Plans::send_up, {.summary = "Send the complete dossier to who decides"});
  routes.post("/api/v1/changes/{change_id}/outcome", "record_change_outcome", Needs::sign_in,
              &Plans::record_outcome, {.summary = "Record what was decided above"});
  routes.post("/api/v1/changes/{change_id}/report", "report_change", Needs::sign_in, &Plans::report,
              {.summary = "Record the report to the Budget Bureau, with its proof"});
  routes.post("/api/v1/changes/{change_id}/apply", "apply_change", Needs::sign_in, &Plans::apply,
              {.summary = "Put a decided change into the plan"});
  routes.post("/api/v1/changes/{change_id}/close", "close_change", Needs::sign_in, &Plans::close,
              {.summary = "Close a request whose duties are done"});
  routes.post("/api/v1/changes/{change_id}/withdraw", "withdraw_change", Needs::sign_in,
              &Plans::withdraw, {.summary = "Withdraw, with the reason"});
  routes.post("/api/v1/changes/{change_id}/objections", "object_to_change", Needs::sign_in,
              &Plans::object, {.summary = "Record a written objection, which nothing removes"});
  routes.get("/api/v1/changes/{change_id}/history", "list_change_history", Needs::sign_in,
             &Plans::change_history, {.summary = "Who did what to a request, the oldest first"});
  routes.get("/api/v1/changes/{change_id}/acts", "list_change_acts", Needs::sign_in,
             &Plans::change_acts, {.summary = "What may be done next with a request, and by whom"});

  routes.put("/api/v1/changes/{change_id}/files/{key}", "put_change_file", Needs::sign_in,
             &Plans::put_file,
             {.summary = "Send an attachment: PDF, DOCX, XLSX, JPG or PNG",
              .body_bytes_max = documents::file_bytes_max});
  routes.get("/api/v1/changes/{change_id}/files/{key}", "get_change_file", Needs::sign_in,
             &Plans::get_file, {.summary = "The attachment as it was sent"});
  routes.remove("/api/v1/changes/{change_id}/files/{key}", "remove_change_file", Needs::sign_in,
                &Plans::remove_file, {.summary = "Remove an attachment"});
}

}  // namespace changwat::plans
