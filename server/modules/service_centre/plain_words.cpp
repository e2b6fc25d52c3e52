#include "modules/service_centre/plain_words.hpp"

#include <algorithm>

#include "modules/service_centre/life.hpp"

namespace changwat::service_centre {
namespace {

constexpr std::size_t plain_words_max = 20;
constexpr std::size_t letters_before = 40, letters_after = 120;

bool is_inside_letter(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

std::size_t back(std::string_view text, std::size_t at, std::size_t letters) {
  for (; at > 0 && letters > 0; --letters) do
      --at;
    while (at > 0 && is_inside_letter(text[at]));
  return at;
}

std::size_t forth(std::string_view text, std::size_t at, std::size_t letters) {
  for (; at < text.size() && letters > 0; --letters) do
      ++at;
    while (at < text.size() && is_inside_letter(text[at]));
  return at;
}

void add(std::vector<TextPiece>& out, std::string_view text, bool found) {
  if (!text.empty()) out.push_back({std::string(text), found});
}

// The part [begin, end) of the text, which cuts through no range.
std::vector<TextPiece> pieces(std::string_view text, const std::vector<search::ByteRange>& ranges,
                              std::size_t begin, std::size_t end) {
  std::vector<TextPiece> out;
  auto at = begin;
  for (const auto& range : ranges) {
    if (range.begin < begin || range.end > end) continue;
    add(out, text.substr(at, range.begin - at), false);
    add(out, text.substr(range.begin, range.end - range.begin), true);
    at = range.end;
  }
  add(out, text.substr(at, end - at), false);
  return out;
}

template <class T>
bool has(const std::vector<T>& list, std::string_view wanted) {
  return std::any_of(list.begin(), list.end(),
                     [&](const T& each) { return std::string_view(each) == wanted; });
}

}  // namespace

std::vector<std::string> plain_words(const search::Segmenter& segmenter, const AlikeList& list,
                                     std::string_view text) {
  const auto analysed = segmenter.analyse(text, search::detail_max);
  std::vector<std::string> out;
  for (const auto& span : analysed.words) {
    auto word = search::to_utf8({analysed.text.data() + span.begin, span.end - span.begin});
    if (!list.words.contains(word) || has(out, word)) continue;
    out.push_back(std::move(word));
    if (out.size() == plain_words_max) break;
  }
  return out;
}

bool may_be_told(const AlikeList& list, const CaseRow& row, const std::vector<ReporterRow>& own) {
  if (!row.open || !row.accused.value.empty() || own.empty()) return false;
  if (!has(list.rules.categories, row.category) || !has(list.rules.kinds, row.kind)) return false;
  return std::none_of(own.begin(), own.end(),
                      [](const ReporterRow& one) { return one.type == ReporterType::secret; });
}

std::vector<TextPiece> marked(std::string_view text, std::string_view question) {
  return pieces(text, search::matches_in(text, question), 0, text.size());
}

std::vector<TextPiece> excerpt_of(std::string_view text, std::string_view question) {
  const auto ranges = search::matches_in(text, question);
  if (ranges.empty()) return {};
  const auto begin = back(text, ranges.front().begin, letters_before);
  const auto end = forth(text, ranges.front().end, letters_after);
  auto out = pieces(text, ranges, begin, end);
  if (begin > 0) out.front().text.insert(0, "…");
  if (end < text.size()) out.back().text += "…";
  return out;
}

}  // namespace changwat::service_centre
