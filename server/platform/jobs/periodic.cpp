#include "platform/jobs/periodic.hpp"

namespace changwat::jobs {

Periodic::Periodic(std::chrono::milliseconds every, std::function<void()> work,
                   std::function<void(const std::exception&)> on_failure)
    : work_(std::move(work)),
      on_failure_(std::move(on_failure)),
      thread_([this, every] { run(every); }) {}

Periodic::~Periodic() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void Periodic::run(std::chrono::milliseconds every) {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    try {
      work_();
    } catch (const std::exception& failure) {
      on_failure_(failure);
    }
    lock.lock();
    wake_.wait_for(lock, every, [this] { return stopping_; });
  }
}

}  // namespace changwat::jobs
