#include "platform/documents/sheet.hpp"

#include <algorithm>
#include <fstream>
#include <system_error>

#include "platform/documents/reading.hpp"

namespace changwat::documents {
namespace {

bool plain_sheet_name(std::string_view name) {
  const auto ordinary = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z');
  };
  return std::all_of(name.begin(), name.end(), ordinary);
}

// "รายงาน/ปี 2564.csv" -> "ปี 2564"
std::string name_without_ending(std::string_view hint) {
  const auto slash = hint.find_last_of("/\\");
  if (slash != std::string_view::npos) hint.remove_prefix(slash + 1);
  const auto dot = hint.rfind('.');
  if (dot != std::string_view::npos && dot > 0) hint = hint.substr(0, dot);
  return hint.empty() ? "Sheet1" : std::string(hint);
}

bool begins_like_html(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  bytes.remove_prefix(std::min(bytes.find_first_not_of(" \t\r\n"), bytes.size()));
  std::string start;
  for (const char c : bytes.substr(0, 10))
    start += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  for (const auto tag : {"<html", "<!doctype", "<?xml", "<table", "<head", "<meta", "<style"}) {
    if (start.starts_with(tag)) return true;
  }
  return false;  // a heading may well begin with "<"
}

// What is sent as a spreadsheet and is none, told by its first bytes, with what to do about it.
const Problem* known_stranger(std::string_view bytes) {
  static const Problem old_excel(
      unsupported_document, "แฟ้มเป็น .xls รุ่นเก่า หรือตั้งรหัสผ่านไว้ โปรดเปิดแล้วบันทึกเป็น .xlsx โดยไม่ตั้งรหัสผ่าน",
      "The file is an old .xls or has a password. Open it and save it as .xlsx without a "
      "password.");
  static const Problem pdf(unsupported_document, "แฟ้มเป็น PDF โปรดส่งแฟ้มตาราง .xlsx หรือ .csv",
                           "The file is a PDF. Send the table as .xlsx or .csv.");
  static const Problem markup(
      unsupported_document,
      "แฟ้มเป็นหน้าเว็บหรือ XML แม้ชื่อลงท้ายเป็น .xls โปรดเปิดด้วยโปรแกรมตารางแล้วบันทึกเป็น .xlsx",
      "The file is a web page or XML, whatever its name ends in. Open it in a spreadsheet program "
      "and save it as .xlsx.");
  if (bytes.starts_with("\xD0\xCF\x11\xE0")) return &old_excel;
  if (bytes.starts_with("%PDF")) return &pdf;
  if (begins_like_html(bytes)) return &markup;
  return nullptr;
}

Problem file_too_large(const Limits& limits) {
  const std::string megabytes = std::to_string(limits.file_bytes >> 20);
  return {document_too_large, "แฟ้มต้องไม่เกิน " + megabytes + " MB",
          "A file may have up to " + megabytes + " MB."};
}

}  // namespace

std::string cell_reference(std::uint32_t row, std::uint32_t column) {
  std::string letters;
  for (std::uint32_t rest = column + 1; rest > 0; rest = (rest - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  }
  return letters + std::to_string(row);
}

std::string cell_pointer(std::string_view sheet, std::uint32_t row, std::uint32_t column) {
  const std::string cell = "!" + cell_reference(row, column);
  if (plain_sheet_name(sheet)) return std::string(sheet) + cell;
  std::string quoted = "'";
  for (const char c : sheet) quoted += c == '\'' ? "''" : std::string(1, c);
  return quoted + "'" + cell;
}

std::string Cell::reference() const {
  return cell_reference(row, column);
}

const Cell& Row::at(std::size_t column) const {
  static const Cell nothing;
  return column < cells.size() ? cells[column] : nothing;
}

Result<SheetInfo> read_sheet(std::string_view bytes, std::string_view name_hint,
                             const ReadOptions& options, const RowCallback& on_row) {
  if (bytes.size() > options.limits.file_bytes) return file_too_large(options.limits);
  if (bytes.starts_with("PK\x03\x04")) return read_xlsx(bytes, options, on_row);
  if (const Problem* stranger = known_stranger(bytes)) return *stranger;
  return read_csv(bytes, name_without_ending(name_hint), options, on_row);
}

Result<SheetInfo> read_sheet_file(const std::filesystem::path& path, const ReadOptions& options,
                                  const RowCallback& on_row) {
  const auto size = std::filesystem::file_size(path);
  if (size > options.limits.file_bytes) return file_too_large(options.limits);
  std::string bytes(size, '\0');
  std::ifstream file(path, std::ios::binary);
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!file) throw std::system_error(errno, std::generic_category(), path.string());
  return read_sheet(bytes, path.filename().string(), options, on_row);
}

// ---- shared by the readers --------------------------------------------------------------------

void WrongCells::add(std::uint32_t row, std::uint32_t column, std::string code, std::string th,
                     std::string en) {
  if (full()) return;
  fields_.push_back(
      {cell_pointer(sheet_, row, column), std::move(code), std::move(th), std::move(en)});
}

void RowSink::begin(std::uint32_t number, std::uint64_t line) {
  row_.number = number;
  row_.line = line;
  row_.cells.clear();
}

Cell& RowSink::cell(std::uint32_t column) {
  while (row_.cells.size() <= column) {
    Cell& added = row_.cells.emplace_back();
    added.row = row_.number;
    added.column = static_cast<std::uint32_t>(row_.cells.size() - 1);
  }
  return row_.cells[column];
}

bool RowSink::end() {
  while (!row_.cells.empty() && row_.cells.back().empty()) row_.cells.pop_back();
  if (row_.cells.empty()) {
    ++info_.blank_rows;
    return !wrong_.full();
  }
  if (info_.rows == limits_.rows) {
    over_rows_ = true;
    return false;
  }
  ++info_.rows;
  info_.columns = std::max(info_.columns, row_.cells.size());
  if (on_row_(row_) == Reading::stop) {
    info_.stopped = true;
    return false;
  }
  return !wrong_.full();
}

void report_too_wide(WrongCells& wrong, std::uint32_t row, std::uint32_t column,
                     const Limits& limits) {
  const std::string max = std::to_string(limits.columns);
  wrong.add(row, column, "too_wide", "มีข้อมูลเกิน " + max + " คอลัมน์",
            "There is content beyond column " + max + ".");
}

void report_too_long(WrongCells& wrong, std::uint32_t row, std::uint32_t column,
                     const Limits& limits) {
  const std::string max = std::to_string(limits.cell_bytes);
  wrong.add(row, column, "too_long", "ข้อความในช่องยาวเกิน " + max + " ไบต์",
            "The cell's text is longer than " + max + " bytes.");
}

Problem too_many_rows(const Limits& limits) {
  const std::string max = std::to_string(limits.rows);
  return {document_too_large, "แฟ้มมีเกิน " + max + " แถว โปรดแบ่งเป็นหลายแฟ้ม",
          "The sheet has more than " + max + " rows. Split it into several files."};
}

}  // namespace changwat::documents
