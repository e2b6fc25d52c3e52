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

struct Overlap {
  double both = 0, first = 0, second = 0;  // sums of `power` of the weights
};

template <class Weight>
Overlap overlap(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b,
                Weight&& weight) {
  Overlap out;
  auto other = b.begin();
  for (const auto feature : a) {
    const double w = weight(feature);
    out.first += w;
    while (other != b.end() && *other < feature) out.second += weight(*other++);
    if (other == b.end() || *other != feature) continue;
    out.both += w;
    out.second += w;
    ++other;
  }
  while (other != b.end()) out.second += weight(*other++);
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
  Features out;
  for (const auto word : words_of(indexed)) out.words.push_back(number_of('=', word));
  for (const auto gram : grams_of(indexed.text))
    if (gram.size() > 2) out.grams.push_back(number_of('~', gram));
  sort_and_drop_repeats(out.words);
  sort_and_drop_repeats(out.grams);
  return out;
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
  const auto words = overlap(typed.words, other.words, [&](std::uint64_t feature) {
    const double w = frequencies.weight(feature);
    return w * w;
  });
  const auto grams = overlap(typed.grams, other.grams,
                             [&](std::uint64_t feature) { return frequencies.weight(feature); });
  const double cosine = words.both > 0 ? words.both / std::sqrt(words.first * words.second) : 0;
  const double contained = grams.both > 0 ? grams.both / grams.first : 0;
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
