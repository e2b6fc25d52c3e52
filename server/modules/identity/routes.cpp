#include "modules/identity/identity.hpp"

namespace changwat::identity {
namespace {

// A browser's address: answers redirects and pages, and takes whatever a provider puts into the
// query.
http::Route browser_route(std::string path, std::string name, std::string_view summary,
                          std::function<http::Response(Call&, const http::Incoming&)> handle) {
  return {http::Method::get,
          std::move(path),
          std::move(name),
          Needs::nothing,
          {.summary = summary, .body_bytes_max = 0},
          std::move(handle),
          [](http::Schemas& schemas) {
            boost::json::object operation;
            http::describe_parameters<ProviderPath>(schemas, operation, "path");
            http::describe_answer(operation, 303, {});
            return operation;
          }};
}

constexpr std::size_t small_body = 8 * 1024;

}  // namespace

void Identity::add_routes(RouteTable& table) {
  Routes routes(table, *this);
  routes.post("/api/v1/session", "sign_in", Needs::nothing, &Identity::sign_in,
              {.summary = "Sign in with a password and, if the person has one, a second factor",
               .body_bytes_max = small_body});
  routes.get("/api/v1/session", "get_session", Needs::sign_in, &Identity::me,
             {.summary = "Who is signed in, in which offices, and the CSRF token", .quick = true});
  routes.remove("/api/v1/session", "sign_out", Needs::sign_in, &Identity::sign_out,
                {.summary = "Sign out"});
  routes.get("/api/v1/session/providers", "list_sign_in_providers", Needs::nothing,
             &Identity::sign_in_providers,
             {.summary = "Identity providers to sign in with", .quick = true});
  routes.get("/api/v1/me/sessions", "list_my_sessions", Needs::sign_in, &Identity::my_sessions,
             {.summary = "Where the caller is signed in", .quick = true});
  routes.remove("/api/v1/me/sessions/{session_id}", "end_my_session", Needs::sign_in,
                &Identity::end_session, {.summary = "End one of the caller's sessions"});
  routes.post(
      "/api/v1/me/password", "change_password", Needs::sign_in, &Identity::change_password,
      {.summary = "Change one's password; ends all other sessions", .body_bytes_max = small_body});
  routes.post("/api/v1/me/second_factor", "begin_second_factor", Needs::sign_in,
              &Identity::begin_second_factor,
              {.summary = "Secret and recovery codes of a second factor, to be confirmed"});
  routes.post(
      "/api/v1/me/second_factor/confirm", "confirm_second_factor", Needs::sign_in,
      &Identity::confirm_second_factor,
      {.summary = "Turn the second factor on with its first code", .body_bytes_max = small_body});
  routes.remove("/api/v1/me/second_factor", "remove_second_factor", Needs::sign_in,
                &Identity::remove_second_factor,
                {.summary = "Turn the second factor off, soon after signing in"});
  routes.get("/api/v1/me/tokens", "list_my_tokens", Needs::sign_in, &Identity::my_tokens,
             {.summary = "API tokens of the caller, without their secrets", .quick = true});
  routes.post(
      "/api/v1/me/tokens", "create_my_token", Needs::sign_in, &Identity::create_token,
      {.summary = "A new API token; its secret is shown once", .body_bytes_max = small_body});
  routes.remove("/api/v1/me/tokens/{token_id}", "delete_my_token", Needs::sign_in,
                &Identity::delete_token, {.summary = "Withdraw an API token"});

  add_person_routes(routes);
  add_office_routes(routes);

  table.push_back(browser_route(
      "/auth/oidc/{code}/start", "begin_provider_sign_in",
      "Send the browser to an identity provider",
      [this](Call& call, const http::Incoming& in) { return begin_provider_sign_in(call, in); }));
  table.push_back(browser_route(
      "/auth/oidc/{code}/callback", "finish_provider_sign_in",
      "Where an identity provider sends the browser back",
      [this](Call& call, const http::Incoming& in) { return finish_provider_sign_in(call, in); }));
}

void Identity::add_person_routes(Routes<Identity>& routes) {
  routes.get("/api/v1/persons", "list_persons", Needs::sign_in, &Identity::list_persons,
             {.summary = "Persons with an account, by user name"});
  routes.post("/api/v1/persons", "add_person", Needs::sign_in, &Identity::create_person,
              {.summary = "Add a person; the one-time password is shown once",
               .body_bytes_max = small_body});
  routes.get("/api/v1/persons/{person_id}", "get_person", Needs::sign_in, &Identity::get_person,
             {.summary = "One person with all offices, past ones too"});
  routes.post("/api/v1/persons/{person_id}/password", "reset_password", Needs::sign_in,
              &Identity::reset_password,
              {.summary = "A new one-time password, shown once; ends all sessions",
               .body_bytes_max = small_body});
  routes.post("/api/v1/persons/{person_id}/lock", "lock_person", Needs::sign_in,
              &Identity::lock_person,
              {.summary = "Let nobody in with this account; ends all sessions",
               .body_bytes_max = small_body});
  routes.post(
      "/api/v1/persons/{person_id}/unlock", "unlock_person", Needs::sign_in,
      &Identity::unlock_person_by_office,
      {.summary = "End a lock, and the rest after wrong passwords", .body_bytes_max = small_body});
  routes.remove("/api/v1/persons/{person_id}/second_factor", "clear_second_factor", Needs::sign_in,
                &Identity::clear_second_factor,
                {.summary = "Remove the second factor of somebody who lost the phone"});
  routes.post(
      "/api/v1/persons/{person_id}/providers", "link_provider", Needs::sign_in,
      &Identity::link_provider,
      {.summary = "Let a person sign in with an identity provider", .body_bytes_max = small_body});
  routes.remove("/api/v1/persons/{person_id}/providers/{provider}", "unlink_provider",
                Needs::sign_in, &Identity::unlink_provider,
                {.summary = "End signing in with a provider; ends all sessions"});
}

void Identity::add_office_routes(Routes<Identity>& routes) {
  routes.get("/api/v1/offices", "list_offices", Needs::sign_in, &Identity::list_offices,
             {.summary = "Offices with who holds them today, by area"});
  routes.post("/api/v1/offices", "add_office", Needs::sign_in, &Identity::create_office,
              {.summary = "Add an office", .body_bytes_max = small_body});
  routes.get("/api/v1/offices/{office_id}", "get_office", Needs::sign_in, &Identity::get_office,
             {.summary = "One office with everybody who held it or acted"});
  routes.post(
      "/api/v1/offices/{office_id}/holdings", "begin_holding", Needs::sign_in,
      &Identity::begin_holding,
      {.summary = "Record that somebody holds an office, or acts", .body_bytes_max = small_body});
  routes.post("/api/v1/holdings/{holding_id}/end", "end_holding", Needs::sign_in,
              &Identity::finish_holding,
              {.summary = "Record the last day of a holding", .body_bytes_max = small_body});
  routes.post("/api/v1/holdings/{holding_id}/correct", "correct_holding", Needs::sign_in,
              &Identity::correct_holding,
              {.summary = "Correct the days of a holding; what stood before stays in the history",
               .body_bytes_max = small_body});
  routes.post("/api/v1/holdings/{holding_id}/withdraw", "withdraw_holding", Needs::sign_in,
              &Identity::withdraw_holding,
              {.summary = "Withdraw a holding that never was; it stays in the history",
               .body_bytes_max = small_body});
}

}  // namespace changwat::identity
