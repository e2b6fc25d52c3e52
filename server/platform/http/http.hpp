#pragma once
// The HTTP edge of the program: what the rest of the program sees of it. No Asio, no Beast here.
//
// One `Server` listens (plain HTTP/1.1; TLS and HTTP/2 are an edge proxy's), parses and limits, and
// hands each request to one `Application`. The application is written in plain blocking style:
//   - plan()   is called on the I/O thread as soon as the header is in, before any body is read.
//   - handle() is called with the whole body, on the I/O thread if the plan said `quick`
//              (answers from memory or from one indexed read), else on a worker thread.
// Threads: plan() and handle() are called concurrently; implementations are thread-safe.
// Limits are in Limits; every one is enforced before memory is spent.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace changwat::http {

enum class Method { get, head, post, put, patch, delete_, options, other };

std::string_view to_string(Method method);

struct Header {
  std::string_view name;  // as sent; compare with header()
  std::string_view value;
};

// The head of a request. Views are valid while the request lives.
struct Head {
  Method method = Method::get;
  std::string_view target;  // as sent: path and query, at most Limits::target_bytes
  std::string_view path;    // without query, still percent-encoded
  std::string_view query;   // without '?', still percent-encoded
  std::vector<Header> headers;
  std::optional<std::uint64_t> content_length;

  // The value of a header, compared without case; empty if absent. Repeated headers: the first.
  std::string_view header(std::string_view name) const;
};

struct Request {
  Head head;
  std::string body;
  std::string
      peer;  // remote address, or the last X-Forwarded-For hop when the peer is a trusted proxy
  std::string request_id;  // 16 hex digits, unique; also in the log line and in X-Request-Id
};

struct Plan {
  std::size_t body_bytes_max = 0;  // a larger body is answered with 413 before it is read
  bool quick = false;              // handle() may run on the I/O thread
};

// A stream of server-sent events. The server asks next() whenever the client can take more.
// Implementations are thread-safe; wake() is set by the server and called by the source when
// next() may have something new.
class EventSource {
 public:
  virtual ~EventSource() = default;
  // Text to send ("id: 7\nevent: x\ndata: {}\n\n"), empty if nothing now, nullopt to end the
  // stream.
  virtual std::optional<std::string> next() = 0;
  // Called once by the server before the first next(). `wake` may be called from any thread.
  virtual void on_wake(std::function<void()> wake) = 0;
};

struct Response {
  int status = 200;
  std::string content_type = "application/json; charset=utf-8";
  std::vector<std::pair<std::string, std::string>>
      headers{};  // without type, length, date, connection
  std::string body{};
  std::shared_ptr<const std::string>
      shared_body{};                      // used instead of body when set: bytes from a cache
  std::shared_ptr<EventSource> events{};  // used instead of both when set: text/event-stream
};

class Application {
 public:
  virtual ~Application() = default;
  virtual Plan plan(const Head& head) = 0;
  virtual Response handle(Request& request) = 0;
  // The body of an answer the server gives by itself (400, 408, 413, 414, 431, 500, 503): a problem
  // document. `status` is sent whatever the response says.
  virtual Response refuse(int status, const std::string& request_id) = 0;
};

struct Limits {
  std::size_t header_bytes = 16 * 1024;  // cumulative, request line included
  std::size_t target_bytes = 4 * 1024;
  std::size_t headers = 100;
  std::size_t connections = 10'000;
  std::size_t body_bytes_in_flight = 256u << 20;  // over all connections; beyond it: 503
  std::chrono::seconds header_time{10};
  std::chrono::seconds idle_time{60};  // keep-alive
  std::size_t body_bytes_per_second_min =
      256;                              // slower bodies are cut with 408 (after 10 s of grace)
  std::chrono::seconds drain_time{20};  // how long stop() waits for requests under way
  std::chrono::seconds body_grace{10};  // before body_bytes_per_second_min is asked for
  std::chrono::seconds send_stall{30};  // a client that takes nothing for so long is cut
  std::chrono::seconds event_ping{15};  // a comment on a silent event stream
  std::size_t requests_waiting = 1024;  // for a worker; beyond it: 503 at once
};

struct ServerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;  // 0: any free port, see Server::port()
  unsigned io_threads = 2;
  unsigned worker_threads = 64;  // mostly waiting for the disk
  Limits limits{};
  std::vector<std::string> trusted_proxies{};  // addresses whose X-Forwarded-For is believed
};

// One access-log record; given to `on_access` after each answer.
struct Access {
  const Request* request;
  int status;
  std::size_t bytes_out;
  std::chrono::microseconds took;
};

class Server {
 public:
  Server(ServerOptions options, Application& application,
         std::function<void(const Access&)> on_access);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::uint16_t port() const;  // known after construction: the socket is bound and listening
  void run();   // serves until stop(); returns when every accepted request is answered
  void stop();  // from any thread or a signal: stop accepting, finish, close streams

  // connections, requests: ever accepted; refused: answered by the server itself, or turned away;
  // in_flight: being answered now, open event streams among them.
  struct Counters {
    std::uint64_t connections, requests, refused, in_flight;
  };
  Counters counters() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace changwat::http
