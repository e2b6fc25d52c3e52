#include "platform/documents/encoding.hpp"

#include <algorithm>
#include <array>

#include "base/utf8.hpp"

namespace changwat::documents {
namespace {

constexpr char32_t unassigned = 0;

// Windows code page 874 above 0x7F. Source: the mapping table published by the Unicode Consortium.
char32_t windows_874(unsigned char byte) {
  if (byte < 0x80) return byte;
  if ((byte >= 0xA1 && byte <= 0xDA) || (byte >= 0xDF && byte <= 0xFB)) {
    return 0x0E01 + (byte - 0xA1u);
  }
  switch (byte) {
    case 0x80:
      return 0x20AC;
    case 0x85:
      return 0x2026;
    case 0x91:
      return 0x2018;
    case 0x92:
      return 0x2019;
    case 0x93:
      return 0x201C;
    case 0x94:
      return 0x201D;
    case 0x95:
      return 0x2022;
    case 0x96:
      return 0x2013;
    case 0x97:
      return 0x2014;
    case 0xA0:
      return 0x00A0;
    default:
      return unassigned;
  }
}

bool thai_letter_or_mark(char32_t c) {
  return c >= 0x0E01 && c <= 0x0E4E;
}

// Thai read as something else puts marks where none can stand; so does something else read as Thai.
bool reads_as_thai(std::string_view bytes) {
  std::size_t marks = 0;
  std::size_t misplaced = 0;
  char32_t before = 0;
  for (const char byte : bytes) {
    const char32_t c = windows_874(static_cast<unsigned char>(byte));
    if (c == unassigned) return false;
    if (combining(c)) {
      ++marks;
      misplaced += !thai_letter_or_mark(before);
    }
    before = c;
  }
  return misplaced * 10 <= marks;
}

// Share of bytes above 0x7F that stand in well-formed UTF-8: broken UTF-8 has most of them.
bool mostly_utf8(std::string_view bytes) {
  std::size_t good = 0;
  std::size_t bad = 0;
  while (!bytes.empty()) {
    const std::size_t before = bytes.size();
    const auto c = utf8::next(bytes);
    if (!c) {
      ++bad;
      bytes.remove_prefix(1);
    } else if (*c >= 0x80) {
      good += before - bytes.size();
    }
  }
  return good > bad;
}

struct Place {
  std::size_t line = 1;
  std::size_t column = 1;
};

Place first_bad_byte(std::string_view bytes) {
  Place place;
  while (!bytes.empty()) {
    const auto c = utf8::next(bytes);
    if (!c) break;
    ++place.column;
    if (*c == U'\n') place = {place.line + 1, 1};
  }
  return place;
}

Problem not_utf8(std::string_view bytes) {
  const Place place = first_bad_byte(bytes);
  const std::string line = std::to_string(place.line);
  const std::string column = std::to_string(place.column);
  return {unreadable_document,
          "บรรทัด " + line + " ตัวอักษรที่ " + column + " ไม่ใช่ UTF-8 ที่ถูกต้อง โปรดบันทึกเป็น CSV UTF-8",
          "Line " + line + ", character " + column + " is not valid UTF-8. Save as CSV UTF-8."};
}

std::string from_windows_874(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const char byte : bytes) utf8::append(out, windows_874(static_cast<unsigned char>(byte)));
  return out;
}

Problem broken_utf16() {
  return {unreadable_document, "แฟ้ม UTF-16 เสียหาย โปรดบันทึกเป็น CSV UTF-8",
          "The UTF-16 file is damaged. Save as CSV UTF-8."};
}

Result<std::string> from_utf16(std::string_view bytes, bool little_endian) {
  if (bytes.size() % 2 != 0) return broken_utf16();
  const auto unit = [&](std::size_t i) -> char32_t {
    const auto first = static_cast<unsigned char>(bytes[i]);
    const auto second = static_cast<unsigned char>(bytes[i + 1]);
    return little_endian ? first | second << 8 : first << 8 | second;
  };
  const auto high = [](char32_t u) { return u >= 0xD800 && u <= 0xDBFF; };
  const auto low = [](char32_t u) { return u >= 0xDC00 && u <= 0xDFFF; };
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 2) {
    char32_t c = unit(i);
    if (low(c)) return broken_utf16();
    if (high(c)) {
      i += 2;
      if (i >= bytes.size() || !low(unit(i))) return broken_utf16();
      c = 0x10000 + ((c - 0xD800) << 10) + (unit(i) - 0xDC00);
    }
    utf8::append(out, c);
  }
  return out;
}

DecodedText converted(Encoding encoding, std::string text) {
  DecodedText decoded;
  decoded.encoding = encoding;
  decoded.converted = std::move(text);
  decoded.is_converted = true;
  return decoded;
}

}  // namespace

bool combining(char32_t c) {
  return c == 0x0E31 || (c >= 0x0E34 && c <= 0x0E3A) || (c >= 0x0E47 && c <= 0x0E4E) ||
         (c >= 0x0300 && c <= 0x036F) || (c >= 0x200B && c <= 0x200F) || c == 0xFEFF;
}

Result<DecodedText> decode_text(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE")) {
    return converted(Encoding::utf16, TRY(from_utf16(bytes.substr(2), true)));
  }
  if (bytes.starts_with("\xFE\xFF")) {
    return converted(Encoding::utf16, TRY(from_utf16(bytes.substr(2), false)));
  }
  const bool marked = bytes.starts_with("\xEF\xBB\xBF");
  if (marked) bytes.remove_prefix(3);
  if (utf8::valid(bytes)) {
    DecodedText decoded;
    decoded.untouched = bytes;
    return decoded;
  }
  if (marked || mostly_utf8(bytes) || !reads_as_thai(bytes)) return not_utf8(bytes);
  return converted(Encoding::windows_874, from_windows_874(bytes));
}

}  // namespace changwat::documents
