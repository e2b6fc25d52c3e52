#include "modules/areas/local_register.hpp"

#include <algorithm>
#include <array>
#include <map>

#include <boost/json.hpp>

#include "platform/documents/sheet.hpp"

namespace changwat::areas {
namespace {

namespace bj = boost::json;

constexpr std::size_t faults_max = 100;
constexpr std::size_t subdistricts_max = 200;

enum class Column {
  kind,
  name_th,
  name_en,
  dla_code,
  province,
  district,
  place,
  subdistricts,
  valid_from,
  valid_to,
  count
};
constexpr auto columns_count = static_cast<std::size_t>(Column::count);
constexpr std::array<const char*, columns_count> column_names{
    "kind",     "name_th", "name_en",      "dla_code",   "province",
    "district", "place",   "subdistricts", "valid_from", "valid_to"};
using Fields = std::array<std::string, columns_count>;

std::optional<Column> column_of(std::string_view heading) {
  for (std::size_t i = 0; i < columns_count; ++i)
    if (heading == column_names[i]) return static_cast<Column>(i);
  static const std::map<std::string_view, Column> others{
      {"province_code", Column::province},
      {"district_code", Column::district},
      {"area_code", Column::place},
      {"covers", Column::subdistricts},
  };
  const auto found = others.find(heading);
  return found == others.end() ? std::nullopt : std::optional(found->second);
}

std::optional<LocalKind> kind_of(std::string_view word) {
  static const std::map<std::string_view, LocalKind> thai{
      {"อบจ.", LocalKind::provincial_administrative_organization},
      {"องค์การบริหารส่วนจังหวัด", LocalKind::provincial_administrative_organization},
      {"เทศบาลนคร", LocalKind::city_municipality},
      {"เทศบาลเมือง", LocalKind::town_municipality},
      {"เทศบาลตำบล", LocalKind::subdistrict_municipality},
      {"อบต.", LocalKind::subdistrict_administrative_organization},
      {"องค์การบริหารส่วนตำบล", LocalKind::subdistrict_administrative_organization},
      {"พิเศษ", LocalKind::special},
      {"กทม.", LocalKind::special},
      {"กรุงเทพมหานคร", LocalKind::special},
      {"เมืองพัทยา", LocalKind::special},
  };
  const auto found = thai.find(word);
  return found == thai.end() ? enum_value<LocalKind>(word) : std::optional(found->second);
}

// Reads the fields of one row; what is wrong is told with the row and the column.
class RowReader {
 public:
  RowReader(const Fields& fields, const std::string& where, std::vector<FieldError>& faults)
      : fields_(fields), where_(where), faults_(faults) {}

  LocalGovernment read() {
    LocalGovernment body;
    if (const auto kind = kind_of(text(Column::kind)))
      body.kind = *kind;
    else
      wrong(Column::kind, "ไม่รู้จักประเภทนี้ ใช้ อบจ. เทศบาลนคร เทศบาลเมือง เทศบาลตำบล อบต. หรือพิเศษ",
            "no kind that is known: use อบจ. เทศบาลนคร เทศบาลเมือง เทศบาลตำบล อบต. พิเศษ or the "
            "English "
            "names");
    if (const auto name = maybe<AreaName>(Column::name_th))
      body.name_th = *name;
    else if (text(Column::name_th).empty())
      wrong(Column::name_th, "ต้องระบุชื่อ", "a name is needed");
    body.name_en = maybe<AreaName>(Column::name_en);
    body.dla_code = maybe<DlaCode>(Column::dla_code);
    body.place = maybe<AreaCode>(Column::place);
    read_subdistricts(body);
    read_province(body);
    body.valid_from = maybe<Date>(Column::valid_from);
    body.valid_to = maybe<Date>(Column::valid_to);
    return body;
  }

 private:
  const std::string& text(Column column) const { return fields_[static_cast<std::size_t>(column)]; }

  void wrong(Column column, std::string th, std::string en) {
    if (faults_.size() >= faults_max) return;
    const std::string name = column_names[static_cast<std::size_t>(column)];
    faults_.push_back({where_.starts_with('/') ? where_ + "/" + name : where_ + ", " + name,
                       "wrong_value", std::move(th), std::move(en)});
  }

  // The word in the cell; none if the cell is empty, or wrong and told so.
  template <class T>
  std::optional<T> maybe(Column column) {
    if (text(column).empty()) return std::nullopt;
    auto parsed = T::parse(text(column));
    if (!parsed) wrong(column, T::word().th, T::word().en);
    return parsed;
  }

  void read_province(LocalGovernment& body) {
    const auto before = faults_.size();
    const auto province = maybe<AreaCode>(Column::province);
    body.district = maybe<AreaCode>(Column::district);
    if (province)
      body.province = *province;
    else if (body.place)
      body.province = body.place->province();
    else if (faults_.size() == before)
      wrong(Column::province, "ต้องระบุรหัสจังหวัดหรือที่ตั้ง", "a province or a place is needed");
    if (province && province->level() != AreaLevel::province)
      wrong(Column::province, "ต้องเป็นรหัสจังหวัด 2 หลัก", "must be the 2 digits of a province");
    if (body.district && body.district->level() != AreaLevel::district)
      wrong(Column::district, "ต้องเป็นรหัสอำเภอ 4 หลัก", "must be the 4 digits of a district");
    if (province && body.place && !province->contains(*body.place))
      wrong(Column::place, "ที่ตั้งไม่อยู่ในจังหวัด " + province->text(),
            "the place is not in province " + province->text());
    if (body.district) return;
    if (body.place && body.place->level() == AreaLevel::subdistrict)
      body.district = body.place->at(AreaLevel::district);
    else if (!body.subdistricts.empty())
      body.district = body.subdistricts.front().at(AreaLevel::district);
  }

  void read_subdistricts(LocalGovernment& body) {
    std::string_view rest = text(Column::subdistricts);
    constexpr std::string_view between = " ,;|\t\n";
    while (true) {
      const auto start = rest.find_first_not_of(between);
      if (start == rest.npos) break;
      rest.remove_prefix(start);
      const auto word = rest.substr(0, std::min(rest.find_first_of(between), rest.size()));
      rest.remove_prefix(word.size());
      const auto code = AreaCode::parse(word);
      if (!code || code->level() != AreaLevel::subdistrict)
        return wrong(Column::subdistricts, "รหัสตำบลต้องมี 6 หลัก",
                     "must be sub-districts of 6 digits");
      body.subdistricts.push_back(*code);
      if (body.subdistricts.size() > subdistricts_max)
        return wrong(Column::subdistricts, "ระบุได้ไม่เกิน 200 ตำบล", "at most 200 sub-districts");
    }
    std::sort(body.subdistricts.begin(), body.subdistricts.end());
    body.subdistricts.erase(std::unique(body.subdistricts.begin(), body.subdistricts.end()),
                            body.subdistricts.end());
  }

  const Fields& fields_;
  const std::string& where_;
  std::vector<FieldError>& faults_;
};

class Builder {
 public:
  void add(const Fields& fields, std::string where) {
    auto body = RowReader(fields, where, faults_).read();
    rows_.push_back({std::move(body), std::move(where)});
  }
  Result<std::vector<LocalRow>> finish() && {
    if (!faults_.empty()) return Problem(std::move(faults_));
    if (rows_.empty())
      return Problem(errors::malformed_request, "ไม่พบองค์กรปกครองส่วนท้องถิ่นในไฟล์นี้",
                     "There is no local government in this file.");
    return std::move(rows_);
  }

 private:
  std::vector<LocalRow> rows_;
  std::vector<FieldError> faults_;
};

std::string text_of(const bj::value& value) {
  if (value.is_string()) return std::string(json::string_of(value));
  if (const auto* list = value.if_array()) {
    std::string out;
    for (const auto& item : *list) out += text_of(item) + " ";
    return out;
  }
  return value.is_null() ? std::string() : json::serialize(value);
}

Result<std::vector<LocalRow>> read_json_list(std::string_view bytes) {
  const auto value = TRY(json::parse(bytes));
  const auto* list = value.if_array();
  if (!list)
    return Problem(errors::malformed_request, "ต้องเป็นรายการ JSON", "The JSON must be a list.");
  Builder builder;
  for (std::size_t i = 0; i < list->size(); ++i) {
    Fields fields;
    if (const auto* object = (*list)[i].if_object())
      for (const auto& member : *object)
        if (const auto column = column_of({member.key().data(), member.key().size()}))
          fields[static_cast<std::size_t>(*column)] = text_of(member.value());
    builder.add(fields, "/" + std::to_string(i));
  }
  return std::move(builder).finish();
}

Result<Done> require_columns(const std::vector<std::optional<Column>>& columns) {
  for (const auto needed : {Column::kind, Column::name_th})
    if (std::find(columns.begin(), columns.end(), needed) == columns.end()) {
      const std::string name = column_names[static_cast<std::size_t>(needed)];
      return Problem(errors::malformed_request, "ไม่พบคอลัมน์ " + name,
                     "The file has no column " + name + ".");
    }
  return Done{};
}

Result<std::vector<LocalRow>> read_table(std::string_view bytes, std::string_view file_name) {
  std::vector<std::optional<Column>> columns;
  Result<Done> complete = Done{};
  Builder builder;
  TRY(documents::read_sheet(bytes, file_name, {}, [&](const documents::Row& row) {
    if (columns.empty()) {
      for (const auto& cell : row.cells) columns.push_back(column_of(cell.text));
      complete = require_columns(columns);
      return complete.ok() ? documents::Reading::carry_on : documents::Reading::stop;
    }
    Fields fields;
    for (std::size_t i = 0; i < columns.size(); ++i)
      if (columns[i]) fields[static_cast<std::size_t>(*columns[i])] = row.at(i).text;
    builder.add(fields, "line " + std::to_string(row.number));
    return documents::Reading::carry_on;
  }));
  TRY(std::move(complete));
  return std::move(builder).finish();
}

}  // namespace

Result<std::vector<LocalRow>> read_local_governments(std::string_view bytes,
                                                     std::string_view file_name) {
  const auto start = bytes.find_first_not_of(" \r\n\t\xEF\xBB\xBF");
  if (start != bytes.npos && bytes[start] == '[') return read_json_list(bytes.substr(start));
  return read_table(bytes, file_name);
}

std::vector<std::string> local_heading() {
  return {column_names.begin(), column_names.end()};
}

std::vector<std::string> local_cells(const LocalGovernment& body) {
  const auto text = [](const auto& value) { return value ? value->text() : std::string(); };
  std::string subdistricts;
  for (const auto& code : body.subdistricts)
    subdistricts += (subdistricts.empty() ? "" : " ") + code.text();
  return {std::string(enum_name(body.kind)),
          body.name_th.text(),
          text(body.name_en),
          text(body.dla_code),
          body.province.text(),
          text(body.district),
          text(body.place),
          subdistricts,
          text(body.valid_from),
          text(body.valid_to)};
}

}  // namespace changwat::areas
