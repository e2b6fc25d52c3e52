#pragma once
// Id<Tag>: the name of a record, 26 characters of Crockford's base 32: 48 bits of milliseconds and
// 80 random bits, so that ids sort by age and can be made without asking anybody (off line too).
// Those that one thread makes in one millisecond rise too (the ULID specification's monotonicity,
// with steps that nobody can guess): rows of one act keep the order in which they were written.
// Ids of different kinds do not mix: the tag keeps them apart.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "base/word.hpp"

namespace changwat {

bool is_id_text(std::string_view raw);
std::string id_text(Instant now, const std::array<std::uint8_t, 10>& random);
std::string next_id_text(Instant now);  // random from the system's generator; any thread

template <class Tag>
class Id {
 public:
  Id() = default;
  static Id make(Instant now) { return Id(next_id_text(now)); }
  static std::optional<Id> parse(std::string_view raw) {
    if (!is_id_text(raw)) return std::nullopt;
    return Id(std::string(raw));
  }
  static Word word() {
    return {.name = "Id",
            .format = "",
            .pattern = "^[0-7][0-9A-HJKMNP-TV-Z]{25}$",
            .min = 26,
            .max = 26,
            .th = "ต้องเป็นรหัสรายการ 26 ตัวอักษร",
            .en = "must be a record id of 26 characters"};
  }
  const std::string& text() const { return value_; }
  operator std::string_view() const { return value_; }  // NOLINT
  bool empty() const { return value_.empty(); }
  friend auto operator<=>(const Id&, const Id&) = default;

 private:
  explicit Id(std::string text) : value_(std::move(text)) {}
  std::string value_;
};

}  // namespace changwat
