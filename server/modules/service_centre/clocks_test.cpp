#include "modules/service_centre/clocks.hpp"

#include "modules/service_centre/testing.hpp"

namespace changwat::service_centre {
namespace {

const Clock* find(const std::vector<Clock>& clocks, std::string_view name) {
  for (const auto& clock : clocks)
    if (clock.clock.text() == name) return &clock;
  return nullptr;
}

ClockHistory history(std::string_view category, std::vector<CaseEvent> events) {
  return {word<Key>(category), std::move(events)};
}

const CaseAssignmentId one = CaseAssignmentId::make(moment("2026-11-02T03:00:00.000Z"));
const CaseAssignmentId two = CaseAssignmentId::make(moment("2026-11-02T03:00:01.000Z"));

TEST(DueDay, Counts_calendar_days_and_working_days_past_weekends_and_holidays) {
  const auto& calendar = reviewed_book().calendar;
  struct Row {
    const char* start;
    std::int64_t days;
    DayUnit unit;
    bool start_day_counts;
    const char* due;
  };
  for (const auto& row : {
           Row{"2026-11-02", 15, DayUnit::calendar_day, false, "2026-11-17"},
           Row{"2026-11-02", 15, DayUnit::calendar_day, true, "2026-11-16"},
           Row{"2026-11-06", 1, DayUnit::working_day, false, "2026-11-09"},  // Friday
           Row{"2026-12-04", 1, DayUnit::working_day, false,
               "2026-12-08"},  // 5 December: Monday off
           Row{"2026-11-07", 0, DayUnit::working_day, false, "2026-11-09"},  // Saturday
           Row{"2026-11-03", 0, DayUnit::working_day, false, "2026-11-03"},
       })
    EXPECT_EQ(due_day(day(row.start), row.days, row.unit, row.start_day_counts, calendar).on.text(),
              row.due)
        << row.start;
  EXPECT_TRUE(due_day(day("2026-11-06"), 1, DayUnit::working_day, false, calendar).calendar_known);
  EXPECT_FALSE(due_day(day("2040-11-06"), 1, DayUnit::working_day, false, calendar).calendar_known);
}

TEST(Clocks, Fifteen_days_to_report_run_from_acceptance_and_the_first_day_counts) {
  const auto clocks = clocks_of(
      history("utilities", {{ClockEvent::accepted, moment("2026-11-02T03:00:00.000Z"), one}}),
      reviewed_book(), moment("2026-11-10T03:00:00.000Z"));
  const auto* clock = find(clocks, "agency_report");
  ASSERT_TRUE(clock);
  EXPECT_EQ(clock->due_on.text(), "2026-11-16");
  EXPECT_EQ(clock->due_at.text(), "2026-11-16T16:59:59.999Z");
  EXPECT_EQ(clock->state, ClockState::running);
  EXPECT_EQ(clock->assignment_id, one);
  EXPECT_FALSE(clock->source.empty());
}

TEST(Clocks, A_clock_is_late_from_the_first_moment_after_its_last_day) {
  const auto h =
      history("utilities", {{ClockEvent::assigned, moment("2026-11-02T03:00:00.000Z"), one}});
  const auto at = [&](std::string_view now) {
    return find(clocks_of(h, reviewed_book(), moment(now)), "category_limit")->state;
  };
  EXPECT_EQ(at("2026-11-12T16:59:59.999Z"), ClockState::running);
  EXPECT_EQ(at("2026-11-12T17:00:00.000Z"), ClockState::late);
}

TEST(Clocks, The_limit_is_that_of_the_category) {
  for (const auto& [category, days] : {std::pair{"pollution", 7}, {"official_conduct", 30}}) {
    const auto clocks = clocks_of(
        history(category, {{ClockEvent::assigned, moment("2026-11-02T03:00:00.000Z"), one}}),
        reviewed_book(), moment("2026-11-02T03:00:00.000Z"));
    EXPECT_EQ(find(clocks, "category_limit")->days, days) << category;
  }
}

TEST(Clocks, Each_agency_has_its_own_and_stops_its_own_only) {
  const auto clocks =
      clocks_of(history("utilities",
                        {{ClockEvent::assigned, moment("2026-11-02T03:00:00.000Z"), one},
                         {ClockEvent::assigned, moment("2026-11-03T03:00:00.000Z"), two},
                         {ClockEvent::result_reported, moment("2026-11-04T03:00:00.000Z"), one}}),
                reviewed_book(), moment("2026-11-05T03:00:00.000Z"));
  std::vector<std::pair<CaseAssignmentId, ClockState>> seen;
  for (const auto& clock : clocks)
    if (clock.clock.text() == "category_limit")
      seen.emplace_back(*clock.assignment_id, clock.state);
  EXPECT_EQ(seen, (std::vector<std::pair<CaseAssignmentId, ClockState>>{
                      {one, ClockState::stopped}, {two, ClockState::running}}));
}

TEST(Clocks, The_end_of_a_case_stops_all_and_reopening_starts_them_again) {
  const auto clocks =
      clocks_of(history("utilities", {{ClockEvent::received, moment("2026-11-02T03:00:00.000Z")},
                                      {std::nullopt, moment("2026-11-03T03:00:00.000Z")},
                                      {ClockEvent::received, moment("2026-11-03T03:00:00.000Z")}}),
                reviewed_book(), moment("2026-11-03T04:00:00.000Z"));
  std::vector<ClockState> told;
  for (const auto& clock : clocks)
    if (clock.clock.text() == "tell_petitioner") told.push_back(clock.state);
  EXPECT_EQ(told, (std::vector{ClockState::stopped, ClockState::running}));
}

TEST(Clocks, Progress_resets_the_clock_that_waits_for_it) {
  const auto clocks =
      clocks_of(history("utilities",
                        {{ClockEvent::progress_recorded, moment("2026-11-02T03:00:00.000Z"), one},
                         {ClockEvent::progress_recorded, moment("2026-11-20T03:00:00.000Z"), one}}),
                reviewed_book(), moment("2026-12-10T03:00:00.000Z"));
  ASSERT_EQ(clocks.size(), 2u);
  EXPECT_EQ(clocks[0].state, ClockState::stopped);
  EXPECT_EQ(clocks[1].state, ClockState::running);
  EXPECT_EQ(clocks[1].due_on.text(), "2026-12-20");
}

TEST(Clocks, A_set_that_is_not_in_force_never_runs) {
  const auto clocks = clocks_of(
      history("general", {{ClockEvent::decided, moment("2026-11-02T03:00:00.000Z")},
                          {ClockEvent::application_complete, moment("2026-11-02T03:00:00.000Z")}}),
      reviewed_book(), moment("2026-12-10T03:00:00.000Z"));
  for (const auto& clock : clocks) EXPECT_NE(clock.set.text(), "lfa_new");
  EXPECT_TRUE(find(clocks, "notify"));
}

TEST(Clocks, A_decision_that_is_late_wants_a_reason_every_seven_days_again_and_again) {
  const auto seven_days = *Key::parse("dopa_215");  // by its manual
  const auto complete = history(
      "general",
      {{ClockEvent::application_complete, moment("2026-11-02T03:00:00.000Z"), {}, seven_days}});
  const auto on_time = clocks_of(complete, reviewed_book(), moment("2026-11-09T03:00:00.000Z"));
  EXPECT_FALSE(find(on_time, "late_reason"));
  const auto late = clocks_of(complete, reviewed_book(), moment("2026-11-20T03:00:00.000Z"));
  const auto* reason = find(late, "late_reason");
  ASSERT_TRUE(reason);
  EXPECT_EQ(reason->due_on.text(), "2026-11-23");
  EXPECT_EQ(reason->service, seven_days);
}

TEST(Reminders, Stand_before_on_and_after_the_due_day_and_none_is_left_when_a_clock_stopped) {
  auto h = history("utilities", {{ClockEvent::accepted, moment("2026-11-02T03:00:00.000Z"), one}});
  const auto now = moment("2026-11-10T03:00:00.000Z");
  std::vector<std::string> days;
  for (const auto& one_of : reminders_of(clocks_of(h, reviewed_book(), now), reviewed_book()))
    days.push_back(one_of.on.text());
  EXPECT_EQ(days,
            (std::vector<std::string>{"2026-11-13", "2026-11-16", "2026-11-23", "2026-11-28"}));
  h.events.push_back({ClockEvent::result_reported, moment("2026-11-05T03:00:00.000Z"), one});
  EXPECT_TRUE(reminders_of(clocks_of(h, reviewed_book(), now), reviewed_book()).empty());
}

TEST(Book, Every_row_names_its_source_and_the_calendar_knows_this_year) {
  const auto& book = reviewed_book();
  EXPECT_EQ(book.lists.kinds.size(), 8u);
  for (const auto& clock : book.lists.clocks) EXPECT_FALSE(clock.source.empty());
  EXPECT_TRUE(book.calendar.known(day("2026-11-25")));
  EXPECT_FALSE(book.calendar.working(day("2027-01-01")));
}

}  // namespace
}  // namespace changwat::service_centre
