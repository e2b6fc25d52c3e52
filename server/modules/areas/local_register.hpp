#pragma once
// Registers of local governments as files: CSV or XLSX with a heading row, or a JSON list.
//
// Columns by their headings, in any order: kind, name_th (both needed), name_en, dla_code, province
// or province_code, district, place or area_code, subdistricts or covers (codes with spaces, commas
// or semicolons between them; a list in JSON), valid_from, valid_to (2020-06-05). The province may
// be left to the place, the district to the place or the first sub-district covered. The kind is an
// English name of LocalKind or what Thai registers write (อบจ. เทศบาลเมือง อบต. …). Every wrong cell
// is named by row and column; at most 100. What the cells say together is judged by
// local_rules.hpp.

#include <string_view>
#include <vector>

#include "modules/areas/local_rules.hpp"

namespace changwat::areas {

Result<std::vector<LocalRow>> read_local_governments(std::string_view bytes,
                                                     std::string_view file_name);

// A table of all that can be read again: the heading, and one row a body.
std::vector<std::string> local_heading();
std::vector<std::string> local_cells(const LocalGovernment& body);

}  // namespace changwat::areas
