// Fuzzes the CSV reader, and reads again what the CSV writer makes of what it found: nothing may
// change on the way.
//
// clang++-14 -std=c++20 -g -O1 -fsanitize=fuzzer,address,undefined -Iserver tests/fuzz/csv_fuzz.cpp
//   server/platform/documents/{sheet,csv_reader,xlsx_reader,package,number_format,encoding,workbook}.cpp
//   server/base/{check,utf8,time}.cpp -lminizip -lexpat -lxlsxwriter -lz

#include <cstddef>
#include <cstdint>

#include "base/utf8.hpp"

#include "platform/documents/sheet.hpp"
#include "platform/documents/workbook.hpp"

namespace documents = changwat::documents;

namespace {

using Table = std::vector<std::vector<std::string>>;

// Rows of equal length, padded with empty fields.
changwat::Result<Table> read_table(std::string_view bytes, char delimiter) {
  Table table;
  documents::ReadOptions options;
  options.delimiter = delimiter;
  const auto info =
      TRY(documents::read_sheet(bytes, "fuzz.csv", options, [&](const documents::Row& row) {
        table.emplace_back();
        for (const auto& cell : row.cells) {
          CHECK(changwat::utf8::valid(cell.text));
          table.back().push_back(cell.text);
        }
        return documents::Reading::carry_on;
      }));
  for (auto& row : table) row.resize(info.columns);
  return table;
}

std::string write_table(const Table& table) {
  std::vector<documents::Column> columns;
  for (const auto& heading : table.front()) columns.push_back({heading});
  documents::CsvTable out(columns,
                          {.byte_order_mark = true, .delimiter = ';', .guard_formulas = false});
  for (std::size_t i = 1; i < table.size(); ++i) {
    out.add_row(std::vector<documents::Value>(table[i].begin(), table[i].end()));
  }
  return out.finish();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto first = read_table(bytes, 0);
  if (!first.ok() || first->empty() || bytes.starts_with("PK")) return 0;
  const auto again = read_table(write_table(*first), ';');
  CHECK(again.ok());
  CHECK(*again == *first);
  return 0;
}
