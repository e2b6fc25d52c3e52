#include "platform/search/normal.hpp"

#include <algorithm>

#include "base/utf8.hpp"

namespace changwat::search {
namespace {

constexpr char32_t paiyannoi = 0x0E2F, sara_aa = 0x0E32, sara_am = 0x0E33, sara_e = 0x0E40,
                   sara_ae = 0x0E41, lakkhangyao = 0x0E45, mai_yamok = 0x0E46, nikhahit = 0x0E4D,
                   ru = 0x0E24, lu = 0x0E26;

// Of the marks above and below a letter: those of vowels stand before tones and the silencer.
int rank_of_mark(char32_t c) {
  if (c == 0x0E31 || (c >= 0x0E34 && c <= 0x0E3A) || c == 0x0E47 || c == nikhahit) return 1;
  if (c >= 0x0E48 && c <= 0x0E4C) return 2;
  if (c == 0x0E4E) return 3;
  return 0;
}

bool vanishes(char32_t c) {
  return c == 0x00AD || (c >= 0x200B && c <= 0x200F) || (c >= 0x2060 && c <= 0x2064) ||
         (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF;
}

bool is_word_character(char32_t c) {
  if (c < 0x80) return is_digit(c) || (c >= 'a' && c <= 'z');
  if (c >= 0x0E00 && c <= 0x0E7F) return is_thai(c);
  if (c < 0xC0 || c == 0xD7 || c == 0xF7) return false;
  if ((c >= 0x2000 && c <= 0x206F) || (c >= 0x3000 && c <= 0x303F)) return false;
  return !(c >= 0xE000 && c <= 0xF8FF) && !(c >= 0xFFE0 && c <= 0xFFFF);
}

char32_t folded(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
  if (c >= 'A' && c <= 'Z') return c + 0x20;
  if (c >= 0xC0 && c <= 0xDE && c != 0xD7) return c + 0x20;
  if (c >= 0x0E50 && c <= 0x0E59) return c - 0x0E50 + '0';
  return c;
}

struct Piece {
  char32_t c;
  std::uint32_t from, to;
};

// The next character; a space where the bytes are no UTF-8.
Piece take(std::string_view source, std::size_t at) {
  auto rest = source.substr(at);
  const auto c = utf8::next(rest);
  const auto end = c ? source.size() - rest.size() : at + 1;
  return {c ? folded(*c) : U' ', static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)};
}

class Writer {
 public:
  explicit Writer(std::size_t max) : max_(max) {}

  bool full() const { return out_.text.size() >= max_; }
  bool after(bool (*is)(char32_t)) const { return !out_.text.empty() && is(out_.text.back()); }

  void space() { gap_ = !out_.text.empty(); }

  void dot() {
    const auto at = static_cast<std::uint32_t>(out_.text.size());
    if (out_.dots.empty() || out_.dots.back() != at) out_.dots.push_back(at);
  }

  void letter(Piece piece) {
    if (piece.c == mai_yamok) {
      gap_ = false;
      if (ends_with(mai_yamok)) return;
    }
    if (gap_) {
      append({U' ', piece.from, piece.from});
      gap_ = false;
    }
    if (const int rank = rank_of_mark(piece.c)) return mark(piece, rank);
    if (piece.c == lakkhangyao && !ends_with(ru) && !ends_with(lu)) piece.c = sara_aa;
    if (piece.c == sara_aa && take_nikhahit()) piece.c = sara_am;
    if (piece.c == sara_e && ends_with(sara_e)) {
      out_.text.back() = sara_ae;
      out_.to.back() = piece.to;
      return;
    }
    append(piece);
  }

  Normal finish() {
    while (!out_.dots.empty() && out_.dots.back() >= out_.text.size()) out_.dots.pop_back();
    return std::move(out_);
  }

 private:
  bool ends_with(char32_t c) const { return !out_.text.empty() && out_.text.back() == c; }

  void append(Piece piece) { insert(out_.text.size(), piece); }
  void insert(std::size_t at, Piece piece) {
    const auto i = static_cast<std::ptrdiff_t>(at);
    out_.text.insert(at, 1, piece.c);
    out_.from.insert(out_.from.begin() + i, piece.from);
    out_.to.insert(out_.to.begin() + i, piece.to);
  }

  // Into its place among the marks at the end, and before a sara am.
  void mark(Piece piece, int rank) {
    auto at = out_.text.size();
    if (at > 0 && out_.text[at - 1] == sara_am) --at;
    while (at > 0 && rank_of_mark(out_.text[at - 1]) > rank) --at;
    for (auto i = at; i > 0 && rank_of_mark(out_.text[i - 1]) == rank; --i)
      if (out_.text[i - 1] == piece.c) return;
    insert(at, piece);
  }

  // Removes a nikhahit that stands among the marks at the end.
  bool take_nikhahit() {
    for (auto i = out_.text.size(); i > 0 && rank_of_mark(out_.text[i - 1]) > 0; --i) {
      if (out_.text[i - 1] != nikhahit) continue;
      out_.text.erase(i - 1, 1);
      out_.from.erase(out_.from.begin() + static_cast<std::ptrdiff_t>(i - 1));
      out_.to.erase(out_.to.begin() + static_cast<std::ptrdiff_t>(i - 1));
      return true;
    }
    return false;
  }

  Normal out_;
  std::size_t max_;
  bool gap_ = false;
};

}  // namespace

bool is_thai(char32_t c) {
  return (c >= 0x0E01 && c <= 0x0E3A && c != paiyannoi) || (c >= 0x0E40 && c <= 0x0E4E);
}

bool is_digit(char32_t c) {
  return c >= '0' && c <= '9';
}

bool is_thai_mark(char32_t c) {
  return rank_of_mark(c) > 0 || c == 0x0E30 || c == sara_aa || c == sara_am || c == lakkhangyao ||
         c == mai_yamok;
}

Normal normalise(std::string_view source, std::size_t max) {
  Writer out(max);
  for (std::size_t at = 0; at < source.size() && !out.full();) {
    const auto piece = take(source, at);
    at = piece.to;
    if (vanishes(piece.c)) continue;
    if (is_word_character(piece.c)) {
      out.letter(piece);
      continue;
    }
    const bool before_digit = at < source.size() && is_digit(take(source, at).c);
    if (piece.c == '.' && out.after(is_thai))
      out.dot();
    else if (piece.c == paiyannoi && out.after(is_thai))
      continue;
    else if (piece.c == ',' && out.after(is_digit) && before_digit)
      continue;
    else if (piece.c == '.' && out.after(is_digit) && before_digit)
      out.letter(piece);
    else
      out.space();
  }
  return out.finish();
}

std::string normal_text(std::string_view source, std::size_t max) {
  return to_utf8(normalise(source, max).text);
}

std::string to_utf8(std::u32string_view text) {
  std::string out;
  out.reserve(text.size() * 3);
  for (const char32_t c : text) utf8::append(out, c);
  return out;
}

}  // namespace changwat::search
