// Visit types, availability and free times. Source: C9, C11, C13, L15.
// Thread rule: any; one call, one transaction.
#pragma once

#include "domain/availability.hpp"
#include "domain/booking.hpp"
#include "domain/visit_type.hpp"
#include "service/session.hpp"
#include "store/visit.hpp"

namespace portal::service {

base::Result<domain::VisitTypeView> create_visit_type(Session& session,
                                                      const domain::CreateVisitType& command);
base::Result<domain::VisitTypeList> list_visit_types(Session& session,
                                                     const domain::ListVisitTypes& command);
base::Result<domain::AvailabilityView> set_availability(Session& session,
                                                        const domain::SetAvailability& command);
base::Result<domain::AvailabilityView> show_availability(Session& session,
                                                         const domain::ShowAvailability& command);
base::Result<domain::SlotList> list_slots(Session& session, const domain::ListSlots& command);

base::Result<store::VisitType> resolve_visit_type(store::Tx& tx, const Session& session,
                                                  std::string_view reference);
struct WantedTime {
    const store::Staff& staff;
    const store::VisitType& type;
    base::Instant starts;
    std::optional<base::BookingId> except{};  // the booking that moves
};
/// Refuses a start that is no free time of the staff member; field "starts".
base::Status require_free(store::Tx& tx, const Session& session, const WantedTime& wanted);

}  // namespace portal::service
