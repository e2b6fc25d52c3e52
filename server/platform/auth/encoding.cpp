#include "platform/auth/encoding.hpp"

#include <array>
#include <cstdint>
#include <stdexcept>

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>

namespace changwat::auth {
namespace {

constexpr std::string_view base64_letters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view base64url_letters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::string_view base32_letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

using DigitTable = std::array<std::int8_t, 256>;

constexpr DigitTable digits_of(std::string_view letters, bool either_case) {
  DigitTable table{};
  for (auto& digit : table) digit = -1;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    const auto letter = static_cast<unsigned char>(letters[i]);
    table[letter] = static_cast<std::int8_t>(i);
    if (either_case && letter >= 'A' && letter <= 'Z') {
      table[letter + ('a' - 'A')] = static_cast<std::int8_t>(i);
    }
  }
  return table;
}

constexpr DigitTable base64url_digits = digits_of(base64url_letters, false);
constexpr DigitTable base32_digits = digits_of(base32_letters, true);

std::string encode(std::string_view bytes, std::string_view letters, unsigned bits_per_letter) {
  const std::uint32_t mask = (1u << bits_per_letter) - 1;
  std::string out;
  out.reserve((bytes.size() * 8 + bits_per_letter - 1) / bits_per_letter);
  std::uint32_t pending = 0;
  unsigned pending_bits = 0;
  for (const unsigned char byte : bytes) {
    pending = (pending << 8) | byte;
    pending_bits += 8;
    while (pending_bits >= bits_per_letter) {
      pending_bits -= bits_per_letter;
      out += letters[(pending >> pending_bits) & mask];
    }
  }
  if (pending_bits > 0) out += letters[(pending << (bits_per_letter - pending_bits)) & mask];
  return out;
}

std::optional<std::string> decode(std::string_view text, const DigitTable& digits,
                                  unsigned bits_per_letter) {
  std::string out;
  out.reserve(text.size() * bits_per_letter / 8);
  std::uint32_t pending = 0;
  unsigned pending_bits = 0;
  for (const unsigned char letter : text) {
    const int digit = digits[letter];
    if (digit < 0) return std::nullopt;
    pending = (pending << bits_per_letter) | static_cast<std::uint32_t>(digit);
    pending_bits += bits_per_letter;
    if (pending_bits >= 8) {
      pending_bits -= 8;
      out += static_cast<char>((pending >> pending_bits) & 0xff);
    }
  }
  // A whole letter left over carries no byte; spare bits would give one value a second text.
  if (pending_bits >= bits_per_letter) return std::nullopt;
  if ((pending & ((1u << pending_bits) - 1)) != 0) return std::nullopt;
  return out;
}

void ensure_sodium() {
  static const bool ready = sodium_init() >= 0;
  if (!ready) throw std::runtime_error("libsodium cannot start");
}

const unsigned char* as_bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* as_bytes(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_unreserved(unsigned char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

}  // namespace

std::string base64url_encode(std::string_view bytes) {
  return encode(bytes, base64url_letters, 6);
}

std::optional<std::string> base64url_decode(std::string_view text) {
  return decode(text, base64url_digits, 6);
}

std::string base64_encode(std::string_view bytes) {
  std::string out = encode(bytes, base64_letters, 6);
  while (out.size() % 4 != 0) out += '=';
  return out;
}

std::string base32_encode(std::string_view bytes) {
  return encode(bytes, base32_letters, 5);
}

std::optional<std::string> base32_decode(std::string_view text) {
  if (!text.empty() && text.back() == '=') {
    if (text.size() % 8 != 0) return std::nullopt;
    const std::size_t last = text.find_last_not_of('=');
    // Bytes fill 8 letters less 1, 3, 4 or 6; more padding than that stands for nothing.
    if (last == std::string_view::npos || text.size() - last - 1 > 6) return std::nullopt;
    text = text.substr(0, last + 1);
  }
  return decode(text, base32_digits, 5);
}

std::string hex_encode(std::string_view bytes) {
  return encode(bytes, "0123456789abcdef", 4);
}

std::string percent_encode(std::string_view text) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  std::string out;
  out.reserve(text.size());
  for (const unsigned char c : text) {
    if (is_unreserved(c)) {
      out += static_cast<char>(c);
    } else {
      out += '%';
      out += hex[c >> 4];
      out += hex[c & 15];
    }
  }
  return out;
}

std::optional<std::string> form_decode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+') {
      out += ' ';
    } else if (text[i] != '%') {
      out += text[i];
    } else {
      if (text.size() - i < 3) return std::nullopt;
      const int high = hex_digit(text[i + 1]);
      const int low = hex_digit(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      out += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  return out;
}

std::string sha256(std::string_view bytes) {
  std::string digest(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256(as_bytes(digest), as_bytes(bytes), bytes.size());
  return digest;
}

std::string hmac_sha256(std::string_view key, std::string_view message) {
  std::string mac(crypto_auth_hmacsha256_BYTES, '\0');
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, as_bytes(key), key.size());
  crypto_auth_hmacsha256_update(&state, as_bytes(message), message.size());
  crypto_auth_hmacsha256_final(&state, as_bytes(mac));
  sodium_memzero(&state, sizeof state);
  return mac;
}

std::string hmac_sha1(std::string_view key, std::string_view message) {
  std::string mac(20, '\0');
  unsigned length = 0;
  if (HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()), as_bytes(message), message.size(),
           as_bytes(mac), &length) == nullptr ||
      length != mac.size()) {
    throw std::runtime_error("HMAC-SHA-1 is not available");
  }
  return mac;
}

std::string random_bytes(std::size_t count) {
  ensure_sodium();
  std::string bytes(count, '\0');
  randombytes_buf(bytes.data(), bytes.size());
  return bytes;
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace changwat::auth
