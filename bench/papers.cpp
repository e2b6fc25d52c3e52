// How long a page of an official paper takes: a letter, alone, and a report of many pages. One
// thread. Writes one of each kind into --folder, to be looked at.

#include "rounds.hpp"
#include <fstream>

#include "platform/documents/papers_for_tests.hpp"

#include "program/settings.hpp"

namespace {

namespace paper = changwat::documents::paper;
using changwat::bench::Stopwatch;

template <class Content>
paper::Printed must_print(const paper::Printer& printer, const Content& content) {
  auto printed = printer.print(content);
  if (!printed.ok()) std::abort();
  return std::move(*printed);
}

template <class Content>
void leave(const std::filesystem::path& folder, const char* name, const paper::Printer& printer,
           const Content& content) {
  std::ofstream(folder / name, std::ios::binary) << must_print(printer, content).pdf;
}

// Milliseconds a page.
template <class Content>
double cost(const paper::Printer& printer, const Content& content, double seconds) {
  const Stopwatch watch;
  std::size_t pages = 0;
  do {
    pages += must_print(printer, content).pages;
  } while (watch.seconds() < seconds);
  return watch.seconds() * 1e3 / double(pages);
}

}  // namespace

int main(int count, char** words) {
  const auto options = changwat::bench::read_options(count, words);
  const auto typeface = paper::find_typeface(changwat::program::default_share());
  if (!typeface) return 1;
  const paper::Printer printer(*typeface);
  const auto letter = paper::for_tests::letter();
  const auto report = paper::for_tests::report(1'000);
  leave(options.folder, "letter.pdf", printer, letter);
  leave(options.folder, "order.pdf", printer, paper::for_tests::order());
  leave(options.folder, "memorandum.pdf", printer, paper::for_tests::memorandum());
  leave(options.folder, "minutes.pdf", printer, paper::for_tests::minutes());
  leave(options.folder, "report.pdf", printer, paper::for_tests::report(60));
  for (int round = 0; round < options.rounds; ++round) {
    const double letter_ms = cost(printer, letter, options.seconds);
    const double report_ms = cost(printer, report, options.seconds);
    changwat::bench::print_round(
        {{"ours", letter_ms}, {"report_ms", report_ms}, {"pages_a_second", 1e3 / report_ms}});
  }
  return 0;
}
