#include "modules/authority/authority.hpp"

#include <set>

#include <gtest/gtest.h>

#include "modules/authority/decide.hpp"

namespace changwat::authority {
namespace {

enum class Light { red, green };
constexpr Transition<Light> lights[] = {{Light::red, "call.open", Light::green},
                                        {Light::red, "application.submit", Light::green}};

Authority real() {
  auto law = read_law(CHANGWAT_SOURCE_DIR "/data/law");
  EXPECT_TRUE(law.ok()) << (law.ok() ? "" : law.problem().en + law.problem().fields[0].pointer);
  return Authority(std::move(law).value());
}

Call by(std::string role, std::optional<std::string> area = {}) {
  HeldOffice office{.office_id = "o1", .role = std::move(role)};
  if (area) office.area = AreaCode::parse(*area);
  Call call;
  call.now = *Instant::parse("2021-03-12T02:00:00.000Z");
  call.caller = Caller{.person_id = "p1", .offices = {office}};
  return call;
}

Object in(const char* area) {
  return {AreaCode::parse(area)};
}

TEST(Authority, is_refused_unless_a_row_allows_it) {
  const auto authority = real();
  struct Case {
    const char* what;
    Call call;
    const char* act;
    Object object;
    bool allowed;
  };
  const std::vector<Case> cases{
      {"the governor submits for the own province", by("governor", "70"), "application.submit",
       in("70"), true},
      {"the governor of another province does not", by("governor", "40"), "application.submit",
       in("70"), false},
      {"the provincial office reports in its district", by("provincial_office", "70"), "kpi.report",
       in("7001"), true},
      {"an office of a district does not reach its province", by("governor", "7001"), "kpi.report",
       in("70"), false},
      {"only the governor withdraws", by("provincial_office", "70"), "application.withdraw",
       in("70"), false},
      {"OPDC accepts anywhere", by("opdc"), "application.accept", in("96"), true},
      {"OPDC does not write a province's draft", by("opdc"), "application.edit", in("70"), false},
      {"an office without an area has no own area", by("governor"), "application.submit", in("70"),
       false},
      {"an act that no row names is nobody's", by("administrator"), "world.end", {}, false},
      {"a citizen opens no call", by("citizen"), "call.open", {}, false},
  };
  for (const auto& c : cases)
    EXPECT_EQ(authority.may(c.call, c.act, c.object), c.allowed) << c.what;
  EXPECT_TRUE(authority.decide(Call{}, "call.open", {}).problem().is(errors::sign_in_required));
}

TEST(Authority, a_power_counts_on_its_days_only) {
  const auto authority = real();
  auto call = by("opdc");
  const auto may_on = [&](const char* moment) {
    call.now = *Instant::parse(moment);
    return authority.may(call, "call.open", {});
  };
  EXPECT_FALSE(may_on("2021-02-17T16:59:59.999Z"));  // Bangkok is seven hours ahead
  EXPECT_TRUE(may_on("2021-02-17T17:00:00.000Z"));
}

TEST(Authority, what_a_power_is_limited_by_has_to_be_stated_and_to_fit) {
  const auto authority = real();
  const auto governor = by("governor", "70");
  const auto leftover = [&](const char* kind, std::int64_t baht, std::optional<bool> across) {
    auto object = in("70");
    if (*kind) object.kind = Key::parse(kind);
    object.amount_satang = Satang::of_baht(baht);
    if (across) object.facts.push_back({*Key::parse("crosses_fiscal_year"), *across});
    return authority.may(governor, "leftover.use", object);
  };
  EXPECT_TRUE(leftover("equipment", 999'999, false));
  EXPECT_FALSE(leftover("equipment", 1'000'000, false)) << "from there the Budget Bureau agrees";
  EXPECT_TRUE(leftover("construction", 9'999'999, false));
  EXPECT_FALSE(leftover("construction", 10'000'000, false));
  EXPECT_FALSE(leftover("equipment", 1, true)) << "across fiscal years";
  EXPECT_FALSE(leftover("equipment", 1, std::nullopt)) << "not stated";
  EXPECT_FALSE(leftover("", 1, false)) << "kind not stated";
}

TEST(Authority, a_change_of_project_goes_where_the_profile_and_the_facts_send_it) {
  const auto& law = real();
  const auto deciders = [&](Profile profile, bool core) {
    Object object{.area = AreaCode::parse("70"), .profile = profile};
    for (const auto* fact : {"cancelled_or_replaced", "uses_leftover_money", "new_in_budget"})
      object.facts.push_back({*Key::parse(fact), false});
    object.facts.push_back({*Key::parse("in_approved_plan"), true});
    object.facts.push_back({*Key::parse("core_changed"), core});
    const auto asked = ask(law.law(), {"", object, *Instant::parse("2026-11-23T02:00:00.000Z")});
    std::set<std::string> out;
    for (const auto number : law.law().powers_to("project_change.decide"))
      if (obstacles(law.law().power(number), asked).none())
        for (const auto& role : law.law().power(number).power->holders) out.insert(role.text());
    return out;
  };
  const std::set<std::string> province{"provincial_integration_committee"};
  EXPECT_EQ(deciders(Profile::normal, false), province);
  EXPECT_EQ(deciders(Profile::normal, true), std::set<std::string>{"regional_subcommittee"});
  EXPECT_TRUE(deciders(Profile::high_performance, true).contains(*province.begin()));
}

TEST(Authority, a_refusal_says_who_could) {
  const auto refused = real().decide(by("citizen"), "call.open", {});
  ASSERT_FALSE(refused.ok());
  EXPECT_NE(refused.problem().th.find("สำนักงาน ก.พ.ร."), std::string::npos);
}

TEST(Authority, the_permit_names_office_role_and_source) {
  const auto permit = real().decide(by("governor", "70"), "application.submit", in("70"));
  ASSERT_TRUE(permit.ok());
  EXPECT_EQ(permit->office_id, "o1");
  EXPECT_NE(permit->chain().text.find("\"role\":\"governor\""), std::string::npos);
  EXPECT_NE(permit->chain().text.find("2/2563"), std::string::npos);
}

TEST(Authority, next_acts_tell_what_may_be_done_and_who_could_do_the_rest) {
  const auto acts = real().next_acts(by("opdc"), lights, Light::red, in("70"));
  ASSERT_EQ(acts.size(), 2u);
  EXPECT_TRUE(acts[0].allowed);
  EXPECT_FALSE(acts[1].allowed);
  EXPECT_NE(acts[1].who_en.find("Governor of that area"), std::string::npos);
  EXPECT_TRUE(real().next_acts(by("opdc"), lights, Light::green, in("70")).empty());
}

TEST(Authority, provinces_of_a_power_are_everywhere_some_or_none) {
  const auto authority = real();
  EXPECT_EQ(authority.provinces(by("opdc"), "application.read"), std::nullopt);
  EXPECT_EQ(authority.provinces(by("governor", "70"), "application.read")->size(), 1u);
  EXPECT_TRUE(authority.provinces(by("citizen"), "application.read")->empty());
}

}  // namespace
}  // namespace changwat::authority
