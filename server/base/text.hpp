#pragma once
// Text<Min, Max>: what a person wrote, between Min and Max code points after trimming.
//
// Parsing trims white space at both ends and refuses malformed UTF-8 and control characters other
// than line feed and tab (a carriage return before a line feed is dropped), so that no later reader
// has to think of them. Optional<Text> for what may be left empty.

#include <optional>
#include <string>
#include <string_view>

#include "base/word.hpp"

namespace changwat {

// Trimmed and cleaned, or nullopt if malformed or outside [min, max] code points.
std::optional<std::string> clean_text(std::string_view raw, std::size_t min, std::size_t max);
Word text_word(std::size_t min, std::size_t max);

template <std::size_t Min, std::size_t Max>
class Text {
  static_assert(Max >= Min && Max <= 100'000);

 public:
  Text() = default;
  static std::optional<Text> parse(std::string_view raw) {
    auto clean = clean_text(raw, Min, Max);
    if (!clean) return std::nullopt;
    return Text(std::move(*clean));
  }
  static Word word() { return text_word(Min, Max); }

  const std::string& text() const { return value_; }
  operator std::string_view() const { return value_; }  // NOLINT: a text is readable as such
  bool empty() const { return value_.empty(); }
  friend bool operator==(const Text&, const Text&) = default;

 private:
  explicit Text(std::string clean) : value_(std::move(clean)) {}
  std::string value_;
};

// A short stable name made of lower-case letters, digits and _ . - : keys, codes, roles.
class Key {
 public:
  Key() = default;
  static std::optional<Key> parse(std::string_view raw);
  static Word word();
  const std::string& text() const { return value_; }
  operator std::string_view() const { return value_; }  // NOLINT
  friend auto operator<=>(const Key&, const Key&) = default;

 private:
  std::string value_;
};

}  // namespace changwat
