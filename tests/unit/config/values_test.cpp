#include "config/values.hpp"

#include "catch.hpp"

using namespace portal::config;

TEST_CASE("an address to listen on goes to text and back") {
    for (const char* text : {"127.0.0.1:8080", "[::1]:8080", "0.0.0.0:0", "[::]:65535"}) {
        CAPTURE(text);
        const auto listen = parse_listen(text);
        REQUIRE(listen);
        CHECK(format_listen(*listen) == text);
    }
    for (const char* text : {"", ":", "8080", "localhost:80", "127.0.0.1",
                             "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:8 0",
                             "::1:8080", "[127.0.0.1]:80", "[::1]", "256.0.0.1:1", "127.1:80"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_listen(text));
    }
    CHECK(parse_listen("127.9.9.9:1")->is_loopback());
    CHECK(parse_listen("[::1]:1")->is_loopback());
    CHECK_FALSE(parse_listen("0.0.0.0:1")->is_loopback());
    CHECK_FALSE(parse_listen("[::]:1")->is_loopback());
}

TEST_CASE("a network holds its addresses and no other") {
    const auto holds = [](const char* network, const char* ip) {
        const auto parsed = parse_network(network);
        REQUIRE(parsed);
        return parsed->contains(ip);
    };
    CHECK(holds("10.0.0.0/8", "10.255.0.1"));
    CHECK_FALSE(holds("10.0.0.0/8", "11.0.0.1"));
    CHECK(holds("10.1.2.3", "10.1.2.3"));
    CHECK_FALSE(holds("10.1.2.3", "10.1.2.2"));
    CHECK(holds("10.0.0.128/25", "10.0.0.129"));
    CHECK_FALSE(holds("10.0.0.128/25", "10.0.0.127"));
    CHECK(holds("10.0.0.0/8", "::ffff:10.0.0.1"));
    CHECK_FALSE(holds("10.0.0.0/8", "::10.0.0.1"));
    CHECK(holds("fd00::/8", "fd12::1"));
    CHECK_FALSE(holds("fd00::/8", "fe80::1"));
    CHECK(holds("0.0.0.0/0", "192.0.2.1"));
    CHECK_FALSE(holds("0.0.0.0/0", "2001:db8::1"));
    CHECK(holds("::/0", "192.0.2.1"));
    CHECK_FALSE(holds("10.0.0.0/8", "nonsense"));
    for (const char* text :
         {"10.0.0.0/8", "10.1.2.3/32", "fd00::/8", "::1/128", "0.0.0.0/0", "::/0"})
        CHECK(format_network(*parse_network(text)) == text);
    for (const char* text : {"", "/8", "10.0.0.0/", "10.0.0.0/33", "::/129", "10.0.0.1/8", "x",
                             "10.0.0.0/8/8", "10.0.0.0/-1", "fd00::1/8"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_network(text));
    }
}

TEST_CASE("a rule of the admin socket goes to text and back") {
    for (const char* text :
         {"uid:0=write", "uid:self=read", "group:portal-admin=read", "group:1000=write"}) {
        const auto rule = parse_admin_rule(text);
        REQUIRE(rule);
        CHECK(format_admin_rule(*rule) == text);
    }
    for (const char* text :
         {"", "uid:0", "0=write", "uid:=write", "uid:0=all", "uid:root=write", "user:0=write",
          "uid:-1=write", "uid:99999999999=write", "group:a b=read", "group:=read", "=write:"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_admin_rule(text));
    }
}
