// The second step of a login: who can get a code, and sending it. Used by login.cpp.
// Thread rule: any. Source: K11, P9, P13.
#pragma once

#include "service/login.hpp"

namespace portal::service {

/// Why a person whose password is right may not go on (K1, K2); empty when he may.
std::string_view closed_to(const store::Tenant& tenant, const store::Membership& person);
bool can_receive_code(const Session& session, const store::Membership& person);
/// `key`: of the form; the same one again asks for the same code.
base::Result<CodeAsked> send_login_code(Session& session, const store::Membership& person,
                                        const base::Bytes& key);

}  // namespace portal::service
