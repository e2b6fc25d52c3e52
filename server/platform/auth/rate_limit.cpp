#include "platform/auth/rate_limit.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/result.hpp"

#include "platform/auth/encoding.hpp"

namespace changwat::auth {
namespace {

constexpr std::size_t key_bytes_max = 128;

double seconds_between(Instant earlier, Instant later) {
  return static_cast<double>(std::max<std::int64_t>(0, later.unix_ms() - earlier.unix_ms())) / 1000;
}

}  // namespace

RateLimiter::RateLimiter(BucketRule rule, std::size_t keys_max) : rule_(rule), keys_max_(keys_max) {
  CHECK(rule.capacity >= 1 && rule.per_second > 0);
  CHECK(keys_max >= 1);
}

RateLimiter::Answer RateLimiter::take(std::string_view key, Instant now, double cost) {
  CHECK(cost >= 0 && cost <= rule_.capacity);
  // Keys carry what a caller sent; a long one must not cost more memory than a short one.
  const std::string digest = key.size() > key_bytes_max ? sha256(key) : std::string();
  const std::lock_guard lock(mutex_);
  Bucket& bucket = bucket_of(digest.empty() ? key : digest, now);
  bucket.tokens = std::min(
      rule_.capacity, bucket.tokens + seconds_between(bucket.filled_at, now) * rule_.per_second);
  bucket.filled_at = std::max(bucket.filled_at, now);
  if (bucket.tokens >= cost) {
    bucket.tokens -= cost;
    return {true, std::chrono::milliseconds(0)};
  }
  const double wait_ms = std::ceil((cost - bucket.tokens) / rule_.per_second * 1000);
  return {false, std::chrono::milliseconds(static_cast<std::int64_t>(wait_ms))};
}

std::size_t RateLimiter::keys() const {
  const std::lock_guard lock(mutex_);
  return by_key_.size();
}

RateLimiter::Bucket& RateLimiter::bucket_of(std::string_view key, Instant now) {
  if (const auto found = by_key_.find(key); found != by_key_.end()) {
    recent_first_.splice(recent_first_.begin(), recent_first_, found->second);
    return recent_first_.front();
  }
  if (by_key_.size() == keys_max_) {
    by_key_.erase(recent_first_.back().key);
    recent_first_.pop_back();
  }
  recent_first_.push_front({std::string(key), rule_.capacity, now});
  by_key_.emplace(recent_first_.front().key, recent_first_.begin());
  return recent_first_.front();
}

Failures with_failure(const Failures& before, Instant now, const LockoutRule& rule) {
  const std::chrono::milliseconds quiet(now.unix_ms() - before.last.unix_ms());
  if (before.count == 0 || quiet > rule.forget_after) return {1, now};
  const unsigned count = std::min(before.count, std::numeric_limits<unsigned>::max() - 1) + 1;
  return {count, std::max(before.last, now)};
}

std::optional<Instant> locked_until(const Failures& failures, const LockoutRule& rule) {
  if (failures.count < rule.failures_max) return std::nullopt;
  std::chrono::minutes lock = rule.first_lock;
  for (unsigned i = rule.failures_max; i < failures.count && lock < rule.longest_lock; ++i)
    lock *= 2;
  const std::chrono::milliseconds span = std::min(lock, rule.longest_lock);
  return failures.last.plus_ms(span.count());
}

}  // namespace changwat::auth
