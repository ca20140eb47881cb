#include <fcntl.h>
#include <grp.h>
#include <sys/stat.h>

#include <condition_variable>
#include <filesystem>
#include <mutex>

#include "raw_client.hpp"

using namespace portal;
using namespace portal::http;
using namespace portal::http::test;

namespace {

/// Handlers wait here until the test lets them go.
class Gate {
  public:
    void pass() {
        std::unique_lock lock{mutex_};
        ++waiting_;
        changed_.notify_all();
        changed_.wait_for(lock, 10s, [this] { return open_; });
    }
    bool wait_for(int waiting) {
        std::unique_lock lock{mutex_};
        return changed_.wait_for(lock, 5s, [&] { return waiting_ >= waiting; });
    }
    void open() {
        const std::lock_guard lock{mutex_};
        open_ = true;
        changed_.notify_all();
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    int waiting_ = 0;
    bool open_ = false;
};

std::string socket_path(const char* name) {
    return (std::filesystem::temp_directory_path() /
            (std::string{name} + std::to_string(::getpid())))
        .string();
}

}  // namespace

TEST_CASE("a connection serves many requests, one after the other and pipelined") {
    TestServer server{echo};
    auto client = server.client();
    for (int i = 0; i < 5; ++i)
        CHECK(body_of(client.ask(get("/" + std::to_string(i)))) ==
              "GET /" + std::to_string(i) + " demo.test ");
    client.send(get("/a") + "POST /b HTTP/1.1\r\nHost: demo.test\r\nContent-Length: 2\r\n\r\nhi" +
                get("/c"));
    CHECK(body_of(client.receive()) == "GET /a demo.test ");
    CHECK(body_of(client.receive()) == "POST /b demo.test hi");
    CHECK(body_of(client.receive()) == "GET /c demo.test ");
    CHECK(server->connections() == 1);
}

TEST_CASE("HTTP/1.0 is closed after the answer unless it asks to stay") {
    TestServer server{echo};
    auto closing = server.client();
    CHECK(status_of(closing.ask("GET / HTTP/1.0\r\n\r\n")) == 200);
    CHECK(closing.closes());
    auto staying = server.client();
    const std::string request = "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n";
    CHECK(staying.ask(request).find("Connection: keep-alive") != std::string::npos);
    CHECK(status_of(staying.ask(request)) == 200);
    auto asked = server.client();
    CHECK(status_of(asked.ask(get("/", "Connection: close\r\n"))) == 200);
    CHECK(asked.closes());
}

TEST_CASE("HEAD has the length but no body, 204 and 304 have neither") {
    TestServer server{[](const Request& request) {
        if (request.path == "/204") return no_content();
        auto response = text("twelve bytes");
        if (request.path == "/304") response.status = 304;
        return response;
    }};
    auto client = server.client();
    client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
    const auto head = client.receive(5s, true);
    CHECK(head.find("Content-Length: 12\r\n") != std::string::npos);
    CHECK(client.ask(get("/204")).find("Content-Length") == std::string::npos);
    const auto unchanged = client.ask(get("/304"));
    CHECK(status_of(unchanged) == 304);
    CHECK(body_of(unchanged).empty());
    CHECK(body_of(client.ask(get("/"))) == "twelve bytes");
}

TEST_CASE("a body is announced before it is sent when the client asks") {
    TestServer server{echo};
    auto client = server.client();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    CHECK(status_of(client.receive()) == 100);
    CHECK(body_of(client.ask("hi")) == "POST / a hi");
}

TEST_CASE("a head or body that trickles in is answered 408 in time") {
    TestServer server{echo, [](auto& options, auto&) {
                          options.head_timeout = 200ms;
                          options.body_timeout = 300ms;
                          options.body_grace = 200ms;
                          options.idle_timeout = 200ms;
                      }};
    auto head = server.client();
    const auto start = std::chrono::steady_clock::now();
    std::string response;
    for (const char c : get("/", "A: " + std::string(1000, 'b') + "\r\n")) {
        head.send({&c, 1});
        response = head.receive(20ms);
        if (!response.empty()) break;
    }
    CHECK(status_of(response) == 408);
    CHECK(std::chrono::steady_clock::now() - start < 1s);

    auto body = server.client();
    body.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n");
    for (int i = 0; i < 100; ++i) {
        body.send("b");
        response = body.receive(20ms);
        if (!response.empty()) break;
    }
    CHECK(status_of(response) == 408);

    auto silent = server.client();
    CHECK(silent.closes(2s));
    auto idle = server.client();
    CHECK(status_of(idle.ask(get("/"))) == 200);
    CHECK(idle.closes(2s));
}

TEST_CASE("a client that does not read its answer is dropped") {
    TestServer server{[](const Request&) { return text(std::string(32U << 20U, 'x')); },
                      [](auto& options, auto&) { options.write_timeout = 200ms; }};
    auto client = server.client();
    client.send(get("/"));
    CHECK(eventually([&] { return server->connections() == 1; }));
    CHECK(eventually([&] { return server->connections() == 0; }));
}

TEST_CASE("an address has its share of connections, another address its own") {
    TestServer server{
        echo, [](auto&, auto& listeners) { listeners[0].limits.connections_per_address = 3; }};
    std::vector<Client> clients;
    for (int i = 0; i < 3; ++i) {
        clients.push_back(server.client("127.0.0.2"));
        CHECK(status_of(clients.back().ask(get("/"))) == 200);
    }
    auto fourth = server.client("127.0.0.2");
    CHECK(fourth.closes());
    auto other = server.client("127.0.0.3");
    CHECK(status_of(other.ask(get("/"))) == 200);
    clients.pop_back();
    CHECK(eventually([&] { return status_of(server.client("127.0.0.2").ask(get("/"))) == 200; }));
}

TEST_CASE("an address has its rate of requests, another address its own") {
    TestServer server{echo, [](auto&, auto& listeners) {
                          listeners[0].limits.requests_per_second = 0.001;
                          listeners[0].limits.request_burst = 5;
                      }};
    auto client = server.client("127.0.0.2");
    for (int i = 0; i < 5; ++i) CHECK(status_of(client.ask(get("/"))) == 200);
    const auto refused = client.ask(get("/"));
    CHECK(status_of(refused) == 429);
    CHECK(refused.find("Retry-After: 1") != std::string::npos);
    CHECK(status_of(server.client("127.0.0.2").ask(get("/"))) == 429);
    CHECK(status_of(server.client("127.0.0.3").ask(get("/"))) == 200);
}

TEST_CASE("accepting pauses at the most connections and goes on when one leaves") {
    TestServer server{echo, [](auto& options, auto&) {
                          options.io_threads = 1;
                          options.max_connections = 2;
                      }};
    auto one = server.client();
    auto two = std::make_unique<Client>(server.port());
    CHECK(status_of(one.ask(get("/"))) == 200);
    CHECK(status_of(two->ask(get("/"))) == 200);
    auto three = server.client();
    three.send(get("/"));
    CHECK(three.is_silent(100ms));
    two.reset();
    CHECK(status_of(three.receive()) == 200);
}

TEST_CASE("a full queue of hashes answers 503 while other requests are served") {
    Gate gate;
    TestServer server{[&](const Request& request) {
                          if (request.path == "/login") gate.pass();
                          return text("done");
                      },
                      [](auto& options, auto& listeners) {
                          options.hash_queue = 2;
                          listeners[0].lane = [](const Request& request) {
                              return request.path == "/login" ? Lane::hashes : Lane::worker;
                          };
                      }};
    std::vector<Client> waiting;
    for (int i = 0; i < 3; ++i) {
        waiting.push_back(server.client());
        waiting.back().send(get("/login"));
        if (i == 0) REQUIRE(gate.wait_for(1));  // taken from the queue by the only worker
    }
    const auto full = [&] {
        return server.metrics.body().find("portal_http_hash_queue 2") != std::string::npos;
    };
    REQUIRE(eventually(full));
    auto refused = server.client();
    const auto response = refused.ask(get("/login"));
    CHECK(status_of(response) == 503);
    CHECK(response.find("Retry-After") != std::string::npos);
    CHECK(status_of(refused.ask(get("/page"))) == 200);
    gate.open();
    for (auto& client : waiting) CHECK(status_of(client.receive()) == 200);
}

TEST_CASE("an inline route is answered though every worker is busy") {
    Gate gate;
    Router router;
    router.add({"GET", "/slow", [&](const auto&, const auto&) {
                    gate.pass();
                    return text("slow");
                }});
    router.add(
        {"GET", "/healthz", [](const auto&, const auto&) { return text("ok"); }, false, true});
    TestServer server{[&](const Request& request) { return router.handle(request); },
                      [&](auto& options, auto& listeners) {
                          options.workers = 1;
                          listeners[0].lane = [&](const Request& r) { return router.lane(r); };
                      }};
    auto slow = server.client();
    slow.send(get("/slow"));
    REQUIRE(gate.wait_for(1));
    CHECK(body_of(server.client().ask(get("/healthz"))) == "ok");
    gate.open();
    CHECK(body_of(slow.receive()) == "slow");
}

TEST_CASE("draining finishes what is in flight, closes what is idle and takes nothing new [P12]") {
    Gate gate;
    Server* running = nullptr;
    TestServer server{[&](const Request&) {
                          gate.pass();
                          return text("done");
                      },
                      [&](auto&, auto& listeners) {
                          Listener ready;
                          ready.address = "127.0.0.1:0";
                          ready.close_on_drain = false;
                          ready.lane = [](const Request&) { return Lane::inline_ok; };
                          ready.handler = [&](const Request&) {
                              return running->draining() ? error_response(503) : text("ready");
                          };
                          listeners.push_back(std::move(ready));
                      }};
    running = &*server;
    auto idle = Client{server.port(1)};
    CHECK(status_of(idle.ask(get("/readyz"))) == 200);
    std::vector<Client> busy;
    for (int i = 0; i < 4; ++i) {
        busy.push_back(server.client());
        busy.back().send(get("/"));
    }
    REQUIRE(gate.wait_for(4));
    server->drain();
    CHECK(status_of(idle.ask(get("/readyz"))) == 503);
    CHECK(status_of(Client{server.port(1)}.ask(get("/readyz"))) == 503);
    CHECK(eventually([&] { return !server.client().connected(); }));
    CHECK_FALSE(server->wait_drained(20ms));
    gate.open();
    for (auto& client : busy) {
        const auto response = client.receive();
        CHECK(body_of(response) == "done");
        CHECK(response.find("Connection: close") != std::string::npos);
        CHECK(client.closes());
    }
    CHECK(server->wait_drained(5s));
}

TEST_CASE("draining closes an idle connection at once") {
    TestServer server{echo};
    auto client = server.client();
    CHECK(status_of(client.ask(get("/"))) == 200);
    server->drain();
    CHECK(client.closes(1s));
    CHECK(server->wait_drained(5s));
}

TEST_CASE("stopping ends at once with clients of every kind connected") {
    TestServer server{echo};
    auto fresh = server.client();
    auto idle = server.client();
    CHECK(status_of(idle.ask(get("/"))) == 200);
    auto half = server.client();
    half.send("GET / HT");
    CHECK(eventually([&] { return server->connections() == 3; }));
    server->stop();
    CHECK(server->connections() == 0);
    CHECK(idle.closes());
}

TEST_CASE("a second server on the same port is refused with one clear line") {
    TestServer server{echo};
    const base::SystemClock clock;
    Metrics metrics;
    Server second{{}, clock, metrics};
    std::vector<Listener> listeners(1);
    listeners[0].address = "127.0.0.1:" + std::to_string(server.port());
    const auto started = second.start(std::move(listeners));
    REQUIRE_FALSE(started);
    CHECK(started.error().code == base::ErrorCode::conflict);
    CHECK(base::describe(started.error()) ==
          "Another program listens on 127.0.0.1:" + std::to_string(server.port()) + ".");
}

TEST_CASE("the unix socket goes to the group that it is told, and stays where it may not") {
    const auto path = socket_path("portal-group-");
    const auto group_of = [&](const std::string& group) {
        TestServer server{echo, [&](auto&, auto& listeners) {
                              listeners[0].address = "unix:" + path;
                              listeners[0].socket_group = group;
                          }};
        CHECK(status_of(Client{path}.ask(get("/"))) == 200);
        struct stat file {};
        REQUIRE(::stat(path.c_str(), &file) == 0);
        CHECK((file.st_mode & 0777U) == 0660);
        return file.st_gid;
    };
    CHECK(group_of("") == ::getegid());
    CHECK(group_of("no-such-group-here") == ::getegid());
    const auto* daemons = ::getgrnam("daemon");
    REQUIRE(daemons != nullptr);
    const auto wanted = daemons->gr_gid;
    CHECK(group_of("daemon") == (::geteuid() == 0 ? wanted : ::getegid()));
}

TEST_CASE("the unix socket knows its peer, has its mode and replaces only a stale file") {
    const auto path = socket_path("portal-http-");
    const auto listen = [&](auto&, auto& listeners) { listeners[0].address = "unix:" + path; };
    const auto who = [](const Request& request) {
        return text(request.peer
                        ? std::to_string(request.peer->uid) + " " +
                              std::to_string(request.peer->pid) + " " + request.client_address
                        : "nobody");
    };
    {
        TestServer server{who, listen};
        Client client{path};
        CHECK(body_of(client.ask(get("/"))) ==
              std::to_string(::getuid()) + " " + std::to_string(::getpid()) + " unix");
        struct stat file {};
        REQUIRE(::stat(path.c_str(), &file) == 0);
        CHECK((file.st_mode & 0777U) == 0660);

        const base::SystemClock clock;
        Metrics metrics;
        Server second{{}, clock, metrics};
        std::vector<Listener> listeners(1);
        listeners[0].address = "unix:" + path;
        const auto started = second.start(std::move(listeners));
        REQUIRE_FALSE(started);
        CHECK(started.error().code == base::ErrorCode::conflict);
        CHECK(status_of(client.ask(get("/"))) == 200);
    }
    CHECK_FALSE(std::filesystem::exists(path));
    {
        const int stale = ::socket(AF_UNIX, SOCK_STREAM, 0);
        sockaddr_un where{};
        where.sun_family = AF_UNIX;
        std::memcpy(where.sun_path, path.data(), path.size());
        REQUIRE(::bind(stale, reinterpret_cast<sockaddr*>(&where), sizeof where) == 0);
        ::close(stale);
        TestServer server{who, listen};
        CHECK(status_of(Client{path}.ask(get("/"))) == 200);
    }
}

TEST_CASE("two hundred clients at once are all served") {
    TestServer server{echo};
    std::vector<Client> clients;
    for (int i = 0; i < 200; ++i) clients.push_back(server.client());
    for (int round = 0; round < 3; ++round) {
        for (auto& client : clients) client.send(get("/"));
        for (auto& client : clients) CHECK(status_of(client.receive()) == 200);
    }
    CHECK(server->connections() == 200);
}

TEST_CASE("only a trusted proxy says who the client is") {
    const auto who = [](const Request& request) {
        return text(request.client_address + (request.secure ? " secure" : " plain"));
    };
    const auto forwarded = get("/",
                               "X-Forwarded-For: 6.6.6.6, 192.0.2.7, 127.0.0.9\r\n"
                               "X-Forwarded-Proto: https\r\n");
    TestServer server{who,
                      [](auto& options, auto&) { options.trusted_proxies = {"127.0.0.8/31"}; }};
    CHECK(body_of(server.client("127.0.0.2").ask(forwarded)) == "127.0.0.2 plain");
    CHECK(body_of(server.client("127.0.0.8").ask(forwarded)) == "192.0.2.7 secure");
    CHECK(body_of(server.client("127.0.0.8").ask(get("/"))) == "127.0.0.8 plain");

    using namespace std::string_literals;
    const auto proxy = "\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x14\xC0\0\x02\x09\x7F\0\0\x01\0\x50\0\x50"s +
                       "\x20\0\x05\x01\0\0\0\0"s;
    CHECK(body_of(server.client("127.0.0.8").ask(proxy + forwarded)) == "192.0.2.9 secure");
    CHECK(status_of(server.client("127.0.0.2").ask(proxy + forwarded)) == 400);
    auto slow = server.client("127.0.0.8");
    slow.send(proxy.substr(0, 7));
    CHECK(slow.is_silent(20ms));
    CHECK(body_of(slow.ask(proxy.substr(7) + get("/"))) == "192.0.2.9 secure");
}

TEST_CASE("loopback counts as secure only when told so") {
    const auto secure = [](const Request& request) { return text(request.secure ? "yes" : "no"); };
    CHECK(body_of(TestServer{secure}.client().ask(get("/"))) == "no");
    TestServer server{secure,
                      [](auto& options, auto&) { options.treat_loopback_as_secure = true; }};
    CHECK(body_of(server.client().ask(get("/"))) == "yes");
}

TEST_CASE("requests are counted by route and status, never by what a client made up") {
    Router router;
    router.add({"GET", "/bookings/{id}", [](const auto&, const auto&) { return text("b"); }});
    TestServer server{[&](const Request& request) { return router.handle(request); }};
    server.metrics.add_routes(router);
    server.metrics.add_gauges("portal_outbox_rows", "Rows.", "state", [] {
        return Metrics::Series{{"queued", 3}};
    });
    auto client = server.client();
    for (int i = 0; i < 3; ++i) client.ask(get("/bookings/" + std::to_string(i)));
    for (int i = 0; i < 5000; i += 100) client.ask(get("/made-up-" + std::to_string(i)));
    const auto has = [&](const std::string& line) {
        return server.metrics.body().find(line) != std::string::npos;
    };
    CHECK(eventually([&] {
        return has("portal_http_requests_total{route=\"/bookings/{id}\",status=\"2xx\"} 3");
    }));
    CHECK(eventually(
        [&] { return has("portal_http_requests_total{route=\"other\",status=\"4xx\"} 50"); }));
    CHECK(has("portal_outbox_rows{state=\"queued\"} 3"));
    CHECK(has("portal_http_connections 1"));
    CHECK_FALSE(has("made-up"));
}

TEST_CASE("plain HTTP beyond loopback is refused at start unless proxies are named") {
    const base::SystemClock clock;
    Metrics metrics;
    const auto start = [&](const char* address, std::vector<std::string> proxies) {
        ServerOptions options;
        options.trusted_proxies = std::move(proxies);
        Server server{options, clock, metrics};
        std::vector<Listener> listeners(1);
        listeners[0].address = address;
        listeners[0].handler = echo;
        return server.start(std::move(listeners));
    };
    CHECK_FALSE(start("0.0.0.0:0", {}));
    CHECK(start("0.0.0.0:0", {"192.0.2.1"}));
    CHECK_FALSE(start("127.0.0.1:0", {"nonsense"}));
    for (const auto* bad : {"127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "localhost:1", "unix:"})
        CHECK_FALSE(start(bad, {}));
}
