#include "modules/authority/store.hpp"

namespace changwat::authority::store {

std::optional<Grant> grant(db::Connection& db, const GrantId& id) {
  static const auto sql =
      "SELECT " + db::columns<Grant>() + " FROM power_grant WHERE grant_id = $1";
  return db.one<Grant>(sql, id);
}

std::vector<Grant> grants(db::Connection& db) {
  static const auto sql =
      "SELECT " + db::columns<Grant>() + " FROM power_grant ORDER BY depth, grant_id";
  return db.query<Grant>(sql);
}

std::vector<Grant> standing(db::Connection& db) {
  static const auto sql = "SELECT " + db::columns<Grant>() +
                          " FROM power_grant WHERE ended_at IS NULL ORDER BY depth, grant_id";
  return db.query<Grant>(sql);
}

// A parameter is compared before it is asked for NULL: PostgreSQL learns its type from the
// comparison.
std::vector<Grant> of_province(db::Connection& db, const AreaCode& province,
                               const std::optional<GrantId>& before, std::int64_t limit) {
  static const auto sql = "SELECT " + db::columns<Grant>() +
                          " FROM power_grant WHERE province = $1 AND (grant_id < $2 OR $2 IS NULL)"
                          " ORDER BY grant_id DESC LIMIT $3";
  return db.query<Grant>(sql, province, before, limit);
}

void add(db::Connection& db, const Grant& grant) {
  db.insert("power_grant", grant);
}

void end(db::Connection& db, const GrantId& id, Instant at, std::string_view why) {
  db.exec("UPDATE power_grant SET ended_at = $2, ended_why = $3 WHERE grant_id = $1", id, at, why);
}

}  // namespace changwat::authority::store
