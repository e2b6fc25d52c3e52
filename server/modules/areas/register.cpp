#include "modules/areas/register.hpp"

#include <algorithm>
#include <array>
#include <map>

#include <boost/json.hpp>

#include "platform/documents/sheet.hpp"

namespace changwat::areas {
namespace {

namespace bj = boost::json;

constexpr std::size_t faults_max = 100;

enum class Column { code, name_th, name_en, postcode, count };
using Fields = std::array<std::string, static_cast<std::size_t>(Column::count)>;

std::string& at(Fields& fields, Column column) {
  return fields[static_cast<std::size_t>(column)];
}

// Headings and JSON members that mean the same; where several codes stand in a row the longest
// wins.
std::optional<Column> column_of(std::string_view heading) {
  static const std::map<std::string_view, Column> known{
      {"code", Column::code},
      {"provinceCode", Column::code},
      {"districtCode", Column::code},
      {"subdistrictCode", Column::code},
      {"name_th", Column::name_th},
      {"provinceNameTh", Column::name_th},
      {"districtNameTh", Column::name_th},
      {"subdistrictNameTh", Column::name_th},
      {"name_en", Column::name_en},
      {"provinceNameEn", Column::name_en},
      {"districtNameEn", Column::name_en},
      {"subdistrictNameEn", Column::name_en},
      {"postcode", Column::postcode},
      {"postalCode", Column::postcode},
  };
  const auto found = known.find(heading);
  return found == known.end() ? std::nullopt : std::optional(found->second);
}

void put(Fields& fields, Column column, std::string text) {
  auto& field = at(fields, column);
  if (column != Column::code || text.size() > field.size()) field = std::move(text);
}

class Builder {
 public:
  void add(Fields fields, const std::string& where) {
    auto& th = at(fields, Column::name_th);
    auto& en = at(fields, Column::name_en);
    const auto code = AreaCode::parse(at(fields, Column::code));
    if (!code) return fault(where, AreaCode::word());
    if (th.empty() && code->level() == AreaLevel::village) {
      const auto number = std::to_string(std::stoi(code->text().substr(6)));
      th = "หมู่ที่ " + number;
      if (en.empty()) en = "Moo " + number;
    }
    if (en.empty()) en = th;
    const auto name_th = AreaName::parse(th), name_en = AreaName::parse(en);
    if (!name_th || !name_en) return fault(where, AreaName::word());
    Area area;
    area.code = *code;
    area.level = code->level();
    area.name_th = *name_th;
    area.name_en = *name_en;
    if (const auto& postcode = at(fields, Column::postcode); !postcode.empty())
      area.postcode = postcode;
    area.parent = code->parent();
    areas_.push_back(std::move(area));
  }

  Result<std::vector<Area>> finish() && {
    if (!faults_.empty()) return Problem(std::move(faults_));
    if (areas_.empty())
      return Problem(errors::malformed_request, "ไม่พบพื้นที่ในไฟล์นี้", "There is no area in this file.");
    return std::move(areas_);
  }

 private:
  void fault(const std::string& where, const Word& word) {
    if (faults_.size() < faults_max) faults_.push_back({where, "wrong_value", word.th, word.en});
  }
  std::vector<Area> areas_;
  std::vector<FieldError> faults_;
};

std::string text_of(const bj::value& value) {
  if (value.is_string()) return std::string(json::string_of(value));
  return value.is_null() ? std::string() : json::serialize(value);
}

Result<std::vector<Area>> read_json_list(std::string_view bytes) {
  const auto value = TRY(json::parse(bytes));
  const auto* list = value.if_array();
  if (!list)
    return Problem(errors::malformed_request, "ต้องเป็นรายการ JSON", "The JSON must be a list.");
  Builder builder;
  for (std::size_t i = 0; i < list->size(); ++i) {
    const auto where = "/" + std::to_string(i);
    const auto* object = (*list)[i].if_object();
    Fields fields;
    if (object)
      for (const auto& member : *object)
        if (const auto column = column_of({member.key().data(), member.key().size()}))
          put(fields, *column, text_of(member.value()));
    builder.add(std::move(fields), where);
  }
  return std::move(builder).finish();
}

Result<std::vector<Area>> read_table(std::string_view bytes, std::string_view file_name) {
  std::vector<std::optional<Column>> columns;
  Builder builder;
  TRY(documents::read_sheet(bytes, file_name, {}, [&](const documents::Row& row) {
    if (columns.empty()) {
      for (const auto& cell : row.cells) columns.push_back(column_of(cell.text));
      return documents::Reading::carry_on;
    }
    Fields fields;
    for (std::size_t i = 0; i < columns.size(); ++i)
      if (columns[i]) put(fields, *columns[i], row.at(i).text);
    builder.add(std::move(fields), "line " + std::to_string(row.number));
    return documents::Reading::carry_on;
  }));
  return std::move(builder).finish();
}

}  // namespace

Result<std::vector<Area>> read_areas(std::string_view bytes, std::string_view file_name) {
  const auto start = bytes.find_first_not_of(" \r\n\t\xEF\xBB\xBF");
  if (start != bytes.npos && bytes[start] == '[') return read_json_list(bytes.substr(start));
  return read_table(bytes, file_name);
}

Result<std::vector<Cluster>> read_clusters(std::string_view bytes) {
  std::map<std::string, std::size_t> columns;
  std::map<std::string, Cluster> clusters;
  std::vector<FieldError> faults;
  TRY(documents::read_sheet(bytes, "clusters.csv", {}, [&](const documents::Row& row) {
    if (columns.empty()) {
      for (std::size_t i = 0; i < row.cells.size(); ++i) columns[row.cells[i].text] = i;
      return documents::Reading::carry_on;
    }
    const auto cell = [&](const char* name) -> const std::string& {
      return row.at(columns[name]).text;
    };
    const auto code = Key::parse(cell("cluster_code")), region = Key::parse(cell("region_code"));
    const auto th = AreaName::parse(cell("cluster_th")), en = AreaName::parse(cell("cluster_en"));
    const auto region_th = AreaName::parse(cell("region_th")),
               region_en = AreaName::parse(cell("region_en"));
    const auto province = AreaCode::parse(cell("province"));
    const auto source = Text<0, 500>::parse(cell("source"));
    if (!code || !region || !th || !en || !region_th || !region_en || !province || !source) {
      faults.push_back({"line " + std::to_string(row.number), "wrong_value", "แถวนี้อ่านไม่ได้",
                        "this row cannot be read"});
      return documents::Reading::carry_on;
    }
    auto& cluster = clusters[code->text()];
    cluster.code = *code;
    cluster.name_th = *th;
    cluster.name_en = *en;
    cluster.region = *region;
    cluster.region_th = *region_th;
    cluster.region_en = *region_en;
    cluster.source = *source;
    cluster.verified = cell("verified") == "true";
    if (cell("is_operations_centre") == "true") cluster.centre = *province;
    cluster.provinces.push_back(*province);
    return documents::Reading::carry_on;
  }));
  if (!faults.empty()) return Problem(std::move(faults));
  std::vector<Cluster> out;
  for (auto& [code, cluster] : clusters) out.push_back(std::move(cluster));
  return out;
}

}  // namespace changwat::areas
