#include <unordered_map>

#include <sqlite3.h>

#include "base/result.hpp"

#include "platform/db/connection.hpp"

namespace changwat::db {
namespace {

Fault fault_of(int code) {
  switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
      return Fault::unavailable;
    case SQLITE_FULL:
      return Fault::full;
    case SQLITE_CONSTRAINT:
      return Fault::constraint;
    default:
      return Fault::other;
  }
}

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
};

// Only a library that has not begun can be told this; later it refuses, which is no harm.
void configure_library() {
  // SQLite counts its memory under one lock for the whole process, taken at each allocation. Nobody
  // asks for the count.
  static const int counting = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  // Each act stands in a savepoint, which keeps the pages that the act changes as they were: in
  // memory, and above 64 KB in a file, in two system calls a page. Every intake of a case, which
  // changes some thirty pages, paid for that with half of its time; so they stay in memory. A limit
  // above 128 KB is no choice: SQLite 3.40 then fails as if the disk were full.
  constexpr int never = -1;
  static const int keeping = sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, never);
  (void)counting, (void)keeping;
}

class SqliteConnection final : public Connection, private Cursor {
 public:
  SqliteConnection(const std::string& file, bool read_only) {
    configure_library();
    const int flags = read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    if (sqlite3_open_v2(file.c_str(), &handle_, flags | SQLITE_OPEN_NOMUTEX, nullptr) !=
        SQLITE_OK) {
      const std::string message = handle_ ? sqlite3_errmsg(handle_) : "no memory";
      sqlite3_close(handle_);
      throw Error(Fault::unavailable, "cannot open " + file + ": " + message);
    }
    sqlite3_extended_result_codes(handle_, 1);
    sqlite3_busy_timeout(handle_, 5000);
    // Mapping the file would save readers a tenth of their time, but count all of it that was ever
    // read as this program's memory, for each connection, and end the program at an error of the
    // disk.
    script("PRAGMA foreign_keys=ON; PRAGMA mmap_size=0; PRAGMA trusted_schema=OFF;");
    // What the writer sorts may be large, when an index is made.
    script(read_only ? "PRAGMA cache_size=-2048; PRAGMA temp_store=MEMORY;"  // KiB; many readers
                     : "PRAGMA cache_size=-8192; PRAGMA temp_store=FILE;");
    // FULL: an act is on the disk before anybody is told "done". The reader's mode does not matter.
    if (!read_only)
      script("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=4000;");
  }

  ~SqliteConnection() override {
    for (auto& [sql, prepared] : prepared_) sqlite3_finalize(prepared.statement);
    sqlite3_close(handle_);
  }

  void run(std::string_view sql, std::span<const Value> values,
           const std::function<void(Cursor&)>& row) override {
    const auto& [statement, numbers] = prepare(sql);
    CHECK(!sqlite3_stmt_busy(statement));  // a statement was used inside its own row callback
    struct Reset {
      sqlite3_stmt* statement;
      ~Reset() { sqlite3_reset(statement); }
    } reset{statement};
    CHECK(numbers.size() == values.size());
    for (std::size_t at = 0; at < numbers.size(); ++at)
      bind(statement, static_cast<int>(at) + 1, values[numbers[at] - 1]);
    for (;;) {
      const int code = sqlite3_step(statement);
      if (code == SQLITE_DONE) return;
      if (code != SQLITE_ROW) fail(sql);
      const Current now(current_, statement);
      row(*this);
    }
  }

  void script(const std::string& sql) override {
    if (sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail(sql);
  }
  void command(std::string_view sql) override {
    run(sql, {}, [](Cursor&) {});
  }
  std::int64_t changed() const override { return sqlite3_changes64(handle_); }
  Engine engine() const override { return Engine::sqlite; }
  bool usable() const override { return true; }

 private:
  bool null(int column) override { return sqlite3_column_type(current_, column) == SQLITE_NULL; }
  bool boolean(int column) override { return sqlite3_column_int(current_, column) != 0; }
  std::int64_t integer(int column) override { return sqlite3_column_int64(current_, column); }
  double real(int column) override { return sqlite3_column_double(current_, column); }
  std::string_view text(int column) override {
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(current_, column));
    return {bytes ? bytes : "", static_cast<std::size_t>(sqlite3_column_bytes(current_, column))};
  }
  std::string blob(int column) override {
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(current_, column));
    return {bytes ? bytes : "", static_cast<std::size_t>(sqlite3_column_bytes(current_, column))};
  }

  // Which statement the cursor reads: the outer one again when a nested one is done, or has thrown.
  struct Current {
    Current(sqlite3_stmt*& slot, sqlite3_stmt* statement)
        : slot(slot), outer(std::exchange(slot, statement)) {}
    ~Current() { slot = outer; }
    sqlite3_stmt*& slot;
    sqlite3_stmt* outer;
  };

  // SQLite takes "$2" for a name and counts names in the order in which they first stand in the
  // text; PostgreSQL takes it for a number. The number is what we mean: `numbers` in SQLite's
  // order.
  struct Prepared {
    sqlite3_stmt* statement;
    std::vector<std::size_t> numbers;
  };

  static std::size_t number_of(sqlite3_stmt* statement, int at) {
    const std::string_view name = sqlite3_bind_parameter_name(statement, at);
    std::size_t number = 0;
    std::from_chars(name.data() + 1, name.data() + name.size(), number);
    CHECK(number >= 1 &&
          number <= static_cast<std::size_t>(sqlite3_bind_parameter_count(statement)));
    return number;
  }

  const Prepared& prepare(std::string_view sql) {
    if (const auto found = prepared_.find(sql); found != prepared_.end()) return found->second;
    CHECK(prepared_.size() < 2000);  // SQL text is made of constants; growth means it is not
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                           SQLITE_PREPARE_PERSISTENT, &statement, nullptr) != SQLITE_OK)
      fail(sql);
    auto& prepared = prepared_.emplace(std::string(sql), Prepared{statement, {}}).first->second;
    for (int at = 1; at <= sqlite3_bind_parameter_count(statement); ++at)
      prepared.numbers.push_back(number_of(statement, at));
    return prepared;
  }

  void bind(sqlite3_stmt* statement, int at, const Value& value) {
    struct Bind {
      sqlite3_stmt* s;
      int at;
      int operator()(std::monostate) const { return sqlite3_bind_null(s, at); }
      int operator()(bool v) const { return sqlite3_bind_int(s, at, v); }
      int operator()(std::int64_t v) const { return sqlite3_bind_int64(s, at, v); }
      int operator()(double v) const { return sqlite3_bind_double(s, at, v); }
      int operator()(std::string_view v) const {
        return sqlite3_bind_text64(s, at, v.data(), v.size(), SQLITE_STATIC, SQLITE_UTF8);
      }
      int operator()(const Blob& v) const {
        return sqlite3_bind_blob64(s, at, v.bytes.data(), v.bytes.size(), SQLITE_STATIC);
      }
    };
    if (std::visit(Bind{statement, at}, value) != SQLITE_OK) fail("bind");
  }

  [[noreturn]] void fail(std::string_view sql) {
    const int code = sqlite3_extended_errcode(handle_);
    throw Error(fault_of(code), std::string(sqlite3_errmsg(handle_)) + " [" + std::to_string(code) +
                                    "] in: " + std::string(sql.substr(0, 200)));
  }

  sqlite3* handle_ = nullptr;
  sqlite3_stmt* current_ = nullptr;
  std::unordered_map<std::string, Prepared, TextHash, std::equal_to<>> prepared_;
};

}  // namespace

void bad_column(int column, std::string_view text) {
  throw Error(Fault::other,
              "column " + std::to_string(column) +
                  " holds what its type does not allow: " + std::string(text.substr(0, 80)));
}

std::unique_ptr<Connection> open_sqlite(const std::string& file, bool read_only) {
  return std::make_unique<SqliteConnection>(file, read_only);
}

}  // namespace changwat::db
