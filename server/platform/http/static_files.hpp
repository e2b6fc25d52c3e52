#pragma once
// The web pages: a built folder (web/dist) read into memory when the program starts, so that a page
// costs no disk and no file name that a client sends ever reaches the file system.
//
// A file may stand beside itself compressed (app.js, app.js.br, app.js.gz). Each representation has
// a strong ETag of its own (RFC 9110 section 8.8.3), from its SHA-256. Immutable after load(): any
// thread.

#include <cstddef>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "platform/http/http.hpp"

namespace changwat::http {

class StaticFiles {
 public:
  struct Representation {
    std::shared_ptr<const std::string> body;  // null: there is none
    std::string etag;                         // with its quotes
  };
  struct File {
    std::string content_type;
    bool immutable = false;  // under assets/: its name changes with its content
    Representation plain, brotli, gzip;
  };

  static constexpr std::size_t file_bytes_max = 32u << 20;
  static constexpr std::size_t all_bytes_max = 256u << 20;

  // Regular files of the folder and below it; links and names that begin with a dot are left out
  // (but not .well-known). Throws std::runtime_error if the folder cannot be read or is too large.
  static StaticFiles load(const std::filesystem::path& folder);

  // `path` as in a request, percent-decoded: "/x" is x, x.html or x/index.html. Null if none is.
  const File* find(std::string_view path) const;

  // The answer to GET or HEAD of a file, 304 included; nullopt if it is neither or there is none.
  std::optional<Response> serve(const Head& head) const;

  std::size_t size() const { return files_.size(); }

 private:
  std::map<std::string, File, std::less<>> files_;  // by path without the leading slash
};

}  // namespace changwat::http
