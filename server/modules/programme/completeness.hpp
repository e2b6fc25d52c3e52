#pragma once
// What an application still lacks before it can be submitted. Pure.
//
// Content by resolution 3.2 of meeting 2/2563; that an agenda names its working group by resolution
// 1.4 of meeting 1/2564; the form of a KPI (three baseline years, two yearly targets, criteria of
// 50, 75 and 100 points) is that of the programme's KPI sheet. web/src/lib/completeness.ts shows
// the same to the author while writing; this has the last word.

#include <set>
#include <string>
#include <vector>

#include "modules/programme/model.hpp"

namespace changwat::programme {

// `files`: keys that are there. Pointers are into the proposal, "/files/{key}" for a file.
std::vector<Missing> missing(const Proposal& proposal, const std::vector<Requirement>& requirements,
                             const std::set<std::string>& files);

}  // namespace changwat::programme
