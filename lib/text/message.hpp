// The words of mails and SMS. A service writes them into the outbox in the transaction of their
// cause. They hold time, place and link, never a reason, a visit's kind or a national id (C42,
// G19). Thread rule: any thread.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/record.hpp"
#include "text/templates.hpp"

namespace portal::text {

BOOST_DEFINE_ENUM_CLASS(MessageKind, booking_invited, booking_booked, booking_requested,
                        booking_confirmed, booking_moved, booking_cancelled, booking_reminder,
                        booking_nudge, waitlist_offer, booking_code, login_code, password_link,
                        password_changed, invitation, password_reset, reset_code, contact_code,
                        contact_changed, contact_removed, contact_taken, registration_link,
                        registration_known, registration_waiting, registration_approved,
                        registration_rejected)
BOOST_DEFINE_ENUM_CLASS(MessageChannel, mail, sms)

/// The ways in that this person can really use, a paragraph each (K22).
struct LoginWays {
    bool bankid = false;
    bool mitid = false;
    bool oidc = false;
    bool password = false;
    bool choose = false;  // the password is still to be chosen, on the page behind `link`
    bool number = false;  // with the national id in place of the e-mail address
    std::string name;     // with this login name in place of it; empty: not
    bool sms = false;     // the code comes by SMS
};
BOOST_DESCRIBE_STRUCT(LoginWays, (), (bankid, mitid, oidc, password, choose, number, name, sms))
PORTAL_HELP(LoginWays, {"bankid", "BankID"}, {"mitid", "MitID"}, {"oidc", "another electronic ID"},
            {"password", "password and code"}, {"choose", "no password yet"},
            {"number", "by national id"}, {"name", "by this login name"}, {"sms", "code by SMS"})

/// Everything that a message may name; a kind uses what it needs and leaves the rest empty.
struct MessageView {
    std::string clinic;
    std::string staff;
    std::string when;      // format_time(..., DateStyle::zoned)
    std::string old_when;  // booking_moved
    bool confirm = false;  // booking_moved: the patient has to confirm the new time
    bool asked = false;    // booking_moved: the clinic has to approve the new time
    std::string address;   // where the visit is: the clinic's address, or by phone or video
    std::string link;      // https://the clinic's own host/...
    std::string code;      // login_code
    std::string valid;     // "10 minutes": how long a code or link can be used
    std::string extra;     // the visit type's own line for this channel (K23)
    std::string phone;     // the clinic's, for questions
    std::string page;      // invitation: where one logs in
    LoginWays ways;        // invitation
};
BOOST_DESCRIBE_STRUCT(MessageView, (),
                      (clinic, staff, when, old_when, confirm, asked, address, link, code, valid,
                       extra, phone, page, ways))
PORTAL_HELP(MessageView, {"clinic", "the clinic's name"}, {"staff", "whom the visit is with"},
            {"when", "local time with weekday, date and zone"},
            {"old_when", "the time before a move"},
            {"confirm", "the new time waits for the patient"},
            {"asked", "the new time waits for the clinic"}, {"address", "where the visit is"},
            {"link", "the page for this"}, {"code", "six digits"},
            {"valid", "how long the code or link works"}, {"extra", "the visit type's own words"},
            {"phone", "the clinic's telephone"}, {"page", "the address to log in at"},
            {"ways", "the ways to log in"})

struct Message {
    std::string subject;  // mail only
    std::string body;     // UTF-8, lines end with LF
};

/// "10 minutes", "2 hours", "3 days": the largest unit that fits.
std::string format_duration(const Catalogue& catalogue, Language language,
                            std::chrono::minutes length);

struct LetterView;

class Messages {
  public:
    /// Loads and checks every kind and channel; the error names the file.
    static base::Result<Messages> load(const Catalogue& catalogue);
    [[nodiscard]] Message write(MessageKind kind, MessageChannel channel, Language language,
                                const MessageView& view) const;
    /// The activation letter, a page of HTML (letter.hpp).
    [[nodiscard]] std::string write_letter(Language language, const LetterView& view) const;

  private:
    explicit Messages(Templates templates) : templates_(std::move(templates)) {}
    Templates templates_;
};

}  // namespace portal::text
