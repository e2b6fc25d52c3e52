#pragma once
// Sealed texts: secrets that leave the program (into a cookie) or rest in a table, encrypted and
// authenticated under a key of the installation (XSalsa20-Poly1305, libsodium's secretbox).
// A text sealed for one purpose does not open for another. Pure but for the random nonce; any
// thread.

#include <optional>
#include <string>
#include <string_view>

namespace changwat::identity {

// base64url. `key` has 32 bytes.
std::string seal(std::string_view text, std::string_view purpose, std::string_view key);
std::optional<std::string> unseal(std::string_view sealed, std::string_view purpose,
                                  std::string_view key);

}  // namespace changwat::identity
