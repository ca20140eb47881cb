// Booking, confirming, moving and cancelling visits: one transaction holds the booking, its audit
// row, its reminders and its messages. Source: K28, C21, C23, C24, C45, C54, D3, D9, L13, L18, L19.
// Thread rule: any; one call, one transaction.
#pragma once

#include "domain/booking_list.hpp"
#include "service/session.hpp"

namespace portal::service {

/// A patient books for himself, whatever `patient` says. conflict when the time is taken.
base::Result<domain::BookingView> create_booking(Session& session,
                                                 const domain::CreateBooking& command);
base::Result<domain::BookingView> confirm_booking(Session& session,
                                                  const domain::BookingAct& command);
base::Result<domain::BookingView> move_booking(Session& session,
                                               const domain::MoveBooking& command);
base::Result<domain::BookingView> cancel_booking(Session& session,
                                                 const domain::BookingAct& command);
/// Staff say what became of a visit: it took place, or the patient did not come.
base::Result<domain::BookingView> finish_booking(Session& session,
                                                 const domain::BookingAct& command);
base::Result<domain::BookingView> miss_booking(Session& session, const domain::BookingAct& command);
struct VisitContact {
    base::Phone mobile;       // that staff call when a patient does not come; empty: none
    bool is_reached = false;  // by the messages about the visit
};
/// For who may settle it.
base::Result<VisitContact> show_visit_contact(Session& session, const domain::ShowBooking& command);
base::Result<domain::BookingView> show_booking(Session& session,
                                               const domain::ShowBooking& command);
/// A patient's or staff member's own; an operator's or an administrator's whole clinic (C54).
base::Result<domain::BookingList> list_bookings(Session& session,
                                                const domain::ListBookings& command);
/// A member's own, an administrator's too: a staff member's visits and those that a colleague has
/// invited him to (C20).
base::Result<domain::BookingList> list_own_bookings(Session& session,
                                                    const domain::ListBookings& command);

}  // namespace portal::service
