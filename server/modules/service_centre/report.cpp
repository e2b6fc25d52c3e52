// The monthly report: counted from the record when it is asked for, as JSON, XLSX and PDF.

#include <algorithm>
#include <array>
#include <map>

#include "base/official_text.hpp"

#include "platform/documents/attachments.hpp"
#include "platform/documents/workbook.hpp"
#include "platform/http/attachment.hpp"

#include "modules/service_centre/service_centre.hpp"
#include "modules/service_centre/store_lists.hpp"
#include "modules/service_centre/store_report.hpp"

namespace changwat::service_centre {
namespace {

// The open cases of now, taken back by what came and went since: so every number of the report
// rests on the same record as the lists, and the sums hold by themselves.
struct Sums {
  FlowNumbers month, year;

  void open_today(std::int64_t count) {
    month.open_at_end += count;
    year.open_at_end += count;
  }
  void add(const store::Flows& row) {
    const bool out = row.flow == "settled";
    const auto sign = out ? -1 : 1;
    month.open_at_end -= sign * row.after;
    year.open_at_end -= sign * row.after;
    auto FlowNumbers::*number = out                      ? &FlowNumbers::settled
                                : row.flow == "reopened" ? &FlowNumbers::reopened
                                                         : &FlowNumbers::received;
    month.*number += row.within;
    year.*number += row.before + row.within;
  }
  void finish(const std::string& month_cases, const std::string& year_cases) {
    for (auto* one : {&month, &year})
      one->open_at_start = one->open_at_end - one->received - one->reopened + one->settled;
    month.cases = month_cases;
    year.cases = year_cases;
  }
  bool any() const {
    return month.open_at_end || month.open_at_start || year.received || year.reopened ||
           year.settled || year.open_at_start;
  }
};

Date first_day(Month month) {
  return *Date::of(month.year(), static_cast<unsigned>(month.month()), 1);
}

std::string cases_query(const ReportQuery& query, FiscalYear year, const std::string& more,
                        Date from, Date to) {
  std::string out = query.area.level() == AreaLevel::province ? "province=" : "district=";
  out += query.area.text();
  if (query.scope == ReportScope::new_cases) out += "&fiscal_year=" + std::to_string(year.count());
  return out + more + "&from=" + from.text() + "&to=" + to.text();
}

std::string month_th(Month month) {
  return thai::month_name(month.month()) + " " + std::to_string(month.year() + 543);
}

// ---- as a sheet and as a paper

constexpr std::array numbers{&FlowNumbers::open_at_start, &FlowNumbers::received,
                             &FlowNumbers::reopened, &FlowNumbers::settled,
                             &FlowNumbers::open_at_end};
constexpr std::array<const char*, 5> headings{"ยกมา", "เรื่องเข้า", "เปิดใหม่", "ยุติ", "คงเหลือ"};

struct Line {
  std::vector<std::string> names;
  FlowNumbers month, year;
};

std::vector<Line> category_lines(const MonthlyReport& report) {
  std::vector<Line> out;
  for (const auto& row : report.by_category) out.push_back({{row.name_th}, row.month, row.year});
  out.push_back({{"รวม"}, report.month_total, report.year_total});
  return out;
}

std::vector<Line> channel_lines(const MonthlyReport& report) {
  std::vector<Line> out;
  for (const auto& row : report.by_channel)
    out.push_back({{row.channel_th, row.kind_th}, row.month, row.year});
  out.push_back({{"รวม", ""}, report.month_total, report.year_total});
  return out;
}

void add_sheet(documents::Workbook& book, const std::string& name,
               const std::vector<std::string>& names, const std::vector<Line>& lines) {
  std::vector<documents::Column> columns;
  for (const auto& one : names) columns.push_back({one});
  for (const auto* period : {"เดือนนี้ ", "ปีงบประมาณ "})
    for (const auto* heading : headings)
      columns.push_back({period + std::string(heading), documents::ColumnKind::integer});
  CHECK(book.add_sheet(name, columns).ok());
  for (const auto& line : lines) {
    std::vector<documents::Value> row(line.names.begin(), line.names.end());
    for (const auto* period : {&line.month, &line.year})
      for (const auto number : numbers) row.push_back(period->*number);
    CHECK(book.add_row(row).ok());
  }
}

std::string workbook_of(const MonthlyReport& report) {
  documents::Workbook book(
      {.title = "รายงานผลการดำเนินงาน " + month_th(report.month), .author = report.area_th});
  add_sheet(book, "ตามประเภท", {"ประเภทเรื่อง"}, category_lines(report));
  add_sheet(book, "ตามช่องทาง", {"ช่องทาง", "ลักษณะเรื่อง"}, channel_lines(report));
  return book.finish();
}

using Cell = Text<0, 1'000>;

documents::paper::ReportRow paper_row(const Line& line) {
  documents::paper::ReportRow out;
  out.cells.push_back(Cell::parse(line.names[0]).value_or(Cell()));
  for (const auto* period : {&line.month, &line.year})
    for (const auto number : numbers)
      out.cells.push_back(*Cell::parse(std::to_string(period->*number)));
  return out;
}

documents::paper::TableReport paper_of(const MonthlyReport& report) {
  using documents::paper::Align;
  const auto line = [](const std::string& text) {
    return documents::paper::Line::parse(text).value_or(documents::paper::Line());
  };
  documents::paper::TableReport out;
  out.title = line("แบบรายงานผลการดำเนินงานศูนย์ดำรงธรรม" + report.area_th);
  out.subtitles.push_back(line("ประจำเดือน" + month_th(report.month) + " และปีงบประมาณ พ.ศ. " +
                               std::to_string(report.fiscal_year.buddhist()) + " ถึงสิ้นเดือน"));
  if (report.demonstration) out.subtitles.push_back(line("มีข้อมูลสาธิตซึ่งสมมติขึ้นรวมอยู่"));
  out.dated_on = report.counted_at.bangkok_date();
  out.landscape = true;
  out.columns.push_back({line("ประเภทเรื่อง"), 30, Align::left});
  for (const auto* period : {"เดือนนี้ ", "ปีงบฯ "})
    for (const auto* heading : headings)
      out.columns.push_back({line(period + std::string(heading)), 8, Align::right});
  auto lines = category_lines(report);
  out.totals.push_back(paper_row(lines.back()));
  lines.pop_back();
  for (const auto& one : lines) out.rows.push_back(paper_row(one));
  out.notes.push_back(
      *documents::paper::Paragraph::parse("ยกมา + เรื่องเข้า + เปิดใหม่ − ยุติ = คงเหลือ นับจากทะเบียนเมื่อพิมพ์ "
                                          "รูปแบบตามรายงานที่พบของศูนย์ดำรงธรรมจังหวัดแห่งหนึ่ง "
                                          "ยังไม่ได้ตรวจกับแบบที่ใช้อยู่"));
  return out;
}

}  // namespace

Result<MonthlyReport> ServiceCentre::monthly_report(const Call& call,
                                                    const ReportQuery& query) const {
  TRY(authority_.decide(call, "case.read", {query.area}));
  const auto known = areas_.now();
  const auto* area = known->find(query.area);
  const bool counted =
      area && (area->level == AreaLevel::province || area->level == AreaLevel::district);
  if (!counted) return errors::not_found;
  MonthlyReport out;
  out.area = query.area;
  out.area_th = areas::titled_th(*area);
  out.area_en = areas::titled_en(*area);
  const auto* province = known->find(query.area.province());
  if (province && province != area) {
    out.area_th += " " + areas::titled_th(*province);
    out.area_en += ", " + areas::titled_en(*province);
  }
  out.month = query.month;
  out.month_from = first_day(query.month);
  out.month_to = first_day(Month::of_index(query.month.index() + 1)).plus_days(-1);
  out.fiscal_year = FiscalYear::of(out.month_from);
  out.year_from = out.fiscal_year.first_day();
  out.scope = query.scope.value_or(ReportScope::all);
  out.counted_at = call.now;
  const auto today = call.now.bangkok_date();

  store::ReportAsked asked{query.area, std::nullopt, out.fiscal_year, query.month};
  if (out.scope == ReportScope::new_cases) asked.received_in = out.fiscal_year;
  std::map<Key, Sums> categories;
  std::map<std::pair<Key, Key>, Sums> channels;
  Sums total;
  const auto each = [&](const auto& row, const auto& add) {
    add(categories[row.category]);
    add(channels[{row.channel, row.kind}]);
    add(total);
  };
  database_.snapshot([&](db::Connection& db) {
    for (const auto& row : store::open_now(db, asked))
      each(row, [&](Sums& sums) { sums.open_today(row.open); });
    for (const auto& row : store::flows(db, asked, FiscalYear::of(today)))
      each(row, [&](Sums& sums) { sums.add(row); });
    out.demonstration = store::has_demonstration(db, query.area);
    return 0;
  });

  const auto finish = [&](Sums& sums, const std::string& more) {
    sums.finish(cases_query(query, out.fiscal_year, more, out.month_from, out.month_to),
                cases_query(query, out.fiscal_year, more, out.year_from, out.month_to));
  };
  finish(total, "");
  out.month_total = total.month;
  out.year_total = total.year;
  for (const auto& row : book_.lists.categories)
    if (in_force(row, out.month_to)) categories[row.category];
  for (auto& [code, sums] : categories) {
    finish(sums, "&category=" + code.text());
    const auto* row = find_category(book_, code, out.month_to);
    out.by_category.push_back({code, row ? row->name_th.text() : code.text(),
                               row ? row->name_en.text() : code.text(), sums.month, sums.year});
  }
  for (auto& [codes, sums] : channels) {
    const auto& [channel, kind] = codes;
    finish(sums, "&channel=" + channel.text() + "&kind=" + kind.text());
    if (!sums.any()) continue;
    const auto* row = find_channel(book_, channel, out.month_to);
    const auto* of_kind = find_kind(book_, kind, out.month_to);
    out.by_channel.push_back({channel, row ? row->name_th.text() : channel.text(),
                              row ? row->name_en.text() : channel.text(), kind,
                              of_kind ? of_kind->name_th.text() : kind.text(),
                              of_kind ? of_kind->name_en.text() : kind.text(), sums.month,
                              sums.year});
  }
  return out;
}

Result<MonthlyReport> ServiceCentre::get_report(Call& call, const Query<ReportQuery>& query) {
  return monthly_report(call, query.value);
}

Result<http::Response> ServiceCentre::get_report_file(Call& call,
                                                      const Query<ReportFileQuery>& query) {
  const auto report = TRY(monthly_report(call, {query->area, query->month, query->scope}));
  const auto name = "centre-" + query->area.text() + "-" + query->month.text();
  if (query->format == ReportFormat::xlsx) {
    constexpr auto type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    return http::attachment(type,
                            documents::content_disposition(*Key::parse(name), name + ".xlsx", type),
                            workbook_of(report));
  }
  if (!printer_) return documents::paper::no_typeface;
  auto printed = TRY(printer_->print(paper_of(report)));
  return http::attachment(
      "application/pdf",
      documents::content_disposition(*Key::parse(name), name + ".pdf", "application/pdf"),
      std::move(printed.pdf));
}

}  // namespace changwat::service_centre
