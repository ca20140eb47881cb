// Who may log in at a clinic. Source: K1, K2, K31.
#pragma once

#include "api/operation.hpp"
#include "domain/policy.hpp"

namespace portal::api {

inline constexpr Operation<domain::SetPolicy, domain::PolicyView> kPolicySet{
    "policy.set",
    "POST",
    "/v1/tenants/{tenant}/policy",
    Access::write,
    "policy",
    "Say whether clients may log in, and how",
    "-T solna --client-login yes --methods password --code email"};

inline constexpr Operation<domain::ShowPolicy, domain::PolicyView> kPolicyShow{
    "policy.show", "GET",    "/v1/tenants/{tenant}/policy",
    Access::read,  "policy", "Show who may log in, and what will not work",
    "-T solna"};

}  // namespace portal::api
