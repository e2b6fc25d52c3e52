#pragma once
// Finds records by their text, in Thai and other scripts, and records that are alike.
//
// A module puts the text of its records here within the act that writes them, so the index is in
// the record like everything else: there is nothing to rebuild, and several programs on one
// database see the same. The room knows no domain: a record is a document of a collection, in an
// area, for some audiences (bits whose meaning is the module's).
//
// What an asker may not see changes nothing in an answer: not its hits, their order, nor whether
// there are more. (It may change how long the answer takes.)
//
//   search::Segmenter segmenter(words);                  // once; data/search/words.txt and names
//   search::Index index(segmenter, likeness_rules);      // once
//   index.put_within(tx.db, {.collection = "cases", …});
//   index.find(connection, "ไฟฟ้าดับ หนองแสง", scope, 20, {});
//
// Reads make several statements: run them in Database::snapshot, so that they see one moment.
// Threads: any. Errors: db::Error, as of the connection.

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/area_code.hpp"
#include "base/time.hpp"

#include "platform/db/connection.hpp"
#include "platform/search/likeness.hpp"
#include "platform/search/terms.hpp"
#include "platform/search/words.hpp"

namespace changwat::search {

struct Document {
  std::string collection;        // [a-z_]+, at most 40 letters
  std::string id;                // of the record, within its province and collection
  std::optional<AreaCode> area;  // none: of the country; such are seen by `everywhere` only
  std::int64_t audience = 0;     // bits 0…15: who may see it; 0 is nobody
  std::string category;          // for alike(); may be empty
  Instant at;                    // when it happened or came in, for alike()
  std::optional<Point> point;
  std::string title, detail;  // as people wrote them; indexed up to title_max, detail_max
  // Who may see it although neither area nor audience lets them: keys of the module's, ASCII
  // letters, digits, '-' and '_'.
  std::vector<std::string> readers = {};
};

enum class Match {
  title,       // every word of the question stands in the title
  words,       // every word of the question stands in it
  parts,       // all of the question stands in it, some of it inside of words
  some_words,  // the most common words of the question are missing
};
BOOST_DESCRIBE_ENUM(Match, title, words, parts, some_words)

struct Hit {
  std::string id;
  Match match = Match::parts;
  int missing = 0;  // terms of the question that may be missing, when it is some_words
  BOOST_DESCRIBE_CLASS(Hit, (), (id, match, missing), (), ())
};

struct Found {
  std::vector<Hit> hits;
  std::optional<std::string> next;  // cursor of the next page
};

struct Probe {
  std::optional<AreaCode> area;  // none: anywhere in the scope
  std::optional<Point> point;
  std::string category;
  std::string text;  // typed so far
  Instant at;        // now
  std::string id;    // of the record itself, when it has been put already; it is left out
};

struct Alike {
  std::string id;
  double likeness = 0;  // 0…1, rules.threshold and above
  double text = 0;      // of it, the likeness of the texts alone
  BOOST_DESCRIBE_CLASS(Alike, (), (id, likeness, text), (), ())
};

// A piece of a text as its owner has it: bytes [begin, end).
struct ByteRange {
  std::size_t begin = 0, end = 0;
  friend bool operator==(const ByteRange&, const ByteRange&) = default;
};

// Where the words of a question stand in a text, to mark them: in order, none touching another, at
// most `max`. Pure; `text` as people wrote it.
std::vector<ByteRange> matches_in(std::string_view text, std::string_view query,
                                  std::size_t max = 50);

class Index {
 public:
  Index(const Segmenter& segmenter, LikenessRules rules) : segmenter_(segmenter), rules_(rules) {}

  // Within the transaction that writes the record; again when its text, area or audience changes.
  // A record stays in its province: one that moves is removed there and put anew.
  void put_within(db::Connection& db, const Document& document) const;
  // False if there was none.
  bool remove_within(db::Connection& db, const std::optional<AreaCode>& area,
                     std::string_view collection, std::string_view id) const;

  // The best `limit` (1…200) documents, behind `cursor` if there is one (rank_of says what is
  // better). A text without a word, a scope without an area, and a cursor that is none or whose
  // record has gone find nothing.
  Found find(db::Connection& db, std::string_view query, const Scope& scope, std::size_t limit,
             const std::optional<std::string>& cursor) const;

  // The most alike of the recent documents around the place, most alike first.
  std::vector<Alike> alike(db::Connection& db, const Probe& probe, const Scope& scope,
                           std::size_t limit) const;

  const LikenessRules& rules() const { return rules_; }
  const Segmenter& segmenter() const { return segmenter_; }

 private:
  struct Statistics;
  class Search;
  std::shared_ptr<const Statistics> statistics(db::Connection& db) const;

  const Segmenter& segmenter_;
  LikenessRules rules_;
  mutable std::mutex mutex_;
  mutable std::shared_ptr<const Statistics> statistics_;
};

}  // namespace changwat::search
