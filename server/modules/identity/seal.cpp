#include "modules/identity/seal.hpp"

#include <sodium.h>

#include "base/result.hpp"

#include "platform/auth/encoding.hpp"

namespace changwat::identity {
namespace {

constexpr std::size_t sealed_bytes_max = 8 * 1024;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

// A key of its own for each purpose.
std::string key_for(std::string_view purpose, std::string_view key) {
  CHECK(key.size() == crypto_secretbox_KEYBYTES);
  return auth::hmac_sha256(key, "changwat seal v1\n" + std::string(purpose));
}

}  // namespace

std::string seal(std::string_view text, std::string_view purpose, std::string_view key) {
  std::string out = auth::random_bytes(crypto_secretbox_NONCEBYTES);
  std::string box(text.size() + crypto_secretbox_MACBYTES, '\0');
  crypto_secretbox_easy(bytes_of(box), bytes_of(text), text.size(), bytes_of(std::string_view(out)),
                        bytes_of(std::string_view(key_for(purpose, key))));
  return auth::base64url_encode(out += box);
}

std::optional<std::string> unseal(std::string_view sealed, std::string_view purpose,
                                  std::string_view key) {
  constexpr std::size_t shortest = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
  if (sealed.size() > sealed_bytes_max) return std::nullopt;
  const auto bytes = auth::base64url_decode(sealed);
  if (!bytes || bytes->size() < shortest) return std::nullopt;
  const std::string_view box = std::string_view(*bytes).substr(crypto_secretbox_NONCEBYTES);
  std::string text(box.size() - crypto_secretbox_MACBYTES, '\0');
  if (crypto_secretbox_open_easy(bytes_of(text), bytes_of(box), box.size(),
                                 bytes_of(std::string_view(*bytes)),
                                 bytes_of(std::string_view(key_for(purpose, key)))) != 0)
    return std::nullopt;
  return text;
}

}  // namespace changwat::identity
