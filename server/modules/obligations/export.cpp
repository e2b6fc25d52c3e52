// The list as a table for spreadsheets.

#include "platform/documents/workbook.hpp"

#include "modules/obligations/obligations.hpp"
#include "modules/obligations/rules.hpp"
#include "modules/obligations/store.hpp"

namespace changwat::obligations {
namespace {

using documents::Column;
using documents::ColumnKind;

const char* thai_word(ObligationStanding value) {
  constexpr const char* words[] = {"เกินกำหนด",         "ใกล้ครบกำหนด", "รอนาน",
                                   "อยู่ระหว่างดำเนินการ", "มีหลักฐานแล้ว",  "สิ้นไปเพราะเรื่องเดิมตกไป"};
  return words[static_cast<int>(value)];
}

std::vector<Column> export_columns() {
  return {{"รหัสจังหวัด"},
          {"ตำแหน่งที่มีหน้าที่"},
          {"หน้าที่"},
          {"ผู้รับ"},
          {"เรื่อง"},
          {"กฎหมายหรือหลักเกณฑ์"},
          {"ตรวจสอบแล้ว"},
          {"วันที่เกิดหน้าที่", ColumnKind::date},
          {"วันครบกำหนด", ColumnKind::date},
          {"อายุ (วัน)", ColumnKind::integer},
          {"สถานะ"},
          {"เลขที่หนังสือ"},
          {"วันที่ส่ง", ColumnKind::date},
          {"วันที่รับ", ColumnKind::date},
          {"หลักฐานการรับ"},
          {"ข้อมูลสาธิต"}};
}

documents::Value day(const std::optional<Date>& date) {
  return date ? documents::Value(*date) : documents::Value();
}
template <class T>
documents::Value words(const std::optional<T>& text) {
  return text ? documents::Value(std::string_view(*text)) : documents::Value();
}

std::vector<documents::Value> cells(const Obligation& row) {
  const auto& duty = row.duty.value;
  return {std::string_view(row.province),
          std::string_view(row.office_th),
          std::string_view(duty.text_th),
          std::string_view(duty.addressee_th),
          std::string_view(row.title_th),
          std::string_view(row.citation_th),
          std::string_view(duty.verified ? "ตรวจสอบแล้ว" : "ยังไม่ได้ตรวจสอบ"),
          row.counted_from,
          day(row.due),
          row.age_days,
          std::string_view(thai_word(row.standing)),
          words(row.letter),
          day(row.sent_on),
          day(row.received_on),
          words(row.receipt),
          std::string_view(row.demonstration ? "ข้อมูลสาธิต สมมติทั้งหมด" : "")};
}

std::string written(const std::vector<Obligation>& rows, ObligationExportFormat format) {
  if (format == ObligationExportFormat::csv) {
    documents::CsvTable table(export_columns());
    for (const auto& row : rows) table.add_row(cells(row));
    return table.finish();
  }
  documents::Workbook book;
  CHECK(book.add_sheet("หน้าที่ที่ต้องแจ้ง", export_columns()).ok());
  for (const auto& row : rows) CHECK(book.add_row(cells(row)).ok());
  return book.finish();
}

constexpr std::int64_t page_rows = 200;
constexpr std::size_t rows_max = 50'000;

}  // namespace

Result<http::Response> Obligations::export_obligations(Call& call,
                                                       const Query<ObligationExportQuery>& query) {
  const auto within = authority_.provinces(call, "obligation.read");
  const auto today = call.now.bangkok_date();
  ObligationQuery wanted;
  wanted.province = query->province;
  wanted.state = query->state;
  wanted.limit = *PageLimit::of_count(page_rows);
  std::vector<Obligation> all;
  database_.snapshot([&](db::Connection& db) {
    for (bool more = true; more && all.size() < rows_max;) {
      auto rows = store::obligations(db, wanted, within, today);
      more = rows.size() > static_cast<std::size_t>(page_rows);
      if (more) rows.pop_back();
      if (more) wanted.cursor = rows.back().obligation_id;
      for (auto& row : rows) all.push_back(seen(std::move(row), rules_, today));
    }
    return Done{};
  });
  http::Response response;
  response.content_type = query->format == ObligationExportFormat::csv
                              ? "text/csv; charset=utf-8"
                              : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  response.headers.emplace_back(
      "Content-Disposition",
      "attachment; filename=\"obligations." + std::string(enum_name(query->format)) + "\"");
  response.body = written(all, query->format);
  return response;
}

}  // namespace changwat::obligations
