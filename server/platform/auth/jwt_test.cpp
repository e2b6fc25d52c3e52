#include "platform/auth/jwt.hpp"

#include <gtest/gtest.h>

#include "platform/auth/signing_for_tests.hpp"

namespace changwat::auth {
namespace {

using for_tests::SigningKey;

constexpr std::int64_t now_seconds = 1'600'000'000;
const Instant now(now_seconds * 1000);
const IdTokenExpectation expected{"https://id.example.go.th", "changwat", "nonce-1"};

// Keys are dear to make: one of each kind for all tests.
struct Keys {
  SigningKey rsa = SigningKey::rsa();
  SigningKey p256 = SigningKey::p256();
  SigningKey ed25519 = SigningKey::ed25519();
  KeySet set = KeySet::parse(R"({"keys":[)" + rsa.jwk("rsa") + "," + p256.jwk("p256") + "," +
                             ed25519.jwk("ed25519") + "]}")
                   .value();

  std::vector<std::pair<const SigningKey*, std::string>> all() const {
    return {{&rsa, "rsa"}, {&p256, "p256"}, {&ed25519, "ed25519"}};
  }
};
const Keys& keys() {
  static const Keys made;
  return made;
}

std::string header_of(std::string_view alg, std::string_view kid, std::string_view more = "") {
  return R"({"alg":")" + std::string(alg) + R"(","kid":")" + std::string(kid) + '"' +
         std::string(more) + "}";
}

// The claims of a good token, with some replaced: a value of "" leaves the claim out.
std::string claims_with(std::vector<std::pair<std::string, std::string>> changes = {}) {
  std::vector<std::pair<std::string, std::string>> claims{
      {"iss", R"("https://id.example.go.th")"},
      {"sub", R"("subject-7")"},
      {"aud", R"("changwat")"},
      {"exp", std::to_string(now_seconds + 300)},
      {"iat", std::to_string(now_seconds - 5)},
      {"nonce", R"("nonce-1")"},
      {"name", R"("ผู้ใช้ ทดสอบ")"},
      {"email", R"("user@example.go.th")"},
      {"email_verified", "true"}};
  for (auto& [name, value] : changes) {
    std::erase_if(claims, [&, &n = name](const auto& claim) { return claim.first == n; });
    if (!value.empty()) claims.emplace_back(name, value);
  }
  std::string text;
  for (const auto& [name, value] : claims) {
    text += (text.empty() ? "{\"" : ",\"") + name + "\":" + value;
  }
  return text + "}";
}

std::string good_token() {
  return keys().p256.token(header_of("ES256", "p256"), claims_with());
}

std::string why_not(const Result<IdToken>& result) {
  if (result.ok()) return "accepted";
  EXPECT_TRUE(result.problem().is(errors::identity_token_refused));
  EXPECT_FALSE(result.problem().th.empty());
  return result.problem().en;
}

std::string why_not(std::string_view token) {
  return why_not(verify_id_token(token, keys().set, expected, now));
}

TEST(Jwt, ATokenOfEachKindIsAcceptedAndItsClaimsAreRead) {
  for (const auto& [key, kid] : keys().all()) {
    const auto token = verify_id_token(key->token(header_of(key->algorithm(), kid), claims_with()),
                                       keys().set, expected, now);
    ASSERT_TRUE(token.ok()) << key->algorithm() << why_not(token);
    EXPECT_EQ(token->issuer, "https://id.example.go.th");
    EXPECT_EQ(token->subject, "subject-7");
    EXPECT_EQ(token->name, "ผู้ใช้ ทดสอบ");
    EXPECT_EQ(token->email, "user@example.go.th");
    EXPECT_TRUE(token->email_verified);
    EXPECT_EQ(token->expires_at, now.plus_ms(300'000));
    EXPECT_EQ(token->issued_at, now.plus_ms(-5'000));
    EXPECT_EQ(token->claims.at("nonce").as_string(), "nonce-1");
  }
}

TEST(Jwt, AnyChangedCharacterIsRefused) {
  for (const auto& [key, kid] : keys().all()) {
    const std::string token = key->token(header_of(key->algorithm(), kid), claims_with());
    ASSERT_EQ(why_not(token), "accepted");
    for (std::size_t i = 0; i < token.size(); ++i) {
      std::string changed = token;
      changed[i] = changed[i] == 'A' ? 'B' : 'A';
      EXPECT_NE(why_not(changed), "accepted") << key->algorithm() << " at " << i;
    }
  }
}

TEST(Jwt, APartOfAnotherTokenIsRefused) {
  const auto part = [](const std::string& token, int index) {
    const std::size_t first = token.find('.');
    const std::size_t second = token.find('.', first + 1);
    return index == 0   ? token.substr(0, first)
           : index == 1 ? token.substr(first + 1, second - first - 1)
                        : token.substr(second + 1);
  };
  const std::string one = good_token();
  const std::string other = keys().p256.token(header_of("ES256", "p256", R"(,"typ":"JWT")"),
                                              claims_with({{"sub", R"("somebody-else")"}}));
  for (int taken = 0; taken < 3; ++taken) {
    std::string mixed;
    for (int i = 0; i < 3; ++i) mixed += (i ? "." : "") + part(i == taken ? other : one, i);
    EXPECT_EQ(why_not(mixed), "The token's signature is wrong.") << taken;
  }
}

TEST(Jwt, WhatIsNoCompactJwsIsRefused) {
  const std::string token = good_token();
  const std::size_t dot = token.rfind('.');
  for (const std::string& text :
       {std::string(), std::string("."), std::string(".."), std::string("a.b"),
        token.substr(0, dot), token.substr(0, dot + 1), token + ".", token + ".x", token + "=",
        " " + token, token + "\n", "." + token, token + token, std::string("e30.e30.e30"),
        std::string("W10.e30.AAAA"), std::string(token).replace(dot, 1, "..")}) {
    EXPECT_NE(why_not(text), "accepted") << text;
  }
}

TEST(Jwt, NoAlgorithmIsNoSignature) {
  for (const char* none : {"none", "None", "NONE", "nOnE", ""}) {
    const std::string text =
        base64url_encode(header_of(none, "rsa")) + "." + base64url_encode(claims_with());
    EXPECT_EQ(why_not(text + "."), "The token's signature algorithm is not accepted.") << none;
    EXPECT_EQ(why_not(text + ".AAAA"), "The token's signature algorithm is not accepted.") << none;
  }
}

TEST(Jwt, HmacWithThePublicKeyAsSecretIsRefused) {
  const std::string jwk = keys().rsa.jwk("rsa");
  for (const char* alg : {"HS256", "HS384", "HS512", "hs256"}) {
    const std::string text =
        base64url_encode(header_of(alg, "rsa")) + "." + base64url_encode(claims_with());
    const std::string token = text + "." + base64url_encode(hmac_sha256(jwk, text));
    EXPECT_EQ(why_not(token), "The token's signature algorithm is not accepted.") << alg;
  }
}

TEST(Jwt, AlgorithmNamesAreExact) {
  for (const char* alg : {"rs256", "Rs256", "RS256 ", " RS256", "RS384", "RS512", "PS256", "es256",
                          "ES384", "ES256K", "EDDSA", "eddsa", "Ed25519", "RS256\\u0000"}) {
    for (const auto& [key, kid] : keys().all()) {
      EXPECT_EQ(why_not(key->token(header_of(alg, kid), claims_with())),
                "The token's signature algorithm is not accepted.")
          << alg;
    }
  }
  for (const char* header : {R"({"kid":"rsa"})", R"({"alg":null,"kid":"rsa"})",
                             R"({"alg":["RS256"],"kid":"rsa"})", R"({"alg":256,"kid":"rsa"})"}) {
    EXPECT_EQ(why_not(keys().rsa.token(header, claims_with())),
              "The token's signature algorithm is not accepted.");
  }
}

TEST(Jwt, AKeyNeverServesAnotherAlgorithm) {
  for (const auto& [key, kid] : keys().all()) {
    for (const char* alg : {"RS256", "ES256", "EdDSA"}) {
      if (alg == key->algorithm()) continue;
      EXPECT_EQ(why_not(key->token(header_of(alg, kid), claims_with())),
                "The key that signed the token is not in the key set.");
    }
  }
}

TEST(Jwt, AForeignKeyOfTheSameNameIsRefused) {
  const SigningKey stranger = SigningKey::p256();
  EXPECT_EQ(why_not(stranger.token(header_of("ES256", "p256"), claims_with())),
            "The token's signature is wrong.");
  EXPECT_EQ(why_not(stranger.token(header_of("ES256", "other"), claims_with())),
            "The key that signed the token is not in the key set.");
}

TEST(Jwt, ATokenCannotBringItsOwnKeyOrRules) {
  const SigningKey stranger = SigningKey::p256();
  for (const std::string& more :
       {R"(,"jwk":)" + stranger.jwk("p256"), std::string(R"(,"jku":"https://evil.example/keys")"),
        std::string(R"(,"x5u":"https://evil.example/cert")"), std::string(R"(,"crit":["exp"])"),
        std::string(R"(,"crit":[])"), std::string(R"(,"b64":false)"),
        std::string(R"(,"cty":"JWT")"), std::string(R"(,"zip":"DEF")")}) {
    const std::string header = header_of("ES256", "p256", more);
    EXPECT_NE(why_not(stranger.token(header, claims_with())), "accepted") << more;
    EXPECT_TRUE(why_not(keys().p256.token(header, claims_with()))
                    .starts_with("The token's header has a member that is not accepted"))
        << more;
  }
}

TEST(Jwt, OnlyTheTypeOfAnIdTokenIsAccepted) {
  struct Case {
    const char* type;
    bool accepted;
  };
  for (const auto& [type, accepted] :
       {Case{R"("JWT")", true}, Case{R"("jwt")", true}, Case{R"("at+jwt")", false},
        Case{R"("logout+jwt")", false}, Case{"null", false}, Case{"1", false}}) {
    const std::string header = header_of("ES256", "p256", R"(,"typ":)" + std::string(type));
    EXPECT_EQ(why_not(keys().p256.token(header, claims_with())) == "accepted", accepted) << type;
  }
}

TEST(Jwt, WithoutAKeyNameThereMustBeNoChoice) {
  const std::string nameless = keys().p256.token(R"({"alg":"ES256"})", claims_with());
  EXPECT_EQ(why_not(nameless), "accepted");  // the set has one P-256 key
  const auto two = KeySet::parse(R"({"keys":[)" + keys().p256.jwk("a") + "," +
                                 SigningKey::p256().jwk("b") + "]}");
  EXPECT_EQ(why_not(verify_id_token(nameless, *two, expected, now)),
            "The token does not say which key signed it.");
  EXPECT_EQ(key_id_of(nameless).value(), "");
  EXPECT_EQ(key_id_of(good_token()).value(), "p256");
}

TEST(Jwt, AnEs256SignatureOfAnotherFormIsRefused) {
  const std::string text =
      base64url_encode(header_of("ES256", "p256")) + "." + base64url_encode(claims_with());
  for (const std::string& signature : {std::string(64, '\0'), std::string(64, '\xff'),
                                       std::string(63, '\1'), std::string(70, '0')}) {
    EXPECT_EQ(why_not(text + "." + base64url_encode(signature)), "The token's signature is wrong.");
  }
}

TEST(Jwt, OversizeIsRefusedBeforeItIsRead) {
  const auto padding = [](std::size_t bytes) { return "\"" + std::string(bytes, 'x') + "\""; };
  const auto signed_with = [&](std::string_view header, std::size_t bytes) {
    return keys().p256.token(header, claims_with({{"more", padding(bytes)}}));
  };
  const std::string header = header_of("ES256", "p256");
  EXPECT_EQ(why_not(signed_with(header, 11'000)), "accepted");
  EXPECT_EQ(why_not(signed_with(header, 13'000)), "The token is too large.");
  const std::string long_header = header_of("ES256", "p256", R"(,"x":)" + padding(2'000));
  EXPECT_EQ(why_not(signed_with(long_header, 1)), "A part of the token is too large.");
  EXPECT_EQ(why_not(good_token() + std::string(2'000, 'A')), "A part of the token is too large.");
}

TEST(Jwt, DeepNestingIsRefused) {
  const auto nested = [](int depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  const std::string header = header_of("ES256", "p256");
  EXPECT_EQ(why_not(keys().p256.token(header, claims_with({{"deep", nested(10)}}))), "accepted");
  EXPECT_EQ(why_not(keys().p256.token(header, claims_with({{"deep", nested(1000)}}))),
            "The token's payload cannot be read.");
}

struct ClaimCase {
  std::vector<std::pair<std::string, std::string>> changes;
  const char* answer;
};

std::string seconds(std::int64_t from_now) {
  return std::to_string(now_seconds + from_now);
}

TEST(Jwt, ClaimsAreCheckedByTheRulesOfOpenIdConnect) {
  const std::string long_text = '"' + std::string(1001, 'x') + '"';
  const ClaimCase cases[] = {
      {{{"iss", R"("https://id.example.go.th/")"}},
       "The token's iss is not the provider that was asked."},
      {{{"iss", R"("https://ID.example.go.th")"}},
       "The token's iss is not the provider that was asked."},
      {{{"iss", ""}}, "The token's iss is not the provider that was asked."},
      {{{"iss", R"(["https://id.example.go.th"])"}},
       "The token's iss is not the provider that was asked."},
      {{{"aud", R"("other")"}}, "The token's aud is not this client."},
      {{{"aud", R"("Changwat")"}}, "The token's aud is not this client."},
      {{{"aud", ""}}, "The token's aud is missing."},
      {{{"aud", "7"}}, "The token's aud is not this client."},
      {{{"aud", "[]"}}, "The token's aud is not this client."},
      {{{"aud", R"(["changwat"])"}}, "accepted"},
      {{{"aud", R"(["other"])"}}, "The token's aud is not this client."},
      {{{"aud", R"(["changwat",7])"}}, "The token's aud is not this client."},
      {{{"aud", R"(["changwat","other"])"}},
       "The token's azp is missing though there are several audiences."},
      {{{"aud", R"(["other","changwat"])"}, {"azp", R"("changwat")"}}, "accepted"},
      {{{"aud", R"(["other","changwat"])"}, {"azp", R"("other")"}},
       "The token's azp is not this client."},
      {{{"azp", R"("other")"}}, "The token's azp is not this client."},
      {{{"azp", "null"}}, "The token's azp is not this client."},
      {{{"exp", seconds(-59)}}, "accepted"},
      {{{"exp", seconds(-60)}}, "The token's exp is past: it has expired."},
      {{{"exp", "0"}}, "The token's exp is past: it has expired."},
      {{{"exp", ""}}, "The token's exp is missing."},
      {{{"exp", "\"" + seconds(300) + "\""}}, "The token's exp is not a time."},
      {{{"exp", "-1"}}, "The token's exp is not a time."},
      {{{"exp", "1e300"}}, "The token's exp is not a time."},
      {{{"exp", "18446744073709551615"}}, "The token's exp is not a time."},
      {{{"exp", "null"}}, "The token's exp is not a time."},
      {{{"exp", seconds(300) + ".5"}}, "accepted"},
      {{{"iat", seconds(60)}}, "accepted"},
      {{{"iat", seconds(61)}}, "The token's iat is in the future."},
      {{{"iat", ""}}, "The token's iat is missing."},
      {{{"nbf", seconds(60)}}, "accepted"},
      {{{"nbf", seconds(61)}}, "The token's nbf is in the future: it is not valid yet."},
      {{{"nbf", "true"}}, "The token's nbf is not a time."},
      {{{"nonce", R"("nonce-2")"}}, "The token's nonce is not of this sign-in."},
      {{{"nonce", R"("")"}}, "The token's nonce is not of this sign-in."},
      {{{"nonce", ""}}, "The token's nonce is not of this sign-in."},
      {{{"sub", ""}}, "The token's sub is missing or too long."},
      {{{"sub", R"("")"}}, "The token's sub is missing or too long."},
      {{{"sub", "7"}}, "The token's sub is missing or too long."},
      {{{"sub", long_text}}, "The token's sub is missing or too long."},
      {{{"name", ""}, {"email", ""}}, "accepted"},
      {{{"name", "null"}}, "accepted"},
      {{{"name", long_text}}, "The token's name is no text or too long."},
      {{{"email", "[]"}}, "The token's email is no text or too long."},
  };
  for (const auto& [changes, answer] : cases) {
    const std::string claims = claims_with(changes);
    EXPECT_EQ(why_not(check_id_token_claims(claims, expected, now)), answer) << claims;
    EXPECT_EQ(why_not(keys().p256.token(header_of("ES256", "p256"), claims)), answer) << claims;
  }
}

TEST(Jwt, AnEmailCountsAsVerifiedOnlyIfTheProviderSaysSo) {
  const auto verified = [](const char* value) {
    const auto token =
        check_id_token_claims(claims_with({{"email_verified", value}}), expected, now);
    return token->email_verified;
  };
  EXPECT_TRUE(verified("true"));
  EXPECT_TRUE(verified(R"("true")"));
  for (const char* value : {"", "false", R"("false")", "1", "null", R"("yes")"}) {
    EXPECT_FALSE(verified(value)) << value;
  }
}

TEST(Jwt, APayloadThatIsNoObjectIsRefused) {
  for (const char* payload : {"", "7", "[]", "{", R"({"iss":"a"} x)", "\xff\xfe"}) {
    EXPECT_EQ(why_not(keys().p256.token(header_of("ES256", "p256"), payload)),
              "The token's payload cannot be read.");
  }
}

// ---- key sets

std::string set_of(const std::string& jwks) {
  return R"({"keys":[)" + jwks + "]}";
}

TEST(KeySet, KeysOfOtherKindsAndUsesArePassedOver) {
  const SigningKey& key = keys().p256;
  const std::string members = key.jwk_members();
  for (const std::string& other :
       {std::string(R"({"kty":"oct","k":"AAAA","kid":"x"})"), SigningKey::p384().jwk("x"),
        R"({"kid":"x","use":"enc",)" + members + "}",
        R"({"kid":"x","alg":"ES384",)" + members + "}",
        R"({"kid":"x","key_ops":["sign"],)" + members + "}", std::string(R"({"kty":"new"})"),
        std::string(R"({"kty":"OKP","crv":"X25519","x":"AAAA"})"), std::string("{}")}) {
    EXPECT_EQ(KeySet::parse(set_of(other + "," + key.jwk("good"))).value().size(), 1u) << other;
    EXPECT_FALSE(KeySet::parse(set_of(other)).ok()) << other;
  }
}

TEST(KeySet, WeakAndBrokenKeysArePassedOver) {
  const std::string good_n = std::string(341, 'A').replace(0, 1, "_") + "Q";  // odd, 2048 bits
  const std::string rsa = R"({"kid":"r","kty":"RSA","n":")";
  ASSERT_TRUE(KeySet::parse(set_of(rsa + good_n + R"(","e":"AQAB"})")).ok());
  for (const std::string& weak :
       {SigningKey::rsa(1024).jwk("r"), rsa + good_n + R"(","e":"AQ"})",  // e = 1
        rsa + good_n + R"(","e":"Ag"})",                                  // even
        rsa + good_n + R"(","e":""})", rsa + good_n + R"("})", rsa + R"(","e":"AQAB"})",
        rsa + std::string(6'000, 'B') + R"(","e":"AQAB"})",
        rsa + "+/" + good_n + R"(","e":"AQAB"})",
        std::string(R"({"kty":"EC","crv":"P-256","x":"AAAA","y":"AAAA"})"),
        R"({"kty":"EC","crv":"P-256","x":")" + std::string(43, 'A') + R"(","y":")" +
            std::string(43, 'A') + R"("})",  // not on the curve
        std::string(R"({"kty":"OKP","crv":"Ed25519","x":"AAAA"})")}) {
    EXPECT_FALSE(KeySet::parse(set_of(weak)).ok()) << weak;
    EXPECT_EQ(KeySet::parse(set_of(weak + "," + keys().p256.jwk("good"))).value().size(), 1u);
  }
}

TEST(KeySet, ASetThatCannotBeReadIsRefused) {
  std::string many;
  for (int i = 0; i < 65; ++i) many += (i ? ",{}" : "{}");
  for (const std::string& text :
       {std::string(), std::string("{}"), std::string("[]"), std::string(R"({"keys":{}})"),
        set_of(""), set_of("7"), set_of(many), set_of(keys().p256.jwk("a")) + "x",
        set_of(keys().p256.jwk("a")) + std::string(key_set_bytes_max, ' '),
        set_of(keys().p256.jwk("a") + "," + SigningKey::p256().jwk("a"))}) {
    const auto set = KeySet::parse(text);
    ASSERT_FALSE(set.ok()) << text.substr(0, 100);
    EXPECT_TRUE(set.problem().is(errors::identity_token_refused));
  }
}

TEST(KeySet, KnowsItsNames) {
  EXPECT_EQ(keys().set.size(), 3u);
  EXPECT_TRUE(keys().set.has("rsa"));
  EXPECT_FALSE(keys().set.has("new"));
}

// RFC 8037 appendix A.4: Ed25519 over a payload that is no JSON.
TEST(Jws, FollowsTheExampleOfRfc8037) {
  const auto set = KeySet::parse(
      R"({"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]})");
  ASSERT_TRUE(set.ok());
  const std::string token =
      "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc."
      "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";
  EXPECT_EQ(verify_jws(token, *set).value(), "Example of Ed25519 signing");
}

// RFC 7515 appendix A.3: ES256.
TEST(Jws, FollowsTheExampleOfRfc7515) {
  const auto set = KeySet::parse(R"({"keys":[{"kty":"EC","crv":"P-256",)"
                                 R"("x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
                                 R"("y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]})");
  ASSERT_TRUE(set.ok());
  const std::string token =
      "eyJhbGciOiJFUzI1NiJ9."
      "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVl"
      "fQ."
      "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
  EXPECT_TRUE(verify_jws(token, *set).value().starts_with(R"({"iss":"joe",)"));
}

}  // namespace
}  // namespace changwat::auth
