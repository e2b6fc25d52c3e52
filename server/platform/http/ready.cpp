#include "platform/http/ready.hpp"

#include <algorithm>

#include <zlib.h>

#include "platform/auth/encoding.hpp"

namespace changwat::http {
namespace {

std::string gzipped(const std::string& bytes) {
  z_stream stream{};
  constexpr int gzip_window = 15 + 16;
  CHECK(deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, gzip_window, 9, Z_DEFAULT_STRATEGY) ==
        Z_OK);
  std::string out(deflateBound(&stream, bytes.size()) + 32, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  CHECK(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// Calls f for each element of a comma-separated header.
template <class F>
void each(std::string_view list, F f) {
  while (!list.empty()) {
    const auto comma = std::min(list.find(','), list.size());
    f(trimmed(list.substr(0, comma)));
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
}

bool refuses(std::string_view parameters) {  // ";q=0", ";q=0.000"
  const auto q = parameters.find("q=");
  if (q == parameters.npos) return false;
  return trimmed(parameters.substr(q + 2)).find_first_not_of("0.") == std::string_view::npos;
}

// RFC 9110, section 12.5.3. Gzip is taken where it is named, or covered by *, and not refused.
bool takes_gzip(std::string_view header) {
  bool named = false, taken = false;
  each(header, [&](std::string_view item) {
    const auto semicolon = std::min(item.find(';'), item.size());
    const auto coding = trimmed(item.substr(0, semicolon));
    const bool gzip = coding == "gzip" || coding == "x-gzip";
    if (!gzip && (coding != "*" || named)) return;
    named |= gzip;
    taken = !refuses(item.substr(semicolon));
  });
  return taken;
}

// By the weak comparison of RFC 9110, section 13.1.2.
bool names(std::string_view header, const std::string& tag) {
  bool found = false;
  each(header, [&](std::string_view item) {
    if (item.starts_with("W/")) item.remove_prefix(2);
    found |= item == "*" || item == tag;
  });
  return found;
}

}  // namespace

std::string content_tag(std::string_view bytes) {
  return auth::hex_encode(auth::sha256(bytes)).substr(0, 32);
}

Sendable sendable(std::string bytes) {
  Sendable out;
  out.tag = content_tag(bytes);
  out.gzip = std::make_shared<const std::string>(gzipped(bytes));
  out.plain = std::make_shared<const std::string>(std::move(bytes));
  return out;
}

Response respond(const Sendable& bytes, const Negotiation& reader, std::string content_type) {
  // A strong tag names bytes, so each coding has its own.
  const auto tag = '"' + bytes.tag + (reader.gzip ? "-g" : "") + '"';
  Response response;
  response.content_type = std::move(content_type);
  response.headers = {{"ETag", tag}, {"Vary", "Accept-Encoding"}, {"Cache-Control", "no-cache"}};
  if (names(reader.if_none_match, tag)) {
    response.status = 304;
    return response;
  }
  if (reader.gzip) response.headers.emplace_back("Content-Encoding", "gzip");
  response.shared_body = reader.gzip ? bytes.gzip : bytes.plain;
  return response;
}

Result<Negotiation> ReadArgument<Negotiation>::read(const Incoming& in) {
  return Negotiation{takes_gzip(in.request.head.header("accept-encoding")),
                     std::string(in.request.head.header("if-none-match"))};
}

}  // namespace changwat::http
