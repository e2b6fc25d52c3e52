#include "platform/documents/attachments.hpp"

#include "platform/auth/encoding.hpp"

namespace changwat::documents {
namespace {

struct Type {
  std::string_view media_type;
  std::string_view extension;
};
constexpr Type pdf{"application/pdf", "pdf"};
constexpr Type docx{"application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                    "docx"};
constexpr Type xlsx{"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"};
constexpr Type jpeg{"image/jpeg", "jpg"};
constexpr Type png{"image/png", "png"};
constexpr Type types[] = {pdf, docx, xlsx, jpeg, png};

bool contains(std::string_view bytes, std::string_view wanted) {
  return bytes.find(wanted) != bytes.npos;
}

// Office documents are zip archives whose member names stand in the clear.
std::optional<std::string> office_type(std::string_view bytes) {
  if (!contains(bytes, "[Content_Types].xml")) return std::nullopt;
  if (contains(bytes, "word/document.xml")) return std::string(docx.media_type);
  if (contains(bytes, "xl/workbook.xml")) return std::string(xlsx.media_type);
  return std::nullopt;
}

}  // namespace

std::optional<std::string> media_type_of(std::string_view bytes) {
  using namespace std::string_view_literals;
  if (bytes.starts_with("%PDF-"sv)) return std::string(pdf.media_type);
  if (bytes.starts_with("PK\x03\x04"sv)) return office_type(bytes);
  if (bytes.starts_with("\xFF\xD8\xFF"sv)) return std::string(jpeg.media_type);
  if (bytes.starts_with("\x89PNG\r\n\x1A\n"sv)) return std::string(png.media_type);
  return std::nullopt;
}

Result<Done> acceptable(std::string_view bytes, std::string_view declared_type, const Key& key,
                        const std::vector<Attached>& present) {
  if (bytes.empty()) return Problem({{"", "required", "ไฟล์ว่างเปล่า", "the file is empty"}});
  if (bytes.size() > file_bytes_max)
    return Problem(errors::too_large, "ไฟล์ละไม่เกิน 20 MB", "A file may have at most 20 MB.");
  const auto found = media_type_of(bytes);
  if (!found || *found != declared_type)
    return Problem(
        errors::unsupported_media_type,
        "รับเฉพาะไฟล์ PDF, DOCX, XLSX, JPG และ PNG ที่เนื้อหาตรงกับชนิดที่แจ้ง",
        "Only PDF, DOCX, XLSX, JPG and PNG whose content is what they are declared to be.");
  std::size_t others = 0;
  auto total = static_cast<std::int64_t>(bytes.size());
  for (const auto& file : present) {
    if (file.key == key) continue;
    ++others;
    total += file.bytes;
  }
  if (others >= files_max)
    return Problem(errors::too_large, "แนบได้ไม่เกิน 20 ไฟล์", "At most 20 files.");
  if (total > files_bytes_max)
    return Problem(errors::too_large, "ไฟล์รวมกันไม่เกิน 100 MB",
                   "At most 100 MB in all files together.");
  return Done{};
}

bool plain_name(std::string_view name) {
  return name.find_first_of("/\\\"\n\t") == name.npos && name != "." && name != "..";
}

std::string content_disposition(const Key& key, std::string_view name,
                                std::string_view media_type) {
  std::string_view extension = "bin";
  for (const auto& type : types)
    if (type.media_type == media_type) extension = type.extension;
  return "attachment; filename=\"" + key.text() + "." + std::string(extension) +
         "\"; filename*=UTF-8''" + auth::percent_encode(name);
}

// Offsets in the table at the end are counted, as the format wants.
std::string one_line_pdf(std::string_view line) {
  const std::string text = "BT /F1 18 Tf 72 720 Td (" + std::string(line) + ") Tj ET";
  const std::vector<std::string> objects{
      "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
      "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 "
      "R>>>>>>",
      "<</Length " + std::to_string(text.size()) + ">>\nstream\n" + text + "\nendstream",
      "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"};
  std::string out = "%PDF-1.4\n", table = "0000000000 65535 f \n";
  for (std::size_t i = 0; i < objects.size(); ++i) {
    const auto at = std::to_string(out.size());
    table += std::string(10 - at.size(), '0') + at + " 00000 n \n";
    out += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
  }
  const auto start = std::to_string(out.size());
  return out + "xref\n0 6\n" + table + "trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n" + start +
         "\n%%EOF\n";
}

}  // namespace changwat::documents
