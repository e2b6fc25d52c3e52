#pragma once
// Routes: one typed line for each endpoint.
//
//   Routes routes(programme);                       // the object whose members are the handlers
//   routes.post("/api/v1/applications", "create_application", Needs::sign_in, &Programme::create);
//   Result<Application> create(Call& call, const NewApplication& in);
//
// From the signature come the readers of path, query and body, the writer of the answer, and the
// OpenAPI operation. Behind `Call&` a handler may take, each at most once and in this order:
//   const Path<T>&    members of T by the {names} of the path
//   const Query<T>&   members of T by the names of the query
//   const T&          the JSON body, or
//   const Upload&     the body as bytes with its media type
// and returns Result<T> (200), Result<Created<T>> (201), Result<Done> (204), Result<Prepared<T>>
// (200, bytes made before) or Result<Response> (anything else: files, redirects). A T with a member
// `version` carries an ETag.
// What a caller must be is stated on each line; there is no default.

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/json.hpp"

#include "platform/auth/call.hpp"
#include "platform/http/http.hpp"
#include "platform/http/schema.hpp"

namespace changwat {

enum class Needs {
  nothing,  // anybody, signed in or not
  sign_in,  // a person, by session or token; what they may do is decided by the act or the reading
};

template <class T>
struct Path {
  T value{};
  const T* operator->() const { return &value; }
};
template <class T>
struct Query {
  T value{};
  const T* operator->() const { return &value; }
};
template <class T>
struct Created {
  T value{};
};

// An answer of T whose bytes were made before: kept in memory, perhaps compressed.
template <class T>
struct Prepared {
  http::Response response;
};

// A body taken as it is. `name` is what the client calls it (query parameter `name`).
struct Upload {
  std::string_view bytes;
  std::string media_type;
};

struct NoParameters {};
BOOST_DESCRIBE_STRUCT(NoParameters, (), ())

// One page of a list: `next` goes into ?cursor= for the following page, none at the end.
template <class T>
struct Page {
  std::vector<T> items;
  std::optional<std::string> next;
  BOOST_DESCRIBE_CLASS(Page, (), (items, next), (), ())
};

// ?limit=: 1 … 200 items, 50 if absent.
class PageLimit {
 public:
  static std::optional<PageLimit> of_count(std::int64_t n) {
    if (n < 1 || n > 200) return std::nullopt;
    PageLimit limit;
    limit.count_ = n;
    return limit;
  }
  std::int64_t count() const { return count_; }
  static Word word() {
    return {.name = "PageLimit",
            .format = "",
            .pattern = "",
            .min = 1,
            .max = 200,
            .th = "ต้องเป็นจำนวน 1–200",
            .en = "must be a number from 1 to 200"};
  }

 private:
  std::int64_t count_ = 50;
};

namespace http {

// ---- what a route is, once its types are erased

struct RouteOptions {
  std::string_view summary = {};            // English, for the contract
  std::size_t body_bytes_max = 256 * 1024;  // of JSON bodies and uploads
  bool quick = false;                       // answered from memory or by one indexed read
};

using Values = std::vector<std::pair<std::string, std::string>>;  // decoded names and values

struct Incoming {
  const Request& request;
  const Values& path;
  const Values& query;
};

struct Route {
  Method method;
  std::string path;  // "/api/v1/calls/{call_id}"
  std::string name;  // operation id
  Needs needs;
  RouteOptions options;
  std::function<Response(Call&, const Incoming&)> handle;
  std::function<boost::json::object(Schemas&)> describe;  // the OpenAPI operation
};

Response problem_response(const Problem& problem, const std::string& request_id,
                          bool english_first);
Response json_response(int status, std::string body);
bool prefers_english(const Head& head);

// ---- reading parameters

template <class T>
void read_parameter(json::Reading& reading, const std::string& text, T& out) {
  if constexpr (is_optional<T>) {
    if (!text.empty()) read_parameter(reading, text, out.emplace());
  } else if constexpr (TextWord<T>) {
    auto parsed = T::parse(text);
    if (!parsed) return reading.expected(T::word());
    out = std::move(*parsed);
  } else if constexpr (CountWord<T>) {
    std::int64_t n = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
    const auto parsed =
        error == std::errc() && end == text.data() + text.size() ? T::of_count(n) : std::nullopt;
    if (!parsed) return reading.expected(T::word());
    out = *parsed;
  } else if constexpr (DescribedEnum<T>) {
    const auto parsed = enum_value<T>(text);
    if (!parsed) return json::enum_expected(reading, enum_names<T>());
    out = *parsed;
  } else if constexpr (std::is_same_v<T, std::string>) {
    out = text;
  } else {
    static_assert(std::is_same_v<T, std::int64_t>, "this type cannot be a parameter");
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (error != std::errc() || end != text.data() + text.size())
      reading.wrong("wrong_type", "ต้องเป็นจำนวนเต็ม", "must be a whole number");
  }
}

void unknown_parameters(json::Reading& reading, const Values& values,
                        const std::vector<std::string_view>& names);
Result<Done> finish_parameters(json::Reading& reading);

template <class T>
Result<T> read_parameters(const Values& values) {
  json::Reading reading;
  T out{};
  std::vector<std::string_view> names;
  for_each_member(out, [&](const char* name, auto& member) {
    names.emplace_back(name);
    const std::string* text = nullptr;
    for (const auto& [key, value] : values)
      if (key == name) text = &value;
    reading.enter(name);
    if (text)
      read_parameter(reading, *text, member);
    else if constexpr (!is_optional<std::remove_cvref_t<decltype(member)>> &&
                       !std::is_same_v<std::remove_cvref_t<decltype(member)>, PageLimit>)
      reading.wrong("required", "ต้องระบุค่านี้", "is required");
    reading.leave();
  });
  unknown_parameters(reading, values, names);
  TRY(finish_parameters(reading));
  return out;
}

// ---- from a handler's argument type to a value

Result<std::string_view> json_body(const Request& request);
Upload upload_body(const Request& request);

template <class Argument>
struct ReadArgument {  // the JSON body
  static Result<Argument> read(const Incoming& in) {
    return read_json<Argument>(TRY(json_body(in.request)));
  }
  static void describe(Schemas& schemas, boost::json::object& operation) {
    operation["requestBody"] = boost::json::object{
        {"required", true},
        {"content",
         boost::json::object{
             {"application/json", boost::json::object{{"schema", schemas.of<Argument>()}}}}}};
  }
};
void describe_parameter(boost::json::object& operation, const char* where, const char* name,
                        bool required, boost::json::value schema);
template <class T>
void describe_parameters(Schemas& schemas, boost::json::object& operation, const char* where) {
  T example{};
  for_each_member(example, [&](const char* name, auto& member) {
    using M = std::remove_cvref_t<decltype(member)>;
    if constexpr (is_optional<M>)
      describe_parameter(operation, where, name, false, schemas.of<typename M::value_type>());
    else
      describe_parameter(operation, where, name, !std::is_same_v<M, PageLimit>, schemas.of<M>());
  });
}
template <class T>
struct ReadArgument<Path<T>> {
  static Result<Path<T>> read(const Incoming& in) {
    return Path<T>{TRY(read_parameters<T>(in.path))};
  }
  static void describe(Schemas& s, boost::json::object& o) { describe_parameters<T>(s, o, "path"); }
};
template <class T>
struct ReadArgument<Query<T>> {
  static Result<Query<T>> read(const Incoming& in) {
    return Query<T>{TRY(read_parameters<T>(in.query))};
  }
  static void describe(Schemas& s, boost::json::object& o) {
    describe_parameters<T>(s, o, "query");
  }
};
template <>
struct ReadArgument<Upload> {
  static Result<Upload> read(const Incoming& in) { return upload_body(in.request); }
  static void describe(Schemas&, boost::json::object& operation);
};

// ---- from a handler's answer to a response

Response versioned(const Request& request, Response response, std::int64_t version);
void describe_answer(boost::json::object& operation, int status, boost::json::value schema);

template <class T>
Response answer(const Request& request, int status, const T& value) {
  auto response = json_response(status, to_json(value));
  if constexpr (requires {
                  { value.version } -> std::convertible_to<std::int64_t>;
                })
    return versioned(request, std::move(response), value.version);
  return response;
}
template <class T>
struct Answer {
  static Response write(const Request& r, T&& value) { return answer(r, 200, value); }
  static void describe(Schemas& s, boost::json::object& o) { describe_answer(o, 200, s.of<T>()); }
};
template <class T>
struct Answer<Created<T>> {
  static Response write(const Request& r, Created<T>&& created) {
    return answer(r, 201, created.value);
  }
  static void describe(Schemas& s, boost::json::object& o) { describe_answer(o, 201, s.of<T>()); }
};
template <>
struct Answer<Done> {
  static Response write(const Request&, Done&&) { return {.status = 204, .content_type = {}}; }
  static void describe(Schemas&, boost::json::object& o) { describe_answer(o, 204, {}); }
};
template <class T>
struct Answer<Prepared<T>> {
  static Response write(const Request&, Prepared<T>&& prepared) {
    return std::move(prepared.response);
  }
  static void describe(Schemas& s, boost::json::object& o) { describe_answer(o, 200, s.of<T>()); }
};
template <>
struct Answer<Response> {
  static Response write(const Request&, Response&& response) { return std::move(response); }
  static void describe(Schemas&, boost::json::object& o) { describe_answer(o, 200, {}); }
};

// ---- from a handler to a route

template <class Handler>
struct HandlerTypes;
template <class M, class Out, class... In>
struct HandlerTypes<Result<Out> (M::*)(Call&, const In&...)> {
  template <class Method>
  static auto bind(M& module, Method method) {
    return [&module, method](Call& call, const Incoming& in) -> Response {
      const std::tuple<Result<In>...> arguments{ReadArgument<In>::read(in)...};
      const auto refuse = [&](const Problem& problem) {
        return problem_response(problem, call.request_id, prefers_english(in.request.head));
      };
      const Problem* wrong = nullptr;
      std::apply(
          [&](const auto&... one) {
            ((wrong = !wrong && !one.ok() ? &one.problem() : wrong), ...);
          },
          arguments);
      if (wrong) return refuse(*wrong);
      auto result = std::apply([&](const auto&... one) { return (module.*method)(call, *one...); },
                               arguments);
      if (!result.ok()) return refuse(result.problem());
      return Answer<Out>::write(in.request, std::move(result).value());
    };
  }
  static boost::json::object describe(Schemas& schemas) {
    boost::json::object operation;
    (ReadArgument<In>::describe(schemas, operation), ...);
    Answer<Out>::describe(schemas, operation);
    return operation;
  }
};

}  // namespace http

using RouteTable = std::vector<http::Route>;

// Adds the routes of one module to the table.
template <class Module>
class Routes {
 public:
  Routes(RouteTable& table, Module& module) : table_(table), module_(module) {}

  template <class H>
  void get(std::string path, std::string name, Needs needs, H handler,
           http::RouteOptions options = {}) {
    options.body_bytes_max = 0;
    add(http::Method::get, std::move(path), std::move(name), needs, handler, options);
  }
  template <class H>
  void post(std::string path, std::string name, Needs needs, H handler,
            http::RouteOptions options = {}) {
    add(http::Method::post, std::move(path), std::move(name), needs, handler, options);
  }
  template <class H>
  void put(std::string path, std::string name, Needs needs, H handler,
           http::RouteOptions options = {}) {
    add(http::Method::put, std::move(path), std::move(name), needs, handler, options);
  }
  template <class H>
  void patch(std::string path, std::string name, Needs needs, H handler,
             http::RouteOptions options = {}) {
    add(http::Method::patch, std::move(path), std::move(name), needs, handler, options);
  }
  template <class H>
  void remove(std::string path, std::string name, Needs needs, H handler,
              http::RouteOptions options = {}) {
    add(http::Method::delete_, std::move(path), std::move(name), needs, handler, options);
  }

 private:
  template <class H>
  void add(http::Method method, std::string path, std::string name, Needs needs, H handler,
           http::RouteOptions options) {
    table_.push_back({method, std::move(path), std::move(name), needs, options,
                      http::HandlerTypes<H>::bind(module_, handler), [](http::Schemas& schemas) {
                        return http::HandlerTypes<H>::describe(schemas);
                      }});
  }
  RouteTable& table_;
  Module& module_;
};

namespace http {

// Finds the route of a request: literal segments before {parameters}.
class Router {
 public:
  explicit Router(RouteTable table);  // CHECKs that no two routes answer the same request
  ~Router();

  struct Found {
    const Route* route = nullptr;  // none: no such path, or
    bool path_known = false;       // the path exists with other methods
    std::string allow;             // those methods
    Values path;
  };
  Found find(Method method, std::string_view path) const;
  const RouteTable& table() const { return table_; }

 private:
  struct Node;
  RouteTable table_;
  std::unique_ptr<Node> root_;
};

// The whole API as an OpenAPI 3.1 document, stable and indented, ending in a line feed.
std::string openapi_document(const RouteTable& table);

}  // namespace http
}  // namespace changwat
