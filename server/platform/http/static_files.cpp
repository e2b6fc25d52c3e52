#include "platform/http/static_files.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <vector>

#include <openssl/evp.h>

#include "platform/http/text.hpp"
#include "platform/http/uri.hpp"

namespace changwat::http {
namespace {

namespace fs = std::filesystem;

std::string_view content_type_of(std::string_view name) {
  struct Type {
    std::string_view extension, content_type;
  };
  static constexpr std::array<Type, 24> types{{
      {".html", "text/html; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".mjs", "text/javascript; charset=utf-8"},
      {".json", "application/json; charset=utf-8"},
      {".map", "application/json; charset=utf-8"},
      {".webmanifest", "application/manifest+json; charset=utf-8"},
      {".svg", "image/svg+xml; charset=utf-8"},
      {".png", "image/png"},
      {".jpg", "image/jpeg"},
      {".jpeg", "image/jpeg"},
      {".gif", "image/gif"},
      {".webp", "image/webp"},
      {".avif", "image/avif"},
      {".ico", "image/x-icon"},
      {".woff2", "font/woff2"},
      {".woff", "font/woff"},
      {".ttf", "font/ttf"},
      {".txt", "text/plain; charset=utf-8"},
      {".csv", "text/csv; charset=utf-8"},
      {".xml", "application/xml; charset=utf-8"},
      {".geojson", "application/geo+json; charset=utf-8"},
      {".pdf", "application/pdf"},
      {".wasm", "application/wasm"},
  }};
  for (const Type& type : types) {
    if (name.ends_with(type.extension)) return type.content_type;
  }
  return "application/octet-stream";
}

// 128 bits of SHA-256: nobody has two different pages under one tag, by accident or on purpose.
std::string etag_of(std::string_view body) {
  static constexpr char digits[] = "0123456789abcdef";
  std::array<unsigned char, 32> digest{};
  if (EVP_Digest(body.data(), body.size(), digest.data(), nullptr, EVP_sha256(), nullptr) != 1) {
    throw std::runtime_error("SHA-256 is not available");
  }
  std::string tag = "\"";
  for (std::size_t i = 0; i < 16; ++i) {
    tag += digits[digest[i] >> 4];
    tag += digits[digest[i] & 15];
  }
  return tag + '"';
}

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::string body{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (in.bad() || !in.is_open()) throw std::runtime_error("cannot read " + path.string());
  return body;
}

bool is_hidden(std::string_view name) {
  return name.starts_with('.') && name != ".well-known";
}

std::map<std::string, std::string> read_folder(const fs::path& folder) {
  std::map<std::string, std::string> bodies;
  std::size_t bytes = 0;
  try {
    fs::recursive_directory_iterator it(folder);
    for (; it != fs::recursive_directory_iterator(); ++it) {
      if (is_hidden(it->path().filename().string())) {
        it.disable_recursion_pending();
        continue;
      }
      if (it->is_symlink() || !it->is_regular_file()) continue;
      const std::size_t size = it->file_size();
      bytes += size;
      if (size > StaticFiles::file_bytes_max || bytes > StaticFiles::all_bytes_max) {
        throw std::runtime_error("too large to be kept in memory: " + it->path().string());
      }
      bodies[it->path().lexically_relative(folder).generic_string()] = read_file(it->path());
    }
  } catch (const fs::filesystem_error& error) {
    throw std::runtime_error(error.what());
  }
  return bodies;
}

StaticFiles::Representation represent(std::string body) {
  StaticFiles::Representation result;
  result.etag = etag_of(body);
  result.body = std::make_shared<const std::string>(std::move(body));
  return result;
}

// The weight a client gives to a coding, in thousandths (RFC 9110 section 12.5.3).
class AcceptedCodings {
 public:
  explicit AcceptedCodings(std::string_view header) {
    while (!header.empty()) {
      std::string_view element = take_element(header);
      const std::size_t semicolon = element.find(';');
      const std::string_view coding = trim(element.substr(0, semicolon));
      const int weight =
          semicolon == std::string_view::npos ? 1000 : weight_of(element.substr(semicolon + 1));
      if (equal_without_case(coding, "br")) brotli = weight;
      if (equal_without_case(coding, "gzip") || equal_without_case(coding, "x-gzip")) gzip = weight;
      if (equal_without_case(coding, "identity")) identity = weight;
      if (coding == "*") others = weight;
    }
    if (brotli < 0) brotli = std::max(others, 0);
    if (gzip < 0) gzip = std::max(others, 0);
    if (identity < 0) identity = others == 0 ? 0 : 1;  // always acceptable, never preferred
  }

  int brotli = -1;
  int gzip = -1;
  int identity = -1;
  int others = -1;

 private:
  static int weight_of(std::string_view parameter) {
    parameter = trim(parameter);
    if (parameter.size() < 3 || !(parameter[0] == 'q' || parameter[0] == 'Q') ||
        parameter[1] != '=') {
      return 1000;
    }
    double weight = 0;
    const auto [end, error] =
        std::from_chars(parameter.data() + 2, parameter.data() + parameter.size(), weight);
    if (error != std::errc{} || !(weight >= 0 && weight <= 1)) return 0;
    return static_cast<int>(weight * 1000);
  }
};

struct Choice {
  const StaticFiles::Representation* representation;
  std::string_view coding;
};

// Ours first where the client has no preference: brotli, gzip, plain.
Choice choose(const StaticFiles::File& file, std::string_view accept_encoding) {
  Choice best{&file.plain, {}};
  if (accept_encoding.empty()) return best;
  const AcceptedCodings accepted(accept_encoding);
  int weight = accepted.identity;
  const auto consider = [&](const StaticFiles::Representation& other, std::string_view coding,
                            int other_weight) {
    if (!other.body || other_weight <= 0 || other_weight < weight) return;
    if (other_weight == weight && !best.coding.empty()) return;
    best = {&other, coding};
    weight = other_weight;
  };
  consider(file.brotli, "br", accepted.brotli);
  consider(file.gzip, "gzip", accepted.gzip);
  return best;
}

// If-None-Match: the weak comparison (RFC 9110 section 13.1.2), by which W/ does not count.
bool names_tag(std::string_view if_none_match, std::string_view etag) {
  while (!if_none_match.empty()) {
    std::string_view element = take_element(if_none_match);
    if (element == "*") return true;
    if (element.starts_with("W/")) element.remove_prefix(2);
    if (element == etag) return true;
  }
  return false;
}

}  // namespace

StaticFiles StaticFiles::load(const fs::path& folder) {
  std::map<std::string, std::string> bodies = read_folder(folder);
  StaticFiles result;
  const auto is_sibling = [&bodies](std::string_view name) {
    return (name.ends_with(".br") || name.ends_with(".gz")) &&
           bodies.contains(std::string(name.substr(0, name.size() - 3)));
  };
  for (auto& [name, body] : bodies) {
    if (is_sibling(name)) continue;
    const std::size_t plain_size = body.size();
    File& file = result.files_[name];
    file.content_type = content_type_of(name);
    file.immutable = name.starts_with("assets/");
    // By copy: the siblings still look their plain file up.
    file.plain = represent(body);
    const auto add = [&](const char* extension, Representation& to) {
      const auto sibling = bodies.find(name + extension);
      if (sibling == bodies.end() || sibling->second.size() >= plain_size) return;
      to = represent(sibling->second);
    };
    add(".br", file.brotli);
    add(".gz", file.gzip);
  }
  return result;
}

const StaticFiles::File* StaticFiles::find(std::string_view path) const {
  if (!path.starts_with('/')) return nullptr;
  path.remove_prefix(1);
  const auto look_up = [this](std::string_view name) -> const File* {
    const auto found = files_.find(name);
    return found == files_.end() ? nullptr : &found->second;
  };
  const std::string name(path);
  if (name.empty() || name.ends_with('/')) return look_up(name + "index.html");
  if (const File* file = look_up(name)) return file;
  if (const File* file = look_up(name + ".html")) return file;
  return look_up(name + "/index.html");
}

std::optional<Response> StaticFiles::serve(const Head& head) const {
  if (head.method != Method::get && head.method != Method::head) return std::nullopt;
  const auto path = uri::decode(head.path);
  const File* file = path ? find(*path) : nullptr;
  if (file == nullptr) return std::nullopt;

  const Choice choice = choose(*file, head.header("Accept-Encoding"));
  Response response;
  response.headers = {
      {"ETag", choice.representation->etag},
      {"Cache-Control", file->immutable ? "public, max-age=31536000, immutable" : "no-cache"},
      {"Vary", "Accept-Encoding"},
  };
  if (names_tag(head.header("If-None-Match"), choice.representation->etag)) {
    response.status = 304;
    return response;
  }
  response.content_type = file->content_type;
  response.shared_body = choice.representation->body;
  if (!choice.coding.empty()) response.headers.emplace_back("Content-Encoding", choice.coding);
  return response;
}

}  // namespace changwat::http
