#include "platform/documents/workbook.hpp"

#include <gtest/gtest.h>

#include "platform/documents/numbers.hpp"
#include "platform/documents/package.hpp"
#include "platform/documents/sheet.hpp"

namespace changwat::documents {
namespace {

std::vector<std::vector<Cell>> cells_of(const std::string& bytes, const std::string& sheet = "") {
  std::vector<std::vector<Cell>> rows;
  ReadOptions options;
  options.sheet = sheet;
  const auto info = read_sheet(bytes, "out.csv", options, [&](const Row& row) {
    rows.push_back(row.cells);
    return Reading::carry_on;
  });
  EXPECT_TRUE(info.ok()) << (info.ok() ? "" : info.problem().en);
  return rows;
}

const std::vector<Column> columns{{"ชื่อตัวชี้วัด", ColumnKind::text},  {"จำนวน", ColumnKind::integer},
                                  {"ค่า", ColumnKind::decimal, 2}, {"ร้อยละ", ColumnKind::percent, 1},
                                  {"วันที่", ColumnKind::date},      {"ปี", ColumnKind::year}};

std::string written(std::span<const Value> row) {
  Workbook book({"รายงาน", "สำนักงานจังหวัด"});
  EXPECT_TRUE(book.add_sheet("ข้อมูล", columns).ok());
  EXPECT_TRUE(book.add_row(row).ok());
  return book.finish();
}

TEST(WorkbookWriting, ComesBackAsItWas) {
  const Date day = *Date::of(2021, 3, 12);
  const Value row[] = {std::string_view("ผู้ป่วย \"ใหม่\"\nบรรทัดสอง"),
                       std::int64_t{1'234'567},
                       Millionths{-3'022'910'000},
                       Millionths{85'500'000},
                       day,
                       std::int64_t{2564}};
  const auto rows = cells_of(written(row));
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0][0].text, "ชื่อตัวชี้วัด");
  EXPECT_EQ(rows[1][0].text, "ผู้ป่วย \"ใหม่\"\nบรรทัดสอง");
  EXPECT_EQ(rows[1][1].number, "1234567");
  EXPECT_EQ(rows[1][2].number, "-3022.91");
  EXPECT_EQ(std::get<Number>(*parse_quantity(rows[1][2])).millionths, -3'022'910'000);
  EXPECT_EQ(rows[1][3].number, "85.5");
  EXPECT_FALSE(rows[1][3].percent);
  EXPECT_EQ(rows[1][4].kind, CellKind::date);
  EXPECT_EQ(rows[1][4].text, "2021-03-12");
  EXPECT_EQ(rows[1][5].number, "2564");
}

TEST(WorkbookWriting, KeepsTextAsText) {
  for (const char* text : {"=1+1", "+66 2", "-5", "@x", "007", "1:2,500", "<b>&amp;</b>", "_x0041_",
                           "a_x000D_", "  x ", "'"}) {
    const Value row[] = {std::string_view(text), {}, {}, {}, {}, {}};
    const auto rows = cells_of(written(row));
    EXPECT_EQ(rows.at(1).at(0).kind, CellKind::text) << text;
    EXPECT_EQ(rows.at(1).at(0).text, text);
  }
}

TEST(WorkbookWriting, KeepsControlCharactersFromBreakingTheFile) {
  const Value row[] = {std::string_view("a\x01\x1F b"), {}, {}, {}, {}, {}};
  EXPECT_EQ(cells_of(written(row)).at(1).at(0).text, "a\x01\x1F b");
}

TEST(WorkbookWriting, PrefersExactToCountable) {
  const Value row[] = {{},
                       std::int64_t{9'007'199'254'740'993},
                       Millionths{1'234'567'890'123'456'789},
                       {},
                       *Date::of(1897, 8, 1),
                       true};
  const auto rows = cells_of(written(row));
  EXPECT_EQ(rows[1][1].text, "9007199254740993");
  EXPECT_EQ(rows[1][1].kind, CellKind::text);
  EXPECT_EQ(rows[1][2].text, "1234567890123.456789");
  EXPECT_EQ(rows[1][4].text, "1897-08-01") << "the calendar of spreadsheets begins in 1900";
  EXPECT_EQ(rows[1][5].text, "true");
}

TEST(WorkbookWriting, HasSeveralSheetsEachWithItsHeading) {
  Workbook book;
  ASSERT_TRUE(book.add_sheet("หนึ่ง", {{"ก"}}).ok());
  const Value one[] = {std::string_view("1")};
  ASSERT_TRUE(book.add_row(one).ok());
  ASSERT_TRUE(book.add_sheet("สอง", {{"ข"}}).ok());
  for (const char* name : {"", "สอง", "a/b", "'x", "0123456789012345678901234567890123"}) {
    EXPECT_FALSE(book.add_sheet(name, {{"ค"}}).ok()) << name;
  }
  ASSERT_TRUE(book.add_row(one).ok()) << "a refused sheet changes nothing";
  const std::string bytes = book.finish();
  EXPECT_EQ(cells_of(bytes).at(0).at(0).text, "ก");
  EXPECT_EQ(cells_of(bytes, "สอง").at(0).at(0).text, "ข");
  EXPECT_EQ(cells_of(bytes, "สอง").size(), 2u);
}

TEST(WorkbookWriting, RefusesWhatACellCannotHold) {
  Workbook book;
  ASSERT_TRUE(book.add_sheet("S", {{"ก"}}).ok());
  const std::string longest(32'767, 'x');
  const std::string longer(32'768, 'x');
  const Value fits[] = {std::string_view(longest)};
  const Value too_long[] = {std::string_view(longer)};
  const Value not_text[] = {std::string_view("\xE0\xB8")};
  EXPECT_TRUE(book.add_row(fits).ok());
  EXPECT_FALSE(book.add_row(too_long).ok());
  EXPECT_FALSE(book.add_row(not_text).ok());
}

// What a part of the file says, as one string of elements: "pane ySplit=1; col width=…".
class Elements : public PartHandler {
 public:
  bool open(std::string_view name, const Attributes& attributes) override {
    if (name == "pane")
      frozen = attributes.get("state") == "frozen" && attributes.get("ySplit") == "1";
    if (name == "col") widths.push_back(std::stod(std::string(attributes.get("width"))));
    if (name == "numFmt") codes.emplace_back(attributes.get("formatCode"));
    return true;
  }
  bool close(std::string_view) override { return true; }
  void text(std::string_view) override {}
  bool frozen = false;
  std::vector<double> widths;
  std::vector<std::string> codes;
};

TEST(WorkbookWriting, LooksAsOfficersExpect) {
  const Value row[] = {
      std::string_view("กกกกกกกกกกกกกกกกกกกก"), {}, {}, {}, *Date::of(2021, 3, 12), {}};
  const std::string bytes = written(row);
  const auto package = Package::open(bytes, Limits{});
  ASSERT_TRUE(package.ok());
  Elements sheet;
  Elements styles;
  ASSERT_TRUE((*package)->read("xl/worksheets/sheet1.xml", sheet).ok());
  ASSERT_TRUE((*package)->read("xl/styles.xml", styles).ok());
  EXPECT_TRUE(sheet.frozen);
  ASSERT_EQ(sheet.widths.size(), columns.size());
  EXPECT_NEAR(sheet.widths[0], 22.7, 0.3)
      << "twenty letters and a margin, measured after the heading was written";
  EXPECT_LT(sheet.widths[1], 10);
  EXPECT_NE(std::find(styles.codes.begin(), styles.codes.end(), "[$-th-TH,D00]d mmm bbbb"),
            styles.codes.end());
}

TEST(DisplayWidth, CountsWhatTakesRoom) {
  EXPECT_EQ(display_width("abc"), 3u);
  EXPECT_EQ(display_width("ที่นี่"), 2u);
  EXPECT_EQ(display_width("กำ้"), 2u) << "sara am takes a cell of its own";
  EXPECT_EQ(display_width("漢字"), 4u);
  EXPECT_EQ(display_width("ab\nabcd\na"), 4u);
  EXPECT_EQ(display_width(""), 0u);
}

TEST(MillionthsText, IsExactAndShort) {
  EXPECT_EQ(millionths_text(0), "0");
  EXPECT_EQ(millionths_text(1), "0.000001");
  EXPECT_EQ(millionths_text(-12'500'000), "-12.5");
  EXPECT_EQ(millionths_text(INT64_MIN), "-9223372036854.775808");
}

TEST(CsvWriting, IsReadBackByOurselves) {
  CsvTable table(columns);
  const Value row[] = {std::string_view("ก,\"ข\"\nค"), std::int64_t{-5},
                       Millionths{1'500'000},          {},
                       *Date::of(2021, 3, 12),         false};
  table.add_row(row);
  const std::string bytes = table.finish();
  EXPECT_TRUE(bytes.starts_with("\xEF\xBB\xBF"));
  const auto rows = cells_of(bytes);
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[1][0].text, "ก,\"ข\"\nค");
  EXPECT_EQ(rows[1][1].text, "-5");
  EXPECT_EQ(rows[1][2].text, "1.5");
  EXPECT_TRUE(rows[1][3].empty());
  EXPECT_EQ(rows[1][4].text, "2021-03-12");
  EXPECT_EQ(rows[1][5].text, "false");
}

TEST(CsvWriting, LetsNoTextRunAsAFormula) {
  const std::pair<const char*, const char*> cases[] = {{"=1+1", "'=1+1"},
                                                       {"@SUM(A1)", "'@SUM(A1)"},
                                                       {"+cmd|x", "'+cmd|x"},
                                                       {"-2+3", "'-2+3"},
                                                       {"\tx", "'\tx"},
                                                       {"\rx", "\"'\rx\""},
                                                       {"=A1,B1", "\"'=A1,B1\""},
                                                       {"-5", "-5"},
                                                       {"-", "-"},
                                                       {"+66", "+66"},
                                                       {"a=b", "a=b"},
                                                       {"ก", "ก"},
                                                       {"sep=;", "\"sep=;\""},
                                                       {"", "\"\""}};
  for (const auto& [text, expected] : cases) {
    CsvTable table({{"h"}}, {.byte_order_mark = false});
    const Value row[] = {std::string_view(text)};
    table.add_row(row);
    EXPECT_EQ(table.finish(), std::string("h\r\n") + expected + "\r\n");
  }
  CsvTable trusting({{"h"}}, {.byte_order_mark = false, .delimiter = ';', .guard_formulas = false});
  const Value row[] = {std::string_view("=1;2")};
  trusting.add_row(row);
  EXPECT_EQ(trusting.finish(), "h\r\n\"=1;2\"\r\n");
}

}  // namespace
}  // namespace changwat::documents
