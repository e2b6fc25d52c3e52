#include "platform/documents/sheet.hpp"

#include <cstdlib>
#include <fstream>

#include <gtest/gtest.h>

#include "platform/documents/number_format.hpp"
#include "platform/documents/numbers.hpp"
#include "platform/documents/package_for_tests.hpp"

namespace changwat::documents {
namespace {

using for_tests::workbook_parts;
using for_tests::worksheet;
using for_tests::zip_of;

const char* letter(CellKind kind) {
  switch (kind) {
    case CellKind::empty:
      return "";
    case CellKind::text:
      return "t:";
    case CellKind::number:
      return "n:";
    case CellKind::date:
      return "d:";
    case CellKind::boolean:
      return "b:";
    case CellKind::error:
      return "e:";
  }
  return "?";
}

struct Read {
  std::vector<std::string> rows;  // "3|t:a|n:1"
  Result<SheetInfo> info;
  std::string code() const { return info.ok() ? "ok" : std::string(info.problem().kind->code); }
  std::string field(std::size_t i = 0) const {
    if (info.ok() || info.problem().fields.size() <= i) return "";
    return info.problem().fields[i].pointer + " " + info.problem().fields[i].code;
  }
};

Read read(std::string_view bytes, const ReadOptions& options = {},
          std::string_view name = "ทดสอบ.csv") {
  std::vector<std::string> rows;
  auto info = read_sheet(bytes, name, options, [&](const Row& row) {
    std::string line = std::to_string(row.number);
    for (const auto& cell : row.cells) line += std::string("|") + letter(cell.kind) + cell.text;
    rows.push_back(line);
    return Reading::carry_on;
  });
  return {std::move(rows), std::move(info)};
}

Read read_rows(std::string_view rows, std::string shared = "", std::string styles = "") {
  return read(zip_of(workbook_parts(worksheet(rows), std::move(shared), std::move(styles))));
}

using Lines = std::vector<std::string>;

// ---- CSV --------------------------------------------------------------------------------------

struct CsvCase {
  const char* why;
  std::string bytes;
  Lines rows;
};

TEST(CsvReading, TakesFilesAsOfficesSaveThem) {
  const CsvCase cases[] = {
      {"plain", "a,b\n1,2\n", {"1|t:a|t:b", "2|t:1|t:2"}},
      {"carriage returns", "a,b\r\n1,2\r\n", {"1|t:a|t:b", "2|t:1|t:2"}},
      {"old Macintosh ends", "a,b\r1,2", {"1|t:a|t:b", "2|t:1|t:2"}},
      {"no end at the last line", "a,b\n1,2", {"1|t:a|t:b", "2|t:1|t:2"}},
      {"byte order mark", "\xEF\xBB\xBFก,ข\n", {"1|t:ก|t:ข"}},
      {"semicolons", "a;b\n1,5;2,5\n2,5;3,5\n", {"1|t:a|t:b", "2|t:1,5|t:2,5", "3|t:2,5|t:3,5"}},
      {"tabs", "a\tb\n1\t2,3\n", {"1|t:a|t:b", "2|t:1|t:2,3"}},
      {"headings that look like other formats", "<5,PK\n", {"1|t:<5|t:PK"}},
      {"no sep line", "sep=\r\na\n", {"1|t:sep=", "2|t:a"}},
      {"sep line", "sep=;\r\na;b\n", {"1|t:a|t:b"}},
      {"quoted", "\"a,b\",\"c\"\"d\"\n", {"1|t:a,b|t:c\"d"}},
      {"quoted newline", "\"a\nb\",c\nd,e\n", {"1|t:a\nb|t:c", "2|t:d|t:e"}},
      {"empty fields", ",,c\n", {"1|||t:c"}},
      {"blank rows keep their numbers", "a,b\n\n,,\n1,2\n", {"1|t:a|t:b", "4|t:1|t:2"}},
      {"blank after a quote", "\"a\" ,b\n", {"1|t:a |t:b"}},
      {"leading zeros stay", "39,007\n", {"1|t:39|t:007"}},
      {"one column", "ก\nข\n", {"1|t:ก", "2|t:ข"}},
      {"UTF-16", std::string("\xFF\xFE\x01\x0E\t\0\x02\x0E\n\0", 10), {"1|t:ก|t:ข"}},
      {"Windows-874", "\xA8\xD1\xA7\xCB\xC7\xD1\xB4,\xE0\xB4\xD7\xCD\xB9\n", {"1|t:จังหวัด|t:เดือน"}},
      {"nothing", "", {}}};
  for (const auto& c : cases) {
    const Read got = read(c.bytes);
    EXPECT_EQ(got.code(), "ok") << c.why;
    EXPECT_EQ(got.rows, c.rows) << c.why;
  }
}

TEST(CsvReading, SaysWhatItFoundOut) {
  const Read got = read("\xA1;\xA2\n\n\xA3;\xA4\n", {}, "folder/ตัวชี้วัด.csv");
  ASSERT_TRUE(got.info.ok());
  EXPECT_EQ(got.info->sheet, "ตัวชี้วัด");
  EXPECT_EQ(got.info->encoding, Encoding::windows_874);
  EXPECT_EQ(got.info->delimiter, ';');
  EXPECT_EQ(got.info->rows, 2u);
  EXPECT_EQ(got.info->blank_rows, 1u);
  EXPECT_EQ(got.info->columns, 2u);
}

TEST(CsvReading, ReportsEveryStrayQuoteWithItsPlace) {
  const Read got = read("a,b\nกว้าง 5\" ยาว,x\n\"p\"q,y\n", {}, "t.csv");
  ASSERT_EQ(got.code(), "invalid_input");
  EXPECT_EQ(got.field(0), "t!A2 stray_quote");
  EXPECT_NE(got.info.problem().fields[0].en.find("Line 2, character 8"), std::string::npos);
  EXPECT_EQ(got.field(1), "t!A3 stray_quote");
  EXPECT_NE(got.info.problem().fields[1].en.find("Line 3, character 3"), std::string::npos);
}

TEST(CsvReading, ReportsAnUnclosedQuoteWhereItOpened) {
  const Read got = read("a,b\n1,\"x\ny\nz", {}, "แผ่น 1.csv");
  EXPECT_EQ(got.field(), "'แผ่น 1'!B2 unclosed_quote");
  EXPECT_NE(got.info.problem().fields[0].en.find("Line 2, character 3"), std::string::npos);
}

TEST(CsvReading, RefusesTextItCannotBeSureOf) {
  const std::string broken = "จังหวัด,ค่า\nเลย,\xE0\xB8\n";
  EXPECT_EQ(read(broken).code(), "unreadable_document");
  EXPECT_NE(read(broken).info.problem().en.find("Line 2, character 5"), std::string::npos);
  EXPECT_EQ(read("\xEF\xBB\xBF\xA1\xA2\n").code(), "unreadable_document")
      << "a mark promises UTF-8";
  EXPECT_EQ(read("caf\xE9,r\xE9sum\xE9\n").code(), "unreadable_document") << "Latin-1 is not Thai";
  EXPECT_EQ(read("\xA1\xDB\n").code(), "unreadable_document")
      << "0xDB is no character of Windows-874";
  EXPECT_EQ(read(std::string("\xFF\xFE\x01", 3)).code(), "unreadable_document");
  EXPECT_EQ(read(std::string("a\0b", 3)).code(), "unsupported_document");
}

TEST(Reading, RefusesWhatIsNoSpreadsheetAndSaysWhatToDo) {
  EXPECT_EQ(read("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1").code(), "unsupported_document");
  EXPECT_EQ(read("%PDF-1.4").code(), "unsupported_document");
  EXPECT_EQ(read("\n<html><table>").code(), "unsupported_document");
  EXPECT_EQ(read(zip_of({{"word/document.xml", "<document/>"}})).code(), "unsupported_document");
  EXPECT_EQ(read("PK\x03\x04").code(), "unreadable_document");
}

TEST(CsvReading, HoldsItsLimits) {
  ReadOptions options;
  options.limits.rows = 2;
  options.limits.columns = 3;
  options.limits.cell_bytes = 4;
  options.limits.errors = 2;
  options.limits.file_bytes = 100;
  EXPECT_EQ(read("a\nb\nc\n", options).code(), "document_too_large");
  EXPECT_EQ(read("a\n\nb\n", options).code(), "ok");
  EXPECT_EQ(read("a,b,c,d,e\n", options, "t.csv").field(), "t!D1 too_wide");
  EXPECT_EQ(read("a,b,c,,\n", options).code(), "ok") << "empty cells beyond the limit say nothing";
  EXPECT_EQ(read("a,12345\n", options, "t.csv").field(), "t!B1 too_long");
  EXPECT_EQ(read("12345,12345,12345\n", options).info.problem().fields.size(), 2u);
  EXPECT_EQ(read(std::string(101, 'a'), options).code(), "document_too_large");
}

TEST(Reading, StopsWhenTheCallerHasEnough) {
  for (const std::string& bytes :
       {std::string("a\nb\nc\n"), zip_of(workbook_parts(worksheet(
                                      "<row><c><v>1</v></c></row><row><c><v>2</v></c></row>")))}) {
    int rows = 0;
    const auto info = read_sheet(bytes, "t", {}, [&](const Row&) { return ++rows, Reading::stop; });
    ASSERT_TRUE(info.ok());
    EXPECT_TRUE(info->stopped);
    EXPECT_EQ(rows, 1);
  }
}

TEST(Pointers, AreQuotedAsSpreadsheetsDo) {
  EXPECT_EQ(cell_pointer("Sheet1", 7, 2), "Sheet1!C7");
  EXPECT_EQ(cell_pointer("ปี 2564", 1, 26), "'ปี 2564'!AA1");
  EXPECT_EQ(cell_pointer("it's", 1, 255), "'it''s'!IV1");
}

// ---- XLSX -------------------------------------------------------------------------------------

TEST(XlsxReading, KnowsEveryKindOfCell) {
  const Read got = read_rows(
      "<row r='2'><c r='A2' t='s'><v>0</v></c><c r='B2' "
      "t='inlineStr'><is><r><t>ก</t></r><r><t>ข</t></r></is></c>"
      "<c r='C2'><v>0.10000000000000001</v></c><c r='D2' t='b'><v>1</v></c><c r='E2' "
      "t='e'><v>#N/A</v></c>"
      "<c r='F2' t='str'><f>A1</f><v>ผล</v></c><c r='H2'><f>1+1</f><v>2</v></c><c "
      "r='I2'><f>B1</f></c>"
      "<c r='J2' t='d'><v>2021-03-12</v></c></row>"
      "<row><c t='s'><v>1</v></c><c><v>1E-3</v></c></row>",
      "<sst><si><r><rPr><b/></rPr><t>จัง</t></r><r><t xml:space='preserve'>หวัด </t></r><rPh sb='0' "
      "eb='1'><t>yomi</t></rPh></si>"
      "<si><t>a_x000D_b_x005F_x0041_ _xZZZZ_</t></si></sst>");
  ASSERT_EQ(got.code(), "ok");
  EXPECT_EQ(
      got.rows,
      (Lines{"2|t:จังหวัด "
             "|t:กข|n:0.10000000000000001|b:true|e:#N/A|t:ผล||n:2|e:#NOT-CALCULATED|d:2021-03-12",
             "3|t:a\rb_x0041_ _xZZZZ_|n:1E-3"}));
}

TEST(XlsxReading, TurnsNumbersIntoDatesByTheirFormat) {
  const std::string styles =
      "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='[$-th-TH,D00]d mmmm bbbb'/>"
      "<numFmt numFmtId='165' formatCode='0.00&quot; day&quot;'/></numFmts><cellStyleXfs><xf "
      "numFmtId='14'/></cellStyleXfs>"
      "<cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='22'/><xf numFmtId='46'/><xf "
      "numFmtId='164'/>"
      "<xf numFmtId='165'/><xf numFmtId='10'/></cellXfs></styleSheet>";
  const Read got = read_rows(
      "<row><c><v>44267</v></c><c s='1'><v>44267</v></c><c s='2'><v>44267.395833333336</v></c><c "
      "s='3'><v>1.3854166666666667</v></c>"
      "<c s='4'><v>44267</v></c><c s='5'><v>44267</v></c><c s='6'><v>0.85</v></c><c "
      "s='1'><v>-1</v></c><c s='99'><v>1</v></c>"
      "<c s='1'><v>60</v></c><c s='1'><v>59</v></c><c s='1'><v>61</v></c></row>",
      "", styles);
  ASSERT_EQ(got.code(), "ok");
  EXPECT_EQ(got.rows.at(0),
            "1|n:44267|d:2021-03-12|d:2021-03-12T09:30:00|d:33:15:00|d:2021-03-12|n:44267|n:0.85|n:"
            "-1|n:1|n:60|d:1900-02-28|d:1900-03-01");
}

TEST(XlsxReading, ObeysTheCalendarOf1904) {
  auto parts = workbook_parts(worksheet("<row><c s='0'><v>42805</v></c></row>"), "",
                              "<styleSheet><cellXfs><xf numFmtId='14'/></cellXfs></styleSheet>");
  parts[1].content =
      "<workbook xmlns:r='r'><workbookPr date1904='1'/><sheets><sheet name='S' "
      "r:id='r1'/></sheets></workbook>";
  const Read got = read(zip_of(parts));
  ASSERT_EQ(got.code(), "ok");
  EXPECT_TRUE(got.info->date_1904);
  EXPECT_EQ(got.rows.at(0), "1|d:2021-03-12");
}

struct FormatCase {
  const char* code;
  bool day, clock, percent;
};

TEST(NumberFormats, AreToldApart) {
  const FormatCase cases[] = {{"General", false, false, false},
                              {"0.00", false, false, false},
                              {"#,##0.00 \"บาท\"", false, false, false},
                              {"#,##0บาท", false, false, false},
                              {"0.00E+00", false, false, false},
                              {"0%", false, false, true},
                              {"[Red]#,##0;[Blue]-#,##0", false, false, false},
                              {"_-* #,##0.00_-;-* #,##0.00_-", false, false, false},
                              {"t#,##0", false, false, false},
                              {"@", false, false, false},
                              {"\\d0", false, false, false},
                              {"d/m/yyyy", true, false, false},
                              {"[$-th-TH]d mmmm bbbb", true, false, false},
                              {"[$-107041E]d mmm yy;@", true, false, false},
                              {"[$-D07041E]d mmmm yyyy", true, false, false},
                              {"ว/ดด/ปปปป", true, false, false},
                              {"mmm", true, false, false},
                              {"mmm-yy", true, false, false},
                              {"d/m/bb h:mm", true, true, false},
                              {"h:mm AM/PM", false, true, false},
                              {"[h]:mm:ss", false, true, false},
                              {"mm:ss.0", false, true, false},
                              {"[mm]:ss", false, true, false},
                              {"yyyy\"ปี\"", true, false, false}};
  for (const auto& c : cases) {
    const NumberFormat got = format_of_code(c.code);
    EXPECT_EQ(got.day, c.day) << c.code;
    EXPECT_EQ(got.clock, c.clock) << c.code;
    EXPECT_EQ(got.percent, c.percent) << c.code;
  }
  for (const unsigned id : {14u, 15u, 16u, 17u, 22u, 71u, 81u})
    EXPECT_TRUE(built_in_format(id).day) << id;
  for (const unsigned id : {18u, 19u, 20u, 21u, 22u, 45u, 46u, 47u})
    EXPECT_TRUE(built_in_format(id).clock) << id;
  for (const unsigned id : {0u, 1u, 4u, 11u, 13u, 37u, 44u, 48u, 49u, 59u, 62u})
    EXPECT_FALSE(built_in_format(id).date()) << id;
}

std::vector<for_tests::Part> two_sheets() {
  auto parts = workbook_parts(worksheet("<row><c><v>1</v></c></row>"));
  parts[1].content =
      "<workbook xmlns:r='r'><sheets><sheet name='ซ่อน' state='hidden' r:id='r1'/>"
      "<sheet name='แผนภูมิ' r:id='r5'/><sheet name='ข้อมูล' r:id='r4'/></sheets></workbook>";
  parts[2].content =
      "<Relationships><Relationship Id='r1' Type='x/worksheet' Target='worksheets/sheet1.xml'/>"
      "<Relationship Id='r5' Type='x/chartsheet' Target='chartsheets/sheet1.xml'/>"
      "<Relationship Id='r4' Type='x/worksheet' "
      "Target='worksheets/../worksheets/Sheet2.XML'/></Relationships>";
  parts.push_back(
      {"xl/worksheets/sheet2.xml", worksheet("<row><c><v>2</v></c></row>",
                                             "<mergeCells><mergeCell ref='A1:C1'/></mergeCells>")});
  return parts;
}

TEST(XlsxReading, TakesTheFirstVisibleSheetOrTheOneNamed) {
  const Read first = read(zip_of(two_sheets()));
  ASSERT_EQ(first.code(), "ok");
  EXPECT_EQ(first.info->sheet, "ข้อมูล");
  EXPECT_EQ(first.rows, Lines{"1|n:2"});
  EXPECT_EQ(first.info->merged, Lines{"A1:C1"});
  EXPECT_EQ(first.info->sheets.size(), 3u);
  EXPECT_FALSE(first.info->sheets[0].visible);
  ReadOptions options;
  options.sheet = "ซ่อน";
  EXPECT_EQ(read(zip_of(two_sheets()), options).rows, Lines{"1|n:1"});
  options.sheet = "แผนภูมิ";
  EXPECT_EQ(read(zip_of(two_sheets()), options).code(), "sheet_not_found");
  options.sheet = "ไม่มี";
  const Read none = read(zip_of(two_sheets()), options);
  EXPECT_EQ(none.code(), "sheet_not_found");
  EXPECT_NE(none.info.problem().th.find("ซ่อน, แผนภูมิ, ข้อมูล"), std::string::npos);
}

TEST(XlsxReading, SurvivesPartsThatAreMissing) {
  const auto parts = workbook_parts(worksheet("<row><c t='s'><v>0</v></c></row>"));
  const std::vector<std::string> expected{"ok", "unsupported_document", "sheet_not_found",
                                          "unreadable_document"};
  for (std::size_t left_out = 1; left_out < 4; ++left_out) {
    auto some = parts;
    some.erase(some.begin() + static_cast<long>(left_out));
    EXPECT_EQ(read(zip_of(some)).code(), expected[left_out]) << parts[left_out].name;
  }
  EXPECT_EQ(read(zip_of(parts)).field(), "Sheet1!A1 broken_reference")
      << "a shared text without shared texts";
}

TEST(XlsxReading, RefusesEveryTruncationOfAFile) {
  const std::string whole = zip_of(workbook_parts(worksheet("<row><c><v>1</v></c></row>")));
  ASSERT_EQ(read(whole).code(), "ok");
  // The last three bytes only say how long a comment is; without them nothing of the table is lost.
  for (std::size_t size = 4; size + 3 < whole.size(); ++size) {
    EXPECT_NE(read(whole.substr(0, size)).code(), "ok") << size;
  }
}

TEST(XlsxReading, RefusesAChecksumThatIsWrong) {
  std::string bytes = zip_of(workbook_parts(worksheet("<row><c><v>1234</v></c></row>")), true);
  bytes.replace(bytes.find("1234"), 4, "1235");
  EXPECT_EQ(read(bytes).code(), "unreadable_document");
}

TEST(XlsxReading, RefusesDoctypesInAnyPart) {
  const std::string doctype = "<!DOCTYPE x [<!ENTITY a 'b'>]>";
  const auto parts =
      workbook_parts(worksheet("<row><c><v>1</v></c></row>"), "<sst/>", "<styleSheet/>");
  for (std::size_t i = 0; i < parts.size(); ++i) {
    auto with = parts;
    with[i].content = doctype + with[i].content;
    const Read got = read(zip_of(with));
    EXPECT_EQ(got.code(), "unreadable_document") << parts[i].name;
    EXPECT_NE(got.info.problem().en.find("DTD"), std::string::npos) << parts[i].name;
  }
}

TEST(XlsxReading, RefusesBombs) {
  const std::string flat = worksheet(std::string(40u << 20, ' '));
  EXPECT_EQ(read(zip_of(workbook_parts(flat))).code(), "document_too_large") << "ratio";
  ReadOptions tight;
  tight.limits.uncompressed_bytes = 100'000;
  EXPECT_EQ(read(zip_of(workbook_parts(worksheet(std::string(200'000, ' '))), true), tight).code(),
            "document_too_large")
      << "size";
  std::string nested;
  for (int i = 0; i < 100; ++i) nested += "<a>";
  EXPECT_EQ(read(zip_of(workbook_parts("<worksheet>" + nested))).code(), "unreadable_document")
      << "depth";
  const std::string endless = "<worksheet a='" + std::string(3u << 20, 'x') + "'/>";
  EXPECT_EQ(read(zip_of(workbook_parts(endless), true)).code(), "unreadable_document") << "token";
  ReadOptions few_texts;
  few_texts.limits.shared_text_bytes = 1'000;
  std::string texts = "<sst>";
  for (int i = 0; i < 100; ++i) texts += "<si><t>abcdefghij</t></si>";
  EXPECT_EQ(read(zip_of(workbook_parts(worksheet(""), texts + "</sst>")), few_texts).code(),
            "document_too_large")
      << "shared texts";
}

TEST(XlsxReading, HoldsItsLimits) {
  ReadOptions options;
  options.limits.rows = 2;
  options.limits.columns = 3;
  options.limits.cell_bytes = 4;
  const auto sheet = [](std::string_view rows) {
    return zip_of(workbook_parts(worksheet(rows), "<sst><si><t>12345</t></si></sst>"));
  };
  const std::string row = "<row><c><v>1</v></c></row>";
  EXPECT_EQ(read(sheet(row + row + row), options).code(), "document_too_large");
  EXPECT_EQ(read(sheet(row + "<row/><row><c s='1'/></row>" + row), options).code(), "ok");
  EXPECT_EQ(read(sheet("<row r='5'><c r='D5'><v>1</v></c></row>"), options).field(),
            "Sheet1!D5 too_wide");
  EXPECT_EQ(read(sheet("<row r='5'><c r='XFD5' s='1'/></row>"), options).code(), "ok");
  EXPECT_EQ(read(sheet("<row><c t='s'><v>0</v></c></row>"), options).field(), "Sheet1!A1 too_long");
  EXPECT_EQ(read(sheet("<row><c t='str'><v>12345</v></c></row>"), options).field(),
            "Sheet1!A1 too_long");
}

TEST(XlsxReading, RefusesSheetsOutOfOrder) {
  for (const char* rows :
       {"<row r='2'/><row r='1'/>", "<row r='0'/>", "<row r='x'/>", "<row r='9999999'/>",
        "<row r='1'><c r='B1'><v>1</v></c><c r='A1'><v>1</v></c></row>",
        "<row r='1'><c r='A2'><v>1</v></c></row>", "<row r='1'><c r='1A'/></row>",
        "<row><row/></row>", "<c><v>1</v></c>", "<row><c><c/></c></row>"}) {
    EXPECT_EQ(read_rows(rows).code(), "unreadable_document") << rows;
  }
  EXPECT_EQ(read_rows("<row><c><v>12x</v></c></row>").field(), "Sheet1!A1 not_a_number");
  EXPECT_EQ(read_rows("<row><c><v>nan</v></c></row>").field(), "Sheet1!A1 not_a_number");
  EXPECT_EQ(read_rows("<row><c></row>").code(), "unreadable_document");
}

// ---- real files, not part of the project ------------------------------------------------------

// Records by RFC 4180 counted in the simplest way: line ends outside of quotes, blank lines apart.
std::size_t records_in(const std::string& bytes) {
  std::size_t records = 0;
  bool quoted = false;
  bool content = false;
  for (const char c : bytes + "\n") {
    if (c == '"') quoted = !quoted;
    if (c == '\n' && !quoted) {
      records += content;
      content = false;
    } else if (c != '\r') {
      content = true;
    }
  }
  return records;
}

TEST(RealFiles, AreReadWithoutLosingARow) {
  const char* told = std::getenv("CHANGWAT_SHARED_DATA");
  const std::filesystem::path folder =
      std::filesystem::path(told ? told : "../shared/data") / "indicators";
  if (!std::filesystem::exists(folder))
    GTEST_SKIP() << "no data at " << folder << "; nothing to read";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".csv") continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(file)), {});
    std::size_t rows = 0;
    std::size_t cells = 0;
    std::size_t quantities = 0;
    const auto info = read_sheet_file(entry.path(), {}, [&](const Row& row) {
      ++rows;
      for (const auto& cell : row.cells) {
        cells += !cell.empty();
        quantities += !cell.empty() && parse_quantity(cell).ok();
      }
      return Reading::carry_on;
    });
    ASSERT_TRUE(info.ok()) << entry.path();
    EXPECT_EQ(rows, records_in(bytes)) << entry.path();
    EXPECT_EQ(info->rows, rows);
    std::printf("  %-45s %6zu rows %7zu cells %7zu of them quantities\n",
                entry.path().filename().c_str(), rows, cells, quantities);
  }
}

}  // namespace
}  // namespace changwat::documents
