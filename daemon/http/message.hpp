// What a handler gets and gives: plain structs, no network library behind them.
// Callers: daemon/web, daemon/admin, tests. Everything here has already passed the server's limits
// (head 16 KiB, body, counts); texts are decoded and well-formed UTF-8 where said so.
// Thread rule: plain values. Source: docs/architecture.md "HTTP"; RFC 9110, 9112, 6265.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace portal::http {

/// Who is at the other end of a unix socket, as the kernel says (SO_PEERCRED).
struct PeerCredentials {
    uid_t uid = 0;
    gid_t gid = 0;
    pid_t pid = 0;
};

/// Names and values of a query or a form, in their order.
class Fields {
  public:
    using Item = std::pair<std::string, std::string>;
    void add(std::string name, std::string value);
    /// The value when the name stands exactly once; a doubled name counts as absent.
    [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
    /// The same, "" when absent.
    [[nodiscard]] std::string_view text(std::string_view name) const;
    /// Every value of the name: check boxes, lists.
    [[nodiscard]] std::vector<std::string_view> all(std::string_view name) const;
    [[nodiscard]] const std::vector<Item>& items() const { return items_; }

  private:
    std::vector<Item> items_;
};
using Form = Fields;

/// application/x-www-form-urlencoded, strict: a bad %-escape, NUL or bad UTF-8 is `invalid`, more
/// than 256 fields or a name over 128 bytes is `too_large`. CRLF in values becomes LF.
base::Result<Fields> parse_form(std::string_view body);

/// Header fields, or a list that behaves like them: names compare without case.
class Headers {
  public:
    void add(std::string name, std::string value);
    /// Replaces every field of this name.
    void set(std::string name, std::string value);
    /// The first value.
    [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
    [[nodiscard]] std::vector<std::string_view> all(std::string_view name) const;
    [[nodiscard]] const std::vector<Fields::Item>& items() const { return items_; }

  private:
    std::vector<Fields::Item> items_;
};

struct Request {
    std::string method = "GET";  // upper case
    std::string path = "/";  // decoded; UTF-8; no dot or empty segments, no control, no backslash
    Fields query;
    Headers headers;
    std::string body;
    std::string host;            // lower case, without port; "" when HTTP/1.0 sent none
    std::string authority;       // as sent, with port: what links to ourselves are made of
    std::string client_address;  // of the person, behind trusted proxies too; "unix" on that socket
    bool secure = false;         // came by TLS (here, or at a trusted proxy), or loopback counts so
    std::optional<PeerCredentials> peer;  // unix socket only

    /// The value of the cookie; none when absent or when the name is sent twice.
    [[nodiscard]] std::optional<std::string_view> cookie(std::string_view name) const;
    /// The header's value, "" when absent.
    [[nodiscard]] std::string_view header(std::string_view name) const;
    [[nodiscard]] bool is_safe_method() const { return method == "GET" || method == "HEAD"; }
};

/// Whether a page stands in a frame. No page of ours does, but for one of this host's own.
enum class Framing { none, holds, inside };

struct Response {
    int status = 200;
    std::string content_type;  // empty: no Content-Type line
    std::string body;
    Headers headers;
    /// Sent instead of `body` when set: bytes kept elsewhere, not copied.
    std::shared_ptr<const std::string> shared_body{};
    /// Ready lines "Name: value\r\n" sent before `headers`; whoever sets it keeps the bytes alive
    /// for as long as the server runs (SecurityHeaders does).
    std::string_view header_block{};
    Framing framing = Framing::none;
    /// The route's pattern, set by Router, for metrics; must outlive the server.
    std::string_view route{};

    [[nodiscard]] std::string_view content() const {
        return shared_body ? std::string_view{*shared_body} : std::string_view{body};
    }
    /// First value in `headers`, then in `header_block`.
    [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const;
};

Response html(std::string body, int status = 200);
Response json(std::string body, int status = 200);
Response text(std::string body, int status = 200);
Response no_content();
/// 303 to a path of this host; anything that is_local_path() refuses becomes "/".
Response redirect(std::string_view path);
/// 303 to a place elsewhere (an eID broker): `url` comes from our settings, never from a request.
Response redirect_out(std::string_view url);
/// The last resort, plain English text: when a page or JSON is wanted, the caller makes it.
Response error_response(const base::Error& error);
Response error_response(int status);
/// "Not Found" for 404.
std::string_view reason(int status);

/// True for "/a?b=c": one leading slash, no "//", backslash, control, space or non-ASCII byte; what
/// a ?next= may hold.
bool is_local_path(std::string_view text);

struct Cookie {
    std::string name;
    std::string value;
    std::optional<std::int64_t> max_age_s{};  // none: until the browser closes; 0: clear now
    bool http_only = true;
    bool strict = false;  // SameSite=Strict, else Lax (returns from eID need Lax)
};
/// Value of Set-Cookie; always Secure and Path=/, so that the __Host- prefix is allowed.
std::string format_cookie(const Cookie& cookie);

inline constexpr std::string_view kSessionCookie = "__Host-sid";
void set_session_cookie(Response& response, std::string_view token);
void clear_session_cookie(Response& response);
/// The token of the session that this answer begins; "" when it begins none.
std::string_view new_session(const Response& response);

/// RFC 3986 %-encoding of everything but unreserved characters.
std::string percent_encode(std::string_view text);
/// None on a bad escape. `plus` turns + into a space.
std::optional<std::string> percent_decode(std::string_view text, bool plus = false);

}  // namespace portal::http
