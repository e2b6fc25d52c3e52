#include "modules/ledger/ledger.hpp"

namespace changwat::ledger {

void Ledger::add_routes(RouteTable& table) {
  Routes routes(table, *this);
  routes.get("/api/v1/ledger/head", "get_ledger_head", Needs::nothing, &Ledger::latest,
             {.summary = "The latest signed head, and the keys that signed it"});
  routes.get("/api/v1/ledger/heads", "list_ledger_heads", Needs::nothing, &Ledger::list_heads,
             {.summary = "Signed heads, latest first"});
  routes.get("/api/v1/ledger/entries", "list_ledger_entries", Needs::sign_in, &Ledger::list_entries,
             {.summary = "Entries in order, of all or of one record, for those who audit"});
  routes.get("/api/v1/ledger/proof/inclusion", "prove_inclusion", Needs::nothing,
             &Ledger::prove_inclusion,
             {.summary = "Proof that an entry stands under a signed head"});
  routes.get("/api/v1/ledger/proof/consistency", "prove_consistency", Needs::nothing,
             &Ledger::prove_consistency,
             {.summary = "Proof that a later head only appended to an earlier one"});
  routes.get(
      "/api/v1/events", "listen_to_events", Needs::sign_in, &Ledger::events,
      {.summary =
           "Server-sent events: what is recorded in the caller's provinces, as it is recorded"});
}

}  // namespace changwat::ledger
