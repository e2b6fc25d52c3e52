#include "platform/http/routes.hpp"

#include <algorithm>

#include <boost/json.hpp>

namespace changwat::http {
namespace bj = boost::json;
namespace {

struct Message {
  std::string_view th, en;
};
BOOST_DESCRIBE_STRUCT(Message, (), (th, en))

struct WrongField {
  std::string_view pointer, code, th, en;
};
BOOST_DESCRIBE_STRUCT(WrongField, (), (pointer, code, th, en))

// RFC 9457, with the sentence in both languages beside the one that was asked for.
struct ProblemDocument {
  std::string type;
  std::string_view title;
  int status = 500;
  std::string_view code;
  std::string_view detail;
  Message message;
  std::vector<WrongField> fields;
  std::string_view request_id;
};
BOOST_DESCRIBE_STRUCT(ProblemDocument, (),
                      (type, title, status, code, detail, message, fields, request_id))

std::vector<std::string_view> segments(std::string_view path) {
  std::vector<std::string_view> out;
  out.reserve(8);
  while (path.starts_with('/')) {
    path.remove_prefix(1);
    const auto end = std::min(path.find('/'), path.size());
    out.push_back(path.substr(0, end));
    path.remove_prefix(end);
  }
  return out;
}

bool is_parameter(std::string_view segment) {
  return segment.starts_with('{') && segment.ends_with('}');
}

std::string upper(Method method) {
  std::string name(to_string(method));
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return std::toupper(c); });
  return name;
}

std::string lower(Method method) {
  std::string name(to_string(method));
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return std::tolower(c); });
  return name;
}

void pretty(std::string& out, const bj::value& value, std::string indent) {
  if (value.is_object() && !value.get_object().empty()) {
    out += "{\n";
    bool first = true;
    for (const auto& member : value.get_object()) {
      if (!first) out += ",\n";
      first = false;
      out += indent + "  " + bj::serialize(bj::value(member.key())) + ": ";
      pretty(out, member.value(), indent + "  ");
    }
    out += "\n" + indent + "}";
  } else if (value.is_array() && !value.get_array().empty() && !value.get_array()[0].is_string()) {
    out += "[\n";
    bool first = true;
    for (const auto& item : value.get_array()) {
      if (!first) out += ",\n";
      first = false;
      out += indent + "  ";
      pretty(out, item, indent + "  ");
    }
    out += "\n" + indent + "]";
  } else {
    out += bj::serialize(value);
  }
}

}  // namespace

bool prefers_english(const Head& head) {
  const auto accepted = head.header("accept-language");
  const auto en = accepted.find("en"), th = accepted.find("th");
  return en != accepted.npos && (th == accepted.npos || en < th);
}

Response json_response(int status, std::string body) {
  Response response;
  response.status = status;
  response.body = std::move(body);
  return response;
}

Response problem_response(const Problem& problem, const std::string& request_id,
                          bool english_first) {
  ProblemDocument document;
  const auto& kind = *problem.kind;
  document.type = "urn:changwat:problem:" + std::string(kind.code);
  document.title = english_first ? kind.en : kind.th;
  document.status = kind.status;
  document.code = kind.code;
  document.message.th = problem.th.empty() ? kind.th : std::string_view(problem.th);
  document.message.en = problem.en.empty() ? kind.en : std::string_view(problem.en);
  document.detail = english_first ? document.message.en : document.message.th;
  for (const auto& field : problem.fields)
    document.fields.push_back({field.pointer, field.code, field.th, field.en});
  document.request_id = request_id;
  auto response = json_response(kind.status, to_json(document));
  response.content_type = "application/problem+json; charset=utf-8";
  if (kind.status == 401) response.headers.emplace_back("WWW-Authenticate", "Session");
  return response;
}

void unknown_parameters(json::Reading& reading, const Values& values,
                        const std::vector<std::string_view>& names) {
  for (const auto& [key, value] : values) {
    if (std::find(names.begin(), names.end(), key) != names.end()) continue;
    reading.enter(key);
    reading.wrong("unknown_field", "ไม่รู้จักค่านี้", "is not a known parameter");
    reading.leave();
  }
}

// Pointers of parameters are written "?name", to tell them from members of a body.
Result<Done> finish_parameters(json::Reading& reading) {
  if (reading.errors.empty()) return Done{};
  for (auto& error : reading.errors) error.pointer.replace(0, 1, "?");
  return Problem(std::move(reading.errors));
}

Result<std::string_view> json_body(const Request& request) {
  const auto type = request.head.header("content-type");
  const auto plain = type.substr(0, type.find(';'));
  if (plain != "application/json")
    return Problem(errors::unsupported_media_type, "ต้องส่งเป็น application/json",
                   "Send application/json.");
  return std::string_view(request.body);
}

Upload upload_body(const Request& request) {
  const auto type = request.head.header("content-type");
  return {request.body, std::string(type.substr(0, type.find(';')))};
}

void ReadArgument<Upload>::describe(Schemas&, bj::object& operation) {
  operation["requestBody"] = {{"required", true}, {"content", {{"*/*", bj::object{}}}}};
}

void describe_parameter(bj::object& operation, const char* where, const char* name, bool required,
                        bj::value schema) {
  auto& list = operation["parameters"];
  if (list.is_null()) list = bj::array{};
  list.as_array().push_back(
      {{"name", name}, {"in", where}, {"required", required}, {"schema", std::move(schema)}});
}

void describe_answer(bj::object& operation, int status, bj::value schema) {
  bj::object answer{{"description", status == 204 ? "Done." : "As asked."}};
  if (!schema.is_null())
    answer["content"] = {{"application/json", bj::object{{"schema", std::move(schema)}}}};
  operation["responses"] = {{std::to_string(status), std::move(answer)},
                            {"default", bj::object{{"$ref", "#/components/responses/Problem"}}}};
}

Response versioned(const Request& request, Response response, std::int64_t version) {
  const auto tag = "\"" + std::to_string(version) + "\"";
  if (request.head.method == Method::get && request.head.header("if-none-match") == tag) {
    response.status = 304;
    response.body.clear();
  }
  response.headers.emplace_back("ETag", tag);
  return response;
}

// ---- Router: a tree of segments; a literal wins over a parameter.

struct Router::Node {
  std::map<std::string, std::unique_ptr<Node>, std::less<>> literal;
  std::unique_ptr<Node> parameter;
  std::vector<std::size_t> routes;  // indexes into the table, one a method
};

Router::Router(RouteTable table) : table_(std::move(table)), root_(std::make_unique<Node>()) {
  for (std::size_t i = 0; i < table_.size(); ++i) {
    Node* node = root_.get();
    for (const auto segment : segments(table_[i].path)) {
      auto& next = is_parameter(segment) ? node->parameter : node->literal[std::string(segment)];
      if (!next) next = std::make_unique<Node>();
      node = next.get();
    }
    for (const auto other : node->routes) CHECK(table_[other].method != table_[i].method);
    node->routes.push_back(i);
  }
}

Router::~Router() = default;

Router::Found Router::find(Method method, std::string_view path) const {
  const auto parts = segments(path);
  std::vector<std::string_view> taken;
  const auto walk = [&](auto&& self, const Node& node, std::size_t at) -> const Node* {
    if (at == parts.size()) return node.routes.empty() ? nullptr : &node;
    if (const auto literal = node.literal.find(parts[at]); literal != node.literal.end())
      if (const auto* found = self(self, *literal->second, at + 1)) return found;
    if (!node.parameter || parts[at].empty()) return nullptr;
    taken.push_back(parts[at]);
    if (const auto* found = self(self, *node.parameter, at + 1)) return found;
    taken.pop_back();
    return nullptr;
  };
  Found found;
  const auto* node = walk(walk, *root_, 0);
  if (!node) return found;
  found.path_known = true;
  const auto wanted = method == Method::head ? Method::get : method;
  for (const auto i : node->routes)
    if (table_[i].method == wanted) found.route = &table_[i];
  if (!found.route) {
    for (const auto i : node->routes) {
      if (!found.allow.empty()) found.allow += ", ";
      found.allow += upper(table_[i].method);
    }
    return found;
  }
  std::size_t n = 0;
  for (const auto segment : segments(found.route->path))
    if (is_parameter(segment))
      found.path.emplace_back(segment.substr(1, segment.size() - 2), taken[n++]);
  return found;
}

// ---- OpenAPI

namespace {

// "plans" of /api/v1/plans/…; of others the first: "open311".
std::string_view tag_of(std::string_view path) {
  const auto parts = segments(path);
  return parts[0] == "api" && parts.size() > 2 ? parts[2] : parts[0];
}

}  // namespace

std::string openapi_document(const RouteTable& table) {
  Schemas schemas;
  bj::object paths;
  for (const auto& route : table) {
    bj::object operation{{"operationId", route.name}, {"tags", {tag_of(route.path)}}};
    if (!route.options.summary.empty())
      operation["summary"] =
          bj::string_view(route.options.summary.data(), route.options.summary.size());
    for (auto& member : route.describe(schemas)) operation[member.key()] = member.value();
    operation["security"] =
        route.needs == Needs::nothing
            ? bj::array{}
            : bj::array{bj::object{{"session", bj::array{}}}, bj::object{{"token", bj::array{}}}};
    auto& path = paths[route.path];
    if (path.is_null()) path = bj::object{};
    path.as_object()[lower(route.method)] = std::move(operation);
  }
  auto components = schemas.components();
  bj::object document{
      {"openapi", "3.1.0"},
      {"info",
       {{"title", "Changwat"},
        {"version", "1"},
        {"description",
         "One thread from need to result: the API of the high-performance province programme."}}},
      {"servers", bj::array{bj::object{{"url", "/"}}}},
      {"paths", std::move(paths)},
  };
  const bj::object field{{"type", "object"},
                         {"required", {"pointer", "code", "th", "en"}},
                         {"properties",
                          {{"pointer", {{"type", "string"}}},
                           {"code", {{"type", "string"}}},
                           {"th", {{"type", "string"}}},
                           {"en", {{"type", "string"}}}}}};
  components["Problem"] =
      bj::object{{"type", "object"},
                 {"description", "RFC 9457 problem document"},
                 {"required",
                  {"type", "title", "status", "code", "detail", "message", "fields", "request_id"}},
                 {"properties",
                  {{"type", {{"type", "string"}}},
                   {"title", {{"type", "string"}}},
                   {"status", {{"type", "integer"}}},
                   {"code", {{"type", "string"}}},
                   {"detail", {{"type", "string"}}},
                   {"message",
                    {{"type", "object"},
                     {"required", {"th", "en"}},
                     {"properties", {{"th", {{"type", "string"}}}, {"en", {{"type", "string"}}}}}}},
                   {"fields", {{"type", "array"}, {"items", field}}},
                   {"request_id", {{"type", "string"}}}}}};
  document["components"] = {
      {"schemas", std::move(components)},
      {"responses",
       {{"Problem",
         {{"description", "What went wrong and what to do next."},
          {"content",
           {{"application/problem+json",
             {{"schema", {{"$ref", "#/components/schemas/Problem"}}}}}}}}}}},
      {"securitySchemes",
       {{"session", {{"type", "apiKey"}, {"in", "cookie"}, {"name", "changwat_session"}}},
        {"token", {{"type", "http"}, {"scheme", "bearer"}}}}}};
  std::string out;
  pretty(out, document, "");
  return out + "\n";
}

}  // namespace changwat::http
