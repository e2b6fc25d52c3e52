#include "modules/indicators/indicators.hpp"

namespace changwat::indicators {

void Indicators::add_routes(RouteTable& table) {
  Routes routes(table, *this);
  routes.get("/api/v1/kpis", "list_kpis", Needs::nothing, &Indicators::list,
             {.summary = "KPIs of a province or fiscal year, with their judgement"});
  routes.post("/api/v1/kpis", "create_kpi", Needs::sign_in, &Indicators::create,
              {.summary = "Define a KPI of one's own province"});
  routes.get("/api/v1/kpis/{kpi_id}", "get_kpi", Needs::nothing, &Indicators::get,
             {.summary = "One KPI with the judgement by the published rule", .quick = true});
  routes.patch("/api/v1/kpis/{kpi_id}", "change_kpi", Needs::sign_in, &Indicators::change,
               {.summary = "Change a KPI of one's own province"});
  routes.get(
      "/api/v1/kpis/{kpi_id}/values", "list_kpi_values", Needs::nothing, &Indicators::list_values,
      {.summary = "Values of a KPI by period; with history=all corrected and withdrawn ones too",
       .quick = true});
  routes.post("/api/v1/kpis/{kpi_id}/values", "report_kpi_value", Needs::sign_in,
              &Indicators::report, {.summary = "Report a value, or correct one and say why"});
  routes.post("/api/v1/kpis/{kpi_id}/values/{value_id}/withdraw", "withdraw_kpi_value",
              Needs::sign_in, &Indicators::withdraw,
              {.summary = "Withdraw a value that should not stand, and say why"});
  routes.get("/api/v1/kpis/{kpi_id}/acts", "list_kpi_acts", Needs::sign_in, &Indicators::kpi_acts,
             {.summary = "What may be done next with a KPI, and by whom"});
  routes.get("/api/v1/scoreboard", "get_scoreboard", Needs::nothing, &Indicators::scoreboard,
             {.summary = "Provinces of a fiscal year by level and improvement", .quick = true});
  routes.get("/api/v1/scoreboard/dump", "dump_scoreboard", Needs::nothing, &Indicators::dump,
             {.summary = "All that is needed to compute every rank again", .quick = true});
  routes.post("/api/v1/imports", "preview_import", Needs::sign_in, &Indicators::preview,
              {.summary = "Read a sheet of values or definitions and show what would be written",
               .body_bytes_max = import_bytes_max});
  routes.get("/api/v1/imports/{import_id}", "get_import", Needs::sign_in, &Indicators::get_import,
             {.summary = "A sheet that waits to be confirmed"});
  routes.post("/api/v1/imports/{import_id}/confirm", "confirm_import", Needs::sign_in,
              &Indicators::confirm, {.summary = "Write what was shown"});
  routes.get("/api/v1/exports/kpis", "export_kpis", Needs::nothing, &Indicators::export_kpis,
             {.summary = "Definitions and values as a sheet in Thai"});
}

}  // namespace changwat::indicators
