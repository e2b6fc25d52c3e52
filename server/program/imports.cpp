#include <iostream>
#include <map>
#include <set>

#include "modules/areas/boundaries.hpp"
#include "modules/areas/local_register.hpp"
#include "modules/areas/register.hpp"
#include "modules/plans/import_lines.hpp"

#include "program/application.hpp"
#include "program/case_imports.hpp"
#include "program/commands.hpp"
#include "program/must.hpp"

namespace changwat::program {
namespace {

constexpr std::size_t shown_max = 40;

// A line for each of the first, and how many more there are.
template <class T, class Show>
void show_some(const std::vector<T>& all, Show show) {
  for (std::size_t i = 0; i < all.size() && i < shown_max; ++i) show(all[i]);
  if (all.size() > shown_max) std::cout << "… and " << all.size() - shown_max << " more\n";
}

void nothing_written() {
  std::cout << "nothing was written; add --apply to do it\n";
}

void import_areas(Application& application, const std::filesystem::path& file, bool apply) {
  const auto call = program_call();
  const auto incoming = must(areas::read_areas(read_file(file), file.filename().string()));
  const auto changes = must(application.areas.preview(incoming, call.now.bangkok_date()));
  show_some(changes, [](const areas::AreaChange& change) {
    std::cout << enum_name(change.kind) << " " << change.area.code.text() << " "
              << change.area.name_th.text() << " / " << change.area.name_en.text();
    if (change.before && change.kind == areas::ChangeKind::renamed)
      std::cout << "  (was " << change.before->name_th.text() << " / "
                << change.before->name_en.text() << ")";
    std::cout << "\n";
  });
  std::cout << incoming.size() << " areas read, " << changes.size() << " changes\n";
  if (!apply) return nothing_written();
  if (!changes.empty()) must(application.areas.import(call, changes, file.filename().string()));
  std::cout << "done\n";
}

void show(const areas::LocalChange& change) {
  const auto& body = change.after;
  std::cout << enum_name(change.kind) << " " << enum_name(body.kind) << " " << body.name_th.text()
            << " (province " << body.province.text();
  if (body.dla_code) std::cout << ", DLA code " << body.dla_code->text();
  std::cout << ")";
  if (change.before && change.kind == areas::LocalChangeKind::changed) {
    const auto words = areas::what_changed(*change.before, body);
    for (const auto& word : words) std::cout << "; " << word;
    if (words.empty()) std::cout << "; days of validity";
  }
  std::cout << "\n";
}

void import_local_governments(Application& application, const std::filesystem::path& file,
                              bool apply) {
  const auto call = program_call();
  const auto name = file.filename().string();
  auto rows = must(areas::read_local_governments(read_file(file), name));
  const auto warnings = areas::drop_repeated_codes(rows);
  show_some(warnings, [](const FieldError& warning) {
    std::cout << "warning, " << warning.pointer << ": " << warning.en << "\n";
  });
  const auto changes = must(application.areas.preview(rows, call.now.bangkok_date()));
  show_some(changes, show);
  std::size_t without_code = 0;
  for (const auto& row : rows) without_code += !row.body.dla_code;
  std::cout << rows.size() << " local governments read, " << without_code
            << " of them without a DLA code, " << changes.size() << " changes\n";
  if (!apply) return nothing_written();
  if (!changes.empty()) must(application.areas.import(call, changes, name));
  std::cout << "done\n";
}

std::string listed(const std::vector<AreaCode>& codes) {
  std::string out;
  for (const auto& code : codes) out += " " + code.text();
  return out;
}

void import_boundaries(Application& application, const std::filesystem::path& file,
                       const std::string& attribution, bool apply) {
  const auto layers = must(areas::read_boundaries(read_file(file)));
  const auto preview = must(areas::preview_boundaries(layers, application.areas.provinces()));
  if (!preview.layer.empty()) std::cout << "layer: " << preview.layer << "\n";
  std::cout << "provinces found by code: " << preview.by_code.size()
            << ", by name: " << preview.by_name.size() << "\n";
  for (const auto& other : preview.unmatched) std::cout << "no province: " << other << "\n";
  if (!preview.missing.empty())
    std::cout << "provinces without an outline:" << listed(preview.missing) << "\n";
  std::cout << "points: " << preview.points_before << " in the file, " << preview.points_after
            << " drawn; parts and islands: " << preview.rings << " drawn, " << preview.rings_hidden
            << " too small to be seen; " << preview.bytes << " bytes\n";
  if (!apply) return nothing_written();
  const auto words = areas::Attribution::parse(attribution);
  if (!words)
    throw std::runtime_error(
        "say with --attribution whose boundaries these are, in at most 300 characters: it stands "
        "beside the map");
  must(application.areas.import_map(program_call(), preview, *words, file.filename().string()));
  std::cout << "done\n";
}

std::string baht(Satang amount) {
  return plans::baht_text(amount) + " baht";
}

void tell_faults(const std::vector<plans::ImportFault>& faults) {
  std::map<std::string, std::int64_t> by_code;
  for (const auto& fault : faults) {
    ++by_code[fault.code];
    std::cout << "row " << fault.row << ": " << fault.th << " / " << fault.en << " ("
              << baht(fault.amount) << ")\n";
  }
  for (const auto& [code, rows] : by_code)
    std::cout << "not taken, " << code << ": " << rows << "\n";
}

// Provinces that the document says nothing about: perhaps they were lost in reading.
void tell_absent(const areas::Register& areas,
                 const std::vector<plans::ImportedProject>& projects) {
  std::set<AreaCode> seen;
  for (const auto& project : projects) seen.insert(project.province);
  for (const auto& area : areas.areas())
    if (area.level == AreaLevel::province && !seen.contains(area.code))
      std::cout << "no project taken for " << area.code.text() << " " << area.name_th.text()
                << " / " << area.name_en.text() << "\n";
}

void import_projects(Application& application, const std::filesystem::path& file, bool apply) {
  const auto name = file.filename().string();
  const auto areas = application.areas.now();
  const auto lines = must(plans::read_budget_lines(read_file(file), name, *areas));
  tell_faults(lines.faults);
  tell_absent(*areas, lines.projects);
  const auto fresh = must(application.plans.not_yet_here(lines.projects));
  const auto rest = lines.all.minus(lines.taken).value_or(Satang());
  std::cout << lines.rows << " rows, " << baht(lines.all)
            << "; taken: " << lines.rows - static_cast<std::int64_t>(lines.faults.size())
            << " rows, " << lines.projects.size() << " projects, " << baht(lines.taken)
            << "; not taken: " << lines.faults.size() << " rows, " << baht(rest) << "\n"
            << fresh.size() << " projects are new, " << lines.projects.size() - fresh.size()
            << " are here already\n";
  if (!apply) return nothing_written();
  if (!fresh.empty()) must(application.plans.import(program_call(), fresh, name));
  std::cout << "done\n";
}

}  // namespace

int import_file(const Settings& settings, const Import& what) {
  if (what.files.size() > 1 && what.kind != "mail")
    throw std::runtime_error("one file at a time, but of mail");
  Application application(settings);
  if (what.kind == "areas")
    import_areas(application, what.files.front(), what.apply);
  else if (what.kind == "local-governments")
    import_local_governments(application, what.files.front(), what.apply);
  else if (what.kind == "boundaries")
    import_boundaries(application, what.files.front(), what.attribution, what.apply);
  else if (what.kind == "projects")
    import_projects(application, what.files.front(), what.apply);
  else if (what.kind == "cases")
    import_cases(application, settings, what);
  else if (what.kind == "mail")
    import_mail(application, what);
  else
    throw std::runtime_error(
        "import knows: areas, local-governments, boundaries, projects, cases, mail");
  if (what.apply) application.ledger.seal();
  return 0;
}

}  // namespace changwat::program
