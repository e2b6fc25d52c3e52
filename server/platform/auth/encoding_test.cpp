#include "platform/auth/encoding.hpp"

#include <gtest/gtest.h>

namespace changwat::auth {
namespace {

using namespace std::string_literals;

struct Vector {
  std::string bytes;
  std::string text;
};

// RFC 4648 section 10.
const Vector base32_vectors[] = {{"", ""},
                                 {"f", "MY"},
                                 {"fo", "MZXQ"},
                                 {"foo", "MZXW6"},
                                 {"foob", "MZXW6YQ"},
                                 {"fooba", "MZXW6YTB"},
                                 {"foobar", "MZXW6YTBOI"}};
const Vector base64_vectors[] = {{"", ""},
                                 {"f", "Zg=="},
                                 {"fo", "Zm8="},
                                 {"foo", "Zm9v"},
                                 {"foob", "Zm9vYg=="},
                                 {"fooba", "Zm9vYmE="},
                                 {"foobar", "Zm9vYmFy"}};

TEST(Encoding, Base32FollowsTheVectorsOfRfc4648) {
  for (const auto& [bytes, text] : base32_vectors) {
    EXPECT_EQ(base32_encode(bytes), text);
    EXPECT_EQ(base32_decode(text), bytes) << text;
    const std::string padded = text + std::string((8 - text.size() % 8) % 8, '=');
    EXPECT_EQ(base32_decode(padded), bytes) << padded;
  }
  EXPECT_EQ(base32_decode("mzxw6ytboi"), "foobar");
}

TEST(Encoding, Base64FollowsTheVectorsOfRfc4648) {
  for (const auto& [bytes, text] : base64_vectors) EXPECT_EQ(base64_encode(bytes), text);
}

TEST(Encoding, Base64urlIsTheExampleOfRfc7515AndHasNoPadding) {
  EXPECT_EQ(base64url_encode("\x03\xec\xff\xe0\xc1"s), "A-z_4ME");  // RFC 7515 appendix C
  EXPECT_EQ(base64url_decode("A-z_4ME"), "\x03\xec\xff\xe0\xc1"s);
}

TEST(Encoding, EveryLengthAndByteComesBackFromBase64url) {
  std::string bytes;
  for (int i = 0; i < 300; ++i) {
    EXPECT_EQ(base64url_decode(base64url_encode(bytes)), bytes);
    EXPECT_EQ(base32_decode(base32_encode(bytes)), bytes);
    bytes += static_cast<char>(i * 7);
  }
}

TEST(Encoding, ADecoderTakesOneTextForAValueOnly) {
  for (const char* text :
       {"A", "AB=", "AA==", "A+z_", "A/z_", "AA\n", " AAA", "AB", "AAB", "AA A"}) {
    EXPECT_FALSE(base64url_decode(text)) << text;
  }
  for (const char* text : {"M", "MZ", "MZX", "M1", "MY=", "MY=======", "========", "MY====A="}) {
    EXPECT_FALSE(base32_decode(text)) << text;
  }
}

TEST(Encoding, PercentEncodingLeavesOnlyUnreservedCharacters) {
  EXPECT_EQ(percent_encode("aZ09-._~"), "aZ09-._~");
  EXPECT_EQ(percent_encode("a b&c=+%/:ก"), "a%20b%26c%3D%2B%25%2F%3A%E0%B8%81");
}

TEST(Encoding, FormDecodingReadsPlusAndEscapesAndRefusesBrokenOnes) {
  EXPECT_EQ(form_decode("a+b%20c%2B%e0%B8%81"), "a b c+ก");
  for (const char* text : {"%", "%a", "%zz", "x%4", "%+1"}) EXPECT_FALSE(form_decode(text)) << text;
}

TEST(Encoding, DigestsFollowPublishedVectors) {
  // FIPS 180-4 example; RFC 4231 case 2; RFC 2202 case 2.
  EXPECT_EQ(hex_encode(sha256("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hex_encode(hmac_sha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(hex_encode(hmac_sha1("Jefe", "what do ya want for nothing?")),
            "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
}

TEST(Encoding, ComparisonInConstantTimeIsAComparison) {
  EXPECT_TRUE(equal_in_constant_time("", ""));
  EXPECT_TRUE(equal_in_constant_time("abc", "abc"));
  EXPECT_FALSE(equal_in_constant_time("abc", "abd"));
  EXPECT_FALSE(equal_in_constant_time("abc", "abcd"));
}

}  // namespace
}  // namespace changwat::auth
