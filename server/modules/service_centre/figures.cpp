// What everybody may know of cases: what was asked, what came of it, how long it took.

#include "modules/service_centre/figures.hpp"

#include <algorithm>

#include "modules/service_centre/service_centre.hpp"
#include "modules/service_centre/store_figures.hpp"

namespace changwat::service_centre {
namespace {

using namespace std::chrono_literals;

constexpr auto quick = 20ms;
constexpr auto unchanged_max = 60s;
constexpr int times_as_long = 20;

// Of `count` cases in order, the one up to which a share lies.
std::optional<std::int64_t> days_of(const std::map<std::int64_t, std::int64_t>& by_days,
                                    std::int64_t count, std::int64_t tenths) {
  const auto wanted = (count * tenths + 9) / 10;
  std::int64_t so_far = 0;
  for (const auto& [days, cases] : by_days) {
    so_far += cases;
    if (so_far >= wanted) return days;
  }
  return std::nullopt;
}

}  // namespace

ClosingDays closing_days(const std::map<std::int64_t, std::int64_t>& by_days) {
  std::int64_t count = 0;
  for (const auto& [days, cases] : by_days) count += cases;
  if (count == 0) return {};
  return {days_of(by_days, count, 5), days_of(by_days, count, 9)};
}

std::shared_ptr<KeptFigures::Kept> KeptFigures::kept(const AreaCode& area) {
  const std::lock_guard lock(mutex_);
  auto& out = kept_[area];
  if (!out) out = std::make_shared<Kept>();
  return out;
}

PublicFigures KeptFigures::of(const AreaCode& area, std::uint64_t writes,
                              const std::function<PublicFigures()>& count) {
  const auto here = kept(area);
  const std::lock_guard lock(here->counting);
  const auto age = now_() - here->counted_at;
  const bool stands =
      here->figures && here->took >= quick &&
      (age < here->took * times_as_long || (writes == here->writes && age < unchanged_max));
  if (stands) return *here->figures;
  const auto begun = now_();
  here->figures = count();
  here->writes = writes;
  here->counted_at = now_();
  here->took = here->counted_at - begun;
  return *here->figures;
}

Result<PublicFigures> ServiceCentre::get_public_figures(Call& call, const Path<FiguresPath>& path) {
  const auto* area = areas_.now()->find(path->code);
  const bool counted =
      area && (area->level == AreaLevel::province || area->level == AreaLevel::district);
  if (!counted) return errors::not_found;
  const auto writes = database_.counters().writes;
  return figures_.of(path->code, writes, [&] {
    auto out = database_.snapshot(
        [&](db::Connection& db) { return store::figures(db, path->code, call.now); });
    for (auto& row : out.by_category) {
      const auto* category = find_category(book_, row.category, call.now.bangkok_date());
      row.name_th = category ? category->name_th.text() : row.category.text();
      row.name_en = category ? category->name_en.text() : row.category.text();
    }
    return out;
  });
}

}  // namespace changwat::service_centre
