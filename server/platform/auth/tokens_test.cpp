#include "platform/auth/tokens.hpp"

#include <set>

#include <gtest/gtest.h>

#include "platform/auth/encoding.hpp"

namespace changwat::auth {
namespace {

const std::string server_key(32, 'k');

TEST(Tokens, ATokenHas256BitsAndIsStoredAsItsSha256) {
  const NewToken token = new_token();
  ASSERT_EQ(token.secret.size(), 43u);
  EXPECT_EQ(base64url_decode(token.secret)->size(), 32u);
  EXPECT_EQ(token.hash, hex_encode(sha256(token.secret)));
  EXPECT_EQ(token.hash.find(token.secret), std::string::npos);
}

TEST(Tokens, NoTwoTokensAreAlike) {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(new_token().secret);
  EXPECT_EQ(seen.size(), 1000u);
}

TEST(Tokens, AnApiTokenCanBeToldFromChance) {
  const std::string token = new_api_token().secret;
  EXPECT_EQ(token.size(), 53u);
  EXPECT_TRUE(token.starts_with("chw_"));
  EXPECT_TRUE(is_api_token(token));
  EXPECT_FALSE(is_api_token(token.substr(1)));
  EXPECT_FALSE(is_api_token(token + "A"));
  EXPECT_FALSE(is_api_token("chw_" + std::string(49, 'A')));
  EXPECT_FALSE(is_api_token(new_token().secret));
  EXPECT_FALSE(is_api_token(""));
}

TEST(Tokens, AnyChangedCharacterOfAnApiTokenBreaksItsChecksum) {
  const std::string token = new_api_token().secret;
  for (std::size_t i = 0; i < token.size(); ++i) {
    std::string changed = token;
    changed[i] = changed[i] == 'x' ? 'y' : 'x';
    EXPECT_FALSE(is_api_token(changed)) << i;
  }
}

TEST(Tokens, ACsrfTokenIsGoodForItsOwnSessionAndKeyOnly) {
  const std::string session = new_token().hash;
  const std::string token = csrf_token(session, server_key);
  EXPECT_TRUE(is_csrf_token(token, session, server_key));
  EXPECT_FALSE(is_csrf_token(token, new_token().hash, server_key));
  EXPECT_FALSE(is_csrf_token(token, session, std::string(32, 'j')));
  EXPECT_FALSE(is_csrf_token(token.substr(1), session, server_key));
  EXPECT_FALSE(is_csrf_token("", session, server_key));
  EXPECT_FALSE(is_csrf_token(session, session, server_key));
}

TEST(TokensDeathTest, AShortServerKeyIsABug) {
  EXPECT_DEATH(csrf_token("session", "short"), "server_key");
}

}  // namespace
}  // namespace changwat::auth
