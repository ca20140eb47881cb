// Whether a person can log in. Source: N2.
#pragma once

#include "api/operation.hpp"
#include "domain/explanation.hpp"
#include "domain/session.hpp"

namespace portal::api {

inline constexpr Operation<domain::WhyLogin, domain::LoginExplanation> kLoginWhy{
    "login.why",
    "POST",
    "/v1/tenants/{tenant}/logins/why",
    Access::read,
    "login",
    "Tell whether a person can log in here, by which method, and what is missing",
    "-T solna bo@example.org\n"
    "-T solna anna@example.org --audience staff"};

inline constexpr Operation<domain::UnlockLogin, domain::UnlockedLogin> kLoginUnlock{
    "login.unlock",
    "POST",
    "/v1/tenants/{tenant}/logins/unlock",
    Access::write,
    "login",
    "Let a person try passwords and codes again at once",
    "-T solna bo@example.org"};

}  // namespace portal::api
