#pragma once
// Signing in with an OpenID provider (OpenID Connect Core 1.0): the authorization code flow with
// PKCE (RFC 7636, S256), as pure builders of requests and readers of replies. Sending is
// http_client.hpp, verifying the ID token is jwt.hpp.
//
//   provider  = parse_provider(fetch(discovery_url(issuer)), issuer)      at start, then daily
//   keys      = KeySet::parse(fetch(provider.jwks_uri))                   likewise, or on a new kid
//   sign_in   = new_sign_in()           stored with the browser's session, for minutes, used once
//   browser  -> authorization_url(provider, client, sign_in)
//   code      = parse_callback(query, sign_in, provider)
//   tokens    = parse_token_reply(send(token_call(provider, client, code, sign_in)))
//   person    = verify_id_token(tokens.id_token, keys, {issuer, client.id, sign_in.nonce}, now)
//
// Threads: any. Errors: identity_provider_failed for a provider that does not keep to the standard,
// sign_in_refused for one that says no, identity_token_refused (jwt.hpp) for the token.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

#include "platform/auth/http_client.hpp"

namespace changwat::errors {
inline constexpr ErrorKind identity_provider_failed{
    "identity_provider_failed", 502, "ผู้ให้บริการยืนยันตัวตนตอบไม่ถูกต้อง โปรดลองใหม่ภายหลัง",
    "The identity provider's answer is not right. Try again later."};
inline constexpr ErrorKind sign_in_refused{
    "sign_in_refused", 401, "การเข้าสู่ระบบผ่านผู้ให้บริการยืนยันตัวตนไม่สำเร็จ โปรดเริ่มใหม่",
    "The sign-in with the identity provider did not succeed. Start again."};
}  // namespace changwat::errors

namespace changwat::auth {

enum class ClientAuthentication { client_secret_basic, client_secret_post };

// What a provider says about itself in its discovery document.
struct Provider {
  std::string issuer;
  std::string authorization_endpoint;
  std::string token_endpoint;
  std::string jwks_uri;
  std::optional<std::string> end_session_endpoint;
  ClientAuthentication authentication = ClientAuthentication::client_secret_basic;
  bool names_issuer_in_callback = false;  // RFC 9207
};

// What we are to a provider.
struct Client {
  std::string id;
  std::string secret;
  std::string redirect_uri;
  std::string scope = "openid profile email";
};

// One attempt to sign in. Bound to the browser that began it; used once.
struct SignIn {
  std::string state;
  std::string nonce;
  std::string verifier;  // PKCE; does not leave the server until the token call
};

SignIn new_sign_in();
std::string code_challenge(std::string_view verifier);  // S256

std::string discovery_url(std::string_view issuer);

// Refuses another issuer than the one configured, addresses that are neither https nor loopback,
// and providers without the code flow, S256 or a client authentication of ours.
Result<Provider> parse_provider(std::string_view discovery_json, std::string_view issuer);

// Where the browser is sent. `ui_locales` are tags in order of preference.
std::string authorization_url(const Provider& provider, const Client& client, const SignIn& sign_in,
                              std::string_view ui_locales = "th en");

// The code, from the query of the browser's return (without '?'). A query that was not begun by
// this sign-in is refused before anything else in it is believed.
Result<std::string> parse_callback(std::string_view query, const SignIn& sign_in,
                                   const Provider& provider);

HttpCall token_call(const Provider& provider, const Client& client, std::string_view code,
                    const SignIn& sign_in);

struct Tokens {
  std::string id_token;
  std::string access_token;
  std::optional<std::int64_t> expires_in_seconds;
};
Result<Tokens> parse_token_reply(const HttpReply& reply);

}  // namespace changwat::auth
