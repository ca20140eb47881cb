// Who may log in at a clinic. Source: K1-K3, K31, N2.
#pragma once

#include "api/operation.hpp"
#include "domain/explanation.hpp"
#include "domain/policy.hpp"

namespace portal::api {

inline constexpr Operation<domain::SetPolicy, domain::PolicyView> kPolicySet{
    "policy.set",
    "POST",
    "/v1/tenants/{tenant}/policy",
    Access::write,
    "policy",
    "Say whether clients may log in, and how",
    "-T solna --client-login yes --methods password,bankid --code email\n"
    "-T solna --audience staff --methods bankid --assurance eid\n"
    "-T solna --feature video=eid,booking=password-code"};

inline constexpr Operation<domain::ShowPolicy, domain::PolicyView> kPolicyShow{
    "policy.show", "GET",    "/v1/tenants/{tenant}/policy",
    Access::read,  "policy", "Show who may log in, and what will not work",
    "-T solna"};

inline constexpr Operation<domain::ExplainPolicy, domain::PolicyExplanation> kPolicyExplain{
    "policy.explain",
    "GET",
    "/v1/tenants/{tenant}/policy/explain",
    Access::read,
    "policy",
    "Tell for everybody and every method whether it is offered, and why not",
    "-T solna"};

}  // namespace portal::api
