// The login of staff and patients. Source: D1.
#pragma once

#include "api/operation.hpp"
#include "domain/person.hpp"

namespace portal::api {

inline constexpr Operation<domain::SendPasswordLink, domain::PasswordLinkView> kUserSetPassword{
    "user.set-password",
    "POST",
    "/v1/tenants/{tenant}/users/set-password",
    Access::write,
    "user",
    "Send a one-time link with which a person chooses a password",
    "-T solna bo@example.org\n"
    "-T solna anna@example.org --print"};

}  // namespace portal::api
