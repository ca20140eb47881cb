// Free times. Source: C13, L15.
#pragma once

#include "api/operation.hpp"
#include "domain/booking.hpp"

namespace portal::api {

inline constexpr Operation<domain::ListSlots, domain::SlotList> kSlotList{
    "slot.list",
    "POST",
    "/v1/tenants/{tenant}/slots/find",
    Access::read,
    "slot",
    "List the free times of a staff member for a visit type",
    "-T solna --staff anna@example.org --visit-type 'First talk'\n"
    "-T solna --staff anna@example.org --visit-type 'First talk' --from 2026-11-23 --days 14"};

}  // namespace portal::api
