#include "modules/areas/boundaries.hpp"

#include <set>

#include "platform/db/testing.hpp"

#include "modules/areas/areas.hpp"

namespace changwat::areas {
namespace {

Area province(const char* code, const char* th, const char* en) {
  Area area;
  area.code = *AreaCode::parse(code);
  area.name_th = *AreaName::parse(th);
  area.name_en = *AreaName::parse(en);
  return area;
}

std::vector<Area> two() {
  return {province("70", "ราชบุรี", "Ratchaburi"), province("71", "กาญจนบุรี", "Kanchanaburi")};
}

std::string feature(const std::string& properties, const std::string& coordinates,
                    const char* type = "Polygon") {
  return R"({"type":"Feature","properties":)" + properties + R"(,"geometry":{"type":")" + type +
         R"(","coordinates":)" + coordinates + "}}";
}

std::string collection(const std::vector<std::string>& features) {
  std::string out = R"({"type":"FeatureCollection","features":[)";
  for (std::size_t i = 0; i < features.size(); ++i) out += (i ? "," : "") + features[i];
  return out + "]}";
}

// Two squares of a degree with a wavy border of `steps` between them, and an island of the left.
std::string neighbours(int steps) {
  std::string border, back;
  for (int i = 0; i <= steps; ++i) {
    const auto at = [&](int n) {
      const double wave = n == 0 || n == steps ? 0 : n % 2 == 0 ? 0.004 : 0.03;
      return "[" + std::to_string(100 + wave) + "," + std::to_string(14 + double(n) / steps) + "]";
    };
    border += (i ? "," : "") + at(i);
    back += (i ? "," : "") + at(steps - i);
  }
  return collection({feature(R"({"code":"70"})",
                             "[[[[99,14]," + border +
                                 ",[99,15],[99,14]]],[[[98.5,14],[98.6,14],[98.6,14.1],"
                                 "[98.5,14.1],[98.5,14]]]]",
                             "MultiPolygon"),
                     feature(R"({"code":"71"})", "[[[101,15]," + back + ",[101,14],[101,15]]]")});
}

BoundaryPreview previewed(const std::string& file, std::size_t points = outline_points_max) {
  const auto layers = read_boundaries(file);
  EXPECT_TRUE(layers.ok());
  auto preview = preview_boundaries(*layers, two(), points);
  EXPECT_TRUE(preview.ok());
  return std::move(preview).value();
}

struct Dot {
  int x, y;
  friend auto operator<=>(const Dot&, const Dot&) = default;
};

// The rings of a path of relative whole numbers, as a page would draw them.
std::vector<std::vector<Dot>> rings_of(const std::string& path) {
  std::vector<std::vector<Dot>> out;
  Dot pen{0, 0};
  const char* p = path.c_str();
  while (*p) {
    if (*p == 'm') {
      out.emplace_back();
      ++p;
    } else if (*p == 'z') {
      pen = out.back().front();
      ++p;
    } else {
      char* end = nullptr;
      pen.x += static_cast<int>(std::strtol(p, &end, 10));
      pen.y += static_cast<int>(std::strtol(end, &end, 10));
      out.back().push_back(pen);
      p = end;
    }
  }
  return out;
}

TEST(Boundaries, neighbours_share_every_point_of_their_border_after_thinning_too) {
  for (const std::size_t points_max : {1000u, 30u, 8u}) {
    const auto preview = previewed(neighbours(200), points_max);
    const auto left = rings_of(preview.outlines.at(0).d).at(0);
    const auto right = rings_of(preview.outlines.at(1).d).at(0);
    std::set<Dot> shared, of_left(left.begin(), left.end());
    for (const auto& dot : right)
      if (of_left.contains(dot)) shared.insert(dot);
    // Each square has two corners of its own; all other points are of the border.
    EXPECT_EQ(shared.size(), left.size() - 2) << points_max;
    EXPECT_EQ(shared.size(), right.size() - 2) << points_max;
  }
}

TEST(Boundaries, thinning_keeps_to_the_points_allowed_and_never_loses_an_island) {
  const auto many = previewed(neighbours(200));
  const auto few = previewed(neighbours(200), 10);
  EXPECT_GT(many.points_after, 100u);
  EXPECT_LT(few.points_after, 30u);
  EXPECT_EQ(few.points_before, many.points_before);
  EXPECT_EQ(rings_of(few.outlines.at(0).d).size(), 2u) << "the mainland and its island";
  EXPECT_GE(rings_of(few.outlines.at(0).d).at(1).size(), 3u);
}

TEST(Boundaries, everything_lies_within_the_drawing) {
  for (const auto& outline : previewed(neighbours(20)).outlines)
    for (const auto& ring : rings_of(outline.d))
      for (const auto& dot : ring) {
        EXPECT_TRUE(dot.x >= 0 && dot.x <= drawing_width) << dot.x;
        EXPECT_TRUE(dot.y >= 0 && dot.y <= drawing_height) << dot.y;
      }
}

TEST(Boundaries, a_hole_and_the_enclave_in_it_are_the_same_line) {
  const auto preview = previewed(collection(
      {feature(R"({"code":70})",
               "[[[99,14],[101,14],[101,16],[99,16],[99,14]],[[99.5,14.5],[99.5,15],[100,15],"
               "[100,14.5],[99.5,14.5]]]"),
       feature(R"({"code":71})", "[[[100,15],[100,14.5],[99.5,14.5],[99.5,15],[100,15]]]")}));
  const auto outer = rings_of(preview.outlines.at(0).d), inner = rings_of(preview.outlines.at(1).d);
  ASSERT_EQ(outer.size(), 2u);
  ASSERT_EQ(inner.size(), 1u);
  EXPECT_EQ(std::set<Dot>(outer[1].begin(), outer[1].end()),
            std::set<Dot>(inner[0].begin(), inner[0].end()));
}

constexpr const char* square = "[[[99,14],[100,14],[100,15],[99,15],[99,14]]]";

TEST(Boundaries, provinces_are_found_by_code_or_else_by_name) {
  const struct {
    const char* properties;
    bool by_code, by_name;
  } cases[] = {
      {R"({"code":"70"})", true, false},
      {R"({"code":70})", true, false},
      {R"({"ADM1_PCODE":"TH70","ADM1_TH":"ราชบุรี"})", true, false},
      {R"({"PROV_CODE":"70","fid":71})", true, false},
      {R"({"fid":71,"name":"จังหวัดราชบุรี"})", false, true},
      {R"({"NAME_1":"RATCHABURI"})", false, true},
      {R"({"objectid":70})", false, false},
      {R"({"code":"7001","name":"เมืองราชบุรี"})", false, false},
      {"{}", false, false},
  };
  for (const auto& one : cases) {
    const auto preview = previewed(
        collection({feature(one.properties, square), feature(R"({"code":"71"})", square)}));
    EXPECT_EQ(preview.by_code.size(), one.by_code ? 2u : 1u) << one.properties;
    EXPECT_EQ(preview.by_name.size(), one.by_name ? 1u : 0u) << one.properties;
    const bool matched = one.by_code || one.by_name;
    EXPECT_EQ(preview.unmatched.size(), matched ? 0u : 1u) << one.properties;
    EXPECT_EQ(preview.missing.size(), matched ? 0u : 1u) << one.properties;
  }
}

TEST(Boundaries, a_code_and_a_name_of_different_provinces_are_refused) {
  const auto layers = read_boundaries(collection(
      {feature(R"({"code":"71"})", square), feature(R"({"code":"70","th":"กาญจนบุรี"})", square)}));
  const auto refused = preview_boundaries(*layers, two());
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.problem().fields.at(0).pointer, "feature 2");
}

constexpr const char* topology =
    R"({"type":"Topology","transform":{"scale":[0.5,0.5],"translate":[99,14]},)"
    R"("arcs":[[[2,0],[0,2]],[[2,2],[-2,0],[0,-2],[2,0]],[[2,2],[2,0],[0,-2],[-2,0]]],)"
    R"("objects":{"districts":{"type":"GeometryCollection","geometries":[)"
    R"({"type":"Polygon","arcs":[[0,1]],"properties":{"code":"7001","pcode":"70"}},)"
    R"({"type":"Polygon","arcs":[[0,1]],"properties":{"code":"7002","pcode":"70"}},)"
    R"({"type":"Polygon","arcs":[[-3,-1]],"properties":{"code":"7101","pcode":"71"}}]},)"
    R"("provinces":{"type":"GeometryCollection","geometries":[)"
    R"({"type":"Polygon","arcs":[[0,1]],"properties":{"code":"70"}},)"
    R"({"type":"MultiPolygon","arcs":[[[-3,-1]]],"properties":{"code":"71"}}]}}})";

TEST(Boundaries, topojson_is_read_and_of_its_layers_the_provinces_are_taken) {
  const auto preview = previewed(topology);
  EXPECT_EQ(preview.layer, "provinces");
  EXPECT_EQ(preview.by_code.size(), 2u);
  const auto left = rings_of(preview.outlines.at(0).d).at(0);
  const auto right = rings_of(preview.outlines.at(1).d).at(0);
  EXPECT_EQ(left.size(), 4u);
  EXPECT_EQ(right.size(), 4u);
}

TEST(Boundaries, what_is_no_boundary_file_is_refused_with_the_place) {
  const struct {
    std::string file;
    const char* pointer;
  } cases[] = {
      {"", ""},
      {"[]", ""},
      {R"({"type":"Feature"})", ""},
      {R"({"type":"FeatureCollection","features":{}})", "/features"},
      {collection({feature("{}", "[[[664000,1500000]]]")}), "feature 1"},
      {collection({feature("{}", R"([[["a",1]]])")}), "feature 1"},
      {collection({feature("{}", "[1,2]", "Point")}), "feature 1"},
      {R"({"type":"Topology","objects":{}})", "/arcs"},
      {R"({"type":"Topology","arcs":[[[1]]],"objects":{}})", "/arcs/0"},
      {R"({"type":"Topology","arcs":[],"objects":{"p":{"geometries":[{"type":"Polygon","arcs":)"
       R"([[0]]}]}}})",
       "layer p, feature 1"},
  };
  for (const auto& one : cases) {
    const auto read = read_boundaries(one.file);
    ASSERT_FALSE(read.ok()) << one.file;
    EXPECT_EQ(read.problem().fields.empty() ? "" : read.problem().fields[0].pointer, one.pointer)
        << one.file;
  }
}

TEST(Boundaries, a_file_without_any_province_is_refused) {
  const auto layers = read_boundaries(collection({feature(R"({"code":"99"})", square)}));
  EXPECT_FALSE(preview_boundaries(*layers, two()).ok());
  EXPECT_FALSE(preview_boundaries(*read_boundaries(collection({})), two()).ok());
}

class MapTest : public db::OnBothEngines {
 protected:
  static Call at(const char* moment) {
    Call call;
    call.now = *Instant::parse(moment);
    return call;
  }
  void put_provinces(Areas& areas) {
    const auto call = at("2021-01-01T03:00:00Z");
    const auto changes = areas.preview(two(), call.now.bangkok_date());
    ASSERT_TRUE(areas.import(call, *changes, "test").ok());
  }
  static const std::string& header(const http::Response& response, const char* name) {
    static const std::string none;
    for (const auto& [key, value] : response.headers)
      if (key == name) return value;
    return none;
  }
};

TEST_P(MapTest, before_an_import_the_pages_are_told_to_keep_their_own_map) {
  Areas areas(database(), acts());
  EXPECT_FALSE(areas.map().attribution);
  EXPECT_TRUE(areas.map().provinces.empty());
}

TEST_P(MapTest, an_imported_map_is_served_with_its_attribution_and_the_newest_one_stands) {
  Areas areas(database(), acts());
  put_provinces(areas);
  auto call = at("2021-02-01T03:00:00Z");
  const auto before = areas.get_map(call, {})->response;
  ASSERT_TRUE(
      areas.import_map(call, previewed(neighbours(20)), *Attribution::parse("OCHA"), "a.json")
          .ok());
  const auto first = areas.get_map(call, {})->response;
  EXPECT_NE(header(first, "ETag"), header(before, "ETag"));
  EXPECT_NE(first.shared_body->find("\"attribution\":\"OCHA\""), std::string::npos);
  EXPECT_EQ(areas.get_map(call, {false, header(first, "ETag")})->response.status, 304);
  auto later = at("2021-03-01T03:00:00Z");
  ASSERT_TRUE(
      areas.import_map(later, previewed(topology), *Attribution::parse("RTSD"), "b.json").ok());
  EXPECT_EQ(areas.get_map(call, {false, header(first, "ETag")})->response.status, 200);
  Areas again(database(), acts());
  EXPECT_EQ(again.map().attribution->text(), "RTSD");
  EXPECT_EQ(again.map().provinces.size(), 2u);
}

TEST_P(MapTest, a_map_that_lacks_a_province_is_refused_and_names_it) {
  Areas areas(database(), acts());
  put_provinces(areas);
  const auto part = previewed(collection({feature(R"({"code":"70"})", square)}));
  const auto refused =
      areas.import_map(at("2021-02-01T03:00:00Z"), part, *Attribution::parse("OCHA"), "a.json");
  ASSERT_FALSE(refused.ok());
  EXPECT_NE(refused.problem().en.find("71"), std::string::npos);
  EXPECT_FALSE(areas.map().attribution);
}

CHANGWAT_ON_BOTH_ENGINES(MapTest);

}  // namespace
}  // namespace changwat::areas
