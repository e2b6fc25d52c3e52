#include "modules/service_centre/photos.hpp"

#include <gtest/gtest.h>

#include "modules/service_centre/photos_for_tests.hpp"

namespace changwat::service_centre {
namespace {

using for_tests::photo;

TEST(Photos, say_where_and_when_they_were_taken_whichever_end_comes_first) {
  for (const bool little : {true, false}) {
    const auto facts = photo_facts(photo({.little = little}));
    ASSERT_TRUE(facts.taken_at && facts.position);
    EXPECT_EQ(facts.taken_at->text(), "2027-03-10T02:30:00.000Z");
    EXPECT_EQ(facts.position->latitude.text(), "13.51");
    EXPECT_EQ(facts.position->longitude.text(), "99.805");
  }
}

TEST(Photos, are_of_bangkok_unless_the_camera_names_its_offset) {
  const auto at = [](const std::string& offset) {
    return photo_facts(photo({.offset = offset})).taken_at.value().text();
  };
  EXPECT_EQ(at("+09:00"), "2027-03-10T00:30:00.000Z");
  EXPECT_EQ(at("-05:30"), "2027-03-10T15:00:00.000Z");
  EXPECT_EQ(at("summer"), "2027-03-10T02:30:00.000Z");
}

TEST(Photos, of_the_south_are_in_the_south) {
  EXPECT_EQ(photo_facts(photo({.north = 'S'})).position.value().latitude.text(), "-13.51");
}

TEST(Photos, that_say_nothing_true_say_nothing) {
  EXPECT_FALSE(photo_facts(photo({.denominator = 0})).position);
  EXPECT_FALSE(photo_facts(photo({.time = "0000:00:00 00:00:00"})).taken_at);
  EXPECT_FALSE(photo_facts(photo({.time = "yesterday"})).taken_at);
  EXPECT_FALSE(photo_facts("\x89PNG").taken_at);
  EXPECT_FALSE(photo_facts("").position);
}

TEST(Photos, cut_short_anywhere_break_nothing) {
  const auto whole = photo();
  for (std::size_t length = 0; length < whole.size(); ++length) {
    const auto facts = photo_facts(whole.substr(0, length));
    if (facts.position) {
      EXPECT_EQ(facts.position->longitude.text(), "99.805") << length;
    }
  }
}

TEST(Photos, made_bare_keep_the_picture_and_nothing_else) {
  const auto bare = bare_photo(photo());
  ASSERT_TRUE(bare);
  EXPECT_EQ(*bare, std::string("\xFF\xD8\xFF\xDA\0\x02pixels\xFF\xD9", 14));
  EXPECT_FALSE(photo_facts(*bare).position);
  EXPECT_FALSE(bare_photo("\x89PNG"));
  EXPECT_FALSE(bare_photo(photo().substr(0, 60)));
}

TEST(Photos, made_bare_twice_are_the_same_also_when_the_head_of_the_scan_looks_like_an_end) {
  const auto cut = bare_photo(std::string("\xFF\xD8\xFF\xDA\0\x06\xFF\xD9\0\0pixels\xFF\xD9", 18));
  ASSERT_TRUE(cut);
  EXPECT_EQ(bare_photo(*cut), cut);
  EXPECT_TRUE(cut->ends_with("pixels\xFF\xD9"));
}

TEST(Photos, of_several_scans_tell_nothing_between_them_either) {
  const std::string scan("\xFF\xDA\0\x02pix\xFF\0els\xFF\xD0more", 18),
      table("\xFF\xC4\0\x04..", 6), note("\xFF\xFE\0\x06note", 8), end("\xFF\xD9");
  const std::string start("\xFF\xD8"), fill("\xFF");
  EXPECT_EQ(bare_photo(start + scan + note + table + fill + scan + note + end + "behind it"),
            start + scan + table + scan + end);
  EXPECT_FALSE(bare_photo(start + scan + note + scan)) << "cut short";
  EXPECT_FALSE(bare_photo(start + scan + start + end)) << "a picture within a picture";
}

TEST(Photos, of_both_kinds_are_made_bare) {
  const auto chunk = [](const std::string& type, const std::string& data) {
    return std::string(3, '\0') + static_cast<char>(data.size()) + type + data + "crc.";
  };
  const std::string head = "\x89PNG\r\n\x1a\n";
  const auto picture = [&](const std::string& told) {
    return head + chunk("IHDR", "size") + told + chunk("tRNS", "clear") + chunk("IDAT", "pixels") +
           chunk("IEND", "");
  };
  const auto told = chunk("tEXt", "Author somebody") + chunk("eXIf", "where");
  EXPECT_EQ(bare_photo(picture(told) + "more"), picture(""));
  EXPECT_FALSE(bare_photo(picture(told).substr(0, 60)));
  EXPECT_FALSE(bare_photo(head + "\xFF\xFF\xFF\xFFtEXt" + std::string(20, 'x')));
}

}  // namespace
}  // namespace changwat::service_centre
