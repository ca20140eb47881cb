// Free times, and whether a wanted time is one. Source: C9, C10, C13, L13, L15.
// Thread rule: list_slots opens its own read; the others inside a transaction.
#pragma once

#include "domain/slot_view.hpp"
#include "service/session.hpp"
#include "store/visit.hpp"

namespace portal::service {

struct BookedVisit;

/// Of each staff member who may give the type, in order of time and then of name.
base::Result<domain::SlotList> list_slots(Session& session, const domain::ListSlots& command);

struct MoveTimes {
    base::Uuid booking;
    base::LocalDay from{};
    int days = 7;
};
/// Where a visit, as long as it was booked, can move to: other times of its own staff member.
/// conflict where he, or its kind, takes no bookings just now.
base::Result<domain::SlotList> list_move_slots(Session& session, const MoveTimes& wanted);

struct WantedTime {
    const store::Staff& staff;
    const store::VisitType& type;
    base::Instant starts;
    std::optional<base::BookingId> except{};  // the booking that moves
};
/// Refuses a start that is no free time of the staff member; field "starts".
base::Status require_free(store::Tx& tx, const Session& session, const WantedTime& wanted);
/// The same for a visit that moves there; conflict without a field where it can move nowhere.
base::Status require_free_for(store::Tx& tx, const Session& session, const BookedVisit& visit,
                              base::Instant starts);
/// Refuses staff whose booking function is not activated (C10) and types that are not theirs.
base::Status require_bookable(const Session& session, const store::Staff& staff,
                              const store::VisitType& type);

}  // namespace portal::service
