#include "service/booking_message.hpp"

#include <algorithm>

#include "crypto/seal.hpp"
#include "service/booking_change.hpp"
#include "service/login_facts.hpp"
#include "service/record_audit.hpp"

namespace portal::service {
namespace {

using namespace domain;
using base::N_;

std::string place_of(const Session& session, const base::Uuid& booking) {
    return crypto::associated_data("booking", "message", session.tenant().id,
                                   base::format_uuid(booking));
}

bool have_eid(const Session& session, Audience audience) {
    const auto clinic = clinic_facts(session, audience);
    constexpr std::array kEids{LoginMethod::bankid, LoginMethod::mitid, LoginMethod::oidc};
    return std::any_of(kEids.begin(), kEids.end(), [&](LoginMethod method) {
        return decide_method(clinic, audience, method) == LoginReason::allowed;
    });
}

/// An eID where the clinic has one for these people; who is exempt from it comes by password and
/// code, as where there is none.
base::Result<Assurance> needed_for(store::Tx& tx, const Session& session,
                                   const BookedVisit& visit) {
    const auto& features = session.tenant().features;
    auto needed = std::max(Assurance::password_code, minimum_of(features, Feature::booking));
    if (has_room(visit.booking.kind))
        needed = std::max(needed, minimum_of(features, Feature::video));
    if (needed == Assurance::eid || !have_eid(session, visit.patient.role)) return needed;
    PORTAL_TRY(facts, person_facts(tx, session, visit.patient));
    return facts.exemption == ExemptionState::active ? needed : Assurance::eid;
}

base::Result<BookingMessage> open_message(const Session& session, const BookedVisit& visit,
                                          BookingMessage message) {
    PORTAL_TRY(text, crypto::open(session.services().keys, visit.booking.message_sealed,
                                  place_of(session, visit.booking.public_id)));
    message.text = text.reveal();
    return message;
}

}  // namespace

base::Bytes seal_booking_message(const Session& session, const base::Uuid& booking,
                                 std::string_view text) {
    return crypto::seal(session.services().keys, text, place_of(session, booking));
}

base::Result<BookingMessage> show_booking_message(Session& session, const base::Uuid& booking) {
    PORTAL_TRYV(authorize(session, Action::booking_show));
    return session.services().store.read(
        session.tenant().id, [&](store::Tx& tx) -> base::Result<BookingMessage> {
            PORTAL_TRY(visit, look_at(tx, session, Action::booking_show, booking));
            const auto& who = session.who();
            BookingMessage message;
            message.present = !visit.booking.message_sealed.empty();
            const bool own = who.kind == Principal::staff && who.staff_id == visit.staff.id;
            message.may_change = own && is_active(visit.booking.state);
            if (!message.present) return message;
            if (own) return open_message(session, visit, message);
            if (!who.is_member() || who.person.id != visit.patient.id) return message;
            PORTAL_TRY(needed, needed_for(tx, session, visit));
            if (who.assurance >= needed) return open_message(session, visit, message);
            message.needed = needed;
            return message;
        });
}

base::Result<BookingView> set_booking(Session& session, const SetBooking& command) {
    PORTAL_TRYV(authorize(session, Action::booking_set));
    return session.services().store.write(
        session.tenant().id, [&](store::Tx& tx) -> base::Result<BookingView> {
            PORTAL_TRY(visit, load_for(tx, session, Action::booking_set, command.booking));
            // The words are to the invited person, whom a colleague stands for here (C20).
            if (actor_on(session, visit) == BookingActor::patient)
                return base::make_error(base::ErrorCode::not_found, {});
            auto& booking = visit.booking;
            if (!is_active(booking.state) || session.now() >= booking.ends)
                return base::make_error(base::ErrorCode::conflict, N_("The visit is over."));
            if (command.version && *command.version != booking.version)
                return base::make_error(base::ErrorCode::stale, {});
            if (command.message.is_absent()) return view_of(visit);
            booking.message_sealed =
                command.message.is_null()
                    ? base::Bytes{}
                    : seal_booking_message(session, booking.public_id, command.message.value());
            booking.changed_at = session.now();
            PORTAL_TRYV(store::save_booking(tx, session.tenant().id, booking));
            booking.version += 1;
            PORTAL_TRYV(record_act(tx, session, {"booking.set", "booking", booking.id.value}));
            return view_of(visit);
        });
}

}  // namespace portal::service
