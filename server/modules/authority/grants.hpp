#pragma once
// Grants of powers, in memory: who received which power from whom, within which limits, how long.
//
// A grant is a node in a tree whose root is an office in which the law vests the power. What a
// grant comes to - its extent - is kept cut down to that of the grant above it, so that no reader
// ever walks a chain to decide, and no grant exceeds its grantor's whatever it says. One writer,
// any number of readers. Made for 1,000,000 grants and chains of five.

#include <array>
#include <cstdint>
#include <limits>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "modules/authority/law.hpp"
#include "modules/authority/offices.hpp"

namespace changwat::authority {

// An area as a number that knows what lies in it; 0 is the whole country.
class Place {
 public:
  Place() = default;
  explicit Place(const std::optional<AreaCode>& area);
  std::optional<AreaCode> area() const;
  std::uint32_t number() const { return digits_ << 3 | level_; }
  bool whole_country() const { return level_ == 0; }
  Place parent() const { return Place(digits_ / 100, level_ - 1); }  // not of the whole country
  bool contains(Place other) const {
    while (other.level_ > level_) other = other.parent();
    return other == *this;
  }
  friend bool operator==(Place, Place) = default;

 private:
  Place(std::uint32_t digits, std::uint32_t level) : digits_(digits), level_(level) {}
  std::uint32_t digits_ : 28 = 0;
  std::uint32_t level_ : 4 = 0;  // number of pairs of digits
};

inline constexpr std::int64_t no_ceiling = std::numeric_limits<std::int64_t>::max();
inline constexpr std::int64_t for_ever = std::numeric_limits<std::int64_t>::max();

// All that limits a grant.
struct Extent {
  std::int64_t begins = 0;            // Unix milliseconds, first moment
  std::int64_t ends = for_ever;       // first moment no more
  std::int64_t ceiling = no_ceiling;  // satang, included
  WordLimits words;
  Place place;
  std::uint32_t project = 0;  // number of the only project; 0: any
  int levels = 0;             // how many grants may still follow below

  bool in_force(std::int64_t at) const { return begins <= at && at < ends; }
};

// What an office has by law: the root of its grants.
Extent extent_by_law(const LawPower& power, const OfficeRow& office);

class GrantBook {
 public:
  using Number = std::uint32_t;  // of a grant, from 1 in the order of adding
  using OfficeNumber = std::uint32_t;
  static constexpr Number none = 0;

  struct Row {
    std::array<std::uint64_t, 2> id;
    Extent extent;
    Number parent = none, first_child = none, next_sibling = none;
    Number next_of_giver = none, next_of_holder = none;
    OfficeNumber giver = 0, holder = 0;
    PowerNumber power = 0;
  };

  // The law must outlive the book.
  explicit GrantBook(const Law& law);

  // ---- the writer

  // Why the grant may not be made, each with the JSON pointer of its member; empty: it may.
  std::vector<FieldError> faults(const Grant& grant, const Offices& offices) const;
  // Puts a grant that is recorded. False if the law or the grant above gives it no ground any more:
  // then it permits nothing, nor does what stands below it.
  bool add(const Grant& grant, const Offices& offices);
  // Ends a grant and all below it at a moment, if they do not end before. Returns how many fell.
  std::size_t end(const GrantId& id, Instant at);
  // What falls when the holder of an office leaves: the grants made there of powers whose grants
  // end with the holder. Not what stands below them.
  std::vector<GrantId> ending_with_holder(std::string_view office_id, Instant at) const;
  // For many grants at once: `fill` calls add() only.
  template <class F>
  void load(F&& fill) {
    const std::unique_lock lock(mutex_);
    loading_ = true;
    fill();
    sort_places();
    loading_ = false;
  }

  // ---- readers; the functions see a state that no writer changes meanwhile

  template <class F>
  auto read(F&& f) const {
    const std::shared_lock lock(mutex_);
    return f();
  }
  // Below: inside read(), or on the writer's thread.
  Number find(const GrantId& id) const;  // none if there is none
  std::size_t size() const { return rows_.size() - 1; }
  std::size_t bytes() const;
  const Row& row(Number number) const { return rows_[number]; }
  GrantId id(Number number) const;
  const std::string& office_id(OfficeNumber number) const { return offices_[number].id; }
  std::optional<ProjectRef> project(std::uint32_t number) const;
  std::uint32_t project_number(const std::optional<ProjectRef>& project) const;  // 0 if never named
  // From the root to the grant itself.
  std::vector<Number> chain(Number number) const;
  // Calls f(number) for the grants of a power exactly at a place, the largest ceiling first, until
  // it returns false.
  template <class F>
  void for_each_at(PowerNumber power, Place place, F&& f) const {
    const auto it = places_.find(place_key(power, place));
    if (it == places_.end()) return;
    for (const auto number : it->second)
      if (!f(number)) return;
  }
  template <class F>
  void for_each_held_by(std::string_view office_id, F&& f) const {
    const auto it = office_numbers_.find(office_id);
    if (it == office_numbers_.end()) return;
    for (auto n = offices_[it->second].first_held; n != none; n = rows_[n].next_of_holder) f(n);
  }
  template <class F>
  void for_each_given_by(std::string_view office_id, F&& f) const {
    const auto it = office_numbers_.find(office_id);
    if (it == office_numbers_.end()) return;
    for (auto n = offices_[it->second].first_given; n != none; n = rows_[n].next_of_giver) f(n);
  }
  // Calls f for each grant below `top`, without it.
  template <class F>
  void for_each_below(Number top, F&& f) const {
    for (auto n = rows_[top].first_child; n != none; n = rows_[n].next_sibling) {
      f(n);
      for_each_below(n, f);
    }
  }

 private:
  struct OfficeEntry {
    std::string id;
    Number first_held = none, first_given = none;
  };
  // What a grant is cut from: the grant above, or the law.
  struct Ground {
    const LawPower* power = nullptr;
    Number parent = none;
    Extent extent;
  };

  std::optional<Ground> ground(const Grant& grant, const Offices& offices,
                               std::vector<FieldError>& wrong) const;
  Extent written(const Grant& grant) const;
  OfficeNumber number_of(const OfficeRef& office_id);
  void sort_places();
  void cut(Number number, std::int64_t ends, std::size_t& fell);
  static std::uint64_t place_key(PowerNumber power, Place place) {
    return std::uint64_t{power} << 32 | place.number();
  }
  bool before(Number a, Number b) const {
    const auto x = rows_[a].extent.ceiling, y = rows_[b].extent.ceiling;
    return x != y ? x > y : a < b;
  }

  const Law& law_;
  mutable std::shared_mutex mutex_;
  bool loading_ = false;
  std::vector<Row> rows_;  // rows_[0] is nobody's
  boost::unordered_flat_map<std::array<std::uint64_t, 2>, Number,
                            boost::hash<std::array<std::uint64_t, 2>>>
      numbers_;
  boost::unordered_flat_map<std::uint64_t, std::vector<Number>> places_;
  std::vector<OfficeEntry> offices_;
  std::map<std::string, OfficeNumber, std::less<>> office_numbers_;
  std::vector<ProjectRef> projects_;  // number 1 first
  std::map<std::string, std::uint32_t, std::less<>> project_numbers_;
};

}  // namespace changwat::authority
