// The server as its clients see it: a real server on a free port, raw sockets.

#include "platform/http/http.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <deque>
#include <future>
#include <mutex>
#include <stdexcept>
#include <thread>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "platform/log/log.hpp"

namespace changwat::http {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;
using Clock = std::chrono::steady_clock;

// Longer than anything here takes, so that a failure is a failure and not a slow machine.
constexpr auto patience = 10s;

class Client {
 public:
  explicit Client(std::uint16_t port, int receive_buffer = 0)
      : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
    if (receive_buffer > 0) {
      ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    }
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
      throw std::runtime_error("connect");
    }
  }
  ~Client() { close(); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  void close() {
    if (fd_ >= 0) ::close(std::exchange(fd_, -1));
  }

  // False if the server took no more.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  void end_sending() { ::shutdown(fd_, SHUT_WR); }

  // Receives until `enough` says so, the server closes, or patience ends. True if enough.
  template <class Enough>
  bool receive_until(Enough enough, std::chrono::milliseconds time = patience) {
    const auto until = Clock::now() + time;
    while (!enough(received)) {
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now());
      pollfd ready{fd_, POLLIN, 0};
      if (left.count() <= 0 || ::poll(&ready, 1, static_cast<int>(left.count())) <= 0) return false;
      char buffer[65536];
      const ssize_t count = ::recv(fd_, buffer, sizeof buffer, 0);
      if (count <= 0) {
        closed = true;
        return enough(received);
      }
      received.append(buffer, static_cast<std::size_t>(count));
    }
    return true;
  }
  bool receive_text(std::string_view text) {
    return receive_until([&](const std::string& all) { return all.find(text) != all.npos; });
  }
  bool receive_close() {
    receive_until([](const std::string&) { return false; });
    return closed;
  }

  std::string received;
  bool closed = false;

 private:
  int fd_;
};

// What stands between each `before` and the `after` that follows it.
std::vector<std::string> all_between(const std::string& all, std::string_view before,
                                     std::string_view after) {
  std::vector<std::string> found;
  for (std::size_t at = all.find(before); at != all.npos; at = all.find(before, at)) {
    at += before.size();
    found.push_back(all.substr(at, all.find(after, at) - at));
  }
  return found;
}

std::vector<int> statuses_in(const std::string& received) {
  std::vector<int> statuses;
  for (const std::string& status : all_between(received, "HTTP/1.1 ", " ")) {
    statuses.push_back(std::stoi(status));
  }
  return statuses;
}

std::size_t count_of(const std::string& all, std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = all.find(text); at != all.npos; at = all.find(text, at + 1)) ++count;
  return count;
}

class Feed : public EventSource {
 public:
  std::optional<std::string> next() override {
    const std::lock_guard lock(mutex_);
    if (!queue_.empty()) {
      std::string text = std::move(queue_.front());
      queue_.pop_front();
      return text;
    }
    if (ended_) return std::nullopt;
    return endless_;
  }
  void on_wake(std::function<void()> wake) override {
    const std::lock_guard lock(mutex_);
    wake_ = std::move(wake);
    hooked_.notify_all();
  }
  void publish(std::string text) {
    change([&] { queue_.push_back(std::move(text)); });
  }
  void end() {
    change([&] { ended_ = true; });
  }
  void flood(std::string text) {
    change([&] { endless_ = std::move(text); });
  }
  void wake_only() {
    change([] {});
  }

 private:
  template <class Change>
  void change(Change apply) {
    std::unique_lock lock(mutex_);
    hooked_.wait(lock, [this] { return wake_ != nullptr; });
    apply();
    const auto wake = wake_;
    lock.unlock();
    wake();
  }
  std::mutex mutex_;
  std::condition_variable hooked_;
  std::deque<std::string> queue_;
  std::string endless_;
  bool ended_ = false;
  std::function<void()> wake_;
};

// Blocks its visitors until it is opened, and counts them.
class Gate {
 public:
  void pass() {
    std::unique_lock lock(mutex_);
    ++visitors_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return open_; });
  }
  void wait_for_visitors(int count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return visitors_ >= count; });
  }
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int visitors_ = 0;
  bool open_ = false;
};

class TestApplication : public Application {
 public:
  Plan plan(const Head& head) override {
    ++plans;
    if (head.path == "/plan-throws") throw std::runtime_error("no plan");
    return {.body_bytes_max = head.path == "/none" ? 0u : 1000u << (head.path == "/big" ? 15 : 0),
            .quick = head.path != "/slow" && head.path != "/worker"};
  }
  Response handle(Request& request) override {
    const std::string_view path = request.head.path;
    Response response;
    if (path == "/slow") gate.pass();
    if (path == "/throws") throw std::runtime_error("broken world");
    if (path == "/bad-status") response.status = 99;
    if (path == "/empty") response.status = 204;
    if (path == "/injects") response.headers.emplace_back("X-Evil", "a\r\nX-Other: b");
    if (path == "/large") response.body.assign(300'000, 'x');
    if (path == "/shared") response.shared_body = large_body;
    if (path == "/events") response.events = feed;
    if (path == "/peer") response.body = request.peer;
    if (response.body.empty() && path != "/empty") {
      response.body = "<" + std::string(to_string(request.head.method)) + " " +
                      std::string(request.head.target) + " " + request.body.substr(0, 100) + ">";
    }
    return response;
  }
  Response refuse(int status, const std::string& request_id) override {
    Response response;
    response.content_type = "application/problem+json";
    response.body =
        "{\"status\":" + std::to_string(status) + ",\"request_id\":\"" + request_id + "\"}";
    return response;
  }

  std::atomic<int> plans{0};
  Gate gate;
  std::shared_ptr<Feed> feed = std::make_shared<Feed>();
  std::shared_ptr<const std::string> large_body = std::make_shared<std::string>(8u << 20, 's');
};

// A server that runs while the test does.
class Running {
 public:
  explicit Running(ServerOptions options = {})
      : server(free_port(std::move(options)), application,
               [this](const Access& access) {
                 const std::lock_guard lock(mutex_);
                 accesses_.push_back(std::string(access.request->head.path) + " " +
                                     std::to_string(access.status));
               }),
        thread_([this] {
          server.run();
          ended = true;
        }) {}
  ~Running() {
    application.gate.open();
    stop();
  }
  void stop() {
    server.stop();
    if (thread_.joinable()) thread_.join();
  }
  std::uint16_t port() const { return server.port(); }
  std::vector<std::string> accesses() {
    const std::lock_guard lock(mutex_);
    return accesses_;
  }

  TestApplication application;
  std::atomic<bool> ended{false};
  Server server;

 private:
  static ServerOptions free_port(ServerOptions options) {
    options.port = 0;
    return options;
  }
  std::mutex mutex_;
  std::vector<std::string> accesses_;
  std::thread thread_;
};

std::string get(std::string_view path, std::string_view more = {}) {
  return "GET " + std::string(path) + " HTTP/1.1\r\nHost: x\r\n" + std::string(more) + "\r\n";
}

std::string post(std::string_view path, std::string_view headers, std::string_view body) {
  return "POST " + std::string(path) + " HTTP/1.1\r\nHost: x\r\n" + std::string(headers) + "\r\n" +
         std::string(body);
}

std::string chunked(std::string_view body, std::string_view path = "/") {
  return post(path, "Transfer-Encoding: chunked\r\n", body);
}

// --- The hardening matrix
// -------------------------------------------------------------------------

enum class After { open, closed };

struct Hardening {
  std::string name;
  std::string bytes;
  std::vector<int> statuses;
  After after = After::closed;
};

std::string many_headers(int count) {
  std::string headers;
  for (int i = 0; i < count; ++i) headers += "X-" + std::to_string(i) + ": a\r\n";
  return headers;
}

std::vector<Hardening> hardening_matrix() {
  const std::string g = get("/smuggled");
  const std::string line = "GET /x HTTP/1.1\r\n";
  return {
      {"two pipelined requests", get("/a") + get("/b"), {200, 200}, After::open},
      {"an empty line before a request", "\r\n" + get("/a"), {200}, After::open},
      {"HTTP/1.0", "GET /a HTTP/1.0\r\n\r\n", {200}},
      {"HTTP/1.0 with keep-alive",
       "GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
       {200},
       After::open},
      {"Connection: close", get("/a", "Connection: close\r\n"), {200}},
      {"nothing after Connection: close is answered",
       get("/a", "Connection: close\r\n") + g,
       {200}},
      {"OPTIONS *", "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", {200}, After::open},
      {"a body with its length",
       post("/a", "Content-Length: 5\r\n", "hello") + g,
       {200, 200},
       After::open},
      {"a chunked body", chunked("5\r\nhello\r\n0\r\n\r\n") + g, {200, 200}, After::open},
      {"chunks with extensions and trailers",
       chunked("5;a=b;c=\"d\"\r\nhello\r\n0\r\nX-Trailer: t\r\n\r\n") + g,
       {200, 200},
       After::open},
      {"an empty chunked body where none is planned",
       chunked("0\r\n\r\n", "/none"),
       {200},
       After::open},
      {"a zero length", post("/none", "Content-Length: 0\r\n", ""), {200}, After::open},

      {"no Host in 1.1", "GET /x HTTP/1.1\r\n\r\n", {400}},
      {"two Hosts", get("/x", "Host: y\r\n"), {400}},
      {"two Hosts in 1.0", "GET /x HTTP/1.0\r\nHost: x\r\nHost: y\r\n\r\n", {400}},
      {"an empty Host", line + "Host:\r\n\r\n", {400}},
      {"a Host with a path", line + "Host: x/y\r\n\r\n", {400}},
      {"a Host that is a list", line + "Host: x, y\r\n\r\n", {400}},
      {"Content-Length and chunked",
       post("/x", "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\nX") + g,
       {400}},
      {"chunked and Content-Length",
       post("/x", "Transfer-Encoding: chunked\r\nContent-Length: 6\r\n", "0\r\n\r\nX") + g,
       {400}},
      {"two different lengths",
       post("/x", "Content-Length: 5\r\nContent-Length: 0\r\n", "hello") + g,
       {400}},
      {"two equal lengths",
       post("/x", "Content-Length: 5\r\nContent-Length: 5\r\n", "hello") + g,
       {400}},
      {"a list of lengths", post("/x", "Content-Length: 5, 5\r\n", "hello") + g, {400}},
      {"a length with a sign", post("/x", "Content-Length: +5\r\n", "hello") + g, {400}},
      {"a negative length", post("/x", "Content-Length: -5\r\n", "hello") + g, {400}},
      {"a hexadecimal length", post("/x", "Content-Length: 0x5\r\n", "hello") + g, {400}},
      {"an empty length", post("/x", "Content-Length:\r\n", "hello") + g, {400}},
      {"a length beyond 64 bits",
       post("/x", "Content-Length: 18446744073709551616\r\n", "hello"),
       {400}},
      {"a space before the colon", post("/x", "Content-Length : 5\r\n", "hello") + g, {400}},
      {"an unknown transfer coding",
       post("/x", "Transfer-Encoding: xchunked\r\n", "hello") + g,
       {400}},
      {"gzip, chunked", post("/x", "Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n") + g, {400}},
      {"chunked, identity",
       post("/x", "Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n") + g,
       {400}},
      {"an empty transfer coding",
       post("/x", "Transfer-Encoding:\r\nContent-Length: 5\r\n", "hello") + g,
       {400}},
      {"two transfer codings",
       post("/x", "Transfer-Encoding: chunked\r\nTransfer-Encoding: eee\r\n", "0\r\n\r\n") + g,
       {400}},
      {"chunked twice",
       post("/x", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n") + g,
       {400}},
      {"chunked in 1.0", "POST /x HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", {400}},
      {"bare LF", "GET /x HTTP/1.1\nHost: x\n\n", {400}},
      {"one bare LF among headers", line + "Host: x\nX-A: b\r\n\r\n", {400}},
      {"bare CR in a value", line + "Host: x\r\nX-A: b\rc\r\n\r\n", {400}},
      {"an obsolete fold", line + "Host: x\r\nX-A: b\r\n c\r\n\r\n", {400}},
      {"a fold after an empty value", line + "Host: x\r\nX-A:\r\n\tc\r\n\r\n", {400}},
      {"a fold before the first header", line + " Host: x\r\n\r\n", {400}},
      {"NUL in a value", line + "Host: x\r\nX-A: b\0c\r\n\r\n"s, {400}},
      {"NUL in a name", line + "Host: x\r\nX-\0A: b\r\n\r\n"s, {400}},
      {"a header without a colon", line + "Host: x\r\nnonsense\r\n\r\n", {400}},
      {"an empty header name", line + "Host: x\r\n: b\r\n\r\n", {400}},
      {"absolute-form", "GET http://x/a HTTP/1.1\r\nHost: x\r\n\r\n", {400}},
      {"authority-form", "CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n", {400}},
      {"* for GET", "GET * HTTP/1.1\r\nHost: x\r\n\r\n", {400}},
      {"a target without a slash", "GET a HTTP/1.1\r\nHost: x\r\n\r\n", {400}},
      {"a fragment", "GET /a#b HTTP/1.1\r\nHost: x\r\n\r\n", {400}},
      {"raw bytes in the target", "GET /\xE0\xB8\x99 HTTP/1.1\r\nHost: x\r\n\r\n", {400}},
      {"a control character in the target", "GET /a\x01 HTTP/1.1\r\nHost: x\r\n\r\n", {400}},
      {"two spaces in the request line", "GET  /x HTTP/1.1\r\nHost: x\r\n\r\n", {400}},
      {"a tab in the request line", "GET\t/x HTTP/1.1\r\nHost: x\r\n\r\n", {400}},
      {"HTTP/0.9", "GET /\r\n\r\n", {400}},
      {"the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", {400}},
      {"HTTP/1.2", "GET / HTTP/1.2\r\nHost: x\r\n\r\n", {400}},
      {"a small http", "GET / http/1.1\r\nHost: x\r\n\r\n", {400}},
      {"TLS spoken to a plain port",
       "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"s,
       {400}},
      {"a header line of 100 KB", get("/x", "X-A: " + std::string(100'000, 'a') + "\r\n"), {431}},
      {"a request line of 100 KB", get("/" + std::string(100'000, 'a')), {431}},
      {"a target of 5 KB", get("/" + std::string(5'000, 'a')), {414}},
      {"2000 headers", get("/x", many_headers(2000)), {431}},
      {"101 headers", get("/x", many_headers(100)), {431}},
      {"100 headers", get("/x", many_headers(99)), {200}, After::open},

      {"10 GB announced", post("/x", "Content-Length: 10737418240\r\n", "abc"), {413}},
      {"one byte more than planned",
       post("/x", "Content-Length: 1001\r\n", std::string(1001, 'a')),
       {413}},
      {"as many bytes as planned",
       post("/x", "Content-Length: 1000\r\n", std::string(1000, 'a')),
       {200},
       After::open},
      {"a body where none is planned", post("/none", "Content-Length: 1\r\n", "a"), {413}},
      {"chunks beyond the plan",
       chunked("3E8\r\n" + std::string(1000, 'a') + "\r\n1\r\nb\r\n0\r\n\r\n"),
       {413}},
      {"chunks up to the plan",
       chunked("3E8\r\n" + std::string(1000, 'a') + "\r\n0\r\n\r\n"),
       {200},
       After::open},
      {"a chunk of size -2", chunked("-2\r\nabcd\r\n0\r\n\r\n"), {400}},
      {"a chunk of size 0x2", chunked("0x2\r\nab\r\n0\r\n\r\n"), {400}},
      {"a chunk of 17 hex digits", chunked("FFFFFFFFFFFFFFFFF\r\nabcd\r\n0\r\n\r\n"), {400}},
      {"a chunk of 2^64-1", chunked("FFFFFFFFFFFFFFFF\r\nabcd\r\n0\r\n\r\n"), {413}},
      {"a chunk extension ended by bare LF", chunked("2;a\nxx\r\n0\r\n\r\n") + g, {400}},
      {"a chunk header ended by bare LF", chunked("2\nxx\r\n0\r\n\r\n") + g, {400}},
      {"a chunk longer than its size", chunked("2\r\nabcd\r\n0\r\n\r\n") + g, {400}},
      {"a chunk extension of 20 KB",
       chunked("2;a=" + std::string(20'000, 'b') + "\r\nxx\r\n0\r\n\r\n"),
       {400}},
      {"trailers of 20 KB", chunked("0\r\nX-T: " + std::string(20'000, 'b') + "\r\n\r\n"), {400}},
      {"a trailer that would change the framing",
       chunked("0\r\nContent-Length: 5\r\n\r\n") + g,
       {400}},
  };
}

TEST(HttpHardening, AnswersEachRowOfTheMatrixAsStandsThere) {
  Running running;
  for (const Hardening& row : hardening_matrix()) {
    SCOPED_TRACE(row.name);
    Client client(running.port());
    client.send(row.bytes);
    if (row.after == After::closed) {
      EXPECT_TRUE(client.receive_close());
    } else {
      EXPECT_TRUE(client.receive_until(
          [&](const std::string& all) { return statuses_in(all).size() >= row.statuses.size(); }));
      // It is open if it answers one more.
      client.send(get("/still-open", "Connection: close\r\n"));
      EXPECT_TRUE(client.receive_text("/still-open"));
      EXPECT_TRUE(client.receive_close());
    }
    std::vector<int> expected = row.statuses;
    if (row.after == After::open) expected.push_back(200);
    EXPECT_EQ(statuses_in(client.received), expected) << client.received.substr(0, 500);
  }
}

TEST(HttpHardening, AnswersTheSameWhenEachByteComesAlone) {
  Running running;
  for (const Hardening& row : hardening_matrix()) {
    if (row.bytes.size() > 200 || row.after != After::open) continue;
    SCOPED_TRACE(row.name);
    Client client(running.port());
    for (const char byte : row.bytes) client.send({&byte, 1});
    client.send(get("/still-open", "Connection: close\r\n"));
    EXPECT_TRUE(client.receive_close());
    std::vector<int> expected = row.statuses;
    expected.push_back(200);
    EXPECT_EQ(statuses_in(client.received), expected);
  }
}

// How much of something endless the server takes before it ends the connection.
std::size_t bytes_accepted(std::uint16_t port, std::string_view start, std::string_view again) {
  Client client(port);
  std::size_t accepted = 0;
  if (!client.send(start)) return 0;
  while (accepted < (200u << 20) && client.send(again)) accepted += again.size();
  return accepted;
}

TEST(HttpHardening, TakesOnlyALittleOfWhatNeverEnds) {
  Running running;
  const std::string block(64 * 1024, 'a');
  const std::string chunk = "10000\r\n" + block + "\r\n";
  constexpr std::size_t few_bytes = 12u << 20;  // a dropped megabyte, and the kernel's buffers
  EXPECT_LT(bytes_accepted(running.port(), "GET / HTTP/1.1\r\nX-A: ", block), few_bytes);
  EXPECT_LT(bytes_accepted(running.port(), "GET /", block), few_bytes);
  EXPECT_LT(bytes_accepted(running.port(), chunked(""), chunk), few_bytes);
  EXPECT_LT(bytes_accepted(running.port(), chunked("1;"), block), few_bytes);
  EXPECT_LT(bytes_accepted(running.port(), chunked("0\r\nX-T: "), block), few_bytes);
  EXPECT_LT(bytes_accepted(running.port(), chunked("", "/big"),
                           "1;" + std::string(5000, 'e') + "\r\na\r\n"),
            few_bytes);
}

// --- What every answer has
// ------------------------------------------------------------------------

TEST(Http, GivesEveryAnswerADateAnIdAndALength) {
  Running running;
  Client client(running.port());
  client.send(get("/a") + "nonsense\r\n\r\n");
  EXPECT_TRUE(client.receive_close());
  EXPECT_EQ(statuses_in(client.received), (std::vector{200, 400}));
  EXPECT_EQ(count_of(client.received, "\r\nDate: "), 2u);
  EXPECT_EQ(count_of(client.received, " GMT\r\n"), 2u);
  EXPECT_EQ(count_of(client.received, "\r\nContent-Length: "), 2u);
  EXPECT_EQ(count_of(client.received, "\r\nConnection: close\r\n"), 1u);
  const std::vector<std::string> ids = all_between(client.received, "X-Request-Id: ", "\r\n");
  ASSERT_EQ(ids.size(), 2u);
  for (const std::string& id : ids) {
    EXPECT_EQ(id.size(), 16u);
    EXPECT_EQ(id.find_first_not_of("0123456789abcdef"), id.npos);
  }
  EXPECT_NE(ids[0], ids[1]);
  EXPECT_EQ(count_of(client.received, "\"request_id\":\"" + ids[1]), 1u);
}

TEST(Http, AnswersHeadWithTheLengthAndWithoutTheBody) {
  Running running;
  Client client(running.port());
  client.send("HEAD /large HTTP/1.1\r\nHost: x\r\n\r\n" + get("/last", "Connection: close\r\n"));
  EXPECT_TRUE(client.receive_close());
  EXPECT_EQ(statuses_in(client.received), (std::vector{200, 200}));
  EXPECT_NE(client.received.find("Content-Length: 300000\r\n"), std::string::npos);
  EXPECT_LT(client.received.size(), 1000u);
}

TEST(Http, SendsNeitherBodyNorLengthWith204) {
  Running running;
  Client client(running.port());
  client.send(get("/empty", "Connection: close\r\n"));
  EXPECT_TRUE(client.receive_close());
  EXPECT_TRUE(client.received.starts_with("HTTP/1.1 204 No Content\r\n"));
  EXPECT_EQ(count_of(client.received, "Content-"), 0u);
}

TEST(Http, SendsLargeBodiesWholeToSlowReaders) {
  Running running;
  Client client(running.port(), 4096);
  client.send(get("/shared") + get("/large") + get("/last", "Connection: close\r\n"));
  EXPECT_TRUE(client.receive_close());
  EXPECT_EQ(count_of(client.received, std::string(300'000, 'x')), 1u);
  EXPECT_EQ(
      static_cast<std::size_t>(std::count(client.received.begin(), client.received.end(), 's')) /
          1000,
      (8u << 20) / 1000);
  EXPECT_TRUE(client.received.ends_with("<GET /last >"));
}

TEST(Http, AnswersPipelinedRequestsInOrderQuickOrNot) {
  Running running;
  Client client(running.port());
  std::string requests;
  std::string expected;
  for (int i = 0; i < 200; ++i) {
    const std::string path = (i % 3 == 0 ? "/worker?" : "/quick?") + std::to_string(i);
    requests += i % 5 == 0   ? post(path, "Content-Length: 3\r\n", "abc")
                : i % 7 == 0 ? post(path, "Transfer-Encoding: chunked\r\n", "3\r\nabc\r\n0\r\n\r\n")
                             : get(path);
    expected += (i % 5 == 0 || i % 7 == 0 ? "<POST " + path + " abc>" : "<GET " + path + " >");
  }
  client.send(requests);
  client.end_sending();
  EXPECT_TRUE(client.receive_close());
  std::string bodies;
  for (const std::string& body : all_between(client.received, "<", ">")) bodies += "<" + body + ">";
  EXPECT_EQ(bodies, expected);
}

TEST(Http, AsksForTheBodyOnlyAfterThePlanAllowedIt) {
  Running running;
  const std::string expect = "Expect: 100-continue\r\nContent-Length: ";
  Client allowed(running.port());
  allowed.send(post("/a", expect + "5\r\n", ""));
  ASSERT_TRUE(allowed.receive_text("HTTP/1.1 100 Continue\r\n\r\n"));
  EXPECT_EQ(statuses_in(allowed.received), (std::vector{100}));
  allowed.send("hello");
  EXPECT_TRUE(allowed.receive_text("<POST /a hello>"));

  Client refused(running.port());
  refused.send(post("/a", expect + "5000\r\n", ""));
  EXPECT_TRUE(refused.receive_text("\"status\":413"));
  EXPECT_EQ(statuses_in(refused.received), (std::vector{413}));

  Client impatient(running.port());  // sends the body without waiting: nothing to ask for
  impatient.send(post("/a", expect + "5\r\nConnection: close\r\n", "hello"));
  EXPECT_TRUE(impatient.receive_close());
  EXPECT_EQ(statuses_in(impatient.received), (std::vector{200}));
}

TEST(Http, TurnsExceptionsOfHandlersIntoAnswers) {
  log::set_level(log::Level::off);
  Running running;
  Client client(running.port());
  client.send(get("/throws") + get("/bad-status") + get("/ok") + get("/plan-throws"));
  EXPECT_TRUE(client.receive_close());
  EXPECT_EQ(statuses_in(client.received), (std::vector{500, 500, 200, 500}));
  EXPECT_EQ(count_of(client.received, "broken world"), 0u);
  log::set_level(log::Level::info);
}

TEST(Http, DropsHeadersThatWouldSplitTheAnswer) {
  log::set_level(log::Level::off);
  Running running;
  Client client(running.port());
  client.send(get("/injects", "Connection: close\r\n"));
  EXPECT_TRUE(client.receive_close());
  EXPECT_EQ(count_of(client.received, "X-Other"), 0u);
  log::set_level(log::Level::info);
}

TEST(Http, BelievesForwardedAddressesFromTrustedProxiesOnly) {
  Running untrusting;
  Running trusting({.trusted_proxies = {"127.0.0.1"}});
  const auto peer_seen = [](Running& running, std::string_view headers) {
    Client client(running.port());
    client.send(get("/peer", std::string(headers) + "Connection: close\r\n"));
    client.receive_close();
    return client.received.substr(client.received.find("\r\n\r\n") + 4);
  };
  EXPECT_EQ(peer_seen(untrusting, "X-Forwarded-For: 203.0.113.9\r\n"), "127.0.0.1");
  EXPECT_EQ(peer_seen(trusting, ""), "127.0.0.1");
  EXPECT_EQ(peer_seen(trusting, "X-Forwarded-For: 1.2.3.4, 203.0.113.9\r\n"), "203.0.113.9");
  EXPECT_EQ(peer_seen(trusting, "X-Forwarded-For: 1.2.3.4\r\nX-Forwarded-For: 2001:db8::1\r\n"),
            "2001:db8::1");
  EXPECT_EQ(peer_seen(trusting, "X-Forwarded-For: <script>\r\n"), "127.0.0.1");
}

TEST(Http, RecordsEachAnswerOnce) {
  Running running;
  Client client(running.port());
  client.send(get("/a") + post("/b", "Content-Length: 9999\r\n", ""));
  EXPECT_TRUE(client.receive_close());
  client.close();
  running.stop();
  EXPECT_EQ(running.accesses(), (std::vector<std::string>{"/a 200", "/b 413"}));
  const Server::Counters counters = running.server.counters();
  EXPECT_EQ(counters.connections, 1u);
  EXPECT_EQ(counters.requests, 2u);
  EXPECT_EQ(counters.refused, 1u);
  EXPECT_EQ(counters.in_flight, 0u);
}

// --- Limits
// ---------------------------------------------------------------------------------------

TEST(HttpLimits, AnswersOverloadOfTheWorkersAtOnce) {
  Running running({.worker_threads = 1, .limits = {.requests_waiting = 2}});
  std::deque<Client> waiting;
  waiting.emplace_back(running.port()).send(get("/slow?0"));
  running.application.gate.wait_for_visitors(1);
  for (int i = 1; i <= 2; ++i) {
    waiting.emplace_back(running.port()).send(get("/slow?" + std::to_string(i)));
  }
  while (running.server.counters().in_flight < 3) std::this_thread::yield();

  Client refused(running.port());
  refused.send(get("/slow?3"));
  EXPECT_TRUE(refused.receive_text("\"status\":503"));
  EXPECT_NE(refused.received.find("Retry-After: 1\r\n"), std::string::npos);
  refused.send(get("/quick"));  // quick requests need no worker, and the connection lives on
  EXPECT_TRUE(refused.receive_text("<GET /quick >"));

  running.application.gate.open();
  for (Client& client : waiting) EXPECT_TRUE(client.receive_text("<GET /slow?"));
}

TEST(HttpLimits, AnswersBodiesBeyondTheBudgetOfAllConnections) {
  Running running({.io_threads = 1, .limits = {.body_bytes_in_flight = 1500}});
  Client first(running.port());
  first.send(post("/a", "Content-Length: 1000\r\nExpect: 100-continue\r\n", ""));
  ASSERT_TRUE(first.receive_text("100 Continue"));
  Client second(running.port());
  second.send(post("/b", "Content-Length: 1000\r\n", ""));
  EXPECT_TRUE(second.receive_text("\"status\":503"));
  Client third(running.port());
  third.send(chunked("320\r\n" + std::string(800, 'c') + "\r\n"));
  EXPECT_TRUE(third.receive_text("\"status\":503"));

  first.send(std::string(1000, 'a'));
  EXPECT_TRUE(first.receive_text("<POST /a aaa"));
  Client fourth(running.port());  // the first has given its share back
  fourth.send(post("/d", "Content-Length: 1000\r\n", std::string(1000, 'd')));
  EXPECT_TRUE(fourth.receive_text("<POST /d ddd"));
}

TEST(HttpLimits, TurnsAwayConnectionsBeyondTheLimit) {
  Running running({.limits = {.connections = 2}});
  Client first(running.port());
  Client second(running.port());
  first.send(get("/a"));
  second.send(get("/b"));
  ASSERT_TRUE(first.receive_text("<GET /a >"));
  ASSERT_TRUE(second.receive_text("<GET /b >"));
  Client third(running.port());
  EXPECT_TRUE(third.receive_close());
  EXPECT_EQ(statuses_in(third.received), (std::vector{503}));
}

TEST(HttpLimits, EndsEverythingThatIsTooSlow) {
  Running running(
      {.limits = {.header_time = 1s, .idle_time = 1s, .body_grace = 1s, .send_stall = 1s}});
  Client silent(running.port());
  Client slow_head(running.port());
  slow_head.send("GET / HTTP/1.1\r\nHo");
  Client idle(running.port());
  idle.send(get("/idle"));
  Client slow_body(running.port());
  slow_body.send(post("/a", "Content-Length: 900\r\n", "abc"));
  Client slow_chunks(running.port());
  slow_chunks.send(chunked("2\r\nab\r\n"));
  Client never_reads(running.port(), 4096);
  never_reads.send(get("/shared"));
  Client no_events(running.port(), 4096);
  no_events.send(get("/events"));
  running.application.feed->flood(std::string(1u << 20, 'e') + "\n\n");

  EXPECT_TRUE(silent.receive_close());
  EXPECT_EQ(silent.received, "");
  EXPECT_TRUE(slow_head.receive_close());
  EXPECT_EQ(statuses_in(slow_head.received), (std::vector{408}));
  EXPECT_TRUE(idle.receive_close());
  EXPECT_EQ(statuses_in(idle.received), (std::vector{200}));
  EXPECT_TRUE(slow_body.receive_close());
  EXPECT_EQ(statuses_in(slow_body.received), (std::vector{408}));
  EXPECT_TRUE(slow_chunks.receive_close());
  EXPECT_EQ(statuses_in(slow_chunks.received), (std::vector{408}));
  for (const auto since = Clock::now();
       running.server.counters().in_flight > 0 && Clock::now() - since < patience;) {
    std::this_thread::yield();
  }
  EXPECT_EQ(running.server.counters().in_flight, 0u);
  never_reads.receive_close();
  EXPECT_LT(never_reads.received.size(), 8u << 20);
}

TEST(HttpLimits, ServesAConnectionWhoseBuffersWereReleased) {
  Running running;
  Client client(running.port());
  client.send(get("/before"));
  ASSERT_TRUE(client.receive_text("<GET /before >"));
  // Released after two seconds; there is nothing to be seen of it from outside but that it works.
  EXPECT_FALSE(client.receive_until([](const std::string& s) { return s.size() > 1000; }, 3500ms));
  client.send(get("/after"));
  EXPECT_TRUE(client.receive_text("<GET /after >"));
}

// --- Event streams
// --------------------------------------------------------------------------------

TEST(HttpEvents, StreamsWhatAnyThreadPublishesUntilTheSourceEnds) {
  Running running;
  Client client(running.port());
  client.send(get("/events"));
  ASSERT_TRUE(client.receive_text("\r\n\r\n"));
  EXPECT_NE(client.received.find("Content-Type: text/event-stream\r\n"), std::string::npos);
  EXPECT_NE(client.received.find("Cache-Control: no-store\r\n"), std::string::npos);
  EXPECT_EQ(client.received.find("Content-Length"), std::string::npos);
  std::vector<std::thread> publishers;
  for (int p = 0; p < 4; ++p) {
    publishers.emplace_back([&] {
      for (int i = 0; i < 100; ++i) running.application.feed->publish("data: x\n\n");
    });
  }
  for (std::thread& publisher : publishers) publisher.join();
  EXPECT_TRUE(
      client.receive_until([](const std::string& s) { return count_of(s, "data: x\n\n") == 400; }));
  running.application.feed->publish("data: last\n\n");
  running.application.feed->end();
  EXPECT_TRUE(client.receive_close());
  EXPECT_TRUE(client.received.ends_with("data: last\n\n"));
}

TEST(HttpEvents, PingsASilentStream) {
  Running running({.limits = {.event_ping = 1s}});
  Client client(running.port());
  client.send(get("/events"));
  EXPECT_TRUE(
      client.receive_until([](const std::string& s) { return count_of(s, ": ping\n\n") == 2; }));
}

TEST(HttpEvents, NoticesThatTheClientLeftAndTakesLaterWakesInPeace) {
  Running running;
  Client client(running.port());
  client.send(get("/events"));
  running.application.feed->publish("data: x\n\n");
  ASSERT_TRUE(client.receive_text("data: x\n\n"));
  client.close();
  while (running.server.counters().in_flight > 0) std::this_thread::yield();
  running.application.feed->wake_only();
  running.stop();
  running.application.feed->wake_only();  // the loop is gone too
}

// --- Stopping
// -------------------------------------------------------------------------------------

// The other I/O thread may listen a moment longer than the one whose streams have closed.
bool comes_to_refuse(std::uint16_t port) {
  const auto end = std::chrono::steady_clock::now() + 10s;
  while (std::chrono::steady_clock::now() < end) {
    try {
      Client client(port);
    } catch (const std::runtime_error&) {
      return true;
    }
    std::this_thread::yield();
  }
  return false;
}

TEST(HttpStop, FinishesWhatHasBeenReceivedAndTakesNoMore) {
  Running running;
  Client slow(running.port());
  slow.send(get("/slow") + get("/behind-it"));
  running.application.gate.wait_for_visitors(1);
  Client idle(running.port());
  idle.send(get("/idle"));
  ASSERT_TRUE(idle.receive_text("<GET /idle >"));
  Client events(running.port());
  events.send(get("/events"));
  running.application.feed->publish("data: x\n\n");
  ASSERT_TRUE(events.receive_text("data: x\n\n"));
  Client half(running.port());
  half.send(post("/half", "Content-Length: 5\r\nExpect: 100-continue\r\n", ""));
  ASSERT_TRUE(half.receive_text("100 Continue"));

  running.server.stop();
  EXPECT_TRUE(idle.receive_close());
  EXPECT_TRUE(events.receive_close());
  EXPECT_TRUE(comes_to_refuse(running.port()));
  EXPECT_FALSE(running.ended);

  half.send("hello");
  EXPECT_TRUE(half.receive_text("<POST /half hello>"));
  running.application.gate.open();
  EXPECT_TRUE(slow.receive_close());
  EXPECT_EQ(statuses_in(slow.received), (std::vector{200, 200}));
  EXPECT_EQ(count_of(slow.received, "Connection: close"), 1u);
  EXPECT_NE(half.received.find("Connection: close"), std::string::npos);
  for (Client* client : {&half, &slow, &events, &idle}) client->close();
  running.stop();
  EXPECT_TRUE(running.ended);
}

TEST(HttpStop, CutsWhatIsNotDoneInTime) {
  Running running({.limits = {.drain_time = 1s}});
  Client half(running.port());
  half.send(post("/half", "Content-Length: 5\r\nExpect: 100-continue\r\n", ""));
  ASSERT_TRUE(half.receive_text("100 Continue"));
  running.stop();
  EXPECT_TRUE(half.receive_close());
}

Server* server_of_signal = nullptr;

TEST(HttpStop, MayBeCalledFromASignalHandlerAndBeforeTheServerRuns) {
  TestApplication application;
  Server server({.port = 0}, application, nullptr);
  server_of_signal = &server;
  std::signal(SIGUSR1, [](int) { server_of_signal->stop(); });
  std::raise(SIGUSR1);
  std::signal(SIGUSR1, SIG_DFL);
  server.run();
}

TEST(HttpServer, DoesNotShareItsPortWithASecondServer) {
  TestApplication application;
  const Server first({.port = 0}, application, nullptr);
  EXPECT_THROW(Server({.port = first.port()}, application, nullptr), std::exception);
}

}  // namespace
}  // namespace changwat::http
