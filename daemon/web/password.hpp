// Views of the pages where a password is chosen: behind a link, after a reset, by a letter, in a
// session. Source: R13, L8, K22, D1, D14, N14, ASVS 6.2.
#pragma once

#include "daemon/web/context.hpp"
#include "daemon/web/view.hpp"
#include "service/new_password.hpp"
#include "text/message.hpp"

namespace portal::web {

/// A password to choose; what else the form asks for stands before it.
struct PasswordPage {
    Frame frame;
    std::string hello;
    std::string action;    // where the form goes
    bool invited = false;  // says how this person can log in
    text::LoginWays ways;
    bool chooses = true;  // there is a password to choose
    bool asks_code = false;
    std::string sent_to;  // asks_code: where the code went, in a sentence
    Field code;
    bool asks_current = false;
    Field current;
    bool everywhere = false;  // after an eID login: good at every clinic (D1)
    Field password;
    Field repeated;
    std::string token;
};
PORTAL_VIEW(PasswordPage, (frame, hello, action, invited, ways, chooses, asks_code, sent_to, code,
                           asks_current, current, everywhere, password, repeated, token))

struct ResetPage {
    Frame frame;
    std::string national_id;  // what the clinic's country calls it; empty: by e-mail address
    bool login_name = false;  // by login name
    bool eid = false;         // some eID can be used here
    Field identifier;
    std::string token;
};
PORTAL_VIEW(ResetPage, (frame, national_id, login_name, eid, identifier, token))

/// What the mailed link needs beside itself.
struct SecondProofPage {
    Frame frame;
    std::string link;    // the token in the path
    std::string masked;  // by SMS: to which number, in a sentence; empty: the clinic confirms
    bool asks_mail_code = false;
    Field mail_code;
    bool eid = false;
    std::string token;
};
PORTAL_VIEW(SecondProofPage, (frame, link, masked, asks_mail_code, mail_code, eid, token))

struct LetterPage {
    Frame frame;
    Field code;
    std::string token;
};
PORTAL_VIEW(LetterPage, (frame, code, token))

bool has_eid_method(const Context& context);
/// Puts the error beside its field and on top.
void show_password_error(const Context& context, const base::Error& error, PasswordPage& page);
service::TypedPassword typed_password(const http::Form& form);

}  // namespace portal::web
