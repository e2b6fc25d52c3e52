#include "platform/auth/jwt.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include "platform/auth/encoding.hpp"

namespace changwat::auth {
namespace {

namespace json = boost::json;

constexpr std::size_t header_characters_max = 2 * 1024;
constexpr std::size_t signature_characters_max = 1400;  // RSA of 8192 bits
constexpr std::size_t kid_bytes_max = 256;
constexpr std::size_t json_depth_max = 16;
constexpr std::size_t audiences_max = 16;
constexpr std::size_t subject_bytes_max = 255;  // OpenID Connect Core section 2
constexpr std::size_t name_bytes_max = 1000;
constexpr std::size_t email_bytes_max = 320;
constexpr int rsa_bits_min = 2048;
constexpr int rsa_bits_max = 8192;
constexpr std::size_t p256_coordinate_bytes = 32;
constexpr std::size_t ed25519_key_bytes = 32;
constexpr std::int64_t last_second = 9'999'999'999;  // November 2286; keeps sums far from overflow

template <class T, void (*release)(T*)>
struct Releases {
  void operator()(T* pointer) const { release(pointer); }
};
template <class T, void (*release)(T*)>
using Owned = std::unique_ptr<T, Releases<T, release>>;
using OwnedKey = Owned<EVP_PKEY, EVP_PKEY_free>;
using OwnedKeyContext = Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using OwnedDigestContext = Owned<EVP_MD_CTX, EVP_MD_CTX_free>;
using OwnedNumber = Owned<BIGNUM, BN_free>;
using OwnedParamBuilder = Owned<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>;
using OwnedParams = Owned<OSSL_PARAM, OSSL_PARAM_free>;
using OwnedSignature = Owned<ECDSA_SIG, ECDSA_SIG_free>;

const unsigned char* as_bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

Problem refused(std::string th, std::string en) {
  return Problem(errors::identity_token_refused, std::move(th), std::move(en));
}

struct AlgorithmName {
  std::string_view name;  // compared exactly: "rs256" and "NONE" are not names
  Algorithm algorithm;
};
constexpr std::array<AlgorithmName, 3> accepted_algorithms{
    {{"RS256", Algorithm::rs256}, {"ES256", Algorithm::es256}, {"EdDSA", Algorithm::eddsa}}};

std::optional<Algorithm> algorithm_named(std::string_view name) {
  for (const auto& accepted : accepted_algorithms) {
    if (accepted.name == name) return accepted.algorithm;
  }
  return std::nullopt;
}

std::optional<json::object> parse_object(std::string_view text) {
  json::parse_options options;
  options.max_depth = json_depth_max;
  json::error_code error;
  json::value value = json::parse(text, error, {}, options);
  if (error || !value.is_object()) return std::nullopt;
  return std::move(value.get_object());
}

// The text member, or nullopt if it is absent or no text.
std::optional<std::string_view> text_member(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return std::string_view(value->get_string());
}

bool absent_or_text(const json::object& object, std::string_view name, std::string_view text) {
  return !object.contains(name) || text_member(object, name) == text;
}

std::optional<std::string> bytes_member(const json::object& object, std::string_view name) {
  const auto text = text_member(object, name);
  return text ? base64url_decode(*text) : std::nullopt;
}

// ---- keys

OwnedKey key_from_params(const char* type, OSSL_PARAM_BLD* builder) {
  const OwnedParams params(OSSL_PARAM_BLD_to_param(builder));
  const OwnedKeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
  EVP_PKEY* key = nullptr;
  if (!params || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get()) != 1) {
    return nullptr;
  }
  return OwnedKey(key);
}

OwnedKey rsa_key(const json::object& jwk) {
  const auto modulus = bytes_member(jwk, "n");
  const auto exponent = bytes_member(jwk, "e");
  if (!modulus || !exponent || modulus->size() > rsa_bits_max / 8) return nullptr;
  if (exponent->empty() || exponent->size() > 4) return nullptr;
  const OwnedNumber n(BN_bin2bn(as_bytes(*modulus), static_cast<int>(modulus->size()), nullptr));
  const OwnedNumber e(BN_bin2bn(as_bytes(*exponent), static_cast<int>(exponent->size()), nullptr));
  if (!n || !e || BN_num_bits(n.get()) < rsa_bits_min || !BN_is_odd(n.get())) return nullptr;
  if (!BN_is_odd(e.get()) || BN_is_one(e.get())) return nullptr;  // e = 1 signs everything
  const OwnedParamBuilder builder(OSSL_PARAM_BLD_new());
  if (!builder || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) != 1 ||
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) != 1) {
    return nullptr;
  }
  return key_from_params("RSA", builder.get());
}

OwnedKey p256_key(const json::object& jwk) {
  const auto x = bytes_member(jwk, "x");
  const auto y = bytes_member(jwk, "y");
  if (!x || !y || x->size() != p256_coordinate_bytes || y->size() != p256_coordinate_bytes) {
    return nullptr;
  }
  const std::string point = "\x04" + *x + *y;  // uncompressed (SEC 1 section 2.3.3)
  const OwnedParamBuilder builder(OSSL_PARAM_BLD_new());
  if (!builder ||
      OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0) != 1 ||
      OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                       point.size()) != 1) {
    return nullptr;
  }
  OwnedKey key = key_from_params("EC", builder.get());
  if (!key) return nullptr;
  const OwnedKeyContext check(EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr));
  return check && EVP_PKEY_public_check(check.get()) == 1 ? std::move(key) : nullptr;
}

OwnedKey ed25519_key(const json::object& jwk) {
  const auto x = bytes_member(jwk, "x");
  if (!x || x->size() != ed25519_key_bytes) return nullptr;
  return OwnedKey(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, as_bytes(*x), x->size()));
}

// Which algorithm a JWK is for by its kind, if it is one of ours.
std::optional<Algorithm> algorithm_of(const json::object& jwk) {
  const auto type = text_member(jwk, "kty");
  const auto curve = text_member(jwk, "crv");
  if (type == "RSA") return Algorithm::rs256;
  if (type == "EC" && curve == "P-256") return Algorithm::es256;
  if (type == "OKP" && curve == "Ed25519") return Algorithm::eddsa;
  return std::nullopt;
}

bool is_for_verifying(const json::object& jwk, Algorithm algorithm) {
  if (!absent_or_text(jwk, "use", "sig")) return false;
  if (jwk.contains("alg")) {
    const auto name = text_member(jwk, "alg");
    if (!name || algorithm_named(*name) != algorithm) return false;
  }
  const json::value* operations = jwk.if_contains("key_ops");
  if (operations == nullptr) return true;
  const auto is_verify = [](const json::value& op) { return op == "verify"; };
  return operations->is_array() &&
         std::any_of(operations->get_array().begin(), operations->get_array().end(), is_verify);
}

OwnedKey key_of(const json::object& jwk, Algorithm algorithm) {
  switch (algorithm) {
    case Algorithm::rs256:
      return rsa_key(jwk);
    case Algorithm::es256:
      return p256_key(jwk);
    case Algorithm::eddsa:
      return ed25519_key(jwk);
  }
  return nullptr;
}

// ---- signatures

// JWS writes an ECDSA signature as r || s (RFC 7518 section 3.4), OpenSSL reads DER.
std::optional<std::string> der_of_es256(std::string_view signature) {
  if (signature.size() != 2 * p256_coordinate_bytes) return std::nullopt;
  OwnedNumber r(BN_bin2bn(as_bytes(signature), p256_coordinate_bytes, nullptr));
  OwnedNumber s(
      BN_bin2bn(as_bytes(signature) + p256_coordinate_bytes, p256_coordinate_bytes, nullptr));
  const OwnedSignature both(ECDSA_SIG_new());
  if (!r || !s || !both || ECDSA_SIG_set0(both.get(), r.get(), s.get()) != 1) return std::nullopt;
  r.release();  // `both` owns them now
  s.release();
  unsigned char* der = nullptr;
  const int length = i2d_ECDSA_SIG(both.get(), &der);
  if (length <= 0) return std::nullopt;
  std::string out(reinterpret_cast<const char*>(der), static_cast<std::size_t>(length));
  OPENSSL_free(der);
  return out;
}

bool signature_is_right(EVP_PKEY* key, Algorithm algorithm, std::string_view signed_text,
                        std::string signature) {
  if (algorithm == Algorithm::es256) {
    auto der = der_of_es256(signature);
    if (!der) return false;
    signature = std::move(*der);
  }
  const EVP_MD* digest = algorithm == Algorithm::eddsa ? nullptr : EVP_sha256();
  const OwnedDigestContext context(EVP_MD_CTX_new());
  return context && EVP_DigestVerifyInit(context.get(), nullptr, digest, nullptr, key) == 1 &&
         EVP_DigestVerify(context.get(), as_bytes(signature), signature.size(),
                          as_bytes(signed_text), signed_text.size()) == 1;
}

// ---- the three parts

struct Parts {
  std::string_view header;
  std::string_view payload;
  std::string_view signature;
  std::string_view signed_text;  // header.payload, as sent
};

Result<Parts> split(std::string_view compact) {
  if (compact.size() > id_token_bytes_max) {
    return refused("บัตรยืนยันตัวตนใหญ่เกินกำหนด", "The token is too large.");
  }
  const Problem malformed = refused("รูปแบบบัตรยืนยันตัวตนไม่ถูกต้อง", "The token is not a compact JWS.");
  const std::size_t first = compact.find('.');
  if (first == std::string_view::npos) return malformed;
  const std::size_t second = compact.find('.', first + 1);
  if (second == std::string_view::npos) return malformed;
  const Parts parts{compact.substr(0, first), compact.substr(first + 1, second - first - 1),
                    compact.substr(second + 1), compact.substr(0, second)};
  // A further dot (JWE has five parts) is no letter of base64url and is refused there.
  if (parts.header.size() > header_characters_max ||
      parts.signature.size() > signature_characters_max) {
    return refused("บัตรยืนยันตัวตนใหญ่เกินกำหนด", "A part of the token is too large.");
  }
  return parts;
}

struct Header {
  Algorithm algorithm;
  std::optional<std::string> kid;
};

bool is_type_of_id_token(std::string_view type) {
  std::string folded(type);
  for (char& c : folded) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return folded == "jwt" || folded == "application/jwt";
}

// Members by which a token would choose its own key, change its own meaning, or hold another token.
// None has a use in an ID token.
constexpr std::array<std::string_view, 7> refused_members{"crit", "jwk", "jku", "x5u",
                                                          "b64",  "cty", "zip"};

Result<Header> parse_header(std::string_view encoded) {
  const auto text = base64url_decode(encoded);
  const auto object = text ? parse_object(*text) : std::nullopt;
  if (!object) {
    return refused("อ่านส่วนหัวของบัตรยืนยันตัวตนไม่ได้", "The token's header cannot be read.");
  }
  const auto name = text_member(*object, "alg");
  const auto algorithm = name ? algorithm_named(*name) : std::nullopt;
  if (!algorithm) {
    return refused("วิธีลงลายมือชื่อของบัตรยืนยันตัวตนไม่อยู่ในรายการที่ยอมรับ",
                   "The token's signature algorithm is not accepted.");
  }
  for (const std::string_view member : refused_members) {
    if (object->contains(member)) {
      return refused(
          "ส่วนหัวของบัตรยืนยันตัวตนมีสิ่งที่ไม่ยอมรับ: " + std::string(member),
          "The token's header has a member that is not accepted: " + std::string(member));
    }
  }
  if (object->contains("typ")) {
    const auto type = text_member(*object, "typ");
    if (!type || !is_type_of_id_token(*type)) {
      return refused("ไม่ใช่บัตรยืนยันตัวตน", "The token is of another type.");
    }
  }
  Header header{*algorithm, std::nullopt};
  if (object->contains("kid")) {
    const auto kid = text_member(*object, "kid");
    if (!kid || kid->size() > kid_bytes_max) {
      return refused("ชื่อกุญแจในบัตรยืนยันตัวตนไม่ถูกต้อง", "The token's key name is not right.");
    }
    header.kid = std::string(*kid);
  }
  return header;
}

// ---- claims

Problem wrong_claim(std::string_view name, std::string_view th, std::string_view en) {
  return refused("ข้อมูล " + std::string(name) + " ในบัตรยืนยันตัวตน" + std::string(th),
                 "The token's " + std::string(name) + " " + std::string(en));
}

// NumericDate (RFC 7519 section 2): seconds since 1970, whole or not. nullopt if absent.
Result<std::optional<std::int64_t>> seconds_claim(const json::object& claims,
                                                  std::string_view name) {
  using Seconds = std::optional<std::int64_t>;
  const json::value* value = claims.if_contains(name);
  if (value == nullptr) return Seconds();
  const Problem wrong = wrong_claim(name, "ไม่ใช่เวลา", "is not a time.");
  if (!value->is_number()) return wrong;
  const double seconds = value->to_number<double>();
  if (!(seconds >= 0 && seconds <= static_cast<double>(last_second))) return wrong;
  return Seconds(static_cast<std::int64_t>(std::floor(seconds)));
}

struct Times {
  std::int64_t issued_at;
  std::int64_t expires_at;
};

Result<Times> check_times(const json::object& claims, Instant now) {
  const std::int64_t now_seconds = now.unix_ms() / 1000;
  const auto expires_at = TRY(seconds_claim(claims, "exp"));
  const auto issued_at = TRY(seconds_claim(claims, "iat"));
  const auto not_before = TRY(seconds_claim(claims, "nbf"));
  if (!expires_at) return wrong_claim("exp", "ไม่มี", "is missing.");
  if (!issued_at) return wrong_claim("iat", "ไม่มี", "is missing.");
  if (now_seconds >= *expires_at + clock_leeway_seconds) {
    return wrong_claim("exp", "แสดงว่าหมดอายุแล้ว", "is past: it has expired.");
  }
  if (*issued_at > now_seconds + clock_leeway_seconds) {
    return wrong_claim("iat", "เป็นเวลาในอนาคต", "is in the future.");
  }
  if (not_before && *not_before > now_seconds + clock_leeway_seconds) {
    return wrong_claim("nbf", "ยังไม่ถึงเวลา", "is in the future: it is not valid yet.");
  }
  return Times{*issued_at, *expires_at};
}

// OpenID Connect Core section 3.1.3.7, points 3 to 5.
Result<Done> check_audience(const json::object& claims, std::string_view client_id) {
  const Problem wrong = wrong_claim("aud", "ไม่ใช่ระบบนี้", "is not this client.");
  const json::value* audience = claims.if_contains("aud");
  if (audience == nullptr) return wrong_claim("aud", "ไม่มี", "is missing.");
  bool several = false;
  if (audience->is_string()) {
    if (audience->get_string() != client_id) return wrong;
  } else if (audience->is_array()) {
    const json::array& list = audience->get_array();
    const auto is_text = [](const json::value& one) { return one.is_string(); };
    const auto is_us = [&](const json::value& one) { return one.get_string() == client_id; };
    if (list.size() > audiences_max || !std::all_of(list.begin(), list.end(), is_text) ||
        std::none_of(list.begin(), list.end(), is_us)) {
      return wrong;
    }
    several = list.size() > 1;
  } else {
    return wrong;
  }
  if (several && !claims.contains("azp")) {
    return wrong_claim("azp", "ไม่มี ทั้งที่มีผู้รับหลายราย",
                       "is missing though there are several audiences.");
  }
  if (!absent_or_text(claims, "azp", client_id)) {
    return wrong_claim("azp", "ไม่ใช่ระบบนี้", "is not this client.");
  }
  return Done{};
}

Result<std::optional<std::string>> optional_text(const json::object& claims, std::string_view name,
                                                 std::size_t bytes_max) {
  using Text = std::optional<std::string>;
  const json::value* value = claims.if_contains(name);
  if (value == nullptr || value->is_null()) return Text();
  const auto text = text_member(claims, name);
  if (!text || text->size() > bytes_max) {
    return wrong_claim(name, "ไม่ใช่ข้อความ หรือยาวเกินกำหนด", "is no text or too long.");
  }
  return Text(std::string(*text));
}

// Some providers write the word instead of the value.
bool is_true(const json::value* value) {
  return value != nullptr && (*value == true || *value == "true");
}

}  // namespace

struct KeySet::Key {
  std::optional<std::string> kid;
  Algorithm algorithm;
  OwnedKey key;
};

Result<KeySet> KeySet::parse(std::string_view jwks_json) {
  const auto broken = [](std::string en) {
    return refused("ชุดกุญแจของผู้ให้บริการยืนยันตัวตนใช้ไม่ได้", std::move(en));
  };
  if (jwks_json.size() > key_set_bytes_max) return broken("The key set is too large.");
  const auto object = parse_object(jwks_json);
  const json::value* list = object ? object->if_contains("keys") : nullptr;
  if (list == nullptr || !list->is_array()) return broken("The key set cannot be read.");
  if (list->get_array().size() > key_set_keys_max) return broken("The key set has too many keys.");
  KeySet set;
  for (const json::value& item : list->get_array()) {
    if (!item.is_object()) return broken("The key set cannot be read.");
    const json::object& jwk = item.get_object();
    const auto algorithm = algorithm_of(jwk);
    if (!algorithm || !is_for_verifying(jwk, *algorithm)) continue;
    OwnedKey key = key_of(jwk, *algorithm);
    if (!key) continue;
    std::optional<std::string> kid;
    if (const auto name = text_member(jwk, "kid")) kid = std::string(*name);
    const auto same = [&](const auto& other) {
      return other->kid == kid && other->algorithm == *algorithm;
    };
    if (kid && std::any_of(set.keys_.begin(), set.keys_.end(), same)) {
      return broken("The key set has two keys of one name.");
    }
    set.keys_.push_back(
        std::make_shared<const Key>(Key{std::move(kid), *algorithm, std::move(key)}));
  }
  if (set.keys_.empty()) return broken("The key set has no key that can be used.");
  return set;
}

std::size_t KeySet::size() const {
  return keys_.size();
}

bool KeySet::has(std::string_view kid) const {
  return std::any_of(keys_.begin(), keys_.end(), [&](const auto& key) { return key->kid == kid; });
}

Result<std::string> key_id_of(std::string_view compact) {
  const Parts parts = TRY(split(compact));
  const Header header = TRY(parse_header(parts.header));
  return header.kid.value_or("");
}

Result<std::string> verify_jws(std::string_view compact, const KeySet& keys) {
  const Parts parts = TRY(split(compact));
  const Header header = TRY(parse_header(parts.header));
  auto signature = base64url_decode(parts.signature);
  if (!signature || signature->empty()) {
    return refused("อ่านลายมือชื่อของบัตรยืนยันตัวตนไม่ได้", "The token's signature cannot be read.");
  }
  // The key is chosen by name and by kind, so a key never serves another algorithm. Without a name
  // there must be no choice (OpenID Connect Core section 10.1).
  const KeySet::Key* chosen = nullptr;
  for (const auto& key : keys.keys_) {
    if (key->algorithm != header.algorithm || (header.kid && key->kid != header.kid)) continue;
    if (chosen != nullptr) {
      return refused("บัตรยืนยันตัวตนไม่ได้ระบุกุญแจ", "The token does not say which key signed it.");
    }
    chosen = key.get();
  }
  if (chosen == nullptr) {
    return refused("ไม่พบกุญแจที่ใช้ลงลายมือชื่อบัตรยืนยันตัวตน",
                   "The key that signed the token is not in the key set.");
  }
  if (!signature_is_right(chosen->key.get(), header.algorithm, parts.signed_text,
                          std::move(*signature))) {
    return refused("ลายมือชื่อของบัตรยืนยันตัวตนไม่ถูกต้อง", "The token's signature is wrong.");
  }
  auto payload = base64url_decode(parts.payload);
  if (!payload) {
    return refused("อ่านเนื้อหาของบัตรยืนยันตัวตนไม่ได้", "The token's payload cannot be read.");
  }
  return std::move(*payload);
}

Result<IdToken> check_id_token_claims(std::string_view payload_json,
                                      const IdTokenExpectation& expected, Instant now) {
  CHECK(!expected.issuer.empty() && !expected.client_id.empty() && !expected.nonce.empty());
  auto claims = parse_object(payload_json);
  if (!claims) {
    return refused("อ่านเนื้อหาของบัตรยืนยันตัวตนไม่ได้", "The token's payload cannot be read.");
  }
  if (text_member(*claims, "iss") != expected.issuer) {
    return wrong_claim("iss", "ไม่ใช่ผู้ให้บริการที่ถามไป", "is not the provider that was asked.");
  }
  TRY(check_audience(*claims, expected.client_id));
  const Times times = TRY(check_times(*claims, now));
  const auto nonce = text_member(*claims, "nonce");
  if (!nonce || !equal_in_constant_time(*nonce, expected.nonce)) {
    return wrong_claim("nonce", "ไม่ตรงกับการเข้าสู่ระบบครั้งนี้", "is not of this sign-in.");
  }
  const auto subject = text_member(*claims, "sub");
  if (!subject || subject->empty() || subject->size() > subject_bytes_max) {
    return wrong_claim("sub", "ไม่มีหรือยาวเกินกำหนด", "is missing or too long.");
  }
  IdToken token;
  token.issuer = expected.issuer;
  token.subject = std::string(*subject);
  token.name = TRY(optional_text(*claims, "name", name_bytes_max));
  token.email = TRY(optional_text(*claims, "email", email_bytes_max));
  token.email_verified = token.email && is_true(claims->if_contains("email_verified"));
  token.issued_at = Instant(times.issued_at * 1000);
  token.expires_at = Instant(times.expires_at * 1000);
  token.claims = std::move(*claims);
  return token;
}

Result<IdToken> verify_id_token(std::string_view compact, const KeySet& keys,
                                const IdTokenExpectation& expected, Instant now) {
  const std::string payload = TRY(verify_jws(compact, keys));
  return check_id_token_claims(payload, expected, now);
}

}  // namespace changwat::auth
