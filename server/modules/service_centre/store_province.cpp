#include "modules/service_centre/store_province.hpp"

namespace changwat::service_centre::store {

std::vector<ProvinceCounted> count_province(db::Connection& db, const AreaCode& province,
                                            const ProvinceMoments& moments) {
  const auto sum = [](const std::string& condition) {
    return "COALESCE(SUM(CASE WHEN " + condition + " THEN 1 ELSE 0 END), 0)";
  };
  static const auto sql =
      "SELECT district, category, " + sum("open") + ", " + sum("open AND due_at < $2") + ", " +
      sum("open AND due_at >= $2 AND due_at < $3") + ", " + sum("open AND reopened > 0") + ", " +
      sum("received_at >= $4") + ", " + sum("received_at >= $5 AND received_at < $4") +
      " FROM service_case WHERE province = $1 AND (open OR received_at >= $5) GROUP BY district, "
      "category ORDER BY district, category";
  return db.query<ProvinceCounted>(sql, province, moments.now, moments.near, moments.since,
                                   moments.before_since);
}

std::vector<OpenPlace> open_places(db::Connection& db, const AreaCode& province) {
  return db.query<OpenPlace>(
      "SELECT area, place, due_at FROM service_case WHERE province = $1 AND open = TRUE LIMIT "
      "50000",
      province);
}

}  // namespace changwat::service_centre::store
