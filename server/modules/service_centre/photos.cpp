#include "modules/service_centre/photos.hpp"

#include <algorithm>
#include <cmath>
#include <memory>

#include <libexif/exif-data.h>

namespace changwat::service_centre {
namespace {

constexpr std::size_t head_bytes = 256 * 1024;  // an Exif segment has 64 KB and stands near the top
constexpr std::string_view bangkok = "+07:00";
constexpr std::string_view png_head = "\x89PNG\r\n\x1a\n";

struct Unref {
  void operator()(ExifData* data) const { exif_data_unref(data); }
};
using Data = std::unique_ptr<ExifData, Unref>;

// As it stands: nothing is put right or filled in.
Data read(std::string_view jpeg) {
  Data out(exif_data_new());
  if (!out) throw std::bad_alloc();
  exif_data_unset_option(out.get(), EXIF_DATA_OPTION_FOLLOW_SPECIFICATION);
  exif_data_set_option(out.get(), EXIF_DATA_OPTION_DONT_CHANGE_MAKER_NOTE);
  const auto head = jpeg.substr(0, head_bytes);
  exif_data_load_data(out.get(), reinterpret_cast<const unsigned char*>(head.data()),
                      static_cast<unsigned>(head.size()));
  return out;
}

// GPS tags share their numbers with others of other directories.
ExifEntry* entry(const Data& data, ExifIfd directory, int tag) {
  auto* found = exif_content_get_entry(data->ifd[directory], static_cast<ExifTag>(tag));
  return found && found->data ? found : nullptr;
}

std::string text_of(const Data& data, ExifIfd directory, int tag) {
  const auto* found = entry(data, directory, tag);
  if (!found || found->format != EXIF_FORMAT_ASCII) return {};
  std::string out(reinterpret_cast<const char*>(found->data),
                  std::min<std::size_t>(found->size, 64));
  return out.substr(0, out.find('\0'));
}

bool is_offset(std::string_view text) {
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return false;
  for (const std::size_t at : {1, 2, 4, 5})
    if (text[at] < '0' || text[at] > '9') return false;
  return text.substr(1, 2) <= "14" && text.substr(4) <= "59";
}

std::int64_t minutes_of(std::string_view offset) {
  const auto two = [&](std::size_t at) { return (offset[at] - '0') * 10 + (offset[at + 1] - '0'); };
  return (offset[0] == '-' ? -1 : 1) * (two(1) * 60 + two(4));
}

// "2027:03:10 09:30:00"
std::optional<Instant> moment(std::string text, std::string_view offset) {
  if (text.size() < 19 || text[4] != ':' || text[7] != ':' || text[10] != ' ') return std::nullopt;
  text.resize(19);
  text[4] = text[7] = '-';
  text[10] = 'T';
  const auto wall = Instant::parse(text + ".000Z");
  if (!wall) return std::nullopt;
  return wall->plus_ms(-minutes_of(is_offset(offset) ? offset : bangkok) * 60'000);
}

// Degrees, minutes and seconds, each a fraction.
std::optional<Decimal> degrees(const Data& data, int tag, int reference, char minus, double most) {
  const auto* found = entry(data, EXIF_IFD_GPS, tag);
  if (!found || found->format != EXIF_FORMAT_RATIONAL || found->components != 3 || found->size < 24)
    return std::nullopt;
  double value = 0, share = 1;
  for (int i = 0; i < 3; ++i, share /= 60) {
    const auto part = exif_get_rational(found->data + 8 * i, exif_data_get_byte_order(data.get()));
    if (part.denominator == 0) return std::nullopt;
    value += share * part.numerator / part.denominator;
  }
  if (!std::isfinite(value) || value > most) return std::nullopt;
  const auto side = text_of(data, EXIF_IFD_GPS, reference);
  if (!side.empty() && side[0] == minus) value = -value;
  return Decimal::of_millionths(std::llround(value * Decimal::scale));
}

std::optional<Position> position(const Data& data) {
  const auto latitude = degrees(data, EXIF_TAG_GPS_LATITUDE, EXIF_TAG_GPS_LATITUDE_REF, 'S', 90);
  const auto longitude =
      degrees(data, EXIF_TAG_GPS_LONGITUDE, EXIF_TAG_GPS_LONGITUDE_REF, 'W', 180);
  // Receivers without a fix write zeros: a place in the sea off Africa.
  const Decimal zero;
  if (!latitude || !longitude || (*latitude == zero && *longitude == zero)) return std::nullopt;
  return Position{*latitude, *longitude};
}

unsigned byte_at(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]);
}

// What a viewer needs: not the application segments, but for the two that say how colours are
// meant (JFIF, Adobe), and no comments.
bool is_picture(unsigned marker) {
  constexpr unsigned jfif = 0xE0, adobe = 0xEE, comment = 0xFE;
  if (marker == comment) return false;
  return marker < 0xE0 || marker > 0xEF || marker == jfif || marker == adobe;
}

}  // namespace

PhotoFacts photo_facts(std::string_view jpeg) {
  const auto data = read(jpeg);
  return {moment(text_of(data, EXIF_IFD_EXIF, EXIF_TAG_DATE_TIME_ORIGINAL),
                 text_of(data, EXIF_IFD_EXIF, EXIF_TAG_OFFSET_TIME_ORIGINAL)),
          position(data)};
}

namespace {

// Where the data of a scan end: at the next marker that is no restart and no byte 0xFF of the data.
std::size_t end_of_scan(std::string_view jpeg, std::size_t at) {
  for (; at + 1 < jpeg.size(); ++at) {
    if (byte_at(jpeg, at) != 0xFF) continue;
    const auto next = byte_at(jpeg, at + 1);
    const bool restart = next >= 0xD0 && next <= 0xD7;
    if (next != 0 && next != 0xFF && !restart) return at;
  }
  return jpeg.size();
}

// A progressive photo has several scans, with segments between them; what follows its end is no
// part of it.
std::optional<std::string> bare_jpeg(std::string_view jpeg) {
  constexpr unsigned scan = 0xDA, end = 0xD9;
  std::string out("\xFF\xD8");
  bool shows_something = false;
  for (std::size_t at = 2; at + 2 <= jpeg.size();) {
    const auto marker = byte_at(jpeg, at + 1);
    if (byte_at(jpeg, at) != 0xFF) return std::nullopt;
    if (marker == 0xFF) {  // fills up before a marker
      ++at;
      continue;
    }
    if (marker == end && shows_something) return out += "\xFF\xD9";
    const bool has_length = marker >= 0xC0 && (marker < 0xD0 || marker > end);
    if (!has_length || at + 4 > jpeg.size()) return std::nullopt;
    const std::size_t length = byte_at(jpeg, at + 2) * 256 + byte_at(jpeg, at + 3);
    if (length < 2 || at + 2 + length > jpeg.size()) return std::nullopt;
    if (is_picture(marker)) out += jpeg.substr(at, 2 + length);
    at += 2 + length;
    if (marker != scan) continue;
    shows_something = true;
    const auto data = at;
    at = end_of_scan(jpeg, at);
    out += jpeg.substr(data, at - data);
  }
  return std::nullopt;
}

// Chunks without which it is no picture have a capital first; of the others those that say how
// colours and transparency are meant.
bool is_picture(std::string_view chunk) {
  constexpr std::string_view wanted[] = {"tRNS", "gAMA", "cHRM", "sRGB", "sBIT", "pHYs", "bKGD"};
  return (chunk[0] >= 'A' && chunk[0] <= 'Z') ||
         std::find(std::begin(wanted), std::end(wanted), chunk) != std::end(wanted);
}

std::optional<std::string> bare_png(std::string_view png) {
  std::string out(png.substr(0, png_head.size()));
  for (std::size_t at = png_head.size(); at + 12 <= png.size();) {
    std::size_t length = 0;
    for (std::size_t i = 0; i < 4; ++i) length = length * 256 + byte_at(png, at + i);
    if (length > png.size() - at - 12) return std::nullopt;
    const auto chunk = png.substr(at + 4, 4);
    if (is_picture(chunk)) out += png.substr(at, 12 + length);
    if (chunk == "IEND") return out;
    at += 12 + length;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> bare_photo(std::string_view photo) {
  if (photo.starts_with("\xFF\xD8")) return bare_jpeg(photo);
  if (photo.starts_with(png_head)) return bare_png(photo);
  return std::nullopt;
}

}  // namespace changwat::service_centre
