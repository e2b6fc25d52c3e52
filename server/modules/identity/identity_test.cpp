#include "modules/identity/identity.hpp"

#include <algorithm>
#include <thread>

#include <gtest/gtest.h>

#include "base/testing.hpp"

#include "platform/auth/encoding.hpp"
#include "platform/auth/totp.hpp"
#include "platform/db/testing.hpp"

namespace changwat::identity {
namespace {

constexpr std::string_view password = "ม้าขาวสี่ตัวข้ามแม่น้ำ";
constexpr std::string_view other_password = "ข้าวหอมมะลิสุกในเดือนสิบสอง";

// What a browser keeps: its cookie and the page's token.
struct Browser {
  std::string secret;
  std::string csrf;
};

class IdentityTest : public db::OnBothEngines {
 protected:
  void SetUp() override {
    OnBothEngines::SetUp();
    if (IsSkipped()) return;
    start();
    person_ = *add("somsri");
  }
  void TearDown() override {
    identity_.reset();
    OnBothEngines::TearDown();
  }

  void start(IdentityOptions options = {}) {
    identity_.reset();
    options.hash_cost = {.memory_bytes = 8192, .passes = 1};
    options.public_url = "https://changwat.example";
    identity_ = std::make_unique<Identity>(database(), acts(), std::move(options));
  }

  Call call() {
    Call out;
    out.now = now_;
    out.peer = "203.0.113.7";
    out.user_agent = "a browser";
    return out;
  }
  Call call(const Browser& browser) {
    auto out = call();
    out.caller = seen(browser);
    return out;
  }

  Result<PersonId> add(std::string_view username, bool demonstration = false) {
    return identity_->add_person(
        call(), {word<Key>(username), word<PersonName>("สมศรี ทดสอบ"),
                 word<PersonName>("Somsri Test"), std::string(password), demonstration});
  }

  Result<Me> try_sign_in(std::string_view username, std::string_view typed,
                         std::optional<std::string_view> code = {}) {
    last_ = call();
    return identity_->sign_in(last_, {word<Text<1, 120>>(username), std::string(typed),
                                      code ? Text<1, 40>::parse(*code) : std::nullopt});
  }
  Browser sign_in(std::string_view username = "somsri", std::optional<std::string_view> code = {}) {
    const auto me = try_sign_in(username, password, code);
    if (!me.ok()) throw std::runtime_error(std::string(me.problem().kind->code));
    return {cookie(last_, session_cookie_name), me->csrf_token};
  }

  static std::string header(const Call& call, std::string_view name) {
    for (const auto& [key, value] : call.answer_headers)
      if (key == name) return value;
    return {};
  }
  static std::string cookie(const Call& call, std::string_view name) {
    for (const auto& [key, value] : call.answer_headers)
      if (key == "Set-Cookie" && value.starts_with(name))
        return value.substr(name.size() + 1, value.find(';') - name.size() - 1);
    return {};
  }

  using Headers = std::vector<std::pair<std::string, std::string>>;
  Result<std::optional<Caller>> ask(http::Method method, const Headers& headers,
                                    std::string_view path = "/api/v1/x") {
    http::Request request;
    request.head.method = method;
    request.head.path = path;
    for (const auto& [name, value] : headers) request.head.headers.push_back({name, value});
    return identity_->caller(request, now_);
  }
  static std::pair<std::string, std::string> cookie_of(const Browser& browser) {
    return {"Cookie", "x=1; changwat_session=" + browser.secret};
  }
  std::optional<Caller> seen(const Browser& browser) {
    return ask(http::Method::get, {cookie_of(browser)}).value();
  }

  std::string_view code_of(const auto& result) {
    return result.ok() ? "ok" : result.problem().kind->code;
  }

  // All that two tables say, to search for what must not be there.
  std::string sign_in_log() {
    return database().read([](db::Connection& db) {
      return to_json(
          db.query<SignInEntry>("SELECT " + db::columns<SignInEntry>() + " FROM sign_in_log"));
    });
  }
  std::string kept_answers() {
    return database().read([](db::Connection& db) {
      return to_json(db.query<std::string>("SELECT answer FROM idempotency"));
    });
  }
  std::vector<Outcome> outcomes() {
    return database().read([](db::Connection& db) {
      return db.query<Outcome>("SELECT outcome FROM sign_in_log ORDER BY sign_in_id");
    });
  }

  // A confirmed second factor; its secret.
  SecondFactor protect(const Browser& browser) {
    auto begin = call(browser);
    auto factor = identity_->begin_second_factor(begin).value();
    auto confirm = call(browser);
    EXPECT_EQ(code_of(identity_->confirm_second_factor(confirm, {word<Text<6, 6>>(totp(factor))})),
              "ok");
    return factor;
  }
  std::string totp(const SecondFactor& factor) {
    return auth::totp_code(*auth::base32_decode(factor.secret), auth::totp_step(now_));
  }
  void later(std::int64_t ms) { now_ = now_.plus_ms(ms); }

  Instant now_ = *Instant::parse("2026-11-23T03:00:00.000Z");
  std::unique_ptr<Identity> identity_;
  PersonId person_;
  Call last_;
};

// ---- signing in

TEST_P(IdentityTest, A_person_signs_in_with_the_right_password_in_any_case_of_the_name) {
  const auto me = try_sign_in("SomSri", password);
  ASSERT_EQ(code_of(me), "ok");
  EXPECT_EQ(me->person_id, person_);
  EXPECT_EQ(me->username.text(), "somsri");
  EXPECT_FALSE(me->second_factor || me->demonstration || me->csrf_token.empty());
  const auto caller = seen({cookie(last_, session_cookie_name), ""});
  ASSERT_TRUE(caller);
  EXPECT_EQ(caller->person_id, person_.text());
  EXPECT_EQ(caller->name_en, "Somsri Test");
  EXPECT_FALSE(caller->by_token);
}

TEST_P(IdentityTest, Wrong_passwords_unknown_names_and_passwordless_accounts_get_the_same_answer) {
  ASSERT_TRUE(identity_
                  ->add_person(call(), {word<Key>("provider.only"), word<PersonName>("ก"),
                                        word<PersonName>("A"), std::nullopt, false})
                  .ok());
  std::vector<std::string> answers;
  for (const auto* name : {"somsri", "nobody", "provider.only", "ไม่ใช่ชื่อ", "a b"}) {
    const auto result = try_sign_in(name, "wrong password of mine");
    ASSERT_FALSE(result.ok());
    answers.push_back(std::string(result.problem().kind->code) + result.problem().th +
                      result.problem().en);
    EXPECT_TRUE(last_.answer_headers.empty());
  }
  EXPECT_EQ(answers, std::vector<std::string>(5, "sign_in_failed"));
  EXPECT_EQ(count("session"), 0);
}

TEST_P(IdentityTest, Sign_ins_are_logged_without_what_was_typed_and_never_in_the_ledger) {
  const auto before = entries().size();
  (void)try_sign_in("somsri", "wrong password of mine");
  later(1);
  (void)try_sign_in("my secret typed into the wrong field", "x");
  later(1);
  sign_in();
  EXPECT_EQ(outcomes(), (std::vector<Outcome>{Outcome::wrong_password, Outcome::unknown_person,
                                              Outcome::signed_in}));
  EXPECT_EQ(entries().size(), before);
  const auto log = sign_in_log();
  for (const std::string typed : {"wrong password", "my secret", "somsri"}) {
    EXPECT_EQ(log.find(typed), log.npos) << typed;
    EXPECT_EQ(log.find(auth::hex_encode(auth::sha256(typed))), log.npos)
        << "a digest without a key can be guessed";
  }
}

TEST_P(IdentityTest, Five_failures_lock_the_account_for_a_minute_and_the_right_password_too) {
  for (int i = 0; i < 5; ++i) EXPECT_EQ(code_of(try_sign_in("somsri", "wrong")), "sign_in_failed");
  later(1);
  EXPECT_EQ(code_of(try_sign_in("somsri", password)), "sign_in_failed");
  EXPECT_EQ(outcomes().back(), Outcome::locked);
  later(minute_ms);
  EXPECT_EQ(code_of(try_sign_in("somsri", password)), "ok");
  EXPECT_EQ(code_of(try_sign_in("somsri", "wrong")), "sign_in_failed");
  EXPECT_EQ(code_of(try_sign_in("somsri", password)), "ok") << "success forgot the failures";
}

TEST_P(IdentityTest, Attempts_come_too_fast_for_one_account_and_for_one_address) {
  for (int i = 0; i < 10; ++i) (void)try_sign_in("somsri", "wrong");
  EXPECT_EQ(code_of(try_sign_in("somsri", password)), "too_many_requests");
  EXPECT_EQ(header(last_, "Retry-After"), "10");
  for (int i = 0; i < 49; ++i)
    EXPECT_EQ(code_of(try_sign_in("name" + std::to_string(i), "x")), "sign_in_failed") << i;
  EXPECT_EQ(code_of(try_sign_in("somebody.else", "x")), "too_many_requests");
}

TEST_P(IdentityTest, Demonstration_accounts_are_let_in_on_loopback_only) {
  start({.loopback = true});
  ASSERT_TRUE(add("demo", true).ok());
  const auto browser = sign_in("demo");
  EXPECT_TRUE(seen(browser));
  EXPECT_EQ(header(last_, "Set-Cookie").find("Secure"), std::string::npos);
  start();  // the same record, now where others can reach it
  EXPECT_FALSE(seen(browser));
  EXPECT_EQ(code_of(try_sign_in("demo", password)), "sign_in_failed");
}

TEST_P(IdentityTest, The_cookie_is_secure_and_its_secret_is_nowhere_in_the_record) {
  const auto browser = sign_in();
  EXPECT_EQ(header(last_, "Set-Cookie"),
            "changwat_session=" + browser.secret +
                "; Path=/; Max-Age=604800; HttpOnly; SameSite=Lax; Secure");
  EXPECT_EQ(count("session WHERE digest LIKE '%" + browser.secret + "%'"), 0);
  EXPECT_EQ(
      count("session WHERE digest = '" + auth::hex_encode(auth::sha256(browser.secret)) + "'"), 1);
}

TEST_P(IdentityTest, Signing_in_again_in_the_same_browser_ends_the_session_before) {
  const auto first = sign_in();
  last_ = call(first);
  ASSERT_TRUE(
      identity_->sign_in(last_, {word<Text<1, 120>>("somsri"), std::string(password), {}}).ok());
  EXPECT_FALSE(seen(first));
  EXPECT_EQ(count("session"), 1);
}

TEST_P(IdentityTest, A_person_has_at_most_twenty_sessions_and_the_oldest_gives_way) {
  std::vector<Browser> browsers;
  for (int i = 0; i < 21; ++i) {
    browsers.push_back(sign_in());
    EXPECT_TRUE(seen(browsers.back()));
    later(minute_ms);
  }
  EXPECT_EQ(count("session"), 20);
  EXPECT_FALSE(seen(browsers[0]));
  EXPECT_TRUE(seen(browsers[1]) && seen(browsers[20]));
}

TEST_P(IdentityTest, A_hash_of_another_cost_is_renewed_at_the_next_sign_in) {
  const auto hash = [&] {
    return database().read(
        [](db::Connection& db) { return *db.one<std::string>("SELECT password FROM person"); });
  };
  const auto before = hash();
  sign_in();
  EXPECT_EQ(hash(), before);
  identity_ = std::make_unique<Identity>(
      database(), acts(), IdentityOptions{.hash_cost = {.memory_bytes = 16384, .passes = 1}});
  sign_in();
  EXPECT_NE(hash(), before);
  EXPECT_NE(hash().find("m=16,"), std::string::npos);
  sign_in();
}

// ---- the gate

TEST_P(IdentityTest, Without_good_credentials_one_is_nobody_and_not_an_error) {
  using http::Method;
  for (const Headers& headers :
       {Headers{}, Headers{{"Cookie", "other=1"}}, Headers{{"Cookie", "changwat_session=short"}},
        Headers{{"Cookie", "changwat_session=" + std::string(43, 'A')}},
        Headers{{"Authorization", "Basic eDp5"}}}) {
    const auto caller = ask(Method::get, headers);
    ASSERT_TRUE(caller.ok());
    EXPECT_FALSE(*caller);
    EXPECT_FALSE(ask(Method::post, headers).value());
  }
}

TEST_P(IdentityTest, Changes_by_cookie_need_the_pages_token) {
  const auto one = sign_in(), two = sign_in();
  const auto change = [&](const Headers& more, std::string_view path = "/api/v1/x") {
    Headers headers{cookie_of(one)};
    headers.insert(headers.end(), more.begin(), more.end());
    return ask(http::Method::post, headers, path);
  };
  EXPECT_EQ(code_of(change({})), "csrf_token_wrong");
  EXPECT_EQ(code_of(change({{"X-CSRF-Token", two.csrf}})), "csrf_token_wrong")
      << "of another session";
  EXPECT_EQ(code_of(change({{"X-CSRF-Token", one.csrf}})), "ok");
  EXPECT_EQ(code_of(change({}, "/api/v1/session")), "ok") << "signing in replaces the session";
  for (const auto method :
       {http::Method::put, http::Method::patch, http::Method::delete_, http::Method::other})
    EXPECT_EQ(code_of(ask(method, {cookie_of(one)})), "csrf_token_wrong");
}

TEST_P(IdentityTest, Changes_sent_by_pages_of_other_sites_are_refused_before_anything_else) {
  const auto browser = sign_in();
  const Headers all{
      cookie_of(browser), {"X-CSRF-Token", browser.csrf}, {"Sec-Fetch-Site", "cross-site"}};
  EXPECT_EQ(code_of(ask(http::Method::post, all)), "cross_site_request");
  EXPECT_EQ(code_of(ask(http::Method::post, {{"Sec-Fetch-Site", "cross-site"}}, "/api/v1/session")),
            "cross_site_request")
      << "nobody is signed in to another's account";
  EXPECT_EQ(code_of(ask(http::Method::post,
                        {{"Origin", "https://evil.example"}, {"Host", "changwat.example"}},
                        "/api/v1/session")),
            "cross_site_request");
  EXPECT_EQ(code_of(ask(http::Method::get, all)), "ok") << "a link may lead here";
}

TEST_P(IdentityTest, A_session_ends_after_twelve_idle_hours_but_use_keeps_it_for_seven_days) {
  const auto idle = sign_in(), used = sign_in();
  for (int hour = 0; hour < 7 * 24; hour += 6) {
    EXPECT_TRUE(seen(used)) << hour;
    later(6 * hour_ms);
  }
  EXPECT_FALSE(seen(used));
  EXPECT_FALSE(seen(idle));
}

TEST_P(IdentityTest, An_idle_session_is_over_even_when_it_is_remembered) {
  const auto browser = sign_in();
  EXPECT_TRUE(seen(browser));
  later(session_idle_ms);
  EXPECT_FALSE(seen(browser));
}

TEST_P(IdentityTest, The_moment_of_last_use_is_written_every_five_minutes_at_most) {
  const auto browser = sign_in();
  const auto begun = now_;
  const auto last_seen = [&] {
    identity_->finish_noting();
    return database().read(
        [](db::Connection& db) { return *db.one<Instant>("SELECT last_seen_at FROM session"); });
  };
  later(last_seen_interval_ms - 1);
  EXPECT_TRUE(seen(browser));
  EXPECT_EQ(last_seen(), begun);
  later(1);
  EXPECT_TRUE(seen(browser));
  EXPECT_EQ(last_seen(), now_);
  const auto writes = database().counters().writes;
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(seen(browser));
  EXPECT_EQ(last_seen(), now_);
  EXPECT_EQ(database().counters().writes, writes);
}

TEST_P(IdentityTest, A_signed_in_read_is_answered_from_memory) {
  const auto browser = sign_in();
  EXPECT_TRUE(seen(browser));
  execute("DELETE FROM session");  // behind this program's back
  EXPECT_TRUE(seen(browser)) << "no SQL was asked";
  later(minute_ms);
  EXPECT_FALSE(seen(browser)) << "what another program changes is seen within a minute";
}

TEST_P(IdentityTest, A_signed_out_session_is_nobody_at_once) {
  const auto browser = sign_in();
  later(1);
  auto leaving = call(browser);
  EXPECT_EQ(code_of(identity_->sign_out(leaving)), "ok");
  EXPECT_NE(header(leaving, "Set-Cookie").find("Max-Age=0"), std::string::npos);
  EXPECT_FALSE(seen(browser));
  EXPECT_EQ(outcomes().back(), Outcome::signed_out);
}

TEST_P(IdentityTest, Cookies_and_page_tokens_outlive_a_restart_of_the_program) {
  const auto browser = sign_in();
  start();
  EXPECT_EQ(code_of(ask(http::Method::post, {cookie_of(browser), {"X-CSRF-Token", browser.csrf}})),
            "ok");
  auto asking = call(browser);
  EXPECT_EQ(identity_->me(asking)->csrf_token, browser.csrf);
}

TEST_P(IdentityTest, Sessions_are_listed_and_ended_by_their_own_person_only) {
  const auto one = sign_in();
  later(minute_ms);
  const auto two = sign_in();
  ASSERT_TRUE(add("stranger").ok());
  const auto stranger = sign_in("stranger");
  auto asking = call(two);
  const auto page = identity_->my_sessions(asking).value();
  ASSERT_EQ(page.items.size(), 2u);
  EXPECT_TRUE(page.items[0].current && !page.items[1].current);
  EXPECT_EQ(page.items[1].address, "203.0.113.7");
  const Path<SessionPath> first{{page.items[1].session_id}};
  auto strange = call(stranger);
  EXPECT_EQ(code_of(identity_->end_session(strange, first)), "not_found");
  EXPECT_TRUE(seen(one));
  EXPECT_EQ(code_of(identity_->end_session(asking, first)), "ok");
  EXPECT_FALSE(seen(one));
  EXPECT_TRUE(seen(two));
  EXPECT_EQ(entries().back().act, "identity.end_session");
  EXPECT_EQ(entries().back().authority, R"({"basis":"own account"})");
  EXPECT_EQ(entries().back().office_id, "");
}

// ---- offices

TEST_P(IdentityTest, A_caller_holds_the_offices_in_force_on_the_day_in_bangkok) {
  const auto area = word<AreaCode>("70");
  const auto office = *identity_->add_office(
      call(), {Role::governor, area, word<OfficeTitle>("ผู้ว่าราชการจังหวัดราชบุรี"),
               word<OfficeTitle>("Governor of Ratchaburi")});
  ASSERT_TRUE(identity_
                  ->hold_office(call(), {person_, office, word<Date>("2026-11-24"),
                                         word<Date>("2026-11-30"), true, ActingGround::vacant})
                  .ok());
  now_ = *Instant::parse("2026-11-23T16:59:59.999Z");
  const auto browser = sign_in();
  EXPECT_TRUE(seen(browser)->offices.empty());
  now_ = *Instant::parse("2026-11-23T17:00:00.000Z");  // midnight in Bangkok
  ASSERT_EQ(seen(browser)->offices.size(), 1u);
  const auto held = seen(browser)->offices[0];
  EXPECT_EQ(held.office_id, office.text());
  EXPECT_EQ(held.role, "governor");
  EXPECT_EQ(held.area, area);
  EXPECT_TRUE(held.acting);
  EXPECT_EQ(identity_->offices_of(person_, word<Date>("2026-11-30")).size(), 1u);
  EXPECT_EQ(identity_->offices_of(person_, word<Date>("2026-12-01")).size(), 0u);
}

TEST_P(IdentityTest, An_office_given_or_ended_counts_for_the_next_request) {
  const auto office = *identity_->add_office(
      call(), {Role::opdc, {}, word<OfficeTitle>("เจ้าหน้าที่"), word<OfficeTitle>("Officer")});
  const auto browser = sign_in();
  EXPECT_TRUE(seen(browser)->offices.empty());
  const auto holding =
      *identity_->hold_office(call(), {person_, office, word<Date>("2026-01-01"), {}, false});
  EXPECT_EQ(seen(browser)->offices.size(), 1u);
  EXPECT_EQ(code_of(identity_->hold_office(call(),
                                           {person_, office, word<Date>("2026-02-01"), {}, false})),
            "invalid_input");
  EXPECT_EQ(code_of(identity_->end_holding(call(), holding, word<Date>("2025-12-31"))),
            "invalid_input");
  EXPECT_EQ(code_of(identity_->end_holding(call(), holding, word<Date>("2026-11-22"))), "ok");
  EXPECT_TRUE(seen(browser)->offices.empty());
  EXPECT_EQ(code_of(identity_->end_holding(call(), holding, word<Date>("2026-11-25"))),
            "wrong_state");
  EXPECT_EQ(
      code_of(identity_->end_holding(call(), HoldingId::make(now_), word<Date>("2026-11-25"))),
      "not_found");
}

TEST_P(IdentityTest, Holders_are_found_by_role_area_and_day_the_substantive_first) {
  const auto second = *add("somchai");
  const auto new_office = [&](Role role, std::optional<AreaCode> area) {
    return *identity_->add_office(
        call(), {role, area, word<OfficeTitle>("ตำแหน่ง"), word<OfficeTitle>("Office")});
  };
  const auto hold = [&](PersonId person, OfficeId office, std::string_view from,
                        std::optional<Date> to, std::optional<ActingGround> ground = {}) {
    ASSERT_TRUE(identity_
                    ->hold_office(
                        call(), {person, office, word<Date>(from), to, ground.has_value(), ground})
                    .ok());
  };
  const auto ratchaburi = new_office(Role::governor, word<AreaCode>("70"));
  hold(second, ratchaburi, "2026-01-01", word<Date>("2026-12-31"));
  hold(person_, ratchaburi, "2026-06-01", word<Date>("2026-09-30"), ActingGround::holder_unable);
  hold(person_, ratchaburi, "2027-01-01", {}, ActingGround::vacant);
  hold(second, new_office(Role::opdc, {}), "2026-01-01", {});
  const auto names = [&](Role role, std::optional<AreaCode> area, std::string_view day) {
    std::vector<PersonId> out;
    for (const auto& holder : identity_->holders_of(role, area, word<Date>(day)))
      out.push_back(holder.person_id);
    return out;
  };
  const auto governors = [&](std::string_view day) {
    return names(Role::governor, word<AreaCode>("70"), day);
  };
  EXPECT_EQ(governors("2026-03-01"), std::vector<PersonId>{second});
  EXPECT_EQ(governors("2026-07-01"), (std::vector<PersonId>{second, person_}));
  EXPECT_EQ(governors("2027-01-01"), std::vector<PersonId>{person_});
  EXPECT_EQ(names(Role::opdc, std::nullopt, "2026-07-01"), std::vector<PersonId>{second});
  EXPECT_TRUE(names(Role::governor, word<AreaCode>("71"), "2026-07-01").empty());
  EXPECT_EQ(identity_->person(second)->name_th.text(), "สมศรี ทดสอบ");
  EXPECT_FALSE(identity_->person(PersonId::make(now_)));
  EXPECT_EQ(identity_->person_named(word<Key>("somchai")), second);
}

TEST_P(IdentityTest, The_ledger_of_an_area_names_the_province_and_no_person) {
  const auto office = *identity_->add_office(
      call(), {Role::district, word<AreaCode>("7001"), word<OfficeTitle>("นายอำเภอ"),
               word<OfficeTitle>("District chief")});
  ASSERT_TRUE(
      identity_->hold_office(call(), {person_, office, word<Date>("2026-01-01"), {}, false}).ok());
  const auto browser = sign_in();
  protect(browser);
  auto changing = call(browser);
  ASSERT_TRUE(
      identity_->change_password(changing, {std::string(password), std::string(other_password)})
          .ok());
  for (const auto& entry : entries())
    for (const std::string personal :
         {"สมศรี", "Somsri", "somsri", "203.0.113.7", "a browser", "argon2"})
      EXPECT_EQ(to_json(entry).find(personal), std::string::npos) << entry.act << " " << personal;
}

// ---- accounts

TEST_P(IdentityTest, Of_many_guesses_sent_at_once_not_even_the_right_one_passes_the_lock) {
  start();
  for (int i = 0; i < 3; ++i) (void)try_sign_in("somsri", "wrong");
  std::vector<std::thread> guessers;
  for (int i = 0; i < 6; ++i)
    guessers.emplace_back([&] {
      auto guessing = call();
      (void)identity_->sign_in(guessing, {word<Text<1, 120>>("somsri"), "wrong", {}});
    });
  for (auto& guesser : guessers) guesser.join();
  EXPECT_EQ(code_of(try_sign_in("somsri", password)), "sign_in_failed");
  EXPECT_EQ(count("sign_in_log WHERE outcome = 'wrong_password'"), 5);
  EXPECT_EQ(count("sign_in_log WHERE outcome = 'locked'"), 5);
}

TEST_P(IdentityTest, Many_readers_and_a_changing_account_agree_in_the_end) {
  const auto office = *identity_->add_office(
      call(), {Role::opdc, {}, word<OfficeTitle>("เจ้าหน้าที่"), word<OfficeTitle>("Officer")});
  const auto browser = sign_in();
  std::atomic<bool> done = false;
  std::vector<std::thread> readers;
  for (int i = 0; i < 4; ++i)
    readers.emplace_back([&] {
      while (!done) EXPECT_TRUE(seen(browser));
    });
  for (int year = 2000; year < 2020; ++year) {
    const auto from = *Date::of(year, 1, 1);
    const auto holding = *identity_->hold_office(call(), {person_, office, from, {}, false});
    EXPECT_EQ(seen(browser)->offices.size(), 1u)
        << "a reader under way must not bring the old answer back";
    ASSERT_TRUE(identity_->end_holding(call(), holding, from).ok());
    EXPECT_EQ(seen(browser)->offices.size(), 0u);
  }
  done = true;
  for (auto& reader : readers) reader.join();
}

TEST_P(IdentityTest, A_user_name_is_taken_once_and_a_weak_password_never) {
  EXPECT_EQ(add("somsri").problem().fields.at(0).code, "taken");
  const auto weak =
      identity_->add_person(call(), {word<Key>("weak"), word<PersonName>("ก"),
                                     word<PersonName>("A"), std::string("short"), false});
  EXPECT_EQ(weak.problem().fields.at(0).code, "too_short");
  EXPECT_EQ(count("person"), 1);
}

TEST_P(IdentityTest, A_new_password_ends_all_other_sessions) {
  const auto here = sign_in(), elsewhere = sign_in();
  EXPECT_TRUE(seen(elsewhere));
  auto changing = call(here);
  const auto change = [&](std::string_view before, std::string_view after) {
    return identity_->change_password(changing, {std::string(before), std::string(after)});
  };
  EXPECT_EQ(change("wrong", other_password).problem().fields.at(0).pointer, "/old_password");
  EXPECT_EQ(change(password, "short").problem().fields.at(0).pointer, "/new_password");
  EXPECT_TRUE(seen(elsewhere));
  EXPECT_EQ(code_of(change(password, other_password)), "ok");
  EXPECT_TRUE(seen(here));
  EXPECT_FALSE(seen(elsewhere));
  EXPECT_EQ(code_of(try_sign_in("somsri", password)), "sign_in_failed");
  EXPECT_EQ(code_of(try_sign_in("somsri", other_password)), "ok");
}

TEST_P(IdentityTest, A_password_set_by_the_installation_ends_every_session_and_the_lockout) {
  const auto browser = sign_in();
  for (int i = 0; i < 5; ++i) (void)try_sign_in("somsri", "wrong");
  EXPECT_EQ(code_of(identity_->set_password(call(), person_, other_password)), "ok");
  EXPECT_FALSE(seen(browser));
  EXPECT_EQ(code_of(try_sign_in("somsri", other_password)), "ok");
  EXPECT_EQ(code_of(identity_->set_password(call(), PersonId::make(now_), other_password)),
            "not_found");
}

// ---- second factor

TEST_P(IdentityTest, A_second_factor_is_asked_only_after_the_right_password) {
  const auto factor = protect(sign_in());
  EXPECT_EQ(factor.recovery_codes.size(), auth::recovery_codes_count);
  EXPECT_NE(factor.otpauth_uri.find("secret=" + factor.secret), std::string::npos);
  later(minute_ms);
  EXPECT_EQ(code_of(try_sign_in("somsri", "wrong", totp(factor))), "sign_in_failed");
  later(1);
  EXPECT_EQ(code_of(try_sign_in("somsri", password)), "second_factor_required");
  EXPECT_EQ(outcomes().back(), Outcome::second_factor_asked);
  const auto me = try_sign_in("somsri", password, totp(factor));
  ASSERT_EQ(code_of(me), "ok");
  EXPECT_TRUE(me->second_factor);
}

TEST_P(IdentityTest, A_one_time_password_is_good_once) {
  const auto factor = protect(sign_in());
  EXPECT_EQ(code_of(try_sign_in("somsri", password, totp(factor))), "second_factor_required")
      << "the code that confirmed the factor was used";
  later(30'000);
  EXPECT_EQ(code_of(try_sign_in("somsri", password, totp(factor))), "ok");
  EXPECT_EQ(code_of(try_sign_in("somsri", password, totp(factor))), "second_factor_required");
}

TEST_P(IdentityTest, A_recovery_code_is_good_once_and_however_it_is_typed) {
  const auto factor = protect(sign_in());
  auto typed = factor.recovery_codes[3];
  std::transform(typed.begin(), typed.end(), typed.begin(),
                 [](unsigned char c) { return std::toupper(c); });
  EXPECT_EQ(code_of(try_sign_in("somsri", password, typed)), "ok");
  EXPECT_EQ(code_of(try_sign_in("somsri", password, typed)), "second_factor_required");
  EXPECT_EQ(code_of(try_sign_in("somsri", password, factor.recovery_codes[4])), "ok");
  EXPECT_EQ(count("recovery_code"), 8);
}

TEST_P(IdentityTest, Guessing_the_second_factor_locks_the_account) {
  const auto factor = protect(sign_in());
  later(minute_ms);
  for (int i = 0; i < 5; ++i)
    EXPECT_EQ(code_of(try_sign_in("somsri", password, "000000")), "second_factor_required");
  later(1);
  EXPECT_EQ(code_of(try_sign_in("somsri", password, totp(factor))), "sign_in_failed");
  EXPECT_EQ(outcomes().back(), Outcome::locked);
}

TEST_P(IdentityTest, A_second_factor_counts_only_when_it_was_confirmed) {
  const auto browser = sign_in();
  auto begin = call(browser);
  const auto factor = identity_->begin_second_factor(begin).value();
  EXPECT_EQ(code_of(try_sign_in("somsri", password)), "ok");
  auto confirm = call(browser);
  EXPECT_EQ(identity_->confirm_second_factor(confirm, {word<Text<6, 6>>("000000")})
                .problem()
                .fields.at(0)
                .pointer,
            "/code");
  EXPECT_EQ(code_of(identity_->confirm_second_factor(confirm, {word<Text<6, 6>>(totp(factor))})),
            "ok");
  EXPECT_EQ(code_of(identity_->confirm_second_factor(confirm, {word<Text<6, 6>>(totp(factor))})),
            "wrong_state");
  EXPECT_EQ(code_of(identity_->begin_second_factor(begin)), "wrong_state");
  EXPECT_TRUE(identity_->me(confirm)->second_factor);
  EXPECT_EQ(count("person WHERE totp_secret LIKE '%" + factor.secret + "%'"), 0) << "sealed";
}

TEST_P(IdentityTest, A_second_factor_is_taken_off_only_soon_after_signing_in) {
  const auto browser = sign_in();
  const auto factor = protect(browser);
  later(fresh_sign_in_ms);
  auto stale = call(browser);
  EXPECT_EQ(code_of(identity_->remove_second_factor(stale)), "fresh_sign_in_required");
  auto fresh = call(sign_in("somsri", totp(factor)));
  EXPECT_EQ(code_of(identity_->remove_second_factor(fresh)), "ok");
  EXPECT_EQ(code_of(identity_->remove_second_factor(fresh)), "not_found");
  EXPECT_EQ(count("recovery_code"), 0);
  EXPECT_EQ(code_of(try_sign_in("somsri", password)), "ok");
}

// ---- API tokens

TEST_P(IdentityTest, A_token_does_what_its_scopes_allow_until_it_ends) {
  auto asking = call(sign_in());
  asking.idempotency_key = "k";
  const auto create = [&](Scopes scopes) {
    return identity_
        ->create_token(
            asking, {word<Text<1, 100>>("งานประจำวัน"), std::move(scopes), word<Date>("2026-11-24")})
        .value()
        .value;
  };
  const auto reader = create({Scope::read});
  asking.idempotency_key = "l";
  const auto writer = create({Scope::read, Scope::write});
  const auto with = [&](const IssuedToken& token, http::Method method) {
    return ask(method, {{"Authorization", "Bearer " + token.secret}});
  };
  const auto caller = with(reader, http::Method::get).value();
  ASSERT_TRUE(caller);
  EXPECT_TRUE(caller->by_token);
  EXPECT_EQ(caller->scopes, std::vector<std::string>{"read"});
  EXPECT_EQ(caller->person_id, person_.text());
  EXPECT_EQ(code_of(with(reader, http::Method::post)), "scope_missing");
  EXPECT_EQ(code_of(with(writer, http::Method::post)), "ok")
      << "no CSRF token: a browser does not send it by itself";
  EXPECT_EQ(kept_answers().find(writer.secret.substr(4, 30)), std::string::npos);
  now_ = *Instant::parse("2026-11-24T16:59:59.999Z");
  EXPECT_EQ(code_of(with(writer, http::Method::get)), "ok");
  later(1);
  EXPECT_EQ(code_of(with(writer, http::Method::get)), "token_refused");
}

TEST_P(IdentityTest, A_password_that_an_administrator_sets_ends_tokens_too) {
  auto asking = call(sign_in());
  const auto token =
      identity_
          ->create_token(asking, {word<Text<1, 100>>("x"), {Scope::read}, word<Date>("2026-12-31")})
          .value()
          .value;
  const Headers headers{{"Authorization", "Bearer " + token.secret}};
  EXPECT_EQ(code_of(ask(http::Method::get, headers)), "ok");
  Call program;
  program.now = now_;
  ASSERT_TRUE(identity_->set_password(program, person_, "ข้าวหอมมะลิสุกในเดือนสิบสอง").ok());
  EXPECT_EQ(code_of(ask(http::Method::get, headers)), "token_refused");
  EXPECT_NE(entries().back().change.find(R"("tokens_ended":1)"), std::string::npos);
}

TEST_P(IdentityTest, A_withdrawn_or_made_up_token_is_refused_and_not_nobody) {
  const auto browser = sign_in();
  auto asking = call(browser);
  const auto token =
      identity_
          ->create_token(asking, {word<Text<1, 100>>("x"), {Scope::read}, word<Date>("2026-12-31")})
          .value()
          .value;
  const Headers headers{{"Authorization", "Bearer " + token.secret}};
  EXPECT_EQ(code_of(ask(http::Method::get, headers)), "ok");
  EXPECT_EQ(identity_->my_tokens(asking)->items.size(), 1u);
  EXPECT_EQ(to_json(*identity_->my_tokens(asking)).find(token.secret), std::string::npos);
  ASSERT_TRUE(add("stranger").ok());
  auto strange = call(sign_in("stranger"));
  EXPECT_EQ(code_of(identity_->delete_token(strange, {{token.token_id}})), "not_found");
  EXPECT_EQ(code_of(identity_->delete_token(asking, {{token.token_id}})), "ok");
  EXPECT_EQ(code_of(ask(http::Method::get, headers)), "token_refused");
  auto changed = token.secret;
  changed[10] = changed[10] == 'A' ? 'B' : 'A';
  for (const auto& secret : {changed, std::string("chw_"), std::string(), browser.secret})
    EXPECT_EQ(code_of(ask(http::Method::get, {{"Authorization", "Bearer " + secret}})),
              "token_refused")
        << secret;
}

TEST_P(IdentityTest, A_token_cannot_change_the_account_it_was_lent_by) {
  auto asking = call(sign_in());
  const auto token = identity_
                         ->create_token(asking, {word<Text<1, 100>>("x"),
                                                 {Scope::read, Scope::write},
                                                 word<Date>("2026-12-31")})
                         .value()
                         .value;
  auto by_token = call();
  by_token.caller = ask(http::Method::post, {{"Authorization", "Bearer " + token.secret}}).value();
  EXPECT_EQ(code_of(identity_->change_password(
                by_token, {std::string(password), std::string(other_password)})),
            "session_required");
  EXPECT_EQ(code_of(identity_->begin_second_factor(by_token)), "session_required");
  EXPECT_EQ(code_of(identity_->remove_second_factor(by_token)), "session_required");
  EXPECT_EQ(code_of(identity_->my_tokens(by_token)), "session_required");
  EXPECT_EQ(code_of(identity_->delete_token(by_token, {{token.token_id}})), "session_required");
  EXPECT_EQ(code_of(identity_->sign_out(by_token)), "session_required");
  EXPECT_EQ(code_of(identity_->create_token(
                by_token, {word<Text<1, 100>>("y"), {Scope::read}, word<Date>("2026-12-31")})),
            "session_required");
  EXPECT_EQ(identity_->me(by_token)->csrf_token, "");
  EXPECT_EQ(count("api_token"), 1);
}

TEST_P(IdentityTest, A_person_has_at_most_twenty_tokens) {
  auto asking = call(sign_in());
  const NewToken wanted{word<Text<1, 100>>("x"), {Scope::read}, word<Date>("2026-12-31")};
  for (int i = 0; i < 20; ++i) EXPECT_EQ(code_of(identity_->create_token(asking, wanted)), "ok");
  EXPECT_EQ(code_of(identity_->create_token(asking, wanted)), "conflict");
}

// ---- upkeep

TEST_P(IdentityTest, Pruning_removes_what_is_over_and_nothing_else) {
  const auto old = sign_in();
  later(session_idle_ms);
  const auto fresh = sign_in();
  identity_->prune(now_);
  EXPECT_EQ(count("session"), 1);
  EXPECT_TRUE(seen(fresh));
  EXPECT_EQ(count("sign_in_log"), 2);
  later(sign_in_log_kept_ms - session_idle_ms);
  identity_->prune(now_);
  EXPECT_EQ(count("sign_in_log"), 1);
}

CHANGWAT_ON_BOTH_ENGINES(IdentityTest);

}  // namespace
}  // namespace changwat::identity
