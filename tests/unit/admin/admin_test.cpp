#include "daemon/admin/admin.hpp"

#include <grp.h>
#include <unistd.h>

#include "api/booking.hpp"
#include "api/operations.hpp"
#include "base/json.hpp"
#include "catch.hpp"
#include "daemon/admin/arguments.hpp"
#include "daemon/http/router.hpp"
#include "service/session.hpp"

using namespace portal;
using base::ErrorCode;

namespace {

using Who = config::AdminRule::Who;
const std::string kId = "8c1f6a52-2b8e-4a57-9d0c-5f5b1f0c7a11";

/// A router on functions that write down what they were asked.
struct Fixture {
    http::Router router;
    std::vector<std::string> refused, asked;
    std::optional<base::Error> failure;
    base::Instant clock{};

    explicit Fixture(const std::vector<config::AdminRule>& rules) {
        admin::Options options;
        options.allow = *admin::AllowList::make(rules);
        options.run = [this](const admin::Caller& caller, const std::optional<std::string>& tenant,
                             const auto& body) {
            asked.push_back(caller.format() + " " + tenant.value_or("-"));
            if (failure) return base::Status{*failure};
            alignas(service::Session) char room[sizeof(service::Session)];
            return body(*reinterpret_cast<service::Session*>(room));  // nobody looks into it
        };
        options.on_refused = [this](std::string_view caller, std::string_view operation) {
            refused.push_back(std::string{caller} + " " + std::string{operation});
        };
        for (const auto& row : api::all_operations())
            options.bindings.push_back(
                {row.name, [this, &row](service::Session&, const void* arguments, void*) {
                     std::string text;
                     base::write_json(text, row.arguments(), arguments);
                     asked.push_back(text);
                     return base::Status{};
                 }});
        options.set_clock = [this](base::Instant at) { clock = at; };
        REQUIRE(admin::mount(router, std::move(options)));
    }

    http::Response send(const std::string& method, const std::string& path,
                        const std::string& body = {}, uid_t uid = 1000) {
        http::Request request;
        request.method = method;
        const auto question = path.find('?');
        request.path = path.substr(0, question);
        if (question != std::string::npos)
            request.query = *http::parse_form(path.substr(question + 1));
        request.body = body;
        request.peer = http::PeerCredentials{uid, 65534, 1};
        return router.handle(request);
    }
};

const std::vector<config::AdminRule> kRules{{Who::uid, "1000", true}, {Who::uid, "1001", false}};

}  // namespace

TEST_CASE("every operation answers an allowed caller and nobody else", "[admin]") {
    for (const auto& row : api::all_operations()) {
        CAPTURE(row.name);
        Fixture api{kRules};
        auto path = std::string{row.path};
        for (const auto name : api::path_parameters(row.path)) {
            const auto marker = "{" + std::string{name} + "}";
            path.replace(path.find(marker), marker.size(), name == "tenant" ? "solna" : kId);
        }
        const std::string method{row.method};
        const bool read = row.access == api::Access::read;
        CHECK(api.send(method, path, "", 1000).status != 403);
        CHECK((api.send(method, path, "", 1001).status != 403) == read);
        CHECK(api.send(method, path, "", 0).status == 403);
        CHECK(api.send(method, path, "", 4294967295U).status == 403);
        CHECK(api.refused.size() == (read ? 2 : 3));
        CHECK(api.refused.back() == "uid:4294967295 " + std::string{row.name});
    }
}

TEST_CASE("a call without peer credentials is refused", "[admin]") {
    Fixture api{kRules};
    http::Request request;
    request.path = "/v1/tenants";
    CHECK(api.router.handle(request).status == 403);
    CHECK(api.asked.empty());
}

TEST_CASE("path, query and body become the arguments", "[admin]") {
    Fixture api{kRules};
    CHECK(api.send("GET", "/v1/tenants").body == "{\"version\":1,\"items\":[]}\n");
    CHECK(api.asked == std::vector<std::string>{"uid:1000 -", "{}"});
    api.asked.clear();
    CHECK(api.send("POST", "/v1/tenants/solna/bookings/" + kId + "/confirm", "{\"version\":3}")
              .status == 200);
    CHECK(api.asked.at(0) == "uid:1000 solna");
    CHECK(api.asked.at(1) == "{\"booking\":\"" + kId + "\",\"version\":3,\"key\":null}");
    api.asked.clear();
    CHECK(api.send("GET", "/v1/tenants/solna/outbox?limit=5&booking=" + kId).status == 200);
    CHECK(api.asked.at(1) == "{\"booking\":\"" + kId + "\",\"limit\":5}");
    CHECK(api.send("POST", "/v1/tenants/solna/bookings/" + kId + "/confirm", " { } ").status ==
          200);
    CHECK(api.send("POST", "/v1/tenants/solna/bookings/" + kId + "/confirm").status == 200);
}

TEST_CASE("bad input is refused by name, and nothing is asked of the services", "[admin]") {
    Fixture api{kRules};
    const auto at = [](const http::Response& response) {
        return std::to_string(response.status) + " " +
               base::parse_error_json(response.body, response.status).field;
    };
    const auto confirm = "/v1/tenants/solna/bookings/" + kId + "/confirm";
    CHECK(at(api.send("POST", confirm, "{\"bogus\":1}")) == "400 bogus");
    CHECK(at(api.send("POST", confirm, "{\"booking\":\"" + kId + "\"}")) == "400 booking");
    CHECK(at(api.send("POST", confirm, "{\"version\":\"x\"}")) == "400 version");
    CHECK(at(api.send("POST", confirm + "?version=3", "{}")) == "400 version");
    CHECK(at(api.send("POST", "/v1/tenants/solna/bookings/7/confirm", "{}")) == "400 booking");
    CHECK(at(api.send("GET", "/v1/tenants?x=1")) == "400 x");
    CHECK(at(api.send("GET", "/v1/tenants/solna/outbox?limit=x")) == "400 limit");
    CHECK(at(api.send("GET", "/v1/tenants/solna/outbox?limit=0")) == "400 limit");
    CHECK(at(api.send("GET", "/v1/tenants/solna/outbox?limit=1&limit=2")) == "400 limit");
    CHECK(at(api.send("GET", "/v1/tenants", "{}")) == "400 ");
    CHECK(at(api.send("POST", "/v1/tenants", "{}")) == "400 organisation");
    for (const char* body : {"", "[", "[]", "null", "}", "{", "{}}", "{\"version\":1e999}", "\"}"})
        CHECK(api.send("POST", "/v1/tenants", body).status == 400);
    CHECK(api.send("DELETE", "/v1/tenants").status == 405);
    CHECK(api.send("GET", "/v1/bogus").status == 404);
    CHECK(api.asked.empty());
}

TEST_CASE("a service's error goes out with its status, name and hint", "[admin]") {
    Fixture api{kRules};
    api.failure = base::make_error(ErrorCode::conflict, "Taken by {1}.", {"x"}).with_hint("wait");
    const auto response = api.send("GET", "/v1/tenants");
    CHECK(response.status == 409);
    const auto error = base::parse_error_json(response.body, 409);
    CHECK(error.code == ErrorCode::conflict);
    CHECK(base::describe(error) == "Taken by x.");
    CHECK(error.hint == "wait");
}

TEST_CASE("what is not there is named, with the line that lists what is", "[admin]") {
    Fixture api{kRules};
    const auto ask = [&](const std::string& path, base::Error failure) {
        api.failure = std::move(failure);
        const auto error = base::parse_error_json(api.send("POST", path, "{}").body, 404);
        return base::describe(error) + " | " + error.hint;
    };
    const auto bare = base::make_error(ErrorCode::not_found, {});
    const std::string solna = "/v1/tenants/solna/";
    CHECK(ask(solna + "bookings/" + kId + "/confirm", bare) ==
          "There is no such booking here. | portalctl booking list -T solna");
    for (const auto& [field, hint] : {std::pair{"patient", "portalctl patient list -T solna"},
                                      std::pair{"visit_type", "portalctl visit-type list -T solna"},
                                      std::pair{"nothing", ""}}) {
        auto nobody = base::make_error(ErrorCode::not_found, "Nobody.");
        nobody.field = field;
        CHECK(ask(solna + "bookings/" + kId + "/confirm", nobody) ==
              std::string{field} + ": Nobody. | " + hint);
    }
    auto nobody = base::make_error(ErrorCode::not_found, "Nobody.");
    nobody.field = "user";
    CHECK(ask(solna + "bookings/" + kId + "/cancel", nobody) ==
          "user: Nobody. | portalctl patient list -T solna, or portalctl staff list -T solna");
    CHECK(ask(solna + "bookings/" + kId + "/cancel", nobody.with_hint("look")) ==
          "user: Nobody. | look");
}

TEST_CASE("an operation unbound, bound twice or without a row stops the start", "[admin]") {
    const auto problem = [](std::vector<admin::Binding> bindings) {
        http::Router router;
        admin::Options options;
        options.bindings = std::move(bindings);
        const auto mounted = admin::mount(router, std::move(options));
        return mounted ? std::string{} : base::describe(mounted.error());
    };
    auto all = admin::all_bindings();
    CHECK(problem(all).empty());
    CHECK(problem({all.begin(), all.end() - 1}).find("is not bound") != std::string::npos);
    all.push_back(all.front());
    CHECK(problem(all).find("is bound twice") != std::string::npos);
    all.back().name = "bogus.list";
    CHECK(problem(all).find("is bound but has no row") != std::string::npos);
}

#ifdef PORTAL_TEST_HOOKS
TEST_CASE("a build with test hooks can be told the time, by writers", "[admin]") {
    Fixture api{kRules};
    CHECK(api.send("POST", "/test/clock", "{\"at\":\"2026-11-21T08:00:00Z\"}", 1001).status == 403);
    CHECK(api.send("POST", "/test/clock", "{\"at\":\"2026-11-21T08:00:00Z\"}").status == 200);
    CHECK(base::format_instant(api.clock) == "2026-11-21T08:00:00Z");
    CHECK(api.send("POST", "/test/clock", "{\"at\":\"x\"}").status == 400);
}
#endif

TEST_CASE("admin.allow speaks of users and groups; write includes read", "[admin]") {
    const auto list = admin::AllowList::make(
        {{Who::uid, "7", false}, {Who::uid, "self", true}, {Who::group, "4242", true}});
    REQUIRE(list);
    CHECK(list->judge(7, 7).may_read);
    CHECK_FALSE(list->judge(7, 7).may_write);
    CHECK(list->judge(::geteuid(), 7).may_write);
    CHECK(list->judge(4200000, 4242).may_write);
    CHECK_FALSE(list->judge(4200000, 4243).may_read);
    CHECK_FALSE(admin::AllowList{}.judge(0, 0).may_read);
    CHECK_FALSE(admin::AllowList::make({{Who::group, "no-such-group-here", true}}));
}
