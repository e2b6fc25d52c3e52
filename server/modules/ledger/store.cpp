#include "modules/ledger/store.hpp"

namespace changwat::ledger::store {
namespace {

const std::string& select_entries() {
  static const auto sql = "SELECT " + db::columns<EntryRow>() + " FROM ledger_entry ";
  return sql;
}
const std::string& select_heads() {
  static const auto sql = "SELECT " + db::columns<SignedHead>() + " FROM ledger_head ";
  return sql;
}

}  // namespace

std::int64_t entry_count(db::Connection& db) {
  return *db.one<std::int64_t>("SELECT COALESCE(MAX(sequence) + 1, 0) FROM ledger_entry");
}

void add(db::Connection& db, const EntryRow& row) {
  db.insert("ledger_entry", row);
}

std::vector<EntryRow> entries(db::Connection& db, std::int64_t after, std::int64_t limit) {
  static const auto sql = select_entries() + "WHERE sequence > $1 ORDER BY sequence LIMIT $2";
  return db.query<EntryRow>(sql, after, limit);
}

std::vector<EntryRow> entries_of(db::Connection& db, std::string_view subject_kind,
                                 std::string_view subject_id, std::int64_t after,
                                 std::int64_t limit) {
  static const auto sealed = select_entries() +
                             "WHERE sequence IN (SELECT sequence FROM ledger_subject"
                             " WHERE subject_kind = $1 AND subject_id = $2 AND sequence > $3"
                             " ORDER BY sequence LIMIT $4)";
  // The plus keeps SQLite from beginning at $3, which may be the whole ledger away.
  static const auto not_sealed =
      select_entries() +
      "WHERE sequence >= (SELECT COALESCE(MAX(tree_size), 0) FROM ledger_head)"
      " AND +sequence > $3 AND subject_kind = $1 AND subject_id = $2";
  static const auto sql = sealed + " UNION ALL " + not_sealed + " ORDER BY sequence LIMIT $4";
  return db.query<EntryRow>(sql, subject_kind, subject_id, after, limit);
}

void index_subjects(db::Connection& db, std::int64_t from, std::int64_t to) {
  db.exec(
      "INSERT INTO ledger_subject (subject_kind, subject_id, sequence)"
      " SELECT subject_kind, subject_id, sequence FROM ledger_entry"
      " WHERE sequence >= $1 AND sequence < $2 ORDER BY subject_kind, subject_id, sequence",
      from, to);
}

std::optional<EntryRow> entry(db::Connection& db, std::int64_t sequence) {
  static const auto sql = select_entries() + "WHERE sequence = $1";
  return db.one<EntryRow>(sql, sequence);
}

std::vector<std::string> leaves(db::Connection& db, std::int64_t after, std::int64_t limit) {
  return db.query<std::string>(
      "SELECT leaf FROM ledger_entry WHERE sequence > $1 ORDER BY sequence LIMIT $2", after, limit);
}

std::optional<SignedHead> latest_head(db::Connection& db) {
  static const auto sql = select_heads() + "ORDER BY tree_size DESC LIMIT 1";
  return db.one<SignedHead>(sql);
}

std::optional<SignedHead> head_of_size(db::Connection& db, std::int64_t tree_size) {
  static const auto sql = select_heads() + "WHERE tree_size = $1";
  return db.one<SignedHead>(sql, tree_size);
}

std::vector<SignedHead> heads(db::Connection& db, std::int64_t below, std::int64_t limit) {
  static const auto sql = select_heads() + "WHERE tree_size < $1 ORDER BY tree_size DESC LIMIT $2";
  return db.query<SignedHead>(sql, below, limit);
}

std::vector<SignedHead> heads_after(db::Connection& db, std::int64_t above, std::int64_t limit) {
  static const auto sql = select_heads() + "WHERE tree_size > $1 ORDER BY tree_size LIMIT $2";
  return db.query<SignedHead>(sql, above, limit);
}

std::int64_t head_count(db::Connection& db) {
  return *db.one<std::int64_t>("SELECT COUNT(*) FROM ledger_head");
}

void add(db::Connection& db, const SignedHead& head) {
  db.insert("ledger_head", head);
}

void add_node(db::Connection& db, unsigned level, std::uint64_t position, const Hash& hash) {
  db.exec("INSERT INTO ledger_node (level, position, hash) VALUES ($1, $2, $3)", level,
          static_cast<std::int64_t>(position), to_hex(hash));
}

Hash node(db::Connection& db, unsigned level, std::uint64_t position) {
  const auto hex =
      db.one<std::string>("SELECT hash FROM ledger_node WHERE level = $1 AND position = $2", level,
                          static_cast<std::int64_t>(position));
  Hash hash{};
  CHECK(hex && from_hex(*hex, hash));
  return hash;
}

std::vector<KeyStatement> keys(db::Connection& db) {
  static const auto sql = "SELECT " + db::columns<KeyStatement>() +
                          " FROM ledger_key ORDER BY from_tree_size, introduced_at";
  return db.query<KeyStatement>(sql);
}

void add(db::Connection& db, const KeyStatement& statement) {
  db.insert("ledger_key", statement);
}

}  // namespace changwat::ledger::store
