// Choosing a new password in a session. Thread rule: any; hashes, outside of any transaction.
// Source: D1, ASVS 6.2.2, 6.2.3, 7.2.4, 7.4.3, 7.5.1.
#pragma once

#include "service/new_password.hpp"

namespace portal::service {

struct OwnPasswordForm {
    bool asks_current = true;  // not after an eID login
    bool everywhere = false;   // an eID login: it will be good at every clinic
    bool needs_eid = false;    // the one that counts was chosen with an eID
};
base::Result<OwnPasswordForm> show_own_password(Session& session);

struct ChangePassword {
    base::Secret current;
    TypedPassword typed;
};
/// Ends the person's other sessions here. invalid at "current", "password" or "repeated";
/// unauthenticated at "current"; rate_limited; forbidden where an eID login is needed or too old.
base::Status change_password(Session& session, const ChangePassword& command);

}  // namespace portal::service
