#pragma once
// Reading a sheet of values or definitions, pure: which column means what, what every cell says,
// and what is wrong with it. Nothing is written and nothing guessed.
//
// Headings are known in Thai and English. A sheet may have one value in a row, or a column for each
// month or year, or a column for each indicator. Quantities are read by documents/numbers; figures
// with more places than six (formulas make them) are rounded to six.

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

#include "platform/documents/sheet.hpp"

#include "modules/indicators/imports.hpp"
#include "modules/indicators/rules.hpp"

namespace changwat::indicators {

// A value as the sheet gives it, ready to be written.
struct ImportedValue {
  std::string reference;
  AreaCode province;
  KpiId kpi_id;
  NewValue value;  // `corrects` is not set: what is corrected is decided when it is written
};
BOOST_DESCRIBE_STRUCT(ImportedValue, (), (reference, province, kpi_id, value))

struct ImportedKpi {
  std::string reference;
  NewKpi kpi;
};
BOOST_DESCRIBE_STRUCT(ImportedKpi, (), (reference, kpi))

struct ImportReading {
  ImportAnswer answer;  // without id, kind, names and expiry
  std::vector<ImportedValue> values;
  std::vector<ImportedKpi> kpis;
};

// What the reader has to know of the record and of who asks.
struct ImportContext {
  ImportKind kind = ImportKind::kpi_values;
  Instant now;
  std::optional<AreaCode> province;  // of rows that name none
  std::optional<FiscalYear> fiscal_year;
  SourceClass source_class = SourceClass::self_reported;
  std::map<std::string, AreaCode> provinces;        // by folded name and by code
  std::function<bool(const AreaCode&)> may_import;  // the caller, for a province
  std::map<AreaCode, std::map<std::string, std::vector<const Kpi*>>>
      kpis;  // by code and folded name
  // What holds of a period now.
  std::function<std::optional<Decimal>(const Kpi&, const KpiPeriod&)> reported;
};

// For comparing names: lower case, without blanks and the word จังหวัด in front.
std::string folded_name(std::string_view name);

class SheetReader {
 public:
  explicit SheetReader(const ImportContext& context);
  ~SheetReader();
  SheetReader(const SheetReader&) = delete;

  documents::Reading on_row(const documents::Row& row);
  // Problems: invalid_input where no heading was understood, too_large beyond the limit.
  Result<ImportReading> finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace changwat::indicators
