#pragma once
// What areas are stored as and travel as.

#include <optional>
#include <string>
#include <vector>

#include "base/area_code.hpp"
#include "base/id.hpp"
#include "base/json.hpp"
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

// ---- local governments (องค์กรปกครองส่วนท้องถิ่น)

enum class LocalKind {
  provincial_administrative_organization,   // อบจ.
  city_municipality,                        // เทศบาลนคร
  town_municipality,                        // เทศบาลเมือง
  subdistrict_municipality,                 // เทศบาลตำบล
  subdistrict_administrative_organization,  // อบต.
  special,  // กรุงเทพมหานคร, เมืองพัทยา
};
BOOST_DESCRIBE_ENUM(LocalKind, provincial_administrative_organization, city_municipality,
                    town_municipality, subdistrict_municipality,
                    subdistrict_administrative_organization, special)

using LocalGovernmentId = Id<struct LocalGovernmentTag>;
using LocalGovernmentHistoryId = Id<struct LocalGovernmentHistoryTag>;
using DlaCode = Text<1, 20>;  // of the Department of Local Administration

// As it stands now. The name is without its kind (เทศบาลเมือง, อบต.).
struct LocalGovernmentRow {
  LocalGovernmentId local_government_id;
  AreaCode province;
  std::optional<AreaCode> district;
  std::optional<DlaCode> dla_code;  // none: the source had none, or gave it to two of them
  LocalKind kind = LocalKind::special;
  AreaName name_th;
  std::optional<AreaName> name_en;
  std::optional<AreaCode> place;   // sub-district of its office, or its registration office (1192)
  std::optional<Date> valid_from;  // since when it stands like this; none: before the register
  std::optional<Date> valid_to;    // last day; none: still there
  friend bool operator==(const LocalGovernmentRow&, const LocalGovernmentRow&) = default;
};
BOOST_DESCRIBE_STRUCT(LocalGovernmentRow, (),
                      (local_government_id, province, district, dla_code, kind, name_th, name_en,
                       place, valid_from, valid_to))

struct LocalGovernment : LocalGovernmentRow {
  std::vector<AreaCode> subdistricts;  // that it covers, in whole or in part; by code
  friend bool operator==(const LocalGovernment&, const LocalGovernment&) = default;
};
BOOST_DESCRIBE_STRUCT(LocalGovernment, (LocalGovernmentRow), (subdistricts))

// As what it stood until `valid_to`: before an upgrade, a new code, another name or area.
struct LocalGovernmentPast {
  LocalGovernmentHistoryId history_id;
  LocalGovernmentId local_government_id;
  std::optional<DlaCode> dla_code;
  LocalKind kind = LocalKind::special;
  AreaName name_th;
  std::optional<AreaName> name_en;
  std::optional<AreaCode> place;
  Json<std::vector<AreaCode>> subdistricts;
  std::optional<Date> valid_from;
  Date valid_to;
  std::string source;  // the file that brought the change
};
BOOST_DESCRIBE_STRUCT(LocalGovernmentPast, (),
                      (history_id, local_government_id, dla_code, kind, name_th, name_en, place,
                       subdistricts, valid_from, valid_to, source))

struct LocalGovernmentWithHistory : LocalGovernment {
  std::vector<LocalGovernmentPast> history;  // newest first
};
BOOST_DESCRIBE_STRUCT(LocalGovernmentWithHistory, (LocalGovernment), (history))

struct LocalGovernmentSubdistrict {
  LocalGovernmentId local_government_id;
  AreaCode subdistrict;
};
BOOST_DESCRIBE_STRUCT(LocalGovernmentSubdistrict, (), (local_government_id, subdistrict))

struct LocalGovernmentQuery {
  std::optional<AreaCode> province;
  std::optional<LocalKind> kind;
  std::optional<AreaCode> subdistrict;  // only those that cover it
  std::optional<Text<0, 60>> q;         // part of a name, Thai or English, or start of a DLA code
  PageLimit limit;
  std::optional<LocalGovernmentId> cursor;  // the last of the page before
};
BOOST_DESCRIBE_STRUCT(LocalGovernmentQuery, (), (province, kind, subdistrict, q, limit, cursor))

struct LocalGovernmentPath {
  LocalGovernmentId local_government_id;
};
BOOST_DESCRIBE_STRUCT(LocalGovernmentPath, (), (local_government_id))

struct LocalCountQuery {
  std::optional<AreaCode> province;  // none: the whole country
};
BOOST_DESCRIBE_STRUCT(LocalCountQuery, (), (province))

struct LocalCount {
  LocalKind kind = LocalKind::special;
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(LocalCount, (), (kind, count))

struct LocalCounts {
  std::vector<LocalCount> items;  // kinds of which there is at least one, from large to small
};
BOOST_DESCRIBE_STRUCT(LocalCounts, (), (items))

enum class LocalChangeKind { added, changed, ended };
BOOST_DESCRIBE_ENUM(LocalChangeKind, added, changed, ended)

// One difference between the local governments kept and a register to be imported.
struct LocalChange {
  LocalChangeKind kind = LocalChangeKind::added;
  LocalGovernment after;                  // as it would stand
  std::optional<LocalGovernment> before;  // none: added
};

// ---- the map

// The outline of a province as the path of an SVG drawing.
struct ProvinceOutline {
  AreaCode code;
  std::string d;
};
BOOST_DESCRIBE_STRUCT(ProvinceOutline, (), (code, d))

using Attribution = Text<1, 300>;

// What the pages draw instead of their own map: an imported official boundary file.
struct ProvinceMap {
  std::optional<Attribution> attribution;  // none: nothing was imported, the pages' map stands
  std::optional<Instant> imported_at;
  std::string view_box;                    // of the SVG drawing
  std::vector<ProvinceOutline> provinces;  // by code
};
BOOST_DESCRIBE_STRUCT(ProvinceMap, (), (attribution, imported_at, view_box, provinces))

struct BoundaryMapRow {
  Id<struct BoundaryMapTag> boundary_map_id;
  Attribution attribution;
  std::string source;  // name of the file
  Instant imported_at;
  Json<std::vector<ProvinceOutline>> outlines;
};
BOOST_DESCRIBE_STRUCT(BoundaryMapRow, (),
                      (boundary_map_id, attribution, source, imported_at, outlines))

}  // namespace changwat::areas
