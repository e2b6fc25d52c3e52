#pragma once
// A small HTTP/1.1 client for the few calls that the program makes by itself (an identity
// provider's discovery, keys and tokens). Blocking: one connection a call, no redirects followed,
// no cookies, no compression, no proxy.
//
// TLS is 1.2 or later; the certificate is verified against the system's authorities (or those in
// the options) and against the host's name or address; there is no switch to turn that off. Limits:
// every call ends by its deadline, but for the look-up of a host's name, which the system's
// resolver bounds (resolv.conf: 5 s and 2 attempts by default). Threads: a const HttpClient may be
// used concurrently. Errors: remote_call_failed, with the reason; nothing about a peer throws.

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace changwat::errors {
inline constexpr ErrorKind remote_call_failed{"remote_call_failed", 502,
                                              "เรียกระบบภายนอกไม่สำเร็จ โปรดลองใหม่ภายหลัง",
                                              "A call to another system failed. Try again later."};
}

namespace changwat::auth {

struct Url {
  bool tls = false;
  std::string host;          // without brackets
  std::string port;          // digits
  std::string target = "/";  // path and query
  std::string authority;     // host and port as written: the Host header

  // http and https only; no user, no fragment, no white space or control characters; at most 2048
  // bytes.
  static std::optional<Url> parse(std::string_view text);

  // Whether what is sent cannot be read on the way: https, or a loopback address.
  bool is_private() const;
};

struct HttpCall {
  std::string method = "GET";
  std::string url;
  std::vector<std::pair<std::string, std::string>>
      headers;  // besides Host, Content-Length, Connection
  std::string body;
};

struct HttpReply {
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
  std::string body;

  // The first header of that lower-case name; empty if absent.
  std::string_view header(std::string_view name) const;
};

struct HttpClientOptions {
  std::chrono::milliseconds connect_time{5'000};  // for each of the host's addresses
  std::chrono::milliseconds total_time{10'000};   // from the connection's begin to the reply's end
  std::size_t header_bytes_max = 32 * 1024;
  std::size_t body_bytes_max = 1024 * 1024;
  std::string authorities_pem;  // certificates trusted instead of the system's; empty: the system's
};

class HttpClient {
 public:
  explicit HttpClient(HttpClientOptions options = {});  // throws if the authorities cannot be read
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  // The reply whatever its status. Fails on a body larger than allowed, cut short, or whose length
  // is given neither by Content-Length nor by chunks.
  Result<HttpReply> send(const HttpCall& call) const;

 private:
  struct Tls;
  const HttpClientOptions options_;
  const std::unique_ptr<Tls> tls_;
};

}  // namespace changwat::auth
