#pragma once
// The small pieces every byte format of the ledger is made of: length-prefixed bytes, hexadecimal,
// and instants in their one spelling. docs/ledger-format.md describes them to outsiders.
//
// Pure functions; any thread.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace changwat::ledger {

using Bytes = std::span<const std::uint8_t>;

inline std::string_view as_text(Bytes bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
inline Bytes as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

// Builds an unambiguous byte string: integers are big-endian, and every run of bytes is preceded by
// its length, so that no two different lists of fields have the same bytes.
class ByteWriter {
 public:
  explicit ByteWriter(std::string& out) : out_(out) {}

  void byte(std::uint8_t value) { out_.push_back(static_cast<char>(value)); }
  void uint32(std::uint32_t value) { big_endian<4>(value); }
  void uint64(std::uint64_t value) { big_endian<8>(value); }
  void text(std::string_view value);                            // length (4 bytes), then the bytes
  void optional_text(const std::optional<std::string>& value);  // 0, or 1 and the text

 private:
  template <int width>
  void big_endian(std::uint64_t value) {
    char bytes[width];
    for (int i = 0; i < width; ++i) bytes[i] = static_cast<char>(value >> (8 * (width - 1 - i)));
    out_.append(bytes, width);
  }
  std::string& out_;
};

std::string to_hex(Bytes bytes);                 // lower case
void append_hex(std::string& out, Bytes bytes);  // lower case
// Exactly out.size() bytes in lower case; upper case is refused, because a value has one spelling.
bool from_hex(std::string_view hex, std::span<std::uint8_t> out);

// Milliseconds since 1970 of "2021-03-12T09:59:59.000Z", years 1970 to 9999; nothing if it is
// spelled in any other way or names no real instant. There are no leap seconds in it. (Instant in
// base/time.hpp reads several spellings of one instant; a ledger may hold only one.)
std::optional<std::int64_t> parse_instant_ms(std::string_view text);

}  // namespace changwat::ledger
