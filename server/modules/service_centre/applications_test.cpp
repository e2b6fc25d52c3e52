#include "modules/service_centre/applications.hpp"

#include "modules/service_centre/testing.hpp"

namespace changwat::service_centre {
namespace {

// Services of the reviewed catalogue: two about the ID card, which ask for some papers in common,
// and one whose manual gives seven days.
constexpr std::string_view lost_card = "dopa_207", name_on_card = "dopa_209",
                           house_entry = "dopa_215";

const ServiceRow& service(std::string_view code) {
  const auto* row = reviewed_book().catalogue.find(word<Key>(code));
  CHECK(row && row->papers);
  return *row;
}

std::vector<CasePaperRow> papers_for(std::initializer_list<std::string_view> services) {
  std::vector<CasePaperRow> out;
  const auto now = moment("2027-03-10T03:00:00.000Z");
  for (const auto code : services) add_papers(out, service(code), CaseId::make(now), now);
  return out;
}

TEST(Applications, A_paper_that_two_services_ask_for_is_asked_for_once_and_names_both) {
  const auto one = papers_for({lost_card}), other = papers_for({name_on_card}),
             both = papers_for({lost_card, name_on_card});
  ASSERT_LT(both.size(), one.size() + other.size());
  std::set<std::string> seen;
  std::size_t shared = 0;
  for (const auto& paper : both) {
    EXPECT_TRUE(seen.insert(paper.paper->text()).second) << paper.paper->text();
    shared += paper.services.value.size() == 2;
  }
  EXPECT_EQ(shared, one.size() + other.size() - both.size());
}

TEST(Applications, A_paper_that_one_service_requires_is_required_also_when_another_may_ask_for_it) {
  ServiceRow may, must;
  may.service = word<Key>("may");
  may.papers = {{word<Key>("deed"), false}};
  must.service = word<Key>("must");
  must.papers = {{word<Key>("deed"), true}};
  const auto now = moment("2027-03-10T03:00:00.000Z");
  std::vector<CasePaperRow> papers;
  add_papers(papers, may, CaseId::make(now), now);
  ASSERT_EQ(papers.size(), 1u);
  EXPECT_FALSE(papers[0].required);
  papers[0].state = PaperState::not_needed;
  papers[0].reason = word<Note>("ไม่ใช้");
  add_papers(papers, must, CaseId::make(now), now);
  ASSERT_EQ(papers.size(), 1u);
  EXPECT_TRUE(papers[0].required);
  EXPECT_EQ(papers[0].state, PaperState::asked) << "what another service requires is wanted again";
}

TEST(Applications,
     A_check_needs_a_day_when_something_is_missing_and_names_no_paper_that_is_not_there) {
  const auto now = moment("2027-03-10T03:00:00.000Z");
  const auto& catalogue = reviewed_book().catalogue;
  const auto refused = [&](const CheckPapers& in) {
    const auto out = check_papers(catalogue, papers_for({lost_card}), in, CaseId::make(now), now);
    return out.ok() ? std::string() : out.problem().fields.front().pointer;
  };
  EXPECT_EQ(refused({}), "/due_on");
  EXPECT_EQ(refused({{}, {}, day("2027-03-09")}), "/due_on");
  EXPECT_EQ(refused({{{99}}, {}, day("2027-03-20")}), "/also");
  EXPECT_EQ(refused({{}, {}, day("2027-03-10")}), "");
}

TEST(Applications, A_service_is_granted_only_when_complete_and_handed_over_only_when_granted) {
  const auto leads = [](ServiceState from, std::string_view act) {
    return authority::step(service_transitions, from, act).ok();
  };
  EXPECT_FALSE(leads(ServiceState::applied, "granted"));
  EXPECT_FALSE(leads(ServiceState::complete, "give"));
  EXPECT_FALSE(leads(ServiceState::refused, "give"));
  EXPECT_FALSE(leads(ServiceState::given, "withdraw"));
  EXPECT_TRUE(leads(ServiceState::granted, "give"));
}

TEST(Applications, A_correction_takes_the_place_of_what_it_corrects) {
  PaymentRow first, second;
  first.payment_id = PaymentId::make(moment("2027-03-10T03:00:00.000Z"));
  second.payment_id = PaymentId::make(moment("2027-03-10T03:00:01.000Z"));
  first.service = second.service = word<Key>(lost_card);
  first.satang = *Satang::of_count(100'00);
  second.satang = *Satang::of_count(10'00);
  EXPECT_EQ(paid({first, second}, first.service).count(), 110'00);
  second.corrects = first.payment_id;
  EXPECT_EQ(paid({first, second}, first.service).count(), 10'00);
  EXPECT_EQ(paid({first, second}, word<Key>(name_on_card)).count(), 0);
}

// ---- the course

class Application : public CentreOnBothEngines {
 protected:
  CaseId walk_in() { return taken(new_case("general", "one_stop_service")).case_id; }

  CaseApplication applied(const CaseId& id, std::initializer_list<std::string_view> services,
                          std::string_view now = "2027-03-10T03:00:00.000Z") {
    ApplyRequest in;
    for (const auto code : services) in.services.push_back(word<Key>(code));
    auto call = desk(now);
    return good(centre().apply_for_services(call, path(id), in));
  }
  CaseApplication checked(const CaseId& id, std::string_view now = "2027-03-10T03:00:00.000Z",
                          std::string_view due = "2027-03-20") {
    auto call = desk(now);
    return good(centre().check_papers(call, path(id), {{}, {}, day(due)}));
  }
  CaseApplication seen(const CaseId& id, std::int64_t position,
                       std::string_view now = "2027-03-10T03:00:00.000Z") {
    auto call = desk(now);
    return good(
        centre().record_paper(call, {{id, position}}, {PaperState::handed_in, {}, true, {}}));
  }
  CaseApplication all_seen(const CaseId& id, std::string_view now = "2027-03-10T03:00:00.000Z") {
    auto call = desk(now);
    auto out = good(centre().get_application(call, path(id)));
    const auto papers = out.papers;
    for (const auto& paper : papers)
      if (paper.state == PaperState::asked && paper.required) out = seen(id, paper.position, now);
    return out;
  }
  Result<CaseApplication> decided(const CaseId& id, std::string_view code, ServiceOutcome outcome,
                                  std::string_view why = "",
                                  std::string_view now = "2027-03-10T04:00:00.000Z") {
    DecideService in{outcome, {}};
    if (!why.empty()) in.reason_th = word<Note>(why);
    auto call = desk(now);
    return centre().decide_service(call, {{id, word<Key>(code)}}, in);
  }
  static const ApplicationService& of(const CaseApplication& all, std::string_view code) {
    for (const auto& one : all.services)
      if (one.service.text() == code) return one;
    std::abort();
  }
};
CHANGWAT_ON_BOTH_ENGINES(Application);

TEST_P(Application, Two_services_in_one_case_go_from_applying_to_the_certificate) {
  const auto id = walk_in();
  const auto begun = applied(id, {lost_card, name_on_card});
  EXPECT_EQ(begun.services.size(), 2u);
  EXPECT_EQ(begun.papers.size(), papers_for({lost_card, name_on_card}).size());
  EXPECT_TRUE(begun.may_ask);

  const auto told = checked(id);
  EXPECT_FALSE(told.may_ask);
  ASSERT_EQ(told.checks.size(), 1u);
  EXPECT_FALSE(told.checks[0].missing.empty());
  EXPECT_EQ(of(told, lost_card).state, ServiceState::applied);
  EXPECT_TRUE(decided(id, lost_card, ServiceOutcome::granted).problem().is(errors::wrong_state));

  const auto complete = all_seen(id, "2027-03-10T03:30:00.000Z");
  EXPECT_EQ(of(complete, lost_card).state, ServiceState::complete);
  EXPECT_TRUE(of(complete, lost_card).due_on);

  EXPECT_EQ(of(good(decided(id, lost_card, ServiceOutcome::granted)), lost_card).state,
            ServiceState::granted);
  const auto unexplained = decided(id, name_on_card, ServiceOutcome::refused);
  ASSERT_FALSE(unexplained.ok());
  EXPECT_EQ(unexplained.problem().fields[0].pointer, "/reason_th");
  EXPECT_EQ(
      of(good(decided(id, name_on_card, ServiceOutcome::refused, "ชื่อไม่ตรง")), name_on_card).state,
      ServiceState::refused);

  auto call = desk("2027-03-10T05:00:00.000Z");
  const auto given = good(centre().give_certificate(call, {{id, word<Key>(lost_card)}},
                                                    {word<CertificateNumber>("1-2027")}));
  EXPECT_EQ(of(given, lost_card).state, ServiceState::given);
  EXPECT_EQ(of(given, lost_card).certificate->text(), "1-2027");
}

TEST_P(Application,
       What_was_not_told_to_be_missing_is_not_asked_for_later_unless_the_application_grows) {
  const auto id = walk_in();
  applied(id, {lost_card});
  checked(id);
  auto call = desk("2027-03-10T04:00:00.000Z");
  const auto again =
      centre().check_papers(call, path(id), {{}, {{word<PaperName>("อีกฉบับ")}}, day("2027-03-25")});
  ASSERT_FALSE(again.ok());
  EXPECT_TRUE(again.problem().is(missing_told_already));
  EXPECT_NE(again.problem().en.find("2558"), std::string::npos)
      << "the rule and its source are named";
  EXPECT_EQ(count("case_check"), 1);
  EXPECT_TRUE(applied(id, {name_on_card}, "2027-03-10T05:00:00.000Z").may_ask);
  EXPECT_EQ(checked(id, "2027-03-10T06:00:00.000Z").checks.size(), 2u);
}

TEST_P(Application, A_case_that_is_a_complaint_takes_no_services) {
  const auto id = taken().case_id;
  auto call = desk();
  ApplyRequest in;
  in.services.push_back(word<Key>(lost_card));
  EXPECT_TRUE(centre().apply_for_services(call, path(id), in).problem().is(not_a_service_case));
  EXPECT_EQ(count("case_service"), 0);
}

TEST_P(Application, Unknown_repeated_and_no_services_are_refused_by_name) {
  const auto id = walk_in();
  applied(id, {lost_card});
  auto call = desk();
  const auto pointer = [&](std::initializer_list<std::string_view> services) {
    ApplyRequest in;
    for (const auto code : services) in.services.push_back(word<Key>(code));
    const auto out = centre().apply_for_services(call, path(id), in);
    return out.ok() ? std::string()
                    : out.problem().fields[0].pointer + " " + out.problem().fields[0].code;
  };
  EXPECT_EQ(pointer({}), "/services required");
  EXPECT_EQ(pointer({"dopa_0"}), "/services/0 unknown");
  EXPECT_EQ(pointer({name_on_card, lost_card}), "/services/1 repeated");
  EXPECT_EQ(pointer({name_on_card, name_on_card}), "/services/1 repeated");
  EXPECT_EQ(count("case_service"), 1);
}

TEST_P(Application,
       A_paper_is_handed_in_as_a_file_of_the_case_or_seen_and_what_is_not_needed_says_why) {
  const auto id = walk_in();
  applied(id, {lost_card});
  auto call = desk();
  const auto pointer = [&](const RecordPaper& in) {
    const auto out = centre().record_paper(call, {{id, 1}}, in);
    return out.ok() ? std::string() : out.problem().fields[0].pointer;
  };
  EXPECT_EQ(pointer({PaperState::handed_in, {}, {}, {}}), "/file");
  EXPECT_EQ(pointer({PaperState::handed_in, word<Key>("nothing"), {}, {}}), "/file");
  EXPECT_EQ(pointer({PaperState::not_needed, {}, {}, {}}), "/reason_th");
  with_file(id, "scan", FilePurpose::other, "2027-03-10T02:00:00.000Z");
  EXPECT_EQ(pointer({PaperState::handed_in, word<Key>("scan"), {}, {}}), "");
  auto reading = desk();
  EXPECT_EQ(good(centre().get_application(reading, path(id))).papers[0].file, word<Key>("scan"));
}

TEST_P(Application, A_case_is_not_closed_while_a_service_has_no_decision) {
  const auto id = walk_in();
  screened(id);
  applied(id, {lost_card, name_on_card});
  checked(id);
  all_seen(id);
  good(decided(id, lost_card, ServiceOutcome::granted));
  auto call = desk("2027-03-10T05:00:00.000Z");
  good(centre().handle(call, path(id), {}));
  good(centre().record_result(call, path(id), {word<Remark>("พิจารณาแล้ว")}));
  ProposeClosing closing{ClosingGround::answer_given, {}, {}, word<Remark>("แจ้งผลแล้ว")};
  EXPECT_TRUE(centre().propose_closing(call, path(id), closing).problem().is(services_undecided));
  good(decided(id, name_on_card, ServiceOutcome::granted, "", "2027-03-10T05:00:00.000Z"));
  good(centre().tell(call, path(id), {word<Remark>("อนุญาตทั้งสองบริการ")}));
  EXPECT_EQ(good(centre().propose_closing(call, path(id), closing)).state, CaseState::reviewing);
}

TEST_P(Application, A_late_decision_wants_a_reason_every_seven_days_and_counts_those_given) {
  const auto id = walk_in();
  applied(id, {house_entry});
  checked(id);
  const auto complete = all_seen(id);
  EXPECT_EQ(of(complete, house_entry).due_on, day("2027-03-17"));
  auto early = desk("2027-03-17T03:00:00.000Z");
  EXPECT_TRUE(centre()
                  .give_late_reason(early, {{id, word<Key>(house_entry)}}, reason())
                  .problem()
                  .is(errors::wrong_state));
  auto late = desk("2027-04-02T03:00:00.000Z");
  const auto before = of(good(centre().get_application(late, path(id))), house_entry).late_reasons;
  EXPECT_TRUE(before.late);
  EXPECT_EQ(before.wanted, 2);
  EXPECT_EQ(before.given, 0);
  const auto after = good(centre().give_late_reason(late, {{id, word<Key>(house_entry)}},
                                                    reason("รอเอกสารจากสำนักทะเบียนอื่น")));
  EXPECT_EQ(of(after, house_entry).late_reasons.given, 1);
  EXPECT_FALSE(of(after, house_entry).deemed_granted) << "the set that says so is not in force";
}

TEST_P(Application,
       An_application_that_was_not_completed_is_returned_only_after_the_day_that_was_told) {
  const auto id = walk_in();
  applied(id, {lost_card});
  checked(id, "2027-03-10T03:00:00.000Z", "2027-03-20");
  EXPECT_TRUE(
      decided(id, lost_card, ServiceOutcome::returned, "ไม่นำมายื่น", "2027-03-20T03:00:00.000Z")
          .problem()
          .is(errors::wrong_state));
  EXPECT_EQ(of(good(decided(id, lost_card, ServiceOutcome::returned, "ไม่นำมายื่น",
                            "2027-03-21T03:00:00.000Z")),
               lost_card)
                .state,
            ServiceState::returned);
}

TEST_P(Application, Fees_are_rows_that_stay_and_the_sum_of_a_day_tells_what_was_corrected) {
  const auto id = walk_in();
  applied(id, {lost_card});
  auto call = desk();
  const auto paid = good(centre().take_fee(
      call, path(id),
      {word<Key>(lost_card), *Satang::of_count(100'00), word<ReceiptNumber>("12/345")}));
  ASSERT_EQ(paid.payments.size(), 1u);
  EXPECT_EQ(of(paid, lost_card).paid_satang.count(), 100'00);
  const auto first = paid.payments[0].payment_id;
  auto next_day = desk("2027-03-11T03:00:00.000Z");
  good(centre().correct_fee(
      next_day, {{id, first}},
      {*Satang::of_count(10'00), word<ReceiptNumber>("12/346"), word<Remark>("พิมพ์ผิด")}));
  EXPECT_TRUE(centre()
                  .correct_fee(next_day, {{id, first}},
                               {*Satang::of_count(20'00), word<ReceiptNumber>("12/347"),
                                word<Remark>("อีกครั้ง")})
                  .problem()
                  .is(errors::conflict));
  const auto day_of = [&](std::string_view on) {
    return good(centre().list_fees(next_day, {{*AreaCode::parse("7001"), day(on)}}));
  };
  EXPECT_EQ(day_of("2027-03-10").sum_satang, 100'00) << "the sum of a day that is over stands";
  EXPECT_EQ(day_of("2027-03-11").sum_satang, -90'00);
  EXPECT_EQ(day_of("2027-03-11").items[0].corrects->text(), "12/345");
  EXPECT_EQ(count("case_payment"), 2);
}

TEST_P(Application, A_receipt_is_entered_once_a_year_but_may_be_for_several_services_of_a_case) {
  const auto id = walk_in();
  applied(id, {lost_card, name_on_card});
  const auto take = [&](const CaseId& of, std::string_view service, std::string_view receipt,
                        std::string_view now = "2027-03-10T03:00:00.000Z") {
    auto call = desk(now);
    const auto out = centre().take_fee(
        call, path(of),
        {word<Key>(service), *Satang::of_count(100'00), word<ReceiptNumber>(receipt)});
    return out.ok() ? std::string()
                    : out.problem().fields[0].pointer + " " + out.problem().fields[0].code;
  };
  EXPECT_EQ(take(id, lost_card, "12/345"), "");
  EXPECT_EQ(take(id, name_on_card, "12/345"), "");
  EXPECT_EQ(take(id, lost_card, "12/345"), "/receipt used");
  const auto other = walk_in();
  applied(other, {lost_card});
  EXPECT_EQ(take(other, lost_card, "12/345"), "/receipt used");
  EXPECT_EQ(take(other, lost_card, "12/345", "2027-10-01T03:00:00.000Z"), "") << "another year";
}

TEST_P(Application, A_district_reads_no_fees_of_another_and_an_agency_none) {
  const Query<FeesQuery> query{{*AreaCode::parse("7001"), {}}};
  auto other = as("district", "7002");
  EXPECT_TRUE(centre().list_fees(other, query).problem().is(errors::forbidden));
  auto works = agency();
  EXPECT_TRUE(centre().list_fees(works, query).problem().is(errors::forbidden));
  auto auditor = as("auditor", "");
  EXPECT_TRUE(centre().list_fees(auditor, query).ok());
}

TEST_P(Application, Who_holds_the_code_sees_what_is_missing_and_the_day_by_which_to_bring_it) {
  const auto receipt = taken(new_case("general", "one_stop_service"));
  applied(receipt.case_id, {lost_card});
  checked(receipt.case_id, "2027-03-10T03:00:00.000Z", "2027-03-20");
  auto citizen = nobody();
  const auto tracked = good(centre().track(citizen, {receipt.tracking_code}));
  ASSERT_TRUE(tracked.application);
  EXPECT_EQ(tracked.application->papers_due_on, day("2027-03-20"));
  EXPECT_EQ(tracked.application->services.size(), 1u);
  bool missing = false;
  for (const auto& paper : tracked.application->papers)
    missing |= paper.told && paper.state == PaperState::asked;
  EXPECT_TRUE(missing);
}

TEST_P(Application, A_paper_named_at_the_desk_does_not_say_who_a_secret_reporter_is) {
  auto in = new_case("general", "one_stop_service");
  in.reporters = {reporter(secret_name, ReporterType::secret)};
  const auto id = taken(in).case_id;
  applied(id, {lost_card});
  auto call = desk();
  const auto named = centre().check_papers(
      call, path(id),
      {{}, {{word<PaperName>("คำให้การของ " + std::string(secret_name))}}, day("2027-03-25")});
  ASSERT_FALSE(named.ok());
  EXPECT_EQ(named.problem().fields[0].code, "tells_secret");
}

}  // namespace
}  // namespace changwat::service_centre
