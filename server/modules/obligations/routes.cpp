#include "platform/documents/attachments.hpp"

#include "modules/obligations/obligations.hpp"

namespace changwat::obligations {

void Obligations::add_routes(RouteTable& table) {
  Routes routes(table, *this);
  constexpr auto sign_in = Needs::sign_in;
  routes.get("/api/v1/obligations", "list_obligations", sign_in, &Obligations::list_obligations,
             {.summary = "Duties to notify that the caller may read, what is owed soonest first"});
  routes.get("/api/v1/obligations/mine", "count_my_obligations", sign_in, &Obligations::count_mine,
             {.summary = "How many obligations the caller's offices have to meet"});
  routes.get("/api/v1/obligations/export", "export_obligations", sign_in,
             &Obligations::export_obligations, {.summary = "Obligations as CSV or XLSX"});
  routes.get("/api/v1/obligations/{obligation_id}", "get_obligation", sign_in,
             &Obligations::get_obligation, {.summary = "One obligation"});
  routes.post("/api/v1/obligations/{obligation_id}/serve", "serve_obligation", sign_in,
              &Obligations::serve, {.summary = "Record the letter that was sent"});
  routes.post("/api/v1/obligations/{obligation_id}/prove", "prove_obligation", sign_in,
              &Obligations::prove, {.summary = "Record the proof that it was received"});
  routes.post("/api/v1/obligations/{obligation_id}/take_back", "take_back_obligation", sign_in,
              &Obligations::take_back,
              {.summary = "Take back a letter or proof entered wrongly, with the reason"});
  routes.get("/api/v1/obligations/{obligation_id}/history", "list_obligation_history", sign_in,
             &Obligations::history, {.summary = "Who did what to an obligation, the oldest first"});
  routes.get("/api/v1/obligations/{obligation_id}/acts", "list_obligation_acts", sign_in,
             &Obligations::next_acts, {.summary = "What may be done next, and by whom"});
  routes.put("/api/v1/obligations/{obligation_id}/files/{key}", "put_obligation_file", sign_in,
             &Obligations::put_file,
             {.summary = "Send a proof as a file, which nothing replaces",
              .body_bytes_max = documents::file_bytes_max});
  routes.get("/api/v1/obligations/{obligation_id}/files/{key}", "get_obligation_file", sign_in,
             &Obligations::get_file, {.summary = "The proof as it was sent"});

  routes.get(
      "/api/v1/obligation_figures", "get_obligation_figures", Needs::nothing,
      &Obligations::get_figures,
      {.summary = "How many obligations are owed, overdue and proved, by province and kind"});
  routes.get("/api/v1/obligation_rules", "get_obligation_rules", Needs::nothing,
             &Obligations::get_rules,
             {.summary = "When obligations are followed up, with sources", .quick = true});
}

}  // namespace changwat::obligations
