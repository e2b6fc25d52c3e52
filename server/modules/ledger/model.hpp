#pragma once
// What the ledger's endpoints take and give. The entry itself: entry.hpp; signed heads: heads.hpp.

#include <vector>

#include "base/text.hpp"

#include "platform/http/routes.hpp"

#include "modules/ledger/entry.hpp"
#include "modules/ledger/heads.hpp"

namespace changwat::ledger {

// How many entries: a tree size, or a sequence. 0 … 2^53 - 1.
class Count {
 public:
  static std::optional<Count> of_count(std::int64_t n) {
    if (n < 0 || n > max_sequence) return std::nullopt;
    Count count;
    count.n_ = n;
    return count;
  }
  std::int64_t count() const { return n_; }
  static Word word() {
    return {.name = "Count",
            .format = "int64",
            .pattern = "",
            .min = 0,
            .max = max_sequence,
            .th = "ต้องเป็นจำนวนเต็มไม่ติดลบ",
            .en = "must be a whole number not below 0"};
  }

 private:
  std::int64_t n_ = 0;
};

struct HeadsQuery {
  PageLimit limit;
  std::optional<Count> cursor;  // heads smaller than this
};
BOOST_DESCRIBE_STRUCT(HeadsQuery, (), (limit, cursor))

struct EntriesQuery {
  PageLimit limit;
  std::optional<Count> cursor;  // entries behind this sequence
  std::optional<Key> subject_kind;
  std::optional<Text<1, 100>> subject_id;
};
BOOST_DESCRIBE_STRUCT(EntriesQuery, (), (limit, cursor, subject_kind, subject_id))

struct InclusionQuery {
  Count sequence;
  std::optional<Count> tree_size;  // none: the latest head
};
BOOST_DESCRIBE_STRUCT(InclusionQuery, (), (sequence, tree_size))

struct ConsistencyQuery {
  Count from;
  Count to;
};
BOOST_DESCRIBE_STRUCT(ConsistencyQuery, (), (from, to))

struct InclusionAnswer {
  std::int64_t sequence = 0;
  std::int64_t tree_size = 0;
  std::string leaf;
  std::string root;
  std::vector<std::string> proof;
};
BOOST_DESCRIBE_STRUCT(InclusionAnswer, (), (sequence, tree_size, leaf, root, proof))

struct ConsistencyAnswer {
  std::int64_t from = 0;
  std::int64_t to = 0;
  std::vector<std::string> proof;
};
BOOST_DESCRIBE_STRUCT(ConsistencyAnswer, (), (from, to, proof))

// The latest head with what a reader needs to check it.
struct LatestHead {
  std::string origin;
  std::optional<SignedHead> head;  // none while nothing is sealed
  std::int64_t entries = 0;  // recorded so far; those behind the head are sealed within seconds
  std::vector<KeyStatement> keys;
};
BOOST_DESCRIBE_STRUCT(LatestHead, (), (origin, head, entries, keys))

}  // namespace changwat::ledger
