#pragma once
// Rules of identity, pure: when a session is over, which offices are in force, what a browser's
// headers say about where a request comes from.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/auth/call.hpp"
#include "platform/auth/rate_limit.hpp"
#include "platform/http/http.hpp"

#include "modules/identity/model.hpp"

namespace changwat::errors {
// One sentence for every reason, so that an answer does not tell who has an account or is locked.
inline constexpr ErrorKind sign_in_failed{
    "sign_in_failed", 401, "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง หากผิดหลายครั้งบัญชีจะพักชั่วคราว โปรดรอสักครู่แล้วลองใหม่",
    "The user name or password is not right. After several wrong attempts an account rests for a "
    "while: wait, "
    "then try again."};
inline constexpr ErrorKind second_factor_required{
    "second_factor_required", 401, "โปรดกรอกรหัสจากแอปยืนยันตัวตน หรือรหัสกู้คืน",
    "Enter the code of your authenticator, or a recovery code."};
inline constexpr ErrorKind csrf_token_wrong{
    "csrf_token_wrong", 403, "คำขอไม่มีรหัสยืนยันจากหน้าเว็บนี้ โปรดโหลดหน้าใหม่แล้วลองอีกครั้ง",
    "The request lacks this page's token. Load the page again and repeat."};
inline constexpr ErrorKind cross_site_request{
    "cross_site_request", 403, "ไม่รับคำขอที่ส่งมาจากเว็บไซต์อื่น",
    "Requests sent by pages of other sites are not taken."};
inline constexpr ErrorKind token_refused{"token_refused", 401, "โทเค็นไม่ถูกต้อง หมดอายุ หรือถูกยกเลิกแล้ว",
                                         "The API token is wrong, expired or was withdrawn."};
inline constexpr ErrorKind scope_missing{"scope_missing", 403, "โทเค็นนี้ไม่มีสิทธิสำหรับคำขอแบบนี้",
                                         "This API token's scopes do not allow this request."};
inline constexpr ErrorKind session_required{
    "session_required", 403, "เรื่องนี้ต้องทำโดยเข้าสู่ระบบด้วยตนเอง ไม่ใช่ด้วยโทเค็น",
    "This takes a person who is signed in, not an API token."};
inline constexpr ErrorKind account_locked{"account_locked", 403, "บัญชีนี้ถูกระงับ โปรดติดต่อผู้ดูแลระบบ",
                                          "This account is locked. Speak to the administrator."};
inline constexpr ErrorKind one_time_password_over{
    "one_time_password_over", 401, "รหัสผ่านครั้งเดียวหมดอายุแล้ว โปรดขอรหัสใหม่จากผู้ดูแลระบบ",
    "The one-time password is over. Ask the administrator for a new one."};
inline constexpr ErrorKind own_account_only{
    "own_account_only", 409, "บัญชีของตนเองแก้ได้ที่หน้า “บัญชีและความปลอดภัย” เท่านั้น",
    "Your own account is changed on the page “Account and security” only."};
inline constexpr ErrorKind last_administrator{
    "last_administrator", 409, "ทำไม่ได้ เพราะระบบจะไม่มีผู้ดูแลระบบเหลืออยู่ โปรดตั้งผู้ดูแลระบบอีกคนก่อน",
    "This would leave the system without an administrator. Appoint another one first."};
inline constexpr ErrorKind last_way_in{
    "last_way_in", 409, "บัญชีนี้ไม่มีรหัสผ่าน หากเลิกผูกจะเข้าสู่ระบบไม่ได้อีก โปรดออกรหัสผ่านครั้งเดียวก่อน",
    "The account has no password: without this link nobody could sign in with it. Issue a one-time "
    "password first."};
inline constexpr ErrorKind fresh_sign_in_required{"fresh_sign_in_required", 403,
                                                  "โปรดออกจากระบบแล้วเข้าใหม่ก่อนทำเรื่องนี้",
                                                  "Sign out and in again before you do this."};
}  // namespace changwat::errors

namespace changwat::identity {

inline constexpr std::string_view session_cookie_name = "changwat_session";
inline constexpr std::string_view sign_in_cookie_name =
    "changwat_sign_in";  // of a sign-in with a provider

inline constexpr std::int64_t minute_ms = 60'000;
inline constexpr std::int64_t hour_ms = 60 * minute_ms;
inline constexpr std::int64_t day_ms = 24 * hour_ms;

inline constexpr std::int64_t session_idle_ms = 12 * hour_ms;
inline constexpr std::int64_t session_longest_ms = 7 * day_ms;
inline constexpr std::int64_t last_seen_interval_ms = 5 * minute_ms;
inline constexpr std::int64_t fresh_sign_in_ms = 15 * minute_ms;
inline constexpr std::int64_t pending_sign_in_ms = 10 * minute_ms;
inline constexpr std::int64_t sign_in_log_kept_ms = 90 * day_ms;
inline constexpr std::size_t sessions_of_person_max = 20;  // the oldest gives way
inline constexpr std::size_t tokens_of_person_max = 20;
inline constexpr int token_days_max = 366;
inline constexpr std::int64_t one_time_password_ms = 3 * day_ms;
inline constexpr std::size_t holdings_shown_max = 200;

// ---- sessions, tokens, lockout

bool session_is_over(Instant last_seen_at, Instant expires_at, Instant now);

// What is wrong with a token that somebody asks for; empty if nothing.
std::vector<FieldError> faults(const NewToken& token, Date today);

// Safe methods ask for read, all others for write.
bool scopes_allow(const Scopes& scopes, http::Method method);
bool is_safe(http::Method method);

// After too many failures, or by an administrator.
bool is_locked(const Person& person, Instant now);
// The first of the two alone.
bool is_resting(const Person& person, Instant now);
// The person's record after one more failure.
void count_failure(Person& person, Instant now);
void forget_failures(Person& person);

// What was typed as it is looked up: lower case; none if no user name can look so.
std::optional<Key> username_of(std::string_view typed);

// ---- offices

bool in_force(Date from, const std::optional<Date>& to, Date on);
std::vector<HeldOffice> offices_on(const std::vector<OfficeOfPerson>& all, Date on);

// A time from a day to a day, both included; no last day: until further notice.
struct Term {
  Date from;
  std::optional<Date> to;
};
// The first day from `from` on that lies in none of the terms; none: there is no such day.
std::optional<Date> first_gap(std::vector<Term> terms, Date from);

// What is wrong with an office; empty if nothing: a governor has a province, a district officer a
// district, offices of the centre the whole country.
std::vector<FieldError> faults(const NewOffice& office);

// An office of this role is a post with one holder at a time. Not so the capacity of a citizen.
bool is_post(Role role);

// What is wrong with a holding of an office among its `others`; empty if nothing.
// - It ends after it begins, and nobody holds the same office twice at once.
// - A post has one substantive holder at a time, and one who acts.
// - Somebody acts because the office is vacant, for as long as it is, or because its holder is
//   unable, for as long as there is one. Another holding must not take that ground away from who
//   acts already: end the acting first.
// Holding several offices at once (concurrently) is fine.
std::vector<FieldError> faults(const Holding& holding, const std::vector<Holding>& others,
                               bool post = true);
// What is wrong with an office from which a holding is taken away: somebody acts on its ground.
std::vector<FieldError> faults_without(const std::vector<Holding>& others);

// ---- what a request's headers say

// The value of a cookie; the first if it stands twice.
std::optional<std::string_view> cookie_value(std::string_view cookies, std::string_view name);

// Whether a browser says that a page of another site sent this. Browsers name where a request comes
// from in Sec-Fetch-Site, older ones in Origin; what sends neither is no browser with our cookies.
// `public_url` is how browsers call this server; none: as the Host header says.
bool from_another_site(const http::Head& head, std::string_view public_url);

// A path of this site to return to after signing in, or `otherwise`. Refused: other sites ("//x",
// "/\x", "https://x"), control characters, and anything longer than 500 bytes.
std::string local_path(std::string_view wanted, std::string_view otherwise);

// A Set-Cookie line: HttpOnly, SameSite=Lax. A life of 0 removes the cookie.
struct Cookie {
  std::string_view name;
  std::string value;
  std::string_view path = "/";
  bool secure = true;
  std::int64_t life_seconds = 0;
};
std::string set_cookie(const Cookie& cookie);

}  // namespace changwat::identity
