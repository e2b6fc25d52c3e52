#include <gtest/gtest.h>

#include "base/area_code.hpp"
#include "base/decimal.hpp"
#include "base/id.hpp"
#include "base/json.hpp"
#include "base/money.hpp"
#include "base/text.hpp"
#include "base/time.hpp"

namespace changwat {

enum class Kind { study, pilot };
BOOST_DESCRIBE_ENUM(Kind, study, pilot)

struct Inner {
  Text<1, 5> name;
  std::optional<Satang> amount;
};
BOOST_DESCRIBE_STRUCT(Inner, (), (name, amount))

struct Outer {
  AreaCode province;
  FiscalYear fiscal_year;
  Kind kind = Kind::study;
  bool active = false;
  std::int64_t count = 0;
  List<Inner, 2> items;
  std::optional<Date> on_date;
};
BOOST_DESCRIBE_STRUCT(Outer, (), (province, fiscal_year, kind, active, count, items, on_date))

namespace {

std::vector<std::string> pointers(const Problem& problem) {
  std::vector<std::string> found;
  for (const auto& field : problem.fields) found.push_back(field.pointer + " " + field.code);
  return found;
}

TEST(Json, a_described_struct_is_read_and_written_back_the_same) {
  const std::string text =
      R"({"province":"70","fiscal_year":2021,"kind":"pilot","active":true,"count":-3,)"
      R"("items":[{"name":"งาน","amount":250},{"name":"เงิน","amount":null}],"on_date":"2021-03-12"})";
  const auto read = read_json<Outer>(text);
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(to_json(*read), text);
}

TEST(Json, every_wrong_member_is_named_at_once_by_its_pointer) {
  const auto read = read_json<Outer>(
      R"({"province":"7","fiscal_year":2564.5,"kind":"other","count":1,"items":[{"name":"ยาวเกินไป"},{}],"x/y":1})");
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(pointers(read.problem()),
            (std::vector<std::string>{"/province wrong_value", "/fiscal_year wrong_value",
                                      "/kind wrong_value", "/active required",
                                      "/items/0/name wrong_value", "/items/1/name required",
                                      "/x~1y unknown_field"}));
}

TEST(Json, a_member_that_stands_twice_is_refused) {
  const auto read = read_json<Inner>(R"({"name":"a","name":"b"})");
  ASSERT_FALSE(read.ok());
  EXPECT_TRUE(read.problem().is(errors::malformed_request));
  EXPECT_NE(read.problem().en.find("name"), std::string::npos);
}

TEST(Json, a_colon_inside_a_string_is_not_a_member) {
  EXPECT_TRUE(read_json<Inner>(R"({"name":"a:\":"})").ok());
}

TEST(Json, lists_longer_than_their_limit_are_refused) {
  const auto read = read_json<Outer>(
      R"({"province":"70","fiscal_year":2021,"kind":"pilot","active":true,"count":0,"items":[{"name":"a"},{"name":"a"},{"name":"a"}]})");
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(pointers(read.problem()), std::vector<std::string>{"/items too_long"});
}

TEST(Json, nesting_deeper_than_the_limit_is_refused) {
  EXPECT_FALSE(json::parse(std::string(40, '[') + std::string(40, ']')).ok());
}

TEST(Json, control_characters_and_quotes_are_escaped) {
  EXPECT_EQ(to_json(std::string("a\"\\\n\x01ก")), "\"a\\\"\\\\\\n\\u0001ก\"");
}

TEST(Text, is_trimmed_and_counted_in_code_points) {
  EXPECT_EQ((Text<1, 10>::parse("  ผู้ว่าฯ \n")->text()), "ผู้ว่าฯ");
  EXPECT_FALSE((Text<1, 4>::parse("ผู้ว่าฯ").has_value()));
  EXPECT_FALSE((Text<1, 4>::parse("   ").has_value()));
  EXPECT_FALSE((Text<1, 9>::parse("a\x01z").has_value()));
  EXPECT_FALSE((Text<1, 9>::parse("a\xEF\xBF\xBEz").has_value())) << "no XML may hold U+FFFE";
  EXPECT_FALSE((Text<1, 9>::parse("\xC0\xAF").has_value())) << "overlong UTF-8";
}

TEST(Satang, stays_within_what_every_reader_holds_exactly) {
  EXPECT_FALSE(Satang::of_count(-1));
  EXPECT_FALSE(Satang::of_count(Satang::count_max + 1));
  EXPECT_EQ(Satang::of_baht(2)->plus(*Satang::of_count(50))->count(), 250);
  EXPECT_FALSE(Satang::of_baht(1)->minus(*Satang::of_baht(2)));
}

TEST(Decimal, keeps_what_was_written_exactly) {
  for (const char* text : {"0", "12.5", "-0.000001", "9007199254.740991", "-3"})
    EXPECT_EQ(Decimal::parse(text)->text(), text);
  EXPECT_EQ(Decimal::parse("1.500000")->text(), "1.5");
  for (const char* text :
       {"", "-", ".", "1.", ".5", "1.1234567", "1e3", "1,000", "99999999999", " 1", "+1"})
    EXPECT_FALSE(Decimal::parse(text)) << text;
}

TEST(AreaCode, contains_the_codes_of_all_areas_above_it) {
  const auto village = *AreaCode::parse("70010203");
  EXPECT_EQ(village.level(), AreaLevel::village);
  EXPECT_EQ(village.province().text(), "70");
  EXPECT_EQ(village.parent()->text(), "700102");
  EXPECT_TRUE(AreaCode::parse("7001")->contains(village));
  EXPECT_FALSE(AreaCode::parse("7002")->contains(village));
  for (const char* text : {"", "7", "701", "0701", "7a", "700102031"})
    EXPECT_FALSE(AreaCode::parse(text)) << text;
}

TEST(Instant, reads_offsets_and_writes_utc) {
  EXPECT_EQ(Instant::parse("2021-03-12T23:59:59+07:00")->text(), "2021-03-12T16:59:59.000Z");
  EXPECT_EQ(Instant::bangkok(*Date::parse("2021-03-12"), 23, 59, 59).text(),
            "2021-03-12T16:59:59.000Z");
  EXPECT_EQ(Instant::parse("2021-03-12T16:59:59.250Z")->text(), "2021-03-12T16:59:59.250Z");
  EXPECT_EQ(Instant::parse("2021-03-12T17:00:00Z")->bangkok_date().text(), "2021-03-13");
  EXPECT_EQ(Instant::parse("1969-12-31T23:59:59.999Z")->unix_ms(), -1);
  EXPECT_EQ(Instant(-1).text(), "1969-12-31T23:59:59.999Z");
  for (const char* text :
       {"2021-03-12", "2021-02-29T00:00:00Z", "2021-03-12T24:00:00Z", "2021-03-12T10:00:00",
        "2021-03-12T10:00:00.Z", "2021-03-12T10:00:00.1234Z", "2021-03-12 10:00:00Z"})
    EXPECT_FALSE(Instant::parse(text)) << text;
}

TEST(FiscalYear, begins_on_the_first_of_october_of_the_year_before) {
  EXPECT_EQ(FiscalYear::of(*Date::parse("2020-09-30")).buddhist(), 2563);
  EXPECT_EQ(FiscalYear::of(*Date::parse("2020-10-01")).buddhist(), 2564);
  EXPECT_EQ(FiscalYear::of_count(2021)->first_day().text(), "2020-10-01");
  EXPECT_EQ(FiscalYear::of_count(2021)->last_day().text(), "2021-09-30");
}

TEST(Thai, dates_and_durations_are_said_as_officials_say_them) {
  const auto deadline = Instant::bangkok(*Date::parse("2021-03-12"), 23, 59, 59);
  EXPECT_EQ(thai::date_and_time(deadline), "12 มีนาคม 2564 เวลา 23.59.59 น.");
  EXPECT_EQ(english::date_and_time(deadline), "12 March 2021, 23:59:59 Bangkok time");
  EXPECT_EQ(thai::duration(1), "1 วินาที");
  EXPECT_EQ(english::duration(90'061'000), "1 day 1 hour 1 minute 1 second");
  EXPECT_EQ(thai::digits("478/2564"), "๔๗๘/๒๕๖๔");
}

TEST(Id, sorts_by_time_and_reads_back) {
  struct Tag;
  const auto early = Id<Tag>::make(Instant(1'000)), late = Id<Tag>::make(Instant(2'000));
  EXPECT_LT(early, late);
  EXPECT_EQ(Id<Tag>::parse(early.text()), early);
  EXPECT_FALSE(Id<Tag>::parse("01ARZ3NDEKTSV4RRFFQ69G5FAU"));  // U is not in the alphabet
  EXPECT_EQ(id_text(Instant(0), {0, 0, 0, 0, 0, 0, 0, 0, 0, 1}), "00000000000000000000000001");
  EXPECT_EQ(id_text(Instant((std::int64_t{1} << 48) - 1),
                    {255, 255, 255, 255, 255, 255, 255, 255, 255, 255}),
            "7ZZZZZZZZZZZZZZZZZZZZZZZZZ");
}

TEST(Id, keeps_the_order_in_which_one_thread_made_them_in_one_millisecond) {
  struct Tag;
  auto last = Id<Tag>::make(Instant(1'000));
  for (int i = 0; i < 10'000; ++i) {
    auto next = Id<Tag>::make(Instant(1'000));
    ASSERT_LT(last, next);
    last = std::move(next);
  }
  EXPECT_LT(last, Id<Tag>::make(Instant(1'001)));
}

}  // namespace
}  // namespace changwat
