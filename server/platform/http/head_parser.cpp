#include "platform/http/head_parser.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>

#include "platform/http/text.hpp"

namespace changwat::http {
namespace {

namespace beast = boost::beast;
using beast::http::field;
using beast::http::verb;
using Error = boost::system::error_code;

Method method_of(verb v) {
  switch (v) {
    case verb::get:
      return Method::get;
    case verb::head:
      return Method::head;
    case verb::post:
      return Method::post;
    case verb::put:
      return Method::put;
    case verb::patch:
      return Method::patch;
    case verb::delete_:
      return Method::delete_;
    case verb::options:
      return Method::options;
    default:
      return Method::other;
  }
}

std::string_view view(beast::string_view text) {
  return {text.data(), text.size()};
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Digits and nothing else: no sign, no list, no spaces (RFC 9110 section 8.6).
std::optional<std::uint64_t> parse_length(std::string_view text) {
  std::uint64_t value = 0;
  if (text.empty() || !std::all_of(text.begin(), text.end(), is_digit)) return std::nullopt;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// A host name or address with an optional port. Not a full check, only what may never stand there.
bool is_host(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) ||
           std::string_view(".-_:[]~%").find(c) != std::string_view::npos;
  });
}

// Origin-form, or "*" for OPTIONS. Absolute-form is for proxies, and we are none; a fragment and
// bytes beyond ASCII are not URIs.
bool is_target(std::string_view target, Method method) {
  if (target == "*") return method == Method::options;
  if (target.front() != '/') return false;
  return std::all_of(target.begin(), target.end(),
                     [](char c) { return c > ' ' && c < '\x7f' && c != '#'; });
}

// Beast's parser without Beast's container: fields go straight into Head as views.
class Parser final : public beast::http::basic_parser<true> {
 public:
  Parser(Head& head, const Limits& limits) : head_(head), limits_(limits) {
    header_limit(static_cast<std::uint32_t>(limits.header_bytes + 1));
    body_limit(boost::none);  // ours, by route, is checked before the body is read
    eager(false);
  }

  int status = 0;  // why a callback gave up; 0 if it was the grammar
  unsigned hosts = 0;
  unsigned lengths = 0;
  unsigned encodings = 0;
  bool encoding_is_chunked = false;
  bool expect_continue = false;
  int version = 11;

 private:
  void refuse(int why, Error& error) {
    status = why;
    error = beast::http::error::bad_value;
  }

  void on_request_impl(verb method, beast::string_view, beast::string_view target, int v,
                       Error& error) override {
    version = v;
    head_.method = method_of(method);
    head_.target = view(target);
    if (target.size() > limits_.target_bytes) return refuse(414, error);
    if (!is_target(head_.target, head_.method)) return refuse(400, error);
    const std::size_t question = head_.target.find('?');
    head_.path = head_.target.substr(0, question);
    if (question != std::string_view::npos) head_.query = head_.target.substr(question + 1);
  }

  void on_field_impl(field name, beast::string_view name_text, beast::string_view value_text,
                     Error& error) override {
    if (head_.headers.size() >= limits_.headers) return refuse(431, error);
    const std::string_view value = view(value_text);
    head_.headers.push_back({view(name_text), value});
    switch (name) {
      case field::host:
        if (++hosts > 1 || !is_host(value)) refuse(400, error);
        break;
      case field::content_length:
        head_.content_length = parse_length(value);
        if (++lengths > 1 || !head_.content_length) refuse(400, error);
        break;
      case field::transfer_encoding:
        encoding_is_chunked = equal_without_case(value, "chunked");
        if (++encodings > 1 || !encoding_is_chunked) refuse(400, error);
        break;
      case field::expect:
        expect_continue = equal_without_case(value, "100-continue");
        break;
      default:
        break;
    }
  }

  void on_header_impl(Error& error) override { error = {}; }
  void on_finish_impl(Error& error) override { error = {}; }

  // Never reached: parse_head() gives this parser nothing behind the head.
  void on_response_impl(int, beast::string_view, int, Error&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, Error&) override {}
  std::size_t on_body_impl(beast::string_view, Error&) override { return 0; }
  void on_chunk_header_impl(std::uint64_t, beast::string_view, Error&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view, Error&) override { return 0; }

  Head& head_;
  const Limits& limits_;
};

}  // namespace

HeadScanner::Found HeadScanner::scan(std::string_view bytes, const Limits& limits) {
  while (scanned_ < bytes.size()) {
    const void* newline = std::memchr(bytes.data() + scanned_, '\n', bytes.size() - scanned_);
    if (newline == nullptr) break;
    const std::size_t end =
        static_cast<std::size_t>(static_cast<const char*>(newline) - bytes.data());
    if (end >= limits.header_bytes) return {0, 431};
    if (end == line_start_ || bytes[end - 1] != '\r') return {0, 400};  // a bare LF
    if (end - line_start_ == 1) return {end + 1, 0};                    // the empty line
    const char first = bytes[line_start_];
    if (first == ' ' || first == '\t') return {0, 400};  // obs-fold
    if (++lines_ > limits.headers + 1) return {0, 431};
    line_start_ = scanned_ = end + 1;
  }
  scanned_ = bytes.size();
  if (bytes.size() >= limits.header_bytes) return {0, 431};
  return {};
}

int parse_head(std::string_view bytes, const Limits& limits, Head& head, Framing& framing) {
  Parser parser(head, limits);
  Error error;
  parser.put(boost::asio::const_buffer(bytes.data(), bytes.size()), error);
  if (error || !parser.is_header_done()) return parser.status != 0 ? parser.status : 400;

  framing.http_1_1 = parser.version == 11;
  if (framing.http_1_1 && parser.hosts != 1) return 400;
  if (parser.encodings != 0) {
    // Both, or chunked to a version that has no chunks: whoever sent this wants us to disagree
    // with the proxy in front about where the body ends.
    if (parser.lengths != 0 || !framing.http_1_1) return 400;
    framing.chunked = parser.encoding_is_chunked;
  }
  framing.keep_alive = parser.keep_alive();
  framing.expect_continue = parser.expect_continue && framing.http_1_1;
  return 0;
}

struct ChunkedDecoder::Parser final : beast::http::basic_parser<true> {
  explicit Parser(std::size_t body_bytes_max) : left(body_bytes_max) {
    // The head has been read by parse_head(); this stands in for it, so that the grammar of chunks
    // is Beast's too.
    static constexpr std::string_view head =
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";
    body_limit(boost::none);
    eager(false);
    Error error;
    put(boost::asio::const_buffer(head.data(), head.size()), error);
    eager(true);
  }

  std::size_t left;
  bool too_large = false;
  std::string* body = nullptr;

 private:
  void on_chunk_header_impl(std::uint64_t size, beast::string_view, Error& error) override {
    if (size <= left) return;
    too_large = true;
    error = beast::http::error::body_limit;
  }
  std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view bytes, Error&) override {
    body->append(bytes.data(), bytes.size());
    left -= bytes.size();
    return bytes.size();
  }
  void on_field_impl(field, beast::string_view, beast::string_view, Error&) override {}  // trailers
  void on_header_impl(Error&) override {}
  void on_finish_impl(Error&) override {}
  void on_request_impl(verb, beast::string_view, beast::string_view, int, Error&) override {}
  void on_response_impl(int, beast::string_view, int, Error&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, Error&) override {}
  std::size_t on_body_impl(beast::string_view, Error&) override { return 0; }
};

ChunkedDecoder::ChunkedDecoder(std::size_t body_bytes_max)
    : parser_(std::make_unique<Parser>(body_bytes_max)) {}
ChunkedDecoder::~ChunkedDecoder() = default;

ChunkedDecoder::Step ChunkedDecoder::put(std::string_view bytes, std::string& body) {
  // What is left of a chunked body always ends in the five bytes "0\r\n\r\n"; with fewer there is
  // nothing to decide, and Beast 1.81 asserts on a last chunk that comes in smaller pieces.
  if (bytes.size() < 5) return {};
  parser_->body = &body;
  Error error;
  Step step;
  step.consumed = parser_->put(boost::asio::const_buffer(bytes.data(), bytes.size()), error);
  if (error && error != beast::http::error::need_more) step.status = parser_->too_large ? 413 : 400;
  step.done = parser_->is_done();
  return step;
}

}  // namespace changwat::http
