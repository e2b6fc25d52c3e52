#include "modules/service_centre/plain_words.hpp"
#include "modules/service_centre/testing.hpp"

namespace changwat::service_centre {
namespace {

class Finding : public CentreOnBothEngines {
 protected:
  static NewCase case_of(std::string_view title, std::string_view detail = "",
                         std::string_view area = "700101") {
    auto in = new_case();
    in.title = word<Title>(title);
    in.detail = word<Detail>(detail);
    in.place.area = *AreaCode::parse(area);
    return in;
  }
  std::vector<std::string> found(Call call, std::string_view q) {
    centre().index_cases(100);
    CaseSearch query;
    query.q = word<Text<1, 200>>(q);
    std::vector<std::string> out;
    for (const auto& item : good(centre().search_cases(call, {query})).items)
      out.push_back(item.summary.title.text());
    return out;
  }
  AlikeCases alike(Call call, std::string_view text, std::string_view area = "700101") {
    centre().index_cases(100);
    AlikeQuestion in;
    in.text = word<Text<1, 2'000>>(text);
    in.area = *AreaCode::parse(area);
    in.category = word<Key>("utilities");
    return good(centre().list_alike(call, in));
  }
  AlikeReports told(std::string_view text, std::string_view area = "700101") {
    centre().index_cases(100);
    StrangersQuestion in;
    in.text = word<Text<1, 2'000>>(text);
    in.area = *AreaCode::parse(area);
    in.category = word<Key>("utilities");
    auto call = nobody();
    return good(centre().list_alike_reports(call, in));
  }
  Result<Created<Receipt>> reported_into(const CaseId& into) {
    CitizenCase in;
    in.title = word<Title>("หลุมเดียวกัน");
    in.place.area = *AreaCode::parse("700101");
    in.reporters.push_back(reporter("", ReporterType::anonymous));
    in.into = into;
    auto call = nobody();
    return centre().report_case(call, in);
  }
};
CHANGWAT_ON_BOTH_ENGINES(Finding);

using Titles = std::vector<std::string>;

TEST_P(Finding, Cases_are_found_by_words_parts_of_words_number_and_place) {
  const auto receipt = taken(case_of("ถนนเป็นหลุมลึก", "หน้าโรงเรียนวัดใหญ่"));
  taken(case_of("ไฟฟ้าดับทั้งซอย"));
  EXPECT_EQ(found(desk(), "หลุมลึก"), Titles{"ถนนเป็นหลุมลึก"});
  EXPECT_EQ(found(desk(), "โรงเรีย"), Titles{"ถนนเป็นหลุมลึก"});
  EXPECT_EQ(found(desk(), receipt.number.text()), Titles{"ถนนเป็นหลุมลึก"});
  EXPECT_EQ(found(desk(), "ไฟฟ้าดับ"), Titles{"ไฟฟ้าดับทั้งซอย"});
  EXPECT_TRUE(found(desk(), "น้ำประปา").empty());
}

TEST_P(Finding, A_find_shows_where_the_words_stand) {
  taken(case_of("ถนนเป็นหลุม", "หน้าตลาดเก่ามีหลุมกว้าง"));
  centre().index_cases(100);
  auto call = desk();
  CaseSearch query;
  query.q = word<Text<1, 200>>("ตลาดเก่า");
  const auto page = good(centre().search_cases(call, {query}));
  ASSERT_EQ(page.items.size(), 1u);
  std::string marked;
  for (const auto& piece : page.items[0].excerpt)
    if (piece.found) marked += piece.text;
  EXPECT_EQ(marked, "ตลาดเก่า");
}

TEST_P(Finding, Who_may_not_read_a_case_does_not_find_it) {
  const auto id = taken(case_of("ถนนเป็นหลุมลึก")).case_id;
  EXPECT_EQ(found(as("provincial_office", "70"), "หลุมลึก").size(), 1u);
  EXPECT_TRUE(found(as("district", "7002"), "หลุมลึก").empty());
  EXPECT_TRUE(found(as("district", "4001"), "หลุมลึก").empty());
  auto neighbour = as("district", "7002");
  AlikeQuestion asked;
  asked.text = word<Text<1, 2'000>>("ถนนเป็นหลุมลึก");
  asked.area = *AreaCode::parse("700101");
  EXPECT_TRUE(centre().list_alike(neighbour, asked).problem().is(errors::forbidden));
  EXPECT_TRUE(alike(neighbour, "ถนนเป็นหลุมลึก", "700201").items.empty());
  // An agency finds it while it has it, and no longer.
  EXPECT_TRUE(found(agency(), "หลุมลึก").empty());
  screened(id);
  const auto to = assigned(id);
  EXPECT_EQ(found(agency(), "หลุมลึก").size(), 1u);
  EXPECT_TRUE(found(agency("water"), "หลุมลึก").empty());
  auto call = agency();
  good(centre().give_back(call, to, reason()));
  EXPECT_TRUE(found(agency(), "หลุมลึก").empty());
}

TEST_P(Finding, Nobody_finds_a_case_by_who_reported_it) {
  auto secret = case_of("มีการลักลอบทิ้งขยะ");
  secret.reporters = {reporter(secret_name, ReporterType::secret)};
  taken(secret);
  taken(case_of("ถนนเป็นหลุม"));
  for (const auto name : {secret_name, open_name, std::string_view("081-234-5678")})
    for (const auto& call : {desk(), as("governor", "70"), as("opdc", "")})
      EXPECT_TRUE(found(call, name).empty()) << name;
}

TEST_P(Finding, A_case_that_was_corrected_is_found_where_it_is_now) {
  const auto id = taken(case_of("ถนนเป็นหลุมลึก")).case_id;
  auto call = desk();
  ScreenRequest in;
  in.place = CasePlace{};
  in.place->area = *AreaCode::parse("700102");
  in.place->landmark = word<Text<1, 500>>("หน้าวัดช่องลม");
  good(centre().screen(call, path(id), in));
  EXPECT_EQ(found(desk(), "วัดช่องลม").size(), 1u);
}

TEST_P(Finding, Alike_cases_say_why_and_lead_to_the_one_that_is_worked_on) {
  const auto first = taken(case_of("ถนนเป็นหลุมลึกหน้าโรงเรียน")).case_id;
  const auto second = taken(case_of("ถนนมีหลุมลึกหน้าโรงเรียน")).case_id;
  taken(case_of("เสียงดังจากร้านอาหาร"));
  auto call = desk();
  good(centre().merge(call, path(second), {first, word<Remark>("เรื่องเดียวกัน")}));
  const auto out = alike(desk(), "หลุมลึกบนถนนหน้าโรงเรียน");
  ASSERT_EQ(out.items.size(), 1u);
  EXPECT_EQ(out.items[0].summary.case_id, first);
  EXPECT_EQ(out.items[0].shared_area, SharedArea::subdistrict);
  EXPECT_TRUE(out.items[0].same_category);
  EXPECT_TRUE(out.items[0].may_join);
  EXPECT_FALSE(out.items[0].words.empty());
}

TEST_P(Finding, Who_joins_is_kept_with_a_code_and_the_case_has_both_who_reported) {
  const auto first = taken(case_of("ถนนเป็นหลุมลึก")).case_id;
  auto in = case_of("หลุมลึกบนถนน");
  in.reporters = {reporter("นายสอง ร่วมแจ้ง")};
  in.into = first;
  const auto second = taken(in);
  auto call = desk();
  EXPECT_EQ(good(centre().get_case(call, path(second.case_id))).state, CaseState::merged);
  EXPECT_EQ(good(centre().get_case(call, path(first))).reporter_count, 2);
  screened(first);
  auto citizen = nobody();
  EXPECT_EQ(good(centre().track(citizen, {second.tracking_code})).state, CaseState::screening);
}

TEST_P(Finding, Strangers_are_told_by_listed_words_alone_and_of_no_secret_or_accusing_case) {
  taken(case_of("ถนนเป็นหลุมลึก นายเปิดเผยเป็นคนขุด", "หลุมหน้าร้านเจ๊แดง"));
  auto secret = case_of("ถนนเป็นหลุมใหญ่");
  secret.reporters = {reporter(secret_name, ReporterType::secret)};
  taken(secret);
  auto accusing = case_of("ถนนเป็นหลุมกว้าง");
  accusing.accused.emplace();
  accusing.accused->push_back({.name = word<Text<1, 200>>("ผู้รับเหมารายหนึ่ง")});
  taken(accusing);
  const auto out = told("ถนนมีหลุม");
  ASSERT_EQ(out.items.size(), 1u);
  for (const auto& each : out.items[0].words)
    EXPECT_TRUE(reviewed_book().alike.words.contains(each)) << each;
  EXPECT_TRUE(told("เจ๊แดง").items.empty());
}

TEST_P(Finding, A_stranger_joins_what_strangers_are_told_of_and_nothing_else) {
  const auto first = taken(case_of("ถนนเป็นหลุมลึก")).case_id;
  auto secret = case_of("ถนนเป็นหลุมใหญ่");
  secret.reporters = {reporter(secret_name, ReporterType::secret)};
  const auto hidden = taken(secret).case_id;
  const auto refused = reported_into(hidden);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.problem().fields.at(0).pointer, "/into");
  const auto wordless = taken(case_of("เรื่องที่ไม่มีคำในรายการ")).case_id;
  EXPECT_FALSE(reported_into(wordless).ok());
  EXPECT_EQ(count("service_case"), 3);
  const auto joined = good(reported_into(first)).value;
  auto call = desk();
  EXPECT_EQ(good(centre().get_case(call, path(first))).reporter_count, 2);
  auto citizen = nobody();
  EXPECT_EQ(good(centre().track(citizen, {joined.tracking_code})).state, CaseState::received);
}

TEST_P(Finding, What_was_told_in_a_case_before_it_took_in_the_one_that_was_joined_is_not_told) {
  const auto first = taken(case_of("ถนนเป็นหลุมลึก")).case_id;
  const auto third = taken(case_of("ถนนพังทั้งสาย")).case_id;
  const auto joined = good(reported_into(first)).value;
  auto before = desk("2027-03-11T03:00:00.000Z");
  screened(third, "2027-03-11T02:00:00.000Z");
  good(centre().tell(before, path(third), {word<Remark>("แจ้งเฉพาะผู้แจ้งรายแรก")}));
  with_file(third, "after", FilePurpose::after, "2027-03-11T03:10:00.000Z", "13.5",
            "2027-03-11T03:10:00.000Z");
  auto at = desk("2027-03-12T03:00:00.000Z");
  good(centre().merge(at, path(first), {third, word<Remark>("เรื่องเดียวกัน")}));
  auto meanwhile = nobody("2027-03-12T04:00:00.000Z");
  const auto seen = good(centre().track(meanwhile, {joined.tracking_code}));
  EXPECT_TRUE(seen.photos.empty());
  const Path<TicketFilePath> photo{{word<Text<1, 200>>(seen.ticket), word<Key>("after")}};
  EXPECT_TRUE(centre().get_told_file(meanwhile, photo).problem().is(errors::not_found));
  auto after = desk("2027-03-13T03:00:00.000Z");
  good(centre().tell(after, path(third), {word<Remark>("แจ้งทุกราย")}));
  auto citizen = nobody("2027-03-14T03:00:00.000Z");
  std::string notes;
  const auto told = good(centre().track(citizen, {joined.tracking_code}));
  for (const auto& step : told.steps) notes += step.note + "\n";
  EXPECT_EQ(told.photos.size(), 1u);
  EXPECT_EQ(notes.find("แจ้งเฉพาะผู้แจ้งรายแรก"), std::string::npos) << notes;
  EXPECT_NE(notes.find("แจ้งทุกราย"), std::string::npos) << notes;
}

TEST_P(Finding, Cases_that_tell_on_each_others_secret_reporter_are_not_merged) {
  auto secret = case_of("ถนนเป็นหลุมใหญ่");
  secret.reporters = {reporter(secret_name, ReporterType::secret)};
  const auto hidden = taken(secret).case_id;
  const auto naming = taken(case_of("ถนนเป็นหลุม", "เห็น" + std::string(secret_name) + "เดินผ่าน"));
  const auto plain = taken(case_of("ถนนเป็นหลุมลึก")).case_id;
  auto call = desk();
  for (const auto& [from, to] : {std::pair(hidden, naming.case_id), {naming.case_id, hidden}}) {
    const auto refused = centre().merge(call, path(from), {to, word<Remark>("เรื่องเดียวกัน")});
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.problem().fields.at(0).code, "tells_secret");
  }
  EXPECT_TRUE(centre().merge(call, path(hidden), {plain, word<Remark>("เรื่องเดียวกัน")}).ok());
}

TEST_P(Finding, New_cases_are_put_into_the_index_by_the_job_each_once) {
  taken(case_of("ถนนเป็นหลุมลึก"));
  taken(case_of("ไฟฟ้าดับ"));
  taken(case_of("น้ำไม่ไหล"));
  EXPECT_EQ(centre().index_cases(2), 2);
  EXPECT_EQ(centre().index_cases(2), 1);
  EXPECT_EQ(centre().index_cases(2), 0);
  EXPECT_EQ(found(desk(), "หลุมลึก").size(), 1u);
}

}  // namespace
}  // namespace changwat::service_centre
