// The page behind a one-time link that chooses a password: the clinic's own link and that of an
// invitation. Looking at it consumes nothing (L8). Thread rule: any; set_password hashes, outside
// of any transaction. Source: R13, K22, L8, D1.
#pragma once

#include <string>

#include "service/new_password.hpp"
#include "text/message.hpp"

namespace portal::service {

struct PasswordForm {
    std::string name;  // whose password it is
    bool is_staff = false;
    text::LoginWays ways;  // invite: how this person can log in
};
/// not_found when used, taken back, too old, or of another purpose.
base::Result<PasswordForm> show_password_link(Session& session, store::LinkPurpose purpose,
                                              std::string_view token);
struct NewPassword {
    store::LinkPurpose purpose = store::LinkPurpose::password;
    std::string token;
    TypedPassword typed;
};
/// invalid at "password" or "repeated"; not_found as above. Ends the person's sessions here.
base::Status set_password(Session& session, const NewPassword& command);

struct OpenLink {
    std::int64_t id = 0;
    store::Membership person;
};
/// Inside a transaction; not_found as above.
base::Result<OpenLink> load_link(store::Tx& tx, const Session& session, store::LinkPurpose purpose,
                                 const base::Bytes& token_hash);
/// Uses it up; not_found for whoever comes second.
base::Status use_link(store::Tx& tx, const Session& session, const OpenLink& link);

}  // namespace portal::service
