#pragma once
// Numbers about the running program, in the text format that Prometheus collects (version 0.0.4).
//
// A module asks the registry for its instruments once, at composition, and keeps the references;
// they live as long as the registry. Counting is lock-free and may be done on any thread;
// registering and exposition() take a lock. Names follow Prometheus: snake_case, units last,
// counters end in _total. Label values come from fixed sets (a route, a status class), never from
// what a client sends: each new combination is a new series for ever.

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace changwat::log {

class Counter {
 public:
  void add(std::uint64_t count = 1) { value_.fetch_add(count, std::memory_order_relaxed); }
  std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_{0};
};

class Gauge {
 public:
  void set(double value) { value_.store(value, std::memory_order_relaxed); }
  void add(double difference) { value_.fetch_add(difference, std::memory_order_relaxed); }
  double value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<double> value_{0};
};

class Histogram {
 public:
  // `bounds`: the upper bounds of the buckets, inclusive, strictly rising, finite; one more bucket
  // takes the rest. Throws std::invalid_argument otherwise.
  explicit Histogram(std::vector<double> bounds);

  void observe(double value);

  const std::vector<double>& bounds() const { return bounds_; }
  // Of each bucket by itself, the last one being the rest. Observations under way may be missing
  // from one number and not from another.
  std::vector<std::uint64_t> counts() const;
  double sum() const { return sum_.load(std::memory_order_relaxed); }

 private:
  const std::vector<double> bounds_;
  const std::unique_ptr<std::atomic<std::uint64_t>[]> counts_;
  std::atomic<double> sum_{0};
};

// 0.5 ms to 10 s, for answers and queries.
std::vector<double> seconds_buckets();

class Metrics {
 public:
  using Labels = std::vector<std::pair<std::string, std::string>>;

  // The same name and labels give the same instrument. std::logic_error if the name is not one, or
  // already belongs to another kind: that is a bug, and found when the program starts.
  Counter& counter(std::string_view name, std::string_view help, Labels labels = {});
  Gauge& gauge(std::string_view name, std::string_view help, Labels labels = {});
  Histogram& histogram(std::string_view name, std::string_view help, std::vector<double> bounds,
                       Labels labels = {});

  // Values that something else counts already; `read` is called by exposition(), thread-safe.
  void sampled_counter(std::string_view name, std::string_view help, std::function<double()> read,
                       Labels labels = {});
  void sampled_gauge(std::string_view name, std::string_view help, std::function<double()> read,
                     Labels labels = {});

  static constexpr std::string_view content_type = "text/plain; version=0.0.4; charset=utf-8";
  std::string exposition() const;

 private:
  enum class Kind { counter, gauge, histogram };
  struct Series {
    std::unique_ptr<Counter> counter;
    std::unique_ptr<Gauge> gauge;
    std::unique_ptr<Histogram> histogram;
    std::function<double()> read;
  };
  struct Family {
    Kind kind;
    std::string help;
    std::map<std::string, Series> series;  // by its labels as they are written
  };

  Series& series(std::string_view name, std::string_view help, Kind kind, const Labels& labels);
  static void append_histogram(std::string& out, const std::string& name, const std::string& labels,
                               const Histogram& histogram);

  mutable std::mutex mutex_;
  std::map<std::string, Family, std::less<>> families_;
};

}  // namespace changwat::log
