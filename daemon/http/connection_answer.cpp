// From a complete request to its answer on the wire.
#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <typeinfo>

#include "base/log.hpp"
#include "daemon/http/connection.hpp"

namespace portal::http {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t kMaxDiscarded = 8 * 1024 * 1024;
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

/// Starts the handler on a pool and completes on the connection's thread.
template <class Completion>
struct HandlerJob final : WorkerPool::Job {
    HandlerJob(Connection& of, IoThread& on, Completion then)
        : connection(of), thread(on), completion(std::move(then)) {}
    void run() override {
        connection.handle();
        asio::post(thread.context, std::move(completion));
    }
    Connection& connection;
    IoThread& thread;
    Completion completion;
};

struct StartOnPool {
    StartOnPool(Connection& of, IoThread& on, WorkerPool& with)
        : connection(&of), thread(&on), pool(&with) {}
    template <class Completion>
    void operator()(Completion&& completion) const {
        using Job = HandlerJob<std::decay_t<Completion>>;
        pool->submit(
            std::make_unique<Job>(*connection, *thread, std::forward<Completion>(completion)));
    }
    Connection* connection;
    IoThread* thread;
    WorkerPool* pool;
};

/// An ordinary function, so that no lambda stands in an expression with co_await.
Task<> run_on(WorkerPool& pool, Connection& connection, IoThread& thread) {
    const StartOnPool start{connection, thread, pool};
    Awaitable token;
    return asio::async_initiate<Awaitable, void()>(start, token);
}

}  // namespace

Lane Connection::lane() const {
    return listener.config.lane ? listener.config.lane(request_) : Lane::worker;
}

void Connection::handle() {
    try {
        if (shared_.stopping)
            response_ = error_response(503);
        else
            response_ = listener.config.handler(request_);
    } catch (const std::exception& error) {
        // Not what(): it may quote what the client sent.
        base::log::error("http.handler_failed", {{"exception", typeid(error).name()}});
        response_ = error_response(500);
    } catch (...) {
        base::log::error("http.handler_failed", {{"exception", "unknown"}});
        response_ = error_response(500);
    }
}

Task<> Connection::hand_off(WorkerPool& pool, bool& busy) {
    busy = !pool.reserve();
    auto& self = *this;
    if (!busy) co_await run_on(pool, self, thread_);
}

Task<> Connection::answer() {
    set_deadline(SteadyTime::max());
    const auto where = lane();
    if (where == Lane::inline_ok) {
        handle();
        co_return;
    }
    auto& pool = where == Lane::hashes ? shared_.hashes : shared_.workers;
    bool busy = false;
    co_await hand_off(pool, busy);
    if (!busy) co_return;
    response_ = error_response(503);
    response_.headers.add("Retry-After", "1");
}

/// The answer to what never reached a handler.
void Connection::make_error() {
    response_ = error_response(status_);
    response_.headers.add("Cache-Control", "no-store");
    response_.headers.add("X-Content-Type-Options", "nosniff");
    if (status_ == 405) response_.headers.add("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE");
    if (status_ == 429) response_.headers.add("Retry-After", "1");
    const bool body_follows = exchange_ && !exchange_->is_done();
    if (status_ != 429 || body_follows) keep_alive_ = false;
}

Connection::Buffers Connection::format_response() {
    if (shared_.draining && listener.config.close_on_drain) keep_alive_ = false;
    const auto date = thread_.date.at(shared_.clock.now());
    head_out_.clear();
    if (!format_head(head_out_, response_, {date, keep_alive_, http_1_0_})) {
        base::log::error("http.bad_response_header", {{"route", std::string{response_.route}}});
        response_ = error_response(500);
        format_head(head_out_, response_, {date, keep_alive_, http_1_0_});
    }
    auto body = response_.content();
    if (request_.method == "HEAD" || !may_have_body(response_.status)) body = {};
    return {asio::const_buffer{head_out_.data(), head_out_.size()},
            asio::const_buffer{body.data(), body.size()}};
}

Task<> Connection::write_response() {
    set_deadline(shared_.clock.steady() + shared_.options.write_timeout);
    const auto buffers = format_response();
    co_await write_all(buffers);
    observe();
}

Task<> Connection::write_all(Buffers buffers) {
    boost::system::error_code error;
    const std::size_t size = asio::buffer_size(buffers);
    const std::size_t sent = socket.write_some(buffers, error);  // does not wait
    if (sent == size) co_return;
    if (error && error != asio::error::would_block) {
        status_ = kClosed;
        co_return;
    }
    const std::size_t from_head = std::min(sent, buffers[0].size());
    buffers[0] += from_head;
    buffers[1] += sent - from_head;
    const auto result = co_await asio::async_write(socket, buffers, kToken);
    if (std::get<0>(result)) status_ = kClosed;
}

Task<> Connection::write_interim() {
    set_deadline(shared_.clock.steady() + shared_.options.write_timeout);
    Buffers buffers;
    buffers[0] = asio::const_buffer{kContinue.data(), kContinue.size()};
    co_await write_all(buffers);
}

void Connection::observe() {
    const auto took = started_ == SteadyTime{} ? 0ns : shared_.clock.steady() - started_;
    shared_.metrics.observe(response_.route, response_.status, took);
}

/// Closing with bytes unread would reset the connection and may destroy the answer on its way.
Task<> Connection::linger() {
    boost::system::error_code ignored;
    socket.shutdown(Socket::shutdown_send, ignored);
    set_deadline(shared_.clock.steady() + 2s);
    std::size_t discarded = 0;
    while (discarded < kMaxDiscarded) {
        buffer_.consume(buffer_.unread().size());
        const std::size_t got = co_await read_some(kBodyRead);
        if (got == 0) break;
        discarded += got;
    }
}

}  // namespace portal::http
