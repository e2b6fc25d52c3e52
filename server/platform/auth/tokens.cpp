#include "platform/auth/tokens.hpp"

#include "base/result.hpp"

#include "platform/auth/encoding.hpp"

namespace changwat::auth {
namespace {

constexpr std::size_t token_bytes = 32;
constexpr std::size_t token_characters = 43;  // 256 bits at 6 a character
constexpr std::string_view api_token_prefix = "chw_";
constexpr std::size_t checksum_characters = 6;
constexpr std::size_t server_key_bytes_min = 32;

std::string checksum(std::string_view prefixed_token) {
  return base64url_encode(sha256(prefixed_token)).substr(0, checksum_characters);
}

NewToken with_hash(std::string secret) {
  std::string hash = token_hash(secret);
  return {std::move(secret), std::move(hash)};
}

}  // namespace

NewToken new_token() {
  return with_hash(base64url_encode(random_bytes(token_bytes)));
}

NewToken new_api_token() {
  std::string secret(api_token_prefix);
  secret += base64url_encode(random_bytes(token_bytes));
  secret += checksum(secret);
  return with_hash(std::move(secret));
}

bool is_api_token(std::string_view text) {
  constexpr std::size_t checked = api_token_prefix.size() + token_characters;
  if (text.size() != checked + checksum_characters) return false;
  if (!text.starts_with(api_token_prefix)) return false;
  if (!base64url_decode(text.substr(api_token_prefix.size(), token_characters))) return false;
  return text.substr(checked) == checksum(text.substr(0, checked));
}

std::string token_hash(std::string_view secret) {
  return hex_encode(sha256(secret));
}

std::string csrf_token(std::string_view session_token_hash, std::string_view server_key) {
  CHECK(server_key.size() >= server_key_bytes_min);
  std::string message =
      "changwat csrf v1\n";  // the key may sign other things; these cannot collide
  message += session_token_hash;
  return base64url_encode(hmac_sha256(server_key, message));
}

bool is_csrf_token(std::string_view presented, std::string_view session_token_hash,
                   std::string_view server_key) {
  return equal_in_constant_time(presented, csrf_token(session_token_hash, server_key));
}

}  // namespace changwat::auth
