// The admin API: each operation of lib/api bound to its service function. It decides who calls
// (peer credentials of the unix socket through admin.allow, deny by default), turns path, query and
// body into the argument record, and the result or error into JSON. It holds no rule of its own.
// Thread rule: immutable after mount(); handlers run on the server's workers.
// Source: docs/architecture.md, "Who may what".
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "api/operation.hpp"
#include "base/result.hpp"
#include "daemon/admin/allow.hpp"

namespace portal::service {
class Session;
struct Services;
}  // namespace portal::service
namespace portal::http {
class Router;
}

namespace portal::admin {

/// A row with its function behind it; `arguments` and `result` are the row's records.
struct Binding {
    std::string_view name;
    std::function<base::Status(service::Session&, const void* arguments, void* result)> call;
};

/// bind(api::kBookingCreate, service::create_booking): a pair that does not fit does not compile.
template <class Args, class Out>
Binding bind(const api::Operation<Args, Out>& operation,
             std::type_identity_t<base::Result<Out> (*)(service::Session&, const Args&)> function) {
    return {operation.name,
            [function](service::Session& session, const void* arguments, void* result) {
                auto done = function(session, *static_cast<const Args*>(arguments));
                if (!done) return base::Status{std::move(done).error()};
                *static_cast<Out*>(result) = *std::move(done);
                return base::Status{};
            }};
}
/// Every operation's service function; bindings.cpp, a line each.
std::vector<Binding> all_bindings();

/// Opens the session of a call and runs `body` in it. `tenant` is a slug as it was sent.
using RunInSession =
    std::function<base::Status(const Caller&, const std::optional<std::string>& tenant,
                               const std::function<base::Status(service::Session&)>& body)>;

struct Options {
    AllowList allow;
    RunInSession run;
    /// A refused call, for the audit trail: "uid:1000", "booking.create".
    std::function<void(std::string_view caller, std::string_view operation)> on_refused;
    std::vector<Binding> bindings;
    /// Builds with test hooks only: POST /test/clock {"at": "2026-11-21T08:00:00Z"}.
    std::function<void(base::Instant)> set_clock{};
    /// Builds with test hooks only: GET /test/routes, what the authorization matrix is held
    /// against.
    std::function<const http::Router&()> pages{};
};
/// As portald uses it; `services` outlives the router.
Options make_options(const service::Services& services, AllowList allow);

/// Puts a route for every row into `router`, which stays where it is. Fails when a row lacks its
/// binding, a binding its row, or one is bound twice: portald then does not start.
base::Status mount(http::Router& router, Options options);

}  // namespace portal::admin
