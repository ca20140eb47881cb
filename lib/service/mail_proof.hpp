// Who presses the button behind a mailed link: the browser that asked for the mail, by its cookie,
// or somebody who reads the mail and types the four digits in it. A program that opens every link
// and presses every button is neither. Mark and digits are made of the link's hash and our key, so
// nothing is stored. Thread rule: any. Source: L8.
#pragma once

#include <string>

#include "service/session.hpp"

namespace portal::service {

struct LinkOpener {
    std::string mark;   // of the browser; empty: none
    std::string typed;  // digits
};
/// For the cookie of the browser that asked; the same work whether a mail goes out or not.
base::Secret make_browser_mark(const Services& services, const base::Bytes& link_hash);
/// Four digits, so that nobody takes them for the six of a code that proves who somebody is.
base::Secret make_mail_code(const Services& services, const base::Bytes& link_hash);

bool has_asked(const Services& services, const base::Bytes& link_hash, const LinkOpener& opener);
/// invalid or unauthenticated at "mail_code"; not_found after five tries.
base::Status check_opener(Session& session, const base::Bytes& link_hash, const LinkOpener& opener);

}  // namespace portal::service
