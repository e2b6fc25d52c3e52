#pragma once
// UTF-8: strict decoding and counting. Pure; any thread.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace changwat::utf8 {

// One code point from the front of `rest`, which is advanced; nullopt if malformed (overlong,
// surrogate, beyond U+10FFFF, cut short). Source: Unicode 15, table 3-7.
std::optional<char32_t> next(std::string_view& rest);

bool valid(std::string_view text);

// Number of code points; nullopt if malformed.
std::optional<std::size_t> length(std::string_view text);

void append(std::string& out, char32_t code_point);

}  // namespace changwat::utf8
