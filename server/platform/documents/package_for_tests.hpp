#pragma once
// Hand-made .xlsx packages for tests and fuzzing: every part as given, right or wrong.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <zlib.h>

namespace changwat::documents::for_tests {

struct Part {
  std::string name;
  std::string content;
};

inline void put_little_endian(std::string& out, std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xFF);
}

inline std::string deflated(std::string_view content) {
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, -MAX_WBITS, 9, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, content.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));
  stream.avail_in = static_cast<uInt>(content.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

// A zip with its directory. `stored` skips compression, which fuzzing wants.
inline std::string zip_of(const std::vector<Part>& parts, bool stored = false) {
  std::string out;
  std::string directory;
  for (const auto& part : parts) {
    const std::string packed = stored ? part.content : deflated(part.content);
    const auto* bytes = reinterpret_cast<const Bytef*>(part.content.data());
    const auto checksum = crc32(0, bytes, static_cast<uInt>(part.content.size()));
    std::string common;
    put_little_endian(common, 20, 2);
    put_little_endian(common, 0, 2);
    put_little_endian(common, stored ? 0 : 8, 2);
    put_little_endian(common, 0, 4);
    put_little_endian(common, checksum, 4);
    put_little_endian(common, packed.size(), 4);
    put_little_endian(common, part.content.size(), 4);
    put_little_endian(common, part.name.size(), 2);
    put_little_endian(common, 0, 2);
    directory += "PK\x01\x02";
    put_little_endian(directory, 20, 2);
    directory += common;
    directory.append(10, '\0');
    put_little_endian(directory, out.size(), 4);
    directory += part.name;
    out += "PK\x03\x04" + common + part.name + packed;
  }
  std::string end = "PK\x05\x06";
  put_little_endian(end, 0, 4);
  put_little_endian(end, parts.size(), 2);
  put_little_endian(end, parts.size(), 2);
  put_little_endian(end, directory.size(), 4);
  put_little_endian(end, out.size(), 4);
  put_little_endian(end, 0, 2);
  return out + directory + end;
}

inline std::string worksheet(std::string_view rows, std::string_view after = "") {
  return "<worksheet><sheetData>" + std::string(rows) + "</sheetData>" + std::string(after) +
         "</worksheet>";
}

// The parts of a workbook with one visible sheet, "Sheet1".
inline std::vector<Part> workbook_parts(std::string sheet, std::string shared = "",
                                        std::string styles = "") {
  std::vector<Part> parts{
      {"_rels/.rels",
       "<Relationships><Relationship Id='r1' Type='x/officeDocument' "
       "Target='xl/workbook.xml'/></Relationships>"},
      {"xl/workbook.xml",
       "<workbook xmlns:r='r'><sheets><sheet name='Sheet1' sheetId='1' "
       "r:id='r1'/></sheets></workbook>"},
      {"xl/_rels/workbook.xml.rels",
       "<Relationships><Relationship Id='r1' Type='x/worksheet' Target='worksheets/sheet1.xml'/>"
       "<Relationship Id='r2' Type='x/sharedStrings' Target='/xl/sharedStrings.xml'/>"
       "<Relationship Id='r3' Type='x/styles' Target='./styles.xml'/></Relationships>"},
      {"xl/worksheets/sheet1.xml", std::move(sheet)}};
  if (!shared.empty()) parts.push_back({"xl/sharedStrings.xml", std::move(shared)});
  if (!styles.empty()) parts.push_back({"xl/styles.xml", std::move(styles)});
  return parts;
}

}  // namespace changwat::documents::for_tests
