#pragma once
// Photos written by hand: the head of a JPEG with Exif, and an empty picture.

#include <string>

namespace changwat::service_centre::for_tests {

// A TIFF structure written by hand, little or big end first: what cameras write, and what damaged
// files hold.
class Tiff {
 public:
  explicit Tiff(bool little) : little_(little) {}
  void u16(unsigned n) { little_ ? (byte(n), byte(n >> 8)) : (byte(n >> 8), byte(n)); }
  void u32(unsigned n) { little_ ? (u16(n), u16(n >> 16)) : (u16(n >> 16), u16(n)); }
  void entry(unsigned tag, unsigned type, unsigned count, unsigned value) {
    u16(tag), u16(type), u32(count), u32(value);
  }
  void letter(unsigned tag, char c) {
    u16(tag), u16(2), u32(2);
    bytes += c, bytes += std::string(3, '\0');
  }
  std::string bytes;

 private:
  void byte(unsigned n) { bytes += static_cast<char>(n & 0xFF); }
  const bool little_;
};

constexpr unsigned ascii = 2, long_number = 4, rational = 5;

struct PhotoWanted {
  bool little = true;
  std::string time = "2027:03:10 09:30:00";
  std::string offset;
  char north = 'N';
  unsigned denominator = 1;
};

// 13° 30' 36" and 99° 48' 18", by a JPEG of nothing but its head and an empty scan.
inline std::string photo(const PhotoWanted& wanted = {}) {
  Tiff tiff(wanted.little);
  tiff.bytes = wanted.little ? "II" : "MM";
  tiff.u16(42), tiff.u32(8);
  const unsigned exif = 8 + 2 + 2 * 12 + 4;
  const unsigned offset_entries = wanted.offset.empty() ? 1 : 2;
  const unsigned texts = exif + 2 + offset_entries * 12 + 4;
  const unsigned gps = texts + 20 + 8;
  const unsigned numbers = gps + 2 + 4 * 12 + 4;
  tiff.u16(2);
  tiff.entry(0x8769, long_number, 1, exif), tiff.entry(0x8825, long_number, 1, gps);
  tiff.u32(0);
  tiff.u16(offset_entries);
  tiff.entry(0x9003, ascii, 20, texts);
  if (!wanted.offset.empty()) tiff.entry(0x9011, ascii, 7, texts + 20);
  tiff.u32(0);
  tiff.bytes += wanted.time + std::string(20 - wanted.time.size(), '\0');
  tiff.bytes += wanted.offset + std::string(8 - wanted.offset.size(), '\0');
  tiff.u16(4);
  tiff.letter(1, wanted.north), tiff.entry(2, rational, 3, numbers);
  tiff.letter(3, 'E'), tiff.entry(4, rational, 3, numbers + 24);
  tiff.u32(0);
  for (const unsigned n : {13u, 30u, 36u, 99u, 48u, 18u}) tiff.u32(n), tiff.u32(wanted.denominator);
  const auto segment = std::string("Exif\0\0", 6) + tiff.bytes;
  const auto length = segment.size() + 2;
  std::string out("\xFF\xD8\xFF\xE1", 4);
  out += static_cast<char>(length >> 8);
  out += static_cast<char>(length & 0xFF);
  return out + segment + std::string("\xFF\xFE\0\x06note\xFF\xDA\0\x02pixels\xFF\xD9", 20);
}

}  // namespace changwat::service_centre::for_tests
