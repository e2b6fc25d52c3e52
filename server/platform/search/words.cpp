#include "platform/search/words.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include <datrie/trie.h>
#include <thai/thbrk.h>
#include <unistd.h>

#include "base/utf8.hpp"

namespace changwat::search {
namespace {

constexpr const char* dictionary = "/usr/share/libthai/thbrk.tri";  // package libthai-data
// Longer runs are cut, so that no text makes the dictionary's search expensive.
constexpr std::uint32_t run_max = 300;
// Groups of letters between dots that may be parts of an abbreviation.
constexpr std::uint32_t abbreviated_max = 3;
constexpr std::uint32_t word_max = 60;  // in code points

using Trie = std::unique_ptr<::Trie, decltype(&trie_free)>;

void add(::Trie* trie, const std::string& word) {
  std::vector<AlphaChar> key;
  for (const char32_t c : normalise(word, word_max).text) {
    if (!is_thai(c)) return;
    key.push_back(c);
  }
  if (key.size() < 2) return;
  key.push_back(0);
  trie_store(trie, key.data(), 0);
}

// libthai reads dictionaries from files only.
struct TemporaryFile {
  std::string name = (std::filesystem::temp_directory_path() / "changwat-words-XXXXXX").string();
  TemporaryFile() {
    const int file = mkstemp(name.data());
    if (file < 0) throw std::runtime_error("no temporary file for the dictionary of words");
    close(file);
  }
  ~TemporaryFile() { unlink(name.c_str()); }
};

enum class Script { space, thai, number, other };

Script script_of(char32_t c) {
  if (c == ' ') return Script::space;
  if (is_thai(c)) return Script::thai;
  return is_digit(c) || c == '.' ? Script::number : Script::other;
}

void add_in_pieces(std::uint32_t begin, std::uint32_t end, std::vector<Span>& out) {
  for (; end - begin > word_max; begin += word_max) out.push_back({begin, begin + word_max});
  if (begin < end) out.push_back({begin, end});
}

}  // namespace

struct Segmenter::Breaker {
  ThBrk* handle = nullptr;
  ~Breaker() {
    if (handle) th_brk_delete(handle);
  }
};

Segmenter::Segmenter(std::span<const std::string> words) : breaker_(std::make_unique<Breaker>()) {
  const Trie trie(trie_new_from_file(dictionary), &trie_free);
  if (!trie) throw std::runtime_error(std::string("cannot read ") + dictionary);
  for (const auto& word : words) add(trie.get(), word);
  const TemporaryFile file;
  if (trie_save(trie.get(), file.name.c_str()) != 0)
    throw std::runtime_error("cannot write " + file.name);
  breaker_->handle = th_brk_new(file.name.c_str());
  if (!breaker_->handle) throw std::runtime_error("libthai cannot read " + file.name);
}

Segmenter::~Segmenter() = default;

void Segmenter::split_thai(std::u32string_view text, std::uint32_t begin, std::uint32_t end,
                           std::vector<Span>& out) const {
  // TIS-620, in which libthai thinks.
  std::string bytes;
  for (auto at = begin; at < end; ++at) bytes += static_cast<char>(text[at] - 0x0E00 + 0xA0);
  std::vector<int> breaks(bytes.size());
  const int found =
      th_brk_find_breaks(breaker_->handle, reinterpret_cast<const thchar_t*>(bytes.c_str()),
                         breaks.data(), breaks.size());
  auto from = begin;
  for (int i = 0; i < found; ++i) {
    const auto at = begin + static_cast<std::uint32_t>(breaks[static_cast<std::size_t>(i)]);
    if (at <= from || at >= end || is_thai_mark(text[at])) continue;
    add_in_pieces(from, at, out);
    from = at;
  }
  add_in_pieces(from, end, out);
}

std::vector<Span> Segmenter::words(const Normal& normal) const {
  const std::u32string_view text = normal.text;
  std::vector<Span> out;
  auto dot = normal.dots.begin();
  const auto size = static_cast<std::uint32_t>(text.size());
  for (std::uint32_t begin = 0; begin < size;) {
    const auto script = script_of(text[begin]);
    auto end = begin + 1;
    while (end < size && script_of(text[end]) == script && end - begin < run_max) ++end;
    if (script == Script::number || script == Script::other) add_in_pieces(begin, end, out);
    if (script == Script::thai) {
      // Groups between dots: short ones together are an abbreviation, others are cut by the
      // dictionary, each by itself.
      while (dot != normal.dots.end() && *dot <= begin) ++dot;
      auto group = begin, abbreviated = begin;
      bool dotted = false;
      const auto close_abbreviation = [&] {
        if (abbreviated < group) add_in_pieces(abbreviated, group, out);
      };
      for (;;) {
        const bool more = dot != normal.dots.end() && *dot < end;
        const auto stop = more ? *dot : end;
        const bool ends_in_dot = dot != normal.dots.end() && *dot == stop;
        if (stop - group <= abbreviated_max && (ends_in_dot || dotted)) {
          group = stop;
        } else {
          close_abbreviation();
          split_thai(text, group, stop, out);
          group = abbreviated = stop;
        }
        dotted = ends_in_dot;
        if (!more) break;
        ++dot;
      }
      close_abbreviation();
    }
    begin = end;
  }
  return out;
}

Analysed Segmenter::analyse(std::string_view source, std::size_t max) const {
  auto normal = normalise(source, max);
  auto found = words(normal);
  return {std::move(normal.text), std::move(found)};
}

std::vector<std::string> read_words(const std::string& file) {
  std::ifstream in(file);
  if (!in) throw std::runtime_error("cannot read " + file);
  std::vector<std::string> words;
  for (std::string line; std::getline(in, line);) {
    line.resize(std::min(line.find('#'), line.size()));
    while (!line.empty() && (line.back() == ' ' || line.back() == '\r')) line.pop_back();
    if (!line.empty()) words.push_back(std::move(line));
  }
  return words;
}

}  // namespace changwat::search
