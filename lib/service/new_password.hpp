// Choosing a password, whatever opens the way to it: a link, a letter, a reset, a session.
// Thread rule: any; store_new_password inside a write transaction, the hash made before it.
// Source: D1, R13, ASVS 6.2, 6.3.7, 7.4.3.
#pragma once

#include <string>
#include <string_view>

#include "service/session.hpp"

namespace portal::service {

struct TypedPassword {
    base::Secret password;
    base::Secret repeated;
};
/// The password as it is hashed. invalid at "password" or "repeated".
base::Result<base::Secret> check_new_password(const Session& session,
                                              const store::Membership& person,
                                              const TypedPassword& typed);
/// unavailable when too many are waiting.
base::Result<std::string> hash_new_password(const Services& services, const base::Secret& checked);

struct PasswordChange {
    const store::Membership* person = nullptr;
    std::string hash;
    store::ProvedBy proved_by = store::ProvedBy::tenant;
    std::string_view made_by;  // "link", "invite", "letter", "reset", "session"
    std::string cause;         // of the notice: "link:12"
    base::SessionId keep{};    // the session that goes on; none: all end
};
/// Sets it, voids open links and resets, ends the person's sessions here, tells the person when it
/// is not the first that this clinic knows of (P3), and writes the audit row.
base::Status store_new_password(store::Tx& tx, const Session& session,
                                const PasswordChange& change);

}  // namespace portal::service
