#pragma once
// Inside the HTTP room: one connection, from accept to close. Everything here runs on the thread of
// its loop, except Application::handle() of plans that are not quick, which a worker calls while
// the session does nothing but wait.

#include <array>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include <boost/asio/post.hpp>

#include "platform/http/head_parser.hpp"
#include "platform/http/http.hpp"
#include "platform/http/loop.hpp"

namespace changwat::http {

// Bytes that arrived and were not yet used. Owns no memory while it is released.
class Input {
 public:
  std::string_view bytes() const { return {data_.get() + begin_, end_ - begin_}; }
  bool empty() const { return begin_ == end_; }
  bool released() const { return data_ == nullptr; }
  void release() { *this = Input{}; }
  // Room behind the bytes, none if they take `capacity_max`. Moves the bytes; grows after it was
  // filled.
  asio::mutable_buffer room(std::size_t capacity_max);
  void arrived(std::size_t count) {
    end_ += count;
    filled_ = end_ == capacity_;
  }
  void consume(std::size_t count);

 private:
  // Most heads fit. When thousands of connections come at once and then say nothing, what they
  // release are holes in the heap, as large as this.
  static constexpr std::size_t capacity_at_first = 1024;
  std::unique_ptr<char[]> data_;
  std::size_t capacity_ = 0;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  bool filled_ = false;  // by what arrived last
};

// One waiter, woken on its own loop's thread.
class Signal {
 public:
  template <class Token>
  auto wait(Executor executor, Token&& token) {
    return asio::async_initiate<Token, void(Error)>(
        [this, executor](auto handler) {
          waiter_ = std::make_unique<WaiterOf<decltype(handler)>>(std::move(handler), executor);
          if (notified_) notify();
        },
        token);
  }
  // If nobody waits, the next wait returns at once.
  void notify() {
    notified_ = waiter_ == nullptr;
    if (waiter_ != nullptr) std::exchange(waiter_, nullptr)->wake();
  }

 private:
  struct Waiter {
    virtual ~Waiter() = default;
    virtual void wake() = 0;
  };
  template <class Handler>
  struct WaiterOf final : Waiter {
    WaiterOf(Handler h, Executor e) : handler(std::move(h)), executor(e) {}
    // Posted, not called: whoever notifies may be walking the list of sessions.
    void wake() override {
      asio::post(executor, [h = std::move(handler)]() mutable { std::move(h)(Error{}); });
    }
    Handler handler;
    Executor executor;
  };
  std::unique_ptr<Waiter> waiter_;
  bool notified_ = false;
};

// What an EventSource holds of a session: a handle that outlives it and then does nothing.
class EventWake : public std::enable_shared_from_this<EventWake> {
 public:
  EventWake(Loop& loop, Session& session) : loop_(&loop), session_(&session) {}
  void fire();         // any thread, any time
  Session* session();  // the loop's thread only
  void detach();       // the loop's thread, before the session ends

 private:
  std::mutex mutex_;
  Loop* const loop_;  // outlives the session, so alive while session_ is set
  Session* session_;
  bool posted_ = false;
};

class Session : public boost::intrusive::list_base_hook<> {
 public:
  Session(Loop& loop, Socket socket, std::string peer);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  Task<void> run();

  // Called by the loop.
  void tick();   // once a second: deadlines, pings, release of idle memory
  void drain();  // close if idle, else finish
  void cut();    // close now

  // Called by its EventWake.
  void events_ready() { signal_.notify(); }
  void peer_readable(std::shared_ptr<EventWake> wake);

 private:
  enum class State { head, body, handling, writing, streaming, closing };
  enum class Interrupt { none, timeout, release, drain };

  // Reading. A status of 0 is good; need_more and gone are not statuses, the others are answers.
  static constexpr int need_more = -1;
  static constexpr int gone = -2;
  int take_head();
  Task<bool> after_failed_read();
  Task<int> read_body(std::size_t bytes_max);
  Task<int> read_sized_body(std::size_t length);
  Task<int> read_chunked_body(std::size_t bytes_max);
  int why_body_ended();
  bool reserve_body(std::size_t bytes);
  bool body_is_too_slow() const;
  bool something_received();

  // Answering.
  bool make_plan(Plan& plan);
  void handle();
  Task<void> handle_on_worker();
  Response refusal(int status) noexcept;
  Task<void> refuse(int status);
  Task<bool> send_response();
  void append_head(std::string& out, std::size_t length) const;
  Task<bool> send(std::string_view first, std::string_view second);
  bool send_now(std::string_view& first, std::string_view& second);
  Task<bool> send_rest(std::string_view first, std::string_view second);
  Task<void> stream_events();
  Task<bool> send_events(EventSource& source);
  void watch_peer(std::shared_ptr<EventWake> wake);
  Task<void> close_politely();

  void begin_request();
  void end_request();
  void record_access() const noexcept;
  void enter(State state, std::chrono::seconds time = {});
  void interrupt(Interrupt why);
  std::string address_of_client() const;
  const Limits& limits() const { return loop_.shared().options.limits; }

  Loop& loop_;
  Socket socket_;
  const std::string peer_;
  const bool peer_is_proxy_;

  State state_ = State::head;
  Interrupt interrupt_ = Interrupt::none;
  std::int64_t state_since_s_ = 0;
  std::int64_t deadline_s_ = 0;
  bool head_begun_ = true;  // the time for the head runs, not the time for idling
  bool in_request_ = false;
  bool keep_alive_ = true;
  bool peer_gone_ = false;

  Input input_;
  Input chunks_;  // while a chunked body is read: input_ must lie still, the head's views are in it
  HeadScanner scanner_;
  std::size_t head_bytes_ = 0;
  std::size_t body_bytes_received_ = 0;
  std::size_t body_bytes_reserved_ = 0;
  std::int64_t last_event_s_ = 0;
  std::size_t bytes_out_ = 0;
  std::chrono::steady_clock::time_point begun_;

  Framing framing_;
  Request request_;
  Response response_;
  std::string unsent_;
  Signal signal_;
};

}  // namespace changwat::http
