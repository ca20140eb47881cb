#include "daemon/admin/admin.hpp"

#include <algorithm>

#include "api/operations.hpp"
#include "base/json.hpp"
#include "daemon/admin/arguments.hpp"
#include "daemon/admin/missing.hpp"

namespace portal::admin {
namespace {

using base::ErrorCode;
using base::make_error;
using base::N_;
using base::Status;

#ifdef PORTAL_TEST_HOOKS
struct SetClock {
    base::Instant at{};
};
BOOST_DESCRIBE_STRUCT(SetClock, (), (at))
PORTAL_HELP(SetClock, {"at", "what the time is from now on"})

struct RouteView {
    std::string method;
    std::string pattern;
    std::string access;
};
BOOST_DESCRIBE_STRUCT(RouteView, (), (method, pattern, access))
PORTAL_HELP(RouteView, {"method", "method"}, {"pattern", "path with its {names}"},
            {"access", "who may come this far, or the operation's name"})

struct RouteLists {
    std::vector<RouteView> pages;
    std::vector<RouteView> admin;
};
BOOST_DESCRIBE_STRUCT(RouteLists, (), (pages, admin))
PORTAL_HELP(RouteLists, {"pages", "of the page listener"}, {"admin", "of this socket"})
#endif

http::Response refuse(const base::Error& error) {
    return http::json(base::error_json(error) + "\n", base::error_row(error.code).http_status);
}

/// Nothing for whoever does not come by the unix socket.
Caller judge(const Options& options, const http::Request& request) {
    if (!request.peer) return {static_cast<uid_t>(-1)};
    return options.allow.judge(request.peer->uid, request.peer->gid);
}

http::Response deny(const Options& options, const Caller& caller, std::string_view operation) {
    if (options.on_refused) options.on_refused(caller.format(), operation);
    return refuse(make_error(ErrorCode::forbidden, N_("You may not do this."))
                      .with_hint("admin.allow in portald.toml says who may"));
}

struct Bound {
    const api::OperationRow& row;
    const Binding& binding;
};

http::Response serve(const Options& options, const Bound& bound, const http::Request& request,
                     const http::PathParameters& path) {
    const auto& row = bound.row;
    const auto caller = judge(options, request);
    if (!caller.may(row.access)) return deny(options, caller, row.name);
    const auto arguments = row.make_arguments();
    if (auto read = read_arguments(row, request, path, arguments.get()); !read)
        return refuse(read.error());
    std::optional<std::string> tenant;
    if (row.is_tenant_scoped()) tenant = std::string{path.get("tenant")};
    const auto result = row.make_result();
    const auto done = options.run(caller, tenant, [&](service::Session& session) {
        return bound.binding.call(session, arguments.get(), result.get());
    });
    if (!done) return refuse(name_missing(done.error(), row, tenant));
    return http::json(write_result(row.result(), result.get()));
}

#ifdef PORTAL_TEST_HOOKS
http::Response serve_clock(const Options& options, const http::Request& request) {
    const auto caller = judge(options, request);
    if (!caller.may_write) return deny(options, caller, "test.clock");
    const auto command = base::from_json<SetClock>(request.body);
    if (!command) return refuse(command.error());
    options.set_clock(command->at);
    return http::json("{\"version\":1}\n");
}

std::vector<RouteView> list_routes(const http::Router& router) {
    std::vector<RouteView> views;
    for (const auto& route : router.routes())
        views.push_back({route->method, route->pattern, route->access});
    return views;
}

http::Response serve_routes(const Options& options, const http::Router& admin,
                            const http::Request& request) {
    const auto caller = judge(options, request);
    if (!caller.may_read) return deny(options, caller, "test.routes");
    return http::json(base::to_json(RouteLists{list_routes(options.pages()), list_routes(admin)}) +
                      "\n");
}
#endif

Status check_bindings(const std::vector<Binding>& bindings) {
    const auto broken = [](std::string_view name, std::string_view what) {
        return make_error(ErrorCode::internal, N_("The operation {1} {2}."),
                          {std::string{name}, std::string{what}});
    };
    for (const auto& binding : bindings) {
        if (api::find_operation(binding.name) == nullptr)
            return broken(binding.name, "is bound but has no row");
        const auto count = std::count_if(bindings.begin(), bindings.end(),
                                         [&](const Binding& b) { return b.name == binding.name; });
        if (count != 1) return broken(binding.name, "is bound twice");
    }
    for (const auto& row : api::all_operations())
        if (std::none_of(bindings.begin(), bindings.end(),
                         [&](const Binding& b) { return b.name == row.name; }))
            return broken(row.name, "is not bound");
    return {};
}

}  // namespace

Status mount(http::Router& router, Options given) {
    PORTAL_TRYV(check_bindings(given.bindings));
    const auto options = std::make_shared<const Options>(std::move(given));
    for (const auto& binding : options->bindings) {
        const auto* row = api::find_operation(binding.name);
        router.add({std::string{row->method}, std::string{row->path},
                    [options, row, &binding](const http::Request& request,
                                             const http::PathParameters& path) {
                        return serve(*options, {*row, binding}, request, path);
                    },
                    false, false, std::string{row->name}});
    }
#ifdef PORTAL_TEST_HOOKS
    if (options->set_clock)
        router.add({"POST", "/test/clock",
                    [options](const http::Request& request, const http::PathParameters&) {
                        return serve_clock(*options, request);
                    },
                    false, false, "test.clock"});
    if (options->pages)
        router.add({"GET", "/test/routes",
                    [options, &router](const http::Request& request, const http::PathParameters&) {
                        return serve_routes(*options, router, request);
                    },
                    false, false, "test.routes"});
#endif
    return {};
}

}  // namespace portal::admin
