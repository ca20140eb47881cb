// A whole e-mail as bytes (RFC 5322, 2045-2047, 3834): what an SMTP server gets and what a .eml
// file holds. The same message gives the same bytes. Called where an outbox row is rendered.
// Thread rule: pure. Source: protocols of mail, L16, L17; hostile input 47 (header injection).
#pragma once

#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/personal.hpp"
#include "base/result.hpp"
#include "text/calendar.hpp"

namespace portal::text {

struct MailMessage {
    base::Instant date{};
    std::string from_name;  // the clinic; may be empty
    base::Email from;
    std::string to_name;  // may be empty
    base::Email to;
    base::Email reply_to;    // may be empty
    std::string subject;     // without line ends
    std::string message_id;  // "id@host", without <>; made once a row and kept on retries
    std::string text;        // LF or CRLF lines
    std::string html;        // may be empty
    std::string calendar;    // an invitation; may be empty
    CalendarMethod calendar_method = CalendarMethod::request;  // as in `calendar`
};

/// CRLF lines of at most 78 octets. invalid: a control character in a header's value, or an address
/// that is not name@host in ASCII.
base::Result<std::string> compose_mail(const MailMessage& message);

/// An unstructured header's value: as it is, or in encoded words (RFC 2047), folded.
std::string encode_header(std::string_view text, std::size_t first_column);
/// name@host: ASCII, no spaces, controls, quotes or angle brackets; at most 254 characters.
bool is_mail_address(std::string_view address);

}  // namespace portal::text
