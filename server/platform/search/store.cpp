#include "platform/search/store.hpp"

#include <limits>

#include "platform/db/clauses.hpp"

namespace changwat::search::store {
namespace {

using db::Engine;

// FTS5: "a" AND ("b" OR "c"); tsquery: 'a' & ('b' | 'c').
std::string expression(const Condition& condition, Engine engine) {
  const bool sqlite = engine == Engine::sqlite;
  std::string out;
  for (const auto& any : condition) {
    out += out.empty() ? "(" : sqlite ? " AND (" : " & (";
    for (std::size_t i = 0; i < any.size(); ++i) {
      if (i > 0) out += sqlite ? " OR " : " | ";
      out += sqlite ? '"' : '\'';
      out += any[i];
      out += sqlite ? '"' : '\'';
    }
    out += ')';
  }
  return out;
}

std::string in_one_text(const std::vector<std::string>& terms, Engine engine) {
  std::string out;
  if (engine == Engine::sqlite) {
    for (const auto& term : terms) (out += term) += ' ';
    return out;
  }
  for (const auto& term : terms) ((out += out.empty() ? "{\"" : ",\"") += term) += '"';
  return out.empty() ? "{}" : out + '}';
}

std::vector<std::string> terms_of_row(const Row& row) {
  return terms_of(row.indexed(), row.place());
}

// FTS5 keeps no text of its own: to take a document out it has to be told all its terms.
constexpr const char* index_fts5 = "INSERT INTO search_term (rowid, terms) VALUES ($1, $2)";
constexpr const char* unindex_fts5 =
    "INSERT INTO search_term (search_term, rowid, terms) VALUES ('delete', $1, $2)";

std::int64_t first_waiting(db::Connection& db) {
  return db.one<std::int64_t>("SELECT first_waiting FROM search_progress").value_or(0);
}

std::vector<Row> rows_from(db::Connection& db, std::int64_t id) {
  static const auto sql =
      "SELECT " + db::columns<Row>() + " FROM search_document WHERE id >= $1 ORDER BY id DESC";
  return db.query<Row>(sql, id);
}

// Ascending ids, as FTS5 likes them.
void index_waiting(db::Connection& db, std::int64_t first, std::int64_t last) {
  const auto rows = rows_from(db, first);
  for (auto row = rows.rbegin(); row != rows.rend(); ++row)
    db.exec(index_fts5, row->id, in_one_text(terms_of_row(*row), db.engine()));
  db.exec("UPDATE search_progress SET first_waiting = $1", last + 1);
}

std::string columns_but_id() {
  static const auto all = db::columns<Row>();
  return all.substr(all.find(',') + 2);
}

std::string found_where(Engine engine) {
  if (engine == Engine::sqlite)
    return " FROM search_term t CROSS JOIN search_document d ON d.id = t.rowid"
           " WHERE search_term MATCH $1 AND t.rowid < $2";
  return " FROM search_document d WHERE d.terms @@ $1::tsquery AND d.id < $2";
}

std::string newest_first(Engine engine) {
  return engine == Engine::sqlite ? " ORDER BY t.rowid DESC LIMIT $3"
                                  : " ORDER BY d.id DESC LIMIT $3";
}

}  // namespace

std::optional<Row> one(db::Connection& db, std::string_view province, std::string_view collection,
                       std::string_view record_id) {
  static const auto sql =
      "SELECT " + db::columns<Row>() +
      " FROM search_document WHERE province = $1 AND collection = $2 AND record_id = $3";
  return db.one<Row>(sql, province, collection, record_id);
}

void add(db::Connection& db, const Row& row) {
  static const auto into = "INSERT INTO search_document (" + columns_but_id();
  if (db.engine() == Engine::postgres) {
    const auto terms = in_one_text(terms_of_row(row), db.engine());
    static const auto sql = into +
                            ", terms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12,"
                            " array_to_tsvector($13::text[]))";
    db.exec(sql, row.province, row.collection, row.record_id, row.area, row.audience, row.category,
            row.at, row.latitude, row.longitude, row.text, row.lengths, row.readers, terms);
    return;
  }
  // Only SQLite: terms are put in when enough documents wait.
  static const auto sql =
      into + ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id";
  const auto id = db.one<std::int64_t>(sql, row.province, row.collection, row.record_id, row.area,
                                       row.audience, row.category, row.at, row.latitude,
                                       row.longitude, row.text, row.lengths, row.readers);
  const auto first = first_waiting(db);
  if (*id - first + 1 >= static_cast<std::int64_t>(waiting_max)) index_waiting(db, first, *id);
}

void change(db::Connection& db, const Row& before, const Row& row) {
  db.update("search_document", row);
  const bool waits = db.engine() == Engine::sqlite && row.id >= first_waiting(db);
  const auto old_terms = terms_of_row(before);
  const auto terms = terms_of_row(row);
  if (waits || terms == old_terms) return;
  const auto text = in_one_text(terms, db.engine());
  if (db.engine() == Engine::postgres) {
    db.exec("UPDATE search_document SET terms = array_to_tsvector($2::text[]) WHERE id = $1",
            row.id, text);
    return;
  }
  db.exec(unindex_fts5, row.id, in_one_text(old_terms, db.engine()));
  db.exec(index_fts5, row.id, text);
}

void remove(db::Connection& db, const Row& row) {
  db.exec("DELETE FROM search_document WHERE id = $1", row.id);
  if (db.engine() == Engine::postgres || row.id >= first_waiting(db)) return;
  db.exec(unindex_fts5, row.id, in_one_text(terms_of_row(row), db.engine()));
}

Waiting waiting(db::Connection& db) {
  if (db.engine() == Engine::postgres) return {{}, std::numeric_limits<std::int64_t>::max()};
  const auto first = first_waiting(db);
  return {rows_from(db, first), first};
}

std::vector<Row> newest(db::Connection& db, const Condition& condition, std::int64_t before,
                        std::size_t limit) {
  const auto sql =
      "SELECT " + db::columns<Row>("d") + found_where(db.engine()) + newest_first(db.engine());
  return db.query<Row>(sql, expression(condition, db.engine()), before, limit);
}

std::vector<std::int64_t> newest_ids(db::Connection& db, const Condition& condition,
                                     std::int64_t before, std::size_t limit) {
  const bool sqlite = db.engine() == Engine::sqlite;
  const auto sql = sqlite ? "SELECT t.rowid FROM search_term t WHERE search_term MATCH $1 AND"
                            " t.rowid < $2" +
                                newest_first(db.engine())
                          : "SELECT d.id" + found_where(db.engine()) + newest_first(db.engine());
  return db.query<std::int64_t>(sql, expression(condition, db.engine()), before, limit);
}

std::vector<Row> newest_with(db::Connection& db, const Condition& condition, std::string_view part,
                             std::int64_t before, std::size_t limit) {
  const auto sql = "SELECT " + db::columns<Row>("d") + found_where(db.engine()) +
                   (db.engine() == Engine::sqlite ? " AND instr(d.text, $4) > 0"
                                                  : " AND position($4 IN d.text) > 0") +
                   newest_first(db.engine());
  return db.query<Row>(sql, expression(condition, db.engine()), before, limit, part);
}

std::vector<Row> by_id(db::Connection& db, const std::vector<std::int64_t>& ids) {
  static const auto sql = "SELECT " + db::columns<Row>() + " FROM search_document WHERE id = $1";
  std::vector<Row> rows;
  rows.reserve(ids.size());
  for (const auto id : ids)
    if (auto row = db.one<Row>(sql, id)) rows.push_back(std::move(*row));
  return rows;
}

std::optional<std::vector<std::string>> known_terms(db::Connection& db, const std::string& prefix,
                                                    std::size_t max) {
  if (db.engine() != Engine::sqlite) return std::nullopt;
  // 0xFF stands in no UTF-8, so it is behind all that begins like the prefix; but a text with it
  // would be none, hence the last character of Unicode.
  return db.query<std::string>(
      "SELECT term FROM search_known_term WHERE term >= $1 AND term <= $2 LIMIT $3", prefix,
      prefix + "\U0010FFFF", max);
}

std::int64_t last_id(db::Connection& db) {
  return db.one<std::optional<std::int64_t>>("SELECT max(id) FROM search_document")
      .value_or(std::nullopt)
      .value_or(0);
}

}  // namespace changwat::search::store
