#include "modules/service_centre/figures.hpp"

#include <gtest/gtest.h>

namespace changwat::service_centre {
namespace {

using namespace std::chrono_literals;
using Days = std::map<std::int64_t, std::int64_t>;

TEST(ClosingDaysTest, Half_and_nine_tenths_of_the_cases_took_no_longer) {
  struct Case {
    Days by_days;
    std::optional<std::int64_t> half, nine_tenths;
  };
  const std::vector<Case> cases{{{}, {}, {}},
                                {{{3, 1}}, 3, 3},
                                {{{1, 1}, {9, 1}}, 1, 9},
                                {{{1, 5}, {2, 4}, {30, 1}}, 1, 2},
                                {{{0, 1}, {5, 1}, {7, 1}}, 5, 7}};
  for (const auto& one : cases) {
    const auto found = closing_days(one.by_days);
    EXPECT_EQ(found.half, one.half);
    EXPECT_EQ(found.nine_tenths, one.nine_tenths);
  }
}

// Time stands still but for counting.
class KeptFiguresTest : public testing::Test {
 protected:
  std::int64_t asked(std::uint64_t writes) {
    return kept_
        .of(*AreaCode::parse("70"), writes,
            [&] {
              now_ += takes_;
              PublicFigures out;
              out.received = ++counted_;
              return out;
            })
        .received;
  }
  KeptFigures::Clock::time_point now_ = KeptFigures::Clock::now();
  KeptFigures kept_{[&] { return now_; }};
  KeptFigures::Clock::duration takes_ = 1s;
  std::int64_t counted_ = 0;
};

TEST_F(KeptFiguresTest, What_is_quick_to_count_is_counted_each_time) {
  takes_ = 2ms;
  EXPECT_EQ(asked(1), 1);
  EXPECT_EQ(asked(1), 2);
}

TEST_F(KeptFiguresTest, Long_counts_stand_for_twenty_times_as_long_although_much_is_written) {
  EXPECT_EQ(asked(1), 1);
  now_ += 19s;
  EXPECT_EQ(asked(50), 1);
  now_ += 2s;
  EXPECT_EQ(asked(99), 2);
}

TEST_F(KeptFiguresTest, They_stand_for_a_minute_while_nothing_is_written) {
  EXPECT_EQ(asked(1), 1);
  now_ += 59s;
  EXPECT_EQ(asked(1), 1);
  now_ += 2s;
  EXPECT_EQ(asked(1), 2) << "what is late changes with time alone";
}

}  // namespace
}  // namespace changwat::service_centre
