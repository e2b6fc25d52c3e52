#pragma once
// Made-up Thai reports, the same for the same seed: words of libthai's dictionary as often as words
// are (Zipf's law), names of places where they are written, lengths as reports have. With
// CHANGWAT_COMPLAINTS (a folder with real reports as CSV, column "comment") their words are mixed
// in as often as they stand there; no such text is kept in this tree.

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <string>
#include <vector>

#include <datrie/trie.h>

#include "base/utf8.hpp"

#include "platform/documents/sheet.hpp"
#include "platform/search/search.hpp"

namespace changwat::bench {

struct NamedArea {
  AreaCode code;
  std::string name;
};

inline std::vector<NamedArea> named_areas() {
  std::vector<NamedArea> out;
  std::ifstream in(std::filesystem::path(CHANGWAT_SOURCE_DIR) / "data/areas/areas.csv");
  for (std::string line; std::getline(in, line);) {
    const auto comma = line.find(',');
    const auto code = AreaCode::parse(std::string_view(line).substr(0, comma));
    const auto name = line.find(',', comma + 1) + 1;
    if (code) out.push_back({*code, line.substr(name, line.find(',', name) - name)});
  }
  return out;
}

inline std::vector<std::string> names_of(const std::vector<NamedArea>& areas) {
  std::vector<std::string> out;
  for (const auto& area : areas) out.push_back(area.name);
  return out;
}

inline std::vector<std::string> dictionary_words() {
  std::vector<std::string> out;
  Trie* trie = trie_new_from_file("/usr/share/libthai/thbrk.tri");
  CHECK(trie);
  trie_enumerate(
      trie,
      [](const AlphaChar* key, TrieData, void* list) -> Bool {
        std::string word;
        for (; *key; ++key) utf8::append(word, *key);
        static_cast<std::vector<std::string>*>(list)->push_back(std::move(word));
        return TRUE;
      },
      &out);
  trie_free(trie);
  return out;
}

// Words of real reports with how often they stand there; empty without such reports.
inline std::map<std::string, double> words_of_reports(const search::Segmenter& segmenter) {
  std::map<std::string, double> out;
  const char* folder = std::getenv("CHANGWAT_COMPLAINTS");
  if (!folder || !std::filesystem::is_directory(folder)) return out;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".csv") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), {});
    std::size_t column = 0, row_number = 0;
    (void)documents::read_sheet(bytes, entry.path().string(), {}, [&](const documents::Row& row) {
      if (row_number++ == 0) {
        while (column < row.cells.size() && row.cells[column].text != "comment") ++column;
        return column < row.cells.size() ? documents::Reading::carry_on : documents::Reading::stop;
      }
      if (column >= row.cells.size()) return documents::Reading::carry_on;
      const auto indexed = search::indexed_text(segmenter, "", row.cells[column].text);
      for (const auto word : search::words_of(indexed)) out[std::string(word)] += 1;
      return documents::Reading::carry_on;
    });
  }
  return out;
}

class TextMaker {
 public:
  TextMaker(const search::Segmenter& segmenter, std::vector<NamedArea> areas)
      : areas_(std::move(areas)) {
    words_ = dictionary_words();
    std::shuffle(words_.begin(), words_.end(), random_);
    std::vector<double> often;
    for (std::size_t i = 0; i < words_.size(); ++i)
      often.push_back(1 / std::pow(static_cast<double>(i) + 2.7, 1.05));
    auto real = words_of_reports(segmenter);
    double total = 0, real_total = 0;
    for (const double x : often) total += x;
    for (const auto& [word, count] : real) real_total += count;
    for (const auto& [word, count] : real) {
      words_.push_back(word);
      often.push_back(count / real_total * total * 3);  // three in four are theirs
    }
    pick_ = std::discrete_distribution<std::size_t>(often.begin(), often.end());
    std::vector<double> crowded;
    for (const auto& area : areas_)
      if (area.code.level() == AreaLevel::subdistrict) subdistricts_.push_back(&area);
    for (std::size_t i = 0; i < subdistricts_.size(); ++i)
      crowded.push_back(0.3 + std::exponential_distribution<double>(1)(random_));
    where_ = std::discrete_distribution<std::size_t>(crowded.begin(), crowded.end());
  }

  search::Document next() {
    search::Document out;
    const auto& place = *subdistricts_[where_(random_)];
    out.collection = "cases";
    out.id = "case-" + std::to_string(++made_);
    out.area = place.code;
    // Who may see it: most of the public register, some of the province only, few of one office.
    const double secret = unit_(random_);
    out.audience = secret < 0.8 ? 0b011 : secret < 0.97 ? 0b010 : 0b100;
    out.category = "kind_" + std::to_string(std::min<int>(
                                 19, static_cast<int>(-6 * std::log(1 - unit_(random_)))));
    out.at = begin_.plus_ms(made_ * 60'000);
    if (unit_(random_) < 0.5)
      out.point = search::Point{13 + unit_(random_) * 3, 100 + unit_(random_) * 3};
    write(out.title, 4 + static_cast<int>(unit_(random_) * 6));
    const double words = std::exp(3.1 + 0.75 * normal_(random_));  // median 22, mean 30
    write(out.detail, std::clamp(static_cast<int>(words), 3, 300));
    if (unit_(random_) < 0.6) out.detail += " ตำบล" + place.name;
    if (unit_(random_) < 0.3) out.detail += " หมู่ " + std::to_string(1 + random_() % 15);
    return out;
  }

  Instant now() const { return begin_.plus_ms(made_ * 60'000); }
  std::string word() { return words_[pick_(random_)]; }
  const NamedArea& area() { return areas_[random_() % areas_.size()]; }
  std::mt19937& random() { return random_; }

 private:
  void write(std::string& out, int words) {
    for (int i = 0; i < words; ++i) {
      if (i > 0 && unit_(random_) < 0.12) out += ' ';  // between clauses, as people do
      out += words_[pick_(random_)];
    }
  }

  std::mt19937 random_{20211125};
  std::uniform_real_distribution<double> unit_{0, 1};
  std::normal_distribution<double> normal_;
  std::vector<NamedArea> areas_;
  std::vector<const NamedArea*> subdistricts_;
  std::vector<std::string> words_;
  std::discrete_distribution<std::size_t> pick_, where_;
  std::int64_t made_ = 0;
  Instant begin_ = *Instant::parse("2020-01-01T00:00:00Z");
};

}  // namespace changwat::bench
