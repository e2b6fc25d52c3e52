#include "platform/search/terms.hpp"

#include <algorithm>

namespace changwat::search {
namespace {

std::size_t length_at(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  return lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

bool is_gap(char c) {
  return c == ' ' || c == '\n';
}

void append(IndexedText& out, const Analysed& analysed) {
  for (const auto& word : analysed.words) {
    const auto bytes = to_utf8({analysed.text.data() + word.begin, word.end - word.begin});
    if (!out.text.empty() && !is_gap(out.text.back()) && word.begin > 0 &&
        analysed.text[word.begin - 1] == ' ')
      out.text += ' ';
    out.text += bytes;
    out.lengths += static_cast<char>(bytes.size());
  }
}

// Of each area that contains the place, the country first.
template <class F>
void for_each_area(std::string_view area, F&& f) {
  for (std::size_t length = 0; length <= area.size(); length += 2) f(area.substr(0, length));
}

std::string scope_term(std::string_view collection, int audience, std::string_view area) {
  std::string out = "@";
  out += collection;
  out += '.';
  out += std::to_string(audience);
  out += '.';
  out += area;
  return out;
}

template <class F>
void for_each_audience(std::int64_t audience, F&& f) {
  for (int bit = 0; bit < audiences_max; ++bit)
    if (audience >> bit & 1) f(bit);
}

std::string reader_term(std::string_view collection, std::string_view reader) {
  std::string out = "@";
  out += collection;
  out += "._.";
  out += reader;
  return out;
}

template <class F>
void for_each_reader(std::string_view readers, F&& f) {
  while (!readers.empty()) {
    const auto end = std::min(readers.find(' '), readers.size());
    if (end > 0) f(readers.substr(0, end));
    readers.remove_prefix(std::min(end + 1, readers.size()));
  }
}

std::string signed_term(char sign, std::string_view text) {
  std::string out(1, sign);
  out += text;
  return out;
}

void sort_and_drop_repeats(std::vector<std::string>& terms) {
  std::sort(terms.begin(), terms.end());
  terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
}

// Whether words of a stored text begin or end at places that are asked for in ascending order.
class Borders {
 public:
  explicit Borders(const IndexedText& indexed) : indexed_(indexed) { skip_gap(); }

  bool begins(std::size_t at) {
    reach(at);
    return begin_ == at;
  }
  bool ends(std::size_t at) {
    if (at == indexed_.text.size() || is_gap(indexed_.text[at])) return true;
    return begins(at);
  }

 private:
  void skip_gap() {
    while (begin_ < indexed_.text.size() && is_gap(indexed_.text[begin_])) ++begin_;
  }
  void reach(std::size_t at) {
    while (begin_ < at && word_ < indexed_.lengths.size()) {
      begin_ += static_cast<unsigned char>(indexed_.lengths[word_++]);
      skip_gap();
    }
  }
  const IndexedText& indexed_;
  std::size_t begin_ = 0, word_ = 0;  // of the first word that begins at or behind what was asked
};

}  // namespace

IndexedText indexed_text(const Segmenter& segmenter, std::string_view title,
                         std::string_view detail) {
  IndexedText out;
  append(out, segmenter.analyse(title, title_max));
  out.text += '\n';
  append(out, segmenter.analyse(detail, detail_max));
  return out;
}

std::vector<std::string_view> words_of(const IndexedText& indexed) {
  const std::string_view text = indexed.text;
  std::vector<std::string_view> out;
  out.reserve(indexed.lengths.size());
  std::size_t at = 0;
  for (const char length : indexed.lengths) {
    while (at < text.size() && is_gap(text[at])) ++at;
    const auto size = static_cast<unsigned char>(length);
    if (at + size > text.size()) break;
    out.push_back(text.substr(at, size));
    at += size;
  }
  return out;
}

std::vector<std::string_view> grams_of(std::string_view text) {
  std::vector<std::string_view> out;
  out.reserve(text.size() / 2);
  for (std::size_t at = 0; at < text.size(); at += length_at(text, at)) {
    if (is_gap(text[at])) continue;
    auto end = at;
    for (int n = 0; n < 3 && end < text.size() && !is_gap(text[end]); ++n)
      end += length_at(text, end);
    out.push_back(text.substr(at, end - at));
  }
  return out;
}

std::vector<std::string> terms_of(const IndexedText& indexed, const Place& place) {
  std::vector<std::string> out;
  const auto words = words_of(indexed);
  const auto grams = grams_of(indexed.text);
  out.reserve(words.size() * 2 + grams.size() + 8);
  const char* title_end = indexed.text.data() + indexed.text.find('\n');
  for (const auto word : words) {
    out.push_back(signed_term('=', word));
    if (word.data() < title_end) out.push_back(signed_term('^', word));
  }
  for (const auto gram : grams) out.push_back(signed_term('~', gram));
  for_each_audience(place.audience, [&](int audience) {
    for_each_area(place.area, [&](std::string_view area) {
      out.push_back(scope_term(place.collection, audience, area));
    });
  });
  for_each_reader(place.readers, [&](std::string_view reader) {
    out.push_back(reader_term(place.collection, reader));
  });
  sort_and_drop_repeats(out);
  return out;
}

std::vector<std::string> scope_terms(const Scope& scope) {
  std::vector<std::string> out;
  for_each_audience(scope.audience, [&](int audience) {
    if (scope.everywhere) return out.push_back(scope_term(scope.collection, audience, ""));
    for (const auto& area : scope.areas)
      out.push_back(scope_term(scope.collection, audience, area.text()));
  });
  for (const auto& reader : scope.readers) out.push_back(reader_term(scope.collection, reader));
  sort_and_drop_repeats(out);
  return out;
}

bool may_see(const Scope& scope, const Place& place) {
  if (place.collection != scope.collection) return false;
  bool named = false;
  for_each_reader(place.readers, [&](std::string_view reader) {
    named = named ||
            std::find(scope.readers.begin(), scope.readers.end(), reader) != scope.readers.end();
  });
  if (named) return true;
  if ((place.audience & scope.audience) == 0) return false;
  if (scope.everywhere) return true;
  return std::any_of(scope.areas.begin(), scope.areas.end(),
                     [&](const AreaCode& area) { return place.area.starts_with(area.text()); });
}

std::vector<QueryTerm> query_terms(const Segmenter& segmenter, std::string_view query) {
  const auto analysed = segmenter.analyse(query, query_max);
  std::vector<QueryTerm> out;
  const auto close = [&](QueryTerm& term) {
    for (const auto gram : grams_of(term.text))
      if (gram.size() > 2 && length_at(gram, 0) + length_at(gram, length_at(gram, 0)) < gram.size())
        term.grams.emplace_back(gram);
    const bool known = std::any_of(out.begin(), out.end(),
                                   [&](const QueryTerm& other) { return other.text == term.text; });
    if (!known) out.push_back(std::move(term));
    term = {};
  };
  QueryTerm term;
  for (const auto& word : analysed.words) {
    if (!term.text.empty() && analysed.text[word.begin - 1] == ' ') close(term);
    if (out.size() == query_terms_max) return out;
    term.words.push_back(to_utf8({analysed.text.data() + word.begin, word.end - word.begin}));
    term.text += term.words.back();
  }
  if (!term.text.empty()) close(term);
  return out;
}

bool has_word(const IndexedText& indexed, std::string_view word) {
  if (indexed.text.find(word) == std::string::npos) return false;
  const auto words = words_of(indexed);
  return std::find(words.begin(), words.end(), word) != words.end();
}

Seen look(const IndexedText& indexed, std::string_view term) {
  const std::string_view text = indexed.text;
  Seen seen;
  auto at = text.find(term);
  if (term.empty() || at == text.npos) return seen;
  seen.part = true;
  const auto title_end = text.find('\n');
  Borders borders(indexed);
  for (; at != text.npos; at = text.find(term, at + 1)) {
    // Occurrences may overlap: each looks for its own end.
    if (!borders.begins(at) || !Borders(borders).ends(at + term.size())) continue;
    seen.whole = true;
    seen.whole_in_title = at < title_end;
    return seen;  // the title stands first
  }
  return seen;
}

std::optional<int> rank_of(const IndexedText& indexed, const std::vector<QueryTerm>& terms) {
  bool all_in_title = true, all_whole = true, rarest_in_title = false;
  std::size_t there = 0;
  for (const auto& term : terms) {
    const auto seen = look(indexed, term.text);
    if (!seen.part) break;
    all_in_title = all_in_title && seen.whole_in_title;
    all_whole = all_whole && seen.whole;
    if (there++ == 0) rarest_in_title = seen.whole_in_title;
  }
  if (there == 0) return std::nullopt;
  if (there < terms.size()) return rank_all + static_cast<int>(terms.size() - there);
  if (all_in_title) return 0;
  if (all_whole) return rarest_in_title ? 1 : 2;
  return rank_all;
}

}  // namespace changwat::search
