#include "platform/search/words.hpp"

#include <future>

#include <gtest/gtest.h>

#include "base/testing.hpp"

#include "platform/search/testing.hpp"

namespace changwat::search {
namespace {

std::string cut(const Segmenter& segmenter, std::string_view text) {
  const auto analysed = segmenter.analyse(text, 10'000);
  std::string out;
  for (const auto& word : analysed.words) {
    if (!out.empty()) out += '|';
    out += to_utf8({analysed.text.data() + word.begin, word.end - word.begin});
  }
  return out;
}

TEST(Words, Are_found_in_Thai_without_spaces) {
  const auto& segmenter = segmenter_for_tests();
  EXPECT_EQ(cut(segmenter, "ไฟฟ้าดับทั้งหมู่บ้าน"), "ไฟฟ้า|ดับ|ทั้ง|หมู่บ้าน");
  EXPECT_EQ(cut(segmenter, "ถนนสายเก่าชำรุด"), "ถนน|สาย|เก่า|ชำรุด");
}

TEST(Words, Names_that_are_added_are_one_word) {
  const Segmenter without({});
  const auto& with = segmenter_for_tests();
  EXPECT_EQ(cut(without, "บ้านโนนสะอาด"), "บ้าน|โนน|สะอาด");
  EXPECT_EQ(cut(with, "บ้านโนนสะอาด"), "บ้าน|โนนสะอาด");
}

TEST(Words, An_abbreviation_is_one_word_with_its_dots_and_what_follows_is_another) {
  const auto& segmenter = segmenter_for_tests();
  EXPECT_EQ(cut(segmenter, "ก.พ.ร."), "กพร");
  EXPECT_EQ(cut(segmenter, "สำนักงาน ก.พ.ร. ประกาศ"), "สำนักงาน|กพร|ประกาศ");
  EXPECT_EQ(cut(segmenter, "สป.มท."), "สปมท");
  EXPECT_EQ(cut(segmenter, "ม.ธรรมศาสตร์"), "ม|ธรรมศาสตร์");
  EXPECT_EQ(cut(segmenter, "อบต.หนองแสง"), "อบต|หนองแสง");
}

TEST(Words, Scripts_and_numbers_are_words_by_themselves) {
  const auto& segmenter = segmenter_for_tests();
  EXPECT_EQ(cut(segmenter, "เสาไฟNo.๑๒ดับ"), "เสา|ไฟ|no|12|ดับ");
  EXPECT_EQ(cut(segmenter, "ยาว3.5เมตร"), "ยาว|3.5|เมตร");
}

TEST(Words, Cover_the_text_but_for_spaces) {
  const auto& segmenter = segmenter_for_tests();
  const std::string long_run(3'000, 'x');
  for (const auto& text : {std::string("ฏฐฑฒณด ่้๊ กกกกกกกกกก ๆๆ"), long_run,
                           "ก.ข.ค.ง.จ.ฉ.ช." + long_run, std::string("ก.กก.กกก.กกกก.กกกกก.กก")}) {
    const auto analysed = segmenter.analyse(text, 10'000);
    std::size_t covered = 0, spaces = 0;
    std::uint32_t end = 0;
    for (const auto& word : analysed.words) {
      EXPECT_GE(word.begin, end);
      EXPECT_LT(word.begin, word.end);
      covered += word.end - word.begin;
      end = word.end;
    }
    for (const char32_t c : analysed.text) spaces += c == ' ';
    EXPECT_EQ(covered + spaces, analysed.text.size());
  }
}

TEST(Words, Many_threads_get_what_one_gets) {
  const auto& segmenter = segmenter_for_tests();
  const std::string text = "ไฟฟ้าดับทั้งหมู่บ้านหนองแสงตั้งแต่เมื่อคืนถนนสายเก่าชำรุดเสียหายมาก";
  const auto alone = cut(segmenter, text);
  std::vector<std::future<bool>> others;
  for (int i = 0; i < 8; ++i)
    others.push_back(std::async(std::launch::async, [&] {
      for (int n = 0; n < 200; ++n)
        if (cut(segmenter, text) != alone) return false;
      return true;
    }));
  for (auto& other : others) EXPECT_TRUE(other.get());
}

TEST(Words, The_list_of_words_is_read_and_each_of_them_is_one) {
  const auto words = read_words(std::string(CHANGWAT_SOURCE_DIR) + "/data/search/words.txt");
  ASSERT_GT(words.size(), 20u);
  const Segmenter segmenter(words);
  for (const auto& word : words) EXPECT_EQ(cut(segmenter, word), normal_text(word));
  EXPECT_THROW(read_words("/nowhere/words.txt"), std::runtime_error);
}

}  // namespace
}  // namespace changwat::search
