// libFuzzer target: names that people type and registers that they send in are read without harm.
// Built and run by tests/fuzz/run.

#include <cstddef>
#include <cstdint>

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
  return 0;
}
