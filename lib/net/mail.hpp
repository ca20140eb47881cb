// SMTP submission of one message to one recipient. Called by the outbox.
// Thread rule: a MailClient is used by one thread at a time.
// Source: RFC 5321, RFC 6409, RFC 8314; protocols 5.1.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/personal.hpp"
#include "base/result.hpp"

namespace portal::net {

enum class MailTls {
    starttls,  // port 587; a server without STARTTLS is refused, never used in clear text
    implicit,  // port 465
    none,      // loopback hosts only
};

struct SmtpOptions {
    std::string host;
    int port = 587;
    MailTls tls = MailTls::starttls;
    std::string user;  // empty: no authentication
    base::Secret password;
    std::string ehlo_name;  // empty: "localhost"
    std::string ca_file;    // PEM; empty: the system's authorities
    base::Millis connect_timeout{10'000};
    base::Millis timeout{60'000};
};

/// smtp://HOST[:PORT] (587, STARTTLS) or smtps://HOST[:PORT] (465, implicit TLS); no user, no path.
base::Result<SmtpOptions> parse_smtp_url(std::string_view url);

struct Envelope {
    std::string from;
    base::Email to;
};

struct SendResult {
    enum Outcome {
        accepted,
        temporary,            // not accepted; try again
        permanent_recipient,  // this recipient or this message will never be accepted
        permanent_provider,   // our settings or our account are refused
        unknown,              // the message went out and no reply came
    } outcome = temporary;
    int code = 0;        // the last SMTP reply, 0 when none
    std::string reason;  // a few words without personal data
};

class MailClient {
  public:
    explicit MailClient(SmtpOptions options);
    ~MailClient();

    /// `message`: a whole RFC 5322 message, lines ended by CRLF; dots are stuffed here.
    [[nodiscard]] SendResult send(const Envelope& envelope, std::string_view message);

  private:
    struct Handle;
    SmtpOptions options_;
    std::unique_ptr<Handle> handle_;
};

/// One message on a connection of its own.
SendResult send_mail(const SmtpOptions& options, const Envelope& envelope,
                     std::string_view message);

}  // namespace portal::net
