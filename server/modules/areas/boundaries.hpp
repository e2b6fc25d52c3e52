#pragma once
// Official boundary files of provinces: GeoJSON (RFC 7946) and TopoJSON, in degrees of WGS 84.
//
// A feature is a province by its code (a member like code, province_code, pcode or ADM1_PCODE, with
// or without TH before it) or else by a Thai or English name among its properties. Of a file with
// several layers, the one that has most provinces is taken. What is refused is told with the number
// of the feature. Pure; any thread.

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

#include "modules/areas/model.hpp"
#include "modules/areas/outlines.hpp"

namespace changwat::areas {

inline constexpr std::size_t boundary_bytes_max = std::size_t{96} << 20;
inline constexpr std::size_t boundary_points_max = 4'000'000;
// Of the drawing: with these the outlines weigh about what the pages' own map does.
inline constexpr std::size_t outline_points_max = 3'200;

// One feature of a file: what it says of itself and its rings.
struct BoundaryFeature {
  std::size_t number = 0;          // in its layer, from 1
  std::string code;                // two digits; empty: it says none
  std::vector<std::string> names;  // the texts among its properties
  std::vector<Border> rings;
};
struct BoundaryLayer {
  std::string name;
  std::vector<BoundaryFeature> features;
};

Result<std::vector<BoundaryLayer>> read_boundaries(std::string_view bytes);

// What an import would put, to be looked at before.
struct BoundaryPreview {
  std::string layer;
  std::vector<AreaCode> by_code, by_name;  // provinces found, and how
  std::vector<std::string> unmatched;      // features that are no province, as they call themselves
  std::vector<AreaCode> missing;           // provinces without an outline
  std::size_t points_before = 0, points_after = 0;
  std::size_t rings = 0, rings_hidden = 0;
  std::size_t bytes = 0;  // of all paths
  std::vector<ProvinceOutline> outlines;
};

// Matches the features with `provinces` and draws them. A problem if a code and a name contradict
// each other, or if no feature is a province.
Result<BoundaryPreview> preview_boundaries(const std::vector<BoundaryLayer>& layers,
                                           const std::vector<Area>& provinces,
                                           std::size_t points_max = outline_points_max);

}  // namespace changwat::areas
