#pragma once
// The site: what answers each request. API routes, health, metrics, pages; security headers on all.
//
//   /api/…, /auth/…           the route table
//   /healthz /readyz /metrics  for those who run it
//   /app, /app/…              the officers' application (one page)
//   everything else           files of web/dist; /provinces/{code} is province.html
// Threads: called concurrently by the server; everything here is read-only after construction.

#include <functional>
#include <string>

#include "platform/http/http.hpp"
#include "platform/http/routes.hpp"
#include "platform/http/static_files.hpp"

namespace changwat::http {

// Says who calls: implemented by the identity module.
class Gatekeeper {
 public:
  virtual ~Gatekeeper() = default;
  // The caller by session cookie or bearer token; none if the request carries neither. A problem if
  // what it carries is not good, or if a change by cookie lacks its CSRF token.
  virtual Result<std::optional<Caller>> caller(const Request& request, Instant now) = 0;
};

struct SiteOptions {
  std::function<Instant()> now;          // the clock
  std::function<Result<Done>()> ready;   // for /readyz
  std::function<std::string()> metrics;  // for /metrics
  std::function<void(const std::string&, const std::exception&)>
      on_failure;  // request id, what broke
};

class Site : public Application {
 public:
  Site(RouteTable routes, Gatekeeper& gatekeeper, const StaticFiles& files, SiteOptions options);

  Plan plan(const Head& head) override;
  Response handle(Request& request) override;
  Response refuse(int status, const std::string& request_id) override;
  const RouteTable& routes() const { return router_.table(); }

 private:
  Response answer(Request& request);
  Response call_route(const Router::Found& found, Request& request);
  Response page(const Request& request);

  Router router_;
  Gatekeeper& gatekeeper_;
  const StaticFiles& files_;
  SiteOptions options_;
};

}  // namespace changwat::http
