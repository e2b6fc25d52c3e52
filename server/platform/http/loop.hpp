#pragma once
// Inside the HTTP room: what one I/O thread owns, and what all of them share. Includes Asio.
//
// One io_context a thread, each with its own listening socket (SO_REUSEPORT): a connection lives
// and dies on one thread, so sessions need no locks. There is one timer a thread, at 1 Hz; it looks
// at all sessions' deadlines. A timer for each operation would cost more than parsing the request.

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <set>
#include <string>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/experimental/as_tuple.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/intrusive/list.hpp>

#include "platform/http/http.hpp"
#include "platform/http/worker_pool.hpp"

namespace changwat::http {

namespace asio = boost::asio;
using Executor = asio::io_context::executor_type;
using Tcp = asio::ip::tcp;
using Socket = asio::basic_stream_socket<Tcp, Executor>;
using Acceptor = asio::basic_socket_acceptor<Tcp, Executor>;
using Timer = asio::basic_waitable_timer<std::chrono::steady_clock,
                                         asio::wait_traits<std::chrono::steady_clock>, Executor>;
template <class T>
using Task = asio::awaitable<T, Executor>;
using Error = boost::system::error_code;
inline constexpr asio::experimental::as_tuple_t<asio::use_awaitable_t<Executor>> use_task{};

class Session;

// Shared by all threads.
struct Shared {
  Shared(ServerOptions server_options, Application& app, std::function<void(const Access&)> access);

  const ServerOptions options;
  Application& application;
  const std::function<void(const Access&)> on_access;
  const std::set<std::string> trusted_proxies;
  const std::uint64_t request_seed;
  std::atomic<std::size_t> connections{0};
  std::atomic<std::size_t> body_bytes{0};  // reserved for bodies now in memory
  std::atomic<bool> cut{false};            // drain_time is over: start no more handlers
  WorkerPool workers;                      // last: its threads end before what they use
};

class Loop {
 public:
  Loop(Shared& shared, unsigned index);
  ~Loop();

  std::uint16_t listen(const Tcp::endpoint& endpoint);  // throws boost::system::system_error
  void run();                                           // serves; returns when the drain is over
  void drain();                                         // on this loop's thread
  void cut();                                           // on this loop's thread

  asio::io_context& context() { return context_; }
  Shared& shared() { return shared_; }
  bool draining() const { return draining_; }
  std::int64_t now_s() const { return now_s_; }  // seconds since start, as of the last sweep
  std::string_view date_line() const { return date_line_; }
  void next_request_id(std::string& id);  // 16 hex digits; keeps the string's memory

  // Where an answer is put together. One a thread: almost every answer leaves in the system call
  // that follows, and only what the socket did not take is kept by its session.
  std::string& scratch() { return scratch_; }

  void enter(Session& session);
  void leave(Session& session);
  void connection_ended();

  // Written by this thread only, read by any.
  struct alignas(64) Counters {
    std::atomic<std::uint64_t> connections{0}, requests{0}, refused{0}, in_flight{0};
  };
  Counters counters;

 private:
  Task<void> accept();
  Task<void> sweep();
  void start(Socket socket);
  void turn_away(Socket& socket);
  void look_at_clock();
  bool drained() const { return draining_ && open_ == 0; }
  void end_if_drained();

  Shared& shared_;
  asio::io_context context_{1};
  asio::executor_work_guard<Executor> work_;
  Acceptor acceptor_;
  Timer timer_;
  struct Sessions;
  std::unique_ptr<Sessions> sessions_;
  const std::chrono::steady_clock::time_point started_;
  std::size_t open_ = 0;  // connections, those whose session has not begun yet among them
  std::int64_t now_s_ = 0;
  std::int64_t drain_until_s_ = 0;
  bool draining_ = false;
  std::uint64_t next_request_;
  std::string date_line_;
  std::string scratch_;
};

}  // namespace changwat::http
