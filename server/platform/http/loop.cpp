#include "platform/http/loop.hpp"

#include <algorithm>
#include <array>
#include <ctime>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/detail/socket_option.hpp>
#include <sys/random.h>
#include <sys/socket.h>

#include "platform/http/session.hpp"
#include "platform/http/text.hpp"
#include "platform/log/log.hpp"

namespace changwat::http {
namespace {

using std::chrono::seconds;
using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

constexpr int backlog = 4096;
constexpr std::chrono::milliseconds accept_pause{100};  // when there are no descriptors left
constexpr unsigned workers_min = 1;

std::uint64_t random_seed() {
  std::uint64_t seed = 0;
  if (::getrandom(&seed, sizeof seed, 0) != sizeof seed) {
    seed = static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count());
  }
  return seed;
}

// A bijection (the finaliser of SplitMix64): different in, different out, and nothing to be read
// off.
std::uint64_t scatter(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
  return x ^ (x >> 31);
}

std::string text_of(const asio::ip::address& address) {
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
  }
  return address.to_string();
}

Task<void> serve_connection(Loop& loop, Socket socket, std::string peer) {
  struct Leave {
    Loop& loop;
    ~Leave() { loop.connection_ended(); }
  } const leave{loop};
  try {
    Session session(loop, std::move(socket), std::move(peer));
    co_await session.run();
  } catch (const std::exception& error) {  // no memory, mostly: this connection ends, others live
    log::error("http.connection_failed", {{"what", error.what()}});
  }
}

}  // namespace

Shared::Shared(ServerOptions server_options, Application& app,
               std::function<void(const Access&)> access)
    : options(std::move(server_options)),
      application(app),
      on_access(std::move(access)),
      trusted_proxies(options.trusted_proxies.begin(), options.trusted_proxies.end()),
      request_seed(random_seed()),
      workers(std::max(options.worker_threads, workers_min), options.limits.requests_waiting) {}

struct Loop::Sessions : boost::intrusive::list<Session> {};

Loop::Loop(Shared& shared, unsigned index)
    : shared_(shared),
      work_(context_.get_executor()),
      acceptor_(context_.get_executor()),
      timer_(context_.get_executor()),
      sessions_(std::make_unique<Sessions>()),
      started_(std::chrono::steady_clock::now()),
      // Each loop counts in a range of its own, so ids are unique in the program without a lock.
      next_request_(shared.request_seed + (static_cast<std::uint64_t>(index) << 48)) {
  look_at_clock();
}

Loop::~Loop() = default;

std::uint16_t Loop::listen(const Tcp::endpoint& endpoint) {
  acceptor_.open(endpoint.protocol());
  acceptor_.set_option(asio::socket_base::reuse_address(true));
  acceptor_.set_option(ReusePort(true));
  acceptor_.bind(endpoint);
  acceptor_.listen(backlog);
  return acceptor_.local_endpoint().port();
}

void Loop::run() {
  asio::co_spawn(context_, accept(), asio::detached);
  asio::co_spawn(context_, sweep(), asio::detached);
  for (;;) {
    try {
      context_.run();
      return;
    } catch (const std::exception& error) {
      log::error("http.loop_failed", {{"what", error.what()}});
    }
  }
}

Task<void> Loop::accept() {
  for (;;) {
    Socket socket(context_.get_executor());
    const auto [error] = co_await acceptor_.async_accept(socket, use_task);
    if (!error) {
      start(std::move(socket));
      continue;
    }
    if (!acceptor_.is_open()) co_return;
    if (error != asio::error::connection_aborted) {
      log::warning("http.accept_failed", {{"what", error.message()}});
      Timer pause(context_.get_executor(), accept_pause);
      co_await pause.async_wait(use_task);
    }
  }
}

void Loop::start(Socket socket) {
  Error error;
  const Tcp::endpoint peer = socket.remote_endpoint(error);
  if (error) return;  // gone already
  socket.set_option(Tcp::no_delay(true), error);
  if (shared_.connections.load(std::memory_order_relaxed) >= shared_.options.limits.connections) {
    return turn_away(socket);
  }
  counters.connections.fetch_add(1, std::memory_order_relaxed);
  shared_.connections.fetch_add(1, std::memory_order_relaxed);
  ++open_;
  asio::co_spawn(context_, serve_connection(*this, std::move(socket), text_of(peer.address())),
                 asio::detached);
}

void Loop::turn_away(Socket& socket) {
  counters.refused.fetch_add(1, std::memory_order_relaxed);
  static constexpr std::string_view answer =
      "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\n"
      "Connection: close\r\n\r\n";
  ::send(socket.native_handle(), answer.data(), answer.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
}

Task<void> Loop::sweep() {
  while (!drained()) {
    timer_.expires_after(seconds(1));
    const auto [error] = co_await timer_.async_wait(use_task);
    if (error) co_return;
    look_at_clock();
    for (Session& session : *sessions_) session.tick();
    if (draining_ && now_s_ >= drain_until_s_) cut();
  }
}

void Loop::look_at_clock() {
  now_s_ = std::chrono::duration_cast<seconds>(std::chrono::steady_clock::now() - started_).count();
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  std::array<char, 64> text;
  // The program never sets LC_TIME, so the names are the English ones that HTTP asks for.
  const std::size_t length =
      std::strftime(text.data(), text.size(), "\r\nDate: %a, %d %b %Y %H:%M:%S GMT\r\n", &utc);
  date_line_.assign(text.data(), length);
}

void Loop::next_request_id(std::string& id) {
  static constexpr char digits[] = "0123456789abcdef";
  std::uint64_t number = scatter(next_request_++);
  id.resize(16);
  for (char& digit : id) {
    digit = digits[number >> 60];
    number <<= 4;
  }
}

void Loop::enter(Session& session) {
  sessions_->push_back(session);
}

void Loop::leave(Session& session) {
  sessions_->erase(sessions_->iterator_to(session));
}

void Loop::connection_ended() {
  --open_;
  shared_.connections.fetch_sub(1, std::memory_order_relaxed);
  end_if_drained();
}

void Loop::drain() {
  if (draining_) return;
  draining_ = true;
  drain_until_s_ = now_s_ + shared_.options.limits.drain_time.count() + 1;
  // Who is in the queue of the listening socket has been let in by the kernel; closing the socket
  // would reset them.
  Error error;
  acceptor_.non_blocking(true, error);
  for (;;) {
    Socket socket(context_.get_executor());
    acceptor_.accept(socket, error);
    if (error) break;
    start(std::move(socket));
  }
  acceptor_.close(error);
  for (Session& session : *sessions_) session.drain();
  end_if_drained();
}

void Loop::cut() {
  shared_.cut.store(true, std::memory_order_relaxed);
  for (Session& session : *sessions_) session.cut();
}

void Loop::end_if_drained() {
  if (!drained()) return;
  timer_.cancel();
  work_.reset();
}

}  // namespace changwat::http
