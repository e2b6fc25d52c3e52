// The province's board.

#include <algorithm>
#include <cmath>
#include <map>

#include "modules/service_centre/service_centre.hpp"
#include "modules/service_centre/store_lists.hpp"
#include "modules/service_centre/store_province.hpp"

namespace changwat::service_centre {
namespace {

constexpr std::int64_t day_ms = 86'400'000;
constexpr std::int64_t hundredth = Decimal::scale / 100;  // of a degree: about a kilometre

void add(ProvinceRow& row, const store::ProvinceCounted& counted) {
  row.open += counted.open;
  row.late += counted.late;
  row.near_due += counted.near_due;
  row.reopened += counted.reopened;
  row.received += counted.received;
  row.received_before += counted.received_before;
}

template <class Key>
std::vector<ProvinceRow> rows_of(std::map<Key, ProvinceRow>&& rows) {
  std::vector<ProvinceRow> out;
  for (auto& [code, row] : rows) out.push_back(std::move(row));
  std::stable_sort(out.begin(), out.end(),
                   [](const auto& a, const auto& b) { return a.open > b.open; });
  return out;
}

struct Heap {
  std::int64_t open = 0, late = 0, placed = 0;
  std::int64_t latitude = 0, longitude = 0;  // sums of millionths
};

// To a hundredth of a degree.
std::optional<Decimal> mean(std::int64_t sum, std::int64_t count) {
  return Decimal::of_millionths(
      std::llround(static_cast<double>(sum) / static_cast<double>(count * hundredth)) * hundredth);
}

std::vector<HeatSpot> spots_of(const std::vector<store::OpenPlace>& places, Instant now,
                               std::int64_t cases_min, const areas::Register& names) {
  std::map<AreaCode, Heap> heaps;
  for (const auto& one : places) {
    const auto area = AreaCode::parse(one.area.text().substr(0, 6));
    auto& heap = heaps[area.value_or(one.area)];
    ++heap.open;
    heap.late += one.due_at < now;
    const auto& position = one.place.value.position;
    if (!position) continue;
    ++heap.placed;
    heap.latitude += position->latitude.millionths();
    heap.longitude += position->longitude.millionths();
  }
  std::vector<HeatSpot> out;
  for (const auto& [code, heap] : heaps) {
    HeatSpot spot{code, code.text(), code.text(), heap.open, heap.late, std::nullopt};
    if (const auto* area = names.find(code))
      spot.name_th = area->name_th.text(), spot.name_en = area->name_en.text();
    if (heap.placed >= cases_min)
      spot.position = Position{mean(heap.latitude, heap.placed).value(),
                               mean(heap.longitude, heap.placed).value()};
    out.push_back(std::move(spot));
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const auto& a, const auto& b) { return a.open > b.open; });
  return out;
}

}  // namespace

Result<ProvinceBoard> ServiceCentre::get_province_board(Call& call,
                                                        const Query<BoardQuery>& query) {
  TRY(authority_.decide(call, "case.read", {query->area}));
  const auto names = areas_.now();
  const auto* province = names->find(query->area);
  if (!province || province->level != AreaLevel::province) return errors::not_found;
  const auto today = call.now.bangkok_date();
  const auto numbers = closing_numbers(book_, today);
  ProvinceBoard out;
  out.area = query->area;
  out.near_due_days = book_.lists.intake.near_due_days;
  out.trend_days = numbers.trend_days;
  out.heat_cases_min = numbers.heat_cases_min;
  const auto ago = [&](std::int64_t days) { return call.now.plus_ms(-days * day_ms); };
  std::map<AreaCode, ProvinceRow> districts;
  std::map<Key, ProvinceRow> categories;
  database_.snapshot([&](db::Connection& db) {
    const store::ProvinceMoments moments{call.now, call.now.plus_ms(out.near_due_days * day_ms),
                                         ago(out.trend_days), ago(2 * out.trend_days)};
    for (const auto& one : store::count_province(db, out.area, moments)) {
      add(out.total, one);
      add(districts[one.district], one);
      add(categories[one.category], one);
    }
    out.spots = spots_of(store::open_places(db, out.area), call.now, out.heat_cases_min, *names);
    out.demonstration = store::has_demonstration(db, out.area);
    return 0;
  });
  out.total.code = out.area.text();
  out.total.name_th = province->name_th.text();
  out.total.name_en = province->name_en.text();
  for (auto& [code, row] : districts) {
    const auto* area = names->find(code);
    row.code = code.text();
    row.name_th = area ? area->name_th.text() : row.code;
    row.name_en = area ? area->name_en.text() : row.code;
  }
  for (auto& [code, row] : categories) {
    const auto* category = find_category(book_, code, today);
    row.code = code.text();
    row.name_th = category ? category->name_th.text() : row.code;
    row.name_en = category ? category->name_en.text() : row.code;
  }
  out.by_district = rows_of(std::move(districts));
  out.by_category = rows_of(std::move(categories));
  return out;
}

}  // namespace changwat::service_centre
