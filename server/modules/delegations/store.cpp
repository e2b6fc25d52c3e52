#include "modules/delegations/store.hpp"

#include "platform/db/clauses.hpp"

namespace changwat::delegations::store {
namespace {

constexpr std::int64_t uses_max = 1'000;  // of one order

// " AND (…)": what may be seen.
std::string seen_sql(const Seen& seen, std::vector<db::Value>& values) {
  if (!seen.provinces) return "";
  std::string any;
  if (!seen.provinces->empty()) any = "province IN " + db::places(values, *seen.provinces);
  if (!seen.offices.empty()) {
    if (!any.empty()) any += " OR ";
    any += "grantor_office_id IN " + db::places(values, seen.offices);
    any += " OR (stage NOT IN ('draft', 'withdrawn') AND delegate_office_id IN " +
           db::places(values, seen.offices) + ")";
  }
  return " AND (" + any + ")";
}

std::int64_t next_position(db::Connection& db, const char* table, const OrderId& id) {
  const auto sql =
      "SELECT COALESCE(MAX(position), 0) FROM " + std::string(table) + " WHERE order_id = $1";
  return 1 + db.one<std::int64_t>(sql, id).value_or(0);
}

}  // namespace

std::optional<OrderRow> order(db::Connection& db, const OrderId& id) {
  static const auto sql =
      "SELECT " + db::columns<OrderRow>() + " FROM delegation_order WHERE order_id = $1";
  return db.one<OrderRow>(sql, id);
}

std::vector<OrderRow> orders(db::Connection& db, const OrderQuery& query, const Seen& seen) {
  std::vector<OrderRow> out;
  if (seen.provinces && seen.provinces->empty() && seen.offices.empty()) return out;
  std::vector<db::Value> values{
      db::to_value(query.province), db::to_value(query.kind),
      db::to_value(query.stage),    db::to_value(query.project_id),
      db::to_value(query.cursor),   db::to_value(query.limit.count() + 1)};
  const auto sql = "SELECT " + db::columns<OrderRow>() +
                   " FROM delegation_order WHERE (province = $1 OR $1 IS NULL)"
                   " AND (kind = $2 OR $2 IS NULL) AND (stage = $3 OR $3 IS NULL)"
                   " AND (project_id = $4 OR $4 IS NULL) AND (order_id < $5 OR $5 IS NULL)" +
                   seen_sql(seen, values) + " ORDER BY order_id DESC LIMIT $6";
  db.run(sql, values, [&](db::Cursor& row) { out.push_back(db::from_row<OrderRow>(row)); });
  return out;
}

std::vector<OrderRow> issued_on(db::Connection& db, const ProjectId& project,
                                const OrderId& without) {
  static const auto sql = "SELECT " + db::columns<OrderRow>() +
                          " FROM delegation_order WHERE project_id = $1 AND stage = 'issued'"
                          " AND order_id <> $2 ORDER BY order_id";
  return db.query<OrderRow>(sql, project, without);
}

bool number_taken(db::Connection& db, const OfficeRef& grantor, std::string_view number,
                  const OrderId& without) {
  return db
      .one<std::int64_t>(
          "SELECT 1 FROM delegation_order WHERE grantor_office_id = $1 AND number = $2"
          " AND signed_at IS NOT NULL AND order_id <> $3 LIMIT 1",
          grantor, number, without)
      .has_value();
}

void add(db::Connection& db, const OrderRow& order) {
  db.insert("delegation_order", order);
}
void change(db::Connection& db, const OrderRow& order) {
  CHECK(db.update("delegation_order", order));
}

std::vector<OrderGrant> grants(db::Connection& db, const OrderId& id) {
  static const auto sql = "SELECT " + db::columns<OrderGrant>() +
                          " FROM delegation_grant WHERE order_id = $1 ORDER BY grant_id";
  return db.query<OrderGrant>(sql, id);
}
void add(db::Connection& db, const OrderGrant& grant) {
  db.insert("delegation_grant", grant);
}
std::vector<OrderGrant> grants_of_province(db::Connection& db, const AreaCode& province) {
  static const auto sql =
      "SELECT " + db::columns<OrderGrant>("g") +
      " FROM delegation_grant g JOIN delegation_order o ON o.order_id = g.order_id"
      " WHERE o.province = $1 ORDER BY g.grant_id";
  return db.query<OrderGrant>(sql, province);
}

std::vector<OrderUse> uses(db::Connection& db, const OrderId& id) {
  static const auto sql = "SELECT " + db::columns<OrderUse>() +
                          " FROM delegation_use WHERE order_id = $1 ORDER BY position LIMIT $2";
  return db.query<OrderUse>(sql, id, uses_max);
}
Satang used(db::Connection& db, const OrderId& id) {
  const auto sum = db.one<std::int64_t>(
      "SELECT CAST(COALESCE(SUM(amount_satang), 0) AS BIGINT) FROM delegation_use"
      " WHERE order_id = $1",
      id);
  const auto amount = Satang::of_count(sum.value_or(0));
  CHECK(amount.has_value());
  return *amount;
}
bool was_used(db::Connection& db, const OrderId& id) {
  return db.one<std::int64_t>("SELECT 1 FROM delegation_use WHERE order_id = $1 LIMIT 1", id)
      .has_value();
}
void add(db::Connection& db, OrderUse use) {
  use.position = next_position(db, "delegation_use", use.order_id);
  db.insert("delegation_use", use);
}

std::vector<OrderStep> steps(db::Connection& db, const OrderId& id) {
  static const auto sql = "SELECT " + db::columns<OrderStep>() +
                          " FROM delegation_step WHERE order_id = $1 ORDER BY position LIMIT 2000";
  return db.query<OrderStep>(sql, id);
}
void add(db::Connection& db, OrderStep step) {
  step.position = next_position(db, "delegation_step", step.order_id);
  db.insert("delegation_step", step);
}

std::optional<PaperRow> paper(db::Connection& db, const OrderId& id, const Key& file) {
  static const auto sql = "SELECT " + db::columns<PaperRow>() +
                          " FROM delegation_paper WHERE order_id = $1 AND file = $2";
  return db.one<PaperRow>(sql, id, file);
}
void add(db::Connection& db, const PaperRow& paper) {
  db.insert("delegation_paper", paper);
}

}  // namespace changwat::delegations::store
