#include "modules/ledger/heads.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

namespace changwat::ledger {

namespace {

constexpr int base64_variant = sodium_base64_VARIANT_ORIGINAL;
constexpr std::size_t key_id_bytes = 8;

Problem malformed(const char* th, const char* en) {
  return {errors::malformed_head, th, en};
}

bool is_key_id(std::string_view text) {
  std::array<std::uint8_t, key_id_bytes> bytes;
  return from_hex(text, bytes);
}

bool signature_holds(std::string_view signature_base64, std::string_view message,
                     const PublicKey& key) {
  Signature signature;
  if (!from_base64(signature_base64, signature)) return false;
  return crypto_sign_verify_detached(signature.data(), as_bytes(message).data(), message.size(),
                                     key.data()) == 0;
}

}  // namespace

std::string key_id_of(const PublicKey& key) {
  return to_hex(Bytes(sha256(as_text(key))).first(key_id_bytes));
}

std::string to_base64(Bytes bytes) {
  std::string text(sodium_base64_encoded_len(bytes.size(), base64_variant), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), base64_variant);
  text.pop_back();  // the terminating zero
  return text;
}

bool from_base64(std::string_view base64, std::span<std::uint8_t> out) {
  std::size_t size = 0;
  const char* end = nullptr;
  const int failed = sodium_base642bin(out.data(), out.size(), base64.data(), base64.size(),
                                       nullptr, &size, &end, base64_variant);
  return failed == 0 && size == out.size() && end == base64.data() + base64.size();
}

// --- SigningKey ---

SigningKey SigningKey::generate() {
  CHECK(sodium_init() >= 0);
  std::array<std::uint8_t, 32> seed;
  randombytes_buf(seed.data(), seed.size());
  SigningKey key = from_seed(seed);
  sodium_memzero(seed.data(), seed.size());
  return key;
}

SigningKey SigningKey::from_seed(const std::array<std::uint8_t, 32>& seed) {
  CHECK(sodium_init() >= 0);
  SigningKey key;
  crypto_sign_seed_keypair(key.public_.data(), key.secret_.data(), seed.data());
  key.key_id_ = key_id_of(key.public_);
  return key;
}

SigningKey::~SigningKey() {
  sodium_memzero(secret_.data(), secret_.size());
}

std::array<std::uint8_t, 32> SigningKey::seed() const {
  std::array<std::uint8_t, 32> seed;
  crypto_sign_ed25519_sk_to_seed(seed.data(), secret_.data());
  return seed;
}

Signature SigningKey::sign(std::string_view message) const {
  Signature signature;
  crypto_sign_detached(signature.data(), nullptr, as_bytes(message).data(), message.size(),
                       secret_.data());
  return signature;
}

// --- Key files ---

namespace {

constexpr std::size_t key_file_bytes = 45;  // 44 of base64 and the end of the line

class File {
 public:
  explicit File(int descriptor) : descriptor_(descriptor) {}
  ~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

Problem key_file_problem(const std::filesystem::path& path, const std::string& what) {
  return {errors::bad_key, path.string() + ": " + what, path.string() + ": " + what};
}

Problem system_problem(const std::filesystem::path& path) {
  return key_file_problem(path, std::strerror(errno));
}

bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return ::fsync(descriptor) == 0;
}

}  // namespace

Result<Done> write_key_file(const std::filesystem::path& path, const SigningKey& key) {
  const File file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (file.descriptor() < 0) return system_problem(path);
  auto seed = key.seed();
  std::string text = to_base64(seed) + "\n";
  const bool written = write_all(file.descriptor(), text);
  const Problem problem = system_problem(path);
  sodium_memzero(seed.data(), seed.size());
  sodium_memzero(text.data(), text.size());
  if (written) return Done{};
  ::unlink(path.c_str());
  return problem;
}

Result<SigningKey> read_key_file(const std::filesystem::path& path) {
  const File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.descriptor() < 0) return system_problem(path);
  struct stat status {};
  if (::fstat(file.descriptor(), &status) != 0) return system_problem(path);
  if (!S_ISREG(status.st_mode)) return key_file_problem(path, "not a regular file");
  if (status.st_mode & (S_IRWXG | S_IRWXO)) {
    return key_file_problem(path, "readable by others; set its mode to 0600");
  }
  std::array<char, key_file_bytes + 1> text{};
  const ssize_t size = ::read(file.descriptor(), text.data(), text.size());
  std::array<std::uint8_t, 32> seed{};
  const bool good = size == key_file_bytes && text[key_file_bytes - 1] == '\n' &&
                    from_base64({text.data(), key_file_bytes - 1}, seed);
  sodium_memzero(text.data(), text.size());
  if (!good) return key_file_problem(path, "not a key file");
  SigningKey key = SigningKey::from_seed(seed);
  sodium_memzero(seed.data(), seed.size());
  return key;
}

// --- Signing ---

Result<std::string> head_signing_bytes(std::string_view origin, const SignedHead& head) {
  Hash root;
  if (head.tree_size < 0) return malformed("ขนาดติดลบ", "Its size is negative.");
  if (!from_hex(head.root, root))
    return malformed("ค่ารากไม่ใช่เลขฐานสิบหก 64 หลัก", "Its root is not 64 hexadecimal digits.");
  if (!parse_instant_ms(head.signed_at)) return malformed("เวลาไม่ถูกต้อง", "Its time is not one.");
  if (!is_key_id(head.key_id)) return malformed("รหัสกุญแจไม่ถูกต้อง", "Its key_id is not one.");
  std::string bytes;
  ByteWriter writer(bytes);
  writer.text(head_context);
  writer.text(origin);
  writer.uint64(static_cast<std::uint64_t>(head.tree_size));
  writer.text(as_text(root));
  writer.text(head.signed_at);
  writer.text(head.key_id);
  return bytes;
}

Result<std::string> key_signing_bytes(std::string_view origin, const KeyStatement& statement) {
  PublicKey key;
  if (!from_base64(statement.public_key, key) || key_id_of(key) != statement.key_id ||
      !is_key_id(statement.introduced_by) || statement.from_tree_size < 0 ||
      !parse_instant_ms(statement.introduced_at)) {
    return Problem(errors::bad_key_chain, "คำแถลงเรื่องกุญแจมีรูปแบบไม่ถูกต้อง",
                   "A statement about a key is not well formed.");
  }
  std::string bytes;
  ByteWriter writer(bytes);
  writer.text(key_context);
  writer.text(origin);
  writer.text(statement.key_id);
  writer.text(as_text(key));
  writer.text(statement.introduced_by);
  writer.uint64(static_cast<std::uint64_t>(statement.from_tree_size));
  writer.text(statement.introduced_at);
  return bytes;
}

SignedHead sign_head(const SigningKey& key, std::string_view origin, std::int64_t tree_size,
                     const Hash& root, std::string signed_at) {
  SignedHead head{tree_size, to_hex(root), std::move(signed_at), key.key_id(), {}};
  const auto bytes = head_signing_bytes(origin, head);
  CHECK(bytes.ok());
  head.signature = to_base64(key.sign(bytes.value()));
  return head;
}

KeyStatement state_first_key(const SigningKey& key, std::string_view origin,
                             std::string introduced_at) {
  return introduce_key(key, origin, key.public_key(), 0, std::move(introduced_at));
}

KeyStatement introduce_key(const SigningKey& old_key, std::string_view origin,
                           const PublicKey& new_key, std::int64_t from_tree_size,
                           std::string introduced_at) {
  KeyStatement statement{key_id_of(new_key), to_base64(new_key),       old_key.key_id(),
                         from_tree_size,     std::move(introduced_at), {}};
  const auto bytes = key_signing_bytes(origin, statement);
  CHECK(bytes.ok());
  statement.signature = to_base64(old_key.sign(bytes.value()));
  return statement;
}

Result<Done> verify_head(const SignedHead& head, std::string_view origin, const PublicKey& key) {
  const std::string bytes = TRY(head_signing_bytes(origin, head));
  if (head.key_id != key_id_of(key)) return errors::unknown_key;
  if (!signature_holds(head.signature, bytes, key)) return errors::wrong_signature;
  return Done{};
}

// --- Trust ---

Result<Done> TrustedKeys::add(std::string_view public_key_base64) {
  PublicKey key;
  if (!from_base64(public_key_base64, key)) {
    return Problem(errors::bad_key, "กุญแจสาธารณะต้องเป็น base64 ของ 32 ไบต์",
                   "A public key is 32 bytes in base64.");
  }
  keys_.push_back(key);
  return Done{};
}

bool TrustedKeys::contains(const PublicKey& key) const {
  return std::find(keys_.begin(), keys_.end(), key) != keys_.end();
}

Result<KeyChain> KeyChain::verify(std::string_view origin, const std::vector<KeyStatement>& keys) {
  const auto broken = [](const KeyStatement& statement, const char* th, const char* en) {
    return Problem(errors::bad_key_chain, th + (" " + statement.key_id),
                   en + (" " + statement.key_id));
  };
  if (keys.empty() || keys.size() > max_keys_in_chain) return errors::bad_key_chain;
  KeyChain chain;
  chain.origin_ = origin;
  for (const KeyStatement& statement : keys) {
    const std::string bytes = TRY(key_signing_bytes(origin, statement));
    Link link{statement.key_id, {}, statement.from_tree_size};
    if (!from_base64(statement.public_key, link.public_key)) return errors::bad_key_chain;
    const bool first = chain.links_.empty();
    const Link& signer = first ? link : chain.links_.back();
    if (statement.introduced_by != signer.key_id) {
      return broken(statement, "กุญแจนี้ไม่ได้รับการแนะนำโดยกุญแจก่อนหน้า:",
                    "The key before did not introduce the key");
    }
    if (first ? statement.from_tree_size != 0 : statement.from_tree_size < signer.from_tree_size) {
      return broken(statement,
                    "ขนาดเริ่มใช้ของกุญแจไม่เรียงลำดับ:", "The sizes are out of order at the key");
    }
    if (!signature_holds(statement.signature, bytes, signer.public_key)) {
      return broken(statement,
                    "ลายมือชื่อแนะนำกุญแจไม่ถูกต้อง:", "The signature is wrong that introduces the key");
    }
    for (const Link& earlier : chain.links_) {
      if (earlier.key_id == link.key_id) {
        return broken(statement, "กุญแจซ้ำ:", "The chain holds twice the key");
      }
    }
    chain.links_.push_back(std::move(link));
  }
  return chain;
}

bool KeyChain::trusts(std::string_view key_id, const TrustedKeys& trusted) const {
  bool reached = false;
  for (const Link& link : links_) {
    reached = reached || trusted.contains(link.public_key);
    if (link.key_id == key_id) return reached;
  }
  return false;
}

bool KeyChain::ends_with(std::string_view key_id) const {
  return !links_.empty() && links_.back().key_id == key_id;
}

Result<Done> KeyChain::verify_head(const SignedHead& head) const {
  for (std::size_t i = 0; i < links_.size(); ++i) {
    if (links_[i].key_id != head.key_id) continue;
    TRY(ledger::verify_head(head, origin_, links_[i].public_key));
    const bool too_early = head.tree_size < links_[i].from_tree_size;
    const bool too_late = i + 1 < links_.size() && head.tree_size > links_[i + 1].from_tree_size;
    if (!too_early && !too_late) return Done{};
    return Problem(errors::bad_key_chain, "หัวบัญชีลงนามด้วยกุญแจนอกช่วงที่กุญแจนั้นใช้ได้",
                   "The head is signed by a key outside the sizes it was meant for.");
  }
  return errors::unknown_key;
}

}  // namespace changwat::ledger
