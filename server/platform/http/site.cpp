#include "platform/http/site.hpp"

#include <charconv>

#include "platform/auth/encoding.hpp"
#include "platform/db/connection.hpp"
#include "platform/http/uri.hpp"

namespace changwat::http {
namespace {

// One hash: React Aria's constant style element. Nothing else inline is allowed.
constexpr std::string_view content_security_policy =
    "default-src 'none'; script-src 'self'; style-src 'self' "
    "'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri "
    "'none'; "
    "frame-ancestors 'none'";

bool is_api(std::string_view path) {
  for (const std::string_view room : {"/api/", "/auth/", "/open311/", "/channels/"})
    if (path.starts_with(room)) return true;
  return false;
}

Response text(int status, std::string body) {
  Response response;
  response.status = status;
  response.content_type = "text/plain; charset=utf-8";
  response.body = std::move(body);
  return response;
}

bool has_header(const Response& response, std::string_view name) {
  for (const auto& [key, value] : response.headers)
    if (key == name) return true;
  return false;
}

void add_security_headers(Response& response, bool api) {
  auto& h = response.headers;
  h.emplace_back("X-Content-Type-Options", "nosniff");
  if (api) {
    if (!response.events && !has_header(response, "Cache-Control"))
      h.emplace_back("Cache-Control", "no-store");
    return;
  }
  h.emplace_back("Referrer-Policy", "same-origin");
  if (response.content_type.starts_with("text/html")) {
    h.emplace_back("Content-Security-Policy", content_security_policy);
    h.emplace_back("Permissions-Policy", "camera=(), microphone=(), payment=()");
  }
}

std::string digest_of(const Request& request) {
  std::string text(to_string(request.head.method));
  text.append(" ").append(request.head.target).append("\n").append(request.body);
  return auth::hex_encode(auth::sha256(text));
}

const ErrorKind& kind_of(db::Fault fault) {
  return fault == db::Fault::unavailable || fault == db::Fault::full ? errors::unavailable
                                                                     : errors::internal;
}

// If-Match: * | "12". A weak or foreign tag matches no version.
void read_conditions(Call& call, const Head& head) {
  const auto tag = head.header("if-match");
  if (tag == "*") call.if_match_any = true;
  if (tag.size() < 3 || !tag.starts_with('"') || !tag.ends_with('"')) {
    if (!tag.empty() && tag != "*") call.if_match = -1;
    return;
  }
  std::int64_t version = -1;
  const auto digits = tag.substr(1, tag.size() - 2);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), version);
  call.if_match = error == std::errc() && end == digits.data() + digits.size() ? version : -1;
}

constexpr std::size_t idempotency_key_bytes_max = 100;

}  // namespace

Site::Site(RouteTable routes, Gatekeeper& gatekeeper, const StaticFiles& files, SiteOptions options)
    : router_(std::move(routes)),
      gatekeeper_(gatekeeper),
      files_(files),
      options_(std::move(options)) {}

Plan Site::plan(const Head& head) {
  if (!is_api(head.path)) return {.body_bytes_max = 0, .quick = true};
  const auto found = router_.find(head.method, head.path);
  if (!found.route) return {.body_bytes_max = 64 * 1024, .quick = true};
  return {.body_bytes_max = found.route->options.body_bytes_max,
          .quick = found.route->options.quick};
}

Response Site::handle(Request& request) {
  Response response;
  try {
    response = answer(request);
  } catch (const db::Error& error) {
    options_.on_failure(request.request_id, error);
    response =
        problem_response(kind_of(error.fault), request.request_id, prefers_english(request.head));
  } catch (const std::exception& error) {
    options_.on_failure(request.request_id, error);
    response =
        problem_response(errors::internal, request.request_id, prefers_english(request.head));
  }
  add_security_headers(response, is_api(request.head.path));
  return response;
}

Response Site::answer(Request& request) {
  const auto path = request.head.path;
  if (is_api(path)) {
    const auto english = prefers_english(request.head);
    const auto found = router_.find(request.head.method, path);
    if (!found.path_known) return problem_response(errors::not_found, request.request_id, english);
    if (!found.route) {
      auto response = problem_response(errors::method_not_allowed, request.request_id, english);
      response.headers.emplace_back("Allow", found.allow);
      return response;
    }
    return call_route(found, request);
  }
  if (path == "/healthz") return text(200, "ok\n");
  if (path == "/readyz") {
    const auto ready = options_.ready();
    return ready.ok() ? text(200, "ready\n") : text(503, ready.problem().en + "\n");
  }
  if (path == "/metrics") return text(200, options_.metrics());
  return page(request);
}

Response Site::call_route(const Router::Found& found, Request& request) {
  const auto english = prefers_english(request.head);
  const auto refuse = [&](const Problem& p) {
    return problem_response(p, request.request_id, english);
  };

  auto query = uri::parse_query(request.head.query);
  Values path;
  for (const auto& [name, raw] : found.path) {
    auto value = uri::decode(raw);
    if (!value) return refuse(errors::malformed_request);
    path.emplace_back(name, std::move(*value));
  }
  if (!query) return refuse(errors::malformed_request);

  Call call;
  call.now = options_.now();
  call.request_id = request.request_id;
  call.peer = request.peer;
  call.user_agent = std::string(request.head.header("user-agent").substr(0, 200));
  read_conditions(call, request.head);
  call.idempotency_key =
      request.head.header("idempotency-key").substr(0, idempotency_key_bytes_max + 1);
  if (call.idempotency_key.size() > idempotency_key_bytes_max)
    return refuse(errors::malformed_request);
  if (!call.idempotency_key.empty()) call.request_digest = digest_of(request);

  auto caller = gatekeeper_.caller(request, call.now);
  if (!caller.ok()) return refuse(caller.problem());
  call.caller = std::move(*caller);
  if (found.route->needs == Needs::sign_in && !call.caller) return refuse(errors::sign_in_required);

  auto response = found.route->handle(call, {request, path, *query});
  for (auto& header : call.answer_headers) response.headers.push_back(std::move(header));
  return response;
}

Response Site::page(const Request& request) {
  const auto& head = request.head;
  if (head.method != Method::get && head.method != Method::head) {
    auto response = text(405, "method not allowed\n");
    response.headers.emplace_back("Allow", "GET, HEAD");
    return response;
  }
  if (auto file = files_.serve(head)) return std::move(*file);
  Head other = head;
  if (head.path == "/app" || head.path.starts_with("/app/")) other.path = "/app/index.html";
  if (head.path.starts_with("/provinces/")) other.path = "/province.html";
  if (other.path != head.path)
    if (auto file = files_.serve(other)) return std::move(*file);
  other.path = "/404.html";
  if (auto file = files_.serve(other)) {
    file->status = 404;
    return std::move(*file);
  }
  return text(404, "ไม่พบหน้านี้ / there is no such page\n");
}

Response Site::refuse(int status, const std::string& request_id) {
  const ErrorKind* kind = &errors::malformed_request;
  if (status == 413 || status == 414 || status == 431) kind = &errors::too_large;
  if (status == 503) kind = &errors::unavailable;
  if (status == 500) kind = &errors::internal;
  auto response = problem_response(*kind, request_id, false);
  response.status = status;
  add_security_headers(response, true);
  return response;
}

}  // namespace changwat::http
