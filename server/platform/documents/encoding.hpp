#pragma once
// What bytes a text file is made of, and the same as UTF-8. Pure; any thread.
//
// UTF-8 is taken strictly. A file that is not UTF-8 is Windows-874 (TIS-620 with a few marks) only
// if it reads as Thai: every byte is assigned and combining marks stand on letters. UTF-16 needs
// its byte order mark. Anything else is refused with the line and column of the first bad byte.

#include <optional>
#include <string>
#include <string_view>

#include "platform/documents/sheet.hpp"

namespace changwat::documents {

struct DecodedText {
  Encoding encoding = Encoding::utf8;
  std::string converted;  // empty for UTF-8: then `text` is a part of what was given
  bool is_converted = false;
  std::string_view untouched;

  std::string_view text() const { return is_converted ? std::string_view(converted) : untouched; }
};

Result<DecodedText> decode_text(std::string_view bytes);

// A Thai mark above or below, or another character without a width of its own.
bool combining(char32_t code_point);

}  // namespace changwat::documents
