// Persons, offices and holders as an administrator manages them, on both engines.

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "base/testing.hpp"

#include "platform/db/testing.hpp"

#include "modules/identity/identity.hpp"

namespace changwat::identity {
namespace {

constexpr std::string_view password = "ม้าขาวสี่ตัวข้ามแม่น้ำ";
constexpr std::string_view other_password = "ข้าวหอมมะลิสุกในเดือนสิบสอง";

// What went wrong in one word: the problem's code, or that of its first field.
template <class T>
std::string fault(const Result<T>& result) {
  if (result.ok()) return "";
  const auto& problem = result.problem();
  return std::string(problem.fields.empty() ? problem.kind->code : problem.fields.front().code);
}

class IdentityOffices : public db::OnBothEngines {
 protected:
  void SetUp() override {
    OnBothEngines::SetUp();
    if (IsSkipped()) return;
    start();
    administrator_ = *add("admin");
    somsri_ = *add("somsri");
    somchai_ = *add("somchai");
    administration_ = office(Role::administrator, "");
    administrators_holding_ = *hold(administrator_, administration_, "2026-01-01");
  }
  void TearDown() override {
    identity_.reset();
    OnBothEngines::TearDown();
  }

  void start(bool loopback = false) {
    IdentityOptions options;
    options.hash_cost = {.memory_bytes = 8192, .passes = 1};
    options.public_url = "https://changwat.example";
    options.loopback = loopback;
    options.ask.permit = [this](const Call& call, std::string_view act,
                                const std::optional<AreaCode>&) -> Result<Permission> {
      if (!call.caller) return errors::sign_in_required;
      for (const auto& held : call.caller->offices)
        if (held.role == "administrator" && allowed_.contains(std::string(act)))
          return Permission{held.office_id, {R"({"act":")" + std::string(act) + "\"}"}};
      return errors::forbidden;
    };
    options.ask.provinces = [this](const Call&, std::string_view) { return seen_provinces_; };
    options.ask.area_exists = [](const AreaCode& area) { return area.text() != "99"; };
    identity_ = std::make_unique<Identity>(database(), acts(), std::move(options));
  }

  Result<PersonId> add(std::string_view username) {
    return identity_->add_person(
        program(),
        {word<Key>(username), word<PersonName>("ชื่อ " + std::string(username)),
         word<PersonName>("Name " + std::string(username)), std::string(password), false});
  }
  OfficeId office(Role role, std::string_view area, std::string_view title = "ตำแหน่ง") {
    return *identity_->add_office(program(), {role, AreaCode::parse(area), word<OfficeTitle>(title),
                                              word<OfficeTitle>("Office")});
  }
  Result<HoldingId> hold(PersonId person, OfficeId office, std::string_view from,
                         std::string_view to = "") {
    return identity_->hold_office(program(), {person, office, word<Date>(from), Date::parse(to)});
  }

  Call program() {
    Call out;
    out.now = now_;
    out.peer = "203.0.113.7";
    return out;
  }
  // The caller as somebody who is signed in has it, and knows any version.
  Call by(PersonId person) {
    auto out = program();
    out.caller = Caller{.person_id = person.text(),
                        .session_id = {},
                        .name_th = {},
                        .name_en = {},
                        .offices = identity_->offices_of(person, now_.bangkok_date()),
                        .scopes = {}};
    out.if_match_any = true;
    return out;
  }
  Call admin() { return by(administrator_); }

  Result<Created<OfficeHolder>> begin(Call call, OfficeId office, std::string_view username,
                                      std::string_view from,
                                      std::optional<ActingGround> ground = {}) {
    return identity_->begin_holding(call, {{office}},
                                    {word<Key>(username),
                                     ground.has_value(),
                                     ground,
                                     word<Date>(from),
                                     {},
                                     word<OrderReference>("คำสั่งที่ 1/2569")});
  }
  Result<OfficeDetail> detail(OfficeId office) {
    auto call = admin();
    return identity_->get_office(call, {{office}});
  }
  PersonDetail person(PersonId id) {
    auto call = admin();
    return *identity_->get_person(call, {{id}});
  }

  std::string try_sign_in(std::string_view username, std::string_view typed) {
    last_ = program();
    return fault(identity_->sign_in(last_, {word<Text<1, 120>>(username), std::string(typed), {}}));
  }
  // The caller that the cookie of the last sign-in makes.
  std::optional<Caller> signed_in() {
    http::Request request;
    request.head.method = http::Method::get;
    request.head.path = "/api/v1/session";
    std::string cookie;
    for (const auto& [name, value] : last_.answer_headers)
      if (name == "Set-Cookie") cookie = value.substr(0, value.find(';'));
    request.head.headers.push_back({"Cookie", cookie});
    return *identity_->caller(request, now_);
  }

  std::unique_ptr<Identity> identity_;
  Instant now_ = *Instant::parse("2026-11-23T05:00:00Z");
  std::set<std::string> allowed_{"identity.read_persons",   "identity.manage_persons",
                                 "identity.read_offices",   "identity.add_office",
                                 "identity.record_holders", "identity.record_district_holders"};
  std::optional<std::vector<AreaCode>> seen_provinces_;
  PersonId administrator_, somsri_, somchai_;
  OfficeId administration_;
  HoldingId administrators_holding_;
  Call last_;
};

// ---- persons

TEST_P(IdentityOffices, A_new_person_signs_in_with_a_one_time_password_and_may_only_change_it) {
  auto call = admin();
  const auto issued = identity_->create_person(
      call, {word<Key>("prasit"), word<PersonName>("ประสิทธิ์"), word<PersonName>("Prasit"), false});
  ASSERT_TRUE(issued.ok()) << fault(issued);
  const auto word = *issued->value.one_time_password;
  ASSERT_TRUE(hold(issued->value.person_id, office(Role::opdc, ""), "2026-01-01").ok());
  EXPECT_EQ(try_sign_in("prasit", word), "");
  ASSERT_TRUE(signed_in());
  EXPECT_TRUE(signed_in()->offices.empty()) << "an office before the password is changed";
  auto asking = by(issued->value.person_id);
  EXPECT_TRUE(identity_->me(asking)->one_time_password);
  EXPECT_TRUE(identity_->me(asking)->offices.empty());

  auto changing = program();
  changing.caller = signed_in();
  ASSERT_EQ(fault(identity_->change_password(changing, {word, std::string(other_password)})), "");
  EXPECT_EQ(signed_in()->offices.size(), 1u);
  EXPECT_FALSE(identity_->me(asking)->one_time_password);
  EXPECT_EQ(try_sign_in("prasit", word), "sign_in_failed");
  EXPECT_EQ(try_sign_in("prasit", other_password), "");
}

TEST_P(IdentityOffices, A_one_time_password_is_good_for_three_days) {
  auto call = admin();
  const auto issued = identity_->reset_password(call, {{somsri_}});
  now_ = issued->good_until->plus_ms(-1);
  EXPECT_EQ(try_sign_in("somsri", *issued->one_time_password), "");
  now_ = *issued->good_until;
  EXPECT_EQ(try_sign_in("somsri", *issued->one_time_password), "one_time_password_over");
  EXPECT_EQ(try_sign_in("somsri", "wrong"), "sign_in_failed") << "told to who knows it only";
}

TEST_P(IdentityOffices, A_reset_password_ends_all_sessions_and_the_old_password) {
  ASSERT_EQ(try_sign_in("somsri", password), "");
  ASSERT_TRUE(signed_in());
  auto call = admin();
  ASSERT_TRUE(identity_->reset_password(call, {{somsri_}}).ok());
  EXPECT_FALSE(signed_in());
  EXPECT_EQ(try_sign_in("somsri", password), "sign_in_failed");
  EXPECT_TRUE(person(somsri_).one_time_password);
}

TEST_P(IdentityOffices, A_locked_person_is_let_in_nowhere_until_unlocked) {
  ASSERT_EQ(try_sign_in("somsri", password), "");
  auto call = admin();
  ASSERT_EQ(fault(identity_->lock_person(call, {{somsri_}})), "");
  EXPECT_FALSE(signed_in());
  EXPECT_EQ(try_sign_in("somsri", password), "sign_in_failed");
  EXPECT_EQ(fault(identity_->lock_person(call, {{somsri_}})), "wrong_state");
  PersonQuery locked;
  locked.state = PersonState::locked;
  ASSERT_EQ(identity_->persons(locked, now_).items.size(), 1u);
  EXPECT_EQ(identity_->persons(locked, now_).items[0].username.text(), "somsri");
  ASSERT_EQ(fault(identity_->unlock_person_by_office(call, {{somsri_}})), "");
  EXPECT_EQ(try_sign_in("somsri", password), "");
  EXPECT_EQ(fault(identity_->unlock_person_by_office(call, {{somsri_}})), "wrong_state");
}

TEST_P(IdentityOffices, The_rest_after_wrong_passwords_is_seen_and_ended) {
  for (int i = 0; i < 5; ++i) (void)try_sign_in("somsri", "wrong");
  EXPECT_TRUE(person(somsri_).resting);
  EXPECT_FALSE(person(somsri_).locked);
  auto call = admin();
  ASSERT_EQ(fault(identity_->unlock_person_by_office(call, {{somsri_}})), "");
  EXPECT_FALSE(person(somsri_).resting);
  EXPECT_EQ(try_sign_in("somsri", password), "");
}

TEST_P(IdentityOffices, Nobody_goes_through_the_administrators_door_to_the_own_account) {
  auto call = admin();
  EXPECT_EQ(fault(identity_->lock_person(call, {{administrator_}})), "own_account_only");
  EXPECT_EQ(fault(identity_->reset_password(call, {{administrator_}})), "own_account_only");
  EXPECT_EQ(fault(identity_->clear_second_factor(call, {{administrator_}})), "own_account_only");
}

TEST_P(IdentityOffices, A_change_of_a_person_needs_the_version_that_was_seen) {
  auto call = admin();
  call.if_match_any = false;
  EXPECT_EQ(fault(identity_->lock_person(call, {{somsri_}})), "if_match_required");
  call.if_match = person(somsri_).version;
  EXPECT_EQ(fault(identity_->lock_person(call, {{somsri_}})), "");
  EXPECT_EQ(fault(identity_->unlock_person_by_office(call, {{somsri_}})), "changed_meanwhile");
}

TEST_P(IdentityOffices, The_last_way_in_is_not_unlinked) {
  auto call = admin();
  const auto issued = identity_->create_person(
      call, {word<Key>("thaid"), word<PersonName>("ก"), word<PersonName>("A"), true});
  ASSERT_TRUE(issued.ok());
  EXPECT_FALSE(issued->value.one_time_password);
  const auto id = issued->value.person_id;
  ASSERT_TRUE(identity_->link_identity(program(), id, word<Key>("thaid"), "subject-1").ok());
  EXPECT_EQ(fault(identity_->link_identity(program(), somsri_, word<Key>("thaid"), "subject-1")),
            "conflict");
  ASSERT_EQ(person(id).providers.size(), 1u);
  EXPECT_EQ(fault(identity_->unlink_provider(call, {{id, word<Key>("thaid")}})), "last_way_in");
  ASSERT_EQ(person(id).providers.size(), 1u);
  ASSERT_TRUE(identity_->reset_password(call, {{id}}).ok());
  EXPECT_EQ(fault(identity_->unlink_provider(call, {{id, word<Key>("thaid")}})), "");
  EXPECT_EQ(fault(identity_->unlink_provider(call, {{id, word<Key>("thaid")}})), "not_found");
  EXPECT_EQ(fault(identity_->link_provider(call, {{id}},
                                           {word<Key>("unknown"), word<Text<1, 255>>("x")})),
            "unknown_provider");
}

TEST_P(IdentityOffices, Persons_are_found_by_part_of_a_name_and_page_by_page) {
  const auto found = [&](std::string_view words) {
    PersonQuery query;
    query.search = word<Text<1, 100>>(words);
    std::vector<std::string> out;
    for (const auto& each : identity_->persons(query, now_).items)
      out.push_back(each.username.text());
    return out;
  };
  EXPECT_EQ(found("som"), (std::vector<std::string>{"somchai", "somsri"}));
  EXPECT_EQ(found("NAME SOMS"), std::vector<std::string>{"somsri"});
  EXPECT_EQ(found("ชื่อ somc"), std::vector<std::string>{"somchai"});
  EXPECT_TRUE(found("%").empty()) << "a sign is a sign";
  EXPECT_TRUE(found("som_ri").empty());
  PersonQuery query;
  query.limit = *PageLimit::of_count(2);
  std::vector<std::string> all;
  for (int pages = 0; pages < 5; ++pages) {
    const auto page = identity_->persons(query, now_);
    for (const auto& each : page.items) all.push_back(each.username.text());
    if (!page.next) break;
    query.cursor = word<Key>(*page.next);
  }
  EXPECT_EQ(all, (std::vector<std::string>{"admin", "somchai", "somsri"}));
}

// ---- the last administrator

TEST_P(IdentityOffices, The_last_administrator_stays) {
  auto call = admin();
  const auto end = [&](HoldingId holding, std::string_view day) {
    return fault(
        identity_->finish_holding(call, {{holding}}, {word<Date>(day), word<Reason>("ย้าย")}));
  };
  EXPECT_EQ(end(administrators_holding_, "2026-12-31"), "last_administrator");
  EXPECT_EQ(
      fault(identity_->withdraw_holding(call, {{administrators_holding_}}, {word<Reason>("ผิด")})),
      "forbidden")
      << "one's own; and it would be the last";
  EXPECT_EQ(
      fault(identity_->end_holding(program(), administrators_holding_, word<Date>("2026-12-31"))),
      "last_administrator")
      << "not by the command line either";

  const auto second = office(Role::administrator, "");
  const auto others = *hold(somsri_, second, "2027-01-01");
  EXPECT_EQ(end(administrators_holding_, "2026-12-30"), "last_administrator")
      << "a day without one";
  EXPECT_EQ(end(administrators_holding_, "2026-12-31"), "");
  EXPECT_EQ(end(others, "2027-06-30"), "last_administrator");
  EXPECT_EQ(fault(identity_->lock_person(call, {{somsri_}})), "last_administrator");
  EXPECT_FALSE(person(somsri_).locked);
}

TEST_P(IdentityOffices, A_locked_administrator_does_not_count) {
  const auto second = office(Role::administrator, "");
  ASSERT_TRUE(hold(somsri_, second, "2026-01-01").ok());
  auto call = admin();
  ASSERT_EQ(fault(identity_->lock_person(call, {{somsri_}})), "");
  EXPECT_EQ(
      fault(identity_->end_holding(program(), administrators_holding_, word<Date>("2026-12-31"))),
      "last_administrator");
  ASSERT_EQ(fault(identity_->unlock_person_by_office(call, {{somsri_}})), "");
  EXPECT_EQ(
      fault(identity_->end_holding(program(), administrators_holding_, word<Date>("2026-12-31"))),
      "");
}

// ---- offices and holders

TEST_P(IdentityOffices, The_history_of_an_office_says_who_held_it_and_what_was_corrected) {
  const auto governor = office(Role::governor, "70");
  auto call = admin();
  const auto first = begin(call, governor, "somsri", "2025-10-01");
  ASSERT_TRUE(first.ok()) << fault(first);
  const auto holding = first->value.holding_id;
  const auto later = [&] { call.now = call.now.plus_ms(60'000); };
  later();
  ASSERT_EQ(fault(identity_->correct_holding(
                call, {{holding}}, {word<Date>("2025-10-02"), {}, word<Reason>("พิมพ์ผิด")})),
            "");
  later();
  ASSERT_EQ(fault(identity_->finish_holding(call, {{holding}},
                                            {word<Date>("2026-09-30"), word<Reason>("เกษียณ")})),
            "");
  later();
  ASSERT_TRUE(begin(call, governor, "somchai", "2026-10-01", ActingGround::vacant).ok());
  EXPECT_EQ(fault(begin(call, governor, "somsri", "2026-10-01")), "acting_depends");

  const auto now = *detail(governor);
  ASSERT_EQ(now.holdings.size(), 2u);
  EXPECT_EQ(now.holdings[0].username.text(), "somchai");
  EXPECT_TRUE(now.holdings[0].acting);
  EXPECT_EQ(now.holdings[0].order_reference->text(), "คำสั่งที่ 1/2569");
  EXPECT_EQ(now.holdings[1].from_date.text(), "2025-10-02");
  EXPECT_EQ(now.holdings[1].to_date->text(), "2026-09-30");
  std::vector<std::string> changes;
  for (const auto& change : now.changes)
    changes.push_back(std::string(enum_name(change.kind)) + " " + change.from_date.text() + " " +
                      (change.reason ? change.reason->text() : ""));
  EXPECT_EQ(changes, (std::vector<std::string>{"begun 2026-10-01 ", "ended 2025-10-02 เกษียณ",
                                               "corrected 2025-10-02 พิมพ์ผิด", "begun 2025-10-01 "}));
  EXPECT_EQ(now.version, 5);
  EXPECT_EQ(identity_->offices_of(somchai_, word<Date>("2026-11-23")).size(), 1u);
}

TEST_P(IdentityOffices, A_holding_that_never_was_is_withdrawn_and_stays_in_the_history) {
  const auto governor = office(Role::governor, "70");
  auto call = admin();
  const auto holding = begin(call, governor, "somsri", "2026-10-01")->value.holding_id;
  call.now = call.now.plus_ms(60'000);
  ASSERT_EQ(fault(identity_->withdraw_holding(call, {{holding}}, {word<Reason>("ผิดคน")})), "");
  EXPECT_TRUE(identity_->offices_of(somsri_, word<Date>("2026-11-23")).empty());
  const auto now = *detail(governor);
  EXPECT_TRUE(now.holdings.empty());
  ASSERT_EQ(now.changes.size(), 2u);
  EXPECT_EQ(now.changes[0].kind, HoldingChangeKind::withdrawn);
  EXPECT_EQ(fault(identity_->withdraw_holding(call, {{holding}}, {word<Reason>("อีก")})),
            "not_found");
}

TEST_P(IdentityOffices, Nobody_gives_an_office_to_themselves_unless_the_law_says_so) {
  const auto governor = office(Role::governor, "70");
  EXPECT_EQ(fault(begin(admin(), governor, "admin", "2026-10-01")), "forbidden");
  auto call = admin();
  EXPECT_EQ(fault(identity_->correct_holding(call, {{administrators_holding_}},
                                             {word<Date>("2025-01-01"), {}, word<Reason>("x")})),
            "forbidden");
  allowed_.insert("identity.record_own_holding");
  EXPECT_EQ(fault(begin(admin(), governor, "admin", "2026-10-01")), "");
}

TEST_P(IdentityOffices, Districts_are_a_power_of_their_own) {
  const auto governor = office(Role::governor, "70"), district = office(Role::district, "7001");
  allowed_ = {"identity.record_district_holders", "identity.read_offices"};
  EXPECT_EQ(fault(begin(admin(), governor, "somsri", "2026-10-01")), "forbidden");
  EXPECT_EQ(fault(begin(admin(), district, "somsri", "2026-10-01")), "");
  EXPECT_FALSE(detail(governor)->may_record);
  EXPECT_TRUE(detail(district)->may_record);
}

TEST_P(IdentityOffices, Who_may_not_record_learns_nothing_about_accounts) {
  const auto governor = office(Role::governor, "70");
  EXPECT_EQ(fault(begin(by(somsri_), governor, "nobody-here", "2026-10-01")), "forbidden");
  EXPECT_EQ(fault(begin(by(somsri_), governor, "somchai", "2026-10-01")), "forbidden");
  EXPECT_EQ(fault(begin(admin(), governor, "nobody-here", "2026-10-01")), "unknown_person");
}

TEST_P(IdentityOffices, Concurrent_offices_are_fine_and_a_second_holder_is_not) {
  const auto one = office(Role::governor, "70"), two = office(Role::governor, "71");
  EXPECT_EQ(fault(begin(admin(), one, "somsri", "2026-10-01")), "");
  EXPECT_EQ(fault(begin(admin(), two, "somsri", "2026-10-01", ActingGround::vacant)), "");
  EXPECT_EQ(identity_->offices_of(somsri_, word<Date>("2026-11-23")).size(), 2u);
  EXPECT_EQ(fault(begin(admin(), one, "somchai", "2026-11-01")), "occupied");
}

TEST_P(IdentityOffices, Two_who_record_at_once_do_not_both_win) {
  const auto governor = office(Role::governor, "70");
  const auto holding = begin(admin(), governor, "somsri", "2025-10-01")->value.holding_id;
  const auto seen = detail(governor)->version;
  const auto end = [&](std::string_view day) {
    auto call = admin();
    call.if_match_any = false;
    call.if_match = seen;
    return fault(
        identity_->finish_holding(call, {{holding}}, {word<Date>(day), word<Reason>("ย้าย")}));
  };
  EXPECT_EQ(end("2026-12-31"), "");
  EXPECT_EQ(end("2026-11-30"), "changed_meanwhile");
}

TEST_P(IdentityOffices, Are_found_by_title_holder_area_and_whether_somebody_holds_them) {
  const auto ratchaburi = office(Role::governor, "70", "ผู้ว่าราชการจังหวัดราชบุรี");
  const auto district = office(Role::district, "7001", "นายอำเภอเมืองราชบุรี");
  const auto khon_kaen = office(Role::governor, "40", "ผู้ว่าราชการจังหวัดขอนแก่น");
  const auto citizens = office(Role::citizen, "", "ประชาชน");
  ASSERT_TRUE(begin(admin(), ratchaburi, "somsri", "2026-10-01").ok());
  ASSERT_TRUE(begin(admin(), khon_kaen, "somchai", "2026-10-01", ActingGround::vacant).ok());
  const auto found = [&](const OfficeQuery& query) {
    auto call = admin();
    std::vector<OfficeId> out;
    const auto page = identity_->list_offices(call, {query});
    for (const auto& each : page.value().items) out.push_back(each.office_id);
    return out;
  };
  using Offices = std::vector<OfficeId>;
  EXPECT_EQ(found({}), (Offices{administration_, khon_kaen, ratchaburi, district}));
  EXPECT_EQ(fault(detail(citizens)), "not_found") << "a citizen's capacity is no post";
  EXPECT_EQ(found({.search = word<Text<1, 100>>("ราชบุรี")}), (Offices{ratchaburi, district}));
  EXPECT_EQ(found({.search = word<Text<1, 100>>("name soms")}), Offices{ratchaburi});
  EXPECT_EQ(found({.role = Role::district}), Offices{district});
  EXPECT_EQ(found({.area = word<AreaCode>("70")}), (Offices{ratchaburi, district}));
  EXPECT_EQ(found({.occupancy = Occupancy::held}), (Offices{administration_, ratchaburi}));
  EXPECT_EQ(found({.occupancy = Occupancy::acting}), Offices{khon_kaen});
  EXPECT_EQ(found({.occupancy = Occupancy::vacant}), (Offices{khon_kaen, district}));
  seen_provinces_ = std::vector{word<AreaCode>("70")};
  EXPECT_EQ(found({}), (Offices{ratchaburi, district}));
  OfficeQuery query;
  query.limit = *PageLimit::of_count(1);
  auto call = admin();
  const auto page = *identity_->list_offices(call, {query});
  ASSERT_EQ(page.items.size(), 1u);
  query.cursor = OfficeId::parse(*page.next);
  EXPECT_EQ(found(query), Offices{district});
}

TEST_P(IdentityOffices, Are_added_where_there_is_an_area) {
  const auto added = [&](Role role, std::string_view area) {
    auto call = admin();
    return fault(identity_->create_office(
        call, {role, AreaCode::parse(area), word<OfficeTitle>("ก"), word<OfficeTitle>("A")}));
  };
  EXPECT_EQ(added(Role::governor, "70"), "");
  EXPECT_EQ(added(Role::governor, ""), "wrong_area");
  EXPECT_EQ(added(Role::governor, "99"), "unknown_area");
}

TEST_P(IdentityOffices, The_ledger_names_the_office_used_and_no_reason_nor_name) {
  auto call = admin();
  const auto governor = office(Role::governor, "70");
  const auto holding = begin(call, governor, "somsri", "2026-10-01")->value.holding_id;
  ASSERT_TRUE(identity_
                  ->finish_holding(call, {{holding}},
                                   {word<Date>("2026-12-31"), word<Reason>("ลาออกเพราะป่วย")})
                  .ok());
  ASSERT_TRUE(identity_->lock_person(call, {{somsri_}}).ok());
  const auto all = entries();
  const auto& end = all.at(all.size() - 2);
  EXPECT_EQ(end.act, "identity.end_holding");
  EXPECT_EQ(end.office_id, administration_.text());
  EXPECT_EQ(end.authority, R"({"act":"identity.record_holders"})");
  EXPECT_EQ(all.back().act, "identity.lock_person");
  for (const auto& entry : all)
    for (const std::string personal : {"somsri", "ชื่อ", "ลาออก", "คำสั่ง"})
      EXPECT_EQ(to_json(entry).find(personal), std::string::npos) << entry.act << " " << personal;
}

TEST_P(IdentityOffices, Who_looks_into_the_register_of_persons_is_recorded_and_not_for_what) {
  auto call = admin();
  Query<PersonQuery> query;
  query.value.search = word<Text<1, 100>>("somsri");
  ASSERT_EQ(identity_->list_persons(call, query)->items.size(), 1u);
  ASSERT_TRUE(identity_->get_person(call, {{somsri_}}).ok());
  const auto all = entries();
  const auto& list = all.at(all.size() - 2);
  EXPECT_EQ(list.act + " " + list.subject_kind, "identity.read_persons person_register");
  EXPECT_EQ(list.change, R"({"searched":true,"persons":1})");
  EXPECT_EQ(list.office_id, administration_.text());
  EXPECT_EQ(all.back().subject_id, somsri_.text());
  allowed_.erase("identity.read_persons");
  EXPECT_EQ(fault(identity_->list_persons(call, query)), "forbidden");
  EXPECT_EQ(fault(identity_->get_person(call, {{somsri_}})), "forbidden");
  EXPECT_EQ(entries().size(), all.size()) << "what was refused was not read";
}

CHANGWAT_ON_BOTH_ENGINES(IdentityOffices);

}  // namespace
}  // namespace changwat::identity
