#pragma once
// The second factor: time-based one-time passwords (RFC 6238: HMAC-SHA-1, 30 seconds, 6 digits,
// which is what authenticator applications take) and recovery codes for those who lost the
// telephone.
//
// Pure but for the random source; time comes in. Threads: any.
// The caller limits the rate of attempts (rate_limit.hpp): six digits alone are soon guessed.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

namespace changwat::auth {

// 160 random bits, as RFC 4226 section 4 recommends. Bytes; store them encrypted or in a table that
// only sign-in reads: a one-time password cannot be checked against a hash.
std::string new_totp_secret();

// The number of the 30-second step in which `now` lies.
std::int64_t totp_step(Instant now);

// The password of one step, with leading zeros. `digits` is 6..8; RFC 6238's examples have 8.
std::string totp_code(std::string_view secret, std::int64_t step, unsigned digits = 6);

// The step whose password `code` is, looking one step back and one ahead for clocks that differ.
// Steps up to `last_used_step` do not match (RFC 6238 section 5.2: a password is good once); the
// caller stores the answer as the new last used step, in the same transaction as the sign-in.
std::optional<std::int64_t> match_totp(std::string_view secret, std::string_view code, Instant now,
                                       std::optional<std::int64_t> last_used_step);

// What the QR code says: otpauth://totp/Issuer:account?secret=…&issuer=… (Thai is percent-encoded).
std::string otpauth_uri(std::string_view issuer, std::string_view account, std::string_view secret);

// A recovery code replaces the one-time password once. It has 80 random bits, so that SHA-256 is
// hash enough, in letters that cannot be mistaken for each other: "k3w9-7d2m-xq4r-a81z".
struct RecoveryCode {
  std::string shown;  // to its holder, once
  std::string hash;   // to the table
};
inline constexpr std::size_t recovery_codes_count = 10;
std::vector<RecoveryCode> new_recovery_codes();

// The place in `hashes` of the code that was typed (any case, with or without dashes and spaces; o
// counts as 0, i and l as 1), or nullopt. The caller deletes that hash: a code is good once.
std::optional<std::size_t> match_recovery_code(std::string_view typed,
                                               std::span<const std::string> hashes);

}  // namespace changwat::auth
