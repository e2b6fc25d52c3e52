// Fuzzes the printing of papers: whatever text a letter and a table are given, a PDF comes out or
// the paper is refused as too long. Texts are divided by 0xFF, a byte that UTF-8 never has.

#include <cstddef>
#include <cstdint>

#include "platform/documents/papers_for_tests.hpp"

namespace paper = changwat::documents::paper;

// Fontconfig keeps what it read of the fonts until the program ends.
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libfontconfig";
}

namespace {

template <class T>
std::optional<T> take(std::string_view& rest) {
  const auto end = rest.find('\xFF');
  const auto part = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  return T::parse(part);
}

void print(const auto& content, const paper::PrintOptions& options) {
  static const paper::Printer printer(paper::find_typeface(CHANGWAT_SOURCE_DIR).value());
  const auto printed = printer.print(content, options);
  if (!printed.ok()) return CHECK(printed.problem().is(paper::paper_too_long));
  CHECK(printed->pages >= 1 && printed->pages <= paper::pages_max);
  CHECK(printed->pdf.starts_with("%PDF-") && printed->pdf.find("%%EOF") != std::string::npos);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  std::string_view input(reinterpret_cast<const char*>(data) + 1, size - 1);
  const paper::PrintOptions options{.thai_digits = (data[0] & 1) != 0, .draft = (data[0] & 2) != 0};
  if (data[0] & 4) {
    auto report = paper::for_tests::report(0);
    while (!input.empty() && report.rows.size() < 50) {
      paper::ReportRow row;
      for (int i = 0; i < 5; ++i)
        row.cells.push_back(
            take<changwat::Text<0, 1'000>>(input).value_or(changwat::Text<0, 1'000>()));
      report.rows.push_back(std::move(row));
    }
    print(report, options);
    return 0;
  }
  auto letter = paper::for_tests::letter();
  letter.secrecy = paper::Secrecy(data[0] >> 3 & 3);
  if (auto subject = take<paper::Line>(input)) letter.subject = std::move(*subject);
  letter.number = take<paper::Line>(input);
  letter.signature.name = take<paper::Line>(input);
  if (auto line = take<paper::Line>(input)) letter.references.push_back(std::move(*line));
  if (auto line = take<paper::Line>(input)) letter.signature.posts.push_back(std::move(*line));
  while (!input.empty() && letter.body.size() < 20)
    if (auto text = take<paper::Paragraph>(input)) letter.body.push_back(std::move(*text));
  print(letter, options);
  return 0;
}
