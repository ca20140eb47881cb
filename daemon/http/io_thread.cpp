// Accepting, sweeping and closing: the life of one network thread.
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>

#include "daemon/http/network.hpp"

namespace portal::http {

namespace {

using namespace std::chrono_literals;

/// Often enough that no time-out is late by more than a quarter, at most 20 times a second.
std::chrono::milliseconds sweep_interval(const ServerOptions& options) {
    const auto shortest = std::min({options.head_timeout, options.body_timeout, options.body_grace,
                                    options.idle_timeout, options.write_timeout});
    return std::clamp<std::chrono::milliseconds>(shortest / 4, 5ms, 250ms);
}

}  // namespace

IoThread::IoThread(Shared& shared_parts)
    : shared(shared_parts),
      work_(context.get_executor()),
      sweep_timer_(context.get_executor()),
      sweep_every_(sweep_interval(shared_parts.options)) {}

void IoThread::listen(ListenerState& listener, Descriptor socket) {
    const int family = listener.where.is_unix           ? AF_UNIX
                       : listener.where.address.is_v4() ? AF_INET
                                                        : AF_INET6;
    Acceptor acceptor{context.get_executor(), Protocol{family, 0}, socket.get()};
    socket.release();
    listeners_.push_back(std::unique_ptr<OpenListener>(
        new OpenListener{listener, std::move(acceptor), Timer{context.get_executor()}}));
}

void IoThread::start() {
    for (auto& listener : listeners_)
        asio::co_spawn(context, accept_loop(*listener), asio::detached);
    thread_ = std::thread{[this] { context.run(); }};
}

void IoThread::join() {
    work_.reset();
    if (thread_.joinable()) thread_.join();
}

void IoThread::drain(bool everything) {
    asio::post(context, [this, everything] { close_all(everything); });
}

void IoThread::add(OpenConnection& connection) {
    connections_.insert(&connection);
    if (sweeping_) return;
    sweeping_ = true;
    asio::co_spawn(context, sweep_loop(), asio::detached);
}

void IoThread::remove(OpenConnection& connection) {
    connections_.erase(&connection);
}

Task<> IoThread::sweep_loop() {
    while (!connections_.empty()) {
        sweep_timer_.expires_after(sweep_every_);
        co_await sweep_timer_.async_wait(kToken);
        sweep();
    }
    sweeping_ = false;
}

void IoThread::sweep() {
    const auto now = shared.clock.steady();
    for (auto* connection : connections_) {
        if (connection->deadline > now) continue;
        connection->timed_out = true;
        boost::system::error_code ignored;
        connection->socket.cancel(ignored);
    }
}

Task<> IoThread::accept_loop(OpenListener& listener) {
    while (!listener.closing) {
        co_await wait_for_room(listener);
        if (listener.closing) break;
        const bool accepted = co_await accept_one(listener);
        if (accepted || listener.closing) continue;
        listener.pause.expires_after(100ms);  // out of descriptors or memory: let some go first
        co_await listener.pause.async_wait(kToken);
    }
}

Task<bool> IoThread::accept_one(OpenListener& listener) {
    Socket socket{context.get_executor()};
    const auto result = co_await listener.acceptor.async_accept(socket, kToken);
    const auto error = std::get<0>(result);
    if (error) co_return error == asio::error::connection_aborted;
    welcome(listener, std::move(socket));
    co_return true;
}

Task<> IoThread::wait_for_room(OpenListener& listener) {
    while (!listener.closing && shared.counts->open >= shared.options.max_connections) {
        listener.pause.expires_after(20ms);
        co_await listener.pause.async_wait(kToken);
    }
}

void IoThread::welcome(OpenListener& listener, Socket socket) {
    boost::system::error_code error;
    socket.non_blocking(true, error);
    if (error) return;
    if (!listener.listener.where.is_unix) {
        const int on = 1;
        ::setsockopt(socket.native_handle(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    }
    try {
        serve(*this, listener.listener, std::move(socket));
    } catch (const std::exception&) {
        ++shared.counts->refused;  // out of memory: this client goes, the loop stays
    }
}

/// Clients that the kernel has already connected would be reset by closing the listener.
void IoThread::empty_backlog(OpenListener& listener) {
    boost::system::error_code error;
    listener.acceptor.non_blocking(true, error);
    while (!error && shared.counts->open < shared.options.max_connections) {
        Socket socket{context.get_executor()};
        listener.acceptor.accept(socket, error);
        if (!error) welcome(listener, std::move(socket));
    }
}

void IoThread::close_all(bool everything) {
    boost::system::error_code ignored;
    for (auto& listener : listeners_) {
        if (listener->closing || (!everything && !listener->listener.config.close_on_drain))
            continue;
        listener->closing = true;
        if (!everything) empty_backlog(*listener);
        listener->acceptor.close(ignored);
        listener->pause.cancel();
    }
    const auto soon = shared.clock.steady() + 1s;
    for (auto* connection : connections_) {
        if (everything) {
            connection->timed_out = true;
            connection->deadline = SteadyTime::min();
            connection->socket.cancel(ignored);
        } else if (!connection->listener.config.close_on_drain) {
            continue;
        } else if (connection->phase == OpenConnection::Phase::idle) {
            connection->socket.cancel(ignored);
        } else if (connection->phase == OpenConnection::Phase::fresh) {
            connection->deadline = std::min(connection->deadline, soon);
        }
    }
    if (everything) sweep_timer_.cancel();
}

}  // namespace portal::http
