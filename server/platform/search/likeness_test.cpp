#include "platform/search/likeness.hpp"

#include <gtest/gtest.h>

#include "base/testing.hpp"

#include "platform/search/testing.hpp"

namespace changwat::search {
namespace {

LikenessRules rules() {
  return read_json<LikenessRules>(file_text("data/search/alike.json")).value();
}

Features features(std::string_view text) {
  return features_of(indexed_text(segmenter_for_tests(), "", text));
}

double of_texts(std::string_view typed, std::string_view other) {
  Frequencies frequencies;
  for (const char* text : {"ถนนชำรุด", "ไฟฟ้าดับ", "น้ำท่วมขัง", "ขยะไม่เก็บ", "สุนัขจรจัด"})
    frequencies.add(features(text));
  return text_likeness(rules(), features(typed), features(other), frequencies);
}

TEST(Likeness, The_shares_of_the_rules_sum_up_to_one) {
  const auto r = rules();
  EXPECT_NEAR(r.text + r.category + r.near + r.recent, 1, 1e-9);
  EXPECT_GT(r.threshold, 0);
  EXPECT_LT(r.threshold, 1);
}

TEST(Likeness, The_same_text_is_as_alike_as_can_be_and_others_are_not) {
  EXPECT_NEAR(of_texts("ไฟฟ้าดับบ้านหนองแสง", "ไฟฟ้าดับบ้านหนองแสง"), 1, 1e-9);
  EXPECT_EQ(of_texts("ไฟฟ้าดับบ้านหนองแสง", "xyz"), 0);
  EXPECT_EQ(of_texts("", "ไฟฟ้าดับ"), 0);
}

TEST(Likeness, A_misspelling_takes_little_away) {
  const double right = of_texts("ท่อประปาแตกหน้าวัด", "ท่อประปาแตกหน้าวัดโนนสะอาด");
  const double wrong = of_texts("ท่อปะปาแตกหน้าวัด", "ท่อประปาแตกหน้าวัดโนนสะอาด");
  const double another = of_texts("ท่อประปาแตกหน้าวัด", "สุนัขจรจัดหน้าโรงเรียน");
  EXPECT_LT(wrong, right);
  EXPECT_GT(wrong, 2 * another);
}

TEST(Likeness, Of_others_the_trigrams_that_the_typed_text_has_are_enough) {
  const auto indexed = [](std::string_view text) {
    return indexed_text(segmenter_for_tests(), "", text);
  };
  const auto typed = indexed("ท่อประปาแตกหน้าวัด"), other = indexed("ประปาไม่ไหลที่หน้าวัดโนนสะอาด");
  const TypedFeatures against(typed);
  Frequencies whole, kept;
  for (const char* text : {"ท่อประปาชำรุด", "หน้าวัดไฟดับ", "ถนนขาด"}) {
    whole.add(features(text));
    kept.add(against.of(indexed(text)));
  }
  const double likeness = text_likeness(rules(), features_of(typed), features_of(other), whole);
  EXPECT_GT(likeness, 0);
  EXPECT_LT(against.of(other).grams.size(), features_of(other).grams.size());
  EXPECT_EQ(text_likeness(rules(), against.own(), against.of(other), kept), likeness);
}

TEST(Likeness, What_is_near_and_recent_and_of_one_kind_is_more_alike) {
  const auto r = rules();
  const Circumstances here{"3901", Point{17.2, 102.4}, "road", 0};
  const auto with = [&](std::string_view area, std::optional<Point> point,
                        std::string_view category, std::int64_t days) {
    return likeness(r, 0.6, here, {area, point, category, days * 86'400'000});
  };
  const double same = with("390101", Point{17.2, 102.4}, "road", 0);
  EXPECT_NEAR(same, r.text * 0.6 + r.category + r.near + r.recent, 1e-9);
  EXPECT_LT(with("390101", Point{17.3, 102.4}, "road", 0), same);
  EXPECT_LT(with("390101", Point{17.2, 102.4}, "water", 0), same);
  EXPECT_LT(with("390101", Point{17.2, 102.4}, "road", 30), same);
  EXPECT_EQ(likeness(r, r.text_least / 2, here, here), 0);
}

TEST(Likeness, Distances_are_those_of_the_globe) {
  // One degree of latitude is 111.195 km on a sphere of the mean radius.
  EXPECT_NEAR(metres_between({13, 100}, {14, 100}), 111'195, 1);
  EXPECT_NEAR(metres_between({60, 0}, {60, 1}), 55'596, 50);
  EXPECT_EQ(metres_between({13, 100}, {13, 100}), 0);
}

}  // namespace
}  // namespace changwat::search
