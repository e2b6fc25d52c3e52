#include "modules/authority/authority.hpp"

#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

namespace changwat::authority {
namespace {

enum class Light { red, green };
constexpr Transition<Light> lights[] = {{Light::red, "call.open", Light::green},
                                        {Light::red, "application.submit", Light::green}};

Authority real() {
  std::ifstream file(CHANGWAT_SOURCE_DIR "/data/authority/acts.json");
  std::stringstream text;
  text << file.rdbuf();
  auto powers = Authority::read_powers(text.str());
  EXPECT_TRUE(powers.ok()) << (powers.ok() ? ""
                               : powers.problem().fields.empty()
                                   ? powers.problem().en
                                   : powers.problem().fields[0].pointer);
  return Authority(std::move(powers).value());
}

Call by(std::string role, std::optional<std::string> area = {}) {
  HeldOffice office{.office_id = "o1", .role = std::move(role)};
  if (area) office.area = AreaCode::parse(*area);
  Call call;
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
