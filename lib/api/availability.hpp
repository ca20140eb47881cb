// When staff can be booked. Source: L15.
#pragma once

#include "api/operation.hpp"
#include "domain/availability.hpp"

namespace portal::api {

inline constexpr Operation<domain::SetAvailability, domain::AvailabilityView> kAvailabilitySet{
    "availability.set",
    "POST",
    "/v1/tenants/{tenant}/availability",
    Access::write,
    "availability",
    "Say when a staff member can be booked; replaces what was said before",
    "-T solna anna@example.org --rule 'mon 08:00-12:00' --rule 'wed 13:00-16:30' --exception "
    "'2026-12-24 closed'"};

inline constexpr Operation<domain::ShowAvailability, domain::AvailabilityView> kAvailabilityShow{
    "availability.show",
    "POST",
    "/v1/tenants/{tenant}/availability/find",
    Access::read,
    "availability",
    "Show when a staff member can be booked",
    "-T solna anna@example.org"};

}  // namespace portal::api
