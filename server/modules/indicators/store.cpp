#include "modules/indicators/store.hpp"

namespace changwat::indicators::store {
namespace {

// A ReportedValue with the key under which it is stored, and who recorded it.
struct ValueRow : ReportedValue {
  AreaCode province;
  KpiId kpi_id;
  std::int64_t period_month = 0;
  std::string office_id;
};
BOOST_DESCRIBE_STRUCT(ValueRow, (ReportedValue), (province, kpi_id, period_month, office_id))

struct OwnedValue {
  KpiId kpi_id;
  ReportedValue value;
};

const std::string& select_kpi() {
  static const auto sql = "SELECT " + db::columns<Kpi>() + " FROM kpi ";
  return sql;
}

const std::string& select_value() {
  static const auto sql = "SELECT " + db::columns<ReportedValue>("v") + " FROM kpi_value v ";
  return sql;
}

// No withdrawal, and no later row of the same period: answered by the primary key.
constexpr const char* holds =
    " AND NOT v.withdrawn AND NOT EXISTS (SELECT 1 FROM kpi_value n WHERE n.province = v.province "
    "AND n.kpi_id = "
    "v.kpi_id"
    " AND n.period_month = v.period_month AND n.period = v.period AND n.revision > v.revision)";

}  // namespace

// ---- definitions

std::optional<Kpi> kpi(db::Connection& db, const KpiId& id) {
  static const auto sql = select_kpi() + "WHERE kpi_id = $1";
  return db.one<Kpi>(sql, id);
}

std::optional<Kpi> kpi(db::Connection& db, const AreaCode& province, FiscalYear year,
                       const Key& code) {
  static const auto sql = select_kpi() + "WHERE province = $1 AND fiscal_year = $2 AND code = $3";
  return db.one<Kpi>(sql, province, year, code);
}

// A parameter is compared before it is asked for NULL: PostgreSQL learns its type from the
// comparison.
std::vector<Kpi> kpis(db::Connection& db, const KpiQuery& query) {
  static const auto sql = select_kpi() +
                          "WHERE (province = $1 OR $1 IS NULL) AND (fiscal_year = $2 OR $2 IS NULL)"
                          " AND (kpi_id > $3 OR $3 IS NULL) ORDER BY kpi_id LIMIT $4";
  return db.query<Kpi>(sql, query.province, query.fiscal_year, query.cursor,
                       query.limit.count() + 1);
}

std::vector<Kpi> kpis_of(db::Connection& db, const AreaCode& province) {
  static const auto sql = select_kpi() + "WHERE province = $1 ORDER BY fiscal_year, code";
  return db.query<Kpi>(sql, province);
}

std::vector<Kpi> all_kpis(db::Connection& db) {
  static const auto sql = select_kpi() + "ORDER BY province, fiscal_year, code";
  return db.query<Kpi>(sql);
}

void add(db::Connection& db, const Kpi& kpi) {
  db.insert("kpi", kpi);
}
void change(db::Connection& db, const Kpi& kpi) {
  CHECK(db.update("kpi", kpi));
}

bool has_demonstration(db::Connection& db) {
  return db.one<std::int64_t>("SELECT 1 FROM kpi WHERE demonstration = $1 LIMIT 1", true)
      .has_value();
}

// ---- values

std::vector<ReportedValue> values(db::Connection& db, const KpiId& id, const ValueQuery& query) {
  static const auto page =
      select_value() +
      "WHERE v.province = (SELECT province FROM kpi WHERE kpi_id = $1) AND v.kpi_id = $1"
      " AND (v.period_month, v.period, v.revision) > ($2, $3, $4)";
  static const auto order = std::string(" ORDER BY v.period_month, v.period, v.revision LIMIT $5");
  static const auto sql_all = page + order;
  static const auto sql_valid = page + holds + order;
  const auto& sql = query.history == History::all ? sql_all : sql_valid;
  const auto month = query.cursor ? query.cursor->period().last_month() : -1;
  const auto period = query.cursor ? query.cursor->period().text() : std::string();
  const auto revision = query.cursor ? query.cursor->revision() : std::int64_t{0};
  return db.query<ReportedValue>(sql, id, month, period, revision, query.limit.count() + 1);
}

std::vector<ReportedValue> valid_values(db::Connection& db, const AreaCode& province,
                                        const KpiId& id) {
  static const auto sql = select_value() + "WHERE v.province = $1 AND v.kpi_id = $2" + holds +
                          " ORDER BY v.period_month, v.period";
  return db.query<ReportedValue>(sql, province, id);
}

std::vector<ReportedValue> newest_values(db::Connection& db, const AreaCode& province,
                                         const KpiId& id, std::int64_t limit) {
  static const auto sql = select_value() + "WHERE v.province = $1 AND v.kpi_id = $2" + holds +
                          " ORDER BY v.period_month DESC, v.period DESC LIMIT $3";
  auto rows = db.query<ReportedValue>(sql, province, id, limit);
  return {rows.rbegin(), rows.rend()};
}

void each_valid_value(db::Connection& db,
                      const std::function<void(const KpiId&, const ReportedValue&)>& value) {
  static const auto sql = "SELECT v.kpi_id, " + db::columns<ReportedValue>("v") +
                          " FROM kpi_value v WHERE v.revision > 0" + holds +
                          " ORDER BY v.province, v.kpi_id, v.period_month, v.period";
  db.run(sql, {}, [&](db::Cursor& row) {
    OwnedValue owned;
    db::from_column(row, 0, owned.kpi_id);
    int column = 1;
    for_each_member(owned.value,
                    [&](const char*, auto& member) { db::from_column(row, column++, member); });
    value(owned.kpi_id, owned.value);
  });
}

std::optional<ReportedValue> last_row(db::Connection& db, const AreaCode& province, const KpiId& id,
                                      const KpiPeriod& period) {
  static const auto sql =
      select_value() +
      "WHERE v.province = $1 AND v.kpi_id = $2 AND v.period_month = $3 AND v.period = $4"
      " ORDER BY v.revision DESC LIMIT 1";
  return db.one<ReportedValue>(sql, province, id, period.last_month(), period);
}

std::optional<ReportedValue> row(db::Connection& db, const AreaCode& province, const KpiId& id,
                                 const ValueId& value_id) {
  static const auto sql =
      select_value() + "WHERE v.province = $1 AND v.kpi_id = $2 AND v.value_id = $3";
  return db.one<ReportedValue>(sql, province, id, value_id);
}

std::string office_of(db::Connection& db, const AreaCode& province, const KpiId& id,
                      const ReportedValue& value) {
  return db
      .one<std::string>(
          "SELECT office_id FROM kpi_value WHERE province = $1 AND kpi_id = $2"
          " AND period_month = $3 AND period = $4 AND revision = $5",
          province, id, value.period.last_month(), value.period, value.revision)
      .value_or("");
}

void add(db::Connection& db, const AreaCode& province, const KpiId& id, const ReportedValue& value,
         const std::string& office_id) {
  db.insert("kpi_value", ValueRow{value, province, id, value.period.last_month(), office_id});
}

// ---- imports

std::optional<ImportRow> import(db::Connection& db, const ImportId& id) {
  static const auto sql =
      "SELECT " + db::columns<ImportRow>() + " FROM kpi_import WHERE import_id = $1";
  return db.one<ImportRow>(sql, id);
}

std::optional<PortionRow> portion(db::Connection& db, const ImportId& id, std::int64_t number) {
  static const auto sql = "SELECT " + db::columns<PortionRow>() +
                          " FROM kpi_import_portion WHERE import_id = $1 AND number = $2";
  return db.one<PortionRow>(sql, id, number);
}

std::int64_t portion_count(db::Connection& db, const ImportId& id) {
  return *db.one<std::int64_t>("SELECT count(*) FROM kpi_import_portion WHERE import_id = $1", id);
}

std::int64_t imports_waiting(db::Connection& db, const std::string& person_id) {
  return *db.one<std::int64_t>(
      "SELECT count(*) FROM kpi_import WHERE person_id = $1 AND confirmed_at IS NULL", person_id);
}

void add(db::Connection& db, const ImportRow& import) {
  db.insert("kpi_import", import);
}
void add(db::Connection& db, const PortionRow& portion) {
  db.insert("kpi_import_portion", portion);
}

void set_outcome(db::Connection& db, const PortionRow& portion) {
  db.exec("UPDATE kpi_import_portion SET outcome = $3 WHERE import_id = $1 AND number = $2",
          portion.import_id, portion.number, portion.outcome);
}

void confirm(db::Connection& db, const ImportId& id, Instant now) {
  db.exec("UPDATE kpi_import SET confirmed_at = $2 WHERE import_id = $1", id, now);
}

void forget_expired(db::Connection& db, Instant now) {
  db.exec(
      "DELETE FROM kpi_import_portion WHERE import_id IN"
      " (SELECT import_id FROM kpi_import WHERE expires_at < $1)",
      now);
  db.exec("DELETE FROM kpi_import WHERE expires_at < $1", now);
}

}  // namespace changwat::indicators::store
