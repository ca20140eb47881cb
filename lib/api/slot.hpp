// Free times. Source: C13, L15.
#pragma once

#include "api/operation.hpp"
#include "domain/slot_view.hpp"

namespace portal::api {

inline constexpr Operation<domain::ListSlots, domain::SlotList> kSlotList{
    "slot.list",
    "POST",
    "/v1/tenants/{tenant}/slots/find",
    Access::read,
    "slot",
    "List the free times for a visit type, of one, several or all staff members",
    "-T solna --staff anna@example.org --visit-type 'First talk'\n"
    "-T solna --staff anna@example.org --staff bo@example.org --visit-type 'First talk' --from "
    "2026-11-23 --days 14\n"
    "-T solna --visit-type 'First talk'"};

}  // namespace portal::api
