#include "platform/db/acts.hpp"

#include <stdexcept>

namespace changwat {
namespace {

constexpr ErrorKind key_reused{"idempotency_key_reused", 409,
                               "Idempotency-Key นี้เคยใช้กับคำขออื่นแล้ว โปรดใช้รหัสใหม่",
                               "This Idempotency-Key was used for another request. Use a new one."};

struct KeptAnswer {
  std::string request;
  std::string answer;
};
BOOST_DESCRIBE_STRUCT(KeptAnswer, (), (request, answer))

// The same key for the same act with the same content is the same request.
std::string request_of(const Call& call, std::string_view act) {
  return std::string(act) + " " + call.request_digest;
}

std::string person(const Call& call) {
  return call.caller ? call.caller->person_id : std::string();
}

}  // namespace

void Tx::record(const ActRecord& record) {
  last_ = journal_.append(db, call_, act_, record);
  if (!first_) first_ = last_;
}

const ErrorKind& Acts::errors_key_reused() {
  return key_reused;
}

std::optional<std::optional<std::string>> Acts::kept_answer(Tx& tx, std::string_view act) {
  if (tx.call_.idempotency_key.empty()) return std::nullopt;
  const auto kept = tx.db.one<KeptAnswer>(
      "SELECT request, answer FROM idempotency WHERE person_id = $1 AND idempotency_key = $2",
      person(tx.call_), tx.call_.idempotency_key);
  if (!kept) return std::nullopt;
  if (kept->request != request_of(tx.call_, act)) return std::optional<std::string>();
  return kept->answer;
}

void Acts::keep_answer(Tx& tx, std::string_view act, const std::function<std::string()>& answer) {
  if (tx.call_.idempotency_key.empty()) return;
  tx.db.exec(
      "INSERT INTO idempotency (person_id, idempotency_key, request, answer, kept_at) VALUES ($1, "
      "$2, $3, $4, $5)",
      person(tx.call_), tx.call_.idempotency_key, request_of(tx.call_, act), answer(),
      tx.call_.now);
}

void Acts::forget_answers(Instant before) {
  database_.write([&](db::Connection& connection) {
    return connection.exec("DELETE FROM idempotency WHERE kept_at < $1", before) > 0;
  });
}

void Acts::run_erased(const Call& call, std::string_view act,
                      const std::function<bool(Tx&)>& work) {
  std::optional<std::int64_t> first, last;
  std::vector<std::function<void()>> after;
  database_.write(
      [&](db::Connection& connection) {
        Tx tx(connection, call, act, journal_);
        if (!work(tx)) return false;
        if (!tx.first_)
          throw std::logic_error("the act " + std::string(act) + " left no ledger entry");
        first = tx.first_;
        last = tx.last_;
        after = std::move(tx.after_);
        return true;
      },
      [&] {
        for (const auto& f : after) f();
        journal_.committed(*first, *last);
      });
}

}  // namespace changwat
