// Who waits for a time, and what they are offered. Source: L31.
#pragma once

#include "api/operation.hpp"
#include "domain/waitlist.hpp"

namespace portal::api {

inline constexpr Operation<domain::ListWaitlist, domain::WaitlistView> kWaitlistList{
    "waitlist.list",
    "POST",
    "/v1/tenants/{tenant}/waitlist/find",
    Access::read,
    "waitlist",
    "List who waits for a time that is freed",
    "-T solna\n"
    "-T solna --visit-type 'First talk'"};

inline constexpr Operation<domain::ListWaitlist, domain::WaitlistOffers> kWaitlistOffers{
    "waitlist.offers", "POST",     "/v1/tenants/{tenant}/waitlist/offers/find",
    Access::read,      "waitlist", "List the times that were offered, and what became of them",
    "-T solna"};

inline constexpr Operation<domain::JoinWaitlist, domain::WaitlistEntryView> kWaitlistAdd{
    "waitlist.add",
    "POST",
    "/v1/tenants/{tenant}/waitlist",
    Access::write,
    "waitlist",
    "Let a patient wait for a time that is freed",
    "-T solna --patient bo@example.org --visit-type 'First talk'"};

inline constexpr Operation<domain::LeaveWaitlist, domain::WaitlistEntryView> kWaitlistRemove{
    "waitlist.remove",
    "POST",
    "/v1/tenants/{tenant}/waitlist/{entry}/remove",
    Access::write,
    "waitlist",
    "Take a patient off the waiting list",
    "-T solna 6f1c6f0e-0000-4000-8000-000000000001"};

}  // namespace portal::api
