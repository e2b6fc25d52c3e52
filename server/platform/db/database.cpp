#include "platform/db/database.hpp"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <thread>

namespace changwat::db {
namespace {

// Any constant will do that no other use of this database takes.
constexpr std::string_view take_order = "SELECT pg_advisory_xact_lock(4725119803162)";

// On its caller's stack: the caller waits until the group is over, and after that nobody touches
// it.
struct Write {
  const std::function<bool(Connection&)>& work;
  const std::function<void()>& committed;
  bool kept = false;
  std::exception_ptr error;
};

// Writes of one commit; others may join until the writer is through with them, so that who was just
// told of the last commit does not wait for a whole one between. Its callers wait for the group,
// not each for its own write: one system call wakes them all, and it is the group's first caller
// who makes it, since the writer has the next group to write. They wait by futures, which sleep at
// once, where an atomic's wait() would first spin and yield: a commit takes longer than that, and
// the yields of 64 threads took more of the processor than their writes.
struct Group {
  std::vector<Write*> arrived;  // not yet taken by the writer
  std::vector<Write*> writes;   // taken; in this order
  bool closed = false;
  std::promise<void> ending;   // kept by the writer, for the first caller
  std::promise<void> telling;  // kept by the first caller, for the others
  const std::shared_future<void> told = telling.get_future().share();
};

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
    return engine == Engine::postgres ? open_postgres(options.url)
                                      : open_sqlite(options.url, read_only);
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
      idle.clear();  // the server went away under all of them: one failed call is enough to learn
                     // it
    returned.notify_one();
  }

  // ---- writer

  // Returns when the write's group is over. The group is shared with the writer, which may not yet
  // have let go of it when a caller goes on.
  void await(Write& write) {
    const auto [group, first] = enqueue(write);
    if (!first) return group->told.wait();
    group->ending.get_future().wait();
    group->telling.set_value();
  }

  // The write's group, and whether the write is its first.
  std::pair<std::shared_ptr<Group>, bool> enqueue(Write& write) {
    const std::lock_guard lock(mutex);
    if (stopping || waiting_writes >= options.waiting_max)
      throw Error(Fault::unavailable, "too many writes are waiting");
    const auto full = [&](const Group& group) {
      return group.writes.size() + group.arrived.size() >= options.group_max;
    };
    const bool first = waiting.empty() || full(*waiting.back());
    if (first) waiting.push_back(std::make_shared<Group>());
    waiting.back()->arrived.push_back(&write);
    ++waiting_writes;
    if (waiting_writes == 1) arrived.notify_one();  // else the writer is awake, or has been called
    return {waiting.back(), first};
  }

  std::shared_ptr<Group> next_group() {
    std::unique_lock lock(mutex);
    arrived.wait(lock, [&] { return stopping || !waiting.empty(); });
    return waiting.empty() ? nullptr : waiting.front();
  }

  // Whether the group, the first in the queue, has got more writes; if not it is closed, and who
  // comes now begins the next.
  bool take_arrived(Group& group) {
    const std::lock_guard lock(mutex);
    if (group.closed) return false;
    group.closed = group.arrived.empty();
    if (group.closed) {
      waiting.pop_front();
      return false;
    }
    waiting_writes -= group.arrived.size();
    group.writes.insert(group.writes.end(), group.arrived.begin(), group.arrived.end());
    group.arrived.clear();
    return true;
  }

  void write_groups() {
    while (const auto group = next_group()) {
      write_group(*group);
      group->ending.set_value();
    }
  }

  void write_group(Group& group) {
    try {
      auto& c = begin_group();
      std::size_t written = 0;
      while (take_arrived(group))
        for (; written < group.writes.size(); ++written) write_one(c, *group.writes[written]);
      c.command("COMMIT");
    } catch (...) {
      return fail_group(group, std::current_exception());
    }
    writes += group.writes.size();
    ++groups;
    for (auto* write : group.writes) tell(*write);
  }

  // A connection may have died since the last group, with the server that was restarted in between.
  // Nothing is written yet, so that a new one does as well.
  Connection& begin_group() {
    const auto begin = [this]() -> Connection& {
      if (!writer_connection || !writer_connection->usable()) writer_connection = open(false);
      writer_connection->command(engine == Engine::sqlite ? "BEGIN IMMEDIATE" : "BEGIN");
      return *writer_connection;
    };
    const auto begun = [&]() -> Connection& {
      try {
        return begin();
      } catch (const Error&) {
        if (!writer_connection || writer_connection->usable()) throw;
        return begin();
      }
    };
    auto& c = begun();
    if (engine == Engine::postgres) c.run(take_order, {}, [](Cursor&) {});
    return c;
  }

  // What is committed stays so when memory could not follow it. Its caller hears of that, and is
  // answered the same when it asks again with its key; the writer goes on.
  static void tell(Write& write) {
    if (!write.kept || !write.committed) return;
    try {
      write.committed();
    } catch (...) {
      write.error = std::current_exception();
    }
  }

  // Throws only when the whole transaction is lost.
  static void write_one(Connection& c, Write& write) {
    c.command("SAVEPOINT act");
    try {
      write.kept = write.work(c);
    } catch (...) {
      write.kept = false;
      write.error = std::current_exception();
    }
    if (!write.kept) c.command("ROLLBACK TO act");
    c.command("RELEASE act");
  }

  void fail_group(Group& group, const std::exception_ptr& error) {
    ++failed_groups;
    while (take_arrived(group)) continue;
    for (auto* write : group.writes) {
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
  // The first is being written, if one is; only the last takes more writes.
  std::deque<std::shared_ptr<Group>> waiting;
  std::size_t waiting_writes = 0;
  bool stopping = false;
  std::unique_ptr<Connection> writer_connection;
  std::atomic<std::uint64_t> writes = 0, groups = 0, failed_groups = 0;
  std::thread writer;
};

Database::Database(DatabaseOptions options) : impl_(std::make_unique<Impl>(std::move(options))) {}
Database::~Database() = default;

Engine Database::engine() const {
  return impl_->engine;
}

Database::Lease Database::borrow() {
  return Lease(impl_->take(), Return{impl_.get()});
}
void Database::Return::operator()(Connection* connection) const {
  impl->give_back(connection);
}

Database::End::~End() {
  try {
    connection.command("ROLLBACK");
  } catch (const Error&) {  // the connection is gone; its owner will see that it is not usable
  }
}

bool Database::write(const std::function<bool(Connection&)>& work,
                     const std::function<void()>& committed) {
  Write write{work, committed};
  impl_->await(write);
  if (write.error) std::rethrow_exception(write.error);
  return write.kept;
}

Database::Counters Database::counters() const {
  return {impl_->writes.load(), impl_->groups.load(), impl_->failed_groups.load()};
}

std::size_t Database::waiting() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->waiting_writes;
}

}  // namespace changwat::db
