#include "platform/auth/http_client.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <stdexcept>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netdb.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace changwat::auth {
namespace {

using Clock = std::chrono::steady_clock;
using Deadline = Clock::time_point;

constexpr std::size_t url_bytes_max = 2048;
constexpr std::size_t host_bytes_max = 253;
constexpr std::size_t line_bytes_max = 8 * 1024;
constexpr std::size_t chunk_line_bytes_max = 256;
constexpr int interim_replies_max = 4;

Problem failed(std::string th, std::string en) {
  return Problem(errors::remote_call_failed, std::move(th), std::move(en));
}
Problem too_slow() {
  return failed("ระบบภายนอกตอบช้าเกินกำหนด", "The other system took too long.");
}
Problem cut_short() {
  return failed("การเชื่อมต่อขาดก่อนได้รับคำตอบครบ", "The connection ended before the reply did.");
}
Problem malformed(std::string en) {
  return failed("คำตอบของระบบภายนอกผิดรูปแบบ", "The other system's reply is malformed: " + en);
}
Problem too_large() {
  return failed("คำตอบของระบบภายนอกใหญ่เกินกำหนด", "The other system's reply is too large.");
}

class Socket {
 public:
  explicit Socket(int descriptor) : descriptor_(descriptor) {}
  Socket(Socket&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  Socket& operator=(Socket&&) = delete;
  ~Socket() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

// Whether the socket became ready before the deadline.
bool wait_for(int descriptor, short events, Deadline deadline) {
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left <= 0) return false;
    pollfd waiting{descriptor, events, 0};
    const int ready = ::poll(&waiting, 1, static_cast<int>(std::min<long long>(left, 60'000)));
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return false;
  }
}

std::optional<Socket> connect_to(const addrinfo& address, Deadline deadline) {
  Socket socket(::socket(address.ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (socket.descriptor() < 0) return std::nullopt;
  if (::connect(socket.descriptor(), address.ai_addr, address.ai_addrlen) == 0) return socket;
  if (errno != EINPROGRESS || !wait_for(socket.descriptor(), POLLOUT, deadline))
    return std::nullopt;
  int error = 0;
  socklen_t length = sizeof error;
  const int asked = ::getsockopt(socket.descriptor(), SOL_SOCKET, SO_ERROR, &error, &length);
  if (asked != 0 || error != 0) return std::nullopt;
  return socket;
}

Result<Socket> connect_to_host(const Url& url, std::chrono::milliseconds connect_time,
                               Deadline deadline) {
  addrinfo wanted{};
  wanted.ai_socktype = SOCK_STREAM;
  wanted.ai_flags = AI_NUMERICSERV;
  addrinfo* found = nullptr;
  if (::getaddrinfo(url.host.c_str(), url.port.c_str(), &wanted, &found) != 0) {
    return failed("ไม่พบที่อยู่ของระบบภายนอก", "The host " + url.host + " is not known.");
  }
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> addresses(found, &::freeaddrinfo);
  for (const addrinfo* one = found; one != nullptr && Clock::now() < deadline; one = one->ai_next) {
    auto socket = connect_to(*one, std::min(deadline, Clock::now() + connect_time));
    if (socket) return std::move(*socket);
  }
  return failed("เชื่อมต่อระบบภายนอกไม่ได้", "No connection to " + url.authority + ".");
}

// Bytes to and from the peer, in the clear or through TLS. Each call is over by the deadline.
class Stream {
 public:
  virtual ~Stream() = default;
  virtual Result<Done> write(std::string_view bytes) = 0;
  // At least one byte, or 0 at the end that the peer declared.
  virtual Result<std::size_t> read(char* into, std::size_t room) = 0;
};

class PlainStream final : public Stream {
 public:
  PlainStream(int descriptor, Deadline deadline) : descriptor_(descriptor), deadline_(deadline) {}

  Result<Done> write(std::string_view bytes) override {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent >= 0) {
        bytes.remove_prefix(static_cast<std::size_t>(sent));
      } else if (errno == EAGAIN) {
        if (!wait_for(descriptor_, POLLOUT, deadline_)) return too_slow();
      } else if (errno != EINTR) {
        return cut_short();
      }
    }
    return Done{};
  }

  Result<std::size_t> read(char* into, std::size_t room) override {
    for (;;) {
      // Waiting first holds the deadline against a peer that always has one more byte.
      if (!wait_for(descriptor_, POLLIN, deadline_)) return too_slow();
      const ssize_t got = ::recv(descriptor_, into, room, 0);
      if (got >= 0) return static_cast<std::size_t>(got);
      if (errno != EAGAIN && errno != EINTR) return cut_short();
    }
  }

 private:
  const int descriptor_;
  const Deadline deadline_;
};

// OpenSSL's own socket BIO writes without MSG_NOSIGNAL: a peer that hangs up would end the program.
int quiet_write(BIO* bio, const char* bytes, int count) {
  BIO_clear_retry_flags(bio);
  const int descriptor = static_cast<int>(reinterpret_cast<std::intptr_t>(BIO_get_data(bio)));
  const ssize_t sent = ::send(descriptor, bytes, static_cast<std::size_t>(count), MSG_NOSIGNAL);
  if (sent < 0 && (errno == EAGAIN || errno == EINTR)) BIO_set_retry_write(bio);
  return static_cast<int>(sent);
}

int quiet_read(BIO* bio, char* into, int room) {
  BIO_clear_retry_flags(bio);
  const int descriptor = static_cast<int>(reinterpret_cast<std::intptr_t>(BIO_get_data(bio)));
  const ssize_t got = ::recv(descriptor, into, static_cast<std::size_t>(room), 0);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) BIO_set_retry_read(bio);
  if (got == 0) BIO_set_flags(bio, BIO_FLAGS_IN_EOF);
  return static_cast<int>(got);
}

long quiet_control(BIO* bio, int command, long, void*) {
  if (command == BIO_CTRL_FLUSH) return 1;
  if (command == BIO_CTRL_EOF) return BIO_test_flags(bio, BIO_FLAGS_IN_EOF) != 0;
  return 0;
}

struct FreeBioMethod {
  void operator()(BIO_METHOD* method) const { BIO_meth_free(method); }
};
struct FreeContext {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};
struct FreeSession {
  void operator()(SSL* session) const { SSL_free(session); }
};
using OwnedBioMethod = std::unique_ptr<BIO_METHOD, FreeBioMethod>;
using OwnedContext = std::unique_ptr<SSL_CTX, FreeContext>;
using OwnedSession = std::unique_ptr<SSL, FreeSession>;

OwnedBioMethod quiet_socket_method() {
  OwnedBioMethod method(BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "quiet socket"));
  if (!method) throw std::bad_alloc();
  BIO_meth_set_write(method.get(), quiet_write);
  BIO_meth_set_read(method.get(), quiet_read);
  BIO_meth_set_ctrl(method.get(), quiet_control);
  return method;
}

bool is_address(const std::string& host) {
  unsigned char bytes[sizeof(in6_addr)];
  return ::inet_pton(AF_INET, host.c_str(), bytes) == 1 ||
         ::inet_pton(AF_INET6, host.c_str(), bytes) == 1;
}

class TlsStream final : public Stream {
 public:
  TlsStream(SSL_CTX* context, BIO_METHOD* method, int descriptor, Deadline deadline)
      : descriptor_(descriptor), deadline_(deadline), session_(SSL_new(context)) {
    BIO* bio = BIO_new(method);
    if (!session_ || bio == nullptr) throw std::bad_alloc();
    BIO_set_data(bio, reinterpret_cast<void*>(static_cast<std::intptr_t>(descriptor)));
    BIO_set_init(bio, 1);
    SSL_set_bio(session_.get(), bio, bio);  // the session owns it
  }

  Result<Done> shake_hands(const std::string& host) {
    X509_VERIFY_PARAM* rules = SSL_get0_param(session_.get());
    X509_VERIFY_PARAM_set_hostflags(rules, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    const bool named = is_address(host)
                           ? X509_VERIFY_PARAM_set1_ip_asc(rules, host.c_str()) == 1
                           : X509_VERIFY_PARAM_set1_host(rules, host.data(), host.size()) == 1 &&
                                 SSL_set_tlsext_host_name(session_.get(), host.c_str()) == 1;
    if (!named) return failed("ชื่อระบบภายนอกใช้ไม่ได้", "The host's name cannot be used with TLS.");
    for (;;) {
      ERR_clear_error();
      const int result = SSL_connect(session_.get());
      if (result == 1) return Done{};
      const int error = SSL_get_error(session_.get(), result);
      if (is_waiting(error)) {
        TRY(wait(error));
        continue;
      }
      return handshake_problem();
    }
  }

  Result<Done> write(std::string_view bytes) override {
    while (!bytes.empty()) {
      ERR_clear_error();
      std::size_t sent = 0;
      const int result = SSL_write_ex(session_.get(), bytes.data(), bytes.size(), &sent);
      if (result == 1) {
        bytes.remove_prefix(sent);
        continue;
      }
      const int error = SSL_get_error(session_.get(), result);
      if (!is_waiting(error)) return cut_short();
      TRY(wait(error));
    }
    return Done{};
  }

  Result<std::size_t> read(char* into, std::size_t room) override {
    for (;;) {
      if (Clock::now() >= deadline_) return too_slow();
      ERR_clear_error();
      std::size_t got = 0;
      const int result = SSL_read_ex(session_.get(), into, room, &got);
      if (result == 1) return got;
      const int error = SSL_get_error(session_.get(), result);
      if (error == SSL_ERROR_ZERO_RETURN) return std::size_t{0};
      if (!is_waiting(error)) return cut_short();
      TRY(wait(error));
    }
  }

 private:
  static bool is_waiting(int error) {
    return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE;
  }

  Result<Done> wait(int error) {
    const short events = error == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT;
    if (!wait_for(descriptor_, events, deadline_)) return too_slow();
    return Done{};
  }

  Problem handshake_problem() {
    const long verdict = SSL_get_verify_result(session_.get());
    if (verdict == X509_V_OK) return failed("เริ่มการเชื่อมต่อ TLS ไม่ได้", "The TLS handshake failed.");
    return failed("ใบรับรองของระบบภายนอกเชื่อถือไม่ได้",
                  std::string("The other system's certificate is not trusted: ") +
                      X509_verify_cert_error_string(verdict) + ".");
  }

  const int descriptor_;
  const Deadline deadline_;
  const OwnedSession session_;
};

// Lines and counted bytes out of a stream.
class Reader {
 public:
  explicit Reader(Stream& stream) : stream_(stream) {}

  // One line without its end. CRLF as HTTP demands; a bare LF is refused, for two parsers might
  // disagree on it.
  Result<std::string> line(std::size_t bytes_max) {
    for (;;) {
      const std::size_t end = buffer_.find("\r\n", at_);
      if (end != std::string::npos && end - at_ <= bytes_max) {
        std::string text = buffer_.substr(at_, end - at_);
        at_ = end + 2;
        if (text.find('\n') != std::string::npos) return malformed("a bare line feed.");
        return text;
      }
      if (buffer_.size() - at_ > bytes_max) return too_large();
      TRY(fill());
    }
  }

  Result<Done> append(std::string& into, std::size_t count) {
    while (count > 0) {
      if (at_ == buffer_.size()) TRY(fill());
      const std::size_t part = std::min(count, buffer_.size() - at_);
      into.append(buffer_, at_, part);
      at_ += part;
      count -= part;
    }
    return Done{};
  }

 private:
  Result<Done> fill() {
    buffer_.erase(0, at_);
    at_ = 0;
    char piece[8 * 1024];
    const std::size_t got = TRY(stream_.read(piece, sizeof piece));
    if (got == 0) return cut_short();
    buffer_.append(piece, got);
    return Done{};
  }

  Stream& stream_;
  std::string buffer_;
  std::size_t at_ = 0;
};

bool is_token_character(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
         std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_token_character);
}

bool has_control_character(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](unsigned char c) { return (c < 0x20 && c != '\t') || c == 0x7f; });
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// Digits only: from_chars alone would stop at the first letter, and a sign is no digit.
std::optional<std::uint64_t> number(std::string_view digits, int base) {
  std::uint64_t value = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  if (digits.empty() || error != std::errc() || end != digits.data() + digits.size()) {
    return std::nullopt;
  }
  return value;
}

Result<int> parse_status_line(std::string_view line) {
  if (!line.starts_with("HTTP/1.1 ") && !line.starts_with("HTTP/1.0 ")) {
    return malformed("no HTTP/1 status line.");
  }
  const std::string_view rest = line.substr(9);
  const auto status = number(rest.substr(0, 3), 10);
  const bool ends = rest.size() == 3 || (rest.size() > 3 && rest[3] == ' ');
  if (!status || *status < 100 || *status > 599 || !ends) return malformed("the status.");
  return static_cast<int>(*status);
}

Result<HttpReply> read_head(Reader& reader, const HttpClientOptions& options) {
  HttpReply reply;
  reply.status = TRY(parse_status_line(TRY(reader.line(line_bytes_max))));
  std::size_t bytes = 0;
  for (;;) {
    const std::string line = TRY(reader.line(line_bytes_max));
    if (line.empty()) return reply;
    bytes += line.size() + 2;
    if (bytes > options.header_bytes_max) return too_large();
    const std::size_t colon = line.find(':');
    if (colon == std::string::npos || !is_token(std::string_view(line).substr(0, colon)) ||
        has_control_character(line)) {
      return malformed("a header.");
    }
    reply.headers.emplace_back(lower(std::string_view(line).substr(0, colon)),
                               trim(std::string_view(line).substr(colon + 1)));
  }
}

Result<std::string> read_chunks(Reader& reader, const HttpClientOptions& options) {
  std::string body;
  for (;;) {
    const std::string line = TRY(reader.line(chunk_line_bytes_max));
    const auto size = number(trim(std::string_view(line).substr(0, line.find(';'))), 16);
    if (!size) return malformed("a chunk's size.");
    if (*size == 0) break;
    if (*size > options.body_bytes_max - body.size()) return too_large();
    TRY(reader.append(body, static_cast<std::size_t>(*size)));
    const std::string end = TRY(reader.line(chunk_line_bytes_max));
    if (!end.empty()) return malformed("a chunk's end.");
  }
  std::size_t trailer_bytes = 0;
  for (;;) {
    const std::string trailer = TRY(reader.line(line_bytes_max));
    if (trailer.empty()) return body;
    trailer_bytes += trailer.size();
    if (trailer_bytes > options.header_bytes_max) return too_large();
  }
}

// What a reply says about its length; both ways at once is an attack (RFC 9112 section 6.3).
struct Framing {
  bool chunked = false;
  std::optional<std::uint64_t> length;
};

Result<Framing> framing_of(const HttpReply& reply) {
  Framing framing;
  for (const auto& [name, value] : reply.headers) {
    if (name == "transfer-encoding") {
      if (framing.chunked || lower(value) != "chunked") return malformed("the transfer encoding.");
      framing.chunked = true;
    } else if (name == "content-length") {
      const auto length = number(value, 10);
      if (!length || (framing.length && framing.length != length)) {
        return malformed("the content length.");
      }
      framing.length = length;
    } else if (name == "content-encoding" && lower(value) != "identity") {
      return malformed("a content encoding that was not asked for.");
    }
  }
  if (framing.chunked && framing.length) return malformed("two lengths.");
  return framing;
}

Result<std::string> read_body(Reader& reader, const HttpReply& head, bool to_head_method,
                              const HttpClientOptions& options) {
  if (to_head_method || head.status == 204 || head.status == 304) return std::string();
  const Framing framing = TRY(framing_of(head));
  if (framing.chunked) return read_chunks(reader, options);
  if (!framing.length) return malformed("it does not say how long it is.");
  if (*framing.length > options.body_bytes_max) return too_large();
  std::string body;
  TRY(reader.append(body, static_cast<std::size_t>(*framing.length)));
  return body;
}

Result<HttpReply> exchange(Stream& stream, std::string_view request, bool head_method,
                           const HttpClientOptions& options) {
  TRY(stream.write(request));
  Reader reader(stream);
  for (int i = 0; i < interim_replies_max; ++i) {
    HttpReply reply = TRY(read_head(reader, options));
    if (reply.status == 101) return malformed("a switch of protocols that was not asked for.");
    if (reply.status < 200) continue;
    reply.body = TRY(read_body(reader, reply, head_method, options));
    return reply;
  }
  return malformed("too many interim replies.");
}

// nullopt if a name or value could end its line.
std::optional<std::string> request_text(const HttpCall& call, const Url& url) {
  if (!is_token(call.method)) return std::nullopt;
  std::string text =
      call.method + " " + url.target + " HTTP/1.1\r\nHost: " + url.authority + "\r\n";
  for (const auto& [name, value] : call.headers) {
    if (!is_token(name) || has_control_character(value)) return std::nullopt;
    text += name + ": " + value + "\r\n";
  }
  const bool has_body = !call.body.empty() || (call.method != "GET" && call.method != "HEAD");
  if (has_body) text += "Content-Length: " + std::to_string(call.body.size()) + "\r\n";
  text += "Connection: close\r\n\r\n";
  return text + call.body;
}

void trust(SSL_CTX* context, const std::string& authorities_pem) {
  if (authorities_pem.empty()) {
    if (SSL_CTX_set_default_verify_paths(context) != 1) {
      throw std::runtime_error("the system's certificate authorities cannot be read");
    }
    return;
  }
  const std::unique_ptr<BIO, decltype(&BIO_free)> pem(
      BIO_new_mem_buf(authorities_pem.data(), static_cast<int>(authorities_pem.size())), &BIO_free);
  X509_STORE* store = SSL_CTX_get_cert_store(context);
  int added = 0;
  while (X509* certificate = PEM_read_bio_X509(pem.get(), nullptr, nullptr, nullptr)) {
    added += X509_STORE_add_cert(store, certificate);
    X509_free(certificate);
  }
  ERR_clear_error();  // the end of the text counts as an error there
  if (added == 0) throw std::runtime_error("no certificate authority could be read");
}

}  // namespace

struct HttpClient::Tls {
  OwnedBioMethod method = quiet_socket_method();
  OwnedContext context{SSL_CTX_new(TLS_client_method())};

  explicit Tls(const std::string& authorities_pem) {
    if (!context) throw std::bad_alloc();
    SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_mode(context.get(),
                     SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    trust(context.get(), authorities_pem);
  }
};

HttpClient::HttpClient(HttpClientOptions options)
    : options_(std::move(options)), tls_(std::make_unique<Tls>(options_.authorities_pem)) {}

HttpClient::~HttpClient() = default;

Result<HttpReply> HttpClient::send(const HttpCall& call) const {
  const auto url = Url::parse(call.url);
  const auto request = url ? request_text(call, *url) : std::nullopt;
  if (!request)
    return failed("ที่อยู่หรือส่วนหัวของคำขอใช้ไม่ได้", "The call's address or a header is not right.");
  const Deadline deadline = Clock::now() + options_.total_time;
  const Socket socket = TRY(connect_to_host(*url, options_.connect_time, deadline));
  const bool head_method = call.method == "HEAD";
  if (!url->tls) {
    PlainStream stream(socket.descriptor(), deadline);
    return exchange(stream, *request, head_method, options_);
  }
  TlsStream stream(tls_->context.get(), tls_->method.get(), socket.descriptor(), deadline);
  TRY(stream.shake_hands(url->host));
  return exchange(stream, *request, head_method, options_);
}

std::string_view HttpReply::header(std::string_view name) const {
  for (const auto& [held, value] : headers) {
    if (held == name) return value;
  }
  return {};
}

std::optional<Url> Url::parse(std::string_view text) {
  const auto is_odd = [](unsigned char c) {
    return c <= 0x20 || c >= 0x7f || c == '#' || c == '\\';
  };
  if (text.size() > url_bytes_max || std::any_of(text.begin(), text.end(), is_odd)) {
    return std::nullopt;
  }
  Url url;
  if (text.starts_with("https://")) {
    url.tls = true;
  } else if (!text.starts_with("http://")) {
    return std::nullopt;
  }
  text.remove_prefix(url.tls ? 8 : 7);
  const std::string_view authority = text.substr(0, text.find_first_of("/?"));
  url.target = std::string(text.substr(authority.size()));
  if (!url.target.starts_with('/')) url.target.insert(0, "/");
  std::string_view host = authority;
  std::string_view rest;
  if (authority.starts_with('[')) {
    const std::size_t end = authority.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    host = authority.substr(1, end - 1);
    rest = authority.substr(end + 1);
    unsigned char bytes[sizeof(in6_addr)];
    if (::inet_pton(AF_INET6, std::string(host).c_str(), bytes) != 1) return std::nullopt;
  } else {
    host = authority.substr(0, authority.find(':'));
    rest = authority.substr(host.size());
    const auto is_host_character = [](char c) { return is_token_character(c) && c != '%'; };
    if (!std::all_of(host.begin(), host.end(), is_host_character)) return std::nullopt;
  }
  if (host.empty() || host.size() > host_bytes_max) return std::nullopt;
  url.host = lower(host);
  url.port = url.tls ? "443" : "80";
  if (!rest.empty()) {
    const auto port = number(rest.substr(1), 10);
    if (rest[0] != ':' || !port || *port == 0 || *port > 65535) return std::nullopt;
    url.port = std::to_string(*port);
  }
  url.authority = std::string(authority);
  return url;
}

bool Url::is_private() const {
  return tls || host == "localhost" || host == "::1" || host == "127.0.0.1";
}

}  // namespace changwat::auth
