// Free times, and whether a wanted time is one. Source: C9, C10, C13, L13, L15.
// Thread rule: list_slots opens its own read; the others inside a transaction.
#pragma once

#include "domain/slot_view.hpp"
#include "service/session.hpp"
#include "store/visit.hpp"

namespace portal::service {

/// Of each staff member who may give the type, in order of time and then of name.
base::Result<domain::SlotList> list_slots(Session& session, const domain::ListSlots& command);

struct WantedTime {
    const store::Staff& staff;
    const store::VisitType& type;
    base::Instant starts;
    std::optional<base::BookingId> except{};  // the booking that moves
};
/// Refuses a start that is no free time of the staff member; field "starts".
base::Status require_free(store::Tx& tx, const Session& session, const WantedTime& wanted);
/// Refuses staff whose booking function is not activated (C10) and types that are not theirs.
base::Status require_bookable(const Session& session, const store::Staff& staff,
                              const store::VisitType& type);

}  // namespace portal::service
