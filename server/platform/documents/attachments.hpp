#pragma once
// Files that go with a record: which are taken, and how they are given back. Pure.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/text.hpp"

namespace changwat::documents {

inline constexpr std::size_t file_bytes_max = 20 * 1024 * 1024;
inline constexpr std::int64_t files_bytes_max = 100 * 1024 * 1024;  // of one record
inline constexpr std::size_t files_max = 20;

// The media type that the content itself shows: PDF, DOCX, XLSX, JPEG or PNG; none for anything
// else.
std::optional<std::string> media_type_of(std::string_view bytes);

// A file that the record has already.
struct Attached {
  Key key;
  std::int64_t bytes = 0;
};

// Not empty, within the limits beside the files that are there (one of the same key is replaced),
// and of the type that was declared: a file is never served as something it is not.
Result<Done> acceptable(std::string_view bytes, std::string_view declared_type, const Key& key,
                        const std::vector<Attached>& present);

// A name without folders, for Content-Disposition and for people.
bool plain_name(std::string_view name);

// 'attachment; filename="application_form.pdf"; filename*=UTF-8''…' (RFC 6266, RFC 8187).
std::string content_disposition(const Key& key, std::string_view name, std::string_view media_type);

// A page with one line of ASCII without brackets: an attachment for demonstrations.
std::string one_line_pdf(std::string_view line);

}  // namespace changwat::documents
