#include "modules/ledger/merkle.hpp"

#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace changwat::ledger {
namespace {

// Everybody's reference tree: the eight leaves of the Certificate Transparency test suite.
const std::vector<std::string> reference_leaves_hex = {"",
                                                       "00",
                                                       "10",
                                                       "2021",
                                                       "3031",
                                                       "40414243",
                                                       "5051525354555657",
                                                       "606162636465666768696a6b6c6d6e6f"};
const std::vector<std::string> reference_roots = {
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

std::vector<std::string> hex_of(const Proof& proof) {
  std::vector<std::string> hex;
  for (const Hash& hash : proof) hex.push_back(to_hex(hash));
  return hex;
}

std::vector<Hash> reference_leaves() {
  std::vector<Hash> leaves;
  for (const std::string& hex : reference_leaves_hex) {
    std::vector<std::uint8_t> bytes(hex.size() / 2);
    EXPECT_TRUE(from_hex(hex, bytes));
    leaves.push_back(hash_leaf(as_text(bytes)));
  }
  return leaves;
}

std::vector<Hash> numbered_leaves(std::size_t count) {
  std::vector<Hash> leaves;
  for (std::size_t i = 0; i < count; ++i) leaves.push_back(hash_leaf("leaf " + std::to_string(i)));
  return leaves;
}

SubtreeHash subtrees(const std::vector<Hash>& leaves) {
  return subtrees_of_leaves([&leaves](std::uint64_t index) { return leaves.at(index); });
}

// The definition of RFC 6962 2.1, written down once more in the plainest way.
Hash root_by_definition(const std::vector<Hash>& leaves, std::size_t start, std::size_t count) {
  if (count == 0) return empty_root();
  if (count == 1) return leaves[start];
  std::size_t left = 1;
  while (left * 2 < count) left *= 2;
  return hash_node(root_by_definition(leaves, start, left),
                   root_by_definition(leaves, start + left, count - left));
}

TEST(LedgerMerkle, RootsOfTheReferenceTreeAreTheKnownOnes) {
  CompactRange range;
  EXPECT_EQ(to_hex(range.root()), reference_roots[0]);
  const std::vector<Hash> leaves = reference_leaves();
  for (std::size_t size = 1; size <= leaves.size(); ++size) {
    range.append(leaves[size - 1]);
    EXPECT_EQ(to_hex(range.root()), reference_roots[size]);
    EXPECT_EQ(to_hex(root_of(size, subtrees(leaves)).value()), reference_roots[size]);
  }
}

TEST(LedgerMerkle, ProofsOfTheReferenceTreeAreTheKnownOnes) {
  const std::vector<Hash> leaves = reference_leaves();
  EXPECT_EQ(hex_of(inclusion_proof(0, 8, subtrees(leaves)).value()),
            (std::vector<std::string>{
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"}));
  EXPECT_EQ(hex_of(consistency_proof(6, 8, subtrees(leaves)).value()),
            (std::vector<std::string>{
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"}));
}

constexpr std::size_t largest = 70;

TEST(LedgerMerkle, RootsFollowTheDefinitionForEverySizeAndSurviveARestart) {
  const std::vector<Hash> leaves = numbered_leaves(largest);
  CompactRange range;
  for (std::size_t size = 1; size <= largest; ++size) {
    range = CompactRange::parse(range.to_text()).value();
    range.append(leaves[size - 1]);
    EXPECT_EQ(range.size(), size);
    EXPECT_EQ(range.root(), root_by_definition(leaves, 0, size));
  }
}

TEST(LedgerMerkle, KeptNodesAreTheCompleteSubtreesEachOnce) {
  const std::vector<Hash> leaves = numbered_leaves(largest);
  std::map<std::pair<unsigned, std::uint64_t>, Hash> kept;
  CompactRange range;
  for (const Hash& leaf : leaves) {
    range.append(leaf, [&](unsigned level, std::uint64_t index, const Hash& hash) {
      EXPECT_TRUE(kept.emplace(std::pair(level, index), hash).second);
    });
  }
  std::size_t expected = 0;
  for (unsigned level = 0; largest >> level; ++level) {
    for (std::uint64_t index = 0; index < largest >> level; ++index, ++expected) {
      EXPECT_EQ(kept.at({level, index}),
                root_by_definition(leaves, index << level, std::size_t{1} << level));
    }
  }
  EXPECT_EQ(kept.size(), expected);
}

TEST(LedgerMerkle, EveryInclusionProofVerifiesAndEveryDamagedOneDoesNot) {
  const std::vector<Hash> leaves = numbered_leaves(largest + 1);
  for (std::uint64_t size = 1; size <= largest; ++size) {
    const Hash root = root_by_definition(leaves, 0, size);
    for (std::uint64_t index = 0; index < size; ++index) {
      const Proof proof = inclusion_proof(index, size, subtrees(leaves)).value();
      ASSERT_TRUE(verify_inclusion(leaves[index], index, size, proof, root));
      ASSERT_FALSE(verify_inclusion(leaves[index + 1], index, size, proof, root));
      ASSERT_FALSE(verify_inclusion(leaves[index], index + 1, size, proof, root));
      ASSERT_FALSE(verify_inclusion(leaves[index], size, size, proof, root));
      ASSERT_FALSE(verify_inclusion(leaves[index], index, size, proof, leaves[size]));
      for (std::size_t i = 0; i < proof.size(); ++i) {
        Proof damaged = proof;
        damaged[i][i] ^= 1;
        ASSERT_FALSE(verify_inclusion(leaves[index], index, size, damaged, root));
      }
      Proof longer = proof;
      longer.push_back(root);
      ASSERT_FALSE(verify_inclusion(leaves[index], index, size, longer, root));
      if (proof.empty()) continue;
      Proof shorter(proof.begin(), proof.end() - 1);
      ASSERT_FALSE(verify_inclusion(leaves[index], index, size, shorter, root));
    }
  }
}

TEST(LedgerMerkle, EveryConsistencyProofVerifiesAndEveryDamagedOneDoesNot) {
  const std::vector<Hash> leaves = numbered_leaves(largest + 1);
  std::vector<Hash> roots;
  for (std::size_t size = 0; size <= largest + 1; ++size) {
    roots.push_back(root_by_definition(leaves, 0, size));
  }
  for (std::uint64_t new_size = 1; new_size <= largest; ++new_size) {
    for (std::uint64_t old_size = 0; old_size <= new_size; ++old_size) {
      const Hash& old_root = roots[old_size];
      const Hash& new_root = roots[new_size];
      const Proof proof = consistency_proof(old_size, new_size, subtrees(leaves)).value();
      ASSERT_TRUE(verify_consistency(old_size, old_root, new_size, new_root, proof));
      ASSERT_FALSE(verify_consistency(old_size, roots[old_size + 1], new_size, new_root, proof));
      ASSERT_FALSE(verify_consistency(new_size + 1, old_root, new_size, new_root, proof));
      if (old_size > 0) {
        ASSERT_FALSE(verify_consistency(old_size, old_root, new_size, roots[new_size + 1], proof));
      }
      for (std::size_t i = 0; i < proof.size(); ++i) {
        Proof damaged = proof;
        damaged[i][31 - i] ^= 0x80;
        ASSERT_FALSE(verify_consistency(old_size, old_root, new_size, new_root, damaged));
      }
      Proof longer = proof;
      longer.push_back(new_root);
      ASSERT_FALSE(verify_consistency(old_size, old_root, new_size, new_root, longer));
      if (proof.empty()) continue;
      Proof shorter(proof.begin(), proof.end() - 1);
      ASSERT_FALSE(verify_consistency(old_size, old_root, new_size, new_root, shorter));
    }
  }
}

TEST(LedgerMerkle, QuestionsOutsideTheTreeAreRefused) {
  const std::vector<Hash> leaves = numbered_leaves(3);
  EXPECT_TRUE(inclusion_proof(3, 3, subtrees(leaves)).problem().is(errors::outside_tree));
  EXPECT_TRUE(inclusion_proof(0, 0, subtrees(leaves)).problem().is(errors::outside_tree));
  EXPECT_TRUE(consistency_proof(4, 3, subtrees(leaves)).problem().is(errors::outside_tree));
}

TEST(LedgerMerkle, DamagedCompactStatesAreRefused) {
  const std::string peak(64, 'a');
  for (const std::string& text :
       {std::string(), std::string("1"), std::string("x:"), "0:" + peak, "1:" + peak.substr(1),
        "3:" + peak, "1:" + std::string(64, 'A'), "-1:" + peak, "99999999999999999999:" + peak}) {
    EXPECT_FALSE(CompactRange::parse(text).ok()) << text;
  }
  EXPECT_TRUE(CompactRange::parse("0:").ok());
  EXPECT_TRUE(CompactRange::parse("1:" + peak).ok());
}

TEST(LedgerMerkle, LeavesAndNodesNeverShareAHash) {
  const Hash left = hash_leaf("a"), right = hash_leaf("b");
  const std::string both = std::string(as_text(left)) + std::string(as_text(right));
  EXPECT_NE(hash_node(left, right), hash_leaf(both));
}

}  // namespace
}  // namespace changwat::ledger
