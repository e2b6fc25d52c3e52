#include "modules/service_centre/store_report.hpp"

namespace changwat::service_centre::store {
namespace {

// For the area and, when it is asked, the year of receipt: $1, then $2 (a district) and $3 as
// wanted.
std::string scope_sql(const ReportAsked& asked, std::vector<db::Value>& values) {
  std::string sql;
  if (asked.area.level() != AreaLevel::province) {
    values.push_back(db::to_value(asked.area));
    sql += " AND district = $" + std::to_string(values.size());
  }
  if (asked.received_in) {
    values.push_back(db::to_value(*asked.received_in));
    sql += " AND fiscal_year = $" + std::to_string(values.size());
  }
  return sql;
}

template <class Row>
void add_rows(std::vector<Row>& out, db::Connection& db, const std::string& sql,
              const std::vector<db::Value>& values) {
  db.run(sql, values, [&](db::Cursor& row) { out.push_back(db::from_row<Row>(row)); });
}

}  // namespace

std::vector<OpenNow> open_now(db::Connection& db, const ReportAsked& asked) {
  std::vector<OpenNow> out;
  const auto province = asked.area.province();
  std::vector<db::Value> values{db::to_value(province)};
  const auto scope = scope_sql(asked, values);
  add_rows(out, db,
           "SELECT category, channel, kind, COUNT(*) FROM service_case WHERE province = $1 AND "
           "open = TRUE" +
               scope + " GROUP BY category, channel, kind",
           values);
  return out;
}

std::vector<Flows> flows(db::Connection& db, const ReportAsked& asked, FiscalYear last) {
  const auto sum = [](const std::string& when) {
    return "CAST(SUM(CASE WHEN " + when + " THEN cases ELSE 0 END) AS BIGINT)";
  };
  std::vector<Flows> out;
  const auto province = asked.area.province();
  for (auto year = asked.year.count(); year <= last.count(); ++year) {
    std::vector<db::Value> values{db::to_value(province), db::to_value(year),
                                  db::to_value(asked.month)};
    const auto scope = scope_sql(asked, values);
    add_rows(out, db,
             "SELECT category, channel, kind, flow, " + sum("month < $3") + ", " +
                 sum("month = $3") + ", " + sum("month > $3") +
                 " FROM case_flow_month WHERE province = $1 AND flow_year = $2" + scope +
                 " GROUP BY category, channel, kind, flow",
             values);
  }
  return out;
}

}  // namespace changwat::service_centre::store
