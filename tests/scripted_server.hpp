// A server of one test: each connection on loopback is given to a function, one after the other.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

namespace portal::testing {

class Connection {
  public:
    explicit Connection(int socket) : socket_(socket) {}
    ~Connection() { ::close(socket_); }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    void write(std::string_view text) const {
        while (!text.empty()) {
            const auto sent = ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
            if (sent <= 0) return;
            text.remove_prefix(static_cast<std::size_t>(sent));
        }
    }
    /// Up to and with `end`; less when the peer has gone.
    std::string read_until(std::string_view end) {
        for (;;) {
            if (const auto at = unread_.find(end); at != std::string::npos) {
                auto found = unread_.substr(0, at + end.size());
                unread_.erase(0, at + end.size());
                return found;
            }
            if (!receive()) return std::exchange(unread_, {});
        }
    }
    std::string read_bytes(std::size_t size) {
        while (unread_.size() < size && receive()) {
        }
        auto found = unread_.substr(0, size);
        unread_.erase(0, size);
        return found;
    }
    /// Waits until the peer has gone.
    void wait_for_end() { (void)read_until(std::string(1, '\0')); }
    /// The end that a peer sees as a reset.
    void reset() const {
        const linger now{1, 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    }

  private:
    bool receive() {
        char buffer[4096];
        const auto got = ::recv(socket_, buffer, sizeof buffer, 0);
        if (got > 0) unread_.append(buffer, static_cast<std::size_t>(got));
        return got > 0;
    }

    int socket_;
    std::string unread_;
};

class ScriptedServer {
  public:
    using Script = std::function<void(Connection&)>;
    explicit ScriptedServer(Script script) : script_(std::move(script)) {
        listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* any = reinterpret_cast<sockaddr*>(&address);
        if (::bind(listener_, any, size) != 0 || ::listen(listener_, 16) != 0 ||
            ::getsockname(listener_, any, &size) != 0)
            throw std::runtime_error{"no port"};
        port_ = ntohs(address.sin_port);
        thread_ = std::thread{[this] { serve(); }};
    }
    ~ScriptedServer() {
        ::shutdown(listener_, SHUT_RDWR);
        thread_.join();
        ::close(listener_);
    }
    ScriptedServer(const ScriptedServer&) = delete;
    ScriptedServer& operator=(const ScriptedServer&) = delete;

    [[nodiscard]] int port() const { return port_; }
    [[nodiscard]] std::string url(std::string_view path) const {
        return "http://127.0.0.1:" + std::to_string(port_) + std::string{path};
    }

  private:
    void serve() {
        for (;;) {
            const int socket = ::accept(listener_, nullptr, nullptr);
            if (socket < 0) return;
            Connection connection{socket};
            script_(connection);
        }
    }

    Script script_;
    int listener_ = -1;
    int port_ = 0;
    std::thread thread_;
};

}  // namespace portal::testing
