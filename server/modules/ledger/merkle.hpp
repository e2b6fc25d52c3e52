#pragma once
// The Merkle tree of the ledger: RFC 6962 hashing, a compact form that grows by appending, and
// inclusion and consistency proofs with their verification (RFC 9162, 2.1.1 to 2.1.4).
//
// Nothing here stores anything. Who keeps a tree (a database, a test) hands in a SubtreeHash and
// gets proofs; the server itself appends through a CompactRange of at most 64 hashes.
//
// Threads: values may be used from any thread, one at a time. Hashing uses one OpenSSL context per
// thread, so that hashing a leaf costs about the compression function and nothing else.
// Errors: a question about a tree that is too small is `errors::outside_tree`; a failing OpenSSL is
// an exception; verification answers true or false and never throws on bad input.

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

#include "modules/ledger/encoding.hpp"

namespace changwat::ledger {

namespace errors {
inline constexpr ErrorKind outside_tree{
    "ledger_outside_tree", 422, "ลำดับหรือขนาดที่ขออยู่นอกบัญชีรายการที่มี",
    "The index or size asked for lies outside the ledger's tree."};
inline constexpr ErrorKind bad_compact_range{
    "ledger_bad_compact_range", 500, "สถานะย่อของบัญชีรายการที่เก็บไว้เสียหาย",
    "The stored compact state of the ledger's tree cannot be read."};
}  // namespace errors

using Hash = std::array<std::uint8_t, 32>;  // SHA-256

Hash sha256(std::string_view bytes);
Hash hash_leaf(std::string_view bytes);               // SHA-256(0x00 || bytes)
Hash hash_node(const Hash& left, const Hash& right);  // SHA-256(0x01 || left || right)
Hash empty_root();                                    // SHA-256 of nothing

// The tree of `size` leaves as the roots of its complete subtrees ("peaks"), largest first: one for
// each bit that is set in `size`. That is all that appending needs, so a server that stored it can
// go on after a restart without reading a single entry.
class CompactRange {
 public:
  CompactRange() = default;

  // Nothing if the number of peaks does not fit the size.
  static Result<CompactRange> from_peaks(std::uint64_t size, std::vector<Hash> peaks);
  static Result<CompactRange> parse(std::string_view text);  // what to_text() gave
  std::string to_text() const;                               // "size:hexadecimal of the peaks"

  std::uint64_t size() const { return size_; }
  const std::vector<Hash>& peaks() const { return peaks_; }
  Hash root() const;

  void append(const Hash& leaf) {
    append(leaf, [](unsigned, std::uint64_t, const Hash&) {});
  }

  // `keep(level, index, hash)` is told of every subtree that this leaf completes, the leaf itself
  // (level 0) included: store them and proofs need no rehashing. Two a leaf on average.
  template <class Keep>
  void append(const Hash& leaf, Keep&& keep) {
    Hash hash = leaf;
    unsigned level = 0;
    keep(level, size_, hash);
    for (std::uint64_t rest = size_; rest & 1; rest >>= 1) {
      hash = hash_node(peaks_.back(), hash);
      peaks_.pop_back();
      ++level;
      keep(level, rest >> 1, hash);
    }
    peaks_.push_back(hash);
    ++size_;
  }

  friend bool operator==(const CompactRange&, const CompactRange&) = default;

 private:
  std::uint64_t size_ = 0;
  std::vector<Hash> peaks_;
};

// The hash of the complete subtree over the leaves [index << level, (index + 1) << level).
// It is asked only for subtrees that lie wholly inside the tree. It may throw.
using SubtreeHash = std::function<Hash(unsigned level, std::uint64_t index)>;
using LeafHash = std::function<Hash(std::uint64_t index)>;
using Proof = std::vector<Hash>;

// For a store that keeps leaf hashes only: rehashes 2^level leaves at each call.
SubtreeHash subtrees_of_leaves(LeafHash leaf);

Result<Hash> root_of(std::uint64_t tree_size, const SubtreeHash& subtree);

// Proof that leaf `index` is in the tree of `tree_size` leaves. At most 64 hashes.
Result<Proof> inclusion_proof(std::uint64_t index, std::uint64_t tree_size,
                              const SubtreeHash& subtree);

// Proof that the tree of `old_size` leaves is the beginning of the tree of `new_size` leaves. Empty
// when the sizes are equal, and when the old tree is empty (everything begins with nothing).
Result<Proof> consistency_proof(std::uint64_t old_size, std::uint64_t new_size,
                                const SubtreeHash& subtree);

bool verify_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t tree_size,
                      const Proof& proof, const Hash& root);

bool verify_consistency(std::uint64_t old_size, const Hash& old_root, std::uint64_t new_size,
                        const Hash& new_root, const Proof& proof);

}  // namespace changwat::ledger
