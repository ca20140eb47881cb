// What the accept loops and the connections share. Internal: only server.cpp and connection.cpp
// include this (Asio is heavy).
//
// One IoThread has one io_context; everything of a connection happens there except the handler,
// which a worker runs while the connection's coroutine waits. No deadline has a timer of its own:
// a connection notes when its time is up and the thread's sweep cancels those that are late.
//
// Rule for coroutines (g++ 12.2 miscompiles the rest, docs/architecture.md): an expression with
// co_await holds names, std::move(name), literals and calls only; no braces, no capturing lambda,
// no ?:.
#pragma once

#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <unordered_set>
#include <vector>

#include "daemon/http/address.hpp"
#include "daemon/http/limits.hpp"
#include "daemon/http/listen.hpp"
#include "daemon/http/metrics.hpp"
#include "daemon/http/response_head.hpp"
#include "daemon/http/server.hpp"
#include "daemon/http/worker_pool.hpp"

namespace portal::http {

namespace asio = boost::asio;

using Executor = asio::io_context::executor_type;
using Protocol = asio::generic::stream_protocol;
using Socket = asio::basic_stream_socket<Protocol, Executor>;
using Acceptor = asio::basic_socket_acceptor<Protocol, Executor>;
using Timer = asio::basic_waitable_timer<std::chrono::steady_clock,
                                         asio::wait_traits<std::chrono::steady_clock>, Executor>;
template <class T = void>
using Task = asio::awaitable<T, Executor>;
using Awaitable = asio::use_awaitable_t<Executor>;
inline constexpr asio::as_tuple_t<Awaitable> kToken{Awaitable{}};  // (error, result), no throw
using SteadyTime = std::chrono::steady_clock::time_point;

struct ListenerState {
    ListenerState(Listener given, ListenAddress at)
        : config(std::move(given)),
          where(std::move(at)),
          rate(config.limits.requests_per_second, config.limits.request_burst) {}
    Listener config;
    ListenAddress where;
    ConnectionCounter counter;
    RateLimiter rate;
    std::atomic<std::size_t> open{0};
};

/// Numbers for /metrics, which may be read after the server is gone.
struct Counts {
    std::atomic<std::size_t> open{0};
    std::atomic<std::size_t> refused{0};
};

struct Shared {
    Shared(ServerOptions given, const base::Clock& the_clock, Metrics& the_metrics);
    const ServerOptions options;
    const base::Clock& clock;
    Metrics& metrics;
    TrustedProxies trusted;
    WorkerPool workers;
    WorkerPool hashes;
    std::shared_ptr<Counts> counts = std::make_shared<Counts>();
    std::atomic<bool> draining{false};
    std::atomic<bool> stopping{false};
    std::mutex closed_mutex;
    std::condition_variable closed;  // told of each connection that ends while draining
    std::vector<std::unique_ptr<ListenerState>> listeners;
};

/// What the sweep of its thread knows of a connection.
struct OpenConnection {
    OpenConnection(Socket given, ListenerState& from) : socket(std::move(given)), listener(from) {}
    virtual ~OpenConnection() = default;
    OpenConnection(const OpenConnection&) = delete;
    OpenConnection& operator=(const OpenConnection&) = delete;

    enum class Phase { fresh, idle, busy };
    Socket socket;
    ListenerState& listener;
    Phase phase = Phase::fresh;
    SteadyTime deadline = SteadyTime::max();
    bool timed_out = false;  // the sweep cancelled the read or write under way
};

class IoThread {
  public:
    explicit IoThread(Shared& shared_parts);
    /// Takes over a listening socket.
    void listen(ListenerState& listener, Descriptor socket);
    void start();
    /// From any thread: closes listeners (all, or those that close on drain) and idle connections.
    void drain(bool everything);
    void join();

    void add(OpenConnection& connection);
    void remove(OpenConnection& connection);

    Shared& shared;
    asio::io_context context{1};
    DateLine date;

  private:
    struct OpenListener {
        ListenerState& listener;
        Acceptor acceptor;
        Timer pause;
        bool closing = false;
    };
    Task<> accept_loop(OpenListener& listener);
    Task<bool> accept_one(OpenListener& listener);
    Task<> wait_for_room(OpenListener& listener);
    Task<> sweep_loop();
    void sweep();
    void empty_backlog(OpenListener& listener);
    void welcome(OpenListener& listener, Socket socket);
    void close_all(bool everything);

    asio::executor_work_guard<Executor> work_;
    Timer sweep_timer_;
    bool sweeping_ = false;
    std::chrono::milliseconds sweep_every_;
    std::vector<std::unique_ptr<OpenListener>> listeners_;
    std::unordered_set<OpenConnection*> connections_;
    std::thread thread_;
};

/// Serves the socket to its end on the thread's context, and counts it while it is open.
void serve(IoThread& thread, ListenerState& listener, Socket socket);

}  // namespace portal::http
