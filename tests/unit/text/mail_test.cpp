#include "text/mail.hpp"

#include "base/encoding.hpp"
#include "catch.hpp"

using namespace portal;
using Catch::Contains;
using text::MailMessage;

namespace {

MailMessage sample() {
    MailMessage mail;
    mail.date = *base::parse_instant("2026-11-21T19:05:09Z");
    mail.from_name = "Kliniken";
    mail.from = base::Email{"bokning@clinic.example"};
    mail.to = base::Email{"patient@example.org"};
    mail.subject = "Your visit is booked";
    mail.message_id = "17.abc@demo.localhost";
    mail.text = "Hej!\nVälkommen.\n";
    return mail;
}

std::string made(const MailMessage& mail) {
    const auto text = text::compose_mail(mail);
    return text ? *text : "refused: " + base::describe(text.error());
}

std::string head_of(const std::string& mail) {
    return mail.substr(0, mail.find("\r\n\r\n") + 2);
}

/// CRLF only, and lines that every server takes.
void check_lines(const std::string& mail) {
    for (std::size_t i = 0; i < mail.size(); ++i) {
        if (mail[i] == '\n') CHECK((i > 0 && mail[i - 1] == '\r'));
        if (mail[i] == '\r') CHECK((i + 1 < mail.size() && mail[i + 1] == '\n'));
        if (static_cast<unsigned char>(mail[i]) >= 0x80) FAIL("a byte outside of ASCII");
    }
    for (const auto line : base::split(mail, '\n')) CHECK(line.size() <= 79);
}

}  // namespace

TEST_CASE("a plain mail is one base64 part under its headers") {
    const auto mail = made(sample());
    CHECK(mail ==
          "Date: Sat, 21 Nov 2026 19:05:09 +0000\r\n"
          "From: \"Kliniken\"\r\n <bokning@clinic.example>\r\n"
          "To: <patient@example.org>\r\n"
          "Subject: Your visit is booked\r\n"
          "Message-ID: <17.abc@demo.localhost>\r\n"
          "Auto-Submitted: auto-generated\r\n"
          "X-Auto-Response-Suppress: All\r\n"
          "MIME-Version: 1.0\r\n"
          "Content-Type: text/plain; charset=utf-8\r\n"
          "Content-Transfer-Encoding: base64\r\n"
          "\r\n" +
              base::format_base64(base::as_bytes("Hej!\r\nVälkommen.\r\n")) + "\r\n");
    CHECK(made(sample()) == mail);
}

TEST_CASE("an invitation stands in the mail and beside it, its method in the type", "[L17]") {
    auto message = sample();
    message.html = "<p>Hej</p>";
    message.calendar = "BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\nEND:VCALENDAR\r\n";
    message.calendar_method = text::CalendarMethod::cancel;
    const auto mail = made(message);
    check_lines(mail);
    CHECK_THAT(mail, Contains("Content-Type: multipart/mixed;\r\n boundary=\"=_m_"));
    const auto order = {"multipart/mixed",
                        "multipart/alternative",
                        "text/plain; charset=utf-8",
                        "text/html; charset=utf-8",
                        "text/calendar; charset=utf-8; method=CANCEL",
                        "attachment; filename=\"invite.ics\"",
                        "application/ics; name=\"invite.ics\""};
    std::size_t at = 0;
    for (const char* piece : order) {
        CAPTURE(piece);
        const auto found = mail.find(piece, at);
        REQUIRE(found != std::string::npos);
        at = found;
    }
    const auto encoded = base::format_base64(base::as_bytes(message.calendar), 76);
    const auto first = mail.find(encoded);
    REQUIRE(first != std::string::npos);
    CHECK(mail.find(encoded, first + 1) != std::string::npos);
    CHECK(mail.ends_with("--\r\n"));
    CHECK(made(message) == mail);
    auto other = message;
    other.message_id = "18.abc@demo.localhost";
    CHECK(made(other).find(mail.substr(mail.find("=_m_"), 20)) == std::string::npos);
}

TEST_CASE("words outside of ASCII become encoded words that end between letters") {
    CHECK(text::encode_header("Påminnelse", 9) == "=?UTF-8?B?UMOlbWlubmVsc2U=?=");
    CHECK(text::encode_header("Plain text", 9) == "Plain text");
    CHECK(text::encode_header("", 9).empty());
    CHECK_THAT(text::encode_header("=?utf-8?q?=0d=0aBcc:?=", 9), Catch::StartsWith("=?UTF-8?B?"));
    for (int length = 0; length < 60; ++length) {
        auto message = sample();
        message.subject = std::string(static_cast<std::size_t>(length), 'x');
        for (int i = 0; i < 40; ++i) message.subject += i % 2 == 0 ? "å" : "😀";
        message.from_name = message.subject;
        const auto mail = made(message);
        check_lines(mail);
        const auto head = head_of(mail);
        std::string subject;
        for (const auto line : base::split(head, '\n')) {
            const auto start = line.find("=?UTF-8?B?");
            if (start == std::string_view::npos) continue;
            CHECK(line.size() - 1 <= 76);
            CHECK(line.substr(start).size() - 1 <= 75);
            subject += line.substr(start);
        }
        CHECK(!subject.empty());
    }
}

TEST_CASE("a long plain subject is folded at its spaces") {
    auto message = sample();
    for (int i = 0; i < 40; ++i) message.subject += " and more words";
    const auto mail = made(message);
    check_lines(mail);
    auto head = head_of(mail);
    for (auto at = head.find("\r\n "); at != std::string::npos; at = head.find("\r\n ", at))
        head.erase(at, 2);
    CHECK_THAT(head, Contains("Subject: " + message.subject + "\r\n"));
    message.subject = std::string(5000, 'x');
    check_lines(made(message));
}

TEST_CASE("nobody writes a header of his own into a mail") {
    const auto refused = [](auto change) {
        auto message = sample();
        change(message);
        return !text::compose_mail(message);
    };
    for (const std::string_view part : {"a\r\nBcc: all@x.se", "a\nb", "a\rb", "\x1b[2J", "\xff"}) {
        const std::string bad{part};
        CAPTURE(bad);
        CHECK(refused([&](auto& m) { m.subject = bad; }));
        CHECK(refused([&](auto& m) { m.from_name = bad; }));
        CHECK(refused([&](auto& m) { m.to_name = bad; }));
        CHECK(refused([&](auto& m) { m.message_id = bad + "@x"; }));
    }
    for (const char* bad :
         {"", "a", "@x.se", "a@", "a@b.se\r\nBcc: all@x", "\"a\nb\"@x", "a@b.se, c@d.se",
          "<a@b.se>", "a b@c.se", "a@b@c.se", "å@b.se", "a@.se", "a@b.se."}) {
        CAPTURE(bad);
        CHECK(refused([&](auto& m) { m.to = base::Email{bad}; }));
        CHECK(refused([&](auto& m) { m.from = base::Email{bad}; }));
        if (*bad != '\0') CHECK(refused([&](auto& m) { m.reply_to = base::Email{bad}; }));
    }
    auto message = sample();
    message.from_name = "A \"quoted\\\" <x@y.se>";
    CHECK_THAT(made(message), Contains("From: \"A \\\"quoted\\\\\\\" <x@y.se>\"\r\n <bokning@"));
    message.from_name = "=?utf-8?q?=0d=0aBcc:?=";
    CHECK_THAT(head_of(made(message)), !Contains("=0d=0a"));
    message.reply_to = base::Email{"svar@clinic.example"};
    CHECK_THAT(head_of(made(message)), Contains("\r\nReply-To: <svar@clinic.example>\r\n"));
}

TEST_CASE("dates are English and right in every month") {
    auto message = sample();
    message.date = *base::parse_instant("2024-02-29T00:00:00Z");
    CHECK_THAT(made(message), Catch::StartsWith("Date: Thu, 29 Feb 2024 00:00:00 +0000\r\n"));
    message.date = *base::parse_instant("2027-01-03T23:59:59.999Z");
    CHECK_THAT(made(message), Catch::StartsWith("Date: Sun, 03 Jan 2027 23:59:59 +0000\r\n"));
}
