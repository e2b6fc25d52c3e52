#include "platform/log/log.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <sstream>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace changwat::log {
namespace {

template <class Write>
std::string written_by(Write write) {
  testing::internal::CaptureStderr();
  write();
  return testing::internal::GetCapturedStderr();
}

// The line without its time.
std::string rest_of(const std::string& line) {
  const std::size_t end = line.find("\",");
  return end == line.npos ? line : "{" + line.substr(end + 2);
}

TEST(Log, WritesOneJsonObjectALine) {
  const std::string line = written_by([] {
    info("mail.sent", {{"text", "จังหวัด"},
                       {"count", 3},
                       {"big", std::uint64_t{1} << 63},
                       {"took_ms", 12.5},
                       {"again", true},
                       {"negative", -1L}});
  });
  std::string time = line.substr(0, line.find(','));
  std::replace_if(
      time.begin(), time.end(), [](char c) { return c >= '0' && c <= '9'; }, '9');
  EXPECT_EQ(time, "{\"time\":\"9999-99-99T99:99:99.999Z\"");
  EXPECT_EQ(rest_of(line),
            "{\"level\":\"info\",\"event\":\"mail.sent\",\"text\":\"จังหวัด\",\"count\":3,"
            "\"big\":9223372036854775808,\"took_ms\":12.5,\"again\":true,\"negative\":-1}\n");
}

TEST(Log, LetsNobodyBreakOutOfALine) {
  struct Case {
    std::string text;
    std::string written;
  };
  const std::vector<Case> cases{
      {"a\"b\\c", "a\\\"b\\\\c"},
      {"x\n{\"level\":\"error\"}", "x\\n{\\\"level\\\":\\\"error\\\"}"},
      {std::string("\0\x1b\x7f\t\r", 5), "\\u0000\\u001b\\u007f\\t\\r"},
      {"\xff\xe0\xb8", "\\ufffd\\ufffd\\ufffd"},
      {"\xed\xa0\x80", "\\ufffd\\ufffd\\ufffd"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(rest_of(written_by([&] {
                error("e", {{"k", c.text}});
              })),
              "{\"level\":\"error\",\"event\":\"e\",\"k\":\"" + c.written + "\"}\n");
  }
}

TEST(Log, WritesNumbersThatJsonHasNoWordForAsNull) {
  EXPECT_EQ(rest_of(written_by([] {
              info("e", {{"a", std::numeric_limits<double>::infinity()}, {"b", std::nan("")}});
            })),
            "{\"level\":\"info\",\"event\":\"e\",\"a\":null,\"b\":null}\n");
}

TEST(Log, DoesNotWriteWhatIsNamedASecret) {
  for (const char* key : {"password", "new_password", "csrf_token", "client_secret", "cookie",
                          "set_cookie", "authorization", "otp", "api_key"}) {
    const std::string line = written_by([&] { info("e", {{key, "hunter2"}}); });
    EXPECT_EQ(line.find("hunter2"), std::string::npos) << key;
  }
  EXPECT_NE(written_by([] { info("e", {{"laptop", "mine"}}); }).find("mine"), std::string::npos);
}

TEST(Log, CutsLongTextsAtACharacter) {
  std::string text;
  while (text.size() < 3 * text_bytes_max) text += "ก";
  const std::string line = written_by([&] { info("e", {{"k", text}}); });
  EXPECT_LT(line.size(), text_bytes_max + 200);
  EXPECT_NE(line.find("ก…\"}"), std::string::npos);
}

TEST(Log, WritesNothingBelowItsLevel) {
  set_level(Level::warning);
  EXPECT_FALSE(enabled(Level::info));
  EXPECT_EQ(written_by([] {
              debug("e");
              info("e");
            }),
            "");
  EXPECT_NE(written_by([] { warning("e"); }), "");
  set_level(Level::off);
  EXPECT_EQ(written_by([] { error("e"); }), "");
  set_level(Level::info);
}

TEST(Log, KeepsLinesOfManyThreadsWhole) {
  const std::string all = written_by([] {
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([] {
        const std::string text(500, 'x');
        for (int i = 0; i < 200; ++i) info("e", {{"k", text}});
      });
    }
    for (std::thread& thread : threads) thread.join();
  });
  std::istringstream lines(all);
  int count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    ASSERT_TRUE(line.starts_with("{\"time\":") && line.ends_with("x\"}")) << line;
  }
  EXPECT_EQ(count, 800);
}

}  // namespace
}  // namespace changwat::log
