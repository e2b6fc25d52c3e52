#pragma once
// An act is the only way to change anything.
//
//   acts.run<Application>(call, "application.submit", [&](Tx& tx) -> Result<Application> {
//     load → ask authority → decide by rules → store → tx.record(…) → return what the caller gets
//   });
//
// It runs in one transaction of the writer (database.hpp): a Problem undoes it, an exception undoes
// it, and a transaction that wrote and recorded nothing in the ledger does not commit (a bug: it
// aborts the act with an exception). With an Idempotency-Key the answer is kept in the same
// transaction; the same key and request again gets the same answer and changes nothing.

#include <functional>
#include <string>
#include <vector>

#include "base/json.hpp"

#include "platform/auth/call.hpp"
#include "platform/db/database.hpp"

namespace changwat {

// What an act leaves in the ledger. No personal data in `change`: the ledger lives for ever.
struct ActRecord {
  std::string subject_kind;  // "application"
  std::string subject_id;
  std::optional<AreaCode> province;  // of the subject, if it belongs to one
  std::string office_id;             // held by the actor and used; empty for the program itself
  RawJson authority{"{}"};           // the chain by which it was permitted
  RawJson change{"{}"};              // what changed
};

// Where acts are recorded: implemented by the ledger module.
class Journal {
 public:
  virtual ~Journal() = default;
  // Inside the act's transaction. Returns the entry's sequence number.
  virtual std::int64_t append(db::Connection& connection, const Call& call, std::string_view act,
                              const ActRecord& record) = 0;
  // After the commit, on the writer's thread, in commit order; `first`..`last` are the sequences.
  virtual void committed(std::int64_t first, std::int64_t last) = 0;
};

class Tx {
 public:
  Tx(db::Connection& connection, const Call& call, std::string_view act, Journal& journal)
      : db(connection), call_(call), act_(act), journal_(journal) {}

  db::Connection& db;

  void record(const ActRecord& record);
  // Runs after the commit, before the caller is answered: to keep memory in step with the record.
  void after_commit(std::function<void()> f) { after_.push_back(std::move(f)); }

 private:
  friend class Acts;
  const Call& call_;
  std::string act_;
  Journal& journal_;
  std::optional<std::int64_t> first_, last_;
  std::vector<std::function<void()>> after_;
};

class Acts {
 public:
  Acts(db::Database& database, Journal& journal) : database_(database), journal_(journal) {}

  template <class T, class F>
  Result<T> run(const Call& call, std::string_view act, F&& work) {
    Result<T> out = errors::internal;
    run_erased(call, act, [&](Tx& tx) -> bool {
      if (const auto kept = kept_answer(tx, act)) {
        out = *kept ? read_json_or_done<T>(**kept) : Result<T>(errors_key_reused());
        return false;
      }
      out = work(tx);
      if (out.ok()) keep_answer(tx, act, [&] { return write_or_empty(*out); });
      return out.ok();
    });
    return out;
  }

  // Forgets the answers kept before a moment. Not an act: it changes no record.
  void forget_answers(Instant before);

  db::Database& database() { return database_; }

 private:
  void run_erased(const Call& call, std::string_view act, const std::function<bool(Tx&)>& work);
  // The answer kept under the call's key: none if there is no key or it is new; an empty inner
  // optional if the key was used by another act.
  std::optional<std::optional<std::string>> kept_answer(Tx& tx, std::string_view act);
  void keep_answer(Tx& tx, std::string_view act, const std::function<std::string()>& answer);
  static const ErrorKind& errors_key_reused();

  template <class T>
  static Result<T> read_json_or_done(const std::string& text) {
    if constexpr (std::is_same_v<T, Done>)
      return Done{};
    else
      return read_json<T>(text);
  }
  template <class T>
  static std::string write_or_empty(const T& value) {
    if constexpr (std::is_same_v<T, Done>)
      return "";
    else
      return to_json(value);
  }

  db::Database& database_;
  Journal& journal_;
};

}  // namespace changwat
