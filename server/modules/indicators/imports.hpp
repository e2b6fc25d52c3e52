#pragma once
// Sheets that officers bring in: what is asked, shown before anything is written, and answered
// after.

#include <optional>
#include <string>
#include <vector>

#include "modules/indicators/model.hpp"
#include "modules/indicators/store.hpp"

namespace changwat::indicators {

inline constexpr std::size_t import_bytes_max = std::size_t{10} << 20;
inline constexpr std::size_t imported_items_max = 100'000;  // values of one sheet
inline constexpr std::size_t portion_items_max = 5'000;     // written by one act
inline constexpr std::size_t preview_rows_max = 200;
inline constexpr std::size_t wrong_cells_max = 500;
inline constexpr std::int64_t import_kept_ms = 24LL * 60 * 60 * 1000;
inline constexpr std::int64_t imports_waiting_max = 20;  // of one person

enum class ImportKind { kpi_values, kpi_definitions };
BOOST_DESCRIBE_ENUM(ImportKind, kpi_values, kpi_definitions)

struct ImportQuery {
  ImportKind kind = ImportKind::kpi_values;
  std::optional<Text<1, 200>> name;         // of the file
  std::optional<Text<1, 31>> sheet;         // the first visible one if absent
  std::optional<AreaCode> province;         // where the sheet has no such column
  std::optional<FiscalYear> fiscal_year;    // of definitions, where the sheet has no such column
  std::optional<SourceClass> source_class;  // where the sheet names none; self_reported if absent
};
BOOST_DESCRIBE_STRUCT(ImportQuery, (), (kind, name, sheet, province, fiscal_year, source_class))

struct ImportPath {
  ImportId import_id;
};
BOOST_DESCRIBE_STRUCT(ImportPath, (), (import_id))

struct ImportCell {
  std::string reference;               // "C7"
  std::string text;                    // as it stands in the sheet
  std::optional<std::string> value;    // as it was understood
  std::optional<std::string> problem;  // stable code
  std::optional<std::string> problem_th;
  std::optional<std::string> problem_en;
};
BOOST_DESCRIBE_STRUCT(ImportCell, (), (reference, text, value, problem, problem_th, problem_en))

struct ImportPreviewRow {
  std::int64_t row = 0;  // as a spreadsheet program numbers it
  std::vector<ImportCell> cells;
};
BOOST_DESCRIBE_STRUCT(ImportPreviewRow, (), (row, cells))

struct ImportColumn {
  std::string reference;  // "C"
  std::string heading;
  std::string meaning;  // province, kpi, period, value, …, or ignored
};
BOOST_DESCRIBE_STRUCT(ImportColumn, (), (reference, heading, meaning))

enum class ImportState { waiting, confirmed };
BOOST_DESCRIBE_ENUM(ImportState, waiting, confirmed)

struct ImportAnswer {
  ImportId import_id;
  ImportKind kind = ImportKind::kpi_values;
  ImportState state = ImportState::waiting;
  std::string file_name;
  std::string sheet;
  std::int64_t rows = 0;       // below the heading
  std::int64_t good = 0;       // values or definitions that will be written
  std::int64_t unchanged = 0;  // that stand in the record already
  std::int64_t blank = 0;      // cells that say there is no value
  std::int64_t wrong = 0;      // cells, also those beyond the list
  std::vector<ImportColumn> columns;
  std::vector<ImportPreviewRow> preview;  // the first 200 rows
  std::vector<ImportCell> wrong_cells;    // the first 500
  Instant expires_at;
};
BOOST_DESCRIBE_STRUCT(ImportAnswer, (),
                      (import_id, kind, state, file_name, sheet, rows, good, unchanged, blank,
                       wrong, columns, preview, wrong_cells, expires_at))

struct ConfirmImport {
  std::optional<bool> skip_wrong;
};
BOOST_DESCRIBE_STRUCT(ConfirmImport, (), (skip_wrong))

struct ImportRefusal {
  std::string reference;
  std::string th;
  std::string en;
};
BOOST_DESCRIBE_STRUCT(ImportRefusal, (), (reference, th, en))

struct PortionOutcome {
  std::int64_t written = 0;
  std::int64_t unchanged = 0;
  std::vector<ImportRefusal> refused;  // somebody else was faster
};
BOOST_DESCRIBE_STRUCT(PortionOutcome, (), (written, unchanged, refused))

struct ImportOutcome {
  ImportId import_id;
  std::int64_t written = 0;
  std::int64_t unchanged = 0;
  std::int64_t skipped = 0;  // wrong cells that were left out
  std::vector<ImportRefusal> refused;
};
BOOST_DESCRIBE_STRUCT(ImportOutcome, (), (import_id, written, unchanged, skipped, refused))

}  // namespace changwat::indicators
