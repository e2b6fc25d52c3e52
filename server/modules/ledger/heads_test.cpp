#include "modules/ledger/heads.hpp"

#include <fstream>
#include <functional>

#include <gtest/gtest.h>
#include <sys/stat.h>

namespace changwat::ledger {
namespace {

constexpr std::string_view origin = "changwat.example/ledger";
const std::string noon = "2021-03-12T05:00:00.000Z";

SigningKey key_number(std::uint8_t number) {
  std::array<std::uint8_t, 32> seed{};
  seed[0] = number;
  return SigningKey::from_seed(seed);
}

struct Folder {
  std::filesystem::path path = [] {
    std::string name = (std::filesystem::temp_directory_path() / "ledger-keys-XXXXXX").string();
    return std::filesystem::path(::mkdtemp(name.data()));
  }();
  ~Folder() { std::filesystem::remove_all(path); }
};

TEST(LedgerHeads, SignaturesAreThoseOfRfc8032) {
  // RFC 8032, 7.1, test 2: one byte 0x72.
  std::array<std::uint8_t, 32> seed;
  ASSERT_TRUE(from_hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", seed));
  const SigningKey key = SigningKey::from_seed(seed);
  EXPECT_EQ(to_hex(key.public_key()),
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  EXPECT_EQ(to_hex(key.sign("\x72")),
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
}

TEST(LedgerHeads, AHeadVerifiesAndEveryChangedMemberIsFound) {
  const SigningKey key = key_number(1);
  const SignedHead head = sign_head(key, origin, 5, sha256("x"), noon);
  EXPECT_TRUE(verify_head(head, origin, key.public_key()).ok());
  EXPECT_EQ(head.key_id.size(), 16u);

  const std::vector<std::pair<std::function<void(SignedHead&)>, const ErrorKind*>> cases = {
      {[](SignedHead& h) { h.tree_size = 6; }, &errors::wrong_signature},
      {[](SignedHead& h) { h.tree_size = -5; }, &errors::malformed_head},
      {[](SignedHead& h) { h.root = to_hex(sha256("y")); }, &errors::wrong_signature},
      {[](SignedHead& h) { h.root[0] = 'A'; }, &errors::malformed_head},
      {[](SignedHead& h) { h.signed_at = "2021-03-12T05:00:00.001Z"; }, &errors::wrong_signature},
      {[](SignedHead& h) { h.signed_at = "noon"; }, &errors::malformed_head},
      {[](SignedHead& h) { h.key_id = key_number(2).key_id(); }, &errors::unknown_key},
      {[](SignedHead& h) { h.signature[3] = h.signature[3] == 'A' ? 'B' : 'A'; },
       &errors::wrong_signature},
      {[](SignedHead& h) { h.signature += "\n"; }, &errors::wrong_signature},
      {[](SignedHead& h) { h.signature.clear(); }, &errors::wrong_signature}};
  for (const auto& [change, expected] : cases) {
    SignedHead changed = head;
    change(changed);
    const auto result = verify_head(changed, origin, key.public_key());
    ASSERT_FALSE(result.ok());
    EXPECT_TRUE(result.problem().is(*expected)) << result.problem().kind->code;
  }
  EXPECT_TRUE(
      verify_head(head, "another ledger", key.public_key()).problem().is(errors::wrong_signature));
}

TEST(LedgerHeads, AKeyFileIsPrivateAndComesBackTheSame) {
  const Folder folder;
  const auto path = folder.path / "ledger.key";
  const SigningKey key = SigningKey::generate();
  ASSERT_TRUE(write_key_file(path, key).ok());
  struct stat status {};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  EXPECT_EQ(read_key_file(path).value().key_id(), key.key_id());

  EXPECT_FALSE(write_key_file(path, SigningKey::generate()).ok()) << "a key was written over";
  EXPECT_EQ(read_key_file(path).value().key_id(), key.key_id());

  ::chmod(path.c_str(), 0640);
  EXPECT_TRUE(read_key_file(path).problem().is(errors::bad_key));
}

TEST(LedgerHeads, DamagedAndMissingKeyFilesAreRefused) {
  const Folder folder;
  EXPECT_FALSE(read_key_file(folder.path / "missing").ok());
  EXPECT_FALSE(read_key_file(folder.path).ok());
  const std::string good = to_base64(key_number(1).seed());
  for (const std::string& text :
       {std::string(), good, good + "\n\n", good.substr(1) + "\n", "!" + good.substr(1) + "\n"}) {
    const auto path = folder.path / "key";
    std::ofstream(path, std::ios::trunc) << text;
    ::chmod(path.c_str(), 0600);
    EXPECT_FALSE(read_key_file(path).ok()) << text;
  }
}

struct ThreeKeys {
  SigningKey first = key_number(1), second = key_number(2), third = key_number(3);
  std::vector<KeyStatement> statements = {
      state_first_key(first, origin, noon),
      introduce_key(first, origin, second.public_key(), 10, noon),
      introduce_key(second, origin, third.public_key(), 20, noon)};
  KeyChain chain = KeyChain::verify(origin, statements).value();

  Result<Done> verify(const SigningKey& key, std::int64_t size) const {
    return chain.verify_head(sign_head(key, origin, size, empty_root(), noon));
  }
};

TEST(LedgerKeyChain, EachKeySignsTheHeadsOfItsTime) {
  const ThreeKeys keys;
  EXPECT_TRUE(keys.verify(keys.first, 10).ok());
  EXPECT_TRUE(keys.verify(keys.first, 11).problem().is(errors::bad_key_chain));
  EXPECT_TRUE(keys.verify(keys.second, 9).problem().is(errors::bad_key_chain));
  EXPECT_TRUE(keys.verify(keys.second, 11).ok());
  EXPECT_TRUE(keys.verify(keys.third, 20).ok());
  EXPECT_TRUE(keys.verify(keys.third, 1'000'000).ok());
  EXPECT_TRUE(keys.verify(key_number(4), 5).problem().is(errors::unknown_key));
}

TEST(LedgerKeyChain, TrustReachesLaterKeysAndNeverEarlierOnes) {
  const ThreeKeys keys;
  const TrustedKeys second({keys.second.public_key()});
  EXPECT_FALSE(keys.chain.trusts(keys.first.key_id(), second));
  EXPECT_TRUE(keys.chain.trusts(keys.second.key_id(), second));
  EXPECT_TRUE(keys.chain.trusts(keys.third.key_id(), second));
  EXPECT_FALSE(keys.chain.trusts(keys.third.key_id(), TrustedKeys()));
  EXPECT_FALSE(keys.chain.trusts(key_number(4).key_id(), second));
}

TEST(LedgerKeyChain, BrokenChainsAreRefused) {
  const ThreeKeys keys;
  using Statements = std::vector<KeyStatement>;
  const SigningKey stranger = key_number(9);
  const std::vector<std::pair<const char*, std::function<void(Statements&)>>> cases = {
      {"no keys", [](Statements& s) { s.clear(); }},
      {"the first is missing", [](Statements& s) { s.erase(s.begin()); }},
      {"one in the middle is missing", [](Statements& s) { s.erase(s.begin() + 1); }},
      {"wrong order", [](Statements& s) { std::swap(s[1], s[2]); }},
      {"a stranger adds itself",
       [&](Statements& s) {
         s.push_back(introduce_key(stranger, origin, stranger.public_key(), 30, noon));
       }},
      {"a stranger signs in another's name",
       [&](Statements& s) {
         s[2] = introduce_key(stranger, origin, keys.third.public_key(), 20, noon);
         s[2].introduced_by = keys.second.key_id();
       }},
      {"a key returns",
       [&](Statements& s) {
         s.push_back(introduce_key(keys.third, origin, keys.first.public_key(), 30, noon));
       }},
      {"sizes go back",
       [&](Statements& s) {
         s[2] = introduce_key(keys.second, origin, keys.third.public_key(), 9, noon);
       }},
      {"size edited", [](Statements& s) { s[1].from_tree_size = 9; }},
      {"time edited", [](Statements& s) { s[1].introduced_at = "2021-03-12T05:00:00.001Z"; }},
      {"key swapped", [&](Statements& s) { s[1].public_key = to_base64(stranger.public_key()); }},
      {"signature of the first", [](Statements& s) { s[0].signature = s[1].signature; }}};
  for (const auto& [name, change] : cases) {
    Statements changed = keys.statements;
    change(changed);
    EXPECT_FALSE(KeyChain::verify(origin, changed).ok()) << name;
  }
  EXPECT_FALSE(KeyChain::verify("another ledger", keys.statements).ok());
}

TEST(LedgerKeyChain, AKeyIsRecognisedByAllItsBytes) {
  TrustedKeys trusted;
  EXPECT_FALSE(trusted.add("AAAA").ok());
  EXPECT_FALSE(trusted.add("").ok());
  ASSERT_TRUE(trusted.add(to_base64(key_number(1).public_key())).ok());
  EXPECT_TRUE(trusted.contains(key_number(1).public_key()));
  EXPECT_FALSE(trusted.contains(key_number(2).public_key()));
}

}  // namespace
}  // namespace changwat::ledger
