#include "program/commands.hpp"

#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <sstream>

#include "platform/db/migrations.hpp"
#include "platform/documents/paper.hpp"
#include "platform/documents/workbook.hpp"
#include "platform/http/static_files.hpp"

#include "modules/areas/local_register.hpp"
#include "modules/areas/register.hpp"
#include "modules/authority/recheck.hpp"
#include "modules/committees/facts.hpp"
#include "modules/ledger/verify.hpp"

#include "program/application.hpp"
#include "program/demo.hpp"
#include "program/must.hpp"

namespace changwat::program {
namespace {

std::unique_ptr<db::Connection> open_for_writing(const Settings& settings) {
  return settings.uses_sqlite() ? db::open_sqlite(settings.database_url(), false)
                                : db::open_postgres(settings.database);
}

void migrate(const Settings& settings) {
  const auto connection = open_for_writing(settings);
  for (const auto& name : db::migrate(*connection)) std::cout << "migrated " << name << "\n";
}

void found_areas(const Settings& settings, areas::Areas& areas) {
  const auto call = program_call();
  if (areas.now()->areas().empty()) {
    const auto incoming =
        must(areas::read_areas(share_text(settings, "data/areas/areas.csv"), "areas.csv"));
    const auto changes = must(areas.preview(incoming, call.now.bangkok_date()));
    must(areas.import(call, changes, "data/areas/areas.csv"));
    std::cout << "areas: " << changes.size() << "\n";
  }
  if (areas.now()->clusters().empty()) {
    const auto clusters =
        must(areas::read_clusters(share_text(settings, "data/areas/clusters.csv")));
    must(areas.found_clusters(call, clusters));
    std::cout << "clusters: " << clusters.size() << "\n";
  }
}

std::vector<committees::Province> provinces_of(const areas::Areas& areas) {
  std::vector<committees::Province> out;
  const auto current = areas.now();
  for (const auto& area : current->areas())
    if (area.level == AreaLevel::province && !area.valid_to)
      out.push_back({area.code, area.name_th.text(), area.name_en.text()});
  return out;
}

// Facts are put once; a record that has them already says conflict, which is what is wanted here.
void once(const Result<Done>& result, const char* what) {
  if (result.ok())
    std::cout << what << ": put\n";
  else if (!result.problem().is(errors::conflict))
    fail(result.problem());
}

// Writes to the file, or to standard output when none is named.
void put_out(const std::filesystem::path& out, std::string_view bytes) {
  if (out.empty()) {
    std::cout.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return;
  }
  std::ofstream file(out, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!file.flush()) throw std::runtime_error("cannot write " + out.string());
}

// A table of texts in the three formats: the first row is the heading.
std::string table(const std::string& format, const std::string& name,
                  const std::vector<std::string>& heading,
                  const std::vector<std::vector<std::string>>& rows) {
  if (format == "json") {
    std::string out = "[";
    for (std::size_t i = 0; i < rows.size(); ++i) {
      out += i ? ",\n{" : "\n{";
      for (std::size_t c = 0; c < heading.size(); ++c) {
        if (c) out += ',';
        json::write_string(out, heading[c]);
        out += ':';
        json::write_string(out, rows[i][c]);
      }
      out += '}';
    }
    return out + "\n]\n";
  }
  std::vector<documents::Column> columns;
  for (const auto& title : heading) columns.push_back({title});
  const auto values_of = [](const std::vector<std::string>& row) {
    return std::vector<documents::Value>(row.begin(), row.end());
  };
  if (format == "csv") {
    documents::CsvTable csv(columns);
    for (const auto& row : rows) csv.add_row(values_of(row));
    return csv.finish();
  }
  if (format != "xlsx") throw std::runtime_error("--format must be csv, json or xlsx");
  documents::Workbook workbook;
  must(workbook.add_sheet(name, columns));
  for (const auto& row : rows) must(workbook.add_row(values_of(row)));
  return workbook.finish();
}

std::string areas_table(Application& application, const std::string& format) {
  std::vector<std::vector<std::string>> rows;
  const auto current = application.areas.now();
  for (const auto& area : current->areas())
    rows.push_back({area.code.text(), std::string(enum_name(area.level)), area.name_th.text(),
                    area.name_en.text(), area.postcode.value_or(""),
                    area.parent ? area.parent->text() : "",
                    area.valid_to ? area.valid_to->text() : ""});
  return table(format, "areas",
               {"code", "level", "name_th", "name_en", "postcode", "parent", "valid_to"}, rows);
}

std::string local_governments_table(Application& application, const std::string& format) {
  std::vector<std::vector<std::string>> rows;
  const auto current = application.areas.local_governments();
  for (const auto& body : current->all()) rows.push_back(areas::local_cells(body));
  return table(format, "local governments", areas::local_heading(), rows);
}

// One row a membership, in the order of entering.
std::string cohorts_table(Application& application, const std::string& format) {
  auto call = program_call();
  const auto view = must(application.programme.show(call));
  const auto current = application.areas.now();
  std::vector<std::vector<std::string>> rows;
  for (const auto& year : view.years) {
    for (const auto& cohort : year.cohorts) {
      for (const auto& member : cohort.members) {
        const auto* area = current->find(member.province);
        rows.push_back({std::to_string(year.fiscal_year.count()),
                        std::string(enum_name(cohort.kind)), cohort.title_th.text(),
                        cohort.title_en.text(), member.province.text(),
                        area ? area->name_th.text() : "", area ? area->name_en.text() : "",
                        member.reason_th ? member.reason_th->text() : "",
                        member.resolution_id ? member.resolution_id->text() : ""});
      }
    }
  }
  return table(format, "cohorts",
               {"fiscal_year", "kind", "cohort_th", "cohort_en", "province", "name_th", "name_en",
                "reason_th", "resolution_id"},
               rows);
}

}  // namespace

int init(const Settings& settings, bool demo) {
  std::filesystem::create_directories(settings.data);
  migrate(settings);
  Application application(settings);
  found_areas(settings, application.areas);
  const auto programme = share_text(settings, "data/programme/programme.json");
  once(application.committees.found(program_call(), must(committees::read_facts(programme))),
       "bodies and meetings");
  once(application.committees.complete(program_call(), provinces_of(application.areas)),
       "bodies of provinces");
  once(application.programme.found(program_call(), must(programme::read_facts(programme))),
       "programme");
  if (demo) load_demo(settings, application);
  application.ledger.seal();
  return 0;
}

int export_kind(const Settings& settings, const std::string& kind, const std::string& format,
                const std::filesystem::path& out, int fiscal_year, const std::string& area) {
  Application application(settings);
  if (kind == "areas") {
    put_out(out, areas_table(application, format));
  } else if (kind == "local-governments") {
    put_out(out, local_governments_table(application, format));
  } else if (kind == "cohorts") {
    put_out(out, cohorts_table(application, format));
  } else if (kind == "scoreboard") {
    const auto year = FiscalYear::of_count(fiscal_year);
    if (!year) throw std::runtime_error("--fiscal-year is needed, like 2021 for B.E. 2564");
    const auto board = must(application.indicators.board_table(*year));
    put_out(out, table(format, "scoreboard", board.heading, board.rows));
  } else if (kind == "projects") {
    plans::ExportQuery query;
    const auto known = enum_value<plans::ExportFormat>(format);
    if (!known) throw std::runtime_error("--format must be csv, json or xlsx");
    query.format = *known;
    query.fiscal_year = FiscalYear::of_count(fiscal_year);
    put_out(out, application.plans.exported(query));
  } else if (kind == "cases") {
    service_centre::CaseExportQuery query;
    const auto known = enum_value<service_centre::CaseExportFormat>(format);
    if (!known) throw std::runtime_error("--format must be csv, json or xlsx");
    query.format = *known;
    query.fiscal_year = FiscalYear::of_count(fiscal_year);
    query.area = AreaCode::parse(area);
    if (!area.empty() && !query.area) throw std::runtime_error("--area is no code of an area");
    put_out(out, must(application.service_centre.exported(query)));
  } else if (kind == "ledger") {
    application.ledger.seal();
    std::ofstream file;
    if (!out.empty()) file.open(out, std::ios::binary);
    auto& stream = out.empty() ? std::cout : static_cast<std::ostream&>(file);
    must(application.ledger.export_to(stream));
    if (!stream.flush()) throw std::runtime_error("cannot write " + out.string());
  } else {
    throw std::runtime_error(
        "export knows: areas, local-governments, cohorts, projects, cases, scoreboard, ledger");
  }
  return 0;
}

int openapi() {
  // The contract follows from the code alone: an empty record in a temporary folder is enough.
  std::string folder =
      (std::filesystem::temp_directory_path() / "changwat-openapi-XXXXXX").string();
  if (!mkdtemp(folder.data())) throw std::runtime_error("cannot make a temporary folder");
  struct Remove {
    std::filesystem::path folder;
    ~Remove() { std::filesystem::remove_all(folder); }
  } remove{folder};
  Settings settings;
  settings.data = folder;
  settings.share = default_share();
  (void)db::migrate(*open_for_writing(settings));
  Application application(settings);
  std::cout << http::openapi_document(application.routes());
  return 0;
}

int verify_ledger(const std::filesystem::path& file, const std::vector<std::string>& keys,
                  const std::filesystem::path& known_head) {
  ledger::TrustedKeys trusted;
  for (const auto& key : keys) must(trusted.add(key));
  std::optional<ledger::SignedHead> known;
  if (!known_head.empty()) known = must(read_json<ledger::SignedHead>(read_file(known_head)));
  if (keys.empty()) {
    std::ifstream peek(file, std::ios::binary);
    ledger::ExportReader reader(peek);
    must(reader.next());
    if (reader.header().keys.empty()) throw std::runtime_error("the export names no key");
    must(trusted.add(reader.header().keys.front().public_key));
    std::cout << "no --key was given: trusting the export's own first key "
              << reader.header().keys.front().public_key << "\n";
  }
  std::ifstream in(file, std::ios::binary);
  const auto report = ledger::verify_export(in, trusted, known);
  for (const auto& warning : report.warnings)
    std::cout << "warning, line " << warning.line << ": " << warning.en << "\n";
  if (!report.ok) {
    std::cout << "NOT VERIFIED, line " << report.fault->line;
    if (report.fault->sequence) std::cout << ", entry " << *report.fault->sequence;
    std::cout << ": " << report.fault->en << "\n  " << report.fault->th << "\n";
    return 1;
  }
  std::cout << "verified: " << report.entries << " entries of " << report.origin << " under "
            << report.heads << " signed heads";
  if (report.last_head)
    std::cout << "; last head " << report.last_head->root << " of " << report.last_head->signed_at;
  std::cout << "\n";
  return 0;
}

int recheck_authority(const std::filesystem::path& file,
                      const std::vector<std::filesystem::path>& laws) {
  std::vector<authority::Law> read;
  for (const auto& folder : laws) read.push_back(must(authority::read_law(folder)));
  std::ifstream in(file, std::ios::binary);
  const auto report = authority::recheck_export(in, std::move(read));
  if (report.entries == 0) throw std::runtime_error(file.string() + " holds no entries");
  for (const auto& fault : report.faults)
    std::cout << "DOES NOT HOLD, entry " << fault.sequence << ", " << fault.act << ": " << fault.en
              << "\n  " << fault.th << "\n";
  for (const auto& use : report.relied)
    std::cout << "LOOK AT, entry " << use.sequence << ", " << use.act << ": " << use.en << "\n  "
              << use.th << "\n";
  std::cout << report.entries << " entries: " << report.holding << " chains hold, "
            << report.without_office << " need no office, " << report.older_form
            << " in the form of an older release, " << report.fault_count << " do not hold, "
            << report.relied_count << " relied on a holding that was withdrawn or changed later\n";
  return report.fault_count == 0 ? 0 : 1;
}

namespace {

// Local governments and an official map come by import: their absence is said, and is no fault.
void check_places(const areas::Areas& areas,
                  const std::function<void(bool, const std::string&, const std::string&)>& say) {
  const auto register_now = areas.now();
  const auto local = areas.local_governments();
  std::int64_t standing = 0, lost = 0;
  for (const auto& body : local->all()) {
    if (body.valid_to) continue;
    ++standing;
    for (const auto& code : body.subdistricts) {
      const auto* area = register_now->find(code);
      lost += !area || area->valid_to;
    }
  }
  say(lost == 0,
      standing == 0 ? "local governments: none imported; pages do without"
                    : "local governments: " + std::to_string(standing),
      std::to_string(lost) +
          " sub-districts that they cover are no longer there; import a newer register");
  const auto map = areas.map();
  const auto provinces = areas.provinces();
  say(!map.attribution || map.provinces.size() == provinces.size(),
      map.attribution ? "map: official boundaries, " + map.attribution->text()
                      : "map: the drawn one of the pages; no official boundaries imported",
      "it has " + std::to_string(map.provinces.size()) + " of " + std::to_string(provinces.size()) +
          " provinces; import a newer file");
}

}  // namespace

int doctor(const Settings& settings) {
  int faults = 0;
  const auto say = [&](bool good, const std::string& what, const std::string& advice) {
    std::cout << (good ? "ok     " : "FAULT  ") << what << (good ? "" : ": " + advice) << "\n";
    faults += !good;
  };
  std::error_code error;
  say(std::filesystem::is_directory(settings.data, error), "data folder " + settings.data.string(),
      "it is missing; run `changwat init`");
  const auto key = settings.data / "ledger.key";
  say(std::filesystem::exists(key, error), "the ledger's key",
      "it is missing; restore " + key.string() + " from its backup");
  if (std::filesystem::exists(key, error)) {
    const auto mode = std::filesystem::status(key, error).permissions();
    say((mode & std::filesystem::perms(077)) == std::filesystem::perms::none,
        "the key is readable by its owner only", "run: chmod 600 " + key.string());
  }
  say(std::filesystem::exists(settings.share / "data/law/acts.yaml", error),
      "reference data in " + settings.share.string(), "give the folder with --share");
  say(std::filesystem::exists(settings.share / "web/dist/index.html", error), "pages",
      "build them: tools/build-web");
  const auto typeface =
      documents::paper::find_typeface(settings.share, settings.data / "letterhead");
  say(typeface && !typeface->substitute, "the type of official papers",
      "Sarabun is missing" + (typeface ? ", " + typeface->name + " stands in" : std::string()) +
          "; run tools/build-web");
  try {
    if (settings.uses_sqlite() && !std::filesystem::exists(settings.database_url()))
      throw std::runtime_error("there is no " + settings.database_url() + "; run `changwat init`");
    const auto connection = open_for_writing(settings);
    const auto state = db::migration_state(*connection);
    say(true, "the record opens", "");
    say(state.changed.empty(), "its migrations are this program's",
        "another line of the program made this record");
    say(state.waiting.empty(), "its migrations are complete", "run `changwat init`");
    if (settings.uses_sqlite())
      say(connection->one<std::string>("PRAGMA quick_check") == "ok", "SQLite finds it whole",
          "restore a backup");
    if (state.waiting.empty() && state.changed.empty()) {
      Application application(settings);
      say(application.areas.now()->areas().size() >= 8441, "the register of areas is complete",
          "run `changwat init`");
      check_places(application.areas, say);
      std::stringstream file;
      application.ledger.seal();
      must(application.ledger.export_to(file));
      const auto report = ledger::verify_export(file, application.ledger.own_keys());
      say(report.ok, "the ledger verifies (" + std::to_string(report.entries) + " entries)",
          report.fault ? report.fault->en : "");
    }
  } catch (const std::exception& failure) {
    say(false, "the record", failure.what());
  }
  std::cout << (faults == 0 ? "nothing is wrong\n" : std::to_string(faults) + " to mend\n");
  return faults == 0 ? 0 : 1;
}

int backup(const Settings& settings, const std::filesystem::path& file) {
  if (!settings.uses_sqlite())
    throw std::runtime_error("PostgreSQL is backed up by its own tools (pg_dump, pg_basebackup)");
  if (std::filesystem::exists(file))
    throw std::runtime_error(file.string() + " exists; nothing was written");
  const auto connection = db::open_sqlite(settings.database_url(), false);
  connection->exec("VACUUM INTO $1", file.string());
  std::cout << "copied the record to " << file.string() << " (" << std::filesystem::file_size(file)
            << " bytes)\n"
            << "keep " << (settings.data / "ledger.key").string()
            << " apart from it: whoever has it can sign heads\n";
  return 0;
}

}  // namespace changwat::program
