#include "modules/indicators/words.hpp"

#include <gtest/gtest.h>

#include "modules/indicators/testing.hpp"

namespace changwat::indicators {
namespace {

TEST(Words, A_number_is_shown_with_as_many_places_as_one_reads) {
  struct Case {
    const char* exact;
    const char* readable;
    const char* percent;
  };
  for (const auto& c : {
           Case{"0", "0", "0"},
           Case{"64.833333", "64.83", "64.83"},
           Case{"64.835", "64.84", "64.83"},
           Case{"99.999999", "100", "99.99"},
           Case{"-25.5", "-25.5", "-25.5"},
           Case{"-0.005", "-0.005", "-0.01"},
           Case{"1234567.891", "1,234,567.89", "1,234,567.89"},
           Case{"-1234.5", "-1,234.5", "-1,234.5"},
           Case{"999", "999", "999"},
           Case{"1000", "1,000", "1,000"},
           Case{"0.012345", "0.0123", "0.01"},
           Case{"0.999999", "1", "0.99"},
           Case{"0.000001", "0.000001", "0"},
           Case{"1", "1", "1"},
       }) {
    EXPECT_EQ(readable(dec(c.exact)), c.readable) << c.exact;
    EXPECT_EQ(readable_percent(dec(c.exact)), c.percent) << c.exact;
  }
}

}  // namespace
}  // namespace changwat::indicators
