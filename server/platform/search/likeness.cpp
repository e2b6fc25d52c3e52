#include "platform/search/likeness.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numbers>

namespace changwat::search {
namespace {

// FNV-1a: the same in every program, unlike std::hash.
std::uint64_t number_of(char sign, std::string_view text) {
  std::uint64_t h = 0xcbf29ce484222325u;
  const auto mix = [&](char c) { h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3u; };
  mix(sign);
  for (const char c : text) mix(c);
  return h;
}

void sort_and_drop_repeats(std::vector<std::uint64_t>& numbers) {
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
}

std::vector<std::uint64_t> words_in(const IndexedText& indexed) {
  std::vector<std::uint64_t> out;
  for (const auto word : words_of(indexed)) out.push_back(number_of('=', word));
  sort_and_drop_repeats(out);
  return out;
}

template <class Wanted>
std::vector<std::uint64_t> grams_in(const IndexedText& indexed, Wanted&& wanted) {
  std::vector<std::uint64_t> out;
  for (const auto gram : grams_of(indexed.text)) {
    if (gram.size() <= 2) continue;
    if (const auto number = number_of('~', gram); wanted(number)) out.push_back(number);
  }
  sort_and_drop_repeats(out);
  return out;
}

// The sum of a weight over what stands in both.
template <class Weight>
double shared(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b,
              Weight&& weight) {
  double out = 0;
  for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
    if (*i == *j) out += weight(*i);
    const auto low = std::min(*i, *j);
    i += *i == low;
    j += *j == low;
  }
  return out;
}

template <class Weight>
double sum(const std::vector<std::uint64_t>& features, Weight&& weight) {
  double out = 0;
  for (const auto feature : features) out += weight(feature);
  return out;
}

double nearness(const LikenessRules& rules, const Circumstances& a, const Circumstances& b) {
  if (a.point && b.point) return std::exp(-metres_between(*a.point, *b.point) / rules.near_metres);
  const auto both_in = [&](std::size_t digits) {
    return a.area.size() >= digits && a.area.substr(0, digits) == b.area.substr(0, digits);
  };
  return both_in(6) ? rules.near_in_subdistrict : both_in(4) ? rules.near_in_district : 0;
}

}  // namespace

double metres_between(const Point& a, const Point& b) {
  const auto radians = [](double degrees) { return degrees * std::numbers::pi / 180; };
  const auto half = [&](double x, double y) {
    const double s = std::sin(radians(x - y) / 2);
    return s * s;
  };
  const double h = half(a.latitude, b.latitude) + std::cos(radians(a.latitude)) *
                                                      std::cos(radians(b.latitude)) *
                                                      half(a.longitude, b.longitude);
  return 2 * 6'371'008.8 * std::asin(std::sqrt(std::clamp(h, 0.0, 1.0)));
}

std::uint64_t feature_of(std::string_view term) {
  return number_of(term.front(), term.substr(1));
}

Features features_of(const IndexedText& indexed) {
  return {words_in(indexed), grams_in(indexed, [](std::uint64_t) { return true; })};
}

TypedFeatures::TypedFeatures(const IndexedText& typed) : own_(features_of(typed)) {
  for (const auto gram : own_.grams) grams_.set(gram % grams_.size());
}

bool TypedFeatures::has_gram(std::uint64_t gram) const {
  return grams_.test(gram % grams_.size()) &&
         std::binary_search(own_.grams.begin(), own_.grams.end(), gram);
}

Features TypedFeatures::of(const IndexedText& other) const {
  return {words_in(other), grams_in(other, [&](std::uint64_t gram) { return has_gram(gram); })};
}

void Frequencies::add(const Features& features) {
  ++documents_;
  for (const auto word : features.words) ++counts_[word];
  for (const auto gram : features.grams) ++counts_[gram];
}

std::size_t Frequencies::count(std::uint64_t feature) const {
  const auto found = counts_.find(feature);
  return found == counts_.end() ? 0 : found->second;
}

double Frequencies::weight(std::uint64_t feature) const {
  return std::log((static_cast<double>(documents_) + 1) /
                  (static_cast<double>(count(feature)) + 0.5));
}

double text_likeness(const LikenessRules& rules, const Features& typed, const Features& other,
                     const Frequencies& frequencies) {
  const auto once = [&](std::uint64_t feature) { return frequencies.weight(feature); };
  const auto twice = [&](std::uint64_t feature) { return once(feature) * once(feature); };
  const double words = shared(typed.words, other.words, twice);
  const double grams = shared(typed.grams, other.grams, once);
  const double cosine =
      words > 0 ? words / std::sqrt(sum(typed.words, twice) * sum(other.words, twice)) : 0;
  const double contained = grams > 0 ? grams / sum(typed.grams, once) : 0;
  return rules.words * cosine + (1 - rules.words) * contained;
}

double likeness(const LikenessRules& rules, double text, const Circumstances& typed,
                const Circumstances& other) {
  if (text < rules.text_least) return 0;
  const bool same = !typed.category.empty() && typed.category == other.category;
  const double days = std::abs(static_cast<double>(typed.at_ms - other.at_ms)) / 86'400'000;
  return rules.text * text + rules.category * (same ? 1 : 0) +
         rules.near * nearness(rules, typed, other) +
         rules.recent * std::exp(-days / rules.recent_days);
}

}  // namespace changwat::search
