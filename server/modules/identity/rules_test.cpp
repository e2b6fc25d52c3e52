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

// "2026-01-01..2026-06-30", "2026-01-01..": a holding of one of a few persons.
struct Held {
  int person;
  const char* from;
  const char* to;  // empty: until further notice
  std::optional<ActingGround> ground = {};
};

const auto persons = [] {
  std::vector<PersonId> out;
  for (int i = 0; i < 4; ++i) out.push_back(PersonId::make(at("2026-01-01T00:00:00Z")));
  return out;
}();

Holding holding_of(const Held& held) {
  Holding out;
  out.holding_id = HoldingId::make(at("2026-01-01T00:00:00Z"));
  out.person_id = persons.at(static_cast<std::size_t>(held.person));
  out.from_date = on(held.from);
  if (*held.to) out.to_date = on(held.to);
  out.ground = held.ground;
  out.acting = held.ground.has_value();
  return out;
}

std::string first_fault(const std::vector<FieldError>& wrong) {
  return wrong.empty() ? "" : wrong.front().pointer + " " + wrong.front().code;
}

TEST(IdentityOffices, Are_held_by_one_person_at_a_time_and_acted_for_on_a_ground) {
  constexpr auto vacant = ActingGround::vacant, unable = ActingGround::holder_unable;
  struct Case {
    const char* what;
    std::vector<Held> others;
    Held next;
    const char* fault;
  };
  const std::vector<Held> first_half{{0, "2026-01-01", "2026-06-30"}};
  for (const auto& c : std::initializer_list<Case>{
           {"an empty office", {}, {0, "2026-01-01", ""}, ""},
           {"a day", {}, {0, "2026-01-01", "2026-01-01"}, ""},
           {"ends before it begins", {}, {0, "2027-02-01", "2027-01-01"}, "/to_date out_of_range"},
           {"the next day", first_half, {1, "2026-07-01", ""}, ""},
           {"the day before", first_half, {1, "2025-01-01", "2025-12-31"}, ""},
           {"the last day is still the other's",
            first_half,
            {1, "2026-06-30", ""},
            "/from_date occupied"},
           {"the first day is the other's",
            first_half,
            {1, "2025-01-01", "2026-01-01"},
            "/from_date occupied"},
           {"around it", first_half, {1, "2025-01-01", ""}, "/from_date occupied"},
           {"until further notice",
            {{0, "2026-01-01", ""}},
            {1, "2030-01-01", ""},
            "/from_date occupied"},
           {"the same person twice", first_half, {0, "2026-06-01", ""}, "/from_date overlaps"},
           {"the same person again later", first_half, {0, "2026-07-01", ""}, ""},
           // acting
           {"acting for nobody, vacant", {}, {1, "2026-01-01", "", vacant}, ""},
           {"acting in a vacancy after the holder", first_half, {1, "2026-07-01", "", vacant}, ""},
           {"a vacancy that is none",
            first_half,
            {1, "2026-06-30", "", vacant},
            "/ground not_vacant"},
           {"acting while the holder is unable",
            first_half,
            {1, "2026-02-01", "2026-03-01", unable},
            ""},
           {"to the holder's last day", first_half, {1, "2026-02-01", "2026-06-30", unable}, ""},
           {"longer than there is a holder",
            first_half,
            {1, "2026-02-01", "2026-07-01", unable},
            "/ground no_holder"},
           {"without end, and the holder has one",
            first_half,
            {1, "2026-02-01", "", unable},
            "/ground no_holder"},
           {"unable, and there is no holder",
            {},
            {1, "2026-02-01", "", unable},
            "/ground no_holder"},
           {"over a change of holders without a gap",
            {{0, "2026-01-01", "2026-06-30"}, {2, "2026-07-01", ""}},
            {1, "2026-06-01", "2026-08-01", unable},
            ""},
           {"over a gap of one day",
            {{0, "2026-01-01", "2026-06-29"}, {2, "2026-07-01", ""}},
            {1, "2026-06-01", "2026-08-01", unable},
            "/ground no_holder"},
           {"acting for oneself",
            first_half,
            {0, "2026-02-01", "2026-03-01", unable},
            "/from_date overlaps"},
           {"two who act at once",
            {{0, "2026-01-01", ""}, {1, "2026-02-01", "2026-02-28", unable}},
            {2, "2026-02-28", "2026-03-31", unable},
            "/from_date acting_already"},
           {"two who act one after the other",
            {{0, "2026-01-01", ""}, {1, "2026-02-01", "2026-02-28", unable}},
            {2, "2026-03-01", "2026-03-31", unable},
            ""},
           {"a holder in the time of who acts in a vacancy",
            {{1, "2026-01-01", "", vacant}},
            {0, "2026-06-01", ""},
            "/to_date acting_depends"},
           {"a holder after it",
            {{1, "2026-01-01", "2026-05-31", vacant}},
            {0, "2026-06-01", ""},
            ""},
       }) {
    std::vector<Holding> others;
    for (const auto& other : c.others) others.push_back(holding_of(other));
    EXPECT_EQ(first_fault(faults(holding_of(c.next), others)), c.fault) << c.what;
  }
}

TEST(IdentityOffices, Say_why_somebody_acts_and_only_then) {
  auto acting = holding_of({0, "2026-01-01", "", ActingGround::vacant});
  acting.ground.reset();
  EXPECT_EQ(first_fault(faults(acting, {})), "/ground required");
  auto substantive = holding_of({0, "2026-01-01", ""});
  substantive.ground = ActingGround::vacant;
  EXPECT_EQ(first_fault(faults(substantive, {})), "/ground not_acting");
}

TEST(IdentityOffices, Are_not_left_by_a_holder_for_whom_somebody_acts) {
  const auto unable = holding_of({1, "2026-02-01", "2026-03-01", ActingGround::holder_unable});
  EXPECT_EQ(first_fault(faults_without({unable})), "/to_date acting_depends");
  EXPECT_EQ(first_fault(faults(holding_of({0, "2026-01-01", "2026-02-15"}), {unable})),
            "/to_date acting_depends");
  EXPECT_EQ(first_fault(faults(holding_of({0, "2026-01-01", "2026-03-01"}), {unable})), "");
  EXPECT_EQ(first_fault(faults_without({holding_of({0, "2026-01-01", ""})})), "");
}

TEST(IdentityOffices, That_are_no_posts_are_held_by_many_but_once_by_each) {
  const auto one = holding_of({0, "2026-01-01", ""});
  EXPECT_FALSE(is_post(Role::citizen));
  EXPECT_EQ(first_fault(faults(holding_of({1, "2026-01-01", ""}), {one}, false)), "");
  EXPECT_EQ(first_fault(faults(holding_of({0, "2026-02-01", ""}), {one}, false)),
            "/from_date overlaps");
}

TEST(IdentityTerms, Have_a_first_day_that_nobody_holds) {
  const auto gap = [](std::vector<Held> terms, std::string_view from) {
    std::vector<Term> out;
    for (const auto& term : terms)
      out.push_back({on(term.from), *term.to ? std::optional(on(term.to)) : std::nullopt});
    const auto day = first_gap(out, on(from));
    return day ? day->text() : "never";
  };
  EXPECT_EQ(gap({}, "2026-05-01"), "2026-05-01");
  EXPECT_EQ(gap({{0, "2026-01-01", ""}}, "2026-05-01"), "never");
  EXPECT_EQ(gap({{0, "2026-05-02", ""}}, "2026-05-01"), "2026-05-01");
  EXPECT_EQ(gap({{0, "2026-01-01", "2026-05-31"}}, "2026-05-01"), "2026-06-01");
  EXPECT_EQ(gap({{0, "2026-06-01", "2026-06-30"}, {0, "2026-01-01", "2026-05-31"}}, "2026-05-01"),
            "2026-07-01");
  EXPECT_EQ(gap({{0, "2026-06-02", ""}, {0, "2026-01-01", "2026-05-31"}}, "2026-05-01"),
            "2026-06-01");
  EXPECT_EQ(gap({{0, "2026-01-01", "2026-12-31"}, {0, "2026-02-01", "2026-03-01"}}, "2026-02-15"),
            "2027-01-01");
  EXPECT_EQ(gap({{0, "2020-01-01", "2020-12-31"}}, "2026-05-01"), "2026-05-01");
}

TEST(IdentityOffices, Are_of_the_area_that_their_role_has) {
  struct Case {
    Role role;
    const char* area;
    bool right;
  };
  for (const auto& c : std::initializer_list<Case>{{Role::governor, "70", true},
                                                   {Role::governor, "", false},
                                                   {Role::governor, "7001", false},
                                                   {Role::deputy_governor, "", false},
                                                   {Role::provincial_agency, "70", true},
                                                   {Role::local_government, "7001", true},
                                                   {Role::provincial_office, "70", true},
                                                   {Role::provincial_office, "", false},
                                                   {Role::district, "7001", true},
                                                   {Role::district, "70", false},
                                                   {Role::district, "", false},
                                                   {Role::opdc, "", true},
                                                   {Role::opdc, "70", false},
                                                   {Role::moi, "70", false},
                                                   {Role::auditor, "", true},
                                                   {Role::administrator, "", true},
                                                   {Role::administrator, "70", false},
                                                   {Role::committee_member, "", true},
                                                   {Role::committee_member, "70", true}}) {
    NewOffice office;
    office.role = c.role;
    if (*c.area) office.area = *AreaCode::parse(c.area);
    EXPECT_EQ(faults(office).empty(), c.right) << enum_name(c.role) << " " << c.area;
  }
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
  person.locked_at = now;  // by an administrator: no time ends that
  EXPECT_TRUE(is_locked(person, now.plus_ms(365 * day_ms)));
  EXPECT_FALSE(is_resting(person, now));
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
