#include "modules/indicators/imports.hpp"

#include <algorithm>
#include <filesystem>
#include <iostream>

#include "platform/documents/sheet.hpp"
#include "platform/documents/workbook.hpp"

#include "modules/indicators/import_headings.hpp"
#include "modules/indicators/testing.hpp"

namespace changwat::indicators {
namespace {

constexpr const char* now = "2021-06-15T03:00:00Z";

class ImportsTest : public IndicatorsOnBothEngines {
 protected:
  Result<Created<ImportAnswer>> preview(Call call, std::string_view sheet, ImportQuery query = {}) {
    return indicators().preview(call, Query<ImportQuery>{query}, Upload{sheet, "text/csv"});
  }
  ImportAnswer previewed(const Call& call, std::string_view sheet, ImportQuery query = {}) {
    auto made = preview(call, sheet, query);
    EXPECT_TRUE(made.ok()) << (made.ok() ? "" : made.problem().en);
    return made.ok() ? made->value : ImportAnswer{};
  }
  Result<ImportOutcome> confirm(Call call, const ImportId& id, bool skip_wrong = false) {
    return indicators().confirm(call, Path<ImportPath>{{id}}, ConfirmImport{skip_wrong});
  }
  std::string held(const KpiId& id) {
    std::string out;
    for (const auto& value : values(id).items)
      out += (out.empty() ? "" : " ") + value.period.text() + "=" + value.value.text();
    return out;
  }
};

TEST(Headings, Are_known_in_Thai_and_English_and_a_month_is_a_column_of_values) {
  struct Case {
    const char* heading;
    Meaning meaning;
    const char* period_or_year;
  };
  const Case cases[] = {
      {"จังหวัด", Meaning::province, ""},
      {" รหัส ตัวชี้วัด ", Meaning::code, ""},
      {"ตัวชี้วัด", Meaning::name_th, ""},
      {"KPI_Code", Meaning::code, ""},
      {"งวด", Meaning::period, ""},
      {"ปีงบประมาณ", Meaning::fiscal_year, ""},
      {"ค่า", Meaning::value, ""},
      {"ผล", Meaning::value, ""},
      {"แหล่งข้อมูล", Meaning::source, ""},
      {"ต.ค. 63", Meaning::value_of_period, "2020-10"},
      {"มกราคม 2564", Meaning::value_of_period, "2021-01"},
      {"2021-03", Meaning::value_of_period, "2021-03"},
      {"ปีงบประมาณ 2564", Meaning::value_of_period, "2021"},
      {"2564", Meaning::value_of_period, "2021"},
      {"ข้อมูลฐาน 2563", Meaning::baseline, "2020"},
      {"เป้าหมาย ปี 2564", Meaning::target, "2021"},
      {"ขั้นสูง (100)", Meaning::p100, ""},
      {"50", Meaning::p50, ""},
      {"1", Meaning::ignored, ""},
      {"ลำดับ", Meaning::ignored, ""},
      {"", Meaning::ignored, ""},
  };
  for (const auto& c : cases) {
    const auto heading = heading_of(c.heading);
    EXPECT_EQ(enum_name(heading.meaning), enum_name(c.meaning)) << c.heading;
    const auto said = heading.period ? heading.period->text()
                      : heading.year ? std::to_string(heading.year->count())
                                     : "";
    EXPECT_EQ(said, c.period_or_year) << c.heading;
  }
}

TEST(Headings, A_period_is_read_as_officers_write_it) {
  for (const auto& [typed, text] :
       std::vector<std::pair<const char*, const char*>>{{"มี.ค. 64", "2021-03"},
                                                        {"2564", "2021"},
                                                        {"ไตรมาส 2/2564", "2021-Q2"},
                                                        {"2566-Q3", "2023-Q3"},
                                                        {"2567-01", "2024-01"},
                                                        {"2021-03-01", "2021-03"},
                                                        {"ปีงบประมาณ 2564", "2021"},
                                                        {"๒๕๖๔", "2021"}}) {
    const auto period = period_of(typed);
    ASSERT_TRUE(period.ok()) << typed;
    EXPECT_EQ(period->text(), text) << typed;
  }
  for (const auto* bad : {"", "เดือนหน้า", "12/03/2564", "2021-03-12", "ไตรมาส 5/2564"})
    EXPECT_FALSE(period_of(bad).ok()) << bad;
}

TEST_P(ImportsTest, Nothing_is_written_before_it_is_confirmed_and_confirming_twice_writes_once) {
  const auto kpi = defined(rising("70", "closed"));
  const auto call = officer(now, {"70"});
  const auto shown = previewed(call,
                               "รายงานผลตัวชี้วัด จังหวัดราชบุรี\n"
                               "จังหวัด,รหัสตัวชี้วัด,งวด,ค่า,แหล่งข้อมูล,หลักฐาน\n"
                               "ราชบุรี,closed,ม.ค. 64,66.5,ทะเบียน,ทะเบียนเดือนมกราคม\n"
                               "จ.ราชบุรี,CLOSED,2021-02,\"1,067.25\",สำนักงานสถิติจังหวัด,\n"
                               "70,closed,มีนาคม 2564,๖๘,,\n"
                               "Ratchaburi,closed,เม.ย. 64,-,,\n");
  EXPECT_EQ(shown.rows, 4);
  EXPECT_EQ(shown.good, 3);
  EXPECT_EQ(shown.blank, 1);
  EXPECT_EQ(shown.wrong, 0) << (shown.wrong_cells.empty()
                                    ? ""
                                    : shown.wrong_cells[0].reference +
                                          shown.wrong_cells[0].problem_en.value_or(""));
  ASSERT_EQ(shown.preview.size(), 4u);
  EXPECT_EQ(shown.preview[1].row, 4);
  EXPECT_EQ(shown.columns[0].meaning, "province");
  EXPECT_EQ(count("kpi_value"), 0);
  const auto entries_before = entries().size();

  const auto first = confirm(call, shown.import_id);
  ASSERT_TRUE(first.ok()) << first.problem().en;
  EXPECT_EQ(first->written, 3);
  EXPECT_EQ(held(kpi.kpi_id), "2021-01=66.5 2021-02=1067.25 2021-03=68");
  const auto rows = values(kpi.kpi_id).items;
  EXPECT_EQ(rows[0].source_class, SourceClass::administrative_record);
  EXPECT_EQ(rows[0].evidence->text(), "ทะเบียนเดือนมกราคม");
  EXPECT_EQ(rows[1].source_class, SourceClass::self_reported);
  EXPECT_EQ(rows[1].evidence->text(), "สำนักงานสถิติจังหวัด");
  EXPECT_EQ(entries().size(), entries_before + 1) << "one act";
  EXPECT_EQ(entries().back().act, "kpi.import");
  EXPECT_EQ(entries().back().office_id, "office_70");

  const auto again = confirm(call, shown.import_id);
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->written, 3) << "the same answer";
  EXPECT_EQ(count("kpi_value"), 3);
  auto asking = call;
  EXPECT_EQ(indicators().get_import(asking, Path<ImportPath>{{shown.import_id}})->state,
            ImportState::confirmed);
}

TEST_P(ImportsTest, Every_kind_of_wrong_cell_is_named_by_reference_and_reason) {
  const auto kpi = defined(rising("70", "closed"));
  ASSERT_TRUE(reported(officer(now, {"70"}), kpi.kpi_id, value_of("2021-01", "61")).ok());
  const auto call = officer(now, {"70"});
  const auto sheet =
      "จังหวัด,ตัวชี้วัด,งวด,ผล,เหตุผลการแก้ไข\n"
      "ราชบุรีย์,closed,ก.พ. 64,66,\n"          // A2
      "ขอนแก่น,closed,ก.พ. 64,66,\n"          // A3
      "7001,closed,ก.พ. 64,66,\n"            // A4
      "ราชบุรี,opened,ก.พ. 64,66,\n"           // B5
      "ราชบุรี,closed,เร็วๆ นี้,66,\n"            // C6
      "ราชบุรี,closed,ธ.ค. 64,66,\n"           // D7: not over
      "ราชบุรี,closed,ก.พ. 64,ประมาณ 66,\n"    // D8
      "ราชบุรี,closed,ก.พ. 64,60-70,\n"        // D9
      "ราชบุรี,closed,ก.พ. 64,\"1:2,500\",\n"  // D10
      "ราชบุรี,closed,ก.พ. 64,99999999999,\n"  // D11
      "ราชบุรี,closed,ม.ค. 64,62,\n"           // D12: reported as 61
      "ราชบุรี,closed,มี.ค. 64,67,\n"
      "ราชบุรี,closed,มี.ค. 64,68,\n"     // D14: twice in the file
      "ราชบุรี,,เม.ย. 64,68,\n"          // B15
      ",closed,,68,\n"                 // C16; the province is the officer's
      "ราชบุรี,closed,ม.ค. 64,61,\n"     // D17: the period of D12 again
      "ราชบุรี,closed,พ.ค. 64,#N/A,\n";  // no value, and says so
  const auto shown = previewed(call, sheet);
  std::string wrong;
  for (const auto& cell : shown.wrong_cells) {
    wrong += cell.reference + " " + cell.problem.value_or("?") + "\n";
    EXPECT_FALSE(cell.problem_th.value_or("").empty()) << cell.reference;
    EXPECT_FALSE(cell.problem_en.value_or("").empty()) << cell.reference;
  }
  EXPECT_EQ(
      wrong,
      "A2 unknown_province\nA3 not_your_province\nA4 below_province\nB5 unknown_kpi\nC6 "
      "not_a_period\n"
      "D7 not_over\nD8 comparison\nD9 range\nD10 ratio\nD11 out_of_range\nD12 reported_already\n"
      "D14 repeated\nB15 required\nC16 required\nD17 repeated\n");
  EXPECT_EQ(shown.good, 1);
  EXPECT_EQ(shown.blank, 1);
  EXPECT_EQ(shown.wrong, 15);
  const auto refused = confirm(call, shown.import_id);
  EXPECT_TRUE(refused.problem().is(errors::wrong_state));
  EXPECT_EQ(held(kpi.kpi_id), "2021-01=61");
  const auto done = confirm(call, shown.import_id, true);
  ASSERT_TRUE(done.ok());
  EXPECT_EQ(done->written, 1);
  EXPECT_EQ(done->skipped, 15);
  EXPECT_EQ(held(kpi.kpi_id), "2021-01=61 2021-03=67");
}

TEST_P(ImportsTest, Months_as_columns_and_indicators_as_columns_are_understood) {
  const auto kpi = defined(rising("70", "closed")), other = defined(rising("70", "opened"));
  const auto call = officer(now, {"70"});
  const auto wide = previewed(
      call, "ลำดับ,ตัวชี้วัด,ต.ค. 63,พ.ย. 63,ธ.ค. 63\n1,closed,61,62,\n2,opened,51,ไม่มีข้อมูล,53\n");
  EXPECT_EQ(wide.wrong, 0);
  EXPECT_EQ(wide.good, 4);
  EXPECT_EQ(wide.blank, 2);
  ASSERT_TRUE(confirm(call, wide.import_id).ok());
  EXPECT_EQ(held(kpi.kpi_id), "2020-10=61 2020-11=62");
  EXPECT_EQ(held(other.kpi_id), "2020-10=51 2020-12=53");
  const auto across = previewed(call,
                                "year,month,province,closed,opened,unknown\n2564,Jan,ราชบุรี,65,3022."
                                "9100000000003,9\n2564,ก.พ.,ราชบุรี,66,,9\n");
  EXPECT_EQ(across.wrong, 0);
  ASSERT_TRUE(confirm(call, across.import_id).ok());
  EXPECT_EQ(held(kpi.kpi_id), "2020-10=61 2020-11=62 2021-01=65 2021-02=66");
  EXPECT_EQ(held(other.kpi_id), "2020-10=51 2020-12=53 2021-01=3022.91");
}

TEST_P(ImportsTest, A_value_with_its_reason_corrects_and_the_same_value_changes_nothing) {
  const auto kpi = defined(rising("70", "closed"));
  const auto call = officer(now, {"70"});
  ASSERT_TRUE(reported(call, kpi.kpi_id, value_of("2021-01", "61")).ok());
  ASSERT_TRUE(reported(call, kpi.kpi_id, value_of("2021-02", "62")).ok());
  const auto shown =
      previewed(call, "ตัวชี้วัด,งวด,ค่า,เหตุผล\nclosed,2021-01,61,\nclosed,2021-02,63,นับซ้ำ\n");
  EXPECT_EQ(shown.unchanged, 1);
  EXPECT_EQ(shown.good, 1);
  ASSERT_TRUE(confirm(call, shown.import_id).ok());
  EXPECT_EQ(held(kpi.kpi_id), "2021-01=61 2021-02=63");
  EXPECT_EQ(values(kpi.kpi_id, {.history = History::all}).items.size(), 3u);
}

TEST_P(ImportsTest, What_somebody_reported_after_the_preview_is_not_overwritten) {
  const auto kpi = defined(rising("70", "closed"));
  const auto call = officer(now, {"70"});
  const auto shown = previewed(call, "ตัวชี้วัด,งวด,ค่า\nclosed,2021-01,61\nclosed,2021-02,62\n");
  ASSERT_TRUE(reported(call, kpi.kpi_id, value_of("2021-01", "70")).ok());
  const auto done = confirm(call, shown.import_id);
  EXPECT_EQ(done->written, 1);
  ASSERT_EQ(done->refused.size(), 1u);
  EXPECT_EQ(done->refused[0].reference, "C2");
  EXPECT_EQ(held(kpi.kpi_id), "2021-01=70 2021-02=62");
}

TEST_P(ImportsTest, A_sheet_belongs_to_its_sender_and_expires_after_a_day) {
  defined(rising("70", "closed"));
  const auto sheet = "ตัวชี้วัด,งวด,ค่า\nclosed,2021-01,61\n";
  const auto shown = previewed(officer(now, {"70"}), sheet);
  auto stranger = officer(now, {"70"});
  stranger.caller->person_id = "somebody else";
  EXPECT_TRUE(confirm(stranger, shown.import_id).problem().is(errors::not_found));
  EXPECT_TRUE(confirm(officer("2021-06-16T03:00:01Z", {"70"}), shown.import_id)
                  .problem()
                  .is(errors::not_found));
  previewed(officer("2021-06-16T03:00:01Z", {"70"}), sheet);
  EXPECT_EQ(count("kpi_import"), 1) << "the expired one is forgotten";
  EXPECT_TRUE(preview(nobody(now), sheet).problem().is(errors::sign_in_required));
  EXPECT_TRUE(preview(officer(now, {"70"}, "citizen"), sheet).problem().is(errors::forbidden));
  EXPECT_TRUE(preview(officer(now, {"70"}), "a,b\n1,2\n").problem().is(errors::invalid_input));
  EXPECT_FALSE(preview(officer(now, {"70"}), "").ok());
}

TEST_P(ImportsTest, Definitions_come_from_a_sheet_with_their_years_and_criteria) {
  const auto call = officer(now, {"70"});
  const ImportQuery query{.kind = ImportKind::kpi_definitions, .fiscal_year = year_of(2021)};
  const std::string heading =
      "ตัวชี้วัด,หน่วยวัด,ทิศทาง,หน่วยงานที่รับผิดชอบ,น้ำหนัก,ข้อมูลฐาน 2562,ข้อมูลฐาน 2563,เป้าหมาย 2564,เป้าหมาย "
      "2565,50,75,100\n";
  const auto shown =
      previewed(call,
                heading +
                    "ร้อยละความพึงพอใจ,ร้อยละ,ยิ่งมากยิ่งดี,สำนักงานจังหวัด,60,70,71.5,80,85,70,77,85\n"
                    "อัตราการตาย,ต่อแสนคน,ลดลง,ปภ.จังหวัด,40,30,29,25,,28,26,24\n",
                query);
  EXPECT_EQ(shown.wrong, 0) << (shown.wrong_cells.empty()
                                    ? ""
                                    : shown.wrong_cells[0].reference +
                                          shown.wrong_cells[0].problem_en.value_or(""));
  EXPECT_EQ(shown.good, 2);
  ASSERT_TRUE(confirm(call, shown.import_id).ok());
  const auto kpis = indicators().of_province(area_code("70"), year_of(2021), call.now);
  ASSERT_EQ(kpis.size(), 2u);
  const auto& deaths = kpis[0].name_th.text() == "อัตราการตาย" ? kpis[0] : kpis[1];
  EXPECT_EQ(deaths.direction, Better::lower);
  EXPECT_EQ(deaths.baseline.value.back().value.text(), "29");
  EXPECT_EQ(deaths.targets.value.size(), 1u);
  EXPECT_EQ(deaths.criteria->value.p100.text(), "24");
  EXPECT_EQ(entries().back().act, "kpi.define");

  const auto again =
      previewed(call, heading + "อัตราการตาย,ต่อแสนคน,ลดลง,ปภ.จังหวัด,35,30,29,25,,28,26,24\n", query);
  ASSERT_TRUE(confirm(call, again.import_id).ok());
  EXPECT_EQ(count("kpi"), 2) << "the same name is the same KPI";
  EXPECT_EQ(got(deaths.kpi_id, now).weight.text(), "35");

  const auto wrong = previewed(call,
                               heading +
                                   ",ร้อยละ,ขึ้น,สำนักงานจังหวัด,60,,,80,85,70,,85\n"
                                   "ก,ร้อยละ,ยิ่งมากยิ่งดี,ข,200,,,80,85,,,\n"
                                   "ค,ร้อยละ,ยิ่งมากยิ่งดี,ข,10,,,80,85,3,2,1\n",
                               query);
  std::string said;
  for (const auto& cell : wrong.wrong_cells) said += cell.reference + " " + *cell.problem + "\n";
  EXPECT_EQ(said, "A2 required\nC2 wrong_value\nJ2 required\nA3 out_of_range\nA4 wrong_order\n");
}

TEST_P(ImportsTest, What_goes_out_is_read_by_our_reader_and_comes_in_again_unchanged) {
  const auto kpi = defined(rising("70", "closed"));
  const auto call = officer(now, {"70"});
  for (const auto& [period, value] : std::vector<std::pair<const char*, const char*>>{
           {"2020-10", "61.25"}, {"2020", "60"}, {"2021-Q1", "62"}, {"2021-03", "-0.000001"}})
    ASSERT_TRUE(reported(call, kpi.kpi_id, value_of(period, value)).ok()) << period;
  for (const auto format : {SheetFormat::xlsx, SheetFormat::csv}) {
    auto asking = call;
    const auto sent = indicators().export_kpis(
        asking, Query<ExportQuery>{{area_code("70"), year_of(2021), format}});
    ASSERT_TRUE(sent.ok());
    std::vector<std::string> heading, first;
    const auto info = documents::read_sheet(sent->body, "kpis", {}, [&](const documents::Row& row) {
      for (const auto& cell : row.cells) (row.number == 1 ? heading : first).push_back(cell.text);
      return row.number == 1 ? documents::Reading::carry_on : documents::Reading::stop;
    });
    ASSERT_TRUE(info.ok());
    EXPECT_EQ(heading[3], "งวด");
    EXPECT_EQ(first[0], "ราชบุรี");
    EXPECT_EQ(first[3], "ปีงบประมาณ 2563") << "Buddhist era";
    const auto shown = previewed(call, sent->body);
    EXPECT_EQ(shown.wrong, 0) << (shown.wrong_cells.empty()
                                      ? ""
                                      : shown.wrong_cells[0].reference +
                                            shown.wrong_cells[0].problem_en.value_or(""));
    EXPECT_EQ(shown.unchanged, 4);
    EXPECT_EQ(shown.good, 0);
    if (format == SheetFormat::xlsx) {
      documents::ReadOptions options;
      options.sheet = "ตัวชี้วัด";
      std::size_t rows = 0;
      EXPECT_TRUE(documents::read_sheet(sent->body, "kpis", options, [&](const documents::Row&) {
                    ++rows;
                    return documents::Reading::carry_on;
                  }).ok());
      EXPECT_EQ(rows, 2u);
    }
  }
}

TEST_P(ImportsTest, A_large_sheet_is_written_in_portions_each_by_one_act) {
  defined(rising("70", "closed"));
  defined(rising("70", "opened"));
  const auto call = officer("2199-01-01T00:00:00Z", {"70"});
  std::string sheet = "ตัวชี้วัด,งวด,ค่า\n";
  std::int64_t rows = 0;
  for (const std::string code : {"closed", "opened"})
    for (int year = 1951; year < 2198; ++year)
      for (int month = 1; month <= 12; ++month, ++rows)
        sheet += code + "," + Month::of_index(month_index(year, month)).text() + ",1\n";
  const auto shown = previewed(call, sheet);
  EXPECT_EQ(shown.wrong, 0);
  EXPECT_EQ(shown.good, rows);
  EXPECT_EQ(shown.preview.size(), preview_rows_max);
  const auto entries_before = entries().size();
  const auto done = confirm(call, shown.import_id);
  ASSERT_TRUE(done.ok());
  EXPECT_EQ(done->written, rows);
  EXPECT_EQ(count("kpi_value"), rows);
  EXPECT_EQ(entries().size() - entries_before, 2u) << "5,000 rows and the rest";
}

CHANGWAT_ON_BOTH_ENGINES(ImportsTest);

}  // namespace
}  // namespace changwat::indicators
