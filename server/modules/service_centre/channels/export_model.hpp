#pragma once
// What an export of cases asks for. Its rows are the layout that can be imported again.

#include "modules/service_centre/model.hpp"

namespace changwat::service_centre {

enum class CaseExportFormat { csv, json, xlsx };
BOOST_DESCRIBE_ENUM(CaseExportFormat, csv, json, xlsx)

struct CaseExportQuery {
  CaseExportFormat format = CaseExportFormat::csv;
  std::optional<AreaCode> area;  // province or district
  std::optional<FiscalYear> fiscal_year;
};
BOOST_DESCRIBE_STRUCT(CaseExportQuery, (), (format, area, fiscal_year))

}  // namespace changwat::service_centre
