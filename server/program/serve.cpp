#include "program/serve.hpp"

#include <csignal>
#include <cstdio>
#include <filesystem>
#include <thread>

#include "platform/db/migrations.hpp"
#include "platform/http/http.hpp"
#include "platform/http/site.hpp"
#include "platform/http/static_files.hpp"
#include "platform/jobs/periodic.hpp"
#include "platform/log/log.hpp"
#include "platform/log/metrics.hpp"

#include "program/application.hpp"

namespace changwat::program {
namespace {

using namespace std::chrono_literals;

// SIGTERM and SIGINT are taken by one waiting thread; every other thread has them blocked.
class StopSignal {
 public:
  StopSignal() {
    sigemptyset(&signals_);
    for (const int signal : {SIGTERM, SIGINT, SIGUSR1}) sigaddset(&signals_, signal);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
  }
  // Calls `stop` at the first signal. The destructor ends the waiting without it.
  template <class F>
  void then(F stop) {
    thread_ = std::thread([this, stop] {
      int signal = 0;
      sigwait(&signals_, &signal);
      if (signal != SIGUSR1) stop();
    });
  }
  ~StopSignal() {
    if (!thread_.joinable()) return;
    pthread_kill(thread_.native_handle(), SIGUSR1);
    thread_.join();
  }

 private:
  sigset_t signals_;
  std::thread thread_;
};

void require_record(const Settings& settings) {
  if (settings.uses_sqlite() && !std::filesystem::exists(settings.database_url()))
    throw std::runtime_error("there is no record in " + settings.data.string() +
                             ": create one with `changwat init` (and --demo to look around)");
}

void require_migrated(db::Database& database) {
  const auto waiting =
      database.read([](db::Connection& c) { return db::migration_state(c).waiting.size(); });
  if (waiting > 0)
    throw std::runtime_error(
        "the record is older than this program (" + std::to_string(waiting) +
        " migrations wait): run `changwat init` with the same --data or --database");
}

void measure(log::Metrics& metrics, Application& application, http::Server& server) {
  metrics.sampled_counter("changwat_acts_total", "Acts and other writes committed", [&] {
    return static_cast<double>(application.database.counters().writes);
  });
  metrics.sampled_counter(
      "changwat_commits_total", "Durable commits, each of a group of writes",
      [&] { return static_cast<double>(application.database.counters().groups); });
  metrics.sampled_counter(
      "changwat_failed_commits_total", "Groups of writes that could not be committed",
      [&] { return static_cast<double>(application.database.counters().failed_groups); });
  metrics.sampled_counter("changwat_connections_total", "Connections accepted",
                          [&] { return static_cast<double>(server.counters().connections); });
  metrics.sampled_counter("changwat_refused_total", "Requests refused by the HTTP edge",
                          [&] { return static_cast<double>(server.counters().refused); });
  metrics.sampled_gauge("changwat_requests_in_flight", "Requests being answered",
                        [&] { return static_cast<double>(server.counters().in_flight); });
}

}  // namespace

int serve(const Settings& settings) {
  StopSignal signal;
  const auto port = settings.port();
  if (!port.ok()) throw std::runtime_error(port.problem().en);

  require_record(settings);
  Application application(settings);
  require_migrated(application.database);
  (void)application.indicators.boards().sheets();  // loaded now, not at the first citizen's request
  const auto files = http::StaticFiles::load(settings.share / "web/dist");
  log::Metrics metrics;
  auto& latency =
      metrics.histogram("changwat_request_seconds", "Time to answer", log::seconds_buckets());

  http::Site site(
      application.routes(), application.identity, files,
      {.now = clock_now,
       .ready = [&]() -> Result<Done> {
         application.database.read([](db::Connection& c) { c.query<std::int64_t>("SELECT 1"); });
         return Done{};
       },
       .metrics = [&] { return metrics.exposition(); },
       .on_failure =
           [](const std::string& request_id, const std::exception& error) {
             log::error("request.failed", {{"request_id", request_id}, {"error", error.what()}});
           }});
  http::ServerOptions options;
  options.address = settings.address() == "localhost" ? "127.0.0.1" : settings.address();
  options.port = *port;
  options.io_threads = settings.io_threads;
  options.trusted_proxies = settings.trusted_proxies;
  http::Server server(options, site, [&](const http::Access& access) {
    latency.observe(static_cast<double>(access.took.count()) / 1e6);
    if (!log::enabled(log::Level::info)) return;
    log::info("request", {{"request_id", access.request->request_id},
                          {"method", http::to_string(access.request->head.method)},
                          {"path", access.request->head.path},
                          {"status", access.status},
                          {"bytes", access.bytes_out},
                          {"took_us", access.took.count()}});
  });
  measure(metrics, application, server);
  const auto report_failure = [](const std::exception& failure) {
    log::warning("job.failed", {{"error", failure.what()}});
  };
  const jobs::Periodic sealing(
      1s, [&] { application.ledger.seal(); }, report_failure);
  const jobs::Periodic indexing(
      250ms, [&] { application.index_cases(); }, report_failure);
  const jobs::Periodic housekeeping(
      1h, [&] { application.keep_house(); }, report_failure);
  signal.then([&] {
    log::info("program.stopping");
    server.stop();
  });

  std::printf("Changwat serves on http://%s:%u\n", options.address.c_str(),
              unsigned{server.port()});
  std::fflush(stdout);
  log::info("program.serving", {{"address", options.address}, {"port", int{server.port()}}});
  server.run();
  try {
    application.ledger.seal();
  } catch (
      const db::Error& failure) {  // the engine is away: the next start seals what is committed
    report_failure(failure);
  }
  log::info("program.stopped");
  return 0;
}

}  // namespace changwat::program
