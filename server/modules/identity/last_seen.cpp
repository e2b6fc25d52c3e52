#include "modules/identity/last_seen.hpp"

#include "modules/identity/store.hpp"

namespace changwat::identity {

LastSeen::LastSeen(db::Database& database) : database_(database), thread_([this] { run(); }) {}

LastSeen::~LastSeen() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void LastSeen::note(const SessionId& session, Instant now) {
  {
    const std::lock_guard lock(mutex_);
    waiting_[session] = now;
  }
  changed_.notify_all();
}

void LastSeen::finish() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return waiting_.empty() && !writing_; });
}

void LastSeen::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    const Moments moments = std::exchange(waiting_, {});
    writing_ = true;
    lock.unlock();
    write(moments);
    lock.lock();
    writing_ = false;
    changed_.notify_all();
  }
}

void LastSeen::write(const Moments& moments) {
  try {
    database_.write([&](db::Connection& db) {
      for (const auto& [session, moment] : moments) store::seen(db, session, moment);
      return true;
    });
  } catch (const db::Error&) {  // see the header: it is not worth a failed request
  }
}

}  // namespace changwat::identity
