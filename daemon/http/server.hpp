// The HTTP/1.1 server: listeners, limits, time-outs, hand-off to workers, draining.
// One network thread per core, each with its own acceptor of every TCP listener; handlers run on
// worker threads, so that a slow client never holds one. Nothing a client sends is unbounded.
// Callers: daemon/main. Thread rule: start/stop from one thread; drain, draining, connections from
// any (not from a signal handler). Source: docs/architecture.md "HTTP"; requirements P12, P22.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "daemon/http/message.hpp"
#include "daemon/http/router.hpp"

namespace portal::http {

class Metrics;

using Handler = std::function<Response(const Request&)>;

/// Limits of one listener; 0 means unlimited where said so.
struct Limits {
    std::size_t body_bytes = 64 * 1024;        // 413
    std::size_t connections_per_address = 50;  // more are closed; 0 unlimited
    double requests_per_second = 20;           // per client address, 429; 0 unlimited
    double request_burst = 100;
};

struct Listener {
    /// "127.0.0.1:8080", "[::1]:8080", port 0 for any free one; or "unix:/run/portal/admin.sock".
    /// Plain HTTP: other peers than loopback and the trusted proxies are closed at once.
    std::string address;
    Handler handler;
    std::function<Lane(const Request&)> lane{};  // empty: always Lane::worker
    Limits limits{};
    bool close_on_drain = true;   // false for /readyz and /metrics, which answer to the end
    unsigned socket_mode = 0660;  // unix only
    std::string socket_group{};   // unix only: who may open it beside the owner; empty: own group
};

struct ServerOptions {
    unsigned io_threads = 0;          // 0: one a core
    unsigned workers = 16;            // threads for handlers
    unsigned hash_workers = 0;        // threads for Lane::hashes; 0: one a core
    std::size_t worker_queue = 1024;  // waiting; more get 503 with Retry-After
    std::size_t hash_queue = 64;
    std::size_t max_connections = 10000;         // over all listeners; accepting pauses there
    std::vector<std::string> trusted_proxies{};  // CIDR: "10.0.0.0/8", "::1/128", "192.0.2.1"
    bool treat_loopback_as_secure = false;       // browsers hold http://*.localhost for secure
    base::Millis head_timeout{
        5000};  // whole head, from its first byte (a new client: from connect)
    base::Millis body_timeout{10000};  // whole body
    base::Millis body_grace{5000};     // after it, fewer than body_rate bytes a second are cut
    std::size_t body_rate = 1024;
    base::Millis idle_timeout{60000};  // between requests
    base::Millis write_timeout{30000};
};

class Server {
  public:
    Server(ServerOptions options, const base::Clock& clock, Metrics& metrics);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Binds everything, then serves. `conflict` when an address is taken, `invalid` when it or a
    /// proxy's CIDR is malformed; nothing listens then.
    base::Status start(std::vector<Listener> listeners);
    /// The real port of the n-th listener; 0 for a unix socket.
    [[nodiscard]] unsigned port(std::size_t listener) const;

    /// No new connections (but on listeners that stay), idle ones closed, requests in flight finish
    /// with Connection: close. At once true in draining(), so that /readyz can say 503.
    void drain();
    [[nodiscard]] bool draining() const;
    /// True when every connection of a draining listener is gone, false after `deadline`.
    bool wait_drained(base::Millis deadline);
    /// Closes everything; waits only for handlers that are running. Called by the destructor.
    void stop();
    [[nodiscard]] std::size_t connections() const;

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace portal::http
