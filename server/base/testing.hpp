#pragma once
// For tests everywhere: files of the checkout, and words that must be right.

#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace changwat {

// The whole file, by its path from the top of the checkout.
inline std::string file_text(const std::string& path) {
  std::ifstream in(std::string(CHANGWAT_SOURCE_DIR) + "/" + path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

template <class T>
T word(std::string_view text) {
  const auto parsed = T::parse(text);
  EXPECT_TRUE(parsed.has_value()) << text;
  return parsed.value_or(T{});
}

}  // namespace changwat
