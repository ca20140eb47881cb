// Profiles that people made themselves. Source: P5, P24.
#pragma once

#include "api/operation.hpp"
#include "domain/registration.hpp"

namespace portal::api {

inline constexpr Operation<domain::ListRegistrations, domain::RegistrationList> kRegistrationList{
    "registration.list",
    "GET",
    "/v1/tenants/{tenant}/registrations",
    Access::read,
    "registration",
    "List the people who wait for the clinic's yes",
    "-T solna\n"
    "-T solna --state rejected"};

inline constexpr Operation<domain::ApproveRegistration, domain::RegistrationView>
    kRegistrationApprove{"registration.approve",
                         "POST",
                         "/v1/tenants/{tenant}/registrations/{registration}/approve",
                         Access::write,
                         "registration",
                         "Make the profile, and tell the person",
                         "-T solna 8c1f6a52-2b8e-4a57-9d0c-5f5b1f0c7a11"};

inline constexpr Operation<domain::RejectRegistration, domain::RegistrationView>
    kRegistrationReject{"registration.reject",
                        "POST",
                        "/v1/tenants/{tenant}/registrations/{registration}/reject",
                        Access::write,
                        "registration",
                        "Say no, and tell the person",
                        "-T solna 8c1f6a52-2b8e-4a57-9d0c-5f5b1f0c7a11 --reason 'lives far away'"};

}  // namespace portal::api
