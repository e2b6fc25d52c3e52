// Reminders and escalations: told once each, standing with their addressees while the clock runs.

#include "modules/service_centre/reminders.hpp"

#include "modules/service_centre/testing.hpp"

namespace changwat::service_centre {
namespace {

class Reminding : public CentreOnBothEngines {
 protected:
  // As the hourly job does.
  std::int64_t reminded(std::string_view now) {
    Call program;
    program.now = moment(now);
    return good(centre().remind(program));
  }
  std::size_t told(Call call) {
    CaseQuery query;
    query.whose = Whose::told;
    return good(centre().list_cases(call, {query})).items.size();
  }
  std::vector<CaseNotice> notices(const CaseId& id, std::string_view now) {
    auto call = desk(now);
    return good(centre().case_clocks(call, path(id))).told;
  }
};

TEST_P(Reminding, Reminders_are_told_once_each_and_only_while_their_clock_runs) {
  const auto id = taken().case_id;
  Call program;
  program.now = moment("2027-03-20T03:00:00.000Z");
  const auto told = good(centre().remind(program));
  EXPECT_GT(told, 0);
  EXPECT_EQ(good(centre().remind(program)), 0);
  const auto before = count("case_reminder");
  program.now = moment("2027-04-30T03:00:00.000Z");
  EXPECT_GT(good(centre().remind(program)), 0);
  EXPECT_GT(count("case_reminder"), before);
  auto late = desk("2027-04-30T03:00:00.000Z");
  good(centre().reject(late, path(id), reason()));
  program.now = moment("2027-12-30T03:00:00.000Z");
  EXPECT_EQ(good(centre().remind(program)), 0);
}

TEST_P(Reminding, A_reminder_that_rules_no_longer_ask_for_does_not_stand_in_the_way_of_others) {
  const auto id = taken().case_id;
  execute("UPDATE service_case SET remind_at = '2027-03-10T00:00:00.000Z'");
  Call program;
  program.now = moment("2027-03-10T04:00:00.000Z");
  EXPECT_EQ(good(centre().remind(program)), 0);
  EXPECT_EQ(count("service_case WHERE remind_at <= '2027-03-10T04:00:00.000Z'"), 0);
  auto first = desk();
  EXPECT_EQ(good(centre().get_case(first, path(id))).version, 1) << "no act was done";
}

TEST_P(Reminding, Lateness_climbs_from_the_centre_to_the_province_and_ends_with_its_clock) {
  const auto id = taken().case_id;
  screened(id);
  reminded("2027-03-22T03:00:00.000Z");  // three days before the petitioner is to be told
  EXPECT_EQ(told(desk()), 1u);
  EXPECT_EQ(told(as("provincial_office", "70")), 0u);
  reminded("2027-04-02T03:00:00.000Z");  // a week after
  EXPECT_EQ(told(as("provincial_office", "70")), 1u);
  EXPECT_EQ(told(as("provincial_office", "40")), 0u);
  EXPECT_EQ(told(as("district", "7002")), 0u);
  const auto standing = notices(id, "2027-04-02T04:00:00.000Z");
  ASSERT_EQ(standing.size(), 3u) << "one with each addressee of a clock, the latest alone";
  EXPECT_EQ(standing[0].to_en, "District office, Area");
  EXPECT_EQ(standing[1].to_en, "Provincial office, Area");
  for (const auto& one : {standing[0], standing[1]}) {
    EXPECT_EQ(one.clock.text(), "tell_petitioner");
    EXPECT_EQ(one.due_on, day("2027-03-25"));
    EXPECT_EQ(one.at, moment("2027-04-02T03:00:00.000Z"));
  }
  auto at = desk("2027-04-03T03:00:00.000Z");
  good(centre().tell(at, path(id), {word<Remark>("อยู่ระหว่างจัดซื้อวัสดุ")}));
  EXPECT_EQ(told(as("provincial_office", "70")), 0u);
  const auto left = notices(id, "2027-04-03T04:00:00.000Z");
  ASSERT_EQ(left.size(), 1u);
  EXPECT_EQ(left[0].clock.text(), "screening_finish") << "which still runs";
}

TEST_P(Reminding, An_agency_is_reminded_of_its_own_clock_and_of_no_other) {
  const auto id = taken().case_id;
  screened(id);
  assigned(id, "highways");
  const auto returned = assigned(id, "water");
  auto water = agency("water");
  good(centre().give_back(water, returned, reason()));
  reminded("2027-03-20T03:00:00.000Z");  // the tenth day of a case of public utilities
  EXPECT_EQ(told(agency("highways")), 1u);
  EXPECT_EQ(told(agency("water")), 0u);
  auto late = desk("2027-03-21T03:00:00.000Z");
  good(centre().withdraw(late, path(id), reason()));
  EXPECT_EQ(told(agency("highways")), 0u);
  EXPECT_EQ(count("case_notice"), 0) << "of what is settled nobody is reminded";
}

TEST_P(Reminding, Of_what_was_sent_up_the_centre_of_its_level_is_reminded) {
  const auto id = taken().case_id;
  screened(id);
  auto at = desk();
  good(centre().send_up(at, path(id), reason()));
  auto up = as("provincial_office", "70");
  good(centre().take_up(up, path(id), {}));
  reminded("2027-03-22T03:00:00.000Z");
  EXPECT_EQ(told(desk()), 0u);
  EXPECT_EQ(told(as("provincial_office", "70")), 1u);
}

TEST(Addressees, A_role_is_met_in_its_area_and_an_office_by_itself) {
  CaseRow row;
  row.province = *AreaCode::parse("70");
  row.district = *AreaCode::parse("7001");
  CaseAssignment assignment;
  assignment.office_id = "office";
  const auto to = [&](std::string_view role, std::optional<CaseAssignment> of = {}) {
    return addressee_of(role, row, of);
  };
  EXPECT_EQ(to("district"), "district/7001");
  EXPECT_EQ(to("provincial_office"), "provincial_office/70");
  EXPECT_EQ(to("opdc"), "opdc/");
  EXPECT_EQ(to("assigned_office_head", assignment), "office");
  EXPECT_EQ(to("assigned_office"), "");
}

CHANGWAT_ON_BOTH_ENGINES(Reminding);

}  // namespace
}  // namespace changwat::service_centre
