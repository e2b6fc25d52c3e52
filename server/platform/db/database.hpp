#pragma once
// The record: many readers, one writer that groups waiting writes into one durable commit.
//
// Writes run one after another on the writer's own thread, each in its own savepoint of the group's
// transaction, which others join until the writer comes to its end; the group is committed (and on
// the disk) before any of its callers returns. So a write sees the world as if it were alone, needs
// no locks, and 64 waiting writers share one fsync.
// On PostgreSQL the group holds an advisory lock, so that several programs on one database keep the
// same order. Reads run on the caller's thread with a connection of their own.
// Threads: every member may be called from any thread, except from inside a write.

#include <functional>
#include <memory>
#include <string>

#include "platform/db/connection.hpp"

namespace changwat::db {

struct DatabaseOptions {
  std::string url;                 // "postgresql://…", or a file name for SQLite
  std::size_t readers_max = 16;    // connections kept for reading; a 17th reader waits
  std::size_t group_max = 256;     // writes in one commit
  std::size_t waiting_max = 2000;  // writes waiting; beyond it write() throws Fault::unavailable
};

class Database {
 public:
  explicit Database(DatabaseOptions options);  // throws db::Error when it cannot be opened
  ~Database();                                 // finishes what was accepted
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  Engine engine() const;

  // Runs f(Connection&) with a reading connection and returns what f returns.
  template <class F>
  auto read(F&& f) {
    const Lease lease = borrow();
    return f(*lease);
  }
  // The same, with all statements seeing one moment.
  template <class F>
  auto snapshot(F&& f) {
    const Lease lease = borrow();
    lease->command(engine() == Engine::sqlite ? "BEGIN" : "BEGIN ISOLATION LEVEL REPEATABLE READ");
    const End end{*lease};
    return f(*lease);
  }

  // Runs `work` in the writer's transaction: true keeps what it wrote, false or an exception undoes
  // it. Returns (or rethrows) after the group's commit; then `committed`, run by the writer in
  // commit order before anybody is told, may update what is kept in memory. Returns what work
  // returned.
  bool write(const std::function<bool(Connection&)>& work,
             const std::function<void()>& committed = {});

  struct Counters {
    std::uint64_t writes = 0, groups = 0, failed_groups = 0;
  };
  Counters counters() const;
  std::size_t waiting() const;  // writes that have not begun

 private:
  struct Impl;
  struct Return {
    Impl* impl;
    void operator()(Connection* connection) const;
  };
  using Lease = std::unique_ptr<Connection, Return>;
  struct End {
    Connection& connection;
    ~End();
  };
  Lease borrow();
  std::unique_ptr<Impl> impl_;
};

}  // namespace changwat::db
