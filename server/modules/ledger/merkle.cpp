#include "modules/ledger/merkle.hpp"

#include <bit>
#include <charconv>
#include <memory>
#include <stdexcept>

#include <openssl/evp.h>

namespace changwat::ledger {

namespace {

// Fetching the algorithm and making a context cost more than hashing an entry: once a thread.
class Sha256 {
 public:
  Sha256() : algorithm_(EVP_MD_fetch(nullptr, "SHA256", nullptr)), context_(EVP_MD_CTX_new()) {
    if (!algorithm_ || !context_) throw std::runtime_error("OpenSSL offers no SHA-256");
  }

  void begin() { require(EVP_DigestInit_ex2(context_.get(), algorithm_.get(), nullptr)); }
  void add(const void* bytes, std::size_t size) {
    require(EVP_DigestUpdate(context_.get(), bytes, size));
  }
  Hash end() {
    Hash hash;
    require(EVP_DigestFinal_ex(context_.get(), hash.data(), nullptr));
    return hash;
  }

 private:
  static void require(int ok) {
    if (ok != 1) throw std::runtime_error("OpenSSL could not compute SHA-256");
  }
  struct Free {
    void operator()(EVP_MD* p) const { EVP_MD_free(p); }
    void operator()(EVP_MD_CTX* p) const { EVP_MD_CTX_free(p); }
  };
  std::unique_ptr<EVP_MD, Free> algorithm_;
  std::unique_ptr<EVP_MD_CTX, Free> context_;
};

Sha256& this_threads_sha256() {
  thread_local Sha256 sha256;
  return sha256;
}

constexpr std::uint8_t leaf_prefix = 0x00;
constexpr std::uint8_t node_prefix = 0x01;

}  // namespace

Hash sha256(std::string_view bytes) {
  Sha256& sha = this_threads_sha256();
  sha.begin();
  sha.add(bytes.data(), bytes.size());
  return sha.end();
}

Hash hash_leaf(std::string_view bytes) {
  Sha256& sha = this_threads_sha256();
  sha.begin();
  sha.add(&leaf_prefix, 1);
  sha.add(bytes.data(), bytes.size());
  return sha.end();
}

Hash hash_node(const Hash& left, const Hash& right) {
  std::array<std::uint8_t, 1 + 2 * sizeof(Hash)> bytes;
  bytes[0] = node_prefix;
  std::copy(left.begin(), left.end(), bytes.begin() + 1);
  std::copy(right.begin(), right.end(), bytes.begin() + 1 + sizeof(Hash));
  return sha256(as_text(bytes));
}

Hash empty_root() {
  return sha256({});
}

// --- CompactRange ---

Result<CompactRange> CompactRange::from_peaks(std::uint64_t size, std::vector<Hash> peaks) {
  if (static_cast<std::size_t>(std::popcount(size)) != peaks.size()) {
    return errors::bad_compact_range;
  }
  CompactRange range;
  range.size_ = size;
  range.peaks_ = std::move(peaks);
  return range;
}

Result<CompactRange> CompactRange::parse(std::string_view text) {
  std::uint64_t size = 0;
  const char* end = text.data() + text.size();
  const auto [after, error] = std::from_chars(text.data(), end, size);
  if (error != std::errc{} || after == end || *after != ':') return errors::bad_compact_range;
  std::string_view hex = text.substr(static_cast<std::size_t>(after + 1 - text.data()));
  if (hex.size() != static_cast<std::size_t>(std::popcount(size)) * 2 * sizeof(Hash)) {
    return errors::bad_compact_range;
  }
  std::vector<Hash> peaks(hex.size() / (2 * sizeof(Hash)));
  for (Hash& peak : peaks) {
    if (!from_hex(hex.substr(0, 2 * sizeof(Hash)), peak)) return errors::bad_compact_range;
    hex.remove_prefix(2 * sizeof(Hash));
  }
  return from_peaks(size, std::move(peaks));
}

std::string CompactRange::to_text() const {
  std::string text = std::to_string(size_) + ":";
  for (const Hash& peak : peaks_) append_hex(text, peak);
  return text;
}

Hash CompactRange::root() const {
  if (peaks_.empty()) return empty_root();
  Hash root = peaks_.back();
  for (std::size_t i = peaks_.size() - 1; i-- > 0;) root = hash_node(peaks_[i], root);
  return root;
}

// --- Proofs ---

namespace {

// The largest power of two smaller than `count`, which is at least 2: where RFC 6962 splits a tree.
std::uint64_t split_of(std::uint64_t count) {
  return std::bit_floor(count - 1);
}

// Root over the `count` leaves from `start` on, where the RFC's splitting arrives at such a range;
// its complete subtrees are then aligned.
Hash range_root(std::uint64_t start, std::uint64_t count, const SubtreeHash& subtree) {
  if (std::has_single_bit(count)) {
    const auto level = static_cast<unsigned>(std::countr_zero(count));
    return subtree(level, start >> level);
  }
  const std::uint64_t left = split_of(count);
  const Hash left_root = range_root(start, left, subtree);
  return hash_node(left_root, range_root(start + left, count - left, subtree));
}

// RFC 9162 2.1.3.1, PATH(index, D[start : start + count]).
void add_path(std::uint64_t index, std::uint64_t start, std::uint64_t count,
              const SubtreeHash& subtree, Proof& proof) {
  if (count == 1) return;
  const std::uint64_t left = split_of(count);
  if (index < left) {
    add_path(index, start, left, subtree, proof);
    proof.push_back(range_root(start + left, count - left, subtree));
  } else {
    add_path(index - left, start + left, count - left, subtree, proof);
    proof.push_back(range_root(start, left, subtree));
  }
}

// RFC 9162 2.1.4.1, SUBPROOF(old_size, D[start : start + count], whole). `whole` is true while the
// old tree's root is the root of this very subtree, which the verifier then knows already.
void add_subproof(std::uint64_t old_size, std::uint64_t start, std::uint64_t count, bool whole,
                  const SubtreeHash& subtree, Proof& proof) {
  if (old_size == count) {
    if (!whole) proof.push_back(range_root(start, count, subtree));
    return;
  }
  const std::uint64_t left = split_of(count);
  if (old_size <= left) {
    add_subproof(old_size, start, left, whole, subtree, proof);
    proof.push_back(range_root(start + left, count - left, subtree));
  } else {
    add_subproof(old_size - left, start + left, count - left, false, subtree, proof);
    proof.push_back(range_root(start, left, subtree));
  }
}

}  // namespace

SubtreeHash subtrees_of_leaves(LeafHash leaf) {
  return [leaf = std::move(leaf)](unsigned level, std::uint64_t index) {
    CompactRange range;
    const std::uint64_t first = index << level;
    for (std::uint64_t i = 0; i < std::uint64_t{1} << level; ++i) range.append(leaf(first + i));
    return range.root();
  };
}

Result<Hash> root_of(std::uint64_t tree_size, const SubtreeHash& subtree) {
  if (tree_size == 0) return empty_root();
  return range_root(0, tree_size, subtree);
}

Result<Proof> inclusion_proof(std::uint64_t index, std::uint64_t tree_size,
                              const SubtreeHash& subtree) {
  if (index >= tree_size) return errors::outside_tree;
  Proof proof;
  add_path(index, 0, tree_size, subtree, proof);
  return proof;
}

Result<Proof> consistency_proof(std::uint64_t old_size, std::uint64_t new_size,
                                const SubtreeHash& subtree) {
  if (old_size > new_size) return errors::outside_tree;
  Proof proof;
  if (old_size > 0) add_subproof(old_size, 0, new_size, true, subtree, proof);
  return proof;
}

// RFC 9162 2.1.3.2.
bool verify_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t tree_size,
                      const Proof& proof, const Hash& root) {
  if (index >= tree_size) return false;
  std::uint64_t node = index, last = tree_size - 1;
  Hash hash = leaf;
  for (const Hash& sibling : proof) {
    if (last == 0) return false;
    if ((node & 1) || node == last) {
      hash = hash_node(sibling, hash);
      while (!(node & 1) && node != 0) node >>= 1, last >>= 1;
    } else {
      hash = hash_node(hash, sibling);
    }
    node >>= 1;
    last >>= 1;
  }
  return last == 0 && hash == root;
}

// RFC 9162 2.1.4.2, with the two cases that the RFC leaves to the caller: equal sizes and nothing.
bool verify_consistency(std::uint64_t old_size, const Hash& old_root, std::uint64_t new_size,
                        const Hash& new_root, const Proof& proof) {
  if (old_size > new_size) return false;
  if (old_size == new_size) return proof.empty() && old_root == new_root;
  if (old_size == 0) return proof.empty() && old_root == empty_root();

  auto sibling = proof.begin();
  std::uint64_t node = old_size - 1, last = new_size - 1;
  while (node & 1) node >>= 1, last >>= 1;
  Hash start;
  if (std::has_single_bit(old_size)) {
    start = old_root;  // the old root is itself a node of the new tree, so the proof leaves it out
  } else {
    if (sibling == proof.end()) return false;
    start = *sibling++;
  }
  Hash old_hash = start, new_hash = start;
  for (; sibling != proof.end(); ++sibling) {
    if (last == 0) return false;
    if ((node & 1) || node == last) {
      old_hash = hash_node(*sibling, old_hash);
      new_hash = hash_node(*sibling, new_hash);
      while (!(node & 1) && node != 0) node >>= 1, last >>= 1;
    } else {
      new_hash = hash_node(new_hash, *sibling);
    }
    node >>= 1;
    last >>= 1;
  }
  return last == 0 && old_hash == old_root && new_hash == new_root;
}

}  // namespace changwat::ledger
