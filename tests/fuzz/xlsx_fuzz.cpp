// Fuzzes the XLSX reader: the whole file, or (nearly always more telling) the XML of its parts
// inside a sound zip, parts divided by 0xFF, a byte that UTF-8 never has.
//
// clang++-14 -std=c++20 -g -O1 -fsanitize=fuzzer,address,undefined -Iserver
// tests/fuzz/xlsx_fuzz.cpp
//   server/platform/documents/{sheet,csv_reader,xlsx_reader,package,number_format,encoding}.cpp
//   server/base/{check,utf8}.cpp -lminizip -lexpat -lz

#include <cstddef>
#include <cstdint>

#include "platform/documents/package_for_tests.hpp"
#include "platform/documents/sheet.hpp"

namespace documents = changwat::documents;

namespace {

constexpr char part_divider = '\xFF';

std::string take_part(std::string_view& rest) {
  const auto end = rest.find(part_divider);
  const std::string part(rest.substr(0, end));
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  return part;
}

std::string package_around(std::string_view input) {
  const std::string rows = take_part(input);
  const std::string shared = take_part(input);
  const std::string styles = take_part(input);
  auto parts = documents::for_tests::workbook_parts(rows, shared, styles);
  if (!input.empty()) parts[1].content = take_part(input);
  if (!input.empty()) parts[2].content = take_part(input);
  return documents::for_tests::zip_of(parts, true);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view input(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::string bytes = data[0] == 'Z' ? std::string(input) : package_around(input);
  documents::ReadOptions options;
  options.limits.rows = 1'000;
  std::uint32_t last = 0;
  const auto info =
      documents::read_sheet(bytes, "fuzz.xlsx", options, [&](const documents::Row& row) {
        CHECK(row.number > last && !row.cells.empty() && !row.cells.back().empty());
        CHECK(row.cells.size() <= options.limits.columns);
        last = row.number;
        for (const auto& cell : row.cells) CHECK(cell.text.size() <= options.limits.cell_bytes * 3);
        return documents::Reading::carry_on;
      });
  if (info.ok()) CHECK(info->rows <= options.limits.rows);
  return 0;
}
