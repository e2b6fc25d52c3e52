#pragma once
// The SQL of indicators: tables kpi, kpi_value, kpi_import, kpi_import_portion.
//
// Rows of kpi_value are only ever added. What holds of a period is its row with the highest
// revision, found by the primary key alone.

#include <functional>
#include <optional>
#include <vector>

#include "platform/db/connection.hpp"

#include "modules/indicators/model.hpp"

namespace changwat::indicators::store {

// ---- definitions
std::optional<Kpi> kpi(db::Connection& db, const KpiId& id);
std::optional<Kpi> kpi(db::Connection& db, const AreaCode& province, FiscalYear year,
                       const Key& code);
// By kpi_id; one more than the limit, so that the caller sees whether there is a next page.
std::vector<Kpi> kpis(db::Connection& db, const KpiQuery& query);
std::vector<Kpi> kpis_of(db::Connection& db, const AreaCode& province);  // by year and code
std::vector<Kpi> all_kpis(db::Connection& db);  // by province, year and code
void add(db::Connection& db, const Kpi& kpi);
void change(db::Connection& db, const Kpi& kpi);
bool has_demonstration(db::Connection& db);

// ---- values
// Page of a KPI, by period and revision, behind the cursor; one more than the limit.
std::vector<ReportedValue> values(db::Connection& db, const KpiId& id, const ValueQuery& query);
// What holds now, by the period's end: of one KPI, or row by row of all, by province and KPI.
std::vector<ReportedValue> valid_values(db::Connection& db, const AreaCode& province,
                                        const KpiId& id);
// The same of one KPI, only the newest.
std::vector<ReportedValue> newest_values(db::Connection& db, const AreaCode& province,
                                         const KpiId& id, std::int64_t limit);
void each_valid_value(db::Connection& db,
                      const std::function<void(const KpiId&, const ReportedValue&)>& value);
// The last row of one period, also one that withdraws the value; none: nothing was ever reported.
std::optional<ReportedValue> last_row(db::Connection& db, const AreaCode& province, const KpiId& id,
                                      const KpiPeriod& period);
// One row of a KPI.
std::optional<ReportedValue> row(db::Connection& db, const AreaCode& province, const KpiId& id,
                                 const ValueId& value_id);
// The office that recorded a value.
std::string office_of(db::Connection& db, const AreaCode& province, const KpiId& id,
                      const ReportedValue& value);
void add(db::Connection& db, const AreaCode& province, const KpiId& id, const ReportedValue& value,
         const std::string& office_id);

// ---- imports
struct ImportRow {
  ImportId import_id;
  std::string person_id;
  std::string kind;
  std::string file_name;
  std::string digest;  // SHA-256 of the sheet, in hexadecimal
  std::int64_t wrong = 0;
  std::string preview;  // ImportAnswer as JSON
  Instant made_at;
  Instant expires_at;
  std::optional<Instant> confirmed_at;
};
BOOST_DESCRIBE_STRUCT(ImportRow, (),
                      (import_id, person_id, kind, file_name, digest, wrong, preview, made_at,
                       expires_at, confirmed_at))

struct PortionRow {
  ImportId import_id;
  std::int64_t number = 0;
  std::string content;                 // rows as JSON
  std::optional<std::string> outcome;  // PortionOutcome as JSON; none: not written yet
};
BOOST_DESCRIBE_STRUCT(PortionRow, (), (import_id, number, content, outcome))

std::optional<ImportRow> import(db::Connection& db, const ImportId& id);
std::optional<PortionRow> portion(db::Connection& db, const ImportId& id, std::int64_t number);
std::int64_t portion_count(db::Connection& db, const ImportId& id);
std::int64_t imports_waiting(db::Connection& db, const std::string& person_id);
void add(db::Connection& db, const ImportRow& import);
void add(db::Connection& db, const PortionRow& portion);
void set_outcome(db::Connection& db, const PortionRow& portion);
void confirm(db::Connection& db, const ImportId& id, Instant now);
void forget_expired(db::Connection& db, Instant now);

}  // namespace changwat::indicators::store
