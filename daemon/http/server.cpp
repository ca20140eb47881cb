#include "daemon/http/server.hpp"

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "base/log.hpp"
#include "daemon/http/network.hpp"

namespace portal::http {

namespace {

using base::N_;

/// The usual soft limit of 1024 descriptors is fewer than our connections.
void raise_descriptor_limit(std::size_t connections) {
    constexpr rlim_t kOthers = 512;  // databases, files, the outbox
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = std::max(limit.rlim_cur, std::min(limit.rlim_max, connections + kOthers));
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

unsigned or_cores(unsigned wanted) {
    return wanted != 0 ? wanted : std::max(1U, std::thread::hardware_concurrency());
}

}  // namespace

Shared::Shared(ServerOptions given, const base::Clock& the_clock, Metrics& the_metrics)
    : options(std::move(given)),
      clock(the_clock),
      metrics(the_metrics),
      workers(std::max(1U, options.workers), options.worker_queue),
      hashes(or_cores(options.hash_workers), options.hash_queue) {}

class Server::Impl {
  public:
    Impl(ServerOptions options, const base::Clock& clock, Metrics& metrics)
        : shared_(std::move(options), clock, metrics) {
        add_metrics();
    }

    ~Impl() {
        for (const auto& [path, inode] : socket_files_) remove_socket(path, inode);
    }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    base::Status start(std::vector<Listener> listeners) {
        PORTAL_TRY(trusted, TrustedProxies::parse(shared_.options.trusted_proxies));
        shared_.trusted = std::move(trusted);
        raise_descriptor_limit(shared_.options.max_connections);
        for (unsigned i = 0; i < or_cores(shared_.options.io_threads); ++i)
            threads_.push_back(std::make_unique<IoThread>(shared_));
        for (auto& listener : listeners) PORTAL_TRYV(open(std::move(listener)));
        for (const auto& state : shared_.listeners) {
            base::log::info("http.listening", {{"address", state->config.address},
                                               {"port", std::to_string(state->where.port)}});
            share_socket(*state);
        }
        for (auto& thread : threads_) thread->start();
        started_ = true;
        return {};
    }

    [[nodiscard]] unsigned port(std::size_t listener) const {
        return shared_.listeners.at(listener)->where.port;
    }

    void drain(bool everything) {
        shared_.draining = true;
        for (auto& thread : threads_) thread->drain(everything);
    }

    [[nodiscard]] bool draining() const { return shared_.draining; }

    bool wait_drained(base::Millis limit) {
        std::unique_lock lock{shared_.closed_mutex};
        return shared_.closed.wait_for(lock, limit, [this] { return is_drained(); });
    }

    void stop() {
        if (!started_) return;
        started_ = false;
        shared_.stopping = true;
        drain(true);
        shared_.workers.stop();
        shared_.hashes.stop();
        for (auto& thread : threads_) thread->join();
    }

    [[nodiscard]] std::size_t connections() const { return shared_.counts->open; }

  private:
    base::Status open(Listener listener) {
        PORTAL_TRY(where, parse_listen_address(listener.address));
        if (!where.is_unix && !where.address.is_loopback() &&
            shared_.options.trusted_proxies.empty())
            return base::invalid("listen", N_("{1} is not loopback, and plain HTTP needs one."),
                                 {listener.address})
                .with_hint("name your proxies in http.trusted_proxies");
        shared_.listeners.push_back(std::make_unique<ListenerState>(std::move(listener), where));
        auto& state = *shared_.listeners.back();
        return where.is_unix ? open_unix(state) : open_tcp(state);
    }

    base::Status open_tcp(ListenerState& state) {
        PORTAL_TRYV(probe_tcp(state.where));
        for (auto& thread : threads_) {
            PORTAL_TRY(socket, listen_tcp(state.where));
            PORTAL_TRY(port, port_of(socket));
            state.where.port = port;
            thread->listen(state, std::move(socket));
        }
        return {};
    }

    base::Status open_unix(ListenerState& state) {
        const auto& path = state.where.path;
        PORTAL_TRY(socket, listen_unix(path, state.config.socket_mode));
        struct stat file {};
        if (::stat(path.c_str(), &file) == 0) socket_files_.emplace_back(path, file.st_ino);
        threads_.front()->listen(state, std::move(socket));
        return {};
    }

    static void share_socket(const ListenerState& state) {
        const auto& group = state.config.socket_group;
        if (!state.where.is_unix || group.empty()) return;
        if (const auto given = give_to_group(state.where.path, group); !given)
            base::log::info("http.socket_group", {{"kept", base::describe(given.error())}});
    }

    /// Not when another daemon has put its own there meanwhile.
    static void remove_socket(const std::string& path, ino_t inode) {
        struct stat file {};
        if (::stat(path.c_str(), &file) == 0 && file.st_ino == inode) ::unlink(path.c_str());
    }

    [[nodiscard]] bool is_drained() const {
        return std::all_of(
            shared_.listeners.begin(), shared_.listeners.end(),
            [](const auto& state) { return !state->config.close_on_drain || state->open == 0; });
    }

    void add_metrics() {
        auto& metrics = shared_.metrics;
        const auto counts = shared_.counts;
        add_gauge("portal_http_worker_queue", "Requests that wait for a worker.",
                  shared_.workers.waiting());
        add_gauge("portal_http_hash_queue", "Requests that wait to compute a hash.",
                  shared_.hashes.waiting());
        metrics.add_gauge("portal_http_connections", "Open connections.",
                          [counts] { return static_cast<double>(counts->open.load()); });
        metrics.add_counter("portal_http_connections_refused_total",
                            "Connections closed at once: too many of one address, or not trusted.",
                            [counts] { return static_cast<double>(counts->refused.load()); });
    }

    void add_gauge(const char* name, const char* help,
                   std::shared_ptr<const std::atomic<std::size_t>> value) {
        shared_.metrics.add_gauge(
            name, help, [value = std::move(value)] { return static_cast<double>(value->load()); });
    }

    Shared shared_;
    std::vector<std::unique_ptr<IoThread>> threads_;
    std::vector<std::pair<std::string, ino_t>> socket_files_;
    bool started_ = false;
};

Server::Server(ServerOptions options, const base::Clock& clock, Metrics& metrics)
    : impl_(std::make_unique<Impl>(std::move(options), clock, metrics)) {}

Server::~Server() {
    stop();
}

base::Status Server::start(std::vector<Listener> listeners) {
    return impl_->start(std::move(listeners));
}

unsigned Server::port(std::size_t listener) const {
    return impl_->port(listener);
}

void Server::drain() {
    impl_->drain(false);
}

bool Server::draining() const {
    return impl_->draining();
}

bool Server::wait_drained(base::Millis deadline) {
    return impl_->wait_drained(deadline);
}

void Server::stop() {
    impl_->stop();
}

std::size_t Server::connections() const {
    return impl_->connections();
}

}  // namespace portal::http
