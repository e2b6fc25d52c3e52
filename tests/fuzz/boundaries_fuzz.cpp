// libFuzzer target: boundary files are read, matched and drawn without harm, within the drawing.
// Built and run by tests/fuzz/run.

#include <cstddef>
#include <cstdint>

#include "modules/areas/boundaries.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace changwat;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto layers = areas::read_boundaries(text);
  if (!layers.ok()) return 0;
  std::vector<areas::Area> provinces(2);
  provinces[0].code = *AreaCode::parse("70");
  provinces[0].name_th = *areas::AreaName::parse("ราชบุรี");
  provinces[0].name_en = *areas::AreaName::parse("Ratchaburi");
  provinces[1].code = *AreaCode::parse("71");
  provinces[1].name_th = *areas::AreaName::parse("กาญจนบุรี");
  provinces[1].name_en = *areas::AreaName::parse("Kanchanaburi");
  const auto preview = areas::preview_boundaries(*layers, provinces, size % 64);
  if (!preview.ok()) return 0;
  CHECK(preview->outlines.size() + preview->missing.size() == provinces.size());
  for (const auto& outline : preview->outlines)
    CHECK(outline.d.starts_with('m') && outline.d.ends_with('z'));
  return 0;
}
