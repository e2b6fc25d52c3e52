#pragma once
// What of a case strangers may be told, and how found words are shown in a text. Pure.

#include <string>
#include <string_view>
#include <vector>

#include "platform/search/words.hpp"

#include "modules/service_centre/finding_model.hpp"

namespace changwat::service_centre {

// Of the text, those words that data/service_centre/alike.json lists, each once, as they come; 20
// at most. They are all that strangers are told of it, and all by which their own is compared with
// it.
std::vector<std::string> plain_words(const search::Segmenter& segmenter, const AlikeList& list,
                                     std::string_view text);

// Whether strangers may be told that the case is there: it is open, of a category and kind of the
// list, accuses nobody, and all who reported it are known not to be secret. `own` are its own
// reporters, not those of cases merged into it: who joins changes nothing of what strangers see.
bool may_be_told(const AlikeList& list, const CaseRow& row, const std::vector<ReporterRow>& own);

// A whole text in pieces, with the words of the question marked.
std::vector<TextPiece> marked(std::string_view text, std::string_view question);
// The part around the first find, about 160 letters; empty when there is none.
std::vector<TextPiece> excerpt_of(std::string_view text, std::string_view question);

}  // namespace changwat::service_centre
