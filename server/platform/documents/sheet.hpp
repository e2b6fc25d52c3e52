#pragma once
// Spreadsheets in: one face over XLSX and CSV, row by row, with limits.
//
// Called by whatever imports tables that officers keep. The format is told from the bytes, never
// from the file's name. Rows are handed over while the file is being read: what the callback has
// collected counts only once read_sheet() has returned a SheetInfo; on a problem, throw it away.
//
// Errors are values: `unsupported_document` (not a spreadsheet we read), `unreadable_document`
// (damaged, or with a DTD), `document_too_large` (a limit), `sheet_not_found`, or invalid_input
// with one FieldError a cell, pointer "Sheet1!C7", up to `Limits::errors` of them at once. Threads:
// free functions without shared state; any thread. The callback runs on the caller's. Sources:
// ECMA-376 part 1 (SpreadsheetML) and part 2 (packaging); RFC 4180; TIS 620-2533.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace changwat::documents {

inline constexpr ErrorKind unsupported_document{
    "unsupported_document", 415, "อ่านแฟ้มชนิดนี้ไม่ได้ โปรดบันทึกเป็น .xlsx หรือ .csv (UTF-8) แล้วส่งใหม่",
    "This kind of file cannot be read. Save it as .xlsx or .csv (UTF-8) and send it again."};
inline constexpr ErrorKind unreadable_document{
    "unreadable_document", 422, "แฟ้มเสียหายหรือไม่เป็นไปตามรูปแบบ โปรดเปิดและบันทึกใหม่แล้วส่งอีกครั้ง",
    "The file is damaged or not well formed. Open it, save it anew and send it again."};
inline constexpr ErrorKind document_too_large{
    "document_too_large", 413, "แฟ้มใหญ่เกินกำหนด โปรดแบ่งเป็นหลายแฟ้ม",
    "The file is larger than allowed. Split it into several files."};
inline constexpr ErrorKind sheet_not_found{"sheet_not_found", 422, "ไม่พบแผ่นงานที่ระบุในแฟ้มนี้",
                                           "The file has no such sheet."};

enum class CellKind { empty, text, number, date, boolean, error };

struct Cell {
  CellKind kind = CellKind::empty;
  // text: as written. number: exactly the digits in the file ("0.1", "1E-3", "3022.9100000000003").
  // date: "2021-03-12", "2021-03-12T09:30:00", or "09:30:00" where the format shows no day.
  // boolean: "true"/"false". error: "#N/A". CSV knows only text and empty.
  std::string text;
  std::string number;        // number and date: the digits in the file (a date is a count of days)
  bool percent = false;      // a number shown with a percent sign: 0.85 is seen as 85 %
  std::uint32_t row = 0;     // from 1
  std::uint32_t column = 0;  // from 0

  std::string reference() const;  // "C7"
  bool empty() const { return kind == CellKind::empty; }
};

// A row with at least one cell that says something; rows without any are counted, not handed over.
struct Row {
  std::uint32_t number = 0;  // as a spreadsheet program numbers it, from 1
  std::uint64_t line = 0;    // CSV: line of the file on which it begins, from 1; XLSX: 0
  std::vector<Cell> cells;   // cells[0] is column A; up to the last column that says something

  const Cell& at(std::size_t column) const;  // an empty cell beyond the last
};

enum class Reading { carry_on, stop };
using RowCallback = std::function<Reading(const Row&)>;

struct Limits {
  std::size_t file_bytes = std::size_t{64} << 20;           // as sent
  std::size_t uncompressed_bytes = std::size_t{512} << 20;  // all parts read, together
  std::size_t compression_ratio = 200;  // of a part, looked at once 8 MB came out of it
  std::size_t shared_text_bytes = std::size_t{128} << 20;
  std::size_t rows = 200'000;
  std::size_t columns = 256;
  std::size_t cell_bytes = 32 * 1024;
  std::size_t merged = 10'000;
  std::size_t errors = 100;
};

struct ReadOptions {
  std::string sheet;   // by name; empty: the first visible one (CSV has one and ignores this)
  char delimiter = 0;  // CSV: 0 finds out among , ; and tab
  Limits limits;
};

enum class SheetFormat { xlsx, csv };
enum class Encoding { utf8, windows_874, utf16 };

struct SheetName {
  std::string name;
  bool visible = true;
};

struct SheetInfo {
  SheetFormat format = SheetFormat::csv;
  std::string sheet;              // the one that was read; CSV: the name hint without its ending
  std::vector<SheetName> sheets;  // all of them, in order
  std::size_t rows = 0;           // handed over
  std::size_t blank_rows = 0;     // present in the file, without content
  std::size_t columns = 0;        // the widest row
  std::vector<std::string>
      merged;              // "A1:C1"; the text stands in the first cell, the others are empty
  bool stopped = false;    // the callback wanted no more; then `merged` is not known
  bool date_1904 = false;  // XLSX
  Encoding encoding = Encoding::utf8;
  char delimiter = 0;  // CSV
};

// The sheet in `bytes`. `name_hint` is the file's name as sent, used in pointers and messages only.
Result<SheetInfo> read_sheet(std::string_view bytes, std::string_view name_hint,
                             const ReadOptions& options, const RowCallback& on_row);

// The same for a file on disk; throws std::system_error if it cannot be read.
Result<SheetInfo> read_sheet_file(const std::filesystem::path& path, const ReadOptions& options,
                                  const RowCallback& on_row);

// "C7" for row 7, column 2; and "Sheet1!C7" (quoted as spreadsheets do: "'แผ่น 1'!C7").
std::string cell_reference(std::uint32_t row, std::uint32_t column);
std::string cell_pointer(std::string_view sheet, std::uint32_t row, std::uint32_t column);

}  // namespace changwat::documents
