#include "cli/unix_http.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <optional>
#include <utility>

#include "base/encoding.hpp"

namespace portal::cli {
namespace {

using base::ErrorCode;
using base::make_error;
using base::N_;
using base::Result;
using base::Status;
using Moment = std::chrono::steady_clock::time_point;

base::Error unreachable(const std::string& socket, int cause) {
    const bool refused = cause == EACCES || cause == EPERM;
    auto error =
        refused ? make_error(ErrorCode::forbidden, N_("You may not open {1}."), {socket})
                : make_error(ErrorCode::unavailable, N_("No daemon answers at {1}."), {socket});
    return error.with_hint(refused ? "join the group portal-admin, or ask who administers portald"
                                   : "systemctl status portald, or say where it is: --socket PATH");
}

base::Error too_late() {
    return make_error(ErrorCode::timeout,
                      N_("The daemon did not answer in time. What was asked may have been done."));
}

/// Waits for `events`; false when the time is over.
bool wait_for(int socket, short events, Moment deadline) {
    for (;;) {
        const auto left =
            std::chrono::duration_cast<base::Millis>(deadline - base::SystemClock{}.steady());
        if (left.count() <= 0) return false;
        pollfd item{socket, events, 0};
        const int ready = ::poll(&item, 1, static_cast<int>(left.count()));
        if (ready > 0) return true;
        if (ready == 0 || errno != EINTR) return false;
    }
}

Status connect_to(int socket, const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path) return unreachable(path, ENAMETOOLONG);
    std::memcpy(address.sun_path, path.data(), path.size());
    const auto* raw = static_cast<const sockaddr*>(static_cast<const void*>(&address));
    if (::connect(socket, raw, sizeof address) != 0) return unreachable(path, errno);
    return {};
}

Status send_all(int socket, std::string_view text, Moment deadline) {
    while (!text.empty()) {
        const auto sent = ::send(socket, text.data(), text.size(), MSG_NOSIGNAL);
        if (sent > 0) {
            text.remove_prefix(static_cast<std::size_t>(sent));
        } else if (errno == EAGAIN || errno == EINTR) {
            if (!wait_for(socket, POLLOUT, deadline)) return too_late();
        } else {
            return {};  // it may have answered already, and closed
        }
    }
    return {};
}

std::optional<std::size_t> to_size(std::string_view text) {
    std::size_t size = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), size);
    if (failed != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return size;
}

/// Content-Length among the head's lines.
std::optional<std::size_t> content_length(std::string_view head) {
    for (const auto line : base::split(head, '\n')) {
        const auto colon = line.find(':');
        if (colon == std::string_view::npos) continue;
        if (base::lower_ascii(line.substr(0, colon)) == "content-length")
            return to_size(base::trim(line.substr(colon + 1)));
    }
    return std::nullopt;
}

/// True when `text` holds a whole answer, so that the peer need not close first.
bool is_whole(std::string_view text) {
    const auto end = text.find("\r\n\r\n");
    if (end == std::string_view::npos) return false;
    const auto length = content_length(text.substr(0, end));
    return length && text.size() - end - 4 >= *length;
}

Result<std::string> receive_text(int socket, Moment deadline) {
    std::string text;
    char block[65536];
    while (!is_whole(text)) {
        const auto got = ::recv(socket, block, sizeof block, 0);
        if (got > 0)
            text.append(block, static_cast<std::size_t>(got));
        else if (got == 0)
            break;
        else if (errno != EAGAIN && errno != EINTR)
            return too_late();
        else if (!wait_for(socket, POLLIN, deadline))
            return too_late();
        if (text.size() > kAnswerLimit)
            return make_error(ErrorCode::too_large, N_("The daemon's answer is too large."));
    }
    return text;
}

std::string format_call(const HttpCall& call) {
    std::string text = call.method + " " + call.target +
                       " HTTP/1.1\r\nHost: portal\r\nAccept: application/json\r\n"
                       "User-Agent: portalctl/" PORTAL_VERSION "\r\nConnection: close\r\n";
    if (call.method != "GET")
        text += "Content-Type: application/json\r\nContent-Length: " +
                std::to_string(call.body.size()) + "\r\n";
    return text + "\r\n" + call.body;
}

}  // namespace

Result<HttpAnswer> parse_answer(std::string_view text) {
    const auto broken = make_error(ErrorCode::unavailable, N_("The daemon's answer is broken."));
    const auto end = text.find("\r\n\r\n");
    if (end == std::string_view::npos || text.substr(0, 7) != "HTTP/1." || text.size() < 12)
        return broken;
    const auto head = text.substr(0, end);
    const auto status = to_size(text.substr(9, 3));
    auto body = text.substr(end + 4);
    if (!status || *status < 100 || *status > 599) return broken;
    if (const auto length = content_length(head)) {
        if (body.size() < *length) return broken;
        body = body.substr(0, *length);
    }
    return HttpAnswer{static_cast<int>(*status), std::string{body}};
}

SentCall::SentCall(SentCall&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)), deadline_(other.deadline_) {}

SentCall& SentCall::operator=(SentCall&& other) noexcept {
    std::swap(socket_, other.socket_);
    deadline_ = other.deadline_;
    return *this;
}

SentCall::~SentCall() {
    if (socket_ >= 0) ::close(socket_);
}

Result<SentCall> SentCall::send(const std::string& socket, const HttpCall& call,
                                base::Millis limit) {
    const auto deadline = base::SystemClock{}.steady() + limit;
    SentCall sent{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), deadline};
    if (sent.socket_ < 0) return unreachable(socket, errno);
    PORTAL_TRYV(connect_to(sent.socket_, socket));
    PORTAL_TRYV(send_all(sent.socket_, format_call(call), deadline));
    return sent;
}

Result<HttpAnswer> SentCall::receive() {
    PORTAL_TRY(text, receive_text(socket_, deadline_));
    if (text.empty())
        return make_error(ErrorCode::unavailable, N_("The daemon closed without an answer."));
    return parse_answer(text);
}

Result<HttpAnswer> call_unix(const std::string& socket, const HttpCall& call, base::Millis limit) {
    PORTAL_TRY(sent, SentCall::send(socket, call, limit));
    return sent.receive();
}

}  // namespace portal::cli
