#include "platform/documents/attachments.hpp"

#include "modules/service_centre/service_centre.hpp"

namespace changwat::service_centre {
namespace {

constexpr std::size_t case_bytes_max = 128 * 1024;    // Thai takes three bytes a character
constexpr std::size_t citizen_bytes_max = 64 * 1024;  // of strangers

}  // namespace

void ServiceCentre::add_routes(RouteTable& table) {
  Routes routes(table, *this);
  using S = ServiceCentre;
  const std::string cases = "/api/v1/cases";
  const auto one = cases + "/{case_id}";
  const auto agency = one + "/assignments/{assignment_id}";

  routes.get(
      "/api/v1/service_centre/lists", "get_service_centre_lists", Needs::nothing, &S::get_lists,
      {.summary = "Kinds, categories, channels and clocks of cases, with sources", .quick = true});

  // Without an account.
  routes.post("/api/v1/service_centre/reports", "report_case", Needs::nothing, &S::report_case,
              {.summary = "Report a case as a citizen; the answer holds the tracking code",
               .body_bytes_max = citizen_bytes_max});
  routes.post("/api/v1/service_centre/alike", "list_alike_reports", Needs::nothing,
              &S::list_alike_reports,
              {.summary = "Open cases like the one being written, in words that name nobody",
               .body_bytes_max = citizen_bytes_max});
  routes.post("/api/v1/service_centre/track", "track_case", Needs::nothing, &S::track,
              {.summary = "Follow a case by its tracking code, which never stands in an address",
               .body_bytes_max = citizen_bytes_max});
  routes.post("/api/v1/service_centre/words", "add_case_word", Needs::nothing, &S::add_word,
              {.summary = "Add a word to a case by its tracking code",
               .body_bytes_max = citizen_bytes_max});
  routes.post("/api/v1/service_centre/confirm", "confirm_case", Needs::nothing, &S::confirm,
              {.summary = "Confirm that a case is done", .body_bytes_max = citizen_bytes_max});
  routes.post("/api/v1/service_centre/reopen", "reopen_own_case", Needs::nothing, &S::reopen_own,
              {.summary = "Have a closed case reopened, within the time for it",
               .body_bytes_max = citizen_bytes_max});
  routes.post(
      "/api/v1/service_centre/withdraw", "withdraw_own_case", Needs::nothing, &S::withdraw_own,
      {.summary = "Withdraw a case by its tracking code", .body_bytes_max = citizen_bytes_max});
  routes.put("/api/v1/service_centre/tickets/{ticket}/files/{key}", "put_own_case_file",
             Needs::nothing, &S::put_own_file,
             {.summary = "Add a photo or PDF, by the ticket that following a case gave",
              .body_bytes_max = documents::file_bytes_max});
  routes.get("/api/v1/service_centre/tickets/{ticket}/files/{key}", "get_told_case_file",
             Needs::nothing, &S::get_told_file,
             {.summary = "A photo from before or after, once the centre told the result, without "
                         "what the camera wrote into it"});
  routes.get(
      "/api/v1/service_centre/figures/{code}", "get_case_figures", Needs::nothing,
      &S::get_public_figures,
      {.summary = "Cases of a province or district: closed on which ground, reopened, late"});

  // Lists.
  routes.get(cases, "list_cases", Needs::sign_in, &S::list_cases,
             {.summary = "Cases that the caller may read, what is due next first"});
  routes.post(cases, "take_case", Needs::sign_in, &S::take_case,
              {.summary = "Take a case at the desk", .body_bytes_max = case_bytes_max});
  routes.get(cases + "/search", "search_cases", Needs::sign_in, &S::search_cases,
             {.summary = "Cases that the caller may read, by words and parts of words"});
  routes.post(
      cases + "/alike", "list_alike_cases", Needs::sign_in, &S::list_alike,
      {.summary = "Cases like the one being taken; asked in the body, which may hold names"});
  routes.get(
      cases + "/export", "export_cases", Needs::sign_in, &S::export_cases,
      {.summary = "Cases that the caller may read, as CSV, JSON or XLSX, without who reported"});
  routes.get("/api/v1/service_centre/board", "get_case_board", Needs::sign_in, &S::get_board,
             {.summary = "Open, late and near-due cases of a district or province, counted"});
  routes.get("/api/v1/service_centre/province", "get_province_board", Needs::sign_in,
             &S::get_province_board,
             {.summary = "Cases of a province by district, category and sub-district, with trend"});

  routes.get("/api/v1/service_centre/report", "get_case_report", Needs::sign_in, &S::get_report,
             {.summary = "The monthly report: brought forward, in, reopened, settled, remaining"});
  routes.get("/api/v1/service_centre/report/file", "get_case_report_file", Needs::sign_in,
             &S::get_report_file, {.summary = "The monthly report as XLSX or PDF"});

  // One case.
  routes.get(one, "get_case", Needs::sign_in, &S::get_case, {.summary = "One case"});
  routes.get(one + "/history", "list_case_history", Needs::sign_in, &S::case_history,
             {.summary = "Who did what with a case, the oldest first"});
  routes.get(one + "/clocks", "list_case_clocks", Needs::sign_in, &S::case_clocks,
             {.summary = "Clocks of a case: since when, until when, why, and when they stopped"});
  routes.get(
      agency + "/letter", "get_case_letter", Needs::sign_in, &S::get_letter,
      {.summary = "The letter that hands a case to an agency, as PDF, without who reported"});
  routes.get(one + "/slip", "get_case_slip", Needs::sign_in, &S::get_slip,
             {.summary = "The service-link slip of a case, as PDF"});
  routes.get(one + "/print", "get_case_summary", Needs::sign_in, &S::get_summary,
             {.summary = "The summary of a case for the file, as PDF"});
  routes.get(one + "/acts", "list_case_acts", Needs::sign_in, &S::case_acts,
             {.summary = "What may be done next with a case, and by whom"});
  routes.post(one + "/screen", "screen_case", Needs::sign_in, &S::screen,
              {.summary = "Begin screening, or correct kind, category, importance and place"});
  routes.post(one + "/reject", "reject_case", Needs::sign_in, &S::reject,
              {.summary = "Reject, with the reason that is told to the citizen"});
  routes.post(one + "/take_charge", "take_charge_of_case", Needs::sign_in, &S::take_charge,
              {.summary = "Become the officer who has the case"});
  routes.post(one + "/assignments", "assign_case", Needs::sign_in, &S::assign,
              {.summary = "Assign to an agency; several may have one each"});
  routes.post(agency + "/end", "end_case_assignment", Needs::sign_in, &S::end_assignment,
              {.summary = "Take an assignment back"});
  routes.post(agency + "/accept", "accept_case", Needs::sign_in, &S::accept,
              {.summary = "The agency accepts"});
  routes.post(agency + "/progress", "record_case_progress", Needs::sign_in, &S::progress,
              {.summary = "The agency records progress"});
  routes.post(agency + "/report", "report_case_result", Needs::sign_in, &S::report_result,
              {.summary = "The agency reports the result; the centre alone closes"});
  routes.post(agency + "/return", "return_case", Needs::sign_in, &S::give_back,
              {.summary = "The agency gives back what is not its business, with the reason"});
  routes.post(one + "/handle", "handle_case", Needs::sign_in, &S::handle,
              {.summary = "The centre handles the case itself"});
  routes.post(one + "/result", "record_case_result", Needs::sign_in, &S::record_result,
              {.summary = "Record the result of the centre's own work"});
  routes.post(one + "/mediate", "mediate_case", Needs::sign_in, &S::mediate,
              {.summary = "Begin mediation"});
  routes.post(one + "/mediation_end", "end_case_mediation", Needs::sign_in, &S::end_mediation,
              {.summary = "End mediation, with or without agreement"});
  routes.post(one + "/send_up", "send_case_up", Needs::sign_in, &S::send_up,
              {.summary = "Send to the centre above, with the reason that is told to the citizen"});
  routes.post(one + "/take_up", "take_case_up", Needs::sign_in, &S::take_up,
              {.summary = "Take what a centre below sent up"});
  routes.post(one + "/send_back", "send_case_back", Needs::sign_in, &S::send_back,
              {.summary = "Give back what a centre below sent up"});
  routes.post(one + "/merge", "merge_case", Needs::sign_in, &S::merge,
              {.summary = "Put into another case of the district; all who reported are kept"});
  routes.post(one + "/withdraw", "withdraw_case", Needs::sign_in, &S::withdraw,
              {.summary = "Record that the citizen withdraws"});
  routes.post(one + "/reopen", "reopen_case", Needs::sign_in, &S::reopen,
              {.summary = "Reopen a closed or rejected case, with the reason"});
  routes.post(one + "/tell", "tell_case", Needs::sign_in, &S::tell,
              {.summary = "Tell the citizen, who reads it with the tracking code"});
  routes.post(one + "/tasks", "add_case_task", Needs::sign_in, &S::add_task,
              {.summary = "Add a piece of the work"});
  routes.post(one + "/tasks/{task_id}/done", "do_case_task", Needs::sign_in, &S::do_task,
              {.summary = "Tick a piece of the work off"});
  routes.post(one + "/reveal", "reveal_case_reporters", Needs::sign_in, &S::reveal,
              {.summary = "Tell who reported; who asked and why goes into the ledger"});
  routes.post(one + "/closing", "propose_case_closing", Needs::sign_in, &S::propose_closing,
              {.summary = "Propose closing, on evidence or the citizen's word"});
  routes.post(one + "/close", "close_case", Needs::sign_in, &S::close,
              {.summary = "Close, by another person than the one who proposed it"});
  routes.post(one + "/closing_refusal", "refuse_case_closing", Needs::sign_in, &S::refuse_closing,
              {.summary = "Refuse a proposed closing, with the reason"});
  routes.put(one + "/files/{key}", "put_case_file", Needs::sign_in, &S::put_file,
             {.summary = "Add a JPEG, PNG or PDF; what was sent is never replaced",
              .body_bytes_max = documents::file_bytes_max});
  routes.get(one + "/files/{key}", "get_case_file", Needs::sign_in, &S::get_file,
             {.summary = "The file as it was sent; a citizen's photo without what the camera wrote "
                         "into it"});
  add_application_routes(table);
}

}  // namespace changwat::service_centre
