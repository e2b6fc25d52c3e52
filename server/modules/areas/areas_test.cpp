#include "modules/areas/areas.hpp"

#include "platform/db/testing.hpp"

#include "modules/areas/register.hpp"
#include "modules/areas/rules.hpp"

namespace changwat::areas {
namespace {

Area area(const char* code, const char* th, const char* en) {
  Area a;
  a.code = *AreaCode::parse(code);
  a.level = a.code.level();
  a.name_th = *AreaName::parse(th);
  a.name_en = *AreaName::parse(en);
  a.parent = a.code.parent();
  return a;
}

std::vector<Area> few() {
  return {area("70", "ราชบุรี", "Ratchaburi"), area("7001", "เมืองราชบุรี", "Mueang Ratchaburi"),
          area("7002", "จอมบึง", "Chom Bueng"), area("40", "ขอนแก่น", "Khon Kaen")};
}

Call at(const char* moment) {
  Call call;
  call.now = *Instant::parse(moment);
  return call;
}

class AreasTest : public db::OnBothEngines {
 protected:
  void put(Areas& areas, const std::vector<Area>& incoming,
           const char* when = "2021-01-15T03:00:00Z") {
    const auto call = at(when);
    const auto changes = areas.preview(incoming, call.now.bangkok_date());
    ASSERT_TRUE(changes.ok());
    ASSERT_TRUE(areas.import(call, *changes, "test register").ok());
  }
  static std::vector<std::string> codes(const Page<Area>& page) {
    std::vector<std::string> out;
    for (const auto& a : page.items) out.push_back(a.code.text());
    return out;
  }
};

TEST_P(AreasTest, an_imported_register_is_found_by_code_after_a_restart_too) {
  {
    Areas areas(database(), acts());
    put(areas, few());
    EXPECT_EQ(areas.now()->find(*AreaCode::parse("7001"))->name_th.text(), "เมืองราชบุรี");
  }
  Areas again(database(), acts());
  EXPECT_TRUE(again.exists(*AreaCode::parse("40")));
  EXPECT_FALSE(again.exists(*AreaCode::parse("41")));
}

TEST_P(AreasTest, names_are_found_in_both_scripts_with_and_without_prefix) {
  Areas areas(database(), acts());
  put(areas, few());
  Call call = at("2021-01-15T03:00:00Z");
  const auto search = [&](const char* words) {
    Query<AreaQuery> query;
    query.value.q = Text<0, 60>::parse(words);
    return codes(*areas.list(call, query));
  };
  EXPECT_EQ(search("จ.ราชบุรี"), (std::vector<std::string>{"70", "7001"})) << "the exact name first";
  EXPECT_EQ(search("ratchaburi"), (std::vector<std::string>{"70", "7001"}));
  EXPECT_EQ(search("chombueng"), std::vector<std::string>{"7002"});
  EXPECT_EQ(search("จังหวัดขอนแก่น"), std::vector<std::string>{"40"});
  EXPECT_EQ(search("70"), (std::vector<std::string>{"70", "7001", "7002"}));
  EXPECT_TRUE(search("เชียงใหม่").empty());
}

TEST_P(AreasTest, pages_follow_each_other_without_gap_or_overlap) {
  Areas areas(database(), acts());
  put(areas, few());
  Call call = at("2021-01-15T03:00:00Z");
  Query<AreaQuery> query;
  query.value.limit = *PageLimit::of_count(3);
  const auto first = areas.list(call, query);
  ASSERT_TRUE(first->next.has_value());
  query.value.cursor = AreaCode::parse(*first->next);
  const auto second = areas.list(call, query);
  EXPECT_EQ(codes(*first), (std::vector<std::string>{"40", "70", "7001"}));
  EXPECT_EQ(codes(*second), std::vector<std::string>{"7002"});
  EXPECT_FALSE(second->next.has_value());
}

TEST_P(AreasTest, a_renamed_area_keeps_its_former_name_and_an_ended_one_its_last_day) {
  Areas areas(database(), acts());
  put(areas, few());
  auto incoming = few();
  incoming[1].name_en = *AreaName::parse("Muang Ratchaburi");
  incoming.erase(incoming.begin() + 2);
  put(areas, incoming, "2022-06-01T03:00:00Z");
  EXPECT_EQ(areas.now()->find(*AreaCode::parse("7002"))->valid_to->text(), "2022-05-31");
  EXPECT_EQ(areas.now()->find(*AreaCode::parse("7001"))->name_en.text(), "Muang Ratchaburi");
  const auto former = database().read([](db::Connection& db) {
    return db.query<std::string>("SELECT name_en FROM area_history ORDER BY code");
  });
  EXPECT_EQ(former, (std::vector<std::string>{"Mueang Ratchaburi", "Chom Bueng"}));
}

TEST_P(AreasTest, importing_the_same_register_again_changes_nothing) {
  Areas areas(database(), acts());
  put(areas, few());
  EXPECT_TRUE(areas.preview(few(), *Date::parse("2022-01-01"))->empty());
}

TEST_P(AreasTest, a_register_that_contradicts_itself_is_refused_by_line) {
  Areas areas(database(), acts());
  auto incoming = few();
  incoming.push_back(area("9901", "ไม่มีจังหวัด", "Nowhere"));
  incoming.push_back(area("40", "ขอนแก่น", "Khon Kaen"));
  const auto refused = areas.preview(incoming, *Date::parse("2022-01-01"));
  ASSERT_FALSE(refused.ok());
  ASSERT_EQ(refused.problem().fields.size(), 2u);
  EXPECT_EQ(refused.problem().fields[0].pointer, "line 6");
  EXPECT_EQ(refused.problem().fields[0].code, "unknown_parent");
  EXPECT_EQ(refused.problem().fields[1].code, "repeated");
}

TEST_P(AreasTest, a_list_of_one_level_ends_no_area_of_another) {
  Areas areas(database(), acts());
  put(areas, few());
  const auto changes =
      areas.preview({area("40", "ขอนแก่น", "Khon Kaen"), area("70", "ราชบุรี", "Ratchaburi")},
                    *Date::parse("2022-01-01"));
  EXPECT_TRUE(changes->empty());
}

CHANGWAT_ON_BOTH_ENGINES(AreasTest);

TEST(AreaNames, are_titled_by_what_the_area_is_and_bangkok_is_no_province) {
  const auto area = [](const char* code, const char* th, const char* en) {
    Area out;
    out.code = *AreaCode::parse(code);
    out.level = out.code.level();
    out.name_th = *AreaName::parse(th);
    out.name_en = *AreaName::parse(en);
    return out;
  };
  EXPECT_EQ(titled_th(area("70", "ราชบุรี", "Ratchaburi")), "จังหวัดราชบุรี");
  EXPECT_EQ(titled_en(area("7001", "เมืองราชบุรี", "Mueang Ratchaburi")),
            "Mueang Ratchaburi District");
  EXPECT_EQ(titled_th(area("700101", "หน้าเมือง", "Na Mueang")), "ตำบลหน้าเมือง");
  EXPECT_EQ(titled_th(area("10", "กรุงเทพมหานคร", "Bangkok")), "กรุงเทพมหานคร");
  EXPECT_EQ(titled_th(area("1001", "พระนคร", "Phra Nakhon")), "เขตพระนคร");
}

TEST(AreaRegister, csv_and_open_json_are_read_alike) {
  const auto csv = read_areas(
      "code,level,name_th,name_en,postcode,parent\n7001,district,เมืองราชบุรี,Mueang "
      "Ratchaburi,70000,70\n",
      "areas.csv");
  const auto json = read_areas(
      R"([{"id":1,"provinceCode":70,"districtCode":7001,"districtNameEn":"Mueang Ratchaburi",)"
      R"("districtNameTh":"เมืองราชบุรี","postalCode":70000}])",
      "districts.json");
  ASSERT_TRUE(csv.ok());
  ASSERT_TRUE(json.ok());
  EXPECT_EQ(*csv, *json);
}

TEST(AreaRegister, a_village_without_a_name_is_called_by_its_number) {
  const auto read = read_areas("code,name_th,name_en\n70010205,,\n", "villages.csv");
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->at(0).name_th.text(), "หมู่ที่ 5");
  EXPECT_EQ(read->at(0).parent->text(), "700102");
}

TEST(AreaRegister, a_file_without_areas_is_refused) {
  for (const auto* text : {"", "code,name_th,name_en\n", "[]"})
    EXPECT_TRUE(read_areas(text, "areas.csv").problem().is(errors::malformed_request)) << text;
}

TEST(AreaRegister, wrong_rows_are_named) {
  const auto read = read_areas("code,name_th,name_en\n701,ก,a\n70,,\n", "x.csv");
  ASSERT_FALSE(read.ok());
  ASSERT_EQ(read.problem().fields.size(), 2u);
  EXPECT_EQ(read.problem().fields[0].pointer, "line 2");
  EXPECT_EQ(read.problem().fields[1].pointer, "line 3");
}

}  // namespace
}  // namespace changwat::areas
