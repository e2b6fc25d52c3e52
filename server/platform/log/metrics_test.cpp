#include "platform/log/metrics.hpp"

#include <cmath>
#include <stdexcept>
#include <thread>

#include <gtest/gtest.h>

namespace changwat::log {
namespace {

TEST(Metrics, WritesWhatPrometheusReads) {
  Metrics metrics;
  metrics
      .counter("http_requests_total", "Requests answered", {{"status", "2xx"}, {"method", "GET"}})
      .add(3);
  metrics
      .counter("http_requests_total", "Requests answered", {{"status", "5xx"}, {"method", "GET"}})
      .add();
  metrics.gauge("queue_jobs", "Jobs waiting").set(2.5);
  Histogram& seconds = metrics.histogram("act_seconds", "Time of an act", {0.1, 1});
  for (const double value : {0.05, 0.1, 0.5, 7.0}) seconds.observe(value);
  metrics.sampled_gauge("sessions", "Open sessions", [] { return 42.0; });
  EXPECT_EQ(metrics.exposition(),
            "# HELP act_seconds Time of an act\n"
            "# TYPE act_seconds histogram\n"
            "act_seconds_bucket{le=\"0.1\"} 2\n"
            "act_seconds_bucket{le=\"1\"} 3\n"
            "act_seconds_bucket{le=\"+Inf\"} 4\n"
            "act_seconds_sum 7.65\n"
            "act_seconds_count 4\n"
            "# HELP http_requests_total Requests answered\n"
            "# TYPE http_requests_total counter\n"
            "http_requests_total{method=\"GET\",status=\"2xx\"} 3\n"
            "http_requests_total{method=\"GET\",status=\"5xx\"} 1\n"
            "# HELP queue_jobs Jobs waiting\n"
            "# TYPE queue_jobs gauge\n"
            "queue_jobs 2.5\n"
            "# HELP sessions Open sessions\n"
            "# TYPE sessions gauge\n"
            "sessions 42\n");
}

TEST(Metrics, GivesTheSameInstrumentForTheSameNameAndLabelsInAnyOrder) {
  Metrics metrics;
  Counter& one = metrics.counter("a_total", "", {{"x", "1"}, {"y", "2"}});
  EXPECT_EQ(&one, &metrics.counter("a_total", "", {{"y", "2"}, {"x", "1"}}));
  EXPECT_NE(&one, &metrics.counter("a_total", "", {{"x", "1"}}));
}

TEST(Metrics, EscapesWhatWouldBreakALine) {
  Metrics metrics;
  metrics.counter("a_total", "two\nlines \\ \"x\"", {{"path", "a\"b\\c\nd"}}).add();
  EXPECT_EQ(metrics.exposition(),
            "# HELP a_total two\\nlines \\\\ \"x\"\n# TYPE a_total counter\n"
            "a_total{path=\"a\\\"b\\\\c\\nd\"} 1\n");
}

TEST(Metrics, RefusesWhatIsABug) {
  Metrics metrics;
  metrics.counter("a_total", "");
  EXPECT_THROW(metrics.gauge("a_total", ""), std::logic_error);
  for (const char* name : {"", "1a", "a-b", "a b", "ก"}) {
    EXPECT_THROW(metrics.counter(name, ""), std::logic_error) << name;
  }
  EXPECT_THROW(metrics.counter("b_total", "", {{"le", "1"}}), std::logic_error);
  EXPECT_THROW(Histogram({1, 1}), std::invalid_argument);
  EXPECT_THROW(Histogram({2, 1}), std::invalid_argument);
  EXPECT_THROW(Histogram({1, INFINITY}), std::invalid_argument);
}

TEST(Metrics, LosesNoCountAmongThreads) {
  Metrics metrics;
  Counter& counter = metrics.counter("a_total", "");
  Histogram& histogram = metrics.histogram("b_seconds", "", seconds_buckets());
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 10'000; ++i) {
        counter.add();
        histogram.observe(1);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(counter.value(), 40'000u);
  EXPECT_EQ(histogram.sum(), 40'000.0);
  EXPECT_NE(metrics.exposition().find("b_seconds_count 40000\n"), std::string::npos);
}

}  // namespace
}  // namespace changwat::log
