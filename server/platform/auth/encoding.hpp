#pragma once
// Text forms of bytes and the digests that the rest of this room is built on.
//
// Bytes travel as std::string / std::string_view. Decoders are strict: one byte string has exactly
// one accepted text, so that a text can serve as a key and a signature covers all of it.
// Threads: all functions may be called concurrently. Errors: a decoder answers nullopt.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace changwat::auth {

// RFC 4648 section 5, without padding.
std::string base64url_encode(std::string_view bytes);
// Refuses padding, white space, a dangling character and spare bits that are not zero.
std::optional<std::string> base64url_decode(std::string_view text);

// RFC 4648 section 4, with padding (HTTP Basic credentials).
std::string base64_encode(std::string_view bytes);

// RFC 4648 section 6, without padding, in capitals.
std::string base32_encode(std::string_view bytes);
// Takes either case and optional correct padding, because people type these texts.
std::optional<std::string> base32_decode(std::string_view text);

std::string hex_encode(std::string_view bytes);  // lower case

// RFC 3986: all but unreserved characters become %XX.
std::string percent_encode(std::string_view text);
// application/x-www-form-urlencoded: '+' is a space. nullopt on a broken escape.
std::optional<std::string> form_decode(std::string_view text);

std::string sha256(std::string_view bytes);                               // 32 bytes
std::string hmac_sha256(std::string_view key, std::string_view message);  // 32 bytes
std::string hmac_sha1(std::string_view key, std::string_view message);    // 20 bytes, for TOTP only

std::string random_bytes(std::size_t count);

// Takes the same time wherever the texts differ. The length is not a secret.
bool equal_in_constant_time(std::string_view a, std::string_view b);

}  // namespace changwat::auth
