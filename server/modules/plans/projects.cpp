// Projects: recorded, imported, read and exported.

#include <memory>
#include <set>
#include <tuple>

#include "platform/documents/workbook.hpp"

#include "modules/plans/plans.hpp"
#include "modules/plans/store.hpp"

namespace changwat::plans {
namespace {

struct ProjectRecorded {
  ProjectCode code;
  FiscalYear fiscal_year;
  BudgetClass budget_class = BudgetClass::within_ceiling;
  Satang total_satang;
};
BOOST_DESCRIBE_STRUCT(ProjectRecorded, (), (code, fiscal_year, budget_class, total_satang))

struct ImportSummary {
  std::string source;
  std::int64_t projects = 0;
  Satang total_satang;
};
BOOST_DESCRIBE_STRUCT(ImportSummary, (), (source, projects, total_satang))

ProjectRow row_of(const NewProject& in, Origin origin, Instant now) {
  ProjectRow row;
  row.project_id = ProjectId::make(now);
  row.province = in.province;
  row.fiscal_year = in.fiscal_year;
  row.code = in.code;
  row.name_th = in.content.name_th.text();
  row.budget_class = in.budget_class;
  row.funding = in.funding;
  row.total_satang = *total_of(in.content);
  row.content = {in.content};
  row.source = in.source;
  row.demonstration = origin == Origin::demonstration;
  row.created_at = row.updated_at = now;
  return row;
}

ProjectRow row_of(const ImportedProject& in, std::string_view source, Instant now) {
  NewProject project;
  project.province = in.province;
  project.fiscal_year = in.fiscal_year;
  project.code = in.code;
  project.content = in.content;
  project.source =
      *Text<1, 500>::parse(std::string(source) + ", rows " + std::to_string(in.first_row) + "–" +
                           std::to_string(in.last_row));
  return row_of(project, Origin::real, now);
}

// ---- export

using documents::Column;
using documents::ColumnKind;

const char* thai_word(BudgetClass value) {
  constexpr const char* words[] = {"ภายในกรอบ", "เกินกรอบวงเงิน", "งบบริหารจัดการ", "โครงการส่วนราชการ"};
  return words[static_cast<int>(value)];
}
const char* thai_word(Funding value) {
  constexpr const char* words[] = {"งบจังหวัด", "งบกลุ่มจังหวัด", "งบส่วนราชการ"};
  return words[static_cast<int>(value)];
}
const char* thai_word(ProjectState value) {
  return value == ProjectState::in_plan ? "อยู่ในแผน" : "ยกเลิก";
}
// The two levels of heading that an import reads back.
std::pair<const char*, const char*> thai_words(BudgetCategory value) {
  constexpr std::pair<const char*, const char*> words[] = {{"งบดำเนินงาน", ""},
                                                           {"งบลงทุน", "ค่าครุภัณฑ์"},
                                                           {"งบลงทุน", "ค่าที่ดินและสิ่งก่อสร้าง"},
                                                           {"งบเงินอุดหนุน", ""},
                                                           {"งบรายจ่ายอื่น", ""}};
  return words[static_cast<int>(value)];
}

std::vector<Column> export_columns() {
  return {{"รหัสจังหวัด"},
          {"จังหวัด"},
          {"ปีงบประมาณ", ColumnKind::year},
          {"รหัสโครงการ"},
          {"โครงการ"},
          {"ประเภทโครงการ"},
          {"แหล่งงบประมาณ"},
          {"สถานะ"},
          {"หน่วยดำเนินงาน"},
          {"งบรายจ่าย"},
          {"ประเภท"},
          {"รายการ"},
          {"จำนวน", ColumnKind::integer},
          {"หน่วยนับ"},
          {"ราคาต่อหน่วย (บาท)", ColumnKind::decimal},
          {"วงเงิน (บาท)", ColumnKind::decimal},
          {"ที่มา"},
          {"ข้อมูลสาธิต"}};
}

documents::Value baht(Satang amount) {
  return documents::Millionths{amount.count() * 10'000};
}

class Exporter {
 public:
  virtual ~Exporter() = default;
  virtual void add(const std::vector<documents::Value>& row) = 0;
  virtual std::string finish() = 0;
};

class CsvExporter : public Exporter {
 public:
  CsvExporter() : table_(export_columns()) {}
  void add(const std::vector<documents::Value>& row) override { table_.add_row(row); }
  std::string finish() override { return table_.finish(); }

 private:
  documents::CsvTable table_;
};

class XlsxExporter : public Exporter {
 public:
  XlsxExporter() { CHECK(book_.add_sheet("โครงการ", export_columns()).ok()); }
  void add(const std::vector<documents::Value>& row) override { CHECK(book_.add_row(row).ok()); }
  std::string finish() override { return book_.finish(); }

 private:
  documents::Workbook book_;
};

// One row a budget line; a project without lines is one row.
void put_project(Exporter& to, const ProjectRow& project, const std::string& province_th) {
  const auto& content = project.content.value;
  const auto put = [&](const BudgetLine* line) {
    const std::int64_t year = project.fiscal_year.buddhist();
    std::vector<documents::Value> row{std::string_view(project.province),
                                      std::string_view(province_th),
                                      year,
                                      std::string_view(project.code),
                                      std::string_view(project.name_th),
                                      std::string_view(thai_word(project.budget_class)),
                                      std::string_view(thai_word(project.funding)),
                                      std::string_view(thai_word(project.state)),
                                      std::string_view(content.office_th)};
    if (line) {
      const auto [first, second] = thai_words(line->category);
      row.insert(row.end(), {std::string_view(first), std::string_view(second),
                             std::string_view(line->item_th)});
      row.push_back(line->quantity ? documents::Value(*line->quantity) : documents::Value());
      row.push_back(std::string_view(line->unit_th));
      row.push_back(line->unit_price_satang ? baht(*line->unit_price_satang) : documents::Value());
      row.push_back(baht(line->amount_satang));
    } else {
      row.resize(row.size() + 7);
    }
    row.push_back(std::string_view(project.source));
    row.push_back(std::string_view(project.demonstration ? "ข้อมูลสาธิต สมมติทั้งหมด" : ""));
    to.add(row);
  };
  if (content.budget.empty()) return put(nullptr);
  for (const auto& line : content.budget) put(&line);
}

const char* media_type_of(ExportFormat format) {
  switch (format) {
    case ExportFormat::csv:
      return "text/csv; charset=utf-8";
    case ExportFormat::json:
      return "application/json";
    case ExportFormat::xlsx:
      return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  }
  return "application/octet-stream";
}

}  // namespace

Plans::Plans(db::Database& database, Acts& acts, const authority::Authority& authority,
             const areas::Areas& areas, committees::Committees& committees,
             obligations::Obligations& obligations, ChangeRules rules)
    : database_(database),
      acts_(acts),
      authority_(authority),
      areas_(areas),
      committees_(committees),
      obligations_(obligations),
      rules_(std::move(rules)) {
  CHECK(obligations_.duty(rules_.report.power, rules_.report.duty));  // tests/data compare them
}

void Plans::keep_version(Tx& tx, const Call& call, std::string_view act, const ProjectRow& project,
                         const authority::Permit* permit,
                         const std::optional<ChangeId>& change) const {
  ProjectVersion version{project.project_id,
                         project.version,
                         std::string(act),
                         change,
                         call.now,
                         "",
                         "",
                         project.state,
                         project.total_satang,
                         project.released_satang,
                         project.content};
  if (permit)
    for (const auto& office : call.caller->offices)
      if (office.office_id == permit->office_id)
        version.office_th = office.title_th, version.office_en = office.title_en;
  store::add(tx.db, version);
}

Result<Done> Plans::known_areas(const ProjectContent& content, std::string_view prefix) const {
  std::vector<FieldError> wrong;
  const auto now = areas_.now();
  for (std::size_t i = 0; i < content.place.areas.size(); ++i)
    if (!now->find(content.place.areas[i]))
      wrong.push_back({std::string(prefix) + "/place/areas/" + std::to_string(i), "unknown_area",
                       "ไม่พบรหัสพื้นที่ " + content.place.areas[i].text(),
                       "there is no area " + content.place.areas[i].text()});
  if (!wrong.empty()) return Problem(std::move(wrong));
  return Done{};
}

// ---- recording

Result<ProjectRow> Plans::record(const Call& call, const NewProject& in, Origin origin) {
  return acts_.run<ProjectRow>(call, "project.record", [&](Tx& tx) -> Result<ProjectRow> {
    const auto* area = areas_.now()->find(in.province);
    if (!area || area->level != AreaLevel::province)
      return Problem({{"/province", "unknown_area", "ไม่พบจังหวัดนี้", "there is no such province"}});
    const auto permit = TRY(authority_.decide(call, "project.record", {in.province}));
    if (auto wrong = faults(in.content, "/content"); !wrong.empty())
      return Problem(std::move(wrong));
    TRY(known_areas(in.content, "/content"));
    if (store::project(tx.db, in.province, in.fiscal_year, in.code))
      return Problem(errors::conflict, "มีโครงการรหัส " + in.code.text() + " ในปีนี้แล้ว",
                     "There is a project " + in.code.text() + " in that year already.");
    const auto row = row_of(in, origin, call.now);
    store::add(tx.db, row);
    keep_version(tx, call, "project.record", row, &permit, std::nullopt);
    tx.record({.subject_kind = "project",
               .subject_id = row.project_id.text(),
               .province = row.province,
               .office_id = permit.office_id,
               .authority = permit.chain(),
               .change = {to_json(ProjectRecorded{row.code, row.fiscal_year, row.budget_class,
                                                  row.total_satang})}});
    return row;
  });
}

Result<Created<ProjectRow>> Plans::record_project(Call& call, const NewProject& in) {
  auto made = record(call, in, Origin::real);
  if (!made.ok()) return std::move(made).problem();
  return Created<ProjectRow>{std::move(made).value()};
}

// ---- importing

// Known by its code or by its name: a document that is read again adds nothing twice.
Result<std::vector<ImportedProject>> Plans::not_yet_here(
    std::vector<ImportedProject> projects) const {
  std::set<std::tuple<AreaCode, FiscalYear, std::string>> here;
  for (const auto& row : all_projects({}, std::nullopt)) {
    here.insert({row.province, row.fiscal_year, row.code.text()});
    here.insert({row.province, row.fiscal_year, row.name_th});
  }
  std::erase_if(projects, [&](const ImportedProject& project) {
    return here.contains({project.province, project.fiscal_year, project.code.text()}) ||
           here.contains({project.province, project.fiscal_year, project.content.name_th.text()});
  });
  return projects;
}

Result<Done> Plans::import(const Call& call, const std::vector<ImportedProject>& projects,
                           std::string_view source) {
  return acts_.run<Done>(call, "project.import", [&](Tx& tx) -> Result<Done> {
    ImportSummary summary{std::string(source), static_cast<std::int64_t>(projects.size()), {}};
    for (const auto& project : projects) {
      const auto row = row_of(project, source, call.now);
      store::add(tx.db, row);
      keep_version(tx, call, "project.import", row, nullptr, std::nullopt);
      summary.total_satang =
          summary.total_satang.plus(row.total_satang).value_or(summary.total_satang);
    }
    tx.record({.subject_kind = "project", .subject_id = "import", .change = {to_json(summary)}});
    return Done{};
  });
}

// ---- reading

Result<Page<ProjectSummary>> Plans::list_projects(Call& call, const Query<ProjectQuery>& query) {
  const auto within = authority_.provinces(call, "project.read");
  Page<ProjectSummary> page;
  page.items =
      database_.read([&](db::Connection& db) { return store::projects(db, query.value, within); });
  if (page.items.size() > static_cast<std::size_t>(query->limit.count())) {
    page.items.pop_back();
    page.next = page.items.back().project_id.text();
  }
  return page;
}

std::optional<ProjectSummary> Plans::project(db::Connection& db, const ProjectId& id) const {
  return store::summary(db, id);
}

Result<ProjectRow> Plans::get_project(Call& call, const Path<ProjectPath>& path) {
  const auto row =
      database_.read([&](db::Connection& db) { return store::project(db, path->project_id); });
  if (!row) return errors::not_found;
  TRY(authority_.decide(call, "project.read", {row->province}));
  return *row;
}

Result<ProjectHistory> Plans::project_history(Call& call, const Path<ProjectPath>& path) {
  TRY(get_project(call, path));
  return ProjectHistory{
      database_.read([&](db::Connection& db) { return store::versions(db, path->project_id); })};
}

std::vector<ProjectRow> Plans::all_projects(
    const ProjectQuery& query, const std::optional<std::vector<AreaCode>>& within) const {
  return database_.snapshot([&](db::Connection& db) {
    std::vector<ProjectRow> all;
    auto page = query;
    page.limit = *PageLimit::of_count(200);
    for (bool more = true; more;) {
      auto rows = store::whole_projects(db, page, within);
      more = rows.size() > 200;
      if (more) rows.pop_back();
      if (more) page.cursor = rows.back().project_id;
      std::move(rows.begin(), rows.end(), std::back_inserter(all));
    }
    return all;
  });
}

// ---- export

std::string Plans::exported(const ExportQuery& query,
                            const std::optional<std::vector<AreaCode>>& within) const {
  ProjectQuery wanted;
  wanted.province = query.province;
  wanted.fiscal_year = query.fiscal_year;
  const auto projects = all_projects(wanted, within);
  if (query.format == ExportFormat::json) return to_json(projects) + "\n";
  std::unique_ptr<Exporter> to;
  if (query.format == ExportFormat::csv)
    to = std::make_unique<CsvExporter>();
  else
    to = std::make_unique<XlsxExporter>();
  const auto names = areas_.now();
  for (const auto& project : projects) {
    const auto* area = names->find(project.province);
    put_project(*to, project, area ? area->name_th.text() : "");
  }
  return to->finish();
}

std::string Plans::exported(const ExportQuery& query) const {
  return exported(query, std::nullopt);
}

Result<http::Response> Plans::export_projects(Call& call, const Query<ExportQuery>& query) {
  http::Response response;
  response.content_type = media_type_of(query->format);
  response.headers.emplace_back(
      "Content-Disposition",
      "attachment; filename=\"projects." + std::string(enum_name(query->format)) + "\"");
  response.body = exported(query.value, authority_.provinces(call, "project.read"));
  return response;
}

}  // namespace changwat::plans
