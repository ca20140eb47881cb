// Views of the login pages. Source: K1, K2, K4, K31, X3.
#pragma once

#include "daemon/web/view.hpp"

namespace portal::web {

/// A button that begins a login by eID.
struct Way {
    std::string action;
    std::string label;
};
PORTAL_VIEW(Way, (action, label))

struct LoginPage {
    Frame frame;
    bool clients_off = false;  // K1: only staff may log in here
    std::string note;          // what one should know first; empty: nothing
    std::vector<Way> ways;     // of clients, and of staff too
    bool password = false;     // clients may log in so
    bool staff_part = false;   // there are ways that only staff have, and others
    std::vector<Way> staff_ways;
    bool staff_password = false;  // only staff may log in so
    std::string national_id;      // what the clinic's country calls it; empty: something else
    bool login_name = false;      // by login name
    Field identifier;
    Field password_field;
    bool reset = false;      // a forgotten password can be chosen anew
    bool help = false;       // there are help pages
    bool registers = false;  // people may register themselves
    std::string next;        // the page that was asked for
    std::string again;       // what the login must be worth, of one who is logged in
    std::string token;
};
PORTAL_VIEW(LoginPage, (frame, clients_off, note, ways, password, staff_part, staff_ways,
                        staff_password, national_id, login_name, identifier, password_field, reset,
                        help, registers, next, again, token))

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
