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
    "Say when a staff member can be booked; what is not named stays as it was",
    "-T solna anna@example.org --rule 'mon 08:00-12:00' --rule 'wed 13:00-16:30' --exception "
    "'2026-12-23 10:00-12:00' --holidays se"};

inline constexpr Operation<domain::ShowAvailability, domain::AvailabilityView> kAvailabilityShow{
    "availability.show",
    "POST",
    "/v1/tenants/{tenant}/availability/find",
    Access::read,
    "availability",
    "Show when a staff member can be booked, the next closed holidays, and booked visits outside "
    "the hours",
    "-T solna anna@example.org"};

inline constexpr Operation<domain::AddException, domain::AvailabilityView>
    kAvailabilityAddException{"availability.add-exception",
                              "POST",
                              "/v1/tenants/{tenant}/availability/exceptions",
                              Access::write,
                              "availability",
                              "Let a date differ from the weekly rules; on a holiday it opens",
                              "-T solna anna@example.org --exception '2026-12-24 09:00-11:00'"};

inline constexpr Operation<domain::RemoveException, domain::AvailabilityView>
    kAvailabilityRemoveException{"availability.remove-exception",
                                 "POST",
                                 "/v1/tenants/{tenant}/availability/exceptions/remove",
                                 Access::write,
                                 "availability",
                                 "Let a date follow the weekly rules and the holidays again",
                                 "-T solna anna@example.org --date 2026-12-24"};

inline constexpr Operation<domain::CloseDays, domain::AvailabilityView> kAvailabilityClose{
    "availability.close",
    "POST",
    "/v1/tenants/{tenant}/availability/close",
    Access::write,
    "availability",
    "Close many days at once, as for a vacation; booked visits stay and are listed",
    "-T solna anna@example.org --from 2027-07-05 --to 2027-07-30"};

}  // namespace portal::api
