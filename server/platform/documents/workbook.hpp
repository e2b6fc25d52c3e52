#pragma once
// Spreadsheets out: XLSX and CSV from the same columns and the same values.
//
// Called by whatever exports tables. Rows are written as they come: an XLSX row is in a temporary
// file before the next arrives, so memory does not grow with the table. What an officer opens has a
// frozen heading, columns wide enough for Thai, Buddhist-era dates, and no text that can run as a
// formula.
//
// Threads: one writer belongs to one thread. Errors: a value that the format cannot hold is a
// Problem; a full disk is an exception (std::runtime_error).
// Limits of the format: 1,048,575 rows below the heading, 16,384 columns, 32,767 characters a cell.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"

namespace changwat::documents {

// How a column's numbers and dates are shown; text is text in any of them.
enum class ColumnKind { text, integer, decimal, percent, date, year };

struct Column {
  std::string heading;
  ColumnKind kind = ColumnKind::text;
  int places = 2;    // of decimal and percent, 0..6
  double width = 0;  // in characters; 0: measured from the heading and the first rows
};

// A count of millionths: 12.5 is {12'500'000}. As documents::Number::millionths and base Decimal.
struct Millionths {
  std::int64_t count = 0;
};

// A percentage is written as people say it: 85 for 85 %, without the spreadsheet's hidden division.
using Value = std::variant<std::monostate, std::string_view, std::int64_t, Millionths, Date, bool>;

// Character cells a text takes on paper: Thai marks above and below take none. The widest line.
std::size_t display_width(std::string_view text);

class Workbook {
 public:
  struct Properties {
    std::string title;
    std::string author;  // the office, as it signs
  };

  Workbook();
  explicit Workbook(const Properties& properties);
  ~Workbook();
  Workbook(Workbook&&) noexcept;
  Workbook& operator=(Workbook&&) noexcept;

  // Begins a sheet with its heading row; rows go to the newest sheet. The name, unique without
  // regard to case, has 1 to 31 characters, none of []:*?/\ and no apostrophe at either end.
  Result<Done> add_sheet(const std::string& name, std::vector<Column> columns);

  // As many values as columns (CHECKed).
  Result<Done> add_row(std::span<const Value> values);

  // The bytes of the .xlsx file. Call once, last; at least one sheet.
  std::string finish();

 private:
  struct Writing;
  std::unique_ptr<Writing> writing_;
};

struct CsvStyle {
  bool byte_order_mark = true;  // without it Excel on Thai Windows shows rubbish
  char delimiter = ',';
  // Text beginning with = + - @, tab or return gets an apostrophe in front, so that a program
  // which opens it runs nothing; plain numbers and a dash alone stay as they are.
  bool guard_formulas = true;
};

class CsvTable {
 public:
  explicit CsvTable(const std::vector<Column>& columns, CsvStyle style = {});

  // Dates as ISO, numbers with a point and without separators: for programs as much as for people.
  void add_row(std::span<const Value> values);
  std::string finish() { return std::move(out_); }

 private:
  void add_text(std::string_view text);

  CsvStyle style_;
  std::size_t columns_;
  std::string out_;
};

// "-1234.5", without trailing zeros.
std::string millionths_text(std::int64_t count);

}  // namespace changwat::documents
