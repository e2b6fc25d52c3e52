#include "base/id.hpp"

#include <system_error>

#include <sys/random.h>

namespace changwat {
namespace {
constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
}

bool is_id_text(std::string_view raw) {
  if (raw.size() != 26 || raw[0] > '7') return false;
  return raw.find_first_not_of(alphabet) == raw.npos;
}

std::string id_text(Instant now, const std::array<std::uint8_t, 10>& random) {
  auto high =
      static_cast<std::uint64_t>(now.unix_ms()) << 16 | std::uint64_t{random[0]} << 8 | random[1];
  std::uint64_t low = 0;
  for (std::size_t i = 2; i < random.size(); ++i) low = low << 8 | random[i];
  std::string out(26, '0');
  // 128 bits right-aligned in 26 characters of 5 bits (130): two zero bits lead.
  for (auto at = out.rbegin(); at != out.rend(); ++at) {
    *at = alphabet[low & 31];
    low = low >> 5 | high << 59;
    high >>= 5;
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
