// View of the page behind a one-time link. Source: R13, L8.
#pragma once

#include "daemon/web/view.hpp"

namespace portal::web {

struct PasswordPage {
    Frame frame;
    std::string hello;
    std::string link;  // the token in the path
    Field password;
    Field repeated;
    std::string token;
};
PORTAL_VIEW(PasswordPage, (frame, hello, link, password, repeated, token))

}  // namespace portal::web
