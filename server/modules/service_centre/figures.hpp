#pragma once
// Public figures that are kept for a while. Counting reads every case of an area, and strangers may
// ask as often as they like.
//
// Who calls it: ServiceCentre::get_public_figures. Threads: any; an area is counted by one at a
// time, and who asks meanwhile waits for that count.

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>

#include "modules/service_centre/figures_model.hpp"

namespace changwat::service_centre {

class KeptFigures {
 public:
  using Clock = std::chrono::steady_clock;
  explicit KeptFigures(std::function<Clock::time_point()> now = Clock::now)
      : now_(std::move(now)) {}

  // Figures that were quick to count are counted again each time. Others stand for a minute while
  // nothing was written (`writes` is the same), and else for twenty times as long as counting them
  // took: so at most a twentieth of the time goes to counting.
  PublicFigures of(const AreaCode& area, std::uint64_t writes,
                   const std::function<PublicFigures()>& count);

 private:
  struct Kept {
    std::mutex counting;
    std::optional<PublicFigures> figures;
    std::uint64_t writes = 0;
    Clock::time_point counted_at;
    Clock::duration took{};
  };
  std::shared_ptr<Kept> kept(const AreaCode& area);

  const std::function<Clock::time_point()> now_;
  std::mutex mutex_;
  std::map<AreaCode, std::shared_ptr<Kept>> kept_;
};

// The days within which a share of cases was closed: the smallest number of days that so many took
// at most. `by_days`: how many cases took each number of days.
ClosingDays closing_days(const std::map<std::int64_t, std::int64_t>& by_days);

}  // namespace changwat::service_centre
