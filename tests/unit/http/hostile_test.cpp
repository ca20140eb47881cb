// What strangers may send, and the answer. A row each.
#include "raw_client.hpp"

using namespace portal::http;
using namespace portal::http::test;

namespace {

struct Row {
    std::string what;
    std::string bytes;
    int status;
};

std::string repeat(std::string_view text, int count) {
    std::string all;
    for (int i = 0; i < count; ++i) all += text;
    return all;
}

const std::string kHost = "Host: demo.test\r\n";

std::vector<Row> framing_rows() {
    const std::string post = "POST / HTTP/1.1\r\n" + kHost;
    const std::string chunked = post + "Transfer-Encoding: chunked\r\n\r\n";
    return {
        {"1 two Host headers", "GET / HTTP/1.1\r\n" + kHost + kHost + "\r\n", 400},
        {"1 no Host header", "GET / HTTP/1.1\r\n\r\n", 400},
        {"2 Host with user info", "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n", 400},
        {"2 Host with a path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400},
        {"2 Host with two ports", "GET / HTTP/1.1\r\nHost: a:1:2\r\n\r\n", 400},
        {"5 length and coding",
         post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
        {"6 xchunked", post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 400},
        {"6 chunked, identity", post + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
         400},
        {"6 gzip, chunked", post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 400},
        {"6 two codings",
         post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
        {"6 space before the colon", post + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n", 400},
        {"6 chunked in 1.0",
         "POST / HTTP/1.0\r\n" + kHost + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
        {"7 chunk size overflows", chunked + "FFFFFFFFFFFFFFFFF\r\nhello\r\n0\r\n\r\n", 400},
        {"7 negative chunk size", chunked + "-1\r\nhello\r\n0\r\n\r\n", 400},
        {"7 0x chunk size", chunked + "0x5\r\nhello\r\n0\r\n\r\n", 400},
        {"7 chunk size with bare LF", chunked + "5\nhello\r\n0\r\n\r\n", 400},
        {"7 chunk without its CRLF", chunked + "5\r\nhelloXX0\r\n\r\n", 400},
        {"7 endless chunk extension", chunked + "5;a=" + repeat("b", 20000), 400},
        {"8 list of lengths", post + "Content-Length: 5, 6\r\n\r\nhello", 400},
        {"8 doubled equal length", post + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
         400},
        {"8 list of equal lengths", post + "Content-Length: 5, 5\r\n\r\nhello", 400},
        {"8 length with a sign", post + "Content-Length: +5\r\n\r\nhello", 400},
        {"8 negative length", post + "Content-Length: -5\r\n\r\nhello", 400},
        {"8 empty length", post + "Content-Length: \r\n\r\nhello", 400},
        {"8 length overflows", post + "Content-Length: 18446744073709551617\r\n\r\nhello", 400},
        {"body over the limit", post + "Content-Length: 65537\r\n\r\n", 413},
        {"chunks over the limit",
         chunked + repeat("4000\r\n" + repeat("a", 0x4000) + "\r\n", 5) + "0\r\n\r\n", 413},
        {"unknown expectation", post + "Expect: miracles\r\nContent-Length: 1\r\n\r\n", 417},
    };
}

std::vector<Row> head_rows() {
    using namespace std::string_literals;
    const std::string start = "GET / HTTP/1.1\r\n" + kHost;
    return {
        {"9 10,000 headers", start + repeat("A: b\r\n", 10000) + "\r\n", 431},
        {"9 101 headers", start + repeat("A: b\r\n", 101) + "\r\n", 431},
        {"9 one header of 1 MiB", start + "A: " + repeat("b", 1 << 20) + "\r\n\r\n", 431},
        {"10 bare LF everywhere", "GET / HTTP/1.1\nHost: demo.test\n\n", 400},
        {"10 bare LF in one line", start + "A: b\nC: d\r\n\r\n", 400},
        {"10 bare CR", start + "A: b\rC: d\r\n\r\n", 400},
        {"10 NUL in a header", start + "A: b\0c\r\n\r\n"s, 400},
        {"10 NUL in the target", "GET /a\0b HTTP/1.1\r\n"s + kHost + "\r\n", 400},
        {"10 folded header", start + "A: b\r\n c\r\n\r\n", 400},
        {"10 header folded by a tab", start + "A: b\r\n\tc\r\n\r\n", 400},
        {"10 escape character", start + "A: \x1b[2J\r\n\r\n", 400},
        {"header without a colon", start + "nonsense\r\n\r\n", 400},
        {"header without a name", start + ": b\r\n\r\n", 400},
        {"header name with a space", start + "A b: c\r\n\r\n", 400},
        {"11 request line of 64 KiB", "GET /" + repeat("a", 65536) + " HTTP/1.1\r\n\r\n", 414},
        {"two empty lines first", "\r\n\r\n" + start + "\r\n", 400},
        {"no version", "GET /\r\n\r\n", 400},
        {"HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
        {"version 1.2", "GET / HTTP/1.2\r\n" + kHost + "\r\n", 505},
        {"two spaces", "GET  / HTTP/1.1\r\n" + kHost + "\r\n", 400},
        {"TLS hello", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"s, 400},
        {"15 TRACE", "TRACE / HTTP/1.1\r\n" + kHost + "\r\n", 405},
        {"15 CONNECT", "CONNECT demo.test:443 HTTP/1.1\r\n" + kHost + "\r\n", 405},
        {"15 FOO", "FOO / HTTP/1.1\r\n" + kHost + "\r\n", 501},
        {"15 get in lower case", "get / HTTP/1.1\r\n" + kHost + "\r\n", 501},
    };
}

std::vector<Row> target_rows() {
    return {
        {"13 encoded slash", get("/..%2f..%2fetc/passwd"), 404},
        {"13 encoded dots", get("/%2e%2e/"), 404},
        {"13 plain dots", get("/a/../b"), 404},
        {"13 one dot", get("/./a"), 404},
        {"13 overlong UTF-8", get("/..%c0%af"), 404},
        {"13 NUL", get("/a%00.css"), 404},
        {"13 backslash", get("/..\\..\\"), 404},
        {"13 backslash first", get("\\..\\"), 400},
        {"13 encoded backslash", get("/..%5c"), 404},
        {"13 empty segment", get("//etc/passwd"), 404},
        {"13 encoded line end", get("/a%0d%0aSet-Cookie:x"), 404},
        {"13 half an escape", get("/a%2"), 400},
        {"13 bad escape", get("/a%zz"), 400},
        {"13 bad escape in the query", get("/?a=%zz"), 400},
        {"13 raw byte over 127", get("/\xc3\xa5"), 400},
        {"asterisk", get("*"), 400},
        {"21 other host in the target", get("http://evil.test/"), 400},
        {"21 user in the target", get("http://demo.test@evil.test/"), 400},
        {"21 other scheme", get("file:///etc/passwd"), 400},
    };
}

void check(const std::vector<Row>& rows) {
    TestServer server{echo};
    for (const auto& row : rows) {
        INFO(row.what);
        auto client = server.client();
        client.send(row.bytes);
        const auto response = client.receive();
        CHECK(status_of(response) == row.status);
        CHECK(response.find("Connection: close") != std::string::npos);
        CHECK(client.closes());
    }
    auto after = server.client();
    CHECK(status_of(after.ask(get("/"))) == 200);
}

}  // namespace

TEST_CASE("ambiguous framing is refused and the connection closed") {
    check(framing_rows());
}

TEST_CASE("malformed heads are refused and the connection closed") {
    check(head_rows());
}

TEST_CASE("targets that no router should see are refused") {
    check(target_rows());
}

TEST_CASE("what looks odd but is right is served") {
    TestServer server{echo};
    const std::vector<Row> rows{
        {"GET / demo.test ", "\r\n" + get("/"), 200},
        {"GET / demo.test ", get("http://demo.test/"), 200},
        {"GET / demo.test ", get("http://DEMO.test?a=b"), 200},
        {"GET /a b demo.test ", get("/a%20b"), 200},
        {"GET /\xc3\xa5 demo.test ", get("/%c3%a5"), 200},
        {"GET /a/ demo.test ", get("/a/"), 200},
        {"GET / demo.test ", "GET / HTTP/1.1\r\nhOsT: Demo.Test:8080\r\n\r\n", 200},
        {"GET / [::1] ", "GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n", 200},
        {"GET / demo.test ", get("/", "X-HTTP-Method-Override: DELETE\r\n"), 200},
        {"GET / demo.test ", get("/", "X-Forwarded-Host: evil.test\r\n"), 200},
        {"GET / demo.test ", get("/", "Range: bytes=0-" + repeat(",0-", 1000) + "\r\n"), 200},
        {"GET / demo.test ", get("/", "Upgrade: h2c\r\nConnection: Upgrade\r\n"), 200},
        {"POST / demo.test hello", "POST / HTTP/1.1\r\n" + kHost + "Content-Length: 5\r\n\r\nhello",
         200},
        {"POST / demo.test hello",
         "POST / HTTP/1.1\r\n" + kHost +
             "Transfer-Encoding: Chunked\r\n\r\n2;x=y\r\nhe\r\n3\r\nllo\r\n0\r\nT: r\r\n\r\n",
         200},
    };
    for (const auto& row : rows) {
        INFO(row.bytes.substr(0, 200));
        auto client = server.client();
        const auto response = client.ask(row.bytes);
        CHECK(status_of(response) == row.status);
        CHECK(body_of(response) == row.what);
    }
}

TEST_CASE("a thousand pipelined requests and a reset leave the server well") {
    TestServer server{echo};
    for (int i = 0; i < 20; ++i) {
        auto client = server.client();
        client.send(repeat(get("/"), 1000));
        client.reset();
    }
    auto after = server.client();
    CHECK(status_of(after.ask(get("/"))) == 200);
    CHECK(eventually([&] { return server->connections() == 1; }));
}

TEST_CASE("a handler cannot split a response") {
    TestServer server{[](const Request&) {
        auto response = text("x");
        response.headers.add("X-Name", "a\r\nSet-Cookie: stolen=1");
        return response;
    }};
    auto client = server.client();
    const auto response = client.ask(get("/"));
    CHECK(status_of(response) == 500);
    CHECK(response.find("stolen") == std::string::npos);
}

TEST_CASE("a handler that throws answers 500 and the connection lives on") {
    TestServer server{[](const Request& request) -> Response {
        if (request.path == "/throw") throw std::runtime_error("19121212-1212");
        return text("fine");
    }};
    auto client = server.client();
    const auto response = client.ask(get("/throw"));
    CHECK(status_of(response) == 500);
    CHECK(response.find("1912") == std::string::npos);
    CHECK(status_of(client.ask(get("/"))) == 200);
}
