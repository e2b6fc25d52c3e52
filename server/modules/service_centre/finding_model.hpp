#pragma once
// Cases found by their text, and cases that are alike: what is asked and what is answered.

#include "platform/search/search.hpp"

#include "modules/service_centre/lists_model.hpp"

namespace changwat::service_centre {

// A piece of somebody's text; found: the words that were looked for.
struct TextPiece {
  std::string text;
  bool found = false;
};
BOOST_DESCRIBE_STRUCT(TextPiece, (), (text, found))

// ---- search

struct CaseSearch {
  Text<1, 200> q;
  PageLimit limit;
  std::optional<Text<1, 300>> cursor;  // of the page before; one whose case has gone finds nothing
};
BOOST_DESCRIBE_STRUCT(CaseSearch, (), (q, limit, cursor))

struct FoundCase {
  CaseSummary summary;
  search::Match match = search::Match::parts;
  std::int64_t missing = 0;      // words of the question that may be missing, when it is some_words
  std::vector<TextPiece> title;  // all of it
  std::vector<TextPiece> excerpt;  // around the first find in the rest; empty: nothing found there
};
BOOST_DESCRIBE_STRUCT(FoundCase, (), (summary, match, missing, title, excerpt))

// ---- alike, for who takes cases

struct AlikeQuestion {
  Text<1, 2'000> text;  // typed so far
  AreaCode area;        // of the place
  std::optional<Position> position;
  std::optional<Key> category;
};
BOOST_DESCRIBE_STRUCT(AlikeQuestion, (), (text, area, position, category))

// The smallest area in which both lie.
enum class SharedArea { village, subdistrict, district, none };
BOOST_DESCRIBE_ENUM(SharedArea, village, subdistrict, district, none)

struct AlikeCase {
  CaseSummary summary;
  std::int64_t likeness = 0;  // per cent, of the formula of platform/search/likeness.hpp
  bool same_category = false;
  SharedArea shared_area = SharedArea::none;
  std::optional<std::int64_t> metres;  // between the two places, where both are known
  std::vector<std::string> words;      // that both say, 8 at most
  bool may_join = false;  // open and of the same district: another case may be put into it
};
BOOST_DESCRIBE_STRUCT(AlikeCase, (),
                      (summary, likeness, same_category, shared_area, metres, words, may_join))

struct AlikeCases {
  std::vector<AlikeCase> items;  // the most alike first
};
BOOST_DESCRIBE_STRUCT(AlikeCases, (), (items))

// ---- alike, for strangers

struct StrangersQuestion {
  Text<1, 2'000> text;
  AreaCode area;
  std::optional<Key> category;
};
BOOST_DESCRIBE_STRUCT(StrangersQuestion, (), (text, area, category))

// What is told of a case to somebody without an account: no word that its reporter chose, only
// words of data/service_centre/alike.json that its text has too.
struct AlikeReport {
  CaseId case_id;
  Key category;
  AreaCode area;
  CaseState state = CaseState::received;
  Date received_on;
  std::vector<std::string> words;  // Thai
};
BOOST_DESCRIBE_STRUCT(AlikeReport, (), (case_id, category, area, state, received_on, words))

struct AlikeReports {
  std::vector<AlikeReport> items;  // the most alike first
};
BOOST_DESCRIBE_STRUCT(AlikeReports, (), (items))

}  // namespace changwat::service_centre
