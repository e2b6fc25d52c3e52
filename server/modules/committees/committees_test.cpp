#include "modules/committees/committees.hpp"

#include <set>

#include <gtest/gtest.h>

#include "base/testing.hpp"

#include "platform/db/testing.hpp"

#include "modules/committees/rules.hpp"

namespace changwat::committees {
namespace {

Call call_of(std::string role, std::string_view now) {
  Call call;
  call.now = *Instant::parse(now);
  call.caller = Caller{.person_id = "person_of_" + role,
                       .offices = {{.office_id = "office_of_" + role, .role = role}}};
  return call;
}

TEST(MeetingNumberTest, Takes_a_number_and_a_Buddhist_year) {
  for (const auto* good : {"1/2564", "12/2563", "999/2799"})
    EXPECT_TRUE(MeetingNumber::parse(good)) << good;
  for (const auto* bad : {"", "1", "/2564", "1/", "0/2564", "01/2564", "1/64", "1/2021", "1/25644",
                          "1000/2564", "๑/2564"})
    EXPECT_FALSE(MeetingNumber::parse(bad)) << bad;
}

TEST(ItemNumberTest, Takes_up_to_four_levels) {
  for (const auto* good : {"1", "1.2", "10.3.4.5"}) EXPECT_TRUE(ItemNumber::parse(good)) << good;
  for (const auto* bad : {"", ".", "1.", ".1", "1..2", "0", "1.0", "1.2.3.4.5", "1000", "a"})
    EXPECT_FALSE(ItemNumber::parse(bad)) << bad;
}

TEST(MeetingRules, A_body_meets_only_while_it_exists_and_in_the_year_of_its_number) {
  Body body;
  body.valid_from = Date::of(2020, 10, 1);
  body.valid_to = Date::of(2021, 12, 31);
  struct Case {
    const char* number;
    const char* on;
    std::vector<std::string> wrong;
  };
  const Case cases[] = {
      {"1/2564", "2021-02-18", {}},
      {"1/2564", "2020-11-01", {}},  // numbered by the fiscal year
      {"1/2563", "2020-11-01", {}},  // numbered by the calendar year
      {"1/2563", "2021-02-18", {"wrong_year"}},
      {"1/2563", "2020-09-30", {"body_does_not_exist_then"}},
      {"1/2565", "2022-01-01", {"body_does_not_exist_then"}},
      {"1/2564", "2021-12-31", {}},
  };
  for (const auto& one : cases) {
    NewMeeting meeting;
    meeting.number = word<MeetingNumber>(one.number);
    meeting.on_date = *Date::parse(one.on);
    std::vector<std::string> codes;
    for (const auto& error : faults(meeting, body)) codes.push_back(error.code);
    EXPECT_EQ(codes, one.wrong) << one.number << " on " << one.on;
  }
}

TEST(ResolutionRules, Every_kind_has_its_verb) {
  for (const auto name : enum_names<ResolutionKind>())
    EXPECT_FALSE(verb_th(*enum_value<ResolutionKind>(name)).empty()) << name;
}

TEST(CommitteeFacts, The_reviewed_facts_are_read_whole) {
  const auto facts = read_facts(file_text("data/programme/programme.json"));
  ASSERT_TRUE(facts.ok());
  EXPECT_EQ(facts->bodies.size(), 19u);
  EXPECT_EQ(facts->working_groups.size(), 3u);
  ASSERT_EQ(facts->meetings.size(), 2u);
  EXPECT_EQ(facts->meetings[0].number.text(), "2/2563");
}

TEST(CommitteeFacts, A_meeting_of_an_unknown_body_is_refused) {
  auto facts = *read_facts(file_text("data/programme/programme.json"));
  facts.meetings[1].body = *Key::parse("nobody");
  ASSERT_EQ(faults(facts).size(), 1u);
  EXPECT_EQ(faults(facts)[0].pointer, "/meetings/1/body");
}

class CommitteesTest : public db::OnBothEngines {
 protected:
  void SetUp() override {
    db::OnBothEngines::SetUp();
    if (IsSkipped()) return;
    authority_ = std::make_unique<authority::Authority>(
        authority::read_law(CHANGWAT_SOURCE_DIR "/data/law").value());
    committees_ = std::make_unique<Committees>(database(), acts(), *authority_);
    Call program;
    program.now = *Instant::parse("2021-02-01T00:00:00.000Z");
    ASSERT_TRUE(
        committees_->found(program, *read_facts(file_text("data/programme/programme.json"))).ok());
  }
  void TearDown() override {
    committees_.reset();
    db::OnBothEngines::TearDown();
  }

  Committees& committees() { return *committees_; }
  NewMeeting march() {
    NewMeeting in;
    in.body = *Key::parse("subcommittee_regional_local");
    in.number = word<MeetingNumber>("2/2564");
    in.on_date = *Date::parse("2021-03-26");
    in.chair_title_th = word<Title>("ประธาน อ.ก.พ.ร.ฯ");
    return in;
  }
  NewResolution approval(const MeetingId& meeting) {
    NewResolution in;
    in.meeting_id = meeting;
    in.number = word<ItemNumber>("3");
    in.text_th = word<LongText>("เห็นชอบข้อเสนอ");
    in.subject_kind = *Key::parse("application");
    in.subject_id = word<Text<1, 64>>("A1");
    return in;
  }

  std::unique_ptr<authority::Authority> authority_;
  std::unique_ptr<Committees> committees_;
  Call opdc_ = call_of("opdc", "2021-03-30T02:00:00.000Z");
};

TEST_P(CommitteesTest, The_founding_facts_are_put_once_and_in_one_act) {
  EXPECT_EQ(count("body"), 19);
  EXPECT_EQ(count("meeting"), 2);
  EXPECT_EQ(count("resolution"), 8);
  EXPECT_EQ(entries().size(), 1u);
  const auto again =
      committees().found(opdc_, *read_facts(file_text("data/programme/programme.json")));
  ASSERT_FALSE(again.ok());
  EXPECT_TRUE(again.problem().is(errors::conflict));
  EXPECT_EQ(entries().size(), 1u);
}

TEST_P(CommitteesTest,
       A_founding_resolution_keeps_its_parts_its_follow_up_and_the_verb_of_the_minutes) {
  Query<ResolutionQuery> all;
  const auto page = committees().list_resolutions(opdc_, all);
  ASSERT_TRUE(page.ok());
  ASSERT_EQ(page->items.size(), 8u);
  EXPECT_EQ(page->items.front().number.text(), "5");  // the last of the newest meeting
  EXPECT_EQ(page->items.front().kind_th.text(), "เห็นควร");
  EXPECT_EQ(page->items.back().number.text(), "1");
  EXPECT_EQ(page->items.back().parts.value.size(), 3u);
  EXPECT_EQ(page->items.back().follow_up.value.size(), 1u);
  const auto one = committees().get_resolution(opdc_, {{page->items.back().resolution_id}});
  ASSERT_TRUE(one.ok());
  EXPECT_EQ(to_json(*one), to_json(page->items.back()));
}

TEST_P(CommitteesTest, Pages_follow_each_other_without_gap_or_repetition) {
  Query<ResolutionQuery> query;
  query.value.limit = *PageLimit::of_count(3);
  std::vector<std::string> seen;
  for (int pages = 0; pages < 5; ++pages) {
    const auto page = committees().list_resolutions(opdc_, query);
    ASSERT_TRUE(page.ok());
    for (const auto& item : page->items) seen.push_back(item.resolution_id.text());
    if (!page->next) break;
    query.value.cursor = *ResolutionId::parse(*page->next);
  }
  EXPECT_EQ(seen.size(), 8u);
  EXPECT_EQ(std::set<std::string>(seen.begin(), seen.end()).size(), 8u);
}

TEST_P(CommitteesTest, OPDC_records_a_meeting_and_a_resolution_about_a_subject) {
  const auto meeting = committees().record_meeting(opdc_, march());
  ASSERT_TRUE(meeting.ok());
  const auto resolution =
      committees().record_resolution(opdc_, approval(meeting->value.meeting_id));
  ASSERT_TRUE(resolution.ok());
  EXPECT_EQ(resolution->value.position, 1);
  EXPECT_EQ(resolution->value.on_date.text(), "2021-03-26");
  EXPECT_EQ(resolution->value.kind_th.text(), "เห็นชอบ");
  Query<ResolutionQuery> about;
  about.value.subject_kind = *Key::parse("application");
  about.value.subject_id = word<Text<1, 64>>("A1");
  EXPECT_EQ(committees().list_resolutions(opdc_, about)->items.size(), 1u);
  database().read([&](db::Connection& db) {
    EXPECT_EQ(committees().about(db, "application", "A1").size(), 1u);
    EXPECT_EQ(committees().of_meeting(db, meeting->value.meeting_id).size(), 1u);
    return 0;
  });
  const auto written = entries();
  ASSERT_EQ(written.size(), 3u);
  EXPECT_EQ(written[1].act, "meeting.record");
  EXPECT_EQ(written[2].act, "resolution.record");
  EXPECT_EQ(written[2].office_id, "office_of_opdc");
}

TEST_P(CommitteesTest, Nobody_else_records_meetings_or_resolutions) {
  for (const auto* role :
       {"governor", "provincial_office", "moi", "committee_member", "auditor", "citizen"}) {
    Call call = call_of(role, "2021-03-30T02:00:00.000Z");
    const auto refused = committees().record_meeting(call, march());
    ASSERT_FALSE(refused.ok()) << role;
    EXPECT_TRUE(refused.problem().is(errors::forbidden)) << role;
  }
  Call nobody;
  EXPECT_TRUE(committees().record_meeting(nobody, march()).problem().is(errors::sign_in_required));
  EXPECT_EQ(count("meeting"), 2);
}

TEST_P(CommitteesTest, What_contradicts_the_record_is_refused_and_leaves_nothing) {
  const auto meeting = committees().record_meeting(opdc_, march());
  ASSERT_TRUE(meeting.ok());
  EXPECT_TRUE(committees().record_meeting(opdc_, march()).problem().is(errors::conflict));

  auto unknown_body = march();
  unknown_body.body = *Key::parse("nobody");
  EXPECT_TRUE(committees().record_meeting(opdc_, unknown_body).problem().is(errors::invalid_input));

  const auto in = approval(meeting->value.meeting_id);
  auto early = in;
  early.on_date = *Date::parse("2021-03-25");
  EXPECT_EQ(committees().record_resolution(opdc_, early).problem().fields.at(0).code,
            "before_meeting");
  auto future = in;
  future.on_date = *Date::parse("2021-03-31");
  EXPECT_EQ(committees().record_resolution(opdc_, future).problem().fields.at(0).code, "in_future");
  auto half = in;
  half.subject_id.reset();
  EXPECT_EQ(committees().record_resolution(opdc_, half).problem().fields.at(0).pointer,
            "/subject_id");
  auto nowhere = in;
  nowhere.meeting_id = MeetingId::make(opdc_.now);
  EXPECT_TRUE(committees().record_resolution(opdc_, nowhere).problem().is(errors::not_found));

  ASSERT_TRUE(committees().record_resolution(opdc_, in).ok());
  EXPECT_TRUE(committees().record_resolution(opdc_, in).problem().is(errors::conflict));
  auto other_subject = in;
  other_subject.subject_id = word<Text<1, 64>>("A2");
  EXPECT_TRUE(
      committees().record_resolution(opdc_, other_subject).ok());  // one number, two provinces
  EXPECT_EQ(count("resolution"), 8 + 2);
  EXPECT_EQ(entries().size(), 1u + 1u + 2u);
}

TEST_P(CommitteesTest, The_same_request_with_the_same_key_changes_nothing_the_second_time) {
  opdc_.idempotency_key = "k1";
  opdc_.request_digest = "d1";
  const auto first = committees().record_meeting(opdc_, march());
  const auto second = committees().record_meeting(opdc_, march());
  ASSERT_TRUE(first.ok() && second.ok());
  EXPECT_EQ(first->value.meeting_id, second->value.meeting_id);
  EXPECT_EQ(count("meeting"), 3);
}

CHANGWAT_ON_BOTH_ENGINES(CommitteesTest);

}  // namespace
}  // namespace changwat::committees
