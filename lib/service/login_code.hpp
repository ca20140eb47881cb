// The second step of a login: who can get a code, and sending it. Used by login.cpp.
// Thread rule: any. Source: K11, P9, P13.
#pragma once

#include "service/login.hpp"

namespace portal::service {

bool can_receive_code(const Session& session, const store::Membership& person);
base::Result<CodeAsked> send_login_code(Session& session, const store::Membership& person);

}  // namespace portal::service
