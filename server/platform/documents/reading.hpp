#pragma once
// What the two readers share. Used inside this room only; callers include sheet.hpp.

#include <string>
#include <string_view>
#include <vector>

#include "platform/documents/sheet.hpp"

namespace changwat::documents {

Result<SheetInfo> read_xlsx(std::string_view bytes, const ReadOptions& options,
                            const RowCallback& on_row);
Result<SheetInfo> read_csv(std::string_view bytes, std::string_view sheet,
                           const ReadOptions& options, const RowCallback& on_row);

// Wrong cells, gathered until there are more than anybody would read.
class WrongCells {
 public:
  WrongCells(std::string_view sheet, std::size_t max) : sheet_(sheet), max_(max) {}

  void add(std::uint32_t row, std::uint32_t column, std::string code, std::string th,
           std::string en);
  bool full() const { return fields_.size() >= max_; }
  bool empty() const { return fields_.empty(); }
  Problem take() { return Problem(std::move(fields_)); }

 private:
  std::string sheet_;
  std::size_t max_;
  std::vector<FieldError> fields_;
};

// Counts what is handed over, and holds the limits that both formats have.
class RowSink {
 public:
  RowSink(const Limits& limits, SheetInfo& info, WrongCells& wrong, const RowCallback& on_row)
      : limits_(limits), info_(info), wrong_(wrong), on_row_(on_row) {}

  Row& row() { return row_; }
  void begin(std::uint32_t number, std::uint64_t line);
  // The cell of a column of the present row, emptied columns before it included; `column` is below
  // Limits::columns.
  Cell& cell(std::uint32_t column);
  // Hands the row over. True: carry on. False: stopped by the caller, by too many errors or a
  // limit.
  bool end();

  bool over_rows() const { return over_rows_; }

 private:
  const Limits& limits_;
  SheetInfo& info_;
  WrongCells& wrong_;
  const RowCallback& on_row_;
  Row row_;
  bool over_rows_ = false;
};

void report_too_wide(WrongCells& wrong, std::uint32_t row, std::uint32_t column,
                     const Limits& limits);
void report_too_long(WrongCells& wrong, std::uint32_t row, std::uint32_t column,
                     const Limits& limits);
Problem too_many_rows(const Limits& limits);

}  // namespace changwat::documents
