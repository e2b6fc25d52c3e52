#pragma once
// Bearer secrets: session tokens, API tokens, one-time links, and CSRF tokens bound to a session.
//
// A secret is shown to its holder once and never stored: the database keeps its SHA-256, which is
// enough because 256 random bits cannot be guessed (slow hashes are for passwords). A reader of the
// database therefore cannot sign in as anybody.
// Called by: whatever signs people in. Threads: any. Pure but for the random source.

#include <string>
#include <string_view>

namespace changwat::auth {

struct NewToken {
  std::string secret;  // goes to the holder; not to a log, not to a table
  std::string hash;    // goes to the table: token_hash(secret)
};

// 256 bits in base64url, 43 characters: sessions, invitations, password resets.
NewToken new_token();

// "chw_", 43 characters of base64url, 6 characters of checksum. The prefix and the checksum let a
// scanner of source code tell a leaked token from chance, without asking us:
// chw_[A-Za-z0-9_-]{49}, then is_api_token().
NewToken new_api_token();
bool is_api_token(std::string_view text);

// SHA-256 in 64 lower-case hexadecimal digits; the key under which a token is looked up.
std::string token_hash(std::string_view secret);

// A CSRF token needs no storage: HMAC-SHA-256 of the session's token hash under the server's key,
// so it is worth nothing with another session. `server_key` is at least 32 random bytes.
std::string csrf_token(std::string_view session_token_hash, std::string_view server_key);
bool is_csrf_token(std::string_view presented, std::string_view session_token_hash,
                   std::string_view server_key);

}  // namespace changwat::auth
