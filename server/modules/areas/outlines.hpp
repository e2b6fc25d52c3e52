#pragma once
// From borders in degrees to outlines that a page can draw, pure.
//
// Neighbours keep meeting: rings are cut where borders part, a border that two areas share is one
// arc, and each arc is thinned once (M. Visvalingam, J. D. Whyatt: Line generalisation by repeated
// elimination of points, Cartographic Journal 30, 1993). A ring that closes on itself, an island,
// keeps at least a triangle. Then everything is put on whole numbers of a Mercator drawing.

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace changwat::areas {

// Millionths of a degree, about 0.1 m: near enough for a map, and equal for neighbours whose
// coordinates differ in the last bits.
struct Vertex {
  std::int32_t lon = 0, lat = 0;
  friend auto operator<=>(const Vertex&, const Vertex&) = default;
};
using Border = std::vector<Vertex>;  // a closed ring; the first point is not said again at the end

// The drawing's size in its own units: that of web/src/map/provinces.json, so that a page does not
// move when one map takes the place of the other.
inline constexpr int drawing_width = 900;
inline constexpr int drawing_height = 1648;

struct Drawing {
  std::vector<std::string> paths;  // beside the shapes given; empty: nothing of it can be seen
  std::size_t points_before = 0;   // a shared border counted once
  std::size_t points_after = 0;
  std::size_t rings = 0;         // drawn
  std::size_t rings_hidden = 0;  // smaller than a point of the drawing
};

// Draws shapes, each of several rings (parts, islands, holes), with at most `points_max` points,
// not counting what islands need.
Drawing draw(const std::vector<std::vector<Border>>& shapes, std::size_t points_max);

}  // namespace changwat::areas
