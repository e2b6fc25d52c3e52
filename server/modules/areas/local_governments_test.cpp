#include "platform/db/testing.hpp"

#include "modules/areas/areas.hpp"
#include "modules/areas/local_register.hpp"
#include "modules/areas/register.hpp"

namespace changwat::areas {
namespace {

constexpr const char* area_register =
    "code,name_th,name_en\n"
    "70,ราชบุรี,Ratchaburi\n7001,เมืองราชบุรี,Mueang Ratchaburi\n700101,หน้าเมือง,Na Mueang\n"
    "700102,เจดีย์หัก,Chedi Hak\n700103,ดอนตะโก,Don Tako\n"
    "40,ขอนแก่น,Khon Kaen\n4001,เมืองขอนแก่น,Mueang Khon Kaen\n400101,ในเมือง,Nai Mueang\n";

constexpr const char* heading = "kind,name_th,name_en,area_code,province_code,dla_code,covers\n";
constexpr const char* pao = "อบจ.,ราชบุรี,Ratchaburi,70,70,2700101,\n";
constexpr const char* town = "เทศบาลเมือง,ราชบุรี,Ratchaburi,7099,70,4700101,700101 700102\n";
constexpr const char* don_tako = "อบต.,ดอนตะโก,Don Tako,700103,70,6700103,700103\n";
constexpr const char* khon_kaen = "เทศบาลนคร,ขอนแก่น,Khon Kaen,4099,40,3400101,400101\n";

std::vector<LocalRow> rows_of(const std::string& text) {
  auto rows = read_local_governments(text, "register.csv");
  EXPECT_TRUE(rows.ok()) << (rows.ok() ? "" : rows.problem().fields.front().en);
  return rows.ok() ? std::move(rows).value() : std::vector<LocalRow>();
}

Call at(const char* moment) {
  Call call;
  call.now = *Instant::parse(moment);
  return call;
}

class LocalGovernmentsTest : public db::OnBothEngines {
 protected:
  void SetUp() override {
    db::OnBothEngines::SetUp();
    if (IsSkipped()) return;
    areas_ = std::make_unique<Areas>(database(), acts());
    const auto call = at("2020-01-01T03:00:00Z");
    const auto places = read_areas(area_register, "areas.csv");
    const auto changes = areas_->preview(*places, call.now.bangkok_date());
    ASSERT_TRUE(areas_->import(call, *changes, "areas.csv").ok());
  }

  void put(const std::string& text, const char* when = "2021-01-15T03:00:00Z") {
    const auto call = at(when);
    const auto changes = areas_->preview(rows_of(text), call.now.bangkok_date());
    ASSERT_TRUE(changes.ok()) << changes.problem().fields.front().en;
    ASSERT_TRUE(areas_->import(call, *changes, "register.csv").ok());
  }

  const LocalGovernment* named(const char* name, LocalKind kind) {
    kept_ = areas_->local_governments();
    for (const auto& body : kept_->all())
      if (body.name_th.text() == name && body.kind == kind) return &body;
    return nullptr;
  }

  LocalGovernmentWithHistory told(const LocalGovernmentId& id) {
    Call call;
    return *areas_->get_local(call, {{id}});
  }

  std::vector<std::string> found(LocalGovernmentQuery query) {
    Call call;
    std::vector<std::string> out;
    const auto page = areas_->list_local(call, {std::move(query)});
    for (const auto& body : page.value().items)
      out.push_back(std::string(enum_name(body.kind)) + " " + body.name_en->text());
    return out;
  }
  std::vector<std::string> search(const char* words) {
    LocalGovernmentQuery query;
    query.q = Text<0, 60>::parse(words);
    return found(query);
  }

  std::unique_ptr<Areas> areas_;
  std::shared_ptr<const LocalGovernments> kept_;
};

TEST_P(LocalGovernmentsTest, an_imported_register_is_kept_with_the_subdistricts_that_each_covers) {
  put(std::string(heading) + pao + town + don_tako);
  Areas again(database(), acts());
  ASSERT_EQ(again.local_governments()->all().size(), 3u);
  const auto* body = named("ราชบุรี", LocalKind::town_municipality);
  ASSERT_TRUE(body);
  EXPECT_EQ(body->subdistricts,
            (std::vector{*AreaCode::parse("700101"), *AreaCode::parse("700102")}));
  EXPECT_EQ(body->district->text(), "7001") << "told by the sub-districts";
  EXPECT_EQ(body->dla_code->text(), "4700101");
}

TEST_P(LocalGovernmentsTest, importing_the_same_register_again_changes_nothing) {
  const auto text = std::string(heading) + pao + town + don_tako + khon_kaen;
  put(text);
  EXPECT_TRUE(areas_->preview(rows_of(text), *Date::parse("2022-01-01"))->empty());
}

TEST_P(LocalGovernmentsTest, an_upgrade_with_a_new_code_keeps_what_the_body_was_and_until_when) {
  put(std::string(heading) + pao + don_tako);
  const auto id =
      named("ดอนตะโก", LocalKind::subdistrict_administrative_organization)->local_government_id;
  put("kind,name_th,name_en,area_code,dla_code,covers,valid_from\n"
      "อบจ.,ราชบุรี,Ratchaburi,70,2700101,,\n"
      "เทศบาลตำบล,ดอนตะโก,Don Tako,700103,5700109,700102 700103,2021-05-01\n",
      "2021-06-01T03:00:00Z");
  const auto* now = named("ดอนตะโก", LocalKind::subdistrict_municipality);
  ASSERT_TRUE(now);
  EXPECT_EQ(now->local_government_id, id) << "the same body, whose record goes on";
  EXPECT_EQ(now->valid_from->text(), "2021-05-01");
  const auto body = told(id);
  ASSERT_EQ(body.history.size(), 1u);
  const auto& past = body.history.front();
  EXPECT_EQ(past.kind, LocalKind::subdistrict_administrative_organization);
  EXPECT_EQ(past.dla_code->text(), "6700103");
  EXPECT_EQ(past.subdistricts.value, std::vector{*AreaCode::parse("700103")});
  EXPECT_EQ(past.valid_to.text(), "2021-04-30");
  EXPECT_EQ(past.source, "register.csv");
}

TEST_P(LocalGovernmentsTest, a_renamed_body_is_known_by_its_dla_code) {
  put(std::string(heading) + don_tako);
  put(std::string(heading) + "อบต.,ดอนตะโกใหม่,New Don Tako,700103,70,6700103,700103\n",
      "2021-06-01T03:00:00Z");
  const auto* body = named("ดอนตะโกใหม่", LocalKind::subdistrict_administrative_organization);
  ASSERT_TRUE(body);
  EXPECT_EQ(areas_->local_governments()->all().size(), 1u);
  EXPECT_EQ(told(body->local_government_id).history.at(0).name_th.text(), "ดอนตะโก");
  EXPECT_EQ(told(body->local_government_id).history.at(0).valid_to.text(), "2021-05-31");
}

TEST_P(LocalGovernmentsTest, what_is_missing_ends_but_only_of_the_provinces_and_kinds_in_the_file) {
  put(std::string(heading) + pao + town + don_tako + khon_kaen);
  put(std::string(heading) + "อบต.,เจดีย์หัก,Chedi Hak,700102,70,6700102,700102\n",
      "2022-03-01T03:00:00Z");
  const auto* ended = named("ดอนตะโก", LocalKind::subdistrict_administrative_organization);
  EXPECT_EQ(ended->valid_to->text(), "2022-02-28");
  EXPECT_FALSE(named("ราชบุรี", LocalKind::town_municipality)->valid_to);
  EXPECT_FALSE(named("ขอนแก่น", LocalKind::city_municipality)->valid_to);
  EXPECT_TRUE(search("ดอนตะโก").empty()) << "lists tell what stands";
}

TEST_P(LocalGovernmentsTest, days_that_a_later_file_knows_are_filled_in_without_a_history) {
  put(std::string(heading) + don_tako);
  put("kind,name_th,name_en,area_code,dla_code,covers,valid_from\n"
      "อบต.,ดอนตะโก,Don Tako,700103,6700103,700103,1996-12-25\n");
  const auto* body = named("ดอนตะโก", LocalKind::subdistrict_administrative_organization);
  EXPECT_EQ(body->valid_from->text(), "1996-12-25");
  EXPECT_TRUE(told(body->local_government_id).history.empty());
}

TEST_P(LocalGovernmentsTest, they_are_found_by_name_in_both_scripts_with_and_without_their_kind) {
  put(std::string(heading) + pao + town + don_tako + khon_kaen);
  const std::vector<std::string> don{"subdistrict_administrative_organization Don Tako"};
  for (const auto* words :
       {"ดอนตะโก", "อบต.ดอนตะโก", "อบต. ดอนตะโก", "don tako", "DonT", "6700103"})
    EXPECT_EQ(search(words), don) << words;
  EXPECT_EQ(search("เทศบาลเมืองราชบุรี").size(), 2u) << "the kind is no part of the name";
  EXPECT_TRUE(search("เชียงใหม่").empty());
}

TEST_P(LocalGovernmentsTest, they_are_listed_by_province_kind_and_subdistrict) {
  put(std::string(heading) + pao + town + don_tako + khon_kaen);
  LocalGovernmentQuery of_province;
  of_province.province = AreaCode::parse("70");
  EXPECT_EQ(found(of_province).size(), 3u);
  LocalGovernmentQuery of_kind;
  of_kind.kind = LocalKind::city_municipality;
  EXPECT_EQ(found(of_kind), std::vector<std::string>{"city_municipality Khon Kaen"});
  LocalGovernmentQuery of_subdistrict;
  of_subdistrict.subdistrict = AreaCode::parse("700102");
  EXPECT_EQ(found(of_subdistrict), std::vector<std::string>{"town_municipality Ratchaburi"});
}

TEST_P(LocalGovernmentsTest, kinds_are_counted_for_a_province_and_for_the_country) {
  put(std::string(heading) + pao + town + don_tako + khon_kaen);
  Call call;
  EXPECT_EQ(areas_->count_local(call, {{AreaCode::parse("70")}})->items.size(), 3u);
  EXPECT_EQ(areas_->count_local(call, {{}})->items.size(), 4u);
  EXPECT_TRUE(areas_->count_local(call, {{AreaCode::parse("96")}})->items.empty());
}

TEST_P(LocalGovernmentsTest, what_cannot_be_is_refused_by_row_and_column) {
  const struct {
    const char* row;
    const char* pointer;
    const char* code;
  } cases[] = {
      {"อบต.,ก,,,99,,\n", "line 2, province", "unknown_area"},
      {"อบต.,ก,,700199,70,,\n", "line 2, place", "unknown_area"},
      {"อบต.,ก,,700101,70,,700101 400101\n", "line 2, subdistricts", "other_province"},
      {"อบต.,ก,,700101,70,,700188\n", "line 2, subdistricts", "unknown_area"},
      {"อบต.,ก,,700101,70,1,\nอบต.,ก,,700101,70,2,\n", "line 3, name_th", "repeated"},
  };
  for (const auto& one : cases) {
    const auto refused =
        areas_->preview(rows_of(std::string(heading) + one.row), *Date::parse("2022-01-01"));
    ASSERT_FALSE(refused.ok()) << one.row;
    EXPECT_EQ(refused.problem().fields.at(0).pointer, one.pointer) << one.row;
    EXPECT_EQ(refused.problem().fields.at(0).code, one.code) << one.row;
  }
}

CHANGWAT_ON_BOTH_ENGINES(LocalGovernmentsTest);

TEST(LocalRegister, csv_and_json_are_read_alike) {
  const auto csv = rows_of(std::string(heading) + town);
  const auto json = rows_of(
      R"([{"kind":"town_municipality","name_th":"ราชบุรี","name_en":"Ratchaburi","place":"7099",)"
      R"("province":"70","dla_code":"4700101","subdistricts":["700102","700101"]}])");
  ASSERT_EQ(csv.size(), 1u);
  ASSERT_EQ(json.size(), 1u);
  EXPECT_EQ(csv[0].body, json[0].body);
}

TEST(LocalRegister, what_is_written_out_is_read_back_the_same) {
  const auto rows = rows_of(std::string(heading) + pao + town + don_tako);
  std::string text;
  const auto line = [&](const std::vector<std::string>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) text += (i ? "," : "") + cells[i];
    text += "\n";
  };
  line(local_heading());
  for (const auto& row : rows) line(local_cells(row.body));
  const auto again = rows_of(text);
  ASSERT_EQ(again.size(), rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) EXPECT_EQ(again[i].body, rows[i].body);
}

TEST(LocalRegister, every_wrong_cell_is_named_by_row_and_column) {
  const struct {
    const char* row;
    const char* pointer;
  } cases[] = {
      {"สภาตำบล,ก,,700101,70,,\n", "line 2, kind"},
      {"อบต.,,,700101,70,,\n", "line 2, name_th"},
      {"อบต.,ก,,70x,70,,\n", "line 2, place"},
      {"อบต.,ก,,,,,\n", "line 2, province"},
      {"อบต.,ก,,,7001,,\n", "line 2, province"},
      {"อบต.,ก,,400101,70,,\n", "line 2, place"},
      {"อบต.,ก,,700101,70,,7001\n", "line 2, subdistricts"},
      {"อบต.,ก,,700101,70,123456789012345678901,\n", "line 2, dla_code"},
  };
  for (const auto& one : cases) {
    const auto read = read_local_governments(std::string(heading) + one.row, "x.csv");
    ASSERT_FALSE(read.ok()) << one.row;
    ASSERT_EQ(read.problem().fields.size(), 1u) << one.row;
    EXPECT_EQ(read.problem().fields[0].pointer, one.pointer) << one.row;
  }
  const auto in_json =
      read_local_governments(R"([{"kind":"อบต.","name_th":"ก","place":"7"}])", "x");
  EXPECT_EQ(in_json.problem().fields.at(0).pointer, "/0/place");
}

TEST(LocalRegister, a_file_without_the_needed_columns_or_rows_is_refused) {
  for (const auto* text :
       {"", "[]", "kind,name_th\n", "name_th\nก\n", "kind,code\nอบต.,70\n", "[1"})
    EXPECT_FALSE(read_local_governments(text, "x.csv").ok()) << text;
}

TEST(LocalRegister, a_dla_code_that_two_rows_claim_is_taken_for_neither) {
  auto rows =
      rows_of(std::string(heading) + town + "เทศบาลตำบล,ราชบุรี,,700101,70,4700101,\n" + don_tako);
  const auto warnings = drop_repeated_codes(rows);
  ASSERT_EQ(warnings.size(), 2u);
  EXPECT_EQ(warnings[0].pointer, "line 2, dla_code");
  EXPECT_EQ(warnings[1].pointer, "line 3, dla_code");
  EXPECT_FALSE(rows[0].body.dla_code);
  EXPECT_FALSE(rows[1].body.dla_code);
  EXPECT_TRUE(rows[2].body.dla_code);
}

}  // namespace
}  // namespace changwat::areas
