#pragma once
// Result<T>: a value, or the Problem that says why there is none.
//
// Expected failures (a rule says no, not found, conflict, bad input) travel as values and are
// passed up with TRY. A broken world (disk full, database gone) is an exception, caught once where
// the call ends. A bug is CHECK, which stays on in every build.

#include <cstdlib>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "base/errors.hpp"

namespace changwat {

// One wrong field of what was sent. `pointer` is a JSON pointer (RFC 6901) into the body, or
// "?name" for a query parameter, or a cell reference ("Sheet1!C7") for spreadsheets.
struct FieldError {
  std::string pointer;
  std::string code;  // stable: required, unknown_field, wrong_type, too_long, out_of_range, …
  std::string th;
  std::string en;

  friend bool operator==(const FieldError&, const FieldError&) = default;
};

// Why an act or a question has no answer. `th` and `en` add to the kind's own sentence what is
// particular to this case ("late by 00:00:01"); they may be empty.
struct Problem {
  const ErrorKind* kind = &errors::internal;
  std::string th;
  std::string en;
  std::vector<FieldError> fields;

  Problem(const ErrorKind& k) : kind(&k) {}  // NOLINT: a kind is a problem without particulars
  Problem(const ErrorKind& k, std::string thai, std::string english)
      : kind(&k), th(std::move(thai)), en(std::move(english)) {}
  explicit Problem(std::vector<FieldError> wrong)
      : kind(&errors::invalid_input), fields(std::move(wrong)) {}

  bool is(const ErrorKind& k) const { return kind->code == k.code; }
};

template <class T>
class [[nodiscard]] Result {
 public:
  using value_type = T;

  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}            // NOLINT
  Result(Problem problem) : state_(std::in_place_index<1>, std::move(problem)) {}  // NOLINT
  Result(const ErrorKind& kind) : state_(std::in_place_index<1>, kind) {}          // NOLINT

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  T& value() & { return require(), std::get<0>(state_); }
  const T& value() const& { return require(), std::get<0>(state_); }
  T&& value() && { return require(), std::get<0>(std::move(state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  const Problem& problem() const& { return std::get<1>(state_); }
  Problem&& problem() && { return std::get<1>(std::move(state_)); }

 private:
  void require() const {
    if (!ok()) std::abort();  // a bug: the value was taken without asking ok()
  }
  std::variant<T, Problem> state_;
};

// For acts that return nothing but success.
struct Done {
  friend bool operator==(const Done&, const Done&) = default;
};

}  // namespace changwat

// TRY(expr): the value of a Result, or return its problem from the calling function. May be nested.
#define CHANGWAT_TRY(name, ...)                       \
  __extension__({                                     \
    auto name = (__VA_ARGS__);                        \
    if (!name.ok()) return std::move(name).problem(); \
    std::move(name).value();                          \
  })
#define CHANGWAT_TRY_NUMBERED(number, ...) CHANGWAT_TRY(try_result_##number, __VA_ARGS__)
#define CHANGWAT_TRY_COUNTED(number, ...) CHANGWAT_TRY_NUMBERED(number, __VA_ARGS__)
#define TRY(...) CHANGWAT_TRY_COUNTED(__COUNTER__, __VA_ARGS__)

// CHECK(condition): a bug if false. Stays on in every build; prints and aborts.
#define CHECK(condition) \
  ((condition) ? void(0) : ::changwat::check_failed(#condition, __FILE__, __LINE__))

namespace changwat {
[[noreturn]] void check_failed(const char* condition, const char* file, int line) noexcept;
}
