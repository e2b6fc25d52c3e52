#pragma once
// What the programs of bench/ share. Each takes `--folder DIR --rounds N --seconds S` and prints
// one JSON object a round, {"ours": …, "theirs": …} and what else is worth knowing; bench/run takes
// the medians. A round measures both sides, one directly after the other, so that a change of the
// machine's mood meets both.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <initializer_list>
#include <string_view>
#include <utility>
#include <vector>

namespace changwat::bench {

struct Options {
  std::filesystem::path folder = ".";  // on the disk that is measured
  int rounds = 5;
  double seconds = 2;  // of one side in one round, where time decides
};

inline Options read_options(int count, char** words) {
  Options options;
  for (int i = 1; i + 1 < count; i += 2) {
    const std::string_view name = words[i];
    if (name == "--folder") options.folder = words[i + 1];
    if (name == "--rounds") options.rounds = std::atoi(words[i + 1]);
    if (name == "--seconds") options.seconds = std::atof(words[i + 1]);
  }
  return options;
}

class Stopwatch {
 public:
  double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun_).count();
  }

 private:
  std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
};

// The value below which the share `q` of all values lies; 0.5 is the median.
inline double quantile(std::vector<double> values, double q) {
  const auto at = static_cast<std::size_t>(q * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(at), values.end());
  return values[at];
}

inline void print_round(std::initializer_list<std::pair<const char*, double>> figures) {
  const char* before = "{";
  for (const auto& [name, figure] : figures) {
    std::printf("%s\"%s\": %.6g", before, name, figure);
    before = ", ";
  }
  std::printf("}\n");
  std::fflush(stdout);
}

}  // namespace changwat::bench
