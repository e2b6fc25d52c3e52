#include "platform/log/metrics.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <stdexcept>

namespace changwat::log {
namespace {

template <class Number>
std::string text_of(Number number) {
  std::array<char, 40> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  return {digits.data(), end};
}

std::string value_text(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
  return text_of(value);
}

bool is_name(std::string_view name) {
  const auto is_letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  return !name.empty() && is_letter(name.front()) &&
         std::all_of(name.begin(), name.end(),
                     [&](char c) { return is_letter(c) || (c >= '0' && c <= '9'); });
}

std::string escaped(std::string_view text, bool quotes) {
  std::string out;
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\\' || (quotes && c == '"')) {
      out += '\\';
      out += c;
    } else {
      out += c;
    }
  }
  return out;
}

// `a="1",b="2"`, in order of the names, so that equal labels are equal texts.
std::string labels_text(Metrics::Labels labels) {
  std::sort(labels.begin(), labels.end());
  std::string out;
  for (const auto& [name, value] : labels) {
    if (!is_name(name) || name == "le") throw std::logic_error("not a label name: " + name);
    if (!out.empty()) out += ',';
    out += name + "=\"" + escaped(value, true) + '"';
  }
  return out;
}

void append_sample(std::string& out, std::string_view name, std::string_view labels,
                   std::string_view value) {
  out += name;
  if (!labels.empty()) {
    out += '{';
    out += labels;
    out += '}';
  }
  out += ' ';
  out += value;
  out += '\n';
}

}  // namespace

Histogram::Histogram(std::vector<double> bounds)
    : bounds_(std::move(bounds)),
      counts_(std::make_unique<std::atomic<std::uint64_t>[]>(bounds_.size() + 1)) {
  const bool rising =
      std::adjacent_find(bounds_.begin(), bounds_.end(), std::greater_equal<>()) == bounds_.end();
  const bool finite =
      std::all_of(bounds_.begin(), bounds_.end(), [](double b) { return std::isfinite(b); });
  if (!rising || !finite) throw std::invalid_argument("histogram bounds must be finite and rise");
}

void Histogram::observe(double value) {
  const auto bucket = std::lower_bound(bounds_.begin(), bounds_.end(), value) - bounds_.begin();
  counts_[static_cast<std::size_t>(bucket)].fetch_add(1, std::memory_order_relaxed);
  sum_.fetch_add(value, std::memory_order_relaxed);
}

std::vector<std::uint64_t> Histogram::counts() const {
  std::vector<std::uint64_t> counts(bounds_.size() + 1);
  for (std::size_t i = 0; i < counts.size(); ++i) {
    counts[i] = counts_[i].load(std::memory_order_relaxed);
  }
  return counts;
}

std::vector<double> seconds_buckets() {
  return {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
}

Metrics::Series& Metrics::series(std::string_view name, std::string_view help, Kind kind,
                                 const Labels& labels) {
  if (!is_name(name)) throw std::logic_error("not a metric name: " + std::string(name));
  const auto [family, added] =
      families_.try_emplace(std::string(name), Family{kind, std::string(help), {}});
  if (family->second.kind != kind) {
    throw std::logic_error("a metric of another kind has this name: " + std::string(name));
  }
  return family->second.series[labels_text(labels)];
}

Counter& Metrics::counter(std::string_view name, std::string_view help, Labels labels) {
  const std::lock_guard lock(mutex_);
  Series& found = series(name, help, Kind::counter, labels);
  if (!found.counter) found.counter = std::make_unique<Counter>();
  return *found.counter;
}

Gauge& Metrics::gauge(std::string_view name, std::string_view help, Labels labels) {
  const std::lock_guard lock(mutex_);
  Series& found = series(name, help, Kind::gauge, labels);
  if (!found.gauge) found.gauge = std::make_unique<Gauge>();
  return *found.gauge;
}

Histogram& Metrics::histogram(std::string_view name, std::string_view help,
                              std::vector<double> bounds, Labels labels) {
  const std::lock_guard lock(mutex_);
  Series& found = series(name, help, Kind::histogram, labels);
  if (!found.histogram) found.histogram = std::make_unique<Histogram>(std::move(bounds));
  return *found.histogram;
}

void Metrics::sampled_counter(std::string_view name, std::string_view help,
                              std::function<double()> read, Labels labels) {
  const std::lock_guard lock(mutex_);
  series(name, help, Kind::counter, labels).read = std::move(read);
}

void Metrics::sampled_gauge(std::string_view name, std::string_view help,
                            std::function<double()> read, Labels labels) {
  const std::lock_guard lock(mutex_);
  series(name, help, Kind::gauge, labels).read = std::move(read);
}

void Metrics::append_histogram(std::string& out, const std::string& name, const std::string& labels,
                               const Histogram& histogram) {
  const std::vector<std::uint64_t> counts = histogram.counts();
  const std::string before = labels.empty() ? "" : labels + ",";
  std::uint64_t so_far = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    so_far += counts[i];
    const std::string bound =
        i < histogram.bounds().size() ? value_text(histogram.bounds()[i]) : "+Inf";
    append_sample(out, name + "_bucket", before + "le=\"" + bound + '"', text_of(so_far));
  }
  append_sample(out, name + "_sum", labels, value_text(histogram.sum()));
  append_sample(out, name + "_count", labels, text_of(so_far));
}

std::string Metrics::exposition() const {
  static constexpr std::array<std::string_view, 3> kinds{"counter", "gauge", "histogram"};
  const std::lock_guard lock(mutex_);
  std::string out;
  for (const auto& [name, family] : families_) {
    out += "# HELP " + name + ' ' + escaped(family.help, false) + '\n';
    out +=
        "# TYPE " + name + ' ' + std::string(kinds[static_cast<std::size_t>(family.kind)]) + '\n';
    for (const auto& [labels, series] : family.series) {
      if (series.read) {
        append_sample(out, name, labels, value_text(series.read()));
      } else if (series.counter) {
        append_sample(out, name, labels, text_of(series.counter->value()));
      } else if (series.gauge) {
        append_sample(out, name, labels, value_text(series.gauge->value()));
      } else if (series.histogram) {
        append_histogram(out, name, labels, *series.histogram);
      }
    }
  }
  return out;
}

}  // namespace changwat::log
