#include "modules/ledger/entry.hpp"

#include <vector>

#include <sodium.h>

#include "base/utf8.hpp"

namespace changwat::ledger {

namespace {

// Most bytes are ASCII, and a verifier asks this of millions of texts.
bool well_formed(std::string_view rest) {
  while (!rest.empty()) {
    if (static_cast<unsigned char>(rest.front()) < 0x80) {
      rest.remove_prefix(1);
    } else if (!utf8::next(rest)) {
      return false;
    }
  }
  return true;
}

class EntryCheck {
 public:
  void word(std::string_view pointer, std::string_view value, bool may_be_empty = false) {
    if (value.empty() && !may_be_empty)
      wrong(pointer, "required", "ต้องมีค่า", "It may not be empty.");
    text(pointer, value, max_entry_word_bytes);
  }

  void text(std::string_view pointer, std::string_view value, std::size_t max_bytes) {
    if (value.size() > max_bytes) {
      const std::string limit = std::to_string(max_bytes);
      wrong(pointer, "too_long", "ยาวเกิน " + limit + " ไบต์",
            "It is longer than " + limit + " bytes.");
    } else if (!well_formed(value)) {
      wrong(pointer, "not_utf8", "ไม่ใช่อักขระ UTF-8 ที่ถูกต้อง", "It is not well-formed UTF-8.");
    }
  }

  void wrong(std::string_view pointer, std::string_view code, std::string th, std::string en) {
    fields_.push_back({std::string(pointer), std::string(code), std::move(th), std::move(en)});
  }

  Result<Done> result() && {
    if (fields_.empty()) return Done{};
    return Problem(std::move(fields_));
  }

 private:
  std::vector<FieldError> fields_;
};

}  // namespace

Result<Done> check_entry(const Entry& entry) {
  EntryCheck check;
  if (entry.sequence < 0 || entry.sequence > max_sequence) {
    check.wrong("/sequence", "out_of_range", "ลำดับต้องเป็น 0 ขึ้นไป", "The sequence begins at 0.");
  }
  if (!parse_instant_ms(entry.recorded_at)) {
    check.wrong("/recorded_at", "wrong_format", "ต้องเป็นเวลาสากล เช่น 2021-03-12T09:59:59.000Z",
                "It must be a UTC time such as 2021-03-12T09:59:59.000Z.");
  }
  check.word("/entry_id", entry.entry_id);
  check.word("/act", entry.act);
  check.word("/subject_kind", entry.subject_kind);
  check.word("/subject_id", entry.subject_id);
  if (entry.province) check.word("/province", *entry.province);
  check.word("/actor_id", entry.actor_id);
  check.word("/actor_office_id", entry.actor_office_id, /*may_be_empty=*/true);
  check.text("/authority", entry.authority, max_authority_bytes);
  check.text("/change", entry.change, max_change_bytes);
  return std::move(check).result();
}

void append_canonical_bytes(const Entry& entry, std::string& out) {
  ByteWriter bytes(out);
  bytes.byte(entry_format_version);
  bytes.uint64(static_cast<std::uint64_t>(entry.sequence));
  bytes.text(entry.entry_id);
  bytes.text(entry.recorded_at);
  bytes.text(entry.act);
  bytes.text(entry.subject_kind);
  bytes.text(entry.subject_id);
  bytes.optional_text(entry.province);
  bytes.text(entry.actor_id);
  bytes.text(entry.actor_office_id);
  bytes.text(entry.authority);
  bytes.text(entry.change);
}

std::string canonical_bytes(const Entry& entry) {
  std::string bytes;
  bytes.reserve(256 + entry.authority.size() + entry.change.size());
  append_canonical_bytes(entry, bytes);
  return bytes;
}

Hash leaf_hash(const Entry& entry) {
  return hash_leaf(canonical_bytes(entry));
}

std::string commit_personal(std::string_view salt, std::string_view value) {
  CHECK(salt.size() >= min_salt_bytes);
  std::string bytes;
  ByteWriter writer(bytes);
  writer.text(salt);
  writer.text(value);
  const std::string digest = to_hex(sha256(bytes));
  sodium_memzero(bytes.data(), bytes.size());
  return digest;
}

std::string new_salt() {
  CHECK(sodium_init() >= 0);
  std::array<std::uint8_t, 32> salt;
  randombytes_buf(salt.data(), salt.size());
  return to_hex(salt);
}

}  // namespace changwat::ledger
