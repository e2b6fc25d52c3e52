#include "platform/auth/oidc.hpp"

#include <gtest/gtest.h>

#include "platform/auth/encoding.hpp"

namespace changwat::auth {
namespace {

const std::string issuer = "https://id.example.go.th";

// A discovery document with one member replaced; a value of "" leaves it out.
std::string discovery_with(std::string_view changed = "", std::string_view value = "") {
  const std::vector<std::pair<std::string_view, std::string_view>> members{
      {"issuer", R"("https://id.example.go.th")"},
      {"authorization_endpoint", R"("https://id.example.go.th/auth")"},
      {"token_endpoint", R"("https://id.example.go.th/token")"},
      {"jwks_uri", R"("https://id.example.go.th/jwks")"},
      {"response_types_supported", R"(["code","id_token"])"},
      {"code_challenge_methods_supported", R"(["plain","S256"])"}};
  std::string text;
  const auto put = [&](std::string_view name, std::string_view member) {
    if (member.empty()) return;
    text += text.empty() ? "{\"" : ",\"";
    text.append(name).append("\":").append(member);
  };
  for (const auto& [name, member] : members) {
    if (name != changed) put(name, member);
  }
  if (!changed.empty()) put(changed, value);
  return text + "}";
}

Provider provider() {
  return parse_provider(discovery_with(), issuer).value();
}

const Client client{"changwat", "secret", "https://changwat.example/auth/oidc/test/callback"};
const SignIn sign_in{"state-1", "nonce-1", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"};

TEST(Oidc, ADiscoveryDocumentIsRead) {
  const Provider read = provider();
  EXPECT_EQ(read.issuer, issuer);
  EXPECT_EQ(read.authorization_endpoint, issuer + "/auth");
  EXPECT_EQ(read.token_endpoint, issuer + "/token");
  EXPECT_EQ(read.jwks_uri, issuer + "/jwks");
  EXPECT_EQ(read.authentication, ClientAuthentication::client_secret_basic);
  EXPECT_FALSE(read.end_session_endpoint);
  EXPECT_FALSE(read.names_issuer_in_callback);
  EXPECT_EQ(discovery_url(issuer), issuer + "/.well-known/openid-configuration");
  EXPECT_EQ(discovery_url(issuer + "/"), issuer + "/.well-known/openid-configuration");
}

TEST(Oidc, ADiscoveryDocumentOfAnotherIssuerOrWithUnsafeAddressesIsRefused) {
  struct Case {
    const char* member;
    const char* value;
    bool accepted;
  };
  const Case cases[] = {
      {"issuer", R"("https://id.example.go.th/")", false},
      {"issuer", R"("https://evil.example")", false},
      {"issuer", "", false},
      {"token_endpoint", "", false},
      {"token_endpoint", "7", false},
      {"token_endpoint", R"("http://id.example.go.th/token")", false},
      {"token_endpoint", R"("http://127.0.0.1:9000/token")", true},
      {"token_endpoint", R"("http://localhost.evil.example/token")", false},
      {"token_endpoint", R"("https://user@id.example.go.th/token")", false},
      {"token_endpoint", R"("file:///etc/passwd")", false},
      {"authorization_endpoint", R"j("javascript:alert(1)")j", false},
      {"jwks_uri", R"("ftp://id.example.go.th/jwks")", false},
      {"end_session_endpoint", R"("https://id.example.go.th/out")", true},
      {"end_session_endpoint", R"("http://id.example.go.th/out")", false},
      {"response_types_supported", R"(["id_token"])", false},
      {"response_types_supported", "", false},
      {"code_challenge_methods_supported", R"(["plain"])", false},
      {"code_challenge_methods_supported", "", true},
      {"token_endpoint_auth_methods_supported", R"(["client_secret_post"])", true},
      {"token_endpoint_auth_methods_supported", R"(["private_key_jwt"])", false},
      {"token_endpoint_auth_methods_supported", R"("client_secret_basic")", false},
  };
  for (const auto& [member, value, accepted] : cases) {
    const auto read = parse_provider(discovery_with(member, value), issuer);
    EXPECT_EQ(read.ok(), accepted) << member << " " << value;
    if (!read.ok()) {
      EXPECT_TRUE(read.problem().is(errors::identity_provider_failed));
    }
  }
  for (const char* text : {"", "[]", "{", "<html>"})
    EXPECT_FALSE(parse_provider(text, issuer).ok());
  EXPECT_FALSE(parse_provider(discovery_with() + std::string(300'000, ' '), issuer).ok());
}

TEST(Oidc, TheChallengeFollowsTheExampleOfRfc7636) {
  EXPECT_EQ(code_challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

TEST(Oidc, EachSignInHasItsOwnSecrets) {
  const SignIn one = new_sign_in();
  const SignIn other = new_sign_in();
  EXPECT_EQ(one.verifier.size(), 43u);  // RFC 7636 section 4.1: 43..128
  EXPECT_NE(one.state, one.nonce);
  EXPECT_NE(one.state, other.state);
  EXPECT_NE(one.nonce, other.nonce);
  EXPECT_NE(one.verifier, other.verifier);
}

TEST(Oidc, TheBrowserIsSentWithEverythingButTheVerifier) {
  const std::string url = authorization_url(provider(), client, sign_in);
  EXPECT_EQ(url,
            "https://id.example.go.th/auth?response_type=code&client_id=changwat"
            "&redirect_uri=https%3A%2F%2Fchangwat.example%2Fauth%2Foidc%2Ftest%2Fcallback"
            "&scope=openid%20profile%20email&state=state-1&nonce=nonce-1"
            "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
            "&code_challenge_method=S256&ui_locales=th%20en");
  Provider with_query = provider();
  with_query.authorization_endpoint += "?tenant=7";
  EXPECT_TRUE(authorization_url(with_query, client, sign_in)
                  .starts_with("https://id.example.go.th/auth?tenant=7&response_type=code"));
}

TEST(Oidc, TheCallbackGivesItsCodeOnlyToTheSignInThatBeganIt) {
  struct Case {
    const char* query;
    const char* code;  // "" if refused
  };
  const Case cases[] = {
      {"code=abc&state=state-1", "abc"},
      {"state=state-1&code=a%2Bb%20c", "a+b c"},
      {"code=abc&state=state-1&iss=https%3A%2F%2Fid.example.go.th", "abc"},
      {"code=abc&state=state-1&iss=https%3A%2F%2Fevil.example", ""},
      {"code=abc&state=state-2", ""},
      {"code=abc&state=", ""},
      {"code=abc", ""},
      {"", ""},
      {"&&&", ""},
      {"state=state-1", ""},
      {"code=&state=state-1", ""},
      {"code=a&code=b&state=state-1", ""},
      {"code=abc&state=state-1&state=state-1", ""},
      {"code=%zz&state=state-1", ""},
      {"error=access_denied&state=state-1", ""},
      {"error=access_denied&code=abc&state=state-1", ""},
      {"xcode=abc&state=state-1", ""},
  };
  for (const auto& [query, code] : cases) {
    const auto read = parse_callback(query, sign_in, provider());
    EXPECT_EQ(read.ok() ? read.value() : "", code) << query;
    if (!read.ok()) {
      EXPECT_TRUE(read.problem().is(errors::sign_in_refused));
    }
  }
  EXPECT_FALSE(parse_callback("code=a&state=", SignIn{}, provider()).ok());
  EXPECT_FALSE(
      parse_callback("code=a&state=state-1&x=" + std::string(9'000, 'x'), sign_in, provider())
          .ok());
}

TEST(Oidc, AProviderThatNamesItselfMustDoSo) {
  const Provider naming =
      parse_provider(discovery_with("authorization_response_iss_parameter_supported", "true"),
                     issuer)
          .value();
  EXPECT_FALSE(parse_callback("code=abc&state=state-1", sign_in, naming).ok());
  EXPECT_TRUE(
      parse_callback("code=abc&state=state-1&iss=https%3A%2F%2Fid.example.go.th", sign_in, naming)
          .ok());
}

TEST(Oidc, WhatAProviderCallsItsErrorCannotForgeALogLine) {
  const auto read = parse_callback("error=no%0A%1b%3Cb%3E&state=state-1", sign_in, provider());
  EXPECT_EQ(read.problem().en, "The provider refused: no???b?.");
}

TEST(Oidc, TheTokenCallCarriesCodeAndVerifierAndTheClientsSecretAsAsked) {
  const Client odd{"a:b", "s c/ä", "https://x.example/cb"};
  Provider with_basic = provider();
  const HttpCall basic = token_call(with_basic, odd, "c&1", sign_in);
  EXPECT_EQ(basic.method, "POST");
  EXPECT_EQ(basic.url, issuer + "/token");
  EXPECT_EQ(basic.body,
            "grant_type=authorization_code&code=c%261&redirect_uri=https%3A%2F%2Fx.example%2Fcb"
            "&code_verifier=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
  EXPECT_EQ(basic.headers.back().first, "Authorization");
  EXPECT_EQ(basic.headers.back().second, "Basic " + base64_encode("a%3Ab:s%20c%2F%C3%A4"));

  with_basic.authentication = ClientAuthentication::client_secret_post;
  const HttpCall post = token_call(with_basic, odd, "c&1", sign_in);
  EXPECT_EQ(post.body, basic.body + "&client_id=a%3Ab&client_secret=s%20c%2F%C3%A4");
  for (const auto& [name, value] : post.headers) EXPECT_NE(name, "Authorization");
}

TEST(Oidc, TheTokenReplyIsRead) {
  const auto tokens = parse_token_reply(
      {200,
       {},
       R"({"id_token":"a.b.c","access_token":"x","token_type":"Bearer","expires_in":60})"});
  ASSERT_TRUE(tokens.ok());
  EXPECT_EQ(tokens->id_token, "a.b.c");
  EXPECT_EQ(tokens->access_token, "x");
  EXPECT_EQ(tokens->expires_in_seconds, 60);
}

TEST(Oidc, ATokenReplyThatIsNoneIsRefused) {
  struct Case {
    int status;
    const char* body;
    const ErrorKind& kind;
  };
  const Case cases[] = {
      {200, "", errors::identity_provider_failed},
      {200, "<html>", errors::identity_provider_failed},
      {200, R"({"access_token":"x","token_type":"Bearer"})", errors::identity_provider_failed},
      {200, R"({"id_token":7,"access_token":"x","token_type":"Bearer"})",
       errors::identity_provider_failed},
      {200, R"({"id_token":"a","access_token":"x","token_type":"DPoP"})",
       errors::identity_provider_failed},
      {302, "", errors::identity_provider_failed},
      {500, "broken", errors::identity_provider_failed},
      {401, R"({"error":"invalid_client"})", errors::identity_provider_failed},
      {400, R"({"error":"invalid_grant"})", errors::sign_in_refused},
  };
  for (const auto& [status, body, kind] : cases) {
    const auto tokens = parse_token_reply({status, {}, body});
    ASSERT_FALSE(tokens.ok()) << body;
    EXPECT_TRUE(tokens.problem().is(kind)) << body;
  }
}

}  // namespace
}  // namespace changwat::auth
