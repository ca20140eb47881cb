// Staff invite somebody to a visit: a patient who is here, a new one, or a colleague as a test; at
// any time they choose, or at once. One transaction holds the person, the booking, its messages
// and the audit. Source: C9, C10, C13-C20, C25, C26, L14. Thread rule: any; one call, one
// transaction.
#pragma once

#include "domain/booking.hpp"
#include "domain/visit_invitation.hpp"
#include "service/session.hpp"
#include "store/visit.hpp"

namespace portal::service {

/// The sentence of the conflict that `allow_overlap` and a reason lift (L14).
inline constexpr const char* kBesideAnother = base::N_(
    "There is another visit at this time. Choose another time, or say that they may lie beside "
    "each other.");

/// Errors name the field: "staff", "visit_type", "patient", "mobile", "time", "which" ...
base::Result<domain::BookingView> invite_to_visit(Session& session,
                                                  const domain::InviteToVisit& command);

struct Colleague {
    base::Uuid id;
    std::string name;
};
/// What a form for the staff member who asks is made of.
struct InviteChoices {
    bool bookable = false;  // the booking function is activated (C10)
    std::vector<domain::VisitTypeView> visit_types;
    std::vector<Colleague> colleagues;
    std::string patient;                  // the name of the one who was named; empty: nobody was
    std::optional<base::Error> obstacle;  // why that patient cannot be invited as things are
};
/// not_found at "patient" where there is none of this id.
base::Result<InviteChoices> show_invite_choices(Session& session,
                                                const std::optional<base::Uuid>& patient);

}  // namespace portal::service
