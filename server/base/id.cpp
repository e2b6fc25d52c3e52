#include "base/id.hpp"

#include <optional>
#include <system_error>

#include <sys/random.h>

namespace changwat {
namespace {
constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

using RandomBits = std::array<std::uint8_t, 10>;

// Adds 1 to 2^32 by the last four bytes of `step`.
void add(RandomBits& bits, const RandomBits& step) {
  unsigned carry = 1;
  for (std::size_t i = bits.size(); i-- > 0;) {
    carry += bits[i] + (i >= bits.size() - 4 ? step[i] : 0u);
    bits[i] = static_cast<std::uint8_t>(carry);
    carry >>= 8;
  }
}
}  // namespace

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

std::string next_id_text(Instant now) {
  thread_local std::optional<Instant> last;
  thread_local RandomBits bits{};
  RandomBits fresh;
  if (getrandom(fresh.data(), fresh.size(), 0) != ssize_t(fresh.size()))
    throw std::system_error(errno, std::generic_category(), "getrandom");
  if (last == now) {
    add(bits, fresh);
  } else {
    fresh[0] &= 0x7f;  // room for 2^47 steps, so that the sum never runs over
    bits = fresh;
    last = now;
  }
  return id_text(now, bits);
}

}  // namespace changwat
