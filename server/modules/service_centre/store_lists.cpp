#include "modules/service_centre/store_lists.hpp"

#include "platform/db/clauses.hpp"

namespace changwat::service_centre::store {
namespace {

// The conditions of a list, put together from what is asked: what is absent is no condition, so
// that an index serves what is there.
// Values outlive the statement, so none may be a temporary.
class Where {
 public:
  template <class T>
  void is(std::string_view column, const std::optional<T>& value,
          std::string_view comparison = "=") {
    if (!value) return;
    values_.push_back(db::to_value(*value));
    add(std::string(column) + " " + std::string(comparison) + " " + last());
  }
  template <class T>
  void is(std::string_view column, const std::optional<T>&& value,
          std::string_view comparison = "=") = delete;
  template <class T>
  std::string place(const T& value) {
    values_.push_back(db::to_value(value));
    return last();
  }
  template <class T>
  std::string places(const std::vector<T>& more) {
    return db::places(values_, more);
  }
  void add(const std::string& condition) {
    sql_ += (sql_.empty() ? " WHERE " : " AND ") + condition;
  }
  const std::string& sql() const { return sql_; }
  const std::vector<db::Value>& values() const { return values_; }

 private:
  std::string last() const { return "$" + std::to_string(values_.size()); }
  std::string sql_;
  std::vector<db::Value> values_;
};

const char* column_of(const AreaCode& area) {
  return area.level() == AreaLevel::province ? "province" : "district";
}

struct Split {
  std::vector<AreaCode> provinces, districts;
};

Split split(const std::vector<AreaCode>& areas) {
  Split out;
  for (const auto& area : areas) {
    if (area.level() == AreaLevel::province) out.provinces.push_back(area);
    if (area.level() == AreaLevel::district) out.districts.push_back(area);
  }
  return out;
}

void add_scope(Where& where, const Scope& scope, const Split& areas) {
  if (!scope.offices.empty())
    return where.add("case_id IN (SELECT case_id FROM case_assignment WHERE office_id IN " +
                     where.places(scope.offices) + " AND state NOT IN ('returned', 'ended'))");
  if (!scope.areas) return;
  std::string either;
  if (!areas.provinces.empty()) either = "province IN " + where.places(areas.provinces);
  if (!areas.districts.empty())
    either += (either.empty() ? "" : " OR ") + ("district IN " + where.places(areas.districts));
  where.add(either.empty() ? "1 = 0" : "(" + either + ")");
}

// Cases of which a flow of the report was counted on these days, or that were open at an end.
void add_count(Where& where, const CaseQuery& query) {
  if (!query.count) return;
  const auto flows = [&](std::string_view what) {
    std::string sql =
        "case_id IN (SELECT case_id FROM case_flow WHERE flow = '" + std::string(what) + "'";
    if (query.province) sql += " AND province = " + where.place(*query.province);
    if (query.from) sql += " AND on_date >= " + where.place(*query.from);
    if (query.to) sql += " AND on_date <= " + where.place(*query.to);
    where.add(sql + ")");
  };
  const auto open = [&](const char* comparison, const std::optional<Date>& day) {
    if (!day) return;
    where.add(
        "(SELECT SUM(CASE flow WHEN 'settled' THEN -1 ELSE 1 END) FROM case_flow f WHERE f.case_id "
        "= service_case.case_id AND f.on_date " +
        std::string(comparison) + " " + where.place(*day) + ") > 0");
  };
  switch (*query.count) {
    case CaseCount::received:
    case CaseCount::reopened:
    case CaseCount::settled:
      return flows(enum_name(*query.count));
    case CaseCount::open_at_start:
      return open("<", query.from);
    case CaseCount::open_at_end:
      return open("<=", query.to);
  }
}

std::string counted_columns(Where& where, Instant now, Instant near) {
  const auto late = where.place(now);
  const auto soon = where.place(near);
  return "COUNT(*), SUM(CASE WHEN due_at < " + late +
         " THEN 1 ELSE 0 END), SUM(CASE WHEN due_at >= " + late + " AND due_at < " + soon +
         " THEN 1 ELSE 0 END)";
}

template <class Row>
std::vector<Row> rows(db::Connection& db, const std::string& sql, const Where& where) {
  std::vector<Row> out;
  db.run(sql, where.values(), [&](db::Cursor& row) { out.push_back(db::from_row<Row>(row)); });
  return out;
}

}  // namespace

std::vector<CaseSummary> cases(db::Connection& db, const ListAsked& asked) {
  const auto& query = asked.query;
  const auto areas = split(asked.scope.areas.value_or(std::vector<AreaCode>()));
  const bool settled = query.open == 0;
  const std::optional<bool> open =
      query.open ? std::optional(*query.open != 0) : std::optional<bool>();
  const auto pattern =
      query.q && !query.q->empty() ? std::optional(db::anywhere(*query.q)) : std::nullopt;
  const auto place_in = query.place ? std::optional(query.place->province()) : std::nullopt;
  Where where;
  where.is("province", query.province);
  where.is("district", query.district);
  if (query.place) {
    where.is("province", place_in);
    where.add("SUBSTR(area, 1, " + std::to_string(query.place->text().size()) +
              ") = " + where.place(*query.place));
  }
  where.is("open", open);
  where.is("fiscal_year", query.fiscal_year);
  where.is("state", query.state);
  where.is("kind", query.kind);
  where.is("category", query.category);
  where.is("channel", query.channel);
  where.is("due_at", query.due_before, "<");
  if (pattern) {
    const auto place = where.place(*pattern);
    where.add("(number LIKE " + place + " ESCAPE '!' OR title LIKE " + place + " ESCAPE '!')");
  }
  if (query.office_id)
    where.add("case_id IN (SELECT case_id FROM case_assignment WHERE office_id = " +
              where.place(*query.office_id) + " AND state NOT IN ('returned', 'ended'))");
  if (query.whose == Whose::mine) where.add("officer_id = " + where.place(asked.person_id));
  if (query.whose == Whose::waiting)
    where.add(
        "case_id IN (SELECT case_id FROM case_assignment WHERE state IN ('assigned', 'accepted', "
        "'in_progress'))");
  if (query.whose == Whose::told)
    where.add("case_id IN (SELECT case_id FROM case_notice WHERE addressee IN " +
              where.places(asked.addressees) + ")");
  add_count(where, query);
  add_scope(where, asked.scope, areas);
  if (query.cursor) {
    const auto place = where.place(*query.cursor);
    where.add(settled ? "case_id < " + place
                      : "(due_at, case_id) > (SELECT due_at, case_id FROM service_case WHERE "
                        "case_id = " +
                            place + ")");
  }
  const auto limit = query.limit.count() + 1;
  const auto sql = "SELECT " + db::columns<CaseSummary>() + " FROM service_case" + where.sql() +
                   (settled ? " ORDER BY case_id DESC" : " ORDER BY due_at, case_id") + " LIMIT " +
                   where.place(limit);
  return rows<CaseSummary>(db, sql, where);
}

std::optional<CaseSummary> summary(db::Connection& db, const CaseId& id) {
  static const auto sql =
      "SELECT " + db::columns<CaseSummary>() + " FROM service_case WHERE case_id = $1";
  return db.one<CaseSummary>(sql, id);
}

std::vector<Counted> count_open(db::Connection& db, const AreaCode& area, CountBy by, Instant now,
                                Instant near) {
  Where where;
  where.add(std::string(column_of(area)) + " = " + where.place(area));
  where.add("open = TRUE");
  const std::string column(enum_name(by));
  const auto sql = "SELECT " + column + ", " + counted_columns(where, now, near) +
                   " FROM service_case" + where.sql() + " GROUP BY " + column + " ORDER BY " +
                   column;
  return rows<Counted>(db, sql, where);
}

std::vector<Counted> count_by_office(db::Connection& db, const AreaCode& area, Instant now,
                                     Instant near) {
  Where where;
  where.add(std::string(column_of(area)) + " = " + where.place(area));
  where.add("open = TRUE");
  where.add("a.state IN ('assigned', 'accepted', 'in_progress')");
  const auto sql = "SELECT a.office_id, " + counted_columns(where, now, near) +
                   " FROM service_case c JOIN case_assignment a ON a.case_id = c.case_id" +
                   where.sql() +
                   " GROUP BY a.office_id ORDER BY COUNT(*) DESC, a.office_id LIMIT 200";
  return rows<Counted>(db, sql, where);
}

bool has_demonstration(db::Connection& db, const AreaCode& area) {
  Where where;
  where.add(std::string(column_of(area)) + " = " + where.place(area));
  where.add("demonstration");
  return !rows<CaseId>(db, "SELECT case_id FROM service_case" + where.sql() + " LIMIT 1", where)
              .empty();
}

}  // namespace changwat::service_centre::store
