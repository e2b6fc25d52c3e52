#pragma once
// How alike two reports are: by what they say, where, of what kind, and when. Pure; any thread.
//
// Advice for a person who compares the two; it decides nothing, hence doubles.
//
//   likeness = text · t + category · c + near · exp(-distance / near_metres)
//            + recent · exp(-days / recent_days)          the four shares sum up to 1
//   and 0 where t is below text_least: place and kind alone make nothing alike.
//
//   t = words · W + (1 - words) · G
//   W: cosine of the two sets of words, each weighted by its inverse document frequency.
//      Salton and Buckley, Term-weighting approaches in automatic text retrieval, Information
//      Processing & Management 24 (1988); for reports of one fault: Runeson, Alexandersson and
//      Nyholm, Detection of Duplicate Defect Reports Using Natural Language Processing, ICSE 2007.
//   G: weighted containment of the typed text's character trigrams in the other's, which bears
//      misspellings, and a text that has only begun. Broder, On the resemblance and containment of
//      documents, Compression and Complexity of Sequences 1997.
//   Inverse document frequency: log((n + 1) / (df + 0.5)) over n documents of the same place, so
//   that what everybody there writes (the name of the place, a greeting) weighs little.

#include <bitset>
#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <boost/describe.hpp>

#include "platform/search/terms.hpp"

namespace changwat::search {

// Data: data/search/alike.json.
struct LikenessRules {
  double text = 0, category = 0, near = 0, recent = 0;  // shares of the four, summing up to 1
  double words = 0;                                     // of text: share of words; rest: trigrams
  double text_least = 0;
  double near_metres = 1;
  // Where coordinates are missing on either side: as if this near when in one sub-district or
  // district, 0…1.
  double near_in_subdistrict = 0, near_in_district = 0;
  double recent_days = 1;
  std::int64_t within_days = 0;  // older ones are not looked at
  int place_digits = 4;          // of the area code: how far around the place is looked
  double threshold = 0;          // below it nothing is shown
  BOOST_DESCRIBE_CLASS(LikenessRules, (),
                       (text, category, near, recent, words, text_least, near_metres,
                        near_in_subdistrict, near_in_district, recent_days, within_days,
                        place_digits, threshold),
                       (), ())
};

struct Point {
  double latitude = 0, longitude = 0;  // degrees, WGS 84
};

// Great circle, mean radius 6,371,008.8 m (IUGG). Haversine formula.
double metres_between(const Point& a, const Point& b);

// Words and trigrams of a text as sorted numbers, each once.
struct Features {
  std::vector<std::uint64_t> words, grams;
};
Features features_of(const IndexedText& indexed);
std::uint64_t feature_of(std::string_view term);  // of a term of the index: =word, ~abc

// Texts as they are held against a typed one. Of their trigrams those alone are kept that the typed
// text has: no others weigh anything, and there are many.
class TypedFeatures {
 public:
  explicit TypedFeatures(const IndexedText& typed);
  const Features& own() const { return own_; }
  Features of(const IndexedText& other) const;

 private:
  bool has_gram(std::uint64_t gram) const;

  Features own_;
  std::bitset<4096> grams_;  // by their last bits: most others are none of them
};

// In how many of some documents a feature stands.
class Frequencies {
 public:
  void add(const Features& features);
  double weight(std::uint64_t feature) const;  // inverse document frequency, above 0
  std::size_t count(std::uint64_t feature) const;

 private:
  std::size_t documents_ = 0;
  std::unordered_map<std::uint64_t, std::uint32_t> counts_;
};

// `other`: as TypedFeatures has it, or whole.
double text_likeness(const LikenessRules& rules, const Features& typed, const Features& other,
                     const Frequencies& frequencies);

struct Circumstances {
  std::string_view area;  // digits of an area code, or empty
  std::optional<Point> point;
  std::string_view category;
  std::int64_t at_ms = 0;  // Unix time
};

// 0…1; `text` as text_likeness has it.
double likeness(const LikenessRules& rules, double text, const Circumstances& typed,
                const Circumstances& other);

}  // namespace changwat::search
