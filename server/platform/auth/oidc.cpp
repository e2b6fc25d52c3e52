#include "platform/auth/oidc.hpp"

#include <algorithm>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "platform/auth/encoding.hpp"

namespace changwat::auth {
namespace {

namespace json = boost::json;

constexpr std::size_t random_value_bytes = 32;
constexpr std::size_t document_bytes_max = 256 * 1024;
constexpr std::size_t document_depth_max = 16;
constexpr std::size_t query_bytes_max = 8 * 1024;
constexpr std::size_t code_bytes_max = 4 * 1024;
constexpr std::size_t token_bytes_max = 32 * 1024;
constexpr std::size_t error_bytes_max = 64;

Problem provider_failed(std::string th, std::string en) {
  return Problem(errors::identity_provider_failed, std::move(th), std::move(en));
}

std::optional<json::object> parse_object(std::string_view text) {
  if (text.size() > document_bytes_max) return std::nullopt;
  json::parse_options options;
  options.max_depth = document_depth_max;
  json::error_code error;
  json::value value = json::parse(text, error, {}, options);
  if (error || !value.is_object()) return std::nullopt;
  return std::move(value.get_object());
}

std::optional<std::string> text_member(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return std::string(value->get_string());
}

bool list_has(const json::value& list, std::string_view wanted) {
  if (!list.is_array()) return false;
  const json::array& items = list.get_array();
  return std::any_of(items.begin(), items.end(), [&](const json::value& item) {
    return item.is_string() && item.get_string() == wanted;
  });
}

Result<std::string> address_member(const json::object& document, const char* name) {
  auto text = text_member(document, name);
  const auto url = text ? Url::parse(*text) : std::nullopt;
  if (!url || !url->is_private()) {
    return provider_failed("ที่อยู่ของผู้ให้บริการยืนยันตัวตนใช้ไม่ได้",
                           std::string("The provider's ") + name + " is missing or not https.");
  }
  return std::move(*text);
}

// An absent list means client_secret_basic (OpenID Connect Discovery section 3).
std::optional<ClientAuthentication> authentication_of(const json::object& document) {
  const json::value* methods = document.if_contains("token_endpoint_auth_methods_supported");
  if (methods == nullptr || list_has(*methods, "client_secret_basic")) {
    return ClientAuthentication::client_secret_basic;
  }
  if (list_has(*methods, "client_secret_post")) return ClientAuthentication::client_secret_post;
  return std::nullopt;
}

void add(std::string& form, std::string_view name, std::string_view value) {
  if (!form.empty()) form += '&';
  form += name;
  form += '=';
  form += percent_encode(value);
}

// The one value of a parameter; twice is no value (RFC 6749 section 3.1).
std::optional<std::string> parameter(std::string_view query, std::string_view name) {
  std::optional<std::string> found;
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(query.size(), pair.size() + 1));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    if (pair.substr(0, equals) != name) continue;
    if (found) return std::nullopt;
    found = form_decode(pair.substr(std::min(pair.size(), equals + 1)));
    if (!found) return std::nullopt;
  }
  return found;
}

// What a provider calls its error, fit for a log line: it came from outside.
std::string error_word(std::string_view text) {
  std::string word;
  for (const char c : text.substr(0, error_bytes_max)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    word += plain ? c : '?';
  }
  return word;
}

}  // namespace

SignIn new_sign_in() {
  const auto value = [] { return base64url_encode(random_bytes(random_value_bytes)); };
  return {value(), value(), value()};
}

std::string code_challenge(std::string_view verifier) {
  return base64url_encode(sha256(verifier));
}

std::string discovery_url(std::string_view issuer) {
  if (issuer.ends_with('/')) issuer.remove_suffix(1);
  return std::string(issuer) + "/.well-known/openid-configuration";
}

Result<Provider> parse_provider(std::string_view discovery_json, std::string_view issuer) {
  const auto document = parse_object(discovery_json);
  if (!document) {
    return provider_failed("อ่านข้อมูลของผู้ให้บริการยืนยันตัวตนไม่ได้",
                           "The provider's discovery document cannot be read.");
  }
  // Exact, as OpenID Connect Discovery section 4.3 demands: a provider that could speak in
  // another's name could sign in as the other's people.
  if (text_member(*document, "issuer") != issuer) {
    return provider_failed("ชื่อผู้ให้บริการยืนยันตัวตนไม่ตรงกับที่ตั้งค่าไว้",
                           "The discovery document is of another issuer.");
  }
  Provider provider;
  provider.issuer = std::string(issuer);
  provider.authorization_endpoint = TRY(address_member(*document, "authorization_endpoint"));
  provider.token_endpoint = TRY(address_member(*document, "token_endpoint"));
  provider.jwks_uri = TRY(address_member(*document, "jwks_uri"));
  if (document->contains("end_session_endpoint")) {
    provider.end_session_endpoint = TRY(address_member(*document, "end_session_endpoint"));
  }
  const json::value* flows = document->if_contains("response_types_supported");
  if (flows == nullptr || !list_has(*flows, "code")) {
    return provider_failed("ผู้ให้บริการยืนยันตัวตนไม่รองรับวิธีที่ใช้",
                           "The provider does not offer the code flow.");
  }
  // Some providers take PKCE without saying so; one that lists its methods must list ours.
  const json::value* challenges = document->if_contains("code_challenge_methods_supported");
  if (challenges != nullptr && !list_has(*challenges, "S256")) {
    return provider_failed("ผู้ให้บริการยืนยันตัวตนไม่รองรับ PKCE", "The provider does not offer S256.");
  }
  const auto authentication = authentication_of(*document);
  if (!authentication) {
    return provider_failed("ผู้ให้บริการยืนยันตัวตนไม่รองรับวิธีที่ใช้",
                           "The provider offers no client authentication of ours.");
  }
  provider.authentication = *authentication;
  const json::value* names_issuer =
      document->if_contains("authorization_response_iss_parameter_supported");
  provider.names_issuer_in_callback = names_issuer != nullptr && *names_issuer == true;
  return provider;
}

std::string authorization_url(const Provider& provider, const Client& client, const SignIn& sign_in,
                              std::string_view ui_locales) {
  std::string query;
  add(query, "response_type", "code");
  add(query, "client_id", client.id);
  add(query, "redirect_uri", client.redirect_uri);
  add(query, "scope", client.scope);
  add(query, "state", sign_in.state);
  add(query, "nonce", sign_in.nonce);
  add(query, "code_challenge", code_challenge(sign_in.verifier));
  add(query, "code_challenge_method", "S256");
  if (!ui_locales.empty()) add(query, "ui_locales", ui_locales);
  const bool has_query = provider.authorization_endpoint.find('?') != std::string::npos;
  return provider.authorization_endpoint + (has_query ? '&' : '?') + query;
}

Result<std::string> parse_callback(std::string_view query, const SignIn& sign_in,
                                   const Provider& provider) {
  const auto refuse = [](std::string th, std::string en) {
    return Problem(errors::sign_in_refused, std::move(th), std::move(en));
  };
  if (query.size() > query_bytes_max) return refuse("คำตอบยาวเกินกำหนด", "The answer is too long.");
  const auto state = parameter(query, "state");
  if (sign_in.state.empty() || !state || !equal_in_constant_time(*state, sign_in.state)) {
    return refuse("ไม่ใช่การเข้าสู่ระบบที่เริ่มจากเครื่องนี้",
                  "The answer does not belong to a sign-in begun in this browser.");
  }
  // A provider that names itself must be the one that was asked (mix-up attack, RFC 9207).
  const auto issuer = parameter(query, "iss");
  if (issuer ? *issuer != provider.issuer : provider.names_issuer_in_callback) {
    return refuse("คำตอบมาจากผู้ให้บริการอื่น", "The answer is of another provider.");
  }
  if (const auto error = parameter(query, "error")) {
    return refuse("ผู้ให้บริการยืนยันตัวตนปฏิเสธ: " + error_word(*error),
                  "The provider refused: " + error_word(*error) + ".");
  }
  auto code = parameter(query, "code");
  if (!code || code->empty() || code->size() > code_bytes_max) {
    return refuse("คำตอบไม่มีรหัส", "The answer has no code.");
  }
  return std::move(*code);
}

HttpCall token_call(const Provider& provider, const Client& client, std::string_view code,
                    const SignIn& sign_in) {
  HttpCall call;
  call.method = "POST";
  call.url = provider.token_endpoint;
  call.headers = {{"Content-Type", "application/x-www-form-urlencoded"},
                  {"Accept", "application/json"}};
  add(call.body, "grant_type", "authorization_code");
  add(call.body, "code", code);
  add(call.body, "redirect_uri", client.redirect_uri);
  add(call.body, "code_verifier", sign_in.verifier);
  if (provider.authentication == ClientAuthentication::client_secret_basic) {
    // Encoded before they are joined: an id may hold a colon (RFC 6749 section 2.3.1).
    call.headers.emplace_back(
        "Authorization",
        "Basic " + base64_encode(percent_encode(client.id) + ":" + percent_encode(client.secret)));
  } else {
    add(call.body, "client_id", client.id);
    add(call.body, "client_secret", client.secret);
  }
  return call;
}

Result<Tokens> parse_token_reply(const HttpReply& reply) {
  const auto object = parse_object(reply.body);
  if (reply.status != 200) {
    const auto error = object ? text_member(*object, "error") : std::nullopt;
    const std::string word = error ? error_word(*error) : std::to_string(reply.status);
    // A code that is stale or was used is the user's affair: start again. The rest is ours.
    if (error == "invalid_grant") {
      return Problem(errors::sign_in_refused, "ผู้ให้บริการยืนยันตัวตนปฏิเสธ: " + word,
                     "The provider refused the code: " + word + ".");
    }
    return provider_failed("ผู้ให้บริการยืนยันตัวตนไม่ออกบัตร: " + word,
                           "The provider gave no token: " + word + ".");
  }
  const Problem unreadable =
      provider_failed("อ่านคำตอบของผู้ให้บริการยืนยันตัวตนไม่ได้", "The token reply cannot be read.");
  if (!object) return unreadable;
  auto id_token = text_member(*object, "id_token");
  auto access_token = text_member(*object, "access_token");
  auto type = text_member(*object, "token_type");
  if (!id_token || !access_token || !type) return unreadable;
  if (id_token->size() > token_bytes_max || access_token->size() > token_bytes_max)
    return unreadable;
  std::transform(type->begin(), type->end(), type->begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  if (type != "bearer") {
    return provider_failed("ชนิดของบัตรไม่รองรับ", "The token is of a type other than Bearer.");
  }
  Tokens tokens{std::move(*id_token), std::move(*access_token), std::nullopt};
  const json::value* expires_in = object->if_contains("expires_in");
  if (expires_in != nullptr && expires_in->is_int64()) {
    tokens.expires_in_seconds = expires_in->get_int64();
  }
  return tokens;
}

}  // namespace changwat::auth
