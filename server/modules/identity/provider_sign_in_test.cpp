#include <map>
#include <thread>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include "platform/auth/encoding.hpp"
#include "platform/auth/signing_for_tests.hpp"
#include "platform/db/testing.hpp"
#include "platform/http/uri.hpp"

#include "modules/identity/identity.hpp"

namespace changwat::identity {
namespace {

// An identity provider on loopback, as far as our server talks to it: discovery, keys, tokens.
class Provider {
 public:
  Provider() : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    CHECK(bind(socket_, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
          listen(socket_, 16) == 0);
    CHECK(getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size) == 0);
    issuer_ = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port));
    thread_ = std::thread([this] { serve(); });
  }
  ~Provider() {
    shutdown(socket_, SHUT_RDWR);
    thread_.join();
    close(socket_);
  }

  const std::string& issuer() const { return issuer_; }

  // What the next token says, and what was asked; the test and the server's calls take turns.
  std::string subject = "subject-1";
  std::string nonce;
  std::string kid = "key-1";
  bool broken = false;
  Instant now;
  std::map<std::string, int> asked;  // by path
  std::string token_request;

 private:
  void serve() {
    for (;;) {
      const int peer = accept(socket_, nullptr, nullptr);
      if (peer < 0) return;
      const auto reply = answer(read_request(peer));
      CHECK(send(peer, reply.data(), reply.size(), MSG_NOSIGNAL) ==
            static_cast<ssize_t>(reply.size()));
      close(peer);
    }
  }

  static std::string read_request(int peer) {
    std::string request;
    char bytes[4096];
    for (;;) {
      const auto end = request.find("\r\n\r\n");
      const auto length = request.find("Content-Length: ");
      if (end != request.npos &&
          (length == request.npos ||
           request.size() >= end + 4 + std::stoul(request.substr(length + 16))))
        return request;
      const auto n = recv(peer, bytes, sizeof bytes, 0);
      if (n <= 0) return request;
      request.append(bytes, static_cast<std::size_t>(n));
    }
  }

  std::string answer(const std::string& request) {
    const auto begin = request.find(' ') + 1;
    const auto path = request.substr(begin, request.find(' ', begin) - begin);
    ++asked[path];
    if (broken) return http(500, "{}");
    if (path == "/.well-known/openid-configuration")
      return http(200, R"({"issuer":")" + issuer_ + R"(","authorization_endpoint":")" + issuer_ +
                           R"(/authorize","token_endpoint":")" + issuer_ +
                           R"(/token","jwks_uri":")" + issuer_ +
                           R"(/keys","response_types_supported":["code"]})");
    if (path == "/keys") return http(200, R"({"keys":[)" + key_.jwk(kid) + "]}");
    token_request = request;
    const auto seconds = now.unix_ms() / 1000;
    const auto claims = R"({"iss":")" + issuer_ + R"(","sub":")" + subject +
                        R"(","aud":"changwat","nonce":")" + nonce +
                        R"(","name":"สมหญิง ทดสอบ","iat":)" + std::to_string(seconds) +
                        R"(,"exp":)" + std::to_string(seconds + 300) + "}";
    const auto token = key_.token(R"({"alg":"ES256","kid":")" + kid + "\"}", claims);
    return http(200, R"({"id_token":")" + token + R"(","access_token":"a","token_type":"Bearer"})");
  }

  static std::string http(int status, const std::string& body) {
    return "HTTP/1.1 " + std::to_string(status) +
           " X\r\nContent-Type: application/json\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n" + body;
  }

  int socket_;
  std::string issuer_;
  const auth::for_tests::SigningKey key_ = auth::for_tests::SigningKey::p256();
  std::thread thread_;
};

class ProviderSignInTest : public db::OnBothEngines {
 protected:
  void SetUp() override {
    OnBothEngines::SetUp();
    if (IsSkipped()) return;
    provider_.now = now_;
    start(false);
    person_ = *identity_->add_person(call(), {*Key::parse("somsri"), *PersonName::parse("สมศรี"),
                                              *PersonName::parse("Somsri"), std::nullopt, false});
  }
  void TearDown() override {
    identity_.reset();
    OnBothEngines::TearDown();
  }

  void start(bool creates_citizens) {
    identity_.reset();
    IdentityOptions options{.public_url = "https://changwat.example"};
    options.hash_cost = {.memory_bytes = 8192, .passes = 1};
    options.providers = {{*Key::parse("thaid"), provider_.issuer(), "changwat", "secret", "ไทยดี",
                          "ThaiD", creates_citizens}};
    identity_ = std::make_unique<Identity>(database(), acts(), std::move(options));
  }

  Call call() {
    Call out;
    out.now = now_;
    out.peer = "203.0.113.7";
    out.request_id = "0123456789abcdef";
    return out;
  }

  struct Answer {
    http::Response response;
    std::map<std::string, std::string> cookies;
    std::string header(std::string_view name) const {
      for (const auto& [key, value] : response.headers)
        if (key == name) return value;
      return {};
    }
  };
  static Answer answer_of(http::Response response, const Call& call) {
    Answer out{std::move(response), {}};
    for (const auto& [name, value] : call.answer_headers) {
      const auto equals = value.find('=');
      if (name == "Set-Cookie")
        out.cookies[value.substr(0, equals)] =
            value.substr(equals + 1, value.find(';') - equals - 1);
    }
    return out;
  }

  Answer begin(std::string_view return_to = "/app/desk", std::string_view code = "thaid") {
    auto asking = call();
    const http::Request request;
    const http::Values path{{"code", std::string(code)}}, query{{"return", std::string(return_to)}};
    auto answer =
        answer_of(identity_->begin_provider_sign_in(asking, {request, path, query}), asking);
    provider_.nonce = parameter(answer.header("Location"), "nonce");
    return answer;
  }
  Answer finish(std::string_view query, std::string_view cookie, std::string_view code = "thaid") {
    auto asking = call();
    http::Request request;
    const auto cookies = "changwat_sign_in=" + std::string(cookie);
    request.head.query = query;
    request.head.headers = {{"Cookie", cookies}};
    const http::Values path{{"code", std::string(code)}}, none;
    return answer_of(identity_->finish_provider_sign_in(asking, {request, path, none}), asking);
  }
  Answer finish(const Answer& begun) {
    return finish(
        "code=c&session_state=whatever&state=" + parameter(begun.header("Location"), "state"),
        begun.cookies.at("changwat_sign_in"));
  }

  static std::string parameter(const std::string& url, std::string_view name) {
    const auto query = http::uri::parse_query(
        std::string_view(url).substr(std::min(url.find('?') + 1, url.size())));
    for (const auto& [key, value] : *query)
      if (key == name) return value;
    return {};
  }

  std::optional<Caller> seen(const std::string& secret) {
    http::Request request;
    const auto cookie = "changwat_session=" + secret;
    request.head.headers = {{"Cookie", cookie}};
    return identity_->caller(request, now_).value();
  }

  Instant now_ = *Instant::parse("2026-11-23T03:00:00.000Z");
  Provider provider_;
  std::unique_ptr<Identity> identity_;
  PersonId person_;
};

TEST_P(ProviderSignInTest, A_linked_person_goes_out_and_comes_back_signed_in_where_they_wanted) {
  ASSERT_TRUE(identity_->link_identity(call(), person_, *Key::parse("thaid"), "subject-1").ok());
  const auto begun = begin();
  EXPECT_EQ(begun.response.status, 303);
  const auto location = begun.header("Location");
  EXPECT_TRUE(location.starts_with(provider_.issuer() + "/authorize?")) << location;
  EXPECT_EQ(parameter(location, "redirect_uri"),
            "https://changwat.example/auth/oidc/thaid/callback");
  EXPECT_EQ(parameter(location, "code_challenge_method"), "S256");

  const auto done = finish(begun);
  EXPECT_EQ(done.response.status, 303) << done.response.body;
  EXPECT_EQ(done.header("Location"), "/app/desk");
  EXPECT_EQ(done.cookies.at("changwat_sign_in"), "") << "the attempt is over";
  EXPECT_EQ(seen(done.cookies.at("changwat_session"))->person_id, person_.text());
  EXPECT_NE(provider_.token_request.find("code_verifier="), std::string::npos);
}

TEST_P(ProviderSignInTest, The_browser_holds_the_attempt_but_cannot_read_it) {
  const auto begun = begin();
  const auto sealed = begun.cookies.at("changwat_sign_in");
  const auto bytes = auth::base64url_decode(sealed);
  ASSERT_TRUE(bytes);
  EXPECT_EQ(bytes->find("verifier"), std::string::npos);
  EXPECT_EQ(bytes->find(parameter(begun.header("Location"), "state")), std::string::npos);
}

TEST_P(ProviderSignInTest, An_answer_to_another_browsers_attempt_signs_nobody_in) {
  ASSERT_TRUE(identity_->link_identity(call(), person_, *Key::parse("thaid"), "subject-1").ok());
  const auto victim = begin(), attacker = begin();
  const auto state = parameter(attacker.header("Location"), "state");
  for (const auto& answer :
       {finish("code=c&state=" + state, victim.cookies.at("changwat_sign_in")),
        finish("code=c&state=" + state, ""), finish("code=c&state=" + state, "made-up"),
        finish("code=c", attacker.cookies.at("changwat_sign_in"))}) {
    EXPECT_EQ(answer.response.status, 401);
    EXPECT_FALSE(answer.cookies.contains("changwat_session"));
  }
  EXPECT_EQ(count("session"), 0);
}

TEST_P(ProviderSignInTest, An_attempt_is_over_after_ten_minutes) {
  ASSERT_TRUE(identity_->link_identity(call(), person_, *Key::parse("thaid"), "subject-1").ok());
  const auto begun = begin();
  now_ = now_.plus_ms(pending_sign_in_ms);
  provider_.now = now_;
  EXPECT_EQ(finish(begun).response.status, 401);
}

TEST_P(ProviderSignInTest, A_token_for_another_attempt_is_refused) {
  ASSERT_TRUE(identity_->link_identity(call(), person_, *Key::parse("thaid"), "subject-1").ok());
  const auto begun = begin();
  provider_.nonce = "of another attempt";
  EXPECT_EQ(finish(begun).response.status, 401);
  EXPECT_EQ(count("session"), 0);
}

TEST_P(ProviderSignInTest, Nobody_is_sent_to_another_site) {
  ASSERT_TRUE(identity_->link_identity(call(), person_, *Key::parse("thaid"), "subject-1").ok());
  EXPECT_EQ(finish(begin("https://evil.example/")).header("Location"), "/app/");
  EXPECT_EQ(finish(begin("//evil.example")).header("Location"), "/app/");
}

TEST_P(ProviderSignInTest, Who_is_not_linked_is_told_so_on_a_page_in_both_languages) {
  const auto answer = finish(begin());
  EXPECT_EQ(answer.response.status, 403);
  EXPECT_EQ(answer.response.content_type, "text/html; charset=utf-8");
  EXPECT_NE(answer.response.body.find("unknown_identity"), std::string::npos);
  EXPECT_NE(answer.response.body.find("ติดต่อผู้ดูแลระบบ"), std::string::npos);
  EXPECT_EQ(answer.header("Content-Security-Policy").find("unsafe"), std::string::npos);
  EXPECT_EQ(count("person"), 1);
  EXPECT_EQ(count("sign_in_log WHERE outcome = 'unknown_identity'"), 1);
}

TEST_P(ProviderSignInTest, A_provider_for_citizens_makes_an_account_once) {
  start(true);
  const auto first = finish(begin());
  EXPECT_EQ(first.response.status, 303) << first.response.body;
  const auto citizen = seen(first.cookies.at("changwat_session"));
  ASSERT_TRUE(citizen);
  ASSERT_EQ(citizen->offices.size(), 1u);
  EXPECT_EQ(citizen->offices[0].role, "citizen");
  EXPECT_EQ(citizen->name_th, "สมหญิง ทดสอบ");
  const auto again = finish(begin());
  EXPECT_EQ(seen(again.cookies.at("changwat_session"))->person_id, citizen->person_id);
  provider_.subject = "subject-2";
  const auto other = finish(begin());
  EXPECT_NE(seen(other.cookies.at("changwat_session"))->person_id, citizen->person_id);
  EXPECT_EQ(count("person"), 3);
  EXPECT_EQ(count("office"), 1);
  const auto entry = entries().back();
  EXPECT_EQ(entry.act, "identity.add_citizen");
  EXPECT_EQ(to_json(entry).find("สมหญิง"), std::string::npos);
  EXPECT_EQ(to_json(entry).find("subject-2"), std::string::npos);
}

TEST_P(ProviderSignInTest,
       What_a_provider_says_of_itself_is_asked_once_a_day_and_new_keys_when_needed) {
  ASSERT_TRUE(identity_->link_identity(call(), person_, *Key::parse("thaid"), "subject-1").ok());
  const auto sign_in = [&] { return finish(begin()).response.status; };
  EXPECT_EQ(sign_in(), 303);
  EXPECT_EQ(sign_in(), 303);
  EXPECT_EQ(provider_.asked["/.well-known/openid-configuration"], 1);
  EXPECT_EQ(provider_.asked["/keys"], 1);
  provider_.kid = "key-2";
  EXPECT_EQ(sign_in(), 401)
      << "whoever asks can make up names of keys: not asked again within five minutes";
  now_ = provider_.now = now_.plus_ms(5 * minute_ms);
  EXPECT_EQ(sign_in(), 303);
  EXPECT_EQ(provider_.asked["/keys"], 2);
  now_ = provider_.now = now_.plus_ms(24 * hour_ms);
  EXPECT_EQ(sign_in(), 303);
  EXPECT_EQ(provider_.asked["/.well-known/openid-configuration"], 2);
}

TEST_P(ProviderSignInTest, A_broken_provider_is_not_asked_again_at_once) {
  provider_.broken = true;
  for (int i = 0; i < 5; ++i) EXPECT_EQ(begin().response.status, 502);
  EXPECT_EQ(provider_.asked["/.well-known/openid-configuration"], 1);
  provider_.broken = false;
  now_ = now_.plus_ms(minute_ms);
  EXPECT_EQ(begin().response.status, 303);
  EXPECT_EQ(begin("/", "nobody").response.status, 404);
}

TEST_P(ProviderSignInTest, Providers_are_listed_without_their_secrets) {
  auto asking = call();
  EXPECT_EQ(to_json(*identity_->sign_in_providers(asking)),
            R"({"items":[{"code":"thaid","name_th":"ไทยดี","name_en":"ThaiD"}]})");
}

// ---- routes

TEST_P(ProviderSignInTest, Every_route_says_who_may_call_it_and_describes_itself) {
  RouteTable table;
  identity_->add_routes(table);
  std::vector<std::string> open;
  for (const auto& route : table)
    if (route.needs == Needs::nothing) open.push_back(route.name);
  EXPECT_EQ(open, (std::vector<std::string>{"sign_in", "list_sign_in_providers",
                                            "begin_provider_sign_in", "finish_provider_sign_in"}));
  const auto contract = http::openapi_document(table);
  for (const auto* word :
       {"\"Me\"", "\"MySession\"", "\"IssuedToken\"", "\"/auth/oidc/{code}/callback\""})
    EXPECT_NE(contract.find(word), std::string::npos) << word;
  http::Router router(std::move(table));
  EXPECT_EQ(router.find(http::Method::get, "/api/v1/session/providers").route->name,
            "list_sign_in_providers");
}

CHANGWAT_ON_BOTH_ENGINES(ProviderSignInTest);

}  // namespace
}  // namespace changwat::identity
