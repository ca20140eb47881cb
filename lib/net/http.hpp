// HTTP/1.1 client: the SMS providers, the eID services and portalctl's way to the daemon call it.
// Redirects and proxies are never followed, TLS is always verified, every wait and size is bounded.
// Thread rule: a client is used by one thread at a time; http_request may be called from any.
// Source: requirements L22 (an outcome that is not known must be told apart), protocols 4.8.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.hpp"
#include "base/personal.hpp"
#include "base/result.hpp"

namespace portal::net {

/// What this side shows of itself (mutual TLS), PEM files. A client that sends one keeps its
/// connections for it: never share a client between certificates.
struct ClientCertificate {
    std::string file;  // empty: none is shown
    std::string key_file;
    base::Secret key_password;
};

struct HttpRequest {
    std::string method = "GET";
    std::string url;  // http:// or https://
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    std::string unix_socket;  // path; then the URL's host only becomes the Host header
    std::string ca_file;      // PEM: these authorities and no other; empty: the system's
    ClientCertificate certificate{};
    base::Millis connect_timeout{5'000};
    base::Millis timeout{30'000};  // the whole exchange; zero: none
    std::size_t answer_limit = 1U << 20U;
    /// A kept connection that the peer has closed makes libcurl send again by itself, so what must
    /// not go out twice uses a connection of its own.
    bool own_connection = false;
};

struct HttpAnswer {
    int status = 0;
    std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
    std::string body;

    /// The first header with this lower-case name, or empty.
    [[nodiscard]] std::string_view header(std::string_view name) const;
};

/// Keeps its connection for the next request. Fails with
///  - invalid: the URL or a header cannot be sent;
///  - unavailable: nothing was sent (no address, no connection, TLS refused), safe to repeat;
///  - timeout: the request went out, in whole or in part, and no whole answer came: unknown;
///  - too_large: answered, with more than `answer_limit` bytes.
class HttpClient {
  public:
    HttpClient();
    ~HttpClient();
    HttpClient(HttpClient&&) noexcept;
    HttpClient& operator=(HttpClient&&) noexcept;

    [[nodiscard]] base::Result<HttpAnswer> send(const HttpRequest& request);

  private:
    struct Handle;
    std::unique_ptr<Handle> handle_;
};

/// One request on a client of its own.
base::Result<HttpAnswer> http_request(const HttpRequest& request);

/// RFC 3986 section 2.1, everything but unreserved characters.
std::string percent_encode(std::string_view text);
/// The seconds of a Retry-After header (RFC 9110 section 10.2.3; a date is not understood); zero
/// when absent, at most a day.
base::Millis retry_after(const HttpAnswer& answer);

}  // namespace portal::net
