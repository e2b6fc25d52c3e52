// Papers of cases as they are printed, and photos that say themselves where and when they are of.

#include "platform/documents/printed_for_tests.hpp"

#include "modules/service_centre/photos_for_tests.hpp"
#include "modules/service_centre/testing.hpp"

namespace changwat::service_centre {
namespace {

using documents::paper::for_tests::squeezed;
using documents::paper::for_tests::text_of;
using documents::paper::for_tests::typeface;

class CentrePrints : public CentreOnBothEngines {
 protected:
  void SetUp() override {
    CentreOnBothEngines::SetUp();
    if (IsSkipped()) return;
    printing_ = make_centre(
        {.key = std::string(32, 'k'), .printer = documents::paper::Printer(typeface())});
  }
  void TearDown() override {
    printing_.reset();
    CentreOnBothEngines::TearDown();
  }
  // One case with an open and a secret reporter, handed to the highways.
  Path<CaseAssignmentPath> handed() {
    auto in = new_case();
    in.reporters.push_back(reporter(secret_name, ReporterType::secret));
    const auto id = taken(in).case_id;
    screened(id);
    return assigned(id);
  }
  Result<http::Response> letter(Call call, const Path<CaseAssignmentPath>& path) {
    return printing_->get_letter(call, path);
  }
  std::string slip(Call call, const CaseId& id) {
    return text_of(good(printing_->get_slip(call, path(id))).body);
  }
  std::string summary(Call call, const CaseId& id) {
    return text_of(good(printing_->get_summary(call, path(id))).body);
  }
  static bool holds(const std::string& text, std::string_view wanted) {
    return text.find(squeezed(wanted)) != std::string::npos;
  }
  std::unique_ptr<ServiceCentre> printing_;
};
CHANGWAT_ON_BOTH_ENGINES(CentrePrints);

TEST_P(CentrePrints, A_letter_asks_the_agency_and_knows_nobody_who_reported) {
  const auto to = handed();
  const auto text = text_of(good(letter(desk(), to)).body);
  for (const auto* wanted : {"แขวงทางหลวง", "ถนนเป็นหลุม", "หลุมกว้างหน้าโรงเรียน", "มีนาคม ๒๕๗๐"})
    EXPECT_TRUE(holds(text, wanted)) << wanted << text;
  for (const auto* hidden : {"เปิด เผยชื่อ", "ซ่อนนามสกุล", "๐๘๑", "๕๖๗๘"})
    EXPECT_FALSE(holds(text, hidden)) << hidden;
}

TEST_P(CentrePrints, A_letter_is_for_who_sends_it_and_who_gets_it) {
  const auto to = handed();
  EXPECT_TRUE(letter(agency(), to).ok());
  EXPECT_TRUE(letter(chief(), to).ok());
  EXPECT_TRUE(letter(agency("water"), to).problem().is(errors::forbidden));
  EXPECT_TRUE(letter(as("governor", "70"), to).problem().is(errors::forbidden));
  EXPECT_TRUE(letter(as("district", "7002"), to).problem().is(errors::forbidden));
  EXPECT_TRUE(letter(as("moi", ""), to).problem().is(errors::forbidden));
}

TEST_P(CentrePrints, Slip_and_summary_show_reporters_as_their_reader_may_see_them) {
  const auto id = handed()->case_id;
  for (const auto& text : {slip(desk(), id), summary(desk(), id)}) {
    EXPECT_TRUE(holds(text, "บุคคล น*** โทรศัพท์ ***๕๖๗๘")) << text;
    EXPECT_TRUE(holds(text, "ปกปิดชื่อ"));
    EXPECT_FALSE(holds(text, "เผยชื่อ"));
    EXPECT_FALSE(holds(text, "ซ่อนนามสกุล"));
  }
  for (const auto& text : {slip(agency(), id), summary(as("governor", "70"), id)}) {
    EXPECT_TRUE(holds(text, "๒ ราย (ไม่เปิดเผยแก่ผู้พิมพ์)")) << text;
    EXPECT_FALSE(holds(text, "น***"));
    EXPECT_FALSE(holds(text, "๕๖๗๘"));
  }
}

TEST_P(CentrePrints, Each_print_is_left_in_the_ledger_without_a_name_and_changes_no_case) {
  const auto to = handed();
  const auto version = good([&] {
                         auto call = desk();
                         return centre().get_case(call, path(to->case_id));
                       }())
                           .version;
  good(letter(desk(), to));
  const auto entry = entries().back();
  EXPECT_EQ(entry.act, "case.print");
  EXPECT_NE(entry.change.find("letter"), std::string::npos);
  EXPECT_NE(entry.change.find(to->assignment_id.text()), std::string::npos);
  EXPECT_EQ(entry.change.find("แขวง"), std::string::npos);
  auto call = desk();
  EXPECT_EQ(good(centre().get_case(call, path(to->case_id))).version, version);
  const auto before = entries().size();
  EXPECT_FALSE(letter(agency("water"), to).ok());
  EXPECT_EQ(entries().size(), before);
}

TEST_P(CentrePrints, A_long_matter_is_printed_to_its_end) {
  auto in = new_case();
  std::string detail;
  for (int i = 0; i < 150; ++i) detail += "ถนนเป็นหลุมลึก ";
  in.detail = word<Detail>(detail + "สุดท้ายตรงนี้");
  EXPECT_TRUE(holds(summary(desk(), taken(in).case_id), "สุดท้ายตรงนี้"));
}

// ---- photos

TEST_P(CentrePrints, What_a_photo_says_of_its_place_and_time_goes_before_what_is_told) {
  const auto id = taken().case_id;
  reported(id);
  CaseFileQuery told;
  told.purpose = FilePurpose::after;
  told.taken_at = moment("2027-03-10T02:59:00.000Z");
  told.latitude = Decimal::parse("13.5");
  told.longitude = Decimal::parse("99.8");
  auto first = desk();
  const auto seen = good(centre().put_file(first, {{id, word<Key>("after")}}, {told},
                                           {for_tests::photo(), "image/jpeg"}));
  EXPECT_EQ(seen.files.at(0).latitude->text(), "13.51");
  EXPECT_EQ(seen.files.at(0).taken_at->text(), "2027-03-10T02:30:00.000Z");
  with_file(id, "before", FilePurpose::before, "2027-03-10T02:00:00.000Z");
  const auto refused = centre().propose_closing(first, path(id), by_evidence());
  ASSERT_TRUE(refused.problem().is(closing_unproven));
  std::string codes, words;
  for (const auto& fault : refused.problem().fields) codes += fault.code + " ", words += fault.en;
  EXPECT_EQ(codes, "too_far older_than_case ");
  EXPECT_NE(words.find("1236 metres"), std::string::npos) << words;
}

TEST_P(CentrePrints, A_camera_ahead_of_time_proves_nothing) {
  const auto id = taken().case_id;
  reported(id);
  with_file(id, "before", FilePurpose::before, "2027-03-10T02:00:00.000Z");
  CaseFileQuery told;
  told.purpose = FilePurpose::after;
  told.latitude = Decimal::parse("13.5");
  told.longitude = Decimal::parse("99.8");
  auto first = desk();
  good(centre().put_file(first, {{id, word<Key>("after")}}, {told},
                         {for_tests::photo({.time = "2031:01:01 00:00:00"}), "image/jpeg"}));
  const auto refused = centre().propose_closing(first, path(id), by_evidence());
  std::string codes;
  for (const auto& fault : refused.problem().fields) codes += fault.code + " ";
  EXPECT_NE(codes.find("in_the_future"), std::string::npos) << codes;
}

}  // namespace
}  // namespace changwat::service_centre
