// Raw sockets for the tests of the server: bytes out, bytes in, always with a deadline.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "catch.hpp"
#include "daemon/http/metrics.hpp"
#include "daemon/http/server.hpp"

namespace portal::http::test {

using namespace std::chrono_literals;

inline std::chrono::steady_clock::time_point in(std::chrono::milliseconds time) {
    return std::chrono::steady_clock::now() + time;
}

/// Until `ready` says true or the time is over; waits on nothing but short polls.
template <class Ready>
bool eventually(Ready ready, std::chrono::milliseconds limit = 5s) {
    const auto until = in(limit);
    while (!ready()) {
        if (std::chrono::steady_clock::now() > until) return false;
        ::poll(nullptr, 0, 2);
    }
    return true;
}

class Client {
  public:
    explicit Client(unsigned port, const char* from = "127.0.0.1")
        : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
        auto local = address(from, 0);
        REQUIRE(::bind(fd_, reinterpret_cast<sockaddr*>(&local), sizeof local) == 0);
        auto remote = address("127.0.0.1", port);
        connected_ = ::connect(fd_, reinterpret_cast<sockaddr*>(&remote), sizeof remote) == 0;
    }
    explicit Client(const std::string& path) : fd_(::socket(AF_UNIX, SOCK_STREAM, 0)) {
        sockaddr_un where{};
        where.sun_family = AF_UNIX;
        std::memcpy(where.sun_path, path.data(), path.size());
        connected_ = ::connect(fd_, reinterpret_cast<sockaddr*>(&where), sizeof where) == 0;
    }
    Client(Client&& other) noexcept
        : fd_(std::exchange(other.fd_, -1)),
          connected_(other.connected_),
          rest_(std::move(other.rest_)) {}
    Client& operator=(Client&&) = delete;
    ~Client() {
        if (fd_ >= 0) ::close(fd_);
    }

    [[nodiscard]] bool connected() const { return connected_; }

    /// All of it, or as much as the server takes before it closes.
    void send(std::string_view bytes) const {
        while (!bytes.empty()) {
            const auto sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
    }

    void reset() {
        const linger now{1, 0};
        ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
        ::close(std::exchange(fd_, -1));
    }

    /// One response with its body (by Content-Length), "" when the server closes or time is over.
    std::string receive(std::chrono::milliseconds limit = 5s, bool head_only = false) {
        const auto until = in(limit);
        while (true) {
            const auto end = rest_.find("\r\n\r\n");
            if (end != std::string::npos) {
                const auto length = head_only ? 0 : content_length(rest_.substr(0, end));
                if (rest_.size() >= end + 4 + length) return take(end + 4 + length);
            }
            if (!read_more(until)) return "";
        }
    }

    /// True when the server ends the connection within the limit; what comes before is dropped.
    bool closes(std::chrono::milliseconds limit = 5s) {
        const auto until = in(limit);
        while (read_more(until)) rest_.clear();
        return closed_;
    }

    /// Nothing arrives within the time.
    bool is_silent(std::chrono::milliseconds time) {
        const auto had = rest_.size();
        return !read_more(in(time)) && !closed_ && rest_.size() == had;
    }

    std::string ask(std::string_view request) {
        send(request);
        return receive();
    }

  private:
    static sockaddr_in address(const char* text, unsigned port) {
        sockaddr_in where{};
        where.sin_family = AF_INET;
        where.sin_port = htons(static_cast<std::uint16_t>(port));
        ::inet_pton(AF_INET, text, &where.sin_addr);
        return where;
    }

    static std::size_t content_length(const std::string& head) {
        const auto at = head.find("Content-Length: ");
        return at == std::string::npos ? 0 : std::stoul(head.substr(at + 16));
    }

    std::string take(std::size_t count) {
        auto response = rest_.substr(0, count);
        rest_.erase(0, count);
        return response;
    }

    bool read_more(std::chrono::steady_clock::time_point until) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
            until - std::chrono::steady_clock::now());
        pollfd waiting{fd_, POLLIN, 0};
        if (left.count() < 0 || ::poll(&waiting, 1, static_cast<int>(left.count())) <= 0)
            return false;
        std::string bytes(65536, '\0');
        const auto got = ::recv(fd_, bytes.data(), bytes.size(), 0);
        closed_ = got <= 0;
        if (closed_) return false;
        rest_.append(bytes, 0, static_cast<std::size_t>(got));
        return true;
    }

    int fd_;
    bool connected_ = false;
    bool closed_ = false;
    std::string rest_;
};

inline int status_of(const std::string& response) {
    return response.size() < 12 ? 0 : std::stoi(response.substr(9, 3));
}

inline std::string body_of(const std::string& response) {
    const auto end = response.find("\r\n\r\n");
    return end == std::string::npos ? "" : response.substr(end + 4);
}

inline std::string get(std::string_view target, std::string_view more = "") {
    return "GET " + std::string{target} + " HTTP/1.1\r\nHost: demo.test\r\n" + std::string{more} +
           "\r\n";
}

/// A server on a free loopback port whose limits do not stand in a test's way unless asked.
class TestServer {
  public:
    using Change = std::function<void(ServerOptions&, std::vector<Listener>&)>;

    explicit TestServer(
        Handler handler, Change change = [](auto&, auto&) {}) {
        ServerOptions options;
        options.io_threads = 2;
        options.workers = 4;
        options.hash_workers = 1;
        std::vector<Listener> listeners(1);
        listeners[0].address = "127.0.0.1:0";
        listeners[0].handler = std::move(handler);
        listeners[0].limits.connections_per_address = 0;
        listeners[0].limits.requests_per_second = 0;
        change(options, listeners);
        server_ = std::make_unique<Server>(options, clock_, metrics);
        const auto started = server_->start(std::move(listeners));
        if (!started) FAIL(base::describe(started.error()));
    }

    Server& operator*() { return *server_; }
    Server* operator->() { return server_.get(); }
    [[nodiscard]] unsigned port(std::size_t listener = 0) const { return server_->port(listener); }
    [[nodiscard]] Client client(const char* from = "127.0.0.1") const {
        return Client{port(), from};
    }

    Metrics metrics;

  private:
    base::SystemClock clock_;
    std::unique_ptr<Server> server_;
};

/// Says what it got: method, path, host, body.
inline Response echo(const Request& request) {
    return text(request.method + " " + request.path + " " + request.host + " " + request.body);
}

}  // namespace portal::http::test
