#include <cerrno>
#include <system_error>
#include <thread>

#include <boost/asio/ip/address.hpp>
#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <sys/eventfd.h>
#include <unistd.h>

#include "platform/http/http.hpp"
#include "platform/http/loop.hpp"
#include "platform/http/session.hpp"

namespace changwat::http {
namespace {

// SO_REUSEPORT lets our threads share a port, and would as gladly let a second copy of the program
// take half of the connections. So the port is first asked for without it.
void require_free(const Tcp::endpoint& endpoint) {
  if (endpoint.port() == 0) return;
  asio::io_context context;
  Acceptor probe(context.get_executor());
  probe.open(endpoint.protocol());
  probe.set_option(asio::socket_base::reuse_address(true));
  probe.bind(endpoint);
  probe.listen(1);
}

}  // namespace

struct Server::Impl {
  Impl(ServerOptions options, Application& application,
       std::function<void(const Access&)> on_access)
      : shared(std::move(options), application, std::move(on_access)),
        stop_event(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    if (stop_event < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
    Tcp::endpoint endpoint(asio::ip::make_address(shared.options.address), shared.options.port);
    require_free(endpoint);
    for (unsigned i = 0; i < std::max(shared.options.io_threads, 1u); ++i) {
      loops.push_back(std::make_unique<Loop>(shared, i));
      endpoint.port(loops.back()->listen(endpoint));
    }
    port = endpoint.port();
  }
  ~Impl() { ::close(stop_event); }

  void run() {
    using Descriptor = asio::posix::basic_stream_descriptor<Executor>;
    Descriptor stopped(loops.front()->context().get_executor(), ::dup(stop_event));
    stopped.async_wait(Descriptor::wait_read, [this](Error) {
      for (const auto& loop : loops) {
        asio::post(loop->context(), [&loop = *loop] { loop.drain(); });
      }
    });
    std::vector<std::thread> threads;
    for (std::size_t i = 1; i < loops.size(); ++i) {
      threads.emplace_back([&loop = *loops[i]] { loop.run(); });
    }
    loops.front()->run();
    for (std::thread& thread : threads) thread.join();
  }

  Shared shared;
  const int stop_event;
  std::vector<std::unique_ptr<Loop>> loops;
  std::uint16_t port = 0;
};

Server::Server(ServerOptions options, Application& application,
               std::function<void(const Access&)> on_access)
    : impl_(std::make_unique<Impl>(std::move(options), application, std::move(on_access))) {}

Server::~Server() = default;

std::uint16_t Server::port() const {
  return impl_->port;
}

void Server::run() {
  impl_->run();
}

// A write to an eventfd and nothing else, because signal handlers may do little more.
void Server::stop() {
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t written = ::write(impl_->stop_event, &one, sizeof one);
}

Server::Counters Server::counters() const {
  Counters sum{};
  for (const auto& loop : impl_->loops) {
    sum.connections += loop->counters.connections.load(std::memory_order_relaxed);
    sum.requests += loop->counters.requests.load(std::memory_order_relaxed);
    sum.refused += loop->counters.refused.load(std::memory_order_relaxed);
    sum.in_flight += loop->counters.in_flight.load(std::memory_order_relaxed);
  }
  return sum;
}

}  // namespace changwat::http
