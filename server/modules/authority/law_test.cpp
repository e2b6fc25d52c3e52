#include "modules/authority/law.hpp"

#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

namespace changwat::authority {
namespace {

const std::filesystem::path real_folder = CHANGWAT_SOURCE_DIR "/data/law";

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// A copy of data/law of which one file is changed.
class LawTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(testing::TempDir()) /
              ("law-" + std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
    std::filesystem::remove_all(folder_);
    std::filesystem::copy(real_folder, folder_, std::filesystem::copy_options::recursive);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  Result<Law> with(const char* file, const std::string& from, const std::string& to) {
    auto text = text_of(real_folder / file);
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    if (at != std::string::npos) text.replace(at, from.size(), to);
    std::ofstream(folder_ / file) << text;
    return read_law(folder_);
  }

  std::filesystem::path folder_;
};

constexpr auto exemption = "instruments/procurement-exemption-clause-7.yaml";
constexpr auto transfers = "instruments/budget-transfer-rules-2562.yaml";

TEST_F(LawTest, the_reviewed_files_are_read) {
  const auto law = read_law(real_folder).value();
  EXPECT_GT(law.powers().size(), 30u);
  ASSERT_NE(law.find("governor_procurement"), nullptr);
  EXPECT_EQ(law.powers_to("procurement.carry_out").size(), 1u);
  EXPECT_TRUE(law.powers_to("world.end").empty());
  EXPECT_EQ(law.digest().size(), 64u);
}

TEST_F(LawTest, what_is_wrong_is_named_by_file_and_place) {
  struct Case {
    const char* what;
    const char* file;
    std::string from, to;
    std::string named;
  };
  const std::vector<Case> cases{
      {"an unknown member", exemption, "levels: 1", "levels: 1\n      level: 2",
       "/powers/0/delegation/level"},
      {"a missing member", exemption, "    reach: own_area\n", "", "/powers/0/reach"},
      {"an unknown word", exemption, "reach: own_area", "reach: everywhere", "/powers/0/reach"},
      {"a name that nobody knows", exemption, "holders: [governor]", "holders: [king]",
       "procurement_exemption_clause_7/governor_procurement"},
      {"too many levels", exemption, "levels: 1", "levels: 6", "governor_procurement"},
      {"a body cannot be granted a power", exemption, "to: [central_agency", "to: [cabinet",
       "governor_procurement"},
      {"a power that stands twice", transfers, "power: leftover_goods", "power: s36_transfer",
       "s36_transfer"},
      {"a member that stands twice", exemption, "kind: exemption", "kind: exemption\nkind: act",
       "line "},
      {"no YAML at all", exemption, "powers:", "powers: [", exemption},
  };
  for (const auto& c : cases) {
    std::filesystem::copy(real_folder, folder_,
                          std::filesystem::copy_options::recursive |
                              std::filesystem::copy_options::overwrite_existing);
    const auto law = with(c.file, c.from, c.to);
    ASSERT_FALSE(law.ok()) << c.what;
    auto said = law.problem().en;
    for (const auto& field : law.problem().fields) said += " " + field.pointer;
    EXPECT_NE(said.find(c.named), std::string::npos) << c.what << ": " << said;
  }
}

TEST_F(LawTest, the_digest_names_every_byte) {
  const auto before = read_law(folder_).value().digest();
  EXPECT_EQ(read_law(real_folder).value().digest(), before);
  EXPECT_NE(with("acts.yaml", "Read the ledger", "Read a ledger").value().digest(), before);
}

TEST_F(LawTest, a_power_falls_with_the_instrument_that_its_own_is_under) {
  const auto day = [](const char* iso) { return *Date::parse(iso); };
  const auto law = with("instruments/procurement-regulation-2560.yaml", "powers: []",
                        "in_force_from: 2017-08-24\nin_force_to: 2026-09-30\npowers: []");
  const auto& power = *law->find("governor_procurement");
  EXPECT_FALSE(power.in_force(day("2017-08-23")));
  EXPECT_TRUE(power.in_force(day("2017-08-24")));
  EXPECT_TRUE(power.in_force(day("2026-09-30")));
  EXPECT_FALSE(power.in_force(day("2026-10-01")));
  EXPECT_EQ(power.instruments.size(), 2u);
}

TEST_F(LawTest, a_power_is_verified_only_with_all_it_rests_on) {
  EXPECT_TRUE(read_law(folder_)->find("leftover_large_equipment")->verified);
  EXPECT_FALSE(
      with("instruments/budget-procedures-act-2561.yaml", "verified: true", "verified: false")
          ->find("leftover_large_equipment")
          ->verified);
}

}  // namespace
}  // namespace changwat::authority
