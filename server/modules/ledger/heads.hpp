#pragma once
// Signed tree heads: the ledger's statement, at a moment, of how many entries it holds and what
// their root is. Once a head is in other hands, nothing before it can be changed unseen.
//
// Signatures are Ed25519 (RFC 8032), by libsodium. The name of the ledger (`origin`) is part of
// every signature, so a head of one ledger is worth nothing in another.
//
// Keys follow one another in a chain of KeyStatements: the first key states itself, every further
// one is introduced by the key before it, from a tree size on. Who trusts one key of the chain can
// follow it to all later ones; a head must be signed by the key whose turn it was.
//
// Threads: values; SigningKey may be shared by threads. Errors: see `errors`. Files are read and
// written by write_key_file/read_key_file only; time comes in as a parameter.

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/result.hpp"

#include "modules/ledger/merkle.hpp"

namespace changwat::ledger {

namespace errors {
inline constexpr ErrorKind bad_key{"ledger_bad_key", 500, "กุญแจลงนามของบัญชีรายการใช้ไม่ได้",
                                   "The ledger's key cannot be used."};
inline constexpr ErrorKind wrong_signature{"ledger_wrong_signature", 422, "ลายมือชื่อดิจิทัลไม่ถูกต้อง",
                                           "The signature is wrong."};
inline constexpr ErrorKind unknown_key{"ledger_unknown_key", 422,
                                       "ลงนามด้วยกุญแจที่ไม่อยู่ในกลุ่มกุญแจที่เชื่อถือ",
                                       "It is signed by a key that is not trusted."};
inline constexpr ErrorKind bad_key_chain{"ledger_bad_key_chain", 422,
                                         "ลำดับการเปลี่ยนกุญแจไม่ต่อเนื่องหรือไม่ถูกต้อง",
                                         "The chain of keys is broken."};
inline constexpr ErrorKind malformed_head{"ledger_malformed_head", 422, "หัวบัญชีที่ลงนามมีรูปแบบไม่ถูกต้อง",
                                          "The signed head is not well formed."};
}  // namespace errors

struct SignedHead {
  std::int64_t tree_size = 0;  // number of entries under the root
  std::string root;            // 64 hexadecimal digits, lower case
  std::string signed_at;       // UTC, "2021-03-12T09:59:59.000Z"
  std::string key_id;          // 16 hexadecimal digits, see key_id_of()
  std::string signature;       // Ed25519, base64 with padding

  friend bool operator==(const SignedHead&, const SignedHead&) = default;
};
BOOST_DESCRIBE_STRUCT(SignedHead, (), (tree_size, root, signed_at, key_id, signature))

// "This key signs heads of `from_tree_size` entries and more, until a later key takes over."
struct KeyStatement {
  std::string key_id;
  std::string public_key;           // 32 bytes, base64 with padding
  std::string introduced_by;        // key_id of the key before; its own for the first key
  std::int64_t from_tree_size = 0;  // 0 for the first key
  std::string introduced_at;        // UTC
  std::string signature;            // by the key named in introduced_by

  friend bool operator==(const KeyStatement&, const KeyStatement&) = default;
};
BOOST_DESCRIBE_STRUCT(KeyStatement, (),
                      (key_id, public_key, introduced_by, from_tree_size, introduced_at, signature))

using PublicKey = std::array<std::uint8_t, 32>;
using Signature = std::array<std::uint8_t, 64>;

std::string key_id_of(const PublicKey& key);  // first 8 bytes of SHA-256 of the 32, hexadecimal
std::string to_base64(Bytes bytes);
bool from_base64(std::string_view base64,
                 std::span<std::uint8_t> out);  // exact length, one spelling

// The secret half. Erased from memory when it goes.
class SigningKey {
 public:
  static SigningKey generate();
  static SigningKey from_seed(const std::array<std::uint8_t, 32>& seed);
  ~SigningKey();
  SigningKey(const SigningKey&) = default;
  SigningKey& operator=(const SigningKey&) = default;

  const PublicKey& public_key() const { return public_; }
  const std::string& key_id() const { return key_id_; }
  std::array<std::uint8_t, 32> seed() const;
  Signature sign(std::string_view message) const;

 private:
  SigningKey() = default;
  std::array<std::uint8_t, 64> secret_{};
  PublicKey public_{};
  std::string key_id_;
};

// A key file is one line: the 32-byte seed (RFC 8032 calls it the private key) in base64. It is
// created with mode 0600, never written over, and refused when group or others may read it.
Result<Done> write_key_file(const std::filesystem::path& path, const SigningKey& key);
Result<SigningKey> read_key_file(const std::filesystem::path& path);

// What is signed, for verifiers in other languages: docs/ledger-format.md. The context strings keep
// a signature of one kind from being taken for one of another.
inline constexpr std::string_view head_context = "changwat-ledger-head-v1";
inline constexpr std::string_view key_context = "changwat-ledger-key-v1";
Result<std::string> head_signing_bytes(std::string_view origin, const SignedHead& head);
Result<std::string> key_signing_bytes(std::string_view origin, const KeyStatement& statement);

// These three CHECK that the time is spelled as one and the size is not negative: both come from
// the server's own clock and tree.
SignedHead sign_head(const SigningKey& key, std::string_view origin, std::int64_t tree_size,
                     const Hash& root, std::string signed_at);
KeyStatement state_first_key(const SigningKey& key, std::string_view origin,
                             std::string introduced_at);
// `from_tree_size` is the size of the last head of the old key, or more; never less.
KeyStatement introduce_key(const SigningKey& old_key, std::string_view origin,
                           const PublicKey& new_key, std::int64_t from_tree_size,
                           std::string introduced_at);

// Form and signature of one head against one key.
Result<Done> verify_head(const SignedHead& head, std::string_view origin, const PublicKey& key);

// The keys that a verifier got from somewhere else than the export: a web page, a gazette, a
// letter.
class TrustedKeys {
 public:
  TrustedKeys() = default;
  explicit TrustedKeys(std::vector<PublicKey> keys) : keys_(std::move(keys)) {}
  Result<Done> add(std::string_view public_key_base64);
  bool contains(const PublicKey& key) const;

 private:
  std::vector<PublicKey> keys_;
};

inline constexpr std::size_t max_keys_in_chain = 1000;

// The keys of one ledger, in the order in which they took over, each statement verified.
class KeyChain {
 public:
  KeyChain() = default;
  static Result<KeyChain> verify(std::string_view origin, const std::vector<KeyStatement>& keys);

  // Whether `key_id` is a trusted key or comes after one.
  bool trusts(std::string_view key_id, const TrustedKeys& trusted) const;
  bool ends_with(std::string_view key_id) const;

  // Form, signature, and that it was this key's turn at this tree size.
  Result<Done> verify_head(const SignedHead& head) const;

 private:
  struct Link {
    std::string key_id;
    PublicKey public_key;
    std::int64_t from_tree_size;
  };
  std::string origin_;
  std::vector<Link> links_;
};

}  // namespace changwat::ledger
