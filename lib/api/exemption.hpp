// Exemptions from eID. Source: N7, P11-P22.
#pragma once

#include "api/operation.hpp"
#include "domain/exemption.hpp"

namespace portal::api {

inline constexpr Operation<domain::CreateExemption, domain::ExemptionView> kExemptionCreate{
    "exemption.create",
    "POST",
    "/v1/tenants/{tenant}/exemptions",
    Access::write,
    "exemption",
    "Let a patient without BankID or MitID log in with password and mailed code",
    "-T solna bo@example.org --reason 'has no eID' --identity-checked-by 'Anna Lind' "
    "--identity-checked-how 'passport shown at the desk' --identity-checked-on 2026-11-21 "
    "--address-owner own --address-confirmed --review-on 2027-11-21"};

inline constexpr Operation<domain::ConfirmExemption, domain::ExemptionView> kExemptionConfirm{
    "exemption.confirm",
    "POST",
    "/v1/tenants/{tenant}/exemptions/confirm",
    Access::write,
    "exemption",
    "Confirm an exemption again, after a new e-mail address or at its review",
    "-T solna bo@example.org --identity-checked-by 'Anna Lind' "
    "--identity-checked-how 'called back at the known number' --identity-checked-on 2026-11-21 "
    "--address-owner own --address-confirmed"};

inline constexpr Operation<domain::EndExemption, domain::ExemptionView> kExemptionEnd{
    "exemption.end",
    "POST",
    "/v1/tenants/{tenant}/exemptions/end",
    Access::write,
    "exemption",
    "End an exemption: sessions end at once, and the next login needs an eID",
    "-T solna bo@example.org --reason has-eid"};

inline constexpr Operation<domain::ShowExemption, domain::ExemptionView> kExemptionShow{
    "exemption.show",
    "POST",
    "/v1/tenants/{tenant}/exemptions/find",
    Access::read,
    "exemption",
    "Show a patient's exemption and which address gets codes",
    "-T solna bo@example.org"};

inline constexpr Operation<domain::ListExemptions, domain::ExemptionList> kExemptionList{
    "exemption.list",
    "GET",
    "/v1/tenants/{tenant}/exemptions",
    Access::read,
    "exemption",
    "List exemptions that have not ended",
    "-T solna\n"
    "-T solna --due"};

}  // namespace portal::api
