#include "net/http.hpp"

#include <atomic>

#include "catch.hpp"
#include "scripted_server.hpp"

using namespace portal;
using net::HttpRequest;
using testing::Connection;
using testing::ScriptedServer;

namespace {

std::string answer(std::string_view status, std::string_view body, std::string_view headers = "") {
    return "HTTP/1.1 " + std::string{status} +
           "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + std::string{headers} +
           "\r\n" + std::string{body};
}

HttpRequest get(const ScriptedServer& server) {
    HttpRequest request;
    request.url = server.url("/");
    request.timeout = base::Millis{1'000};
    return request;
}

}  // namespace

TEST_CASE("an answer has its status, headers and body", "[net]") {
    const ScriptedServer server{[](Connection& peer) {
        peer.read_until("\r\n\r\n");
        peer.write(answer("201 Created", "hello", "X-Kind:  odd \r\n"));
    }};
    const auto got = net::http_request(get(server));
    REQUIRE(got);
    CHECK(got->status == 201);
    CHECK(got->body == "hello");
    CHECK(got->header("x-kind") == "odd");
    CHECK(got->header("x-other").empty());
}

TEST_CASE("a post carries its method, headers and body", "[net]") {
    std::string head;
    std::string body;
    const ScriptedServer server{[&](Connection& peer) {
        head = peer.read_until("\r\n\r\n");
        body = peer.read_until("}");
        peer.write(answer("200 OK", ""));
    }};
    auto request = get(server);
    request.method = "POST";
    request.body = "{\"a\":1}";
    request.headers = {{"Content-Type", "application/json"}};
    REQUIRE(net::http_request(request));
    CHECK(head.starts_with("POST / HTTP/1.1\r\n"));
    CHECK(head.find("Content-Type: application/json\r\n") != std::string::npos);
    CHECK(head.find("Expect") == std::string::npos);
    CHECK(body == "{\"a\":1}");
}

TEST_CASE("a redirect is answered, not followed", "[net]") {
    std::atomic<int> asked = 0;
    const ScriptedServer server{[&](Connection& peer) {
        ++asked;
        peer.read_until("\r\n\r\n");
        peer.write(answer("302 Found", "", "Location: /elsewhere\r\n"));
    }};
    const auto got = net::http_request(get(server));
    REQUIRE(got);
    CHECK(got->status == 302);
    CHECK(asked == 1);
}

TEST_CASE("a refused connection means that nothing was sent", "[net][L22]") {
    HttpRequest request;
    {
        const ScriptedServer server{[](Connection&) {}};
        request = get(server);
    }
    const auto got = net::http_request(request);
    REQUIRE(!got);
    CHECK(got.error().code == base::ErrorCode::unavailable);
}

TEST_CASE("silence after the request means that the outcome is unknown", "[net][L22]") {
    const ScriptedServer server{[](Connection& peer) {
        peer.read_until("\r\n\r\n");
        peer.wait_for_end();
    }};
    auto request = get(server);
    request.timeout = base::Millis{150};
    const auto got = net::http_request(request);
    REQUIRE(!got);
    CHECK(got.error().code == base::ErrorCode::timeout);
}

TEST_CASE("half an answer and a reset are unknown outcomes", "[net][L22]") {
    const bool reset = GENERATE(false, true);
    const ScriptedServer server{[reset](Connection& peer) {
        peer.read_until("\r\n\r\n");
        if (reset)
            peer.reset();
        else
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
    }};
    const auto got = net::http_request(get(server));
    REQUIRE(!got);
    CHECK(got.error().code == base::ErrorCode::timeout);
}

TEST_CASE("an answer that is no HTTP is an unknown outcome", "[net][L22]") {
    const ScriptedServer server{[](Connection& peer) {
        peer.read_until("\r\n\r\n");
        peer.write("what?\r\n\r\n");
    }};
    const auto got = net::http_request(get(server));
    REQUIRE(!got);
    CHECK(got.error().code == base::ErrorCode::timeout);
}

TEST_CASE("a request on its own connection is sent once even when the peer drops it",
          "[net][L22]") {
    std::atomic<int> requests = 0;
    const ScriptedServer server{[&](Connection& peer) {
        while (!peer.read_until("\r\n\r\n").empty()) {
            if (++requests == 2) return;  // taken, not answered
            peer.write(answer("200 OK", ""));
        }
    }};
    net::HttpClient client;
    auto request = get(server);
    request.method = "POST";
    request.own_connection = true;
    REQUIRE(client.send(request));
    CHECK(!client.send(request));
    CHECK(requests == 2);
}

TEST_CASE("an answer over the limit is refused, one at the limit is not", "[net]") {
    const ScriptedServer server{[](Connection& peer) {
        peer.read_until("\r\n\r\n");
        peer.write(answer("200 OK", std::string(1000, 'x')));
    }};
    auto request = get(server);
    request.answer_limit = 1000;
    CHECK(net::http_request(request));
    request.answer_limit = 999;
    const auto got = net::http_request(request);
    REQUIRE(!got);
    CHECK(got.error().code == base::ErrorCode::too_large);
}

TEST_CASE("line ends in a header or URL are refused", "[net]") {
    const ScriptedServer server{[](Connection&) {}};
    auto request = get(server);
    request.headers = {{"X-A", "b\r\nX-C: d"}};
    CHECK(net::http_request(request).error().code == base::ErrorCode::invalid);
    request = get(server);
    request.url += "a\nb";
    CHECK(net::http_request(request).error().code == base::ErrorCode::invalid);
    request.url = "file:///etc/passwd";
    CHECK(net::http_request(request).error().code == base::ErrorCode::invalid);
}

TEST_CASE("Retry-After is read in seconds and bounded", "[net]") {
    net::HttpAnswer got;
    CHECK(net::retry_after(got).count() == 0);
    got.headers = {{"retry-after", "120"}};
    CHECK(net::retry_after(got) == std::chrono::seconds{120});
    got.headers = {{"retry-after", "4000000000"}};
    CHECK(net::retry_after(got) == std::chrono::hours{24});
    got.headers = {{"retry-after", "Sat, 21 Nov 2026 20:00:00 GMT"}};
    CHECK(net::retry_after(got).count() == 0);
}

TEST_CASE("percent encoding leaves the unreserved characters", "[net]") {
    CHECK(net::percent_encode("+46 70/å-_.~") == "%2B46%2070%2F%C3%A5-_.~");
}
