#include "modules/areas/boundaries.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <set>

#include <boost/json.hpp>

#include "base/json.hpp"

#include "modules/areas/rules.hpp"

namespace changwat::areas {
namespace {

namespace bj = boost::json;

constexpr std::size_t features_max = 20'000;
constexpr std::size_t properties_max = 60;
constexpr std::size_t unmatched_shown = 20;

Problem broken(const std::string& where, const char* th, const char* en) {
  return Problem(std::vector<FieldError>{{where, "wrong_value", th, en}});
}

std::string_view text_in(const bj::object& object, const char* name) {
  const auto* value = object.if_contains(name);
  return value && value->is_string() ? json::string_of(*value) : std::string_view();
}

const bj::array* list_in(const bj::object& object, const char* name) {
  const auto* value = object.if_contains(name);
  return value ? value->if_array() : nullptr;
}

std::optional<double> number_of(const bj::value& value) {
  bj::error_code error;
  const auto number = value.to_number<double>(error);
  return error || !std::isfinite(number) ? std::nullopt : std::optional(number);
}

// ---- what a feature says of itself

std::string lower(std::string_view text) {
  std::string out;
  for (const char c : text) out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return out;
}

bool names_a_code(std::string_view member) {
  static const std::set<std::string, std::less<>> known{
      "code",  "province_code", "provincecode", "prov_code",
      "pcode", "prv_code",      "adm1_pcode",   "changwat_code"};
  return known.contains(lower(member));
}

// "10", 10, "TH10": a province; anything else is none.
std::string province_digits(const bj::value& value) {
  std::string text = value.is_string()  ? std::string(json::string_of(value))
                     : value.is_int64() ? std::to_string(value.get_int64())
                                        : std::string();
  if (text.starts_with("TH")) text.erase(0, 2);
  const auto code = AreaCode::parse(text);
  return code && code->level() == AreaLevel::province ? text : std::string();
}

void read_properties(const bj::object& feature, BoundaryFeature& out) {
  const auto* value = feature.if_contains("properties");
  const auto* properties = value ? value->if_object() : nullptr;
  if (!properties) return;
  std::size_t count = 0;
  for (const auto& member : *properties) {
    if (++count > properties_max) return;
    if (out.code.empty() && names_a_code({member.key().data(), member.key().size()}))
      out.code = province_digits(member.value());
    if (member.value().is_string()) out.names.emplace_back(json::string_of(member.value()));
  }
}

// ---- coordinates

class Coordinates {
 public:
  // Adds a point to a ring; false if it is none on earth.
  bool add(Border& ring, double lon, double lat) {
    if (!(std::abs(lon) <= 180 && std::abs(lat) <= 85) || ++count_ > boundary_points_max)
      return false;
    ring.push_back({static_cast<std::int32_t>(std::lround(lon * 1e6)),
                    static_cast<std::int32_t>(std::lround(lat * 1e6))});
    return true;
  }
  Problem refusal(const std::string& where) const {
    if (count_ > boundary_points_max)
      return broken(where, "จุดในแฟ้มมีมากเกินไป", "the file has too many points");
    return broken(where, "พิกัดต้องเป็นองศา (WGS 84)",
                  "coordinates must be degrees of WGS 84: longitude, latitude");
  }

 private:
  std::size_t count_ = 0;
};

// Calls `ring` for each ring of a Polygon or MultiPolygon; what stands below a ring is its affair.
Result<Done> each_ring(const bj::object& geometry, const char* member, const std::string& where,
                       const std::function<Result<Done>(const bj::array&)>& ring) {
  const auto type = text_in(geometry, "type");
  const auto* parts = list_in(geometry, member);
  if (type.empty() && geometry.contains("type")) return Done{};  // null: a feature without a place
  if (!parts || (type != "Polygon" && type != "MultiPolygon"))
    return broken(where, "ต้องเป็น Polygon หรือ MultiPolygon", "must be a Polygon or a MultiPolygon");
  const auto rings_of = [&](const bj::array& polygon) -> Result<Done> {
    for (const auto& one : polygon) {
      const auto* points = one.if_array();
      if (!points) return broken(where, "รูปร่างไม่ถูกต้อง", "a ring must be a list");
      TRY(ring(*points));
    }
    return Done{};
  };
  if (type == "Polygon") return rings_of(*parts);
  for (const auto& polygon : *parts) {
    const auto* list = polygon.if_array();
    if (!list) return broken(where, "รูปร่างไม่ถูกต้อง", "a polygon must be a list");
    TRY(rings_of(*list));
  }
  return Done{};
}

Result<std::vector<BoundaryLayer>> read_geojson(const bj::object& file) {
  const auto* features = list_in(file, "features");
  if (!features || features->size() > features_max)
    return broken("/features", "ต้องเป็นรายการ", "must be a list of at most 20000");
  Coordinates coordinates;
  BoundaryLayer layer;
  for (const auto& value : *features) {
    BoundaryFeature feature;
    feature.number = layer.features.size() + 1;
    const auto where = "feature " + std::to_string(feature.number);
    const auto* object = value.if_object();
    const auto* geometry = object ? object->if_contains("geometry") : nullptr;
    if (!geometry || !(geometry->is_object() || geometry->is_null()))
      return broken(where, "ไม่มีรูปร่าง", "it has no geometry");
    read_properties(*object, feature);
    if (geometry->is_object())
      TRY(each_ring(geometry->get_object(), "coordinates", where,
                    [&](const bj::array& points) -> Result<Done> {
                      Border ring;
                      for (const auto& point : points) {
                        const auto* pair = point.if_array();
                        const auto lon =
                            pair && pair->size() >= 2 ? number_of((*pair)[0]) : std::nullopt;
                        const auto lat = lon ? number_of((*pair)[1]) : std::nullopt;
                        if (!lat || !coordinates.add(ring, *lon, *lat))
                          return coordinates.refusal(where);
                      }
                      feature.rings.push_back(std::move(ring));
                      return Done{};
                    }));
    layer.features.push_back(std::move(feature));
  }
  return std::vector<BoundaryLayer>{std::move(layer)};
}

// ---- TopoJSON: arcs of differences, made into rings again

struct Transform {
  double scale[2] = {1, 1};
  double translate[2] = {0, 0};
  bool given = false;
};

Result<Transform> transform_of(const bj::object& file) {
  Transform out;
  const auto* value = file.if_contains("transform");
  if (!value) return out;
  const auto wrong = [] {
    return broken("/transform", "ต้องมี scale และ translate", "must have scale and translate");
  };
  const auto* object = value->if_object();
  const auto* scale = object ? list_in(*object, "scale") : nullptr;
  const auto* translate = object ? list_in(*object, "translate") : nullptr;
  if (!scale || !translate || scale->size() != 2 || translate->size() != 2) return wrong();
  for (std::size_t i = 0; i < 2; ++i) {
    const auto by = number_of((*scale)[i]), from = number_of((*translate)[i]);
    if (!by || !from) return wrong();
    out.scale[i] = *by;
    out.translate[i] = *from;
  }
  out.given = true;
  return out;
}

Result<std::vector<Border>> arcs_of(const bj::object& file, Coordinates& coordinates) {
  const auto transform = TRY(transform_of(file));
  const auto* list = list_in(file, "arcs");
  if (!list) return broken("/arcs", "ต้องเป็นรายการ", "must be a list");
  std::vector<Border> out;
  for (const auto& value : *list) {
    const auto where = "/arcs/" + std::to_string(out.size());
    const auto* points = value.if_array();
    if (!points) return broken(where, "ต้องเป็นรายการ", "must be a list");
    auto& arc = out.emplace_back();
    double x = 0, y = 0;
    for (const auto& point : *points) {
      const auto* pair = point.if_array();
      const auto dx = pair && pair->size() >= 2 ? number_of((*pair)[0]) : std::nullopt;
      const auto dy = dx ? number_of((*pair)[1]) : std::nullopt;
      if (!dy) return coordinates.refusal(where);
      x = transform.given ? x + *dx : *dx;
      y = transform.given ? y + *dy : *dy;
      if (!coordinates.add(arc, x * transform.scale[0] + transform.translate[0],
                           y * transform.scale[1] + transform.translate[1]))
        return coordinates.refusal(where);
    }
  }
  return out;
}

Result<Border> ring_of_arcs(const bj::array& uses, const std::vector<Border>& arcs,
                            const std::string& where) {
  Border ring;
  for (const auto& use : uses) {
    const auto* number = use.if_int64();
    const auto index = !number ? -1 : *number < 0 ? ~*number : *number;
    if (index < 0 || index >= static_cast<std::int64_t>(arcs.size()))
      return broken(where, "ไม่มีเส้นนี้ในแฟ้ม", "it names an arc that the file does not have");
    const auto& arc = arcs[static_cast<std::size_t>(index)];
    if (*number < 0)
      ring.insert(ring.end(), arc.rbegin(), arc.rend());
    else
      ring.insert(ring.end(), arc.begin(), arc.end());
    if (ring.size() > boundary_points_max)
      return broken(where, "จุดในแฟ้มมีมากเกินไป", "the file has too many points");
  }
  return ring;
}

Result<BoundaryLayer> layer_of(std::string name, const bj::object& object,
                               const std::vector<Border>& arcs, std::size_t& points) {
  BoundaryLayer layer{std::move(name), {}};
  const auto* geometries = list_in(object, "geometries");
  if (!geometries || geometries->size() > features_max) return layer;  // no collection of areas
  for (const auto& value : *geometries) {
    BoundaryFeature feature;
    feature.number = layer.features.size() + 1;
    const auto where = "layer " + layer.name + ", feature " + std::to_string(feature.number);
    const auto* geometry = value.if_object();
    if (!geometry) return broken(where, "ไม่มีรูปร่าง", "it has no geometry");
    read_properties(*geometry, feature);
    TRY(each_ring(*geometry, "arcs", where, [&](const bj::array& uses) -> Result<Done> {
      feature.rings.push_back(TRY(ring_of_arcs(uses, arcs, where)));
      points += feature.rings.back().size();
      if (points > boundary_points_max)
        return broken(where, "จุดในแฟ้มมีมากเกินไป", "the file has too many points");
      return Done{};
    }));
    layer.features.push_back(std::move(feature));
  }
  return layer;
}

Result<std::vector<BoundaryLayer>> read_topojson(const bj::object& file) {
  Coordinates coordinates;
  const auto arcs = TRY(arcs_of(file, coordinates));
  const auto* value = file.if_contains("objects");
  const auto* objects = value ? value->if_object() : nullptr;
  if (!objects) return broken("/objects", "ต้องเป็นวัตถุ", "must be an object");
  std::vector<BoundaryLayer> layers;
  std::size_t points = 0;
  for (const auto& member : *objects)
    if (const auto* object = member.value().if_object())
      layers.push_back(TRY(layer_of(member.key_c_str(), *object, arcs, points)));
  return layers;
}

// ---- which feature is which province

struct Match {
  const Area* province = nullptr;
  bool by_code = false;
};

class Provinces {
 public:
  explicit Provinces(const std::vector<Area>& provinces) {
    for (const auto& area : provinces) {
      by_code_[area.code.text()] = &area;
      by_name_[folded(area.name_th)] = by_name_[folded(area.name_en)] = &area;
    }
  }
  Result<Match> match(const BoundaryFeature& feature) const {
    const auto code = by_code_.find(feature.code);
    const Area* named = nullptr;
    for (const auto& name : feature.names) {
      const auto found = by_name_.find(folded(name));
      if (found != by_name_.end() && !named) named = found->second;
    }
    if (code == by_code_.end()) return Match{named, false};
    if (named && named != code->second)
      return broken("feature " + std::to_string(feature.number), "รหัสกับชื่อเป็นคนละจังหวัด",
                    "its code and its name are of different provinces");
    return Match{code->second, true};
  }

 private:
  std::map<std::string, const Area*> by_code_, by_name_;
};

// How many provinces the layer has; a layer that contradicts itself has none.
std::size_t provinces_in(const BoundaryLayer& layer, const Provinces& provinces) {
  std::set<const Area*> found;
  for (const auto& feature : layer.features) {
    const auto match = provinces.match(feature);
    if (match.ok() && match->province) found.insert(match->province);
  }
  return found.size();
}

std::string called(const BoundaryFeature& feature) {
  std::string out = "feature " + std::to_string(feature.number);
  for (std::size_t i = 0; i < feature.names.size() && i < 3; ++i)
    out += (i ? ", " : ": ") + feature.names[i].substr(0, 80);
  return out;
}

}  // namespace

Result<std::vector<BoundaryLayer>> read_boundaries(std::string_view bytes) {
  if (bytes.size() > boundary_bytes_max)
    return Problem(errors::malformed_request, "แฟ้มใหญ่เกิน 96 MB",
                   "The file is larger than 96 MB: simplify it first.");
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  const auto value = TRY(json::parse(bytes));
  const auto* file = value.if_object();
  const auto type = file ? text_in(*file, "type") : std::string_view();
  if (type == "FeatureCollection") return read_geojson(*file);
  if (type == "Topology") return read_topojson(*file);
  return Problem(errors::malformed_request, "ต้องเป็น GeoJSON (FeatureCollection) หรือ TopoJSON",
                 "The file must be GeoJSON (a FeatureCollection) or TopoJSON.");
}

Result<BoundaryPreview> preview_boundaries(const std::vector<BoundaryLayer>& layers,
                                           const std::vector<Area>& areas, std::size_t points_max) {
  const Provinces provinces(areas);
  // Of two layers with as many provinces the one with fewer features: the other are districts.
  const auto worth = [&](const BoundaryLayer& layer) {
    return std::pair(provinces_in(layer, provinces), -std::ssize(layer.features));
  };
  const auto best = std::max_element(
      layers.begin(), layers.end(),
      [&](const BoundaryLayer& a, const BoundaryLayer& b) { return worth(a) < worth(b); });
  if (best == layers.end())
    return Problem(errors::malformed_request, "ไม่มีขอบเขตในแฟ้มนี้",
                   "There is no boundary in this file.");
  BoundaryPreview out;
  out.layer = best->name;
  std::map<AreaCode, std::vector<Border>> shapes;
  std::set<AreaCode> seen;
  std::size_t others = 0;
  for (const auto& feature : best->features) {
    const auto match = TRY(provinces.match(feature));
    if (!match.province) {
      if (++others <= unmatched_shown) out.unmatched.push_back(called(feature));
      continue;
    }
    const auto& code = match.province->code;
    if (seen.insert(code).second) (match.by_code ? out.by_code : out.by_name).push_back(code);
    auto& rings = shapes[code];
    rings.insert(rings.end(), feature.rings.begin(), feature.rings.end());
  }
  if (others > unmatched_shown)
    out.unmatched.push_back("… and " + std::to_string(others - unmatched_shown) + " more");
  if (shapes.empty())
    return Problem(errors::malformed_request, "ไม่พบจังหวัดใดในแฟ้มนี้",
                   "No feature of this file is a province, by code or by name.");
  std::vector<std::vector<Border>> drawn;
  for (const auto& [code, rings] : shapes) drawn.push_back(rings);
  auto drawing = draw(drawn, points_max);
  std::size_t at = 0;
  for (const auto& [code, rings] : shapes) {
    auto& path = drawing.paths[at++];
    out.bytes += path.size();
    if (!path.empty()) out.outlines.push_back({code, std::move(path)});
  }
  std::set<AreaCode> have;
  for (const auto& outline : out.outlines) have.insert(outline.code);
  for (const auto& area : areas)
    if (!have.contains(area.code)) out.missing.push_back(area.code);
  out.points_before = drawing.points_before;
  out.points_after = drawing.points_after;
  out.rings = drawing.rings;
  out.rings_hidden = drawing.rings_hidden;
  return out;
}

}  // namespace changwat::areas
