#include <unordered_map>

#include <libpq-fe.h>

#include "base/result.hpp"

#include "platform/db/connection.hpp"

namespace changwat::db {
namespace {

// Source: PostgreSQL 15 documentation, appendix A (error classes).
Fault fault_of(std::string_view state, bool connected) {
  if (!connected || state.starts_with("08") || state.starts_with("57P") || state.starts_with("40"))
    return Fault::unavailable;
  if (state.starts_with("53")) return Fault::full;
  if (state.starts_with("23")) return Fault::constraint;
  return Fault::other;
}

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
};

struct Clear {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Answer = std::unique_ptr<PGresult, Clear>;

class ResultCursor final : public Cursor {
 public:
  explicit ResultCursor(PGresult* result) : result_(result) {}
  int row = 0;

  bool null(int column) override { return PQgetisnull(result_, row, column); }
  bool boolean(int column) override { return *PQgetvalue(result_, row, column) == 't'; }
  std::int64_t integer(int column) override {
    std::int64_t n = 0;
    const auto s = text(column);
    std::from_chars(s.data(), s.data() + s.size(), n);
    return n;
  }
  double real(int column) override {
    double n = 0;
    const auto s = text(column);
    std::from_chars(s.data(), s.data() + s.size(), n);
    return n;
  }
  std::string_view text(int column) override {
    return {PQgetvalue(result_, row, column),
            static_cast<std::size_t>(PQgetlength(result_, row, column))};
  }
  std::string blob(int column) override {
    std::size_t size = 0;
    auto* bytes =
        PQunescapeBytea(reinterpret_cast<unsigned char*>(PQgetvalue(result_, row, column)), &size);
    std::string out(reinterpret_cast<char*>(bytes), size);
    PQfreemem(bytes);
    return out;
  }

 private:
  PGresult* result_;
};

// Values in the form that PQexecPrepared takes; keeps what the pointers point to.
struct Parameters {
  std::vector<std::string> texts;
  std::vector<const char*> pointers;
  std::vector<int> lengths, formats;

  explicit Parameters(std::span<const Value> values) {
    texts.reserve(values.size());
    for (const auto& value : values) {
      lengths.push_back(0);
      formats.push_back(0);
      if (std::holds_alternative<std::monostate>(value)) {
        texts.emplace_back();
        pointers.push_back(nullptr);
        continue;
      }
      texts.push_back(std::visit(Say{}, value));
      pointers.push_back(texts.back().c_str());
      if (std::holds_alternative<Blob>(value)) {
        lengths.back() = static_cast<int>(texts.back().size());
        formats.back() = 1;
      } else if (texts.back().find('\0') != std::string::npos) {
        throw Error(Fault::other, "text with a NUL cannot be stored");
      }
    }
  }

  struct Say {
    std::string operator()(std::monostate) const { return {}; }
    std::string operator()(bool v) const { return v ? "t" : "f"; }
    std::string operator()(std::int64_t v) const { return std::to_string(v); }
    std::string operator()(double v) const {
      std::string out;
      json::write_number(out, v);
      return out;
    }
    std::string operator()(std::string_view v) const { return std::string(v); }
    std::string operator()(const Blob& v) const { return v.bytes; }
  };
};

// Ten seconds to connect, unless the URL says otherwise: a server that is away must not hold a
// worker.
PGconn* connect(const std::string& url) {
  const char* const names[] = {"connect_timeout", "dbname", nullptr};
  const char* const values[] = {"10", url.c_str(), nullptr};
  constexpr int expand_url = 1;
  return PQconnectdbParams(names, values, expand_url);
}

class PostgresConnection final : public Connection {
 public:
  explicit PostgresConnection(const std::string& url) : handle_(connect(url)) {
    if (PQstatus(handle_) != CONNECTION_OK) {
      const std::string message = PQerrorMessage(handle_);
      PQfinish(handle_);
      throw Error(Fault::unavailable, message);
    }
    PQsetNoticeProcessor(
        handle_, [](void*, const char*) {}, nullptr);
    // synchronous_commit: an act is on the disk before anybody is told "done", whatever the
    // server's own setting says.
    script(
        "SET synchronous_commit = on; SET statement_timeout = '30s'; SET "
        "idle_in_transaction_session_timeout = '60s';"
        "SET client_encoding = 'UTF8'; SET bytea_output = 'hex';");
  }
  ~PostgresConnection() override { PQfinish(handle_); }

  void run(std::string_view sql, std::span<const Value> values,
           const std::function<void(Cursor&)>& row) override {
    const auto& name = prepare(sql);
    const Parameters p(values);
    const Answer answer(PQexecPrepared(handle_, name.c_str(), static_cast<int>(values.size()),
                                       p.pointers.data(), p.lengths.data(), p.formats.data(), 0));
    require(answer.get(), sql);
    const std::string_view touched = PQcmdTuples(answer.get());
    changed_ = 0;
    std::from_chars(touched.data(), touched.data() + touched.size(), changed_);
    ResultCursor cursor(answer.get());
    const int rows = PQntuples(answer.get());
    for (cursor.row = 0; cursor.row < rows; ++cursor.row) row(cursor);
  }

  void script(const std::string& sql) override {
    const Answer answer(PQexec(handle_, sql.c_str()));
    require(answer.get(), sql);
  }
  void command(std::string_view sql) override { script(std::string(sql)); }
  std::int64_t changed() const override { return changed_; }
  Engine engine() const override { return Engine::postgres; }
  bool usable() const override { return !lost_ && PQstatus(handle_) == CONNECTION_OK; }

 private:
  const std::string& prepare(std::string_view sql) {
    if (const auto found = prepared_.find(sql); found != prepared_.end()) return found->second;
    CHECK(prepared_.size() < 2000);  // SQL text is made of constants; growth means it is not
    auto name = "s" + std::to_string(prepared_.size());
    const Answer answer(PQprepare(handle_, name.c_str(), std::string(sql).c_str(), 0, nullptr));
    require(answer.get(), sql);
    return prepared_.emplace(std::string(sql), std::move(name)).first->second;
  }

  void require(PGresult* result, std::string_view sql) {
    const auto status = PQresultStatus(result);
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return;
    const char* state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : nullptr;
    // An error without a state is libpq's own: it could not reach the server, and after a failed
    // write it says so without changing PQstatus.
    if (!state) lost_ = true;
    throw Error(fault_of(state ? state : "", usable()),
                std::string(PQerrorMessage(handle_)) + " in: " + std::string(sql.substr(0, 200)));
  }

  PGconn* handle_;
  bool lost_ = false;
  std::int64_t changed_ = 0;
  std::unordered_map<std::string, std::string, TextHash, std::equal_to<>> prepared_;
};

}  // namespace

std::unique_ptr<Connection> open_postgres(const std::string& url) {
  return std::make_unique<PostgresConnection>(url);
}

}  // namespace changwat::db
