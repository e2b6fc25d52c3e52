// libFuzzer target: whatever comes as a token, as claims or as a key set is answered, never crashed
// on.
//
//   clang++-14 -std=c++20 -g -O1 -fsanitize=fuzzer,address,undefined -Iserver
//   tests/fuzz/jwt_fuzz.cpp
//     server/platform/auth/{jwt,encoding}.cpp server/base/check.cpp -lsodium -lcrypto -lboost_json
//
// The first byte says what the rest is, so that the fuzzer reaches what stands behind a signature.
// Beyond "no crash" it holds what must be true: nothing unsigned is accepted, and accepted claims
// are those that were expected.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

#include "platform/auth/encoding.hpp"
#include "platform/auth/jwt.hpp"

namespace {

using namespace changwat;
using namespace changwat::auth;

// Public keys of the examples in RFC 7515 A.3 and RFC 8037 A.2. Their secret halves are printed
// there too, but no fuzzer signs with them by chance.
constexpr std::string_view key_set_json =
    R"({"keys":[{"kid":"ec","kty":"EC","crv":"P-256",)"
    R"("x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
    R"("y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"},)"
    R"({"kid":"ed","kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]})";

const IdTokenExpectation expected{"https://i.example", "changwat", "n"};
const Instant now(1'600'000'000'000);

const KeySet& keys() {
  static const KeySet set = KeySet::parse(key_set_json).value();
  return set;
}

void try_token(std::string_view token) {
  (void)key_id_of(token);
  CHECK(!verify_id_token(token, keys(), expected, now).ok());
}

void try_claims(std::string_view payload) {
  const auto token = check_id_token_claims(payload, expected, now);
  if (!token.ok()) return;
  CHECK(token->issuer == expected.issuer && !token->subject.empty());
  CHECK(token->claims.at("nonce").as_string() == expected.nonce);
  CHECK(token->expires_at.plus_ms(clock_leeway_seconds * 1000) > now);
}

void try_key_set(std::string_view text) {
  const auto set = KeySet::parse(text);
  if (set.ok()) CHECK(set->size() >= 1 && set->size() <= key_set_keys_max);
}

// header.payload.signature of the input's own parts, encoded for it.
void try_parts(std::string_view text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  try_token(base64url_encode(text.substr(0, end)) + "." +
            base64url_encode(text.substr(std::min(text.size(), end + 1))) + "." +
            base64url_encode(std::string(64, 's')));
}

void try_base64url(std::string_view text) {
  const auto bytes = base64url_decode(text);
  if (bytes) CHECK(base64url_encode(*bytes) == text);  // one text for a value
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 5) {
    case 0:
      try_token(rest);
      break;
    case 1:
      try_claims(rest);
      break;
    case 2:
      try_key_set(rest);
      break;
    case 3:
      try_parts(rest);
      break;
    case 4:
      try_base64url(rest);
      break;
  }
  return 0;
}
