#include "platform/auth/totp.hpp"

#include "base/result.hpp"

#include "platform/auth/encoding.hpp"

namespace changwat::auth {
namespace {

constexpr std::size_t secret_bytes = 20;
constexpr std::int64_t step_seconds = 30;
constexpr std::int64_t steps_of_drift = 1;
constexpr unsigned code_digits = 6;
constexpr std::size_t recovery_code_letters = 16;
constexpr std::string_view recovery_letters = "0123456789abcdefghjkmnpqrstvwxyz";  // no i l o u

std::string big_endian(std::int64_t number) {
  std::string bytes(8, '\0');
  for (int i = 7; i >= 0; --i, number >>= 8) {
    bytes[static_cast<std::size_t>(i)] = static_cast<char>(number & 0xff);
  }
  return bytes;
}

// RFC 4226 section 5.3: 31 bits from the place that the last nibble names.
std::uint32_t dynamic_truncation(std::string_view mac) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(mac[i]); };
  const std::size_t at = byte(mac.size() - 1) & 0x0fu;
  return (static_cast<std::uint32_t>(byte(at) & 0x7fu) << 24) |
         (static_cast<std::uint32_t>(byte(at + 1)) << 16) |
         (static_cast<std::uint32_t>(byte(at + 2)) << 8) | byte(at + 3);
}

std::string recovery_code_hash(std::string_view letters) {
  return hex_encode(sha256(letters));
}

RecoveryCode new_recovery_code() {
  std::string letters;
  std::string shown;
  for (const unsigned char byte : random_bytes(recovery_code_letters)) {
    if (!letters.empty() && letters.size() % 4 == 0) shown += '-';
    const char letter =
        recovery_letters[byte % recovery_letters.size()];  // 32 divides 256: no bias
    letters += letter;
    shown += letter;
  }
  return {std::move(shown), recovery_code_hash(letters)};
}

std::optional<std::string> as_recovery_letters(std::string_view typed) {
  std::string letters;
  for (char c : typed) {
    if (c == '-' || c == ' ') continue;
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c == 'o') c = '0';
    if (c == 'i' || c == 'l') c = '1';
    if (recovery_letters.find(c) == std::string_view::npos) return std::nullopt;
    if (letters.size() == recovery_code_letters) return std::nullopt;
    letters += c;
  }
  if (letters.size() != recovery_code_letters) return std::nullopt;
  return letters;
}

}  // namespace

std::string new_totp_secret() {
  return random_bytes(secret_bytes);
}

std::int64_t totp_step(Instant now) {
  return now.unix_ms() / (step_seconds * 1000);
}

std::string totp_code(std::string_view secret, std::int64_t step, unsigned digits) {
  CHECK(digits >= 6 && digits <= 8);
  std::uint32_t modulus = 1;
  for (unsigned i = 0; i < digits; ++i) modulus *= 10;
  const std::string number =
      std::to_string(dynamic_truncation(hmac_sha1(secret, big_endian(step))) % modulus);
  return std::string(digits - number.size(), '0') + number;
}

std::optional<std::int64_t> match_totp(std::string_view secret, std::string_view code, Instant now,
                                       std::optional<std::int64_t> last_used_step) {
  if (code.size() != code_digits) return std::nullopt;
  std::optional<std::int64_t> matched;
  const std::int64_t current = totp_step(now);
  // Every step is computed, so that the time taken does not tell which one was near.
  for (std::int64_t step = current - steps_of_drift; step <= current + steps_of_drift; ++step) {
    const bool same = equal_in_constant_time(code, totp_code(secret, step));
    const bool used = last_used_step && step <= *last_used_step;
    if (same && !used && !matched) matched = step;
  }
  return matched;
}

std::string otpauth_uri(std::string_view issuer, std::string_view account,
                        std::string_view secret) {
  return "otpauth://totp/" + percent_encode(issuer) + ":" + percent_encode(account) +
         "?secret=" + base32_encode(secret) + "&issuer=" + percent_encode(issuer) +
         "&algorithm=SHA1&digits=6&period=30";
}

std::vector<RecoveryCode> new_recovery_codes() {
  std::vector<RecoveryCode> codes;
  codes.reserve(recovery_codes_count);
  for (std::size_t i = 0; i < recovery_codes_count; ++i) codes.push_back(new_recovery_code());
  return codes;
}

std::optional<std::size_t> match_recovery_code(std::string_view typed,
                                               std::span<const std::string> hashes) {
  const auto letters = as_recovery_letters(typed);
  if (!letters) return std::nullopt;
  const std::string wanted = recovery_code_hash(*letters);
  std::optional<std::size_t> matched;
  for (std::size_t i = 0; i < hashes.size(); ++i) {
    if (equal_in_constant_time(hashes[i], wanted)) matched = i;
  }
  return matched;
}

}  // namespace changwat::auth
