#include "modules/delegations/delegations.hpp"

namespace changwat::delegations {

void Delegations::add_routes(RouteTable& table) {
  Routes routes(table, *this);
  routes.get("/api/v1/delegations", "get_held_powers", Needs::sign_in, &Delegations::held_powers,
             {.summary = "Who holds what in a province on a day: by law, and by which order"});
  routes.get("/api/v1/delegations/export", "export_held_powers", Needs::sign_in,
             &Delegations::export_held, {.summary = "The same as CSV or XLSX"});

  routes.get("/api/v1/delegation-orders", "list_delegation_orders", Needs::sign_in,
             &Delegations::list_orders,
             {.summary = "Orders of delegation that the caller may read, the newest first"});
  routes.post("/api/v1/delegation-orders", "draft_delegation_order", Needs::sign_in,
              &Delegations::create_order, {.summary = "Begin a draft"});
  routes.get("/api/v1/delegation-orders/choices", "get_delegation_choices", Needs::sign_in,
             &Delegations::get_choices,
             {.summary = "Offices and powers that a draft of a kind may name"});
  routes.get("/api/v1/delegation-orders/{order_id}", "get_delegation_order", Needs::sign_in,
             &Delegations::get_order,
             {.summary = "One order, with its checks, papers, notices and uses"});
  routes.patch("/api/v1/delegation-orders/{order_id}", "edit_delegation_order", Needs::sign_in,
               &Delegations::edit_order, {.summary = "Save the draft"});
  routes.post("/api/v1/delegation-orders/{order_id}/sign", "sign_delegation_order", Needs::sign_in,
              &Delegations::sign, {.summary = "Sign: the grant is made and the notices are due"});
  routes.post("/api/v1/delegation-orders/{order_id}/uses", "use_delegated_power", Needs::sign_in,
              &Delegations::use, {.summary = "Record that the delegated power was used"});
  routes.post("/api/v1/delegation-orders/{order_id}/close", "close_delegation_order",
              Needs::sign_in, &Delegations::close, {.summary = "End it in good order"});
  routes.post("/api/v1/delegation-orders/{order_id}/revoke", "revoke_delegation_order",
              Needs::sign_in, &Delegations::revoke, {.summary = "Revoke, with the reason"});
  routes.post("/api/v1/delegation-orders/{order_id}/withdraw", "withdraw_delegation_order",
              Needs::sign_in, &Delegations::withdraw, {.summary = "Withdraw the draft"});
  routes.get("/api/v1/delegation-orders/{order_id}/history", "list_delegation_order_history",
             Needs::sign_in, &Delegations::order_history,
             {.summary = "Who did what to an order, the oldest first"});
  routes.get("/api/v1/delegation-orders/{order_id}/acts", "list_delegation_order_acts",
             Needs::sign_in, &Delegations::order_acts,
             {.summary = "What may be done next with an order, and by whom"});
  routes.get("/api/v1/delegation-orders/{order_id}/papers/{file}", "get_delegation_paper",
             Needs::sign_in, &Delegations::get_paper,
             {.summary = "The order or one of its letters, as PDF"});
}

}  // namespace changwat::delegations
