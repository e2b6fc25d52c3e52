#pragma once
// Lines of a budget document, as a sheet, into projects: pure.
//
// One row is one budget line; rows of the same province, year and project name are one project.
// Documents read from print by a machine are dirty: nothing is guessed. A row that cannot be read
// is listed with its reason, and a project that has such a row is held back whole, because half a
// project would have a false sum. So: taken + held back + not for a province = the whole document.

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

#include "modules/areas/areas.hpp"
#include "modules/plans/model.hpp"

namespace changwat::plans {

struct ImportedProject {
  AreaCode province;
  FiscalYear fiscal_year;
  ProjectCode code;  // "2565-70-001": ours, by the order in the sheet
  ProjectContent content;
  std::int64_t first_row = 0;  // of the sheet, from 1
  std::int64_t last_row = 0;
};

// A row that was not taken, and why.
struct ImportFault {
  std::int64_t row = 0;
  std::string code;  // stable
  std::string th;
  std::string en;
  Satang amount;  // what it says, where that can be read
};

struct ImportedLines {
  std::vector<ImportedProject> projects;
  std::vector<ImportFault> faults;  // by row
  std::int64_t rows = 0;
  Satang all;    // of all rows whose amount can be read
  Satang taken;  // of the projects
};

// Headings: those of the register of budget lines (province_code, province_th, project, cat1 …
// cat4, item, fiscal_year_be, amount_baht, unit_type, debug), or in Thai those of our own export.
// Problems: those of the reader, and invalid_input when a heading is missing.
Result<ImportedLines> read_budget_lines(std::string_view bytes, std::string_view file_name,
                                        const areas::Register& areas);

}  // namespace changwat::plans
