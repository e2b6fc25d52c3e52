#include "platform/http/session.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <exception>

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/address.hpp>
#include <sys/socket.h>
#include <sys/uio.h>

#include "platform/http/text.hpp"
#include "platform/log/log.hpp"

namespace changwat::http {
namespace {

using std::chrono::seconds;

constexpr std::size_t joined_body_bytes_max = 4 * 1024;  // up to here one copy beats two buffers
constexpr std::size_t chunk_buffer_bytes = 16 * 1024;  // also the longest chunk header and trailer
constexpr std::size_t body_step_bytes = 64 * 1024;     // bodies grow with what has arrived
constexpr std::size_t body_kept_bytes_max =
    16 * 1024;  // memory kept for the connection's next body
constexpr std::size_t dropped_bytes_max = 1024 * 1024;  // read and dropped after a refusal
constexpr seconds closing_time{2};
constexpr seconds idle_memory_time{2};
constexpr unsigned events_in_a_row = 16;  // then other connections have their turn

// A value with a line end in it would let whoever supplied it write headers of their own.
bool is_line(std::string_view text) {
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

void append_number(std::string& out, std::size_t number) {
  std::array<char, 24> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

bool has_no_body(int status) {
  return status == 204 || status == 304;
}

}  // namespace

asio::mutable_buffer Input::room(std::size_t capacity_max) {
  if (begin_ == end_) begin_ = end_ = 0;
  if (data_ == nullptr) {
    capacity_ = std::min(capacity_at_first, capacity_max);
    data_ = std::make_unique_for_overwrite<char[]>(capacity_);
  }
  if (end_ == capacity_ && begin_ > 0) {
    std::memmove(data_.get(), data_.get() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  if (filled_ && capacity_ < capacity_max) {
    const std::size_t larger = std::min(capacity_ * 2, capacity_max);
    auto moved = std::make_unique_for_overwrite<char[]>(larger);
    std::memcpy(moved.get(), data_.get(), end_);
    data_ = std::move(moved);
    capacity_ = larger;
    filled_ = false;
  }
  return {data_.get() + end_, capacity_ - end_};
}

void Input::consume(std::size_t count) {
  begin_ += count;
  if (begin_ == end_) begin_ = end_ = 0;
}

void EventWake::fire() {
  const std::lock_guard lock(mutex_);
  if (session_ == nullptr || posted_) return;
  posted_ = true;
  asio::post(loop_->context(), [self = shared_from_this()] {
    if (Session* session = self->session()) session->events_ready();
  });
}

Session* EventWake::session() {
  const std::lock_guard lock(mutex_);
  posted_ = false;
  return session_;
}

void EventWake::detach() {
  const std::lock_guard lock(mutex_);
  session_ = nullptr;
}

Session::Session(Loop& loop, Socket socket, std::string peer)
    : loop_(loop),
      socket_(std::move(socket)),
      peer_(std::move(peer)),
      peer_is_proxy_(loop.shared().trusted_proxies.contains(peer_)) {
  loop_.enter(*this);
  enter(State::head, limits().header_time);
}

Session::~Session() {
  end_request();
  loop_.leave(*this);
}

// One coroutine frame for the usual request: only what is rare (bodies, workers, slow readers,
// streams, refusals) has frames of its own.
Task<void> Session::run() {
  for (;;) {
    const int status = take_head();
    if (status == need_more) {
      if (loop_.draining() && input_.empty() && !something_received()) co_return;
      interrupt_ = Interrupt::none;
      const asio::mutable_buffer room = input_.room(limits().header_bytes);
      const auto [error, count] = co_await socket_.async_read_some(room, use_task);
      if (error) {
        if (!co_await after_failed_read()) co_return;
      } else {
        input_.arrived(count);
      }
      continue;
    }
    Plan plan;
    if (status != 0) co_return co_await refuse(status);
    if (peer_is_proxy_) request_.peer = address_of_client();
    if (!make_plan(plan)) co_return co_await refuse(500);
    if (framing_.chunked || request_.head.content_length.value_or(0) > 0) {
      const int body_status = co_await read_body(plan.body_bytes_max);
      if (body_status == gone) co_return;
      if (body_status != 0) co_return co_await refuse(body_status);
    }
    enter(State::handling);
    if (plan.quick) {
      handle();
    } else {
      co_await handle_on_worker();
    }
    if (response_.events) co_return co_await stream_events();

    keep_alive_ = framing_.keep_alive && !(loop_.draining() && !something_received());
    const std::string_view body = response_.shared_body ? *response_.shared_body : response_.body;
    std::string& out = loop_.scratch();
    out.clear();
    append_head(out, body.size());
    std::string_view first = out;
    std::string_view second;
    if (request_.head.method != Method::head && !has_no_body(response_.status)) {
      if (body.size() <= joined_body_bytes_max) {
        out.append(body);
        first = out;
      } else {
        second = body;
      }
    }
    if (!send_now(first, second)) co_return;
    if (first.size() + second.size() > 0 && !co_await send_rest(first, second)) co_return;
    end_request();
    if (!keep_alive_) co_return co_await close_politely();
  }
}

// --- Reading ------------------------------------------------------------------------------------

int Session::take_head() {
  if (input_.bytes().starts_with("\r\n")) {  // left behind by the last body: RFC 9112 section 2.2
    input_.consume(2);
    scanner_.reset();
  }
  const HeadScanner::Found found = scanner_.scan(input_.bytes(), limits());
  if (found.status != 0) return found.status;
  if (found.length == 0) {
    if (!head_begun_ && !input_.empty()) {
      head_begun_ = true;
      enter(State::head, limits().header_time);
    }
    return need_more;
  }
  begin_request();
  head_bytes_ = found.length;
  return parse_head(input_.bytes().substr(0, found.length), limits(), request_.head, framing_);
}

// The read ended because somebody wanted it to, or because the peer has gone.
Task<bool> Session::after_failed_read() {
  for (;;) {
    switch (std::exchange(interrupt_, Interrupt::none)) {
      case Interrupt::none:
        co_return false;
      case Interrupt::drain:
        co_return true;  // run() looks whether something has arrived meanwhile
      case Interrupt::timeout:
        if (!input_.empty()) co_await refuse(408);
        co_return false;
      case Interrupt::release:
        break;
    }
    // A connection that says nothing keeps no buffers: thousands of officers leave pages open.
    if (!input_.empty()) co_return true;
    input_.release();
    request_ = Request{};
    unsent_ = std::string{};
    const auto [error] = co_await socket_.async_wait(Socket::wait_read, use_task);
    if (!error) co_return true;
  }
}

bool Session::something_received() {
  if (input_.bytes().size() > head_bytes_ || !chunks_.empty()) return true;
  if (in_request_) {
    // The buffer must lie still while the request is answered; only look.
    char byte;
    return ::recv(socket_.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT) > 0;
  }
  const asio::mutable_buffer room = input_.room(limits().header_bytes);
  const ssize_t count = ::recv(socket_.native_handle(), room.data(), room.size(), MSG_DONTWAIT);
  if (count > 0) input_.arrived(static_cast<std::size_t>(count));
  return count > 0;
}

Task<int> Session::read_body(std::size_t bytes_max) {
  const std::uint64_t length = request_.head.content_length.value_or(0);
  if (length > bytes_max) co_return 413;
  if (!reserve_body(framing_.chunked ? 0 : length)) co_return 503;
  enter(State::body);
  body_bytes_received_ = 0;
  const bool waits_for_us = framing_.expect_continue && input_.bytes().size() == head_bytes_;
  if (waits_for_us && !co_await send("HTTP/1.1 100 Continue\r\n\r\n", {})) co_return gone;
  enter(State::body);
  if (framing_.chunked) co_return co_await read_chunked_body(bytes_max);
  co_return co_await read_sized_body(length);
}

Task<int> Session::read_sized_body(std::size_t length) {
  std::string& body = request_.body;
  body.reserve(length);  // address space only; pages are touched as the bytes come
  const std::string_view here = input_.bytes().substr(head_bytes_, length);
  body.append(here);
  head_bytes_ += here.size();  // what end_request() takes off the input
  while (body.size() < length) {
    const std::size_t have = body.size();
    body.resize(std::min(length, have + body_step_bytes));
    interrupt_ = Interrupt::none;
    const auto [error, count] = co_await socket_.async_read_some(
        asio::buffer(body.data() + have, body.size() - have), use_task);
    body.resize(have + count);
    if (error) co_return why_body_ended();
    body_bytes_received_ += count;
  }
  co_return 0;
}

Task<int> Session::read_chunked_body(std::size_t bytes_max) {
  ChunkedDecoder decoder(bytes_max);
  std::string& body = request_.body;
  const std::string_view here = input_.bytes().substr(head_bytes_);
  const std::size_t capacity = std::max(chunk_buffer_bytes, here.size());
  for (std::size_t copied = 0; copied < here.size();) {
    const asio::mutable_buffer room = chunks_.room(capacity);
    const std::size_t count = std::min(room.size(), here.size() - copied);
    std::memcpy(room.data(), here.data() + copied, count);
    chunks_.arrived(count);
    copied += count;
  }
  head_bytes_ += here.size();
  std::size_t wire_bytes = 0;
  for (;;) {
    if (!chunks_.empty()) {
      if (!reserve_body(body.size() + chunks_.bytes().size())) co_return 503;
      const ChunkedDecoder::Step step = decoder.put(chunks_.bytes(), body);
      chunks_.consume(step.consumed);
      if (step.status != 0) co_return step.status;
      if (step.done) co_return 0;
      // A body that is mostly chunk headers is work for us and nothing for anybody.
      wire_bytes += step.consumed;
      if (wire_bytes > body_step_bytes + 16 * body.size()) co_return 400;
    }
    const asio::mutable_buffer room = chunks_.room(capacity);
    if (room.size() == 0) co_return 400;  // a chunk header or trailer without end
    interrupt_ = Interrupt::none;
    const auto [error, count] = co_await socket_.async_read_some(room, use_task);
    if (error) co_return why_body_ended();
    chunks_.arrived(count);
    body_bytes_received_ += count;
  }
}

int Session::why_body_ended() {
  return std::exchange(interrupt_, Interrupt::none) == Interrupt::timeout ? 408 : gone;
}

// Counts `bytes` for this body in all against what bodies may take together.
bool Session::reserve_body(std::size_t bytes) {
  if (bytes <= body_bytes_reserved_) return true;
  if (framing_.chunked) bytes = std::max(bytes, 2 * body_bytes_reserved_);
  const std::size_t more = bytes - body_bytes_reserved_;
  std::atomic<std::size_t>& total = loop_.shared().body_bytes;
  if (total.fetch_add(more) + more > limits().body_bytes_in_flight) {
    total.fetch_sub(more);
    return false;
  }
  body_bytes_reserved_ = bytes;
  return true;
}

bool Session::body_is_too_slow() const {
  const std::int64_t elapsed = loop_.now_s() - state_since_s_;
  return elapsed > limits().body_grace.count() &&
         body_bytes_received_ <
             limits().body_bytes_per_second_min * static_cast<std::size_t>(elapsed);
}

// --- Answering ----------------------------------------------------------------------------------

bool Session::make_plan(Plan& plan) {
  try {
    plan = loop_.shared().application.plan(request_.head);
    return true;
  } catch (const std::exception& error) {
    log::error("http.plan_failed", {{"request_id", request_.request_id}, {"what", error.what()}});
  } catch (...) {
    log::error("http.plan_failed", {{"request_id", request_.request_id}});
  }
  return false;
}

// On the worker's thread if the plan is not quick.
void Session::handle() {
  if (loop_.shared().cut.load(std::memory_order_relaxed)) {
    response_ = refusal(503);
    return;
  }
  try {
    response_ = loop_.shared().application.handle(request_);
    if (response_.status >= 200 && response_.status <= 599) return;
    log::error("http.bad_status",
               {{"request_id", request_.request_id}, {"status", response_.status}});
  } catch (const std::exception& error) {
    log::error("http.handler_failed",
               {{"request_id", request_.request_id}, {"what", error.what()}});
  } catch (...) {
    log::error("http.handler_failed", {{"request_id", request_.request_id}});
  }
  response_ = refusal(500);
}

Task<void> Session::handle_on_worker() {
  const bool accepted = loop_.shared().workers.submit([this] {
    handle();
    asio::post(loop_.context(), [this] { signal_.notify(); });
  });
  if (accepted) {
    co_await signal_.wait(loop_.context().get_executor(), use_task);
  } else {
    loop_.counters.refused.fetch_add(1, std::memory_order_relaxed);
    response_ = refusal(503);
  }
}

Response Session::refusal(int status) noexcept {
  Response response;
  try {
    response = loop_.shared().application.refuse(status, request_.request_id);
  } catch (...) {
    response = Response{};  // an empty body still has the right status
  }
  response.status = status;
  response.events = nullptr;
  if (status == 503) response.headers.emplace_back("Retry-After", "1");
  return response;
}

// The connection ends with this answer: after a broken or abandoned request nobody knows where the
// next one would begin.
Task<void> Session::refuse(int status) {
  if (!in_request_) begin_request();
  loop_.counters.refused.fetch_add(1, std::memory_order_relaxed);
  response_ = refusal(status);
  keep_alive_ = false;
  const std::string body = response_.shared_body ? *response_.shared_body : response_.body;
  std::string& out = loop_.scratch();
  out.clear();
  append_head(out, body.size());
  if (request_.head.method != Method::head) out += body;
  const bool sent = co_await send(out, {});
  end_request();
  if (sent) co_await close_politely();
}

void Session::append_head(std::string& out, std::size_t length) const {
  out += "HTTP/1.1 ";
  append_number(out, static_cast<std::size_t>(response_.status));
  out += ' ';
  out += reason_phrase(response_.status);
  out += loop_.date_line();  // begins with the end of the status line
  out += "X-Request-Id: ";
  out += request_.request_id;
  if (response_.events) {
    // Without a length the stream ends with the connection.
    out +=
        "\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\nX-Accel-Buffering: no";
  } else if (!has_no_body(response_.status)) {
    if (!response_.content_type.empty() && is_line(response_.content_type)) {
      out += "\r\nContent-Type: ";
      out += response_.content_type;
    }
    out += "\r\nContent-Length: ";
    append_number(out, length);
  }
  if (!keep_alive_) {
    out += "\r\nConnection: close";
  } else if (!framing_.http_1_1) {
    out += "\r\nConnection: keep-alive";
  }
  for (const auto& [name, value] : response_.headers) {
    if (!is_line(name) || !is_line(value)) {
      log::error("http.header_dropped", {{"request_id", request_.request_id}, {"name", name}});
      continue;
    }
    out += "\r\n";
    out += name;
    out += ": ";
    out += value;
  }
  out += "\r\n\r\n";
}

// Sends what the socket takes now and leaves the rest in `first` and `second`. False if the
// connection is broken.
bool Session::send_now(std::string_view& first, std::string_view& second) {
  std::array<iovec, 2> parts{{{const_cast<char*>(first.data()), first.size()},
                              {const_cast<char*>(second.data()), second.size()}}};
  msghdr message{};
  message.msg_iov = parts.data();
  message.msg_iovlen = second.empty() ? 1 : 2;
  ssize_t sent;
  do {
    sent = ::sendmsg(socket_.native_handle(), &message, MSG_NOSIGNAL | MSG_DONTWAIT);
  } while (sent < 0 && errno == EINTR);
  if (sent < 0) return errno == EAGAIN || errno == EWOULDBLOCK;
  const auto count = static_cast<std::size_t>(sent);
  bytes_out_ += count;
  const std::size_t of_first = std::min(count, first.size());
  first.remove_prefix(of_first);
  second.remove_prefix(count - of_first);
  return true;
}

// `second` must live until this returns; `first` may be the loop's scratch.
Task<bool> Session::send_rest(std::string_view first, std::string_view second) {
  unsent_.assign(first);
  first = unsent_;
  if (state_ != State::streaming) enter(State::writing);
  while (first.size() + second.size() > 0) {
    deadline_s_ = loop_.now_s() + limits().send_stall.count() + 1;
    interrupt_ = Interrupt::none;
    const auto [error] = co_await socket_.async_wait(Socket::wait_write, use_task);
    if (error || !send_now(first, second)) co_return false;
  }
  deadline_s_ = 0;
  if (unsent_.capacity() > body_kept_bytes_max) unsent_ = std::string{};
  co_return true;
}

Task<bool> Session::send(std::string_view first, std::string_view second) {
  if (!send_now(first, second)) co_return false;
  if (first.size() + second.size() == 0) co_return true;
  co_return co_await send_rest(first, second);
}

// --- Event streams ------------------------------------------------------------------------------

Task<void> Session::stream_events() {
  const std::shared_ptr<EventSource> source = response_.events;
  const auto wake = std::make_shared<EventWake>(loop_, *this);
  struct Detach {
    EventWake& wake;
    ~Detach() { wake.detach(); }
  } const detach{*wake};

  keep_alive_ = false;
  enter(State::streaming);
  std::string& out = loop_.scratch();
  out.clear();
  append_head(out, 0);
  if (!co_await send(out, {})) co_return;
  if (request_.head.method != Method::head) {
    source->on_wake([wake] { wake->fire(); });
    watch_peer(wake);
    if (!co_await send_events(*source)) co_return;
  }
  end_request();
  co_await close_politely();
}

// True if the stream ended, false if the client did.
Task<bool> Session::send_events(EventSource& source) {
  last_event_s_ = loop_.now_s();
  for (unsigned count = 1; !loop_.draining() && !peer_gone_; ++count) {
    std::optional<std::string> text;
    try {
      text = source.next();
    } catch (const std::exception& error) {
      log::error("http.events_failed",
                 {{"request_id", request_.request_id}, {"what", error.what()}});
    }
    if (!text) co_return true;
    if (text->empty()) {
      if (loop_.now_s() - last_event_s_ < limits().event_ping.count()) {
        co_await signal_.wait(loop_.context().get_executor(), use_task);
        continue;
      }
      *text = ": ping\n\n";  // tells both ends, and what is between them, that the other is there
    }
    if (!co_await send({}, *text)) co_return false;
    last_event_s_ = loop_.now_s();
    if (count % events_in_a_row == 0) {
      signal_.notify();
      co_await signal_.wait(loop_.context().get_executor(), use_task);
    }
  }
  co_return !peer_gone_;
}

// A client that closes its page should not be kept until the next event fails to reach it.
void Session::watch_peer(std::shared_ptr<EventWake> wake) {
  socket_.async_wait(Socket::wait_read, [wake](Error error) {
    if (error) return;
    if (Session* session = wake->session()) session->peer_readable(wake);
  });
}

void Session::peer_readable(std::shared_ptr<EventWake> wake) {
  char byte;
  const ssize_t count = ::recv(socket_.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  if (count > 0) return;  // talks where it should listen: not our concern until the stream ends
  if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)) {
    return watch_peer(std::move(wake));
  }
  peer_gone_ = true;
  signal_.notify();
}

// --- The life of a connection -------------------------------------------------------------------

void Session::begin_request() {
  in_request_ = true;
  keep_alive_ = true;
  begun_ = std::chrono::steady_clock::now();
  bytes_out_ = 0;
  request_.head.method = Method::other;
  loop_.next_request_id(request_.request_id);
  request_.peer = peer_;
  framing_ = Framing{};
  loop_.counters.requests.fetch_add(1, std::memory_order_relaxed);
  loop_.counters.in_flight.fetch_add(1, std::memory_order_relaxed);
}

void Session::end_request() {
  if (!in_request_) return;
  in_request_ = false;
  loop_.counters.in_flight.fetch_sub(1, std::memory_order_relaxed);
  if (bytes_out_ > 0) record_access();
  if (body_bytes_reserved_ > 0) loop_.shared().body_bytes.fetch_sub(body_bytes_reserved_);
  body_bytes_reserved_ = 0;

  std::vector<Header> headers = std::move(request_.head.headers);
  headers.clear();
  request_.head = Head{};
  request_.head.headers = std::move(headers);
  request_.body.clear();
  if (request_.body.capacity() > body_kept_bytes_max) request_.body = std::string{};
  response_.headers.clear();
  response_.body = std::string{};
  response_.shared_body = nullptr;
  response_.events = nullptr;

  input_.consume(head_bytes_);
  if (!chunks_.released()) input_ = std::exchange(chunks_, Input{});
  head_bytes_ = 0;
  scanner_.reset();
  head_begun_ = !input_.empty();
  enter(State::head, head_begun_ ? limits().header_time : limits().idle_time);
}

void Session::record_access() const noexcept {
  if (!loop_.shared().on_access) return;
  const auto took = std::chrono::steady_clock::now() - begun_;
  try {
    loop_.shared().on_access({&request_, response_.status, bytes_out_,
                              std::chrono::duration_cast<std::chrono::microseconds>(took)});
  } catch (const std::exception& error) {
    log::error("http.access_record_failed", {{"what", error.what()}});
  }
}

// Who asks: the peer, or whom the last proxy saw. Only the last hop was written by a proxy that is
// ours; what stands before it is the client's own word.
std::string Session::address_of_client() const {
  std::string_view last;
  for (const Header& header : request_.head.headers) {
    if (!equal_without_case(header.name, "X-Forwarded-For")) continue;
    const std::size_t comma = header.value.rfind(',');
    last = trim(comma == std::string_view::npos ? header.value : header.value.substr(comma + 1));
  }
  Error error;
  const auto address = asio::ip::make_address(std::string(last), error);
  return error ? peer_ : address.to_string();
}

// Closing while bytes of the client are unread would make the kernel send a reset, which can
// overtake our last answer. So: say that we are done, read and drop a little, then close.
Task<void> Session::close_politely() {
  Error ignored;
  socket_.shutdown(Tcp::socket::shutdown_send, ignored);
  enter(State::closing, closing_time);
  input_.release();
  for (std::size_t dropped = 0; dropped < dropped_bytes_max;) {
    const auto [error, count] =
        co_await socket_.async_read_some(input_.room(chunk_buffer_bytes), use_task);
    if (error) co_return;
    dropped += count;
  }
}

void Session::enter(State state, seconds time) {
  state_ = state;
  state_since_s_ = loop_.now_s();
  // One more, because the clock of the loop is up to a second behind.
  deadline_s_ = time.count() == 0 ? 0 : loop_.now_s() + time.count() + 1;
}

void Session::interrupt(Interrupt why) {
  interrupt_ = why;
  Error ignored;
  socket_.cancel(ignored);
}

void Session::tick() {
  const std::int64_t now = loop_.now_s();
  if (deadline_s_ != 0 && now >= deadline_s_) return interrupt(Interrupt::timeout);
  switch (state_) {
    case State::head:
      if (input_.empty() && !input_.released() &&
          now - state_since_s_ >= idle_memory_time.count()) {
        interrupt(Interrupt::release);
      }
      break;
    case State::body:
      if (body_is_too_slow()) interrupt(Interrupt::timeout);
      break;
    case State::streaming:
      if (now - last_event_s_ >= limits().event_ping.count()) signal_.notify();
      break;
    case State::handling:
    case State::writing:
    case State::closing:
      break;
  }
}

void Session::drain() {
  if (state_ == State::head && input_.empty()) interrupt(Interrupt::drain);
  if (state_ == State::streaming) {
    interrupt(Interrupt::drain);
    signal_.notify();
  }
}

void Session::cut() {
  Error ignored;
  socket_.close(ignored);
  if (state_ == State::streaming) signal_.notify();
}

}  // namespace changwat::http
