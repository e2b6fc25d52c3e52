#include "platform/auth/rate_limit.hpp"

#include <atomic>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace changwat::auth {
namespace {

constexpr std::int64_t begin_ms = 1'600'000'000'000;

Instant after(std::int64_t ms) {
  return Instant(begin_ms + ms);
}

TEST(RateLimiter, ABurstUpToTheCapacityPassesAndTheNextWaits) {
  RateLimiter limiter({.capacity = 3, .per_second = 1}, 10);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(limiter.take("a", after(0)).allowed);
  const auto refused = limiter.take("a", after(0));
  EXPECT_FALSE(refused.allowed);
  EXPECT_EQ(refused.retry_after.count(), 1000);
}

TEST(RateLimiter, WhoWaitsAsLongAsToldIsAllowed) {
  RateLimiter limiter({.capacity = 1, .per_second = 0.3}, 10);
  EXPECT_TRUE(limiter.take("a", after(0)).allowed);
  const auto wait = limiter.take("a", after(0)).retry_after.count();
  EXPECT_FALSE(limiter.take("a", after(wait - 2)).allowed);
  EXPECT_TRUE(limiter.take("a", after(wait)).allowed);
}

TEST(RateLimiter, ABucketNeverHoldsMoreThanItsCapacity) {
  RateLimiter limiter({.capacity = 2, .per_second = 100}, 10);
  EXPECT_TRUE(limiter.take("a", after(0)).allowed);
  EXPECT_TRUE(limiter.take("a", after(86'400'000)).allowed);
  EXPECT_TRUE(limiter.take("a", after(86'400'000)).allowed);
  EXPECT_FALSE(limiter.take("a", after(86'400'000)).allowed);
}

TEST(RateLimiter, KeysDoNotShareABucket) {
  RateLimiter limiter({.capacity = 1, .per_second = 1}, 10);
  EXPECT_TRUE(limiter.take("a", after(0)).allowed);
  EXPECT_TRUE(limiter.take("b", after(0)).allowed);
  EXPECT_FALSE(limiter.take("a", after(0)).allowed);
}

TEST(RateLimiter, AClockThatGoesBackRefillsNothing) {
  RateLimiter limiter({.capacity = 1, .per_second = 1}, 10);
  EXPECT_TRUE(limiter.take("a", after(10'000)).allowed);
  EXPECT_FALSE(limiter.take("a", after(0)).allowed);
  EXPECT_FALSE(limiter.take("a", after(10'000)).allowed);
  EXPECT_TRUE(limiter.take("a", after(11'000)).allowed);
}

TEST(RateLimiter, TheKeyUsedLongestAgoIsForgottenFirst) {
  RateLimiter limiter({.capacity = 1, .per_second = 0.001}, 2);
  EXPECT_TRUE(limiter.take("old", after(0)).allowed);
  EXPECT_TRUE(limiter.take("new", after(1)).allowed);
  EXPECT_FALSE(limiter.take("old", after(2)).allowed);  // used again: now "new" is the oldest
  EXPECT_TRUE(limiter.take("third", after(3)).allowed);
  EXPECT_EQ(limiter.keys(), 2u);
  EXPECT_FALSE(limiter.take("old", after(4)).allowed);
  EXPECT_TRUE(limiter.take("new", after(5)).allowed);
}

TEST(RateLimiter, AFloodOfKeysTakesNoMoreThanItsPlaces) {
  RateLimiter limiter({}, 100);
  for (int i = 0; i < 10'000; ++i) limiter.take(std::to_string(i), after(i));
  EXPECT_EQ(limiter.keys(), 100u);
}

TEST(RateLimiter, LongKeysAreToldApart) {
  RateLimiter limiter({.capacity = 1, .per_second = 1}, 10);
  const std::string key(100'000, 'x');
  EXPECT_TRUE(limiter.take(key + "1", after(0)).allowed);
  EXPECT_TRUE(limiter.take(key + "2", after(0)).allowed);
  EXPECT_FALSE(limiter.take(key + "1", after(0)).allowed);
}

TEST(RateLimiter, ThreadsTogetherGetNoMoreThanTheCapacity) {
  RateLimiter limiter({.capacity = 100, .per_second = 1}, 10);
  std::atomic<int> allowed = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 200; ++i) allowed += limiter.take("a", after(0)).allowed;
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(allowed, 100);
}

TEST(Lockout, TheFifthFailureLocksForAMinuteAndEachFurtherOneTwiceAsLongUpToAnHour) {
  struct Case {
    unsigned failures;
    int minutes;  // 0: not locked
  };
  const Case cases[] = {{0, 0},
                        {1, 0},
                        {4, 0},
                        {5, 1},
                        {6, 2},
                        {7, 4},
                        {8, 8},
                        {9, 16},
                        {10, 32},
                        {11, 60},
                        {12, 60},
                        {100, 60},
                        {4'294'967'295, 60}};
  for (const auto& [failures, minutes] : cases) {
    const auto until = locked_until({failures, after(0)});
    if (minutes == 0) {
      EXPECT_FALSE(until) << failures;
    } else {
      EXPECT_EQ(until, after(minutes * 60'000)) << failures;
    }
  }
}

TEST(Lockout, FailuresAreCountedUntilADayOfQuiet) {
  Failures failures;
  for (unsigned i = 1; i <= 5; ++i) {
    failures = with_failure(failures, after(i * 1000));
    EXPECT_EQ(failures.count, i);
  }
  const Failures next_day = with_failure(failures, after(5000 + 86'400'000));
  EXPECT_EQ(next_day.count, 6u);
  const Failures later = with_failure(failures, after(5001 + 86'400'000));
  EXPECT_EQ(later.count, 1u);
}

TEST(Lockout, AClockThatGoesBackDoesNotShortenALock) {
  const Failures failures = with_failure({7, after(60'000)}, after(0));
  EXPECT_EQ(failures, (Failures{8, after(60'000)}));
}

TEST(Lockout, TheCountDoesNotRunOver) {
  EXPECT_EQ(with_failure({4'294'967'295, after(0)}, after(1)).count, 4'294'967'295);
}

}  // namespace
}  // namespace changwat::auth
