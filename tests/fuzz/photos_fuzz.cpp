// Fuzzes what is read of photos: no bytes break it, a place is on the earth, and a photo without
// what is not the picture says nothing any more and stays so.

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "base/result.hpp"

#include "modules/service_centre/photos.hpp"

namespace service_centre = changwat::service_centre;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto facts = service_centre::photo_facts(bytes);
  if (facts.position) {
    CHECK(std::abs(facts.position->latitude.millionths()) <= 90 * changwat::Decimal::scale);
    CHECK(std::abs(facts.position->longitude.millionths()) <= 180 * changwat::Decimal::scale);
  }
  const auto bare = service_centre::bare_photo(bytes);
  if (!bare) return 0;
  CHECK(service_centre::bare_photo(*bare) == bare);
  return 0;
}
