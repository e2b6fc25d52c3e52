#pragma once
// What tests read from a printed paper, by the commands of poppler-utils.

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "base/utf8.hpp"

#include "platform/documents/paper.hpp"

namespace changwat::documents::paper::for_tests {

inline const Typeface& typeface() {
  static const Typeface found = [] {
    auto typeface = find_typeface(CHANGWAT_SOURCE_DIR);
    CHECK(typeface.has_value());
    return *typeface;
  }();
  return found;
}

// What a command of poppler-utils says of the paper.
inline std::string told(const std::string& pdf, const std::string& command,
                        const std::string& more = "-") {
  auto name = (std::filesystem::temp_directory_path() / "changwat-paper-XXXXXX").string();
  const int file = mkstemp(name.data());
  CHECK(file >= 0);
  std::fclose(fdopen(file, "wb"));
  std::ofstream(name, std::ios::binary) << pdf;
  auto* pipe = popen((command + " '" + name + "' " + more + " 2>&1").c_str(), "r");
  CHECK(pipe != nullptr);
  std::string out;
  std::array<char, 4096> part;
  while (const auto size = fread(part.data(), 1, part.size(), pipe)) out.append(part.data(), size);
  EXPECT_EQ(pclose(pipe), 0) << out;
  std::filesystem::remove(name);
  return out;
}

// A text without white space and without the marks above and below: readers of PDFs put those
// before or behind their consonant.
inline std::string squeezed(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto c = utf8::next(text);
    CHECK(c.has_value());
    const bool mark = *c == 0xE31 || (*c >= 0xE34 && *c <= 0xE3A) || (*c >= 0xE47 && *c <= 0xE4E);
    if (!mark && *c != ' ' && *c != '\n' && *c != '\f' && *c != 0xA0) utf8::append(out, *c);
  }
  return out;
}
inline std::string text_of(const std::string& pdf, const std::string& pages = "") {
  return squeezed(told(pdf, "pdftotext -enc UTF-8 " + pages));
}

}  // namespace changwat::documents::paper::for_tests
