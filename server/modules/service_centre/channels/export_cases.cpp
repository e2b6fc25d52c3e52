// Cases out: every column of a case but who reported, who is accused and who follows it.

#include "platform/documents/workbook.hpp"

#include "modules/service_centre/channels/store_channels.hpp"
#include "modules/service_centre/service_centre.hpp"

namespace changwat::service_centre {
namespace {

constexpr std::int64_t rows_over_http_max = 50'000;
constexpr std::int64_t rows_of_command_max = 1'000'000;  // of a sheet
constexpr std::int64_t page_rows = 1'000;

struct ExportedCase {
  CaseNumber number;
  Instant received_at;
  AreaCode area;
  Key kind;
  Key category;
  Key channel;
  Key importance;
  CaseState state = CaseState::received;
  CaseLevel level = CaseLevel::district;
  Title title;
  Detail detail;
  Note wanted;
  std::optional<std::string> landmark;
  std::optional<std::string> latitude;
  std::optional<std::string> longitude;
  std::optional<Instant> settled_at;
  std::int64_t reopened = 0;
  bool demonstration = false;
};
BOOST_DESCRIBE_STRUCT(ExportedCase, (),
                      (number, received_at, area, kind, category, channel, importance, state, level,
                       title, detail, wanted, landmark, latitude, longitude, settled_at, reopened,
                       demonstration))

ExportedCase exported_case(const CaseRow& row) {
  ExportedCase out{row.number,     row.received_at, row.area,  row.kind,  row.category, row.channel,
                   row.importance, row.state,       row.level, row.title, row.detail,   row.wanted};
  const auto& place = row.place.value;
  if (place.landmark) out.landmark = place.landmark->text();
  if (place.position) {
    out.latitude = place.position->latitude.text();
    out.longitude = place.position->longitude.text();
  }
  out.settled_at = row.settled_at;
  out.reopened = row.reopened;
  out.demonstration = row.demonstration;
  return out;
}

template <class T>
std::string cell_text(const T& value) {
  if constexpr (is_optional<T>)
    return value ? cell_text(*value) : std::string();
  else if constexpr (std::is_same_v<T, bool>)
    return value ? "true" : "false";
  else if constexpr (std::is_integral_v<T>)
    return std::to_string(value);
  else if constexpr (DescribedEnum<T>)
    return std::string(enum_name(value));
  else if constexpr (std::is_same_v<T, std::string>)
    return value;
  else
    return std::string(value.text());
}

std::vector<documents::Column> headings() {
  std::vector<documents::Column> out;
  const ExportedCase example;
  for_each_member(example, [&](const char* name, const auto&) { out.push_back({name}); });
  return out;
}

std::vector<std::string> cells(const ExportedCase& one) {
  std::vector<std::string> out;
  for_each_member(one, [&](const char*, const auto& member) { out.push_back(cell_text(member)); });
  return out;
}

std::vector<documents::Value> values(const std::vector<std::string>& cells) {
  return std::vector<documents::Value>(cells.begin(), cells.end());
}

// A writer of each format, fed one case after another.
class Sink {
 public:
  explicit Sink(CaseExportFormat format) : format_(format), csv_(headings()) {
    if (format_ == CaseExportFormat::xlsx) CHECK(book_.add_sheet("cases", headings()).ok());
    if (format_ == CaseExportFormat::json) json_ = "[";
  }
  void add(const ExportedCase& one) {
    if (format_ == CaseExportFormat::json) {
      json_ += json_.size() == 1 ? "\n" : ",\n";
      write_json(json_, one);
      return;
    }
    const auto texts = cells(one);
    if (format_ == CaseExportFormat::csv) csv_.add_row(values(texts));
    if (format_ == CaseExportFormat::xlsx) CHECK(book_.add_row(values(texts)).ok());
  }
  std::string finish() {
    if (format_ == CaseExportFormat::json) return json_ + "\n]\n";
    return format_ == CaseExportFormat::csv ? csv_.finish() : book_.finish();
  }

 private:
  const CaseExportFormat format_;
  documents::CsvTable csv_;
  documents::Workbook book_;
  std::string json_;
};

const char* media_type_of(CaseExportFormat format) {
  switch (format) {
    case CaseExportFormat::csv:
      return "text/csv; charset=utf-8";
    case CaseExportFormat::json:
      return "application/json; charset=utf-8";
    case CaseExportFormat::xlsx:
      return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  }
  return "";
}

}  // namespace

Result<std::string> ServiceCentre::exported(const CaseExportQuery& query,
                                            const std::optional<std::vector<AreaCode>>& within,
                                            std::int64_t rows_max) const {
  const store::CasesAsked asked{query.area, query.fiscal_year, within};
  return database_.snapshot([&](db::Connection& db) -> Result<std::string> {
    Sink sink(query.format);
    CaseId after;
    std::int64_t rows = 0;
    for (bool more = true; more;) {
      const auto page = store::cases_after(db, asked, after, page_rows);
      more = std::ssize(page) == page_rows;
      rows += std::ssize(page);
      if (rows > rows_max)
        return Problem(errors::too_large, "มีเรื่องมากเกินกว่าจะส่งออกครั้งเดียว โปรดเลือกพื้นที่หรือปีงบประมาณ",
                       "These are too many cases for one export; choose an area or a fiscal year.");
      for (const auto& row : page) sink.add(exported_case(row));
      if (more) after = page.back().case_id;
    }
    return sink.finish();
  });
}

Result<std::string> ServiceCentre::exported(const CaseExportQuery& query) const {
  return exported(query, std::nullopt, rows_of_command_max);
}

Result<http::Response> ServiceCentre::export_cases(Call& call,
                                                   const Query<CaseExportQuery>& query) {
  const auto within = areas_of(call, "case.read");
  if (within && within->empty()) TRY(authority_.decide(call, "case.read", {query->area}));
  http::Response response;
  response.content_type = media_type_of(query->format);
  response.headers.emplace_back(
      "Content-Disposition",
      "attachment; filename=\"cases." + std::string(enum_name(query->format)) + "\"");
  response.body = TRY(exported(query.value, within, rows_over_http_max));
  return response;
}

}  // namespace changwat::service_centre
