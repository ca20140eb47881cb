#include "daemon/http/connection.hpp"

#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/error.hpp>
#include <cstring>

namespace portal::http {

Connection::Connection(IoThread& thread, ListenerState& from, Socket given)
    : OpenConnection(std::move(given), from), thread_(thread), shared_(thread.shared) {
    ++shared_.counts->open;
    ++listener.open;
}

Connection::~Connection() {
    if (counted_) listener.counter.remove(*counted_);
    thread_.remove(*this);
    --listener.open;
    --shared_.counts->open;
    if (!shared_.draining) return;
    const std::lock_guard lock{shared_.closed_mutex};
    shared_.closed.notify_all();
}

void Connection::set_deadline(SteadyTime at) {
    timed_out = false;
    deadline = shared_.stopping ? SteadyTime::min() : at;
}

// ---- who is it ------------------------------------------------------------------------------

void Connection::find_peer() {
    if (listener.where.is_unix) {
        ucred peer{};
        socklen_t length = sizeof peer;
        if (::getsockopt(socket.native_handle(), SOL_SOCKET, SO_PEERCRED, &peer, &length) == 0)
            credentials_ = PeerCredentials{peer.uid, peer.gid, peer.pid};
        return;
    }
    sockaddr_storage storage{};
    socklen_t length = sizeof storage;
    ::getpeername(socket.native_handle(), reinterpret_cast<sockaddr*>(&storage), &length);
    if (storage.ss_family == AF_INET6) {
        sockaddr_in6 v6{};
        std::memcpy(&v6, &storage, sizeof v6);
        std::memcpy(peer_.bytes.data(), &v6.sin6_addr, 16);
    } else {
        sockaddr_in v4{};
        std::memcpy(&v4, &storage, sizeof v4);
        peer_.bytes[10] = peer_.bytes[11] = 0xFF;
        std::memcpy(peer_.bytes.data() + 12, &v4.sin_addr, 4);
    }
}

bool Connection::admit() {
    find_peer();
    if (listener.where.is_unix) return credentials_.has_value();
    if (shared_.trusted.contains(peer_)) return true;  // its clients are counted, not it
    return peer_.is_loopback() && count_address(peer_);
}

bool Connection::count_address(const Address& address) {
    const auto limit = listener.config.limits.connections_per_address;
    if (limit == 0) return true;
    if (!listener.counter.add(address, limit)) return false;
    counted_ = address;
    return true;
}

Task<> Connection::read_proxy_header() {
    set_deadline(shared_.clock.steady() + shared_.options.head_timeout);
    auto header = parse_proxy_header(buffer_.unread());
    while (header.state == ProxyHeader::partial) {
        const std::size_t got = co_await read_some(kHeadRead);
        if (got == 0) {
            status_ = kClosed;
            co_return;
        }
        header = parse_proxy_header(buffer_.unread());
    }
    if (header.state == ProxyHeader::malformed) status_ = kClosed;
    if (header.state != ProxyHeader::complete) co_return;
    buffer_.consume(header.length);
    if (!header.source) co_return;
    peer_ = *header.source;
    peer_secure_ = header.secure;
    if (!shared_.trusted.contains(peer_) && !count_address(peer_)) {
        ++shared_.counts->refused;
        status_ = kClosed;
    }
}

// ---- reading --------------------------------------------------------------------------------

/// 0 when the client is gone, or the read was cancelled (aborted_).
Task<std::size_t> Connection::read_some(std::size_t size) {
    const asio::mutable_buffer space{buffer_.prepare(size), size};
    const auto result = co_await socket.async_read_some(space, kToken);
    const std::size_t got = std::get<1>(result);
    aborted_ = std::get<0>(result) == asio::error::operation_aborted;
    buffer_.commit(got);
    co_return got;
}

void Connection::begin_request() {
    status_ = 0;
    scanner_ = {};
    exchange_.reset();
    request_ = {};
    response_ = {};
    buffer_.release();
    const auto now = shared_.clock.steady();
    if (!buffer_.empty()) phase = Phase::busy;
    const bool waits = phase == Phase::idle;
    set_deadline(now + (waits ? shared_.options.idle_timeout : shared_.options.head_timeout));
}

/// When draining, an idle client goes, but not one whose next request has already arrived.
bool Connection::ends_idle() {
    if (phase != Phase::idle || !shared_.draining || !listener.config.close_on_drain) return false;
    boost::system::error_code ignored;
    return socket.available(ignored) == 0;
}

Task<> Connection::read_head() {
    begin_request();
    while (true) {
        status_ = scanner_.scan(buffer_.unread());
        if (status_ != 0 || scanner_.head_length() > 0) co_return;
        if (ends_idle()) {
            status_ = kClosed;
            co_return;
        }
        const std::size_t got = co_await read_some(kHeadRead);
        if (got == 0 && aborted_ && !timed_out) continue;  // woken by drain
        if (got == 0) {
            status_ = kClosed;
            if (timed_out && !buffer_.empty()) status_ = 408;
            co_return;
        }
        if (phase == Phase::idle)
            set_deadline(shared_.clock.steady() + shared_.options.head_timeout);
        phase = Phase::busy;
    }
}

void Connection::parse_head() {
    phase = Phase::busy;
    started_ = shared_.clock.steady();
    const auto head = buffer_.unread().substr(0, scanner_.head_length()).substr(scanner_.skip());
    exchange_.emplace(listener.config.limits.body_bytes);
    status_ = exchange_->parse_head(head, request_);
    buffer_.consume(scanner_.head_length());
    if (status_ != 0) return;
    keep_alive_ = exchange_->keep_alive();
    http_1_0_ = exchange_->http_1_0();
    if (listener.where.is_unix) {
        request_.peer = credentials_;
        request_.client_address = "unix";
        return;
    }
    const bool loopback = shared_.options.treat_loopback_as_secure && peer_.is_loopback();
    const auto origin =
        find_origin(peer_, peer_secure_ || loopback, shared_.trusted, request_.headers);
    request_.client_address = format_address(origin.client);
    request_.secure = origin.secure;
    if (!listener.rate.take(origin.client, started_)) status_ = 429;
}

Task<> Connection::read_request() {
    co_await read_head();
    if (status_ != 0) co_return;
    parse_head();
    if (status_ != 0 || exchange_->is_done()) co_return;
    if (exchange_->wants_continue() && buffer_.empty()) co_await write_interim();
    if (status_ == 0) co_await read_body();
}

Task<> Connection::read_body() {
    const auto started = shared_.clock.steady();
    std::size_t received = 0;
    while (true) {
        std::size_t used = 0;
        status_ = exchange_->parse_body(buffer_.unread(), used);
        buffer_.consume(used);
        received += used;
        if (status_ != 0) co_return;
        if (exchange_->is_done()) break;
        if (used > 0 && !buffer_.empty()) continue;
        co_await wait_for_body(started, received);
        if (status_ != 0) co_return;
    }
    exchange_->take_body(request_);
}

Task<> Connection::wait_for_body(SteadyTime started, std::size_t received) {
    const auto& options = shared_.options;
    const auto earned = std::chrono::milliseconds{1000 * (received + buffer_.unread().size()) /
                                                  std::max<std::size_t>(1, options.body_rate)};
    set_deadline(started + std::min(options.body_timeout, options.body_grace + earned));
    const std::size_t got = co_await read_some(kBodyRead);
    if (got > 0) co_return;
    status_ = kClosed;
    if (timed_out) status_ = 408;
}

Task<> Connection::run() {
    if (!listener.where.is_unix && shared_.trusted.contains(peer_)) co_await read_proxy_header();
    if (status_ == kClosed) co_return;
    while (keep_alive_) {
        co_await read_request();
        if (status_ == kClosed) co_return;
        if (status_ == 0)
            co_await answer();
        else
            make_error();
        const bool refused = status_ != 0;
        co_await write_response();
        if (status_ == kClosed) co_return;
        if (refused && !keep_alive_) co_await linger();
        phase = Phase::idle;
    }
}

static Task<> run_to_end(std::unique_ptr<Connection> connection) {
    co_await connection->run();
}

void serve(IoThread& thread, ListenerState& listener, Socket socket) {
    auto connection = std::make_unique<Connection>(thread, listener, std::move(socket));
    if (!connection->admit()) {
        ++thread.shared.counts->refused;
        return;
    }
    thread.add(*connection);
    asio::co_spawn(thread.context, run_to_end(std::move(connection)), asio::detached);
}

}  // namespace portal::http
