#include "modules/areas/areas.hpp"
#include "modules/areas/boundaries.hpp"
#include "modules/areas/store.hpp"

namespace changwat::areas {
namespace {

struct MapSummary {
  std::string source;
  std::string attribution;
  std::int64_t provinces = 0;
  std::string outlines_tag;  // of the outlines as they are stored
};
BOOST_DESCRIBE_STRUCT(MapSummary, (), (source, attribution, provinces, outlines_tag))

std::string list_of(const std::vector<AreaCode>& codes) {
  std::string out;
  for (const auto& code : codes) out += (out.empty() ? "" : ", ") + code.text();
  return out;
}

}  // namespace

std::vector<Area> Areas::provinces() const {
  std::vector<Area> out;
  const auto current = now();
  for (const auto& area : current->areas())
    if (area.level == AreaLevel::province && !area.valid_to) out.push_back(area);
  return out;
}

ProvinceMap Areas::map() const {
  ProvinceMap out;
  out.view_box = "0 0 " + std::to_string(drawing_width) + " " + std::to_string(drawing_height);
  auto row = database_.snapshot([](db::Connection& db) { return store::newest_map(db); });
  if (!row) return out;
  out.attribution = std::move(row->attribution);
  out.imported_at = row->imported_at;
  out.provinces = std::move(row->outlines.value);
  return out;
}

void Areas::reload_map() {
  map_.store(std::make_shared<const http::Sendable>(http::sendable(to_json(map()))));
}

Result<Done> Areas::import_map(const Call& call, const BoundaryPreview& preview,
                               const Attribution& attribution, std::string_view source) {
  if (!preview.missing.empty())
    return Problem(errors::invalid_input, "ไม่มีขอบเขตของจังหวัดรหัส " + list_of(preview.missing),
                   "These provinces have no outline: " + list_of(preview.missing) + ".");
  return acts_.run<Done>(call, "areas.import_map", [&](Tx& tx) -> Result<Done> {
    BoundaryMapRow row;
    row.boundary_map_id = decltype(row.boundary_map_id)::make(call.now);
    row.attribution = attribution;
    row.source = source;
    row.imported_at = call.now;
    row.outlines = {preview.outlines};
    store::put_map(tx.db, row);
    ActRecord record;
    record.subject_kind = "boundary_map";
    record.subject_id = row.boundary_map_id.text();
    record.change = {
        to_json(MapSummary{row.source, attribution.text(), std::ssize(preview.outlines),
                           http::content_tag(to_json(preview.outlines))})};
    tx.record(std::move(record));
    tx.after_commit([this] { reload_map(); });
    return Done{};
  });
}

Result<Prepared<ProvinceMap>> Areas::get_map(Call&, const http::Negotiation& reader) {
  return Prepared<ProvinceMap>{
      http::respond(*map_.load(), reader, "application/json; charset=utf-8")};
}

}  // namespace changwat::areas
