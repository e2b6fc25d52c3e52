// Last days, standing, reminders and figures.

#include "modules/obligations/rules.hpp"

#include "modules/obligations/testing.hpp"

namespace changwat::obligations {
namespace {

ObligationRow owed(std::optional<std::string_view> due, std::string_view from = "2027-03-10") {
  ObligationRow row;
  row.kind = key("report_to_budget_bureau");
  row.counted_from = day(from);
  if (due) row.due = day(*due);
  return row;
}

ObligationStanding standing(const ObligationRow& row, std::string_view today) {
  return seen(row, reviewed_follow_up(), day(today)).standing;
}

std::string reminder(const ObligationRow& row, std::string_view today) {
  const auto& rule = rule_on(reviewed_follow_up(), row.kind, day(today));
  const auto reached = reminder_reached(row, rule, day(today));
  return reached ? reached->text() : "";
}

TEST(ObligationRules, Days_of_the_calendar_and_working_days_run_from_the_day_after) {
  struct Case {
    int days;
    authority::DayKind kind;
    std::string_view from, last;
  };
  using enum authority::DayKind;
  for (const auto& c : {Case{15, calendar, "2027-03-10", "2027-03-25"},
                        Case{1, calendar, "2027-12-31", "2028-01-01"},
                        Case{1, working, "2027-03-12", "2027-03-15"},   // Friday to Monday
                        Case{5, working, "2027-03-10", "2027-03-17"},   // Wednesday to Wednesday
                        Case{1, working, "2027-03-13", "2027-03-15"}})  // Saturday to Monday
    EXPECT_EQ(last_day({c.days, c.kind}, day(c.from)).text(), c.last) << c.from;
}

TEST(ObligationRules, Without_a_day_in_law_or_in_a_rule_nothing_is_ever_overdue) {
  const auto row = owed(std::nullopt);
  EXPECT_EQ(standing(row, "2027-03-16"), ObligationStanding::open);
  EXPECT_EQ(standing(row, "2027-03-17"), ObligationStanding::waiting);
  EXPECT_EQ(standing(row, "2030-01-01"), ObligationStanding::waiting);
  EXPECT_FALSE(due_of({}, day("2027-03-10"), reviewed_follow_up().rules[0]));
}

TEST(ObligationRules, A_rule_of_the_programme_may_set_a_day_and_is_named_as_its_author) {
  auto rule = reviewed_follow_up().rules[0];
  rule.overdue_after_days = Days::of_count(30);
  authority::Duty duty;
  const auto by_rule = due_of(duty, day("2027-03-10"), rule);
  ASSERT_TRUE(by_rule);
  EXPECT_EQ(by_rule->day.text(), "2027-04-09");
  EXPECT_EQ(by_rule->by, DueBy::programme_rule);
  duty.deadline = authority::Deadline{15, authority::DayKind::calendar};
  EXPECT_EQ(due_of(duty, day("2027-03-10"), rule)->by, DueBy::law);
}

TEST(ObligationRules, The_last_day_itself_is_in_time) {
  const auto row = owed("2027-03-25");
  EXPECT_EQ(standing(row, "2027-03-19"), ObligationStanding::open);
  EXPECT_EQ(standing(row, "2027-03-20"), ObligationStanding::due_soon);
  EXPECT_EQ(standing(row, "2027-03-25"), ObligationStanding::due_soon);
  EXPECT_EQ(standing(row, "2027-03-26"), ObligationStanding::overdue);
  EXPECT_EQ(seen(row, reviewed_follow_up(), day("2027-03-26")).days_left, -1);
}

TEST(ObligationRules, What_was_sent_in_time_is_not_overdue_but_waits_for_its_proof) {
  auto row = owed("2027-03-25");
  put(row, SentLetter{day("2027-03-25"), word<Letter>("1"), LetterChannel::letter});
  EXPECT_EQ(standing(row, "2027-03-30"), ObligationStanding::open);
  EXPECT_EQ(standing(row, "2027-04-09"), ObligationStanding::waiting);
  EXPECT_FALSE(seen(row, reviewed_follow_up(), day("2027-04-09")).sent_late);
  row.sent_on = day("2027-03-26");
  EXPECT_TRUE(seen(row, reviewed_follow_up(), day("2027-04-09")).sent_late);
}

TEST(ObligationRules, The_latest_reminder_reached_is_the_one_to_raise) {
  const auto with_day = owed("2027-03-25");
  EXPECT_EQ(reminder(with_day, "2027-03-19"), "");
  EXPECT_EQ(reminder(with_day, "2027-03-20"), "before_due.5");
  EXPECT_EQ(reminder(with_day, "2027-03-24"), "before_due.1");
  EXPECT_EQ(reminder(with_day, "2027-03-26"), "after_due.1");
  EXPECT_EQ(reminder(with_day, "2028-01-01"), "after_due.30");
  EXPECT_EQ(reminder(owed(std::nullopt), "2027-03-25"), "waiting.15");
  auto served = with_day;
  put(served, SentLetter{day("2027-03-20"), word<Letter>("1"), LetterChannel::letter});
  EXPECT_EQ(reminder(served, "2027-03-30"), "");
  EXPECT_EQ(reminder(served, "2027-04-04"), "proof.15");
  put(served, ReceiptProof{day("2027-04-04"), word<Text<1, 300>>("ลงรับ"), {}, {}});
  EXPECT_EQ(reminder(served, "2028-01-01"), "");
}

TEST(ObligationRules, A_row_for_the_kind_goes_before_the_row_for_all) {
  auto rules = reviewed_follow_up();
  auto row = rules.rules[0];
  row.kind = key("notify_parent_agency");
  row.waiting_after_days = *Days::of_count(2);
  row.valid_from = day("2027-01-01");
  rules.rules.push_back(row);
  const auto days = [&](std::string_view kind, std::string_view on) {
    return rule_on(rules, key(kind), day(on)).waiting_after_days.days();
  };
  EXPECT_EQ(days("notify_parent_agency", "2027-01-01"), 2);
  EXPECT_EQ(days("notify_parent_agency", "2026-12-31"), 7);
  EXPECT_EQ(days("copy_to_state_audit_office", "2027-01-01"), 7);
}

TEST(ObligationRules, A_file_without_a_row_for_all_kinds_is_refused) {
  EXPECT_FALSE(read_follow_up_rules(R"({"about": "", "rules": []})").ok());
  EXPECT_FALSE(read_follow_up_rules("[]").ok());
}

TEST(ObligationRules, A_letter_is_not_sent_before_the_occasion_nor_received_before_it_was_sent) {
  auto row = owed("2027-03-25");
  const auto today = day("2027-03-20");
  const auto service = [&](std::string_view on) {
    return faults(SentLetter{day(on), word<Letter>("1"), LetterChannel::letter}, row, today).size();
  };
  EXPECT_EQ(service("2027-03-09"), 1u);
  EXPECT_EQ(service("2027-03-10"), 0u);
  EXPECT_EQ(service("2027-03-20"), 0u);
  EXPECT_EQ(service("2027-03-21"), 1u);
  put(row, SentLetter{day("2027-03-15"), word<Letter>("1"), LetterChannel::letter});
  const auto proof = [&](std::string_view on) {
    return faults(ReceiptProof{day(on), word<Text<1, 300>>("ลงรับ"), {}, {}}, row, today).size();
  };
  EXPECT_EQ(proof("2027-03-14"), 1u);
  EXPECT_EQ(proof("2027-03-15"), 0u);
  EXPECT_EQ(proof("2027-03-21"), 1u);
}

TEST(ObligationRules, The_figures_count_each_once_and_leave_out_what_was_released) {
  const auto course = [](ObligationState state, std::optional<std::string_view> due,
                         std::optional<std::string_view> received) {
    Course out{*AreaCode::parse("70"), key("k"), state, day("2027-03-01"), {}, {}, false};
    if (due) out.due = day(*due);
    if (received) out.received_on = day(*received);
    return out;
  };
  using enum ObligationState;
  const auto figures = figures_of(
      {course(owed, "2027-03-16", {}), course(owed, "2027-04-16", {}), course(owed, {}, {}),
       course(served, "2027-03-16", {}), course(released, "2027-03-16", {}),
       course(proved, "2027-03-16", "2027-03-05"), course(proved, "2027-03-16", "2027-03-11")},
      day("2027-03-20"));
  ASSERT_EQ(figures.size(), 1u);
  EXPECT_EQ(figures[0].owed, 3);
  EXPECT_EQ(figures[0].overdue, 1);
  EXPECT_EQ(figures[0].served, 1);
  EXPECT_EQ(figures[0].proved, 2);
  EXPECT_EQ(figures[0].median_days, 4);
}

}  // namespace
}  // namespace changwat::obligations
