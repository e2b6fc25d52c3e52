#include "platform/http/routes.hpp"

#include <gtest/gtest.h>

#include "base/area_code.hpp"
#include "base/text.hpp"

namespace changwat {

struct PlanPath {
  AreaCode province;
};
BOOST_DESCRIBE_STRUCT(PlanPath, (), (province))
struct PlanQuery {
  PageLimit limit;
  std::optional<Key> kind;
};
BOOST_DESCRIBE_STRUCT(PlanQuery, (), (limit, kind))
struct NewPlan {
  Text<1, 10> title;
};
BOOST_DESCRIBE_STRUCT(NewPlan, (), (title))
struct Plan {
  std::string title;
  std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(Plan, (), (title, version))

namespace {

struct Plans {
  Result<Plan> get(Call&, const Path<PlanPath>& path) { return Plan{path->province.text(), 3}; }
  Result<Created<Plan>> create(Call&, const Path<PlanPath>&, const NewPlan& in) {
    return Created<Plan>{{in.title.text(), 1}};
  }
  Result<Page<Plan>> list(Call&, const Query<PlanQuery>& query) {
    return Page<Plan>{{{"a", query->limit.count()}}, std::nullopt};
  }
  Result<Done> remove(Call& call, const Path<PlanPath>&) {
    TRY(call.require_version(3));
    return Done{};
  }
  Result<Plan> mine(Call&) { return errors::not_found; }
};

class RoutesTest : public testing::Test {
 protected:
  RoutesTest() {
    Routes routes(table_, plans_);
    routes.get("/api/v1/plans", "list_plans", Needs::nothing, &Plans::list);
    routes.get("/api/v1/plans/mine", "get_my_plan", Needs::sign_in, &Plans::mine);
    routes.get("/api/v1/plans/{province}", "get_plan", Needs::nothing, &Plans::get);
    routes.post("/api/v1/plans/{province}", "create_plan", Needs::sign_in, &Plans::create);
    routes.remove("/api/v1/plans/{province}", "remove_plan", Needs::sign_in, &Plans::remove);
  }
  http::Response send(http::Method method, std::string path, std::string body = {}, Call call = {},
                      http::Values query = {}, std::vector<http::Header> headers = {}) {
    http::Request request;
    request.head.method = method;
    request.head.headers = std::move(headers);
    request.head.headers.push_back({"Content-Type", "application/json"});
    request.body = std::move(body);
    const http::Router router(table_);
    const auto found = router.find(method, path);
    if (!found.route) return {.status = found.path_known ? 405 : 404};
    return found.route->handle(call, {request, found.path, query});
  }
  Plans plans_;
  RouteTable table_;
};

TEST_F(RoutesTest, a_literal_segment_wins_over_a_parameter) {
  EXPECT_EQ(send(http::Method::get, "/api/v1/plans/mine").status, 404);
  EXPECT_EQ(send(http::Method::get, "/api/v1/plans/70").body, R"({"title":"70","version":3})");
}

TEST_F(RoutesTest, unknown_paths_and_methods_are_told_apart) {
  EXPECT_EQ(send(http::Method::get, "/api/v1/plan").status, 404);
  EXPECT_EQ(send(http::Method::get, "/api/v1/plans/70/x").status, 404);
  EXPECT_EQ(send(http::Method::put, "/api/v1/plans/70").status, 405);
}

TEST_F(RoutesTest, wrong_parameters_are_named) {
  const auto path = send(http::Method::get, "/api/v1/plans/7");
  EXPECT_EQ(path.status, 422);
  EXPECT_NE(path.body.find(R"("pointer":"?province")"), std::string::npos);
  const auto query =
      send(http::Method::get, "/api/v1/plans", {}, {}, {{"limit", "201"}, {"lmit", "1"}});
  EXPECT_NE(query.body.find(R"("pointer":"?limit")"), std::string::npos);
  EXPECT_NE(query.body.find(R"("pointer":"?lmit","code":"unknown_field")"), std::string::npos);
}

TEST_F(RoutesTest, a_missing_limit_takes_its_default) {
  EXPECT_EQ(send(http::Method::get, "/api/v1/plans").body,
            R"({"items":[{"title":"a","version":50}],"next":null})");
}

TEST_F(RoutesTest, a_created_record_answers_201_with_its_version_as_tag) {
  const auto response = send(http::Method::post, "/api/v1/plans/70", R"({"title":"แผน"})");
  EXPECT_EQ(response.status, 201);
  EXPECT_EQ(response.headers.at(0).second, "\"1\"");
}

TEST_F(RoutesTest, an_unchanged_record_answers_304_without_a_body) {
  const auto response =
      send(http::Method::get, "/api/v1/plans/70", {}, {}, {}, {{"If-None-Match", "\"3\""}});
  EXPECT_EQ(response.status, 304);
  EXPECT_TRUE(response.body.empty());
}

TEST_F(RoutesTest, a_change_needs_the_version_it_was_made_from) {
  Call call;
  EXPECT_EQ(send(http::Method::delete_, "/api/v1/plans/70", {}, call).status, 428);
  call.if_match = 2;
  EXPECT_EQ(send(http::Method::delete_, "/api/v1/plans/70", {}, call).status, 412);
  call.if_match = 3;
  EXPECT_EQ(send(http::Method::delete_, "/api/v1/plans/70", {}, call).status, 204);
}

TEST_F(RoutesTest, the_contract_follows_from_the_signatures) {
  const auto document = http::openapi_document(table_);
  EXPECT_TRUE(json::parse(document).ok());
  EXPECT_NE(document.find(R"("operationId": "create_plan")"), std::string::npos);
  EXPECT_NE(document.find(R"("PlanPage")"), std::string::npos);
  EXPECT_NE(document.find(R"("maxLength": 10)"), std::string::npos);
  EXPECT_EQ(document, http::openapi_document(table_)) << "stable";
}

}  // namespace
}  // namespace changwat
