#pragma once
// Cuts normal text into words. Thai is written without spaces between them: libthai finds the words
// by its dictionary, to which names of places and words of the trade are added, because a name that
// the dictionary lacks falls into pieces that mean something else.
//
// Other scripts and numbers are words by themselves. An abbreviation with its dots (ก.พ.ร.) is one
// word whatever the dictionary says.
// Threads: any, once constructed. Thread safety of libthai: a ThBrk is only read while it breaks.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platform/search/normal.hpp"

namespace changwat::search {

// Code points [begin, end) of a normal text.
struct Span {
  std::uint32_t begin = 0, end = 0;
  friend auto operator<=>(const Span&, const Span&) = default;
};

// A normal text and its words, in order; they cover all but the spaces.
struct Analysed {
  std::u32string text;
  std::vector<Span> words;
};

class Segmenter {
 public:
  // Adds `words` to libthai's dictionary. Those that it cannot hold (other scripts, one letter) are
  // passed over. Throws std::runtime_error when the dictionary cannot be read.
  explicit Segmenter(std::span<const std::string> words);
  ~Segmenter();
  Segmenter(const Segmenter&) = delete;
  Segmenter& operator=(const Segmenter&) = delete;

  Analysed analyse(std::string_view source, std::size_t max) const;
  std::vector<Span> words(const Normal& normal) const;

 private:
  void split_thai(std::u32string_view text, std::uint32_t begin, std::uint32_t end,
                  std::vector<Span>& out) const;
  struct Breaker;
  std::unique_ptr<Breaker> breaker_;
};

// One word a line, as in data/search/words.txt; '#' begins a comment. Throws when it is missing.
std::vector<std::string> read_words(const std::string& file);

}  // namespace changwat::search
