// libFuzzer target: names that people type and registers that they send in are read without harm.
// Built and run by tests/fuzz/run.

#include <cstddef>
#include <cstdint>

#include "modules/areas/areas.hpp"
#include "modules/areas/local_register.hpp"
#include "modules/areas/register.hpp"
#include "modules/areas/rules.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace changwat;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto name = areas::folded(text);
  CHECK(areas::match(name, name) == 0);
  CHECK(areas::folded(name).size() <= name.size());
  const auto areas = areas::read_areas(text, "fuzz.csv");
  if (areas.ok())
    for (const auto& area : *areas) CHECK(area.level == area.code.level());
  auto rows = areas::read_local_governments(text, "fuzz.csv");
  if (!rows.ok()) return 0;
  areas::drop_repeated_codes(*rows);
  (void)areas::local_faults(*rows, areas::Register({}, {}));
  std::vector<areas::LocalGovernment> kept;
  for (const auto& row : *rows) {
    CHECK(areas::local_cells(row.body).size() == areas::local_heading().size());
    kept.push_back(row.body);
  }
  const auto changes = areas::local_differences(kept, *rows, *Date::parse("2022-01-01"));
  for (const auto& change : changes)
    CHECK(change.kind != areas::LocalChangeKind::changed || change.before);
  return 0;
}
