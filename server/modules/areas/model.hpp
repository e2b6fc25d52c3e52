#pragma once
// What areas are stored as and travel as.

#include <optional>
#include <string>
#include <vector>

#include "base/area_code.hpp"
#include "base/text.hpp"
#include "base/time.hpp"

#include "platform/http/routes.hpp"

namespace changwat::areas {

using AreaName = Text<1, 120>;

// One administrative area. Names in Thai are without their prefix (จังหวัด, อำเภอ, ตำบล, หมู่).
struct Area {
  AreaCode code;
  AreaLevel level = AreaLevel::province;
  AreaName name_th;
  AreaName name_en;
  std::optional<std::string> postcode;
  std::optional<AreaCode> parent;
  std::optional<Date> valid_from;       // none: since before the register began
  std::optional<Date> valid_to;         // last day; none: still valid
  std::optional<AreaCode> replaced_by;  // the code that took its place, when renumbered

  friend bool operator==(const Area&, const Area&) = default;
};
BOOST_DESCRIBE_STRUCT(Area, (),
                      (code, level, name_th, name_en, postcode, parent, valid_from, valid_to,
                       replaced_by))

// A provincial cluster (กลุ่มจังหวัด) inside a region (ภาค).
struct ClusterRow {
  Key code;
  AreaName name_th;
  AreaName name_en;
  Key region;
  AreaName region_th;
  AreaName region_en;
  AreaCode centre;  // the province of the operations centre (ศูนย์ปฏิบัติการกลุ่มจังหวัด)
  Text<0, 500> source;
  bool verified = false;  // seen in the announcement itself
};
BOOST_DESCRIBE_STRUCT(ClusterRow, (),
                      (code, name_th, name_en, region, region_th, region_en, centre, source,
                       verified))

struct Cluster : ClusterRow {
  std::vector<AreaCode> provinces;
};
BOOST_DESCRIBE_STRUCT(Cluster, (ClusterRow), (provinces))

struct ClusterProvince {
  Key cluster;
  AreaCode province;
};
BOOST_DESCRIBE_STRUCT(ClusterProvince, (), (cluster, province))

struct AreaQuery {
  std::optional<AreaLevel> level;
  std::optional<AreaCode> parent;  // only areas directly inside
  std::optional<Text<0, 60>> q;    // part of a name, Thai or English, or the start of a code
  PageLimit limit;
  std::optional<AreaCode> cursor;  // the last code of the page before
};
BOOST_DESCRIBE_STRUCT(AreaQuery, (), (level, parent, q, limit, cursor))

struct AreaPath {
  AreaCode code;
};
BOOST_DESCRIBE_STRUCT(AreaPath, (), (code))

struct ClusterList {
  std::vector<Cluster> items;
};
BOOST_DESCRIBE_STRUCT(ClusterList, (), (items))

// One difference between the register kept and a register to be imported.
enum class ChangeKind { added, renamed, ended };
BOOST_DESCRIBE_ENUM(ChangeKind, added, renamed, ended)

struct AreaChange {
  ChangeKind kind = ChangeKind::added;
  Area area;  // as it would stand afterwards
  std::optional<Area> before;
};
BOOST_DESCRIBE_STRUCT(AreaChange, (), (kind, area, before))

}  // namespace changwat::areas
