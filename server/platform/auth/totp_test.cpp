#include "platform/auth/totp.hpp"

#include <set>

#include <gtest/gtest.h>

#include "platform/auth/encoding.hpp"

namespace changwat::auth {
namespace {

const std::string secret = "12345678901234567890";  // RFC 6238 appendix B, SHA-1

Instant at(std::int64_t seconds) {
  return Instant(seconds * 1000);
}

TEST(Totp, FollowsTheVectorsOfRfc6238) {
  struct Case {
    std::int64_t seconds;
    const char* code;
  };
  const Case cases[] = {{59, "94287082"},         {1111111109, "07081804"},
                        {1111111111, "14050471"}, {1234567890, "89005924"},
                        {2000000000, "69279037"}, {20000000000, "65353130"}};
  for (const auto& [seconds, code] : cases) {
    EXPECT_EQ(totp_code(secret, totp_step(at(seconds)), 8), code);
    EXPECT_EQ(totp_code(secret, totp_step(at(seconds))), std::string(code).substr(2));
  }
}

TEST(Totp, FollowsTheVectorsOfRfc4226) {
  const char* codes[] = {"755224", "287082", "359152", "969429", "338314",
                         "254676", "287922", "162583", "399871", "520489"};
  for (int step = 0; step < 10; ++step) EXPECT_EQ(totp_code(secret, step), codes[step]);
}

TEST(Totp, AStepIsThirtySeconds) {
  EXPECT_EQ(totp_step(Instant(29'999)), 0);
  EXPECT_EQ(totp_step(Instant(30'000)), 1);
}

TEST(Totp, TheStepsBesideTheCurrentOneMatchAndFartherOnesDoNot) {
  const Instant now = at(1'600'000'000);
  const std::int64_t step = totp_step(now);
  for (int distance = -3; distance <= 3; ++distance) {
    const auto matched = match_totp(secret, totp_code(secret, step + distance), now, std::nullopt);
    if (distance >= -1 && distance <= 1) {
      EXPECT_EQ(matched, step + distance);
    } else {
      EXPECT_EQ(matched, std::nullopt) << distance;
    }
  }
}

TEST(Totp, ACodeIsGoodOnce) {
  const Instant now = at(1'600'000'000);
  const std::string code = totp_code(secret, totp_step(now));
  const auto used = match_totp(secret, code, now, std::nullopt);
  ASSERT_TRUE(used);
  EXPECT_FALSE(match_totp(secret, code, now, used));
  EXPECT_FALSE(match_totp(secret, totp_code(secret, *used - 1), now, used));
  EXPECT_EQ(match_totp(secret, totp_code(secret, *used + 1), now, used), *used + 1);
}

TEST(Totp, WhatIsNoSixDigitsDoesNotMatch) {
  const Instant now = at(59);
  for (const char* code : {"", "28708", "2870822", "28708 ", "94287082", "abcdef"}) {
    EXPECT_FALSE(match_totp(secret, code, now, std::nullopt)) << code;
  }
  EXPECT_TRUE(match_totp(secret, "287082", now, std::nullopt));
}

TEST(Totp, ASecretHas160BitsAndIsNew) {
  EXPECT_EQ(new_totp_secret().size(), 20u);
  EXPECT_NE(new_totp_secret(), new_totp_secret());
}

TEST(Totp, TheUriCarriesAThaiIssuerPercentEncoded) {
  EXPECT_EQ(otpauth_uri("จังหวัด", "a@b", secret),
            "otpauth://totp/%E0%B8%88%E0%B8%B1%E0%B8%87%E0%B8%AB%E0%B8%A7%E0%B8%B1%E0%B8%94:a%40b"
            "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
            "&issuer=%E0%B8%88%E0%B8%B1%E0%B8%87%E0%B8%AB%E0%B8%A7%E0%B8%B1%E0%B8%94"
            "&algorithm=SHA1&digits=6&period=30");
}

std::vector<std::string> hashes_of(const std::vector<RecoveryCode>& codes) {
  std::vector<std::string> hashes;
  for (const auto& code : codes) hashes.push_back(code.hash);
  return hashes;
}

TEST(RecoveryCodes, ThereAreTenDifferentOnesAndTheirHashesDoNotShowThem) {
  const auto codes = new_recovery_codes();
  std::set<std::string> shown;
  for (const auto& code : codes) {
    EXPECT_EQ(code.shown.size(), 19u);
    EXPECT_EQ(code.hash.size(), 64u);
    shown.insert(code.shown);
  }
  EXPECT_EQ(shown.size(), recovery_codes_count);
}

TEST(RecoveryCodes, ACodeIsFoundHoweverItIsTyped) {
  const auto codes = new_recovery_codes();
  const auto hashes = hashes_of(codes);
  for (std::size_t i = 0; i < codes.size(); ++i) {
    std::string capitals;
    std::string mistaken;
    for (const char c : codes[i].shown) {
      if (c != '-') capitals += static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
      mistaken += c == '0' ? 'O' : c == '1' ? 'l' : c == '-' ? ' ' : c;
    }
    EXPECT_EQ(match_recovery_code(codes[i].shown, hashes), i);
    EXPECT_EQ(match_recovery_code(capitals, hashes), i);
    EXPECT_EQ(match_recovery_code(mistaken, hashes), i);
  }
}

TEST(RecoveryCodes, OtherTextsAreNotFound) {
  const auto codes = new_recovery_codes();
  const auto hashes = hashes_of(codes);
  const std::string code = codes[0].shown;
  for (const std::string& typed :
       {std::string(), code.substr(1), code + "0", "u" + code.substr(1), codes[0].hash,
        std::string(100'000, '-'), new_recovery_codes()[0].shown}) {
    EXPECT_FALSE(match_recovery_code(typed, hashes));
  }
  EXPECT_FALSE(match_recovery_code(code, {}));
}

}  // namespace
}  // namespace changwat::auth
