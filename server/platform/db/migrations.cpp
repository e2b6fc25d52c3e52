#include "platform/db/migrations.hpp"

#include <cctype>

#include "platform/auth/encoding.hpp"

namespace changwat::db {
namespace {

struct Applied {
  std::string name;
  std::string digest;
};
BOOST_DESCRIBE_STRUCT(Applied, (), (name, digest))

std::string digest_of(std::string_view text) {
  return auth::hex_encode(auth::sha256(text));
}

bool for_engine(std::string_view name, Engine engine) {
  if (name.ends_with(".sqlite.sql")) return engine == Engine::sqlite;
  if (name.ends_with(".postgres.sql")) return engine == Engine::postgres;
  return true;
}

// SQLite's word for a table that is kept in the order of its key; PostgreSQL has no such tables.
constexpr std::string_view without_rowid = "WITHOUT ROWID";

bool word_char(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_';
}

std::string_view type_in(std::string_view word, Engine engine) {
  if (engine == Engine::sqlite) return word == "BOOLEAN" ? "INTEGER" : word;
  if (word == "INTEGER") return "BIGINT";
  if (word == "REAL") return "DOUBLE PRECISION";
  if (word == "BLOB") return "BYTEA";
  return word;
}

void ensure_table(Connection& c) {
  c.script(in_dialect(
      "CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, digest TEXT NOT NULL);",
      c.engine()));
}

// SQLite undoes a transaction by itself when the disk is full; then there is none to roll back, and
// what matters is why.
void roll_back(Connection& c) noexcept {
  try {
    c.command("ROLLBACK");
  } catch (const Error&) {
  }
}

}  // namespace

std::string in_dialect(std::string_view sql, Engine engine) {
  std::string out;
  bool in_table = false;
  int depth = 0;
  for (std::size_t i = 0; i < sql.size();) {
    if (sql[i] == '\'') {  // a literal: copied untouched
      const auto end = sql.find('\'', i + 1);
      CHECK(end != sql.npos);  // a literal that never ends
      out.append(sql, i, end - i + 1);
      i = end + 1;
    } else if (sql.substr(i, 2) == "--") {
      i = std::min(sql.find('\n', i), sql.size());
    } else if (word_char(sql[i])) {
      std::size_t end = i;
      while (end < sql.size() && word_char(sql[end])) ++end;
      const auto word = sql.substr(i, end - i);
      if (word == "TABLE" && out.ends_with("CREATE ")) in_table = true;
      if (in_table && depth == 0 && sql.substr(i).starts_with(without_rowid)) {
        if (engine == Engine::sqlite) out += std::string(without_rowid) + ",";
        i += without_rowid.size();
        continue;
      }
      out += type_in(word, engine);
      i = end;
    } else {
      if (sql[i] == '(') ++depth;
      if (sql[i] == ')') --depth;
      if (sql[i] == ';' && depth == 0 && in_table) {
        if (engine == Engine::sqlite) out += " STRICT";
        in_table = false;
      }
      out += sql[i++];
    }
  }
  return out;
}

MigrationState migration_state(Connection& c) {
  ensure_table(c);
  const auto applied = c.query<Applied>("SELECT name, digest FROM migration ORDER BY name");
  MigrationState state;
  for (const auto& file : migration_files()) {
    if (!for_engine(file.name, c.engine())) continue;
    const auto found = std::find_if(applied.begin(), applied.end(),
                                    [&](const Applied& row) { return row.name == file.name; });
    if (found == applied.end())
      state.waiting.push_back(file.name);
    else if (found->digest != digest_of(file.sql))
      state.changed.push_back(file.name);
    else
      state.applied.push_back(file.name);
  }
  return state;
}

std::vector<std::string> migrate(Connection& c) {
  const auto state = migration_state(c);
  if (!state.changed.empty())
    throw Error(Fault::other,
                "the migration " + state.changed.front() +
                    " was applied with another text: this program is not of this record's line");
  for (const auto& file : migration_files()) {
    if (std::find(state.waiting.begin(), state.waiting.end(), file.name) == state.waiting.end())
      continue;
    c.command("BEGIN");
    try {
      c.script(in_dialect(file.sql, c.engine()));
      c.exec("INSERT INTO migration (name, digest) VALUES ($1, $2)", file.name,
             digest_of(file.sql));
      c.command("COMMIT");
    } catch (...) {
      roll_back(c);
      throw;
    }
  }
  return state.waiting;
}

}  // namespace changwat::db
