#pragma once
// An identity provider's half for tests: fresh keys, their JWKs, and signed tokens. Not in the
// program.

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include "platform/auth/encoding.hpp"

namespace changwat::auth::for_tests {

inline void must(bool held) {
  if (!held) throw std::runtime_error("OpenSSL refused to make a test's key or signature");
}

class SigningKey {
 public:
  static SigningKey rsa(unsigned bits = 2048) { return {EVP_RSA_gen(bits), "RS256"}; }
  static SigningKey p256() { return {EVP_EC_gen("P-256"), "ES256"}; }
  static SigningKey p384() { return {EVP_EC_gen("P-384"), "ES384"}; }
  static SigningKey ed25519() { return {EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"), "EdDSA"}; }

  const std::string& algorithm() const { return algorithm_; }
  EVP_PKEY* get() const { return key_.get(); }

  // The members of the public JWK without braces.
  std::string jwk_members() const {
    if (algorithm_ == "RS256") {
      return R"("kty":"RSA","n":")" + number(OSSL_PKEY_PARAM_RSA_N) + R"(","e":")" +
             number(OSSL_PKEY_PARAM_RSA_E) + '"';
    }
    if (algorithm_ == "EdDSA") {
      std::string raw(32, '\0');
      std::size_t size = raw.size();
      must(EVP_PKEY_get_raw_public_key(get(), reinterpret_cast<unsigned char*>(raw.data()),
                                       &size) == 1);
      return R"("kty":"OKP","crv":"Ed25519","x":")" + base64url_encode(raw) + '"';
    }
    const int bytes = algorithm_ == "ES256" ? 32 : 48;
    return std::string(R"("kty":"EC","crv":")") + (bytes == 32 ? "P-256" : "P-384") + R"(","x":")" +
           number(OSSL_PKEY_PARAM_EC_PUB_X, bytes) + R"(","y":")" +
           number(OSSL_PKEY_PARAM_EC_PUB_Y, bytes) + '"';
  }

  std::string jwk(std::string_view kid) const {
    return R"({"kid":")" + std::string(kid) + R"(","use":"sig",)" + jwk_members() + "}";
  }

  std::string signature(std::string_view text) const {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                          &EVP_MD_CTX_free);
    const EVP_MD* digest = algorithm_ == "EdDSA" ? nullptr : EVP_sha256();
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
    must(EVP_DigestSignInit(context.get(), nullptr, digest, nullptr, get()) == 1);
    std::size_t size = 0;
    must(EVP_DigestSign(context.get(), nullptr, &size, bytes, text.size()) == 1);
    std::string out(size, '\0');
    must(EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(out.data()), &size, bytes,
                        text.size()) == 1);
    out.resize(size);
    return algorithm_ == "ES256" ? r_and_s(out) : out;
  }

  std::string token(std::string_view header, std::string_view payload) const {
    const std::string text = base64url_encode(header) + "." + base64url_encode(payload);
    return text + "." + base64url_encode(signature(text));
  }

 private:
  SigningKey(EVP_PKEY* key, std::string algorithm)
      : key_(key, &EVP_PKEY_free), algorithm_(std::move(algorithm)) {
    must(key != nullptr);
  }

  // A number of the key in base64url; `bytes` of zero: as many as it needs.
  std::string number(const char* name, int bytes = 0) const {
    BIGNUM* value = nullptr;
    must(EVP_PKEY_get_bn_param(get(), name, &value) == 1);
    std::string out(static_cast<std::size_t>(bytes != 0 ? bytes : BN_num_bytes(value)), '\0');
    BN_bn2binpad(value, reinterpret_cast<unsigned char*>(out.data()), static_cast<int>(out.size()));
    BN_free(value);
    return base64url_encode(out);
  }

  static std::string r_and_s(const std::string& der) {
    const auto* at = reinterpret_cast<const unsigned char*>(der.data());
    ECDSA_SIG* both = d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size()));
    must(both != nullptr);
    std::string out(64, '\0');
    auto* bytes = reinterpret_cast<unsigned char*>(out.data());
    BN_bn2binpad(ECDSA_SIG_get0_r(both), bytes, 32);
    BN_bn2binpad(ECDSA_SIG_get0_s(both), bytes + 32, 32);
    ECDSA_SIG_free(both);
    return out;
  }

  std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key_;
  std::string algorithm_;
};

}  // namespace changwat::auth::for_tests
