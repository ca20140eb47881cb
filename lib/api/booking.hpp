// Booked visits. Source: K28, C45.
#pragma once

#include "api/operation.hpp"
#include "domain/booking_list.hpp"
#include "domain/visit_invitation.hpp"

namespace portal::api {

inline constexpr Operation<domain::ListBookings, domain::BookingList> kBookingList{
    "booking.list",
    "POST",
    "/v1/tenants/{tenant}/bookings/find",
    Access::read,
    "booking",
    "List bookings by date, state, visit type, patient or staff member",
    "-T solna\n"
    "-T solna --state unconfirmed,confirmed --visit-type 'First talk' -o json\n"
    "-T solna --from 2026-11-01 --days 30 --staff anna@example.org -o csv"};

inline constexpr Operation<domain::ShowBooking, domain::BookingView> kBookingShow{
    "booking.show",
    "GET",
    "/v1/tenants/{tenant}/bookings/{booking}",
    Access::read,
    "booking",
    "Show a booking",
    "-T solna 8c1f6a52-2b8e-4a57-9d0c-5f5b1f0c7a11"};

inline constexpr Operation<domain::CreateBooking, domain::BookingView> kBookingCreate{
    "booking.create",
    "POST",
    "/v1/tenants/{tenant}/bookings",
    Access::write,
    "booking",
    "Book a visit for a patient",
    "-T solna --patient bo@example.org --staff anna@example.org --visit-type 'First talk' --starts "
    "2026-11-23T09:30:00+01:00"};

inline constexpr Operation<domain::BookingAct, domain::BookingView> kBookingConfirm{
    "booking.confirm",
    "POST",
    "/v1/tenants/{tenant}/bookings/{booking}/confirm",
    Access::write,
    "booking",
    "Confirm a booking; twice does no harm",
    "-T solna 8c1f6a52-2b8e-4a57-9d0c-5f5b1f0c7a11"};

inline constexpr Operation<domain::MoveBooking, domain::BookingView> kBookingMove{
    "booking.move",
    "POST",
    "/v1/tenants/{tenant}/bookings/{booking}/move",
    Access::write,
    "booking",
    "Move a booking to another free time",
    "-T solna 8c1f6a52-2b8e-4a57-9d0c-5f5b1f0c7a11 --starts 2026-11-24T10:00:00+01:00"};

inline constexpr Operation<domain::BookingAct, domain::BookingView> kBookingCancel{
    "booking.cancel",
    "POST",
    "/v1/tenants/{tenant}/bookings/{booking}/cancel",
    Access::write,
    "booking",
    "Cancel a booking and free its time",
    "-T solna 8c1f6a52-2b8e-4a57-9d0c-5f5b1f0c7a11"};

inline constexpr Operation<domain::BookingAct, domain::BookingView> kBookingDone{
    "booking.done",
    "POST",
    "/v1/tenants/{tenant}/bookings/{booking}/done",
    Access::write,
    "booking",
    "Mark a visit that has begun as done",
    "-T solna 8c1f6a52-2b8e-4a57-9d0c-5f5b1f0c7a11"};

inline constexpr Operation<domain::BookingAct, domain::BookingView> kBookingNoShow{
    "booking.no-show",
    "POST",
    "/v1/tenants/{tenant}/bookings/{booking}/no-show",
    Access::write,
    "booking",
    "Mark a visit as missed: the patient did not come",
    "-T solna 8c1f6a52-2b8e-4a57-9d0c-5f5b1f0c7a11"};

inline constexpr Operation<domain::InviteToVisit, domain::BookingView> kBookingInvite{
    "booking.invite",
    "POST",
    "/v1/tenants/{tenant}/bookings/invite",
    Access::write,
    "booking",
    "Invite a patient, or a colleague as a test, to a visit",
    "-T solna --staff anna@example.org --visit-type 'First talk' --first-name Bo --last-name Lind "
    "--mobile '+46 70 123 45 67' --national-id-file number.txt --date 2026-11-23 --time 09:30\n"
    "-T solna --staff anna@example.org --visit-type 'First talk' --patient bo@example.org --now\n"
    "-T solna --staff anna@example.org --visit-type 'First talk' --colleague eva@example.org "
    "--date 2026-11-23 --time 09:30"};

inline constexpr Operation<domain::SetBooking, domain::BookingView> kBookingSet{
    "booking.set",
    "POST",
    "/v1/tenants/{tenant}/bookings/{booking}",
    Access::write,
    "booking",
    "Change the message that an invited person reads; nobody is told",
    "-T solna 8c1f6a52-2b8e-4a57-9d0c-5f5b1f0c7a11 --message-file words.txt"};

}  // namespace portal::api
