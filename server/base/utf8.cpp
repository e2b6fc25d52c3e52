#include "base/utf8.hpp"

namespace changwat::utf8 {

std::optional<char32_t> next(std::string_view& rest) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(rest[i]); };
  const auto tail = [&](std::size_t i) { return i < rest.size() && (byte(i) & 0xC0) == 0x80; };
  if (rest.empty()) return std::nullopt;
  const unsigned char lead = byte(0);
  if (lead < 0x80) {
    rest.remove_prefix(1);
    return lead;
  }
  if (lead >= 0xC2 && lead <= 0xDF && tail(1)) {
    const char32_t c = (lead & 0x1Fu) << 6 | (byte(1) & 0x3Fu);
    rest.remove_prefix(2);
    return c;
  }
  if ((lead & 0xF0) == 0xE0 && tail(1) && tail(2)) {
    const char32_t c = (lead & 0x0Fu) << 12 | (byte(1) & 0x3Fu) << 6 | (byte(2) & 0x3Fu);
    if (c < 0x800 || (c >= 0xD800 && c <= 0xDFFF)) return std::nullopt;
    rest.remove_prefix(3);
    return c;
  }
  if (lead >= 0xF0 && lead <= 0xF4 && tail(1) && tail(2) && tail(3)) {
    const char32_t c =
        (lead & 0x07u) << 18 | (byte(1) & 0x3Fu) << 12 | (byte(2) & 0x3Fu) << 6 | (byte(3) & 0x3Fu);
    if (c < 0x10000 || c > 0x10FFFF) return std::nullopt;
    rest.remove_prefix(4);
    return c;
  }
  return std::nullopt;
}

std::optional<std::size_t> length(std::string_view text) {
  std::size_t count = 0;
  while (!text.empty()) {
    if (!next(text)) return std::nullopt;
    ++count;
  }
  return count;
}

bool valid(std::string_view text) {
  return length(text).has_value();
}

void append(std::string& out, char32_t c) {
  const auto put = [&](char32_t byte) { out += static_cast<char>(byte); };
  if (c < 0x80) return put(c);
  if (c < 0x800) {
    put(0xC0 | c >> 6);
  } else if (c < 0x10000) {
    put(0xE0 | c >> 12);
    put(0x80 | (c >> 6 & 0x3F));
  } else {
    put(0xF0 | c >> 18);
    put(0x80 | (c >> 12 & 0x3F));
    put(0x80 | (c >> 6 & 0x3F));
  }
  put(0x80 | (c & 0x3F));
}

}  // namespace changwat::utf8
