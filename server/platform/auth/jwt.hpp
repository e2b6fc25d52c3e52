#pragma once
// ID tokens: compact JWS (RFC 7515) of an OpenID provider, verified with its key set (RFC 7517) by
// the rules of OpenID Connect Core 1.0 section 3.1.3.7 and RFC 8725 (best current practice).
//
// Accepted: RS256 with RSA keys of 2048 to 8192 bits, ES256 with P-256, EdDSA with Ed25519, each
// only with a key of its own kind from the provider's set. Everything else is refused: "none", HMAC
// (the alg-confusion attack), `crit`, keys or key addresses inside the token, other types of token.
// Pure; time comes in. Threads: all functions and a const KeySet may be used concurrently.
// Errors: identity_token_refused, with the reason in th and en; nothing throws but for lack of
// memory.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/object.hpp>

#include "base/result.hpp"
#include "base/time.hpp"

namespace changwat::errors {
inline constexpr ErrorKind identity_token_refused{
    "identity_token_refused", 401, "ระบบไม่ยอมรับบัตรยืนยันตัวตนจากผู้ให้บริการ โปรดเข้าสู่ระบบใหม่",
    "The identity provider's token was not accepted. Sign in again."};
}

namespace changwat::auth {

inline constexpr std::size_t id_token_bytes_max = 16 * 1024;
inline constexpr std::size_t key_set_bytes_max = 256 * 1024;
inline constexpr std::size_t key_set_keys_max = 64;
inline constexpr std::int64_t clock_leeway_seconds = 60;

enum class Algorithm { rs256, es256, eddsa };

// The public keys with which a provider signs.
class KeySet {
 public:
  // Keys of kinds or uses that we do not take and broken or weak ones are passed over, as RFC 7517
  // section 5 says. Two keys of one name and kind, or a set without one usable key, are refused.
  static Result<KeySet> parse(std::string_view jwks_json);

  std::size_t size() const;
  // Whether a key with this name is held. If not, the provider may have changed its keys: fetch the
  // set again, at most once in a while (whoever asks can make up names).
  bool has(std::string_view kid) const;

  struct Key;  // opaque

 private:
  friend Result<std::string> verify_jws(std::string_view compact, const KeySet& keys);
  std::vector<std::shared_ptr<const Key>> keys_;  // shared, so that a copy of a set is cheap
};

// The `kid` of a token's header before anything about it is believed; empty if it has none.
Result<std::string> key_id_of(std::string_view compact);

// The payload, if the signature is right.
Result<std::string> verify_jws(std::string_view compact, const KeySet& keys);

// What must be in the token: who was asked, by whom, in which sign-in.
struct IdTokenExpectation {
  std::string issuer;     // exact
  std::string client_id;  // must be in aud; must be azp if there is one or if aud has several
  std::string nonce;      // exact; never empty
};

struct IdToken {
  std::string issuer;
  std::string subject;               // 1..255 bytes; the person's name at this issuer, for ever
  std::optional<std::string> name;   // at most 1000 bytes
  std::optional<std::string> email;  // at most 320 bytes; no proof of anything unless verified
  bool email_verified = false;
  Instant issued_at;
  Instant expires_at;
  boost::json::object claims;  // all of them
};

Result<IdToken> verify_id_token(std::string_view compact, const KeySet& keys,
                                const IdTokenExpectation& expected, Instant now);

// The second half of verify_id_token(): the claims of a payload whose signature is right.
Result<IdToken> check_id_token_claims(std::string_view payload_json,
                                      const IdTokenExpectation& expected, Instant now);

}  // namespace changwat::auth
