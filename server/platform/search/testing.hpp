#pragma once
// For tests of what searches: a dictionary with some names, made once.

#include <string>
#include <vector>

#include "platform/search/search.hpp"

namespace changwat::search {

inline const Segmenter& segmenter_for_tests() {
  static const std::vector<std::string> words{"หนองแสง", "โนนสะอาด", "หนองบัวลำภู", "ศรีบุญเรือง",
                                              "กพร",     "อบต",      "อำเภอเมือง"};
  static const Segmenter segmenter(words);
  return segmenter;
}

}  // namespace changwat::search
