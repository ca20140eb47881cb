// A reason against a login in words for administrators, and the command that mends it. English, as
// all of portalctl. Thread rule: pure. Source: N2.
#pragma once

#include <string>

#include "domain/login_policy.hpp"
#include "store/tenant.hpp"

namespace portal::service {

/// What a reason speaks of.
struct Case {
    const store::Tenant* tenant = nullptr;
    domain::Audience audience = domain::Audience::patient;
    domain::LoginMethod method = domain::LoginMethod::password;
    std::string person{};   // id; empty: nobody in particular
    bool has_email = true;  // of the profile itself
};
/// "the clinic does not allow bankid for patients"; empty where it is allowed.
std::string explain_reason(domain::LoginReason reason, const Case& what);
/// "portalctl policy set -T solna --client-login yes": a whole command, with a word in capitals for
/// each value that the operator alone knows. For what is no command of portalctl's, the manual page
/// that tells. Empty where it is allowed.
std::string mending_line(domain::LoginReason reason, const Case& what);

}  // namespace portal::service
