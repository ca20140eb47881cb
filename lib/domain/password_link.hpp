// The clinic's own one-time link for a first or new password. Source: R13, D1.
#pragma once

#include <string>

#include "base/record.hpp"

namespace portal::domain {

struct SendPasswordLink {
    std::string user;
    bool print = false;
};
BOOST_DESCRIBE_STRUCT(SendPasswordLink, (), (user, print))
PORTAL_HELP(SendPasswordLink,
            {"user", "id or e-mail address of a patient or staff member",
             base::kPersonal | base::kPositional, 1, 254},
            {"print", "show the link here instead of mailing it"})

struct PasswordLinkView {
    std::string sent_to;
    std::string link;
    base::Instant expires_at{};
};
BOOST_DESCRIBE_STRUCT(PasswordLinkView, (), (sent_to, link, expires_at))
PORTAL_HELP(PasswordLinkView, {"sent_to", "where the link went, masked"},
            {"link", "the one-time link, only with --print"}, {"expires_at", "until when it works"})

}  // namespace portal::domain
