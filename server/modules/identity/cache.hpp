#pragma once
// A bounded memory of values by key that forgets what was used longest ago. Thread-safe.
//
// A value that was being loaded while anything was forgotten is not kept: it may be older than the
// change that made it to be forgotten. So a reader who loads after `generation()` and a writer who
// forgets after its commit never leave an old value behind.

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/result.hpp"

namespace changwat::identity {

template <class Value>
class Cache {
 public:
  explicit Cache(std::size_t entries_max) : entries_max_(entries_max) { CHECK(entries_max >= 1); }

  std::shared_ptr<Value> find(std::string_view key) {
    const std::lock_guard lock(mutex_);
    const auto found = by_key_.find(key);
    if (found == by_key_.end()) return nullptr;
    recent_first_.splice(recent_first_.begin(), recent_first_, found->second);
    return found->second->value;
  }

  // Before loading; goes into keep().
  std::uint64_t generation() const {
    const std::lock_guard lock(mutex_);
    return generation_;
  }

  void keep(std::string_view key, std::shared_ptr<Value> value, std::uint64_t loaded_in) {
    const std::lock_guard lock(mutex_);
    if (loaded_in != generation_) return;
    remove(key);
    if (by_key_.size() == entries_max_) remove(recent_first_.back().key);
    recent_first_.push_front({std::string(key), std::move(value)});
    by_key_.emplace(recent_first_.front().key, recent_first_.begin());
  }

  void forget(std::string_view key) {
    const std::lock_guard lock(mutex_);
    ++generation_;
    remove(key);
  }

  std::size_t size() const {
    const std::lock_guard lock(mutex_);
    return by_key_.size();
  }

 private:
  struct Entry {
    std::string key;
    std::shared_ptr<Value> value;
  };

  void remove(std::string_view key) {
    const auto found = by_key_.find(key);
    if (found == by_key_.end()) return;
    const auto entry = found->second;  // the map's key is a view into it
    by_key_.erase(found);
    recent_first_.erase(entry);
  }

  const std::size_t entries_max_;
  mutable std::mutex mutex_;
  std::uint64_t generation_ = 0;
  std::list<Entry> recent_first_;
  std::unordered_map<std::string_view, typename std::list<Entry>::iterator> by_key_;
};

}  // namespace changwat::identity
