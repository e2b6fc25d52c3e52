#pragma once
// One connection to the record: SQLite or PostgreSQL behind the same few calls and the same SQL.
//
// Who calls it: stores of modules, through Database (database.hpp) or Tx (acts.hpp).
// SQL uses $1…$n on both engines. Rows map by position to the members of a described struct:
// select `columns<Row>()` and the order is right. Values: bool, integers, double, text, words
// (base/word.hpp), described enums (by name), std::optional (NULL), Json<T> (text), Blob.
// Errors are exceptions (db::Error): a statement that fails is a broken world or a bug, never an
// expected outcome; stores ask first, which is safe because acts run one after another.
// A connection belongs to one thread at a time.

#include <array>
#include <charconv>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/json.hpp"
#include "base/word.hpp"

namespace changwat::db {

enum class Fault {
  unavailable,  // the engine is gone or busy: try again later
  full,         // no space left
  constraint,   // a key, reference or check was violated: a bug in a store, or a race outside acts
  other,
};

class Error : public std::runtime_error {
 public:
  Error(Fault fault, const std::string& message) : std::runtime_error(message), fault(fault) {}
  Fault fault;
};

struct Blob {
  std::string bytes;
};

// On its way into a statement. Text that stands somewhere already is not copied: it has to stay
// there until the statement has run.
using Value =
    std::variant<std::monostate, bool, std::int64_t, double, std::string_view, std::string, Blob>;

// Where a row stands while it is read; valid inside the callback only. Columns count from 0.
class Cursor {
 public:
  virtual ~Cursor() = default;
  virtual bool null(int column) = 0;
  virtual bool boolean(int column) = 0;
  virtual std::int64_t integer(int column) = 0;
  virtual double real(int column) = 0;
  virtual std::string_view text(int column) = 0;
  virtual std::string blob(int column) = 0;
};

enum class Engine { sqlite, postgres };

inline Value text_value(const std::string& text) {
  return std::string_view(text);
}
inline Value text_value(std::string&& text) {
  return std::move(text);
}
Value to_value(std::string&&) = delete;  // it would be gone before the statement runs
template <class T>
requires(!std::is_reference_v<T> && is_optional<std::remove_cv_t<T>>) Value to_value(T&&)
= delete;  // likewise

template <class T>
Value to_value(const T& x) {
  if constexpr (is_optional<T>)
    return x ? to_value(*x) : Value{};
  else if constexpr (std::is_same_v<T, bool> || std::is_same_v<T, Value> || std::is_same_v<T, Blob>)
    return x;
  else if constexpr (DescribedEnum<T>)
    return enum_name(x);
  else if constexpr (std::is_integral_v<T>)
    return static_cast<std::int64_t>(x);
  else if constexpr (std::is_floating_point_v<T>)
    return static_cast<double>(x);
  else if constexpr (std::is_convertible_v<const T&, std::string_view>)
    return std::string_view(x);
  else if constexpr (TextWord<T>)
    return text_value(x.text());
  else if constexpr (CountWord<T>)
    return x.count();
  else if constexpr (std::is_same_v<T, RawJson>)
    return std::string_view(x.text);
  else if constexpr (is_json<T>)
    return to_json(x.value);
  else
    static_assert(is_json<T>, "this type has no column form");
}

[[noreturn]] void bad_column(int column, std::string_view text);

template <class T>
void from_column(Cursor& row, int column, T& out) {
  if constexpr (is_optional<T>) {
    if (row.null(column))
      out.reset();
    else
      from_column(row, column, out.emplace());
  } else if constexpr (std::is_same_v<T, bool>) {
    out = row.boolean(column);
  } else if constexpr (DescribedEnum<T>) {
    const auto value = enum_value<T>(row.text(column));
    if (!value) bad_column(column, row.text(column));
    out = *value;
  } else if constexpr (std::is_integral_v<T>) {
    const auto n = row.integer(column);
    out = static_cast<T>(n);
    if (static_cast<std::int64_t>(out) != n) bad_column(column, std::to_string(n));
  } else if constexpr (std::is_floating_point_v<T>) {
    out = row.real(column);
  } else if constexpr (std::is_same_v<T, std::string>) {
    out = row.text(column);
  } else if constexpr (std::is_same_v<T, Blob>) {
    out.bytes = row.blob(column);
  } else if constexpr (TextWord<T>) {
    auto value = T::parse(row.text(column));
    if (!value) bad_column(column, row.text(column));
    out = std::move(*value);
  } else if constexpr (CountWord<T>) {
    const auto value = T::of_count(row.integer(column));
    if (!value) bad_column(column, std::to_string(row.integer(column)));
    out = *value;
  } else if constexpr (std::is_same_v<T, RawJson>) {
    out.text = row.text(column);
  } else if constexpr (is_json<T>) {
    auto value = read_json<std::remove_cvref_t<decltype(out.value)>>(row.text(column));
    if (!value.ok()) bad_column(column, row.text(column));
    out.value = std::move(*value);
  } else {
    static_assert(is_json<T>, "this type has no column form");
  }
}

template <class T>
T from_row(Cursor& row) {
  T out{};
  if constexpr (Described<T>) {
    int column = 0;
    for_each_member(out, [&](const char*, auto& member) { from_column(row, column++, member); });
  } else {
    from_column(row, 0, out);
  }
  return out;
}

// "a, b, c": the members of a row struct, to stand behind SELECT; with a table alias "t.a, t.b".
template <Described T>
std::string columns(std::string_view alias = {}) {
  std::string out;
  T example{};
  for_each_member(example, [&](const char* name, auto&) {
    if (!out.empty()) out += ", ";
    if (!alias.empty()) out.append(alias) += '.';
    out += name;
  });
  return out;
}

class Connection {
 public:
  virtual ~Connection() = default;

  // Calls `row` for each row of the answer. The statement is kept prepared.
  virtual void run(std::string_view sql, std::span<const Value> values,
                   const std::function<void(Cursor&)>& row) = 0;
  virtual void script(const std::string& sql) = 0;  // several statements, no values
  virtual void command(
      std::string_view sql) = 0;             // BEGIN, COMMIT, SAVEPOINT …: cheap when repeated
  virtual std::int64_t changed() const = 0;  // rows changed by the last statement
  virtual Engine engine() const = 0;
  virtual bool usable() const = 0;  // false: the server has gone; drop this connection

  template <class... A>
  std::int64_t exec(std::string_view sql, const A&... values) {
    run(sql, std::array<Value, sizeof...(A)>{to_value(values)...}, [](Cursor&) {});
    return changed();
  }
  template <class T, class... A>
  std::vector<T> query(std::string_view sql, const A&... values) {
    std::vector<T> rows;
    run(sql, std::array<Value, sizeof...(A)>{to_value(values)...},
        [&](Cursor& row) { rows.push_back(from_row<T>(row)); });
    return rows;
  }
  template <class T, class... A>
  std::optional<T> one(std::string_view sql, const A&... values) {
    std::optional<T> found;
    run(sql, std::array<Value, sizeof...(A)>{to_value(values)...}, [&](Cursor& row) {
      if (!found) found = from_row<T>(row);
    });
    return found;
  }
  // INSERT of all members of a described row.
  template <Described T>
  void insert(std::string_view table, const T& row) {
    static const auto rest = " (" + columns<T>() + ") VALUES (" + places(member_count<T>) + ")";
    run(joined("INSERT INTO ", table, rest), values_of(row), [](Cursor&) {});
  }
  // UPDATE of all members of the row whose first member (the key) is the same; true if there was
  // one.
  template <Described T>
  bool update(std::string_view table, const T& row) {
    static const auto rest = assignments<T>();
    run(joined("UPDATE ", table, rest), values_of(row), [](Cursor&) {});
    return changed() == 1;
  }

 private:
  template <Described T>
  static auto values_of(const T& row) {
    std::array<Value, member_count<T>> values;
    std::size_t at = 0;
    for_each_member(row, [&](const char*, const auto& member) { values[at++] = to_value(member); });
    return values;
  }
  // "$1, $2, $3"
  static std::string places(std::size_t count) {
    std::string out;
    for (std::size_t n = 1; n <= count; ++n) out += (n == 1 ? "$" : ", $") + std::to_string(n);
    return out;
  }
  // " SET b = $2, c = $3 WHERE a = $1"
  template <Described T>
  static std::string assignments() {
    std::string sets, key;
    int n = 0;
    T example{};
    for_each_member(example, [&](const char* name, auto&) {
      ++n;
      if (n == 1)
        key = name;
      else
        sets += (n == 2 ? "" : ", ") + std::string(name) + " = $" + std::to_string(n);
    });
    return " SET " + sets + " WHERE " + key + " = $1";
  }
  static std::string joined(std::string_view verb, std::string_view table, std::string_view rest) {
    std::string sql;
    sql.reserve(verb.size() + table.size() + rest.size());
    return sql.append(verb).append(table).append(rest);
  }
};

std::unique_ptr<Connection> open_sqlite(const std::string& file, bool read_only);
std::unique_ptr<Connection> open_postgres(const std::string& url);

}  // namespace changwat::db
