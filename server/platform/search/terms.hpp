#pragma once
// What of a document stands in the index, what a question asks of it, and how well a document
// answers. Pure; any thread.
//
// The index holds terms, each by a sign of its own before it:
//   =word   the document has this word          ^word   its title has it
//   ~abc    these three characters stand in it, one behind the other; the last two and the last
//           one of a run of characters stand as shorter ones, so that every pair of characters and
//           every character begins some term
//   @cases.3.7001   it is of this collection, the audience 3 may see it, and it lies in this area
//   @cases._.01HZ…  it is of this collection, and this reader may see it, wherever it lies
// Who may see what is a term like the others, so that the index itself leaves out what is hidden,
// before anything is counted, ranked or cut off.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/area_code.hpp"

#include "platform/search/words.hpp"

namespace changwat::search {

// Longer texts are indexed up to here, in code points.
inline constexpr std::size_t title_max = 500, detail_max = 8'000;
inline constexpr std::size_t query_max = 200, query_terms_max = 8;
inline constexpr int audiences_max = 16;

// A document's text as it is stored: normal title, line feed, normal detail; and the lengths of its
// words in bytes, one byte each. All its terms follow from it, so that what was put in can be taken
// out again by any later program with any other dictionary.
struct IndexedText {
  std::string text;
  std::string lengths;
};

IndexedText indexed_text(const Segmenter& segmenter, std::string_view title,
                         std::string_view detail);

// Words of a stored text, in order, as views of it.
std::vector<std::string_view> words_of(const IndexedText& indexed);
// All sequences of three characters within runs without spaces; those at the end of a run shorter.
std::vector<std::string_view> grams_of(std::string_view text);

// Who may see a document and where it belongs, as the index has it.
struct Place {
  std::string collection;
  std::string area;           // digits of an area code; empty: of the country
  std::int64_t audience = 0;  // bits
  std::string readers;        // with spaces between them: who may see it wherever it lies
};

// Sorted, each once.
std::vector<std::string> terms_of(const IndexedText& indexed, const Place& place);

// What an asker may see. Nothing, until areas are named or `everywhere` is set, and an audience.
struct Scope {
  std::string collection;
  std::vector<AreaCode> areas;            // and all below them
  bool everywhere = false;                // also what belongs to no area
  std::int64_t audience = 0;              // bits; a document that has one of them may be seen
  std::vector<std::string> readers = {};  // also what names one of these as its reader
};

// All of them hold: each is a list of terms of which one is there.
using Condition = std::vector<std::vector<std::string>>;

// None if nothing may be seen.
std::vector<std::string> scope_terms(const Scope& scope);
bool may_see(const Scope& scope, const Place& place);

// One of the words that somebody typed: what stands between two spaces. It may be part of a word,
// or several words.
struct QueryTerm {
  std::string text;
  std::vector<std::string> words;
  std::vector<std::string> grams;  // of three characters; none if the text is shorter
  friend bool operator==(const QueryTerm&, const QueryTerm&) = default;
};

// At most query_terms_max, each once, in the order in which they were typed.
std::vector<QueryTerm> query_terms(const Segmenter& segmenter, std::string_view query);

// How a document has a term.
struct Seen {
  bool part = false;   // anywhere
  bool whole = false;  // as a whole word or words
  bool whole_in_title = false;
};
bool has_word(const IndexedText& indexed, std::string_view word);
Seen look(const IndexedText& indexed, std::string_view term);

// The ranks of answers, best first; within a rank, what came later stands first. `terms` are those
// of the question from the rarest to the most common.
//   0  every term is a whole word in the title
//   1  every term is a whole word, the rarest one in the title
//   2  every term is a whole word
//   3  every term is there
//   3+k  the k most common ones are missing, or some of them; the others are there
// None: the rarest term is missing.
inline constexpr int rank_all = 3;
std::optional<int> rank_of(const IndexedText& indexed, const std::vector<QueryTerm>& terms);

}  // namespace changwat::search
