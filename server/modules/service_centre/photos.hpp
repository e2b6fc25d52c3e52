#pragma once
// What a camera wrote into a photo: when and where it was taken. And a photo without it.
//
// Exif 2.3 in a JPEG (CIPA DC-008), read by libexif; photos.cpp alone includes it. The bytes are
// anybody's: what is damaged, cut short or out of range is as if it were not there. Pure; any
// thread.

#include <optional>
#include <string>
#include <string_view>

#include "modules/service_centre/model.hpp"

namespace changwat::service_centre {

struct PhotoFacts {
  std::optional<Instant> taken_at;  // where the camera names no offset: Bangkok time
  std::optional<Position> position;
};

PhotoFacts photo_facts(std::string_view jpeg);

// The JPEG or PNG without all that is not the picture: Exif, XMP, IPTC, comments, profiles.
// nullopt: not one whose parts can be followed, so that nobody knows what is in it.
std::optional<std::string> bare_photo(std::string_view photo);

}  // namespace changwat::service_centre
