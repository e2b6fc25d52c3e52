#pragma once
// One pass over a sheet, row by row: what the columns mean, what is said of each cell, and the rows
// of values and of definitions on top of that. Inside import_sheet only.

#include "modules/indicators/import_headings.hpp"
#include "modules/indicators/import_sheet.hpp"

namespace changwat::indicators {

using SheetCell = documents::Cell;  // a Cell of ours stands in a scoreboard
using SheetRow = documents::Row;

Problem wrong_cell(std::string code, std::string th, std::string en);

// The beginning of a cell's text, for the preview.
std::string shown(std::string_view text);

// A quantity as an exact number; none where the cell says there is no value.
Result<std::optional<Decimal>> number_in(const SheetCell& cell);

// What rows of both kinds share.
class SheetPass {
 public:
  explicit SheetPass(const ImportContext& importing) : context(importing) {}

  const ImportContext& context;
  ImportReading reading;
  std::vector<Heading> headings;         // by column; empty until the heading row is found
  std::vector<std::string> kpi_columns;  // folded heading, where meaning is value_of_kpi
  ImportPreviewRow* preview = nullptr;   // where cells of the row are shown; none: no more
  bool full = false;                     // as much as one sheet may bring

  void understood(const SheetCell& cell, std::string value);
  void refuse(const SheetCell& cell, const Problem& problem);
  // Of a row in which a needed cell is empty.
  void refuse_missing(const SheetRow& row, Meaning meaning, std::string th, std::string en);
  const SheetCell* cell_of(const SheetRow& row, Meaning meaning) const;
  bool has(Meaning meaning) const;
  // False: it is no row of headings.
  bool take_heading(const SheetRow& row);
  // Empty: it was refused, and said so.
  std::optional<AreaCode> province_in(const SheetRow& row);
  // The agreements of a province on the KPI of this code or folded name, by year; null: none.
  const std::vector<const Kpi*>* kpis_named(const AreaCode& province,
                                            const std::string& folded) const;

 private:
  bool is_kpi_name(const std::string& folded) const;
  // A sheet of definitions has no columns of values, whatever their headings look like.
  void settle_columns(bool definitions);
};

class ValueRows {
 public:
  explicit ValueRows(SheetPass& pass) : pass_(pass) {}
  void take(const SheetRow& row);

 private:
  std::optional<KpiPeriod> period_in(const SheetRow& row);
  std::optional<KpiPeriod> month_of_year(const SheetCell& month_cell, const SheetCell& year_cell);
  std::optional<KpiPeriod> taken(const SheetCell& cell, const Result<KpiPeriod>& period);
  // By code or, failing that, by name.
  const std::vector<const Kpi*>* kpis_in(const SheetRow& row, const AreaCode& province);
  // The agreement in force at the end of the period; before the first one, that.
  static const Kpi& in_force(const std::vector<const Kpi*>& agreements, const KpiPeriod& period);
  void take_source(const SheetRow& row, NewValue& value);
  void take_value(const SheetRow& row, const SheetCell& cell, const AreaCode& province,
                  const std::vector<const Kpi*>& agreements, const KpiPeriod& period);

  SheetPass& pass_;
  std::set<std::pair<KpiId, KpiPeriod>> seen_;
};

class DefinitionRows {
 public:
  explicit DefinitionRows(SheetPass& pass) : pass_(pass) {}
  void take(const SheetRow& row);

 private:
  template <class T>
  void take_text(const SheetRow& row, Meaning meaning, T& out, bool needed, const char* th,
                 const char* en, bool& good);
  std::optional<Decimal> take_number(const SheetCell& cell, bool& good);
  template <class Years>
  void take_years(const SheetRow& row, Meaning meaning, Years& years, bool& good);
  void take_criteria(const SheetRow& row, NewKpi& kpi, bool& good);
  void take_direction(const SheetRow& row, NewKpi& kpi, bool& good);
  // A sheet without codes gets stable ones, so that it can be imported again.
  void take_code(const SheetRow& row, NewKpi& kpi, bool& good);
  std::optional<FiscalYear> year_in(const SheetRow& row);
  void finish_definition(const SheetRow& row, NewKpi kpi);

  SheetPass& pass_;
  std::set<std::string> seen_;  // province, year and code
};

}  // namespace changwat::indicators
