#include "platform/jobs/periodic.hpp"

#include <atomic>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

namespace changwat::jobs {
namespace {

using namespace std::chrono_literals;

TEST(Periodic, works_at_once_and_again_and_again_also_after_a_failure) {
  std::atomic<int> turns = 0, failures = 0;
  {
    const Periodic job(
        1ms,
        [&] {
          ++turns;
          turns.notify_all();
          if (turns == 2) throw std::runtime_error("broken once");
        },
        [&](const std::exception& failure) {
          if (failure.what() == std::string("broken once")) ++failures;
        });
    for (int seen = 0; seen < 4; seen = turns) turns.wait(seen);
  }
  EXPECT_GE(turns, 4);
  EXPECT_EQ(failures, 1);
}

TEST(Periodic, ends_at_once_however_long_its_pause_is) {
  std::atomic<bool> worked = false;
  const auto start = std::chrono::steady_clock::now();
  {
    const Periodic job(
        24h, [&] { worked = true, worked.notify_all(); }, [](const std::exception&) {});
    worked.wait(false);
  }
  EXPECT_LT(std::chrono::steady_clock::now() - start, 1h);
}

}  // namespace
}  // namespace changwat::jobs
