#include "base/text.hpp"

#include "base/utf8.hpp"

namespace changwat {
namespace {

bool is_space(char32_t c) {
  return c == ' ' || c == '\n' || c == '\t' || c == 0xA0 || c == 0xFEFF;
}

// Also U+FFFE and U+FFFF, which no XML may hold: a sheet or an answer with one could not be opened.
bool is_control(char32_t c) {
  return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0) || c == 0xFFFE ||
         c == 0xFFFF;
}

}  // namespace

std::optional<std::string> clean_text(std::string_view raw, std::size_t min, std::size_t max) {
  if (raw.size() > 4 * max + 1024) return std::nullopt;  // before any work is spent on it
  std::string out;
  out.reserve(raw.size());
  std::size_t kept = 0;  // code points up to the last that is not a space
  std::size_t kept_bytes = 0;
  std::size_t count = 0;
  while (!raw.empty()) {
    const auto c = utf8::next(raw);
    if (!c) return std::nullopt;
    if (*c == '\r' && raw.starts_with('\n')) continue;
    if (is_control(*c)) return std::nullopt;
    if (out.empty() && is_space(*c)) continue;
    utf8::append(out, *c);
    ++count;
    if (!is_space(*c)) {
      kept = count;
      kept_bytes = out.size();
    }
  }
  out.resize(kept_bytes);
  if (kept < min || kept > max) return std::nullopt;
  return out;
}

Word text_word(std::size_t min, std::size_t max) {
  const auto range = std::to_string(min) + "–" + std::to_string(max);
  Word word;
  word.min = static_cast<std::int64_t>(min);
  word.max = static_cast<std::int64_t>(max);
  word.th = "ต้องเป็นข้อความยาว " + range + " ตัวอักษร";
  word.en = "must be text of " + range + " characters";
  return word;
}

std::optional<Key> Key::parse(std::string_view raw) {
  if (raw.empty() || raw.size() > 64) return std::nullopt;
  for (const char c : raw) {
    const bool good =
        (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
    if (!good) return std::nullopt;
  }
  Key key;
  key.value_ = raw;
  return key;
}

Word Key::word() {
  return {.name = "Key",
          .format = "",
          .pattern = "^[a-z0-9_.-]{1,64}$",
          .min = 1,
          .max = 64,
          .th = "ต้องเป็นรหัสตัวอักษรอังกฤษเล็ก ตัวเลข หรือ _ . - ไม่เกิน 64 ตัว",
          .en = "must be a key of at most 64 lower-case letters, digits, _ . -"};
}

}  // namespace changwat
