// Clinics. Source: G8, K1, K5, X1.
#pragma once

#include "api/operation.hpp"
#include "domain/tenant.hpp"

namespace portal::api {

inline constexpr Operation<domain::CreateTenant, domain::TenantView> kTenantCreate{
    "tenant.create",
    "POST",
    "/v1/tenants",
    Access::write,
    "tenant",
    "Make a clinic; the four facts about it suffice",
    "--organisation 'Solna Clinic' --first-name Eva --last-name Ek --email eva@example.org --slug "
    "solna"};

inline constexpr Operation<domain::ListTenants, domain::TenantList> kTenantList{"tenant.list",
                                                                                "GET",
                                                                                "/v1/tenants",
                                                                                Access::read,
                                                                                "tenant",
                                                                                "List all clinics",
                                                                                "\n"
                                                                                "-o name"};

inline constexpr Operation<domain::ShowTenant, domain::TenantView> kTenantShow{
    "tenant.show", "GET",    "/v1/tenants/{tenant}",
    Access::read,  "tenant", "Show a clinic, with the address where everybody logs in",
    "solna"};

inline constexpr Operation<domain::SetTenant, domain::TenantView> kTenantSet{
    "tenant.set",
    "POST",
    "/v1/tenants/{tenant}",
    Access::write,
    "tenant",
    "Change a clinic: name, address, modules, and how visits are booked and reminded of",
    "solna --address 'Storgatan 1, Solna' --modules booking,sms --reminders 24h,30m\n"
    "solna --confirmation yes --warnings 24h,2h --nudge 6h\n"
    "solna --booking-login slot --waitlist yes --room-minutes 10"};

}  // namespace portal::api
