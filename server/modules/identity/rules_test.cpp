#include "modules/identity/rules.hpp"

#include <gtest/gtest.h>

#include "modules/identity/cache.hpp"
#include "modules/identity/seal.hpp"

namespace changwat::identity {
namespace {

Instant at(std::string_view iso) {
  return *Instant::parse(iso);
}
Date on(std::string_view iso) {
  return *Date::parse(iso);
}

http::Head head(std::vector<http::Header> headers) {
  http::Head out;
  out.method = http::Method::post;
  out.headers = std::move(headers);
  return out;
}

TEST(IdentityCookies, Are_found_by_their_whole_name) {
  struct Case {
    std::string_view cookies;
    std::optional<std::string_view> value;
  };
  for (const auto& c : std::initializer_list<Case>{{"a=1", "1"},
                                                   {"b=2; a=1", "1"},
                                                   {"b=2;a=1;c=3", "1"},
                                                   {"a=", ""},
                                                   {"a=1=2", "1=2"},
                                                   {"a=first; a=second", "first"},
                                                   {"aa=1", std::nullopt},
                                                   {"a", std::nullopt},
                                                   {"", std::nullopt},
                                                   {"; ;=;", std::nullopt}})
    EXPECT_EQ(cookie_value(c.cookies, "a"), c.value) << c.cookies;
}

TEST(IdentityCookies, Are_kept_from_scripts_and_other_sites) {
  EXPECT_EQ(set_cookie({.name = "a", .value = "v", .life_seconds = 60}),
            "a=v; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure");
  EXPECT_EQ(set_cookie({.name = "a", .value = "", .path = "/auth/", .secure = false}),
            "a=; Path=/auth/; Max-Age=0; HttpOnly; SameSite=Lax");
}

TEST(IdentityReturn, Leads_only_to_paths_of_this_site) {
  for (const auto* good : {"/", "/app/", "/app/calls?x=1&y=%2F#z"})
    EXPECT_EQ(local_path(good, "/else"), good);
  for (const std::string bad :
       {"", "app", "//evil.example", "/\\evil.example", "https://evil.example/",
        "javascript:alert(1)", "/a\r\nSet-Cookie: x=1", "/a b", "/\tx", "/ก", "\\\\evil"})
    EXPECT_EQ(local_path(bad, "/else"), "/else") << bad;
  EXPECT_EQ(local_path("/" + std::string(600, 'a'), "/else"), "/else");
}

TEST(IdentityOtherSites, Are_known_by_what_the_browser_says) {
  const std::string_view url = "https://changwat.example";
  struct Case {
    std::vector<http::Header> headers;
    bool other;
  };
  for (const auto& c : std::initializer_list<Case>{
           {{{"Sec-Fetch-Site", "same-origin"}}, false},
           {{{"Sec-Fetch-Site", "none"}}, false},
           {{{"Sec-Fetch-Site", "cross-site"}}, true},
           {{{"Sec-Fetch-Site", "same-site"}}, true},  // another host under the same name
           {{{"Origin", "https://changwat.example"}, {"Host", "inner:8080"}}, false},
           {{{"Origin", "http://127.0.0.1:8080"}, {"Host", "127.0.0.1:8080"}}, false},
           {{{"Origin", "http://127.0.0.1:9090"}, {"Host", "127.0.0.1:8080"}}, true},
           {{{"Origin", "https://evil.example"}, {"Host", "changwat.example"}}, true},
           {{{"Origin", "null"}, {"Host", "changwat.example"}}, true},
           {{{"Host", "changwat.example"}}, false}})  // no browser of these ten years
    EXPECT_EQ(from_another_site(head(c.headers), url), c.other) << c.headers[0].value;
}

TEST(IdentitySessions, End_after_twelve_idle_hours_and_after_seven_days) {
  const auto begun = at("2026-11-23T00:00:00Z");
  const auto end = begun.plus_ms(session_longest_ms);
  EXPECT_FALSE(session_is_over(begun, end, at("2026-11-23T11:59:59.999Z")));
  EXPECT_TRUE(session_is_over(begun, end, at("2026-11-23T12:00:00Z")));
  EXPECT_FALSE(session_is_over(at("2026-11-29T23:00:00Z"), end, at("2026-11-29T23:59:59.999Z")));
  EXPECT_TRUE(session_is_over(at("2026-11-29T23:00:00Z"), end, at("2026-11-30T00:00:00Z")));
}

TEST(IdentityTokens, Allow_what_their_scopes_say) {
  using http::Method;
  EXPECT_TRUE(scopes_allow({Scope::read}, Method::get));
  EXPECT_TRUE(scopes_allow({Scope::read}, Method::head));
  for (const auto method :
       {Method::post, Method::put, Method::patch, Method::delete_, Method::other})
    EXPECT_FALSE(scopes_allow({Scope::read}, method));
  EXPECT_TRUE(scopes_allow({Scope::read, Scope::write}, Method::post));
  EXPECT_FALSE(scopes_allow({Scope::write}, Method::get));
  EXPECT_FALSE(scopes_allow({}, Method::get));
}

TEST(IdentityTokens, End_within_a_year_and_are_good_for_something) {
  const auto today = on("2026-11-23");
  NewToken token{*Text<1, 100>::parse("x"), {Scope::read}, today};
  EXPECT_TRUE(faults(token, today).empty());
  token.expires_on = today.plus_days(366);
  EXPECT_TRUE(faults(token, today).empty());
  token.expires_on = today.plus_days(367);
  EXPECT_EQ(faults(token, today).at(0).pointer, "/expires_on");
  token.expires_on = today.plus_days(-1);
  token.scopes.clear();
  EXPECT_EQ(faults(token, today).size(), 2u);
}

TEST(IdentityUsernames, Are_typed_in_any_case) {
  EXPECT_EQ(username_of("Governor.70")->text(), "governor.70");
  EXPECT_FALSE(username_of("ผู้ว่า"));
  EXPECT_FALSE(username_of(""));
  EXPECT_FALSE(username_of("a b"));
}

TEST(IdentityOffices, Are_in_force_from_their_first_day_to_their_last) {
  OfficeOfPerson office;
  office.from_date = on("2026-10-01");
  office.to_date = on("2026-11-23");
  EXPECT_TRUE(offices_on({office}, on("2026-09-30")).empty());
  EXPECT_EQ(offices_on({office}, on("2026-10-01")).size(), 1u);
  EXPECT_EQ(offices_on({office}, on("2026-11-23")).size(), 1u);
  EXPECT_TRUE(offices_on({office}, on("2026-11-24")).empty());
  office.to_date.reset();
  EXPECT_EQ(offices_on({office}, on("2099-01-01")).size(), 1u);
}

TEST(IdentityOffices, Are_not_held_twice_at_once_by_one_person) {
  Holding held;
  held.from_date = on("2026-01-01");
  held.to_date = on("2026-06-30");
  const auto wrong = [&](std::string_view from, std::string_view to) {
    NewHolding next;
    next.from_date = on(from);
    if (!to.empty()) next.to_date = on(to);
    return !faults(next, {held}).empty();
  };
  EXPECT_TRUE(wrong("2026-06-30", ""));
  EXPECT_FALSE(wrong("2026-07-01", ""));
  EXPECT_FALSE(wrong("2025-01-01", "2025-12-31"));
  EXPECT_TRUE(wrong("2025-01-01", "2026-01-01"));
  EXPECT_TRUE(wrong("2025-01-01", ""));
  EXPECT_TRUE(wrong("2027-02-01", "2027-01-01")) << "ends before it begins";
}

TEST(IdentityLockout, Begins_with_the_fifth_failure_and_is_forgotten_after_success) {
  Person person;
  auto now = at("2026-11-23T00:00:00Z");
  for (int i = 0; i < 4; ++i) count_failure(person, now);
  EXPECT_FALSE(is_locked(person, now));
  count_failure(person, now);
  EXPECT_TRUE(is_locked(person, now.plus_ms(minute_ms - 1)));
  EXPECT_FALSE(is_locked(person, now.plus_ms(minute_ms)));
  forget_failures(person);
  EXPECT_FALSE(is_locked(person, now));
}

TEST(IdentitySeals, Open_only_with_their_key_for_their_purpose_and_unbroken) {
  const std::string key(32, 'k'), other(32, 'o');
  const auto sealed = seal("ความลับ", "cookie", key);
  EXPECT_EQ(unseal(sealed, "cookie", key), "ความลับ");
  EXPECT_NE(sealed, seal("ความลับ", "cookie", key)) << "a nonce of its own each time";
  EXPECT_FALSE(unseal(sealed, "totp", key));
  EXPECT_FALSE(unseal(sealed, "cookie", other));
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    auto broken = sealed;
    broken[i] = broken[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(unseal(broken, "cookie", key)) << i;
    EXPECT_FALSE(unseal(sealed.substr(0, i), "cookie", key)) << i;
  }
  EXPECT_FALSE(unseal(std::string(100'000, 'A'), "cookie", key));
}

TEST(IdentityMemory, Forgets_what_was_used_longest_ago) {
  Cache<int> cache(2);
  const auto keep = [&](std::string_view key, int value) {
    cache.keep(key, std::make_shared<int>(value), cache.generation());
  };
  keep("a", 1);
  keep("b", 2);
  EXPECT_TRUE(cache.find("a"));
  keep("c", 3);
  EXPECT_FALSE(cache.find("b"));
  EXPECT_EQ(*cache.find("a"), 1);
  keep("a", 4);
  EXPECT_EQ(*cache.find("a"), 4);
  EXPECT_EQ(cache.size(), 2u);
}

TEST(IdentityMemory, Does_not_keep_what_was_loaded_before_a_change) {
  Cache<int> cache(2);
  const auto before = cache.generation();
  cache.forget("a");  // the change commits while a reader still holds the old value
  cache.keep("a", std::make_shared<int>(1), before);
  EXPECT_FALSE(cache.find("a"));
}

}  // namespace
}  // namespace changwat::identity
