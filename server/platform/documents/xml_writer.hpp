#pragma once
// XML out: elements and texts, escaped, UTF-8, without attributes and namespaces. Pure.
//
// Source: XML 1.0, fifth edition. Characters that XML cannot hold (most control characters) are
// left out; text is trusted to be UTF-8.

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace changwat::documents {

class XmlWriter {
 public:
  void open(std::string_view name) {
    out_.append("<").append(name).append(">");
    open_.emplace_back(name);
  }
  void close() {
    CHECK(!open_.empty());
    out_.append("</").append(open_.back()).append(">");
    open_.pop_back();
  }
  void element(std::string_view name, std::string_view text) {
    if (text.empty()) {
      out_.append("<").append(name).append("/>");
      return;
    }
    open(name);
    put(text);
    close();
  }
  std::string finish() {
    CHECK(open_.empty());
    return std::move(out_) + "\n";
  }

 private:
  void put(std::string_view text) {
    while (!text.empty()) {
      // U+FFFE and U+FFFF, which are no characters.
      if (text.starts_with("\xEF\xBF\xBE") || text.starts_with("\xEF\xBF\xBF")) {
        text.remove_prefix(3);
        continue;
      }
      put(text.front());
      text.remove_prefix(1);
    }
  }
  void put(char c) {
    if (c == '&')
      out_ += "&amp;";
    else if (c == '<')
      out_ += "&lt;";
    else if (c == '>')
      out_ += "&gt;";
    else if (static_cast<unsigned char>(c) >= 0x20 || c == '\t' || c == '\n')
      out_ += c;
  }

  std::string out_ = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  std::vector<std::string> open_;
};

}  // namespace changwat::documents
