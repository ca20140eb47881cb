#include "net/mail.hpp"

#include <future>
#include <map>

#include "catch.hpp"
#include "scripted_server.hpp"

using namespace portal;
using net::SendResult;
using testing::Connection;
using testing::ScriptedServer;

namespace {

constexpr std::string_view kMessage =
    "Date: Sat, 21 Nov 2026 20:00:00 +0100\r\nSubject: x\r\n\r\nHello\r\n.dot\r\n";

/// Answers each command by its verb; "." is the end of the message; an empty reply closes.
struct Dialogue {
    std::map<std::string, std::string, std::less<>> replies{
        {"EHLO", "250-here\r\n250 SIZE 1000000"},
        {"MAIL", "250 ok"},
        {"RCPT", "250 ok"},
        {"DATA", "354 go on"},
        {".", "250 taken"},
        {"QUIT", "221 bye"}};
    std::vector<std::string> commands{};
    std::string message{};

    void operator()(Connection& peer) {
        peer.write("220 here\r\n");
        for (;;) {
            const auto line = peer.read_until("\r\n");
            if (line.empty()) return;
            commands.push_back(line.substr(0, line.size() - 2));
            auto reply = replies.find(line.substr(0, 4))->second;
            if (line.starts_with("DATA") && reply.starts_with("354")) {
                peer.write(reply + "\r\n");
                message = peer.read_until("\r\n.\r\n");
                reply = replies["."];
            }
            if (reply.empty()) return;
            peer.write(reply + "\r\n");
        }
    }
};

net::SmtpOptions options_of(const ScriptedServer& server) {
    net::SmtpOptions options;
    options.host = "127.0.0.1";
    options.port = server.port();
    options.tls = net::MailTls::none;
    options.ehlo_name = "portal.example";
    options.timeout = base::Millis{2'000};
    return options;
}

SendResult send_to(const ScriptedServer& server, const net::Envelope& envelope,
                   std::string_view message = kMessage) {
    return net::send_mail(options_of(server), envelope, message);
}
const net::Envelope kEnvelope{"bounce@clinic.example", base::Email{"anna@patient.example"}};

SendResult talk(Dialogue& dialogue, std::string_view message = kMessage) {
    const ScriptedServer server{[&](Connection& peer) { dialogue(peer); }};
    return send_to(server, kEnvelope, message);
}

SendResult talk_with(std::string_view verb, std::string_view reply) {
    Dialogue dialogue;
    dialogue.replies[std::string{verb}] = reply;
    return talk(dialogue);
}

}  // namespace

TEST_CASE("a message is submitted with its envelope and stuffed dots", "[mail]") {
    Dialogue dialogue;
    const auto result = talk(dialogue);
    CHECK(result.outcome == SendResult::accepted);
    CHECK(result.code == 250);
    REQUIRE(dialogue.commands.size() >= 4);
    CHECK(dialogue.commands[0] == "EHLO portal.example");
    CHECK(dialogue.commands[1] == "MAIL FROM:<bounce@clinic.example>");
    CHECK(dialogue.commands[2] == "RCPT TO:<anna@patient.example>");
    CHECK(dialogue.message.ends_with("Hello\r\n..dot\r\n.\r\n"));
    CHECK(dialogue.message.starts_with("Date: Sat"));
}

TEST_CASE("replies are sorted by the command that they refuse", "[mail][L22]") {
    CHECK(talk_with("MAIL", "451 later").outcome == SendResult::temporary);
    CHECK(talk_with("MAIL", "550 not you").outcome == SendResult::permanent_provider);
    CHECK(talk_with("RCPT", "450 mailbox busy").outcome == SendResult::temporary);
    CHECK(talk_with("RCPT", "550 nobody").outcome == SendResult::permanent_recipient);
    CHECK(talk_with("RCPT", "550 nobody").code == 550);
    CHECK(talk_with(".", "452 full").outcome == SendResult::temporary);
    CHECK(talk_with(".", "554 spam").outcome == SendResult::permanent_recipient);
}

TEST_CASE("a connection lost before the message is temporary, after it unknown", "[mail][L22]") {
    CHECK(talk_with("MAIL", "").outcome == SendResult::temporary);
    CHECK(talk_with("DATA", "").outcome == SendResult::temporary);
    CHECK(talk_with(".", "").outcome == SendResult::unknown);
}

namespace {

/// What a client hears that sends a second message on a connection that waited: the first one is
/// taken, then `end` is done to its connection, before the second is sent or after its first word.
SendResult send_again(const std::function<void(Connection&)>& end, bool after_its_first_word) {
    std::promise<void> taken;
    std::promise<void> ended;
    int connections = 0;
    Dialogue once;
    once.replies["."] = "";  // the dialogue ends there, the connection does not
    Dialogue whole;
    const ScriptedServer server{[&](Connection& peer) {
        if (++connections > 1) return whole(peer);
        once(peer);
        peer.write("250 taken\r\n");
        taken.get_future().wait();
        if (after_its_first_word) {
            ended.set_value();
            (void)peer.read_until("\r\n");
        }
        end(peer);
        if (!after_its_first_word) ended.set_value();
    }};
    net::MailClient client{options_of(server)};
    CHECK(client.send(kEnvelope, kMessage).outcome == SendResult::accepted);
    taken.set_value();
    ended.get_future().wait();
    return client.send(kEnvelope, kMessage);
}

}  // namespace

TEST_CASE("a server that ended a waiting connection gets the message on a new one", "[mail][L22]") {
    const auto say = [](Connection& peer) { peer.write("421 you waited too long\r\n"); };
    const auto close = [](Connection&) {};
    for (const bool late : {false, true}) {
        CAPTURE(late);
        CHECK(send_again(say, late).outcome == SendResult::accepted);
        CHECK(send_again(close, late).outcome == SendResult::accepted);
        CHECK(send_again([](Connection& peer) { peer.reset(); }, late).outcome ==
              SendResult::accepted);
    }
}

TEST_CASE("a server without STARTTLS gets neither password nor message", "[mail]") {
    Dialogue dialogue;
    const ScriptedServer server{[&](Connection& peer) { dialogue(peer); }};
    net::SmtpOptions options;
    options.host = "127.0.0.1";
    options.port = server.port();
    options.user = "portal";
    options.password = base::Secret{"hunter2"};
    const auto result = net::send_mail(options, kEnvelope, kMessage);
    CHECK(result.outcome == SendResult::permanent_provider);
    for (const auto& command : dialogue.commands) {
        CHECK(!command.starts_with("AUTH"));
        CHECK(!command.starts_with("MAIL"));
    }
}

TEST_CASE("without TLS mail goes to this machine only", "[mail]") {
    net::SmtpOptions options;
    options.host = "mail.example";
    options.tls = net::MailTls::none;
    CHECK(net::send_mail(options, kEnvelope, kMessage).outcome == SendResult::permanent_provider);
}

TEST_CASE("a bare line end or NUL is never sent", "[mail]") {
    const ScriptedServer server{[](Connection&) { FAIL_CHECK("connected"); }};
    for (const std::string_view message :
         {std::string_view{"a: b\n\r\n"}, std::string_view{"a: b\r\r\n"},
          std::string_view{"a: \0b\r\n", 8}, std::string_view{"no end"}, std::string_view{}})
        CHECK(send_to(server, kEnvelope, message).outcome == SendResult::permanent_recipient);
}

TEST_CASE("an address cannot carry another command", "[mail]") {
    const ScriptedServer server{[](Connection&) { FAIL_CHECK("connected"); }};
    for (const char* to : {"a@b.example>\r\nRCPT TO:<c@d.example", "a b@c.example", "a@b>", ""})
        CHECK(send_to(server, {"x@y.example", base::Email{to}}).outcome ==
              SendResult::permanent_recipient);
    CHECK(send_to(server, {"x@y\r\n", base::Email{"a@b.example"}}).outcome ==
          SendResult::permanent_provider);
}

TEST_CASE("nobody listening is temporary", "[mail]") {
    int port = 0;
    {
        const ScriptedServer server{[](Connection&) {}};
        port = server.port();
    }
    net::SmtpOptions options;
    options.host = "127.0.0.1";
    options.port = port;
    options.tls = net::MailTls::none;
    CHECK(net::send_mail(options, kEnvelope, kMessage).outcome == SendResult::temporary);
}

TEST_CASE("a mail server's URL gives host, port and TLS", "[mail]") {
    auto options = net::parse_smtp_url("smtp://mail.example");
    REQUIRE(options);
    CHECK(options->host == "mail.example");
    CHECK(options->port == 587);
    CHECK(options->tls == net::MailTls::starttls);
    options = net::parse_smtp_url("smtps://[::1]:1465");
    REQUIRE(options);
    CHECK(options->host == "[::1]");
    CHECK(options->port == 1465);
    CHECK(options->tls == net::MailTls::implicit);
    for (const char* bad : {"", "mail.example", "http://mail.example", "smtp://", "smtp://a:0",
                            "smtp://a:x", "smtp://a:99999", "smtp://u:p@a", "smtp://a/b"})
        CHECK(!net::parse_smtp_url(bad));
}
