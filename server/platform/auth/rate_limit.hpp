#pragma once
// Two brakes on guessing: token buckets for requests, lockout for accounts.
//
// Time comes in as a parameter. A bucket is a courtesy to the machine and lives in memory; a
// lockout is a fact about an account and is stored by its owner, so its rule here is a pure
// function.

#include <chrono>
#include <cstddef>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/time.hpp"

namespace changwat::auth {

struct BucketRule {
  double capacity = 10;   // requests that may come at once, >= 1
  double per_second = 1;  // refill, > 0
};

// Token buckets by key ("sign_in:203.0.113.7"). Holds at most `keys_max` keys; beyond that the key
// used longest ago is forgotten, that is, gets a full bucket when it returns. A flood of new keys
// can so reset old ones: limit by address as well as by account. Thread-safe.
class RateLimiter {
 public:
  RateLimiter(BucketRule rule, std::size_t keys_max);

  struct Answer {
    bool allowed;
    std::chrono::milliseconds retry_after;  // 0 if allowed; when the bucket will hold enough
  };
  // `cost` is 0..capacity. A clock that goes back refills nothing.
  Answer take(std::string_view key, Instant now, double cost = 1);

  std::size_t keys() const;

 private:
  struct Bucket {
    std::string key;
    double tokens;
    Instant filled_at;
  };
  Bucket& bucket_of(std::string_view key, Instant now);

  const BucketRule rule_;
  const std::size_t keys_max_;
  mutable std::mutex mutex_;
  std::list<Bucket> recent_first_;
  std::unordered_map<std::string_view, std::list<Bucket>::iterator> by_key_;  // views into the list
};

// Wrong passwords or one-time passwords since the last success.
struct Failures {
  unsigned count = 0;
  Instant last{};

  friend bool operator==(const Failures&, const Failures&) = default;
};

struct LockoutRule {
  unsigned failures_max = 5;           // the failure that locks
  std::chrono::minutes first_lock{1};  // doubled by each further failure
  std::chrono::minutes longest_lock{60};
  std::chrono::hours forget_after{24};  // a failure after so long a quiet time counts as the first
};

// The record after one more failure at `now`.
Failures with_failure(const Failures& before, Instant now, const LockoutRule& rule = {});

// Until when attempts are refused unread; nullopt if they are not. The caller compares with its
// clock.
std::optional<Instant> locked_until(const Failures& failures, const LockoutRule& rule = {});

}  // namespace changwat::auth
