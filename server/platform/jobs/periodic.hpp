#pragma once
// Work that comes back by itself: one thread that does something, waits, and does it again.
//
// What it throws is handed to `on_failure`, and it is tried again at the next turn. The destructor
// waits for a turn that is under way. Threads: construct and destroy on one thread.

#include <chrono>
#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>

namespace changwat::jobs {

class Periodic {
 public:
  Periodic(std::chrono::milliseconds every, std::function<void()> work,
           std::function<void(const std::exception&)> on_failure);
  ~Periodic();
  Periodic(const Periodic&) = delete;
  Periodic& operator=(const Periodic&) = delete;

 private:
  void run(std::chrono::milliseconds every);

  std::function<void()> work_;
  std::function<void(const std::exception&)> on_failure_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;  // last: it uses the others
};

}  // namespace changwat::jobs
