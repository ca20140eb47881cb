// Booking without a login, where the clinic allows it (tenant.booking_login = none): a name, and
// one mobile number or e-mail address that a code proves. Each such booking makes a person of its
// own, who is nobody that the clinic knows already (P3); the clinic merges them by `user merge`.
// The messages of such a visit hold a link that opens it. Thread rule: any; one call, one
// transaction. Source: K10, L8, C15; threat 1.
#pragma once

#include <string>
#include <string_view>

#include "domain/booking.hpp"
#include "service/login_session.hpp"
#include "store/booking.hpp"

namespace portal::service {

/// not_found where the clinic wants a login, or has no booking.
base::Status require_guests(const Session& session);
/// Whether a code can go to a mobile number here; else an e-mail address is asked for.
bool guests_have_sms(const Session& session);

struct GuestForm {
    std::string first_name;
    std::string last_name;
    std::string contact;  // mobile number or e-mail address, as typed
    std::string staff;    // ids
    std::string visit_type;
    base::Instant starts{};
    base::Bytes key;  // of the form: sent twice, it is one code
};
/// invalid at a field; conflict at "starts" when the time is not free; rate_limited. The token of
/// the browser's cookie comes back.
base::Result<base::Secret> ask_guest_code(Session& session, const GuestForm& form);

struct GuestWaiting {
    std::string masked;
    bool by_sms = false;
    base::Instant starts{};
};
/// not_found when it is over: too old, or tried too often.
base::Result<GuestWaiting> show_guest(Session& session, std::string_view token);

struct GuestBooked {
    base::Uuid booking;      // nil: this form was sent twice, and the visit is booked
    base::Secret session{};  // the new session's token; empty as above
};
/// invalid or unauthenticated at "code"; not_found as above; conflict when the time is taken by
/// now.
base::Result<GuestBooked> book_as_guest(Session& session, std::string_view token,
                                        const base::Secret& code);

/// Of somebody who has proved no more than an address; later a login alone leads to his visits.
bool is_guest(const store::Membership& person);
/// The address that a guest's message holds, "https://clinic/visit/TOKEN", which opens from now on.
/// Each message makes it anew: a visit is moved, and the keys that it is derived from change.
base::Result<std::string> make_guest_link(store::Tx& tx, const Session& session,
                                          const store::Booking& booking);
/// not_found: unknown, too old, or the clinic wants a login by now.
base::Status check_guest_link(Session& session, std::string_view token);
/// Lets the guest in to see, confirm, move and cancel his own visits; errors as above.
base::Result<GuestBooked> open_guest_link(Session& session, std::string_view token);

}  // namespace portal::service
