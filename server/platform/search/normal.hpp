#pragma once
// One spelling for what people spell in many ways, so that it is found however it was typed.
//
// - Thai digits become Arabic ones; Latin letters small ones; full width becomes plain.
// - Zero-width characters vanish; punctuation and control characters become one space.
// - Marks of a syllable stand in one order (vowel above or below, then tone), none of them twice;
//   nikhahit and sara aa are sara am; two sara e are sara ae; lakkhangyao after other letters than
//   ru and lu is sara aa.
// - Dots behind Thai letters vanish: ก.พ.ร. is กพร. So does paiyannoi (กรุงเทพฯ).
// - A mai yamok follows its word without a space, once.
// - Commas between digits vanish (1,000 is 1000); points between digits stay.
// Pure, any bytes: what is not UTF-8 separates words. Any thread.
// Order of marks and sara am: The Unicode Standard 15, chapter 16.1 (Thai); WTT 2.0.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace changwat::search {

struct Normal {
  std::u32string text;  // words and single spaces, no space at either end
  // Where each code point of `text` stood in the source, in bytes: from[i] up to (not including)
  // to[i]. Zero-width characters and marks that vanished may lie between.
  std::vector<std::uint32_t> from, to;
  // Where in `text` a dot behind a Thai letter stood, ascending: at i it was in front of text[i].
  std::vector<std::uint32_t> dots;
};

// At most `max` code points of the result; the rest of the source is left out.
Normal normalise(std::string_view source, std::size_t max);

// The text alone, as UTF-8.
std::string normal_text(std::string_view source, std::size_t max = 10'000);

bool is_thai(char32_t c);   // a letter, vowel or mark; not a digit
bool is_digit(char32_t c);  // 0…9
// Belongs to the letter before it, so that no word begins with it.
bool is_thai_mark(char32_t c);

std::string to_utf8(std::u32string_view text);

}  // namespace changwat::search
