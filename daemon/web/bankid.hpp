// Views of the BankID pages. Source: C43, L10.
#pragma once

#include "daemon/web/view.hpp"

namespace portal::web {

struct BankIdPage {
    Frame frame;
    std::string text;
    std::string what_next;  // only when it is over
    bool waiting = false;
    bool same_device = false;
    bool on_phone = false;
    int size = 0;            // of the code's picture, in squares
    std::string path;        // empty: no code is shown
    std::string phone_link;  // opens the app
    std::string auto_start;  // on a computer: what its link carries
    std::string start_path;  // where the forms and the script go
    std::string status_path;
    std::string frame_path;
    std::string page_path;
    std::string cancel_path;
    std::string login_path;
    std::string next;
    std::string token;
    std::string cancel_token;
};
PORTAL_VIEW(BankIdPage, (frame, text, what_next, waiting, same_device, on_phone, size, path,
                         phone_link, auto_start, start_path, status_path, frame_path, page_path,
                         cancel_path, login_path, next, token, cancel_token))

/// Stands in a frame of its own where there is no script; nothing in it says who or where.
struct BankIdFrame {
    std::string lang;
    std::string style;
    bool waiting = false;
    std::string text;
    int size = 0;
    std::string path;
    std::string page_path;
};
PORTAL_VIEW(BankIdFrame, (lang, style, waiting, text, size, path, page_path))

/// What the script asks for each second.
struct BankIdStatus {
    bool waiting = false;
    std::string text;
    int size = 0;
    std::string path;
};
PORTAL_VIEW(BankIdStatus, (waiting, text, size, path))

}  // namespace portal::web
