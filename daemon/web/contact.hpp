// Views of a person's own contact details. Source: K30, D2.
#pragma once

#include "daemon/web/view.hpp"

namespace portal::web {

struct ContactPage {
    Frame frame;
    std::string email;         // empty: none
    std::string mobile;        // empty: none
    std::string code_address;  // empty: codes go where the rest goes
    std::string lacks;         // what a login still needs, in a sentence
    std::vector<LanguageChoice> languages;
    std::string token;
};
PORTAL_VIEW(ContactPage, (frame, email, mobile, code_address, lacks, languages, token))

struct ContactChangePage {
    Frame frame;
    std::string action;  // "/contact/email"
    bool email = false;  // or the mobile number
    bool had = false;    // there is an old one
    bool ends_login = false;
    Field value;
    std::string token;
};
PORTAL_VIEW(ContactChangePage, (frame, action, email, had, ends_login, value, token))

struct ContactCodePage {
    Frame frame;
    std::string action;  // "/contact/email/code"
    std::string again;   // "/contact/email"
    std::string sent_to;
    std::string works_for;
    Field code;
    std::string token;
};
PORTAL_VIEW(ContactCodePage, (frame, action, again, sent_to, works_for, code, token))

}  // namespace portal::web
