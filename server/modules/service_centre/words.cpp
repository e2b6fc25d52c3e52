#include "modules/service_centre/words.hpp"

#include "base/result.hpp"

namespace changwat::service_centre {
namespace {

constexpr std::string_view alphabet = "23456789ABCDEFGHJKLMNPQRSTUWXYZ";  // 31, a prime
constexpr std::size_t code_random = 14;
constexpr std::size_t code_length = code_random + 1;
static_assert(alphabet.size() == 31);

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string without(std::string_view raw, std::string_view marks) {
  std::string out;
  for (const char c : raw)
    if (marks.find(c) == std::string_view::npos) out += c;
  return out;
}

bool all_digits(std::string_view text) {
  for (const char c : text)
    if (!is_digit(c)) return false;
  return !text.empty();
}

char check_character(std::string_view random) {
  std::size_t sum = 0;
  for (std::size_t i = 0; i < random.size(); ++i) sum += (i + 1) * alphabet.find(random[i]);
  return alphabet[sum % alphabet.size()];
}

std::string grouped(std::string_view plain) {
  return std::string(plain.substr(0, 5)) + '-' + std::string(plain.substr(5, 5)) + '-' +
         std::string(plain.substr(10));
}

}  // namespace

std::optional<CitizenId> CitizenId::parse(std::string_view raw) {
  const auto digits = without(raw, " -");
  if (digits.size() != 13 || !all_digits(digits) || digits[0] == '0') return std::nullopt;
  int sum = 0;
  for (int i = 0; i < 12; ++i) sum += (digits[static_cast<std::size_t>(i)] - '0') * (13 - i);
  if ((11 - sum % 11) % 10 != digits[12] - '0') return std::nullopt;
  CitizenId id;
  id.value_ = digits;
  return id;
}

Word CitizenId::word() {
  return {.name = "CitizenId",
          .format = "",
          .pattern = "^[1-9][0-9 -]{12,20}$",
          .min = 13,
          .max = 21,
          .th = "ต้องเป็นเลขประจำตัวประชาชน 13 หลักที่ถูกต้อง โปรดตรวจเลขอีกครั้ง",
          .en = "must be a national id of 13 digits whose check digit is right"};
}

std::optional<Phone> Phone::parse(std::string_view raw) {
  auto plain = without(raw, " -().");
  const bool abroad = !plain.empty() && plain[0] == '+';
  const auto digits = std::string_view(plain).substr(abroad ? 1 : 0);
  if (!all_digits(digits)) return std::nullopt;
  const bool good = abroad ? digits.size() >= 8 && digits.size() <= 15
                           : digits[0] == '0' && (digits.size() == 9 || digits.size() == 10);
  if (!good) return std::nullopt;
  Phone phone;
  phone.value_ = std::move(plain);
  return phone;
}

Word Phone::word() {
  return {.name = "Phone",
          .format = "",
          .pattern = "^[+0][0-9 ().-]{7,24}$",
          .min = 8,
          .max = 25,
          .th = "ต้องเป็นหมายเลขโทรศัพท์ 9–10 หลักที่ขึ้นต้นด้วย 0 หรือขึ้นต้นด้วย + และรหัสประเทศ",
          .en = "must be a telephone number: 9 or 10 digits from 0 on, or + and the country code"};
}

std::optional<Email> Email::parse(std::string_view raw) {
  const auto at = raw.find('@');
  if (raw.size() > 254 || at == std::string_view::npos || at == 0) return std::nullopt;
  const auto domain = raw.substr(at + 1);
  const auto point = domain.find('.');
  if (point == std::string_view::npos || point == 0 || domain.back() == '.') return std::nullopt;
  for (const char c : raw)
    if (static_cast<unsigned char>(c) <= ' ' || c == '\x7f' || c == '<' || c == '>' || c == '"')
      return std::nullopt;
  if (domain.find('@') != std::string_view::npos) return std::nullopt;
  Email email;
  email.value_ = raw;
  return email;
}

Word Email::word() {
  return {.name = "Email",
          .format = "email",
          .pattern = "",
          .min = 5,
          .max = 254,
          .th = "ต้องเป็นที่อยู่อีเมล",
          .en = "must be an address of electronic mail"};
}

TrackingCode TrackingCode::of_bytes(std::string_view bytes) {
  CHECK(bytes.size() >= 2 * code_random);
  std::string random;
  for (std::size_t i = 0; i < code_random; ++i) {
    const auto high = static_cast<unsigned char>(bytes[2 * i]);
    const auto low = static_cast<unsigned char>(bytes[2 * i + 1]);
    random += alphabet[(std::size_t{high} * 256 + low) % alphabet.size()];
  }
  TrackingCode code;
  code.value_ = grouped(random + check_character(random));
  return code;
}

std::optional<TrackingCode> TrackingCode::parse(std::string_view raw) {
  auto plain = without(raw, " -");
  if (plain.size() != code_length) return std::nullopt;
  for (char& c : plain) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (alphabet.find(c) == std::string_view::npos) return std::nullopt;
  }
  if (check_character(std::string_view(plain).substr(0, code_random)) != plain.back())
    return std::nullopt;
  TrackingCode code;
  code.value_ = grouped(plain);
  return code;
}

Word TrackingCode::word() {
  return {.name = "TrackingCode",
          .format = "",
          .pattern = "^[2-9A-Za-z -]{15,25}$",
          .min = 15,
          .max = 25,
          .th = "ต้องเป็นรหัสติดตาม 15 ตัวอักษร โปรดตรวจว่าพิมพ์ครบและถูกต้อง",
          .en = "must be a tracking code of 15 characters; check that it is typed right"};
}

}  // namespace changwat::service_centre
