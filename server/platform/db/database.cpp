#include "platform/db/database.hpp"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace changwat::db {
namespace {

// Any constant will do that no other use of this database takes.
constexpr std::string_view take_order = "SELECT pg_advisory_xact_lock(4725119803162)";

// Shared by the caller and the writer, because the writer still touches `done` after it is set.
struct Write {
  const std::function<bool(Connection&)>* work = nullptr;
  const std::function<void()>* committed = nullptr;
  bool kept = false;
  std::exception_ptr error;
  std::atomic<bool> done = false;
};
using Group = std::vector<std::shared_ptr<Write>>;

bool is_postgres(const std::string& url) {
  return url.starts_with("postgresql://") || url.starts_with("postgres://");
}

}  // namespace

struct Database::Impl {
  explicit Impl(DatabaseOptions o) : options(std::move(o)) {
    engine = is_postgres(options.url) ? Engine::postgres : Engine::sqlite;
    writer_connection = open(false);  // first: creates the file and sets the journal mode
    give_back(open(true).release());  // fails now rather than at the first request
    writer = std::thread([this] { write_groups(); });
  }

  ~Impl() {
    {
      const std::lock_guard lock(mutex);
      stopping = true;
    }
    arrived.notify_all();
    writer.join();
    idle.clear();  // readers first: the last to close folds the write-ahead log into the file
    writer_connection.reset();
  }

  std::unique_ptr<Connection> open(bool read_only) const {
    return engine == Engine::postgres ? open_postgres(options.url) : open_sqlite(options.url, read_only);
  }

  // ---- readers

  Connection* take() {
    std::unique_lock lock(readers_mutex);
    if (!returned.wait_for(lock, std::chrono::seconds(10),
                           [&] { return !idle.empty() || lent < options.readers_max; }))
      throw Error(Fault::unavailable, "all reading connections are busy");
    ++lent;
    if (!idle.empty()) {
      auto connection = std::move(idle.back());
      idle.pop_back();
      return connection.release();
    }
    lock.unlock();
    try {
      return open(true).release();
    } catch (...) {
      lock.lock();
      --lent;
      returned.notify_one();
      throw;
    }
  }

  void give_back(Connection* connection) {
    std::unique_ptr<Connection> owned(connection);
    const std::lock_guard lock(readers_mutex);
    if (lent > 0) --lent;
    if (owned->usable())
      idle.push_back(std::move(owned));
    else
      idle.clear();  // the server went away under all of them: one failed call is enough to learn it
    returned.notify_one();
  }

  // ---- writer

  void write_groups() {
    for (;;) {
      Group group;
      {
        std::unique_lock lock(mutex);
        arrived.wait(lock, [&] { return stopping || !waiting.empty(); });
        if (waiting.empty()) return;
        const auto size = std::min(waiting.size(), options.group_max);
        group.assign(waiting.begin(), waiting.begin() + static_cast<std::ptrdiff_t>(size));
        waiting.erase(waiting.begin(), waiting.begin() + static_cast<std::ptrdiff_t>(size));
      }
      write_group(group);
      for (const auto& write : group) {
        write->done.store(true, std::memory_order_release);
        write->done.notify_one();
      }
    }
  }

  void write_group(const Group& group) {
    try {
      if (!writer_connection || !writer_connection->usable()) writer_connection = open(false);
      auto& c = *writer_connection;
      c.command(engine == Engine::sqlite ? "BEGIN IMMEDIATE" : "BEGIN");
      if (engine == Engine::postgres) c.run(take_order, {}, [](Cursor&) {});
      for (const auto& write : group) write_one(c, *write);
      c.command("COMMIT");
    } catch (...) {
      return fail_group(group, std::current_exception());
    }
    writes += group.size();
    ++groups;
    for (const auto& write : group)
      if (write->kept && *write->committed) (*write->committed)();
  }

  // Throws only when the whole transaction is lost.
  static void write_one(Connection& c, Write& write) {
    c.command("SAVEPOINT act");
    try {
      write.kept = (*write.work)(c);
    } catch (...) {
      write.kept = false;
      write.error = std::current_exception();
    }
    if (!write.kept) c.command("ROLLBACK TO act");
    c.command("RELEASE act");
  }

  void fail_group(const Group& group, const std::exception_ptr& error) {
    ++failed_groups;
    for (const auto& write : group) {
      write->kept = false;
      write->error = error;  // nothing of the group was committed: everybody is told so
    }
    try {
      if (writer_connection) writer_connection->command("ROLLBACK");
    } catch (...) {  // there was nothing left to roll back, or the engine is gone
    }
    writer_connection.reset();  // the next group begins with a fresh connection
  }

  DatabaseOptions options;
  Engine engine;

  std::mutex readers_mutex;
  std::condition_variable returned;
  std::vector<std::unique_ptr<Connection>> idle;
  std::size_t lent = 0;

  std::mutex mutex;
  std::condition_variable arrived;
  std::deque<std::shared_ptr<Write>> waiting;
  bool stopping = false;
  std::unique_ptr<Connection> writer_connection;
  std::atomic<std::uint64_t> writes = 0, groups = 0, failed_groups = 0;
  std::thread writer;
};

Database::Database(DatabaseOptions options) : impl_(std::make_unique<Impl>(std::move(options))) {}
Database::~Database() = default;

Engine Database::engine() const { return impl_->engine; }

Database::Lease Database::borrow() { return Lease(impl_->take(), Return{impl_.get()}); }
void Database::Return::operator()(Connection* connection) const { impl->give_back(connection); }

Database::End::~End() {
  try {
    connection.command("ROLLBACK");
  } catch (const Error&) {  // the connection is gone; its owner will see that it is not usable
  }
}

bool Database::write(const std::function<bool(Connection&)>& work, const std::function<void()>& committed) {
  const auto write = std::make_shared<Write>();
  write->work = &work;
  write->committed = &committed;
  {
    const std::lock_guard lock(impl_->mutex);
    if (impl_->stopping || impl_->waiting.size() >= impl_->options.waiting_max)
      throw Error(Fault::unavailable, "too many writes are waiting");
    impl_->waiting.push_back(write);
  }
  impl_->arrived.notify_one();
  write->done.wait(false, std::memory_order_acquire);
  if (write->error) std::rethrow_exception(write->error);
  return write->kept;
}

Database::Counters Database::counters() const {
  return {impl_->writes.load(), impl_->groups.load(), impl_->failed_groups.load()};
}

std::size_t Database::waiting() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->waiting.size();
}

}  // namespace changwat::db
