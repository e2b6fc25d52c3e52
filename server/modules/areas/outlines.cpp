#include "modules/areas/outlines.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numbers>
#include <queue>
#include <set>

namespace changwat::areas {
namespace {

constexpr double margin = 4;           // around the drawing, in its units
constexpr double ring_area_min = 1.0;  // in square units; a smaller ring would be no dot even

struct ArcUse {
  std::size_t arc = 0;
  bool backwards = false;
};

struct Topology {
  std::vector<std::vector<Vertex>> arcs;                // with both ends
  std::vector<std::vector<std::vector<ArcUse>>> rings;  // of each shape
};

// The ring without points said twice in a row.
Border without_repeats(const Border& ring) {
  Border out;
  for (const auto& vertex : ring)
    if (out.empty() || out.back() != vertex) out.push_back(vertex);
  while (out.size() > 1 && out.front() == out.back()) out.pop_back();
  return out;
}

// Where borders part: points whose neighbours are not the same in every ring that passes.
class Junctions {
 public:
  void add(const Border& ring) {
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const auto& before = ring[(i + ring.size() - 1) % ring.size()];
      const auto& after = ring[(i + 1) % ring.size()];
      const auto neighbours = std::minmax(before, after);
      const auto [at, is_new] = seen_.try_emplace(ring[i], neighbours);
      if (!is_new && at->second != std::pair<Vertex, Vertex>(neighbours)) parting_.insert(ring[i]);
    }
  }
  bool has(const Vertex& vertex) const { return parting_.contains(vertex); }

 private:
  std::map<Vertex, std::pair<Vertex, Vertex>> seen_;
  std::set<Vertex> parting_;
};

class TopologyBuilder {
 public:
  explicit TopologyBuilder(const Junctions& junctions) : junctions_(junctions) {}

  std::vector<ArcUse> cut(Border ring) {
    auto start = std::find_if(ring.begin(), ring.end(),
                              [&](const Vertex& vertex) { return junctions_.has(vertex); });
    // A ring of its own begins at its least point, so that an enclave and its hole agree.
    if (start == ring.end()) start = std::min_element(ring.begin(), ring.end());
    std::rotate(ring.begin(), start, ring.end());
    ring.push_back(ring.front());
    std::vector<ArcUse> uses;
    std::vector<Vertex> arc{ring.front()};
    for (std::size_t i = 1; i < ring.size(); ++i) {
      arc.push_back(ring[i]);
      if (i + 1 < ring.size() && !junctions_.has(ring[i])) continue;
      uses.push_back(use_of(std::move(arc)));
      arc = {ring[i]};
    }
    return uses;
  }
  std::vector<std::vector<Vertex>> arcs() && { return std::move(arcs_); }

 private:
  ArcUse use_of(std::vector<Vertex> arc) {
    std::vector<Vertex> reversed(arc.rbegin(), arc.rend());
    const bool backwards = reversed < arc;
    auto& canonical = backwards ? reversed : arc;
    const auto [at, is_new] = known_.try_emplace(canonical, arcs_.size());
    if (is_new) arcs_.push_back(canonical);
    return {at->second, backwards};
  }

  const Junctions& junctions_;
  std::map<std::vector<Vertex>, std::size_t> known_;
  std::vector<std::vector<Vertex>> arcs_;
};

Topology topology_of(const std::vector<std::vector<Border>>& shapes) {
  Junctions junctions;
  std::vector<std::vector<Border>> clean;
  for (const auto& shape : shapes) {
    auto& rings = clean.emplace_back();
    for (const auto& ring : shape) {
      auto without = without_repeats(ring);
      if (without.size() < 3) continue;
      junctions.add(without);
      rings.push_back(std::move(without));
    }
  }
  Topology out;
  TopologyBuilder builder(junctions);
  for (auto& shape : clean) {
    auto& rings = out.rings.emplace_back();
    for (auto& ring : shape) rings.push_back(builder.cut(std::move(ring)));
  }
  out.arcs = std::move(builder).arcs();
  return out;
}

// ---- onto the drawing

struct Spot {
  double x = 0, y = 0;
};

Spot mercator(const Vertex& vertex) {
  constexpr double radians = std::numbers::pi / 180 / 1e6;
  const double lat = std::clamp(vertex.lat / 1e6, -85.0, 85.0) * std::numbers::pi / 180;
  return {vertex.lon * radians, -std::log(std::tan(std::numbers::pi / 4 + lat / 2))};
}

// All arcs in the drawing's units, as large as fits and in its middle.
std::vector<std::vector<Spot>> fitted(const std::vector<std::vector<Vertex>>& arcs) {
  constexpr double far = std::numeric_limits<double>::max();
  Spot low{far, far}, high{-far, -far};
  std::vector<std::vector<Spot>> out;
  for (const auto& arc : arcs) {
    auto& spots = out.emplace_back();
    for (const auto& vertex : arc) {
      const auto spot = spots.emplace_back(mercator(vertex));
      low = {std::min(low.x, spot.x), std::min(low.y, spot.y)};
      high = {std::max(high.x, spot.x), std::max(high.y, spot.y)};
    }
  }
  constexpr double tiny = 1e-9;
  const double scale = std::min((drawing_width - 2 * margin) / std::max(high.x - low.x, tiny),
                                (drawing_height - 2 * margin) / std::max(high.y - low.y, tiny));
  const Spot shift{(drawing_width - (high.x - low.x) * scale) / 2,
                   (drawing_height - (high.y - low.y) * scale) / 2};
  for (auto& arc : out)
    for (auto& spot : arc)
      spot = {(spot.x - low.x) * scale + shift.x, (spot.y - low.y) * scale + shift.y};
  return out;
}

double triangle(const Spot& a, const Spot& b, const Spot& c) {
  return std::abs((b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y)) / 2;
}

constexpr double never = std::numeric_limits<double>::infinity();

// How much each point matters to its arc: the area that the arc would lose without it, and never
// less than that of a point that went before. The ends always stay.
std::vector<double> weights_of(const std::vector<Spot>& arc) {
  const auto last = arc.size() - 1;
  std::vector<double> weights(arc.size(), never);
  std::vector<std::size_t> before(arc.size()), after(arc.size());
  struct Candidate {
    double area;
    std::size_t point, before, after;
    bool operator<(const Candidate& other) const {
      return area != other.area ? area > other.area : point > other.point;
    }
  };
  std::priority_queue<Candidate> least;
  const auto offer = [&](std::size_t i) {
    if (i == 0 || i == last) return;
    least.push({triangle(arc[before[i]], arc[i], arc[after[i]]), i, before[i], after[i]});
  };
  for (std::size_t i = 1; i < last; ++i) {
    before[i] = i - 1;
    after[i] = i + 1;
    offer(i);
  }
  double least_yet = 0;
  while (!least.empty()) {
    const auto [area, i, from, to] = least.top();
    least.pop();
    if (weights[i] != never || before[i] != from || after[i] != to) continue;  // out of date
    weights[i] = least_yet = std::max(least_yet, area);
    after[from] = to;
    before[to] = from;
    offer(from);
    offer(to);
  }
  return weights;
}

struct Point {
  int x = 0, y = 0;
  friend bool operator==(const Point&, const Point&) = default;
};

std::int64_t turn(const Point& a, const Point& b, const Point& c) {
  return std::int64_t{b.x - a.x} * (c.y - a.y) - std::int64_t{c.x - a.x} * (b.y - a.y);
}

// Rounding puts points onto each other and onto the line between their neighbours.
std::vector<Point> rounded(const std::vector<Spot>& arc) {
  std::vector<Point> out;
  for (const auto& spot : arc) {
    const Point point{static_cast<int>(std::lround(spot.x)), static_cast<int>(std::lround(spot.y))};
    if (!out.empty() && out.back() == point) continue;
    if (out.size() >= 2 && turn(out[out.size() - 2], out.back(), point) == 0) out.pop_back();
    if (out.empty() || out.back() != point) out.push_back(point);
  }
  return out;
}

bool is_ring(const std::vector<Vertex>& arc) {
  return arc.front() == arc.back();
}

std::vector<std::vector<Point>> thinned(const Topology& topology, std::size_t points_max) {
  const auto arcs = fitted(topology.arcs);
  std::vector<std::vector<double>> weights;
  std::vector<double> all;
  for (const auto& arc : arcs) {
    weights.push_back(weights_of(arc));
    for (const double weight : weights.back())
      if (weight != never) all.push_back(weight);
  }
  double weight_min = 0;
  if (all.size() > points_max) {
    const auto at = all.end() - static_cast<std::ptrdiff_t>(points_max);
    std::nth_element(all.begin(), at, all.end());
    weight_min = points_max == 0 ? never : *at;
  }
  std::vector<std::vector<Point>> out;
  for (std::size_t i = 0; i < arcs.size(); ++i) {
    double limit = weight_min;
    if (is_ring(topology.arcs[i]) && weights[i].size() >= 4) {
      auto inner = std::vector<double>(weights[i].begin() + 1, weights[i].end() - 1);
      std::nth_element(inner.begin(), inner.begin() + 1, inner.end(), std::greater<>());
      limit = std::min(limit, inner[1]);
    }
    std::vector<Spot> kept;
    for (std::size_t p = 0; p < arcs[i].size(); ++p)
      if (weights[i][p] >= limit) kept.push_back(arcs[i][p]);
    out.push_back(rounded(kept));
  }
  return out;
}

// ---- from arcs to paths

using Ring = std::vector<Point>;

Ring ring_of(const std::vector<ArcUse>& uses, const std::vector<std::vector<Point>>& arcs) {
  Ring ring;
  const auto put = [&](const Point& point) {
    if (ring.empty() || ring.back() != point) ring.push_back(point);
  };
  for (const auto& use : uses) {
    const auto& arc = arcs[use.arc];
    if (use.backwards)
      std::for_each(arc.rbegin(), arc.rend(), put);
    else
      std::for_each(arc.begin(), arc.end(), put);
  }
  while (ring.size() > 1 && ring.front() == ring.back()) ring.pop_back();
  return ring;
}

double area_of(const Ring& ring) {
  std::int64_t doubled = 0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const auto& next = ring[(i + 1) % ring.size()];
    doubled += std::int64_t{ring[i].x} * next.y - std::int64_t{next.x} * ring[i].y;
  }
  return std::abs(static_cast<double>(doubled)) / 2;
}

// Relative moves of whole numbers; z leaves the pen where the ring began.
std::string path_of(const std::vector<Ring>& rings) {
  std::string out;
  Point pen;
  const auto number = [&](int value, bool first) {
    if (!first && value >= 0) out += ' ';
    out += std::to_string(value);
  };
  for (const auto& ring : rings) {
    out += 'm';
    bool first = true;
    for (const auto& point : ring) {
      number(point.x - pen.x, first);
      number(point.y - pen.y, false);
      pen = point;
      first = false;
    }
    out += 'z';
    pen = ring.front();
  }
  return out;
}

std::size_t points_of(const auto& arcs) {
  std::size_t count = 0;
  for (const auto& arc : arcs) count += arc.size();
  return count;
}

}  // namespace

Drawing draw(const std::vector<std::vector<Border>>& shapes, std::size_t points_max) {
  Drawing drawing;
  const auto topology = topology_of(shapes);
  const auto arcs = thinned(topology, points_max);
  drawing.points_before = points_of(topology.arcs);
  drawing.points_after = points_of(arcs);
  for (const auto& shape : topology.rings) {
    std::vector<std::pair<double, Ring>> seen;
    for (const auto& uses : shape) {
      auto ring = ring_of(uses, arcs);
      const auto area = area_of(ring);
      if (ring.size() >= 3 && area >= ring_area_min)
        seen.emplace_back(area, std::move(ring));
      else
        ++drawing.rings_hidden;
    }
    std::stable_sort(seen.begin(), seen.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<Ring> rings;
    for (auto& [area, ring] : seen) rings.push_back(std::move(ring));
    drawing.rings += rings.size();
    drawing.paths.push_back(path_of(rings));
  }
  return drawing;
}

}  // namespace changwat::areas
