#include "modules/authority/register.hpp"

namespace changwat::authority {

void GrantRegister::add_routes(RouteTable& table) {
  Routes routes(table, *this);
  routes.get("/api/v1/acts", "list_acts", Needs::nothing, &GrantRegister::list_acts,
             {.summary = "Acts, roles, and the words by which powers are limited", .quick = true});
  routes.get(
      "/api/v1/law/instruments", "list_instruments", Needs::nothing,
      &GrantRegister::list_instruments,
      {.summary = "Instruments with the powers they give, their sources, and what is unverified",
       .quick = true});
  routes.get("/api/v1/law/instruments/{instrument}", "get_instrument", Needs::nothing,
             &GrantRegister::get_instrument, {.summary = "One instrument", .quick = true});
  routes.get(
      "/api/v1/who-may-sign", "who_may_sign", Needs::nothing, &GrantRegister::who_may_sign,
      {.summary = "Every lawful signer with the chain of authority, and the nearest who may not"});
  routes.get("/api/v1/offices/{office_id}/powers", "office_powers", Needs::sign_in,
             &GrantRegister::office_powers,
             {.summary = "What an office may do and why, and what it loses within a month"});
}

}  // namespace changwat::authority
