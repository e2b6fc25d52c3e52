#pragma once
// Reads registers of areas as they are published: CSV or XLSX with a heading row, or JSON lists.
//
// Columns are found by their headings (code, name_th, name_en, postcode, parent, in any order; also
// provinceCode/districtCode/subdistrictCode and …NameTh/…NameEn/postalCode as in the open JSON
// registers). Level and parent follow from the code. A village without a name is called by its
// number (หมู่ที่ 5), which its code tells. Every wrong row is named; at most 100.

#include <string_view>
#include <vector>

#include "modules/areas/model.hpp"

namespace changwat::areas {

Result<std::vector<Area>> read_areas(std::string_view bytes, std::string_view file_name);

// data/areas/clusters.csv: one row a province.
Result<std::vector<Cluster>> read_clusters(std::string_view bytes);

}  // namespace changwat::areas
