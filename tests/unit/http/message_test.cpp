#include "daemon/http/message.hpp"

#include "catch.hpp"
#include "daemon/http/response_head.hpp"
#include "daemon/http/router.hpp"
#include "daemon/http/static_files.hpp"

using namespace portal;
using namespace portal::http;

TEST_CASE("a form is decoded, with LF line ends and every value of a name") {
    const auto form = parse_form("name=Bj%C3%B6rk+L&note=a%0D%0Ab&day=1&day=2&empty=&bare");
    REQUIRE(form);
    CHECK(form->text("name") == "Bj\xc3\xb6rk L");
    CHECK(form->text("note") == "a\nb");
    CHECK(form->all("day") == std::vector<std::string_view>{"1", "2"});
    CHECK_FALSE(form->find("day"));  // doubled where one is expected
    CHECK(form->find("empty") == "");
    CHECK(form->find("bare") == "");
    CHECK_FALSE(form->find("absent"));
    CHECK(parse_form("")->items().empty());
}

TEST_CASE("a malformed or crowded form is refused") {
    for (const auto* body : {"a=%", "a=%4", "a=%zz", "a=%00", "a=%c0%af", "a=%ff", "%ed%a0%80=a"}) {
        INFO(body);
        const auto form = parse_form(body);
        REQUIRE_FALSE(form);
        CHECK(form.error().code == base::ErrorCode::invalid);
    }
    std::string many;
    for (int i = 0; i < 257; ++i) many += "a=b&";
    REQUIRE_FALSE(parse_form(many));
    CHECK(parse_form(many).error().code == base::ErrorCode::too_large);
    CHECK_FALSE(parse_form(std::string(129, 'a') + "=b"));
}

TEST_CASE("a cookie sent twice counts as absent") {
    Request request;
    request.headers.add("Cookie", "a=1; __Host-sid=abc;b=2");
    CHECK(request.cookie("__Host-sid") == "abc");
    CHECK(request.cookie("b") == "2");
    CHECK_FALSE(request.cookie("sid"));
    request.headers.add("cookie", "__Host-sid=evil");
    CHECK_FALSE(request.cookie("__Host-sid"));
}

TEST_CASE("the session cookie is locked to the host") {
    Response response;
    set_session_cookie(response, "token");
    CHECK(response.header("set-cookie") ==
          "__Host-sid=token; Path=/; Secure; HttpOnly; SameSite=Lax");
    Response cleared;
    clear_session_cookie(cleared);
    CHECK(cleared.header("Set-Cookie") ==
          "__Host-sid=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0");
}

TEST_CASE("redirects stay on the host") {
    for (const auto* path : {"/", "/bookings?day=2026-11-21", "/a/b"}) CHECK(is_local_path(path));
    for (const auto* path : {"", "//evil", "/\\evil", "https:evil", "/\t/evil", "https://ok@evil",
                             "/a\r\nSet-Cookie: x", "/a b", "/a//b", "/\xc3\xa5", "evil"}) {
        INFO(path);
        CHECK_FALSE(is_local_path(path));
        CHECK(redirect(path).header("Location") == "/");
    }
    CHECK(redirect("/next").status == 303);
}

TEST_CASE("percent-encoding goes both ways") {
    CHECK(percent_encode("a b/\xc3\xa5&=~") == "a%20b%2F%C3%A5%26%3D~");
    CHECK(percent_decode("a%20b%2F+") == "a b/+");
    CHECK(percent_decode("a+b", true) == "a b");
}

TEST_CASE("an error becomes its status and one plain line") {
    const auto response =
        error_response(base::make_error(base::ErrorCode::not_found, "No {1} here.", {"visit"}));
    CHECK(response.status == 404);
    CHECK(response.body == "No visit here.\n");
    CHECK(error_response(base::make_error(base::ErrorCode::unavailable, "Later."))
              .header("Retry-After"));
}

TEST_CASE("the date is written as HTTP wants it") {
    CHECK(format_http_date(base::from_ms(784111777000)) == "Sun, 06 Nov 1994 08:49:37 GMT");
    DateLine line;
    CHECK(line.at(base::from_ms(0)) == "Thu, 01 Jan 1970 00:00:00 GMT");
    CHECK(line.at(base::from_ms(999)) == "Thu, 01 Jan 1970 00:00:00 GMT");
    CHECK(line.at(base::from_ms(1000)) == "Thu, 01 Jan 1970 00:00:01 GMT");
}

namespace {

Router make_router() {
    const auto answer = [](std::string_view who) {
        return [who](const Request&, const PathParameters& parameters) {
            return text(std::string{who} + ":" + std::string{parameters.get("id")} + ":" +
                        std::string{parameters.get("part")});
        };
    };
    Router router;
    router.add({"GET", "/", answer("home")});
    router.add({"GET", "/bookings/{id}", answer("show")});
    router.add({"GET", "/bookings/new", answer("new")});
    router.add({"POST", "/bookings/{id}/cancel", answer("cancel")});
    router.add({"GET", "/bookings/{id}/parts/{part}", answer("part")});
    router.add({"POST", "/login", answer("login"), true});
    router.add({"GET", "/healthz", answer("health"), false, true});
    return router;
}

std::string ask(const Router& router, const std::string& method, const std::string& path) {
    Request request;
    request.method = method;
    request.path = path;
    const auto response = router.handle(request);
    if (response.status == 200) return response.body;
    return std::to_string(response.status) + " " +
           std::string{response.header("Allow").value_or("")};
}

}  // namespace

TEST_CASE("a router finds routes by literal first, then by name") {
    const auto router = make_router();
    CHECK(ask(router, "GET", "/") == "home::");
    CHECK(ask(router, "GET", "/bookings/7") == "show:7:");
    CHECK(ask(router, "GET", "/bookings/new") == "new::");
    CHECK(ask(router, "POST", "/bookings/new/cancel") == "cancel:new:");
    CHECK(ask(router, "GET", "/bookings/7/parts/a b") == "part:7:a b");
    CHECK(ask(router, "HEAD", "/bookings/7") == "show:7:");
    CHECK(ask(router, "GET", "/bookings") == "404 ");
    CHECK(ask(router, "GET", "/bookings/7/cancel/x") == "404 ");
    CHECK(ask(router, "GET", "/bookings/7/cancel") == "405 POST");
    CHECK(ask(router, "DELETE", "/bookings/7") == "405 GET, HEAD");
    CHECK(router.routes().size() == 7);
}

TEST_CASE("a router knows where a request is to be handled") {
    const auto router = make_router();
    const auto lane = [&](const char* method, const char* path) {
        Request request;
        request.method = method;
        request.path = path;
        return router.lane(request);
    };
    CHECK(lane("POST", "/login") == Lane::hashes);
    CHECK(lane("GET", "/healthz") == Lane::inline_ok);
    CHECK(lane("GET", "/bookings/7") == Lane::worker);
    CHECK(lane("GET", "/none") == Lane::worker);
}

TEST_CASE("a route registered twice is a bug found at start") {
    auto router = make_router();
    const RouteHandler none = [](const Request&, const PathParameters&) { return Response{}; };
    CHECK_THROWS_AS(router.add({"GET", "/bookings/{other}", none}), std::logic_error);
    CHECK_THROWS_AS(router.add({"GET", "bookings", none}), std::logic_error);
}

TEST_CASE("a static file has a strong ETag and is sent once") {
    StaticFiles files;
    files.add("portal.css", "body{}");
    Request request;
    const auto first = files.respond(request, "portal.css");
    CHECK(first.status == 200);
    CHECK(first.content_type == "text/css; charset=utf-8");
    CHECK(first.content() == "body{}");
    CHECK(first.header("Cache-Control") == "no-cache");
    const std::string etag{first.header("ETag").value()};

    for (const auto& sent : {etag, "W/" + etag, "\"x\", " + etag, std::string{"*"}}) {
        request.headers.set("If-None-Match", sent);
        const auto again = files.respond(request, "portal.css");
        CHECK(again.status == 304);
        CHECK(again.content().empty());
    }
    request.headers.set("If-None-Match", "\"other\"");
    CHECK(files.respond(request, "portal.css").status == 200);

    request.query.add("v", std::string{files.version("portal.css")});
    CHECK(files.respond(request, "portal.css").header("Cache-Control") ==
          "public, max-age=31536000, immutable");
    CHECK(files.respond(request, "../portal.css").status == 404);
    CHECK(files.version("none").empty());
}
