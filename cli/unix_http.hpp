// HTTP/1.1 over the daemon's unix socket, one exchange a connection. Ours instead of libcurl: that
// library alone takes longer to load than a whole portalctl call may last.
// Thread rule: pure but for the socket. Source: RFC 9112.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/result.hpp"

namespace portal::cli {

struct HttpCall {
    std::string method;
    std::string target;  // path and query, already percent-encoded
    std::string body;    // JSON; empty: none
};
struct HttpAnswer {
    int status = 0;
    std::string body;
};

inline constexpr std::size_t kAnswerLimit = 64 * 1024 * 1024;

/// A call that was sent and whose answer is not read yet, so that its caller can do something else
/// meanwhile.
class SentCall {
  public:
    /// Fails as call_unix does.
    static base::Result<SentCall> send(const std::string& socket, const HttpCall& call,
                                       base::Millis limit);
    base::Result<HttpAnswer> receive();

    SentCall(SentCall&& other) noexcept;
    SentCall& operator=(SentCall&& other) noexcept;
    SentCall(const SentCall&) = delete;
    SentCall& operator=(const SentCall&) = delete;
    ~SentCall();

  private:
    SentCall(int socket, std::chrono::steady_clock::time_point deadline)
        : socket_(socket), deadline_(deadline) {}

    int socket_;
    std::chrono::steady_clock::time_point deadline_;
};

/// Fails with unavailable (nobody there), forbidden (the socket may not be opened) or timeout (no
/// whole answer within `limit`; what was asked may have been done).
base::Result<HttpAnswer> call_unix(const std::string& socket, const HttpCall& call,
                                   base::Millis limit);
/// A whole answer as it came, until the peer closed or Content-Length was reached.
base::Result<HttpAnswer> parse_answer(std::string_view text);

}  // namespace portal::cli
