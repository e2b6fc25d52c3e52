#pragma once
// A small, wholly determined ledger for tests: entries in Thai and English, heads, changes of keys.

#include <cstdint>
#include <cstdio>
#include <sstream>
#include <string>
#include <vector>

#include "modules/ledger/export.hpp"

namespace changwat::ledger::sample {

inline constexpr const char* origin = "changwat.example/ledger";

inline SigningKey key(std::uint8_t number) {
  std::array<std::uint8_t, 32> seed{};
  seed.fill(number);
  return SigningKey::from_seed(seed);
}

inline std::string instant(std::int64_t second) {  // within the first 100 hours of a month
  char text[32];
  std::snprintf(text, sizeof text, "2021-03-%02dT%02d:%02d:%02d.000Z",
                static_cast<int>(1 + second / 86400), static_cast<int>(second / 3600 % 24),
                static_cast<int>(second / 60 % 60), static_cast<int>(second % 60));
  return text;
}

inline Entry entry(std::int64_t i) {
  const std::string number = std::to_string(i);
  Entry entry{i,
              "entry-" + number,
              instant(i),
              i % 3 ? "application.submit" : "resolution.adopt",
              i % 3 ? "application" : "resolution",
              "subject-" + number,
              std::nullopt,
              "person-" + std::to_string(i % 7),
              i % 5 ? "office-" + std::to_string(i % 11) : "",
              R"({"law":"ระเบียบ ข้อ )" + std::to_string(i % 9) + R"(","grant":"g)" + number + "\"}",
              R"({"state":["draft","submitted"],"note":"บรรทัด\n)" + number + R"("})"};
  if (i % 4) entry.province = "TH-" + std::to_string(10 + i % 80);
  return entry;
}

// A ledger with a head behind every `entries_a_head` entries and behind the last one, whose signing
// key changes at each size in `key_changes` (sizes that have a head).
class Ledger {
 public:
  Ledger(std::int64_t entries, std::int64_t entries_a_head,
         const std::vector<std::int64_t>& key_changes = {}) {
    std::uint8_t key_number = 1;
    keys_.push_back(state_first_key(key(1), origin, instant(0)));
    CompactRange tree;
    for (std::int64_t i = 0; i < entries; ++i) {
      entries_.push_back(entry(i));
      tree.append(leaf_hash(entries_.back()));
      trees_.push_back(tree);
      const std::int64_t size = i + 1;
      if (size % entries_a_head && size != entries) continue;
      heads_.push_back(sign_head(key(key_number), origin, size, tree.root(), instant(i)));
      for (const std::int64_t change : key_changes) {
        if (change != size) continue;
        keys_.push_back(introduce_key(key(key_number), origin, key(key_number + 1).public_key(),
                                      size, instant(i)));
        ++key_number;
      }
    }
  }

  const std::vector<SignedHead>& heads() const { return heads_; }
  const std::vector<KeyStatement>& keys() const { return keys_; }
  const CompactRange& tree(std::int64_t size) const {
    return trees_.at(static_cast<std::size_t>(size - 1));
  }

  std::string whole(std::size_t head_count) const {
    const std::int64_t size = heads_.at(head_count - 1).tree_size;
    return text(whole_ledger_header(origin, size, static_cast<std::int64_t>(head_count), keys_), 0,
                head_count);
  }
  std::string whole() const { return whole(heads_.size()); }

  // From behind head `base` (an index) to the end.
  std::string range(std::size_t base) const {
    const std::size_t to_come = heads_.size() - base - 1;
    const SignedHead& head = heads_.at(base);
    return text(range_header(origin, head, tree(head.tree_size),
                             static_cast<std::int64_t>(entries_.size()) - 1,
                             static_cast<std::int64_t>(to_come), keys_)
                    .value(),
                base + 1, heads_.size());
  }

 private:
  std::string text(ExportHeader header, std::size_t first_head, std::size_t end_head) const {
    std::ostringstream out;
    ExportWriter writer(out);
    std::int64_t next = header.first_sequence;
    const auto require = [](const Result<Done>& result) {
      if (!result.ok()) throw std::logic_error(result.problem().en);
    };
    require(writer.begin(std::move(header)));
    for (std::size_t h = first_head; h < end_head; ++h) {
      for (; next < heads_[h].tree_size; ++next) {
        const Entry& entry = entries_[static_cast<std::size_t>(next)];
        require(writer.write(entry, leaf_hash(entry)));
      }
      require(writer.write(heads_[h]));
    }
    require(writer.end());
    return out.str();
  }

  std::vector<Entry> entries_;
  std::vector<CompactRange> trees_;  // [i] is the tree of i + 1 entries
  std::vector<SignedHead> heads_;
  std::vector<KeyStatement> keys_;
};

}  // namespace changwat::ledger::sample
