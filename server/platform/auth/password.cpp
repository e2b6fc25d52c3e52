#include "platform/auth/password.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <stdexcept>

#include <sodium.h>

#include "base/utf8.hpp"

#include "platform/auth/encoding.hpp"

namespace changwat::auth {
namespace {

constexpr std::size_t password_bytes_max = password_code_points_max * 4;
constexpr std::size_t user_name_code_points_min = 3;  // "ก" stands in half of all passwords

std::string standard_base64_unpadded(std::string_view bytes) {
  std::string text = base64_encode(bytes);
  text.resize(text.find_last_not_of('=') + 1);
  return text;
}

// Argon2 does all its work before it compares, whatever the bytes it compares with.
std::string hash_of_no_password(const HashCost& cost) {
  return "$argon2id$v=19$m=" + std::to_string(cost.memory_bytes / 1024) +
         ",t=" + std::to_string(cost.passes) + ",p=1$" +
         standard_base64_unpadded(random_bytes(crypto_pwhash_SALTBYTES)) + "$" +
         standard_base64_unpadded(random_bytes(32));
}

// The passwords of twelve and more characters that head the public lists of leaked ones, and what
// people here would type first. Repeats and rows of keys are found by rule, not listed.
constexpr std::array<std::string_view, 38> common_passwords{
    "password1234",  "password12345",  "password123456",   "passw0rd1234",     "p@ssw0rd1234",
    "p@ssword1234",  "mypassword123",  "password@123",     "password@1234",    "passwordpassword",
    "administrator", "administrator1", "admin1234567",     "administrator123", "adminadminadmin",
    "welcome12345",  "welcome123456",  "changeme1234",     "letmein12345",     "iloveyou1234",
    "iloveyou12345", "qwerty123456",   "qwertyuiop123",    "1q2w3e4r5t6y",     "1qaz2wsx3edc",
    "q1w2e3r4t5y6",  "qazwsxedcrfv",   "1qaz2wsx3edc4rfv", "zaq12wsxcde3",     "abcd12345678",
    "abc123456789",  "aa1234567890",   "thailand1234",     "thailand12345",    "bangkok12345",
    "sawasdee1234",  "รหัสผ่าน1234",     "รหัสผ่าน123456"};

constexpr std::array<std::string_view, 6> rows_of_keys{
    "01234567890123456789",       "09876543210987654321",
    "abcdefghijklmnopqrstuvwxyz", "zyxwvutsrqponmlkjihgfedcba",
    "qwertyuiopasdfghjklzxcvbnm", "กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"};

std::string fold_ascii(std::string_view text) {
  std::string folded(text);
  for (char& c : folded) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return folded;
}

// "abcabcabcabc": one short piece over and over, up to four code points.
bool repeats_a_short_piece(std::string_view utf8) {
  std::u32string points;
  while (!utf8.empty()) {
    const auto point = utf8::next(utf8);
    if (!point) return false;
    points += *point;
  }
  for (std::size_t period = 1; period <= 4 && period < points.size(); ++period) {
    if (std::equal(points.begin() + static_cast<std::ptrdiff_t>(period), points.end(),
                   points.begin())) {
      return true;
    }
  }
  return false;
}

bool is_common(std::string_view folded) {
  if (std::find(common_passwords.begin(), common_passwords.end(), folded) !=
      common_passwords.end()) {
    return true;
  }
  const auto holds = [&](std::string_view row) { return row.find(folded) != row.npos; };
  return std::any_of(rows_of_keys.begin(), rows_of_keys.end(), holds) ||
         repeats_a_short_piece(folded);
}

bool contains_user_name(std::string_view folded_password, std::string_view user_name) {
  const auto length = utf8::length(user_name);
  if (!length || *length < user_name_code_points_min) return false;
  return folded_password.find(fold_ascii(user_name)) != std::string_view::npos;
}

}  // namespace

Result<HashingGate::Pass> HashingGate::enter() {
  std::unique_lock lock(mutex_);
  if (entered_ - left_ >= std::uint64_t{limits_.running_max} + limits_.waiting_max) {
    return errors::too_many_requests;
  }
  const std::uint64_t ticket = entered_++;
  moved_.wait(lock, [&] { return ticket < left_ + limits_.running_max; });
  return Pass(*this);
}

void HashingGate::leave() {
  {
    const std::lock_guard lock(mutex_);
    ++left_;
  }
  moved_.notify_all();
}

unsigned HashingGate::waiting() const {
  const std::lock_guard lock(mutex_);
  const std::uint64_t inside = entered_ - left_;
  return inside > limits_.running_max ? static_cast<unsigned>(inside - limits_.running_max) : 0;
}

PasswordHasher::PasswordHasher(HashCost cost, GateLimits limits)
    : cost_(cost), nobodys_hash_(hash_of_no_password(cost)), gate_(limits) {
  CHECK(cost.memory_bytes >= crypto_pwhash_MEMLIMIT_MIN && cost.passes >= 1);
  CHECK(limits.running_max >= 1);
}

Result<std::string> PasswordHasher::hash(std::string_view password) {
  if (password.size() > password_bytes_max) return errors::too_large;
  const HashingGate::Pass pass = TRY(gate_.enter());
  char text[crypto_pwhash_STRBYTES];
  if (crypto_pwhash_str_alg(text, password.data(), password.size(), cost_.passes,
                            cost_.memory_bytes, crypto_pwhash_ALG_ARGON2ID13) != 0) {
    throw std::runtime_error("Argon2id: no memory for a hash");
  }
  return std::string(text);
}

Result<bool> PasswordHasher::verify(std::string_view password,
                                    const std::optional<std::string>& stored) {
  // Nobody has so long a password; this answer depends on nothing but what was sent.
  if (password.size() > password_bytes_max) return false;
  const std::string& expected = stored ? *stored : nobodys_hash_;
  if (!expected.starts_with(crypto_pwhash_STRPREFIX)) {
    throw std::runtime_error("a stored password hash is not Argon2id");
  }
  const HashingGate::Pass pass = TRY(gate_.enter());
  errno = 0;
  if (crypto_pwhash_str_verify(expected.c_str(), password.data(), password.size()) == 0) {
    return stored.has_value();
  }
  // libsodium says EINVAL for "another password" and something else when it could not do the work,
  // which must not count as a wrong password.
  if (errno != EINVAL) throw std::runtime_error("Argon2id: no memory, or a broken stored hash");
  return false;
}

bool PasswordHasher::needs_rehash(std::string_view stored) const {
  return crypto_pwhash_str_needs_rehash(std::string(stored).c_str(), cost_.passes,
                                        cost_.memory_bytes) != 0;
}

std::vector<FieldError> check_new_password(std::string_view password, std::string_view user_name,
                                           std::string_view pointer) {
  std::vector<FieldError> wrong;
  const auto refuse = [&](std::string code, std::string th, std::string en) {
    wrong.push_back({std::string(pointer), std::move(code), std::move(th), std::move(en)});
  };
  const auto length = utf8::length(password);
  if (!length) {
    refuse("malformed_text", "รหัสผ่านมีอักขระที่อ่านไม่ได้", "The password is not well-formed text.");
    return wrong;
  }
  if (*length < password_code_points_min) {
    refuse("too_short", "รหัสผ่านต้องยาวอย่างน้อย 12 ตัวอักษร",
           "The password needs at least 12 characters.");
  }
  if (*length > password_code_points_max) {
    refuse("too_long", "รหัสผ่านต้องยาวไม่เกิน 128 ตัวอักษร",
           "The password may have at most 128 characters.");
    return wrong;
  }
  const std::string folded = fold_ascii(password);
  if (*length >= password_code_points_min && is_common(folded)) {
    refuse("common_password", "รหัสผ่านนี้เดาได้ง่าย โปรดใช้วลีที่ยาวและไม่มีผู้อื่นใช้",
           "This password is easy to guess. Use a longer phrase of your own.");
  }
  if (contains_user_name(folded, user_name)) {
    refuse("contains_user_name", "รหัสผ่านต้องไม่มีชื่อผู้ใช้อยู่ข้างใน",
           "The password must not contain the user name.");
  }
  return wrong;
}

}  // namespace changwat::auth
