#pragma once
// When sessions were last seen, written behind the requests' backs.
//
// A request that reads must not wait for the disk, so the moment is handed to one thread that
// writes all that came together in one transaction. It goes past the acts and leaves no ledger
// entry: nobody decided anything, it says when a person was at work (personal data, which the
// ledger must not hold for ever), and losing it costs nothing but a few minutes of the idle time.
// Threads: any. A record that cannot be written now is dropped; the next request brings a newer
// one.

#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include "platform/db/database.hpp"

#include "modules/identity/model.hpp"

namespace changwat::identity {

class LastSeen {
 public:
  explicit LastSeen(db::Database& database);
  ~LastSeen();  // writes what is waiting
  LastSeen(const LastSeen&) = delete;
  LastSeen& operator=(const LastSeen&) = delete;

  void note(const SessionId& session, Instant now);
  void finish();  // returns when everything noted so far is written or dropped

 private:
  using Moments = std::map<SessionId, Instant>;
  void run();
  void write(const Moments& moments);

  db::Database& database_;
  std::mutex mutex_;
  std::condition_variable changed_;
  Moments waiting_;
  bool writing_ = false;
  bool stopping_ = false;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace changwat::identity
