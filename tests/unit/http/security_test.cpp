#include "daemon/http/security.hpp"

#include <array>

#include "catch.hpp"
#include "daemon/http/address.hpp"
#include "daemon/http/language.hpp"
#include "daemon/http/limits.hpp"

using namespace portal;
using namespace portal::http;
using namespace std::chrono_literals;

namespace {

Request post(const char* site, const char* origin, bool secure = true) {
    Request request;
    request.method = "POST";
    request.host = "solna.portal.test";
    request.authority = "solna.portal.test";
    request.secure = secure;
    if (site) request.headers.add("Sec-Fetch-Site", site);
    if (origin) request.headers.add("Origin", origin);
    return request;
}

}  // namespace

TEST_CASE("a form is taken only from our own page") {
    const auto* own = "https://solna.portal.test";
    CHECK(check_same_origin(post("same-origin", own)));
    CHECK(check_same_origin(post("none", nullptr)));
    CHECK(check_same_origin(post(nullptr, own)));
    CHECK(check_same_origin(post(nullptr, "https://solna.portal.test:443")));

    CHECK_FALSE(check_same_origin(post(nullptr, nullptr)));
    CHECK_FALSE(check_same_origin(post("same-site", own)));
    CHECK_FALSE(check_same_origin(post("cross-site", nullptr)));
    CHECK_FALSE(check_same_origin(post("same-origin", "null")));
    CHECK_FALSE(check_same_origin(post(nullptr, "null")));
    CHECK_FALSE(check_same_origin(post(nullptr, "https://umea.portal.test")));
    CHECK_FALSE(check_same_origin(post(nullptr, "https://solna.portal.test:8443")));
    CHECK_FALSE(check_same_origin(post(nullptr, "https://solna.portal.test.evil")));
    CHECK_FALSE(check_same_origin(post(nullptr, "http://solna.portal.test")));
    CHECK_FALSE(check_same_origin(post(nullptr, own, false)));
    auto doubled = post("same-origin", own);
    doubled.headers.add("Sec-Fetch-Site", "same-origin");
    CHECK_FALSE(check_same_origin(doubled));

    auto page = post("cross-site", "https://evil.test");
    page.method = "GET";
    CHECK(check_same_origin(page));
}

TEST_CASE("on loopback a plain origin is our own page") {
    auto request = post("same-origin", "http://demo.localhost:8080");
    request.host = "demo.localhost";
    request.authority = "demo.localhost:8080";
    CHECK(check_same_origin(request));
    request.authority = "demo.localhost:8081";
    CHECK_FALSE(check_same_origin(request));
}

TEST_CASE("every page carries the security headers, HSTS only over TLS") {
    const SecurityHeaders headers;
    Request request;
    auto plain = html("x");
    headers.apply(request, plain);
    CHECK(plain.header("content-security-policy") ==
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
          "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; "
          "object-src 'none'");
    CHECK(plain.header("X-Content-Type-Options") == "nosniff");
    CHECK(plain.header("Referrer-Policy") == "same-origin");
    CHECK(plain.header("Cross-Origin-Opener-Policy") == "same-origin");
    CHECK(plain.header("Permissions-Policy"));
    CHECK(plain.header("Cache-Control") == "no-store");
    CHECK_FALSE(plain.header("Strict-Transport-Security"));

    request.secure = true;
    auto secure = html("x");
    secure.headers.add("Cache-Control", "no-cache");
    headers.apply(request, secure);
    CHECK(secure.header("Strict-Transport-Security") == "max-age=31536000");
    CHECK(secure.header("Cache-Control") == "no-cache");

    SecurityOptions options;
    options.include_subdomains = true;
    options.form_action = "'self' https://broker.test";
    const SecurityHeaders wider{options};
    wider.apply(request, secure);
    CHECK(secure.header("Strict-Transport-Security") == "max-age=31536000; includeSubDomains");
    CHECK(
        secure.header("Content-Security-Policy")->find("form-action 'self' https://broker.test;") !=
        std::string_view::npos);
}

TEST_CASE("the preferred language is one of ours, whatever the header says") {
    constexpr std::array<std::string_view, 3> ours{"sv", "da", "en"};
    const auto prefer = [&](std::string_view header) { return preferred_language(header, ours); };
    CHECK(prefer("da") == "da");
    CHECK(prefer("EN-gb,en;q=0.8") == "en");
    CHECK(prefer("de, da;q=0.5, en;q=0.7") == "en");
    CHECK(prefer("en;q=0, da;q=0.001") == "da");
    CHECK(prefer("fi, *;q=0.5") == "sv");
    for (const auto* bad : {"", ",,,", "da;q=NaN", "da;q=1e3", "da;q=2", "da;q=0.1234",
                            "da;q=", "da;level=1", "da;q=0.5;q=1", ";", "da;q=-1"}) {
        INFO(bad);
        CHECK(prefer(bad) == "sv");
    }
    CHECK(prefer(std::string(100 * 1024, 'a') + ",da") == "sv");
}

TEST_CASE("addresses, networks and lists of proxies") {
    CHECK(format_address(*parse_address("192.0.2.1")) == "192.0.2.1");
    CHECK(format_address(*parse_address("::ffff:192.0.2.1")) == "192.0.2.1");
    CHECK(format_address(*parse_address("2001:DB8::1")) == "2001:db8::1");
    for (const auto* bad : {"", "192.0.2", "192.0.2.256", "1.2.3.4 ", "::g", "localhost"})
        CHECK_FALSE(parse_address(bad));
    CHECK(parse_address("127.1.2.3")->is_loopback());
    CHECK(parse_address("::1")->is_loopback());
    CHECK_FALSE(parse_address("::2")->is_loopback());
    CHECK(parse_address("2001:db8::1")->network() == *parse_address("2001:db8::"));

    const auto list = TrustedProxies::parse({"10.0.0.0/8", "2001:db8::/33", "192.0.2.1"});
    REQUIRE(list);
    CHECK(list->contains(*parse_address("10.255.0.1")));
    CHECK_FALSE(list->contains(*parse_address("11.0.0.1")));
    CHECK(list->contains(*parse_address("192.0.2.1")));
    CHECK_FALSE(list->contains(*parse_address("192.0.2.2")));
    CHECK(list->contains(*parse_address("2001:db8:7fff::1")));
    CHECK_FALSE(list->contains(*parse_address("2001:db8:8000::1")));
    for (const auto* bad :
         {"10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "x", "::/129", "10.0.0.0/8x"})
        CHECK_FALSE(TrustedProxies::parse({bad}));
}

TEST_CASE("a bucket refills with time and stays bounded in memory") {
    RateLimiter limiter{10, 3};
    const RateLimiter::Time start{};
    const auto anna = *parse_address("192.0.2.1");
    for (int i = 0; i < 3; ++i) CHECK(limiter.take(anna, start));
    CHECK_FALSE(limiter.take(anna, start));
    CHECK(limiter.take(anna, start + 100ms));
    CHECK_FALSE(limiter.take(anna, start + 150ms));
    CHECK(limiter.take(*parse_address("192.0.2.2"), start));

    const auto one = *parse_address("2001:db8::1");
    const auto other = *parse_address("2001:db8::ffff");  // the same customer
    for (int i = 0; i < 3; ++i) CHECK(limiter.take(one, start));
    CHECK_FALSE(limiter.take(other, start));

    for (unsigned i = 0; i < 200000; ++i) {
        Address many;
        for (std::size_t at = 0; at < 4; ++at)
            many.bytes[at] = static_cast<std::uint8_t>(i >> (8 * at));
        limiter.take(many, start);
    }
    RateLimiter unlimited{0, 0};
    for (int i = 0; i < 1000; ++i) REQUIRE(unlimited.take(anna, start));
}

TEST_CASE("a PROXY header is whole, absent, partial or refused") {
    using namespace std::string_literals;
    const auto signature = "\r\n\r\n\0\r\nQUIT\n"s;
    const auto v4 = signature + "\x21\x11\0\x0C\xC0\0\x02\x09\x7F\0\0\x01\0\x50\0\x50"s;
    const auto whole = parse_proxy_header(v4 + "GET /");
    CHECK(whole.state == ProxyHeader::complete);
    CHECK(whole.length == v4.size());
    CHECK(whole.source == parse_address("192.0.2.9"));
    CHECK_FALSE(whole.secure);
    for (std::size_t size = 0; size < v4.size(); ++size)
        CHECK(parse_proxy_header(v4.substr(0, size)).state == ProxyHeader::partial);
    CHECK(parse_proxy_header("GET / HTTP/1.1").state == ProxyHeader::absent);
    CHECK(parse_proxy_header(signature + "\x11\x11\0\0"s).state == ProxyHeader::malformed);
    CHECK(parse_proxy_header(signature + "\x21\x11\xFF\xFF"s).state == ProxyHeader::malformed);
    const auto local = parse_proxy_header(signature + "\x20\0\0\0"s);
    CHECK(local.state == ProxyHeader::complete);
    CHECK_FALSE(local.source);
    const auto cut = parse_proxy_header(signature + "\x21\x11\0\x04\x01\x02\x03\x04"s);
    CHECK(cut.state == ProxyHeader::complete);
    CHECK_FALSE(cut.source);
}
