// From method and path to a handler. Patterns are made of literal segments and {name} segments, a
// literal wins over a name. HEAD runs the GET route; a known path with another method is 405 with
// Allow; an unknown path 404.
// Callers: daemon/web and daemon/admin register at start; the server asks per request.
// Thread rule: add() before the server starts, everything else from any thread.
// Source: hostile inputs 13 and 15.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "daemon/http/message.hpp"

namespace portal::http {

/// The {name} segments of the matched path, decoded.
class PathParameters {
  public:
    void add(std::string_view name, std::string_view value) { items_.emplace_back(name, value); }
    /// "" when the pattern has no such name.
    [[nodiscard]] std::string_view get(std::string_view name) const;

  private:
    std::vector<std::pair<std::string, std::string>> items_;
};

/// Where a request is handled.
enum class Lane {
    worker,     // the pool: may wait for the store
    hashes,     // the small pool with a short queue: computes argon2id
    inline_ok,  // on the network thread: microseconds, never waits
};

using RouteHandler = std::function<Response(const Request&, const PathParameters&)>;

struct Route {
    std::string method;   // "GET", "POST", ...
    std::string pattern;  // "/bookings/{id}/cancel"
    RouteHandler handler;
    bool hashes = false;
    bool inline_ok = false;
    /// What the generated authorization tests and the admin side need to know of it; free text,
    /// such as "public", "patient", "staff", or an operation's name.
    std::string access{};
};

class Router {
  public:
    Router();
    ~Router();
    Router(Router&&) noexcept;
    Router& operator=(Router&&) noexcept;

    /// A doubled method + pattern, or a pattern without leading slash, throws std::logic_error: a
    /// bug found at start.
    void add(Route route);

    struct Match {
        const Route* route = nullptr;  // null: none
        PathParameters parameters;
        bool path_known = false;  // some other method has this path
    };
    [[nodiscard]] Match match(std::string_view method, std::string_view path) const;
    /// Runs the route, or gives 404 or 405 (plain text; the caller may dress it).
    [[nodiscard]] Response handle(const Request& request) const;
    /// "GET, HEAD, POST" for a path.
    [[nodiscard]] std::string allow(std::string_view path) const;
    [[nodiscard]] Lane lane(const Request& request) const;
    /// Every route in the order of registration, for generated tests and metrics.
    [[nodiscard]] const std::vector<std::unique_ptr<Route>>& routes() const { return routes_; }

  private:
    struct Node;
    std::vector<std::unique_ptr<Route>> routes_;  // stable addresses: Response::route points here
    std::unique_ptr<Node> root_;
};

}  // namespace portal::http
