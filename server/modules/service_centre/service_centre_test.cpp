#include "modules/service_centre/photos.hpp"
#include "modules/service_centre/photos_for_tests.hpp"
#include "modules/service_centre/testing.hpp"

namespace changwat::service_centre {
namespace {

class Centre : public CentreOnBothEngines {};
CHANGWAT_ON_BOTH_ENGINES(Centre);

// ---- intake

TEST_P(Centre, A_case_gets_a_number_of_its_district_and_year_and_a_code_that_nobody_else_has) {
  const auto first = taken(), second = taken();
  EXPECT_EQ(first.number.text(), "DC-7001-70-0001");
  EXPECT_EQ(second.number.text(), "DC-7001-70-0002");
  EXPECT_NE(first.tracking_code, second.tracking_code);
  auto in = new_case();
  in.place.area = *AreaCode::parse("7002");
  auto office = as("provincial_office", "70");
  EXPECT_EQ(good(centre().take_case(office, in)).value.number.text(), "DC-7002-70-0001");
  const auto next_year = taken(new_case(), "2027-10-01T03:00:00.000Z");
  EXPECT_EQ(next_year.number.text(), "DC-7001-71-0001");
}

TEST_P(Centre, The_code_stands_nowhere_in_the_record) {
  auto call = desk();
  call.idempotency_key = "key-1";
  call.request_digest = "digest";
  const auto receipt = good(centre().take_case(call, new_case())).value;
  const auto code = receipt.tracking_code.text();
  EXPECT_EQ(count("service_case WHERE tracking_hash = '" + code + "'"), 0);
  EXPECT_EQ(count("idempotency WHERE answer LIKE '%" + code + "%'"), 0);
  EXPECT_EQ(count("idempotency"), 1);
  for (const auto& entry : entries()) EXPECT_EQ(entry.change.find(code), std::string::npos);
}

TEST_P(Centre, A_repeated_request_gets_the_same_case_and_code) {
  auto call = nobody();
  call.idempotency_key = "key-1";
  call.request_digest = "digest";
  CitizenCase in;
  in.title = word<Title>("ไฟดับ");
  in.place.area = *AreaCode::parse("7001");
  in.reporters.push_back(reporter("", ReporterType::anonymous));
  const auto first = good(centre().report_case(call, in)).value;
  const auto again = good(centre().report_case(call, in)).value;
  EXPECT_EQ(first.case_id, again.case_id);
  EXPECT_EQ(first.tracking_code, again.tracking_code);
  EXPECT_EQ(count("service_case"), 1);
}

TEST_P(Centre, A_device_that_was_off_line_never_doubles_a_case_and_the_time_it_was_taken_is_kept) {
  auto in = new_case();
  in.client_id = ClientId::make(moment("2027-03-08T03:00:00.000Z"));
  in.taken_at = moment("2027-03-08T03:00:00.000Z");
  const auto first = taken(in);
  EXPECT_EQ(first.taken_at, in.taken_at);
  EXPECT_FALSE(first.taken_late);
  EXPECT_EQ(taken(in).case_id, first.case_id);
  EXPECT_EQ(taken(in).tracking_code, first.tracking_code);
  auto other = in;
  other.title = word<Title>("เรื่องอื่น");
  auto call = desk();
  EXPECT_TRUE(centre().take_case(call, other).problem().is(errors::conflict));
  auto late = new_case();
  late.taken_at = moment("2027-03-07T02:59:59.000Z");
  EXPECT_TRUE(taken(late).taken_late);
  auto ahead = new_case();
  ahead.taken_at = moment("2027-03-11T03:00:00.000Z");
  EXPECT_EQ(centre().take_case(call, ahead).problem().fields[0].pointer, "/taken_at");
}

TEST_P(Centre, What_is_not_on_the_lists_or_lies_nowhere_is_refused_all_at_once) {
  auto in = new_case("nonsense", "nonsense");
  in.place.area = *AreaCode::parse("70");
  in.reporters.clear();
  auto call = desk();
  const auto refused = centre().take_case(call, in);
  ASSERT_FALSE(refused.ok());
  std::vector<std::string> pointers;
  for (const auto& field : refused.problem().fields) pointers.push_back(field.pointer);
  EXPECT_EQ(pointers,
            (std::vector<std::string>{"/kind", "/category", "/place/area", "/reporters"}));
  EXPECT_EQ(count("service_case"), 0);
}

TEST_P(Centre, A_district_takes_cases_of_its_own_area_only) {
  auto in = new_case();
  in.place.area = *AreaCode::parse("700201");
  auto call = desk();
  EXPECT_TRUE(centre().take_case(call, in).problem().is(errors::forbidden));
}

TEST_P(Centre, Strangers_who_send_too_fast_are_told_when_to_come_back) {
  auto slow =
      make_centre({.key = std::string(32, 'k'), .intake = {.capacity = 2, .per_second = 1}});
  CitizenCase in;
  in.title = word<Title>("ไฟดับ");
  in.place.area = *AreaCode::parse("7001");
  in.reporters.push_back(reporter("", ReporterType::anonymous));
  auto call = nobody();
  EXPECT_TRUE(slow->report_case(call, in).ok());
  EXPECT_TRUE(slow->report_case(call, in).ok());
  EXPECT_TRUE(slow->report_case(call, in).problem().is(errors::too_many_requests));
  EXPECT_EQ(call.answer_headers.back().first, "Retry-After");
  auto other = nobody();
  other.peer = "203.0.113.8";
  EXPECT_TRUE(slow->report_case(other, in).ok());
}

// ---- the course

TEST_P(Centre, A_case_goes_from_intake_to_closing_by_evidence_and_a_second_person) {
  const auto id = taken().case_id;
  EXPECT_EQ(screened(id).state, CaseState::screening);
  const auto to = assigned(id);
  auto worker = agency();
  EXPECT_EQ(good(centre().accept(worker, to, {})).state, CaseState::accepted);
  EXPECT_EQ(good(centre().progress(worker, to, {word<Remark>("เริ่มแล้ว")})).state,
            CaseState::in_progress);
  EXPECT_EQ(good(centre().report_result(worker, to, {word<Remark>("เสร็จ")})).state,
            CaseState::resolved);
  auto first = desk();
  const auto unproven = centre().propose_closing(first, path(id), by_evidence());
  EXPECT_TRUE(unproven.problem().is(closing_unproven));
  with_file(id, "before", FilePurpose::before, "2027-03-10T02:00:00.000Z");
  with_file(id, "after", FilePurpose::after, "2027-03-10T03:00:00.000Z");
  EXPECT_EQ(good(centre().propose_closing(first, path(id), by_evidence())).state,
            CaseState::reviewing);
  EXPECT_TRUE(centre().close(first, path(id), {}).problem().is(second_person_wanted));
  auto second = chief();
  const auto done = good(centre().close(second, path(id), {}));
  EXPECT_EQ(done.state, CaseState::closed);
  EXPECT_EQ(done.closing_ground, ClosingGround::evidence);
  EXPECT_TRUE(done.settled_at);
  EXPECT_FALSE(done.due_at);
}

TEST_P(Centre, An_agency_never_closes_and_sees_only_what_it_was_assigned) {
  const auto mine = taken().case_id, other = taken().case_id;
  reported(mine);
  auto worker = agency();
  EXPECT_TRUE(
      centre().propose_closing(worker, path(mine), by_evidence()).problem().is(errors::forbidden));
  EXPECT_EQ(good(centre().get_case(worker, path(mine))).view, CaseView::agency);
  EXPECT_TRUE(centre().get_case(worker, path(other)).problem().is(errors::forbidden));
  const auto list = good(centre().list_cases(worker, {}));
  ASSERT_EQ(list.items.size(), 1u);
  EXPECT_EQ(list.items[0].case_id, mine);
}

TEST_P(Centre, A_wrong_addressee_returns_the_case_with_a_reason_and_it_is_screened_again) {
  const auto id = taken().case_id;
  screened(id);
  const auto to = assigned(id, "water");
  auto worker = agency("water");
  EXPECT_EQ(good(centre().give_back(worker, to, reason("ไม่ใช่ท่อของเรา"))).state,
            CaseState::screening);
  EXPECT_TRUE(centre().get_case(worker, path(id)).problem().is(errors::forbidden));
  assigned(id, "highways");
}

TEST_P(Centre, Several_agencies_have_an_assignment_each_and_the_case_waits_for_the_last) {
  const auto id = taken().case_id;
  screened(id);
  const auto one = assigned(id, "highways"), two = assigned(id, "water");
  auto roads = agency("highways"), water = agency("water");
  EXPECT_TRUE(centre().accept(water, one, {}).problem().is(errors::forbidden));
  good(centre().accept(roads, one, {}));
  EXPECT_EQ(good(centre().report_result(roads, one, {word<Remark>("เสร็จ")})).state,
            CaseState::in_progress);
  auto first = desk();
  EXPECT_TRUE(
      centre().record_result(first, path(id), {word<Remark>("x")}).problem().is(agencies_at_work));
  good(centre().accept(water, two, {}));
  EXPECT_EQ(good(centre().report_result(water, two, {word<Remark>("เสร็จ")})).state,
            CaseState::resolved);
}

TEST_P(Centre, The_centre_enters_what_an_agency_answered_by_letter) {
  const auto id = taken().case_id;
  screened(id);
  const auto to = assigned(id);
  auto first = desk();
  EXPECT_EQ(good(centre().accept(first, to, {})).state, CaseState::accepted);
  auto elsewhere = as("district", "7002");
  EXPECT_TRUE(centre().accept(elsewhere, to, {}).problem().is(errors::forbidden));
}

TEST_P(Centre, What_is_above_the_district_goes_up_with_one_act_and_is_then_the_provinces) {
  const auto id = taken().case_id;
  screened(id);
  auto first = desk();
  const auto up = good(centre().send_up(first, path(id), reason("เกินอำนาจอำเภอ")));
  EXPECT_EQ(up.state, CaseState::sent_up);
  EXPECT_EQ(up.level, CaseLevel::province);
  EXPECT_TRUE(centre().take_up(first, path(id), {}).problem().is(errors::forbidden));
  auto office = as("provincial_office", "70");
  EXPECT_EQ(good(centre().take_up(office, path(id), {})).state, CaseState::screening);
  good(centre().send_up(office, path(id), reason("เกินอำนาจจังหวัด")));
  auto ministry = as("moi", "");
  EXPECT_EQ(good(centre().send_back(ministry, path(id), reason("จังหวัดทำได้"))).level,
            CaseLevel::province);
  good(centre().handle(office, path(id), {}));
}

TEST_P(Centre, Mediation_that_fails_goes_back_to_work_and_one_that_succeeds_has_a_result) {
  const auto id = taken().case_id;
  screened(id);
  auto first = desk();
  good(centre().mediate(first, path(id), {}));
  EXPECT_EQ(good(centre().end_mediation(first, path(id), {false, word<Remark>("ไม่ตกลง")})).state,
            CaseState::in_progress);
  good(centre().mediate(first, path(id), {}));
  EXPECT_EQ(good(centre().end_mediation(first, path(id), {true, word<Remark>("ตกลง")})).state,
            CaseState::resolved);
}

TEST_P(Centre, Of_two_officers_who_change_the_same_case_the_second_is_told) {
  const auto id = taken().case_id;
  auto first = desk();
  first.if_match_any = false;
  first.if_match = 1;
  EXPECT_TRUE(centre().screen(first, path(id), {}).ok());
  EXPECT_TRUE(centre().screen(first, path(id), {}).problem().is(errors::changed_meanwhile));
}

TEST_P(Centre, Merging_keeps_both_who_reported_and_both_codes_follow_the_one_case) {
  const auto one = taken();
  auto in = new_case();
  in.reporters[0] = reporter("นายอีกคน ที่สอง");
  const auto two = taken(in);
  auto first = desk();
  EXPECT_EQ(
      good(centre().merge(first, path(two.case_id), {one.case_id, word<Remark>("เรื่องเดียวกัน")}))
          .state,
      CaseState::merged);
  const auto kept = good(centre().get_case(first, path(one.case_id)));
  EXPECT_EQ(kept.reporter_count, 2);
  ASSERT_EQ(kept.reporters->size(), 2u);
  EXPECT_EQ((*kept.reporters)[1].from_case, two.case_id);
  EXPECT_EQ(kept.merged_from, std::vector<CaseId>{two.case_id});
  screened(one.case_id);
  auto citizen = nobody();
  const auto seen = good(centre().track(citizen, {two.tracking_code}));
  EXPECT_TRUE(seen.merged);
  EXPECT_EQ(seen.state, CaseState::screening);
  EXPECT_FALSE(seen.may_withdraw);
  EXPECT_TRUE(centre()
                  .withdraw_own(citizen, {one.tracking_code, word<Remark>("ถอน")})
                  .problem()
                  .is(errors::wrong_state));
}

TEST_P(Centre, Acts_say_what_is_next_who_could_and_why_not) {
  const auto id = taken().case_id;
  reported(id);
  with_file(id, "before", FilePurpose::before, "2027-03-10T02:00:00.000Z");
  with_file(id, "after", FilePurpose::after, "2027-03-10T03:00:00.000Z");
  auto first = desk();
  good(centre().propose_closing(first, path(id), by_evidence()));
  const auto find = [&](Call call, std::string_view act) {
    const auto acts = good(centre().case_acts(call, path(id)));
    for (const auto& next : acts.items)
      if (next.act == act) return next;
    ADD_FAILURE() << act;
    return authority::NextAct{};
  };
  EXPECT_FALSE(find(desk(), "case.close").allowed);
  EXPECT_EQ(find(desk(), "case.close").why_not_en, second_person_wanted.en);
  EXPECT_TRUE(find(chief(), "case.close").allowed);
  EXPECT_FALSE(find(as("governor", "70"), "case.close").allowed);
  EXPECT_FALSE(find(as("governor", "70"), "case.close").who_en.empty());
}

// ---- closing

TEST_P(Centre, Evidence_from_elsewhere_or_another_time_closes_nothing) {
  const auto id = taken().case_id;
  reported(id);
  with_file(id, "before", FilePurpose::before, "2027-03-10T02:00:00.000Z");
  with_file(id, "far", FilePurpose::after, "2027-03-10T03:00:00.000Z", "13.51");
  with_file(id, "old", FilePurpose::after, "2027-03-09T03:00:00.000Z");
  auto first = desk();
  const auto refused = [&](const char* after) {
    auto in = by_evidence();
    in.after = word<Key>(after);
    const auto result = centre().propose_closing(first, path(id), in);
    EXPECT_TRUE(result.problem().is(closing_unproven));
    return result.ok() ? std::string() : result.problem().fields.at(0).code;
  };
  EXPECT_EQ(refused("far"), "too_far");
  EXPECT_EQ(refused("old"), "older_than_case");
  EXPECT_EQ(refused("nothing"), "required");
}

TEST_P(Centre, A_complaint_is_not_closed_by_an_answer_but_a_question_is) {
  const auto complaint = taken().case_id;
  reported(complaint);
  auto first = desk();
  good(centre().tell(first, path(complaint), {word<Remark>("จะไปดู")}));
  ProposeClosing by_answer{ClosingGround::answer_given, {}, {}, word<Remark>("ตอบแล้ว")};
  EXPECT_EQ(centre().propose_closing(first, path(complaint), by_answer).problem().fields[0].pointer,
            "/ground");
  const auto question = taken(new_case("general", "information")).case_id;
  screened(question);
  good(centre().handle(first, path(question), {}));
  good(centre().record_result(first, path(question), {word<Remark>("หาคำตอบแล้ว")}));
  EXPECT_TRUE(
      centre().propose_closing(first, path(question), by_answer).problem().is(closing_unproven));
  good(centre().tell(first, path(question), {word<Remark>("เปิดทุกวัน")}));
  good(centre().propose_closing(first, path(question), by_answer));
}

TEST_P(Centre, The_citizens_word_closes_and_the_citizen_reopens_within_the_time_for_it) {
  const auto receipt = taken();
  reported(receipt.case_id);
  auto first = desk();
  const ProposeClosing by_word{ClosingGround::citizen_word, {}, {}, word<Remark>("ผู้ร้องยืนยัน")};
  EXPECT_TRUE(centre()
                  .propose_closing(first, path(receipt.case_id), by_word)
                  .problem()
                  .is(closing_unproven));
  auto citizen = nobody();
  const CitizenWord yes{receipt.tracking_code, word<Remark>("ซ่อมแล้วจริง")};
  EXPECT_TRUE(centre().confirm(citizen, yes).problem().is(result_untold));
  good(centre().tell(first, path(receipt.case_id), {word<Remark>("ซ่อมแล้ว")}));
  EXPECT_TRUE(good(centre().confirm(citizen, yes)).may_confirm);
  good(centre().propose_closing(first, path(receipt.case_id), by_word));
  auto second = chief();
  good(centre().close(second, path(receipt.case_id), {}));

  auto late = nobody("2027-04-10T03:00:00.000Z");
  EXPECT_TRUE(centre().reopen_own(late, yes).problem().is(reopening_over));
  auto in_time = nobody("2027-04-09T03:00:00.000Z");
  const auto again =
      good(centre().reopen_own(in_time, {receipt.tracking_code, word<Remark>("พังอีก")}));
  EXPECT_EQ(again.state, CaseState::received);
  auto later = desk("2027-04-09T03:00:00.000Z");
  EXPECT_EQ(good(centre().get_case(later, path(receipt.case_id))).reopened, 1);
  reported(receipt.case_id, "2027-04-09T04:00:00.000Z");
  EXPECT_TRUE(centre()
                  .propose_closing(later, path(receipt.case_id), by_word)
                  .problem()
                  .is(closing_unproven))
      << "a word about the first repair says nothing about the second";
}

TEST_P(Centre, Figures_find_the_ground_of_every_closing_in_the_record_itself) {
  const auto id = taken().case_id;
  closed(id);
  auto anybody = nobody();
  auto figures = good(centre().get_public_figures(anybody, {{*AreaCode::parse("70")}}));
  EXPECT_EQ(figures.closed, 1);
  EXPECT_EQ(figures.closed_by_evidence, 1);
  EXPECT_EQ(figures.closed_without_evidence, 0);
  ASSERT_EQ(figures.by_category.size(), 1u);
  EXPECT_EQ(figures.by_category[0].closed, 1);
  EXPECT_EQ(figures.by_category[0].days.half, figures.days.half);
  EXPECT_TRUE(figures.days.half);
  execute("DELETE FROM case_file WHERE key = 'after'");  // past all acts
  figures = good(centre().get_public_figures(anybody, {{*AreaCode::parse("7001")}}));
  EXPECT_EQ(figures.closed_without_evidence, 1) << "counted, not assumed";
}

// ---- who reported

TEST_P(Centre, Each_role_sees_of_reporters_what_it_needs_and_no_more) {
  auto in = new_case();
  in.accused = {{word<Text<1, 200>>("บริษัท ตัวอย่าง"), {}}};
  const auto id = taken(in).case_id;
  screened(id);
  assigned(id);
  struct Row {
    Call call;
    CaseView view;
    bool reporters, accused;
  };
  for (const auto& row : {Row{desk(), CaseView::desk, true, true},
                          Row{as("provincial_office", "70"), CaseView::desk, true, true},
                          Row{agency(), CaseView::agency, false, true},
                          Row{as("governor", "70"), CaseView::reader, false, false},
                          Row{as("moi", ""), CaseView::reader, false, false},
                          Row{as("auditor", ""), CaseView::reader, false, false},
                          Row{as("opdc", ""), CaseView::reader, false, false}}) {
    auto call = row.call;
    const auto seen = good(centre().get_case(call, path(id)));
    EXPECT_EQ(seen.view, row.view);
    EXPECT_EQ(seen.reporters.has_value(), row.reporters);
    EXPECT_EQ(seen.accused.has_value(), row.accused);
    EXPECT_EQ(to_json(seen).find(std::string(open_name)), std::string::npos);
    EXPECT_EQ(to_json(seen).find("0812345678"), std::string::npos);
    if (row.reporters) {
      EXPECT_EQ((*seen.reporters)[0].name, "น***");
    }
  }
  for (auto call : {as("governor", "40"), as("district", "7002"), as("citizen", ""),
                    as("administrator", ""), as("committee_member", ""), agency("water")})
    EXPECT_TRUE(centre().get_case(call, path(id)).problem().is(errors::forbidden))
        << call.caller->person_id;
}

TEST_P(Centre, Revealing_needs_a_reason_and_leaves_who_why_and_which_but_never_the_name) {
  const auto id = taken().case_id;
  auto first = desk();
  const RevealRequest why{RevealPurpose::contact_reporter, word<Remark>("นัดดูหน้างาน")};
  const auto told = good(centre().reveal(first, path(id), why));
  EXPECT_EQ(told.items.at(0).name->text(), open_name);
  const auto last = entries().back();
  EXPECT_EQ(last.act, "case.reveal");
  EXPECT_EQ(last.subject_id, id.text());
  EXPECT_NE(last.change.find("contact_reporter"), std::string::npos);
  for (const auto& entry : entries())
    EXPECT_EQ((entry.change + entry.authority).find("เปิด"), std::string::npos);
  for (auto call : {agency(), as("governor", "70"), as("moi", ""), as("provincial_office", "70")})
    EXPECT_TRUE(centre().reveal(call, path(id), why).problem().is(errors::forbidden));
}

TEST_P(Centre, A_secret_reporter_is_nowhere_but_in_the_act_of_revealing) {
  auto in = new_case();
  in.reporters = {reporter(secret_name, ReporterType::secret)};
  in.reporters[0].citizen_id = word<CitizenId>("1101700230678");
  const auto receipt = taken(in);
  const auto id = receipt.case_id;
  closed(id);
  std::string everything;
  for (auto call : {desk(), chief(), as("provincial_office", "70"), agency(), as("governor", "70"),
                    as("moi", ""), as("auditor", "")}) {
    everything += to_json(good(centre().get_case(call, path(id))));
    everything += to_json(good(centre().case_history(call, path(id))));
    everything += to_json(good(centre().case_clocks(call, path(id))));
    everything += to_json(good(centre().case_acts(call, path(id))));
    everything += to_json(good(centre().list_cases(call, {})));
    CaseQuery by_name;
    by_name.q = word<Text<0, 100>>("ซ่อนนาม");
    EXPECT_TRUE(good(centre().list_cases(call, {by_name})).items.empty());
  }
  auto citizen = nobody();
  everything += to_json(good(centre().track(citizen, {receipt.tracking_code})));
  for (const auto& entry : entries()) everything += entry.change + entry.authority;
  for (const auto* word : {"ลับ", "ซ่อน", "0812345678", "5678", "1101700230678"})
    EXPECT_EQ(everything.find(word), std::string::npos) << word;
  auto office = as("provincial_office", "70");
  const RevealRequest why{RevealPurpose::protect_reporter, word<Remark>("มีผู้ข่มขู่")};
  EXPECT_TRUE(centre().reveal(office, path(id), why).problem().is(errors::forbidden));
  auto first = desk();
  EXPECT_EQ(good(centre().reveal(first, path(id), why)).items.size(), 1u);
}

TEST_P(Centre, Nobody_writes_a_secret_name_into_what_others_read) {
  auto in = new_case();
  in.reporters = {reporter(secret_name, ReporterType::secret)};
  const auto id = taken(in).case_id;
  auto first = desk();
  const auto refused =
      centre().reject(first, path(id), reason("สอบถามลับ ซ่อนนามสกุล แล้ว เบอร์ 081 234 5678"));
  EXPECT_EQ(refused.problem().fields.at(0).code, "tells_secret");
  in.detail = word<Detail>("ข้าพเจ้า นางลับ  ซ่อนนามสกุล ขอแจ้ง");
  EXPECT_EQ(centre().take_case(first, in).problem().fields.at(0).pointer, "/detail");
}

TEST_P(Centre, Who_is_signed_in_and_reports_as_a_citizen_is_not_in_the_ledger) {
  CitizenCase in;
  in.title = word<Title>("ไฟดับ");
  in.place.area = *AreaCode::parse("7001");
  in.reporters.push_back(reporter(secret_name, ReporterType::secret));
  auto call = as("citizen", "");
  good(centre().report_case(call, in));
  EXPECT_EQ(entries().back().act, "case.report");
  EXPECT_TRUE(entries().back().actor_id.empty());
}

// ---- lists and boards

TEST_P(Centre, Lists_sort_by_what_is_due_next_and_go_page_by_page) {
  const auto late = taken(new_case(), "2027-03-01T03:00:00.000Z").case_id;
  const auto fresh = taken(new_case(), "2027-03-10T03:00:00.000Z").case_id;
  const auto between = taken(new_case(), "2027-03-05T03:00:00.000Z").case_id;
  auto first = desk();
  CaseQuery query;
  query.limit = *PageLimit::of_count(2);
  const auto page = good(centre().list_cases(first, {query}));
  ASSERT_EQ(page.items.size(), 2u);
  EXPECT_EQ(page.items[0].case_id, late);
  EXPECT_EQ(page.items[1].case_id, between);
  query.cursor = CaseId::parse(*page.next);
  const auto rest = good(centre().list_cases(first, {query}));
  ASSERT_EQ(rest.items.size(), 1u);
  EXPECT_EQ(rest.items[0].case_id, fresh);
  EXPECT_FALSE(rest.next);
}

TEST_P(Centre, A_district_lists_its_own_cases_a_province_those_of_all_its_districts) {
  taken();
  auto in = new_case();
  in.place.area = *AreaCode::parse("7002");
  auto other = as("district", "7002");
  good(centre().take_case(other, in));
  const auto listed = [&](Call call) { return good(centre().list_cases(call, {})).items.size(); };
  EXPECT_EQ(listed(desk()), 1u);
  EXPECT_EQ(listed(as("provincial_office", "70")), 2u);
  EXPECT_EQ(listed(as("governor", "40")), 0u);
  EXPECT_EQ(listed(as("moi", "")), 2u);
  EXPECT_EQ(listed(as("citizen", "")), 0u);
  EXPECT_EQ(listed(agency()), 0u);
}

TEST_P(Centre, Mine_are_those_that_I_took_charge_of_and_waiting_those_that_agencies_have) {
  const auto mine = taken().case_id, waiting = taken().case_id;
  auto first = desk();
  good(centre().take_charge(first, path(mine), {}));
  screened(waiting);
  assigned(waiting);
  const auto listed = [&](Whose whose) {
    CaseQuery query;
    query.whose = whose;
    const auto page = good(centre().list_cases(first, {query}));
    return page.items.size() == 1 ? page.items[0].case_id : CaseId();
  };
  EXPECT_EQ(listed(Whose::mine), mine);
  EXPECT_EQ(listed(Whose::waiting), waiting);
}

TEST_P(Centre, A_board_counts_what_is_open_late_and_near_due) {
  taken(new_case(), "2027-02-01T03:00:00.000Z");
  const auto assigned_one = taken().case_id;
  screened(assigned_one);
  assigned(assigned_one);
  closed(taken().case_id);
  auto office = as("provincial_office", "70");
  const auto board = good(centre().get_board(office, {{*AreaCode::parse("70")}}));
  EXPECT_EQ(board.open, 2);
  EXPECT_EQ(board.late, 1);
  ASSERT_EQ(board.by_agency.size(), 1u);
  EXPECT_EQ(board.by_agency[0].name_en, "Highways");
  ASSERT_EQ(board.by_district.size(), 1u);
  EXPECT_EQ(board.by_district[0].name_th, "พื้นที่ 7001");
  auto other = as("district", "7002");
  EXPECT_TRUE(
      centre().get_board(other, {{*AreaCode::parse("7001")}}).problem().is(errors::forbidden));
}

// ---- files

TEST_P(Centre, A_citizen_adds_a_photo_by_ticket_and_nothing_sent_is_replaced) {
  const auto receipt = taken();
  auto citizen = nobody();
  const auto seen = good(centre().track(citizen, {receipt.tracking_code}));
  const Path<TicketFilePath> to{{word<Text<1, 200>>(seen.ticket), word<Key>("photo")}};
  EXPECT_EQ(good(centre().put_own_file(citizen, to, {}, {jpeg_bytes, "image/jpeg"})).files_sent, 1);
  EXPECT_TRUE(centre()
                  .put_own_file(citizen, to, {}, {jpeg_bytes, "image/jpeg"})
                  .problem()
                  .is(errors::conflict));
  EXPECT_FALSE(
      centre()
          .put_own_file(citizen, {{to->ticket, word<Key>("b")}}, {}, {"<html>", "image/jpeg"})
          .ok());
  auto later = nobody("2027-03-10T03:31:00.000Z");
  EXPECT_TRUE(
      centre()
          .put_own_file(later, {{to->ticket, word<Key>("c")}}, {}, {jpeg_bytes, "image/jpeg"})
          .problem()
          .is(errors::not_found));
  auto forged = seen.ticket;
  forged.back() = forged.back() == 'A' ? 'B' : 'A';
  EXPECT_TRUE(centre()
                  .put_own_file(citizen, {{word<Text<1, 200>>(forged), word<Key>("d")}}, {},
                                {jpeg_bytes, "image/jpeg"})
                  .problem()
                  .is(errors::not_found));
}

TEST_P(Centre, What_a_citizens_camera_wrote_into_a_photo_is_given_to_nobody) {
  const auto receipt = taken();
  auto citizen = nobody();
  const auto ticket = good(centre().track(citizen, {receipt.tracking_code})).ticket;
  const auto send = [&](const char* key, std::string bytes) {
    const Path<TicketFilePath> to{{word<Text<1, 200>>(ticket), word<Key>(key)}};
    good(centre().put_own_file(citizen, to, {}, {bytes, "image/jpeg"}));
  };
  const auto read = [&](Call call, const char* key) {
    return centre().get_file(call, {{receipt.case_id, word<Key>(key)}});
  };
  send("whole", for_tests::photo());
  for (const auto& reader : {desk(), as("governor", "70")})
    EXPECT_FALSE(photo_facts(good(read(reader, "whole")).body).position);
  send("cut", for_tests::photo().substr(0, 120));
  EXPECT_TRUE(read(desk(), "cut").ok()) << "the centre may look at what arrived";
  EXPECT_EQ(read(as("governor", "70"), "cut").problem().kind->code, "photo_damaged");
}

TEST_P(Centre, A_paper_of_who_wants_to_stay_unknown_is_for_the_centre_alone) {
  for (const auto type : {ReporterType::secret, ReporterType::anonymous, ReporterType::person}) {
    auto in = new_case();
    in.reporters[0] = reporter(type == ReporterType::anonymous ? "" : secret_name, type);
    if (type == ReporterType::anonymous) in.reporters[0].phone.reset();
    const auto receipt = taken(in);
    screened(receipt.case_id);
    assigned(receipt.case_id);
    auto citizen = nobody();
    const auto ticket = good(centre().track(citizen, {receipt.tracking_code})).ticket;
    const Path<TicketFilePath> to{{word<Text<1, 200>>(ticket), word<Key>("paper")}};
    good(centre().put_own_file(citizen, to, {},
                               {"%PDF-1.4\n/Author (Somebody)\n%%EOF\n", "application/pdf"}));
    const auto read = [&](Call call) {
      return centre().get_file(call, {{receipt.case_id, word<Key>("paper")}});
    };
    EXPECT_TRUE(read(desk()).ok());
    for (const auto& reader : {agency(), as("governor", "70")}) {
      const auto given = read(reader);
      EXPECT_EQ(given.ok(), type == ReporterType::person);
      if (!given.ok()) {
        EXPECT_EQ(given.problem().kind->code, "paper_of_hidden_reporter");
      }
    }
  }
}

TEST_P(Centre, Photos_of_the_work_are_let_out_with_the_result_and_without_what_the_camera_wrote) {
  const auto receipt = taken();
  reported(receipt.case_id);
  auto first = desk();
  CaseFileQuery after;
  after.purpose = FilePurpose::after;
  good(centre().put_file(first, {{receipt.case_id, word<Key>("after")}}, {after},
                         {for_tests::photo(), "image/jpeg"}));
  CaseFileQuery letter;
  letter.purpose = FilePurpose::letter;
  good(centre().put_file(first, {{receipt.case_id, word<Key>("letter")}}, {letter},
                         {for_tests::photo(), "image/jpeg"}));
  auto citizen = nobody();
  auto seen = good(centre().track(citizen, {receipt.tracking_code}));
  const auto read = [&](const char* key) {
    return centre().get_told_file(citizen, {{word<Text<1, 200>>(seen.ticket), word<Key>(key)}});
  };
  EXPECT_TRUE(seen.photos.empty());
  EXPECT_TRUE(read("after").problem().is(errors::not_found));
  good(centre().tell(first, path(receipt.case_id), {word<Remark>("ซ่อมแล้ว")}));
  seen = good(centre().track(citizen, {receipt.tracking_code}));
  ASSERT_EQ(seen.photos.size(), 1u);
  EXPECT_FALSE(photo_facts(good(read("after")).body).position);
  EXPECT_TRUE(read("letter").problem().is(errors::not_found));
}

TEST_P(Centre, A_citizen_reads_which_agencies_have_the_case) {
  const auto receipt = taken();
  screened(receipt.case_id);
  auto citizen = nobody();
  EXPECT_TRUE(good(centre().track(citizen, {receipt.tracking_code})).agencies.empty());
  assigned(receipt.case_id);
  const auto seen = good(centre().track(citizen, {receipt.tracking_code}));
  ASSERT_EQ(seen.agencies.size(), 1u);
  EXPECT_EQ(seen.steps.back().act, "case.assign");
  EXPECT_EQ(seen.steps.back().agency_th, seen.agencies[0].office_th);
}

}  // namespace
}  // namespace changwat::service_centre
