#pragma once
// Passwords: Argon2id hashes (RFC 9106, by libsodium), a gate that keeps hashing from eating the
// machine, and the rule for what a new password must be (NIST SP 800-63B section 5.1.1.2: length
// and a list of common ones, no rules of composition).
//
// One hash takes 64 MiB and about 0.1 s. Two run at once and 32 wait, first come, first served;
// who comes beyond that is told errors::too_many_requests at once, so a flood of sign-ins costs 128
// MiB and a few seconds, never the machine. Threads: PasswordHasher and HashingGate are
// thread-safe; their functions block.

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace changwat::auth {

inline constexpr std::size_t password_code_points_min = 12;
inline constexpr std::size_t password_code_points_max = 128;

struct HashCost {
  std::size_t memory_bytes = 64u << 20;  // >= 8 KiB
  unsigned passes = 3;                   // >= 1
};

struct GateLimits {
  unsigned running_max = 2;
  unsigned waiting_max = 32;
};

// Lets `running_max` callers through at once and `waiting_max` wait in the order they came.
class HashingGate {
 public:
  explicit HashingGate(GateLimits limits) : limits_(limits) {}

  // Holds a place; gives it back when it goes.
  class Pass {
   public:
    explicit Pass(HashingGate& gate) : gate_(&gate) {}
    Pass(Pass&& other) noexcept : gate_(other.gate_) { other.gate_ = nullptr; }
    Pass& operator=(Pass&&) = delete;
    ~Pass() {
      if (gate_ != nullptr) gate_->leave();
    }

   private:
    HashingGate* gate_;
  };

  Result<Pass>
  enter();  // blocks while the places are taken; too_many_requests if the queue is full
  unsigned waiting() const;

 private:
  void leave();

  const GateLimits limits_;
  mutable std::mutex mutex_;
  std::condition_variable moved_;
  std::uint64_t entered_ = 0;  // tickets given out
  std::uint64_t left_ = 0;     // tickets given back
};

class PasswordHasher {
 public:
  explicit PasswordHasher(HashCost cost = {}, GateLimits limits = {});

  // A PHC string, "$argon2id$v=19$m=65536,t=3,p=1$…", of at most 128 characters, with a fresh salt.
  // The password has passed check_new_password(). Throws if memory cannot be had.
  Result<std::string> hash(std::string_view password);

  // Whether the password is the one that `stored` was made from. nullopt stands for an unknown user
  // or one without a password: the same work is done and the answer is false, so that the time
  // taken does not tell who has an account. Throws if memory cannot be had or `stored` is no such
  // string.
  Result<bool> verify(std::string_view password, const std::optional<std::string>& stored);

  // Whether `stored` was made at another cost; hash the password anew after a successful sign-in.
  bool needs_rehash(std::string_view stored) const;

 private:
  const HashCost cost_;
  const std::string nobodys_hash_;  // well-formed, at our cost, of no password
  HashingGate gate_;
};

// What is wrong with a new password; empty if nothing. Codes: malformed_text, too_short, too_long,
// common_password, contains_user_name.
std::vector<FieldError> check_new_password(std::string_view password, std::string_view user_name,
                                           std::string_view pointer = "/password");

}  // namespace changwat::auth
