// libFuzzer target: texts and questions of any bytes are made normal, cut, put into terms and
// looked up without harm. What is normal stays so; every word and piece of a text is found in it
// again. Built and run by tests/fuzz/run.

#include <cstddef>
#include <cstdint>

#include "base/result.hpp"
#include "base/utf8.hpp"

#include "platform/search/likeness.hpp"
#include "platform/search/normal.hpp"
#include "platform/search/terms.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace changwat::search;
  static const std::vector<std::string> words{"หนองแสง", "โนนสะอาด"};
  static const Segmenter segmenter(words);
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto half = text.size() / 2;

  const auto once = normal_text(text);
  CHECK(changwat::utf8::valid(once));
  CHECK(normal_text(once) == once);
  const auto normal = normalise(text, 1'000);
  CHECK(normal.from.size() == normal.text.size() && normal.to.size() == normal.text.size());
  for (std::size_t i = 0; i < normal.from.size(); ++i)
    CHECK(normal.from[i] <= normal.to[i] && normal.to[i] <= text.size());

  const auto indexed = indexed_text(segmenter, text.substr(0, half), text.substr(half));
  for (const auto word : words_of(indexed)) CHECK(look(indexed, word).whole);
  for (const auto gram : grams_of(indexed.text)) CHECK(look(indexed, gram).part);
  for (const auto& term : terms_of(indexed, {"cases", "390101", 3})) {
    CHECK(changwat::utf8::valid(term));
    for (const char c : term) CHECK(c != ' ' && c != '"' && c != '\'' && c != '\\' && c != ',');
  }
  const auto asked = query_terms(segmenter, text.substr(half));
  CHECK(asked.size() <= query_terms_max);
  if (!asked.empty()) (void)rank_of(indexed, asked);
  (void)features_of(indexed);
  return 0;
}
