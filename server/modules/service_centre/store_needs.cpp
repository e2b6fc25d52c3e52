#include "modules/service_centre/store_needs.hpp"

#include "platform/db/clauses.hpp"

namespace changwat::service_centre::store {
namespace {

const char* column_of(const AreaCode& area) {
  return area.level() == AreaLevel::province ? "province" : "district";
}

// Of a case_id of the statement around it.
constexpr const char* in_a_need =
    "EXISTS (SELECT 1 FROM place_need_case l JOIN place_need n ON n.need_id = l.need_id WHERE "
    "l.case_id = taken.case_id AND n.state = 'proposed')";

}  // namespace

std::vector<Recurring> recurring(db::Connection& db, const AreaCode& area, Instant since,
                                 std::int64_t cases_min) {
  const auto sql =
      "SELECT category, place6, COUNT(*), CAST(SUM(CASE WHEN " + std::string(in_a_need) +
      " THEN 1 ELSE 0 END) AS BIGINT), MIN(received_at), MAX(received_at) FROM (SELECT case_id, "
      "category, SUBSTR(area, 1, 6) AS place6, received_at FROM service_case WHERE " +
      column_of(area) +
      " = $1 AND received_at >= $2 AND state NOT IN ('rejected', 'withdrawn')) AS taken GROUP BY "
      "category, place6 HAVING COUNT(*) >= $3 ORDER BY COUNT(*) DESC, category, place6 LIMIT 100";
  return db.query<Recurring>(sql, area, since, cases_min);
}

std::vector<CaseSummary> in_no_need(db::Connection& db, const Key& category, const AreaCode& area,
                                    Instant since) {
  static const auto sql =
      "SELECT " + db::columns<CaseSummary>() +
      " FROM service_case AS taken WHERE province = $1 AND category = $2 AND SUBSTR(area, 1, 6) = "
      "$3 AND received_at >= $4 AND state NOT IN ('rejected', 'withdrawn') AND NOT " +
      in_a_need + " ORDER BY received_at DESC, case_id DESC LIMIT 50";
  return db.query<CaseSummary>(sql, area.province(), category, area, since);
}

void add(db::Connection& db, const NeedRow& row, const std::vector<CaseId>& cases) {
  db.insert("place_need", row);
  for (const auto& id : cases)
    db.exec("INSERT INTO place_need_case (need_id, case_id) VALUES ($1, $2)", row.need_id, id);
}
void change(db::Connection& db, const NeedRow& row) {
  CHECK(db.update("place_need", row));
}
std::optional<NeedRow> need(db::Connection& db, const NeedId& id) {
  static const auto sql =
      "SELECT " + db::columns<NeedRow>() + " FROM place_need WHERE need_id = $1";
  return db.one<NeedRow>(sql, id);
}

std::vector<NeedSummary> needs(db::Connection& db, const NeedsQuery& query) {
  std::vector<db::Value> values;
  std::string where;
  const auto add = [&](const std::string& before, const auto& value, const char* after = "") {
    values.push_back(db::to_value(value));
    where += (where.empty() ? " WHERE " : " AND ") + before + "$" + std::to_string(values.size()) +
             after;
  };
  if (query.area) add(std::string(column_of(*query.area)) + " = ", *query.area);
  if (query.case_id)
    add("need_id IN (SELECT need_id FROM place_need_case WHERE case_id = ", *query.case_id, ")");
  if (query.state) add("state = ", *query.state);
  std::vector<NeedSummary> out;
  db.run(
      "SELECT need_id, district, area, category, title, state, proposed_at, office_th, office_en, "
      "(SELECT COUNT(*) FROM place_need_case l WHERE l.need_id = place_need.need_id), "
      "demonstration FROM place_need" +
          where + " ORDER BY need_id DESC LIMIT 200",
      values, [&](db::Cursor& row) { out.push_back(db::from_row<NeedSummary>(row)); });
  return out;
}

std::vector<CaseSummary> cases_of(db::Connection& db, const NeedId& id) {
  static const auto sql = "SELECT " + db::columns<CaseSummary>() +
                          " FROM service_case WHERE case_id IN (SELECT case_id FROM "
                          "place_need_case WHERE need_id = $1) ORDER BY received_at DESC, case_id";
  return db.query<CaseSummary>(sql, id);
}

std::optional<NeedRow> standing_need(db::Connection& db, const CaseId& id) {
  static const auto sql = "SELECT " + db::columns<NeedRow>() +
                          " FROM place_need WHERE state = 'proposed' AND need_id IN (SELECT "
                          "need_id FROM place_need_case WHERE case_id = $1) LIMIT 1";
  return db.one<NeedRow>(sql, id);
}

}  // namespace changwat::service_centre::store
