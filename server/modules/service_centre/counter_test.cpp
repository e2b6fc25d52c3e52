#include "modules/service_centre/counter.hpp"

#include "modules/service_centre/applications.hpp"
#include "modules/service_centre/counter_rules.hpp"
#include "modules/service_centre/testing.hpp"

namespace changwat::service_centre {
namespace {

// 2027-03-10 is a Wednesday; 03:00 UTC is 10:00 in Bangkok.
constexpr std::string_view at_ten = "2027-03-10T03:00:00.000Z";

CounterTimeRow on_wednesdays(std::string_view starts, std::int64_t places) {
  CounterTimeRow out;
  out.weekday = Weekday::wednesday;
  out.starts = word<ClockTime>(starts);
  out.places = places;
  out.valid_from = day("2027-01-01");
  return out;
}

AppointmentRow booked_at(std::string_view starts, AppointmentState state) {
  AppointmentRow out;
  out.on_date = day("2027-03-17");
  out.starts = word<ClockTime>(starts);
  out.state = state;
  return out;
}

TicketRow ticket(std::int64_t number, std::string_view starts = "",
                 TicketState state = TicketState::waiting) {
  TicketRow out;
  out.number = number;
  if (!starts.empty()) out.starts = word<ClockTime>(starts);
  out.state = state;
  return out;
}

TEST(ClockTime, Only_times_of_a_day_are_read) {
  for (const auto* good : {"00:00", "08:30", "23:59"}) EXPECT_TRUE(ClockTime::parse(good)) << good;
  for (const auto* bad : {"", "8:30", "24:00", "12:60", "12-30", "12:3", "12:300", "-1:00"})
    EXPECT_FALSE(ClockTime::parse(bad)) << bad;
}

TEST(FreeTimes, A_booked_place_is_taken_off_and_a_cancelled_one_is_free_again) {
  const auto free =
      free_times({on_wednesdays("10:00", 2), on_wednesdays("09:00", 1)},
                 {booked_at("10:00", AppointmentState::booked),
                  booked_at("09:00", AppointmentState::cancelled)},
                 reviewed_book().calendar, day("2027-03-17"), day("2027-05-01"), moment(at_ten));
  ASSERT_EQ(free.size(), 2u);
  EXPECT_EQ(free[0].starts.text(), "09:00");
  EXPECT_EQ(free[0].free, 1);
  EXPECT_EQ(free[1].free, 1);
}

TEST(FreeTimes, Days_that_are_over_closed_or_too_far_offer_none_and_today_only_what_is_to_come) {
  auto every_day = on_wednesdays("10:00", 1);
  const auto count = [&](std::string_view on) {
    every_day.weekday = weekday_of(day(on));
    auto later = every_day;
    later.starts = word<ClockTime>("10:01");
    return free_times({every_day, later}, {}, reviewed_book().calendar, day(on), day("2027-04-30"),
                      moment(at_ten))
        .size();
  };
  EXPECT_EQ(count("2027-03-09"), 0u) << "yesterday";
  EXPECT_EQ(count("2027-03-10"), 1u) << "today, ten is over";
  EXPECT_EQ(count("2027-03-11"), 2u);
  EXPECT_EQ(count("2027-03-13"), 0u) << "a Saturday";
  EXPECT_EQ(count("2027-04-13"), 0u) << "Songkran";
  EXPECT_EQ(count("2027-05-05"), 0u) << "after the last day";
}

TEST(Queue, Whose_time_has_come_is_first_then_who_came_without_one_then_who_is_early) {
  const auto next = [](const std::vector<TicketRow>& tickets) {
    const auto* found = next_ticket(tickets, moment(at_ten));
    return found ? found->number : 0;
  };
  EXPECT_EQ(next({ticket(1), ticket(2, "10:00"), ticket(3, "09:30")}), 3);
  EXPECT_EQ(next({ticket(1), ticket(2, "10:00")}), 2);
  EXPECT_EQ(next({ticket(1, "10:30"), ticket(2), ticket(3)}), 2);
  EXPECT_EQ(next({ticket(1, "10:30"), ticket(2, "", TicketState::called)}), 1);
  EXPECT_EQ(next({ticket(1, "", TicketState::done)}), 0);
}

// ---- the course

class CounterCourse : public CentreOnBothEngines {
 protected:
  void SetUp() override {
    CentreOnBothEngines::SetUp();
    if (IsSkipped()) return;
    counter_ =
        std::make_unique<Counter>(database(), acts(), authority(), places(), centre().book());
  }
  void TearDown() override {
    counter_.reset();
    CentreOnBothEngines::TearDown();
  }
  Counter& counter() { return *counter_; }

  void offer(std::string_view starts, std::int64_t places_at_once,
             std::string_view from = "2027-03-10") {
    SetCounterTimes in{*AreaCode::parse("7001"), day(from), {}};
    in.times.push_back({Weekday::wednesday, word<ClockTime>(starts), places_at_once});
    auto call = desk();
    good(counter().set_times(call, in));
  }
  Receipt walk_in() { return taken(new_case("general", "one_stop_service")); }
  std::vector<FreeTime> free(std::string_view on) {
    auto call = nobody();
    return good(counter().get_free_times(call, {{*AreaCode::parse("7001"), day(on)}})).times;
  }
  std::int64_t number(std::string_view now = at_ten,
                      std::optional<AppointmentId> appointment = {}) {
    auto call = desk(now);
    return good(counter().give_number(call, {*AreaCode::parse("7001"), appointment})).value.number;
  }
  Result<Ticket> called(std::string_view name = "1") {
    auto call = desk();
    return counter().call_next(call, {*AreaCode::parse("7001"), word<DeskName>(name)});
  }

 private:
  std::unique_ptr<Counter> counter_;
};
CHANGWAT_ON_BOTH_ENGINES(CounterCourse);

TEST_P(CounterCourse,
       A_citizen_books_by_the_code_the_last_place_goes_and_a_new_time_frees_the_old) {
  offer("09:00", 1);
  const auto first = walk_in(), second = walk_in();
  auto citizen = nobody();
  const CitizenAppointment wanted{first.tracking_code, day("2027-03-17"), word<ClockTime>("09:00")};
  const auto tracked = good(centre().book_own_appointment(citizen, wanted));
  ASSERT_TRUE(tracked.application && tracked.application->appointment);
  EXPECT_EQ(tracked.application->appointment->on, day("2027-03-17"));
  EXPECT_EQ(free("2027-03-17")[0].free, 0);

  auto other = wanted;
  other.code = second.tracking_code;
  EXPECT_TRUE(centre().book_own_appointment(citizen, other).problem().is(time_taken));
  auto moved = wanted;
  moved.on = day("2027-03-24");
  good(centre().book_own_appointment(citizen, moved));
  EXPECT_EQ(free("2027-03-17")[0].free, 1);
  good(centre().book_own_appointment(citizen, other));
  good(centre().cancel_own_appointment(citizen, {second.tracking_code}));
  EXPECT_EQ(free("2027-03-17")[0].free, 1);
  EXPECT_TRUE(centre()
                  .cancel_own_appointment(citizen, {second.tracking_code})
                  .problem()
                  .is(errors::wrong_state));
}

TEST_P(CounterCourse,
       A_time_that_is_not_offered_and_a_case_that_is_a_complaint_get_no_appointment) {
  offer("09:00", 1);
  const auto application = walk_in(), complaint = taken();
  auto citizen = nobody();
  EXPECT_TRUE(centre()
                  .book_own_appointment(citizen, {application.tracking_code, day("2027-03-17"),
                                                  word<ClockTime>("09:30")})
                  .problem()
                  .is(time_taken));
  EXPECT_TRUE(centre()
                  .book_own_appointment(citizen, {complaint.tracking_code, day("2027-03-17"),
                                                  word<ClockTime>("09:00")})
                  .problem()
                  .is(not_a_service_case));
  EXPECT_EQ(count("counter_appointment"), 0);
}

TEST_P(CounterCourse, New_times_take_the_place_of_old_ones_from_their_day_on) {
  offer("09:00", 3);
  offer("13:00", 2, "2027-03-24");
  ASSERT_EQ(free("2027-03-17").size(), 1u);
  EXPECT_EQ(free("2027-03-17")[0].starts.text(), "09:00");
  ASSERT_EQ(free("2027-03-24").size(), 1u);
  EXPECT_EQ(free("2027-03-24")[0].starts.text(), "13:00");
  auto call = desk();
  EXPECT_EQ(good(counter().get_times(call, {{*AreaCode::parse("7001")}})).changes_on,
            day("2027-03-24"));
  SetCounterTimes twice{*AreaCode::parse("7001"), day("2027-03-09"), {}};
  for (int i = 0; i < 2; ++i) twice.times.push_back({Weekday::monday, word<ClockTime>("09:00"), 0});
  const auto refused = counter().set_times(call, twice);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.problem().fields.size(), 4u) << "all faults at once";
}

TEST_P(CounterCourse, Numbers_rise_by_the_day_and_who_has_an_appointment_is_called_at_its_time) {
  offer("10:30", 1);
  const auto receipt = walk_in();
  auto citizen = nobody();
  good(centre().book_own_appointment(
      citizen, {receipt.tracking_code, day("2027-03-17"), word<ClockTime>("10:30")}));
  const auto morning = "2027-03-17T03:00:00.000Z", later = "2027-03-17T03:31:00.000Z";
  auto call = desk(morning);
  const Query<DistrictDayQuery> today{{*AreaCode::parse("7001"), {}}};
  const auto before = good(counter().get_day(call, today));
  ASSERT_EQ(before.appointments.size(), 1u);
  EXPECT_EQ(before.appointments[0].number, receipt.number);

  EXPECT_EQ(number(morning), 1);
  EXPECT_EQ(number(morning), 2);
  EXPECT_EQ(number(morning, before.appointments[0].appointment_id), 3);
  const auto again = counter().give_number(
      call, {*AreaCode::parse("7001"), before.appointments[0].appointment_id});
  EXPECT_TRUE(again.problem().is(errors::conflict));

  const auto next = [&](std::string_view now, std::string_view name) {
    auto at = desk(now);
    return good(counter().call_next(at, {*AreaCode::parse("7001"), word<DeskName>(name)}));
  };
  EXPECT_EQ(next(morning, "1").number, 1);
  const auto appointed = next(later, "2");
  EXPECT_EQ(appointed.number, 3);
  EXPECT_EQ(appointed.case_id, receipt.case_id);

  auto wall = nobody(later);
  const auto screen = good(counter().get_screen(wall, {{*AreaCode::parse("7001")}}));
  ASSERT_EQ(screen.called.size(), 2u);
  EXPECT_EQ(screen.called[0].number, 3);
  EXPECT_EQ(screen.waiting, 1);
  EXPECT_EQ(screen.last_number, 3);

  auto ending = desk(later);
  EXPECT_EQ(
      good(counter().end_number(ending, {{appointed.ticket_id}}, {TicketOutcome::done})).state,
      TicketState::done);
  EXPECT_TRUE(counter()
                  .end_number(ending, {{appointed.ticket_id}}, {TicketOutcome::absent})
                  .problem()
                  .is(errors::wrong_state));
  EXPECT_EQ(number("2027-03-18T03:00:00.000Z"), 1) << "the next day begins anew";
}

TEST_P(CounterCourse, Nobody_calls_in_an_empty_queue_and_no_other_district_in_this_one) {
  EXPECT_TRUE(called().problem().is(queue_empty));
  number();
  auto other = as("district", "7002");
  EXPECT_TRUE(counter()
                  .call_next(other, {*AreaCode::parse("7001"), word<DeskName>("1")})
                  .problem()
                  .is(errors::forbidden));
  EXPECT_TRUE(
      counter().get_day(other, {{*AreaCode::parse("7001"), {}}}).problem().is(errors::forbidden));
  EXPECT_EQ(good(called()).number, 1);
}

TEST_P(CounterCourse, A_citizen_applies_for_services_at_once_and_the_clock_of_the_check_runs) {
  CitizenCase in;
  in.kind = word<Key>("one_stop_service");
  in.title = word<Title>("ขอทำบัตรประชาชนใหม่");
  in.place.area = *AreaCode::parse("7001");
  in.reporters.push_back(reporter(open_name));
  in.services.emplace();
  in.services->push_back(word<Key>("dopa_207"));
  in.services->push_back(word<Key>("dopa_209"));
  auto citizen = nobody();
  const auto receipt = good(centre().report_case(citizen, in)).value;
  auto call = desk();
  const auto application = good(centre().get_application(call, path(receipt.case_id)));
  EXPECT_EQ(application.services.size(), 2u);
  EXPECT_FALSE(application.papers.empty());
  bool checking = false;
  for (const auto& clock : good(centre().case_clocks(call, path(receipt.case_id))).items)
    checking |= clock.clock.text() == "papers_check" && clock.state != ClockState::stopped;
  EXPECT_TRUE(checking);

  in.kind = word<Key>("complaint");
  EXPECT_TRUE(centre().report_case(citizen, in).problem().is(not_a_service_case));
  EXPECT_EQ(count("service_case"), 1);
}

}  // namespace
}  // namespace changwat::service_centre
