// The clinic's part in a password reset. Source: D14.
#pragma once

#include "api/operation.hpp"
#include "domain/invitation.hpp"

namespace portal::api {

inline constexpr Operation<domain::ConfirmReset, domain::ResetView> kResetConfirm{
    "reset.confirm",
    "POST",
    "/v1/tenants/{tenant}/resets/confirm",
    Access::write,
    "reset",
    "Say that it is this person who has asked for a new password",
    "-T solna bo@example.org --identity-checked-by 'Anna Lind' --how 'called back on the number in "
    "the record'"};

}  // namespace portal::api
