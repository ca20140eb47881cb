#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/encoding.hpp"
#include "base/json_pointer.hpp"
#include "catch.hpp"
#include "outbox/providers.hpp"
#include "scripted_server.hpp"

using namespace portal;
using outbox::Message;
using outbox::Outcome;
using testing::Connection;
using testing::ScriptedServer;
namespace fs = std::filesystem;

namespace {

const auto kId = *base::parse_uuid("8c1f6a52-2b8e-4a57-9d0c-5f5b1f0c7a11");
const Message kText{kId, base::Secret{"+46701234567"}, base::Secret{"Din \"tid\" åäö & mer"}};

class Folder {
  public:
    Folder() {
        std::string name = (fs::temp_directory_path() / "portal-spool-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        path = name;
    }
    ~Folder() { fs::remove_all(path); }
    fs::path path;
};

std::string read(const fs::path& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

/// One POST, answered so.
struct Gateway {
    std::string reply;
    std::string head{};
    std::string body{};
    ScriptedServer server{[this](Connection& peer) {
        head = peer.read_until("\r\n\r\n");
        const auto at = head.find("Content-Length: ");
        body = peer.read_bytes(std::stoul(head.substr(at + 16)));
        peer.write(reply);
    }};
    Outcome send(bool form = false) {
        outbox::HttpSmsOptions options;
        options.url = server.url("/send");
        options.form = form;
        options.token = base::Secret{"t0ken"};
        options.from = "Kliniken";
        options.id_pointer = "/messages/0/id";
        options.timeout = base::Millis{500};
        return outbox::make_http_sms(options)->send(kText);
    }
};

Outcome send_answered(std::string status, const std::string& headers = "") {
    Gateway gateway{"HTTP/1.1 " + std::move(status) + "\r\n" + headers +
                    "Content-Length: 0\r\n\r\n"};
    return gateway.send();
}

}  // namespace

TEST_CASE("a spooled mail is a whole private file, and the same id the same file",
          "[outbox][spool]") {
    const Folder folder;
    const auto spool = outbox::make_spool({folder.path / "a" / "mail", "email"});
    REQUIRE(spool);
    const Message mail{kId, base::Secret{"anna@example.org"},
                       base::Secret{"Subject: x\r\n\r\nHi\r\n"}};
    CHECK((*spool)->send(mail).kind == Outcome::accepted);
    CHECK((*spool)->send(mail).kind == Outcome::accepted);
    const auto path = folder.path / "a" / "mail" / (base::format_uuid(kId) + ".eml");
    CHECK(read(path) == mail.body.reveal());
    CHECK(std::distance(fs::directory_iterator{path.parent_path()}, {}) == 1);
    CHECK((fs::status(path.parent_path()).permissions() & fs::perms::mask) == fs::perms::owner_all);
}

TEST_CASE("a spooled text is JSON with its number", "[outbox][spool]") {
    const Folder folder;
    const auto spool = outbox::make_spool({folder.path / "sms", "sms"});
    REQUIRE(spool);
    REQUIRE((*spool)->send(kText).kind == Outcome::accepted);
    const auto json = read(folder.path / "sms" / (base::format_uuid(kId) + ".json"));
    CHECK(base::json_text_at(json, "/to") == kText.recipient.reveal());
    CHECK(base::json_text_at(json, "/text") == kText.body.reveal());
    CHECK(base::json_text_at(json, "/id") == base::format_uuid(kId));
}

TEST_CASE("a spool folder that others may read is refused", "[outbox][spool]") {
    const Folder folder;
    REQUIRE(::chmod(folder.path.c_str(), 0750) == 0);
    CHECK(!outbox::make_spool({folder.path, "email"}));
    fs::create_directory_symlink("/tmp", folder.path / "link");
    CHECK(!outbox::make_spool({folder.path / "link", "email"}));
}

TEST_CASE("a text is posted as JSON with token and key, and the gateway's id is kept",
          "[outbox][sms]") {
    Gateway gateway{
        "HTTP/1.1 201 Created\r\nContent-Length: 28\r\n\r\n{\"messages\":[{\"id\":\"x-77\"}]}"};
    const auto outcome = gateway.send();
    CHECK(outcome.kind == Outcome::accepted);
    CHECK(outcome.provider_id == "x-77");
    CHECK(gateway.head.starts_with("POST /send HTTP/1.1\r\n"));
    CHECK(gateway.head.find("Authorization: Bearer t0ken\r\n") != std::string::npos);
    CHECK(gateway.head.find("Idempotency-Key: " + base::format_uuid(kId)) != std::string::npos);
    CHECK(base::json_text_at(gateway.body, "/to") == kText.recipient.reveal());
    CHECK(base::json_text_at(gateway.body, "/from") == "Kliniken");
    CHECK(base::json_text_at(gateway.body, "/text") == kText.body.reveal());
    CHECK(base::json_text_at(gateway.body, "/id") == base::format_uuid(kId));
}

TEST_CASE("a text is posted as a form where the gateway wants one", "[outbox][sms]") {
    Gateway gateway{"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"};
    const auto outcome = gateway.send(true);
    CHECK(outcome.kind == Outcome::accepted);
    CHECK(outcome.provider_id.empty());
    CHECK(gateway.body ==
          "to=%2B46701234567&from=Kliniken&text=Din%20%22tid%22%20%C3%A5%C3%A4%C3%B6%20%26%20mer"
          "&id=8c1f6a52-2b8e-4a57-9d0c-5f5b1f0c7a11");
}

TEST_CASE("a gateway's statuses are sorted into outcomes", "[outbox][sms][L22]") {
    CHECK(send_answered("400 Bad").kind == Outcome::permanent_recipient);
    CHECK(send_answered("422 Bad").kind == Outcome::permanent_recipient);
    CHECK(send_answered("401 No").kind == Outcome::permanent_provider);
    CHECK(send_answered("402 Pay").kind == Outcome::permanent_provider);
    CHECK(send_answered("404 No").kind == Outcome::permanent_provider);
    CHECK(send_answered("302 Found", "Location: /x\r\n").kind == Outcome::permanent_provider);
    CHECK(send_answered("408 Slow").kind == Outcome::temporary);
    CHECK(send_answered("503 Down").kind == Outcome::temporary);
    const auto limited = send_answered("429 Slower", "Retry-After: 7\r\n");
    CHECK(limited.kind == Outcome::temporary);
    CHECK(limited.retry_after == std::chrono::seconds{7});
}

TEST_CASE("garbage and silence from a gateway are unknown, nobody there is temporary",
          "[outbox][sms][L22]") {
    Gateway garbage{"what?\r\n\r\n"};
    CHECK(garbage.send().kind == Outcome::unknown);
    Gateway silence{""};
    CHECK(silence.send().kind == Outcome::unknown);
    outbox::HttpSmsOptions options;
    {
        const ScriptedServer gone{[](Connection&) {}};
        options.url = gone.url("/");
    }
    CHECK(outbox::make_http_sms(options)->send(kText).kind == Outcome::temporary);
}

TEST_CASE("a pointer into JSON finds texts and whole numbers only", "[outbox]") {
    CHECK(base::json_text_at("{\"a\":[1,{\"b\":\"c\"}]}", "/a/1/b") == "c");
    CHECK(base::json_text_at("{\"a\":12}", "/a") == "12");
    for (const char* json : {"", "{", "{\"a\":null}", "{\"a\":1.5}", "[]", "{\"a\":{}}"})
        CHECK(!base::json_text_at(json, "/a"));
    CHECK(!base::json_text_at("{\"a\":1}", "a"));
}
