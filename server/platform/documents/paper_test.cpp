#include "platform/documents/paper.hpp"

#include <array>
#include <iterator>
#include <sstream>
#include <thread>

#include <gtest/gtest.h>

#include "base/json.hpp"

#include "platform/documents/papers_for_tests.hpp"
#include "platform/documents/printed_for_tests.hpp"

// Fontconfig keeps what it read of the fonts until the program ends; that is no leak of ours.
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libfontconfig";
}

namespace changwat::documents::paper {
namespace {

using for_tests::said;
using for_tests::squeezed;
using for_tests::text_of;
using for_tests::told;
using for_tests::typeface;

Printer printer() {
  return Printer(typeface());
}

std::string text_of_page(const std::string& pdf, std::size_t page) {
  const auto number = std::to_string(page);
  return text_of(pdf, "-f " + number + " -l " + number);
}

template <class Content>
Printed printed(const Content& content, const PrintOptions& options = {}) {
  auto result = printer().print(content, options);
  EXPECT_TRUE(result.ok());
  return result.ok() ? std::move(*result) : Printed{};
}

template <class Content>
void expect_says(const Content& content, std::initializer_list<const char*> texts) {
  const auto paper = printed(content);
  const auto found = text_of(paper.pdf);
  for (const auto* text : texts)
    EXPECT_NE(found.find(squeezed(text)), std::string::npos) << text << "\nin\n" << found;
}

TEST(Paper, a_letter_carries_everything_the_form_asks_for_in_thai_digits) {
  expect_says(
      for_tests::letter(),
      {"ที่ นร ๑๒๐๑/ว ๑๕", "ถนนพิษณุโลก", "๒๒ กุมภาพันธ์ ๒๕๖๔", "เรื่อง การเพิ่มประสิทธิภาพ",
       "เรียน ผู้ว่าราชการจังหวัดราชบุรี", "อ้างถึง", "ที่ ๔๗๘/๒๕๖๔", "สิ่งที่ส่งมาด้วย", "๒. แบบข้อเสนอ",
       "ขอแสดงความนับถือ", "เลขาธิการ ก.พ.ร.", "โทร. ๐ ๒๓๕๖ ๙๙๙๙", "saraban1@office.go.th", "ด่วนที่สุด"});
}

TEST(Paper, an_order_numbers_its_clauses_and_ends_with_day_and_post) {
  expect_says(for_tests::order(),
              {"คำสั่งจังหวัดราชบุรี", "ที่ ๔๗๘/๒๕๖๔", "ข้อ ๑", "๑.๒ โครงการส่งเสริม", "ข้อ ๓ ให้รายงาน",
               "๑,๒๐๐,๐๐๐.๕๐ บาท", "สั่ง ณ วันที่ ๒๒ กุมภาพันธ์ พ.ศ. ๒๕๖๔", "ผู้ว่าราชการจังหวัดราชบุรี"});
}

TEST(Paper, a_memorandum_has_its_four_dotted_fields) {
  expect_says(for_tests::memorandum(),
              {"บันทึกข้อความ", "ส่วนราชการ", "รบ ๐๐๑๗.๒/๑๒๓", "วันที่", "๑ มีนาคม ๒๕๖๔", "เรื่อง",
               "ขออนุมัติเปลี่ยนแปลง", "จึงเรียนมาเพื่อโปรดพิจารณา"});
}

TEST(Paper, minutes_have_all_six_parts_and_say_which_had_nothing) {
  const auto minutes = for_tests::minutes();
  expect_says(minutes, {"ครั้งที่ ๑/๒๕๖๔", "เมื่อวันที่ ๑๘ กุมภาพันธ์ ๒๕๖๔", "ผู้มาประชุม", "ผู้ไม่มาประชุม",
                        "เริ่มประชุมเวลา ๑๐.๐๐ น.", "ระเบียบวาระที่ ๑", "เรื่องสืบเนื่อง ไม่มี", "๕.๒",
                        "มติที่ประชุม", "ระเบียบวาระที่ ๖", "เลิกประชุมเวลา ๑๒.๓๐ น.", "ผู้จดรายงานการประชุม",
                        "ผู้ตรวจรายงานการประชุม"});
  EXPECT_EQ(text_of(printed(minutes).pdf).find(squeezed("ผู้เข้าร่วมประชุม")), std::string::npos);
}

TEST(Paper, a_table_repeats_its_heads_on_every_page_and_keeps_the_totals_with_a_row) {
  for (const int rows : {1, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 150}) {
    const auto paper = printed(for_tests::report(rows));
    for (std::size_t page = 1; page <= paper.pages; ++page) {
      const auto text = text_of_page(paper.pdf, page);
      const bool has_row = text.find("๑,๒๓๔,๕๐๐.๐๐") != std::string::npos;
      if (has_row) {
        EXPECT_NE(text.find(squeezed("หน่วยงานรับผิดชอบ")), std::string::npos) << rows;
      }
      if (text.find(squeezed("รวมทั้งสิ้น")) != std::string::npos) {
        EXPECT_TRUE(has_row) << rows << " rows";
      }
    }
    EXPECT_NE(text_of(paper.pdf).find("๙๘,๗๖๕,๔๐๐.๐๐"), std::string::npos);
  }
}

TEST(Paper, pages_after_the_first_are_numbered_between_dashes) {
  auto letter = for_tests::letter();
  for (int i = 0; i < 12; ++i) letter.body.push_back(said(for_tests::long_paragraph));
  const auto paper = printed(letter);
  ASSERT_GE(paper.pages, 3u);
  EXPECT_EQ(text_of_page(paper.pdf, 1).find("-๒"), std::string::npos);
  EXPECT_EQ(text_of_page(paper.pdf, 2).find("-๒"), 0u);
  EXPECT_EQ(text_of_page(paper.pdf, 3).find("-๓"), 0u);
}

// A page with nothing but a signature could be put behind any text.
TEST(Paper, a_signature_never_stands_on_a_page_without_text) {
  for (std::size_t extra = 0; extra < 40; ++extra) {
    auto letter = for_tests::letter();
    std::string long_text = "ข้อความ";
    for (std::size_t i = 0; i < extra; ++i)
      long_text += " โดยขอให้ดำเนินการให้แล้วเสร็จตามแผนปฏิบัติราชการประจำปีของจังหวัด";
    letter.body.push_back(said(long_text + " จบความในหนังสือฉบับนี้"));
    const auto paper = printed(letter);
    const auto last = text_of_page(paper.pdf, paper.pages);
    ASSERT_NE(last.find(squeezed("เลขาธิการ")), std::string::npos) << extra;
    EXPECT_NE(last.find(squeezed("จบความในหนังสือ")), std::string::npos) << extra;
    EXPECT_NE(last.find(squeezed("กองพัฒนาระบบบริหารราชการ")), std::string::npos) << extra;
  }
}

TEST(Paper, arabic_digits_are_printed_where_asked_for) {
  const auto paper = printed(for_tests::letter(), {.thai_digits = false});
  const auto text = text_of(paper.pdf);
  EXPECT_NE(text.find(squeezed("22กุมภาพันธ์2564")), std::string::npos);
  EXPECT_EQ(text.find("๒๕๖๔"), std::string::npos);
}

TEST(Paper, a_draft_and_a_secret_say_so_on_every_page) {
  auto letter = for_tests::letter();
  letter.secrecy = Secrecy::secret;
  for (int i = 0; i < 8; ++i) letter.body.push_back(said(for_tests::long_paragraph));
  const auto plain = printed(letter), draft = printed(letter, {.draft = true});
  ASSERT_GE(draft.pages, 2u);
  ASSERT_EQ(draft.pages, plain.pages);
  for (std::size_t page = 1; page <= draft.pages; ++page) {
    const auto text = text_of_page(draft.pdf, page);
    EXPECT_NE(text.find(squeezed("ลับมาก")), std::string::npos) << page;
    // Letters that stand aslant are read back one by one, in any place.
    EXPECT_GT(text.size(), text_of_page(plain.pdf, page).size()) << page;
  }
}

TEST(Paper, what_is_not_known_yet_is_left_to_be_filled_in) {
  auto order = for_tests::order();
  order.number.reset();
  order.signed_on.reset();
  expect_says(order, {"ที่ .....", "สั่ง ณ วันที่ .....", "(....."});
}

TEST(Paper, is_sound_a4_with_its_fonts_embedded_and_no_moment_of_printing) {
  const auto paper = printed(for_tests::minutes());
  const auto info = told(paper.pdf, "pdfinfo -enc UTF-8", "");
  EXPECT_NE(info.find("Pages:           " + std::to_string(paper.pages) + "\n"), std::string::npos)
      << info;
  EXPECT_NE(info.find("(A4)"), std::string::npos) << info;
  EXPECT_NE(info.find("2021"), std::string::npos) << info;  // its own date
  EXPECT_NE(info.find("รายงานการประชุม"), std::string::npos) << info;
  const auto fonts = told(paper.pdf, "pdffonts", "");
  EXPECT_NE(fonts.find(typeface().name), std::string::npos) << fonts;
  // Columns from the right: object number (two words), uni, sub, emb. Two lines of heading.
  std::istringstream lines(fonts);
  int count = -2;
  for (std::string line; std::getline(lines, line); ++count) {
    if (count < 0) continue;
    std::istringstream words(line);
    const std::vector<std::string> row{std::istream_iterator<std::string>(words), {}};
    ASSERT_GE(row.size(), 6u) << fonts;
    EXPECT_EQ(row[row.size() - 5] + row[row.size() - 4], "yesyes") << fonts;
  }
  EXPECT_GE(count, 2) << fonts;

  const auto undated = told(printed(for_tests::report(1)).pdf, "pdfinfo", "");
  auto report = for_tests::report(1);
  report.dated_on.reset();
  EXPECT_EQ(told(printed(report).pdf, "pdfinfo", "").find("CreationDate"), std::string::npos);
  EXPECT_NE(undated.find("CreationDate"), std::string::npos);
}

TEST(Paper, the_same_content_gives_the_same_bytes_in_any_thread_and_order) {
  const auto letter = printed(for_tests::letter()).pdf, minutes = printed(for_tests::minutes()).pdf;
  EXPECT_NE(letter, printed(for_tests::letter(), {.thai_digits = false}).pdf);
  const auto shared = printer();
  std::array<std::string, 8> found;
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < found.size(); ++i)
    threads.emplace_back([&, i] {
      for (int round = 0; round < 3; ++round) {
        auto paper =
            i % 2 == 0 ? shared.print(for_tests::letter()) : shared.print(for_tests::minutes());
        if (paper.ok()) found[i] = std::move(paper->pdf);
      }
    });
  for (auto& thread : threads) thread.join();
  for (std::size_t i = 0; i < found.size(); ++i)
    EXPECT_TRUE(found[i] == (i % 2 == 0 ? letter : minutes)) << i;
}

TEST(Paper, content_travels_as_json_and_prints_the_same) {
  const auto order = for_tests::order();
  const auto again = read_json<Order>(to_json(order));
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(printed(*again).pdf, printed(order).pdf);
}

TEST(Paper, hostile_text_is_printed_within_bounds) {
  std::string word, marks = "ก",
                    turned =
                        "\xE2\x80\xAE"
                        "กลับด้าน"
                        "\xE2\x80\xA8"
                        "สองบรรทัด";
  for (int i = 0; i < 7'990; ++i) word += "ก";
  for (int i = 0; i < 7'990; ++i) marks += "\xE0\xB9\x89";  // mai tho
  std::string blanks = "ก";
  for (int i = 0; i < 3'000; ++i) blanks += "\n";
  auto letter = for_tests::letter();
  letter.body = {said(word), said(marks), said(std::string(7'990, 'W')), said(turned),
                 said(blanks + "ข")};
  const auto paper = printed(letter);
  EXPECT_LT(paper.pages, 120u);
  const auto text = text_of(paper.pdf);
  EXPECT_EQ(text.find("\xE2\x80\xAE"), std::string::npos);
  EXPECT_NE(text.find(squeezed("กลับด้าน")), std::string::npos);
  EXPECT_FALSE(Line::parse("ก\x01").has_value());  // controls do not even become content
}

TEST(Paper, a_cell_taller_than_a_page_goes_on_on_the_next) {
  TableReport report;
  report.title = said("ตาราง");
  for (int i = 0; i < 16; ++i) report.columns.push_back({said("ก"), i == 0 ? 1 : 100, Align::left});
  std::string tall;
  for (int i = 0; i < 990; ++i) tall += "ก";
  report.rows.push_back({{said(tall), said("ข")}});
  const auto paper = printed(report);
  EXPECT_GT(paper.pages, 5u);
  EXPECT_EQ(text_of(paper.pdf).find("ตาราง"), 0u);
}

TEST(Paper, ten_thousand_rows_are_printed_and_a_paper_without_end_is_refused) {
  EXPECT_LE(printed(for_tests::report(10'000)).pages, pages_max);

  auto report = for_tests::report(1);
  std::string tall(990, '\n');
  report.rows.assign(2'000, {{said("ก" + tall + "ข")}});
  const auto refused = printer().print(report);
  ASSERT_FALSE(refused.ok());
  EXPECT_TRUE(refused.problem().is(paper_too_long));
}

TEST(Paper, headings_that_fill_the_page_are_refused) {
  TableReport report;
  report.title = said("ตาราง");
  for (int i = 0; i < 16; ++i)
    report.columns.push_back({said("หัวเรื่องยาวมาก หัวเรื่องยาวมาก หัวเรื่องยาวมาก หัวเรื่องยาวมาก "
                                   "หัวเรื่องยาวมาก หัวเรื่องยาวมาก หัวเรื่องยาวมาก หัวเรื่องยาวมาก "
                                   "หัวเรื่องยาวมาก หัวเรื่องยาวมาก หัวเรื่องยาวมาก หัวเรื่องยาวมาก "
                                   "หัวเรื่องยาวมาก หัวเรื่องยาวมาก หัวเรื่องยาวมาก หัวเรื่องยาวมาก"),
                              1, Align::left});
  EXPECT_FALSE(printer().print(report).ok());
}

TEST(Paper, the_operator_s_emblem_and_type_are_used_where_they_are_put) {
  const auto folder = std::filesystem::temp_directory_path() / "changwat-letterhead-test";
  std::filesystem::create_directories(folder);
  EXPECT_EQ(read_emblem(folder), "");
  const unsigned char png[] = {
      0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x00, 0x00, 0x00, 0x0D, 0x49, 0x48,
      0x44, 0x52, 0x00, 0x00, 0x00, 0x02, 0x00, 0x00, 0x00, 0x02, 0x08, 0x00, 0x00, 0x00,
      0x00, 0x57, 0xDD, 0x52, 0xF8, 0x00, 0x00, 0x00, 0x0C, 0x49, 0x44, 0x41, 0x54, 0x78,
      0x9C, 0x63, 0x60, 0xF8, 0x0F, 0x84, 0x00, 0x06, 0x00, 0x01, 0xFF, 0x93, 0xD1, 0xE4,
      0x89, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82};
  std::ofstream(folder / "emblem.png", std::ios::binary)
      .write(reinterpret_cast<const char*>(png), sizeof png);
  for (const auto& [from, to] :
       {std::pair{typeface().regular, "regular.ttf"}, {typeface().bold, "bold.ttf"}})
    std::filesystem::copy_file(from, folder / to,
                               std::filesystem::copy_options::overwrite_existing);

  const auto own = find_typeface(CHANGWAT_SOURCE_DIR, folder);
  ASSERT_TRUE(own.has_value());
  EXPECT_EQ(own->scale, 1);
  const auto with = Printer(typeface(), read_emblem(folder)).print(for_tests::letter());
  ASSERT_TRUE(with.ok());
  EXPECT_NE(told(with->pdf, "pdfimages -list", "").find("image"), std::string::npos);
  EXPECT_EQ(told(printed(for_tests::letter()).pdf, "pdfimages -list", "").find("image"),
            std::string::npos);
  EXPECT_THROW((void)Printer(typeface(), "not a picture").print(for_tests::letter()),
               std::runtime_error);
  std::filesystem::remove_all(folder);
}

TEST(Paper, debian_s_type_is_a_substitute_and_says_so) {
  const auto found = find_typeface("/nowhere");
  if (!found) GTEST_SKIP() << "fonts-tlwg-laksaman-ttf is not installed";
  EXPECT_TRUE(found->substitute);
  const auto paper = Printer(*found).print(for_tests::letter());
  ASSERT_TRUE(paper.ok());
  EXPECT_NE(told(paper->pdf, "pdffonts", "").find("Laksaman"), std::string::npos);
}

}  // namespace
}  // namespace changwat::documents::paper
