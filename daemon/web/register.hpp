// Views of the pages where people register themselves. Source: P4-P6, G14, L8.
#pragma once

#include "daemon/web/view.hpp"

namespace portal::web {

struct RegisterPage {
    Frame frame;
    bool needs_approval = false;
    Field first_name;
    Field last_name;
    std::string number_name;  // what the clinic's country calls the national id; empty: not asked
    Field national_id;
    Field email;
    Field mobile;
    std::string token;
};
PORTAL_VIEW(RegisterPage, (frame, needs_approval, first_name, last_name, number_name, national_id,
                           email, mobile, token))

struct RegisterConfirmPage {
    Frame frame;
    std::string hello;
    std::string link;  // the token in the path
    bool asks_code = false;
    Field mail_code;
    std::string token;
};
PORTAL_VIEW(RegisterConfirmPage, (frame, hello, link, asks_code, mail_code, token))

}  // namespace portal::web
