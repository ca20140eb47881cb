#include "api/booking.hpp"

#include "api/rows.hpp"

namespace portal::api {

Noun booking_noun() {
    static constexpr std::array kRows{make_row(kBookingList),   make_row(kBookingShow),
                                      make_row(kBookingCreate), make_row(kBookingConfirm),
                                      make_row(kBookingMove),   make_row(kBookingCancel),
                                      make_row(kBookingDone),   make_row(kBookingNoShow),
                                      make_row(kBookingInvite), make_row(kBookingSet)};
    return {"booking", "visits that are booked", kRows};
}

}  // namespace portal::api
