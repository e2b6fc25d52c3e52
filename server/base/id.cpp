#include "base/id.hpp"

#include <sys/random.h>

#include <system_error>

namespace changwat {
namespace {
constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
}

bool is_id_text(std::string_view raw) {
  if (raw.size() != 26 || raw[0] > '7') return false;
  return raw.find_first_not_of(alphabet) == raw.npos;
}

std::string id_text(Instant now, const std::array<std::uint8_t, 10>& random) {
  std::array<std::uint8_t, 16> bytes;
  const auto ms = static_cast<std::uint64_t>(now.unix_ms());
  for (int i = 0; i < 6; ++i) bytes[std::size_t(i)] = static_cast<std::uint8_t>(ms >> (40 - 8 * i));
  for (std::size_t i = 0; i < 10; ++i) bytes[6 + i] = random[i];
  std::string out(26, '0');
  // 128 bits right-aligned in 26 characters of 5 bits (130): two zero bits lead.
  for (int position = 25; position >= 0; --position) {
    unsigned value = 0;
    for (int bit = 0; bit < 5; ++bit) {
      const int index = (25 - position) * 5 + bit;  // from the least significant
      if (index < 128 && (bytes[std::size_t(15 - index / 8)] >> (index % 8) & 1)) value |= 1u << bit;
    }
    out[std::size_t(position)] = alphabet[value];
  }
  return out;
}

std::array<std::uint8_t, 10> random_id_bytes() {
  std::array<std::uint8_t, 10> bytes;
  if (getrandom(bytes.data(), bytes.size(), 0) != ssize_t(bytes.size()))
    throw std::system_error(errno, std::generic_category(), "getrandom");
  return bytes;
}

}  // namespace changwat
