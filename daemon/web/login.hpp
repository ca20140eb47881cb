// Views of the login pages. Source: K1, K4, K31.
#pragma once

#include "daemon/web/view.hpp"

namespace portal::web {

struct LoginPage {
    Frame frame;
    bool clients_off = false;  // K1: only staff may log in here
    std::string national_id;   // what the clinic's country calls it; empty: by e-mail address
    Field identifier;
    Field password;
    std::string next;  // the page that was asked for
    std::string token;
};
PORTAL_VIEW(LoginPage, (frame, clients_off, national_id, identifier, password, next, token))

struct CodePage {
    Frame frame;
    std::string sent_to;  // masked address, in a sentence
    std::string works_for;
    Field code;
    std::string next;
    std::string token;
};
PORTAL_VIEW(CodePage, (frame, sent_to, works_for, code, next, token))

}  // namespace portal::web
