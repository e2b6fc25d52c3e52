// Identity behind the site's front door: from the bytes of a request to the answer's headers.

#include <filesystem>

#include <gtest/gtest.h>

#include "platform/db/testing.hpp"
#include "platform/http/site.hpp"

#include "modules/identity/identity.hpp"

namespace changwat::identity {
namespace {

constexpr std::string_view password = "ม้าขาวสี่ตัวข้ามแม่น้ำ";

class IdentitySiteTest : public db::OnBothEngines {
 protected:
  void SetUp() override {
    OnBothEngines::SetUp();
    if (IsSkipped()) return;
    folder_ =
        std::filesystem::temp_directory_path() / ("changwat-site-" + SessionId::make(now_).text());
    std::filesystem::create_directory(folder_);
    files_ = std::make_unique<http::StaticFiles>(http::StaticFiles::load(folder_));
    identity_ = std::make_unique<Identity>(
        database(), acts(), IdentityOptions{.hash_cost = {.memory_bytes = 8192, .passes = 1}});
    Call call;
    call.now = now_;
    ASSERT_TRUE(identity_
                    ->add_person(call, {*Key::parse("somsri"), *PersonName::parse("สมศรี"),
                                        *PersonName::parse("Somsri"), std::string(password), false})
                    .ok());
    RouteTable table;
    identity_->add_routes(table);
    site_ = std::make_unique<http::Site>(
        std::move(table), *identity_, *files_,
        http::SiteOptions{
            .now = [this] { return now_; },
            .on_failure = [](const std::string&,
                             const std::exception& error) { ADD_FAILURE() << error.what(); }});
  }
  void TearDown() override {
    site_.reset();
    identity_.reset();
    std::filesystem::remove_all(folder_);
    OnBothEngines::TearDown();
  }

  using Headers = std::vector<std::pair<std::string, std::string>>;
  http::Response send(http::Method method, std::string_view path, const Headers& headers = {},
                      std::string body = {}) {
    http::Request request;
    request.head.method = method;
    request.head.target = request.head.path = path;
    for (const auto& [name, value] : headers) request.head.headers.push_back({name, value});
    request.body = std::move(body);
    request.head.content_length = request.body.size();
    request.peer = "203.0.113.7";
    request.request_id = "0123456789abcdef";
    return site_->handle(request);
  }
  http::Response sign_in(std::string_view word) {
    return send(http::Method::post, "/api/v1/session", {{"Content-Type", "application/json"}},
                R"({"username":"somsri","password":")" + std::string(word) + R"("})");
  }
  static std::string header(const http::Response& response, std::string_view name) {
    for (const auto& [key, value] : response.headers)
      if (key == name) return value;
    return {};
  }
  static bool says(const http::Response& response, std::string_view words) {
    return response.body.find(words) != std::string::npos;
  }

  Instant now_ = *Instant::parse("2026-11-23T03:00:00.000Z");
  std::filesystem::path folder_;
  std::unique_ptr<http::StaticFiles> files_;
  std::unique_ptr<Identity> identity_;
  std::unique_ptr<http::Site> site_;
};

TEST_P(IdentitySiteTest, A_browser_signs_in_asks_who_it_is_and_signs_out) {
  const auto signed_in = sign_in(password);
  ASSERT_EQ(signed_in.status, 200) << signed_in.body;
  EXPECT_EQ(header(signed_in, "Cache-Control"), "no-store");
  const auto line = header(signed_in, "Set-Cookie");
  const std::pair<std::string, std::string> cookie{"Cookie", line.substr(0, line.find(';'))};

  const auto me = send(http::Method::get, "/api/v1/session", {cookie});
  EXPECT_EQ(me.status, 200);
  EXPECT_EQ(me.body, signed_in.body);
  const auto begin = me.body.find("\"csrf_token\":\"") + 14;
  const auto csrf = me.body.substr(begin, me.body.find('"', begin) - begin);

  EXPECT_TRUE(says(send(http::Method::delete_, "/api/v1/session", {cookie}), "csrf_token_wrong"));
  EXPECT_EQ(send(http::Method::delete_, "/api/v1/session", {cookie, {"X-CSRF-Token", csrf}}).status,
            204);
  const auto after = send(http::Method::get, "/api/v1/session", {cookie});
  EXPECT_EQ(after.status, 401);
  EXPECT_TRUE(says(after, "sign_in_required"));
}

TEST_P(IdentitySiteTest, A_refused_sign_in_repeats_nothing_that_was_typed) {
  const auto refused = sign_in("a password that is wrong");
  EXPECT_EQ(refused.status, 401);
  EXPECT_TRUE(says(refused, "sign_in_failed"));
  EXPECT_FALSE(says(refused, "a password that is wrong"));
  EXPECT_EQ(header(refused, "Set-Cookie"), "");
  const auto malformed =
      send(http::Method::post, "/api/v1/session", {{"Content-Type", "application/json"}},
           R"({"username":"somsri","pasword":"a password that is wrong"})");
  EXPECT_EQ(malformed.status, 422);
  EXPECT_TRUE(says(malformed, "/pasword"));
  EXPECT_FALSE(says(malformed, "a password that is wrong"));
}

TEST_P(IdentitySiteTest, Public_addresses_work_with_a_cookie_that_is_worth_nothing) {
  const Headers stale{{"Cookie", "changwat_session=" + std::string(43, 'A')}};
  EXPECT_EQ(send(http::Method::get, "/api/v1/session/providers", stale).status, 200);
  for (const auto* path : {"/api/v1/session", "/api/v1/me/sessions", "/api/v1/me/tokens"})
    EXPECT_EQ(send(http::Method::get, path, stale).status, 401) << path;
}

CHANGWAT_ON_BOTH_ENGINES(IdentitySiteTest);

}  // namespace
}  // namespace changwat::identity
