#include "service/waitlist.hpp"

#include <algorithm>

#include "service/authorize.hpp"
#include "service/booking_change.hpp"
#include "service/calendar_event.hpp"
#include "service/guest.hpp"
#include "service/message.hpp"
#include "service/person.hpp"
#include "service/record_audit.hpp"
#include "service/slot.hpp"
#include "service/visit_type.hpp"
#include "store/group_visit.hpp"
#include "store/waitlist.hpp"
#include "text/date.hpp"

namespace portal::service {
namespace {

using namespace domain;
using base::ErrorCode;
using base::N_;

base::Error gone() {
    return base::make_error(ErrorCode::not_found, {});
}

base::Status require_waitlist(const Session& session) {
    if (session.tenant().waitlist) return {};
    return base::make_error(ErrorCode::not_found, N_("This clinic has no waiting list."))
        .with_hint("portalctl tenant set " + session.tenant().slug + " --waitlist yes");
}

bool is_patient(const Session& session) {
    return session.who().kind == Principal::patient;
}

base::Error waits_already(const Session& session) {
    if (is_patient(session))
        return base::make_error(ErrorCode::conflict,
                                N_("You are on the list for this visit already."));
    return base::make_error(ErrorCode::conflict,
                            N_("This patient is on the list for this visit already."))
        .with_hint("portalctl waitlist list -T " + session.tenant().slug);
}

/// A freed time is offered behind a login, which guests have none of (K10).
base::Status check_has_login(const Session& session, const store::Membership& patient) {
    if (!is_guest(patient)) return {};
    if (is_patient(session))
        return base::make_error(ErrorCode::conflict,
                                N_("You have booked without a login, and the waiting list needs "
                                   "one. Please call the clinic."));
    auto error = base::make_error(ErrorCode::conflict,
                                  N_("This patient has booked without a login, and the waiting "
                                     "list needs one."));
    error.field = "patient";
    return error.with_hint("portalctl user merge -T " + session.tenant().slug + " " +
                           base::format_uuid(patient.public_id) + " PATIENT");
}

base::Result<store::WaitlistFilter> filter_of(store::Tx& tx, const Session& session,
                                              const ListWaitlist& command) {
    store::WaitlistFilter filter;
    if (is_patient(session)) {
        filter.patient = session.who().person.id;
        return filter;
    }
    if (command.patient) {
        PORTAL_TRY(patient, resolve_member(tx, session,
                                           {*command.patient, store::Role::patient, "patient"}));
        filter.patient = patient.id;
    }
    if (command.visit_type) {
        PORTAL_TRY(type, resolve_visit_type(tx, session, *command.visit_type));
        filter.visit_type = type.id;
    }
    return filter;
}

struct OwnOffer {
    store::WaitlistOffer offer;
    store::WaitlistEntry entry;
};
base::Result<OwnOffer> load_offer(store::Tx& tx, const Session& session, const base::Uuid& id) {
    const auto tenant = session.tenant().id;
    PORTAL_TRY(offer, store::find_waitlist_offer(tx, tenant, id));
    if (!offer) return gone();
    PORTAL_TRY(entry, store::find_waitlist_entry(tx, tenant, offer->entry));
    if (!entry) return gone();
    PORTAL_TRYV(authorize(session, Action::waitlist_take, {entry->patient, {}}));
    return OwnOffer{*offer, *entry};
}

/// Whose offer it was has a visit now; the others are told so when they answer.
base::Status settle_taken(store::Tx& tx, const Session& session, const OwnOffer& own) {
    const auto tenant = session.tenant().id;
    PORTAL_TRY(taken, store::settle_offer(tx, tenant, own.offer.id, OfferState::taken));
    PORTAL_TRY(lost, store::settle_offers_of_hold(tx, tenant, own.offer.hold, OfferState::lost));
    PORTAL_TRY(others,
               store::settle_offers_of_entry(tx, tenant, own.entry.id, OfferState::declined));
    PORTAL_TRY(ended, store::end_waitlist_entry(
                          tx, tenant, {own.entry.id, WaitlistState::booked, session.now()}));
    PORTAL_TRYV(store::remove_unwanted_holds(tx, tenant));
    return record_act(tx, session, {"waitlist.take", "waitlist_entry", own.entry.id});
}

base::Result<BookingView> book_offer(store::Tx& tx, const Session& session, const OwnOffer& own,
                                     NewVisit& wanted) {
    const auto tenant = session.tenant().id;
    PORTAL_TRY(removed, store::remove_hold(tx, tenant, own.offer.hold));
    if (!removed) return require_open(session, {OfferState::lost, own.offer.until}).error();
    PORTAL_TRY(staff, store::find_staff(tx, tenant, own.offer.staff));
    PORTAL_TRY(type, store::find_visit_type(tx, tenant, own.entry.visit_type));
    PORTAL_TRY(patient, store::find_membership(tx, tenant, own.entry.patient));
    if (!staff || !type || !patient) return gone();
    wanted.staff = *staff;
    wanted.type = *type;
    wanted.patient = *patient;
    wanted.starts = own.offer.starts;
    wanted.origin = BookingOrigin::waitlist;
    wanted.actor = BookingActor::patient;
    PORTAL_TRY(visit, book_visit(tx, session, wanted));
    PORTAL_TRYV(settle_taken(tx, session, own));
    return view_of(visit);
}

struct Offered {
    const store::Staff& staff;
    const store::VisitType& type;
    const store::Hold& hold;
};
base::Status tell_offer(store::Tx& tx, const Session& session, const Offered& what,
                        const store::WaitlistEntry& entry) {
    const auto& tenant = session.tenant();
    PORTAL_TRY(patient, store::find_membership(tx, tenant.id, entry.patient));
    if (!patient || patient->blocked) return {};
    store::WaitlistOffer offer;
    offer.public_id = base::make_uuid(session.services().random);
    offer.entry = entry.id;
    offer.hold = what.hold.id;
    offer.staff = what.hold.staff;
    offer.starts = what.hold.starts;
    offer.ends = what.hold.ends;
    offer.until = what.hold.until;
    offer.created_at = session.now();
    PORTAL_TRYV(store::insert_waitlist_offer(tx, tenant.id, offer));
    PORTAL_TRY(zone, base::Zone::find(tenant.zone));
    const auto language = to_text(patient->language);
    const auto id = base::format_uuid(offer.public_id);
    Outgoing message;
    message.kind = text::MessageKind::waitlist_offer;
    message.channels = Channels::both;
    message.cause = id;
    message.to = &*patient;
    message.expires_at = offer.until;
    message.view.staff = what.staff.person.full_name() + ", " + what.staff.title;
    message.view.when = text::format_time(offer.starts, zone, language, text::DateStyle::zoned);
    message.view.address = meeting_place(session, what.type.view.kind, language);
    message.view.link = tenant_url(session.services().options, tenant) + "/waitlist/offers/" + id;
    return queue_message(tx, session, std::move(message));
}

/// Whether a patient could book the time now; a reason against it is no failure.
bool is_bookable(store::Tx& tx, const Session& session, const WantedTime& wanted) {
    return require_bookable(session, wanted.staff, wanted.type) &&
           require_free(tx, session, wanted);
}

base::Status lapse_hold(store::Tx& tx, base::TenantId tenant, const store::OverHold& over) {
    PORTAL_TRY(removed, store::remove_hold(tx, tenant, over.hold));
    PORTAL_TRY(expired, store::settle_offers_of_hold(tx, tenant, over.hold, OfferState::expired));
    return {};
}

}  // namespace

base::Status require_open(const Session& session, const OfferMoment& offer) {
    const auto refuse = [](const char* sentence) {
        return base::make_error(ErrorCode::conflict, sentence);
    };
    switch (offer.state) {
        case OfferState::lost:
            return refuse(
                N_("Somebody else was faster and has this time now. You are still on the "
                   "list, and we tell you when the next time becomes free."));
        case OfferState::taken:
            return refuse(N_("You have booked this time already."));
        case OfferState::declined:
            return refuse(N_("You do not wait for this visit any more."));
        case OfferState::open:
            if (session.now() < offer.until) return {};
            break;
        case OfferState::expired:
            break;
    }
    return refuse(
        N_("The time was held for those who wait, and that is over now. You are still on "
           "the list. Perhaps the time can still be booked as any other."));
}

base::Result<WaitlistEntryView> join_waitlist(Session& session, const JoinWaitlist& command) {
    PORTAL_TRYV(authorize(session, Action::waitlist_join));
    PORTAL_TRYV(require_waitlist(session));
    const auto tenant = session.tenant().id;
    const auto id = base::make_uuid(session.services().random);
    return session.services().store.write(
        tenant, [&](store::Tx& tx) -> base::Result<WaitlistEntryView> {
            PORTAL_TRY(patient, resolve_booker(tx, session, command.patient));
            PORTAL_TRYV(check_has_login(session, patient));
            PORTAL_TRY(type, resolve_visit_type(tx, session, command.visit_type));
            if (!type.view.active)
                return base::invalid("visit_type",
                                     N_("This kind of visit can no longer be booked."));
            store::WaitlistEntry entry;
            entry.public_id = id;
            entry.visit_type = type.id;
            entry.patient = patient.id;
            entry.created_at = session.now();
            WaitlistEntryView view{id, patient.full_name(), type.view.title,   {},
                                   {}, session.now(),       patient.public_id, type.view.id};
            if (command.staff) {
                PORTAL_TRY(staff, resolve_staff(tx, session, *command.staff, "staff"));
                PORTAL_TRYV(require_bookable(session, staff, type));
                entry.staff = staff.id;
                view.staff = staff.person.full_name();
            }
            PORTAL_TRY(made, store::insert_waitlist_entry(tx, tenant, entry));
            if (!made) return waits_already(session);
            PORTAL_TRYV(record_act(tx, session, {"waitlist.add", "membership", patient.id.value}));
            return view;
        });
}

base::Result<WaitlistEntryView> leave_waitlist(Session& session, const LeaveWaitlist& command) {
    PORTAL_TRYV(authorize(session, Action::waitlist_leave));
    const auto tenant = session.tenant().id;
    return session.services().store.write(
        tenant, [&](store::Tx& tx) -> base::Result<WaitlistEntryView> {
            PORTAL_TRY(entry, store::find_waitlist_entry(tx, tenant, command.entry));
            if (!entry) return gone();
            PORTAL_TRYV(authorize(session, Action::waitlist_leave, {entry->patient, {}}));
            PORTAL_TRY(type, store::find_visit_type(tx, tenant, entry->visit_type));
            PORTAL_TRY(patient, store::find_membership(tx, tenant, entry->patient));
            if (!type || !patient) return gone();
            PORTAL_TRY(left, store::end_waitlist_entry(
                                 tx, tenant, {entry->id, WaitlistState::left, session.now()}));
            const auto state = left ? WaitlistState::left : entry->state;
            if (left) {
                PORTAL_TRY(declined, store::settle_offers_of_entry(tx, tenant, entry->id,
                                                                   OfferState::declined));
                PORTAL_TRYV(store::remove_unwanted_holds(tx, tenant));
                PORTAL_TRYV(
                    record_act(tx, session, {"waitlist.remove", "waitlist_entry", entry->id}));
            }
            return WaitlistEntryView{
                entry->public_id,  patient->full_name(), type->view.title, {}, state,
                entry->created_at, patient->public_id,   type->view.id};
        });
}

base::Result<WaitlistView> list_waitlist(Session& session, const ListWaitlist& command) {
    PORTAL_TRYV(authorize(session, Action::waitlist_list));
    const auto tenant = session.tenant().id;
    return session.services().store.read(tenant, [&](store::Tx& tx) -> base::Result<WaitlistView> {
        PORTAL_TRY(filter, filter_of(tx, session, command));
        PORTAL_TRY(items, store::list_waitlist_views(tx, tenant, filter));
        return WaitlistView{items};
    });
}

base::Result<WaitlistOffers> list_waitlist_offers(Session& session, const ListWaitlist& command) {
    PORTAL_TRYV(authorize(session, Action::waitlist_list));
    const auto tenant = session.tenant().id;
    return session.services().store.read(
        tenant, [&](store::Tx& tx) -> base::Result<WaitlistOffers> {
            PORTAL_TRY(filter, filter_of(tx, session, command));
            PORTAL_TRY(items, store::list_offer_views(tx, tenant, filter));
            return WaitlistOffers{items};
        });
}

base::Result<WaitlistOfferView> show_offer(Session& session, const base::Uuid& offer) {
    PORTAL_TRYV(authorize(session, Action::waitlist_take));
    const auto tenant = session.tenant().id;
    return session.services().store.read(
        tenant, [&](store::Tx& tx) -> base::Result<WaitlistOfferView> {
            PORTAL_TRY(own, load_offer(tx, session, offer));
            store::WaitlistFilter filter;
            filter.patient = own.entry.patient;
            PORTAL_TRY(all, store::list_offer_views(tx, tenant, filter));
            const auto found = std::find_if(all.begin(), all.end(),
                                            [&](const auto& each) { return each.id == offer; });
            if (found == all.end()) return gone();
            return *found;
        });
}

base::Result<BookingView> take_offer(Session& session, const base::Uuid& offer,
                                     const std::string& key) {
    PORTAL_TRYV(authorize(session, Action::waitlist_take));
    const auto tenant = session.tenant().id;
    NewVisit wanted;
    wanted.public_id = base::make_uuid(session.services().random);
    wanted.uid = base::make_uuid(session.services().random);
    const auto own_key = key_of(session, key);
    const auto asked = key_act("waitlist.take", {base::format_uuid(offer)});
    auto answer =
        session.services().store.write(tenant, [&](store::Tx& tx) -> base::Result<BookingView> {
            PORTAL_TRY(seen, load_offer(tx, session, offer));
            // Whoever answers next waits here, and then reads what became of the offer.
            PORTAL_TRYV(store::lock_staff(tx, tenant, seen.offer.staff));
            PORTAL_TRY(before, find_claimed(tx, session, {own_key, asked, wanted.public_id}));
            if (before) return *before;
            PORTAL_TRY(own, load_offer(tx, session, offer));
            PORTAL_TRYV(require_open(session, {own.offer.state, own.offer.until}));
            return book_offer(tx, session, own, wanted);
        });
    if (answer) session.services().wake_outbox();
    return answer;
}

base::Status offer_freed_time(store::Tx& tx, const Session& session, const FreedTime& freed) {
    const auto& tenant = session.tenant();
    if (!tenant.waitlist || !tenant.has(Module::booking)) return {};
    const auto& booking = freed.booking;
    PORTAL_TRY(staff, store::find_staff(tx, tenant.id, booking.staff));
    PORTAL_TRY(type, store::find_visit_type(tx, tenant.id, booking.visit_type));
    if (!staff || !type) return {};
    const auto latest = freed.starts - std::chrono::minutes{type->view.lead_minutes};
    if (latest <= session.now()) return {};
    PORTAL_TRY(waiting, store::list_waiting(tx, tenant.id, {type->id, staff->id, booking.patient}));
    if (waiting.empty() || !is_bookable(tx, session, {*staff, *type, freed.starts})) return {};
    const auto soon = session.now() + std::chrono::minutes{tenant.waitlist_minutes};
    store::Hold hold{0,
                     staff->id,
                     type->id,
                     freed.starts,
                     freed.starts + std::chrono::minutes{type->view.duration_minutes},
                     std::min(soon, latest)};
    PORTAL_TRY(id, store::insert_hold(tx, tenant.id, hold));
    hold.id = id;
    for (const auto& entry : waiting)
        PORTAL_TRYV(tell_offer(tx, session, {*staff, *type, hold}, entry));
    PORTAL_TRYV(store::remove_unwanted_holds(tx, tenant.id));
    return record_act(tx, session, {"waitlist.offer", "booking", booking.id.value});
}

base::Result<std::optional<base::Instant>> lapse_holds(const Services& services) {
    PORTAL_TRY(over, services.store.system_read([&](store::Tx& tx) {
        return store::list_over_holds(tx, services.clock.now());
    }));
    for (const auto& each : over)
        PORTAL_TRYV(services.store.write(
            each.tenant, [&](store::Tx& tx) { return lapse_hold(tx, each.tenant, each); }));
    return services.store.system_read([](store::Tx& tx) { return store::next_hold_end(tx); });
}

}  // namespace portal::service
